"""Where sessions and their transcripts live; one file a backend, one contract for all."""

from daehwa.stores.errors import (
    DuplicateTurn,
    StaleSession,
    StoreDamaged,
    StoreError,
    StoreMisconfigured,
    StoreTooNew,
    StoreUnavailable,
)
from daehwa.stores.opening import open_store
from daehwa.stores.sqlite import SQLiteStore
from daehwa.stores.store import SessionStore
from daehwa.stores.values import (
    LEASE_SECONDS,
    Expired,
    HeldTurn,
    Missed,
    SessionKey,
    Stored,
    TurnRecord,
)

__all__ = [
    "LEASE_SECONDS",
    "DuplicateTurn",
    "Expired",
    "HeldTurn",
    "Missed",
    "SQLiteStore",
    "SessionKey",
    "SessionStore",
    "StaleSession",
    "StoreDamaged",
    "StoreError",
    "StoreMisconfigured",
    "StoreTooNew",
    "StoreUnavailable",
    "Stored",
    "TurnRecord",
    "open_store",
]
