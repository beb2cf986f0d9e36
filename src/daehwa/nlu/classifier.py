"""Which intent a text means: two regressions that check each other.

The first is kernel ridge regression on meaning and letters together.

How alike two texts are is the recipe's matter (`daehwa.nlu.quality`). Each intent's *strength*
for a text is the regression's value: near 1 among the intent's samples, falling to 0 away from
all samples, which is what shows a text to be none of the bot's business. A background of
neutral texts stands on the side of no intent, so that even a bot with one intent has something
to be distinguished from. An intent's name, where it is made of words, counts as a sample of less
weight.

The second is a logistic regression (`daehwa.nlu.softmax`) on the sentence encoders' vectors,
where the background is a class of its own: it gives the *posterior* of each intent and of
nobody's business. It separates intents of few samples better, and knows a stranger's text by
what it is like, not only by how far it is from the samples. Which weighs how much is the
recipe's matter too; the quality without an encoder does without it.

Both are worked out in numpy alone, with nothing random: the same texts always teach the same.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final

import msgspec
import numpy as np
import numpy.typing as npt

from daehwa.nlu import softmax, things
from daehwa.nlu.mentions import mentions
from daehwa.nlu.ngrams import Floats, NGrams
from daehwa.nlu.normalising import normalise, words
from daehwa.nlu.quality import DEFAULT, RECIPES, Recipe, known

_NAME_RIDGE: Final = 0.5
_NAME_SHARE: Final = 0.5
"""How much an intent's name counts beside a sample, in the logistic regression."""

_A_HANDFUL: Final = 10
"""Samples an intent up to which the logistic regression's word counts in full."""

_TOO_NEAR: Final = 0.7
"""A background text this near (cosine) to a sample may be the bot's business: left out."""

_A_CROWD: Final = 3
"""Texts that show how near a neighbourhood is, where one alone may be so by accident."""

_AT_ONCE: Final = 512
"""Texts encoded between two tellings of the progress."""

_FEW: Final = 2000
"""Rows up to which the kernel is simply inverted."""
_SAMPLED: Final = 1000

_HABITS_GUESS: Final = (0.3, 0.6)
_LEAN: Final = 3.0
_RARE: Final = 0.95

Owners = npt.NDArray[np.int32]


class NgramCosines(msgspec.Struct, frozen=True):
    """How near texts are by their n-grams (cosines): each learned one, each intent's nearest.

    ``coverage`` is the share of the text's letters that the samples know.
    """

    rows: Floats
    intents: Floats
    coverage: float


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """What speaks for the intents; arrays have one number for each.

    ``posterior`` sums to 1 with ``nobodys``, the probability that the text is nobody's business;
    ``support`` is what intents are ranked by, strength and posterior together.
    ``meaning`` is the cosine to the nearest sample, the mean of what the sentence encoders
    say, or the n-grams' if there is none; ``coverage`` the share of the text's
    letters that the samples know, ``length`` how many it has, a Hangul syllable counting as its
    two or three. ``usual_strength`` and ``usual_meaning`` are what the intent's own samples have
    when each is left out of the learning, ``chance`` the strength that one background text in
    twenty exceeds when it is. ``typical`` is the mean cosine to the intent's samples, ``crowd``
    that to the few samples nearest of all; ``neutral`` the cosine to the nearest background text,
    ``neutral_crowd`` the mean of the few nearest. ``vector`` is the text's own by the encoders that
    were asked, shape (width,); ``things`` says what things it names.
    """

    strength: Floats
    posterior: Floats
    support: Floats
    nobodys: float
    meaning: Floats
    usual_strength: Floats
    usual_meaning: Floats
    chance: Floats
    coverage: float
    length: int
    typical: Floats
    crowd: float
    neutral: float
    neutral_crowd: float
    vector: Floats
    things: things.Nearness = things.NOTHING


class Stage(msgspec.Struct, frozen=True, kw_only=True):
    """What one recipe learned of the rows.

    ``dual`` (shape: rows, intents) are the kernel's weights, ``linear`` (shape: width + 1,
    intents + 1) is the logistic regression. ``habits`` (shape: 3, intents) are the usual
    strength and meaning, and the chance strength, of `Evidence`. ``named`` (shape: things) is
    how near the samples are to everyday things.
    """

    recipe: Recipe
    dual: Floats
    linear: Floats
    habits: Floats
    named: Floats


