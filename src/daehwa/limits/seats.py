"""How many requests one process has in hand at once; beyond that they are refused, not queued.

One event loop serves them in turn, so that each waits about as long as all before it take. A
request that waits for a model, a code hook, or a reader of its stream costs nothing meanwhile
and gives up its seat.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


class Seats:
    """``most`` seats for the requests of one process; 0 is no limit."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.taken = 0

    @property
    def full(self) -> bool:
        """Whether the next request is one too many."""
        return bool(self.most) and self.taken >= self.most


class Seat:
    """A request's place; it is taken from the beginning to ``leave``."""

    __slots__ = ("_away", "_seats")

    def __init__(self, seats: Seats) -> None:
        self._seats: Seats | None = seats
        self._away = 0
        seats.taken += 1

    def leave(self) -> None:
        """Give the place up for good; harmless when done twice."""
        if self._seats is not None:
            if not self._away:
                self._seats.taken -= 1
            self._seats = None

    @contextmanager
    def vacated(self) -> Iterator[None]:
        """Give the place up for a while; it is taken again even where all others are."""
        if self._seats is not None and not self._away:
            self._seats.taken -= 1
        self._away += 1
        try:
            yield
        finally:
            self._away -= 1
            if self._seats is not None and not self._away:
                self._seats.taken += 1
