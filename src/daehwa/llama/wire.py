"""What a process for sentence vectors is sent, and what it answers: a line of JSON each."""

from __future__ import annotations

import msgspec


class VectorsOrder(msgspec.Struct, frozen=True, kw_only=True):
    """The first line: the model's file, how tokens are pooled, the longest text in tokens."""

    model: str
    pooling: str
    tokens: int


class Ready(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to it: how many numbers a vector has, or why there are none."""

    width: int = 0
    error: str | None = None


class Vectors(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to a list of texts; ``count`` times ``width`` numbers of 4 bytes follow it."""

    count: int = 0
    width: int = 0
    error: str | None = None
