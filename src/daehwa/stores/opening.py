"""The stores that there are, and the one that an address of ``daehwa.toml`` names."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from pathlib import Path
from typing import Final, NamedTuple

from daehwa.stores.errors import StoreMisconfigured
from daehwa.stores.folder_objects import FolderObjects
from daehwa.stores.objects import ObjectStore
from daehwa.stores.sqlite import SQLiteStore
from daehwa.stores.store import SessionStore


class StoreKind(NamedTuple):
    """A store that an address may name.

    ``schemes`` are what its addresses begin with, ``form`` is what a person has to write,
    ``open`` makes a store of an address, ready to be used; ``objects`` the objects beside it, where
    other machines are to share them. ``package`` is what pip installs its client
    library by, where it needs one.
    """

    schemes: tuple[str, ...]
    form: str
    open: Callable[[str], Awaitable[SessionStore]]
    objects: Callable[[str], ObjectStore] | None = None
    package: str | None = None


async def _sqlite(url: str) -> SessionStore:
    path = url.partition(":")[2].removeprefix("//")
    if not path:
        raise StoreMisconfigured(f"{url!r} names no file: use sqlite:PATH.")
    store = SQLiteStore(Path(path))
    store.watch()
    return store


async def _redis(url: str) -> SessionStore:
    from daehwa.stores.redis import RedisStore  # noqa: PLC0415 - an optional part

    return await RedisStore.open(url)


async def _postgres(url: str) -> SessionStore:
    from daehwa.stores.postgres import PostgresStore  # noqa: PLC0415 - an optional part

    return await PostgresStore.open(url)


def _redis_objects(url: str) -> ObjectStore:
    from daehwa.stores.redis_objects import RedisObjects  # noqa: PLC0415 - an optional part

    return RedisObjects(url)


def _postgres_objects(url: str) -> ObjectStore:
    from daehwa.stores.postgres_objects import PostgresObjects  # noqa: PLC0415 - an optional part

    return PostgresObjects(url)


STORES: Final = (
    StoreKind(("sqlite",), "sqlite:PATH", _sqlite),
    StoreKind(("redis", "rediss"), "redis://HOST:PORT/NUMBER", _redis, _redis_objects, "redis"),
    StoreKind(
        ("postgresql", "postgres"),
        "postgresql://USER:PASSWORD@HOST/DATABASE",
        _postgres,
        _postgres_objects,
        "psycopg[binary,pool]",
    ),
)
"""Every store, in the order in which error messages name them."""


@asynccontextmanager
async def open_store(url: str) -> AsyncIterator[SessionStore]:
    """The store at ``url``, for as long as the block lasts.

    ``sqlite:PATH`` (also ``sqlite:///PATH``), ``redis://`` or ``rediss://``, and
    ``postgresql://`` or ``postgres://`` in the shapes that redis-py and libpq read.

    Raises:
        StoreMisconfigured: no such kind of store, or its client library is not installed.
        StoreError: the store cannot be opened.
    """
    kind = _kind(url)
    with _installed(kind):
        store = await kind.open(url)
    try:
        yield store
    finally:
        await store.close()


def shares_objects(url: str) -> bool:
    """Whether objects at this address are shared with other processes and machines.

    Raises:
        StoreMisconfigured: there is no such kind of store.
    """
    return _kind(url).objects is not None


@contextmanager
def open_objects(
    url: str | None, folder: Path, *, processes: bool = False
) -> Iterator[ObjectStore]:
    """The objects beside the store at ``url``, for as long as the block lasts.

    Where a store is one machine's own, or none is named, they are files of ``folder``, which
    several ``processes`` share if that is said.

    Raises:
        StoreMisconfigured: no such kind of store, or its client library is not installed.
        StoreError: the store cannot be opened.
    """
    kind = None if url is None else _kind(url)
    if url is None or kind is None or kind.objects is None:
        if not processes:
            yield FolderObjects(folder)
            return
        from daehwa.stores.shared_folder import (  # noqa: PLC0415 - not on every system
            SharedFolderObjects,
        )

        with closing(SharedFolderObjects(folder)) as files:
            yield files
        return
    with _installed(kind):
        objects = kind.objects(url)
    try:
        yield objects
    finally:
        objects.close()


@contextmanager
def _installed(kind: StoreKind) -> Iterator[None]:
    try:
        yield
    except ImportError as error:
        if kind.package is None:
            raise
        raise StoreMisconfigured(
            f"A store at {kind.schemes[0]}:// needs a client library that is not installed"
            f" ({error}): {sys.executable} -m pip install '{kind.package}'."
        ) from None


def store_system(url: str) -> str:
    """The kind of the store at ``url``, by the first of its schemes.

    Raises:
        StoreMisconfigured: there is no such kind.
    """
    return _kind(url).schemes[0]


def _kind(url: str) -> StoreKind:
    scheme = url.partition(":")[0]
    for kind in STORES:
        if scheme in kind.schemes:
            return kind
    *forms, last = (kind.form for kind in STORES)
    raise StoreMisconfigured(
        f"There is no store for an address that begins with {scheme!r}: use"
        f" {', '.join(forms)} or {last}."
    )
