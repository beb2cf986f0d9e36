"""AMAZON.Time, said at half past two in the afternoon."""

import pytest

ENGLISH = {
    "10 AM": "10:00",
    "eight pm": "20:00",
    "5:15pm": "17:15",
    "5 p.m.": "17:00",
    "530pm": "17:30",
    "17:00": "17:00",
    "09:30": "09:30",
    "noon": "12:00",
    "midnight": "00:00",
    "half past noon": "12:30",
    "quarter to five in the afternoon": "16:45",
    "tonight at eight": "20:00",
    "9 in the morning tomorrow": "09:00",
    "in the evening": "EV",
    "afternoon": "AF",
    "at night": "NI",
    "now": "14:30",
    "in an hour": "15:30",
    "in 30 minutes": "15:00",
    "book a table for two at 7 pm": "19:00",
    "twelve thirty pm": "12:30",
    "12 am": "00:00",
}
KOREAN = {
    "오후 세 시 반": "15:30",
    "오후세시반에요": "15:30",
    "오전 10시": "10:00",
    "저녁 7시": "19:00",
    "밤 11시": "23:00",
    "밤 열두시": "00:00",
    "새벽 두시": "02:00",
    "낮 12시": "12:00",
    "낮 한 시": "13:00",
    "오후 3:30": "15:30",
    "17시": "17:00",
    "십칠 시 삼십 분": "17:30",
    "정오": "12:00",
    "자정에": "00:00",
    "아침": "MO",
    "새벽": "MO",
    "저녁에": "EV",
    "오전": "AM",
    "지금": "14:30",
    "30분 뒤에": "15:00",
    "한 시간 후": "15:30",
    "내일 오후 세시": "15:00",
}
AMBIGUOUS = {
    ("10 o'clock", "en_US"): ("10:00", "22:00"),
    ("half past three", "en_US"): ("03:30", "15:30"),
    ("quarter to five", "en_US"): ("04:45", "16:45"),
    ("six thirty", "en_US"): ("06:30", "18:30"),
    ("7", "en_US"): ("07:00", "19:00"),
    ("세 시", "ko_KR"): ("03:00", "15:00"),
    ("열두 시 십오 분", "ko_KR"): ("00:15", "12:15"),
    ("3시 10분 전", "ko_KR"): ("02:50", "14:50"),
    ("다섯시 반으로 해주세요", "ko_KR"): ("05:30", "17:30"),
}


@pytest.mark.parametrize(("text", "expected"), ENGLISH.items())
def test_english(value, text, expected):
    assert value("Time", text) == expected


@pytest.mark.parametrize(("text", "expected"), KOREAN.items())
def test_korean(value, text, expected):
    assert value("Time", text, "ko_KR") == expected


@pytest.mark.parametrize(("said", "times"), AMBIGUOUS.items())
def test_an_hour_on_a_twelve_hour_clock_means_two_times(read, said, times):
    found = read("Time", *said)
    assert found.interpreted is None
    assert found.resolved == times


def test_the_words_between_are_left_out_of_the_original_value(read):
    assert read("Time", "5 in the evening").original == "5 evening"
    assert read("Time", "in the morning").original == "morning"
    assert read("Time", "tonight at eight").original == "tonight eight"


@pytest.mark.parametrize(
    "text", ["table for 4", "I am hungry", "two to three people", "two nights", "at 5 main street"]
)
def test_what_is_no_time_is_not_found_in_a_sentence(find, text):
    assert find("Time", text) == []


@pytest.mark.parametrize("text", ["시간이 없어요", "시작해 주세요", "세시간 동안", "다시 한 번"])
def test_korean_words_like_hours_are_no_times(find, text):
    assert find("Time", text, "ko_KR") == []
