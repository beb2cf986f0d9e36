"""Addresses of empty stores of each kind."""

import itertools

import psycopg
import pytest
import redis

_numbers = itertools.count(1)


@pytest.fixture(
    params=[
        "sqlite",
        "redis",
        "postgres",
    ]
)
def address(request, tmp_path):
    if request.param == "sqlite":
        return f"sqlite:{tmp_path / 'daehwa.db'}"
    if request.param == "redis":
        url = request.getfixturevalue("redis_url").format(0)
        with redis.Redis.from_url(url) as client:
            client.flushall()
        return url
    url = request.getfixturevalue("postgres_url")
    name = f"limits_{next(_numbers)}"
    with psycopg.connect(url.format("postgres"), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name}")
        connection.execute(f"CREATE DATABASE {name}")
    return url.format(name)
