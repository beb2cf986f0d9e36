"""The bot as an OpenAI-compatible model, on the wire (``test_clients`` drives OpenAI's SDK)."""

import asyncio

import msgspec
import pytest
from asgi import call
from scripted import BOT_ID, CARD

from daehwa import answers
from daehwa.chat import ChatRequest, SessionReference
from daehwa.server.openai_spoken import shown

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
    request = turns(runtime)[-1]
    assert (request.bot_id, request.locale_id) == (BOT_ID, "en_US")


async def test_a_body_with_a_byte_order_mark_is_read_and_one_in_utf_16_refused_by_name(app):
    body = '{"model": "ScriptBot", "messages": [{"role": "user", "content": "안녕"}]}'
    assert (await call(app, "POST", PATH, body.encode("utf-8-sig"))).status == 200
    for path in (PATH, "/v1/completions", "/v1/responses"):
        refused = await call(app, "POST", path, body.encode("utf-16"))
        assert refused.status == 400
        assert "UTF-16" in refused.json["error"]["message"]


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
    assert turns(runtime)[-1].text == "꽃\n둘"
    model_context = runtime.chat.model_context
    assert [message.text for message in model_context.history] == ["안녕", "어서 오세요"]
    assert model_context.instructions == "be kind"


def turns(runtime):
    return [call[0] for call in runtime.calls if isinstance(call[0], ChatRequest)]


async def session_of(app, runtime, *messages, headers=None, **more):
    answer = await call(app, "POST", PATH, {"messages": list(messages), **more}, headers or {})
    assert answer.status == 200
    return runtime.chat.place


def branches(runtime):
    return [call[1:] for call in runtime.calls if call[0] == "branch"]


SAID = {"role": "assistant", "content": "말씀하신 것: 안녕"}


async def test_a_request_goes_on_from_where_its_history_leaves_off(app, runtime):
    first = await session_of(app, runtime, user("안녕"))
    [(left, kept)] = branches(runtime)
    assert left == first
    runtime.calls.clear()
    second = await session_of(app, runtime, user("안녕"), SAID, user("꽃"))
    entered, _ = branches(runtime)
    assert entered == (kept, second)


async def test_asking_again_and_in_other_words_branches(app, runtime):
    await session_of(app, runtime, user("안녕"))
    kept = branches(runtime)[-1][1]
    runtime.calls.clear()
    again = [await session_of(app, runtime, user("안녕"), SAID, user("꽃")) for _ in range(2)]
    edited = await session_of(app, runtime, user("안녕"), SAID, user("나무"))
    assert len({*again, edited}) == 3
    assert [source for source, _ in branches(runtime)[::2]] == [kept] * 3


async def test_spaces_that_a_front_end_changes_make_no_other_conversation(app, runtime):
    await session_of(app, runtime, user("안녕"))
    kept = branches(runtime)[-1][1]
    runtime.calls.clear()
    changed = {"role": "assistant", "content": " 말씀하신 것:  안녕\n"}
    await session_of(app, runtime, user("안녕 "), changed, user("꽃"))
    assert branches(runtime)[0][0] == kept


@pytest.mark.parametrize(
    "more",
    [
        {"user": "kim@example.com"},
        {"metadata": {"session_id": "kim@example.com"}},
        {"metadata": {"chat_id": "kim@example.com"}},
        {"headers": {"x-session-id": "kim@example.com"}},
        {"headers": {"x-openwebui-chat-id": "kim@example.com"}},
    ],
)
async def test_a_conversation_with_a_name_keeps_its_session(app, runtime, more):
    one = await session_of(app, runtime, user("안녕"), **more)
    assert await session_of(app, runtime, user("딴말"), SAID, user("꽃"), **more) == one
    assert "kim" not in "".join(one)
    assert await session_of(app, runtime, user("안녕")) != one


