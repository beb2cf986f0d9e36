"""AMAZON.Duration: a span of time as ISO 8601 (``PT1H30M``)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from daehwa.nlu.builtins import numbers_en, numbers_ko
from daehwa.nlu.builtins.dates_ko import DAY_SPANS
from daehwa.nlu.builtins.endings import ends_well
from daehwa.nlu.builtins.found import Found, Setting
from daehwa.nlu.builtins.lexicon import Lexicon
from daehwa.nlu.builtins.numbers import plain
from daehwa.nlu.builtins.text import Text

# Order of the units in ISO 8601; "m" is minutes, "M" months.
_ORDER = ("Y", "M", "W", "D", "H", "m", "S")
_HALVES = {"Y": ("M", 6), "M": ("D", 15), "D": ("H", 12), "H": ("m", 30), "m": ("S", 30)}

_UNITS_EN = Lexicon(
    {
        "year": "Y", "years": "Y", "yr": "Y", "yrs": "Y", "month": "M", "months": "M", "mth": "M",
        "week": "W", "weeks": "W", "wk": "W", "wks": "W", "day": "D", "days": "D", "night": "D",
        "nights": "D", "hour": "H", "hours": "H", "hr": "H", "hrs": "H", "h": "H", "minute": "m",
        "minutes": "m", "min": "m", "mins": "m", "m": "m", "second": "S", "seconds": "S",
        "sec": "S",
        "secs": "S", "fortnight": "F", "fortnights": "F", "decade": "T", "decades": "T",
    }
)  # fmt: skip
_MULTIPLES = {"F": ("W", 2), "T": ("Y", 10)}
_COUNTS_EN = Lexicon(
    {"a": 1, "an": 1, "a couple of": 2, "couple of": 2, "a couple": 2, "a single": 1, "one": 1}
)
_HALF_EN = Lexicon({"half a": 0, "half an": 0, "a half": 0, "half": 0})
_AND_HALF = Lexicon({"and a half": 0, "and half": 0})
_QUARTERS = Lexicon(
    {"quarter of an hour": 15, "a quarter of an hour": 15, "three quarters of an hour": 45}
)
_UNITS_KO = Lexicon(
    {
        "년": "Y", "년간": "Y", "해": "Y", "개월": "M", "개월간": "M", "달": "M", "달간": "M",
        "주": "W",
        "주일": "W", "주간": "W", "주일간": "W", "일": "D", "일간": "D", "날": "D", "시간": "H",
        "분": "m",
        "분간": "m", "초": "S", "초간": "S", "박": "N",
    }
)  # fmt: skip
_SPANS_KO = Lexicon(
    {
        **{word: ("D", days) for word, days in DAY_SPANS.items()},
        "일주일": ("W", 1), "반년": ("M", 6), "반 시간": ("m", 30), "반시간": ("m", 30),
        "반나절": ("H", 6), "한나절": ("H", 6), "반달": ("D", 15), "보름간": ("D", 15),
        "하루 종일": ("D", 1),
    }
)  # fmt: skip

_FIRST_WORDS = numbers_en.FIRST_WORDS.union(
    *(lexicon.first_words for lexicon in (_COUNTS_EN, _HALF_EN, _QUARTERS))
)

_Parts = dict[str, Decimal]


def find(text: Text, setting: Setting) -> Iterator[Found]:
    """Every span of time in the text, left to right."""
    beyond = -1
    for start in text.starts:
        if start < beyond:
            continue
        found = at(text, start, setting)
        if found is not None:
            beyond = found.end
            yield found


def read(text: Text, setting: Setting) -> Found | None:
    """The longest span of time of a reply."""
    return max(find(text, setting), key=lambda f: f.end - f.start, default=None)


def at(text: Text, start: int, setting: Setting) -> Found | None:
    """The span of time that begins at ``start``."""
    parts: _Parts = {}
    end = _korean(text, start, parts) if setting.korean else None
    if end is None or not ends_well(text.folded, end):
        parts = {}
        end = _english(text, start, parts)
    if end is None:
        return None
    said = iso(parts)
    return Found(
        start=start, end=end, original=text.raw[start:end], interpreted=said, resolved=(said,)
    )


def iso(parts: _Parts) -> str:
    """Parts by unit as an ISO 8601 duration, fractions pushed down to smaller units."""
    whole: _Parts = {}
    for unit in _ORDER:
        amount = parts.get(unit, Decimal(0)) + whole.get(unit, Decimal(0))
        if amount != int(amount) and amount % 1 == Decimal("0.5") and unit in _HALVES:
            smaller, half = _HALVES[unit]
            whole[smaller] = whole.get(smaller, Decimal(0)) + half
            amount = Decimal(int(amount))
        whole[unit] = amount
    date = "".join(f"{plain(whole[u].normalize())}{u}" for u in _ORDER[:4] if whole[u])
    time = "".join(f"{plain(whole[u].normalize())}{u.upper()}" for u in _ORDER[4:] if whole[u])
    return f"P{date}T{time}" if time else f"P{date or '0D'}"


def _add(parts: _Parts, unit: str, amount: Decimal | int) -> bool:
    """Add an amount of a unit; ``False`` when the unit is already there."""
    if unit in _MULTIPLES:
        unit, times = _MULTIPLES[unit]
        amount = amount * times
    if unit in parts or not amount:
        return False
    parts[unit] = Decimal(amount)
    return True


def _english(text: Text, start: int, parts: _Parts) -> int | None:
    folded = text.folded
    if folded[start : start + 1].isalpha() and (
        folded[start : text.run_end(start)] not in _FIRST_WORDS
    ):
        return None
    end: int | None = None
    place = start
    while place < len(folded):
        quarter = _QUARTERS.first(folded, place)
        if quarter is not None:
            _add(parts, "m", quarter[0])
            return quarter[1]
        got = _english_part(text, place)
        if got is None or not _add(parts, got[0], got[1]):
            break
        unit, _, end = got
        half = _AND_HALF.first(folded, text.skip(end))
        if half is not None and unit in parts:
            parts[unit] += Decimal("0.5")
            end = half[1]
        place = text.skip(end, " ,")
        if folded.startswith("and ", place):
            place += 4
    return end


def _english_part(text: Text, at: int) -> tuple[str, Decimal | int, int] | None:
    """One amount with its unit: ``five hours``, ``two and a half days``, ``half an hour``."""
    folded = text.folded
    half = _HALF_EN.first(folded, at)
    if half is not None:
        unit = _UNITS_EN.first(folded, text.skip(half[1], " -"))
        return (unit[0], Decimal("0.5"), unit[1]) if unit else None
    if (counted := _COUNTS_EN.first(folded, at)) is not None:
        unit = _UNITS_EN.first(folded, text.skip(counted[1]))
        if unit is not None and unit[0] != "S":
            return unit[0], counted[0], unit[1]
    number = numbers_en.cardinal(text, at)
    if number is None or number[0] < 0:
        return None
    amount, end = number
    fraction = _AND_HALF.first(folded, text.skip(end))
    if fraction is not None:
        amount, end = amount + Decimal("0.5"), fraction[1]
    unit = _UNITS_EN.first(folded, text.skip(end, " -"))
    return None if unit is None else (unit[0], amount, unit[1])


def _korean(text: Text, start: int, parts: _Parts) -> int | None:
    folded = text.folded
    end: int | None = None
    place = start
    while place < len(folded):
        got = _korean_part(text, place, ends=not parts)
        if got is None:
            break
        unit, amount, stop = got
        if unit == "N":  # 2박 3일: three days; 2박 alone: two
            days = _korean_part(text, text.skip(stop), ends=True)
            if days is not None and days[0] == "D":
                unit, amount, stop = days
            else:
                unit = "D"
        if not _add(parts, unit, amount):
            break
        end = stop
        half = text.skip(end)
        if folded.startswith("반", half) and ends_well(folded, half + 1):
            parts[unit] += Decimal("0.5")
            return half + 1
        place = text.skip(end)
        if folded.startswith("하고 ", place):
            place += 3
    return end


def _korean_part(text: Text, at: int, *, ends: bool) -> tuple[str, Decimal | int, int] | None:
    folded = text.folded
    for (unit, amount), end in _SPANS_KO.at(folded, at):
        if ends_well(folded, end):
            return unit, amount, end
    best: tuple[str, Decimal | int, int] | None = None
    for value, end in numbers_ko.numerals(text, at):
        if value < 0:
            continue
        for unit, stop in _UNITS_KO.at(folded, text.skip(end)):
            if (best is None or stop > best[2]) and (
                not ends or ends_well(folded, stop, onward="일이삼사오육칠팔구십반한두세네")
            ):
                best = unit, value, stop
    return best
