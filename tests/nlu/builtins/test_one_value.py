"""A reply that says two values, or leaves a choice, is elicited again: which is meant is not known.

Said on Wednesday 10 March 2027 at ten.
"""

import datetime as dt

import pytest

WEDNESDAY = dt.datetime(2027, 3, 10, 10, tzinfo=dt.timezone(dt.timedelta(hours=9)))
OPEN = [
    ("Number", "en_US", "ten or twelve"),
    ("Number", "en_US", "four grown-ups and three children"),
    ("Number", "ko_KR", "어른 셋에 아이 둘이요"),
    ("Date", "en_US", "thursday or friday"),
    ("Date", "en_US", "the 3rd or 4th"),
    ("Date", "ko_KR", "토요일이나 일요일이요"),
    ("Time", "en_US", "8 am or 9 am"),
    ("Time", "ko_KR", "오후 두 시나 세 시쯤"),
    ("Duration", "en_US", "an hour or two"),
    ("Duration", "en_US", "three or four nights"),
    ("Duration", "en_US", "5-6 days"),
    ("Duration", "ko_KR", "하루나 이틀"),
    ("Duration", "ko_KR", "2~3일"),
    ("Duration", "de_DE", "zwei oder drei Tage"),
    ("Currency", "en_US", "40 or 50 dollars"),
    ("Currency", "en_US", "between ten and twenty dollars"),
    ("City", "en_US", "either boston or chicago"),
    ("Date", "en_US", "next week, any time"),
    ("Date", "ko_KR", "다음 주 중에 아무 때나"),
    ("City", "ko_KR", "부산이나 울산이요"),
    ("Currency", "ko_KR", "만 원에서 이만 원 사이"),
]
ONE = [
    ("Number", "en_US", "two or three... three", "3"),
    ("Number", "en_US", "6 people at 7 pm", "6"),
    ("Date", "en_US", "friday the 12th", "2027-03-12"),
    ("Date", "en_US", "a week ago today", "2027-03-03"),
    ("Date", "en_US", "first of may next year", "2028-05-01"),
    ("Date", "ko_KR", "다음 주 중에 목요일이 좋아요", "2027-03-18"),
    ("Time", "en_US", "dinner for two at 7 pm", "19:00"),
    ("Duration", "en_US", "an hour or so", "PT1H"),
    ("Duration", "en_US", "two hours, two hours is fine", "PT2H"),
]


@pytest.mark.parametrize(("name", "locale", "text"), OPEN)
def test_what_may_be_two_values_is_none(read, name, locale, text):
    value = read(name, text, locale, WEDNESDAY)
    assert value is None or value.interpreted is None


@pytest.mark.parametrize(("name", "locale", "text", "expected"), ONE)
def test_what_comes_to_one_value_is_read(value, name, locale, text, expected):
    assert value(name, text, locale, WEDNESDAY) == expected