@pytest.mark.parametrize("other", [{"user": "lee"}, {"headers": {"authorization": "Bearer b"}}, {}])
async def test_strangers_never_meet(app, runtime, other):
    """The same first sentence, the same key or another: no state of one is the other's."""
    one = await session_of(app, runtime, user("안녕"), user="kim")
    two = await session_of(app, runtime, user("안녕"), **other)
    assert one != two
    sources = {source for source, _ in branches(runtime)}
    assert sources == {one, two}


async def test_a_history_without_an_answer_begins_anew(app, runtime):
    named = {"user": "kim"}
    await session_of(app, runtime, user("안녕"), **named)
    assert [call[0] for call in runtime.calls if call[0] == "begin_anew"] == ["begin_anew"]
    runtime.calls.clear()
    await session_of(app, runtime, user("안녕"), SAID, user("꽃"), **named)
    assert [call for call in runtime.calls if call[0] == "begin_anew"] == []


async def test_a_completion_s_id_forgets_its_conversation(app, runtime):
    whole = await complete(app, user("안녕"), user="kim")
    session = turns(runtime)[-1].session_id
    completion = whole.json["id"]
    assert completion.startswith("chatcmpl-")
    answer = await call(app, "DELETE", f"/v1/chat/completions/{completion}")
    assert (answer.status, answer.json["error"]["code"]) == (404, "completion_not_found")
    kind, reference, message_id = runtime.calls[-1]
    owned = SessionReference(session_id=session, owner="v1")
    assert (kind, reference) == ("forget_talk_of", owned)
    known = completion.replace(message_id, "known")
    answer = await call(app, "DELETE", f"/v1/chat/completions/{known}")
    assert answer.json == {"object": "chat.completion.deleted", "id": known, "deleted": True}


async def test_the_last_message_alone_continues_a_session_with_a_name(app, runtime):
    headers = {"x-session-id": "s-1"}
    one = await session_of(app, runtime, user("안녕"), headers=headers)
    assert await session_of(app, runtime, user("꽃"), headers=headers) == one
    assert [call for call in runtime.calls if call[0] == "begin_anew"] == []
    assert runtime.chat.model_context.history is None


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"messages": [], "model": "ScriptBot"}, 400, "TextMissing"),
        ({"messages": [{"role": "assistant", "content": "a"}]}, 400, "TextMissing"),
        ({"messages": [user("a")], "model": "gpt-4o"}, 404, "model_not_found"),
        ({"messages": [user("a")], "model": "ScriptBot:fr_FR"}, 404, "model_not_found"),
        ({"messages": "a"}, 400, "invalid_type"),
        ({"messages": [user("a")], "tools": [{"type": "function"}]}, 400, "unsupported_parameter"),
        ({"messages": [user("a")], "n": 2}, 400, "unsupported_parameter"),
        ({"messages": [user("a")], "temperature": 2.5}, 400, "invalid_value"),
        ({"messages": [user("a")], "top_p": -0.1}, 400, "invalid_value"),
        ({"messages": [user("a")], "presence_penalty": 3}, 400, "invalid_value"),
        ({"messages": [user("a")], "logprobs": True}, 400, "unsupported_parameter"),
        (
            {"messages": [user("a")], "response_format": {"type": "json_object"}},
            400,
            "unsupported_parameter",
        ),
        ({"messages": [user("a")], "web_search_options": {}}, 400, "unsupported_parameter"),
        ({"messages": [user("a")], "strange": 1}, 400, "unknown_parameter"),
        ({"messages": [{"role": "tool", "content": "a"}]}, 400, "unsupported_value"),
        (
            {"messages": [{"role": "user", "content": [{"type": "image_url"}]}]},
            400,
            "unsupported_value",
        ),
        ({"messages": [user("a")], "stop": ["a"] * 5}, 400, "invalid_value"),
        ({"messages": [user("a")], "max_tokens": 0}, 400, "invalid_value"),
        ({"model": "ScriptBot"}, 400, "missing_required_parameter"),
        ({"messages": [user("a")], "stream_options": {}}, 400, "invalid_value"),
        ({"messages": [user("a" * 1025)]}, 400, "TextTooLong"),
        ({"messages": [user("### Task:\nGenerate a title")]}, 400, "invalid_value"),
        ({"messages": [user("model fails")]}, 503, "RateLimited"),
        ({"messages": [user("bad")]}, 400, "TextTooLong"),
        ({"messages": [user("bad")], "stream": True}, 400, "TextTooLong"),
    ],
)
async def test_errors_are_as_openais(app, body, status, code):
    answer = await call(app, "POST", PATH, body)
    assert answer.status == status
    assert answer.json["error"]["code"] == code
    kind = "server_error" if status == 503 else "invalid_request_error"
    assert answer.json["error"]["type"] == kind


