"""Multinomial logistic regression: the same optimum as a well-known library's."""

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from daehwa.nlu import softmax

CLASSES, WIDTH = 4, 16


@pytest.fixture(scope="module")
def material():
    chance = np.random.default_rng(7)
    owners = np.repeat(np.arange(CLASSES), (3, 10, 40, 100))
    middles = chance.normal(size=(CLASSES, WIDTH))
    vectors = middles[owners] + chance.normal(size=(len(owners), WIDTH))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors.astype(np.float32), owners


def learn(vectors, owners, weights=None):
    targets = np.eye(CLASSES, dtype=np.float32)[owners]
    shares = np.ones(len(owners), dtype=np.float32) if weights is None else weights
    return softmax.learn(vectors, targets, shares)


def test_it_ends_where_scikit_learn_does(material):
    vectors, owners = material
    learned = learn(vectors, owners)
    reference = LogisticRegression(C=10, max_iter=2000).fit(vectors, owners)
    ours = np.array([softmax.posterior(learned, vector) for vector in vectors])
    assert np.allclose(ours, reference.predict_proba(vectors), atol=0.02)


def test_a_posterior_is_of_all_classes_together(material):
    vectors, owners = material
    chances = softmax.posterior(learn(vectors, owners), vectors[0])
    assert chances.shape == (CLASSES,)
    assert chances.sum() == pytest.approx(1, abs=1e-5)


def test_a_text_of_weight_two_counts_as_two_texts(material):
    vectors, owners = material
    twice = np.where(owners == 0, 2, 1).astype(np.float32)
    weighted = learn(vectors, owners, twice)
    repeated = learn(
        np.repeat(vectors, twice.astype(int), axis=0), np.repeat(owners, twice.astype(int))
    )
    for vector in vectors[:5]:
        assert np.allclose(
            softmax.posterior(weighted, vector), softmax.posterior(repeated, vector), atol=0.02
        )


def test_a_class_without_texts_is_the_least_likely(material):
    vectors, owners = material
    some = owners != 3
    chances = softmax.posterior(learn(vectors[some], owners[some]), vectors[0])
    assert chances.argmin() == 3
