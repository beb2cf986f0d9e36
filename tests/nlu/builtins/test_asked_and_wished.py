"""Replies that ask about something else, greet or wish well hold no value."""

import datetime as dt

import pytest

FRIDAY = dt.datetime(2026, 11, 27, 10, tzinfo=dt.timezone(dt.timedelta(hours=9)))


@pytest.mark.parametrize(
    ("name", "text", "locale"),
    [
        ("Date", "혹시 지금 영업하세요", "ko_KR"),
        ("Date", "오늘 배달하세요", "ko_KR"),
        ("Date", "오늘 분위기 어때요", "ko_KR"),
        ("Time", "지금 운영하세요?", "ko_KR"),
        ("City", "주차장 있나요", "ko_KR"),
        ("City", "비밀번호를 까먹었어요", "ko_KR"),
        ("City", "음식이 다 식었어요", "ko_KR"),
        ("City", "ㅋㅋㅋ", "ko_KR"),
        ("FirstName", "ㅎㅎ", "ko_KR"),
        ("Number", "둘 다 별로예요", "ko_KR"),
        ("Number", "환불은 어떻게 하나요", "ko_KR"),
        ("Number", "이 근처에 카페 있어요", "ko_KR"),
        ("Number", "구경만 하려고요", "ko_KR"),
        ("Number", "한 번 더 알려 주세요", "ko_KR"),
        ("Number", "하나도 모르겠네요", "ko_KR"),
        ("Number", "두 번 다시 안 시켜요", "ko_KR"),
        ("Number", "일일이 적기 힘들어요", "ko_KR"),
        ("Number", "만두 서비스 되나요", "ko_KR"),
        ("FirstName", "설마요", "ko_KR"),
        ("City", "이상하네요", "ko_KR"),
        ("City", "조심히 와 주세요", "ko_KR"),
        ("City", "비싸요", "ko_KR"),
        ("Duration", "세일 언제 해요", "ko_KR"),
        ("Date", "may i ask something", "en_US"),
        ("Date", "are you open right now", "en_US"),
        ("Time", "no one answers the phone", "en_US"),
        ("Number", "one moment", "en_US"),
        ("Time", "two faced people", "en_US"),
        ("Date", "march on", "en_US"),
        ("City", "speak slowly", "en_US"),
        ("FirstName", "take care", "en_US"),
        ("Number", "none of them works for me", "en_US"),
        ("City", "what's the wifi password", "en_US"),
        ("City", "the app keeps freezing", "en_US"),
        ("FirstName", "i will think about it", "en_US"),
    ],
)
def test_a_reply_about_something_else_is_no_value(read, name, text, locale):
    assert read(name, text, locale, now=FRIDAY) is None


@pytest.mark.parametrize(
    ("name", "text", "locale"),
    [
        ("Date", "좋은 주말 보내세요", "ko_KR"),
        ("Date", "오늘도 좋은 하루 되세요", "ko_KR"),
        ("Date", "새해 복 많이 받으세요", "ko_KR"),
        ("Time", "좋은 아침이에요", "ko_KR"),
        ("Duration", "즐거운 하루 보내세요", "ko_KR"),
        ("Date", "happy new year", "en_US"),
        ("Time", "good morning", "en_US"),
        ("Duration", "have a nice day", "en_US"),
    ],
)
def test_a_greeting_or_a_wish_is_no_value(read, name, text, locale):
    assert read(name, text, locale, now=FRIDAY) is None


@pytest.mark.parametrize(
    ("name", "text", "locale", "meant"),
    [
        ("Date", "내일 점심 어때요", "ko_KR", "2026-11-28"),
        ("Date", "지금 바로요", "ko_KR", "2026-11-27"),
        ("Date", "토요일 오전 중에 가능해요?", "ko_KR", "2026-11-28"),
        ("Time", "내일 저녁 7시 괜찮아요?", "ko_KR", "19:00"),
        ("Time", "정오에 만나요", "ko_KR", "12:00"),
        ("Number", "천이백 개 정도면 될까요", "ko_KR", "1200"),
        ("Number", "삼 정도요", "ko_KR", "3"),
        ("Country", "스페인 가요", "ko_KR", "스페인"),
        ("City", "제주도 서귀포시요", "ko_KR", "제주도 서귀포시"),
        ("City", "보은이요", "ko_KR", "보은"),
        ("Time", "good evening, 8 pm please", "en_US", "20:00"),
        ("Date", "can we do sunday instead of saturday", "en_US", "2026-11-29"),
        ("City", "king of prussia", "en_US", "king of prussia"),
        ("City", "nice", "en_US", "nice"),
        ("City", "Two Rivers", "en_US", "Two Rivers"),
        ("Date", "is tuesday afternoon free", "en_US", "2026-12-01"),
        ("Date", "the weekend after this one", "en_US", "2026-12-05"),
        ("Date", "the week after next on tuesday", "en_US", "2026-12-08"),
        ("StreetName", "한강대로 12길이요", "ko_KR", "한강대로 12길"),
        ("FirstName", "this is o'shea speaking", "en_US", "o'shea"),
        ("Time", "sixteen hundred", "en_US", "16:00"),
        ("Number", "one of those please", "en_US", "1"),
    ],
)
def test_a_value_that_is_offered_stays_one(value, name, text, locale, meant):
    assert value(name, text, locale, now=FRIDAY) == meant


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("have a nice trip", []),
        ("a flight to nice", ["nice"]),
        ("I grew up in Bath", ["Bath"]),
        ("a room with a bath", []),
    ],
)
def test_a_place_with_an_everyday_name_needs_a_sign_that_it_is_one(find, text, places):
    assert [original for original, _ in find("City", text)] == places
