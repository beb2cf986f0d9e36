"""Teach the metric of `daehwa.nlu.metric` over many random bots.

    python bench/nlu/metric.py [--steps 1500] [--seed 0] [--write]

Each step draws some intents of one of our own small bots, of our everyday requests or of
paraKQC's training part, and some samples of each. It is then asked their other texts, near
strangers (those of the bot, and the intents left out) and texts of nobody's business. An intent's
logit is the log of the mean of ``exp(SHARPNESS * cosine)`` over its samples, nobody's business has
a constant one. The log loss is brought down by Adam (Kingma and Ba 2015). No text of the bots that
only measure (``fresh``, ``blind``, ``later``, ``further``) and no test part is read.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import material
import numpy as np
import numpy.typing as npt

from daehwa.nlu import languages, metric
from daehwa.nlu.background import background
from daehwa.nlu.informal import written_out
from daehwa.nlu.quality import Encoder, stages
from daehwa.nlu.whole_numbers import packed

Floats = npt.NDArray[np.float32]
Places = npt.NDArray[np.int64]

LANGUAGES = {"ko": "ko_KR"}
SHARPNESS = 12.0
NOBODYS = 0.45
"""The cosine from which a text is sooner an intent's than nobody's, at first."""
PACE = 2e-4
SHRINKAGE = 1e-3
SIZES = (2, 3, 4, 5, 6, 8)
SAMPLES = (2, 3, 4, 5, 5, 6, 8)
ASKED = 8
"""Texts asked of each intent."""


class Bank(NamedTuple):
    """What bots are drawn from: the texts of its intents, and its strangers, by their rows."""

    weight: float
    intents: list[Places]
    strangers: Places


class Rows:
    """Texts, each once."""

    def __init__(self, locale: str) -> None:
        self.texts: dict[str, int] = {}
        self.locale = locale

    def of(self, texts: Sequence[str]) -> Places:
        """Their rows, written out."""
        written = (written_out(text, self.locale) for text in texts)
        return np.array(
            [self.texts.setdefault(text, len(self.texts)) for text in written], dtype=np.int64
        )


def filled(bot: material.HardBot, texts: Sequence[str], chance: np.random.Generator) -> list[str]:
    """The texts with values of the bot in place of placeholders."""
    return [
        re.sub(r"\{(\w+)\}", lambda slot: str(chance.choice(bot.values[slot[1]])), text)
        for text in texts
    ]


def banks(language: str, rows: Rows, chance: np.random.Generator) -> list[Bank]:
    """All that bots of a language are drawn from."""
    drawn = []
    for kind, weight in (("bots", 6.0), ("valued", 1.0)):
        bots = material.hard_bots(language, kind)
        for bot in bots:
            intents = [
                rows.of(filled(bot, (*samples, *bot.asked[name]), chance))
                for name, samples in bot.samples.items()
            ]
            strangers = rows.of(filled(bot, bot.strangers, chance))
            drawn.append(Bank(weight / len(bots), intents, strangers))
    for source, weight in (
        (material.everyday(language), 2.0),
        (material.everyday(f"short_{language}"), 1.0),
        (material.public("ko_paraKQC/train"), 2.0),
    ):
        several = [source.of(name) for name in source.names]
        intents = [rows.of(texts) for texts in several if len(texts) > 2]
        drawn.append(Bank(weight, intents, np.empty(0, dtype=np.int64)))
    return drawn


class Draw(NamedTuple):
    """A random bot: its samples and their intents, the texts asked and theirs (``size``: none)."""

    size: int
    samples: Places
    owners: Places
    asked: Places
    meant: Places


def draw(bank: Bank, calm: Places, chance: np.random.Generator) -> Draw:
    """Some intents of a bank, with strangers near and far."""
    size = max(min(int(chance.choice(SIZES)), len(bank.intents) - 1), 1)
    order = chance.permutation(len(bank.intents))
    many = int(chance.choice(SAMPLES))
    samples, asked = [], []
    for number in order[:size]:
        texts = chance.permutation(bank.intents[number])
        count = min(many, max(len(texts) - 2, 1))
        samples.append(texts[:count])
        asked.append(texts[count : count + ASKED])
    own = sum(map(len, asked))
    others = [bank.strangers, *(bank.intents[number] for number in order[size:])]
    near = chance.permutation(np.concatenate(others))[: max(own // 2, 4)]
    far = chance.permutation(calm)[: max(own // 5, 2)]
    return Draw(
        size,
        np.concatenate(samples),
        np.repeat(np.arange(size), [len(some) for some in samples]),
        np.concatenate([*asked, near, far]),
        np.concatenate(
            [
                np.repeat(np.arange(size), [len(some) for some in asked]),
                np.full(len(near) + len(far), size),
            ]
        ),
    )


class Lesson:
    """The encoders' turns, and what is nobody's business, as they are learned."""

    def __init__(self, vectors: Sequence[Floats], chance: np.random.Generator) -> None:
        self.vectors = vectors
        self.weights = [np.array([SHARPNESS * NOBODYS], dtype=np.float32)]
        for known in vectors:
            width = known.shape[1]
            down = chance.normal(size=(metric.RANK, width)) / np.sqrt(width)
            self.weights += [down.astype(np.float32), np.zeros((metric.RANK, width), np.float32)]

    def slopes(self, bot: Draw) -> tuple[float, list[Floats]]:
        """The loss of a bot's texts, and its slope by each array of weights."""
        rows = np.concatenate([bot.samples, bot.asked])
        count, share = len(bot.samples), np.float32(1 / len(self.vectors))
        turns = [
            metric.LowRankMap(*self.weights[place : place + 2])
            for place in range(1, len(self.weights), 2)
        ]
        known = [vectors[rows] for vectors in self.vectors]
        raw = [own + (own @ turn.down.T) @ turn.up for own, turn in zip(known, turns, strict=True)]
        lengths = [np.linalg.norm(each, axis=1, keepdims=True) for each in raw]
        units = [each / length for each, length in zip(raw, lengths, strict=True)]
        cosines = sum(unit[count:] @ unit[:count].T for unit in units) * share
        loss, nobodys, back = _loss(bot, cosines, float(self.weights[0][0]))
        slopes = [np.array([nobodys], dtype=np.float32)]
        for own, turn, unit, length in zip(known, turns, units, lengths, strict=True):
            moved = np.concatenate([back.T @ unit[count:], back @ unit[:count]]) * share
            moved = (moved - unit * (moved * unit).sum(axis=1, keepdims=True)) / length
            slopes += [
                (moved @ turn.up.T).T @ own + 0.1 * SHRINKAGE * turn.down,
                (own @ turn.down.T).T @ moved + SHRINKAGE * turn.up,
            ]
        return loss, slopes


