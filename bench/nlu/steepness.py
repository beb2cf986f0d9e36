"""Choose how steep the confidence is above the threshold: `daehwa.nlu.confidence.STEEPNESS`.

    python bench/nlu/steepness.py [--steepness 1 1.2 1.4 1.6] [--seeds 2]

The calibration error of training and validation parts, by steepness: draws of CLINC150, SNIPS and
paraKQC, and the bots of Braun et al. with a quarter of their training part left out in turn. How
many texts are the bot's own is as the set has it: all of them, or two in three. What is right or
caught at the threshold, and AUROC, are the same at each steepness, and are not shown. No test part
is read.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import material
import numpy as np
from material import NOBODYS, Labelled

from daehwa.nlu import confidence, staged
from daehwa.nlu.background import background
from daehwa.nlu.classifier import Classifier
from daehwa.nlu.evaluation import measures
from daehwa.nlu.quality import DEFAULT, stages

STRANGERS = 0.5
"""Strangers for each text of a bot's own, where a set has them."""
LOCALES = {"en": "en_US", "ko": "ko_KR"}
FOLDS = 4


class Draw(NamedTuple):
    """A bot's samples, and texts that it has not seen."""

    name: str
    language: str
    train: Labelled
    texts: Labelled


def labelled(rows: Sequence[tuple[str, str]]) -> Labelled:
    """Pairs of a text and its intent, as columns."""
    return Labelled(tuple(text for text, _ in rows), tuple(intent for _, intent in rows))


def drawn(
    source: Labelled, size: int, count: int, chance: np.random.Generator
) -> tuple[Labelled, Labelled, Labelled]:
    """Some intents' samples, so many of each; their other texts; the texts of other intents."""
    names = [str(name) for name in chance.permutation(source.names)[:size]]
    samples, own = [], []
    for name in names:
        texts = [str(text) for text in chance.permutation(source.of(name))]
        samples += [(text, name) for text in texts[:count]]
        own += [(text, name) for text in texts[count:][:20]]
    rows = zip(source.texts, source.intents, strict=True)
    others = [(text, NOBODYS) for text, name in rows if name not in names]
    return labelled(samples), labelled(own), labelled(others)


def among(own: Labelled, strangers: Labelled, chance: np.random.Generator) -> Labelled:
    """A bot's own texts with strangers among them."""
    count = min(round(STRANGERS * len(own.texts)), len(strangers.texts))
    some = chance.permutation(len(strangers.texts))[:count]
    return own + labelled([(strangers.texts[place], NOBODYS) for place in some])


def draws(seeds: int) -> Iterator[Draw]:
    """Every set, each in some draws."""
    clinc, snips = material.public("clinc150/train"), material.public("snips/train_small")
    far = material.public("clinc150/oos_train") + material.public("clinc150/oos_val")
    korean = material.public("ko_paraKQC/train") + material.public("ko_paraKQC/val")
    near = material.public("ko_paraKQC/oos_val")
    for seed in range(seeds):
        for size, count in ((150, 10), (150, 5), (20, 5), (8, 10), (5, 5), (2, 5)):
            chance = np.random.default_rng((seed, size, count))
            train, own, others = drawn(clinc, size, count, chance)
            strangers = among(own, others + far if others.texts else far, chance)
            yield Draw(f"CLINC150, {size} intents of {count}", "en", train, strangers)
        chance = np.random.default_rng(seed)
        train, own, _ = drawn(snips, 7, 10, chance)
        yield Draw("SNIPS, none out of scope", "en", train, own)
        for size, count in ((150, 4), (30, 3), (8, 3)):
            train, own, _ = drawn(korean, size, count, chance)
            yield Draw(f"paraKQC, {size} intents of {count}", "ko", train, among(own, near, chance))
    for corpus in ("AskUbuntuCorpus", "ChatbotCorpus", "WebApplicationsCorpus"):
        found = material.real_bot(corpus, "train")
        rows = list(zip(*found, strict=True))
        order = np.random.default_rng(0).permutation(len(rows))
        for fold in range(FOLDS):
            out = set(order[fold::FOLDS].tolist())
            kept = [row for place, row in enumerate(rows) if place not in out]
            train = labelled([row for row in kept if row[1] != NOBODYS])
            yield Draw(corpus, "en", train, labelled([rows[place] for place in sorted(out)]))


def judged(draw: Draw) -> list[tuple[float, bool]]:
    """What the networks say of each text, and whether its first intent is the right one."""
    names, locale = draw.train.names, LOCALES[draw.language]
    classifier = Classifier.learn(
        [draw.train.of(name) for name in names],
        recipes=stages(DEFAULT, locale, len(draw.train.texts)),
        names=names,
        background=background(locale),
    )
    everything = np.ones(len(names), dtype=np.bool_)
    pairs = []
    for text, intent in zip(*draw.texts, strict=True):
        spelling = classifier.spelling(text)
        scores = staged.judge(classifier, text, spelling, everything, steepness=1.0)
        first = int(np.argmax(scores))
        pairs.append((float(scores[first]), names[first] == intent))
    return pairs


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--steepness", nargs="+", type=float, default=[1.0, 1.2, 1.4, 1.6])
    options.add_argument("--seeds", type=int, default=2)
    chosen = options.parse_args()
    pairs: dict[str, list[tuple[float, bool]]] = {}
    for draw in draws(chosen.seeds):
        pairs.setdefault(draw.name, []).extend(judged(draw))
    print("| set | texts |", " | ".join(f"{each:g}" for each in chosen.steepness), "|")
    print("|---|---|" + "---|" * len(chosen.steepness))
    table = []
    for name, own in pairs.items():
        right = np.array([right for _, right in own])
        errors = []
        for steepness in chosen.steepness:
            scores = np.array([confidence.in_service(score, steepness) for score, _ in own])
            errors.append(100 * measures.calibration(scores, right)[0])
        table.append(errors)
        print(f"| {name} | {len(own)} |", " | ".join(f"{error:.1f}" for error in errors), "|")
    mean, worst = np.mean(table, axis=0), np.max(table, axis=0)
    print("| mean | |", " | ".join(f"{error:.1f}" for error in mean), "|")
    print("| worst | |", " | ".join(f"{error:.1f}" for error in worst), "|")


if __name__ == "__main__":
    main()
