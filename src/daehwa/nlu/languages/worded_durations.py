"""Spans of time in the words of a language: ``dos horas y media``, ``eine halbe Stunde``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Final

from daehwa.nlu.languages.accents import spelt, spelt_all
from daehwa.nlu.languages.isoduration import IsoDuration
from daehwa.nlu.languages.lexicon import Lexicon
from daehwa.nlu.languages.numerals import Numerals
from daehwa.nlu.languages.setting import Setting
from daehwa.nlu.languages.spans import Parsed
from daehwa.nlu.languages.text import Text

_HALF: Final = Decimal("0.5")


class WordedDurations:
    """Reads the spans of time of a language; all words are given in lower case."""

    def __init__(
        self,
        *,
        numerals: Numerals,
        units: Mapping[str, str],
        halves: Iterable[str] = (),
        half_of: Iterable[str] = (),
        fixed: Mapping[str, tuple[str, str]] | None = None,
        joints: Iterable[str] = (),
        quarters: Mapping[str, str] | None = None,
    ) -> None:
        """Take the words.

        ``units`` have the unit of ISO 8601 ("m" is minutes, "M" months); ``halves`` add half a
        unit after one, ``half_of`` stand before the unit that is halved. ``fixed`` are whole
        spans, as an amount and its unit; ``joints`` stand between two units. ``quarters`` add a
        part of an hour after one: *et quart* a fourth.
        """
        self._numerals = numerals
        self._units = Lexicon(spelt(units))
        self._halves = Lexicon(spelt(dict.fromkeys(halves, 0)))
        self._half_of = Lexicon(spelt(dict.fromkeys(half_of, 0)))
        self._fixed = Lexicon(spelt(fixed or {}))
        self._quarters = Lexicon(spelt(quarters or {}))
        self._joints = tuple(f"{joint} " for joint in spelt_all(joints))

    def __call__(self, text: Text, at: int, setting: Setting) -> Parsed[IsoDuration] | None:
        """The span of time that begins at ``at``."""
        duration = IsoDuration()
        fixed = self._fixed.first(text.folded, at)
        if fixed is not None:
            duration.add(fixed.value[1], Decimal(fixed.value[0]))
            return Parsed(duration, self._with_quarter(text, duration, fixed.end))
        end: int | None = None
        place = at
        while place < len(text):
            part = self._part(text, place, setting)
            if part is None or not duration.add(*part.value):
                break
            end = part.end
            half = self._halves.first(text.folded, text.skip(end))
            if half is not None:
                duration.increase(part.value[0], _HALF)
                end = half.end
            elif part.value[0] == "H":
                end = self._with_quarter(text, duration, end)
            place = text.past(text.skip(end, " ,"), *self._joints)
        return None if end is None else Parsed(duration, end)

    def _with_quarter(self, text: Text, duration: IsoDuration, end: int) -> int:
        """Where a span ends with the quarters of an hour after it, which are added to it."""
        quarter = self._quarters.first(text.folded, text.skip(end))
        if quarter is None or "H" not in duration:
            return end
        duration.increase("H", Decimal(quarter.value))
        return quarter.end

    def _part(self, text: Text, at: int, setting: Setting) -> Parsed[tuple[str, Decimal]] | None:
        half = self._half_of.first(text.folded, at)
        amount = self._numerals.amount(text, at, setting) if half is None else None
        if half is not None:
            amount = Parsed(_HALF, half.end)
        if amount is None or amount.value < 0:
            return None
        # "meio-dia" is noon.
        unit = self._units.first(text.folded, text.skip(amount.end, " " if half else " -"))
        return None if unit is None else Parsed((unit.value, amount.value), unit.end)
