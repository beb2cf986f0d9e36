"""What people say in each locale, and what it is read as: the lists that the benchmark counts.

``bench/nlu/locales/LOCALE.tsv`` has a type, a text and its value on each line; ``-`` is nothing
read, and two values with a bar are a time whose half of the day is open.
"""

import datetime as dt
from pathlib import Path

import pytest

from daehwa import bot
from daehwa.nlu.builtins import Setting, Text, built_in

LISTS = Path(__file__).parents[3] / "bench" / "nlu" / "locales"
NOW = dt.datetime(2026, 3, 4, 10, tzinfo=dt.UTC)
GOOD = ["de_DE", "es_ES", "fr_FR", "it_IT", "ja_JP", "pt_BR", "zh_CN", "zh_HK"]
OTHERS = [
    *("ca_ES", "da_DK", "de_AT", "es_419", "es_US", "fi_FI", "fr_CA", "hi_IN", "nl_NL", "no_NO"),
    *("pl_PL", "pt_PT", "sv_SE"),
]


def listed(locale):
    lines = (LISTS / f"{locale}.tsv").read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines]


def read(name, text, locale):
    value = built_in(f"AMAZON.{name}").read(Text(text), Setting(locale=locale, now=NOW))
    return "-" if value is None else value.interpreted or "|".join(value.resolved)


def test_every_locale_but_those_of_korean_and_english_has_a_list():
    assert {path.stem for path in LISTS.glob("*.tsv")} == {*GOOD, *OTHERS}
    languages = {name for name in bot.LOCALE_NAMES if not name.startswith(("ko", "en"))}
    assert {*GOOD, *OTHERS} == languages


@pytest.mark.parametrize("locale", GOOD)
def test_the_greater_languages_have_forty_values(locale):
    assert len(listed(locale)) >= 40


@pytest.mark.parametrize("locale", [*GOOD, *OTHERS])
def test_what_people_say_is_read_as_they_mean_it(locale):
    wrong = {
        (name, text): (value, got)
        for name, text, value in listed(locale)
        if (got := read(name, text, locale)) != value
    }
    assert wrong == {}