async def test_when_to_ask_again_is_passed_on(app):
    answer = await complete(app, user("model fails"))
    assert answer.headers["retry-after"] == "7"
    assert answer.headers["x-should-retry"] == "false"


async def test_a_stream_that_cannot_begin_yet_says_when_to_ask_again(app):
    answer = await complete(app, user("not ready"), stream=True)
    assert (answer.status, answer.headers["retry-after"]) == (503, "5")
    assert "x-should-retry" not in answer.headers
    answer = await complete(app, user("error"), stream=True)
    assert (answer.status, answer.headers["x-should-retry"]) == (500, "false")


async def test_what_a_model_s_filter_stopped_ends_so(app):
    answer = await complete(app, user("filtered"))
    assert answer.json["choices"][0]["finish_reason"] == "content_filter"
    response = await call(app, "POST", "/v1/responses", {"input": "filtered"})
    assert response.json["incomplete_details"] == {"reason": "content_filter"}


async def test_a_value_that_cannot_be_is_named_by_its_place(app):
    answer = await complete(app, user("a"), temperature=2.5)
    assert answer.json["error"]["param"] == "temperature"
    assert answer.json["error"]["message"] == (
        "Invalid value for 'temperature': expected `float` <= 2.0."
    )


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", PATH, 405, "method_not_supported"),
        ("POST", "/v1/embeddings", 404, "unknown_url"),
        ("GET", "/v1/responses/resp_1", 404, "response_not_found"),
    ],
)
async def test_addresses_that_are_not_there_are_refused_as_by_openai(
    app, method, path, status, code
):
    answer = await call(app, method, path)
    assert answer.status == status
    error = answer.json["error"]
    assert (error["code"], error["type"]) == (code, "invalid_request_error")
    assert error["message"]


async def test_what_has_no_effect_on_a_bot_is_taken(app):
    answer = await complete(
        app,
        user("안녕"),
        n=1,
        tools=[],
        tool_choice="auto",
        functions=[{"name": "f"}],
        function_call="none",
        response_format={"type": "text"},
        store=False,
        service_tier="auto",
        modalities=["text"],
        logprobs=False,
        parallel_tool_calls=True,
    )
    assert answer.status == 200


async def test_what_steers_a_model_goes_on_to_it(app, runtime):
    await complete(app, user("안녕"), temperature=0.1, seed=7, max_completion_tokens=50)
    model_context = runtime.chat.model_context
    assert model_context.sampling == {"temperature": 0.1, "seed": 7}
    assert model_context.max_tokens == 50


async def test_usage_is_there(app):
    answer = await complete(app, user("안녕"))
    usage = answer.json["usage"]
    assert usage["prompt_tokens"] == 2
    assert usage["completion_tokens"] > 0
    assert usage["total_tokens"] == usage["prompt_tokens"] + usage["completion_tokens"]


