"""How likely each intent is what a text means: the stages of a classifier, one after another.

A further stage costs several times the first, and changes little where the first is sure: it
reads only what is in doubt. Where both name the same intent, two opinions are better than one:
the mean of their log odds.
"""

from __future__ import annotations

import math

import numpy as np

from daehwa.nlu import confidence
from daehwa.nlu.classifier import Classifier, NgramCosines
from daehwa.nlu.confidence import Mask, Numbers


def judge(
    classifier: Classifier,
    text: str,
    spelling: NgramCosines,
    allowed: Mask,
    *,
    steepness: float = confidence.STEEPNESS,
) -> Numbers:
    """The probability of each intent (shape: intents); 0 of those that are not ``allowed``.

    ``steepness`` is that of `daehwa.nlu.confidence.in_service`.
    """
    before, named = None, -1
    shares: Numbers = np.zeros(classifier.intents)
    probability = 0.0
    for stage in classifier.stages:
        low, high = stage.recipe.doubt
        if before is not None and not low <= probability < high:
            break
        evidence = classifier.evidence(text, spelling, before)
        signs, top = confidence.signs(evidence, samples=classifier.samples, among=allowed)
        second = confidence.confidence(signs, stage.recipe)
        hearing = stage.recipe.hearing if top == named else 0.0
        probability, named = _together(probability, second, hearing), top
        share = np.maximum(evidence.support, 0) / max(float(evidence.support[top]), 1e-6)
        shares = np.where(allowed, np.minimum(share, 1), 0)
        before = evidence
    return shares * confidence.in_service(probability, steepness)


def _together(first: float, second: float, share: float) -> float:
    """Two probabilities of the same as one; ``share`` is the first's, of their log odds."""
    if not share or not 0 < second < 1:
        return second
    odds = share * math.log(first / (1 - first)) + (1 - share) * math.log(second / (1 - second))
    return 1 / (1 + math.exp(-odds))
