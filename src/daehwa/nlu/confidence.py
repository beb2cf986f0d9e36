"""From evidence to a probability: that the strongest intent is what the text means.

One logistic regression serves every bot, so that Lex's default threshold of 0.40 is a
sensible one for a bot of one intent and of a hundred and fifty. Its weights were learnt from
random bots of 1 to 150 intents with 1 to 80 samples each, drawn from the training and
validation parts of public sets (CLINC150, SNIPS, paraKQC and Korean small talk) and from
everyday requests of our own, against texts of the intents left out and texts of nobody's
business, half of each bot's texts being its own. ``bench/nlu/calibrate.py`` learns them again.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from daehwa.nlu.classifier import Evidence

_FAINTEST: Final = 0.01
_WEIGHTS: Final = np.array(
    [
        *(15.4817, 0.5504, -4.0627, 10.9802, -1.8946, 0.7240, 1.2321, 1.5162),
        *(-14.1717, -0.3288, -1.1459, 0.1432, -0.1144, -3.5453, 0.5666),
    ]
)
_INTERCEPT: Final = -0.5609

Mask = npt.NDArray[np.bool_]


def features(
    evidence: Evidence, *, samples: int, length: int, among: Mask | None = None
) -> tuple[npt.NDArray[np.float64], int]:
    """What the confidence rests on (shape: 15), and the number of the strongest intent.

    ``samples`` is how many the bot has in all, ``length`` the text's characters; ``among``
    (shape: intents) says which intents may be meant.
    """
    strength, meaning = evidence.strength, evidence.meaning
    intents = len(strength)
    if among is not None:
        strength = np.where(among, strength, -np.inf)
        meaning = np.where(among, meaning, -1.0).astype(np.float32)
        intents = int(among.sum())
    top = int(np.argmax(strength))
    first = float(strength[top])
    others = np.delete(np.arange(len(strength)), top) if intents > 1 else None
    second = 0.0 if others is None else float(np.max(strength[others]))
    rival = 0.0 if others is None else float(np.max(meaning[others]))
    faint = float(np.log(max(first, _FAINTEST)))
    near = float(meaning[top])
    many = float(np.log(intents))
    per_intent = float(np.log(max(samples / len(strength), 1.0)))
    return (
        np.array(
            [
                first,
                faint,
                second,
                near,
                float(evidence.letters[top]),
                evidence.elsewhere,
                evidence.coverage,
                near - rival,
                near * near,
                many,
                per_intent,
                faint * many,
                float(np.log(max(length, 1))),
                float(evidence.usual_strength[top]),
                float(evidence.usual_meaning[top]),
            ]
        ),
        top,
    )


def confidence(numbers: npt.NDArray[np.float64]) -> float:
    """The probability, 0 to 1, from `features`."""
    return float(1 / (1 + np.exp(-(numbers @ _WEIGHTS + _INTERCEPT))))
