"""What goes wrong with Redis, as the store's errors with their cures."""

from __future__ import annotations

from redis.exceptions import AuthenticationError, NoPermissionError, ReadOnlyError, RedisError
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import TimeoutError as RedisTimeoutError

from daehwa.stores.errors import StoreError, StoreMisconfigured, StoreTooNew, StoreUnavailable

LAYOUT = 1
"""The version of the keys that this program writes."""

PATIENCE_SECONDS = 2.0
"""How long a call may take."""


def require_layout(layout: int) -> None:
    """Check that this program may use keys of that layout.

    A layout is counted up when an older release cannot live with what is new; keys that it does
    not know, and members of hashes, it leaves alone.

    Raises:
        StoreTooNew: a newer Daehwa uses them.
    """
    if layout > LAYOUT:
        raise StoreTooNew(
            f"A newer Daehwa uses this Redis database (its layout is {layout}, this program"
            f" knows {LAYOUT}): update Daehwa, or choose another database number."
        )


def store_error(error: RedisError | OSError) -> StoreError:
    """An error of Redis, or of the way to it, as one of ours."""
    if isinstance(error, AuthenticationError | NoPermissionError):
        return StoreMisconfigured(
            f"Redis refuses this user ({error}): check the name and password in the store's url."
        )
    if isinstance(error, RedisConnectionError | RedisTimeoutError | OSError):
        why = str(error) or f"no answer within {PATIENCE_SECONDS:.0f} s"
        return StoreUnavailable(
            f"Redis cannot be reached ({why}): check that it runs, and the store's url."
        )
    if isinstance(error, ReadOnlyError):
        return StoreUnavailable(
            "Redis takes no writes: it is a replica. Point the store's url at the primary."
        )
    return StoreUnavailable(f"Redis refuses to work ({error}): see its log.")
