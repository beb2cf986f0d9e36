"""The page ``docs/differences.md``: every decision, those with a number first."""

from __future__ import annotations

from typing import Final

from conformance.decisions import conversation, dialog
from conformance.decisions.decision import Decision

DECISIONS: Final[tuple[Decision, ...]] = tuple(
    sorted(
        (*dialog.DECISIONS, *conversation.DECISIONS),
        key=lambda decision: (decision.number is None, decision.number or 0),
    )
)
"""Every decision, by number; those without one follow."""


def page(note: str) -> str:
    """The page's text, beginning with ``note``."""
    lines = [
        note,
        "",
        "# What differs from Lex",
        "",
        "Daehwa follows Amazon Lex V2 as its documentation, its service model and recordings show",
        "it. Where they are silent, Daehwa decides once. This page lists all those decisions, and",
        "the few places where Daehwa differs on purpose. [The rules](conformance.md) cite a",
        "question by its number.",
        "",
    ]
    for decision in DECISIONS:
        lines += [
            f"## {decision.heading}",
            "",
            decision.answer,
            "",
            f"*Why:* {decision.why}",
            "",
        ]
    return "\n".join(lines).rstrip() + "\n"
