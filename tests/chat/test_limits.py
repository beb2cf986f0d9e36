"""How long things may be, and what an id looks like."""

import pytest

from daehwa.chat import (
    COMMENT_LIMIT,
    TEXT_LIMIT,
    ChatError,
    checked_comment,
    checked_message_id,
    checked_session_id,
    checked_text,
    new_id,
)


def test_a_text_is_taken_without_the_blanks_around_it():
    assert checked_text("  안녕\n") == "안녕"
    assert checked_text(" " + "가" * TEXT_LIMIT) == "가" * TEXT_LIMIT


@pytest.mark.parametrize(
    ("text", "code"), [(" \n", "TextMissing"), ("가" * (TEXT_LIMIT + 1), "TextTooLong")]
)
def test_a_text_that_lex_does_not_take(text, code):
    with pytest.raises(ChatError) as caught:
        checked_text(text)
    assert caught.value.code == code


def test_ids():
    assert checked_session_id("a:b") == "a:b"
    assert checked_message_id("m") == "m"
    assert checked_session_id(None) != checked_session_id("") != ""
    assert checked_message_id(new_id())


@pytest.mark.parametrize("value", ["a", "a b", "가나", "x" * 101, "ab\n"])
def test_session_ids_that_lex_does_not_take(value):
    with pytest.raises(ChatError) as caught:
        checked_session_id(value)
    assert caught.value.code == "SessionIdInvalid"


@pytest.mark.parametrize("value", ["a b", "가", "x" * 101])
def test_message_ids_that_are_none(value):
    with pytest.raises(ChatError) as caught:
        checked_message_id(value)
    assert caught.value.code == "MessageIdInvalid"


def test_a_comment():
    assert checked_comment("") is None
    assert checked_comment("음" * COMMENT_LIMIT) == "음" * COMMENT_LIMIT
    with pytest.raises(ChatError) as caught:
        checked_comment("음" * (COMMENT_LIMIT + 1))
    assert caught.value.code == "FeedbackInvalid"