class Classifier:
    """Strengths of intents for a text.

    Rows are texts: the samples, intent by intent, then the background, then the intents'
    names. ``owners`` ascend (shape: rows): the number of a sample's intent, the number of
    intents for the background, one more for a name. Each of the ``stages`` knows the first
    columns of ``vectors``, as wide as its recipe; the last knows all.
    """

    def __init__(
        self,
        *,
        stages: Sequence[Stage],
        texts: Sequence[str],
        ngrams: NGrams,
        vectors: Floats,
        owners: Owners,
    ) -> None:
        self.stages = tuple(stages)
        self.intents = stages[0].dual.shape[1]
        self.recipe = stages[-1].recipe
        self.texts = tuple(texts)
        self._ngrams = ngrams
        self._vectors = vectors
        self._owners = owners
        begins = np.searchsorted(owners, np.arange(self.intents + 1))
        self._begins = begins[:-1]
        self.samples = int(begins[-1])
        self._neutral = slice(self.samples, int(np.searchsorted(owners, self.intents, "right")))
        self._shares: Floats = (1 / np.maximum(np.diff(begins), 1)).astype(np.float32)
        # From many samples the kernel knows better than a straight line through the vectors.
        many = max(self.samples / (_A_HANDFUL * max(self.intents, 1)), 1.0)
        self._posterior_share = 1 / math.sqrt(many)

    @classmethod
    def learn(
        cls,
        samples: Sequence[Sequence[str]],
        *,
        recipes: Sequence[Recipe] = (RECIPES[DEFAULT],),
        names: Sequence[str] = (),
        background: Sequence[str] = (),
        values: Sequence[str] = (),
        vectors: Mapping[str, Floats] | None = None,
        progress: Callable[[float], None] | None = None,
    ) -> Classifier:
        """Learn from the samples of each intent; every intent has one.

        ``recipes`` are those of the stages. ``names`` are the intents' names, ``values`` what
        the samples' slots may have. ``vectors`` holds sentence vectors of the last recipe that
        are known already, by text. ``progress`` is called with the share of the texts that are
        encoded, which takes longest.

        Raises:
            QualityError: the recipe needs what is not installed.
        """
        intents = len(samples)
        texts = [text for own in samples for text in own]
        titles = {number: title for number, name in enumerate(names) if (title := words(name))}
        recipe = recipes[-1]
        common = known(recipe, tuple(background))
        lookup = dict(zip(background, common, strict=True)) | dict(vectors or {})
        wanted = [text for text in (*texts, *titles.values()) if text not in lookup]
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            lookup |= zip(some, recipe.encode(some), strict=True)
            if progress is not None:
                progress((start + len(some)) / len(wanted))
        # What is far from all samples surely stays nobody's business with a value in it.
        neutral, far = _neutral(texts, background, lookup, recipe)
        named = mentions(values, far)
        new = [text for text in named if text not in lookup]
        lookup |= zip(new, recipe.encode(new) if new else (), strict=True)
        neutral += named
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
        ngrams = NGrams.learn([normalise(text) for text in rows], own=len(texts))
        letters = _letters(ngrams, rows)
        stages = [
            _stage(each, meaning[:, : each.width], letters.copy(), owners, target)
            for each in recipes
        ]
        return cls(stages=stages, texts=rows, ngrams=ngrams, vectors=meaning, owners=owners)

    def vectors(self) -> dict[str, Floats]:
        """The sentence vectors that learning this took, by text."""
        return dict(zip(self.texts, self._vectors, strict=True))

    def sample_rows(self) -> tuple[tuple[str, ...], Owners]:
        """The samples: their texts, and their intents' numbers."""
        return self.texts[: self.samples], self._owners[: self.samples]

    def nearness(self, row: int) -> Floats:
        """The cosines of a sample to each sample, shape (samples,)."""
        own = self._vectors[: self.samples]
        spelt = () if self.recipe.encoders else (self.texts[row],)
        letters = _letters(self._ngrams, spelt)[:, : self.samples].sum(axis=0)
        return _nearness(list(_cosines(self.recipe, own, own[row])), letters)

    def counts(self) -> list[int]:
        """How many samples each intent has."""
        return [int(count) for count in np.bincount(self._owners[: self.samples])]

    def spelling(self, text: str) -> NgramCosines:
        """How near the samples are by letters; no encoder."""
        rows, coverage = self._ngrams.likeness(normalise(text))
        own = rows[: self.samples]
        return NgramCosines(rows, np.maximum.reduceat(own, self._begins), coverage)

    def evidence(
        self, text: str, spelling: NgramCosines, before: Evidence | None = None
    ) -> Evidence:
        """What speaks for each intent, given the text's own spelling; one call of each encoder.

        ``before`` is what the stage before the one wanted gave; without it the first is.
        """
        widths = [stage.recipe.width for stage in self.stages]
        number = 0 if before is None else widths.index(len(before.vector)) + 1
        stage = self.stages[number]
        vector = stage.recipe.encode((text,), None if before is None else before.vector[None])[0]
        cosines = list(_cosines(stage.recipe, self._vectors[:, : widths[number]], vector))
        near = _nearness(cosines, spelling.rows)
        own, neutral = near[: self.samples], near[self._neutral]
        typical: Floats = np.add.reduceat(own, self._begins) * self._shares
        meaning = np.maximum.reduceat(own, self._begins)
        crowd, neutral_crowd = _highest(own), _highest(neutral)
        nearest_neutral = float(neutral.max(initial=0.0))
        kernel = _alike(stage.recipe, cosines, spelling.rows.copy())
        strength = kernel @ stage.dual
        chances = (
            softmax.posterior(stage.linear, vector)
            if stage.recipe.encoders
            else np.zeros(self.intents + 1, dtype=np.float32)
        )
        posterior = chances[: self.intents]
        return Evidence(
            strength=strength,
            posterior=posterior,
            support=strength + stage.recipe.posterior * self._posterior_share * posterior,
            nobodys=float(chances[self.intents]),
            meaning=meaning,
            usual_strength=stage.habits[0],
            usual_meaning=stage.habits[1],
            chance=stage.habits[2],
            coverage=spelling.coverage,
            length=len(unicodedata.normalize("NFD", normalise(text))),
            typical=typical,
            crowd=crowd,
            neutral=nearest_neutral,
            neutral_crowd=neutral_crowd,
            vector=vector,
            things=things.nearness(stage.recipe, vector, stage.named),
        )

    def arrays(self) -> dict[str, npt.NDArray[np.generic]]:
        """The classifier as named arrays."""
        return {
            "vectors": self._vectors,
            "owners": self._owners,
            **{
                f"{stage.recipe.name}.{name}": array
                for stage in self.stages
                for name, array in (
                    ("dual", stage.dual),
                    ("linear", stage.linear),
                    ("habits", stage.habits),
                    ("named", stage.named),
                )
            },
            **{f"lexicon.{name}": array for name, array in self._ngrams.arrays().items()},
        }

    @classmethod
    def of(
        cls,
        arrays: Mapping[str, npt.NDArray[np.generic]],
        *,
        recipes: Sequence[Recipe],
        texts: Sequence[str],
    ) -> Classifier:
        """A classifier from the arrays and texts of another."""
        ngrams = {
            name.removeprefix("lexicon."): array
            for name, array in arrays.items()
            if name.startswith("lexicon.")
        }

        def floats(name: str) -> Floats:
            return arrays[name].astype(np.float32, copy=False)

        stages = [
            Stage(
                recipe=recipe,
                dual=floats(f"{recipe.name}.dual"),
                linear=floats(f"{recipe.name}.linear"),
                habits=floats(f"{recipe.name}.habits"),
                named=floats(f"{recipe.name}.named"),
            )
            for recipe in recipes
        ]
        owners = arrays["owners"].astype(np.int32, copy=False)
        own = int(np.sum(owners < stages[0].dual.shape[1]))
        return cls(
            stages=stages,
            texts=texts,
            ngrams=NGrams.of(ngrams, size=len(owners), own=own),
            vectors=floats("vectors"),
            owners=owners,
        )


