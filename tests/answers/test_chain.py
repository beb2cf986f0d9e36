"""Who answers when several could: order, failover before the first piece, an honest end."""

import asyncio
import time

import pytest

from daehwa.answers import Answer, Breaker, Chain, Question, Readiness
from daehwa.answers.errors import KeyRefused, ModelLoading, RateLimited, TimedOut, UpstreamFailed
from daehwa.answers.testing import Cut, Fail, Say, Silence

from .conftest import collect

HELLO = Question(text="안녕하세요", locale="ko_KR")


class Second:
    """An answerer that says who it is, or why it cannot."""

    name = "second"

    def __init__(self, error=None):
        self.error = error
        self.asked = []
        self.closed = self.started = False

    async def __aenter__(self):
        self.started = True
        return self

    async def __aexit__(self, *error):
        self.closed = True

    async def answer(self, question):
        self.asked.append(question)
        if self.error is not None:
            raise self.error
        return Answer(text="둘째", source="embedded")

    async def stream(self, question):
        answer = await self.answer(question)
        yield answer.text
        yield answer

    async def ready(self):
        state = "ready" if self.error is None else "loading"
        return Readiness(state=state, source="embedded", error=self.error)


async def ask(answerer, question, *, stream):
    if not stream:
        return await answerer.answer(question)
    pieces, answer = await collect(answerer.stream(question))
    assert "".join(pieces) == answer.text
    return answer


both = pytest.mark.parametrize("stream", [False, True])


@both
async def test_the_first_answers_when_it_can(chatgpt, stream):
    second = Second()
    answer = await ask(Chain([chatgpt(), second]), HELLO, stream=stream)
    assert answer.source == "chatgpt"
    assert second.asked == []


@both
@pytest.mark.parametrize(
    "reply", [Fail(401), Fail(429), Fail(429, "insufficient_quota"), Fail(500), Cut()]
)
async def test_the_next_answers_at_once_when_the_first_cannot(stub, chatgpt, sleeps, stream, reply):
    stub.script(reply)
    answer = await ask(Chain([chatgpt(), Second()]), HELLO, stream=stream)
    assert answer.text == "둘째"
    assert (len(stub.requests), sleeps) == (1, [])


@both
async def test_silence_leaves_time_for_the_next(stub, chatgpt, soon, stream):
    stub.script(Silence())
    second = Second()
    await ask(Chain([chatgpt(), second]), soon(1), stream=stream)
    assert second.asked[0].deadline > time.monotonic()


async def test_after_the_first_piece_there_is_no_way_back(stub, chatgpt):
    stub.script(Cut("하나"))
    second = Second()
    pieces, answer = await collect(Chain([chatgpt(), second]).stream(HELLO))
    assert pieces == ["하나"]
    assert (answer.source, answer.incomplete) == ("chatgpt", True)
    assert second.asked == []


@both
async def test_an_open_breaker_is_passed_by(stub, chatgpt, stream):
    stub.default = Fail(500)
    chain = Chain([chatgpt(breaker=Breaker(failures=1)), Second()])
    for _ in range(3):
        assert (await ask(chain, HELLO, stream=stream)).text == "둘째"
    assert len(stub.requests) == 1


@both
async def test_when_all_fail_the_first_ones_error_is_told(stub, chatgpt, stream):
    stub.script(Fail(401))
    chain = Chain([chatgpt(), Second(ModelLoading("loading"))])
    with pytest.raises(KeyRefused) as raised:
        await ask(chain, HELLO, stream=stream)
    assert raised.value.__notes__ == ["second: loading"]


async def test_readiness_is_that_of_the_first_who_is_ready(stub, chatgpt):
    stub.default = Fail(500)
    first = chatgpt(breaker=Breaker(failures=1))
    chain = Chain([first, Second()])
    assert (await chain.ready()).source == "chatgpt"
    await chain.answer(HELLO)
    assert (await chain.ready()).source == "embedded"
    assert (await Chain([first, Second(ModelLoading("x"))]).ready()).state == "failed"


async def test_closing_the_stream_closes_the_upstream(stub, chatgpt):
    stub.script(Silence("하나"))
    stream = Chain([chatgpt(), Second()]).stream(HELLO)
    assert await anext(stream) == "하나"
    await stream.aclose()
    await stub.wait_abandoned(10)


async def test_cancelling_while_the_first_is_silent_asks_nobody_else(stub, chatgpt):
    stub.script(Silence())
    second = Second()
    asking = asyncio.ensure_future(Chain([chatgpt(), second]).answer(HELLO))
    await stub.wait_requested(10)
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    assert second.asked == []


async def test_it_starts_and_closes_all(chatgpt):
    second = Second()
    chain = Chain([chatgpt(), second])
    assert chain.name == "chatgpt+second"
    async with chain:
        assert (second.started, second.closed) == (True, False)
    assert second.closed


async def test_what_was_started_is_closed_when_a_later_one_cannot_start(chatgpt):
    class Broken(Second):
        async def __aenter__(self):
            raise OSError("no room for it")

    second = Second()
    with pytest.raises(OSError, match="no room"):
        async with Chain([second, Broken()]):
            pass
    assert second.closed


def test_an_empty_chain_is_no_chain():
    with pytest.raises(ValueError, match="answerer"):
        Chain([])


@both
async def test_three_in_a_row(stub, chatgpt, stream):
    stub.default = Say("첫째")
    failing = [Second(kind("x")) for kind in (RateLimited, UpstreamFailed, TimedOut)]
    answer = await ask(Chain([*failing, chatgpt()]), HELLO, stream=stream)
    assert answer.text == "첫째"
