"""How well a bot understands, against what it costs: the bot author's choice.

``fast`` reads letters alone, without an encoder in memory: for bots of many samples, or where
memory is dear. ``balanced`` adds the sentence encoder, and a second one that reads only the
texts that the first leaves in doubt; ``best`` reads every text with all there are: two, in
English three. An ``OwnEncoder`` is a sentence encoder of the author's own, which takes the second
one's place. ``bench/nlu`` measures each.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Final, Literal, Protocol

import msgspec
import numpy as np

from daehwa.nlu import e5, encoder, metric, minilm
from daehwa.nlu.encoder import Vectors
from daehwa.nlu.own import OwnEncoder

NamedQuality = Literal["fast", "balanced", "best"]
Quality = NamedQuality | OwnEncoder

DEFAULT: Final[NamedQuality] = "balanced"


class Encoder(Protocol):
    """Texts as unit vectors: the face of the modules ``encoder``, ``e5`` and ``minilm``."""

    @property
    def NAME(self) -> str:  # noqa: N802  a module's constant
        """Which one it is."""

    @property
    def WIDTH(self) -> int:  # noqa: N802
        """Numbers a text."""

    def usable(self) -> bool:
        """Whether it is installed, and this processor can run it."""

    def load(self) -> None:
        """Bring it into memory."""

    def encode(self, texts: Sequence[str], /) -> Vectors:
        """Unit vectors, shape (texts, WIDTH)."""


class Recipe(msgspec.Struct, frozen=True, kw_only=True):
    """What two texts are compared by.

    They are as alike as the mean of ``exp(sharpness * (cosine - 1))`` over the encoders, plus
    ``letters`` times the cosine of their n-grams. ``ridge`` is how far a sample's own text may
    be from its intent. ``posterior`` is how much the logistic regression's word counts beside
    the kernel's, where samples are few. As a second stage it reads what the first gives a
    probability within ``doubt``: the dearer the encoders, the narrower. Where it agrees with the
    first, that one's word counts as much as ``hearing`` (0 to 1) says. ``calibration`` names the
    recipe whose confidence it has, where none was taught to it. ``things`` is the language whose
    everyday things (`daehwa.nlu.things`) its confidence weighs, ``metric`` the language whose
    metric (`daehwa.nlu.metric`) its vectors have.
    """

    name: str
    encoders: tuple[Encoder, ...]
    sharpness: float = 3.0
    letters: float
    ridge: float = 0.2
    posterior: float = 0.0
    doubt: tuple[float, float] = (0.0, 0.0)
    hearing: float = 0.0
    calibration: str = ""
    things: str = ""
    metric: str = ""

    @property
    def network(self) -> str:
        """Which network makes a probability of the evidence (`daehwa.nlu.confidence`)."""
        return self.calibration or self.name

    @property
    def width(self) -> int:
        """Numbers a text, of all encoders."""
        return sum(each.WIDTH for each in self.encoders)

    @property
    def names(self) -> tuple[str, ...]:
        """Which encoders there are."""
        return tuple(each.NAME for each in self.encoders)

    def load(self) -> None:
        """Bring the encoders into memory.

        Raises:
            QualityError: one is not installed.
        """
        for each in self.encoders:
            each.load()

    def encode(self, texts: Sequence[str], before: Vectors | None = None) -> Vectors:
        """The encoders' unit vectors of ``texts`` side by side, shape (texts, width).

        They are turned by the recipe's metric. ``before`` are those of the first encoders, where
        they are known.

        Raises:
            QualityError: an encoder is not installed.
        """
        parts = [np.empty((len(texts), 0), dtype=np.float32) if before is None else before]
        start = 0
        for place, each in enumerate(self.encoders):
            if start >= parts[0].shape[1]:
                parts.append(self.turned(place, each.encode(texts)))
            start += each.WIDTH
        return np.concatenate(parts, axis=1)

    def turned(self, place: int, vectors: Vectors) -> Vectors:
        """Vectors (texts, WIDTH) of the encoder at a place as the recipe's metric has them."""
        if not self.metric:
            return vectors
        widths = tuple(each.WIDTH for each in self.encoders)
        return metric.turned(metric.turns(self.metric, widths)[place], vectors)

    def parts(self, vectors: Vectors) -> Iterator[Vectors]:
        """Each encoder's columns of ``vectors``, last axis."""
        start = 0
        for each in self.encoders:
            yield vectors[..., start : start + each.WIDTH]
            start += each.WIDTH


