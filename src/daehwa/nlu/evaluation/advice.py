"""What to change in a bot so that it understands better, in a person's words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

import numpy as np

from daehwa.nlu.evaluation.material import OUT_OF_SCOPE
from daehwa.nlu.evaluation.results import Judged, Overlap, PerIntent
from daehwa.nlu.model import Model

_SAME: Final = 0.86
"""Samples of two intents this like each other (cosine) say the same."""

_SHOWN: Final = 5
_FEW: Final = 5
_WEAK: Final = 0.7


def overlaps(model: Model) -> tuple[Overlap, ...]:
    """The intents whose samples say the same, the most entangled first."""
    if model.classifier is None:
        return ()
    texts, owners = model.classifier.sample_rows()
    names = model.names
    pairs_alike: dict[tuple[int, int], list[tuple[str, str]]] = {}
    for row, owner in enumerate(owners):
        likeness = np.where(owners <= owner, -1.0, model.classifier.nearness(row))
        for other in np.flatnonzero(likeness >= _SAME):
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
    korean: bool,
) -> tuple[str, ...]:
    """Lines for the bot's author, the most useful first."""
    lines = [_overlap(pair, korean=korean) for pair in entangled[:_SHOWN]]
    fights = Counter(
        (j.truth, j.predicted)
        for j in judged
        if not j.right and j.predicted and j.truth != OUT_OF_SCOPE and j.score >= threshold
    )
    for (truth, taken_for), count in fights.most_common(_SHOWN):
        example = next(j.text for j in judged if (j.truth, j.predicted) == (truth, taken_for))
        lines.append(
            f"‘{truth}’인 문장 {count}개를 ‘{taken_for}’(으)로 알아들었습니다(예: “{example}”). "
            f"이런 문장을 ‘{truth}’의 예문으로 더해 보세요."
            if korean
            else f"{count} texts of '{truth}' are taken for '{taken_for}' (such as '{example}'): "
            f"give '{truth}' samples like it."
        )
    lines += [
        f"‘{intent.name}’의 예문이 {intent.samples}개뿐입니다. 다섯 개 이상 적어 보세요."
        if korean
        else f"'{intent.name}' has only {intent.samples} samples: give it five or more."
        for intent in intents
        if intent.samples < _FEW and intent.texts and intent.recall < _WEAK
    ]
    accepted = [j for j in judged if j.truth == OUT_OF_SCOPE and j.score >= threshold]
    takers = Counter(j.predicted for j in accepted)
    for taken_for, count in takers.most_common(2):
        example = max((j for j in accepted if j.predicted == taken_for), key=lambda j: j.score).text
        lines.append(
            f"봇의 일이 아닌 문장 {count}개를 ‘{taken_for}’(으)로 알아들었습니다(예: “{example}”)."
            if korean
            else f"{count} texts that are not the bot's business are taken for '{taken_for}' "
            f"(such as '{example}')."
        )
    return tuple(lines)


def _overlap(pair: Overlap, *, korean: bool) -> str:
    count = len(pair.samples)
    one, other = pair.samples[0]
    return (
        f"‘{pair.one}’과(와) ‘{pair.other}’의 예문 {count}개가 겹칩니다(예: “{one}” ↔ “{other}”). "
        "한쪽에만 두세요."
        if korean
        else f"{count} samples of '{pair.one}' and '{pair.other}' say the same "
        f"('{one}' and '{other}'): keep each in one of them."
    )
