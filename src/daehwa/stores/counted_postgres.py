"""The turns of a bot as they are counted, out of PostgreSQL: one pass over its turns."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any, LiteralString

from daehwa.stores.values import CountedTurns, SessionKey, TurnRecord, UncountedTurn

TURN: LiteralString = (
    "message_id, text, at, reply, state, missed, rating, comment, lease <= clock_timestamp()"
)
"""The columns of a turn, and whether its lease is over."""

_KINDS: LiteralString = "SELECT id, kind FROM daehwa.kinds WHERE bot_id = %s"
_MOMENT: LiteralString = "(extract(epoch FROM at) * 1000000)::bigint"
_WINDOW: LiteralString = (
    "at >= coalesce(%s::timestamptz, '-infinity') AND at < coalesce(%s::timestamptz, 'infinity')"
)
_RATED: LiteralString = "CASE rating WHEN 'up' THEN 1 WHEN 'down' THEN -1 ELSE 0 END"
_COUNTED: LiteralString = f"""
    SELECT session, {_MOMENT}, kind, {_RATED}, figures FROM daehwa.turns
    WHERE kind IN (SELECT id FROM daehwa.kinds WHERE bot_id = %s)
    AND {_WINDOW} ORDER BY id
"""
_COUNTED_TEXTS: LiteralString = _COUNTED.replace("figures FROM", "figures, text FROM")
_UNCOUNTED: LiteralString = f"""
    SELECT session, {TURN} FROM daehwa.turns
    WHERE session IN (SELECT id FROM daehwa.sessions WHERE bot_id = %s)
    AND kind IS NULL AND {_WINDOW} AND state <> 'running' AND reply IS NOT NULL ORDER BY at, id
"""
_KEYS: LiteralString = """
    SELECT id, bot_id, alias_id, locale_id, session_id FROM daehwa.sessions WHERE bot_id = %s
"""

Fetch = Callable[[LiteralString, tuple[Any, ...]], Awaitable[list[Any]]]


async def read_counted(
    fetch: Fetch,
    window: tuple[str, datetime | None, datetime | None],
    *,
    texts: bool,
    keys: bool,
    read_row: Callable[[tuple[Any, ...]], TurnRecord],
) -> CountedTurns:
    """See ``SessionStore.counted``: ``window`` is the bot, and its time.

    Turns without facts are read whole, as ``read_row`` takes them.
    """
    rows = await fetch(_COUNTED_TEXTS if texts else _COUNTED, window)
    columns = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in range(6)]
    uncounted = await fetch(_UNCOUNTED, window)
    # Read last: every kind of the rows is among them.
    kinds = await fetch(_KINDS, window[:1])
    wanted = await fetch(_KEYS, window[:1]) if keys else []
    return CountedTurns(
        kind_of=dict(kinds),
        sessions=columns[0],
        moments=columns[1],
        kinds=columns[2],
        ratings=columns[3],
        figures=b"".join(columns[4]),
        texts=columns[5] if texts else None,
        keys={row[0]: SessionKey.of_stored(*row[1:]) for row in wanted},
        uncounted=tuple(UncountedTurn(session=row[0], turn=read_row(row[1:])) for row in uncounted),
    )
