"""What people say, enumerated: cells of a grammar, each with the value computed on its own."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple


class Case(NamedTuple):
    """A reply of a cell: its type, its text, and the ways its value may be written."""

    cell: str
    type: str
    text: str
    ways: tuple[str, ...]


Phrasing = tuple[str, str]
"""Words, and their value; several right ones with ``|`` between, ``-`` for none."""
Wrap = Callable[[str], str]


def wrapped(forms: Iterable[str]) -> tuple[Wrap, ...]:
    """Words around others, which stand in place of the braces: ``{} please``."""
    return tuple(form.format for form in forms)


def cell(
    name: str, phrasings: Iterable[Phrasing], wraps: Sequence[Wrap] = (), seed: int = 0
) -> Iterator[Case]:
    """The words of a cell, each bare and in some words around it, which take turns."""
    kind = name.partition(" ")[0]
    chance = random.Random(f"{name}{seed}")
    for words, value in phrasings:
        ways = tuple(value.split("|"))
        yield Case(name, kind, words, ways)
        if wraps:
            yield Case(name, kind, chance.choice(wraps)(words), ways)


def limited(cases: Iterable[Case], most: int, seed: int = 0) -> list[Case]:
    """At most so many cases of each cell, drawn without looking."""
    cells: dict[str, list[Case]] = {}
    for case in cases:
        cells.setdefault(case.cell, []).append(case)
    chance = random.Random(seed)
    return [
        case
        for group in cells.values()
        for case in (group if len(group) <= most else chance.sample(group, most))
    ]


def next_month_day(today: dt.date, month: int, day: int) -> str:
    """The next such day on or after today."""
    for year in range(today.year, today.year + 9):
        try:
            date = dt.date(year, month, day)
        except ValueError:
            continue
        if date >= today:
            return date.isoformat()
    return "-"


def months_on(today: dt.date, count: int) -> dt.date:
    """The same day of another month, or that month's last."""
    month = today.year * 12 + today.month - 1 + count
    for day in range(today.day, 27, -1):
        try:
            return dt.date(month // 12, month % 12 + 1, day)
        except ValueError:
            continue
    return dt.date(month // 12, month % 12 + 1, min(today.day, 27))


def monday(today: dt.date, weeks: int) -> dt.date:
    """The Monday of a week."""
    return today - dt.timedelta(days=today.weekday()) + dt.timedelta(weeks=weeks)


def month_end(year: int, month: int) -> dt.date:
    """The last day of a month."""
    return dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)


def next_only(today: dt.date, day: int) -> str:
    """The next such day of a month."""
    for n in range(3):
        first = months_on(today.replace(day=1), n)
        if day <= month_end(first.year, first.month).day and first.replace(day=day) >= today:
            return first.replace(day=day).isoformat()
    return "-"


def either_half(hour: int, minute: int) -> str:
    """A time that may be before noon or after it."""
    return f"~{hour % 12:02d}:{minute:02d},{hour % 12 + 12:02d}:{minute:02d}"
