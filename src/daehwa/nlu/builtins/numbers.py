"""AMAZON.Number: digits, decimals, negatives, numbers in words, with counters or without."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Final

from daehwa.nlu.builtins import dates, times
from daehwa.nlu.builtins.mention import Mention
from daehwa.nlu.builtins.scanning import agreed, scan
from daehwa.nlu.languages import digits
from daehwa.nlu.languages.lexicon import phrases
from daehwa.nlu.languages.setting import Setting
from daehwa.nlu.languages.spans import Parsed
from daehwa.nlu.languages.suffixes import counted, ends_well
from daehwa.nlu.languages.text import Text, is_hangul, is_unspaced

_JOINING: Final = ("/", "+", "×")
_LATIN: Final = re.compile("[a-z]+")
# Units of measurement, which are written onto a number in every language: 5kg.
_MEASURES: Final = frozenset(
    phrases("mg|g|kg|t|mm|cm|m|km|ml|cl|l|oz|lb|lbs|ft|kb|mb|gb|tb|kw|kwh|ppl|pax|pcs|pc|ea|x")
)
# What is written onto the front of a number that counts: x2, no5, Rs500.
_BEFORE: Final = frozenset({"x", "no", "nr", "rs"})


def plain(value: Decimal) -> str:
    """A number in digits without exponent; a whole number without a point."""
    return format(value, "f")


def amounts(text: Text, at: int, setting: Setting) -> list[Parsed[Decimal]]:
    """Every number that begins at ``at`` in any of the locale's languages, or in digits."""
    numbers: list[Parsed[Decimal]] = []
    for language in setting.languages:
        if language.numbers is not None:
            numbers += language.numbers.numerals(text, at, setting)
    if not numbers and not text.folded[at : at + 1].isalpha():
        typed = digits.number(text, at, setting)
        if typed is not None:
            numbers.append(typed)
    return numbers


def find(text: Text, setting: Setting) -> Iterator[Mention]:
    """Every number that stands on its own in the text, left to right."""
    known: list[tuple[Mention, ...]] = []

    def others() -> tuple[Mention, ...]:
        if not known:
            known.append(_dates_and_times(text, setting))
        return known[0]

    return scan(text, setting, lambda *place: _at(*place, others=others))


def read(text: Text, setting: Setting) -> Mention | None:
    """The number of a reply; a lone syllable (삼, 두) and a fraction (1/2) count here."""
    if text.folded.isdecimal():
        return Mention.of(text, 0, len(text), text.folded)
    for start in text.starts:
        fraction = None if text.folded[start].isalpha() else digits.fraction(text, start)
        if fraction is not None:
            return _mention(text, start, Parsed(plain(fraction.value), fraction.end))
    standing = [m for m in find(text, setting) if not _among_slashes(text, m)]
    if standing:
        if len(standing) == 1 and _one_more(text, standing[0].end, setting):
            return None
        total = _total(text, standing, setting)
        return total or next(iter(agreed(_apart(text, standing, setting))), None)
    for language in setting.languages:
        alone = language.numbers and language.numbers.alone
        for start in text.places if alone else ():
            number = alone and alone(text, start, setting)
            if number and not _of_a_name(text.folded, start):
                mention = _mention(text, start, number)
                return None if _among_slashes(text, mention) else mention
    return None


def _total(text: Text, standing: Sequence[Mention], setting: Setting) -> Mention | None:
    """What the numbers of a reply come to, where it says so; the reply may hold no other."""
    ends = [end for each in setting.languages if each.numbers for end in each.numbers.totals]
    last = standing[-1]
    lead = tuple(ends)
    behind = [end for each in setting.languages if each.numbers for end in each.numbers.totalled]
    totalled = text.folded.startswith(tuple(behind), text.skip(last.end)) if behind else False
    if totalled or text.folded[: last.start].endswith(lead):
        return last if len(standing) > 1 else None
    for language in setting.languages if ends else ():
        alone = language.numbers and language.numbers.alone
        for place in text.places if alone else ():
            if place > last.end and text.folded[:place].endswith(lead):
                number = alone and alone(text, place, setting)
                if number:
                    return _mention(text, place, number)
    return None


