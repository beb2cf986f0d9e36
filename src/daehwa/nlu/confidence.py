"""From evidence to a probability: that the strongest intent is what the text means.

One logistic regression, for each quality, serves every bot, so that Lex's default threshold of
0.40 is a sensible one for a bot of one intent and of a hundred and fifty. Its weights were
learnt from random bots of 1 to 150 intents with 1 to 80 samples each, drawn from the training
and validation parts of public sets (CLINC150, SNIPS, paraKQC and Korean small talk) and from
everyday requests of our own, against texts of the intents left out and texts of nobody's
business. Less than half of each bot's texts are its own, fewer the smaller the bot: what is
not the bot's business has somewhere better to go.
``bench/nlu/calibrate.py`` learns them again.
"""

from __future__ import annotations

import math
from typing import Final

import msgspec
import numpy as np
import numpy.typing as npt

from daehwa.nlu.calibration import INTERCEPTS, WEIGHTS
from daehwa.nlu.classifier import Evidence
from daehwa.nlu.quality import DEFAULT, Quality

_FAINTEST: Final = 0.01
_MOST: Final = 1.2

Mask = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.float64]


class Signs(msgspec.Struct, frozen=True, kw_only=True):
    """What the confidence rests on, each a number.

    Strength and meaning of the strongest intent (``first``, ``near``), of its best rival
    (``second``, ``rival``), and as is usual for the intent; the strength that it has by
    ``chance``; ``coverage``; logarithms of the text's ``length`` in letters and of the bot's size:
    the intents, the samples an intent.
    """

    first: float
    second: float
    near: float
    rival: float
    chance: float
    coverage: float
    length: float
    usual_strength: float
    usual_meaning: float
    intents: float
    samples: float


def signs(evidence: Evidence, *, samples: int, among: Mask | None = None) -> tuple[Signs, int]:
    """The signs, and the number of the strongest intent.

    ``samples`` is how many the bot has in all; ``among`` (shape: intents) says which intents
    may be meant.
    """
    strength, meaning = evidence.strength, evidence.meaning
    intents = len(strength)
    if among is not None:
        strength = np.where(among, strength, -np.inf)
        meaning = np.where(among, meaning, -1.0).astype(np.float32)
        intents = int(among.sum())
    top = int(np.argmax(strength))
    alone = intents == 1
    return (
        Signs(
            first=float(strength[top]),
            second=0.0 if alone else float(np.partition(strength, -2)[-2]),
            near=float(meaning[top]),
            rival=0.0 if alone else float(np.max(np.delete(meaning, top))),
            chance=float(evidence.chance[top]),
            coverage=evidence.coverage,
            length=math.log(max(evidence.length, 1)),
            usual_strength=float(evidence.usual_strength[top]),
            usual_meaning=float(evidence.usual_meaning[top]),
            intents=math.log(intents),
            samples=math.log(max(samples / len(strength), 1.0)),
        ),
        top,
    )


def pieces(s: Signs) -> dict[str, float]:
    """The straight pieces that the regression weighs, by name.

    A piece whose name starts with ``+`` may only raise the confidence.
    """
    first = min(max(s.first, 0.0), _MOST)
    second = min(max(s.second, 0.0), _MOST)
    near = min(max(s.near, 0.0), 1.0)
    faint = math.log(max(first, _FAINTEST))
    return {
        "+ strength, log": faint,
        "+ strength": first,
        "strength over .2": max(first - 0.2, 0.0),
        "strength over .5": max(first - 0.5, 0.0),
        "+ lead in strength": first - second,
        "+ meaning": near,
        "meaning over .4": max(near - 0.4, 0.0),
        "meaning over .6": max(near - 0.6, 0.0),
        "meaning over .8": max(near - 0.8, 0.0),
        "+ coverage": s.coverage,
        "+ lead in meaning": min(max(s.near - s.rival, -1.0), 1.0),
        "chance, log": math.log(s.chance + _FAINTEST),
        "length": s.length,
        "strength by length": faint * s.length,
        "meaning by length": near * s.length,
        "coverage by length": s.coverage * s.length,
        "intents": s.intents,
        "intents, squared": s.intents**2,
        "samples": s.samples,
        "samples, squared": s.samples**2,
        "intents by samples": s.intents * s.samples,
        "strength by samples": faint * s.samples,
        "strength by intents": faint * s.intents,
        "meaning by samples": near * s.samples,
        "meaning by intents": near * s.intents,
        "usual strength": s.usual_strength,
        "usual meaning": s.usual_meaning,
        "meaning by usual meaning": near * s.usual_meaning,
        "strength by usual strength": faint * s.usual_strength,
    }


def confidence(s: Signs, quality: Quality = DEFAULT) -> float:
    """The probability, 0 to 1, where the evidence is of a quality."""
    learnt = WEIGHTS[quality]
    found = pieces(s)
    return 1 / (1 + math.exp(-INTERCEPTS[quality] - sum(learnt[n] * found[n] for n in learnt)))
