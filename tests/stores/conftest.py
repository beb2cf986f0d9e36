"""One store of each kind."""

import pytest

from daehwa.stores import SQLiteStore


@pytest.fixture(params=["sqlite"])
async def store(request, tmp_path):
    store = SQLiteStore(tmp_path / "data" / "daehwa.db")
    yield store
    await store.close()
