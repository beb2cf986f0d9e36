"""What is SQLite's own: one file, several processes, sudden death, foreign and broken files."""

import asyncio
import sqlite3
from datetime import UTC, datetime, timedelta

import pytest

from daehwa.stores import (
    SessionKey,
    SQLiteStore,
    StaleSession,
    StoreDamaged,
    StoreTooNew,
    StoreUnavailable,
    TurnRecord,
    shared_commits,
)
from daehwa.stores import sqlite as module
from daehwa.stores.migrations import needed_by

NOW = datetime(2026, 11, 22, tzinfo=UTC)
KEY = SessionKey("BOTBOTBOTB", "TSTALIASID", "ko_KR", "s1")


@pytest.fixture
def path(tmp_path):
    return tmp_path / "daehwa.db"


async def save(store, session=b"{}", **members):
    members = {"expected_version": None, "expires_at": NOW + timedelta(minutes=5)} | members
    return await store.save(KEY, session, **members)


async def test_is_there_after_closing_and_opening(path):
    first = SQLiteStore(path)
    await save(first, turn=TurnRecord(message_id="m", text="안녕", at=NOW))
    await first.close()
    second = SQLiteStore(path)
    assert (await second.load(KEY, NOW)).session == b"{}"
    assert len(await second.turns(KEY)) == 1
    await second.close()


async def test_two_stores_on_one_file_see_each_other(path):
    one, two = SQLiteStore(path), SQLiteStore(path)
    version = await save(one)
    assert (await two.load(KEY, NOW)).version == version
    await save(two, b"2", expected_version=version)
    with pytest.raises(StaleSession):
        await save(one, b"3", expected_version=version)
    await one.close()
    await two.close()


async def test_durable_against_the_death_of_the_process(path):
    """WAL with NORMAL is what the module's docstring promises; faster settings lose turns."""
    store = SQLiteStore(path)
    assert store._file._connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert store._file._connection.execute("PRAGMA synchronous").fetchone() == (1,)
    assert store._file._connection.execute("PRAGMA foreign_keys").fetchone() == (1,)
    assert store._file._connection.execute("PRAGMA cache_size").fetchone() == (-16_000,)
    await store.close()


class TestTransactions:
    """Their ends cost most: tasks that save at once share one, a task alone waits for no other."""

    @pytest.fixture
    async def store(self, path):
        store = SQLiteStore(path)
        yield store
        await store.close()

    @pytest.fixture
    def commits(self, store):
        """The transactions that have been committed."""
        statements = []
        store._file._connection.set_trace_callback(statements.append)
        return lambda: statements.count("COMMIT")

    @staticmethod
    def begin(store, number):
        key = SessionKey("BOTBOTBOTB", "TSTALIASID", "ko_KR", f"s{number}")
        return store.save(key, b"{}", expected_version=None, expires_at=NOW + timedelta(minutes=5))

    async def test_a_task_that_saves_alone_does_not_wait_for_the_end_of_the_round(self, store):
        later = []
        asyncio.get_running_loop().call_soon(later.append, "the next round")
        for number in range(3):
            await self.begin(store, number)
        assert later == []

    async def test_tasks_that_save_at_once_share_one_once_several_have(self, store, commits):
        for first in (0, 10, 20):
            before = commits()
            await asyncio.gather(*(self.begin(store, first + number) for number in range(10)))
            # Nobody knows of the first of them that others follow.
            assert commits() - before == (2 if first == 0 else 1)

    async def test_after_a_round_with_one_save_nobody_waits_again(self, store, commits):
        await asyncio.gather(*(self.begin(store, number) for number in range(2)))
        await asyncio.sleep(0)
        await asyncio.create_task(self.begin(store, 2))
        await asyncio.sleep(0)
        later = []
        asyncio.get_running_loop().call_soon(later.append, "the next round")
        await self.begin(store, 3)
        assert later == []

    async def test_a_session_of_which_only_the_transcript_is_left_begins_anew(self, store):
        version = await save(store, turn=TurnRecord(message_id="m", text="안녕", at=NOW))
        await store.delete(KEY, transcript=False)
        assert await save(store, b"2") > version
        assert (await store.load(KEY, NOW)).session == b"2"
        assert len(await store.turns(KEY)) == 1


