"""A store by its address, as it stands in ``daehwa.toml``."""

from __future__ import annotations

from pathlib import Path

from daehwa.stores.errors import StoreMisconfigured
from daehwa.stores.sqlite import SQLiteStore
from daehwa.stores.store import SessionStore


async def open_store(url: str) -> SessionStore:
    """Open the store at ``url``, ready to be used.

    ``sqlite:PATH`` (also ``sqlite:///PATH``), ``redis://`` or ``rediss://``, and
    ``postgresql://`` or ``postgres://`` in the shapes that redis-py and libpq read.

    Raises:
        StoreMisconfigured: no such kind of store, or its client library is not installed.
        StoreError: the store cannot be opened.
    """
    scheme, _, rest = url.partition(":")
    if scheme == "sqlite" and rest:
        return SQLiteStore(Path(rest.removeprefix("//")))
    try:
        if scheme in ("redis", "rediss"):
            from daehwa.stores.redis import RedisStore  # noqa: PLC0415 - an optional part

            return await RedisStore.open(url)
        if scheme in ("postgresql", "postgres"):
            from daehwa.stores.postgres import PostgresStore  # noqa: PLC0415 - an optional part

            return await PostgresStore.open(url)
    except ImportError as error:
        extra = "redis" if scheme.startswith("redis") else "postgres"
        raise StoreMisconfigured(
            f"A store at {scheme}:// needs a client library that is not installed ({error}):"
            f" pip install 'daehwa[{extra}]'."
        ) from None
    raise StoreMisconfigured(
        f"There is no store for an address that begins with {scheme!r}: use sqlite:PATH,"
        " redis://HOST:PORT/NUMBER or postgresql://USER:PASSWORD@HOST/DATABASE."
    )
