"""How likely each intent is what a text means: the stages of a classifier, one after another.

A further stage costs several times the first, and changes little where the first is sure: it
reads only what is in doubt.
"""

from __future__ import annotations

import numpy as np

from daehwa.nlu import confidence
from daehwa.nlu.classifier import Classifier, NgramCosines
from daehwa.nlu.confidence import Mask, Numbers


def judge(classifier: Classifier, text: str, spelling: NgramCosines, allowed: Mask) -> Numbers:
    """The probability of each intent (shape: intents); 0 of those that are not ``allowed``."""
    before = None
    scores: Numbers = np.zeros(classifier.intents)
    probability = 0.0
    for stage in classifier.stages:
        low, high = stage.recipe.doubt
        if before is not None and not low <= probability < high:
            break
        evidence = classifier.evidence(text, spelling, before)
        signs, top = confidence.signs(evidence, samples=classifier.samples, among=allowed)
        probability = confidence.confidence(signs, stage.recipe)
        share = np.maximum(evidence.support, 0) / max(float(evidence.support[top]), 1e-6)
        scores = np.where(allowed, np.minimum(share, 1), 0) * probability
        before = evidence
    return scores
