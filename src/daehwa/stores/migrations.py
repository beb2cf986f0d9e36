"""How a store's layout grows from release to release, and which releases can share one.

Migrations are numbered from 1 and never changed once they have shipped. Most of them an older
release cannot live with: it would read wrongly, or write what a newer one cannot read. Others are
*additions*: tables, or columns with a default, that an older release does not see and does not
disturb. So a store holds two numbers: how many migrations were *applied*, and the last one that a
program *needs* to know. A release whose own migrations reach to that one can use the store, which
is what lets two releases serve side by side during an upgrade, and lets the older one come back.

Releases up to 0.1 knew the second number only.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple


class Layout(NamedTuple):
    """What a store has seen: ``needed`` has to be known to use it, ``applied`` is done."""

    needed: int
    applied: int


def needed_by(known: int, additions: Collection[int]) -> int:
    """The last of the migrations 1 to ``known`` that is not an addition; 0 if all are."""
    return max((number for number in range(1, known + 1) if number not in additions), default=0)
