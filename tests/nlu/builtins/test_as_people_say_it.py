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
    # Days by their native names, by the moon, and from a day on.
    ("Date", "ko_KR", "12월 초나흘이요", "2026-12-04"),
    ("Date", "ko_KR", "십이월 보름", "2026-12-15"),
    ("Date", "ko_KR", "음력 설이요", "2027-02-07"),
    ("Date", "ko_KR", "음력 8월 보름", "2027-09-15"),
    ("Date", "ko_KR", "두 달 뒤 오늘", "2027-01-22"),
    ("Date", "ko_KR", "다음 달 초순", "2026-12-01"),
    ("Date", "ko_KR", "901105요", "1990-11-05"),
    ("Date", "en_US", "901105", None),
    ("Time", "ko_KR", "7시 75분", None),
    ("Date", "ko_KR", "생년월일 육팔공사일일", "1968-04-11"),
    ("Date", "ko_KR", "생일은 구공공일이오요", "1990-01-25"),
    ("Date", "ko_KR", "육팔공사삼일", None),
    ("Number", "ko_KR", "1도 없음", "0"),
    ("Number", "ko_KR", "하나도 없어요", "0"),
    ("Number", "ko_KR", "하나도 모르겠어요", None),
    ("Number", "ko_KR", "n분의 1", None),
    ("Number", "ko_KR", "나랑 친구 둘", "3"),
    ("Number", "en_US", "me + 2 friends", "3"),
    ("Number", "en_US", "6ppl", "6"),
    ("PhoneNumber", "ko_KR", "영일영 이이삼삼 아니 사사삼삼 일이삼사", None),
    ("Confirmation", "en_US", "can't see why not", "Yes"),
    ("Confirmation", "ko_KR", "하지 말라니까요", "No"),
    # Each value with each word that may stand beside it.
    ("Date", "en_US", "sat wk", "2026-12-05"),
    ("Date", "en_US", "tuesday come a fortnight", "2026-12-08"),
    ("Date", "ko_KR", "토요일이라니까요", "2026-11-28"),
    ("Time", "en_US", "five of six pm", "17:55"),
    ("Time", "en_US", "five of six", None),
    ("Time", "ko_KR", "오후 3시 반일걸요", "15:30"),
    ("Number", "ko_KR", "한 개 반으로 해주세요", "1.5"),
    ("Number", "ko_KR", "네, 삼이요", "3"),
    ("Number", "ko_KR", "한 삼 정도", "3"),
    ("Number", "ko_KR", "삼이구요", "3"),
    ("Number", "ko_KR", "만 이천일걸요", "12000"),
    ("Number", "en_US", "a couple lol", "2"),
    ("Number", "en_US", "oh a couple", "2"),
    ("PhoneNumber", "ko_KR", "공일공 일이삼사 오육칠팔이죠", "01012345678"),
    ("PhoneNumber", "ko_KR", "공일공 일이삼사 오육칠팔이구요", "01012345678"),
    ("PhoneNumber", "ko_KR", "번호는 02-555-0134 구요", "025550134"),
    ("City", "ko_KR", "부산이면 좋겠어요", "부산"),
    ("City", "ko_KR", "부산ㅋㅋ", "부산"),
    ("FirstName", "ko_KR", "딱 지우요", "지우"),
    ("FirstName", "ko_KR", "지우일 거예요", "지우"),
    ("FirstName", "en_US", "er, anna tbh", "anna"),
    ("AlphaNumeric", "en_US", "gonna be AB123", "AB123"),
    ("EmailAddress", "en_US", "no, ann at example dot com", "ann@example.com"),
    ("Number", "ko_KR", "반 개요", "0.5"),
    ("Number", "ko_KR", "세 상자하고 반이요", "3.5"),
    ("Number", "ko_KR", "어른 둘에 아이 하나 해서 셋이요", "3"),
    ("Duration", "ko_KR", "6개월치요", "P6M"),
    ("Duration", "ko_KR", "네일", None),
    ("Duration", "en_US", "the whole week", "P1W"),
    ("Duration", "en_US", "four days three nights", "P4D"),
    ("FirstName", "ko_KR", "지우쌤이요", "지우"),
    # What is put right with an oh, or turned down as too late.
    ("Number", "ko_KR", "세 개 아 네 개로 할게요", "4"),
    ("Time", "ko_KR", "저녁 6시, 아 미안 7시", "19:00"),
    ("Time", "en_US", "8 pm is too late, 7 pm", "19:00"),
    ("Duration", "en_US", "three hours, make it four", "PT4H"),
]


@pytest.mark.parametrize(("name", "locale", "text", "expected"), SAID)
def test_a_reply_as_it_is_said(value, name, locale, text, expected):
    assert value(name, text, locale, SUNDAY) == expected


def test_a_time_with_a_point_may_be_two(read):
    assert read("Time", "2.30").resolved == ("02:30", "14:30")


def test_a_yes_that_is_softened_is_not_turned_into_a_no(value):
    assert value("Confirmation", "네 괜찮아요", "ko_KR") == "Yes"
    assert value("Confirmation", "괜찮아요", "ko_KR") == "Yes"
