"""AMAZON.Currency (``KRW 15000.00``) and AMAZON.Percentage (``50%``)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from daehwa.nlu.builtins import numbers, numbers_en, numbers_ko
from daehwa.nlu.builtins.endings import ends_well
from daehwa.nlu.builtins.found import Found, Setting
from daehwa.nlu.builtins.lexicon import Lexicon
from daehwa.nlu.builtins.text import Text

_CENT = Decimal("0.01")
_Unit = tuple[str, Decimal]


def _units(table: dict[str, tuple[str, str]]) -> Lexicon[_Unit]:
    return Lexicon(
        {
            word: (code, Decimal(worth))
            for words, (code, worth) in table.items()
            for word in words.split(",")
        }
    )


_BEFORE = _units(
    {
        "$,us$": ("USD", "1"), "€": ("EUR", "1"), "£": ("GBP", "1"), "¥": ("JPY", "1"),
        "₩,￦": ("KRW", "1"), "₹": ("INR", "1"), "a$": ("AUD", "1"), "c$": ("CAD", "1"),
        "usd": ("USD", "1"), "eur": ("EUR", "1"), "gbp": ("GBP", "1"), "jpy": ("JPY", "1"),
        "krw": ("KRW", "1"), "cny": ("CNY", "1"), "aud": ("AUD", "1"), "cad": ("CAD", "1"),
        "chf": ("CHF", "1"), "inr": ("INR", "1"), "hkd": ("HKD", "1"), "nzd": ("NZD", "1"),
        "sgd": ("SGD", "1"), "rs": ("INR", "1"),
    }
)  # fmt: skip
_AFTER = _units(
    {
        "$,dollar,dollars,us dollars,us dollar,usd,bucks,buck": ("USD", "1"),
        "cent,cents,c,¢,penny,pennies": ("USD", "0.01"),
        "dime,dimes": ("USD", "0.10"), "nickel,nickels": ("USD", "0.05"),
        "quarter,quarters": ("USD", "0.25"), "grand": ("USD", "1000"),
        "€,euro,euros,eur": ("EUR", "1"), "£,pound,pounds,gbp,quid": ("GBP", "1"),
        "pence,p": ("GBP", "0.01"), "¥,yen,jpy": ("JPY", "1"), "₩,won,krw": ("KRW", "1"),
        "yuan,cny,rmb,renminbi": ("CNY", "1"), "rupee,rupees,inr": ("INR", "1"),
        "australian dollars,aud": ("AUD", "1"), "canadian dollars,cad": ("CAD", "1"),
        "swiss francs,francs,chf": ("CHF", "1"), "hkd": ("HKD", "1"), "sgd": ("SGD", "1"),
        "nzd": ("NZD", "1"), "peso,pesos": ("MXN", "1"),
    }
)  # fmt: skip
_AFTER_KO = _units(
    {
        "원": ("KRW", "1"), "달러,불,미국 달러": ("USD", "1"), "센트": ("USD", "0.01"),
        "유로": ("EUR", "1"), "파운드": ("GBP", "1"), "엔,엔화": ("JPY", "1"),
        "위안,위안화": ("CNY", "1"), "루피": ("INR", "1"), "호주 달러": ("AUD", "1"),
        "캐나다 달러": ("CAD", "1"), "홍콩 달러": ("HKD", "1"), "프랑": ("CHF", "1"),
    }
)  # fmt: skip
_MINOR = {"USD", "GBP", "EUR", "AUD", "CAD"}
_HOME = {
    "ko_KR": "KRW", "en_US": "USD", "en_GB": "GBP", "en_AU": "AUD", "en_IN": "INR", "ja_JP": "JPY",
    "de_DE": "EUR", "de_AT": "EUR", "fr_FR": "EUR", "es_ES": "EUR", "it_IT": "EUR", "pt_PT": "EUR",
    "fr_CA": "CAD", "zh_CN": "CNY", "es_419": "USD", "es_US": "USD", "pt_BR": "BRL", "nl_NL": "EUR",
    "fi_FI": "EUR", "sv_SE": "SEK", "pl_PL": "PLN", "no_NO": "NOK", "da_DK": "DKK", "en_ZA": "ZAR",
    "zh_HK": "HKD",
}  # fmt: skip
_HALVES = Lexicon({"and 1/2": 0, "and a half": 0, "and half": 0, "1/2": 0})

_PERCENT = Lexicon({"%": 0, "percent": 0, "per cent": 0, "percents": 0, "pct": 0})
_PERCENT_KO = Lexicon({"퍼센트": 0, "프로": 0, "퍼": 0, "%": 0})
_SHARES = Lexicon({"half": 50, "a half": 50, "a quarter": 25, "three quarters": 75, "one half": 50})
_SHARES_KO = Lexicon({"절반": 50, "반": 50, "반반": 50})
_TENTHS = Lexicon({"할": 10})


def find_currency(text: Text, setting: Setting) -> Iterator[Found]:
    """Every sum of money in the text that names its currency."""
    beyond = -1
    places = sorted({*text.starts, *(i for i, c in enumerate(text.folded) if c in "$€£¥₩￦₹")})
    for start in places:
        if start < beyond:
            continue
        found = _sum(text, start, setting)
        if found is not None:
            beyond = found.end
            yield found


def read_currency(text: Text, setting: Setting) -> Found | None:
    """The sum of a reply; a bare number is in the currency of the locale."""
    named = max(find_currency(text, setting), key=lambda f: f.end - f.start, default=None)
    if named is not None:
        return named
    number = numbers.read(text, setting)
    if number is None or number.interpreted is None:
        return None
    home = _HOME.get(setting.locale, "USD")
    return _money(text, number.start, number.end, home, Decimal(number.interpreted))


def _money(text: Text, start: int, end: int, code: str, amount: Decimal) -> Found | None:
    if abs(amount) >= Decimal(10) ** 18:
        return None
    said = f"{code} {amount.quantize(_CENT, ROUND_HALF_UP):f}"
    return Found(
        start=start, end=end, original=text.raw[start:end], interpreted=said, resolved=(said,)
    )


def _amounts(text: Text, at: int, setting: Setting) -> Iterator[tuple[Decimal, int]]:
    if setting.korean:
        yield from numbers_ko.numerals(text, at)
    number = numbers_en.cardinal(text, at)
    if number is not None:
        yield number
    elif text.folded.startswith("a ", at):
        yield Decimal(1), at + 1


def _sum(text: Text, start: int, setting: Setting) -> Found | None:
    folded = text.folded
    before = _BEFORE.first(folded, start)
    if before is not None:
        (code, worth), end = before
        for amount, stop in _amounts(text, text.skip(end), setting):
            return _money(text, start, stop, code, amount * worth)
        return None
    best: tuple[str, Decimal, int] | None = None
    for amount, end in _amounts(text, start, setting):
        place = text.skip(end, " -")
        units = [*_AFTER.at(folded, place)]
        if setting.korean:
            units += [
                *(
                    u
                    for u in _AFTER_KO.at(folded, place)
                    if ends_well(folded, u[1], onward="일이삼사오육칠팔구십")
                )
            ]
        for (code, worth), stop in units:
            if best is None or stop > best[2]:
                best = code, amount * worth, stop
    if best is None:
        return None
    code, total, end = _rest(text, best, setting)
    return _money(text, start, end, code, total)


def _rest(
    text: Text, found: tuple[str, Decimal, int], setting: Setting
) -> tuple[str, Decimal, int]:
    """What may follow: ``fifteen cents``, ``and 1/2``, ``and a half``."""
    folded = text.folded
    code, total, end = found
    onward = text.skip(end)
    half = _HALVES.first(folded, onward)
    if half is not None:
        return code, total + Decimal("0.5"), half[1]
    if folded.startswith("and ", onward):
        onward += 4
    if code in _MINOR and onward > end:
        for amount, stop in _amounts(text, onward, setting):
            if stop == len(text.folded) and 10 <= amount < 100 and amount == int(amount):
                return code, total + amount * _CENT, stop  # five dollars fifty
            place = text.skip(stop)
            for minor, last in (
                *_AFTER.at(folded, place),
                *(_AFTER_KO.at(folded, place) if setting.korean else ()),
            ):
                if minor[1] < 1:
                    return code, total + amount * minor[1], last
    return found


def find_percentage(text: Text, setting: Setting) -> Iterator[Found]:
    """Every percentage of the text."""
    beyond = -1
    for start in text.starts:
        if start < beyond:
            continue
        found = _percentage(text, start, setting)
        if found is not None:
            beyond = found.end
            yield found


def read_percentage(text: Text, setting: Setting) -> Found | None:
    """The percentage of a reply; half is 50%, and a bare number stays a number."""
    found = next(find_percentage(text, setting), None)
    if found is not None:
        return found
    for start in text.starts:
        shares = [*_SHARES.at(text.folded, start)]
        if setting.korean:
            shares += [s for s in _SHARES_KO.at(text.folded, start) if ends_well(text.folded, s[1])]
        for share, end in shares:
            return _percent(text, start, end, Decimal(share))
    return numbers.read(text, setting)


def _percent(text: Text, start: int, end: int, amount: Decimal) -> Found:
    said = f"{numbers.plain(amount)}%"
    return Found(
        start=start, end=end, original=text.raw[start:end], interpreted=said, resolved=(said,)
    )


def _percentage(text: Text, start: int, setting: Setting) -> Found | None:
    folded = text.folded
    begin = start
    if start and folded[start - 1] in "-." and (start == 1 or folded[start - 2] == " "):
        begin = start - 1
    for amount, end in _amounts(text, begin, setting):
        place = text.skip(end)
        mark = _PERCENT.first(folded, place)
        if mark is not None:
            return _percent(text, begin, mark[1], amount)
        if setting.korean:
            for _, stop in _PERCENT_KO.at(folded, place):
                if ends_well(folded, stop):
                    return _percent(text, begin, stop, amount)
            for tenth, stop in _TENTHS.at(folded, place):
                if ends_well(folded, stop) and amount < 10:
                    return _percent(text, begin, stop, amount * tenth)
    return None
