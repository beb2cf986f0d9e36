"""How sessions and turns are written into SQLite's tables, and read from their rows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from daehwa.chat import Feedback
from daehwa.stores import sqlite_statements as sql
from daehwa.stores.errors import DuplicateTurn, StaleSession
from daehwa.stores.sqlite_setup import Execute
from daehwa.stores.values import (
    SessionKey,
    TurnRecord,
    first_version,
    from_micros,
    read_turn,
    to_micros,
)


class Save(NamedTuple):
    """A session and perhaps a turn that are to be saved."""

    key: SessionKey
    session: bytes
    expected_version: int | None
    expires_at: int
    turn: TurnRecord | None
    started: bool
    kind: int | None
    new_kind: bool


class _Saved(NamedTuple):
    """A session that was saved: its row, if that is known, and its version."""

    row: int | None
    version: int


def save_together(execute: Execute, saves: list[Save]) -> list[int | Exception]:
    """Save them in this transaction: the versions, or why one of several is not saved."""
    if len(saves) == 1:
        return [save_one(execute, saves[0])]
    return [_save_among(execute, save) for save in saves]


def _save_among(execute: Execute, save: Save) -> int | Exception:
    """Save one of several: all of it, or nothing of it and why."""
    execute("SAVEPOINT one")
    try:
        result: int | Exception = save_one(execute, save)
    except (StaleSession, DuplicateTurn) as error:
        execute("ROLLBACK TO one")
        result = error
    execute("RELEASE one")
    return result


def save_one(execute: Execute, save: Save) -> int:
    """Save a session and its turn in this transaction; return the session's new version.

    Raises:
        StaleSession: the session changed, or was forgotten, meanwhile.
        DuplicateTurn: the turn is recorded already.
    """
    key, turn = save.key, save.turn
    if turn is not None and save.started:
        running = execute(sql.TURN_ID, (*key_parts(key), turn.message_id)).fetchone()
        if running is None:
            raise StaleSession(f"session {key.session_id} was forgotten meanwhile")
    parts = key_parts(key)
    written = (save.session, save.expires_at, *parts)
    if save.expected_version is None:
        saved = _begin(execute, written)
    else:
        saved = _change(execute, written, save.expected_version)
    if saved is None:
        if turn is not None:
            _refuse_duplicate(execute, key, turn)
        raise StaleSession(f"session {key.session_id} changed meanwhile: load it again")
    if turn is not None:
        facts = turn.facts
        if save.new_kind and facts is not None:
            execute(sql.ADD_KIND, (save.kind, key.bot_id, facts.kind))
        counted = (None if facts is None else facts.figures, save.kind)
        values = (saved.row, *parts, *row_of_turn(turn), *counted)
        if execute(sql.ADD_OR_FINISH_TURN, values).rowcount == 0:
            raise duplicate(turn)
    return saved.version


def _change(execute: Execute, written: tuple[Any, ...], version: int) -> _Saved | None:
    """A session that was changed; ``None`` if it has another version by now."""
    changed = execute(sql.CHANGE, (*written, version)).rowcount
    return _Saved(None, version + 1) if changed else None


def _begin(execute: Execute, written: tuple[Any, ...]) -> _Saved | None:
    """A session that begins now; ``None`` if there is one already."""
    version = first_version()
    begun = execute(sql.BEGIN, (*written, version))
    if begun.rowcount and begun.lastrowid is not None:
        return _Saved(begun.lastrowid, version)
    row = execute(sql.BEGIN_BESIDE_TRANSCRIPT, written).fetchone()
    return None if row is None else _Saved(*row)


def _refuse_duplicate(execute: Execute, key: SessionKey, turn: TurnRecord) -> None:
    """If two take one turn at the same time, the loser is informed that it is the same turn."""
    known = execute(sql.GET_TURN, (*key_parts(key), turn.message_id)).fetchone()
    if known is not None and not _open(turn_of_row(known)):
        raise duplicate(turn)


def key_parts(key: SessionKey) -> tuple[str, str, str, str]:
    """The columns that name a session."""
    return key.stored_id, key.bot_id, key.alias_id, key.locale_id


def row_of_turn(turn: TurnRecord) -> tuple[Any, ...]:
    """A turn's columns, from its message id to whether it was missed."""
    at = to_micros(turn.at)
    return turn.message_id, turn.text, at, turn.reply, turn.state, turn.missed


def turn_of_row(row: tuple[Any, ...]) -> TurnRecord:
    """The turn of the columns ``TURN``."""
    message_id, text, at, reply, state, missed, rating, comment, lease = row
    given = rating is not None or comment is not None
    return read_turn(
        message_id=message_id,
        text=text,
        at=from_micros(at),
        reply=reply,
        state=state,
        missed=bool(missed),
        feedback=Feedback(rating=rating, comment=comment) if given else None,
        lapsed=lease <= lease_until(0),
    )


def lease_until(seconds: float) -> int:
    """When a lease of ``seconds`` from now on is over; every process here has this clock."""
    return to_micros(datetime.now(UTC) + timedelta(seconds=seconds))


def _open(turn: TurnRecord) -> bool:  # it has no end yet that counts
    return turn.state == "running" or turn.broken_off


def duplicate(turn: TurnRecord) -> DuplicateTurn:
    """The error for a turn that has an end already."""
    return DuplicateTurn(f"turn {turn.message_id} is recorded already: give its reply")
