"""One store of each kind, new and empty for each test."""

import pytest

from daehwa.stores import open_store


@pytest.fixture
def new_sqlite(tmp_path):
    return f"sqlite:{tmp_path / 'data' / 'daehwa.db'}"


@pytest.fixture
def new_redis(empty_redis):
    return empty_redis


@pytest.fixture
def new_postgres(empty_postgres):
    return empty_postgres


ON_SERVERS = ["redis", "postgres"]


SHARED = ["sqlite", *ON_SERVERS]
"""The stores that several processes may use at once."""

KINDS = [
    *SHARED,
]


@pytest.fixture(params=KINDS)
def address(request):
    """The address of an empty store that nobody else uses."""
    return request.getfixturevalue(f"new_{request.param}")


@pytest.fixture
async def store(address):
    """A store at ``address``."""
    async with open_store(address) as store:
        yield store


@pytest.fixture(params=ON_SERVERS)
def kind(request):
    """The kind of a store on a server."""
    return request.param
