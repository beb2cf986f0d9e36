"""Built-in slot types beside other readers of values: Duckling, Recognizers, dateparser.

    python bench/nlu/builtins.py                         # ours and the shared list, every peer
    python bench/nlu/builtins.py --peers Daehwa --faults # what was read otherwise

The texts are replies to a prompt: ours are ``everyday/values_*.txt``, as people say them on
10 March 2027, a Wednesday; ``fresh_values_*.txt`` were written before anyone saw how they are
read, on 27 November 2026, a Friday, like the shared ones, which are read where they are. A peer
is asked only for the types and languages that it has, and is right with any of its candidates; a
wrong value is one where it gives a value that is not among the right ones. The peers' packages
are put into ``.peers/values`` beside this file, once, by ``uv``.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import re
import sys
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from material import HERE, SHARED
from peers import FETCHED, Unavailable, run

from daehwa.nlu.builtins import Setting, Text, built_in

_SEOUL = dt.timezone(dt.timedelta(hours=9))
OURS = dt.datetime(2027, 3, 10, 10, tzinfo=_SEOUL)
GIVEN = dt.datetime(2026, 11, 27, 10, tzinfo=_SEOUL)
LOCALES = {"ko": "ko_KR", "en": "en_US"}
PACKAGES = (
    "pyduckling-native-phihos==0.3.0",
    "dateparser==1.5.0",
    "recognizers-text-suite==1.0.2a2",
    "emoji==1.7.0",
    "korean-datetime==1.0.0",
    "setuptools<81",
)
_TIMES = ("Date", "Time", "Duration")
_AMOUNTS = ("Number", "Currency", "Percentage")
_CONTACTS = ("PhoneNumber", "EmailAddress")
_DAY = 86_400
_SECONDS = {"Y": 365 * _DAY, "M": 30 * _DAY, "W": 7 * _DAY, "D": _DAY}
_CLOCK_SECONDS = {"H": 3600, "M": 60, "S": 1}


class Peer(NamedTuple):
    """A reader of values, and the types that it has in each language."""

    key: str
    types: dict[str, tuple[str, ...]]


PEERS = {
    "Duckling": Peer(
        "duckling",
        dict.fromkeys(LOCALES, (*_TIMES, "Number", "Currency", *_CONTACTS)),
    ),
    "Recognizers-Text": Peer("recognizers", {"en": (*_TIMES, *_AMOUNTS, *_CONTACTS)}),
    "dateparser": Peer("dateparser", dict.fromkeys(LOCALES, ("Date", "Time"))),
    "korean-datetime": Peer("korean-datetime", {"ko": ("Date", "Time")}),
}


class Item(NamedTuple):
    """A reply, its type, and the ways its value may be written; ``-`` is none."""

    language: str
    type: str
    text: str
    ways: tuple[str, ...]


def our_items(stem: str = "values") -> Iterator[Item]:
    """The texts of ``everyday/values_*.txt``, or of another list there."""
    for language in LOCALES:
        kind = ""
        path = HERE / "everyday" / f"{stem}_{language}.txt"
        for line in path.read_text("utf-8").splitlines():
            if heading := re.fullmatch(r"\[(\w+)\]", line):
                kind = heading[1]
                continue
            text, _, ways = line.partition(" = ")
            yield Item(language, kind, text, tuple(way.strip() for way in ways.split(" | ")))


def shared_items() -> Iterator[Item]:
    """Those of the shared list that name a built-in type."""
    path = SHARED.parent / "faults" / "understanding.jsonl"
    for line in path.read_text("utf-8").splitlines() if path.is_file() else ():
        row = json.loads(line)
        if "type" in row:
            kind = row["type"].removeprefix("AMAZON.")
            yield Item(row["lang"], kind, row["text"], tuple(row["expected"].split("|")))


def daehwa(item: Item, now: dt.datetime) -> list[str]:
    """What this project reads, as one value; a time that may be two as ``~a,b``."""
    setting = Setting(locale=LOCALES[item.language], now=now)
    value = built_in(f"AMAZON.{item.type}").read(Text(item.text), setting)
    if value is None:
        return []
    return ["~" + ",".join(value.resolved) if value.interpreted is None else value.interpreted]


def peer_values(peer: Peer, items: Sequence[Item], now: dt.datetime) -> list[list[str]]:
    """What a peer reads in each text.

    Raises:
        Unavailable: its packages cannot be had or run here.
    """
    folder = FETCHED / "values"
    python, ready = folder / "bin" / "python", folder / "ready"
    if not ready.exists():
        uv = (sys.executable, "-m", "uv")
        run([*uv, "venv", "-q", "--clear", folder])
        run([*uv, "pip", "install", "-q", "--python", python, *PACKAGES])
        ready.touch()
    wanted = {"peer": peer.key, "now": now.isoformat(), "items": [item[:3] for item in items]}
    written = run([python, HERE / "peers" / "values.py"], input=json.dumps(wanted))
    values: list[list[str]] = json.loads(written.splitlines()[-1])
    return values


def is_right(item: Item, values: Sequence[str]) -> bool:
    """Whether a peer's values have a right one among them, in whatever way it is written."""
    if not values:
        return "-" in item.ways
    ways = {part for way in item.ways for part in way.removeprefix("~").split(",")}
    return any(_same(item.type, value, way) for value in values for way in ways)


