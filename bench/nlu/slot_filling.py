"""Slots of small bots: first utterances, replies, and texts that hold no value.

    python bench/nlu/slot_filling.py            # our bots and texts, and the shared ones
    python bench/nlu/slot_filling.py --faults   # with what was read otherwise

Ours are `everyday/slot_bots.json` and `everyday/slot_texts.txt`, as people say things on
10 March 2027, a Wednesday; the fresh ones (`fresh_slot_*`), written before anyone saw how they
are read, on 27 November 2026, a Friday, like those of ``../shared/faults``, which are read where
they are.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from material import HERE, SHARED

from daehwa import bot, lex
from daehwa.nlu.slots import SlotModel

_SEOUL = dt.timezone(dt.timedelta(hours=9))
OURS = dt.datetime(2027, 3, 10, 10, tzinfo=_SEOUL)
SHARED_NOW = dt.datetime(2026, 11, 27, 10, tzinfo=_SEOUL)
FAULTS = SHARED.parent / "faults"


class Item(NamedTuple):
    """A text, its bot and intent, the slot that is elicited if any, and the values it holds."""

    bot: str
    intent: str
    slot: str | None
    text: str
    values: dict[str, tuple[str, ...]]


def locale_of(definition: dict[str, Any]) -> bot.BotLocale:
    """A bot of the files as a bot definition; its custom types give their canonical values."""
    types = definition.get("types") or definition["slot_types"]
    return bot.BotLocale(
        identifier=definition["locale"],
        intents={
            name: bot.Intent(
                name=name,
                sample_utterances=tuple(bot.SampleUtterance(utterance=s) for s in each["samples"]),
                slots={
                    slot: bot.Slot(name=slot, slot_type_name=kind)
                    for slot, kind in each["slots"].items()
                },
                slot_priorities=tuple(
                    bot.SlotPriority(slot_name=slot, priority=place)
                    for place, slot in enumerate(each["slots"])
                ),
            )
            for name, each in definition["intents"].items()
        },
        slot_types={name: _slot_type(name, values) for name, values in types.items()},
    )


def _slot_type(name: str, values: dict[str, list[str]]) -> bot.SlotType:
    return bot.SlotType(
        name=name,
        slot_type_values=tuple(
            bot.SlotTypeValue(
                sample_value=bot.SampleValue(value=value),
                synonyms=tuple(bot.SampleValue(value=synonym) for synonym in synonyms),
            )
            for value, synonyms in values.items()
        ),
        value_selection_setting=bot.ValueSelectionSetting(resolution_strategy="TOP_RESOLUTION"),
    )


def our_items(name: str = "slot_texts") -> Iterator[Item]:
    """The items of `everyday/slot_texts.txt`, or of another list there."""
    for line in (HERE / "everyday" / f"{name}.txt").read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        if " ? " in line.partition(" | ")[0]:
            place, _, rest = line.partition(" ? ")
            name, intent, slot = place.split()
            text, _, value = rest.partition(" |")
            yield Item(name, intent, slot, text, {slot: _ways(value)} if value.strip() else {})
        else:
            place, text, values = (part.strip() for part in f"{line} ".split(" |"))
            pairs = (pair.split("=", 1) for pair in values.split(";") if pair.strip())
            expected = {slot.strip(): _ways(value) for slot, value in pairs}
            yield Item(*place.split(), slot=None, text=text, values=expected)


def _ways(value: str) -> tuple[str, ...]:
    return tuple(way.strip() for way in value.split(" / "))


def shared_items() -> Iterator[Item]:
    """Those of the shared list that name an intent of a bot."""
    path = FAULTS / "understanding.jsonl"
    for line in path.read_text("utf-8").splitlines() if path.is_file() else ():
        row = json.loads(line)
        if "bot" not in row or row["expected"] == "oos":
            continue
        if "asked" in row:
            slot = row["asked"]["slot"]
            ways = tuple(row["expected"].split("|"))
            yield Item(row["bot"], row["asked"]["intent"], slot, row["text"], {slot: ways})
        else:
            slots = {name: tuple(v.split("|")) for name, v in row.get("slots", {}).items()}
            yield Item(row["bot"], row["expected"], None, row["text"], slots)


def read(model: SlotModel, item: Item, now: dt.datetime) -> dict[str, str]:
    """What is read, by slot: the interpreted value, or ``~`` and what it may be."""
    if item.slot is not None:
        reading = model.read(item.intent, item.slot, item.text, now=now)
        slots = {item.slot: reading.slot} if reading is not None else {}
    else:
        slots = dict(model.fill(item.intent, item.text, now=now))
    return {name: _written(slot) for name, slot in slots.items() if slot is not None}


def _written(slot: lex.Slot) -> str:
    value = slot.value
    if value is None:
        return ""
    if value.interpreted_value is not None:
        return value.interpreted_value
    return "~" + ",".join(value.resolved_values)


def measure(
    bots: dict[str, Any], items: Iterator[Item], now: dt.datetime, *, faults: bool
) -> Counter[tuple[str, str, bool]]:
    """How many values were read rightly, by language and by where: first, reply, none."""
    models = {name: SlotModel.learn(locale_of(each)) for name, each in bots.items()}
    counts: Counter[tuple[str, str, bool]] = Counter()
    for item in items:
        language = bots[item.bot]["locale"][:2]
        values = read(models[item.bot], item, now)
        kind = "reply" if item.slot else "first"
        wrong = {slot: ways for slot, ways in item.values.items() if values.get(slot) not in ways}
        for slot in item.values:
            counts[language, kind, slot not in wrong] += 1
        if not item.values:
            counts[language, "none", not values] += 1
        if faults and (wrong or (not item.values and values)):
            print(f"  {item.bot} {item.slot or ''} {item.text!r}: {item.values} -> {values}")
    return counts


def _report(title: str, counts: Counter[tuple[str, str, bool]]) -> None:
    print(title)
    names = {"first": "first utterances", "reply": "replies", "none": "texts without a value"}
    for language in ("ko", "en"):
        for kind, name in names.items():
            right, wrong = counts[language, kind, True], counts[language, kind, False]
            if right + wrong:
                share = 100 * right / (right + wrong)
                print(f"  {language} {name}: {right} of {right + wrong} ({share:.0f} %)")


def main() -> None:
    """Print the shares."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--faults", action="store_true", help="show what was read otherwise")
    chosen = parser.parse_args()
    for title, prefix, now in (("our bots", "", OURS), ("fresh", "fresh_", SHARED_NOW)):
        ours = json.loads((HERE / "everyday" / f"{prefix}slot_bots.json").read_text("utf-8"))
        items = our_items(f"{prefix}slot_texts")
        _report(title, measure(ours, items, now, faults=chosen.faults))
    shared = FAULTS / "understanding-bots.json"
    if shared.is_file():
        bots = json.loads(shared.read_text("utf-8"))["bots"]
        _report("shared", measure(bots, shared_items(), SHARED_NOW, faults=chosen.faults))


if __name__ == "__main__":
    main()
