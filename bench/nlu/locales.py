"""How much of what people say in each locale is read, and how much is read wrongly.

    python bench/nlu/locales.py [LOCALE ...]

The values are those of ``bench/nlu/locales``: for each locale yes and no, dates, times, numbers
and some more, with texts that hold none. *Wrong* is a value that was not meant; the worst.

The second table is of a restaurant's bot with five samples an intent, written in seven languages
(``bench/nlu/locales/bots``): fresh texts whose best intent is the right one (*top*), and has 0.40
or more (*right*), and texts that are none of its business and fall through (*caught*).
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from pathlib import Path

from daehwa import bot, nlu
from daehwa.nlu.builtins import Setting, Text, built_in

LISTS = Path(__file__).with_name("locales")
THRESHOLD = 0.4
NOW = dt.datetime(2026, 3, 4, 10, tzinfo=dt.UTC)


def main(chosen: list[str]) -> None:
    """Print both tables, with a row for each locale."""
    values(chosen)
    print()
    bots(chosen)


def values(chosen: list[str]) -> None:
    """What is read of the lists of values."""
    print(f"{'locale':8} {'values':>6} {'right':>6} {'wrong':>6}")
    for path in sorted(LISTS.glob("*.tsv")):
        if chosen and path.stem not in chosen:
            continue
        right = wrong = total = 0
        setting = Setting(locale=path.stem, now=NOW)
        for line in path.read_text("utf-8").splitlines():
            name, text, value = line.split("\t")
            mention = built_in(f"AMAZON.{name}").read(Text(text), setting)
            got = "-" if mention is None else mention.interpreted or "|".join(mention.resolved)
            total += 1
            right += got == value
            wrong += got not in (value, "-")
        print(f"{path.stem:8} {total:6} {right / total:6.0%} {wrong:6}")


def bots(chosen: list[str]) -> None:
    """What a small bot understands in each language."""
    print(f"{'locale':8} {'fresh':>6} {'top':>6} {'right':>6} {'strange':>8} {'caught':>6}")
    sums = [0, 0, 0, 0, 0]
    for path in sorted((LISTS / "bots").glob("*.json")):
        if chosen and path.stem not in chosen:
            continue
        counts = understood(path)
        sums = [before + count for before, count in zip(sums, counts, strict=True)]
        print(row(path.stem, counts))
    print(row("all", sums))


def understood(path: Path) -> list[int]:
    """Fresh texts, those right on top and above the threshold; strangers, those caught."""
    material = json.loads(path.read_text("utf-8"))
    intents = {
        name: bot.Intent(
            name=name, sample_utterances=tuple(bot.SampleUtterance(utterance=t) for t in texts)
        )
        for name, texts in material["intents"].items()
    }
    model = nlu.learn(bot.BotLocale(identifier=path.stem, intents=intents))

    def best(text: str) -> tuple[str, float]:
        candidates = model.interpret(text, now=NOW).candidates
        return (candidates[0].intent, candidates[0].score) if candidates else ("", 0.0)

    fresh = [(name, *best(t)) for name, texts in material["fresh"].items() for t in texts]
    strange = [best(text)[1] for text in material["strange"]]
    top = [score for name, intent, score in fresh if name == intent]
    return [
        len(fresh),
        len(top),
        sum(score >= THRESHOLD for score in top),
        len(strange),
        sum(score < THRESHOLD for score in strange),
    ]


def row(name: str, counts: list[int]) -> str:
    """A row of the second table."""
    fresh, top, right, strange, caught = counts
    shares = f"{top / fresh:6.0%} {right / fresh:6.0%}"
    return f"{name:8} {fresh:6} {shares} {strange:8} {caught / strange:6.0%}"


if __name__ == "__main__":
    main(sys.argv[1:])
