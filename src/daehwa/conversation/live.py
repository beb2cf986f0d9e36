"""Turns in progress, so that an answer can be watched, followed after a reload, and stopped."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import msgspec

from daehwa.conversation.values import ChatEvent

_encode = msgspec.json.Encoder().encode


class LiveTurn:
    """One turn while it runs: what has been told so far, to any number of listeners.

    Pieces of an answer are joined for whoever comes late, so that a page that was reloaded
    in mid-answer gets the whole text so far at once and then what follows.
    """

    def __init__(self) -> None:
        self._events: list[ChatEvent] = []
        self._ended = False
        self._wake = asyncio.Event()
        self.stopped = asyncio.Event()

    def tell(self, name: str, data: Any) -> None:
        """Tell all listeners; ``done`` and ``error`` end the turn."""
        raw = data if isinstance(data, bytes) else _encode(data)
        self._events.append(ChatEvent(name, raw))  # type: ignore[arg-type]
        self._ended = name in ("done", "error")
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
            if self._ended:
                return
            await wake.wait()


class LiveTurns:
    """The turns in progress in this process, by session and message id."""

    def __init__(self) -> None:
        self._turns: dict[tuple[str, str, str, str, str], LiveTurn] = {}

    def begin(self, key: tuple[str, str, str, str, str]) -> tuple[LiveTurn, bool]:
        """The live turn of ``key``, and whether it was there already."""
        turn = self._turns.get(key)
        if turn is not None:
            return turn, True
        turn = self._turns[key] = LiveTurn()
        return turn, False

    def get(self, key: tuple[str, str, str, str, str]) -> LiveTurn | None:
        """The live turn of ``key``, if it runs here."""
        return self._turns.get(key)

    def end(self, key: tuple[str, str, str, str, str]) -> None:
        """Forget a turn that is over; its listeners keep it until they are done."""
        self._turns.pop(key, None)
