"""A reply that asks for a moment, or comes back from one."""

import datetime as dt

import pytest

from daehwa import bot, lex
from daehwa.nlu import learn
from daehwa.nlu.waiting import waiting

WAIT = {
    "en_US": [
        "hold on",
        "Wait a minute!",
        "just a moment",
        "one sec...",
        "wait a little longer",
        "could you give me two minutes please?",
        "let me check",
        "I need some time to think",
        "bear with me",
        "not yet",
        "I'm still looking",
        "let me go find my card",
        "hang on it's in the other room",
        "it's somewhere in this drawer",
        "still rummaging, dear",
        "hang on, still searching for it",
        "haven't found it yet",
        "almost there",
        "it's taking a while",
        "still can't find my card",
        "it'll be another minute",
    ],
    "ko_KR": [
        "잠깐 카드 가지러 갈게요",
        "방에 가서 보고 올게요",
        "안경 좀 쓰고요",
        "어디 뒀더라 잠시만요",
        "잠깐만요",
        "잠시만 기다려 주세요.",
        "잠시만기다려주세요",
        "hold on",
        "조금만 더 기다려 주시겠어요?",
        "1분만요",
        "잠깐 확인해 볼게요",
        "아 잠시만요",
        "아직 찾는 중이에요",
        "지금 카드를 찾고 있어요",
        "아직 못 찾았어요",
        "거의 다 됐어요",
        "좀 더 걸릴 것 같아요",
        "시간 좀 더 주세요",
    ],
}
CONTINUE = {
    "en_US": ["continue", "I'm back", "Go on!"],
    "ko_KR": ["계속해 주세요", "돌아왔어요~", "I'm back"],
}
NEITHER = [
    "세탁물 가지러 갈게요",
    "it's in the garage",
    "wait for the bus",
    "two minutes past four",
    "5 minutes",
    "two minutes",
    "5분",
    "10분이요",
    "let me check in at noon",
    "check my order",
    "give me two tickets",
    "잠시 후에 갈게요",
    "1분 거리",
    "예약 확인해 주세요",
    "내일 다시 올게요",
    "찾아 주세요",
    "1234",
    "",
    "기다려 줄 사람",
    "what do you mean",
    "nothing",
    "I'm looking for a flat",
    "still water",
    "찾았어요",
    "이제 찾았어요",
    "서울에서 찾고 있어요",
    "5분 걸려요",
]


@pytest.mark.parametrize(("locale", "text"), [(at, text) for at in WAIT for text in WAIT[at]])
def test_a_moment_is_asked_for(locale, text):
    assert waiting(text, locale) == "Wait"


@pytest.mark.parametrize(
    ("locale", "text"), [(at, text) for at in CONTINUE for text in CONTINUE[at]]
)
def test_somebody_comes_back(locale, text):
    assert waiting(text, locale) == "Continue"


@pytest.mark.parametrize("text", NEITHER)
def test_only_the_plain_phrases_count(text):
    assert waiting(text, "ko_KR") is None


def test_it_is_read_where_a_slot_was_asked_for():
    slot = bot.Slot(name="Card", slot_type_name="AMAZON.Number")
    samples = (bot.SampleUtterance(utterance="I want to pay"),)
    pay = bot.Intent(name="Pay", sample_utterances=samples, slots={"Card": slot})
    model = learn(bot.BotLocale(identifier="en_US", intents={"Pay": pay}), quality="fast")
    now = dt.datetime(2026, 3, 4, tzinfo=dt.UTC)
    elicitation = lex.Elicitation(intent="Pay", slot="Card")
    assert model.interpret("hold on", elicitation=elicitation, now=now).waiting == "Wait"
    assert model.interpret("hold on", now=now).waiting is None