async def test_usage_in_a_stream_is_there_when_it_is_wanted(app):
    answer = await complete(app, user("여행"), stream=True)
    assert all("usage" not in chunk for chunk in chunks(answer))
    answer = await complete(app, user("여행"), stream=True, stream_options={"include_usage": True})
    *before, last = chunks(answer)
    assert all(chunk["usage"] is None for chunk in before)
    assert last["choices"] == []
    assert last["usage"]["total_tokens"] > 0


def text_of(answer):
    return "".join(
        choice["delta"].get("content", "") for c in chunks(answer) for choice in c["choices"]
    )


@pytest.mark.parametrize("stop", ["답", ["없는 말", "답"], ["답입니다.더"]])
async def test_an_answer_stops_before_a_text_that_stops_it(app, stop):
    right = "이것은 **모델**의 " if "답" in stop else "이것은 **모델**의 답입니다."
    streamed = await complete(app, user("여행"), stream=True, stop=stop)
    assert text_of(streamed) == right
    whole = await complete(app, user("답입니다"), stop=stop)
    assert whole.json["choices"][0]["finish_reason"] == "stop"


async def test_the_bots_own_words_keep_to_a_limit_too(app):
    answer = await complete(app, user("안녕"), max_tokens=4)
    [choice] = answer.json["choices"]
    assert choice["finish_reason"] == "length"
    assert choice["message"]["content"] == "말씀하신"


@pytest.mark.parametrize("stream", [True, False])
async def test_a_model_that_keeps_to_no_limit_is_cut_where_there_can_be_no_doubt(app, stream):
    question = user("여행" if stream else "long of a model")
    answer = await complete(app, question, max_tokens=1, stream=stream)
    assert (text_of(answer) if stream else answer.json["choices"][0]["message"]["content"]) == (
        "이것은"
    )
    last = chunks(answer)[-1] if stream else answer.json
    assert last["choices"][0]["finish_reason"] == "length"
    kept = await complete(app, question, max_tokens=10, stream=stream)
    last = chunks(kept)[-1] if stream else kept.json
    assert last["choices"][0]["finish_reason"] == "stop"


async def test_a_completion_of_text(app, runtime):
    body = {"model": "ScriptBot", "prompt": ["안녕"]}
    answer = await call(app, "POST", "/v1/completions", body)
    assert answer.json["object"] == "text_completion"
    assert answer.json["choices"][0]["text"] == "말씀하신 것: 안녕"
    streamed = await call(app, "POST", "/v1/completions", body | {"stream": True})
    assert (
        "".join(c["choices"][0]["text"] for c in chunks(streamed)) == "이것은 **모델**의 답입니다."
    )
    refused = await call(app, "POST", "/v1/completions", body | {"echo": True})
    assert refused.json["error"]["param"] == "echo"
    body["prompt"] = "user:\n이름?\n\nassistant:\n무엇일까요?\n\nuser:\n안녕\n\nassistant:\n"
    answer = await call(app, "POST", "/v1/completions", body)
    assert answer.json["choices"][0]["text"] == "말씀하신 것: 안녕"


async def respond(app, text, **more):
    return await call(app, "POST", "/v1/responses", {"input": text, **more})


async def test_a_response(app, runtime):
    answer = await respond(app, "안녕", model="ScriptBot", instructions="be kind")
    assert answer.status == 200
    body = answer.json
    assert (body["object"], body["status"]) == ("response", "completed")
    assert body["output"][0]["content"][0]["text"] == "말씀하신 것: 안녕"
    assert body["usage"]["total_tokens"] > 0
    assert runtime.chat.model_context.instructions == "be kind"


async def test_a_response_goes_on_from_the_previous_one(app, runtime):
    first = (await respond(app, "안녕")).json["id"]
    session = turns(runtime)[-1].session_id
    second = await respond(app, "꽃", previous_response_id=first)
    assert second.status == 200
    assert turns(runtime)[-1].session_id == session
    other = await call(
        app,
        "POST",
        "/v1/responses",
        {"input": "꽃", "previous_response_id": first},
        {"authorization": "Bearer other"},
    )
    assert (other.status, other.json["error"]["code"]) == (400, "previous_response_not_found")


