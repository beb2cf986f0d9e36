"""A real PostgreSQL and Redis that are stopped, killed, frozen, locked, full or read-only.

Every call that meets it is refused with ``StoreUnavailable``, and soon after its end all is
well. That a call ends at all is what these tests show: a frozen server answers nobody.
"""

import asyncio
import contextlib
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
import redis
from tests.data_servers import standby_of

from daehwa.stores import (
    SessionKey,
    StoreUnavailable,
    Sum,
    TurnRecord,
    open_counters,
    open_objects,
    open_store,
)

NOW = datetime(2026, 11, 22, tzinfo=UTC)
LATER = NOW + timedelta(minutes=5)
KEY = SessionKey("BOTBOTBOTB", "TSTALIASID", "ko_KR", "s1")
_RECOVERY_SECONDS = 60


@pytest.fixture
def server(kind, request):
    return request.getfixturevalue(f"failing_{kind}")


@pytest.fixture
async def store(kind, server):
    async with open_store(server.url.format(0 if kind == "redis" else "postgres")) as store:
        yield store


def calls(store):
    turn = TurnRecord(message_id="m", text="안녕", at=NOW)
    return (
        store.load(KEY, NOW),
        store.save(KEY, b"{}", expected_version=None, expires_at=LATER, turn=turn),
        store.turns(KEY),
        store.purge(NOW),
        store.ping(),
        store.set_upkeep_note(b""),
    )


async def refuses_everything(store, *, times=1):
    results = await asyncio.gather(
        *(call for _ in range(times) for call in calls(store)), return_exceptions=True
    )
    assert {type(result) for result in results} == {StoreUnavailable}


async def recovers(store):
    async with asyncio.timeout(_RECOVERY_SECONDS):
        while True:
            try:
                await store.ping()
            except StoreUnavailable:
                await asyncio.sleep(0.1)
            else:
                break
    await asyncio.gather(*calls(store))


@pytest.mark.parametrize("how", ["stop", "kill"])
async def test_a_server_that_ended_is_found_again_when_it_is_back(server, store, how):
    await store.ping()
    getattr(server, how)()
    # More calls than the pool has connections, for longer than it tries to reconnect.
    await refuses_everything(store, times=5)
    await refuses_everything(store)
    server.start()
    await recovers(store)


async def test_a_frozen_server_holds_nobody_up(server, store):
    await asyncio.gather(*(store.load(KEY, NOW) for _ in range(20)))
    server.freeze()
    try:
        await refuses_everything(store, times=5)
    finally:
        server.thaw()
    await recovers(store)


async def test_a_frozen_server_that_dies_is_found_again(server, store):
    server.freeze()
    await refuses_everything(store)
    server.kill()
    server.start()
    await recovers(store)


@pytest.mark.parametrize("kind", ["postgres"])
async def test_another_encoding_of_the_database_changes_no_text(server):
    url = server.url.format("postgres")
    with psycopg.connect(url, autocommit=True) as other:
        other.execute("ALTER DATABASE postgres SET client_encoding = 'SQL_ASCII'")
        try:
            async with open_store(url) as store:
                await asyncio.gather(*calls(store))
                assert [turn.text for turn in await store.turns(KEY)] == ["안녕"]
            # What the Lex API failed with: a name that came as bytes.
            with psycopg.connect(url) as odd:
                assert odd.execute("SHOW client_encoding").fetchone() == (b"SQL_ASCII",)
        finally:
            other.execute("ALTER DATABASE postgres RESET client_encoding")


@pytest.mark.parametrize("kind", ["postgres"])
async def test_a_locked_table_costs_each_call_its_time_and_no_more(server, store):
    with psycopg.connect(server.url.format("postgres")) as other:
        other.execute("LOCK TABLE daehwa.sessions, daehwa.turns, daehwa.upkeep")
        await refuses_everything(store, times=3)
        other.rollback()
    await recovers(store)


@pytest.mark.parametrize("kind", ["postgres"])
async def test_a_database_that_takes_no_writes_is_not_ready(server, store):
    with psycopg.connect(server.url.format("postgres"), autocommit=True) as other:
        other.execute("ALTER DATABASE postgres SET default_transaction_read_only = on")
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    with pytest.raises(StoreUnavailable, match="read-only"):
        await store.ping()
    assert await store.load(KEY, NOW) is None


