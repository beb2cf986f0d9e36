"""Texts typed in a hurry, written out before they are compared with the samples."""

import datetime as dt

import pytest

from daehwa import bot
from daehwa.nlu import learn
from daehwa.nlu.informal import written_out

NOW = dt.datetime(2026, 3, 5, 9, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("can u cancel my appt pls", "can you cancel my appointment please"),
        ("I dunno, cant log in", "I don't know, can't log in"),
        ("WHATS the price, thx", "what is the price, thanks"),
        ("gimme 2 4 tmrw", "give me 2 4 tomorrow"),
    ],
)
def test_english_short_forms(text, written):
    assert written_out(text, "en_GB") == written


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("취소되나여ㅠㅠ", "취소되나요"),
        ("언제 도착해용~~", "언제 도착해요"),
        ("금욜 자리 있음?", "금요일 자리 있나요"),
        ("수리 신청좀여", "수리 신청 좀 해 주세요"),
        ("비번점요", "비밀번호 좀 해 주세요"),
        ("오늘 국 뭐임", "오늘 국 뭐예요"),
        ("담주 환불 됨??", "다음 주 환불 되나요"),
        ("걍 취소해주셈", "그냥 취소해주세요"),
        ("이번꺼는 담번에", "이번거는 다음번에"),
    ],
)
def test_korean_worn_endings_short_forms_and_signs_of_mood(text, written):
    assert written_out(text, "ko_KR") == written


@pytest.mark.parametrize(
    "text",
    [
        "고용 보험 문의요",
        "김지영 이름으로 대여",
        "가까운 편의점",
        "이거 무슨 게임?",
        "세금 포함?",
        "문 좀 열어 주세요",
        "불 꺼 줘",
        "my id card is from the U.S. office",
        "ㅋㅋㅋ",
    ],
)
def test_what_is_written_with_care_stays(text):
    assert written_out(text, "ko_KR") == text


def test_english_words_are_known_in_korean_texts_but_not_the_other_way_round():
    assert written_out("예약 cancel pls", "ko_KR") == "예약 cancel please"
    assert written_out("되나여", "en_US") == "되나여"


@pytest.fixture(scope="module")
def office():
    return learn(
        bot.BotLocale(
            identifier="ko_KR",
            intents={
                name: bot.Intent(
                    name=name,
                    sample_utterances=tuple(bot.SampleUtterance(utterance=text) for text in own),
                )
                for name, own in {
                    "Wifi": ("와이파이 비밀번호 알려 주세요", "인터넷 비번 뭐예요"),
                    "Cancel": ("예약 취소하고 싶어요", "예약을 취소해 주세요"),
                }.items()
            },
        )
    )


@pytest.mark.parametrize(
    ("text", "intent"),
    [("와파 비번점여ㅠㅠ", "Wifi"), ("예약 취소되나염", "Cancel"), ("인터넷 비밀번호좀", "Wifi")],
)
def test_a_hurried_text_means_what_its_careful_form_means(office, text, intent):
    best = office.interpret(text, now=NOW).candidates[0]
    assert best.intent == intent
    assert best.score >= 0.4
