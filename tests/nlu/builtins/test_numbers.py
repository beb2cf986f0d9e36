"""AMAZON.Number: digits, words, Sino-Korean and native Korean, counters."""

import pytest

ENGLISH = {
    "50": "50",
    "-15": "-15",
    "1,234": "1234",
    "232.998": "232.998",
    "two hundred and five": "205",
    "two thousand and twenty six": "2026",
    "three million two hundred thousand": "3200000",
    "2 million": "2000000",
    "a dozen": "12",
    "twenty-one": "21",
    "nineteen ninety five": "1995",
    "twenty oh five": "2005",
    "one two three four": "1234",
    "minus fifteen point two four five": "-15.245",
    "there are five of us": "5",
    "0042": "0042",
}
KOREAN = {
    "삼": "3",
    "하나": "1",
    "둘이요": "2",
    "두": "2",
    "두 명이요": "2",
    "세 개": "3",
    "네 잔 주세요": "4",
    "다섯 권": "5",
    "열 살": "10",
    "열두 명": "12",
    "스물두 개": "22",
    "서른": "30",
    "백": "100",
    "이십삼만 오천": "235000",
    "3만 5천": "35000",
    "일조 이천억": "1200000000000",
    "1억 2천만": "120000000",
    "백이십삼 점 사오": "123.45",
    "마이너스 삼": "-3",
    "영하 십오도": "-15",
    "5명": "5",
    "2인분": "2",
    "일이삼사": "1234",
    "어른 둘": "2",
    "five": "5",
}


@pytest.mark.parametrize(("text", "expected"), ENGLISH.items())
def test_english(value, text, expected):
    assert value("Number", text) == expected


@pytest.mark.parametrize(("text", "expected"), KOREAN.items())
def test_korean(value, text, expected):
    assert value("Number", text, "ko_KR") == expected


@pytest.mark.parametrize(
    "text",
    ["네 알겠습니다", "한국 음식", "세계 여행", "이 사람", "오늘 갈게", "두부 주세요", "구두"],
)
def test_korean_words_that_begin_like_numerals_are_no_numbers(find, text):
    assert find("Number", text, "ko_KR") == []


def test_several_numbers_are_found_where_they_stand(find):
    assert find("Number", "two nights for 3 guests") == [("two", "2"), ("3", "3")]
    assert find("Number", "어른 두 명 아이 한 명", "ko_KR") == [("두", "2"), ("한", "1")]


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("search all s3 buckets", "en_US"),
        ("my ps5 is broken", "en_US"),
        ("room B12", "en_US"),
        ("갤럭시 s24 케이스", "ko_KR"),
    ],
)
def test_digits_of_a_name_are_no_number(find, value, text, locale):
    assert find("Number", text, locale) == []
    assert value("Number", text, locale) is None


def test_what_is_written_onto_a_number_leaves_it_one(value):
    assert value("Number", "coffee x2") == "2"
    assert value("Number", "Rs500") == "500"
    assert value("Number", "성인2명", "ko_KR") == "2"
