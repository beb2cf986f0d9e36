"""Whatever is said in any locale, its grammars answer or say nothing; they never fail."""

import datetime as dt
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from daehwa.nlu.builtins import Setting, Text, built_in

LISTS = sorted((Path(__file__).parents[3] / "bench" / "nlu" / "locales").glob("*.tsv"))
TYPES = ("Confirmation", "Currency", "Date", "Duration", "Number", "Percentage", "Time")
ODD = (
    *[".,", "-", "/", ":", "h", "'", "%", "€", "²", "①"],
    "99999999999999999999",
    "0",
    "31",
    "2026",
    "५",
    "\u0301",
)
NOW = dt.datetime(2026, 3, 4, 10, tzinfo=dt.UTC)


def pieces(path):
    """Words of a locale's list, and parts of those that are written without spaces."""
    texts = [line.split("\t")[1] for line in path.read_text("utf-8").splitlines()]
    words = {word for text in texts for word in text.split()}
    return sorted(words | {word[at:] for word in words for at in range(1, min(len(word), 4))})


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
@given(data=st.data())
@settings(deadline=None, max_examples=60)
def test_every_locale_stands_every_text(path, data):
    words = st.lists(st.sampled_from([*pieces(path), *ODD]), max_size=8)
    text = Text(data.draw(st.one_of(words.map(" ".join), words.map("".join))))
    setting = Setting(locale=path.stem, now=NOW)
    for name in TYPES:
        kind = built_in(f"AMAZON.{name}")
        mentions = [*kind.find(text, setting)]
        reading = kind.read(text, setting)
        for value in [*mentions, *([reading] if reading else [])]:
            assert 0 <= value.start < value.end <= len(text)
            assert value.original
        for first, second in pairwise(mentions):
            assert first.end <= second.start or name == "Time"
