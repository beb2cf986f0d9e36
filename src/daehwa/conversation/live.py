"""Turns in progress, so that an answer can be watched, followed after a reload, and stopped."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Any, Literal

import msgspec

from daehwa import chat
from daehwa.conversation.values import Address

# Which turn of which session: the address and the message id.
TurnKey = tuple[Address, str]
EventName = Literal["start", "status", "delta", "done", "error"]

_encode = msgspec.json.Encoder().encode

# How long, in seconds, a stop that overtook its turn waits for it, and how many may wait.
_EARLY_SECONDS = 10.0
_MOST_EARLY = 1000


class LiveTurn:
    """One turn while it runs: its events so far, for any number of listeners.

    Whoever comes late, as a page does that was reloaded in mid-answer, gets all events so far
    at once and then what follows. ``locale_id`` is the language of the conversation.
    ``watched`` is a turn whose answer was asked for piece by piece, not as a whole.
    ``source`` is who answers, once somebody does.
    """

    def __init__(self, locale_id: str, *, watched: bool = False) -> None:
        self.watched = watched
        self._locale_id = locale_id
        self._events: list[chat.ChatEvent] = []
        # There while somebody waits for the next event.
        self._wake: asyncio.Event | None = None
        self._end: chat.ChatReply | chat.ChatError | None = None
        self._words: list[str] = []
        self.source = "none"
        self.stopped = asyncio.Event()
        self.cut_short = False

    @property
    def ended(self) -> bool:
        """Whether the turn is over, well or not."""
        return bool(self._events) and self._events[-1].name in ("done", "error")

    def publish(self, name: EventName, data: Any) -> None:
        """Give all listeners an event; ``done`` and ``error`` end the turn.

        ``data`` is a value of ``chat``, or its JSON.
        """
        raw = data if isinstance(data, bytes) else _encode(data)
        self._events.append(chat.ChatEvent(name, raw))
        if self._wake is not None:
            self._wake.set()
            self._wake = None

    def start(self, session_id: str, message_id: str, request_id: str) -> None:
        """Publish the first event."""
        self.publish(
            "start",
            chat.StartEvent(session_id=session_id, message_id=message_id, request_id=request_id),
        )

    def add_words(self, words: str) -> None:
        """Publish the next piece of the answer."""
        self._words.append(words)
        self.publish("delta", chat.DeltaEvent(text=words))

    def catch_up(self, words: str) -> None:
        """Publish what is new in ``words``, the answer so far of a turn that is made elsewhere."""
        before = self.words
        if len(words) > len(before) and words.startswith(before):
            self.add_words(words[len(before) :])

    def drop_words(self) -> None:
        """Forget the answer so far: it starts over, and the reply at the end is what holds."""
        self._words.clear()

    @property
    def words(self) -> str:
        """The answer so far."""
        return "".join(self._words)

    def stop(self) -> None:
        """Stop the answerer; what it has said is kept."""
        self.stopped.set()

    def cut(self) -> None:
        """End an answer that has begun with what was said so far; the server ends."""
        if self._words:
            self.cut_short = True
            self.stopped.set()

    async def follow(self) -> AsyncIterator[chat.ChatEvent]:
        """All events from the first, as they come."""
        given = 0
        while True:
            while given < len(self._events):
                yield self._events[given]
                given += 1
            if self.ended:
                return
            await self._next_event()

    async def _next_event(self) -> None:
        if self._wake is None:
            self._wake = asyncio.Event()
        await self._wake.wait()

    def finish(self, reply: chat.ChatReply, sent: bytes) -> None:
        """End the turn with its reply, and with its JSON for those who listen."""
        self._end = reply
        self.publish("done", sent)

    def fail(self, error: chat.ChatError, request_id: str) -> None:
        """End the turn with what went wrong."""
        self._end = error
        fault = chat.Fault(
            code=error.code,
            message=error.line(self._locale_id),
            request_id=request_id,
            retry_after=error.retry_after,
        )
        self.publish("error", chat.ErrorBody(error=fault))

    async def reply(self) -> tuple[chat.ChatReply, bytes]:
        """The reply and its JSON, when the turn is over.

        Raises:
            chat.ChatError: the turn failed.
        """
        while not self.ended:
            await self._next_event()
        if isinstance(self._end, chat.ChatReply):
            return self._end, self._events[-1].data
        raise self._end or chat.ChatError("InternalServerException")


class LiveTurns:
    """The turns in progress in this process, by session and message id."""

    def __init__(self) -> None:
        self._turns: dict[TurnKey, LiveTurn] = {}
        self._early: dict[TurnKey, float] = {}

    def begin(self, key: TurnKey, *, watched: bool) -> tuple[LiveTurn, bool]:
        """The live turn of ``key``, and whether it was there already."""
        turn = self._turns.get(key)
        if turn is not None:
            return turn, True
        turn = self._turns[key] = LiveTurn(key[0].locale_id, watched=watched)
        if self._early.pop(key, 0) > time.monotonic():
            turn.stop()
        return turn, False

    def stop(self, key: TurnKey) -> bool:
        """Stop the turn of ``key``, also one that is yet to begin; return whether it runs here.

        A page that stops what it has only just sent does so on another connection, and the
        second of two requests may be the first to come.
        """
        turn = self._turns.get(key)
        if turn is not None:
            turn.stop()
            return True
        self._early.pop(key, None)
        self._early[key] = time.monotonic() + _EARLY_SECONDS
        if len(self._early) > _MOST_EARLY:
            del self._early[next(iter(self._early))]
        return False

    def get(self, key: TurnKey) -> LiveTurn | None:
        """The live turn of ``key``, if it runs here."""
        return self._turns.get(key)

    def cut(self) -> None:
        """End all answers that have begun."""
        for turn in self._turns.values():
            turn.cut()

    def end(self, key: TurnKey) -> None:
        """Forget a turn that is over; its listeners keep it until they are done."""
        self._turns.pop(key, None)
