"""What to change in a bot so that it understands better, in a person's words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import numpy as np

from daehwa.nlu.evaluation.material import OUT_OF_SCOPE
from daehwa.nlu.evaluation.results import Judged, Overlap, PerIntent
from daehwa.nlu.evaluation.telling_apart import understood_when_left_out
from daehwa.nlu.evaluation.wording import wording_of
from daehwa.nlu.model import Model

_SAME: Final = 0.86
"""Samples of two intents this like each other (cosine) say the same."""

_SHOWN: Final = 5
_FEW: Final = 5
_WEAK: Final = 0.7


def overlaps(model: Model) -> tuple[Overlap, ...]:
    """The intents whose samples say the same, the most entangled first.

    Samples that are alike and told apart all the same (on, off) say something different.
    """
    if model.classifier is None:
        return ()
    texts, owners = model.classifier.sample_rows()
    names = model.names
    apart: frozenset[int] | None = None
    pairs_alike: dict[tuple[int, int], list[tuple[str, str]]] = {}
    for row, owner in enumerate(owners):
        likeness = np.where(owners <= owner, -1.0, model.classifier.nearness(row))
        for other in np.flatnonzero(likeness >= _SAME):
            if apart is None:
                apart = understood_when_left_out(model.classifier)
            if {row, int(other)} <= apart:
                continue
            pair = (int(owner), int(owners[other]))
            pairs_alike.setdefault(pair, []).append((texts[row], texts[other]))
    return tuple(
        Overlap(one=names[one], other=names[other], samples=tuple(pairs))
        for (one, other), pairs in sorted(pairs_alike.items(), key=lambda item: -len(item[1]))
    )


def advise(
    judged: Sequence[Judged],
    intents: Sequence[PerIntent],
    entangled: Sequence[Overlap],
    *,
    threshold: float,
    language: str,
) -> tuple[str, ...]:
    """Lines for the bot's author, the most useful first."""
    say = wording_of(language).advice
    lines = [_overlap(pair, say["overlap"]) for pair in entangled[:_SHOWN]]
    mixed_up = Counter(
        (j.truth, j.predicted)
        for j in judged
        if not j.right
        and j.predicted
        and j.truth != OUT_OF_SCOPE
        and j.elicited is None
        and j.score >= threshold
    )
    for (truth, taken), count in mixed_up.most_common(_SHOWN):
        example = next(
            j.text for j in judged if (j.truth, j.predicted, j.elicited) == (truth, taken, None)
        )
        lines.append(say["mixed up"].format(truth=truth, taken=taken, count=count, example=example))
    lines += [
        say["few"].format(intent=intent.name, count=intent.samples)
        for intent in intents
        if intent.samples < _FEW and intent.texts and intent.recall < _WEAK
    ]
    lines += _replies(judged, say)
    lines += _held_out(judged, say, threshold)
    strangers = [
        j for j in judged if j.truth == OUT_OF_SCOPE and j.held_out is None and j.score >= threshold
    ]
    for taken, count in Counter(j.predicted for j in strangers).most_common(2):
        surest = max((j for j in strangers if j.predicted == taken), key=lambda j: j.score)
        lines.append(say["stranger"].format(taken=taken, count=count, example=surest.text))
    return tuple(lines)


def _replies(judged: Sequence[Judged], say: Mapping[str, str]) -> Iterator[str]:
    """Replies that were not taken: words for a slot's type, never samples of an intent."""
    refused = Counter(j.elicited for j in judged if j.elicited is not None and not j.right)
    for elicited, count in refused.most_common(_SHOWN):
        example = next(j.text for j in judged if j.elicited == elicited and not j.right)
        key = "reply" if "." in (elicited or "") else "confirmation"
        yield say[key].format(elicited=elicited, count=count, example=example)


def _held_out(judged: Sequence[Judged], say: Mapping[str, str], threshold: float) -> Iterator[str]:
    """Intents that another takes the samples of, when they are not there to take them."""
    taken = Counter(
        (j.held_out, j.predicted) for j in judged if j.held_out and j.score >= threshold
    )
    for (left_out, other), count in taken.most_common(2):
        surest = max(
            (j for j in judged if (j.held_out, j.predicted) == (left_out, other)),
            key=lambda j: j.score,
        )
        yield say["held out"].format(
            left_out=left_out, taken=other, count=count, example=surest.text
        )


def _overlap(pair: Overlap, line: str) -> str:
    sample, like = pair.samples[0]
    return line.format(
        one=pair.one, other=pair.other, count=len(pair.samples), sample=sample, like=like
    )
