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


def test_a_slip_of_the_pen_is_forgiven_where_another_intent_is_near():
    model = learn(
        a_locale(
            "en_US",
            an_intent("Cancel", "cancel my membership", "stop my membership"),
            an_intent("Freeze", "freeze my membership", "pause my membership"),
        )
    )
    best = model.interpret("plz cancle my membrship", now=NOW).candidates[0]
    assert best.intent == "Cancel"
    assert best.score >= 0.4


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


# --- samples that are a slot alone -----------------------------------------------------


@pytest.fixture(scope="module")
def tea_house():
    """Two intents whose only sample is a slot, and one with words of its own."""
    return learn(
        a_locale(
            "ko_KR",
            an_intent("OrderTea", "{Tea}", slots=[bot.Slot(name="Tea", slot_type_name="Tea")]),
            an_intent("OrderCake", "{Cake}", slots=[bot.Slot(name="Cake", slot_type_name="Cake")]),
            an_intent("Cancel", "취소해 주세요", "주문을 취소할게요"),
            slot_types=[a_type("Tea", "녹차", "홍차"), a_type("Cake", "치즈케이크", "롤케이크")],
        )
    )


@pytest.mark.parametrize(
    ("text", "intent"), [("녹차", "OrderTea"), ("홍차", "OrderTea"), ("롤케이크", "OrderCake")]
)
def test_a_value_alone_is_its_intents_sample(tea_house, no_encoder, text, intent):
    assert scores(tea_house, text)[intent] == 1.0


@pytest.mark.parametrize(
    ("text", "intent", "value"),
    [
        ("녹차요", "OrderTea", "녹차"),
        ("홍차 주세요", "OrderTea", "홍차"),
        ("롤케이크로 할게요", "OrderCake", "롤케이크"),
        ("치즈케이크로 부탁드려요", "OrderCake", "치즈케이크"),
    ],
)
def test_particles_and_politeness_around_such_a_value_are_heard(tea_house, text, intent, value):
    first = tea_house.interpret(text, now=NOW).candidates[0]
    assert (first.intent, first.score > 0.9) == (intent, True)
    assert [slot.value.interpreted_value for slot in first.slots.values() if slot] == [value]


def test_what_the_words_mean_as_a_whole_goes_before_a_value_in_them(tea_house):
    understanding = tea_house.interpret("녹차 주문을 취소할게요", now=NOW)
    assert understanding.candidates[0].intent == "Cancel"


@pytest.mark.parametrize("text", ["오늘 날씨 어때요", "짬뽕", "만두 주세요"])
def test_a_stranger_is_no_value(tea_house, text):
    assert max(scores(tea_house, text).values()) < 0.4


def test_any_word_may_be_a_name_so_a_name_alone_is_no_sample():
    name = bot.Slot(name="Name", slot_type_name="AMAZON.FirstName")
    model = learn(a_locale("ko_KR", an_intent("Greet", "{Name}", slots=[name])))
    assert scores(model, "민준").get("Greet", 0) < 1


@pytest.fixture(scope="module")
def odd_words():
    return learn(
        a_locale(
            "en_US",
            an_intent("Wordy", "explode with words"),
            an_intent("Stop", "please fail now"),
        )
    )


@pytest.mark.parametrize("text", ["xyzzy plugh quux", "fnord gazonk wibble", "qwerty asdfasdf"])
def test_texts_without_a_word_are_no_bots_business(odd_words, text):
    assert all(score < 0.4 for score in scores(odd_words, text).values())


def test_word_for_word_means_samples_and_listed_values_alone():
    fish = bot.Slot(name="Fish", slot_type_name="Fishes")
    several = bot.MultipleValuesSetting(allow_multiple_values=True)
    many = bot.Slot(name="Many", slot_type_name="Fishes", multiple_values_setting=several)
    model = learn(
        a_locale(
            "en_US",
            an_intent("Buy", "buy fish", slots=(fish, many)),
            an_intent("Leave", "Good night, all"),
            slot_types=(a_type("Fishes", "sea bass"),),
        ),
        quality="fast",
    )

    def read(text, slot=None, *, confirmation=False, intents=None):
        elicited = lex.Elicitation(intent="Buy", slot=slot, confirmation=confirmation)
        return model.word_for_word(text, elicitation=elicited, intents=intents)

    assert [one.intent for one in read("good night all!").candidates] == ["Leave"]
    assert read("good night all!", intents=["Buy"]).candidates == ()
    assert read("good night, everybody").candidates == ()
    assert read("Sea-Bass.", "Fish").reading.slot.value.resolved_values == ("sea bass",)
    assert len(read("sea bass", "Many").reading.slot.values) == 1
    assert read("two sea bass please", "Fish").reading is None
    assert read("sea bass", "Nothing").reading is None
    assert read("yes", confirmation=True).confirmation == "Yes"
