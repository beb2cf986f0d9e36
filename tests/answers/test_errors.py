"""Every error says who is at fault, what cures it, and a line for the person in two languages."""

import pytest

from daehwa.answers import errors
from daehwa.answers.errors import AnswerError, ModelDownloading
from daehwa.answers.wording import _LINES


def every(kind=AnswerError):
    yield kind
    for child in kind.__subclasses__():
        yield from every(child)


KINDS = sorted(
    {kind for kind in every() if kind.__module__ == errors.__name__}, key=lambda kind: kind.__name__
)


def made(kind):
    return kind("why", progress=0.42) if kind is ModelDownloading else kind("why")


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_it_says_all_that_it_should(kind):
    error = made(kind)
    assert error.message == str(error) == "why"
    assert error.fault in {"operator", "asker", "upstream", "program"}
    assert error.cure.endswith(("g", ".", "l", ")"))
    korean, english = error.line("ko_KR"), error.line("en_US")
    assert any("가" <= letter <= "힣" for letter in korean)
    assert english.isascii()
    assert "{" not in korean + english
    assert error.line("ja_JP") == english


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_only_an_outage_is_tried_again(kind):
    error = made(kind)
    assert error.outage or not error.retryable


def test_codes_tell_errors_apart():
    codes = [kind.code for kind in KINDS if not kind.__subclasses__()]
    own = {"setting_invalid", "request_refused", "model_failed", "pull_failed"}
    assert len([code for code in codes if code not in own]) == len(set(codes) - own)


def test_every_line_is_in_both_languages():
    for korean, english in _LINES.values():
        assert korean.count("{") == english.count("{")
        assert any("가" <= letter <= "힣" for letter in korean)
        assert english.isascii()


def test_a_download_tells_how_far_it_is():
    assert "42%" in ModelDownloading("x", progress=0.4299).line("ko_KR")
