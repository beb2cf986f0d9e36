"""The sentiment of a text: a logistic regression over its vector and its signs."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Final

import msgspec
import numpy as np
import numpy.typing as npt

from daehwa import lex
from daehwa.nlu import e5, encoder
from daehwa.nlu.languages import installed, language_code, load
from daehwa.nlu.languages.speech_acts import SentimentWords
from daehwa.nlu.sentiment.signs import SentimentSigns, signs

SENTIMENTS: Final[tuple[lex.Sentiment, ...]] = ("POSITIVE", "NEGATIVE", "NEUTRAL", "MIXED")
"""The sentiments, in the order of the weights."""

_ENCODERS: Final = ((e5, 3.0), (encoder, 2.0))
"""Whose unit vectors are read, and how much each counts beside the signs."""

ENCODERS: Final = tuple(each.NAME for each, _ in _ENCODERS)
"""Which encoders the weights are for, in their order."""

_DIGITS: Final = 6

Floats = npt.NDArray[np.float64]


class SentimentWeights(msgspec.Struct, frozen=True):
    """What was taught: for each sentiment a bias, and a weight of each number of a text.

    ``encoders`` are whose vectors they are for; ``signs`` names the numbers after those.
    """

    encoders: tuple[str, ...]
    signs: tuple[str, ...]
    biases: tuple[float, ...]
    weights: tuple[tuple[float, ...], ...]


def detect_sentiment(text: str, locale: str) -> lex.SentimentResponse | None:
    """The sentiment of a text in a locale (``ko_KR``).

    ``None`` where its language has no words of feeling, or this machine cannot run an encoder.
    """
    words = _words(language_code(locale))
    if words is None or not _usable():
        return None
    weights, biases = _taught()
    scores = _softmax(features(text, words) @ weights + biases)
    positive, negative, neutral, mixed = (round(float(score), _DIGITS) for score in scores)
    return lex.SentimentResponse(
        sentiment=SENTIMENTS[int(np.argmax(scores))],
        sentiment_score=lex.SentimentScore(
            positive=positive, negative=negative, neutral=neutral, mixed=mixed
        ),
    )


def features(text: str, words: SentimentWords) -> Floats:
    """The numbers of a text: the encoders' vectors, then the signs."""
    vectors = [each.encode([text])[0] * share for each, share in _ENCODERS]
    return np.concatenate([*vectors, np.array(signs(text, words), dtype=np.float64)])


@cache
def _usable() -> bool:
    """Whether the encoders run here; they are looked for once a process."""
    return all(each.usable() for each, _ in _ENCODERS)


@cache
def _words(code: str) -> SentimentWords | None:
    """The words of feeling of a language, if it has a package with such words."""
    return load(code).sentiment if code in installed() else None


@cache
def _taught() -> tuple[Floats, Floats]:
    """The weights, shape (numbers, sentiments), and the biases."""
    content = resources.files(__package__).joinpath("weights.json").read_bytes()
    taught = msgspec.json.decode(content, type=SentimentWeights)
    if taught.encoders != ENCODERS or taught.signs != SentimentSigns._fields:
        raise RuntimeError("the weights are of another version: bench/nlu/sentiment.py --write")
    weights: Floats = np.array(taught.weights).T
    biases: Floats = np.array(taught.biases)
    return weights, biases


def _softmax(logits: Floats) -> Floats:
    likely: Floats = np.exp(logits - np.max(logits))
    shares: Floats = likely / likely.sum()
    return shares
