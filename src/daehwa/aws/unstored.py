"""Replies that Lex has given and DynamoDB would not take: Lex has moved on, so they are not lost.

They are kept in this execution environment: a message that is sent again is answered from here and
not taken twice, and the next request that comes by writes them down.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from daehwa.aws.errors import AwsError

if TYPE_CHECKING:
    from daehwa.aws.transcript_table import TranscriptTable
    from daehwa.chat import TurnState

# More than a table that fails for minutes leaves behind in one environment.
_MOST = 200


class UnstoredReplies:
    """Replies by session and message id, the oldest first."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], tuple[str, TurnState, bool]] = {}

    def add(
        self, session: str, message_id: str, reply: str, *, state: TurnState, missed: bool
    ) -> None:
        """Keep a reply until it can be written; of too many, only the latest are kept."""
        self._kept[session, message_id] = reply, state, missed
        while len(self._kept) > _MOST:
            del self._kept[next(iter(self._kept))]

    def reply(self, session: str, message_id: str) -> str | None:
        """The reply to a message, as JSON, if it is kept here."""
        kept = self._kept.get((session, message_id))
        return None if kept is None else kept[0]

    def forget(self, session: str) -> None:
        """Forget what is kept of a session."""
        self._kept = {key: value for key, value in self._kept.items() if key[0] != session}

    def write(self, transcript: TranscriptTable) -> None:
        """Write what can be written now; where the table still fails, they stay for later."""
        for (session, message_id), (reply, state, missed) in list(self._kept.items()):
            try:
                transcript.finish(session, message_id, reply, state=state, missed=missed)
            except AwsError:
                return
            self._kept.pop((session, message_id), None)


def note_unstored(error: AwsError, what: str) -> None:
    """Leave a line in the log: what could not be written after Lex had answered."""
    line = {"event": "unstored", "what": what, "service": error.service, "code": error.code}
    print(json.dumps(line))  # noqa: T201
