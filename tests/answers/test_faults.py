"""Answers that go wrong on the wire, and what a person, the log and the breaker learn of it."""

import asyncio
import json

import pytest
from structlog.testing import capture_logs

from daehwa.answers import Answer, Breaker, Chain, PastMessage, Question, Retries, StartOver
from daehwa.answers.errors import (
    KeyRefused,
    NotAnAnswer,
    NotAnEndpoint,
    OnlyThoughts,
    QuestionTooLong,
    StillThinking,
    Unreachable,
)
from daehwa.answers.testing import Cut, Fail, Raw, Say, Silence

from .conftest import KEY, collect
from .quirks import body, delta, events, message, refusal, stream, takes_no, words
from .test_chain import Second

HELLO = Question(text="안녕하세요", locale="ko_KR")
UNSEEN = Question(text="안녕하세요", locale="ko_KR", seen=False)


async def read(answerer, question):
    """What whoever sees no pieces has read in the end, and the answer."""
    pieces = []
    async for piece in answerer.stream(question):
        if isinstance(piece, StartOver):
            pieces.clear()
        elif isinstance(piece, Answer):
            return "".join(pieces), piece
        else:
            pieces.append(piece)
    raise AssertionError("a stream ends with the answer")


# --- connections ------------------------------------------------------------------------


async def test_paced_answers_share_connections(stub, chatgpt):
    """The end of a response comes in a packet of its own: it is read off the person's way."""
    stub.pause = 0.02
    answerer = chatgpt()
    for _ in range(20):
        _, answer = await collect(answerer.stream(HELLO))
        assert answer.ended == "stop"
        await asyncio.gather(*answerer._transport._draining)
    assert len(stub.connections) == 1


async def test_an_answer_that_its_server_leaves_open_is_over_all_the_same(stub, chatgpt):
    stub.script(stream(*words("하나", " 둘"), done=False, hangs=True))
    answerer = chatgpt()
    _, answer = await collect(answerer.stream(HELLO))
    assert (answer.text, answer.ended) == ("하나 둘", "stop")
    assert answerer.breaker.state == "closed"


# --- what nobody has seen ---------------------------------------------------------------


async def test_what_breaks_off_unseen_is_tried_again(stub, chatgpt):
    stub.script(Cut("하나 둘"), Say("셋 넷"))
    text, answer = await read(chatgpt(), UNSEEN)
    assert (text, answer.text, answer.ended) == ("셋 넷", "셋 넷", "stop")
    assert len(stub.requests) == 2


async def test_what_breaks_off_unseen_is_left_to_the_next_answerer(stub, chatgpt):
    stub.script(Cut("하나 둘"))
    text, answer = await read(Chain([chatgpt(), Second()]), UNSEEN)
    assert (text, answer.text) == ("둘째", "둘째")
    assert len(stub.requests) == 1


async def test_what_a_filter_stops_midway_is_neither_tried_again_nor_left_to_another(stub, chatgpt):
    filtered = {"error": {"code": "content_filter", "message": "The response was filtered."}}
    stub.script(stream(delta("하나 둘"), filtered))
    text, answer = await read(Chain([chatgpt(), Second()]), UNSEEN)
    assert (text, answer.ended, answer.incomplete) == ("하나 둘", "refused", True)
    assert len(stub.requests) == 1


async def test_what_stays_broken_is_marked(stub, chatgpt):
    stub.default = Cut("하나 둘")
    text, answer = await read(chatgpt(), UNSEEN)
    assert (text, answer.ended, answer.incomplete) == ("하나 둘", "cut", True)
    assert len(stub.requests) == 3


async def test_a_part_is_better_than_nothing_when_nobody_else_can(stub, chatgpt):
    stub.script(Cut("하나 둘"))
    text, answer = await read(Chain([chatgpt(), Second(KeyRefused("no"))]), UNSEEN)
    assert (text, answer.text, answer.ended) == ("하나 둘", "하나 둘", "cut")


async def test_what_was_seen_is_not_taken_back(stub, chatgpt):
    stub.script(Cut("하나 둘"), Say("셋"))
    _, answer = await collect(chatgpt().stream(HELLO))
    assert (answer.text, answer.ended) == ("하나 둘", "cut")


# --- length -----------------------------------------------------------------------------


