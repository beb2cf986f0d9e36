"""How many there are of something, as a person says it in English."""

from __future__ import annotations


def counted(count: int, noun: str) -> str:
    """``1 turn``, ``2 turns``."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
