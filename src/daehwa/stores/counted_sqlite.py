"""The turns of a bot as they are counted, out of an SQLite file: one pass over its turns."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from daehwa.stores.sqlite_setup import Execute
from daehwa.stores.values import CountedTurns, SessionKey, TurnRecord, UncountedTurn

_decode = msgspec.json.Decoder(list[int]).decode

_KINDS = "SELECT id, kind FROM kinds WHERE bot_id = ?"
_RATED = "(rating IS 'up') - (rating IS 'down')"
_OF_BOT = """
    kind IN (SELECT id FROM kinds WHERE bot_id = ?) AND at >= ? AND at < ? ORDER BY id
"""
# One row of long texts: a hundred thousand rows would cost more than the counting does.
_COUNTED = f"""
    SELECT coalesce(group_concat(session), ''), coalesce(group_concat(at), ''),
    coalesce(group_concat(kind), ''), coalesce(group_concat(rated), ''),
    coalesce(group_concat(hex(figures), ''), '')
    FROM (SELECT session, at, kind, {_RATED} AS rated, figures
    FROM turns NOT INDEXED WHERE {_OF_BOT})
"""
_TEXTS = f"SELECT text FROM turns NOT INDEXED WHERE {_OF_BOT}"
_UNCOUNTED = """
    SELECT session, {turn} FROM turns INDEXED BY turns_uncounted
    WHERE kind IS NULL AND session IN (SELECT id FROM sessions WHERE bot_id = ?)
    AND at >= ? AND at < ? AND state != 'running' AND reply IS NOT NULL ORDER BY at, id
"""
_KEYS = "SELECT id, bot_id, alias_id, locale_id, session_id FROM sessions WHERE bot_id = ?"


def read_counted(
    execute: Execute,
    window: tuple[str, int, int],
    columns: str,
    read_row: Callable[[tuple[Any, ...]], TurnRecord],
    *,
    texts: bool,
    keys: bool,
) -> CountedTurns:
    """See ``SessionStore.counted``: ``window`` is the bot, and its time in microseconds.

    Turns without facts are read whole: their ``columns``, as ``read_row`` takes them.
    """
    execute("BEGIN")  # so that all is of one moment
    *numbers, figures = execute(_COUNTED, window).fetchone()
    sessions, moments, kinds, ratings = (_decode(f"[{column}]") for column in numbers)
    uncounted = execute(_UNCOUNTED.format(turn=columns), window).fetchall()
    wanted = execute(_KEYS, window[:1]).fetchall() if keys else ()
    return CountedTurns(
        kind_of=dict(execute(_KINDS, window[:1]).fetchall()),
        sessions=sessions,
        moments=moments,
        kinds=kinds,
        ratings=ratings,
        figures=bytes.fromhex(figures),
        texts=[row[0] for row in execute(_TEXTS, window)] if texts else None,
        keys={row[0]: SessionKey.of_stored(*row[1:]) for row in wanted},
        uncounted=tuple(UncountedTurn(session=row[0], turn=read_row(row[1:])) for row in uncounted),
    )
