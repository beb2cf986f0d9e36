"""The stores that there are, and the one that an address of ``daehwa.toml`` names."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final, NamedTuple

from daehwa.stores.errors import StoreMisconfigured
from daehwa.stores.sqlite import SQLiteStore
from daehwa.stores.store import SessionStore


class StoreKind(NamedTuple):
    """A store that an address may name.

    ``schemes`` are what its addresses begin with, ``form`` is what a person has to write,
    ``open`` makes a store of an address, ready to be used. ``extra`` is the extra of the package
    that brings its client library, where it needs one.
    """

    schemes: tuple[str, ...]
    form: str
    open: Callable[[str], Awaitable[SessionStore]]
    extra: str | None = None


async def _sqlite(url: str) -> SessionStore:
    path = url.partition(":")[2].removeprefix("//")
    if not path:
        raise StoreMisconfigured(f"{url!r} names no file: use sqlite:PATH.")
    return SQLiteStore(Path(path))


async def _redis(url: str) -> SessionStore:
    from daehwa.stores.redis import RedisStore  # noqa: PLC0415 - an optional part

    return await RedisStore.open(url)


async def _postgres(url: str) -> SessionStore:
    from daehwa.stores.postgres import PostgresStore  # noqa: PLC0415 - an optional part

    return await PostgresStore.open(url)


STORES: Final = (
    StoreKind(("sqlite",), "sqlite:PATH", _sqlite),
    StoreKind(("redis", "rediss"), "redis://HOST:PORT/NUMBER", _redis, extra="redis"),
    StoreKind(
        ("postgresql", "postgres"),
        "postgresql://USER:PASSWORD@HOST/DATABASE",
        _postgres,
        extra="postgres",
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
    try:
        store = await kind.open(url)
    except ImportError as error:
        if kind.extra is None:
            raise
        raise StoreMisconfigured(
            f"A store at {kind.schemes[0]}:// needs a client library that is not installed"
            f" ({error}): pip install 'daehwa[{kind.extra}]'."
        ) from None
    try:
        yield store
    finally:
        await store.close()


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