async def test_an_answer_that_never_ends_is_cut_by_us(stub, chatgpt):
    async def endless():
        return stream(
            *[delta("가나다라마바사아자차 " * 20)] * 200, done=False, hangs=True, packets=20
        )

    stub.script(await endless())
    answerer = chatgpt({"max_tokens": 100})
    _, answer = await collect(answerer.stream(HELLO))
    assert (len(answer.text), answer.ended) == (800, "length")
    await stub.wait_abandoned(10)


async def test_a_whole_answer_is_cut_by_us_too(stub, chatgpt):
    stub.script(body(message("가" * 5000)))
    answer = await chatgpt({"max_tokens": 100}).answer(HELLO)
    assert (len(answer.text), answer.ended) == (800, "length")


# --- memory -----------------------------------------------------------------------------

LONG = tuple(
    each
    for number in range(30)
    for each in (
        PastMessage(role="user", text=f"질문 {number} " * 5),
        PastMessage(role="assistant", text=f"답 {number} " * 20),
    )
)


async def test_a_context_that_is_too_small_is_remembered(stub, chatgpt):
    """Every turn would fail first, or for ever, if nothing was learned from it."""
    too_long = refusal(400, "maximum context length is 2048", code="context_length_exceeded")

    def rule(request):
        return too_long if sum(map(len, request.contents)) > 1200 else None

    stub.rule = rule
    answerer = chatgpt()
    asked = Question(text="그다음은?", history=LONG)
    await answerer.answer(asked)
    first = len(stub.requests)
    assert first > 1
    sent = stub.requests[-1].contents
    assert sent[-1] == "그다음은?"
    assert "29" in sent[-2]
    await answerer.answer(asked)
    assert len(stub.requests) == first + 1


async def test_a_question_that_is_too_long_alone_costs_later_ones_no_memory(stub, chatgpt):
    too_long = refusal(400, "maximum context length is 2048", code="context_length_exceeded")
    stub.script(*[too_long] * 4)
    answerer = chatgpt()
    with pytest.raises(QuestionTooLong):
        await answerer.answer(Question(text="길다 " * 1000, history=LONG))
    await answerer.answer(Question(text="짧다", history=LONG[:4]))
    assert len(stub.requests[-1].contents) == 6


async def test_roles_take_turns_whatever_failed_before(stub, chatgpt):
    history = (
        PastMessage(role="assistant", text="어서 오세요"),
        PastMessage(role="user", text="하나"),
        PastMessage(role="user", text="둘"),
        PastMessage(role="assistant", text="둘째"),
        PastMessage(role="assistant", text="셋째"),
        PastMessage(role="user", text="넷"),
    )
    await chatgpt().answer(Question(text="다섯", history=history))
    assert stub.requests[0].roles == ("system", "user", "assistant", "user")
    assert stub.requests[0].contents[1:] == ("둘", "둘째\n셋째", "다섯")


# --- what an endpoint does not take ------------------------------------------------------


class Clock:
    now = 1000.0

    def __call__(self):
        return self.now


async def test_what_was_learned_is_forgotten_after_an_hour(stub, chatgpt):
    clock = Clock()
    stub.rule = takes_no("temperature")
    answerer = chatgpt({"temperature": 0.2}, clock=clock)
    for _ in range(3):
        await answerer.answer(HELLO)
    assert len(stub.requests) == 4
    clock.now += 3601
    stub.rule = None
    await answerer.answer(HELLO)
    assert stub.requests[-1].body["temperature"] == 0.2


async def test_an_address_that_serves_neither_api_is_reported_as_the_first(stub, chatgpt):
    stub.rule = lambda _: body({"detail": "Not Found"}, 404)
    answerer = chatgpt()
    for _ in range(2):
        with pytest.raises(Exception, match="404"):
            await answerer.answer(HELLO)
    assert [request.path for request in stub.requests] == [
        "/v1/chat/completions",
        "/v1/completions",
    ] * 2


async def test_azures_classic_address(stub, chatgpt):
    base_url = stub.base_url.removesuffix("/v1") + "/openai/deployments/mine"
    answerer = chatgpt({"base_url": base_url, "query": {"api-version": "2024-10-21"}})
    assert (await answerer.answer(HELLO)).text == "The stub's answer."
    (request,) = stub.requests
    assert request.path == "/openai/deployments/mine/chat/completions"
    assert request.query == {"api-version": "2024-10-21"}
    assert request.headers["api-key"] == KEY
    assert "Authorization" not in request.headers


# --- thoughts ---------------------------------------------------------------------------


