"""The statements of ``PostgresStore``; what they are given stands in it."""

from __future__ import annotations

from typing import LiteralString

from daehwa.stores.counted_postgres import TURN

OF_KEY: LiteralString = "session_id = %s AND bot_id = %s AND alias_id = %s AND locale_id = %s"
SESSION_ID: LiteralString = f"(SELECT id FROM daehwa.sessions WHERE {OF_KEY})"

LOAD: LiteralString = f"SELECT session, version, expires_at FROM daehwa.sessions WHERE {OF_KEY}"
CHANGE: LiteralString = f"""
    UPDATE daehwa.sessions SET session = %s, version = version + 1, expires_at = %s
    WHERE {OF_KEY} AND version = %s AND session IS NOT NULL RETURNING id, version
"""
# A row without a session only holds a transcript: its version goes on, so none comes back.
BEGIN: LiteralString = """
    INSERT INTO daehwa.sessions AS kept
        (session, expires_at, session_id, bot_id, alias_id, locale_id, version)
    VALUES (%s, %s, %s, %s, %s, %s, %s)
    ON CONFLICT (session_id, bot_id, alias_id, locale_id) DO UPDATE
    SET session = excluded.session, version = kept.version + 1, expires_at = excluded.expires_at
    WHERE kept.session IS NULL RETURNING id, version
"""
HOLD_TRANSCRIPT: LiteralString = """
    INSERT INTO daehwa.sessions AS kept
        (expires_at, session_id, bot_id, alias_id, locale_id, version)
    VALUES (%s, %s, %s, %s, %s, %s)
    ON CONFLICT (session_id, bot_id, alias_id, locale_id) DO UPDATE
    SET expires_at = greatest(kept.expires_at, excluded.expires_at) RETURNING id
"""
END: LiteralString = f"""
    UPDATE daehwa.sessions SET session = NULL, version = version + 1
    WHERE {OF_KEY} AND session IS NOT NULL RETURNING true
"""
FORGET: LiteralString = f"DELETE FROM daehwa.sessions WHERE {OF_KEY} RETURNING session IS NOT NULL"
BROKEN_OFF: LiteralString = "(kept.state = 'incomplete' AND kept.reply IS NULL)"
START_TURN: LiteralString = f"""
    INSERT INTO daehwa.turns AS kept (session, message_id, text, at, reply, state, missed, lease)
    VALUES (%s, %s, %s, %s, %s, %s, %s, clock_timestamp() + %s)
    ON CONFLICT (session, message_id) DO UPDATE
    SET text = excluded.text, at = excluded.at, reply = excluded.reply, state = excluded.state,
    missed = excluded.missed, lease = excluded.lease, stop = false
    WHERE (kept.state = 'running' AND kept.lease <= clock_timestamp()) OR {BROKEN_OFF}
    RETURNING true
"""
ADD_OR_FINISH_TURN: LiteralString = f"""
    INSERT INTO daehwa.turns AS kept
        (session, message_id, text, at, reply, state, missed, figures, kind)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)
    ON CONFLICT (session, message_id) DO UPDATE
    SET reply = excluded.reply, state = excluded.state, missed = excluded.missed,
    figures = excluded.figures, kind = excluded.kind
    WHERE kept.state = 'running' OR {BROKEN_OFF} RETURNING true
"""
# Another process may add the same kind at this moment.
ADD_KIND: LiteralString = """
    INSERT INTO daehwa.kinds (id, bot_id, kind) VALUES (%s, %s, %s)
    ON CONFLICT (id) DO NOTHING RETURNING true
"""
RENEW_TURN: LiteralString = f"""
    UPDATE daehwa.turns SET lease = clock_timestamp() + %s, reply = %s
    WHERE session = {SESSION_ID} AND message_id = %s AND state = 'running' RETURNING stop
"""
STOP_TURN: LiteralString = f"""
    UPDATE daehwa.turns SET stop = true
    WHERE session = {SESSION_ID} AND message_id = %s
    AND state = 'running' AND lease > clock_timestamp() RETURNING true
"""
GET_TURN: LiteralString = f"""
    SELECT {TURN} FROM daehwa.turns WHERE session = {SESSION_ID} AND message_id = %s
"""
HOLD_TURN: LiteralString = f"""
    SELECT true FROM daehwa.turns WHERE session = {SESSION_ID} AND message_id = %s FOR UPDATE
"""
LAST_TURNS: LiteralString = f"""
    SELECT {TURN} FROM daehwa.turns WHERE session = {SESSION_ID} ORDER BY id DESC LIMIT %s
"""
TURNS_BEFORE: LiteralString = f"""
    WITH mark AS
    (SELECT id, session FROM daehwa.turns WHERE session = {SESSION_ID} AND message_id = %s)
    SELECT {TURN} FROM daehwa.turns WHERE session = (SELECT session FROM mark)
    AND id < (SELECT id FROM mark) ORDER BY id DESC LIMIT %s
"""
RATE: LiteralString = f"""
    UPDATE daehwa.turns SET rating = %s, comment = %s
    WHERE session = {SESSION_ID} AND message_id = %s RETURNING true
"""
MISSED: LiteralString = """
    SELECT bot_id, alias_id, locale_id, session_id, message_id, text, at
    FROM daehwa.turns JOIN daehwa.sessions ON sessions.id = turns.session
    WHERE missed AND bot_id = %s AND locale_id = coalesce(%s, locale_id)
    AND at < coalesce(%s::timestamptz, 'infinity')
    ORDER BY at DESC, turns.id DESC LIMIT %s
"""
SESSIONS_OF: LiteralString = """
    SELECT bot_id, alias_id, locale_id, session_id FROM daehwa.sessions
    WHERE bot_id = %s AND locale_id = coalesce(%s, locale_id)
    ORDER BY expires_at DESC, id DESC LIMIT %s
"""
PURGE: LiteralString = """
    DELETE FROM daehwa.sessions WHERE id IN
    (SELECT id FROM daehwa.sessions WHERE expires_at < %s ORDER BY expires_at LIMIT %s
     FOR UPDATE SKIP LOCKED)
    RETURNING true
"""

