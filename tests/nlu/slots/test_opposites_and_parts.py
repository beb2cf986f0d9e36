"""Values that are nearly there: the opposite of one, one that is left out, a part of a number."""

import datetime as dt

import pytest

from daehwa import bot
from daehwa.nlu.slots import SlotModel

from .conftest import a_locale, a_slot, a_type, an_intent

FRIDAY = dt.datetime(2026, 11, 27, 10, tzinfo=dt.timezone(dt.timedelta(hours=9)))
FLOORS = """<grammar version="1.0" root="floor" xmlns="http://www.w3.org/2001/06/grammar">
<rule id="floor" scope="public"><one-of><item>삼층</item><item>옥상</item></one-of></rule>
</grammar>"""


@pytest.fixture(scope="module")
def canteen():
    return SlotModel.learn(
        a_locale(
            "ko_KR",
            [
                an_intent(
                    "Order",
                    ["{Dish} {Spice}으로 주세요", "식사 주문할게요", "{Guest} 앞으로 달아 주세요"],
                    a_slot("Dish", "Dish"),
                    a_slot("Spice", "Spice"),
                    a_slot("Guest", "AMAZON.FirstName"),
                ),
                an_intent("Report", ["{Ache} 약이 필요해요", "약 주세요"], a_slot("Ache", "Ache")),
                an_intent("Where", ["{Floor}에 가요", "몇 층이에요"], a_slot("Floor", "Floor")),
            ],
            [
                a_type("Dish", {"떡볶이": [], "라면": []}, restricted=True),
                a_type("Spice", {"순한맛": ["안 매운맛"], "매운맛": ["맵게"]}, restricted=True),
                a_type("Ache", {"두통": ["머리가 아파"], "발열": ["열이 나요"]}, restricted=True),
                bot.SlotType(name="Floor", grammar=FLOORS),
            ],
        )
    )


@pytest.fixture(scope="module")
def grill():
    return SlotModel.learn(
        a_locale(
            "en_US",
            [
                an_intent(
                    "Order",
                    ["I'd like a {Dish}", "a {Dish} with {Extra}", "{Dish} cooked {Way}"],
                    a_slot("Dish", "Dish"),
                    a_slot("Extra", "Extra"),
                    a_slot("Way", "Way"),
                ),
                an_intent(
                    "Weigh",
                    ["it weighs {Weight} pounds", "insure it for {Worth}", "{Weight} pounds to go"],
                    a_slot("Weight", "AMAZON.Number"),
                    a_slot("Worth", "AMAZON.Currency"),
                ),
            ],
            [
                a_type("Dish", {"burger": [], "soup": []}, restricted=True),
                a_type("Extra", {"onion": ["onions"], "pickle": ["pickles"]}, restricted=True),
                a_type("Way", {"rare": [], "well done": []}),
            ],
        )
    )


def filled(model, intent, text):
    slots = model.fill(intent, text, now=FRIDAY)
    return {name: slot.value.interpreted_value for name, slot in slots.items()}


def reply(model, intent, slot, text):
    reading = model.read(intent, slot, text, now=FRIDAY)
    return reading and reading.slot and reading.slot.value.interpreted_value


def test_not_before_a_quality_makes_its_opposite(canteen):
    assert reply(canteen, "Order", "Spice", "맵게 해주세요") == "매운맛"
    assert reply(canteen, "Order", "Spice", "안 맵게 해주세요") == "순한맛"
    assert filled(canteen, "Order", "라면 안 매운 걸로요").get("Spice") != "매운맛"


def test_the_opposite_of_the_only_value_is_no_value(canteen):
    only = SlotModel.learn(
        a_locale(
            "ko_KR",
            [an_intent("Order", ["{Spice}으로 주세요"], a_slot("Spice", "Spice"))],
            [a_type("Spice", {"매운맛": ["맵게"]}, restricted=True)],
        )
    )
    assert reply(only, "Order", "Spice", "안 맵게 해주세요") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    {
        "머리가 아파서 약이 필요해요": "두통",
        "머리가 아픈데 약 주세요": "두통",
        "머리가 너무 아파요": "두통",
        "열이 나서 약 주세요": "발열",
        "열이 나고 힘들어요 약 주세요": "발열",
    }.items(),
)
def test_a_clause_that_is_listed_is_known_however_it_goes_on(canteen, text, expected):
    assert filled(canteen, "Report", text) == {"Ache": expected}


def test_a_grammar_needs_no_particles(canteen):
    assert filled(canteen, "Where", "삼층에 뭐 있나요") == {"Floor": "삼층"}
    assert filled(canteen, "Where", "옥상까지 갈게요") == {"Floor": "옥상"}


def test_what_goes_with_a_given_name_is_none_of_it(canteen):
    assert filled(canteen, "Order", "유진이한테 달아 주세요") == {"Guest": "유진"}


@pytest.mark.parametrize(
    "text",
    [
        "a burger without onions",
        "i'll have the burger no onions",
        "can i get a burger with no pickles",
        "a burger, hold the pickles please",
    ],
)
def test_what_is_left_out_is_no_value(grill, text):
    assert filled(grill, "Order", text) == {"Dish": "burger"}


def test_who_it_is_for_is_no_way_to_cook_it(grill):
    assert filled(grill, "Order", "just a soup for me") == {"Dish": "soup"}


def test_a_part_of_a_number_is_none(grill):
    assert filled(grill, "Weigh", "to the coast, about 4.5 pounds").get("Weight") in (None, "4.5")