def _one_more(text: Text, end: int, setting: Setting) -> bool:
    """Whether a reply's only number has one of another kind after it: two adults *and a kid*."""
    patterns = (n.one_more for each in setting.languages if (n := each.numbers) and n.one_more)
    return any(pattern.match(text.folded, end) for pattern in patterns)


def _apart(text: Text, standing: Sequence[Mention], setting: Setting) -> Sequence[Mention]:
    """Of several numbers those that are not part of a date or a time: four at *7 pm*."""
    if len(standing) < 2:
        return standing
    others = _dates_and_times(text, setting)
    apart = [n for n in standing if not any(n.overlaps(o) and o.size > n.size for o in others)]
    return apart or standing


def _among_slashes(text: Text, number: Mention) -> bool:
    """Whether a number is but one of those in 24/7 or 1+1."""
    before = text.folded[: number.start].replace(" ", "")[-2:]
    after = text.folded[number.end :].replace(" ", "")[:2]
    if number.original[:1] == "+" and before[-1:].isdecimal():
        return True
    joined = after[:1] in _JOINING and after[1:].isdecimal()
    return joined or (before[1:] in _JOINING and before[:1].isdecimal())


_Others = Callable[[], tuple[Mention, ...]]


def _dates_and_times(text: Text, setting: Setting) -> tuple[Mention, ...]:
    return (*dates.find(text, setting), *times.find(text, setting))


def _at(text: Text, start: int, setting: Setting, *, others: _Others) -> Mention | None:
    """The number that begins at ``start``, its sign included; none of those in ``others``."""
    folded = text.folded
    if _of_a_name(folded, start):
        return None
    begin = start
    if start and folded[start - 1] in "-+." and (start == 1 or folded[start - 2] in " ("):
        begin = start - 1
    for language in setting.languages:
        if language.numbers is not None:
            number = language.numbers.standing(text, begin, setting)
            if number is not None and not _belongs(text, begin, number.end, setting, others):
                return _mention(text, begin, number)
    typed = digits.number(text, begin, setting) if folded[start].isdecimal() else None
    if typed is None or not _stands(text, typed.end):
        return None
    if _belongs(text, begin, typed.end, setting, others):
        return None
    return _mention(text, begin, Parsed(plain(typed.value), typed.end))


def _of_a_name(folded: str, start: int) -> bool:
    """Whether digits are written onto Latin letters: 3 of s3, 5 of ps5, 12 of b12."""
    if not folded[start].isdecimal():
        return False
    begin = start
    while begin and "a" <= folded[begin - 1] <= "z":
        begin -= 1
    return begin < start and folded[begin:start] not in _BEFORE


def _belongs(text: Text, start: int, end: int, setting: Setting, others: _Others) -> bool:
    """Whether a language knows a number to be part of something else: of a date, of a time."""
    judges = [n.belongs for each in setting.languages if (n := each.numbers) and n.belongs]
    if not judges:
        return False
    if any(judge(text, start, end) for judge in judges):
        return True
    return any(v.start <= start and end <= v.end and v.size > end - start for v in others())


def _stands(text: Text, end: int) -> bool:
    """Whether no word runs on from a number in digits, but what is written onto values."""
    after = text.folded[end : end + 1]
    if is_hangul(after):
        return ends_well(text.folded, end) or counted(text, end) is not None
    if is_unspaced(after) or not after.isalpha():
        return True
    measure = _LATIN.match(text.raw, end)
    return measure is not None and measure[0] in _MEASURES


def _mention(text: Text, start: int, number: Parsed[str]) -> Mention:
    typed = text.folded[start : number.end]
    # Digits may be a code (a PIN), so leading zeros are kept.
    return Mention.of(text, start, number.end, typed if typed.isdecimal() else number.value)
