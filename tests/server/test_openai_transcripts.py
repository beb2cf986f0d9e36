"""Prompts of ``/v1/completions`` that hold a conversation, and those that hold a text."""

import pytest

from daehwa.server.openai_refusals import Unanswered
from daehwa.server.openai_transcripts import read_transcript

TALK = [("user", "안녕"), ("assistant", "네?"), ("user", "방 예약\n두 명이요")]


@pytest.mark.parametrize(
    ("prompt", "messages"),
    [
        ("user:\n안녕\n\nassistant:\n", [("user", "안녕")]),
        ("user:\n안녕\n\nassistant:\n네?\n\nuser:\n방 예약\n두 명이요\n\nassistant:\n", TALK),
        ("Be kind.\n\nuser:\n안녕\n\nassistant:\n", [("system", "Be kind."), ("user", "안녕")]),
        ("system: Be kind.\nuser: hi\nassistant: ", [("system", "Be kind."), ("user", "hi")]),
        (
            "Human: hi\nAI: hello\nHuman: a room\nAI:",
            [*zip(("user", "assistant", "user"), ("hi", "hello", "a room"), strict=True)],
        ),
        ("USER: hi\r\nASSISTANT:", [("user", "hi")]),
    ],
)
def test_a_prompt_that_the_assistant_is_to_go_on_with_is_a_conversation(prompt, messages):
    assert read_transcript(prompt) == messages


@pytest.mark.parametrize(
    "prompt",
    [
        "안녕",
        "",
        "user:\n안녕",  # nobody is to go on
        "assistant:",
        "user: hi\nassistant: hello",
        "user: hi\nassistant: hello\nassistant:",
        "A user: hi\nand an assistant:",  # labels begin a line
        "username: kim\nassistant:",
        "The AI:\nwhat is it?",
    ],
)
def test_any_other_prompt_is_a_text(prompt):
    assert read_transcript(prompt) is None


@pytest.mark.parametrize("code", ["key_refused", "model_not_found", "model_retired"])
def test_what_waiting_does_not_mend_is_a_bad_gateway_and_not_a_pause(code):
    assert (Unanswered(code, "").status, Unanswered(code, "").code) == (502, code)
    assert Unanswered("upstream_failed", "").status == 503
