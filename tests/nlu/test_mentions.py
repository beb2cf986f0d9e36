"""Strangers that name a bot's values, in bots of one and two samples an intent."""

import datetime as dt

import pytest

from daehwa import bot
from daehwa.nlu import learn
from daehwa.nlu.background import background
from daehwa.nlu.mentions import mentions
from daehwa.nlu.slots import SlotModel

NOW = dt.datetime(2026, 11, 27, 9, tzinfo=dt.UTC)
THRESHOLD = 0.4


def a_bot(locale, values, intents):
    """``values`` by slot, which is its type's name, too; ``intents`` with their samples."""
    listed = {
        name: bot.SlotType(
            name=name,
            slot_type_values=tuple(
                bot.SlotTypeValue(sample_value=bot.SampleValue(value=value)) for value in own
            ),
        )
        for name, own in values.items()
        if own
    }
    return bot.BotLocale(
        identifier=locale,
        slot_types=listed,
        intents={
            name: bot.Intent(
                name=name,
                sample_utterances=tuple(bot.SampleUtterance(utterance=each) for each in samples),
                slots={slot: bot.Slot(name=slot, slot_type_name=slot) for slot in values},
            )
            for name, samples in intents.items()
        },
    )


TOOLS = ("hammer", "ladder", "drill", "wheelbarrow")
BOTS = {
    "tools": a_bot("en_US", {"Tool": TOOLS}, {"Lend": ["lend me a {Tool}"]}),
    "library": a_bot(
        "en_GB",
        {"Title": ("Dracula", "Emma", "Moby Dick")},
        {"Renew": ["renew {Title}", "extend the loan of {Title}"], "Hours": ["when do you close"]},
    ),
    "farm": a_bot(
        "en_US",
        {"Fruit": ("apples", "cherries", "plums")},
        {"Deliver": ["deliver {Fruit} to my house"], "Cancel": ["cancel the delivery"]},
    ),
    "공구": a_bot(
        "ko_KR", {"Tool": ("망치", "사다리", "드릴", "손수레")}, {"Lend": ["{Tool} 빌려 주세요"]}
    ),
    "도서관": a_bot(
        "ko_KR",
        {"Title": ("춘향전", "홍길동전", "드라큘라")},
        {
            "Renew": ["{Title} 대출 연장해 주세요", "{Title} 연장할게요"],
            "Hours": ["몇 시에 닫아요"],
        },
    ),
    "농장": a_bot(
        "ko_KR",
        {"Fruit": ("사과", "체리", "자두")},
        {"Deliver": ["{Fruit} 집으로 배달해 주세요"], "Cancel": ["배달 취소할게요"]},
    ),
}
# The value in first, middle and last place.
STRANGERS = {
    "tools": (
        "hammer sharks have eyes far apart",
        "my father fell off a ladder in May",
        "what is the German word for wheelbarrow",
        "who invented the drill",
    ),
    "library": (
        "Dracula is a very old count",
        "did you see the film of Emma with my sister",
        "how heavy was the whale Moby Dick",
    ),
    "farm": (
        "cherries have stones inside",
        "do apples float in salt water",
        "my horse is allergic to plums",
    ),
    "공구": (
        "망치상어는 눈이 멀리 떨어져 있대",
        "지난달에 아버지가 사다리에서 떨어지셨어",
        "손수레가 독일어로 뭐야",
    ),
    "도서관": (
        "홍길동전은 누가 썼어",
        "어제 동생이랑 춘향전 뮤지컬 봤어",
        "제일 무서운 영화는 드라큘라지",
    ),
    "농장": (
        "체리에는 왜 씨가 있을까",
        "바닷물에 사과를 넣으면 뜨나요",
        "우리 집 말은 알레르기가 있어 자두",
    ),
}
OWN = {
    "tools": (
        ("hammer please, lend me one", "Lend"),
        ("could you lend me the ladder for a day", "Lend"),
        ("i would like to borrow a drill", "Lend"),
    ),
    "library": (
        ("Emma needs renewing", "Renew"),
        ("can i extend my loan of Dracula by a week", "Renew"),
        ("please renew Moby Dick", "Renew"),
        ("what time do you close today", "Hours"),
    ),
    "farm": (
        ("cherries delivered to my house please", "Deliver"),
        ("can you deliver apples to my home tomorrow", "Deliver"),
        ("please deliver some plums", "Deliver"),
    ),
    "공구": (
        ("사다리 좀 빌려주실 수 있나요", "Lend"),
        ("혹시 드릴 빌릴 수 있을까요", "Lend"),
        ("하나 빌려 주세요 망치", "Lend"),
    ),
    "도서관": (
        ("춘향전 대출 연장하고 싶어요", "Renew"),
        ("빌린 책 홍길동전 연장 부탁드려요", "Renew"),
        ("연장해 주세요 드라큘라", "Renew"),
    ),
    "농장": (
        ("사과 좀 집으로 배달해 줘", "Deliver"),
        ("우리 집으로 체리 배달 부탁드려요", "Deliver"),
        ("배달해 주세요 자두", "Deliver"),
    ),
}


@pytest.fixture(scope="module")
def best_of():
    learned = {name: learn(definition) for name, definition in BOTS.items()}
    return lambda name, text: learned[name].interpret(text, now=NOW).candidates[0]


@pytest.mark.parametrize(
    ("name", "text"), [(name, text) for name, texts in STRANGERS.items() for text in texts]
)
def test_who_only_names_a_value_is_none_of_a_tiny_bots_business(best_of, name, text):
    assert best_of(name, text).score < THRESHOLD


@pytest.mark.parametrize(
    ("name", "text", "intent"), [(name, *each) for name, texts in OWN.items() for each in texts]
)
def test_who_wants_something_of_it_is_understood(best_of, name, text, intent):
    best = best_of(name, text)
    assert best.intent == intent
    assert best.score >= THRESHOLD


def test_a_value_stands_first_in_the_middle_and_last():
    texts = mentions(["망치"], ["하늘은 왜 파란색이야", "내일 비 올까"])
    assert texts == [
        "망치 하늘은 왜 파란색이야",
        "하늘은 망치 왜 파란색이야",
        "하늘은 왜 파란색이야 망치",
    ]


def test_without_values_nothing_is_added():
    assert mentions([], background("en_US")) == []


def test_they_are_no_more_for_a_long_list_of_values():
    few, many = ([str(number) for number in range(count)] for count in (3, 3000))
    neutral = background("ko_KR")
    assert len(mentions(many, neutral)) == len(mentions(few, neutral))


def test_the_values_are_those_of_slots_that_samples_name_each_slots_in_turn():
    locale = a_bot(
        "en_US",
        {"Tool": TOOLS, "AMAZON.Date": ()},
        {"Lend": ["lend me a {Tool} until {AMAZON.Date}"]},
    )
    values = SlotModel.learn(locale).sampled_values()
    assert set(TOOLS) < set(values)
    assert len(set(values[:2]) & set(TOOLS)) == 1
    assert (
        SlotModel.learn(a_bot("en_US", {"Tool": TOOLS}, {"Lend": ["help"]})).sampled_values() == []
    )
