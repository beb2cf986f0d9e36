"""Values that only words say: fractions, dozens, British weeks, spoken codes; and what is none.

Said on Wednesday 10 March 2027 at ten.
"""

import datetime as dt

import pytest

WEDNESDAY = dt.datetime(2027, 3, 10, 10, tzinfo=dt.timezone(dt.timedelta(hours=9)))
KOREAN = {
    "Number": {
        "오분의 이": "0.4",
        "삼분의 일이요": "0.3333",
        "7분의 2": "0.2857",
        "세 다스": "36",
        "사 점 이오": "4.25",
        "백마흔다섯 개": "145",
        "이백한 명": "201",
        "천스물둘": "1022",
        "십이 킬로면": "12",
        "6키로짜리요": "6",
        "네 킬로 반": "4.5",
        "9kg짜리": "9",
        "넷이면 될까요": "4",
        "여섯이서 가요": "6",
        "삼번이요": "3",
        "서너 명": "3",
    },
    "Date": {
        "내일에는 갈게요": "2027-03-11",
        "칠십이년 시월 구일생이여": "1972-10-09",
        "금요일이면 좋겠어요": "2027-03-12",
        "사십이년 삼월 초닷새에 태어났어": "1942-03-05",
        "담달10일욥": "2027-04-10",
        "그끄저께요": "2027-03-07",
        "다음다음 주 금요일": "2027-03-26",
        "토요일 다음 날": "2027-03-14",
        "모레부터 이틀 뒤": "2027-03-14",
        "반년 후": "2027-09-10",
        "27/6/1": "2027-06-01",
    },
    "Time": {
        "밤 열 시에는 자야지": "22:00",
        "공육시 사십오분": "06:45",
        "지금당장": "10:00",
        "새벽같이 다섯 시에": "05:00",
        "점심 먹고 한 시 반": "13:30",
        "저녁 식사 후 8시": "20:00",
        "점심 11시 반": "11:30",
        "저녁 열두 시": "00:00",
    },
    "AlphaNumeric": {
        "사번 에이 일공사": "a104",
        "증권번호 에이치지 대시 사사일구": "hg4419",
        "공일이 삼사오육": "0123456",
        "공공구요": "009",
        "예약번호는 칠칠일이": "7712",
        "팔팔이이요": "882",
        "에이치 삼공": "h30",
    },
    "FirstName": {
        "예약자는 윤서아예요": "윤서아",
        "입금자명은 한결입니다": "한결",
        "누나 민지": "민지",
    },
    "Confirmation": {
        "ㄴㄴ됐음": "No",
        "몰러": "Don't know",
        "아이고 됐네요": "No",
        "당근이지": "Yes",
        "그럽시다": "Yes",
        "잠깐만요, 아니요": "No",
        "그건 아니고요": "No",
        "취소할래요": "No",
    },
    "EmailAddress": {"kim.a 골뱅이 한메일 점 넷": "kim.a@hanmail.net"},
    "PhoneNumber": {"공일공에 삼삼이사에 오육칠팔이여": "01033245678"},
}
ENGLISH = {
    "Number": {
        "three quarters": "0.75",
        "a quarter": "0.25",
        "two and two thirds": "2.6667",
        "1 1/2": "1.5",
        "2½": "2.5",
        "half a dozen": "6",
        "half a million": "500000",
        "four and a half thousand": "4500",
        "two point oh five": "2.05",
        "a couple": "2",
        "a couple of them": "2",
        "just me": "1",
        "one more": "1",
        "5kg": "5",
    },
    "Date": {
        "expiry december twenty twenty nine": "2029-12-01",
        "december twenty twenty twenty nine": "2029-12-20",
        "dob 7 may 55": "1955-05-07",
        "a week come tuesday": "2027-03-23",
        "due by 15-JAN-28": "2028-01-15",
        "the seventh of the twelfth twenty twenty seven": "2027-12-07",
        "it's the twenty second of the first": "2028-01-22",
        "two seven december two zero two seven": "2027-12-27",
        "tuesday week": "2027-03-23",
        "monday fortnight": "2027-03-29",
        "a week on friday": "2027-03-19",
        "a week tomorrow": "2027-03-18",
        "tomorrow week": "2027-03-18",
        "fortnight today": "2027-03-24",
        "three mondays from now": "2027-03-29",
        "2moro": "2027-03-11",
    },
    "Time": {
        "arrival two three one five": "23:15",
        "zero six four five hours": "06:45",
        "one seven hundred hours": "17:00",
        "6 thirty am": "06:30",
        "4 20 pm": "16:20",
        "8ish in the evening": "20:00",
        "sevenish pm": "19:00",
        "ten hundred hours": "10:00",
        "three quarters of an hour from now": "10:45",
    },
    "Duration": {
        "3 nites": "P3D",
        "an hr n a half": "PT1H30M",
        "2h30": "PT2H30M",
        "two hours thirty": "PT2H30M",
        "an hour and a quarter": "PT1H15M",
        "half a dozen weeks": "P6W",
    },
    "Currency": {"half a dollar": "USD 0.50", "half a million dollars": "USD 500000.00"},
    "AlphaNumeric": {
        "file no 2026/114-B": "2026/114-B",
        "policy number H G dash four four one nine": "hg4419",
        "zero one two": "012",
        "double seven three": "773",
        "the ticket is k four four one": "k441",
    },
    "FirstName": {
        "I'm called Oluwaseun": "Oluwaseun",
        "my sister Anna": "Anna",
        "Emma speaking": "Emma",
    },
    "Confirmation": {
        "hold on, no": "No",
        "wait, yes": "Yes",
        "not a chance": "No",
        "ofc": "Yes",
        "yes i think that'll be alright": "Yes",
    },
}
NO_VALUE = [
    ("Number", "en_US", "the third"),
    ("Number", "en_US", "twenty first"),
    ("Number", "en_US", "one hundred and first"),
    ("Number", "en_US", "the red one"),
    ("Number", "en_US", "24/7"),
    ("Date", "en_US", "february 30"),
    ("Date", "ko_KR", "2월 30일"),
    ("Date", "en_US", "the sunday after"),
    ("Confirmation", "en_US", "hold on"),
    ("Confirmation", "en_US", "wait a second"),
    ("Confirmation", "ko_KR", "잠깐만요"),
    ("AlphaNumeric", "ko_KR", "번호를 잊어버렸어요"),
]
WORDS = [
    "사과 주세요", "구매할게요", "사회 문제", "일반 쓰레기", "사장님 계세요", "이번에 갈게요",
    "일정 확인해줘", "공원 어디예요", "천장에서 물이 새요", "여기 두세요", "근무 조정",
    "이쪽이에요", "한번 볼게요", "둘 다 좋아요",
]  # fmt: skip


def table(by_type):
    return [(name, text, value) for name, texts in by_type.items() for text, value in texts.items()]


@pytest.mark.parametrize(("name", "text", "expected"), table(KOREAN))
def test_korean(value, name, text, expected):
    assert value(name, text, "ko_KR", WEDNESDAY) == expected


@pytest.mark.parametrize(("name", "text", "expected"), table(ENGLISH))
def test_english(value, name, text, expected):
    assert value(name, text, "en_US", WEDNESDAY) == expected


@pytest.mark.parametrize(("name", "locale", "text"), NO_VALUE)
def test_what_is_not_read_with_certainty_is_no_value(read, name, locale, text):
    assert read(name, text, locale, WEDNESDAY) is None


@pytest.mark.parametrize("text", WORDS)
def test_a_syllable_of_a_word_is_no_number(find, text):
    assert find("Number", text, "ko_KR") == []


def test_about_an_hour_may_be_two(read):
    assert read("Time", "8ish").resolved == ("08:00", "20:00")
