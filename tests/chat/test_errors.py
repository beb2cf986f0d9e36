"""The codes of ``/chat``: their statuses, and their lines in both languages."""

import re
from string import Formatter

import pytest

from daehwa import lex
from daehwa.chat import ERRORS, ChatError

HANGUL = re.compile("[가-힣]")


def braces(line):
    return {name for _, name, _, _ in Formatter().parse(line) if name}


@pytest.mark.parametrize("code", ERRORS)
def test_every_code_has_a_line_in_both_languages_with_the_same_details(code):
    error = ERRORS[code]
    assert 400 <= error.status < 600
    assert HANGUL.search(error.korean)
    assert not HANGUL.search(error.english)
    assert braces(error.korean) == braces(error.english)


@pytest.mark.parametrize("kind", lex.LexError.__subclasses__())
def test_lex_s_own_errors_keep_their_statuses(kind):
    assert ERRORS[kind.__name__].status == kind.status


def test_an_error_speaks_the_callers_language():
    error = ChatError("TextTooLong", length=1025, limit=1024)
    assert error.status == 400
    assert str(error) == "The text has 1025 characters; Lex takes at most 1024."
    assert error.line("ko_KR") == "1025자를 적으셨어요. Lex는 한 번에 1024자까지만 받아요."
    assert error.line("ja") == str(error)


def test_what_somebody_else_says_is_passed_on():
    error = ChatError("ConflictException", message="in use", status=409)
    assert error.line("ko") == "in use"
