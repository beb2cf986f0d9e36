"""Turns in progress, so that an answer can be watched, followed after a reload, and stopped."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import msgspec

from daehwa.conversation.values import Address, ChatError, ChatEvent, ChatReply, Fault

# Which turn of which session: the address and the message id.
TurnKey = tuple[Address, str]

_encode = msgspec.json.Encoder().encode


class LiveTurn:
    """One turn while it runs: what has been told so far, to any number of listeners.

    Whoever comes late, as a page does that was reloaded in mid-answer, gets all that was told
    so far at once and then what follows. ``watched`` is a turn whose answer was asked for
    piece by piece, not as a whole.
    """

    def __init__(self, *, watched: bool = False) -> None:
        self.watched = watched
        self._events: list[ChatEvent] = []
        self._wake = asyncio.Event()
        self._end: ChatReply | ChatError | None = None
        self.stopped = asyncio.Event()

    @property
    def ended(self) -> bool:
        """Whether the turn is over, well or not."""
        return bool(self._events) and self._events[-1].name in ("done", "error")

    def tell(self, name: str, data: Any) -> None:
        """Tell all listeners; ``done`` and ``error`` end the turn."""
        raw = data if isinstance(data, bytes) else _encode(data)
        self._events.append(ChatEvent(name, raw))  # type: ignore[arg-type]
        self._wake.set()
        self._wake = asyncio.Event()

    def stop(self) -> None:
        """Ask the answerer to be quiet; what it has said is kept."""
        self.stopped.set()

    async def follow(self) -> AsyncIterator[ChatEvent]:
        """All events from the first, as they come."""
        told = 0
        while True:
            wake = self._wake
            while told < len(self._events):
                yield self._events[told]
                told += 1
            if self.ended:
                return
            await wake.wait()

    def finish(self, reply: ChatReply, stored: bytes) -> None:
        """End the turn with its reply, and with what was stored of it for those who listen."""
        self._end = reply
        self.tell("done", stored)

    def fail(self, error: ChatError, request_id: str) -> None:
        """End the turn with what went wrong."""
        self._end = error
        fault = Fault(code=error.code, message=error.message, request_id=request_id)
        self.tell("error", {"error": fault})

    async def reply(self) -> ChatReply:
        """The reply, when the turn is over.

        Raises:
            ChatError: the turn failed.
        """
        while not self.ended:
            await self._wake.wait()
        if isinstance(self._end, ChatReply):
            return self._end
        raise self._end or ChatError(500, "InternalServerException", "The turn has no end.")


class LiveTurns:
    """The turns in progress in this process, by session and message id."""

    def __init__(self) -> None:
        self._turns: dict[TurnKey, LiveTurn] = {}

    def begin(self, key: TurnKey, *, watched: bool) -> tuple[LiveTurn, bool]:
        """The live turn of ``key``, and whether it was there already."""
        turn = self._turns.get(key)
        if turn is not None:
            return turn, True
        turn = self._turns[key] = LiveTurn(watched=watched)
        return turn, False

    def get(self, key: TurnKey) -> LiveTurn | None:
        """The live turn of ``key``, if it runs here."""
        return self._turns.get(key)

    def end(self, key: TurnKey) -> None:
        """Forget a turn that is over; its listeners keep it until they are done."""
        self._turns.pop(key, None)
