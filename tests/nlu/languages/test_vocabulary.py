"""The words that may begin what a grammar reads: a gate that turns nothing away that is read."""

import datetime as dt

import pytest

from daehwa.nlu.builtins import Setting, Text, built_in
from daehwa.nlu.languages.lexicon import Lexicon, Vocabulary

SETTING = Setting(locale="en_US", now=dt.datetime(2026, 3, 4, 10, tzinfo=dt.UTC))
SAID = """
tomorrow|the day after easter|mid march|last monday of next month|in two weeks|a week from friday
the week after next|the weekend|overmorrow|first week of may|half past three|quarter to five|noon
12 noon|o'clock|a quarter of an hour|three quarters of an hour|half an hour|a couple of days
minus five|point five|a dozen|a hundred and one|twenty-first|hundred|five grand|new year's eve
"""


def texts():
    return [text for line in SAID.splitlines() for text in line.split("|") if text]


@pytest.mark.parametrize("name", ["Date", "Time", "Duration", "Number", "Currency"])
def test_the_gate_turns_nothing_away_that_a_grammar_reads(name, monkeypatch):
    kind = built_in(f"AMAZON.{name}")
    gated = [kind.read(Text(text), SETTING) for text in texts()]
    monkeypatch.setattr(Vocabulary, "may_begin", lambda *_: True)
    assert gated == [kind.read(Text(text), SETTING) for text in texts()]


def test_a_new_phrase_is_known_to_the_gate():
    words = Vocabulary(used := Vocabulary())
    assert not words.may_begin(Text("yuletide"), 0)
    phrases = words.lexicon({"yuletide": 1})
    assert isinstance(phrases, Lexicon)
    assert words.may_begin(Text("yuletide"), 0)
    assert not used.may_begin(Text("yuletide"), 0)
    assert words.may_begin(Text("12"), 0), "digits begin anything"
