"""AMAZON.Duration as ISO 8601."""

import pytest

ENGLISH = {
    "ten minutes": "PT10M",
    "an hour and a half": "PT1H30M",
    "half an hour": "PT30M",
    "two and a half hours": "PT2H30M",
    "1.5 hours": "PT1H30M",
    "1h 30m": "PT1H30M",
    "a couple of days": "P2D",
    "a fortnight": "P2W",
    "two years, three months and four days": "P2Y3M4D",
    "three quarters of an hour": "PT45M",
    "for about 3 nights please": "P3D",
}
KOREAN = {
    "한 시간 반": "PT1H30M",
    "한시간반이요": "PT1H30M",
    "1시간 30분": "PT1H30M",
    "삼십 분": "PT30M",
    "10분간": "PT10M",
    "하루": "P1D",
    "이틀 동안": "P2D",
    "사흘": "P3D",
    "열흘": "P10D",
    "보름": "P15D",
    "일주일": "P1W",
    "2주일": "P2W",
    "한 달": "P1M",
    "6개월": "P6M",
    "반년": "P6M",
    "일 년 반": "P1Y6M",
    "2년 3개월": "P2Y3M",
    "2박 3일": "P3D",
    "3박": "P3D",
    "5 minutes": "PT5M",
}


@pytest.mark.parametrize(("text", "expected"), ENGLISH.items())
def test_english(value, text, expected):
    assert value("Duration", text) == expected


@pytest.mark.parametrize(("text", "expected"), KOREAN.items())
def test_korean(value, text, expected):
    assert value("Duration", text, "ko_KR") == expected


def test_a_word_without_an_amount_is_no_duration(value):
    assert value("Duration", "one moment") is None
    assert value("Duration", "해 주세요", "ko_KR") is None
