"""The locale of Lex for what other systems call a language."""

import pytest

from daehwa.bot.language_locales import locale_for, locale_for_file, locale_of_script


@pytest.mark.parametrize(
    ("language", "locale"),
    [
        ("ko", "ko_KR"),
        ("kr", "ko_KR"),
        ("KO-kr", "ko_KR"),
        ("en", "en_US"),
        ("en_gb", "en_GB"),
        ("pt", "pt_PT"),
        ("pt-br", "pt_BR"),
        ("br", "pt_BR"),
        ("zh", "zh_CN"),
        ("zh-TW", "zh_HK"),
        ("jp", "ja_JP"),
        ("es-419", "es_419"),
        ("fr-BE", "fr_FR"),
        ("nb", "no_NO"),
        ("German", "de_DE"),
        ("cantonese", "zh_HK"),
        ("vi", None),
        ("xx", None),
        ("", None),
    ],
)
def test_a_language_tag_means_a_locale_of_lex(language, locale):
    assert locale_for(language) == locale


@pytest.mark.parametrize(
    ("stem", "locale"),
    [
        ("nl", "nl_NL"),
        ("hi", "hi_IN"),
        ("es-mx", "es_ES"),
        ("zh_tw", "zh_HK"),
        ("kokr", "ko_KR"),
        ("frCA", "fr_CA"),
        ("Italian", "it_IT"),
        ("한국어", "ko_KR"),
        *((name, None) for name in ("data", "demo", "notes", "tests", "hooks", "build", "ci")),
        *((name, None) for name in ("de-notes", "en-old", "compose", "my-ci", "xx", "")),
    ],
)
def test_a_file_is_of_a_locale_only_if_it_is_called_by_nothing_else(stem, locale):
    assert locale_for_file(stem) == locale


def test_the_letters_of_most_texts_tell_the_locale():
    assert locale_of_script(["예약해 주세요", "네", "ok"]) == "ko_KR"
    assert locale_of_script(["予約をおねがいします"]) == "ja_JP"
    assert locale_of_script(["hello", "good day", "안녕"]) is None
    assert locale_of_script([]) is None
