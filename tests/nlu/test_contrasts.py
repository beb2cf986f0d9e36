"""What a text commands is not the intent whose samples command the contrary."""

import datetime as dt
import re
from importlib import resources

import pytest

from daehwa import bot
from daehwa.nlu import languages, learn
from daehwa.nlu.contrasts import Contrasts

NOW = dt.datetime(2026, 11, 27, 9, tzinfo=dt.UTC)

LONE = {
    "barrier": ("en_US", ["open the barrier", "please open the barrier"]),
    "fan": ("en_US", ["turn on the fan"]),
    "massage": ("en_US", ["book a massage"]),
    "차단기": ("ko_KR", ["차단기 열어 주세요", "차단기 좀 열어 줘"]),
    "선풍기": ("ko_KR", ["선풍기 켜 줘"]),
    "마사지": ("ko_KR", ["마사지 예약해 주세요"]),
}
CONTRARY = (
    ("barrier", "close the barrier"),
    ("barrier", "can you shut the barrier please"),
    ("fan", "turn the fan off"),
    ("fan", "fan off please"),
    ("massage", "i want to cancel my massage"),
    ("massage", "please move my massage"),
    ("차단기", "차단기 닫아 주세요"),
    ("차단기", "차단기 좀 내려 줘 아니 그냥 닫아 줘"),
    ("선풍기", "선풍기 좀 꺼 줘"),
    ("선풍기", "선풍기 끄자"),
    ("마사지", "마사지 취소할게요"),
    ("마사지", "마사지 좀 변경하고 싶어요"),
)
LIKEWISE = (
    ("barrier", "could you unlock and open the barrier"),
    ("fan", "switch the fan on please"),
    ("massage", "i'd like to reserve a massage"),
    ("차단기", "차단기 열어 주실래요"),
    ("선풍기", "선풍기 좀 틀어 주세요"),
    ("마사지", "마사지 예약하고 싶어요"),
)


@pytest.fixture(scope="module")
def score():
    learned = {
        name: learn(
            bot.BotLocale(
                identifier=locale,
                intents={
                    "Only": bot.Intent(
                        name="Only",
                        sample_utterances=tuple(bot.SampleUtterance(utterance=s) for s in samples),
                    )
                },
            )
        )
        for name, (locale, samples) in LONE.items()
    }
    return lambda name, text: learned[name].interpret(text, now=NOW).candidates[0].score


@pytest.mark.parametrize(("name", "text"), CONTRARY)
def test_a_lone_intent_does_not_take_the_contrary(score, name, text):
    assert score(name, text) < 0.4


@pytest.mark.parametrize(("name", "text"), LIKEWISE)
def test_and_takes_what_it_is_for(score, name, text):
    assert score(name, text) >= 0.4


@pytest.mark.parametrize(
    ("locale", "sample", "text"),
    [
        ("en_US", "when do you open", "what time do you close"),
        ("en_US", "open the shop", "is the shop closed"),
        ("en_US", "book a room", "the room has no bookshelf"),
        ("en_US", "turn on the light", "is there a day off"),
        ("ko_KR", "몇 시에 열어요", "몇 시에 닫나요"),
        ("ko_KR", "예약해 주세요", "취소하면 위약금이 있나요"),
        ("ko_KR", "예약 취소해 주세요", "예약했는데 취소돼요"),
    ],
)
def test_what_is_no_command_contrasts_with_nothing(locale, sample, text):
    assert Contrasts([("Only", sample)], locale).contradicted(text) == frozenset()


def test_an_intent_that_commands_both_is_contradicted_by_neither():
    both = Contrasts([("Light", "turn on the light"), ("Light", "turn off the light")], "en_US")
    assert both.contradicted("turn the light off") == frozenset()


def test_of_two_intents_the_one_that_is_commanded_stays():
    two = Contrasts([("On", "불 켜 줘"), ("Off", "불 꺼 줘")], "ko_KR")
    assert two.contradicted("거실 불 꺼 줘") == {"On"}


@pytest.mark.parametrize(
    ("sample", "text"),
    [
        ("언제 문 열어요", "오늘 몇 시에 닫아요"),
        ("언제 문 열어요", "문 닫아 주세요"),
        ("what time do you open", "when do you close"),
    ],
)
def test_who_asks_when_commands_nothing(sample, text):
    locale = "en_US" if sample.isascii() else "ko_KR"
    assert Contrasts([("Hours", sample)], locale).contradicted(text) == frozenset()


@pytest.mark.parametrize("code", ["en", "ko"])
def test_a_text_that_commands_has_one_of_the_commands_words(code):
    texts = resources.files(languages).joinpath(code, "background.txt").read_text().splitlines()
    texts += [text for _, text in (*CONTRARY, *LIKEWISE)]
    for command in (each for group in languages.load(code).contrasts for each in group):
        pattern = re.compile(command.pattern)
        for text in (" ".join(text.casefold().split()) for text in texts):
            if pattern.search(text):
                assert any(word in text for word in command.words), (text, command.words)
