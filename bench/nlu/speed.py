"""Learning, changing, loading, and the memory of bots: how long, how much.

    python bench/nlu/speed.py [--quality balanced] [--rounds 3] [--short] [--json FILE]

CLINC150's training part as a bot: 10 samples of each of its 150 intents (1,500 utterances),
all of them (15,000; learned once, and not with ``--short``), and one intent of 150 changed. The
encoders are in memory before the clock starts, except that ``encoder`` is what they take.
``load`` is reading a learned model from its file. ``one bot`` is the memory of this process
with a bot of 20 intents, ``each further`` what nine more add to it. Best of the rounds; the
machine should be idle.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple, get_args

import material
import msgspec

from daehwa import bot
from daehwa.nlu import Model, Quality, learn
from daehwa.nlu.evaluation import Example, locale_of
from daehwa.nlu.quality import DEFAULT, load

BOTS = 10
INTENTS = 20


class Goal(NamedTuple):
    """What is measured, its unit, and the most it should be."""

    name: str
    unit: str
    most: float | None


GOALS = {
    "encoder": Goal("encoders into memory", "s", None),
    "one": Goal("one bot of 20 intents", "MB", 350),
    "further": Goal("each further bot of 20 intents", "MB", 5),
    "utterance": Goal("an utterance, p50, mean of the small bots (processor)", "ms", 6),
    "longest": Goal("an utterance, p99 over the small bots (processor)", "ms", 25),
    "own": Goal("a sample's own words, p50 (processor)", "ms", 0.15),
    "few": Goal("learning 1,500 utterances", "s", 8),
    "change": Goal("changing one intent of 150", "s", 3),
    "load": Goal("load of a learned model of 150 intents", "s", 0.5),
    "full": Goal("learning 15,000 utterances", "s", 60),
}


def clinc(count: int, first: int = 0, intents: int = 150) -> bot.BotLocale:
    """A bot of some intents of CLINC150, with so many samples each."""
    train = material.public("clinc150/train")
    names = train.names[first : first + intents]
    examples = [Example(text, name) for name in names for text in train.of(name)[:count]]
    return locale_of(examples, "en_US")


def changed(locale: bot.BotLocale) -> bot.BotLocale:
    """The locale with other samples for its first intent."""
    name = next(iter(locale.intents))
    texts = material.public("clinc150/train").of(name)[-10:]
    samples = tuple(bot.SampleUtterance(utterance=text) for text in texts)
    intent = msgspec.structs.replace(locale.intents[name], sample_utterances=samples)
    return msgspec.structs.replace(locale, intents={**locale.intents, name: intent})


def seconds(what: Callable[[], object], rounds: int) -> float:
    """The shortest of some rounds."""
    found = []
    for _ in range(rounds):
        began = time.perf_counter()
        what()
        found.append(time.perf_counter() - began)
    return min(found)


def resident() -> float:
    """This process's memory in MB."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def processor_ms(model: Model, texts: Sequence[str]) -> list[float]:
    """What interpreting each text takes of a processor."""
    now = dt.datetime.now(dt.UTC)
    for text in texts[:3]:
        model.interpret(text, now=now)
    found = []
    for text in texts:
        began = time.process_time()
        model.interpret(text, now=now)
        found.append((time.process_time() - began) * 1000)
    return found


def turns(quality: Quality) -> dict[str, float]:
    """Utterances to the small bots of ``../shared/faults``, and their samples' own words."""
    middles, everything, own = [], [], []
    for given in material.given_bots():
        model = learn(given.locale, quality=quality)
        model.load()
        taken = processor_ms(model, given.test.texts)
        middles.append(statistics.median(taken))
        everything += taken
        samples = [
            sample.utterance
            for intent in given.locale.intents.values()
            for sample in intent.sample_utterances
            if "{" not in sample.utterance
        ]
        processor_ms(model, samples)
        own += processor_ms(model, samples)
    return {
        "utterance": statistics.fmean(middles),
        "longest": statistics.quantiles(everything, n=100)[98],
        "own": statistics.median(own),
    }


def main() -> None:
    """Measure, and print a table."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--quality", choices=get_args(Quality), default=DEFAULT)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--json", type=Path)
    options.add_argument("--short", action="store_true")
    chosen = options.parse_args()
    quality: Quality = chosen.quality
    found = {"encoder": seconds(lambda: load(quality, "en_US"), 1)}

    bots: list[Model] = []
    for number in range(BOTS):
        first = number * INTENTS % 140
        bots.append(learn(clinc(10 + number, first, INTENTS), quality=quality))
        if number == 0:
            found["one"] = resident()
    found["further"] = (resident() - found["one"]) / (BOTS - 1)

    found |= turns(quality)
    few = clinc(10)
    before = learn(few, quality=quality)
    other = changed(few)
    found["few"] = seconds(lambda: learn(few, quality=quality), chosen.rounds)
    found["change"] = seconds(lambda: learn(other, quality=quality, previous=before), chosen.rounds)
    with tempfile.TemporaryDirectory() as folder:
        learn(few, quality=quality, folder=Path(folder))
        found["load"] = seconds(
            lambda: learn(few, quality=quality, folder=Path(folder)), chosen.rounds
        )
    if not chosen.short:
        full = clinc(100)
        found["full"] = seconds(lambda: learn(full, quality=quality), 1)

    print(f"{quality}; {os.cpu_count()} cores; load {os.getloadavg()[0]:.1f}\n")
    print("| | goal | here |\n|---|---|---|")
    for key, goal in GOALS.items():
        if key in found:
            most = "" if goal.most is None else f"{goal.most:g} {goal.unit}"
            print(f"| {goal.name} | {most} | {found[key]:.2f} {goal.unit} |")
    if chosen.json:
        chosen.json.write_text(json.dumps({"quality": quality, **found}, indent=1), "utf-8")


if __name__ == "__main__":
    main()
