"""Which intent a text means: kernel ridge regression on meaning and letters together.

Two texts are as alike as ``exp(3 (cos - 1))`` of their sentence vectors plus 0.2 times the
cosine of their n-grams. Each intent's *strength* for a text is the regression's value: near
1 among the intent's samples, falling to 0 away from all samples, which is what tells a text
that is none of the bot's business. A background of neutral texts stands on the side of no
intent, so that even a bot with one intent has something to be told apart from.

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
from daehwa.nlu.text import normalise

_SHARPNESS: Final = 3.0
_LETTERS: Final = 0.2
_RIDGE: Final = 0.2
_TOO_NEAR: Final = 0.5
"""A background text this near (cosine) to a sample may be the bot's business: left out."""

Owners = npt.NDArray[np.int32]


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """What speaks for the intents, of which ``strength`` has one number each.

    ``meaning`` and ``letters`` are the cosines to the nearest sample of each intent, by the
    sentence encoder and by n-grams; ``elsewhere`` the cosine to the nearest background text;
    ``coverage`` the share of the text's letters that the bot knows.
    """

    strength: Floats
    meaning: Floats
    letters: Floats
    elsewhere: float
    coverage: float


class Classifier:
    """Strengths of ``intents`` intents, whose samples come first, the background after them."""

    def __init__(
        self, *, intents: int, lexicon: Lexicon, vectors: Floats, owners: Owners, dual: Floats
    ) -> None:
        self.intents = intents
        self._lexicon = lexicon
        self._vectors = vectors
        self._owners = owners
        self._dual = dual
        self._begins = np.searchsorted(owners, np.arange(intents + 1))
        self.samples = int(self._begins[-1])

    @classmethod
    def learn(
        cls,
        texts: Sequence[str],
        owners: Sequence[int],
        *,
        intents: int,
        background: Sequence[str] = (),
        vectors: Mapping[str, Floats] | None = None,
    ) -> Classifier:
        """Learn from samples and the number of the intent that each belongs to.

        ``owners`` ascend and every intent has a sample. ``vectors`` holds sentence vectors
        that are known already, by text.
        """
        known = vectors or {}
        wanted = [text for text in (*texts, *background) if text not in known]
        fresh = dict(zip(wanted, encoder.encode(wanted), strict=True))
        lookup = {**known, **fresh}
        samples = np.array([lookup[text] for text in texts], dtype=np.float32)
        neutral = [
            text
            for text in background
            if float(np.max(samples @ lookup[text], initial=-1.0)) < _TOO_NEAR
        ]
        everything = [*texts, *neutral]
        meaning = np.array([lookup[text] for text in everything], dtype=np.float32)
        owner = np.array([*owners, *[intents] * len(neutral)], dtype=np.int32)
        lexicon = Lexicon.learn([normalise(text) for text in everything])
        return cls(
            intents=intents,
            lexicon=lexicon,
            vectors=meaning,
            owners=owner,
            dual=_solve(meaning, lexicon, everything, owner, intents),
        )

    def evidence(self, text: str) -> Evidence:
        """What speaks for each intent; one call of the encoder."""
        letters, coverage = self._lexicon.likeness(normalise(text))
        meaning = self._vectors @ encoder.encode((text,))[0]
        kernel = np.exp(_SHARPNESS * (meaning - 1)) + _LETTERS * letters
        return Evidence(
            strength=kernel @ self._dual,
            meaning=np.maximum.reduceat(meaning[: self.samples], self._begins[:-1]),
            letters=np.maximum.reduceat(letters[: self.samples], self._begins[:-1]),
            elsewhere=float(np.max(meaning[self.samples :], initial=0.0)),
            coverage=coverage,
        )

    def letters(self, text: str) -> Floats:
        """The cosine of n-grams to the nearest sample of each intent; no encoder."""
        letters, _ = self._lexicon.likeness(normalise(text))
        return np.maximum.reduceat(letters[: self.samples], self._begins[:-1])

    def arrays(self) -> dict[str, npt.NDArray[np.generic]]:
        """The classifier as named arrays."""
        return {
            "vectors": self._vectors,
            "owners": self._owners,
            "dual": self._dual,
            **{f"lexicon.{name}": array for name, array in self._lexicon.arrays().items()},
        }

    @classmethod
    def of(cls, arrays: Mapping[str, npt.NDArray[np.generic]]) -> Classifier:
        """A classifier from the arrays of another."""
        lexicon = {
            name.removeprefix("lexicon."): array
            for name, array in arrays.items()
            if name.startswith("lexicon.")
        }
        owners = arrays["owners"].astype(np.int32, copy=False)
        dual = arrays["dual"].astype(np.float32, copy=False)
        return cls(
            intents=dual.shape[1],
            lexicon=Lexicon.of(lexicon, size=len(owners)),
            vectors=arrays["vectors"].astype(np.float32, copy=False),
            owners=owners,
            dual=dual,
        )


def _solve(
    meaning: Floats, lexicon: Lexicon, texts: Sequence[str], owner: Owners, intents: int
) -> Floats:
    """The regression's dual weights, shape (texts, intents)."""
    kernel = np.exp(_SHARPNESS * (meaning @ meaning.T - 1))
    for row, text in enumerate(texts):
        kernel[row] += _LETTERS * lexicon.likeness(normalise(text))[0]
    target = (owner[:, None] == np.arange(intents)).astype(np.float32)
    kernel[np.diag_indices_from(kernel)] += _RIDGE
    dual: Floats = np.linalg.solve(kernel, target).astype(np.float32)
    return dual
