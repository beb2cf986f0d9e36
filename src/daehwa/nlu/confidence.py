"""From evidence to a probability: that the strongest intent is what the text means.

One small network, for each recipe, serves every bot, so that Lex's default threshold of 0.40
is a sensible one for a bot of one intent and of a hundred and fifty. It was taught by random
bots of 1 to 150 intents with 1 to 80 samples each, drawn from the training and validation
parts of public sets (CLINC150, SNIPS, paraKQC and Korean small talk) and from requests of our
own, some of them of a word or two, against texts of the intents left out and texts of nobody's
business. Less than half of the small bots' texts are their own, of a bot with one intent one
in ten: what is not the bot's business has somewhere better to go. A text of the bot's own
that is taken for another of its intents counts less than one that is nobody's business.
``bench/nlu/calibrate.py`` teaches them again, and writes what they learned to ``calibration/``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Final, NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from daehwa.nlu.classifier import Evidence
from daehwa.nlu.ngrams import Floats
from daehwa.nlu.quality import DEFAULT, RECIPES, Recipe

_FAINTEST: Final = 0.01
_MOST: Final = 1.2
_LEAST_LIKELY: Final = 1e-4
_UNHEARD_OF: Final = 1e-9
_LONGEST: Final = math.log(100)
"""Letters of the longest texts that taught the networks, nearly: beyond it they would go on as it
were, and take whatever is long for the bot's own."""

THRESHOLD: Final = 0.4
"""Lex's default for ``nluIntentConfidenceThreshold``."""

STEEPNESS: Final = 1.4
"""How much faster the log odds above the threshold grow than the networks have them.

They are taught with many strangers, so that few pass the threshold; of what people write to a bot
that serves, most is its own. Chosen on training and validation parts (``bench/nlu/steepness.py``).
"""

Mask = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.float64]


class Signs(msgspec.Struct, frozen=True, kw_only=True):
    """What the confidence rests on, each a number.

    Strength and meaning of the strongest intent (``first``, ``near``), of its best rival
    (``second``, ``rival``), and as is usual for the intent; its ``posterior``, the best rival's
    (``runner_up``) and ``nobodys``; the strength that it has by ``chance``; ``coverage``;
    logarithms of the text's ``length`` in letters and of the bot's size: the intents, the
    samples an intent. ``typical`` is the mean cosine to the strongest intent's samples,
    ``typical_rival`` the highest of another's, ``crowd`` that to the few samples nearest of all;
    ``neutral`` the cosine to the nearest background text, ``neutral_crowd`` to the few nearest;
    ``entropy`` how undecided the posterior is, in nats. The others are the text's nearness to
    everyday things (`daehwa.nlu.things`).
    """

    first: float
    second: float
    near: float
    rival: float
    posterior: float
    runner_up: float
    nobodys: float
    chance: float
    coverage: float
    length: float
    usual_strength: float
    usual_meaning: float
    intents: float
    samples: float
    typical: float
    typical_rival: float
    crowd: float
    neutral: float
    neutral_crowd: float
    entropy: float
    thing: float
    thing_crowd: float
    things: float
    things_spread: float
    foreign: float


def signs(evidence: Evidence, *, samples: int, among: Mask | None = None) -> tuple[Signs, int]:
    """The signs, and the number of the strongest intent.

    ``samples`` is how many the bot has in all; ``among`` (shape: intents) says which intents
    may be meant.
    """
    allowed = np.ones(len(evidence.support), dtype=np.bool_) if among is None else among
    top = int(np.argmax(np.where(allowed, evidence.support, -np.inf)))
    rivals = allowed.copy()
    rivals[top] = False

    def best(values: Floats) -> float:
        return float(np.max(values, where=rivals, initial=-1.0)) if rivals.any() else 0.0

    return (
        Signs(
            first=float(evidence.strength[top]),
            second=best(evidence.strength),
            near=float(evidence.meaning[top]),
            rival=best(evidence.meaning),
            posterior=float(evidence.posterior[top]),
            runner_up=best(evidence.posterior),
            nobodys=evidence.nobodys,
            chance=float(evidence.chance[top]),
            coverage=evidence.coverage,
            length=math.log(max(evidence.length, 1)),
            usual_strength=float(evidence.usual_strength[top]),
            usual_meaning=float(evidence.usual_meaning[top]),
            intents=math.log(allowed.sum()),
            samples=math.log(max(samples / len(allowed), 1.0)),
            typical=float(evidence.typical[top]),
            typical_rival=best(evidence.typical),
            crowd=evidence.crowd,
            neutral=evidence.neutral,
            neutral_crowd=evidence.neutral_crowd,
            entropy=_entropy(evidence),
            thing=evidence.things.nearest,
            thing_crowd=evidence.things.crowd,
            things=evidence.things.usual,
            things_spread=evidence.things.spread,
            foreign=evidence.things.foreign,
        ),
        top,
    )


