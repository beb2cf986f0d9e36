"""Two people behind one gateway with one key: a real bot, a real store, and OpenAI's wire."""

import pytest
from asgi import call

from daehwa import bot
from daehwa.conversation import Opening, plan_runtime
from daehwa.server import ServerSettings, doors

PATH = "/v1/chat/completions"
KEY = {"authorization": "Bearer one-key-for-all"}


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """A data folder, in which the bot is learned once."""
    return tmp_path_factory.mktemp("data")


@pytest.fixture
async def app(data):
    hello = next(path for path in bot.bundled().values() if "hello" in path.name.lower())
    opening = Opening(bots=(str(hello),), data=str(data), answer="none")
    async with plan_runtime(opening).open() as runtime:
        # Learning takes what it takes; no request waits for it here.
        for served in runtime.catalogue.bots:
            for locale in served.locales.values():
                await locale.model()
        yield doors(runtime, ServerSettings())


class Person:
    """Somebody whose front end sends the whole conversation each time, and no name."""

    def __init__(self, app, key=KEY):
        self.app = app
        self.key = key
        self.messages = []
        self.completion = None

    async def forgets(self, completion):
        return (await call(self.app, "DELETE", f"{PATH}/{completion}", headers=self.key)).status

    async def ask(self, messages):
        body = {"model": "HELLOWORLD:ko_KR", "messages": messages}
        answer = await call(self.app, "POST", PATH, body, self.key)
        assert answer.status == 200, answer.json
        self.completion = answer.json["id"]
        return answer.json["choices"][0]["message"]

    async def says(self, text):
        self.messages.append({"role": "user", "content": text})
        reply = await self.ask(self.messages)
        self.messages.append(reply)
        return reply["content"]

    async def regenerates(self):
        return (await self.ask(self.messages[:-1]))["content"]


async def test_the_values_of_strangers_never_meet(app):
    kim, lee = Person(app), Person(app)
    assert await kim.says("안녕") == await lee.says("안녕")
    assert "홍길동" in await kim.says("홍길동")
    assert "이순신" in await lee.says("이순신")
    assert "홍길동" in await kim.says("네")
    assert "이순신" in await lee.says("네")


async def test_to_regenerate_is_to_take_the_same_turn_again(app):
    kim = Person(app)
    await kim.says("안녕")
    confirming = await kim.says("홍길동")
    assert [await kim.regenerates() for _ in range(3)] == [confirming] * 3
    assert "반갑습니다" in await kim.says("네")


async def test_to_edit_is_to_branch(app):
    kim = Person(app)
    await kim.says("안녕")
    await kim.says("홍길동")
    edited = Person(app)
    edited.messages = kim.messages[:2]
    assert "이순신" in await edited.says("이순신")
    assert "홍길동" in await kim.says("네")
    assert "이순신" in await edited.says("네")


async def test_any_completion_s_id_forgets_the_whole_conversation(app):
    kim = Person(app, {"authorization": "Bearer of-kim-alone"})
    await kim.says("안녕")
    await kim.says("홍길동")
    completion = kim.completion
    await kim.regenerates()
    await kim.says("네")
    last = kim.completion
    assert await kim.forgets(completion) == 200
    assert await kim.forgets(last) == 404
    kim.messages = kim.messages[:4]
    assert "홍길동" not in await kim.says("네")


async def test_to_forget_is_to_forget_one_s_own_words(app):
    """Two who began with the same words part where their words do."""
    kim, lee = Person(app), Person(app)
    await kim.says("안녕")
    await lee.says("안녕")
    await kim.says("홍길동")
    await lee.says("이순신")
    assert await kim.forgets(kim.completion) == 200
    assert "이순신" in await lee.says("네")


RESPONSES = "/v1/responses"


async def responds(app, text, **more):
    body = {"model": "HELLOWORLD:ko_KR", "input": text, **more}
    answer = await call(app, "POST", RESPONSES, body, KEY)
    assert answer.status == 200, answer.json
    return answer.json


async def fetched(app, response_id, further="", method="GET", key=KEY):
    return await call(app, method, f"{RESPONSES}/{response_id}{further}", headers=key)


async def test_a_response_is_fetched_as_it_came(app):
    first = await responds(app, "안녕")
    second = await responds(app, "홍길동", previous_response_id=first["id"])
    for response in (first, second):
        kept = await fetched(app, response["id"])
        assert kept.status == 200
        assert kept.json["output"] == response["output"]
        assert kept.json["status"] == "completed"
    items = (await fetched(app, second["id"], "/input_items")).json
    assert [item["content"][0]["text"] for item in items["data"]] == ["홍길동"]
    cancelled = await fetched(app, second["id"], "/cancel", "POST")
    assert (cancelled.status, "synchronous" in cancelled.json["error"]["message"]) == (400, True)


async def test_a_response_that_is_deleted_is_gone_with_its_conversation(app):
    first = await responds(app, "안녕")
    second = await responds(app, "홍길동", previous_response_id=first["id"])
    deleted = await fetched(app, first["id"], method="DELETE")
    assert deleted.json == {"object": "response", "id": first["id"], "deleted": True}
    for response in (first, second):
        assert (await fetched(app, response["id"])).status == 404
        body = {"input": "네", "previous_response_id": response["id"]}
        assert (await call(app, "POST", RESPONSES, body, KEY)).status == 400


async def test_nobody_fetches_what_is_another_s_or_was_not_to_be_stored(app):
    mine = await responds(app, "안녕")
    unstored = await responds(app, "안녕", store=False)
    assert unstored["store"] is False
    other = {"authorization": "Bearer of-lee"}
    assert (await fetched(app, mine["id"], key=other)).status == 404
    assert (await fetched(app, mine["id"], method="DELETE", key=other)).status == 404
    assert (await fetched(app, unstored["id"])).status == 404
    follows = await responds(app, "홍길동", previous_response_id=unstored["id"])
    assert "홍길동" in follows["output"][0]["content"][0]["text"]
    for name in ("resp_0", "resp_" + "0" * 72, "resp_" + "!" * 72, mine["id"][:-1] + "x"):
        missing = await fetched(app, name)
        assert (missing.status, name in missing.json["error"]["message"]) == (404, True)


async def test_a_named_conversation_s_response_is_fetched_too(app):
    response = await responds(app, "안녕", user="kim@example.com")
    assert (await fetched(app, response["id"])).json["output"] == response["output"]


async def test_a_response_repeats_what_was_asked_for(app):
    members = {
        "metadata": {"ticket": "7"},
        "instructions": "Be brief.",
        "temperature": 0.2,
        "max_output_tokens": 300,
        "truncation": "auto",
    }
    response = await responds(app, "안녕", conversation="conv_1", **members)
    assert {name: response[name] for name in members} == members
    assert response["conversation"] == {"id": "conv_1"}
    included = await responds(app, "안녕", include=["reasoning.encrypted_content"])
    assert included["status"] == "completed"