# An owner may stand before an id, apart from it by ASCII's unit separator.
SESSIONS: LiteralString = """
    SELECT bot_id, alias_id, locale_id, session_id FROM daehwa.sessions
    WHERE session_id = %s OR right(session_id, length(%s) + 1) = chr(31) || %s
    ORDER BY id
"""
FORGET_TURNS: LiteralString = """
    DELETE FROM daehwa.turns WHERE id IN (
        SELECT turns.id FROM daehwa.turns JOIN daehwa.sessions ON sessions.id = turns.session
        WHERE bot_id = %s AND locale_id = coalesce(%s, locale_id)
        AND (%s::text IS NULL OR session_id = %s
            OR right(session_id, length(%s) + 1) = chr(31) || %s)
        AND NOT (state = 'running' AND lease > clock_timestamp())
        LIMIT %s FOR UPDATE OF turns SKIP LOCKED
    ) RETURNING true
"""
EXPIRED: LiteralString = """
    SELECT id, expires_at FROM daehwa.sessions
    WHERE expires_at >= %s AND expires_at < %s ORDER BY expires_at LIMIT %s
"""
EMPTY: LiteralString = """
    UPDATE daehwa.sessions SET session = ''
    WHERE id = ANY(%s) AND expires_at < %s AND length(session) > 0 RETURNING true
"""

# The lock that a turn's own writes take: who may not have it could not store one.
TAKE_WRITES: LiteralString = "LOCK TABLE daehwa.sessions, daehwa.turns IN ROW EXCLUSIVE MODE"
# A ping that another process is in the middle of is as good as our own.
PING: LiteralString = """
    UPDATE daehwa.upkeep SET pings = pings + 1
    WHERE id = (SELECT id FROM daehwa.upkeep FOR UPDATE SKIP LOCKED) RETURNING true
"""
