"""Moves sessions of releases without owners to the holder of their secret."""

from __future__ import annotations

from datetime import datetime

import msgspec

from daehwa import chat, stores
from daehwa.conversation.values import Address


async def take_over(
    store: stores.SessionStore, old: Address, new: Address, *, now: datetime
) -> None:
    """Move a session that the chat page began in an earlier release, with what was said in it.

    The page's ids of those days were too long to be guessed, those of turns too: a session
    that has others belongs to a program or another door, and stays where it is.
    """
    turns = await store.turns(old, limit=chat.TURNS_SHOWN)
    if not turns or not all(chat.is_page_made(turn.message_id) for turn in turns):
        return
    stored = await store.load(old, now)
    for turn in turns:
        await store.start_turn(new, msgspec.structs.replace(turn, feedback=None, broken_off=False))
        if turn.feedback is not None:
            await store.set_feedback(new, turn.message_id, turn.feedback)
    if stored is not None:
        # Of an expired session nobody reads the content, but the page shows that it was one.
        session = stored.session if isinstance(stored, stores.Stored) else b""
        await store.save(new, session, expected_version=None, expires_at=stored.expires_at)
    await store.delete(old)
