"""A look at what goes to a model and what comes back."""

import pytest
from aiohttp import web

from daehwa.answers import Moderating, Question, find_check
from daehwa.answers.errors import ContentRefused, ModerationFailed, SettingError

from .conftest import collect
from .test_chain import Second


def judge(text, locale):
    """A check of one's own: a line, ``True``, nothing, or a mistake."""
    if "line" in text:
        return f"Not in {locale}."
    if "mistake" in text:
        raise ValueError(text)
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


@pytest.mark.parametrize("name", ["no.such.module:check", "json:nothing", "json"])
def test_a_check_that_is_no_function_is_refused_at_the_start(name):
    with pytest.raises(SettingError):
        find_check(name, {})


async def test_openais_endpoint_may_judge():
    async def moderations(request):
        assert request.headers["Authorization"] == "Bearer k"
        body = await request.json()
        if "broken" in body["input"]:
            return web.Response(status=500)
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
    finally:
        await runner.cleanup()
