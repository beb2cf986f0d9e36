"""Whatever is typed, a grammar answers or says nothing; it never fails."""

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from daehwa.nlu.builtins import Setting, Text, built_in

NAMES = """
AlphaNumeric City Confirmation Country Currency Date Duration EmailAddress FirstName FreeFormInput
LastName Number Percentage PhoneNumber State StreetName Time UKPostalCode Any
"""
PIECES = """
오늘 내일 다음 주 금요일 삼월 십오일 15일 3시 반 오후 세 이십 만 점 마이너스 원 퍼센트 공일공 뒤 전
한 달 년 2027년 말 0000년 9999년 12월 31일 99999999999999999999 99999999 이에요 입니다 로 에서
next last friday the 3rd of march may in two weeks years ago from half past quarter to five
o'clock pm noon $ 5 . - + ( ) @ a.b , million point dollars and 1/2 cents % a as in alpha my name
is İ ﬁ
"""
WORDS = st.lists(st.sampled_from(PIECES.split()), max_size=9)
TEXTS = st.one_of(st.text(max_size=60), WORDS.map(" ".join), WORDS.map("".join))
MOMENTS = st.datetimes(
    min_value=dt.datetime(1990, 1, 1),  # noqa: DTZ001  the strategy adds the zone
    max_value=dt.datetime(2100, 1, 1),  # noqa: DTZ001
    timezones=st.just(dt.UTC),
)


@pytest.mark.parametrize("name", NAMES.split())
@given(text=TEXTS, now=MOMENTS, locale=st.sampled_from(["ko_KR", "en_US", "de_DE"]))
@settings(deadline=None)
def test_every_type_stands_every_text(name, text, now, locale):
    kind = built_in(f"AMAZON.{name}")
    said = Text(text)
    setting = Setting(locale=locale, now=now)
    found = [*kind.find(said, setting)]
    reading = kind.read(said, setting)
    for value in [*found, *([reading] if reading else [])]:
        assert 0 <= value.start < value.end <= len(said)
        assert value.original
        assert 0 < value.sure <= 1
        if value.interpreted is not None and value.resolved:
            assert value.resolved[0] == value.interpreted
    for first, second in pairwise(found):
        assert first.start <= second.start
