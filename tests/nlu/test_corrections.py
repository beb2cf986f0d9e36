"""Replies to a confirmation that say another value, with a yes or a no before it or without."""

from datetime import UTC, datetime

import pytest

from daehwa import bot, lex
from daehwa.nlu import learn

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


def rooms(locale, sample, *, values):
    types = [bot.SlotTypeValue(sample_value=bot.SampleValue(value=value)) for value in values]
    slots = [
        bot.Slot(name="Count", slot_type_name="AMAZON.Number"),
        bot.Slot(name="Pier", slot_type_name="Pier"),
    ]
    intent = bot.Intent(
        name="Cross",
        sample_utterances=(bot.SampleUtterance(utterance=sample),),
        slots={slot.name: slot for slot in slots},
    )
    return learn(
        bot.BotLocale(
            identifier=locale,
            intents={"Cross": intent},
            slot_types={"Pier": bot.SlotType(name="Pier", slot_type_values=tuple(types))},
        )
    )


@pytest.fixture(scope="module")
def english():
    return rooms("en_US", "ferry for {Count} to {Pier}", values=("north", "south"))


@pytest.fixture(scope="module")
def korean():
    return rooms("ko_KR", "{Pier} 배 {Count}명", values=("북항", "남항"))


def correction(model, text):
    understood = model.interpret(
        text, elicitation=lex.Elicitation(intent="Cross", confirmation=True), now=NOW
    )
    values = {name: slot.interpretation() for name, slot in understood.correction.items()}
    return understood.answer, values


@pytest.mark.parametrize(
    ("text", "answer", "values"),
    [
        ("for 5 people", None, {"Count": "5"}),
        ("no, make it five", "No", {"Count": "5"}),
        ("yes but to the south pier", "Yes", {"Pier": "south"}),
        ("south, not north", None, {"Pier": "south"}),
        ("yeah 3 to the north", "Yes", {"Count": "3", "Pier": "north"}),
        ("let me think", None, {}),
        ("let's make it four", None, {"Count": "4"}),
        ("6 adults", None, {"Count": "6"}),
        ("there are four of us", None, {"Count": "4"}),
        ("call 911", None, {}),
        ("I have 2 dogs and a cat", "Yes", {}),
        ("my flat is number 12", None, {}),
        ("i drove down route 66 to the north", None, {"Pier": "north"}),
        ("is it 5 people?", None, {}),
        ("yes", None, {}),
    ],
)
def test_the_values_of_a_reply(english, text, answer, values):
    assert correction(english, text) == (answer, values)


@pytest.mark.parametrize(
    ("text", "answer", "values"),
    [
        ("아니요 5명이요", "No", {"Count": "5"}),
        ("네 근데 남항으로요", "Yes", {"Pier": "남항"}),
        ("북항 말고 남항이요", None, {"Pier": "남항"}),
        ("잠깐만요", None, {}),
        ("총 7명으로 바꿔 주세요", None, {"Count": "7"}),
        ("119에 신고해 주세요", None, {}),
        ("저희 집은 3층이에요", None, {}),
    ],
)
def test_the_values_of_a_reply_in_korean(korean, text, answer, values):
    assert correction(korean, text) == (answer, values)
