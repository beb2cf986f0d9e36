"""AMAZON.Currency (``KRW 15000.00``) and AMAZON.Percentage (``50%``)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, NamedTuple

from daehwa.nlu.builtins import numbers
from daehwa.nlu.builtins.carriers import bare
from daehwa.nlu.builtins.mention import Mention
from daehwa.nlu.builtins.scanning import agreed, longest, scan
from daehwa.nlu.languages.language import Money, Unit
from daehwa.nlu.languages.lexicon import Lexicon
from daehwa.nlu.languages.setting import Setting
from daehwa.nlu.languages.spans import Parsed
from daehwa.nlu.languages.suffixes import counted, ends_well
from daehwa.nlu.languages.text import Text
from daehwa.nlu.languages.units import money_units

_CENT: Final = Decimal("0.01")
_HALF: Final = Decimal("0.5")
_YEN: Final = "¥"  # the yuan's sign too
_MOST: Final = Decimal(10) ** 18
_SIGNS: Final = "$€£¥₩￦₹"
# Signs and ISO 4217 codes, which every language writes; the first before a sum only.
_CODES: Final = "usd eur gbp jpy krw cny aud cad chf inr hkd nzd sgd"
_BEFORE: Final = money_units(
    {
        "$,us$": ("USD", "1"), "€": ("EUR", "1"), "£": ("GBP", "1"), "¥": ("JPY", "1"),
        "₩,￦": ("KRW", "1"), "₹,rs": ("INR", "1"), "a$": ("AUD", "1"), "c$": ("CAD", "1"),
        "r$": ("BRL", "1"), "hk$": ("HKD", "1"),
        **{code: (code.upper(), "1") for code in _CODES.split()},
    }
)  # fmt: skip
_AFTER: Final = money_units(
    {
        "$": ("USD", "1"), "¢": ("USD", "0.01"), "€": ("EUR", "1"), "£": ("GBP", "1"),
        "¥": ("JPY", "1"), "₩": ("KRW", "1"),
        **{code: (code.upper(), "1") for code in _CODES.split()},
    }
)  # fmt: skip
_WITH_CENTS: Final = frozenset({"USD", "GBP", "EUR", "AUD", "CAD", "BRL", "CHF", "MXN"})
# Whose dollar a bare one is, and its cents: the locale's own.
_DOLLARS: Final = frozenset({"USD", "AUD", "CAD", "HKD"})
_ANY_DOLLAR: Final = frozenset(
    ["$", "¢", "c", "dollar", "dollars", "buck", "bucks", "cent", "cents", "centime", "centimes"]
)
_COMMA_CENTS: Final = re.compile(r"(\d{1,3}(?:\.\d{3})+|\d+),(\d\d)(?!\d)")
_WRITTEN_HALVES: Final = Lexicon({"and 1/2": 0, "1/2": 0})
_PERCENT: Final = Lexicon({"%": Decimal(1)})


# Millions and billions after a sign: $2m, $1.5bn.
_SHORT_MULTIPLE: Final = re.compile(r"\s?(mm|mn|mil|m|bn|b)(?![a-z0-9])")
_SHORT: Final = {"m": 10**6, "b": 10**9}


class _Sum(NamedTuple):
    """An amount of a currency, and where its words end."""

    code: str
    amount: Decimal
    end: int


def find_currency(text: Text, setting: Setting) -> Iterator[Mention]:
    """Every sum of money in the text that names its currency."""
    signs = [place for place, char in enumerate(text.folded) if char in _SIGNS]
    return scan(text, setting, _money, sorted({*text.places, *signs}) if signs else None)


def read_currency(text: Text, setting: Setting) -> Mention | None:
    """The sum of a reply; a bare number is in the currency of the locale."""
    named = list(find_currency(text, setting))
    if named:
        total = longest(agreed(named))
        return None if total is None or _is_apiece(text, total, setting) else total
    number = numbers.read(text, setting)
    if number is None or number.interpreted is None:
        return None
    for money in _languages(setting):
        price = (
            money.price
            and setting.customs.currency in _WITH_CENTS
            and money.price(text, number.span)
        )
        if price:
            return _mention(text, number.start, _Sum(setting.customs.currency, price, number.end))
    onward = text.skip(number.end)
    rest = text.folded[number.end : bare(text, setting).end].strip(" ,.!?")
    units = [u for money in _languages(setting) if (u := money.behind_sums)]
    if units and rest and rest.isascii() and not any(each.fullmatch(rest) for each in units):
        return None  # five zlotys, three people: of what nothing is known
    if counted(text, number.end) is not None and not ends_well(text.folded, onward):
        return None  # three people are not money
    amount = Decimal(number.interpreted)
    return _mention(text, number.start, _Sum(setting.customs.currency, amount, number.end))


def _is_apiece(text: Text, total: Mention, setting: Setting) -> bool:
    """Whether a reply says of how many its sum is the price of each: 천원짜리 *세 장*."""
    each = [end for money in _languages(setting) for end in money.apiece]
    onward = text.past(total.end, *each)
    counts = numbers.amounts(text, onward, setting) if onward > total.end else ()
    return any(count.value != 1 for count in counts)


def _languages(setting: Setting) -> list[Money]:
    return [language.money for language in setting.languages if language.money is not None]


def _mention(text: Text, start: int, total: _Sum) -> Mention | None:
    if abs(total.amount) >= _MOST:
        return None
    value = f"{total.code} {total.amount.quantize(_CENT, ROUND_HALF_UP):f}"
    return Mention.of(text, start, total.end, value)


def _units(text: Text, at: int, setting: Setting) -> Iterator[Parsed[Unit]]:
    yield from _AFTER.at(text.folded, at)
    for money in _languages(setting):
        yield from money.units(text, at)


def _money(text: Text, start: int, setting: Setting) -> Mention | None:
    before = _BEFORE.first(text.folded, start)
    if before is None and setting.customs.currency == "ZAR" and text.folded[start] == "r":
        # South Africa's sign is a letter: R150, R 1,250.
        onward = text.skip(start + 1)
        rand = text.folded[onward : onward + 1].isdecimal()
        before = Parsed(Unit("ZAR", Decimal(1)), onward) if rand else None
    if before is not None:
        code, worth = before.value
        if text.folded[start] == _YEN and setting.customs.currency == "CNY":
            code = "CNY"
        code = _of_locale(code, text.folded[start : before.end], setting)
        amount = next(iter(_amounts(text, text.skip(before.end), setting)), None)
        if amount is None:
            return None
        short = _SHORT_MULTIPLE.match(text.folded, amount.end)
        if short is not None:
            millions = amount.value * _SHORT[short[1][0]]
            return _mention(text, start, _Sum(code, millions * worth, short.end()))
        total = _Sum(code, amount.value * worth, amount.end)
        whole = total.amount == int(total.amount) and worth == 1
        return _mention(text, start, _with_rest(text, total, setting) if whole else total)
    best: _Sum | None = None
    for amount in _amounts(text, start, setting):
        unit_at = text.skip(amount.end, " -")
        for (code, worth), end in _units(text, unit_at, setting):
            if best is None or end > best.end:
                own = _of_locale(code, text.folded[unit_at:end], setting)
                best = _Sum(own, amount.value * worth, end)
    return None if best is None else _mention(text, start, _with_rest(text, best, setting))


def _of_locale(code: str, written: str, setting: Setting) -> str:
    """The currency of a unit; a dollar of no country is that of the locale."""
    own = setting.customs.currency
    return own if code in _DOLLARS and own in _DOLLARS and written in _ANY_DOLLAR else code


def _amounts(text: Text, at: int, setting: Setting) -> list[Parsed[Decimal]]:
    """The numbers at ``at``; cents after a comma too where the locale has a point (45,50)."""
    if at > 1 and text.folded[at - 1] in ",." and text.folded[at - 2].isdecimal():
        return []  # the rest of a number
    cents = _COMMA_CENTS.match(text.folded, at)
    if cents is not None:
        return [Parsed(Decimal(f"{cents[1].replace('.', '')}.{cents[2]}"), cents.end())]
    return numbers.amounts(text, at, setting)


def _with_rest(text: Text, total: _Sum, setting: Setting) -> _Sum:
    """The sum with what may follow: ``fifteen cents``, ``and 1/2``, ``and a half``."""
    folded = text.folded
    onward = text.skip(total.end)
    languages = _languages(setting)
    halves = (_WRITTEN_HALVES, *(money.halves for money in languages))
    half = next((h for lexicon in halves if (h := lexicon.first(folded, onward))), None)
    if half is not None:
        return _Sum(total.code, total.amount + _HALF, half.end)
    for money in languages:
        change = money.change and money.change(text, total.end)
        if change:
            return _Sum(total.code, total.amount + change.value, change.end)
    if total.code not in _WITH_CENTS or onward == total.end:
        return total
    joints = [joint for money in languages for joint in money.joints]
    return _with_cents(text, total, text.past(onward, *joints), setting)


def _with_cents(text: Text, total: _Sum, at: int, setting: Setting) -> _Sum:
    for amount in numbers.amounts(text, at, setting):
        count = amount.value
        if amount.end >= bare(text, setting).end and 10 <= count < 100 and count == int(count):
            return _Sum(total.code, total.amount + count * _CENT, amount.end)  # five dollars fifty
        for (_, worth), end in _units(text, text.skip(amount.end), setting):
            if worth < 1:
                return _Sum(total.code, total.amount + count * worth, end)
    return total


def find_percentage(text: Text, setting: Setting) -> Iterator[Mention]:
    """Every percentage of the text."""
    return scan(text, setting, _percentage)


def read_percentage(text: Text, setting: Setting) -> Mention | None:
    """The percentage of a reply; half is 50%, and a bare number stays a number."""
    percentages = list(find_percentage(text, setting))
    part = _part_of_percent(text, setting)
    if part is not None and not any(p.size > part.size for p in percentages):
        return part
    if percentages:
        return longest(agreed(percentages))
    for start in text.places:
        for money in _languages(setting):
            for share in money.shares.at(text.folded, start):
                if ends_well(text.folded, share.end):
                    return _percent(text, start, share.end, Decimal(share.value))
    return numbers.read(text, setting)


def _part_of_percent(text: Text, setting: Setting) -> Mention | None:
    """``half a percent``, ``반 퍼센트``: a part of one hundredth."""
    languages = _languages(setting)
    joints = [joint for money in languages for joint in money.parts_of]
    for start in text.places:
        for share in (each for money in languages for each in money.shares.at(text.folded, start)):
            onward = text.past(text.skip(share.end), *joints)
            for hundredths, end in _percent_signs(text, onward, setting):
                if hundredths == 1:
                    return _percent(text, start, end, Decimal(share.value) / 100)
    return None


def _percent(text: Text, start: int, end: int, amount: Decimal) -> Mention:
    return Mention.of(text, start, end, f"{numbers.plain(amount)}%")


def _percent_signs(text: Text, at: int, setting: Setting) -> Iterable[Parsed[Decimal]]:
    yield from _PERCENT.at(text.folded, at)
    for money in _languages(setting):
        yield from money.percent(text, at)


def _percentage(text: Text, start: int, setting: Setting) -> Mention | None:
    folded = text.folded
    begin = start
    if start and folded[start - 1] in "-." and (start == 1 or folded[start - 2] == " "):
        begin = start - 1
    of = text.past(
        begin, *(prefix for money in _languages(setting) for prefix in money.hundredths_of)
    )
    if of > begin:
        share = next(iter(numbers.amounts(text, of, setting)), None)
        return None if share is None else _percent(text, begin, share.end, share.value)
    for amount, end in numbers.amounts(text, begin, setting):
        for hundredths, stop in _percent_signs(text, text.skip(end), setting):
            if hundredths == 1 or amount < 10:  # ten tenths are all there is
                total = _with_smaller(text, Parsed(amount * hundredths, stop), hundredths, setting)
                return _percent(text, begin, total.end, total.value)
    return None


def _with_smaller(
    text: Text, share: Parsed[Decimal], unit: Decimal, setting: Setting
) -> Parsed[Decimal]:
    """A share with what follows in smaller units: 3할 *2푼 5리*."""
    for amount, end in numbers.amounts(text, text.skip(share.end), setting):
        for smaller, stop in _percent_signs(text, text.skip(end), setting):
            if smaller < unit:
                total = Parsed(share.value + amount * smaller, stop)
                return _with_smaller(text, total, smaller, setting)
    return share
