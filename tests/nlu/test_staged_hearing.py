"""Stages one after another: what the second reads, and how much the first still counts."""

import datetime as dt

import pytest

from daehwa import bot
from daehwa.nlu import learn, staged
from daehwa.nlu.quality import RECIPES

NOW = dt.datetime(2026, 3, 5, 9, tzinfo=dt.UTC)


@pytest.mark.parametrize(("first", "second"), [(0.05, 0.7), (0.7, 0.05), (0.5, 0.5)])
def test_two_opinions_of_one_intent_meet_between_them(first, second):
    low, high = sorted((first, second))
    assert low <= staged._together(first, second, 0.5) <= high
    assert staged._together(first, second, 0.0) == second


def test_the_korean_second_stage_decides_alone():
    assert RECIPES["second_en"].hearing > 0
    assert RECIPES["best"].hearing == 0


def test_a_bot_of_few_samples_takes_its_orders_and_leaves_a_guests_question():
    inn = bot.BotLocale(
        identifier="en_US",
        intents={
            name: bot.Intent(
                name=name,
                sample_utterances=tuple(bot.SampleUtterance(utterance=text) for text in samples),
            )
            for name, samples in {
                "Cancel": ("cancel my booking", "I want to cancel my reservation"),
                "Find": ("show my booking", "look up my reservation"),
            }.items()
        },
    )
    model = learn(inn)

    def meant(text):
        best = model.interpret(text, now=NOW).candidates[0]
        return best.intent if best.score >= 0.4 else None

    assert meant("could you cancel my booking for me") == "Cancel"
    assert meant("can I get in after midnight") is None