RECIPES: Final[Mapping[str, Recipe]] = {
    "fast": Recipe(name="fast", encoders=(), letters=1.0, ridge=0.5),
    "balanced": Recipe(name="balanced", encoders=(encoder,), letters=0.2, posterior=1.0),
    "balanced_ko": Recipe(
        name="balanced_ko",
        encoders=(encoder,),
        letters=0.2,
        posterior=1.0,
        things="ko",
        metric="ko",
    ),
    "balanced_en": Recipe(
        name="balanced_en", encoders=(encoder,), letters=0.2, posterior=1.0, things="en"
    ),
    "second_en": Recipe(
        name="second_en",
        encoders=(encoder, minilm),
        letters=0.1,
        posterior=4.0,
        doubt=(0.05, 0.8),
        hearing=0.4,
    ),
    "best": Recipe(
        name="best", encoders=(encoder, e5), letters=0.1, posterior=2.0, doubt=(0.1, 0.7)
    ),
    "best_ko": Recipe(
        name="best_ko",
        encoders=(encoder, e5),
        letters=0.1,
        posterior=2.0,
        doubt=(0.1, 0.7),
    ),
    "small_en": Recipe(
        name="small_en",
        encoders=(encoder, minilm),
        letters=0.1,
        posterior=4.0,
        doubt=(0.05, 0.8),
        hearing=0.4,
        things="en",
    ),
    "small_ko": Recipe(
        name="small_ko",
        encoders=(encoder, e5),
        letters=0.1,
        posterior=2.0,
        doubt=(0.1, 0.7),
        things="ko",
        metric="ko",
    ),
    "best_en": Recipe(name="best_en", encoders=(encoder, minilm, e5), letters=0.1, posterior=2.0),
}


_SECOND: Final[Mapping[str, tuple[str, int]]] = {
    "balanced": ("best", 1000),
    "balanced_ko": ("best_ko", 1000),
    "balanced_en": ("second_en", 4000),
}
"""By quality and language, the recipe that reads what is in doubt after the first encoder, and
the most samples that it learns: it is for the bots of few, and takes 6 ms to learn one, 1 ms in
English."""


_SMALL: Final[Mapping[str, tuple[str, str]]] = {
    "balanced_ko": ("balanced_ko", "small_ko"),
    "balanced_en": ("balanced_en", "small_en"),
}
_SMALL_SAMPLES: Final = 500
"""The recipes of bots of at most so many samples: what everyday things a text names says more of
them than of bots that speak of everything."""

_OWN_DOUBT: Final = (0.03, 0.9)
"""Whoever brings an encoder wants it asked: as wide as English has it for its own second one."""


def stages(quality: Quality, locale_id: str, samples: int = 0) -> tuple[Recipe, ...]:
    """What a locale (``ko_KR``) of a quality, of so many samples, is learned with.

    Each reads what the one before it leaves in doubt, and has its encoders first among its own.
    """
    if isinstance(quality, OwnEncoder):
        return RECIPES[DEFAULT], _own(quality)
    language = locale_id.split("_", maxsplit=1)[0].lower()
    localised = f"{quality}_{language}"
    special = localised in RECIPES and localised not in _SMALL
    first = RECIPES[localised if special else quality]
    name, most = _SECOND.get(f"{quality}_{language}", _SECOND.get(quality, ("", 0)))
    if samples > most or not name or not all(each.usable() for each in RECIPES[name].encoders):
        return (first,)
    if localised in _SMALL and samples <= _SMALL_SAMPLES:
        small, second = _SMALL[localised]
        return RECIPES[small], RECIPES[second]
    return first, RECIPES[name]


def _own(own: OwnEncoder) -> Recipe:
    """The second stage by an author's encoder: no confidence can be taught to it beforehand."""
    return Recipe(
        name="own",
        encoders=(encoder, own),
        letters=0.1,
        posterior=2.0,
        doubt=_OWN_DOUBT,
        calibration="best",
    )


def load(quality: Quality, locale_id: str) -> None:
    """Bring all encoders that a locale of a quality needs into memory.

    Raises:
        QualityError: one is not installed.
    """
    for stage in stages(quality, locale_id):
        stage.load()


@cache
def known(chosen: Recipe, texts: tuple[str, ...]) -> Vectors:
    """The vectors of texts that every bot has in common, encoded once a process."""
    return chosen.encode(texts)


def check(quality: Quality) -> None:
    """Make sure that all that a quality needs is installed.

    Raises:
        QualityError: it is not; the message says how to.
    """
    if isinstance(quality, OwnEncoder):
        quality.check()
    elif e5.NAME in RECIPES[quality].names:
        e5.check()
        minilm.check()
