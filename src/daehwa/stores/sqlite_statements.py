"""The statements of ``SQLiteStore``; what they are given stands in it."""

from __future__ import annotations

OF_KEY = "session_id = ? AND bot_id = ? AND alias_id = ? AND locale_id = ?"
TURN = "message_id, text, at, reply, state, missed, rating, comment, lease"

LOAD = f"SELECT session, version, expires_at FROM sessions WHERE {OF_KEY}"
CHANGE = f"""
    UPDATE sessions SET session = ?, version = version + 1, expires_at = ?
    WHERE {OF_KEY} AND version = ? AND session IS NOT NULL
"""
BEGIN = """
    INSERT INTO sessions (session, expires_at, session_id, bot_id, alias_id, locale_id, version)
    VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (session_id, bot_id, alias_id, locale_id) DO NOTHING
"""
# A row without a session only holds a transcript: its version goes on, so none comes back.
BEGIN_BESIDE_TRANSCRIPT = f"""
    UPDATE sessions SET session = ?, version = version + 1, expires_at = ?
    WHERE {OF_KEY} AND session IS NULL RETURNING id, version
"""
HOLD_TRANSCRIPT = """
    INSERT INTO sessions (expires_at, session_id, bot_id, alias_id, locale_id, version)
    VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (session_id, bot_id, alias_id, locale_id) DO UPDATE
    SET expires_at = max(expires_at, excluded.expires_at) RETURNING id
"""
END = f"""
    UPDATE sessions SET session = NULL, version = version + 1
    WHERE {OF_KEY} AND session IS NOT NULL
"""
FORGET = f"DELETE FROM sessions WHERE {OF_KEY} RETURNING session IS NOT NULL"
SESSION_ID = f"(SELECT id FROM sessions WHERE {OF_KEY})"
BROKEN_OFF = "(state = 'incomplete' AND reply IS NULL)"
# To look the session up again costs less than a change that returns it.
ADD_OR_FINISH_TURN = f"""
    INSERT INTO turns (session, message_id, text, at, reply, state, missed, figures, kind)
    VALUES (coalesce(?, {SESSION_ID}), ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (session, message_id) DO UPDATE
    SET reply = excluded.reply, state = excluded.state, missed = excluded.missed,
    figures = excluded.figures, kind = excluded.kind
    WHERE state = 'running' OR {BROKEN_OFF}
"""
ADD_KIND = "INSERT INTO kinds (id, bot_id, kind) VALUES (?, ?, ?) ON CONFLICT (id) DO NOTHING"
START_TURN = f"""
    INSERT INTO turns (session, message_id, text, at, reply, state, missed, lease)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (session, message_id) DO UPDATE
    SET text = excluded.text, at = excluded.at, reply = excluded.reply, state = excluded.state,
    missed = excluded.missed, lease = excluded.lease, stop = 0
    WHERE (state = 'running' AND lease <= ?) OR {BROKEN_OFF}
"""
GET_TURN = f"SELECT {TURN} FROM turns WHERE session = {SESSION_ID} AND message_id = ?"
LAST_TURNS = f"""
    SELECT {TURN} FROM turns WHERE session = {SESSION_ID} ORDER BY id DESC LIMIT ?
"""
TURNS_BEFORE = f"""
    SELECT {TURN} FROM turns WHERE session = (SELECT session FROM turns WHERE id = ?) AND id < ?
    ORDER BY id DESC LIMIT ?
"""
RENEW_TURN = f"""
    UPDATE turns SET lease = ?, reply = ?
    WHERE session = {SESSION_ID} AND message_id = ? AND state = 'running' RETURNING stop
"""
STOP_TURN = f"""
    UPDATE turns SET stop = 1
    WHERE session = {SESSION_ID} AND message_id = ? AND state = 'running' AND lease > ?
"""
TURN_ID = f"SELECT id FROM turns WHERE session = {SESSION_ID} AND message_id = ?"
RATE = f"""
    UPDATE turns SET rating = ?, comment = ?
    WHERE session = {SESSION_ID} AND message_id = ?
"""
MISSED = """
    SELECT bot_id, alias_id, locale_id, session_id, message_id, text, at
    FROM turns JOIN sessions ON sessions.id = turns.session
    WHERE missed AND bot_id = ? AND (? IS NULL OR locale_id = ?) AND at < ?
    ORDER BY at DESC, turns.id DESC LIMIT ?
"""
SESSIONS_OF = """
    SELECT bot_id, alias_id, locale_id, session_id FROM sessions
    WHERE bot_id = ? AND (? IS NULL OR locale_id = ?) ORDER BY expires_at DESC, id DESC LIMIT ?
"""
PURGE = """
    DELETE FROM sessions WHERE id IN
    (SELECT id FROM sessions WHERE expires_at < ? ORDER BY expires_at LIMIT ?)
"""
# An owner may stand before an id, apart from it by ASCII's unit separator.
SESSIONS = """
    SELECT bot_id, alias_id, locale_id, session_id FROM sessions
    WHERE session_id = ? OR substr(session_id, -length(?) - 1) = char(31) || ?
    ORDER BY id
"""
FORGET_TURNS = """
    DELETE FROM turns WHERE id IN (
        SELECT turns.id FROM turns JOIN sessions ON sessions.id = turns.session
        WHERE bot_id = :bot AND (:locale IS NULL OR locale_id = :locale)
        AND (:session IS NULL OR session_id = :session
            OR substr(session_id, -length(:session) - 1) = char(31) || :session)
        AND NOT (state = 'running' AND lease > :now)
        LIMIT :limit
    )
"""
EXPIRED = """
    SELECT id, expires_at, length(session) > 0 FROM sessions
    WHERE expires_at >= ? AND expires_at < ? ORDER BY expires_at LIMIT ?
"""
EMPTY = "UPDATE sessions SET session = x'' WHERE id = ?"
PING = "UPDATE upkeep SET pings = pings + 1"
# A session that nobody has, as large as a turn may be: for room that a ping does not need.
TAKE_ROOM = """
    INSERT OR REPLACE INTO sessions
        (session_id, bot_id, alias_id, locale_id, version, expires_at, session)
    VALUES ('', '', '', '', 0, 0, zeroblob(65536))
"""
GIVE_ROOM = "DELETE FROM sessions WHERE session_id = '' AND bot_id = ''"
