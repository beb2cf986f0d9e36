"""No key is ever written: not in an error, a log line, a repr, a traceback or on a terminal."""

import asyncio
import logging
import traceback

import pytest

from daehwa.answers import Chain, ChatGPT, Endpoint, Question, Secret
from daehwa.answers.errors import AnswerError
from daehwa.answers.testing import Cut, Fail, Raw, Say, Silence

from .conftest import KEY, collect

ECHO = f'{{"error": {{"message": "You sent Bearer {KEY}", "code": "{KEY}"}}}}'.encode()
REPLIES = [
    Say("ok"),
    Fail(401, message=f"Incorrect API key provided: {KEY}"),
    Fail(429, message=f"Rate limit reached for {KEY}", retry_after=100),
    Fail(500, message=KEY),
    Raw(ECHO, status=400),
    Raw(ECHO),
    Raw(b"data: " + ECHO + b"\n\n", "text/event-stream"),
    Raw(KEY.encode(), "text/plain", 503),
    Cut(),
    Cut("half"),
    Silence(),
]


@pytest.mark.parametrize("reply", REPLIES)
async def test_whatever_happens_the_key_is_not_written(stub, caplog, capfd, soon, reply):
    caplog.set_level(logging.DEBUG)
    asyncio.get_running_loop().set_debug(True)
    stub.default = reply
    endpoint = Endpoint(base_url=stub.base_url, model="m", key=Secret(KEY))
    async with ChatGPT(endpoint) as answerer:
        chain = Chain([answerer])
        written = [repr(answerer), repr(answerer.endpoint), str(answerer.endpoint)]
        for ask in (answerer.answer, lambda q: collect(answerer.stream(q)), chain.answer):
            try:
                written.append(repr(await ask(soon(0.3))))
            except AnswerError as error:
                written += [str(error), repr(error), error.line("ko_KR"), traceback.format_exc()]
        written.append(repr(await answerer.ready()))
    out, err = capfd.readouterr()
    assert KEY not in "\n".join([*written, caplog.text, out, err])


async def test_the_header_itself_has_it(stub):
    async with ChatGPT(Endpoint(base_url=stub.base_url, model="m", key=Secret(KEY))) as answerer:
        await answerer.answer(Question(text="hi"))
    assert stub.requests[0].headers["Authorization"] == f"Bearer {KEY}"