async def test_after_a_turn_that_postgres_refused_it_is_ready_when_it_takes_one(empty_postgres):
    """Whatever the turn was refused for, here a column that is away: a ping has no need of it."""
    async with open_store(empty_postgres) as store:
        turn = TurnRecord(message_id="m", text="안녕", at=NOW)
        with psycopg.connect(empty_postgres, autocommit=True) as other:
            other.execute("ALTER TABLE daehwa.turns RENAME missed TO elsewhere")
            with pytest.raises(StoreUnavailable):
                await store.save(KEY, b"{}", expected_version=None, expires_at=LATER, turn=turn)
            for _ in range(2):
                with pytest.raises(StoreUnavailable, match="missed"):
                    await store.ping()
            other.execute("ALTER TABLE daehwa.turns RENAME elsewhere TO missed")
            await store.ping()
            rows = other.execute("SELECT count(*) FROM daehwa.sessions").fetchone()
        assert rows == (0,)
        await store.save(KEY, b"{}", expected_version=None, expires_at=LATER, turn=turn)
        await store.ping()


@pytest.mark.parametrize("kind", ["redis"])
async def test_a_redis_without_memory_is_not_ready(server, store):
    with redis.Redis.from_url(server.url.format(0)) as other:
        other.config_set("maxmemory", 1)
        with pytest.raises(StoreUnavailable, match=r"OOM|memory"):
            await store.ping()
        with pytest.raises(StoreUnavailable):
            await store.save(KEY, b"{}", expected_version=None, expires_at=LATER)
        other.config_set("maxmemory", 0)
    await recovers(store)


async def test_connections_to_a_server_that_lost_its_office_are_left(kind, server, store, tmp_path):
    """After a failover the address leads to another server than the open connections do."""
    url = server.url.format(0 if kind == "redis" else "postgres")
    with open_objects(url, tmp_path) as objects:
        async with open_counters(url) as counters:

            async def write():
                await store.ping()
                await store.save(KEY, b"{}", expected_version=None, expires_at=LATER)
                await store.delete(KEY)
                await asyncio.to_thread(objects.write, {"bots/a": b"a"})
                await counters.add([Sum("s", 1, None)], seconds=60)

            async def refused(call):
                with pytest.raises(StoreUnavailable, match=r"at the primary|cannot count"):
                    await call

            await write()
            with demoted[kind](url):
                await asyncio.gather(*(refused(store.ping()) for _ in range(3)))
                await refused(asyncio.to_thread(objects.write, {"bots/a": b"a"}))
                await refused(counters.add([Sum("s", 1, None)], seconds=60))
            async with asyncio.timeout(_RECOVERY_SECONDS):
                while True:
                    try:
                        await write()
                    except StoreUnavailable:
                        await asyncio.sleep(0.1)
                    else:
                        break


async def test_a_standby_is_refused_with_the_cure_until_it_is_promoted(failing_postgres, tmp_path):
    with psycopg.connect(failing_postgres.url.format("postgres"), autocommit=True) as primary:
        primary.execute("CREATE DATABASE followed")
    with standby_of(failing_postgres) as standby:
        url = standby.url.format("followed")
        cure = "is a standby.*at the primary.*target_session_attrs=read-write"
        # Before the primary has the tables, nothing can be begun here.
        with pytest.raises(StoreUnavailable, match=cure):
            await open_store(url).__aenter__()
        with pytest.raises(StoreUnavailable, match=cure):
            await open_counters(url).__aenter__()
        with pytest.raises(StoreUnavailable, match=cure):
            open_objects(url, tmp_path).__enter__()
        async with open_store(failing_postgres.url.format("followed")):
            pass
        async with opened(url) as store:
            for call in (store.ping(), store.delete(KEY)):
                with pytest.raises(StoreUnavailable, match=cure):
                    await call
            with psycopg.connect(url, autocommit=True) as other:
                other.execute("SELECT pg_promote()")
            await recovers(store)


@contextlib.asynccontextmanager
async def opened(url):
    """The store there, once what it needs has arrived."""
    async with asyncio.timeout(_RECOVERY_SECONDS), contextlib.AsyncExitStack() as stack:
        while True:
            try:
                store = await stack.enter_async_context(open_store(url))
            except StoreUnavailable:
                await asyncio.sleep(0.05)
            else:
                break
        yield store


@contextlib.contextmanager
def demoted_postgres(url):
    """Its open connections take no writes, and go on so; new ones do when it is over."""
    with psycopg.connect(url, autocommit=True) as other:
        other.execute("ALTER DATABASE postgres SET default_transaction_read_only = on")
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        yield
        other.execute("ALTER DATABASE postgres RESET default_transaction_read_only")


@contextlib.contextmanager
def demoted_redis(url):
    """It is a replica, and no connection that has met it as one is used when it is over."""
    with redis.Redis.from_url(url) as other:
        other.replicaof("127.0.0.1", 1)
        yield
        left = {one["id"] for one in other.client_list()} - {str(other.client_id())}
        assert not left
        other.replicaof("NO", "ONE")


demoted = {"postgres": demoted_postgres, "redis": demoted_redis}
