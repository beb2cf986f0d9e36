"""Replies read in the light of the slot that was asked for."""

import pytest

from daehwa.nlu.slots import SlotModel


def said(reading):
    value = reading.slot.value
    return value.original_value, value.interpreted_value, value.resolved_values


def test_an_open_type_keeps_the_users_words_as_lex_recorded_it(read):
    reading = read("en", "Flowers", "FlowerType", "1 dozen roses")
    assert said(reading) == ("dozen roses", "dozen roses", ())
    assert reading.score < 1


def test_a_listed_value_of_an_open_type_resolves_to_the_canonical_one(read):
    reading = read("en", "Flowers", "FlowerType", "I want ROSES please")
    assert said(reading) == ("ROSES", "ROSES", ("roses",))
    assert reading.score == 1.0


@pytest.mark.parametrize("text", ["what are your opening hours?", "no", "네?", "???"])
def test_a_question_is_no_value(read, text):
    assert read("en", "Flowers", "FlowerType", text) is None


def test_a_restricted_type_gives_the_canonical_value(read):
    assert said(read("en", "Pizza", "size", "Big")) == ("Big", "large", ("large",))
    assert said(read("en", "Pizza", "size", "the big one, please")) == ("big", "large", ("large",))
    assert read("en", "Pizza", "size", "purple") is None


def test_korean_spacing_and_particles_do_not_tell_values_apart(read):
    for text in ("아이스아메리카노요", "아이스 아메리카노로 주세요", "아이스아메리카노 한 잔이요"):
        assert read("ko", "Coffee", "Drink", text).slot.value.interpreted_value == "아메리카노"
    assert read("ko", "Coffee", "Size", "큰 걸로 주세요").slot.value.interpreted_value == "벤티"


@pytest.mark.parametrize(
    ("slot", "text", "expected"),
    [
        ("Drink", "카페라테 주세요", "카페라떼"),
        ("Drink", "아메리카나", "아메리카노"),
        ("Drink", "바닐라라때", "바닐라라떼"),
        ("Size", "그란대", "그란데"),
    ],
)
def test_slips_of_the_pen_are_caught(read, slot, text, expected):
    assert read("ko", "Coffee", slot, text).slot.value.interpreted_value == expected


@pytest.mark.parametrize("text", ["arge", "lards", "barge", "smell of it", "smallest talk ever"])
def test_false_friends_are_not(read, text):
    assert read("en", "Pizza", "size", text) is None


def test_several_values(read):
    reading = read("en", "Pizza", "toppings", "ham, cheese and shrooms")
    assert reading.slot.shape == "List"
    assert said(reading)[1] == "ham, cheese and shrooms"
    values = [value.value for value in reading.slot.values]
    assert [value.interpreted_value for value in values] == ["ham", "cheese", "shrooms"]
    assert [value.resolved_values for value in values] == [(), ("cheese",), ("mushrooms",)]
    reading = read("ko", "Pizza", "Toppings", "페퍼로니와 치즈 그리고 올리브요")
    assert [v.value.interpreted_value for v in reading.slot.values] == [
        "페퍼로니",
        "치즈",
        "올리브",
    ]
    one = read("ko", "Pizza", "Toppings", "치즈요")
    assert (one.slot.shape, one.score) == ("List", 1.0)


def test_a_composite_slot_takes_the_parts_that_are_said(read):
    reading = read("en", "Service", "CarType", "a white honda")
    assert reading.slot.shape == "Composite"
    assert said(reading) == ("white honda", "white honda", ("white Honda",))
    assert set(reading.slot.sub_slots) == {"Color", "Manufacturer"}


def test_a_sub_slot_that_was_asked_for_is_read_alone(read):
    reading = read("en", "Service", "CarType", "it's from 2021", sub_slot="Year")
    assert reading.slot.sub_slots["Year"].value.interpreted_value == "2021"
    assert read("en", "Service", "CarType", "no idea at all", sub_slot="Year") is None


def test_an_ambiguous_time_has_candidates_and_no_value(read):
    reading = read("en", "Call", "Time", "10 o'clock")
    assert said(reading) == ("10 o'clock", None, ("10:00", "22:00"))


def test_free_form_input_is_the_whole_reply(read):
    text = "I got the answers to all of my questions, and it was fine."
    reading = read("en", "Call", "Reason", text)
    assert said(reading) == (text, text, (text,))
    assert reading.score == 1.0


def test_a_pattern_refuses_what_does_not_match(read):
    assert read("en", "Call", "Code", "ab123").slot.value.interpreted_value == "AB123"
    assert read("en", "Call", "Code", "my code is AB 123").slot.value.interpreted_value == "AB123"
    assert read("en", "Call", "Code", "A1") is None


def test_a_sample_of_the_slots_own_shows_where_the_value_stands(read):
    reading = read("en", "Call", "Nick", "folks know me as lightning joe")
    assert said(reading)[1] == "lightning joe"
    assert read("en", "Call", "Time", "any time after 5 pm").slot.value.interpreted_value == "17:00"


def test_a_sample_of_the_slots_own_may_hold_other_slots():
    from .conftest import NOW, a_locale, a_slot, an_intent

    trip = an_intent(
        "Trip",
        ["a trip"],
        a_slot("City", "AMAZON.City", said=["{City} for {Nights} nights"]),
        a_slot("Nights", "AMAZON.Number"),
    )
    model = SlotModel.learn(a_locale("en_US", [trip]))
    reading = model.read("Trip", "City", "Daejeon for 4 nights", now=NOW)
    assert said(reading)[1] == "Daejeon"
    assert reading.others["Nights"].value.interpreted_value == "4"
    assert model.read("Trip", "City", "Daejeon for some nights", now=NOW).others == {}


def test_a_type_that_extends_a_built_in_one_has_its_values_and_its_own(read):
    assert said(read("en", "Call", "Home", "the blue port"))[2] == ("Port Blue",)
    assert said(read("en", "Call", "Home", "I live in Paris"))[1] == "Paris"


def test_a_runtime_hint_is_surer_than_words_that_no_list_knows(read):
    from .conftest import hints

    plain = read("en", "Flowers", "FlowerType", "moonlight special")
    hinted = read(
        "en",
        "Flowers",
        "FlowerType",
        "moonlght special",
        hints=hints("Flowers", FlowerType=["moonlight special"]),
    )
    assert plain.score < hinted.score == 1.0
    assert said(hinted)[2] == ("moonlight special",)


@pytest.mark.parametrize("text", ["the night bloom", "The Night Blom", "the night bloom please"])
def test_an_article_that_a_runtime_hint_begins_with_is_a_part_of_the_value(read, text):
    from .conftest import hints

    hinted = hints("Flowers", FlowerType=["The Night Bloom"])
    reading = read("en", "Flowers", "FlowerType", text, hints=hinted)
    assert reading.slot.value.original_value.lower().startswith("the night")
    assert reading.slot.value.resolved_values == ("The Night Bloom",)


def test_what_is_not_there_reads_as_nothing(read):
    assert read("en", "Flowers", "NoSuchSlot", "roses") is None
    assert read("en", "NoSuchIntent", "FlowerType", "roses") is None
    assert read("en", "Flowers", "FlowerType", "  ") is None


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("ko", "네", "Yes"),
        ("ko", "yes", "Yes"),
        ("ko", "아니요", "No"),
        ("ko", "글쎄요", None),
        ("en", "nope", "No"),
        ("en", "book a flight", None),
    ],
)
def test_yes_and_no(models, language, text, expected):
    assert models[language].yes_no(text) == expected
