"""Hiding values in texts: where they are found, and what is left."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conversation.desk import obfuscated
from tests.dialog.build import intent, listed, locale, scalar, slot

from daehwa import lex
from daehwa.conversation.obfuscation import Mask, ObfuscatedSlots, originals


def test_recorded_transcripts(cases):
    for case in cases.of_kind("log"):
        mask = Mask(case.get("values", {"John Stiles": "full_name"}))
        assert case["turns"]
        for turn in case["turns"]:
            assert mask.transcript(turn["user"]) == turn["expect"]["log_transcript"]


@pytest.mark.parametrize(
    ("values", "text", "shown"),
    [
        ({"홍길동": "Name"}, "홍길동님, 홍길동이요", "{Name}님, {Name}이요"),
        ({"철수": "Name"}, "철수는 갔다", "{Name}는 갔다"),
        ({"john stiles": "Name"}, "JOHN Stiles", "{Name}"),
        ({"4": "Size"}, "4명, at 14:00 for 4", "{Size}명, at 14:00 for {Size}"),
        ({"1234": "Pin"}, "x1234y", "x{Pin}y"),
        ({"ab": "Code"}, "ab, abc, cab", "{Code}, abc, cab"),
        ({"John Stiles": "Name", "Stiles Road": "Street"}, "John Stiles Road", "{Name}{Street}"),
        ({"John": "First", "John Stiles": "Name"}, "John Stiles and John", "{Name} and {First}"),
        ({" gecko ": "Pet"}, "a gecko", "a {Pet}"),
        ({}, "{as it is}", "{as it is}"),
        ({"A1B2C3": "Code"}, "A1-B2-C3, a 1 b 2 c 3 or Ａ１Ｂ２Ｃ３?", "{Code}, {Code} or {Code}?"),
        ({"010-1234-5678": "Phone"}, "01012345678로, 010 1234 5678이요", "{Phone}로, {Phone}이요"),
        ({"4111 1111 1111 1111": "Card"}, "4111.1111.1111.1111", "{Card}"),
        ({"1234": "Pin"}, "12 34 and 1234", "12 34 and {Pin}"),
        ({"12345": "Code"}, "at 61 23 45 or 12 34 56", "at 61 23 45 or 12 34 56"),
        ({"Ann Lee": "Name"}, "an n-lee", "an n-lee"),
    ],
)
def test_values_are_hidden_where_they_stand(values, text, shown):
    assert Mask(values).text(text) == shown


def test_the_names_of_members_stay():
    assert Mask({"Pet": "Secret"}).texts({"Pet": ["my Pet", 3, None]}) == {
        "Pet": ["my {Secret}", 3, None]
    }


AROUND = st.text(alphabet="xyz{} İ")


@given(AROUND, st.text(alphabet="abc가é \t", min_size=3), AROUND)
def test_no_letter_of_a_value_is_left(before, value, after):
    hidden = Mask({f"abc{value}": "Q"}).text(f"{before}abc{value}{after}")
    assert not set("abc가é") & set(hidden)


def test_the_slots_of_a_locale_and_what_they_hold():
    of = ObfuscatedSlots(locale(intent("A", obfuscated(slot("Pet")), slot("Town")), intent("B")))
    assert of
    assert of.has("A", "Pet")
    assert not of.has("A", "Town")
    assert not of.has("B", "Pet")
    filled = {"Pet": scalar("Guinea pig", "cavy", heard="guinea"), "Town": scalar("Rome")}
    assert of.values("A", filled) == dict.fromkeys(("guinea", "Guinea pig", "cavy"), "Pet")
    assert not ObfuscatedSlots(locale(intent("A", slot("Pet"))))


def test_what_was_said_of_a_list_and_of_a_composite():
    whole = lex.Slot(shape="Composite", sub_slots={"a": listed("x", "y"), "b": None})
    assert list(originals(whole)) == ["x", "y"]
