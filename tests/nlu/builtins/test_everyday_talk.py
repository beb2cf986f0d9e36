"""Replies of everyday words alone, which name no place, no person, no number and no day."""

import datetime as dt

import pytest

FRIDAY = dt.datetime(2026, 11, 27, 10, tzinfo=dt.timezone(dt.timedelta(hours=9)))


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("ko_KR", "상품권이요"),
        ("ko_KR", "현금영수증은 됐고 카드로요"),
        ("ko_KR", "화요일에는 쉬세요?"),
        ("ko_KR", "좀 바꿔 주세요"),
        ("ko_KR", "취소해 줘"),
        ("ko_KR", "물티슈 있나요"),
        ("en_US", "broken zipper"),
        ("en_US", "just the receipt"),
        ("en_US", "feeling dizzy"),
        ("en_US", "a refund please"),
    ],
)
def test_no_place_is_called_so(value, locale, text):
    assert value("City", text, locale) is None


@pytest.mark.parametrize(
    ("locale", "text", "city"),
    [
        ("ko_KR", "연남동이요", "연남동"),
        ("ko_KR", "김해로 가 주세요", "김해"),
        ("en_US", "silver lake", "silver lake"),
        ("en_US", "west covina", "west covina"),
        ("en_US", "Worthing", "Worthing"),
    ],
)
def test_a_place_may_be_called_so(value, locale, text, city):
    assert value("City", text, locale) == city


@pytest.mark.parametrize(
    ("locale", "text"),
    [("ko_KR", "구경하는 중이에요"), ("ko_KR", "영수증이요"), ("en_US", "wheelchair access?")],
)
def test_nobody_is_called_so(value, locale, text):
    assert value("FirstName", text, locale) is None


def test_a_family_may_be_called_by_an_everyday_word(value):
    assert value("LastName", "Butcher") == "Butcher"


@pytest.mark.parametrize(
    "text", ["my back is killing me", "one way or another", "two faced people", "zero interest"]
)
def test_numerals_of_phrases_count_nothing(value, text):
    assert value("Number", text) is None


@pytest.mark.parametrize("text", ["well, just me", "it's me", "me"])
def test_a_lone_me_counts_one(value, text):
    assert value("Number", text) == "1"


@pytest.mark.parametrize(
    "text", ["second to none", "first things first", "first come first served"]
)
def test_ordinals_of_phrases_are_no_days(value, text):
    assert value("Date", text) is None


@pytest.mark.parametrize(
    ("name", "locale", "text", "expected"),
    [
        ("Currency", "en_US", "nineteen ninety nine", "USD 19.99"),
        ("Currency", "en_GB", "four ninety-nine", "GBP 4.99"),
        ("Currency", "en_US", "two fifty", "USD 250.00"),  # in doubt as it was
        ("Currency", "en_ZA", "R150", "ZAR 150.00"),
        ("Currency", "en_ZA", "about R 1,250.50", "ZAR 1250.50"),
        ("Number", "en_US", "one and a half dozen", "18"),
        ("Date", "en_US", "halfway through january", "2027-01-15"),
        ("Date", "ko_KR", "내일말고모레", "2026-11-29"),
        ("Time", "ko_KR", "오후 3시말고4시요", "16:00"),
        ("Number", "ko_KR", "두개말고세개", "3"),
        ("PhoneNumber", "ko_KR", "영일영 하나둘셋넷 다섯여섯일곱여덟", "01012345678"),
    ],
)
def test_what_is_written_together_or_said_short(value, name, locale, text, expected):
    assert value(name, text, locale, FRIDAY) == expected


@pytest.mark.parametrize(
    ("name", "locale", "text", "expected"),
    [
        ("Date", "ko_KR", "구오년 삼월 이일이요", "1995-03-02"),
        ("Date", "ko_KR", "주말은 좀 그렇고 수요일이요", "2026-12-02"),
        ("Time", "ko_KR", "저녁 8시는 늦고 7시 반이요", "19:30"),
        ("Number", "ko_KR", "다섯 명인데 두 명 빠져서 세 명이요", "3"),
        ("Duration", "en_US", "5 nights and 6 days", "P6D"),
        ("Duration", "en_US", "6 nights, 7 days", "P7D"),
        ("LastName", "en_US", "it's McAllister with two l's", "McAllister"),
        ("FirstName", "en_US", "Priya, P-R-I-Y-A", "Priya"),
        ("City", "en_US", "it's called Wagga Wagga", "Wagga Wagga"),
        ("City", "ko_KR", "군산이요 군산", "군산"),
        ("Confirmation", "ko_KR", "아니요 다음에요", "No"),
    ],
)
def test_what_people_add_to_a_value(value, name, locale, text, expected):
    assert value(name, text, locale, FRIDAY) == expected


@pytest.mark.parametrize(
    ("locale", "text", "name"),
    [
        ("ko_KR", "하늘이 참 맑네요", None),
        ("ko_KR", "하나도 몰라요", None),
        ("ko_KR", "하늘이요", "하늘"),
        ("ko_KR", "저는 유리라고 해요", "유리"),
        ("en_US", "hope is not a plan", None),
        ("en_US", "my name is Hope", "Hope"),
        ("en_US", "it's will", "will"),
    ],
)
def test_an_everyday_word_is_a_name_where_a_name_is_given(value, locale, text, name):
    assert value("FirstName", text, locale) == name


def test_a_street_ends_at_the_comma_behind_its_town(find):
    assert find("StreetName", "Denver, Pine Road, unit 12") == [("Pine Road", "Pine Road")]
