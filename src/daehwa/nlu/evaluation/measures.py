"""The measures, in plain numpy: each takes parallel arrays, an entry for each text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import msgspec
import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Marks = npt.NDArray[np.bool_]

_BINS: Final = 10


class Bin(msgspec.Struct, frozen=True):
    """Texts with scores in one tenth: how many, their mean score, the share that is right."""

    count: int
    score: float
    right: float


class Balance(msgspec.Struct, frozen=True):
    """At a threshold: in-scope texts understood rightly, out-of-scope texts caught."""

    threshold: float
    right: float
    caught: float


def f1(right: int, predicted: int, true: int) -> float:
    """The harmonic mean of ``right / predicted`` and ``right / true``; 0 when nothing is right."""
    return 2 * right / (predicted + true) if right else 0.0


def macro_f1(truth: Sequence[str], predicted: Sequence[str]) -> float:
    """The mean over the true intents of F1."""
    names = set(truth)
    pairs = list(zip(truth, predicted, strict=True))
    return (
        float(
            np.mean(
                [
                    f1(pairs.count((name, name)), predicted.count(name), truth.count(name))
                    for name in names
                ]
            )
        )
        if names
        else float("nan")
    )


def auroc(inside: Floats, outside: Floats) -> float:
    """The chance that a text inside scores higher than one outside; ties count half."""
    if not len(inside) or not len(outside):
        return float("nan")
    outside = np.sort(outside)
    lower = np.searchsorted(outside, inside, side="left")
    upper = np.searchsorted(outside, inside, side="right")
    return float(np.mean((lower + upper) / 2) / len(outside))


def calibration(scores: Floats, right: Marks) -> tuple[float, tuple[Bin, ...]]:
    """The expected calibration error, and the ten bins of equal width that it sums over."""
    where = np.minimum((scores * _BINS).astype(int), _BINS - 1)
    bins = tuple(
        Bin(
            count=int(inside.sum()),
            score=float(scores[inside].mean()) if inside.any() else float("nan"),
            right=float(right[inside].mean()) if inside.any() else float("nan"),
        )
        for number in range(_BINS)
        for inside in (where == number,)
    )
    error = sum(b.count * abs(b.score - b.right) for b in bins if b.count)
    return error / max(len(scores), 1), bins


def trade_off(scores: Floats, right: Marks, outside: Marks) -> tuple[Balance, ...]:
    """The balance at each threshold from 0 to 1 in hundredths."""
    return tuple(balance_at(number / 100, scores, right, outside) for number in range(101))


def balance_at(threshold: float, scores: Floats, right: Marks, outside: Marks) -> Balance:
    """The balance at one threshold; NaN for what no text shows."""
    taken = scores >= threshold
    inside = ~outside
    return Balance(
        threshold=threshold,
        right=float((taken & right)[inside].mean()) if inside.any() else float("nan"),
        caught=float((~taken)[outside].mean()) if outside.any() else float("nan"),
    )


def slot_f1(pairs: Iterable[tuple[Mapping[str, str], Mapping[str, str]]]) -> float:
    """The mean over slots of F1, a phrase counting when it is exactly the true one.

    ``pairs`` are the true and the filled phrases of each text, by slot.
    """
    counts: dict[str, list[int]] = {}
    for truth, filled in pairs:
        for name in {*truth, *filled}:
            tally = counts.setdefault(name, [0, 0, 0])
            tally[0] += name in truth and name in filled and _same(truth[name], filled[name])
            tally[1] += name in filled
            tally[2] += name in truth
    scores = [f1(*tally) for tally in counts.values() if tally[2]]
    return float(np.mean(scores)) if scores else float("nan")


def _same(one: str, other: str) -> bool:
    return " ".join(one.casefold().split()) == " ".join(other.casefold().split())
