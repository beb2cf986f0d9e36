"""Reading and finding as a table of texts and values."""

import datetime as dt

import pytest

from daehwa.nlu.builtins import Setting, Text, built_in

WEDNESDAY = dt.datetime(2020, 11, 25, 14, 30, tzinfo=dt.UTC)


@pytest.fixture
def read():
    """``read("Date", "내일", "ko_KR")``: the value of a reply, or ``None``."""

    def read(name, text, locale="en_US", now=WEDNESDAY):
        return built_in(f"AMAZON.{name}").read(Text(text), Setting(locale=locale, now=now))

    return read


@pytest.fixture
def value(read):
    """The interpreted value of a reply, or ``None`` when it is no such value."""

    def value(*args, **named):
        found = read(*args, **named)
        return found and found.interpreted

    return value


@pytest.fixture
def find():
    """The values of a text, as (original, interpreted)."""

    def find(name, text, locale="en_US", now=WEDNESDAY):
        found = built_in(f"AMAZON.{name}").find(Text(text), Setting(locale=locale, now=now))
        return [(f.original, f.interpreted) for f in found]

    return find
