"""Work in an event loop, a few pieces in each of its rounds.

The loop runs everything that is ready in one round, and what arrives meanwhile waits for the end of
the round. Pieces that together would take too long are therefore spread over the next rounds, in
the order in which they came. Each is woken when it is its turn; none polls.
"""

from __future__ import annotations

import asyncio
from collections import deque
from typing import Final

ROUND_SECONDS: Final = 0.004
"""How long the work of one round may take, by what each piece is likely to take."""

# What follows a piece in the same step of its task.
_REST_SECONDS: Final = 0.0005


class LoopRounds:
    """The rounds of the event loop that runs; one loop after another may use it."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._spent = 0.0
        self._waiting: deque[tuple[float, asyncio.Future[None]]] = deque()

    def has_room(self, seconds: float) -> bool:
        """Whether this round has enough room; the first piece of a round always fits."""
        loop = asyncio.get_running_loop()
        if loop is not self._loop:
            self._loop, self._spent = loop, 0.0
            self._waiting.clear()
        return not self._waiting and not (self._spent and self._spent + seconds > ROUND_SECONDS)

    async def room(self, seconds: float) -> None:
        """Wait for a round with enough room."""
        if self.has_room(seconds):
            return
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((seconds, turn))
        await turn

    def spend(self, seconds: float) -> None:
        """Count how much of this round a piece took."""
        if not self._spent and self._loop is not None:
            self._loop.call_soon(self._begin)
        self._spent += seconds + _REST_SECONDS

    def _begin(self) -> None:
        """Begin a round: wake those whose turn it is."""
        self._spent = planned = 0.0
        while self._waiting:
            seconds, turn = self._waiting[0]
            if planned and planned + seconds > ROUND_SECONDS:
                break
            self._waiting.popleft()
            if not turn.done():  # else whoever waited has gone
                turn.set_result(None)
                planned += seconds + _REST_SECONDS
        if planned and self._loop is not None:
            # After those that were woken: for whoever still waits, or comes.
            self._spent = planned
            self._loop.call_soon(self._begin)
