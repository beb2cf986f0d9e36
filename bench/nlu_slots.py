"""Slots on SNIPS: mean F1 over slots, exact spans, the intent given.

    python bench/nlu_slots.py [--samples 10 20 70] [--values 0 100] [--seeds 3]

Each intent's training utterances become sample utterances with ``{slot}`` placeholders; each
slot has a custom type whose values are those of the samples, and with ``--values 100`` up to
a hundred more from the rest of the training part, as a bot's author would list them. The
table of issue 5 names the figures of the services on the same data. ``--validate`` holds out
150 training utterances an intent and leaves the test part alone: tune with that.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import time
from collections import Counter, defaultdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from daehwa import bot
from daehwa.nlu.slots import SlotModel

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "snips"
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
HELD_OUT = 150

Row = dict[str, Any]
Rows = dict[str, list[Row]]


def rows(name: str) -> list[Row]:
    with (DATA / name).open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def by_intent(found: list[Row]) -> Rows:
    grouped: Rows = defaultdict(list)
    for row in found:
        grouped[row["intent"]].append(row)
    return grouped


def template(row: Row) -> str:
    text, said, at = row["text"], "", 0
    for start, end, slot in sorted(row["slots"]):
        said += text[at:start] + "{" + slot + "}"
        at = end
    return said + text[at:]


def values_of(found: list[Row]) -> dict[str, list[str]]:
    values: dict[str, dict[str, None]] = defaultdict(dict)
    for row in found:
        for start, end, slot in row["slots"]:
            values[slot][row["text"][start:end]] = None
    return {slot: list(said) for slot, said in values.items()}


def a_type(name: str, values: list[str]) -> bot.SlotType:
    return bot.SlotType(
        name=name,
        slot_type_values=tuple(
            bot.SlotTypeValue(sample_value=bot.SampleValue(value=value)) for value in values
        ),
        value_selection_setting=bot.ValueSelectionSetting(resolution_strategy="ORIGINAL_VALUE"),
    )


def locale_of(train: Rows, pool: Rows, more: int, chooser: random.Random) -> bot.BotLocale:
    intents: dict[str, bot.Intent] = {}
    types: dict[str, bot.SlotType] = {}
    for name, samples in train.items():
        others = values_of(pool[name])
        slots: dict[str, bot.Slot] = {}
        for slot, known in values_of(samples).items():
            extra = sorted(others[slot])
            chooser.shuffle(extra)
            type_name = f"{name}_{slot}"
            types[type_name] = a_type(type_name, list(dict.fromkeys([*known, *extra[:more]])))
            slots[slot] = bot.Slot(name=slot, slot_type_name=type_name)
        intents[name] = bot.Intent(
            name=name,
            slots=slots,
            sample_utterances=tuple(
                bot.SampleUtterance(utterance=template(row)) for row in samples
            ),
        )
    return bot.BotLocale(identifier="en_US", intents=intents, slot_types=types)


def measure(model: SlotModel, test: list[Row]) -> tuple[dict[str, float], list[float]]:
    """F1 of each slot by ``intent/slot``, and the seconds that each text took."""
    right: Counter[str] = Counter()
    gold: Counter[str] = Counter()
    said: Counter[str] = Counter()
    times: list[float] = []
    for row in test:
        text, intent = row["text"], row["intent"]
        wanted: dict[str, list[str]] = defaultdict(list)
        for start, end, slot in row["slots"]:
            wanted[slot].append(" ".join(text[start:end].split()))
            gold[f"{intent}/{slot}"] += 1
        began = time.perf_counter()
        found = model.fill(intent, text, now=NOW)
        times.append(time.perf_counter() - began)
        for slot, value in found.items():
            said[f"{intent}/{slot}"] += 1
            original = value.value.original_value if value.value else None
            right[f"{intent}/{slot}"] += original in wanted[slot]
    return {key: 2 * right[key] / (said[key] + gold[key]) for key in gold}, times


def run(size: int, more: int, seeds: int, everything: Rows, test: list[Row]) -> Row:
    scores: dict[str, list[float]] = defaultdict(list)
    means: list[float] = []
    learned: list[float] = []
    times: list[float] = []
    for seed in range(seeds):
        chooser = random.Random(seed)
        train = {name: chooser.sample(found, size) for name, found in everything.items()}
        locale = locale_of(train, everything, more, chooser)
        began = time.perf_counter()
        model = SlotModel.learn(locale)
        learned.append(time.perf_counter() - began)
        by_slot, took = measure(model, test)
        means.append(statistics.fmean(by_slot.values()))
        times.extend(took)
        for key, score in by_slot.items():
            scores[key].append(score)
    return {
        "samples": size,
        "more_values": more,
        "slot_f1": statistics.fmean(means),
        "fit_seconds": statistics.fmean(learned),
        "p50_ms": statistics.median(times) * 1e3,
        "p99_ms": statistics.quantiles(times, n=100)[98] * 1e3,
        "slots": {key: statistics.fmean(found) for key, found in sorted(scores.items())},
    }


def main() -> None:
    parser = argparse.ArgumentParser(description="Slots on SNIPS, the intent given.")
    parser.add_argument("--samples", type=int, nargs="+", default=[10, 20, 70])
    parser.add_argument("--values", type=int, nargs="+", default=[0, 100])
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--validate", action="store_true", help="hold out training utterances")
    parser.add_argument("--slots", action="store_true", help="print the F1 of every slot")
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    if not DATA.exists():
        sys.exit(f"{DATA} is not there: this reads the shared material beside the repository")
    everything = by_intent(rows("train.jsonl"))
    test = rows("test.jsonl")
    if args.validate:
        test = [row for found in everything.values() for row in found[-HELD_OUT:]]
        everything = {name: found[:-HELD_OUT] for name, found in everything.items()}
    results = []
    for more in args.values:
        for size in args.samples:
            result = run(size, more, args.seeds, everything, test)
            results.append(result)
            print(
                f"{size:3} samples, {more:3} more values: F1 {result['slot_f1']:.3f}  "
                f"learned in {result['fit_seconds']:.1f} s, "
                f"{result['p50_ms']:.2f} / {result['p99_ms']:.2f} ms",
                flush=True,
            )
            if args.slots:
                for key, score in result["slots"].items():
                    print(f"      {score:.2f}  {key}")
    if args.json:
        args.json.write_text(json.dumps(results, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
