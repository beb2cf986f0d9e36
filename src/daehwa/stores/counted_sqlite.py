"""The turns of a bot as they are counted, out of an SQLite file: one index holds them all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from daehwa.stores.sqlite_file import Execute
from daehwa.stores.values import CountedTurns, SessionKey, TurnRecord, UncountedTurn

_KINDS = "SELECT id, kind FROM kinds WHERE bot_id = ?"
_RATED = "(rating IS 'up') - (rating IS 'down')"
_COUNTED = f"""
    SELECT session, at, kind, {_RATED}, figures, {{text}} FROM turns INDEXED BY turns_counted
    WHERE kind IN (SELECT id FROM kinds WHERE bot_id = ?)
    AND kind IS NOT NULL AND at >= ? AND at < ? ORDER BY at, id
"""
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
    rows = execute(_COUNTED.format(text="text" if texts else "NULL"), window).fetchall()
    columns_read = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in range(6)]
    uncounted = execute(_UNCOUNTED.format(turn=columns), window).fetchall()
    wanted = execute(_KEYS, window[:1]).fetchall() if keys else ()
    return CountedTurns(
        kind_of=dict(execute(_KINDS, window[:1]).fetchall()),
        sessions=columns_read[0],
        moments=columns_read[1],
        kinds=columns_read[2],
        ratings=columns_read[3],
        figures=columns_read[4],
        texts=columns_read[5] if texts else None,
        keys={row[0]: SessionKey.of_stored(*row[1:]) for row in wanted},
        uncounted=tuple(UncountedTurn(session=row[0], turn=read_row(row[1:])) for row in uncounted),
    )
