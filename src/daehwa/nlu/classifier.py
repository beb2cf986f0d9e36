"""Which intent a text means: kernel ridge regression on meaning and letters together.

Two texts are as alike as ``exp(3 (cos - 1))`` of their sentence vectors plus 0.2 times the
cosine of their n-grams. Each intent's *strength* for a text is the regression's value: near
1 among the intent's samples, falling to 0 away from all samples, which is what tells a text
that is none of the bot's business. A background of neutral texts stands on the side of no
intent, so that even a bot with one intent has something to be told apart from. An intent's
name, where it is made of words, counts as a sample of less weight.

The solution is exact and in closed form: nothing random, no iterations, numpy alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec
import numpy as np
import numpy.typing as npt

from daehwa.nlu import encoder
from daehwa.nlu.lexicon import Floats, Lexicon
from daehwa.nlu.text import normalise, words

_SHARPNESS: Final = 3.0
_LETTERS: Final = 0.2
_RIDGE: Final = 0.2
_NAME_RIDGE: Final = 0.5
_TOO_NEAR: Final = 0.7
"""A background text this near (cosine) to a sample may be the bot's business: left out."""

_FEW: Final = 2000
"""Rows up to which the kernel is simply inverted."""
_SAMPLED: Final = 1000

_HABITS_GUESS: Final = (0.3, 0.6)
_LEAN: Final = 3.0

Owners = npt.NDArray[np.int32]


class Spelling(msgspec.Struct, frozen=True):
    """How near texts are by their n-grams (cosines): each learnt one, each intent's nearest.

    ``coverage`` is the share of the text's letters that the samples know.
    """

    rows: Floats
    intents: Floats
    coverage: float


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """What speaks for the intents; arrays have one number for each.

    ``meaning`` is the cosine to the nearest sample by the sentence encoder; ``coverage`` the
    share of the text's letters that the samples know. ``usual_strength`` and
    ``usual_meaning`` are what the intent's own samples have when each is left out of the
    learning.
    """

    strength: Floats
    meaning: Floats
    usual_strength: Floats
    usual_meaning: Floats
    coverage: float


class Classifier:
    """Strengths of intents for a text.

    Rows are texts: the samples, intent by intent, then the background, then the intents'
    names. ``owners`` ascend (shape: rows): the number of a sample's intent, the number of
    intents for the background, one more for a name. ``habits`` (shape: 2, intents) are the
    usual strength and meaning of `Evidence`.
    """

    def __init__(
        self,
        *,
        texts: Sequence[str],
        lexicon: Lexicon,
        vectors: Floats,
        owners: Owners,
        dual: Floats,
        habits: Floats,
    ) -> None:
        self.intents = dual.shape[1]
        self.texts = tuple(texts)
        self._lexicon = lexicon
        self._vectors = vectors
        self._owners = owners
        self._dual = dual
        self._habits = habits
        begins = np.searchsorted(owners, np.arange(self.intents + 1))
        self._begins = begins[:-1]
        self.samples = int(begins[-1])

    @classmethod
    def learn(
        cls,
        samples: Sequence[Sequence[str]],
        *,
        names: Sequence[str] = (),
        background: Sequence[str] = (),
        vectors: Mapping[str, Floats] | None = None,
    ) -> Classifier:
        """Learn from the samples of each intent; every intent has one.

        ``names`` are the intents' names. ``vectors`` holds sentence vectors that are known
        already, by text.
        """
        intents = len(samples)
        texts = [text for own in samples for text in own]
        titles = {number: title for number, name in enumerate(names) if (title := words(name))}
        known = vectors or {}
        wanted = [text for text in (*texts, *background, *titles.values()) if text not in known]
        lookup = {**known, **dict(zip(wanted, encoder.encode(wanted), strict=True))}
        meaning = np.array([lookup[text] for text in texts], dtype=np.float32)
        neutral = [
            text
            for text in background
            if float(np.max(meaning @ lookup[text], initial=-1.0)) < _TOO_NEAR
        ]
        rows = [*texts, *neutral, *titles.values()]
        owners = np.array(
            [
                *(number for number, own in enumerate(samples) for _ in own),
                *(intents for _ in neutral),
                *(intents + 1 for _ in titles),
            ],
            dtype=np.int32,
        )
        target = (owners[:, None] == np.arange(intents)).astype(np.float32)
        target[len(texts) + len(neutral) :] = np.eye(intents, dtype=np.float32)[list(titles)]
        meaning = np.array([lookup[text] for text in rows], dtype=np.float32)
        lexicon = Lexicon.learn([normalise(text) for text in rows], own=len(texts))
        kernel = _kernel(meaning, lexicon, rows)
        kernel[np.diag_indices_from(kernel)] += np.where(owners > intents, _NAME_RIDGE, _RIDGE)
        dual, leverage = _solve(kernel, target)
        return cls(
            texts=rows,
            lexicon=lexicon,
            vectors=meaning,
            owners=owners,
            dual=dual,
            habits=_habits(dual, leverage, meaning, owners),
        )

    def vectors(self) -> dict[str, Floats]:
        """The sentence vectors that learning this took, by text."""
        return dict(zip(self.texts, self._vectors, strict=True))

    def sample_rows(self) -> tuple[tuple[str, ...], Floats, Owners]:
        """The samples: their texts, sentence vectors (samples, 512), and intents' numbers."""
        own = slice(self.samples)
        return self.texts[own], self._vectors[own], self._owners[own]

    def counts(self) -> list[int]:
        """How many samples each intent has."""
        return [int(count) for count in np.bincount(self._owners[: self.samples])]

    def spelling(self, text: str) -> Spelling:
        """How near the samples are by letters; no encoder."""
        rows, coverage = self._lexicon.likeness(normalise(text))
        own = rows[: self.samples]
        return Spelling(rows, np.maximum.reduceat(own, self._begins), coverage)

    def evidence(self, text: str, spelling: Spelling) -> Evidence:
        """What speaks for each intent, given the text's own spelling; one call of the encoder."""
        meaning = self._vectors @ encoder.encode((text,))[0]
        kernel = np.exp(_SHARPNESS * (meaning - 1)) + _LETTERS * spelling.rows
        return Evidence(
            strength=kernel @ self._dual,
            meaning=np.maximum.reduceat(meaning[: self.samples], self._begins),
            usual_strength=self._habits[0],
            usual_meaning=self._habits[1],
            coverage=spelling.coverage,
        )

    def arrays(self) -> dict[str, npt.NDArray[np.generic]]:
        """The classifier as named arrays."""
        return {
            "vectors": self._vectors,
            "owners": self._owners,
            "dual": self._dual,
            "habits": self._habits,
            **{f"lexicon.{name}": array for name, array in self._lexicon.arrays().items()},
        }

    @classmethod
    def of(
        cls, arrays: Mapping[str, npt.NDArray[np.generic]], *, texts: Sequence[str]
    ) -> Classifier:
        """A classifier from the arrays and texts of another."""
        lexicon = {
            name.removeprefix("lexicon."): array
            for name, array in arrays.items()
            if name.startswith("lexicon.")
        }
        owners = arrays["owners"].astype(np.int32, copy=False)
        dual = arrays["dual"].astype(np.float32, copy=False)
        own = int(np.sum(owners < dual.shape[1]))
        return cls(
            texts=texts,
            lexicon=Lexicon.of(lexicon, size=len(owners), own=own),
            vectors=arrays["vectors"].astype(np.float32, copy=False),
            owners=owners,
            dual=dual,
            habits=arrays["habits"].astype(np.float32, copy=False),
        )