def _stage(
    recipe: Recipe, meaning: Floats, letters: Floats, owners: Owners, target: Floats
) -> Stage:
    """What a recipe learns of rows, given their vectors and their n-grams' cosines, used up."""
    spelt = None if recipe.encoders else letters.copy()
    kernel = _alike(recipe, _cosines(recipe, meaning, meaning), letters)
    intents = target.shape[1]
    kernel[np.diag_indices_from(kernel)] += np.where(owners > intents, _NAME_RIDGE, recipe.ridge)
    dual, leverage = _solve(kernel, target)

    def near(some: npt.NDArray[np.int64]) -> Floats:
        if spelt is not None:
            return spelt[np.ix_(some, some)]
        return _nearness(list(_cosines(recipe, meaning[some], meaning[some])), meaning)

    return Stage(
        recipe=recipe,
        dual=dual,
        linear=_logistic(recipe, meaning, target, owners),
        habits=_habits(dual, leverage, owners, near),
        named=things.named(recipe, meaning[owners < intents]),
    )


def _cosines(recipe: Recipe, known: Floats, texts: Floats) -> Iterator[Floats]:
    """The cosines of sentence vectors by each encoder, shape (known, texts) or (known,)."""
    for one, other in zip(recipe.parts(known), recipe.parts(texts), strict=True):
        yield one @ other.T