async def test_a_new_file_is_brought_to_the_present_version(path):
    await SQLiteStore(path).close()
    with sqlite3.connect(path) as raw:
        needed = needed_by(len(module.MIGRATIONS), module.ADDITIONS)
        assert raw.execute("PRAGMA user_version").fetchone() == (needed,)
        assert raw.execute("SELECT applied FROM layout").fetchone() == (len(module.MIGRATIONS),)
    raw.close()


async def test_an_older_file_is_migrated_with_what_it_holds(path, monkeypatch):
    store = SQLiteStore(path)
    await save(store)
    await store.close()
    added = "ALTER TABLE turns ADD COLUMN mood TEXT; CREATE INDEX by_mood ON turns (mood)"
    monkeypatch.setattr(module, "MIGRATIONS", (*module.MIGRATIONS, added))
    store = SQLiteStore(path)
    assert await store.load(KEY, NOW) is not None
    assert store._file._connection.execute("SELECT mood FROM turns").fetchall() == []
    await store.close()


async def test_a_migration_that_fails_leaves_the_file_as_it_was(path, monkeypatch):
    await SQLiteStore(path).close()
    broken = "ALTER TABLE turns ADD COLUMN mood TEXT; CREATE INDEX by_mood ON nowhere (mood)"
    with monkeypatch.context() as patch:
        patch.setattr(module, "MIGRATIONS", (*module.MIGRATIONS, broken))
        with pytest.raises(StoreUnavailable):
            SQLiteStore(path)
    store = SQLiteStore(path)
    await save(store, turn=TurnRecord(message_id="m", text="안녕", at=NOW))
    await store.close()


async def test_a_newer_file_is_refused_with_the_cure(path):
    store = SQLiteStore(path)
    store._file._connection.execute("PRAGMA user_version = 99")
    await store.close()
    with pytest.raises(StoreTooNew, match=r"99.*update Daehwa"):
        SQLiteStore(path)


async def test_another_programs_database_is_left_alone(path):
    with sqlite3.connect(path) as raw:
        raw.execute("CREATE TABLE sessions (theirs)")
    raw.close()
    before = path.read_bytes()
    with pytest.raises(StoreDamaged, match="another program"):
        SQLiteStore(path)
    assert path.read_bytes() == before


async def test_a_file_that_is_no_database_is_refused_with_the_cure(path):
    path.write_bytes(b"not a database at all, but long enough to look at" * 100)
    with pytest.raises(StoreDamaged, match=r"daehwa\.db.*move the file"):
        SQLiteStore(path)


async def test_a_page_that_is_torn_is_told_when_it_is_met(path):
    store = SQLiteStore(path)
    await save(store, b"x" * 20_000)
    await store.close()
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (path.stat().st_size - 4096))
    with pytest.raises(StoreDamaged, match="recover"):
        await _open_and_load(path)


async def _open_and_load(path):
    store = SQLiteStore(path)
    try:
        return await store.load(KEY, NOW)
    finally:
        await store.close()


async def test_a_folder_in_its_place_is_refused(path):
    path.mkdir()
    with pytest.raises(StoreUnavailable, match="this user may write"):
        SQLiteStore(path)


async def test_a_file_that_stays_locked_is_told(path, monkeypatch):
    monkeypatch.setattr(shared_commits, "PATIENCE_SECONDS", 0.05)
    store = SQLiteStore(path)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreUnavailable, match="locked"):
        await save(store)
    with pytest.raises(StoreUnavailable, match="locked"):
        await store.ping()
    other.execute("ROLLBACK")
    other.close()
    await save(store)
    await store.close()
