"""Slots on SNIPS: mean F1 over slots, exact spans, the intent given.

    python bench/nlu_slots.py [--samples 10 20 70] [--values 0 100] [--seeds 3]

Each intent's training utterances become sample utterances with ``{slot}`` placeholders; each
slot has a custom type whose values are those of the samples, and with ``--values 100`` up to
a hundred more from the rest of the training part, as a bot's author would list them. The
table of issue 5 names the figures of the services on the same data.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import time
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path

from daehwa import bot
from daehwa.nlu.slots import SlotModel

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "snips"
BUILT_IN = {
    "city": "AMAZON.City",
    "country": "AMAZON.Country",
    "state": "AMAZON.State",
    "party_size_number": "AMAZON.Number",
    "rating_value": "AMAZON.Number",
    "best_rating": "AMAZON.Number",
    "timeRange": "AMAZON.Date",
}
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def rows(name: str) -> list[dict]:
    with (DATA / name).open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def template(row: dict) -> str:
    text, said, at = row["text"], "", 0
    for start, end, slot in sorted(row["slots"]):
        said += text[at:start] + "{" + slot + "}"
        at = end
    return said + text[at:]


def locale_of(
    train: dict[str, list[dict]], pool: dict[str, list[dict]], values: int, rng: random.Random
) -> bot.BotLocale:
    intents, types = {}, {}
    for name, samples in train.items():
        said: dict[str, dict[str, None]] = defaultdict(dict)
        for row in samples:
            for start, end, slot in row["slots"]:
                said[slot][row["text"][start:end]] = None
        slots = {}
        more: dict[str, list[str]] = defaultdict(list)
        for row in pool[name]:
            for start, end, slot in row["slots"]:
                more[slot].append(row["text"][start:end])
        for slot, known in said.items():
            extra = sorted(set(more[slot]))
            rng.shuffle(extra)
            listed = dict.fromkeys([*known, *extra[:values]])
            type_name = f"{name}_{slot}"
            types[type_name] = bot.SlotType(
                name=type_name,
                slot_type_values=tuple(
                    bot.SlotTypeValue(sample_value=bot.SampleValue(value=v)) for v in listed
                ),
                value_selection_setting=bot.ValueSelectionSetting(
                    resolution_strategy="ORIGINAL_VALUE"
                ),
            )
            slots[slot] = bot.Slot(name=slot, slot_type_name=type_name)
        intents[name] = bot.Intent(
            name=name,
            slots=slots,
            sample_utterances=tuple(bot.SampleUtterance(utterance=template(r)) for r in samples),
        )
    return bot.BotLocale(identifier="en_US", intents=intents, slot_types=types)


def original(slot) -> list[str]:
    return [slot.value.original_value] if slot.value else []


def measure(model: SlotModel, test: list[dict]) -> tuple[float, float, dict[str, float]]:
    right: dict[tuple[str, str], int] = defaultdict(int)
    gold: dict[tuple[str, str], int] = defaultdict(int)
    said: dict[tuple[str, str], int] = defaultdict(int)
    times = []
    for row in test:
        text = row["text"]
        wanted = defaultdict(list)
        for start, end, slot in row["slots"]:
            wanted[slot].append(" ".join(text[start:end].split()))
            gold[row["intent"], slot] += 1
        began = time.perf_counter()
        found = model.fill(row["intent"], text, now=NOW)
        times.append(time.perf_counter() - began)
        for slot, value in found.items():
            for span in original(value):
                said[row["intent"], slot] += 1
                if span in wanted.get(slot, ()):
                    wanted[slot].remove(span)
                    right[row["intent"], slot] += 1
    scores = {}
    for key in gold:
        precision = right[key] / said[key] if said[key] else 0.0
        recall = right[key] / gold[key]
        scores[key] = 2 * precision * recall / (precision + recall) if right[key] else 0.0
    by_intent = defaultdict(list)
    for (intent, _), score in scores.items():
        by_intent[intent].append(score)
    return (
        statistics.fmean(scores.values()),
        statistics.median(times) * 1e3,
        {i: statistics.fmean(s) for i, s in by_intent.items()},
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--samples", type=int, nargs="+", default=[10, 20, 70])
    parser.add_argument("--values", type=int, nargs="+", default=[0, 100])
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument(
        "--validate", action="store_true", help="hold out training rows instead of the test part"
    )
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    if not DATA.exists():
        sys.exit(
            f"{DATA} is not there: this benchmark reads the shared material beside the repository"
        )
    everything = defaultdict(list)
    for row in rows("train.jsonl"):
        everything[row["intent"]].append(row)
    if args.validate:
        test = [r for name in everything for r in everything[name][-150:]]
        everything = {name: found[:-150] for name, found in everything.items()}
    else:
        test = rows("test.jsonl")
    results = []
    for values in args.values:
        for size in args.samples:
            scores, learned, medians = [], [], []
            detail = defaultdict(list)
            for seed in range(args.seeds):
                rng = random.Random(seed)
                train = {name: rng.sample(found, size) for name, found in everything.items()}
                locale = locale_of(train, everything, values, rng)
                began = time.perf_counter()
                model = SlotModel.learn(locale)
                for name in train:
                    model.fill(name, "hello", now=NOW)
                learned.append(time.perf_counter() - began)
                score, median, by_intent = measure(model, test)
                scores.append(score)
                medians.append(median)
                for name, value in by_intent.items():
                    detail[name].append(value)
            result = {
                "samples": size,
                "values": values,
                "f1": statistics.fmean(scores),
                "learn_s": statistics.fmean(learned),
                "p50_ms": statistics.fmean(medians),
            }
            results.append(result)
            print(
                f"{size:3} samples, {values:3} more values: F1 {result['f1']:.3f}  (learned in {result['learn_s']:.1f} s, {result['p50_ms']:.2f} ms)  "
                + " ".join(f"{n}:{statistics.fmean(v):.2f}" for n, v in detail.items()),
                flush=True,
            )
    if args.json:
        args.json.write_text(json.dumps(results, indent=1))


if __name__ == "__main__":
    main()