def _kernel(meaning: Floats, lexicon: Lexicon, texts: Sequence[str]) -> Floats:
    """How alike the texts are, shape (rows, rows)."""
    kernel: Floats = np.exp(_SHARPNESS * (meaning @ meaning.T - 1))
    for row, text in enumerate(texts):
        kernel[row] += _LETTERS * lexicon.likeness(normalise(text))[0]
    return kernel


def _solve(kernel: Floats, target: Floats) -> tuple[Floats, Floats]:
    """The regression's dual weights (rows, intents), and the diagonal of the kernel's inverse.

    ``kernel`` is used up. Of many rows only a thousand of the diagonal are worked out, evenly
    spread; the others are NaN.
    """
    rows = len(kernel)
    if rows <= _FEW:
        inverse = np.linalg.inv(kernel)
        return (inverse @ target).astype(np.float32), np.diag(inverse).astype(np.float32)
    from scipy.linalg import cho_factor, cho_solve  # noqa: PLC0415  0.3 s that small bots save

    factor = cho_factor(kernel, lower=True, overwrite_a=True, check_finite=False)
    some = np.arange(0, rows, -(-rows // _SAMPLED))
    units = np.zeros((rows, len(some)), dtype=np.float32)
    units[some, np.arange(len(some))] = 1.0
    leverage = np.full(rows, np.nan, dtype=np.float32)
    leverage[some] = cho_solve(factor, units, check_finite=False)[some, np.arange(len(some))]
    dual: Floats = cho_solve(factor, target, check_finite=False).astype(np.float32)
    return dual, leverage


def _habits(dual: Floats, leverage: Floats, meaning: Floats, owners: Owners) -> Floats:
    """The usual strength and meaning of each intent's samples, each left out in turn.

    Leaving a row out of a kernel ridge regression changes its value to
    ``target - dual / diagonal of the inverse``: exact, without learning again. An intent of
    few samples leans on the whole bot's mean, a bot of lone samples on a middling guess.
    """
    intents = dual.shape[1]
    sums, counts = np.zeros((2, intents)), np.zeros((2, intents))
    for number in range(intents):
        rows = np.flatnonzero(owners == number)
        if len(rows) > 1:
            others = meaning[rows] @ meaning[rows].T
            np.fill_diagonal(others, -1.0)
            strengths = 1 - dual[rows, number] / leverage[rows]
            sums[:, number] = np.nansum(strengths), np.sum(others.max(axis=1))
            counts[:, number] = np.sum(np.isfinite(strengths)), len(rows)
    guess = np.array(_HABITS_GUESS)[:, None]
    total, count = sums.sum(axis=1, keepdims=True), counts.sum(axis=1, keepdims=True)
    overall = (total + _LEAN * guess) / (count + _LEAN)
    habits: Floats = ((sums + _LEAN * overall) / (counts + _LEAN)).astype(np.float32)
    return habits
