"""The locale of Lex for what other systems call a language."""

import pytest

from daehwa.bot.foreign.language_locales import locale_for, locale_of_script


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
        ("vi", None),
        ("xx", None),
        ("", None),
    ],
)
def test_a_language_tag_means_a_locale_of_lex(language, locale):
    assert locale_for(language) == locale


def test_the_letters_of_most_texts_tell_the_locale():
    assert locale_of_script(["예약해 주세요", "네", "ok"]) == "ko_KR"
    assert locale_of_script(["予約をおねがいします"]) == "ja_JP"
    assert locale_of_script(["hello", "good day", "안녕"]) is None
    assert locale_of_script([]) is None
