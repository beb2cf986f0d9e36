"""Replies of kinds that were once read wrong, said on Wednesday 10 March 2027 at ten."""

import datetime as dt

import pytest

WEDNESDAY = dt.datetime(2027, 3, 10, 10, tzinfo=dt.timezone(dt.timedelta(hours=9)))
REPLIES = [
    # A day that a month lacks is no day of another.
    ("Date", "en_US", "february 30th", None),
    ("Date", "en_US", "the 31st of june", None),
    ("Date", "en_US", "valentines", "2028-02-14"),
    # Any space inside a phrase may be missing.
    ("Date", "ko_KR", "다음주 주말", "2027-03-20"),
    ("Date", "ko_KR", "다음달 초하루", "2027-04-01"),
    # Words for numbers.
    ("Number", "en_US", "none", "0"),
    ("Number", "en_US", "three score", "60"),
    ("Number", "en_IN", "two lakh", "200000"),
    ("Number", "en_IN", "1.5 crore", "15000000"),
    ("Currency", "en_US", "two grand", "USD 2000.00"),
]


@pytest.mark.parametrize(("name", "locale", "text", "expected"), REPLIES)
def test_a_reply(value, name, locale, text, expected):
    assert value(name, text, locale, WEDNESDAY) == expected
