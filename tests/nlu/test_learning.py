"""Learning a locale, keeping what was learned, and learning again after a change."""

import datetime as dt

import pytest

from daehwa import bot
from daehwa.nlu import learn

NOW = dt.datetime(2026, 3, 4, tzinfo=dt.UTC)


def a_locale(**samples):
    return bot.BotLocale(
        identifier="en_US",
        intents={
            name: bot.Intent(
                name=name,
                sample_utterances=tuple(bot.SampleUtterance(utterance=u) for u in utterances),
            )
            for name, utterances in samples.items()
        },
    )


HOTEL = ("book a hotel", "i need a room")
CAR = ("rent a car", "i need a van")


@pytest.fixture
def encoded(monkeypatch):
    """The texts that the encoder is asked for, in order."""
    from daehwa.nlu import encoder

    asked = []
    encode = encoder.encode

    def listening(texts):
        asked.extend(texts)
        return encode(texts)

    monkeypatch.setattr(encoder, "encode", listening)
    return asked


def scores(model, text):
    found = model.interpret(text, now=NOW).candidates
    return [(candidate.intent, candidate.score) for candidate in found]


def test_what_was_learned_is_found_again(tmp_path, encoded):
    first = learn(a_locale(Hotel=HOTEL, Car=CAR), folder=tmp_path)
    encoded.clear()
    again = learn(a_locale(Hotel=HOTEL, Car=CAR), folder=tmp_path)
    assert encoded == []
    assert scores(again, "hire a small car") == scores(first, "hire a small car")


def test_a_changed_bot_is_another_model(tmp_path):
    learn(a_locale(Hotel=HOTEL), folder=tmp_path)
    learn(a_locale(Hotel=(*HOTEL, "find me a bed")), folder=tmp_path)
    assert len(list(tmp_path.glob("*.nlu"))) == 2


def test_a_damaged_file_is_learned_again_and_mended(tmp_path):
    first = learn(a_locale(Hotel=HOTEL), folder=tmp_path)
    (kept,) = tmp_path.iterdir()
    good = kept.read_bytes()
    kept.write_bytes(good[:-1] + bytes([good[-1] ^ 1]))
    again = learn(a_locale(Hotel=HOTEL), folder=tmp_path)
    assert scores(again, "a hotel please") == scores(first, "a hotel please")
    assert kept.read_bytes() == good


def test_after_a_change_only_what_is_new_is_encoded(encoded):
    before = learn(a_locale(Hotel=HOTEL, Car=CAR))
    encoded.clear()
    after = learn(a_locale(Hotel=HOTEL, Car=(*CAR, "lease a truck")), previous=before)
    assert "lease a truck" in encoded
    assert not {*HOTEL, *CAR} & set(encoded)
    assert scores(after, "i would like a truck")[0][0] == "Car"


def test_the_same_locale_gives_the_same_model():
    one, two = learn(a_locale(Hotel=HOTEL, Car=CAR)), learn(a_locale(Hotel=HOTEL, Car=CAR))
    for text in ("a room please", "what is love", "van"):
        assert scores(one, text) == scores(two, text)


def test_braces_around_no_slot_are_words():
    model = learn(a_locale(Odd=("say {something} nice",)))
    assert scores(model, "say {something} nice") == [("Odd", 1.0)]
