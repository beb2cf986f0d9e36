"""Where sessions and their transcripts live, and the objects that machines share beside them.

Each has one contract, and a file for each backend.
"""

from daehwa.stores.backup import Backup, BackupError, back_up, backup_at, restore
from daehwa.stores.counters import Counters, Draw, Drawn, Sum, counters_file, open_counters
from daehwa.stores.errors import (
    DuplicateTurn,
    StaleObject,
    StaleSession,
    StoreDamaged,
    StoreError,
    StoreMisconfigured,
    StoreTooNew,
    StoreUnavailable,
)
from daehwa.stores.folder_objects import FolderObjects
from daehwa.stores.objects import Listed, ObjectStore, StoredObject
from daehwa.stores.opening import (
    STORES,
    StoreKind,
    open_objects,
    open_store,
    shares_objects,
    store_system,
)
from daehwa.stores.sqlite import SQLiteStore
from daehwa.stores.store import SessionStore
from daehwa.stores.values import (
    LEASE_SECONDS,
    CountedTurns,
    Expired,
    HeldTurn,
    Missed,
    SessionKey,
    Stored,
    TurnFacts,
    TurnRecord,
    UncountedTurn,
    from_micros,
    to_micros,
)
from daehwa.stores.watched import watched

__all__ = [
    "LEASE_SECONDS",
    "STORES",
    "Backup",
    "BackupError",
    "CountedTurns",
    "Counters",
    "Draw",
    "Drawn",
    "DuplicateTurn",
    "Expired",
    "FolderObjects",
    "HeldTurn",
    "Listed",
    "Missed",
    "ObjectStore",
    "SQLiteStore",
    "SessionKey",
    "SessionStore",
    "StaleObject",
    "StaleSession",
    "StoreDamaged",
    "StoreError",
    "StoreKind",
    "StoreMisconfigured",
    "StoreTooNew",
    "StoreUnavailable",
    "Stored",
    "StoredObject",
    "Sum",
    "TurnFacts",
    "TurnRecord",
    "UncountedTurn",
    "back_up",
    "backup_at",
    "counters_file",
    "from_micros",
    "open_counters",
    "open_objects",
    "open_store",
    "restore",
    "shares_objects",
    "store_system",
    "to_micros",
    "watched",
]
