"""AMAZON.Date: a day as ``YYYY-MM-DD``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from daehwa.nlu.builtins import dates_en, dates_ko
from daehwa.nlu.builtins.endings import ends_well
from daehwa.nlu.builtins.found import Found, Setting
from daehwa.nlu.builtins.text import Text

# A time of day may follow a Korean date without a space: 내일오후, 오늘3시.
_ONWARD = "오아저새밤낮점정일이삼사육칠팔구십열한두세네다여첫"


def find(text: Text, setting: Setting) -> Iterator[Found]:
    """Every date of the text, left to right."""
    yield from _scan(text, setting, asked=False)


def read(text: Text, setting: Setting) -> Found | None:
    """The date of a reply: the longest, of equals the first."""
    found = list(_scan(text, setting, asked=True))
    return max(found, key=lambda f: f.end - f.start) if found else None


def _scan(text: Text, setting: Setting, *, asked: bool) -> Iterator[Found]:
    beyond = -1
    for start in text.starts:
        if start < beyond:
            continue
        dated = at(text, start, setting, asked=asked)
        if dated is None:
            continue
        day, beyond = dated
        said = day.isoformat()
        yield Found(
            start=start,
            end=beyond,
            original=text.raw[start:beyond],
            interpreted=said,
            resolved=(said,),
        )


def at(
    text: Text, start: int, setting: Setting, *, asked: bool = False
) -> tuple[dt.date, int] | None:
    """The date that begins at ``start``, with its end."""
    best: tuple[dt.date, int] | None = None
    if setting.korean:
        for day, end in dates_ko.at(text, start, setting):
            if (best is None or end > best[1]) and ends_well(text.folded, end, onward=_ONWARD):
                best = (day, end)
        if best is not None:
            return best
    return dates_en.at(text, start, setting, asked=asked)
