"""A look at what goes to a model and what comes back."""

import asyncio
import sys
import time

import pytest
from aiohttp import web

from daehwa.answers import (
    Answer,
    Chain,
    Moderating,
    Question,
    find_check,
    questions_passed,
)
from daehwa.answers.errors import (
    ContentRefused,
    ModerationFailed,
    NothingFound,
    SettingError,
    Unreachable,
)

from .conftest import collect
from .test_chain import Second


def judge(text, locale):
    """A check of one's own: a line, ``True``, nothing, or a mistake."""
    if "line" in text:
        return f"Not in {locale}."
    if "mistake" in text:
        raise ValueError(text)
    if "leave" in text:
        sys.exit(3)
    if "cancel" in text:
        raise asyncio.CancelledError
    if "table" in text:
        return {"flagged": False}
    return "bad" in text


async def judge_later(text, locale):
    return judge(text, locale)


def check(name="judge"):
    return find_check(f"{__name__}:{name}", {})


@pytest.mark.parametrize("name", ["judge", "judge_later"])
async def test_what_may_pass_passes(name):
    second = Second()
    answerer = Moderating(second, check(name), check(name))
    assert (await answerer.answer(Question(text="good"))).text == "둘째"
    pieces, answer = await collect(answerer.stream(Question(text="good")))
    assert (pieces, answer.text) == (["둘째"], "둘째")


async def test_what_may_not_is_not_asked():
    second = Second()
    answerer = Moderating(second, check(), None)
    with pytest.raises(ContentRefused):
        await answerer.answer(Question(text="bad"))
    with pytest.raises(ContentRefused) as raised:
        await collect(answerer.stream(Question(text="line", locale="ko_KR")))
    assert raised.value.line("ko_KR") == "Not in ko_KR."
    assert second.asked == []


class Worse(Second):
    async def stream(self, question):
        yield "a bad "
        yield "word"
        yield type(await self.answer(question))(text="a bad word", source="chatgpt")


async def test_an_answer_that_may_not_pass_is_read_by_nobody():
    with pytest.raises(ContentRefused):
        await collect(Moderating(Worse(), None, check()).stream(Question(text="x")))


async def test_a_check_that_fails_lets_nothing_through_and_repeats_no_text():
    with pytest.raises(ModerationFailed) as raised:
        await Moderating(Second(), check(), None).answer(Question(text="my secret mistake"))
    assert "secret" not in str(raised.value)


@pytest.mark.parametrize(
    "name",
    [
        "no.such.module:check",
        "json:nothing",
        "json",
        "json.loads",
        "OpenAI",
        "string:digits",  # no function
        "textwrap:dedent",  # takes one argument
        "ends:check",
        "raises:check",
        "wrong:check",
    ],
)
def test_a_check_that_is_no_function_is_refused_at_the_start(name, tmp_path, monkeypatch):
    for module, text in (("ends", "exit(2)"), ("raises", "1/0"), ("wrong", "def f(:")):
        (tmp_path / f"{module}.py").write_text(text)
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(SettingError):
        find_check(name, {})


async def test_openais_endpoint_may_judge():
    async def moderations(request):
        assert request.headers["Authorization"] == "Bearer k"
        body = await request.json()
        if "broken" in body["input"]:
            return web.Response(status=500)
        if "nothing" in body["input"]:
            return web.Response(text='{"results": []}', content_type="text/plain")
        return web.json_response({"results": [{"flagged": "bad" in body["input"]}]})

    app = web.Application()
    app.router.add_post("/v1/moderations", moderations)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    port = runner.addresses[0][1]
    environ = {"OPENAI_API_KEY": "k", "OPENAI_BASE_URL": f"http://127.0.0.1:{port}/v1"}
    answerer = Moderating(Second(), find_check("openai", environ), None)
    try:
        assert (await answerer.answer(Question(text="good"))).text == "둘째"
        with pytest.raises(ContentRefused):
            await answerer.answer(Question(text="bad"))
        with pytest.raises(ModerationFailed):
            await answerer.answer(Question(text="broken"))
        with pytest.raises(ModerationFailed, match="no result"):
            await answerer.answer(Question(text="nothing"))
    finally:
        await runner.cleanup()


@pytest.mark.parametrize("name", ["judge", "judge_later"])
@pytest.mark.parametrize("text", ["leave", "cancel", "table"])
async def test_a_check_that_ends_the_program_or_gives_something_else_has_failed(name, text):
    with pytest.raises(ModerationFailed):
        await Moderating(Second(), check(name), None).answer(Question(text=text))


class Forever:
    """A check that is an object, and never comes to an end."""

    async def __call__(self, text, locale):
        await asyncio.Event().wait()


forever = Forever()


async def test_a_check_has_no_more_time_than_the_answer():
    question = Question(text="x", deadline=time.monotonic() - 5)
    with pytest.raises(ModerationFailed, match="too long"):
        await Moderating(Second(), check("forever"), None).answer(question)


class Silent(Second):
    """Documents that do not hold the answer."""

    async def stream(self, question):
        raise NothingFound("nothing")
        yield


class Broken(Second):
    """An answer that breaks off before anybody saw it."""

    async def answer(self, question):
        error = Unreachable("broken")
        error.partial = Answer(text="a bad wo", source="chatgpt", ended="cut")
        raise error

    async def stream(self, question):
        yield "a bad wo"
        await self.answer(question)


async def test_what_there_is_of_a_broken_answer_is_read_by_nobody_either():
    chain = Chain([Moderating(Broken(), None, check())])
    with pytest.raises(ContentRefused):
        await collect(chain.stream(Question(text="x", seen=False)))
    with pytest.raises(ContentRefused):
        await chain.answer(Question(text="x"))


async def test_a_verdict_is_the_last_word():
    """Nobody is asked again what a check let not pass, and its line is what the person reads."""
    second = Second()
    chain = Chain([Moderating(Worse(), None, check()), second])
    with pytest.raises(ContentRefused):
        await collect(chain.stream(Question(text="x")))
    with pytest.raises(ModerationFailed):
        await Chain([Moderating(Worse(), check(), None), second]).answer(Question(text="mistake"))
    assert second.asked == []


async def test_a_question_is_looked_at_once_in_a_turn_whoever_is_asked():
    """Documents come first, and mostly know nothing: the model behind them is asked the same."""
    looked = []

    async def look(text, locale):
        looked.append(text)

    passed = questions_passed()
    answerers = [Moderating(Silent(), look, None, passed), Moderating(Second(), look, None, passed)]
    chain = Chain(answerers)
    for request_id in ("1", "2"):
        await collect(chain.stream(Question(text="x", request_id=request_id)))
    assert looked == ["x", "x"]
