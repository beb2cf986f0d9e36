"""What Amazon's documents record of custom, multi-value and composite slots."""

import msgspec
import pytest

from daehwa.nlu.slots import SlotModel

from .conftest import NOW, a_locale, a_slot, a_type, an_intent

# What the cases of ../shared show, by their ids; those of the project say it.
SHOWS = {
    "custom-1": "a synonym",
    "multi-toppings": "several values",
    "composite-car": "the parts of a car",
    "spell-by-word": "spelling",
    "optional-slot": "an optional slot",
}


@pytest.fixture
def recorded(cases):
    """The case that shows a thing."""
    resolutions = cases.of_kind("slot_resolution")
    return {case.get("shows") or SHOWS.get(case["id"]): case for case in resolutions}


def wire(slot):
    """A slot as JSON on the wire."""
    return msgspec.json.decode(msgspec.json.encode(slot))


def test_a_restricted_synonym(recorded):
    case = recorded["a synonym"]
    values = case.get("values", {"comedy": ["funny", "humorous"]})
    genre = a_type("Genre", values, restricted=True)
    locale = a_locale("en_US", [an_intent("Film", [], a_slot("Genre", "Genre"))], [genre])
    (turn,) = case["turns"]
    reading = SlotModel.learn(locale).read("Film", "Genre", turn["user"], now=NOW)
    assert wire(reading.slot)["value"] == turn["expect"]


def test_several_toppings(recorded, models):
    (turn,) = recorded["several values"]["turns"]
    slots = models["en"].fill("Pizza", turn["user"], now=NOW)
    assert wire(slots["toppings"]) == turn["expect"]["slots"]["toppings"]


def test_the_parts_of_a_car(recorded, models):
    (turn,) = recorded["the parts of a car"]["turns"]
    slots = models["en"].fill("Service", turn["user"], now=NOW)
    expected = turn["expect"]["slots"]["CarType"]
    assert wire(slots["CarType"]) == {"shape": "Composite", **expected}


def test_spelling_styles(recorded):
    locale = a_locale("en_GB", [an_intent("Check", [], a_slot("Name", "AMAZON.AlphaNumeric"))])
    model = SlotModel.learn(locale)
    for turn in recorded["spelling"]["turns"]:
        reading = model.read("Check", "Name", turn["user"], now=NOW)
        assert reading.slot.value.interpreted_value == turn["expect"]["value"]


def test_an_optional_slot_is_filled_from_the_first_utterance(recorded):
    (turn,) = recorded["an optional slot"]["turns"]
    locale = a_locale(
        "en_US",
        [
            an_intent(
                "Sales",
                ["what are the sales for {Month}"],
                a_slot("Month", "AMAZON.Date"),
                a_slot("City", "AMAZON.City"),
            )
        ],
    )
    slots = SlotModel.learn(locale).fill("Sales", turn["user"], now=NOW)
    assert slots["City"].value.interpreted_value == turn["expect"]["slots"]["City"]
