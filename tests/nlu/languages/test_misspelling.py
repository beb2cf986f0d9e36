"""Which word a misspelt one means."""

import datetime as dt

from daehwa.nlu.builtins import Setting, Text, built_in
from daehwa.nlu.languages.misspelling import Misspelling

NOW = dt.datetime(2026, 11, 25, tzinfo=dt.UTC)

WORDS = Misspelling(["monday", "minute", "minutes", "thirty"], others=["thirsty"])


def test_one_slip_is_a_letter_missing_added_wrong_or_swapped():
    for slip in ("mondy", "mondaay", "munday", "mnoday"):
        assert WORDS.meant(slip) == "monday", slip


def test_two_slips_another_first_letter_and_short_words_mean_nothing():
    for word in ("mndayy", "sonday", "modn"):
        assert WORDS.meant(word) is None, word


def test_a_right_word_a_plural_and_a_word_of_the_language_stay():
    for word in ("monday", "mondays", "thirsty"):
        assert WORDS.meant(word) is None, word


def test_of_one_and_many_the_one_with_the_same_end_is_meant():
    assert WORDS.meant("minuts") == "minutes"
    assert WORDS.meant("minut") == "minute"


def test_a_value_stands_where_it_was_typed():
    text = Text("on wenesday at ten, or thrusday")
    kind = built_in("AMAZON.Date")
    dates = list(kind.find(text, Setting(locale="en_US", now=NOW)))
    assert [(d.original, text.raw[d.start : d.end]) for d in dates] == [
        ("wenesday", "wenesday"),
        ("thrusday", "thrusday"),
    ]
