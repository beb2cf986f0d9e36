"""Whether the samples of two intents are told apart, however alike they are.

"Turn on the lights" and "turn off the lights" are alike, and yet each is understood: what shows
it is leaving a sample out of the learning and seeing which intent it would be taken for.
Leaving a row out of a kernel ridge regression changes its values to ``target - dual / diagonal
of the inverse``: exact, without learning again.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from daehwa.nlu.classifier import Classifier
from daehwa.nlu.ngrams import Floats

_MOST: Final = 3000
"""Samples up to which their kernel is inverted; of more none counts as understood."""


def understood_when_left_out(classifier: Classifier) -> frozenset[int]:
    """The rows of the samples that are taken for their own intent when each is left out."""
    texts, owners = classifier.sample_rows()
    if not 0 < len(texts) <= _MOST:
        return frozenset()
    kernel = _alike(classifier, texts)
    kernel[np.diag_indices_from(kernel)] += classifier.recipe.ridge
    target = (owners[:, None] == np.arange(classifier.intents)).astype(np.float32)
    inverse = np.linalg.inv(kernel)
    values = target - inverse @ target / np.diag(inverse)[:, None]
    return frozenset(int(row) for row in np.flatnonzero(values.argmax(axis=1) == owners))


def _alike(classifier: Classifier, texts: tuple[str, ...]) -> Floats:
    """How alike the samples are, by letters and meaning, as the classifier sees it."""
    recipe = classifier.recipe
    kernel = np.array([classifier.spelling(text).rows[: len(texts)] for text in texts])
    kernel = kernel.astype(np.float32) * np.float32(recipe.letters)
    vectors = classifier.vectors()
    parts = list(recipe.parts(np.array([vectors[text] for text in texts], dtype=np.float32)))
    for part in parts:
        kernel += np.exp(np.float32(recipe.sharpness) * (part @ part.T - 1)) / len(parts)
    return kernel
