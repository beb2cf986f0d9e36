"""AMAZON.Date: a day as ``YYYY-MM-DD``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import partial

from daehwa.nlu.builtins import carriers
from daehwa.nlu.builtins.mention import Mention
from daehwa.nlu.builtins.scanning import agreed, longest, scan
from daehwa.nlu.languages import digits
from daehwa.nlu.languages.setting import Setting
from daehwa.nlu.languages.spans import Parsed
from daehwa.nlu.languages.text import Text


def find(text: Text, setting: Setting) -> Iterator[Mention]:
    """Every date of the text, left to right."""
    return scan(text, setting, partial(_at, elicited=False))


def read(text: Text, setting: Setting) -> Mention | None:
    """The date of a reply: in the longest words, of equals the first."""
    return longest(agreed(list(scan(text, setting, partial(_at, elicited=True)))))


def _at(text: Text, start: int, setting: Setting, *, elicited: bool) -> Mention | None:
    date = _date(text, start, setting, elicited=elicited)
    return None if date is None else Mention.of(text, start, date.end, date.value.isoformat())


def _date(text: Text, start: int, setting: Setting, *, elicited: bool) -> Parsed[dt.date] | None:
    """The date that begins at ``start``: a language's, else one in digits."""
    date = next(_readings(text, start, setting, elicited=elicited), None)
    if date is None or not text.folded[start : date.end].isdecimal():
        return date
    # Eight digits or a year are a date where they are the whole of a reply: 2030 people are none.
    return date if carriers.bare(text, setting) == (start, date.end) else None


def _readings(
    text: Text, start: int, setting: Setting, *, elicited: bool
) -> Iterator[Parsed[dt.date]]:
    for language in setting.languages:
        if language.dates is not None:
            date = language.dates(text, start, setting, elicited=elicited)
            if date is not None:
                yield date
    if text.folded[start].isdecimal():
        date = digits.date(text, start, setting, elicited=elicited)
        if date is None and elicited:
            date = digits.bare_date(text, start)
        if date is not None:
            yield date
