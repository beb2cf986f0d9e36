"""English replies to prompts, enumerated."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from enumerated.cells import Case
from enumerated.en_amounts import codes, emails, money, numbers, phones, shares
from enumerated.en_names import answers, places
from enumerated.en_times import dates, durations, times


def cases(now: dt.datetime) -> Iterator[Case]:
    """Every cell, as it is at a moment."""
    today = now.date()
    yield from numbers()
    yield from dates(today)
    yield from times(now)
    yield from durations()
    yield from phones()
    yield from emails()
    yield from codes()
    yield from shares()
    yield from money()
    yield from places()
    yield from answers()
