"""AMAZON.Date, said on Wednesday 25 November 2020."""

import datetime as dt

import pytest

ENGLISH = {
    "today": "2020-11-25",
    "tomorrow": "2020-11-26",
    "tmrw": "2020-11-26",
    "day after tomorrow": "2020-11-27",
    "the day before yesterday": "2020-11-23",
    "friday": "2020-11-27",
    "on wed": "2020-11-25",
    "next monday": "2020-11-30",
    "next wednesday": "2020-12-02",
    "last friday": "2020-11-20",
    "friday next week": "2020-12-04",
    "a week from friday": "2020-12-04",
    "in two weeks": "2020-12-09",
    "3 days ago": "2020-11-22",
    "a couple of days from now": "2020-11-27",
    "this weekend": "2020-11-28",
    "the 3rd of March": "2021-03-03",
    "March 3rd, 2023": "2023-03-03",
    "3 march": "2021-03-03",
    "november twenty-fourth": "2021-11-24",
    "Friday, March 5th": "2021-03-05",
    "the 15th": "2020-12-15",
    "april": "2021-04-01",
    "may": "2021-05-01",
    "the third friday of march": "2021-03-19",
    "last monday of may": "2021-05-31",
    "end of the month": "2020-11-30",
    "the beginning of march": "2021-03-01",
    "christmas eve": "2020-12-24",
    "3/15": "2021-03-15",
    "3/15/23": "2023-03-15",
    "25/12": "2020-12-25",
    "2021-03-15": "2021-03-15",
    "20210315": "2021-03-15",
    "I'd like to come in tomorrow, please": "2020-11-26",
    "february 29": "2024-02-29",
    "march third twenty twenty one": "2021-03-03",
}
KOREAN = {
    "오늘": "2020-11-25",
    "내일이요": "2020-11-26",
    "모레": "2020-11-27",
    "내일 모레": "2020-11-27",
    "낼모레": "2020-11-27",
    "글피": "2020-11-28",
    "어제": "2020-11-24",
    "그저께": "2020-11-23",
    "그끄저께": "2020-11-22",
    "금요일": "2020-11-27",
    "이번 주 금요일": "2020-11-27",
    "다음 주 금요일": "2020-12-04",
    "다음주 금요일로 해주세요": "2020-12-04",
    "다다음 주 월요일": "2020-12-07",
    "지난 주 금요일": "2020-11-20",
    "이번 주말": "2020-11-28",
    "다음 주": "2020-11-29",
    "지난주": "2020-11-16",
    "이번 달": "2020-11-01",
    "다음 달": "2020-12-31",
    "내년": "2021-12-31",
    "작년": "2019-01-01",
    "다음 달 3일": "2020-12-03",
    "이번 달 말": "2020-11-30",
    "3월": "2021-03-01",
    "삼월 십오일": "2021-03-15",
    "3월 십일에": "2021-03-10",
    "삼월 십일일": "2021-03-11",
    "유월 육일": "2021-06-06",
    "시월 구일": "2021-10-09",
    "12월 25일": "2020-12-25",
    "12월25일이요": "2020-12-25",
    "2027년 3월 15일": "2027-03-15",
    "이천이십칠년 삼월 일일": "2027-03-01",
    "내년 1월 1일": "2021-01-01",
    "15일": "2020-12-15",
    "이십일일": "2020-12-21",
    "3월 셋째 주": "2021-03-15",
    "3월 셋째 주 금요일": "2021-03-19",
    "3월 마지막 금요일": "2021-03-26",
    "보름 뒤": "2020-12-10",
    "열흘 후": "2020-12-05",
    "사흘 뒤에": "2020-11-28",
    "3일 뒤": "2020-11-28",
    "이 주 후": "2020-12-09",
    "한 달 뒤": "2020-12-25",
    "일주일 전": "2020-11-18",
    "크리스마스": "2020-12-25",
    "2021.3.5": "2021-03-05",
    "12/25": "2020-12-25",
    "내일오후세시에": "2020-11-26",
    "tomorrow": "2020-11-26",
}
NO_DATES = {
    "en_US": ["you may go", "I sat down", "march on", "two rooms", "3.5", "555-1212", "10:30"],
    "ko_KR": ["이 일을 좀 도와줘", "월급이 얼마야", "금방 갈게", "일이 많아요", "수박 주세요"],
}


@pytest.mark.parametrize(("text", "expected"), ENGLISH.items())
def test_english(value, text, expected):
    assert value("Date", text) == expected


@pytest.mark.parametrize(("text", "expected"), KOREAN.items())
def test_korean(value, text, expected):
    assert value("Date", text, "ko_KR") == expected


@pytest.mark.parametrize(
    ("text", "locale"), [(t, locale) for locale, texts in NO_DATES.items() for t in texts]
)
def test_what_is_no_date_is_not_found_in_a_sentence(find, text, locale):
    assert find("Date", text, locale) == []


def test_the_original_value_is_what_was_typed(find):
    assert find("Date", "a room from March 3 to MARCH 5, please") == [
        ("March 3", "2021-03-03"),
        ("MARCH 5", "2021-03-05"),
    ]
    assert find("Date", "12월 24일부터 12월 26일까지요", "ko_KR") == [
        ("12월 24일", "2020-12-24"),
        ("12월 26일", "2020-12-26"),
    ]


@pytest.mark.parametrize(
    ("locale", "expected"),
    [("en_US", "2021-04-03"), ("en_GB", "2021-03-04"), ("de_DE", "2021-03-04")],
)
def test_the_locale_says_whether_the_day_or_the_month_is_first(value, locale, expected):
    assert value("Date", "4/3", locale) == expected


def test_today_is_the_day_where_the_conversation_is(value):
    late = dt.datetime(2020, 11, 25, 23, 30, tzinfo=dt.UTC)
    seoul = late.astimezone(dt.timezone(dt.timedelta(hours=9)))
    assert value("Date", "오늘", "ko_KR", late) == "2020-11-25"
    assert value("Date", "오늘", "ko_KR", seoul) == "2020-11-26"


def test_a_day_that_does_not_exist_is_no_date(find):
    assert find("Date", "2021-02-30") == []
    assert find("Date", "13/13/2021") == []
