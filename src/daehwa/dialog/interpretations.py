"""The list of what a text may mean, as the runtime API shows it (section 1.4, section 3)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal

import msgspec

from daehwa import lex
from daehwa.dialog.plan import Plan

MOST: Final = 5
"""The most interpretations that Lex lists."""


def rank_interpretations(
    plan: Plan,
    candidates: Iterable[lex.Candidate],
    *,
    active: lex.Intent | None,
    confidence: float | None,
    threshold: float,
    source: Literal["Lex", "Bedrock"] | None = None,
    sentiment: lex.SentimentResponse | None = None,
) -> tuple[lex.Interpretation, ...]:
    """List up to five interpretations, best first.

    The ``active`` intent (in progress or just ended) leads with its slots and states; other
    candidates show their names and empty slots. FallbackIntent has no confidence and stands just
    above the first candidate below the threshold, so it leads when it is active itself. ``source``
    is who interpreted the text where a language model may have; without it ``interpretationSource``
    is left out, as in every recorded response. The ``sentiment`` of the text goes into the first
    interpretation, since the guide to migrating from V1 names
    ``interpretations[0].sentimentResponse``.
    """
    fallback = plan.fallback
    listed: list[lex.Interpretation] = []
    leading = None if active is None else active.name
    rest = [c for c in candidates if c.score > 0 and c.intent != leading]
    if active is not None:
        score = None if leading == fallback else confidence
        listed.append(_entry(active, score))
    place = len(listed)
    for candidate in rest[: MOST - 1]:
        intent = plan.intent(candidate.intent)
        if intent is None:
            continue
        listed.append(
            _entry(lex.Intent(name=intent.name, slots=dict(intent.empty_slots)), candidate.score)
        )
        if candidate.score >= threshold:
            place = len(listed)
    if fallback is not None and leading != fallback:
        place = min(place, MOST - 1)
        listed.insert(place, lex.Interpretation(intent=lex.Intent(name=fallback, slots={})))
    if source is not None:
        listed = [msgspec.structs.replace(one, interpretation_source=source) for one in listed]
    if sentiment is not None and listed:
        listed[0] = msgspec.structs.replace(listed[0], sentiment_response=sentiment)
    return tuple(listed[:MOST])


def _entry(intent: lex.Intent, score: float | None) -> lex.Interpretation:
    return lex.Interpretation(
        intent=intent,
        nlu_confidence=None if score is None else lex.NluConfidence(score=round(score, 2)),
    )
