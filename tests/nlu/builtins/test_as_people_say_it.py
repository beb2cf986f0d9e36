"""Values as people say them that were once read wrong, said on Sunday 22 November 2026."""

import datetime as dt

import pytest

SUNDAY = dt.datetime(2026, 11, 22, 14, 30, tzinfo=dt.timezone(dt.timedelta(hours=9)))
SAID = [
    ("Date", "ko_KR", "새해", "2027-01-01"),
    ("Date", "ko_KR", "3주 뒤 금요일", "2026-12-11"),
    ("Date", "en_US", "day after tmrw", "2026-11-24"),
    ("Date", "en_US", "mid december", "2026-12-15"),
    ("Date", "en_US", "the middle of next month", "2026-12-15"),
    # What is left of the weekend, not the day before.
    ("Date", "en_US", "this weekend", "2026-11-22"),
    ("Date", "ko_KR", "이번 주말", "2026-11-22"),
    ("Date", "ko_KR", "다음 주말", "2026-11-28"),
    ("Time", "ko_KR", "PM 3시", "15:00"),
    ("Time", "en_US", "2.30pm", "14:30"),
    ("Time", "en_US", "0900", "09:00"),
    ("Time", "en_US", "lunchtime", "AF"),
    ("Time", "en_US", "25:00", None),
    ("Time", "en_US", "10.5", None),
    ("Number", "ko_KR", "제로", "0"),
    ("Number", "ko_KR", "혼자요", "1"),
    ("Number", "ko_KR", "둘이서요", "2"),
    ("Number", "en_US", "three and a half", "3.5"),
    ("Number", "en_US", "1.5 million", "1500000"),
    ("Number", "en_US", "2k", "2000"),
    ("Duration", "ko_KR", "두 달 반", "P2M15D"),
    ("Duration", "en_US", "two and a half hours", "PT2H30M"),
    ("EmailAddress", "ko_KR", "kim 앳 지메일 닷컴이요", "kim@gmail.com"),
    ("EmailAddress", "ko_KR", "hong123 골뱅이 네이버 닷컴", "hong123@naver.com"),
    ("Currency", "en_US", "five dollars fifty", "USD 5.50"),
    ("Currency", "en_US", "10k dollars", "USD 10000.00"),
    ("Confirmation", "ko_KR", "아니요 괜찮습니다", "No"),
    ("Confirmation", "en_US", "no thanks, I'm good", "No"),
    ("Confirmation", "ko_KR", "음 잘 모르겠네", "Don't know"),
    ("Confirmation", "ko_KR", "그건 아니에요", "No"),
    ("LastName", "en_US", "my last name is Garcia-Lopez", "Garcia-Lopez"),
    ("LastName", "en_US", "de la Cruz", "de la Cruz"),
    ("Country", "ko_KR", "우리나라", "우리나라"),
    ("StreetName", "ko_KR", "세종대로요", "세종대로"),
    ("StreetName", "ko_KR", "세종대로로 가주세요", "세종대로"),
    ("StreetName", "en_US", "W 42nd St", "W 42nd St"),
    ("AlphaNumeric", "ko_KR", "abc123이요", "abc123"),
    ("AlphaNumeric", "ko_KR", "주문번호 X99", "X99"),
    ("AlphaNumeric", "en_US", "A1 B2 C3", "A1B2C3"),
]


@pytest.mark.parametrize(("name", "locale", "text", "expected"), SAID)
def test_a_reply_as_it_is_said(value, name, locale, text, expected):
    assert value(name, text, locale, SUNDAY) == expected


def test_a_time_with_a_point_may_be_two(read):
    assert read("Time", "2.30").resolved == ("02:30", "14:30")


def test_a_yes_that_is_softened_is_not_turned_into_a_no(value):
    assert value("Confirmation", "네 괜찮아요", "ko_KR") == "Yes"
    assert value("Confirmation", "괜찮아요", "ko_KR") == "Yes"
