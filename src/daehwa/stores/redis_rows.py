"""Sessions and turns as Redis has them: names of keys, members of hashes, arguments of scripts."""

from __future__ import annotations

from typing import Any, cast
from urllib.parse import quote, unquote

from daehwa.chat import Feedback
from daehwa.stores.errors import DuplicateTurn
from daehwa.stores.values import SessionKey, TurnRecord, from_micros, read_turn, to_micros


def name_of(key: SessionKey) -> str:
    """The session in the names of its keys."""
    parts = (key.bot_id, key.alias_id, key.locale_id, key.stored_id)
    return "/".join([quote(part, safe="") for part in parts])


def key_of(name: str) -> SessionKey:
    """The session of a name in keys."""
    return SessionKey.of_stored(*map(unquote, name.split("/")))


def turn_members(turn: TurnRecord) -> tuple[Any, ...]:
    """A turn as the arguments of the script that adds it."""
    facts = turn.facts
    counted = () if facts is None else (facts.kind, facts.figures)
    return (turn.message_id, turn.text, to_micros(turn.at), *turn_end(turn), *counted)


def turn_end(turn: TurnRecord) -> tuple[Any, ...]:
    """How a turn ended, as the arguments of the scripts."""
    return (turn.reply or b"", int(turn.reply is not None), turn.state, int(turn.missed))


def turn_of_hash(message_id: str, row: dict[bytes, bytes], now: int) -> TurnRecord:
    """The turn of a hash; ``now`` is the server's clock in microseconds."""
    rating, comment = row.get(b"rating"), row.get(b"comment")
    feedback = None
    if rating is not None or comment is not None:
        feedback = Feedback(
            rating=cast("Any", rating.decode()) if rating is not None else None,
            comment=comment.decode() if comment is not None else None,
        )
    return read_turn(
        message_id=message_id,
        text=row[b"text"].decode(),
        at=from_micros(int(row[b"at"])),
        reply=row.get(b"reply"),
        state=cast("Any", row[b"state"].decode()),
        missed=row[b"missed"] == b"1",
        feedback=feedback,
        lapsed=int(row.get(b"lease", 0)) <= now,
    )


def duplicate(turn: TurnRecord) -> DuplicateTurn:
    """The error for a turn that has an end already."""
    return DuplicateTurn(f"turn {turn.message_id} is recorded already: give its reply")