def thinking(*texts, thoughts=8, pause=0.1):
    """A model that thinks a while, each thought in a packet of its own, and then answers."""
    raw = events(*[delta(reasoning_content="hm" * 40)] * thoughts, *words(*texts))
    return Raw(raw, "text/event-stream", packets=thoughts, pause=pause)


async def test_a_thought_is_life(stub, chatgpt, soon):
    stub.script(thinking("네."))
    question = soon(20, first_by=None)
    question = Question(text="왜?", deadline=question.deadline, first_by=question.deadline - 19.7)
    _, answer = await collect(chatgpt().stream(question))
    assert (answer.text, answer.ended) == ("네.", "stop")


async def test_thinking_past_the_deadline_is_no_outage(stub, chatgpt, soon):
    stub.default = Raw(
        events(delta(reasoning_content="hm"), done=False),
        "text/event-stream",
        hangs=True,
        packets=2,
    )
    answerer = chatgpt(breaker=Breaker(failures=1), retries=Retries(attempts=1))
    for _ in range(3):
        with pytest.raises(StillThinking):
            await collect(answerer.stream(soon(0.3)))
    assert answerer.breaker.state == "closed"


async def test_silence_without_a_thought_is_one(stub, chatgpt, soon):
    stub.default = Silence()
    answerer = chatgpt(breaker=Breaker(failures=1))
    with pytest.raises(Exception, match="in time"):
        await collect(answerer.stream(soon(0.3)))
    assert answerer.breaker.state == "open"


async def test_an_answer_of_thoughts_alone_is_tried_with_more_room_and_is_no_outage(stub, chatgpt):
    stub.default = body(message("", "length", reasoning_content="hm"))
    answerer = chatgpt(breaker=Breaker(failures=1))
    with pytest.raises(OnlyThoughts):
        await answerer.answer(HELLO)
    limits = [request.body["max_tokens"] for request in stub.requests]
    assert limits == [1000, 4000]
    assert answerer.breaker.state == "closed"


async def test_a_thought_without_a_beginning_is_taken_back_and_learned(stub, chatgpt):
    reply = stream(*words("Hmm, they greet.\n", "</think>\n\n", "안녕", "하세요"))
    stub.script(reply, reply)
    answerer = chatgpt()
    text, answer = await read(answerer, HELLO)
    assert (text, answer.text) == ("안녕하세요", "안녕하세요")
    pieces, answer = await collect(answerer.stream(HELLO))
    assert ("".join(pieces), answer.text) == ("안녕하세요", "안녕하세요")


# --- the log ----------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["stream", "whole"])
async def test_each_failed_attempt_is_a_line(stub, chatgpt, way):
    asked = Question(text="제 비밀번호는 hunter2 입니다", request_id="r-1")
    long = f"server down, key {KEY}, you said {asked.text}, " + "x" * 1000
    stub.default = Raw(
        b'{"error": {"message": "%s", "code": "oops"}}' % long.encode(),
        status=500,
        headers={"x-request-id": "up-1"},
    )
    answerer = chatgpt({"name": "main"})
    with capture_logs() as logged, pytest.raises(Exception, match="500"):
        await (collect(answerer.stream(asked)) if way == "stream" else answerer.answer(asked))
    lines = [line for line in logged if line["event"] == "answer_attempt_failed"]
    assert [line["attempt"] for line in lines] == [1, 2, 3]
    for line in lines:
        assert line["upstream"] == "main"
        assert (line["status"], line["code"]) == (500, "upstream_failed")
        assert (line["request_id"], line["upstream_request_id"]) == ("r-1", "up-1")
        assert line["ms"] >= 0
        assert "server down" in line["words"]
        assert len(line["words"]) < 400
        assert KEY not in line["words"]
        assert "hunter2" not in line["words"]


async def test_an_answer_that_breaks_off_is_a_line_too(stub, chatgpt):
    stub.script(Cut("하나"))
    with capture_logs() as logged:
        await collect(chatgpt().stream(HELLO))
    (line,) = [line for line in logged if line["event"] == "answer_attempt_failed"]
    assert line["code"] == "unreachable"


# --- an examination ----------------------------------------------------------------------


