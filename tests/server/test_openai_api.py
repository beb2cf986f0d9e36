"""The bot as an OpenAI-compatible model, on the wire (``test_clients`` drives OpenAI's SDK)."""

import asyncio

import msgspec
import pytest
from asgi import call
from scripted import BOT_ID, CARD

from daehwa.chat import SessionReference
from daehwa.server.openai_api import shown

PATH = "/v1/chat/completions"


def user(text):
    return {"role": "user", "content": text}


async def complete(app, *messages, **more):
    return await call(app, "POST", PATH, {"messages": list(messages), **more})


def chunks(answer):
    return [msgspec.json.decode(data) for _, data in answer.events if data != "[DONE]"]


async def test_the_bots_are_models_in_each_language(app):
    answer = await call(app, "GET", "/v1/models")
    assert [model["id"] for model in answer.json["data"]] == [
        "ScriptBot",
        "ScriptBot:ko_KR",
        "ScriptBot:en_US",
    ]
    one = await call(app, "GET", "/v1/models/ScriptBot:ko_KR")
    assert one.json["id"] == "ScriptBot:ko_KR"
    assert (await call(app, "GET", "/v1/models/gpt-4o")).status == 404


async def test_a_whole_completion(app, runtime):
    answer = await complete(app, user("안녕"), model="ScriptBot:en_US")
    assert answer.status == 200
    body = answer.json
    assert body["object"] == "chat.completion"
    assert body["model"] == "ScriptBot:en_US"
    [choice] = body["choices"]
    assert choice["message"] == {
        "role": "assistant",
        "content": "말씀하신 것: 안녕",
        "refusal": None,
    }
    assert choice["finish_reason"] == "stop"
    request = runtime.calls[-1][0]
    assert (request.bot_id, request.locale_id) == (BOT_ID, "en_US")


async def test_a_streamed_completion(app):
    answer = await complete(app, user("여행"), model="ScriptBot", stream=True)
    assert answer.headers["content-type"].startswith("text/event-stream")
    deltas = [chunk["choices"][0]["delta"] for chunk in chunks(answer)]
    assert deltas[0] == {"role": "assistant", "content": ""}
    assert "".join(delta.get("content", "") for delta in deltas) == "이것은 **모델**의 답입니다."
    assert chunks(answer)[-1]["choices"][0]["finish_reason"] == "stop"
    assert answer.events[-1][1] == "[DONE]"


async def test_cards_come_as_markdown_in_both(app):
    whole = await complete(app, user("card"))
    streamed = await complete(app, user("card"), stream=True)
    content = whole.json["choices"][0]["message"]["content"]
    assert content == f"골라 보세요.\n\n{shown((CARD,))}"
    assert content == "".join(c["choices"][0]["delta"].get("content", "") for c in chunks(streamed))
    assert shown((CARD,)).splitlines() == [
        "**꽃**",
        "무엇을 드릴까요?",
        "![꽃](https://example.com/flower.png)",
        "- 장미",
        "- 튤립",
    ]


async def test_the_last_message_is_the_turn(app, runtime):
    history = [
        {"role": "system", "content": "be kind"},
        user("안녕"),
        {"role": "assistant", "content": "어서 오세요"},
        {
            "role": "user",
            "content": [{"type": "text", "text": "꽃"}, {"type": "text", "text": "둘"}],
        },
    ]
    await complete(app, *history)
    assert runtime.calls[-1][0].text == "꽃\n둘"


async def session_of(app, runtime, *messages, **more):
    await complete(app, *messages, **more)
    return runtime.calls[-1][0].session_id


async def test_a_conversation_keeps_its_session(app, runtime):
    first = await session_of(app, runtime, user("안녕"))
    said = {"role": "assistant", "content": "어서 오세요"}
    assert await session_of(app, runtime, user("안녕"), said, user("꽃")) == first
    assert await session_of(app, runtime, user("다른 말"), said, user("꽃")) != first


async def test_the_user_field_names_the_session(app, runtime):
    said = {"role": "assistant", "content": "네"}
    one = await session_of(app, runtime, user("안녕"), user="kim@example.com")
    other = await session_of(app, runtime, user("딴말"), said, user("꽃"), user="kim@example.com")
    assert one == other
    assert "kim" not in one
    assert await session_of(app, runtime, user("안녕"), user="lee@example.com") != one


async def test_a_history_without_an_answer_begins_anew(app, runtime):
    await complete(app, user("안녕"))
    assert [call[0] for call in runtime.calls if call[0] == "begin_anew"] == ["begin_anew"]
    runtime.calls.clear()
    await complete(app, user("안녕"), {"role": "assistant", "content": "네"}, user("꽃"))
    assert [call for call in runtime.calls if call[0] == "begin_anew"] == []


async def test_a_completion_s_id_forgets_its_conversation(app, runtime):
    whole = await complete(app, user("안녕"), user="kim")
    session = runtime.calls[-1][0].session_id
    completion = whole.json["id"]
    assert completion.startswith("chatcmpl-")
    answer = await call(app, "DELETE", f"/v1/chat/completions/{completion}")
    assert (answer.status, answer.json["error"]["code"]) == (404, "completion_not_found")
    kind, reference, message_id = runtime.calls[-1]
    assert (kind, reference) == ("forget_talk_of", SessionReference(session_id=session))
    known = completion.replace(message_id, "known")
    answer = await call(app, "DELETE", f"/v1/chat/completions/{known}")
    assert answer.json == {"object": "chat.completion.deleted", "id": known, "deleted": True}


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"messages": [], "model": "ScriptBot"}, 400, "TextMissing"),
        ({"messages": [{"role": "assistant", "content": "a"}]}, 400, "TextMissing"),
        ({"messages": [user("a")], "model": "gpt-4o"}, 404, "model_not_found"),
        ({"messages": [user("a")], "model": "ScriptBot:fr_FR"}, 404, "model_not_found"),
        ({"messages": "a"}, 400, "RequestMalformed"),
        ({"messages": [user("bad")]}, 400, "TextTooLong"),
        ({"messages": [user("bad")], "stream": True}, 400, "TextTooLong"),
    ],
)
async def test_errors_are_as_openais(app, body, status, code):
    answer = await call(app, "POST", PATH, body)
    assert answer.status == status
    assert answer.json["error"]["code"] == code
    assert answer.json["error"]["type"] == "invalid_request_error"


@pytest.mark.parametrize("stream", [True, False])
async def test_a_client_that_gives_up_stops_the_model(app, runtime, stream):
    gone = asyncio.Event()
    asyncio.get_running_loop().call_later(0.1, gone.set)
    body = {"messages": [user("slow")], "stream": stream}
    await call(app, "POST", PATH, body, until_gone=gone)
    [stop] = [call for call in runtime.calls if call[0] == "stop"]
    assert stop[1].bot_id is None
