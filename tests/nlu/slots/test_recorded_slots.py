"""What Amazon's documents record of custom, multi-value and composite slots."""

import json

import msgspec
import pytest

from daehwa.nlu.slots import SlotModel

from .conftest import NOW, a_locale, a_slot, a_type, an_intent


@pytest.fixture
def recorded(shared):
    lines = (shared / "cases" / "lex.jsonl").read_text(encoding="utf-8").splitlines()
    cases = [json.loads(line) for line in lines if line.strip()]
    return {case["id"]: case["turns"] for case in cases if case["kind"] == "slot_resolution"}


def wire(slot):
    """A slot as JSON on the wire."""
    return msgspec.json.decode(msgspec.json.encode(slot))


def test_a_restricted_synonym(recorded):
    genre = a_type("Genre", {"comedy": ["funny", "humorous"]}, restricted=True)
    locale = a_locale("en_US", [an_intent("Film", [], a_slot("Genre", "Genre"))], [genre])
    (turn,) = recorded["custom-1"]
    reading = SlotModel.learn(locale).read("Film", "Genre", turn["user"], now=NOW)
    assert wire(reading.slot)["value"] == turn["expect"]


def test_several_toppings(recorded, models):
    (turn,) = recorded["multi-toppings"]
    slots = models["en"].fill("Pizza", turn["user"], now=NOW)
    assert wire(slots["toppings"]) == turn["expect"]["slots"]["toppings"]


def test_the_parts_of_a_car(recorded, models):
    (turn,) = recorded["composite-car"]
    slots = models["en"].fill("Service", turn["user"], now=NOW)
    expected = turn["expect"]["slots"]["CarType"]
    assert wire(slots["CarType"]) == {"shape": "Composite", **expected}


def test_spelling_styles(recorded):
    locale = a_locale("en_GB", [an_intent("Check", [], a_slot("Name", "AMAZON.AlphaNumeric"))])
    model = SlotModel.learn(locale)
    for turn in recorded["spell-by-word"]:
        reading = model.read("Check", "Name", turn["user"], now=NOW)
        assert reading.slot.value.interpreted_value == turn["expect"]["value"]


def test_an_optional_slot_is_filled_from_the_first_utterance(recorded):
    (turn,) = recorded["optional-slot"]
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
