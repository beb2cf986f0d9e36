"""Korean replies to prompts, enumerated."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from enumerated.cells import Case
from enumerated.ko_amounts import codes, emails, money, numbers, phones, shares
from enumerated.ko_names import answers, places
from enumerated.ko_times import dates, durations, times


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
