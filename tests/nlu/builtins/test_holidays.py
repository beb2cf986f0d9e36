"""Days that have a name, said on Wednesday 25 November 2020."""

import datetime as dt

import pytest

KOREAN = {
    "설날": "2021-02-12",
    "구정이요": "2021-02-12",
    "추석": "2021-09-21",
    "한가위에": "2021-09-21",
    "내년 추석이요": "2021-09-21",
    "작년 추석": "2019-09-13",
    "지난 추석": "2020-10-01",
    "이번 설에 갈게요": "2021-02-12",
    # In China the lunar year begins a day earlier in 2027.
    "2027년 설날": "2027-02-07",
    "석가탄신일": "2021-05-19",
    "부처님 오신 날": "2021-05-19",
    "정월대보름": "2021-02-26",
    "단오": "2021-06-14",
    "추석 연휴": "2021-09-20",
    "설 연휴에": "2021-02-11",
    "설날 다음 날": "2021-02-13",
    "추석 다음날이요": "2021-09-22",
    "추석 전날": "2021-09-20",
    "추석 이틀 전": "2021-09-19",
    "설날 일주일 뒤": "2021-02-19",
    "크리스마스 다음 날": "2020-12-26",
    "크리스마스 이브": "2020-12-24",
    "음력 8월 15일": "2021-09-21",
    "음력 팔월 십오일": "2021-09-21",
    "어린이날": "2021-05-05",
    "부활절": "2021-04-04",
    "연말에": "2020-12-31",
}
ENGLISH = {
    "christmas": "2020-12-25",
    "next christmas": "2020-12-25",
    "last christmas": "2019-12-25",
    "christmas 2027": "2027-12-25",
    "the day after christmas": "2020-12-26",
    "two days before christmas": "2020-12-23",
    "on new year's day": "2021-01-01",
    "thanksgiving": "2020-11-26",
    "the day after thanksgiving": "2020-11-27",
    "black friday": "2020-11-27",
    "martin luther king day": "2021-01-18",
    "easter": "2021-04-04",
    "good friday": "2021-04-02",
    "mother's day": "2021-05-09",
    "memorial day": "2021-05-31",
    "labor day": "2021-09-06",
    "chuseok": "2021-09-21",
}


@pytest.mark.parametrize(("text", "expected"), KOREAN.items())
def test_korean(value, text, expected):
    assert value("Date", text, "ko_KR") == expected


@pytest.mark.parametrize(("text", "expected"), ENGLISH.items())
def test_english(value, text, expected):
    assert value("Date", text) == expected


@pytest.mark.parametrize(
    ("locale", "text", "expected"),
    [
        ("en_GB", "mother's day", "2021-03-14"),
        ("en_AU", "father's day", "2021-09-05"),
        ("en_AU", "anzac day", "2021-04-25"),
    ],
)
def test_a_country_has_its_own_days(value, locale, text, expected):
    assert value("Date", text, locale) == expected


@pytest.mark.parametrize(
    ("today", "text", "expected"),
    [
        ((2020, 10, 1), "추석", "2020-10-01"),
        ((2020, 10, 2), "추석", "2021-09-21"),
        ((2020, 10, 2), "추석 다음 날", "2020-10-02"),
        ((2020, 10, 1), "추석 전날", "2021-09-20"),
        ((2020, 1, 24), "섣달 그믐", "2020-01-24"),
    ],
)
def test_the_day_that_comes_is_meant(value, today, text, expected):
    now = dt.datetime(*today, 9, tzinfo=dt.UTC)
    assert value("Date", text, "ko_KR", now) == expected


def test_beyond_the_known_lunar_calendar_there_is_no_date(value):
    assert value("Date", "추석", "ko_KR", dt.datetime(2070, 1, 1, tzinfo=dt.UTC)) is None


@pytest.mark.parametrize("text", ["설명해 주세요", "설이 뭐예요", "설거지", "추석 선물 세트"])
def test_words_that_only_hold_a_name_are_no_dates(find, text):
    assert find("Date", text, "ko_KR") in ([], [("추석", "2021-09-21")])
