"""AMAZON.AlphaNumeric and AMAZON.UKPostalCode, typed and spelt."""

import datetime as dt

import pytest

from daehwa.nlu.builtins.registry import built_in
from daehwa.nlu.languages.setting import Setting
from daehwa.nlu.languages.text import Text

ALPHANUMERIC = {
    "abc123": "abc123",
    "my code is AB-1234": "AB-1234",
    "abp 123": "abp123",
    "x i u l a n": "xiulan",
    "a as in alpha b as in boy p as in peter one two three": "abp123",
    "July": "July",
}
POSTCODES = {
    "sw1a 1aa": "SW1A 1AA",
    "my postcode is M11AE.": "M1 1AE",
    "EC1A 1BB": "EC1A 1BB",
    "c r 2 6 x h": "CR2 6XH",
}


@pytest.mark.parametrize(("text", "expected"), ALPHANUMERIC.items())
def test_codes(value, text, expected):
    assert value("AlphaNumeric", text, "en_GB") == expected


def test_korean_names_of_letters_and_digits(value):
    assert value("AlphaNumeric", "에이비씨 일이삼", "ko_KR") == "abc123"
    assert value("AlphaNumeric", "코드는 abc123이에요", "ko_KR") == "abc123"


def test_what_is_longer_than_thirty_characters_is_no_code(value):
    assert value("AlphaNumeric", "a1" * 16) is None


@pytest.mark.parametrize(("text", "expected"), POSTCODES.items())
def test_postcodes(value, text, expected):
    assert value("UKPostalCode", text, "en_GB") == expected


@pytest.mark.parametrize("text", ["12345", "ABC", "SW1A", "A1 AAA"])
def test_other_codes_are_no_postcodes(value, text):
    assert value("UKPostalCode", text, "en_GB") is None


def test_codes_are_read_from_left_to_right():
    setting = Setting(locale="ko_KR", now=dt.datetime(2026, 11, 28, tzinfo=dt.UTC))
    values = built_in("AMAZON.AlphaNumeric").find(Text("0A:00000"), setting)
    assert [value.original for value in values] == ["0A", "00000"]
