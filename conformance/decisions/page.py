"""The pages ``docs/differences.md`` and ``.ko.md``: every decision, those with a number first."""

from __future__ import annotations

from typing import Final

from conformance.decisions import conversation, dialog
from conformance.decisions.decision import Decision, heading
from conformance.decisions.korean import INTRODUCTION, KOREAN, WHY, Korean

DECISIONS: Final[tuple[Decision, ...]] = tuple(
    sorted(
        (*dialog.DECISIONS, *conversation.DECISIONS),
        key=lambda decision: (decision.number is None, decision.number or 0),
    )
)
"""Every decision, by number; those without one follow."""


_INTRODUCTION: Final = """\
# What differs from Lex

[한국어](differences.ko.md)

Daehwa follows Amazon Lex V2 as its documentation, its service model and recordings show
it. Where they are silent, Daehwa decides once. This page lists all those decisions, and
the few places where Daehwa differs on purpose. [The rules](conformance.md) cite a
question by its number.
"""


def page(note: str) -> str:
    """The page's text, beginning with ``note``."""
    sections = [_section(one.heading, one.answer, "Why:", one.why) for one in DECISIONS]
    return "\n".join((note, "", _INTRODUCTION, "\n".join(sections)))


def korean_page(note: str) -> str:
    """The same in Korean; ValueError names a decision whose Korean is missing or out of date."""
    sections = []
    for one in DECISIONS:
        korean = _korean(one)
        sections.append(_section(korean_heading(one), korean.answer, WHY, korean.why))
    return "\n".join((note, "", INTRODUCTION, "\n".join(sections)))


def korean_heading(decision: Decision) -> str:
    """The heading of a decision's section in Korean."""
    return heading(decision.number, _korean(decision).question)


def _section(title: str, answer: str, because: str, why: str) -> str:
    return f"## {title}\n\n{answer}\n\n*{because}* {why}\n"


def _korean(decision: Decision) -> Korean:
    korean = KOREAN.get(decision.name)
    if korean is None or korean.of != decision.digest:
        raise ValueError(
            f"decisions/korean.py has no {decision.name!r} for the English as it is now: "
            f"write it, with the digest {decision.digest!r}"
        )
    return korean