def _entropy(evidence: Evidence) -> float:
    """Of the posterior, nobody's business among it."""
    shares = np.maximum(np.append(evidence.posterior, evidence.nobodys), _UNHEARD_OF)
    return -float(shares @ np.log(shares))


def numbers(s: Signs) -> dict[str, float]:
    """The inputs of the network, by name."""
    first = min(max(s.first, 0.0), _MOST)
    second = min(max(s.second, 0.0), _MOST)
    near = min(max(s.near, 0.0), 1.0)
    likely = math.log(max(s.posterior, _LEAST_LIKELY))
    return {
        "strength": first,
        "strength, log": math.log(max(first, _FAINTEST)),
        "lead in strength": first - second,
        "meaning": near,
        "lead in meaning": min(max(s.near - s.rival, -1.0), 1.0),
        "posterior": s.posterior,
        "posterior, log": likely,
        "lead in posterior": s.posterior - s.runner_up,
        "odds against nobody's": likely - math.log(max(s.nobodys, _LEAST_LIKELY)),
        "coverage": s.coverage,
        "chance, log": math.log(s.chance + _FAINTEST),
        "length": min(s.length, _LONGEST),
        "intents": s.intents,
        "samples": s.samples,
        "usual strength": s.usual_strength,
        "usual meaning": s.usual_meaning,
        "typical": s.typical,
        "lead in typical": s.typical - s.typical_rival,
        "neutral": s.neutral,
        "neutral crowd": s.neutral_crowd,
        "crowd": s.crowd,
        "entropy": s.entropy,
        "thing": s.thing,
        "thing crowd": s.thing_crowd,
        "things": s.things,
        "things spread": s.things_spread,
        "foreign thing": s.foreign,
    }


class Learned(msgspec.Struct, frozen=True):
    """A network's weights: one hidden layer, and a straight way past it.

    ``hidden`` and ``straight`` are by the names of the `numbers` that it was taught by.
    """

    hidden: dict[str, list[float]]
    bias: list[float]
    out: list[float]
    straight: dict[str, float]
    intercept: float


class Network(NamedTuple):
    """The same as arrays: (numbers, neurons), (neurons,), (neurons,), (numbers,)."""

    names: tuple[str, ...]
    hidden: Numbers
    bias: Numbers
    out: Numbers
    straight: Numbers
    intercept: float

    @classmethod
    def of(cls, learned: Learned) -> Network:
        """From its weights."""
        return cls(
            tuple(learned.hidden),
            np.array(list(learned.hidden.values())),
            np.array(learned.bias),
            np.array(learned.out),
            np.array(list(learned.straight.values())),
            learned.intercept,
        )

    def scores(self, inputs: Numbers) -> Numbers:
        """The probability of each row of ``inputs``, shape (rows, numbers)."""
        logits = np.tanh(inputs @ self.hidden + self.bias) @ self.out
        logits += inputs @ self.straight + self.intercept
        probabilities: Numbers = 1 / (1 + np.exp(-logits))
        return probabilities

    def score(self, values: Mapping[str, float]) -> float:
        """The probability by the `numbers` of one text, of which it takes its own."""
        return float(self.scores(np.array([[values[name] for name in self.names]]))[0])


@cache
def _network(name: str) -> Network:
    content = resources.files(__package__).joinpath(f"calibration/{name}.json").read_bytes()
    return Network.of(msgspec.json.decode(content, type=Learned))


def in_service(probability: float, steepness: float = STEEPNESS) -> float:
    """The probability where most texts are the bot's own: the same at the threshold and below it.

    The order of texts stays, and which of them pass the threshold.
    """
    if not THRESHOLD < probability < 1:
        return probability
    odds = _log_odds(THRESHOLD)
    odds += steepness * (_log_odds(probability) - odds)
    return 1 / (1 + math.exp(-odds))


def _log_odds(probability: float) -> float:
    return math.log(probability / (1 - probability))


def confidence(s: Signs, recipe: Recipe = RECIPES[DEFAULT]) -> float:
    """The probability, 0 to 1, where the evidence is of a recipe."""
    return _network(recipe.network).score(numbers(s))
