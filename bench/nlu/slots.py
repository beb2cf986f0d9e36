"""Slots on SNIPS: mean F1 over slots, a phrase counting when it is exactly the true one.

    python bench/nlu/slots.py [--samples 10 20 70] [--values 0 100] [--seeds 3] [--json FILE]
    python bench/nlu/slots.py --validate [--errors 20]

Samples are drawn from ``snips/train_small`` with each seed in turn, so many an intent, and made
into a bot as ``daehwa evaluate`` makes one. ``values`` is how many values each slot type has
beside those of its samples, drawn from the other utterances of ``snips/train``. ``intent given``
fills the slots of the true intent, ``intent found`` those of the intent that was understood.
``CRF`` is a conditional random field learned from the same samples with no more than words,
affixes and shapes. ``--validate`` leaves the test part alone and measures on the utterances of
``snips/train_small`` that were not drawn: choose constants with that.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import random
import re
import statistics
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import material
import msgspec
import pycrfsuite

from daehwa import bot, lex
from daehwa.nlu import Model, learn
from daehwa.nlu.evaluation import Example, locale_of, read_examples

NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
SNIPS = material.SHARED / "snips"
VALIDATED = 100  # utterances an intent

Filled = Callable[[Example], tuple[str, Mapping[str, str]]]


class Trial(NamedTuple):
    """What is learned: the samples, and the bot of them and further values."""

    samples: list[Example]
    locale: bot.BotLocale


class Judged(NamedTuple):
    """A test utterance, and what was made of it."""

    example: Example
    intent: str
    slots: Mapping[str, str]


def draw(found: Sequence[Example], count: int, chooser: random.Random) -> list[Example]:
    """So many utterances of each intent."""
    own: dict[str, list[Example]] = defaultdict(list)
    for example in found:
        own[example.intent].append(example)
    return [example for name in own for example in chooser.sample(own[name], count)]


def trial(
    source: Sequence[Example], everything: Sequence[Example], count: int, values: int, seed: int
) -> Trial:
    """A bot of so many samples an intent and so many further values a slot type."""
    chooser = random.Random(seed)
    samples = draw(source, count, chooser)
    locale = locale_of(samples, "en_US")
    drawn = {example.text for example in samples}
    others: dict[str, set[str]] = defaultdict(set)
    for example in everything:
        if example.text not in drawn:
            for name, phrase in example.slots.items():
                others[name].add(phrase)
    types = {}
    for name, definition in locale.slot_types.items():
        own = definition.slot_type_values or ()
        further = sorted(others[name] - {value.sample_value.value for value in own})
        more = chooser.sample(further, min(values, len(further)))
        listed = tuple(bot.SlotTypeValue(sample_value=bot.SampleValue(value=v)) for v in more)
        types[name] = msgspec.structs.replace(definition, slot_type_values=(*own, *listed))
    return Trial(samples, msgspec.structs.replace(locale, slot_types=types))


def f1_of_slots(judged: Iterable[Judged]) -> dict[str, float]:
    """The F1 of each slot of each intent, as ``Intent/slot``."""
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    said: Counter[str] = Counter()
    for example, intent, slots in judged:
        truth = {f"{example.intent}/{name}": same(v) for name, v in example.slots.items()}
        found = {f"{intent}/{name}": same(v) for name, v in slots.items()}
        asked.update(truth.keys())
        said.update(found.keys())
        right.update(key for key, value in found.items() if truth.get(key) == value)
    return {key: 2 * right[key] / (said[key] + asked[key]) for key in asked}


def same(phrase: str) -> str:
    """A phrase with no regard to case and spaces."""
    return " ".join(phrase.casefold().split())


def phrases(slots: Mapping[str, lex.Slot]) -> dict[str, str]:
    """The words of the utterance for each slot that was found."""
    return {
        name: slot.value.original_value
        for name, slot in slots.items()
        if slot.value is not None and slot.value.original_value is not None
    }


def given(model: Model, example: Example) -> tuple[str, Mapping[str, str]]:
    """The slots of the true intent."""
    return example.intent, phrases(model.slots_in(example.intent, example.text, now=NOW))


def understood(model: Model, example: Example) -> tuple[str, Mapping[str, str]]:
    """The slots of the intent that was understood."""
    candidates = model.interpret(example.text, now=NOW).candidates
    if not candidates:
        return "", {}
    intent = candidates[0].intent
    return intent, phrases(model.slots_in(intent, example.text, now=NOW))


class Field:
    """A conditional random field for each intent: words, affixes, shapes, two words around."""

    def __init__(self, samples: Sequence[Example]) -> None:
        self._taggers: dict[str, Any] = {}
        for intent in dict.fromkeys(example.intent for example in samples):
            trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
            trainer.set_params({"c1": 0.1, "c2": 0.01, "max_iterations": 100})
            for example in samples:
                if example.intent == intent:
                    trainer.append(*self._labelled(example))
            with tempfile.NamedTemporaryFile(suffix=".crf") as file:
                trainer.train(file.name)
                model = Path(file.name).read_bytes()
            tagger = pycrfsuite.Tagger()
            tagger.open_inmemory(model)
            self._taggers[intent] = (tagger, model)

    def __call__(self, example: Example) -> tuple[str, Mapping[str, str]]:
        """The slots of the true intent."""
        spans = [match.span() for match in re.finditer(r"\w+|[^\w\s]", example.text)]
        labels = self._taggers[example.intent][0].tag(self._rows(example.text, spans))
        found: dict[str, tuple[int, int]] = {}
        before = ""
        for (start, end), label in zip(spans, labels, strict=True):
            name = label[2:]
            if label != "O":
                found[name] = (found[name][0] if before == name else start, end)
            before = name
        return example.intent, {name: example.text[s:e] for name, (s, e) in found.items()}

    def _labelled(self, example: Example) -> tuple[list[list[str]], list[str]]:
        text = example.text
        spans = [match.span() for match in re.finditer(r"\w+|[^\w\s]", text)]
        labels = ["O"] * len(spans)
        for name, phrase in example.slots.items():
            begin = text.find(phrase)
            for index, (start, end) in enumerate(spans):
                if begin <= start and end <= begin + len(phrase):
                    labels[index] = f"{'B' if start == begin else 'I'}-{name}"
        return self._rows(text, spans), labels

    @staticmethod
    def _rows(text: str, spans: Sequence[tuple[int, int]]) -> list[list[str]]:
        words = [text[start:end] for start, end in spans]
        rows = []
        for index, word in enumerate(words):
            row = ["bias", f"a={word[:3].lower()}", f"z={word[-3:].lower()}"]
            row.append(
                "s=" + re.sub(r"\d+", "9", re.sub("[a-z]+", "x", re.sub("[A-Z]+", "X", word)))
            )
            for beside in range(-2, 3):
                there = 0 <= index + beside < len(words)
                row.append(f"{beside}={words[index + beside].lower() if there else ''}")
            rows.append(row)
        return rows


def judge(fill: Filled, test: Sequence[Example]) -> list[Judged]:
    """The test utterances with what was made of each."""
    return [Judged(example, *fill(example)) for example in test]


def measure(trials: Sequence[Trial], tests: Sequence[Sequence[Example]]) -> dict[str, Any]:
    """The mean figures of some draws, and the mistakes of the last."""
    rows: dict[str, list[float]] = defaultdict(list)
    slots: dict[str, list[float]] = defaultdict(list)
    times: list[float] = []
    judged: list[Judged] = []
    for (samples, locale), test in zip(trials, tests, strict=True):
        began = time.perf_counter()
        model = learn(locale)
        rows["fit_seconds"].append(time.perf_counter() - began)
        judged = []
        for example in test:
            began = time.perf_counter()
            filled = given(model, example)
            times.append((time.perf_counter() - began) * 1000)
            judged.append(Judged(example, *filled))
        by_slot = f1_of_slots(judged)
        for name, score in by_slot.items():
            slots[name].append(score)
        rows["given"].append(statistics.fmean(by_slot.values()))
        found = f1_of_slots(judge(lambda e, model=model: understood(model, e), test))  # type: ignore[misc]
        rows["found"].append(statistics.fmean(found.values()))
        rows["crf"].append(statistics.fmean(f1_of_slots(judge(Field(samples), test)).values()))
    return {
        **{name: statistics.fmean(values) for name, values in rows.items()},
        "draws": {name: rows[name] for name in ("given", "found", "crf")},
        "p50_ms": statistics.median(times),
        "p99_ms": statistics.quantiles(times, n=100)[98],
        "slots": {name: statistics.fmean(scores) for name, scores in sorted(slots.items())},
        "judged": judged,
    }


def mistakes(judged: Iterable[Judged], most: int) -> Iterable[str]:
    """Utterances whose slots are wrong, with the true slots and those found."""
    wrong = [j for j in judged if dict(j.slots) != j.example.slots]
    for example, _, slots in random.Random(0).sample(wrong, min(most, len(wrong))):
        yield f"  {example.intent}: {example.text}"
        for name in sorted({*example.slots, *slots}):
            if example.slots.get(name) != slots.get(name):
                yield f"      {name}: {example.slots.get(name)!r}, found {slots.get(name)!r}"


def main() -> None:
    """Measure, and print a table."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--samples", type=int, nargs="+", default=[10, 20, 70])
    options.add_argument("--values", type=int, nargs="+", default=[0, 100])
    options.add_argument("--seeds", type=int, default=3)
    options.add_argument("--validate", action="store_true", help="leave the test part alone")
    options.add_argument("--errors", type=int, default=0, help="print so many mistakes of each")
    options.add_argument("--json", type=Path)
    chosen = options.parse_args()
    source = read_examples(SNIPS / "train_small.jsonl")
    everything = read_examples(SNIPS / "train.jsonl")
    test = read_examples(SNIPS / "test.jsonl")
    print(f"{os.cpu_count()} cores; load {os.getloadavg()[0]:.1f}\n")
    print(
        "| samples | further values | intent given | intent found | CRF | fit s | p50 ms | p99 ms |"
    )
    print("|---|---|---|---|---|---|---|---|")
    results = []
    for values in chosen.values:
        for count in chosen.samples:
            trials, tests = [], []
            for seed in range(chosen.seeds):
                asked = (
                    draw(source, VALIDATED, random.Random(-1 - seed)) if chosen.validate else test
                )
                aside = {e.text for e in asked} if chosen.validate else set()
                kept, pool = ([e for e in of if e.text not in aside] for of in (source, everything))
                trials.append(trial(kept, pool, count, values, seed))
                tests.append(asked)
            found = measure(trials, tests)
            judged = found.pop("judged")
            results.append({"samples": count, "values": values, **found})
            shares = " | ".join(f"{found[name]:.3f}" for name in ("given", "found", "crf"))
            times = f"{found['fit_seconds']:.1f} | {found['p50_ms']:.2f} | {found['p99_ms']:.2f}"
            print(f"| {count} | {values} | {shares} | {times} |", flush=True)
            for line in mistakes(judged, chosen.errors):
                print(line)
    if chosen.json:
        chosen.json.write_text(json.dumps(results, indent=1), "utf-8")


if __name__ == "__main__":
    main()
