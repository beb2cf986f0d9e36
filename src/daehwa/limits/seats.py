"""How many requests one process has in progress at once; beyond that they are refused, not queued.

One event loop serves them in turn, so that each waits about as long as all before it take. A
request that waits for a model, a code hook, a reader of its stream, or a body that does not
come, costs nothing meanwhile and has no seat.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

READING_SECONDS: Final = 0.25
"""How long a request keeps its seat while its body is on the way."""

_SWEEP_SECONDS = 0.1


class Seats:
    """``most`` seats for the requests of one process; 0 is no limit."""

    def __init__(self, most: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.most = most
        self.taken = 0
        self.clock = clock
        self.reading: dict[Seat, float] = {}
        self._swept_at = 0.0

    def full(self) -> bool:
        """Whether the next request is one too many."""
        if not self.most or self.taken < self.most:
            return False
        now = self.clock()
        if now - self._swept_at > _SWEEP_SECONDS:
            self._swept_at = now
            for seat, since in tuple(self.reading.items()):
                if now - since > READING_SECONDS:
                    seat.wait_for_body()
        return self.taken >= self.most


class Seat:
    """A request's place; it is taken from the beginning to ``leave``."""

    __slots__ = ("_away", "_late", "_seats")

    def __init__(self, seats: Seats) -> None:
        self._seats: Seats | None = seats
        self._away = 0
        self._late = False
        seats.taken += 1
        if seats.most:
            seats.reading[self] = seats.clock()

    def wait_for_body(self) -> None:
        """Give the place up until the body is there."""
        if self._seats is not None and self._seats.reading.pop(self, None) is not None:
            self._late = True
            self._vacate()

    def end_reading(self) -> None:
        """The body is there."""
        if self._seats is not None:
            self._seats.reading.pop(self, None)
            if self._late:
                self._late = False
                self._return()

    def leave(self) -> None:
        """Give the place up for good; harmless if repeated."""
        if self._seats is not None:
            self._seats.reading.pop(self, None)
            if not self._away:
                self._seats.taken -= 1
            self._seats = None

    @contextmanager
    def vacated(self) -> Iterator[None]:
        """Give the place up for a while; it is taken again even where all others are."""
        self._vacate()
        try:
            yield
        finally:
            self._return()

    def _vacate(self) -> None:
        if self._seats is not None and not self._away:
            self._seats.taken -= 1
        self._away += 1

    def _return(self) -> None:
        self._away -= 1
        if self._seats is not None and not self._away:
            self._seats.taken += 1