def _alike(recipe: Recipe, cosines: Iterable[Floats], letters: Floats) -> Floats:
    """How alike texts are. ``cosines`` and ``letters``, those of n-grams, are used up."""
    letters *= recipe.letters
    for cosine in cosines:
        np.subtract(cosine, 1, out=cosine)
        np.multiply(cosine, recipe.sharpness, out=cosine)
        np.exp(cosine, out=cosine)
        np.divide(cosine, len(recipe.encoders), out=cosine)
        letters += cosine
    return letters


def _nearness(cosines: Sequence[Floats], letters: Floats) -> Floats:
    """The encoders' mean cosine, or that of n-grams where there is no encoder."""
    return sum(cosines[1:], cosines[0]) / np.float32(len(cosines)) if cosines else letters


def _highest(cosines: Floats) -> float:
    """The mean of the few highest of some cosines; 0 if there is none."""
    few = min(_A_CROWD, len(cosines))
    return float(np.partition(cosines, -few)[-few:].mean()) if few else 0.0


def _letters(ngrams: NGrams, texts: Sequence[str]) -> Floats:
    """The cosines of n-grams of texts to those of the samples, shape (texts, samples)."""
    letters = np.empty((len(texts), ngrams.size), dtype=np.float32)
    for row, text in enumerate(texts):
        letters[row] = ngrams.likeness(normalise(text))[0]
    return letters


def _neutral(
    texts: Sequence[str], background: Sequence[str], lookup: Mapping[str, Floats], recipe: Recipe
) -> tuple[list[str], list[str]]:
    """The background's texts that are not too near to a sample, and those of the farther half."""
    if not background:
        return [], []
    ngrams = NGrams.learn([normalise(text) for text in texts])
    own, others = (np.array([lookup[text] for text in some]) for some in (background, texts))
    cosines = list(_cosines(recipe, own, others))
    nearest = _nearness(cosines, _letters(ngrams, background)).max(axis=1)
    usual = np.median(nearest)
    kept = [
        (text, near) for text, near in zip(background, nearest, strict=True) if near < _TOO_NEAR
    ]
    return [text for text, _ in kept], [text for text, near in kept if near <= usual]


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


def _logistic(recipe: Recipe, vectors: Floats, target: Floats, owners: Owners) -> Floats:
    """The logistic regression of rows; nothing where there is no encoder."""
    intents = target.shape[1]
    if not recipe.encoders:
        return np.empty((0, intents + 1), dtype=np.float32)
    nobodys = (owners == intents).astype(np.float32)
    shares = np.where(owners > intents, _NAME_SHARE, 1.0).astype(np.float32)
    return softmax.learn(vectors, np.column_stack([target, nobodys]), shares)


def _habits(
    dual: Floats,
    leverage: Floats,
    owners: Owners,
    near: Callable[[npt.NDArray[np.int64]], Floats],
) -> Floats:
    """What texts have when each is left out in turn: `Evidence`'s habits, shape (3, intents).

    Leaving a row out of a kernel ridge regression changes its value to
    ``target - dual / diagonal of the inverse``: exact, without learning again. An intent of
    few samples leans on the whole bot's mean, a bot of lone samples on a middling guess.
    ``near`` gives the cosines among some rows.
    """
    intents = dual.shape[1]
    sums, counts = np.zeros((2, intents)), np.zeros((2, intents))
    for number in range(intents):
        rows = np.flatnonzero(owners == number)
        if len(rows) > 1:
            others = near(rows)
            np.fill_diagonal(others, -1.0)
            strengths = 1 - dual[rows, number] / leverage[rows]
            sums[:, number] = np.nansum(strengths), np.sum(others.max(axis=1))
            counts[:, number] = np.sum(np.isfinite(strengths)), len(rows)
    guess = np.array(_HABITS_GUESS)[:, None]
    total, count = sums.sum(axis=1, keepdims=True), counts.sum(axis=1, keepdims=True)
    overall = (total + _LEAN * guess) / (count + _LEAN)
    usual = (sums + _LEAN * overall) / (counts + _LEAN)
    neutral = np.flatnonzero((owners == intents) & np.isfinite(leverage))
    chance = np.zeros(intents)
    if len(neutral):
        strengths = -dual[neutral] / leverage[neutral, None]
        chance = np.maximum(np.quantile(strengths, _RARE, axis=0), 0)
    habits: Floats = np.vstack([usual, chance]).astype(np.float32)
    return habits