def _loss(bot: Draw, cosines: Floats, nobodys: float) -> tuple[float, float, Floats]:
    """The log loss, and its slope by nobody's logit and by the cosines."""
    raised = np.exp(SHARPNESS * (cosines - 1))
    of = (bot.owners[:, None] == np.arange(bot.size)).astype(np.float32)
    sums = raised @ of + np.float32(1e-20)
    logits = np.log(sums / of.sum(axis=0)) + SHARPNESS
    logits = np.column_stack([logits, np.full(len(logits), nobodys)])
    shares = np.exp(logits - logits.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    places = np.arange(len(shares)), bot.meant
    loss = -float(np.log(shares[places] + 1e-9).mean())
    shares[places] -= 1
    shares /= len(shares)
    back = (shares[:, : bot.size] / sums) @ of.T * raised * SHARPNESS
    return loss, float(shares[:, bot.size].sum()), back.astype(np.float32)


def teach(language: str, encoders: Sequence[Encoder], steps: int, seed: int) -> list[Floats]:
    """Each encoder's ``down`` and ``up``, one after the other."""
    chance = np.random.default_rng(seed)
    locale = LANGUAGES[language]
    rows = Rows(locale)
    drawn = banks(language, rows, chance)
    calm = rows.of([*material.fragments(language), *background(locale)])
    lesson = Lesson([each.encode(list(rows.texts)) for each in encoders], chance)
    odds = np.array([bank.weight for bank in drawn])
    means, squares = ([np.zeros_like(each) for each in lesson.weights] for _ in range(2))
    losses = []
    for step in range(1, steps + 1):
        bot = draw(drawn[chance.choice(len(drawn), p=odds / odds.sum())], calm, chance)
        loss, slopes = lesson.slopes(bot)
        losses.append(loss)
        pace = PACE * (1 - step / steps) + PACE / 50
        for place, slope in enumerate(slopes):
            means[place] += 0.1 * (slope - means[place])
            squares[place] += 0.01 * (slope**2 - squares[place])
            usual = np.sqrt(squares[place] / (1 - 0.99**step)) + 1e-8
            own = pace if place else 100 * pace
            lesson.weights[place] -= own * means[place] / (1 - 0.9**step) / usual
        if step % 500 == 0:
            print(f"{language}: {step} bots, log loss {np.mean(losses[-500:]):.3f}", flush=True)
    return lesson.weights[1:]


def main() -> None:
    """Teach each language's metric, and write it beside its things."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--steps", type=int, default=1500)
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--write", action="store_true")
    chosen = options.parse_args()
    for language in LANGUAGES:
        encoders = stages("balanced", language)[-1].encoders
        content = b""
        for rows in teach(language, encoders, chosen.steps, chosen.seed):
            content += packed(rows)
        if chosen.write:
            path = Path(languages.__file__).parent / language / metric.SHIPPED
            path.write_bytes(content)
            print(f"{language}: {len(content)} bytes")


if __name__ == "__main__":
    main()
