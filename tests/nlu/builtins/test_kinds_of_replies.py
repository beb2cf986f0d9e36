"""Replies of kinds that were once read wrong, said on Wednesday 10 March 2027 at ten."""

import datetime as dt

import pytest

WEDNESDAY = dt.datetime(2027, 3, 10, 10, tzinfo=dt.timezone(dt.timedelta(hours=9)))
REPLIES = [
    # A day that a month lacks is no day of another.
    ("Date", "en_US", "february 30th", None),
    ("Date", "en_US", "the 31st of june", None),
    ("Date", "en_US", "valentines", "2028-02-14"),
    # Any space inside a phrase may be missing.
    ("Date", "ko_KR", "다음주 주말", "2027-03-20"),
    ("Date", "ko_KR", "다음달 초하루", "2027-04-01"),
    # Words for numbers.
    ("Number", "en_US", "none", "0"),
    ("Number", "en_US", "three score", "60"),
    ("Number", "en_IN", "two lakh", "200000"),
    ("Number", "en_IN", "1.5 crore", "15000000"),
    ("Currency", "en_US", "two grand", "USD 2000.00"),
    ("Duration", "ko_KR", "하나 해 주세요", None),
    ("Duration", "en_US", "two and a half weeks", "P2W3DT12H"),
    ("Duration", "de_DE", "anderthalb Tage", "P1DT12H"),
    ("Number", "de_DE", "wir sind zu dritt", "3"),
    # What is read out.
    (
        "PhoneNumber",
        "en_US",
        "plus one two oh six five five five zero one nine nine",
        "+12065550199",
    ),
    ("PhoneNumber", "en_US", "one eight hundred five five five oh one oh one", "18005550101"),
    ("PhoneNumber", "en_GB", "+44 (0)20 7946 0001", "+442079460001"),
    ("PhoneNumber", "ja_JP", "080-9876-5432です", "08098765432"),
    ("EmailAddress", "en_US", "k i m at mail dot com", "kim@mail.com"),
    ("EmailAddress", "en_US", "ann underscore lee 77 at mail dot com", "ann_lee77@mail.com"),
    ("EmailAddress", "ko_KR", "케이엠 골뱅이 네이버 점 컴", "km@naver.com"),
    ("AlphaNumeric", "en_US", "double b three four", "bb34"),
    ("AlphaNumeric", "en_US", "tango kilo two two", "tk22"),
    ("AlphaNumeric", "en_US", "ref is 9PL-20", "9PL-20"),
    ("AlphaNumeric", "en_US", "PNR ZK81QD", "ZK81QD"),
    ("AlphaNumeric", "ko_KR", "56다 1920이에요", "56다1920"),
    ("AlphaNumeric", "ko_KR", "모르겠어요", None),
    ("FirstName", "en_US", "J O A N", "JOAN"),
    ("FirstName", "ko_KR", "최 지훈 씨요", "최 지훈"),
    ("LastName", "en_US", "my surname is de la Cruz", "de la Cruz"),
    ("City", "ko_KR", "여수요 여수", "여수"),
    ("City", "ko_KR", "아직 몰라요", None),
    ("City", "en_US", "somewhere sunny", None),
    ("City", "en_US", "not sure yet", None),
    ("Number", "en_US", "me and my two kids", "3"),
    # Money as a locale writes it, and its own dollars.
    ("Currency", "en_US", "€45,50", "EUR 45.50"),
    ("Currency", "fr_CA", "12,50 $", "CAD 12.50"),
    ("Currency", "en_AU", "twenty dollars", "AUD 20.00"),
    ("Currency", "en_AU", "20 us dollars", "USD 20.00"),
    ("Currency", "zh_CN", "三块五", "CNY 3.50"),
    ("Currency", "zh_CN", "两块三毛五", "CNY 2.35"),
    ("StreetName", "ko_KR", "강남대로", "강남대로"),
    ("City", "ko_KR", "안 정했어요", None),
    ("FirstName", "ko_KR", "저 최가람인데요", "최가람"),
    ("LastName", "en_US", "last name's Kowalski", "Kowalski"),
    # Words and short forms of days, times and spans.
    ("Date", "en_US", "next month on the 5th", "2027-04-05"),
    ("Date", "en_US", "the first of the month", "2027-04-01"),
    ("Time", "en_US", "6:45p", "18:45"),
    ("Time", "en_US", "seven-thirty tonight", "19:30"),
    ("Time", "en_US", "oh nine hundred", "09:00"),
    ("Time", "en_US", "noon thirty", "12:30"),
    ("Duration", "en_US", "one and a quarter hours", "PT1H15M"),
    ("Number", "en_US", "ten k", "10000"),
    ("Number", "ko_KR", "하나도 없어요", None),
    ("Number", "ko_KR", "첫 번째 걸로요", "1"),
    ("Number", "en_US", "myself plus three", "4"),
    ("Date", "ko_KR", "그 다음 날이요", None),
    ("Time", "en_US", "11:30ish am", "11:30"),
    ("Currency", "en_US", "€1.200,50", "EUR 1200.50"),
    ("EmailAddress", "en_US", "a dot b at c dot org", "a.b@c.org"),
    ("FirstName", "en_US", "it would be under Fiona", "Fiona"),
    ("LastName", "en_US", "it's spelled N G U Y E N", "NGUYEN"),
    # What is too much, and all but one.
    ("Number", "ko_KR", "여섯 개는 너무 많고 세 개만요", "3"),
    ("Number", "en_US", "two... actually three", "3"),
    ("Time", "ko_KR", "오후 4시만 아니면 돼요", None),
    ("Time", "ko_KR", "오후 5시... 아 6시요", "18:00"),
    # Slips of the pen in the words of a value.
    ("Date", "en_US", "thrusday works", "2027-03-11"),
    ("Date", "en_US", "10 janury", "2028-01-10"),
    ("Time", "en_US", "quater past four pm", "16:15"),
    ("Number", "en_US", "forteen", "14"),
    ("Number", "en_US", "I'm thirsty", None),
    ("Duration", "en_US", "fourty minuts", "PT40M"),
    ("Confirmation", "en_US", "definately", "Yes"),
    # A part of the day that stands somewhere else tells one of two times.
    ("Time", "ko_KR", "4시 반쯤 오후에요", "16:30"),
    ("Time", "ko_KR", "5시 말고 6시로요 저녁", "18:00"),
    ("Time", "en_US", "4 or so, in the afternoon", "16:00"),
    # What is done in a place and what stands beside it is no part of its name.
    ("City", "ko_KR", "군산 다녀왔습니다", "군산"),
    ("City", "ko_KR", "속초 놀러 갈거예요", "속초"),
    ("Country", "ko_KR", "호주 유학 갔었어요", "호주"),
    ("StreetName", "ko_KR", "퇴계로 삼거리예요", "퇴계로"),
    # A longer date is not cut short where its end is not known.
    ("Date", "ko_KR", "1991년 4월 6일생이에요", "1991-04-06"),
    ("Date", "ko_KR", "석 달 뒤 7일이요", "2027-06-07"),
    ("Date", "ko_KR", "담주 주말", "2027-03-20"),
    ("Date", "en_US", "late june", "2027-06-30"),
    ("Date", "en_US", "the sunday before christmas", "2027-12-19"),
    ("Date", "zh_CN", "3月13号星期六", "2027-03-13"),
    ("Date", "ja_JP", "3月13日の土曜日", "2027-03-13"),
    ("Date", "nl_NL", "13 maart, zaterdag", "2027-03-13"),
    ("Date", "nl_NL", "13 maart, zondag", None),
    # Numbers with a hyphen between share something out, or are a range.
    ("Number", "en_US", "sixty-forty", None),
    ("Number", "en_US", "two-three people", None),
    ("Number", "en_US", "me and my husband", "2"),
    ("Number", "ko_KR", "4인 가족이에요", "4"),
    ("Percentage", "ko_KR", "5% 아니고 15%요", "15%"),
    ("FirstName", "en_US", "my first name is Rose Ellen", "Rose"),
    ("FirstName", "ko_KR", "장도연이라고 하는데요", "장도연"),
    ("LastName", "ko_KR", "성이 제갈이에요", "제갈"),
    ("AlphaNumeric", "en_US", "parcel ref 9QX44", "9QX44"),
    # What one thinks, wants, and leaves be.
    ("Confirmation", "it_IT", "non credo", "No"),
    ("Confirmation", "de_DE", "ich glaube nicht", "No"),
    ("Confirmation", "fr_FR", "j'en sais rien", "Don't know"),
    ("Confirmation", "zh_CN", "我不想", "No"),
    ("Confirmation", "hi_IN", "मुझे नहीं चाहिए", "No"),
    ("Confirmation", "ko_KR", "아뇨 다른 걸로요", "No"),
    # Yes and no in other words.
    ("Confirmation", "en_US", "I don't see why not", "Yes"),
    ("Confirmation", "de_DE", "geht klar", "Yes"),
    ("Confirmation", "it_IT", "perché no", "Yes"),
    ("Confirmation", "en_US", "not a problem", "Yes"),
    ("Confirmation", "en_US", "that won't be necessary", "No"),
    ("Confirmation", "ko_KR", "문제없어요", "Yes"),
    ("Confirmation", "ko_KR", "안 될 것 같아요", "No"),
    ("Confirmation", "pt_PT", "sim, se faz favor", "Yes"),
]


@pytest.mark.parametrize(("name", "locale", "text", "expected"), REPLIES)
def test_a_reply(value, name, locale, text, expected):
    assert value(name, text, locale, WEDNESDAY) == expected
