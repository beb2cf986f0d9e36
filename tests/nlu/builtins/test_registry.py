"""Lex's built-in slot types are listed once, in `daehwa.bot`; understanding reads each."""

import datetime as dt

import pytest

from daehwa import bot
from daehwa.nlu.builtins import BUILT_INS, Setting, Text, built_in

SAID = {
    "AlphaNumeric": "abc123",
    "City": "Paris",
    "Confirmation": "yes",
    "Country": "France",
    "Currency": "$5",
    "Date": "tomorrow",
    "Duration": "two hours",
    "EmailAddress": "ann@example.com",
    "FirstName": "Ann",
    "FreeFormInput": "whatever it is",
    "LastName": "Miller",
    "Number": "twelve",
    "Percentage": "5%",
    "PhoneNumber": "555-1212-345",
    "State": "Texas",
    "StreetName": "Elm Street",
    "Time": "8 pm",
    "UKPostalCode": "SW1A 1AA",
}
SETTING = Setting(locale="en_US", now=dt.datetime(2026, 3, 4, tzinfo=dt.UTC))


def test_understanding_has_a_reader_for_each_built_in_type_and_none_beyond():
    assert set(BUILT_INS) == bot.BUILT_IN_SLOT_TYPES
    assert {f"AMAZON.{name}" for name in SAID} == bot.BUILT_IN_SLOT_TYPES


@pytest.mark.parametrize("name", SAID)
def test_each_reads_a_value_of_its_own(name):
    assert built_in(f"AMAZON.{name}").read(Text(SAID[name]), SETTING) is not None


@pytest.mark.parametrize(
    ("old", "new"), [("AMAZON.US_CITY", "AMAZON.City"), ("AMAZON.DATE", "AMAZON.Date")]
)
def test_the_names_of_lex_v1_lead_to_its_successors(old, new):
    assert bot.current_slot_type(old) == new
    assert built_in(old) is BUILT_INS[new]


def test_a_type_that_nobody_knows_takes_any_short_phrase():
    assert built_in("AMAZON.Colour").read(Text("dark red"), SETTING).original == "dark red"