async def test_a_streamed_response_is_events_with_numbers(app):
    answer = await respond(
        app, [{"role": "user", "content": [{"type": "input_text", "text": "여행"}]}], stream=True
    )
    events = [msgspec.json.decode(data) for _, data in answer.events]
    assert [event["sequence_number"] for event in events] == list(range(len(events)))
    kinds = [event["type"] for event in events]
    assert kinds[:4] == [
        "response.created",
        "response.in_progress",
        "response.output_item.added",
        "response.content_part.added",
    ]
    assert kinds[-1] == "response.completed"
    pieces = [e["delta"] for e in events if e["type"] == "response.output_text.delta"]
    assert "".join(pieces) == "이것은 **모델**의 답입니다."


@pytest.mark.parametrize(
    "more",
    [
        {"tools": [{"type": "web_search"}]},
        {"text": {"format": {"type": "json_schema"}}},
        {"background": True},
        {"input": [{"type": "function_call_output", "output": "x"}]},
        {"input": [{"role": "user", "content": [{"type": "input_image"}]}]},
    ],
)
async def test_what_a_response_cannot_do_is_refused(app, more):
    answer = await call(app, "POST", "/v1/responses", {"input": "안녕"} | more)
    assert answer.status == 400
    assert answer.json["error"]["code"].startswith("unsupported")


async def test_a_stream_that_fails_before_a_word_has_a_status(app):
    answer = await complete(app, user("error"), stream=True)
    assert answer.status == 500
    assert answer.json["error"]["type"] == "server_error"


class Documents:
    """Documents alone behind the bot: they hold no answer."""

    async def stream(self, question):
        raise answers.NothingFound(question.text)
        yield


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize(
    ("text", "code"), [("긴 글 " * 400, "TextTooLong"), ("### Task:\nTags", "invalid_value")]
)
async def test_what_only_a_model_can_answer_is_refused_where_there_is_none(
    app, runtime, stream, text, code
):
    runtime.chat.answerer = Documents()
    answer = await call(app, "POST", PATH, {"messages": [user(text)], "stream": stream})
    assert (answer.status, answer.json["error"]["code"]) == (400, code)


class Model:
    """A language model behind the bot, for what is asked of it alone."""

    async def stream(self, question):
        self.question = question
        yield "A "
        yield "title"
        yield answers.Answer(
            text="A title",
            source="chatgpt",
            usage=answers.Usage(input_tokens=9, output_tokens=2),
        )


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize("text", ["### Task:\nGenerate a title", "긴 글 " * 400])
async def test_a_task_or_a_long_text_is_the_models_alone(app, runtime, stream, text):
    runtime.chat.answerer = Model()
    answer = await complete(app, user("안녕"), SAID, user(text), stream=stream)
    if stream:
        assert text_of(answer) == "A title"
    else:
        assert answer.json["choices"][0]["message"]["content"] == "A title"
        assert answer.json["usage"]["total_tokens"] == 11
    assert runtime.chat.answerer.question.text == text
    assert runtime.chat.answerer.question.model_alone
    await complete(app, user("hunter2"), SAID, user(text + "hunter2"))
    sent = runtime.chat.answerer.question
    assert (sent.history[0].text, sent.text) == ("{Secret}", text + "{Secret}")
    assert len(runtime.chat.answerer.question.history) == 2
    assert turns(runtime) == []


@pytest.mark.parametrize("stream", [True, False])
async def test_a_client_that_gives_up_stops_the_model(app, runtime, stream):
    gone = asyncio.Event()
    asyncio.get_running_loop().call_later(0.1, gone.set)
    body = {"messages": [user("slow")], "stream": stream}
    await call(app, "POST", PATH, body, until_gone=gone)
    stop = next(call for call in runtime.calls if call[0] == "stop")
    assert stop[1].bot_id is None
