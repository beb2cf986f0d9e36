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
from daehwa.stores.opening import STORES, StoreKind, open_store, store_system
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
from daehwa.stores.watched import watched

__all__ = [
    "LEASE_SECONDS",
    "STORES",
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
    "StoreKind",
    "StoreMisconfigured",
    "StoreTooNew",
    "StoreUnavailable",
    "Stored",
    "TurnRecord",
    "open_store",
    "store_system",
    "watched",
]
