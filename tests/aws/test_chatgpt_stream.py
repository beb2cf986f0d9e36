"""A streamed answer over ``http.client``, as the streaming Lambda reads it."""

import time

import pytest

from daehwa.answers.errors import AnswerError
from daehwa.answers.testing import Cut, Fail, Raw, Say, Silence, StubOpenAI
from daehwa.answers.values import Answer, PastMessage, Question
from daehwa.aws import chatgpt_stream, packed_answerers

KEY = "sk-test-51HvNeverToBeSeenAnywhere"

ARN = "arn:aws:secretsmanager:ap-northeast-2:123456789012:secret:openai-AbCdEf"


@pytest.fixture
def openai_stub():
    with StubOpenAI(key=KEY).in_thread() as stub:
        yield stub


@pytest.fixture(autouse=True)
def environ(openai_stub, monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("OPENAI_BASE_URL", openai_stub.base_url)
    monkeypatch.setenv("OPENAI_MODEL", "gpt-x")
    monkeypatch.setattr(packed_answerers, "_kept", [])
    return monkeypatch


def ask(text="why?", **more):
    """The pieces and the answer, without the beats."""
    said = [one for one in chatgpt_stream.stream(Question(text=text, **more)) if one is not None]
    assert isinstance(said[-1], Answer)
    return said[:-1], said[-1]


def test_pieces_come_as_they_are_said(openai_stub):
    openai_stub.script(Say("One two three"))
    history = (
        PastMessage(role="user", text="before"),
        PastMessage(role="assistant", text="then"),
    )
    pieces, answer = ask(history=history)
    assert pieces == ["One", " two", " three"]
    assert (answer.text, answer.source, answer.model) == ("One two three", "chatgpt", "gpt-x")
    assert not answer.incomplete
    assert openai_stub.requests[0].contents[-3:] == ("before", "then", "why?")
    assert openai_stub.requests[0].body["stream"] is True


def test_a_server_may_answer_whole_where_a_stream_was_requested(openai_stub):
    openai_stub.script(Raw(b'{"choices": [{"message": {"content": "whole"}}]}'))
    pieces, answer = ask()
    assert (pieces, answer.text, answer.ended) == (["whole"], "whole", "stop")


def test_silence_is_reported_in_beats(openai_stub, environ):
    environ.setattr(chatgpt_stream, "BEAT", 0.02)
    openai_stub.script(Say("Late", delay=0.3))
    said = list(chatgpt_stream.stream(Question(text="why?")))
    assert said[0] is None
    assert next(one for one in said if one is not None) == "Late"


def test_who_stops_listening_hangs_up(openai_stub):
    openai_stub.script(Say("One two three four five", pace=0.2))
    pieces = chatgpt_stream.stream(Question(text="why?"))
    assert next(piece for piece in pieces if piece is not None) == "One"
    pieces.close()
    end = time.monotonic() + 30
    while not openai_stub.abandoned and time.monotonic() < end:
        time.sleep(0.02)
    assert openai_stub.abandoned == 1


def test_what_fails_before_the_first_piece_is_tried_again(openai_stub):
    openai_stub.script(Fail(500), Cut(), Say("There"))
    assert ask()[1].text == "There"
    assert len(openai_stub.requests) == 3


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        (Fail(429, "insufficient_quota"), "quota"),
        (Fail(404, "model_not_found"), "model_not_found"),
    ],
)
def test_what_cannot_be_answered_is_an_error(openai_stub, reply, code):
    openai_stub.script(reply)
    with pytest.raises(AnswerError) as caught:
        ask()
    assert caught.value.code == code


def test_an_answer_that_is_cut_is_incomplete(openai_stub):
    openai_stub.script(Cut("One two three four"))
    pieces, answer = ask()
    assert pieces
    assert (answer.text, answer.ended) == ("".join(pieces), "cut")


def test_a_deadline_ends_an_answer(openai_stub):
    openai_stub.script(Say("One two three four five six", pace=0.3))
    _, answer = ask(deadline=time.monotonic() + 1.0)
    assert answer.ended == "timed_out"
    assert answer.text.startswith("One")


def test_an_upstream_that_never_begins_times_out(openai_stub):
    openai_stub.script(Silence())
    with pytest.raises(AnswerError) as caught:
        ask(first_by=time.monotonic() + 0.3)
    assert caught.value.code == "timed_out"


def test_a_key_that_was_rotated_is_read_again(openai_stub, environ):
    environ.delenv("OPENAI_API_KEY")
    environ.setenv("OPENAI_API_KEY_SECRET_ARN", ARN)
    keys = ["sk-old", KEY]
    environ.setattr(packed_answerers, "read_secret", lambda _: keys.pop(0))
    said = list(chatgpt_stream.stream(Question(text="why?")))
    assert said[-1].text == "The stub's answer."
    assert openai_stub.requests[-1].headers["Authorization"] == f"Bearer {KEY}"