async def test_to_examine_is_to_ask_for_one_token(stub, chatgpt):
    (readiness,) = await chatgpt().examine()
    assert readiness.ready
    assert readiness.contacted
    (request,) = stub.requests
    assert request.body["max_tokens"] == 1


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        (Fail(401), "key_refused"),
        (Fail(404), "model_not_found"),
        (refusal(404, "The model `m` has been deprecated"), "model_retired"),
        (Fail(429, "insufficient_quota"), "quota"),
        (Fail(500), "upstream_failed"),
        (body(b"<html>sign in</html>"), "not_an_endpoint"),
        (body({"code": 500, "msg": "系统繁忙"}), "upstream_failed"),
        (body({"choices": []}), "upstream_failed"),
    ],
)
async def test_an_examination_names_what_is_wrong(stub, chatgpt, reply, code):
    stub.default = reply
    (readiness,) = await chatgpt().examine()
    assert readiness.state == "failed"
    assert readiness.error.code == code
    assert len(stub.requests) == 1


@pytest.mark.parametrize(
    "reply",
    [
        body(message("", "length", reasoning_content="hm")),
        body(message("", "length")),
        refusal(400, "Could not finish the message because max_tokens was reached."),
    ],
)
async def test_a_model_that_needs_more_than_one_token_is_alive(stub, chatgpt, reply):
    stub.default = reply
    (readiness,) = await chatgpt().examine()
    assert readiness.ready


async def test_a_dead_port_is_not_ready(chatgpt, free_port):
    (readiness,) = await chatgpt({"base_url": f"http://127.0.0.1:{free_port}/v1"}).examine()
    assert isinstance(readiness.error, Unreachable)


async def test_a_wrong_address_is_named_with_the_usual_one(stub, chatgpt):
    root = stub.base_url.removesuffix("/v1")
    stub.default = Raw(b"404 page not found", "text/plain", 404)
    (readiness,) = await chatgpt({"base_url": f"{root}/shop"}).examine()
    assert f"{root}/shop/chat/completions." in readiness.error.cure
    assert f"{root}/shop/v1." in readiness.error.cure
    (readiness,) = await chatgpt({"base_url": f"{root}/portal/v1"}).examine()
    assert f"{root}/portal/v1/chat/completions." in readiness.error.cure


@pytest.mark.parametrize(
    ("api", "sent"),
    [
        ("llama.cpp", {"content": "안녕", "stop": True, "stop_type": "eos"}),
        ("Text Generation", {"generated_text": "안녕"}),
        ("Responses", {"object": "response", "output": [], "error": None}),
        ("Responses", {"type": "response.created", "response": {}}),
        ("Ollama", {"model": "m", "response": "안녕", "done": False}),
    ],
)
async def test_what_another_api_sends_is_named(stub, chatgpt, api, sent):
    raw = json.dumps(sent).encode()
    stub.rule = lambda _: Raw(raw)
    with pytest.raises(NotAnAnswer, match=api) as raised:
        await chatgpt().answer(HELLO)
    assert f"{stub.base_url}/chat/completions" in raised.value.cure
    stub.rule = lambda _: Raw(b"data: " + raw + b"\n\n", "text/event-stream")
    with pytest.raises(NotAnAnswer, match=api):
        await collect(chatgpt().stream(HELLO))


async def test_a_chain_examines_all_at_once(stub, chatgpt):
    stub.default = Say("네", delay=0.2)
    states = await Chain([chatgpt(), chatgpt()]).examine()
    assert [state.ready for state in states] == [True, True]


async def test_a_web_page_is_not_tried_again(stub, chatgpt):
    stub.default = body(b"<!doctype html><p>wifi</p>")
    with pytest.raises(NotAnEndpoint):
        await chatgpt().answer(HELLO)
    assert len(stub.requests) == 1


@pytest.mark.parametrize("way", ["stream", "whole"])
async def test_the_usage_is_read(stub, chatgpt, way):
    stub.script(Say("하나 둘 셋"))
    answerer = chatgpt()
    _, answer = (
        await collect(answerer.stream(HELLO))
        if way == "stream"
        else ((), await answerer.answer(HELLO))
    )
    assert (answer.usage.input_tokens, answer.usage.output_tokens) == (7, 3)


@pytest.mark.parametrize(("missing", "kind"), [(0, Answer), (9, Unreachable)])
async def test_a_length_that_is_wrong_costs_only_an_answer_that_is_not_whole(
    chatgpt, missing, kind
):
    raw = json.dumps(message("네.")).encode()
    sent = raw[: len(raw) - missing]

    async def serve(reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        length = b"Content-Length: %d\r\n\r\n" % (len(raw) + 50)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n" + length + sent)
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        answerer = chatgpt({"base_url": f"http://127.0.0.1:{port}/v1"})
        try:
            outcome = await answerer.answer(HELLO)
        except Unreachable as error:
            outcome = error
    assert type(outcome) is kind
