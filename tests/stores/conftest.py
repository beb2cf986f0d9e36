"""One store of each kind, new and empty for each test."""

import itertools

import psycopg
import pytest
import redis

from daehwa.stores import open_store

_numbers = itertools.count(1)


@pytest.fixture
def new_sqlite(tmp_path):
    return f"sqlite:{tmp_path / 'data' / 'daehwa.db'}"


@pytest.fixture
def new_redis(redis_url):
    url = redis_url.format(0)
    with redis.Redis.from_url(url) as client:
        client.flushall()
    return url


@pytest.fixture
def new_postgres(postgres_url):
    name = f"test_{next(_numbers)}"
    with psycopg.connect(postgres_url.format("postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return postgres_url.format(name)


ON_SERVERS = [
    pytest.param(name, marks=pytest.mark.xdist_group("servers")) for name in ("redis", "postgres")
]


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