def _same(kind: str, value: str, way: str) -> bool:
    if value == way:
        return True
    if kind == "Duration":
        one, other = _seconds(value), _seconds(way)
        return one is not None and other is not None and abs(one - other) <= 0.02 * other
    if kind == "Number":
        one, other = _number(value), _number(way)
        return one is not None and other is not None and abs(one - other) < Decimal("0.005")
    if kind == "PhoneNumber":
        return re.sub(r"[^\d+]", "", value).lstrip("+") == way.lstrip("+")
    return False


def _number(written: str) -> Decimal | None:
    try:
        upper, _, lower = written.partition("/")
        return Decimal(upper) / Decimal(lower or 1)
    except InvalidOperation:
        return None


def _seconds(iso: str) -> float | None:
    parts = re.fullmatch(r"P((?:[\d.]+[YMWD])*)(?:T((?:[\d.]+[HMS])*))?", iso)
    if parts is None:
        return None
    total = 0.0
    for written, sizes in ((parts[1], _SECONDS), (parts[2] or "", _CLOCK_SECONDS)):
        for amount, unit in re.findall(r"([\d.]+)([A-Z])", written):
            total += float(amount) * sizes[unit]
    return total


class Score(NamedTuple):
    """How many texts were read rightly, how many wrongly without a doubt, of how many."""

    right: int
    wrong: int
    count: int

    def __str__(self) -> str:
        if not self.count:
            return "-"
        wrong = 100 * self.wrong / self.count
        return f"{self.right} of {self.count} ({100 * self.right / self.count:.1f} %; {wrong:.1f})"


def measure(
    name: str, items: Sequence[Item], now: dt.datetime, *, faults: bool
) -> dict[str, Score]:
    """The score of a reader in each language, over the types that it has.

    Raises:
        Unavailable: the peer cannot be run here.
    """
    peer = PEERS.get(name)
    mine = [i for i in items if peer is None or i.type in peer.types.get(i.language, ())]
    if peer is None:
        answers = [daehwa(item, now) for item in mine]
        right = [(values or ["-"])[0] in i.ways for i, values in zip(mine, answers, strict=True)]
    else:
        answers = peer_values(peer, mine, now)
        right = [is_right(i, values) for i, values in zip(mine, answers, strict=True)]
    scores = {}
    for language in LOCALES:
        rows = [
            (ok, values)
            for item, ok, values in zip(mine, right, answers, strict=True)
            if item.language == language
        ]
        wrong = sum(bool(v) and not ok and not v[0].startswith("~") for ok, v in rows)
        scores[language] = Score(sum(ok for ok, _ in rows), wrong, len(rows))
    if faults:
        for item, ok, values in zip(mine, right, answers, strict=True):
            if not ok:
                print(f"  {name} {item.type} {item.text!r}: {item.ways} -> {values}")
    return scores


def main() -> None:
    """Print a table for each list."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    names = ("Daehwa", *PEERS)
    parser.add_argument("--peers", nargs="+", choices=names, default=names)
    parser.add_argument("--faults", action="store_true", help="show what was read otherwise")
    chosen = parser.parse_args()
    for title, listed, now in (
        ("ours", our_items(), OURS),
        ("fresh", our_items("fresh_values"), GIVEN),
        ("shared", shared_items(), GIVEN),
    ):
        items = list(listed)
        if not items:
            continue
        print(f"{title}: {len(items)} texts; right of how many (share; wrong without doubt, %)")
        for name in chosen.peers:
            try:
                scores = measure(name, items, now, faults=chosen.faults)
            except Unavailable as fault:
                print(f"  {name}: not run: {fault}")
                continue
            line = ", ".join(f"{language} {score}" for language, score in scores.items())
            print(f"  {name}: {line}")
            own = PEERS.get(name)
            if own is not None and "Daehwa" in chosen.peers:
                same = [i for i in items if i.type in own.types.get(i.language, ())]
                ours = measure("Daehwa", same, now, faults=False)
                line = ", ".join(f"{language} {score}" for language, score in ours.items())
                print(f"    Daehwa on the same texts: {line}")


if __name__ == "__main__":
    main()
