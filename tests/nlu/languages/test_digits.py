"""Dates, times and numbers in digits, in every locale of Lex as the CLDR writes them."""

import datetime as dt

import pytest

from daehwa.nlu.builtins import Setting, Text, built_in
from daehwa.nlu.languages.digits import written_number
from daehwa.nlu.languages.locales import POINT, Marks, customs_of

NOW = dt.datetime(2026, 3, 4, 10, tzinfo=dt.UTC)
DAY_FIRST = [
    *("ca_ES", "da_DK", "de_AT", "de_DE", "en_AU", "en_GB", "en_IN", "en_ZA", "es_419", "es_ES"),
    *("es_US", "fi_FI", "fr_CA", "fr_FR", "hi_IN", "it_IT", "nl_NL", "no_NO", "pl_PL", "pt_BR"),
    *("pt_PT", "sv_SE", "zh_HK"),
]
MONTH_FIRST = ["en_US", "ja_JP", "ko_KR", "zh_CN"]
YEAR_FIRST = ["ja_JP", "ko_KR", "zh_CN"]
LOCALES = DAY_FIRST + MONTH_FIRST


def read(name, text, locale):
    value = built_in(f"AMAZON.{name}").read(Text(text), Setting(locale=locale, now=NOW))
    return value and value.interpreted


@pytest.mark.parametrize("locale", LOCALES)
def test_iso_dates_are_read_everywhere(locale):
    assert read("Date", "2026-05-06", locale) == "2026-05-06"
    assert read("Date", "2026/5/6", locale) == "2026-05-06"


@pytest.mark.parametrize("locale", LOCALES)
def test_day_and_month_stand_in_the_locales_own_order(locale):
    expected = "2026-06-05" if locale in DAY_FIRST else "2026-05-06"
    assert read("Date", "5/6/2026", locale) == expected
    assert read("Date", "5/6", locale) == expected
    assert read("Date", "25/12", locale) == "2026-12-25", "where only one order is a date"


@pytest.mark.parametrize("locale", YEAR_FIRST)
def test_a_year_of_two_digits_goes_first_where_years_do(locale):
    assert read("Date", "26/05/06", locale) == "2026-05-06"
    assert read("Date", "26.5.16", locale) == "2026-05-16"


@pytest.mark.parametrize("locale", ["sv_SE", "fr_CA"])
def test_with_hyphens_the_year_goes_first_in_sweden_and_canada(locale):
    assert read("Date", "26-05-06", locale) == "2026-05-06"
    assert read("Date", "5/6/26", locale) == "2026-06-05"


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("5.6.", "de_DE"),
        ("5. 6.", "fi_FI"),
        ("5.6", "no_NO"),
        ("5-6", "nl_NL"),
        ("5.06", "pl_PL"),
        ("6-5", "en_US"),
        ("6-5", "ko_KR"),
    ],
)
def test_two_numbers_are_a_date_as_the_locale_joins_them_where_one_was_asked_for(text, locale):
    assert read("Date", text, locale) == "2026-06-05"
    date = built_in("AMAZON.Date")
    assert not list(date.find(Text(f"version {text} x"), Setting(locale=locale, now=NOW)))


@pytest.mark.parametrize("text", ["5-6 days", "3.15", "1.2.3.4", "12/34", "32/1/2026", "5/6/7/8"])
def test_what_may_be_no_date_is_none(text):
    assert read("Date", text, "en_US") is None


@pytest.mark.parametrize("locale", LOCALES)
def test_times_are_read_everywhere(locale):
    assert read("Time", "17:05", locale) == "17:05"
    assert read("Time", "08:30", locale) == "08:30"
    assert read("Time", "8:30", locale) is None, "morning or evening"


def test_a_point_stands_in_times_where_the_locale_sets_one():
    assert read("Time", "17.05", "fi_FI") == "17:05"
    assert read("Time", "17.05", "da_DK") == "17:05"


@pytest.mark.parametrize(
    ("text", "locale", "value"),
    [
        ("1,234.5", "en_US", "1234.5"),
        ("1.234,5", "de_DE", "1234.5"),
        ("1.234", "de_DE", "1234"),
        ("3,5", "it_IT", "3.5"),
        ("2.50", "es_ES", "2.50"),
        ("1 234 567,8", "fr_FR", "1234567.8"),
        ("1\u202f234", "fr_FR", "1234"),
        ("12,34,567", "hi_IN", "1234567"),
        ("1,00,000", "en_IN", "100000"),
        ("1,234", "ja_JP", "1234"),
        ("1,234", "es_419", "1234"),
        ("-7", "sv_SE", "-7"),
        ("007", "pl_PL", "007"),
    ],
)
def test_numbers_have_the_locales_marks(text, locale, value):
    assert read("Number", text, locale) == value


@pytest.mark.parametrize(
    ("text", "marks", "value"),
    [
        ("1,23", POINT, "1"),
        ("1,234,56", POINT, "1,234"),
        ("1.2.3", POINT, "1"),
        ("12,34", Marks(lakh=True), "12"),
        ("1.234.56", Marks(decimal=",", groups="."), "1.234.56"),
    ],
)
def test_digits_that_are_no_group_end_a_number(text, marks, value):
    number = written_number(Text(text), 0, marks)
    assert text[: number.end] == value


@pytest.mark.parametrize("locale", LOCALES)
def test_a_bare_sum_is_in_the_locales_currency(locale):
    assert read("Currency", "12", locale) == f"{customs_of(locale).currency} 12.00"
