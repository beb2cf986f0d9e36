"""Going back in a conversation: what the dialog knew after an earlier turn.

A person asks again, puts a message in other words, or goes back to an earlier answer: the next turn
then follows an earlier one and not the last. To bring the dialog back to that point, a session
keeps its earlier states, for the last ``KEPT`` turns. What a code hook has done elsewhere is not
undone.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

import msgspec

from daehwa import dialog
from daehwa.conversation.stored_session import decode_session

KEPT: Final = 16
"""The turns that the dialog can go back to; further back it stands as at its beginning."""

_encode = msgspec.json.Encoder().encode


def as_after(session: dialog.Session, turn: str | None, now: datetime) -> dialog.Session:
    """The session as it was after a turn: ``None`` for the last one, empty for none at all.

    What it remembers of obfuscated values stays, so that they are hidden on every branch.
    """
    if turn is None or (turn and turn == session.turn):
        return session
    kept = session.earlier.get(turn)
    there = (
        dialog.Session(bot_version=session.bot_version) if kept is None else decode_session(kept)
    )
    return msgspec.structs.replace(
        there,
        created_at=session.created_at or now,
        obfuscated={**there.obfuscated, **session.obfuscated},
        turn=turn or None,
        earlier=_with_itself(session),
    )


def remember(before: dialog.Session, after: dialog.Session, turn: str) -> dialog.Session:
    """The session after a turn, with the states to which one can go back."""
    return msgspec.structs.replace(after, turn=turn, earlier=_with_itself(before))


def _with_itself(session: dialog.Session) -> dict[str, msgspec.Raw]:
    if session.turn is None:
        return session.earlier
    # The messages and interpretations of a turn are for GetSession, which shows the last one.
    kept = msgspec.structs.replace(
        session, turn=None, earlier={}, messages=(), interpretations=(), updated_at=None
    )
    earlier = {turn: raw for turn, raw in session.earlier.items() if turn != session.turn}
    earlier[session.turn] = msgspec.Raw(_encode(kept))
    return dict(list(earlier.items())[-KEPT:])
