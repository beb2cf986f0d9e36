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
