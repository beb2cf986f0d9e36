"""The contract of shared objects; ``tests/stores/test_objects.py`` holds each backend to it.

Sessions are one half of what a second machine needs. The other half are things with a name and a
content: the bots that are made through the API, files on their way in and out, learned models.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, Protocol


class Listed(NamedTuple):
    """What a list shows of an object: its revision, its size in bytes, seconds since 1970."""

    revision: int
    size: int
    written_at: float


class StoredObject(NamedTuple):
    """An object: its content, and the revision that it was read at."""

    content: bytes
    revision: int


class ObjectStore(Protocol):
    """Named contents. A name is a path of letters, digits, ``.``, ``-`` and ``_``.

    The first part of a name is its *kind*. Each write gives the objects that it writes a new
    revision, and the kinds that it touches a new *position*: whoever remembers one sees at once
    whether anything has changed. Both are compared for equality only; they never come back.

    Methods block, and are called in threads. Any of them may raise ``StoreUnavailable``, at the
    latest some seconds after it was called (more for large contents); after an error of ``write``
    nothing of it was written, except that an answer may be lost with its connection: then the
    call is made again, and may report ``StaleObject`` for what it wrote on its own.
    """

    shared: bool
    """Whether other processes use these objects too."""

    def position(self, kind: str) -> int:
        """Where the kind stands; 0 before its first write."""
        ...

    def listing(self, kind: str) -> dict[str, Listed]:
        """All objects of a kind, by name."""
        ...

    def read(self, prefix: str) -> dict[str, StoredObject]:
        """The object of that name, or all whose names begin with it if it ends with ``/``.

        They are read as they stood together at one moment.
        """
        ...

    def write(
        self,
        changes: Mapping[str, bytes | memoryview | None],
        *,
        expected: Mapping[str, int | None] | None = None,
        positions: Mapping[str, int] | None = None,
    ) -> int:
        """Write contents, and delete the names that have ``None``: all of it, or nothing.

        Args:
            changes: the new contents by name.
            expected: revisions that objects must still have, ``None`` for one that must not be.
            positions: positions that kinds must still have.

        Returns:
            The revision of what was written.

        Raises:
            StaleObject: an object or a kind is not as expected.
            StoreUnavailable: the store is unreachable, or full.
        """
        ...

    def take_lease(self, name: str, holder: str, seconds: float) -> bool:
        """Take the lease of that name, or extend it; return whether ``holder`` has it."""
        ...

    def end_lease(self, name: str, holder: str) -> None:
        """Give up a lease, if ``holder`` has it."""
        ...

    def close(self) -> None:
        """Release connections; harmless if repeated."""
        ...


def kind_of(name: str) -> str:
    """The first part of a name."""
    return name.partition("/")[0]
