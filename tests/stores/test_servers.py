"""What is the same for the stores on servers: restarts, newer layouts, users who may not."""

from datetime import UTC, datetime, timedelta

import psycopg
import pytest
import redis

from daehwa.stores import (
    SessionKey,
    StoreMisconfigured,
    StoreTooNew,
    open_store,
)

NOW = datetime(2026, 11, 22, tzinfo=UTC)
KEY = SessionKey("BOTBOTBOTB", "TSTALIASID", "ko_KR", "s1")


@pytest.fixture
def address(kind, request):
    return request.getfixturevalue(f"new_{kind}")


async def test_connections_cut_by_the_server_are_made_anew(kind, address):
    """As a restart or a balancer's idle time-out does."""
    async with open_store(address) as store:
        later = NOW + timedelta(minutes=5)
        version = await store.save(KEY, b"1", expected_version=None, expires_at=later)
        if kind == "redis":
            with redis.Redis.from_url(address) as client:
                client.execute_command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")
        else:
            with psycopg.connect(address, autocommit=True) as connection:
                connection.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
        await store.save(KEY, b"2", expected_version=version, expires_at=later)
        assert (await store.load(KEY, NOW)).session == b"2"


async def test_a_machine_that_joins_has_connections_for_several_turns_at_once(new_postgres):
    async with open_store(new_postgres):
        with psycopg.connect(new_postgres, autocommit=True) as connection:
            statement = (
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            assert connection.execute(statement).fetchone()[0] >= 4


async def test_what_a_newer_program_wrote_is_refused_with_the_cure(kind, address):
    async with open_store(address):
        pass
    if kind == "redis":
        with redis.Redis.from_url(address) as client:
            client.set("daehwa:version", 99)
    else:
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute("UPDATE daehwa.layout SET version = 99")
    with pytest.raises(StoreTooNew, match=r"99.*update Daehwa"):
        async with open_store(address):
            pass


async def test_a_user_who_may_not_is_told(kind, address):
    if kind == "redis":
        with redis.Redis.from_url(address) as client:
            client.execute_command("ACL", "SETUSER", "guest", "on", ">guest", "-@all")
        refused = address.replace("redis://", "redis://guest:guest@")
    else:
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute("CREATE USER guest")
        refused = address.replace("daehwa@", "guest@")
    with pytest.raises(StoreMisconfigured, match="user"):
        async with open_store(refused):
            pass
