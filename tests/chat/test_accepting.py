"""Which language a caller wants, and which locale is nearest to it."""

import pytest

from daehwa.chat import (
    accepted_languages,
    best_locale,
    caller_language,
    languages_of_script,
)


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("", ()),
        ("*", ()),
        ("ko-KR,ko;q=0.9,en;q=0.8", ("ko_KR", "ko", "en")),
        ("en;q=0.1, fr ; q=0.5", ("fr", "en")),
        ("de;q=0, en", ("en",)),
        ("en;q=much, ko", ("ko",)),
    ],
)
def test_the_languages_of_a_header_best_first(header, expected):
    assert accepted_languages(header) == expected


@pytest.mark.parametrize(
    ("header", "language"), [("", "en"), ("ko-KR,en;q=0.9", "ko_KR"), ("fr;q=0.1", "fr")]
)
def test_a_caller_without_a_language_is_spoken_to_in_english(header, language):
    assert caller_language(header) == language


@pytest.mark.parametrize(
    ("wanted", "locale"),
    [
        (("en_GB", "ko"), "en_GB"),
        (("ko",), "ko_KR"),
        (("fr", "en_US"), "en_GB"),
        (("fr",), None),
        ((), None),
    ],
)
def test_the_nearest_locale(wanted, locale):
    assert best_locale(wanted, ["ko_KR", "en_GB"]) == locale


@pytest.mark.parametrize(
    ("text", "languages"),
    [
        ("책을 order", ("ko",)),
        ("ㅇㅇ", ("ko",)),
        ("本を注文したい", ("ja",)),
        ("我想买书", ("zh",)),
        ("I want a book", ()),
        ("123 !?", ()),
        ("", ()),
    ],
)
def test_the_language_that_letters_give_away(text, languages):
    assert languages_of_script(text) == languages
