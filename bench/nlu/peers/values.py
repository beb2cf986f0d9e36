"""Readers of dates, times, numbers and the like, in a Python of their own.

Reads ``{"peer", "now", "items": [[language, type, text], ...]}`` from standard input and writes
for each item what the peer reads, as a list of values in Lex's notation, on one line of JSON.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Callable, Iterator
from typing import Any

Read = Callable[[str, str, str], list[str]]

SIGNS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₩": "KRW", "cent": "USD", "원": "KRW"}
CURRENCIES = {
    "Dollar": "USD", "United States dollar": "USD", "Euro": "EUR", "British pound": "GBP",
    "Pound": "GBP", "Japanese yen": "JPY", "Korean won": "KRW", "Chinese yuan": "CNY",
    "Cent": "USD", "Pence": "GBP",
}  # fmt: skip
UNITS = {
    "year": "Y",
    "month": "M",
    "week": "W",
    "day": "D",
    "hour": "H",
    "minute": "M",
    "second": "S",
}
TIMED = ("hour", "minute", "second")


def moment(kind: str, value: str, grain: str) -> str | None:
    """A date or a time of day out of a moment, if its grain is fine enough."""
    if kind == "Date":
        return value[:10] if grain not in ("hour", "minute", "second") else None
    return value[11:16] if grain in ("hour", "minute", "second") else None


def money(code: str, amount: float) -> str:
    return f"{code} {amount:.2f}"


def duckling(now: dt.datetime) -> Read:
    """Facebook's Duckling, by its native wheel."""
    import duckling as library  # noqa: PLC0415

    zones = library.load_time_zones("/usr/share/zoneinfo")
    reference = library.parse_ref_time(zones, "Asia/Seoul", int(now.timestamp()))
    wanted = {
        "Date": "time", "Time": "time", "Duration": "duration", "Number": "number",
        "Currency": "amount-of-money", "PhoneNumber": "phone-number", "EmailAddress": "email",
    }  # fmt: skip

    def read(language: str, kind: str, text: str) -> list[str]:
        locale = library.parse_locale(
            {"ko": "KO_KR", "en": "EN_US"}[language],
            library.default_locale_lang(library.parse_lang(language.upper())),
        )
        dimension = wanted[kind]
        found = library.parse(
            text, library.Context(reference, locale), library.parse_dimensions([dimension])
        )
        found = [each for each in found if each["dim"] == dimension and not each["latent"]]
        longest = max(found, key=lambda each: each["end"] - each["start"], default=None)
        return [] if longest is None else list(_of_duckling(kind, longest["value"]))

    return read


def _of_duckling(kind: str, value: dict[str, Any]) -> Iterator[str]:
    if kind in ("Date", "Time"):
        for each in value.get("values") or [value]:
            moments = each.get("from", each)
            if "value" in moments:
                read = moment(kind, moments["value"], moments["grain"])
                if read is not None:
                    yield read
    elif kind == "Duration":
        unit = value["unit"]
        yield f"P{'T' if unit in TIMED else ''}{value['value']}{UNITS.get(unit, '')}"
        yield f"PT{value['normalized']['value']}S"
    elif kind == "Number":
        yield str(value["value"])
    elif kind == "Currency":
        if "value" in value:
            unit = value.get("unit", "")
            yield money(SIGNS.get(unit, unit), value["value"] / (100 if unit == "cent" else 1))
    else:
        yield str(value["value"])


def recognizers(now: dt.datetime) -> Read:
    """Microsoft's Recognizers-Text for Python."""
    import recognizers_suite as suite  # noqa: PLC0415

    naive = now.replace(tzinfo=None)

    def read(language: str, kind: str, text: str) -> list[str]:
        culture = {"ko": suite.Culture.Korean, "en": suite.Culture.English}[language]
        if kind in ("Date", "Time", "Duration"):
            models = suite.recognize_datetime(text, culture, reference=naive)
        else:
            models = {
                "Number": suite.recognize_number,
                "Currency": suite.recognize_currency,
                "Percentage": suite.recognize_percentage,
                "PhoneNumber": suite.recognize_phone_number,
                "EmailAddress": suite.recognize_email,
            }[kind](text, culture)
        longest = max(models, key=lambda each: len(each.text), default=None)
        if longest is None or not longest.resolution:
            return []
        return list(_of_recognizers(kind, longest.resolution))

    return read


def _of_recognizers(kind: str, resolution: dict[str, Any]) -> Iterator[str]:
    if kind == "Currency":
        code = CURRENCIES.get(resolution["unit"], resolution["unit"])
        yield money(code, float(resolution["value"]))
        return
    for value in resolution.get("values") or [resolution]:
        written = value.get("value") or value.get("start")
        if written is None:
            continue
        if kind == "Date":
            yield written[:10]
        elif kind == "Time":
            yield written[-8:-3]
        elif kind == "Duration":
            yield f"PT{written}S"
        else:
            yield str(written)


def dateparser(now: dt.datetime) -> Read:
    """The library dateparser, dates of the future first."""
    import dateparser as library  # noqa: PLC0415

    settings = {"RELATIVE_BASE": now.replace(tzinfo=None), "PREFER_DATES_FROM": "future"}

    def read(language: str, kind: str, text: str) -> list[str]:
        date = library.parse(text, languages=[language], settings=settings)
        if date is None:
            return []
        return [date.date().isoformat() if kind == "Date" else f"{date:%H:%M}"]

    return read


def korean_datetime(now: dt.datetime) -> Read:
    """The library korean-datetime."""
    import korean_datetime as library  # noqa: PLC0415

    def read(_language: str, kind: str, text: str) -> list[str]:
        found = library.parse_all(text, now=now.replace(tzinfo=None))
        longest = max(found, key=lambda each: len(each.text), default=None)
        if longest is None:
            return []
        start = longest.start
        if kind == "Date":
            return [start.date().isoformat()]
        times = [f"{start:%H:%M}"]
        if longest.ambiguities:  # an hour on a twelve-hour clock
            times.append(f"{start + dt.timedelta(hours=12):%H:%M}")
        return times

    return read


PEERS = {
    "duckling": duckling,
    "recognizers": recognizers,
    "dateparser": dateparser,
    "korean-datetime": korean_datetime,
}


def main() -> None:
    wanted = json.load(sys.stdin)
    read = PEERS[wanted["peer"]](dt.datetime.fromisoformat(wanted["now"]))
    values = []
    for language, kind, text in wanted["items"]:
        try:
            values.append(read(language, kind, text))
        except Exception:  # noqa: BLE001  a peer that fails on a text reads nothing in it
            values.append([])
    print(json.dumps(values))


if __name__ == "__main__":
    main()
