"""Multinomial logistic regression on sentence vectors, in plain numpy.

The likelihood's curvature is nowhere more than half the vectors' own second moments (Böhning
1992), so that Newton steps with that bound go downhill from anywhere, and one inversion
serves them all; Nesterov's momentum makes up for what the bound gives away. Nothing is drawn
at random. scikit-learn's own ends at the same optimum (a test sees to it), but its import alone
takes longer than most bots take to learn, and every start would wait for it.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from daehwa.nlu.ngrams import Floats

_TRUST: Final = 10.0
"""How much a text counts against the weights' squares: scikit-learn's C."""

_FREE: Final = 1e-3
"""How much of the shrinkage the intercepts have."""

_SETTLED: Final = 0.003
_STEPS: Final = 50
"""Steps until no weight moves further than this, but no more than so many."""


def learn(vectors: Floats, targets: Floats, weights: Floats) -> Floats:
    """Learn from ``vectors`` (texts, width) and ``targets``, one-hot (texts, classes).

    ``weights`` (texts,) says how much each text counts. Gives weights and, last, intercepts
    (width + 1, classes).
    """
    table = np.column_stack([vectors, np.ones(len(vectors), dtype=np.float32)])
    shrinkage = np.ones(table.shape[1], dtype=np.float32)
    shrinkage[-1] = _FREE
    weighted = table * (_TRUST * weights[:, None])
    bound = 0.5 * (weighted.T @ table).astype(np.float64)
    bound[np.diag_indices_from(bound)] += shrinkage
    inverse = np.linalg.inv(bound).astype(np.float32)
    learned = ahead = np.zeros((table.shape[1], targets.shape[1]), dtype=np.float32)
    momentum = 1.0
    for _ in range(_STEPS):
        slope = weighted.T @ (_softmax(table @ ahead) - targets)
        step = inverse @ (slope + shrinkage[:, None] * ahead)
        nearer = ahead - step
        if np.vdot(step, nearer - learned) > 0:
            momentum = 1.0  # it has overshot
        faster = (1 + np.sqrt(1 + 4 * momentum**2)) / 2
        ahead = nearer + np.float32((momentum - 1) / faster) * (nearer - learned)
        learned, momentum = nearer, faster
        if np.abs(step).max() < _SETTLED:
            break
    return learned


def posterior(learned: Floats, vector: Floats) -> Floats:
    """The probability of each class (classes,) for a vector (width,)."""
    return _softmax(vector @ learned[:-1] + learned[-1])


def _softmax(logits: Floats) -> Floats:
    """Along the last axis; ``logits`` are used up."""
    logits -= logits.max(axis=-1, keepdims=True)
    np.exp(logits, out=logits)
    logits /= logits.sum(axis=-1, keepdims=True)
    return logits
