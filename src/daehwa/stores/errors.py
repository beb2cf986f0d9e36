"""What can go wrong with a store, and who can fix it.

StoreError
├── StaleSession       the caller: the session changed since it was loaded; load it again
├── DuplicateTurn      the caller: the turn is recorded already; give its reply
├── StaleObject        the caller: what it read was changed meanwhile; read it again
├── StoreUnavailable   something upstream: unreachable, locked or full; try again later
├── StoreDamaged       the data: not ours, or broken; the message tells what to do
├── StoreTooNew        the data: written by a newer Daehwa; the message tells what to do
└── StoreMisconfigured the configuration: an unknown address, or a client not installed
"""


class StoreError(Exception):
    """A fault of the store that keeps sessions and transcripts."""


class StaleSession(StoreError):
    """The session is not in the state that the caller expected; nothing was written."""


class DuplicateTurn(StoreError):
    """A turn with this message id is recorded already; nothing was written."""


class StaleObject(StoreError):
    """A shared object is not as the caller expected it; nothing was written."""


class StoreUnavailable(StoreError):
    """The store cannot be used at the moment; the same call may succeed later."""


class StoreDamaged(StoreError):
    """What is in the store cannot be read, or belongs to another program."""


class StoreTooNew(StoreError):
    """The store was written by a newer version of Daehwa than this one."""


class StoreMisconfigured(StoreError):
    """The store's address makes no sense here, or its client library is not installed."""
