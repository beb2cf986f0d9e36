"""A locale learned, and what it makes of texts."""

import datetime as dt

import pytest

from daehwa import bot, lex
from daehwa.nlu import learn

NOW = dt.datetime(2026, 3, 4, 10, 30, tzinfo=dt.timezone(dt.timedelta(hours=9)))
FALLBACK = bot.Intent(name="FallbackIntent", parent_intent_signature="AMAZON.FallbackIntent")


def an_intent(name, *utterances, slots=(), signature=None):
    return bot.Intent(
        name=name,
        parent_intent_signature=signature,
        sample_utterances=tuple(bot.SampleUtterance(utterance=text) for text in utterances),
        slots={slot.name: slot for slot in slots},
    )


def a_locale(identifier, *intents, slot_types=()):
    return bot.BotLocale(
        identifier=identifier,
        intents={intent.name: intent for intent in (*intents, FALLBACK)},
        slot_types={slot_type.name: slot_type for slot_type in slot_types},
    )


def a_type(name, *values):
    return bot.SlotType(
        name=name,
        slot_type_values=tuple(
            bot.SlotTypeValue(sample_value=bot.SampleValue(value=value)) for value in values
        ),
    )


@pytest.fixture(scope="module")
def hello():
    name = bot.Slot(name="Name", slot_type_name="AMAZON.FirstName")
    return learn(a_locale("ko_KR", an_intent("HelloWorld", "안녕", "안녕하세요", slots=[name])))


@pytest.fixture(scope="module")
def pizzeria():
    slots = [
        bot.Slot(name="Size", slot_type_name="Size"),
        bot.Slot(name="Note", slot_type_name="AMAZON.FreeFormInput"),
    ]
    return learn(
        a_locale(
            "en_US",
            an_intent("Order", "I want a {Size} pizza", "order a pizza", slots=slots),
            an_intent("Hours", "when are you open", "what are your opening hours"),
            an_intent("Cancel", signature="AMAZON.CancelIntent"),
            slot_types=[a_type("Size", "small", "large")],
        )
    )


def scores(model, text, **more):
    understanding = model.interpret(text, now=NOW, **more)
    return {candidate.intent: candidate.score for candidate in understanding.candidates}


@pytest.fixture
def no_encoder(monkeypatch):
    """Whoever asks the encoder in this test fails."""

    def refuse(_texts):
        pytest.fail("the encoder was asked")

    monkeypatch.setattr("daehwa.nlu.encoder.encode", refuse)


@pytest.mark.parametrize("text", ["안녕", "안녕!", "안녕하세요~", " 안녕 하세요. "])
def test_a_samples_own_words_are_certain_and_need_no_encoder(hello, no_encoder, text):
    assert scores(hello, text) == {"HelloWorld": 1.0}


@pytest.mark.parametrize("text", ["안녕하십니까", "안녕하세여", "안뇽하세요"])
def test_a_bot_of_one_intent_and_two_samples_knows_their_like(hello, text):
    assert scores(hello, text)["HelloWorld"] >= 0.4


@pytest.mark.parametrize(
    "text",
    [
        "오늘 날씨 어때?",
        "대한민국의 수도는 어디야?",
        "파이썬으로 웹 서버 만드는 법 알려줘",
        "세상에서 제일 높은 산",
        "What is love?",
    ],
)
def test_and_lets_everything_else_fall_through(hello, text):
    assert scores(hello, text)["HelloWorld"] < 0.4


def test_candidates_come_best_first_without_the_fallback(pizzeria):
    understanding = pizzeria.interpret("can I get a pizza", now=NOW)
    names = [candidate.intent for candidate in understanding.candidates]
    found = [candidate.score for candidate in understanding.candidates]
    assert names[0] == "Order"
    assert set(names) <= {"Order", "Hours", "Cancel"}
    assert found == sorted(found, reverse=True)
    assert all(0 <= score <= 1 for score in found)


def test_a_template_with_known_values_in_it_is_certain(pizzeria, no_encoder):
    understanding = pizzeria.interpret("I want a large pizza!", now=NOW)
    best = understanding.candidates[0]
    assert (best.intent, best.score) == ("Order", 1.0)
    assert best.slots["Size"].value.interpreted_value == "large"


def test_built_in_intents_know_lexs_own_phrases(pizzeria):
    assert scores(pizzeria, "Never mind.")["Cancel"] == 1.0


def test_only_eligible_intents_are_candidates(pizzeria):
    assert "Order" not in scores(pizzeria, "order a pizza", intents={"Hours", "Cancel"})
    assert scores(pizzeria, "order a pizza", intents=()) == {}


def test_a_plain_answer_to_what_was_asked_needs_no_encoder(pizzeria, no_encoder):
    elicitation = lex.Elicitation(intent="Order", slot="Size")
    understanding = pizzeria.interpret("large", elicitation=elicitation, now=NOW)
    assert understanding.reading.slot.value.interpreted_value == "large"
    assert understanding.candidates == ()


def test_a_free_form_slot_takes_what_is_said_without_an_encoder(pizzeria, no_encoder):
    elicitation = lex.Elicitation(intent="Order", slot="Note")
    understanding = pizzeria.interpret(
        "please ring twice, the bell is old", elicitation=elicitation, now=NOW
    )
    assert understanding.reading is not None
    assert understanding.candidates == ()


def test_yes_and_no_need_no_encoder(pizzeria, no_encoder):
    elicitation = lex.Elicitation(intent="Order", confirmation=True)
    assert pizzeria.interpret("yes please", elicitation=elicitation, now=NOW).confirmation == "Yes"
    assert pizzeria.interpret("no", elicitation=elicitation, now=NOW).confirmation == "No"


def test_a_new_wish_in_the_middle_of_a_question_is_heard(pizzeria):
    elicitation = lex.Elicitation(intent="Order", slot="Size")
    understanding = pizzeria.interpret("what time do you open?", elicitation=elicitation, now=NOW)
    assert understanding.candidates[0].intent == "Hours"
    assert understanding.candidates[0].score >= 0.4


@pytest.mark.parametrize("text", ["", "   ", "?!", "😀", "a" * 1024, "\u0000", "가" * 1024])
def test_any_text_can_be_interpreted(pizzeria, hello, text):
    for model in (pizzeria, hello):
        assert all(0 <= score <= 1 for score in scores(model, text).values())


def test_a_locale_without_samples_understands_nothing():
    empty = learn(a_locale("en_US", an_intent("Mute")))
    assert empty.interpret("hello", now=NOW).candidates == ()


def test_progress_is_told_from_nought_to_one():
    told = []
    learn(a_locale("en_US", an_intent("Greet", "hi")), progress=told.append)
    assert told[0] == 0.0
    assert told[-1] == 1.0
    assert told == sorted(told)
