"""Sample utterances with placeholders, matched word for word."""

import pytest

from daehwa.nlu.sample_patterns import Templates, placeholders


def pieces(template, text):
    return [match.pieces for match in Templates([("I", template)]).match(text)]


@pytest.mark.parametrize(
    ("template", "text", "found"),
    [
        ("fly to {City}", "Fly to  New York!", {"City": "New York"}),
        ("{City}에서 {Date} 호텔", "부산에서 내일 호텔", {"City": "부산", "Date": "내일"}),
        ("from { From } to {To}", "from Rome to Bern", {"From": "Rome", "To": "Bern"}),
        ("what {make} do you have?", "what Honda do you have", {"make": "Honda"}),
        ("call (me) at {Time}", "call (me) at 5.", {"Time": "5"}),
    ],
)
def test_a_text_equals_a_template_around_its_values(template, text, found):
    assert pieces(template, text) == [found]


@pytest.mark.parametrize("text", ["fly", "fly to", "please fly to Rome now", "I fly to Rome", ""])
def test_other_texts_do_not(text):
    assert pieces("fly to {City} now", text) == []


def test_a_template_of_nothing_but_a_slot_matches_nothing():
    assert pieces("{City}", "Rome") == []
    assert pieces("{City} {Date}", "Rome tomorrow") == []


def test_placeholders_are_named_in_order():
    assert placeholders("from {A} to { B }", {"A", "B"}) == ("A", "B")
    assert placeholders("no {such} slots here", {"A"}) == ()
