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
from daehwa.stores.opening import STORES, StoreKind, open_store
from daehwa.stores.sqlite import SQLiteStore
from daehwa.stores.store import SessionStore
from daehwa.stores.values import (
    Expired,
    Missed,
    SessionKey,
    Stored,
    TurnRecord,
)

__all__ = [
    "STORES",
    "DuplicateTurn",
    "Expired",
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
]
