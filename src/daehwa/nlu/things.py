"""Everyday things, and how far a text is about one of them.

*Renew my driving licence* is all but *renew my passport*, and none of a passport office's
business: it names a thing that no sample names. How near a text is to a few hundred everyday
things (`languages/*/things.txt`) shows whether it names one, and beside the samples' own nearness
to them, whether that is a thing of the bot's. It also shows how plainly a text speaks: what is far
from the samples and names its thing is a stranger's sooner than what hints and rambles.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Final

import msgspec
import numpy as np

from daehwa.nlu import languages
from daehwa.nlu.ngrams import Floats
from daehwa.nlu.quality import Recipe
from daehwa.nlu.whole_numbers import unpacked

SHIPPED: Final = "things.bin"
"""In a language's folder: the things' vectors by each encoder that reads the language, one
encoder after the other, as ``bench/nlu/things.py`` writes them."""

_FEW: Final = 3


class Nearness(msgspec.Struct, frozen=True, kw_only=True):
    """How near a text is to the things, as cosines.

    To the ``nearest``, and the mean of the few nearest (``crowd``) and of all (``usual``); how they
    spread; and how much nearer than any of the bot's samples it is to the thing of which that holds
    most (``foreign``).
    """

    nearest: float = 0.0
    crowd: float = 0.0
    usual: float = 0.0
    spread: float = 0.0
    foreign: float = 0.0


NOTHING: Final = Nearness()
"""Where a recipe weighs no things."""


def texts(language: str) -> tuple[str, ...]:
    """The things of a language (``ko``)."""
    file = resources.files(languages) / language / "things.txt"
    return tuple(file.read_text("utf-8").splitlines())


@cache
def vectors(recipe: Recipe) -> Floats:
    """The things' vectors by a recipe, shape (things, width); none where it weighs none."""
    if not recipe.things:
        return np.empty((0, recipe.width), dtype=np.float32)
    content = (resources.files(languages) / recipe.things / SHIPPED).read_bytes()
    count, start, parts = len(texts(recipe.things)), 0, []
    for place, encoder in enumerate(recipe.encoders):
        rows, start = unpacked(content, start=start, count=count, width=encoder.WIDTH)
        parts.append(recipe.turned(place, rows))
    return np.concatenate(parts, axis=1, dtype=np.float32)


def named(recipe: Recipe, samples: Floats) -> Floats:
    """How near the nearest sample is to each thing, shape (things,), by the samples' vectors."""
    known = vectors(recipe)
    nearest: Floats = (known @ samples.T).max(axis=1, initial=-1.0)
    return nearest / np.float32(max(len(recipe.encoders), 1))


def nearness(recipe: Recipe, vector: Floats, own: Floats) -> Nearness:
    """How near a text is, by its vector; ``own`` is what `named` gave for the samples."""
    known = vectors(recipe)
    if not len(known):
        return NOTHING
    cosines = known @ vector / np.float32(len(recipe.encoders))
    few = np.partition(cosines, -_FEW)[-_FEW:]
    return Nearness(
        nearest=float(few.max()),
        crowd=float(few.mean()),
        usual=float(cosines.mean()),
        spread=float(cosines.std()),
        foreign=float((cosines - own).max()),
    )
