"""Where sessions and their transcripts live; one file a backend, one contract for all."""

from daehwa.stores.counters import Counters, Draw, Drawn, Sum, counters_file, open_counters
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
    "STORES",
    "Counters",
    "Draw",
    "Drawn",
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
    "Sum",
    "TurnRecord",
    "counters_file",
    "open_counters",
    "open_store",
]
