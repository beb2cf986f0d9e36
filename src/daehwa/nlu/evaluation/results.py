"""What an evaluation shows."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import Final

import msgspec

from daehwa.nlu.evaluation.material import OUT_OF_SCOPE
from daehwa.nlu.evaluation.measures import Balance, Bin, f1
from daehwa.nlu.evaluation.wording import wording_of

_MEASURES: Final = (
    "accuracy",
    "macro_f1",
    "oos_auroc",
    "in_scope_accuracy",
    "oos_recall",
    "slot_f1",
    "ece",
    "fit_seconds",
    "p50_ms",
    "p99_ms",
    "rss_mb",
)


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """A test text, what it means, and what was made of it.

    ``elicited`` is what the text replied to (``Intent.Slot``, or the intent alone for a yes or
    no), ``held_out`` the intent that it is a sample of, where that was left out of the learning.
    """

    text: str
    truth: str
    predicted: str
    score: float
    elicited: str | None = None
    held_out: str | None = None

    @property
    def right(self) -> bool:
        """Whether the best candidate is the true intent."""
        return self.truth == self.predicted


class Overlap(msgspec.Struct, frozen=True, kw_only=True):
    """Two intents whose samples say the same: pairs of one's sample and the other's."""

    one: str
    other: str
    samples: tuple[tuple[str, str], ...]


class PerIntent(msgspec.Struct, frozen=True, kw_only=True):
    """How one intent does. ``samples`` is how many it was learned from."""

    name: str
    samples: int
    texts: int
    precision: float
    recall: float
    f1: float


class Evaluation(msgspec.Struct, frozen=True, kw_only=True):
    """Measures are shares of 1; one that the material cannot show is NaN (null in JSON).

    ``ece`` is over all texts, those out of scope counting as never right; ``slot_f1`` takes
    the true intent as given; ``fit_seconds`` is beyond the loading of the encoder.
    """

    locale: str
    threshold: float
    accuracy: float
    macro_f1: float
    oos_auroc: float
    in_scope_accuracy: float
    oos_recall: float
    slot_f1: float
    ece: float
    fit_seconds: float
    p50_ms: float
    p99_ms: float
    rss_mb: float
    bins: tuple[Bin, ...]
    balances: tuple[Balance, ...]
    intents: tuple[PerIntent, ...]
    judged: tuple[Judged, ...]
    overlaps: tuple[Overlap, ...]
    advice: tuple[str, ...]

    @property
    def handled(self) -> float:
        """The share of texts handled rightly at the threshold; those of held-out intents aside.

        That is: taken for their intent, or, if out of scope, for none. NaN without a text.
        """
        own = [judged for judged in self.judged if judged.held_out is None]
        right = sum(
            judged.score < self.threshold
            if judged.truth == OUT_OF_SCOPE
            else judged.right and judged.score >= self.threshold
            for judged in own
        )
        return right / len(own) if own else math.nan

    def measures(self) -> dict[str, float | None]:
        """The measures by name, as ``--json`` writes them."""
        values = {name: getattr(self, name) for name in _MEASURES}
        return {
            name: None if math.isnan(value) else round(value, 4) for name, value in values.items()
        }

    def table(self, language: str | None = None) -> tuple[tuple[str, str], ...]:
        """Rows of a measure's name and value for a person, by default in the locale's language."""
        words = wording_of(language or self.locale)
        names = words.measures
        held_out = any(judged.held_out for judged in self.judged)
        mark = f" {words.page['held out']}" if held_out else ""
        return tuple(
            (
                names[name] + (mark if name.startswith("oos") else ""),
                "–" if value is None else f"{value:g}",
            )
            for name, value in self.measures().items()
        )


def per_intent(judged: Sequence[Judged], samples: dict[str, int]) -> tuple[PerIntent, ...]:
    """How each learned intent does, worst first."""
    right = Counter(j.truth for j in judged if j.right)
    predicted = Counter(j.predicted for j in judged)
    true = Counter(j.truth for j in judged)
    rows = [
        PerIntent(
            name=name,
            samples=count,
            texts=true[name],
            precision=right[name] / predicted[name] if predicted[name] else 0.0,
            recall=right[name] / true[name] if true[name] else 0.0,
            f1=f1(right[name], predicted[name], true[name]),
        )
        for name, count in samples.items()
    ]
    return tuple(sorted(rows, key=lambda intent: (intent.f1, intent.name)))
