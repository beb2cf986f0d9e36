"""The tables of the SQLite file, and how a file of an earlier release comes to have them."""

from __future__ import annotations

from typing import Final

# Each entry takes the file from its index to the next version; never change one that shipped.
MIGRATIONS: Final = (
    """
    CREATE TABLE sessions (
        id INTEGER PRIMARY KEY,
        bot_id TEXT NOT NULL,
        alias_id TEXT NOT NULL,
        locale_id TEXT NOT NULL,
        session_id TEXT NOT NULL,
        version INTEGER NOT NULL,
        expires_at INTEGER NOT NULL,
        session BLOB,
        UNIQUE (session_id, bot_id, alias_id, locale_id)
    ) STRICT;
    CREATE INDEX sessions_by_expiry ON sessions (expires_at);
    CREATE TABLE turns (
        id INTEGER PRIMARY KEY,
        session INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
        message_id TEXT NOT NULL,
        text TEXT NOT NULL,
        at INTEGER NOT NULL,
        reply BLOB,
        state TEXT NOT NULL,
        missed INTEGER NOT NULL,
        rating TEXT,
        comment TEXT,
        UNIQUE (session, message_id)
    ) STRICT;
    CREATE INDEX turns_missed ON turns (at) WHERE missed;
    CREATE INDEX turns_running ON turns (at) WHERE state = 'running';
    """,
    """
    ALTER TABLE turns ADD COLUMN lease INTEGER NOT NULL DEFAULT 0;
    DROP INDEX turns_running;
    """,
    """
    CREATE TABLE upkeep (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        pings INTEGER NOT NULL,
        note BLOB
    ) STRICT;
    INSERT INTO upkeep VALUES (1, 0, NULL);
    """,
    """
    CREATE TABLE layout (applied INTEGER NOT NULL) STRICT;
    INSERT INTO layout VALUES (0);
    ALTER TABLE turns ADD COLUMN stop INTEGER NOT NULL DEFAULT 0
    """,
    # No index holds what is counted: each turn would write one page more. This one has the turns
    # of releases that kept no facts.
    """
    CREATE TABLE kinds (
        id INTEGER PRIMARY KEY,
        bot_id TEXT NOT NULL,
        kind BLOB NOT NULL
    ) STRICT;
    ALTER TABLE turns ADD COLUMN kind INTEGER;
    ALTER TABLE turns ADD COLUMN figures BLOB;
    CREATE INDEX turns_uncounted ON turns (at) WHERE kind IS NULL
    """,
)
# The numbers of those that an older release can live with.
ADDITIONS: Final = frozenset({4, 5})
