"""The transcript in memory: what tests of the chat function put in DynamoDB's place.

It keeps the promises of ``TranscriptTable`` and is not part of what is deployed;
``deploy/aws/tests/test_transcript_table.py`` holds both to them.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

from daehwa.aws.transcript_table import StoredTurn
from daehwa.chat import TurnState

_MICROSECONDS = 1_000_000


class MemoryTranscript:
    """The turns by session and message id, in ``kept``."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self.kept: dict[tuple[str, str], StoredTurn] = {}
        self._claims: dict[tuple[str, str], str] = {}
        self._lock = threading.Lock()
        self._clock = clock

    def begin(
        self, session: str, message_id: str, text: str, *, claim: str, seconds: float
    ) -> StoredTurn | None:
        """As ``TranscriptTable.begin``."""
        now = self._clock()
        key = session, message_id
        with self._lock:
            there = self.kept.get(key)
            if there is not None:
                runs = there.state == "running" and there.lapses_at >= int(now)
                if there.reply is not None or (runs and self._claims[key] != claim):
                    return there
            self._claims[key] = claim
            self.kept[key] = StoredTurn(
                message_id=message_id,
                text=text,
                # Two turns of one moment keep their order.
                at=int(now * _MICROSECONDS) + len(self.kept),
                lapses_at=int(now + seconds) + 1,
            )
        return None

    def finish(
        self,
        session: str,
        message_id: str,
        reply: str,
        *,
        state: TurnState = "done",
        missed: bool = False,  # noqa: ARG002 - only a report over the table reads it
    ) -> None:
        """As ``TranscriptTable.finish``."""
        self._change(session, message_id, reply=reply, state=state)

    def give_up(self, session: str, message_id: str) -> None:
        """As ``TranscriptTable.give_up``."""
        self._change(session, message_id, state="incomplete")

    def stop(self, session: str, message_id: str) -> bool:
        """As ``TranscriptTable.stop``."""
        there = self.kept.get((session, message_id))
        if there is None or there.state != "running":
            return False
        return self._change(session, message_id, stopped=True)

    def forget(self, session: str, message_id: str) -> None:
        """As ``TranscriptTable.forget``."""
        with self._lock:
            self.kept.pop((session, message_id), None)

    def turn(self, session: str, message_id: str) -> StoredTurn | None:
        """As ``TranscriptTable.turn``."""
        return self.kept.get((session, message_id))

    def turns(
        self, session: str, *, limit: int, before: str | None = None
    ) -> tuple[StoredTurn, ...]:
        """As ``TranscriptTable.turns``."""
        mine = [turn for (name, _), turn in self.kept.items() if name == session]
        if before is not None:
            until = self.kept.get((session, before))
            mine = [turn for turn in mine if until is not None and turn.at < until.at]
        return tuple(sorted(mine, key=lambda turn: turn.at)[-limit:])

    def rate(self, session: str, message_id: str, rating: str | None, comment: str | None) -> bool:
        """As ``TranscriptTable.rate``."""
        return self._change(session, message_id, rating=rating, comment=comment)

    def move(self, old: str, new: str) -> None:
        """As ``TranscriptTable.move``."""
        with self._lock:
            for key in [key for key in self.kept if key[0] == old]:
                self.kept[new, key[1]] = self.kept.pop(key)

    def delete(self, session: str) -> bool:
        """As ``TranscriptTable.delete``."""
        with self._lock:
            mine = [key for key in self.kept if key[0] == session]
            for key in mine:
                del self.kept[key]
        return bool(mine)

    def close(self) -> None:
        """As ``TranscriptTable.close``."""

    def _change(self, session: str, message_id: str, **members: Any) -> bool:
        key = session, message_id
        with self._lock:
            if key not in self.kept:
                return False
            self.kept[key] = self.kept[key]._replace(**members)
        return True
