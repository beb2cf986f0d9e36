"""What SQLite's file may meet: a full disk, a lock, deletion, replacement, torn pages, umasks."""

import asyncio
import contextlib
import errno
import fcntl
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import structlog

from daehwa.stores import (
    SessionKey,
    SQLiteStore,
    StoreDamaged,
    StoreUnavailable,
    TurnRecord,
    shared_commits,
)
from daehwa.stores import sqlite as module

NOW = datetime(2026, 11, 22, tzinfo=UTC)
LATER = NOW + timedelta(minutes=5)


def key(number):
    return SessionKey("BOTBOTBOTB", "TSTALIASID", "ko_KR", f"s{number}")


def turn(text="안녕"):
    return TurnRecord(message_id="m", text=text, at=NOW, reply=b"{}")


async def save(store, number=1, text="안녕"):
    await store.save(key(number), b"{}", expected_version=None, expires_at=LATER, turn=turn(text))


@pytest.fixture
def path(tmp_path):
    return tmp_path / "data" / "daehwa.sqlite3"


@pytest.fixture
async def store(path):
    store = SQLiteStore(path)
    yield store
    await store.close()


def modes(path):
    files = [path, *(path.with_name(path.name + end) for end in ("-wal", "-shm"))]
    return [file.stat().st_mode & 0o777 for file in files]


class TestFullDisk:
    async def test_a_turn_that_has_no_room_leaves_nothing_and_the_next_finds_room(self, full_disk):
        folder, fill = full_disk
        store = SQLiteStore(folder / "daehwa.sqlite3")
        await save(store, 1)
        make_room = fill()
        with pytest.raises(StoreUnavailable):
            await save(store, 2, "가" * 100_000)
        assert await store.load(key(2), NOW) is None
        assert await store.turns(key(2)) == ()
        make_room()
        await save(store, 2, "가" * 100_000)
        assert len(await store.turns(key(1))) == len(await store.turns(key(2))) == 1
        await store.close()

    async def test_of_turns_saved_together_each_is_refused_or_there(self, full_disk):
        folder, fill = full_disk
        store = SQLiteStore(folder / "daehwa.sqlite3")
        await save(store, 0)
        make_room = fill(leave=300_000)
        results = {}
        for first in range(1, 60, 3):
            numbers = range(first, first + 3)
            saves = (save(store, number, "가" * 5_000) for number in numbers)
            results |= zip(
                numbers, await asyncio.gather(*saves, return_exceptions=True), strict=True
            )
        assert {type(result) for result in results.values()} == {type(None), StoreUnavailable}
        for number, result in results.items():
            assert len(await store.turns(key(number))) == (result is None)
        make_room()
        await store.close()

    async def test_readiness_notices_it(self, full_disk):
        folder, fill = full_disk
        store = SQLiteStore(folder / "daehwa.sqlite3")
        make_room = fill()

        async def ping_until_the_room_of_the_wal_is_used_up():
            for _ in range(2_000):
                await store.ping()

        with pytest.raises(StoreUnavailable):
            await ping_until_the_room_of_the_wal_is_used_up()
        make_room()
        await store.ping()
        await store.close()

    async def test_after_a_save_that_failed_it_wants_room_for_a_save(self, full_disk):
        folder, fill = full_disk
        store = SQLiteStore(folder / "daehwa.sqlite3")
        await save(store, 0)
        make_room = fill(leave=30_000)  # for many pings, and no turn of this length
        with pytest.raises(StoreUnavailable):
            await save(store, 1, "가" * 20_000)
        with pytest.raises(StoreUnavailable):
            await store.ping()
        make_room()
        await store.ping()
        assert await store.sessions("") == ()
        await store.close()

    async def test_a_disk_that_is_full_at_the_start_is_reported_with_the_cure(self, full_disk):
        folder, fill = full_disk
        fill()
        with pytest.raises(StoreUnavailable, match=r"daehwa\.sqlite3.*(room|disk)"):
            SQLiteStore(folder / "daehwa.sqlite3")


class TestLock:
    async def test_the_loop_goes_on_while_another_program_writes(self, store, path):
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        saving = asyncio.create_task(save(store, 1))
        pinging = asyncio.create_task(store.ping())
        for _ in range(20):  # each is a round of the loop that nothing holds up
            await asyncio.sleep(0.01)
        assert not saving.done()
        assert not pinging.done()
        other.execute("ROLLBACK")
        other.close()
        await asyncio.gather(saving, pinging)
        assert len(await store.turns(key(1))) == 1

    @pytest.mark.parametrize("lock", ["IMMEDIATE", "EXCLUSIVE"])
    async def test_every_call_that_meets_a_lasting_lock_is_refused(
        self, store, path, monkeypatch, lock
    ):
        monkeypatch.setattr(shared_commits, "PATIENCE_SECONDS", 0.1)
        other = sqlite3.connect(path, isolation_level=None)
        other.execute(f"BEGIN {lock}")
        for refused in (
            save(store),
            store.ping(),
            store.delete(key(1)),
            store.start_turn(key(1), turn()),
            store.set_feedback(key(1), "m", None),
            store.renew_turns([]),
            store.purge(NOW),
            store.set_upkeep_note(b""),
        ):
            with pytest.raises(StoreUnavailable, match="another program"):
                await refused
        other.execute("ROLLBACK")
        other.close()
        await save(store)

    async def test_turns_that_wait_are_saved_when_the_lock_is_gone_or_refused_in_time(
        self, store, path, monkeypatch
    ):
        monkeypatch.setattr(shared_commits, "PATIENCE_SECONDS", 0.3)
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        early = asyncio.create_task(save(store, 1))
        await asyncio.sleep(0.02)
        monkeypatch.setattr(shared_commits, "PATIENCE_SECONDS", 60)
        late = asyncio.create_task(save(store, 2))
        with pytest.raises(StoreUnavailable):
            await early
        other.execute("ROLLBACK")
        other.close()
        await late
        assert [len(await store.turns(key(number))) for number in (1, 2)] == [0, 1]


class TestDeletedOrReplaced:
    @pytest.fixture(autouse=True, params=["just made", "long unchanged"])
    def folder(self, request, store, path):
        """A folder in which nothing has changed for long is looked at less closely."""
        if request.param == "long unchanged":
            os.utime(path.parent, (1, 1))
            store._file.prove()
            assert store._file._place._unchanged is not None

    @pytest.mark.parametrize("gone", ["the file", "the folder"])
    async def test_nothing_is_acknowledged_into_a_file_that_is_gone(self, store, path, gone):
        await save(store, 1)
        if gone == "the folder":
            shutil.rmtree(path.parent)
        else:
            path.unlink()
        with structlog.testing.capture_logs() as lines:
            await save(store, 2)
        assert [line["event"] for line in lines] == ["store_file_replaced"]
        # Read by another: what was acknowledged is in the file that is at the path.
        other = SQLiteStore(path)
        assert len(await other.turns(key(2))) == 1
        await other.close()

    async def test_a_file_that_goes_while_a_turn_is_saved_has_the_turn_refused(self, store, path):
        def write_and_delete(execute):
            execute("UPDATE upkeep SET pings = 7")
            path.unlink()

        with pytest.raises(StoreUnavailable, match="deleted or replaced"):
            store._file.write(write_and_delete)
        await save(store, 1)

    @pytest.mark.parametrize("gone", ["all was deleted before", "only the file was replaced"])
    async def test_a_restored_copy_is_taken_up(self, store, path, tmp_path, gone):
        await save(store, 1)
        copy = tmp_path / "copy.sqlite3"
        with sqlite3.connect(path) as connection:
            connection.execute("VACUUM INTO ?", (str(copy),))
        connection.close()
        await save(store, 2)
        for file in path.parent.iterdir() if "all" in gone else ():
            file.unlink()
        copy.rename(path)
        assert len(await store.turns(key(1))) == 1
        assert await store.turns(key(2)) == ()
        await store.ping()
        with contextlib.closing(sqlite3.connect(path)) as other:
            assert other.execute("PRAGMA integrity_check").fetchone() == ("ok",)

    @pytest.mark.parametrize("end", ["-wal", "-shm"])
    async def test_a_lost_wal_loses_no_turn(self, store, path, end):
        await save(store, 1)
        path.with_name(path.name + end).unlink()
        await save(store, 2)
        await store.close()
        other = SQLiteStore(path)
        kept = [len(await other.turns(key(number))) for number in (1, 2)]
        await other.close()
        assert kept == [1, 1]


@pytest.mark.parametrize("end", ["-wal", "-shm"])
async def test_after_the_deletion_of_the_wal_all_let_go_of_it_before_a_new_one_is_begun(path, end):
    first, second, third = (SQLiteStore(path) for _ in range(3))
    await save(first, 1)
    path.with_name(path.name + end).unlink()
    await save(second, 2)
    with pytest.raises(StoreUnavailable, match="lost its -wal or -shm"):
        await second.ping()
    # Meanwhile nothing new is begun beside it.
    assert not path.with_name(path.name + end).exists()
    first._file.look()
    with pytest.raises(StoreUnavailable, match="lost its -wal or -shm"):
        await first.ping()
    third._file.look()
    for number, store in enumerate((third, first, second), 3):
        await store.ping()
        await save(store, number)
        store._file.look()
    for store in (first, second, third):
        assert [len(await store.turns(key(number))) for number in range(1, 6)] == [1] * 5
        await store.close()
    with contextlib.closing(sqlite3.connect(path)) as other:
        assert other.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.mark.parametrize("end", ["-wal", "-shm"])
async def test_who_opens_a_file_that_lost_its_wal_waits_until_those_who_use_it_have_let_go(
    path, end
):
    first = SQLiteStore(path)
    await save(first, 1)
    path.with_name(path.name + end).unlink()
    notices = threading.Timer(0.1, first._file.look)
    notices.start()
    second = await asyncio.to_thread(SQLiteStore, path)
    assert notices.finished.is_set()
    for number, store in enumerate((first, second), 2):
        await save(store, number)
    for store in (first, second):
        assert [len(await store.turns(key(number))) for number in (1, 2, 3)] == [1] * 3
        await store.close()
    with contextlib.closing(sqlite3.connect(path)) as other:
        assert other.execute("PRAGMA integrity_check").fetchone() == ("ok",)


async def test_a_file_system_that_locks_no_folders_holds_a_store(path, monkeypatch):
    """Linux's NFS answers EBADF: it needs a file that is open for writing (flock(2))."""

    def refuse(*_):
        raise OSError(errno.EBADF, "Bad file descriptor")

    monkeypatch.setattr(fcntl, "flock", refuse)
    store = SQLiteStore(path)
    await save(store)
    assert len(await store.turns(key(1))) == 1
    await store.close()


async def test_a_store_that_was_closed_holds_no_lock(path):
    store = SQLiteStore(path)
    await save(store)
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreUnavailable, match="locked"):
            store._file.write(lambda execute: execute("DELETE FROM turns"))
        other.execute("ROLLBACK")
        # A statement that failed keeps a connection from being closed while somebody has it.
        await store.close()
        assert other.execute("PRAGMA journal_mode = DELETE").fetchone() == ("delete",)


@pytest.fixture(scope="module")
def beginners(tmp_path_factory):
    """A path, and ``begin(count)`` for as many sessions in each of three processes on it.

    It gives those that were acknowledged; ``meanwhile`` is called while they are begun.
    """
    path = tmp_path_factory.mktemp("shared") / "store.sqlite3"
    worker = Path(__file__).parent / "worker.py"
    command = [sys.executable, str(worker), "beginner", f"sqlite:{path}"]
    pipe = subprocess.PIPE
    workers = [
        subprocess.Popen([*command, str(number)], stdin=pipe, stdout=pipe, text=True)
        for number in range(3)
    ]

    def begin(count, *, meanwhile=lambda: None):
        for one in workers:
            one.stdin.write(f"{count}\n")
            one.stdin.flush()
        meanwhile()
        return {session for one in workers for session in one.stdout.readline().split()}

    yield path, begin
    for one in workers:
        one.communicate()
    assert [one.returncode for one in workers] == [0, 0, 0]


@pytest.mark.parametrize("gone", [("",), ("", "-wal", "-shm"), ("-wal",), ("-shm",), "replaced"])
def test_processes_that_share_a_file_agree_on_the_one_that_replaces_it(beginners, gone):
    path, begin = beginners

    def delete():
        if gone == "replaced":
            copy = path.with_name("copy")
            with contextlib.closing(sqlite3.connect(path)) as connection:
                connection.execute("VACUUM INTO ?", (str(copy),))
            copy.rename(path)
            return
        for end in gone:
            path.with_name(path.name + end).unlink(missing_ok=True)

    begin(20)
    for _ in range(3):
        # Deleted in the middle of traffic; what is begun from then on has to be in the new file.
        begin(100, meanwhile=delete)
        if gone != "replaced":  # one copy after another only when all have taken up the first
            delete()
        begun = begin(20)
        assert len(begun) > 40
        with contextlib.closing(sqlite3.connect(path)) as other:
            kept = {row[0] for row in other.execute("SELECT session_id FROM sessions")}
            assert other.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert begun <= kept


class TestTornPages:
    async def test_what_is_broken_keeps_readiness_away_until_the_file_is_replaced(self, path):
        first = SQLiteStore(path)
        for number in range(50):
            await save(first, number, "가" * 5_000)
        await first.close()
        with path.open("r+b") as file:
            file.seek(10 * 4096)
            file.write(os.urandom(path.stat().st_size - 10 * 4096))
        store = SQLiteStore(path)

        async def read_all():
            for number in range(50):
                await store.turns(key(number))

        with pytest.raises(StoreDamaged, match="recover"):
            await read_all()
        with pytest.raises(StoreDamaged, match="recover"):
            await store.ping()
        for file in path.parent.iterdir():
            file.unlink()
        await store.ping()
        await save(store, 1)
        await store.close()


class TestModes:
    @pytest.fixture(params=[0o022, 0o000])
    def umask(self, request):
        before = os.umask(request.param)
        yield
        os.umask(before)

    @pytest.mark.usefixtures("umask")
    async def test_a_new_file_and_its_folder_are_their_owners_alone(self, path):
        store = SQLiteStore(path)
        await save(store)
        assert modes(path) == [0o600] * 3
        assert path.parent.stat().st_mode & 0o777 == 0o700
        await store.close()

    @pytest.mark.usefixtures("umask")
    async def test_an_older_file_is_tightened(self, path):
        first = SQLiteStore(path)
        for end in ("", "-wal", "-shm"):
            path.with_name(path.name + end).chmod(0o644)
        second = SQLiteStore(path)
        assert modes(path) == [0o600] * 3
        await first.close()
        await second.close()


class TestSpace:
    async def test_what_was_forgotten_no_longer_takes_room(self, store, path):
        for number in range(100):
            await save(store, number, f"비밀 {number} " + "가" * 20_000)
        full = path.stat().st_size + path.with_name(path.name + "-wal").stat().st_size
        assert await store.purge(NOW + timedelta(days=1)) == 100
        while await store.give_back_space():
            pass
        files = [path, path.with_name(path.name + "-wal")]
        assert sum(file.stat().st_size for file in files) < full / 20
        assert not any("비밀".encode() in file.read_bytes() for file in files)

    async def test_a_file_of_an_older_daehwa_learns_to_shrink(self, path, monkeypatch):
        path.parent.mkdir()
        with sqlite3.connect(path) as raw:
            for statement in module.MIGRATIONS[0].split(";"):
                raw.execute(statement)
            raw.execute("PRAGMA application_id = 0x44616568")
            raw.execute("PRAGMA user_version = 1")
        raw.close()
        store = SQLiteStore(path)
        await save(store)
        assert store._file._connection.execute("PRAGMA auto_vacuum").fetchone() == (2,)
        assert len(await store.turns(key(1))) == 1
        await store.close()


def cut(path):
    os.truncate(path, 4096)


def empty(path):
    os.truncate(path, 0)


def halve(path):
    os.truncate(path, path.stat().st_size // 8192 * 4096)


def tear(path):
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(os.urandom(path.stat().st_size - 4096))


class TestOverwritingInPlace:
    """What another program writes into the file: the inode stays, and SQLite does not notice."""

    @pytest.fixture
    async def filled(self, path):
        """Two stores on one file, as two workers have it; what they hold is in the database."""
        first, second = SQLiteStore(path), SQLiteStore(path)
        for number in range(50):
            await save(first, number, "가" * 5_000)
        first._file.write_back()
        for store in (first, second):
            assert not store._file.look()
        yield first, second
        await first.close()
        await second.close()

    @pytest.mark.parametrize("hurt", [cut, empty, halve, tear])
    async def test_it_is_noticed_and_nothing_acknowledged_until_a_sound_file_is_there(
        self, filled, path, tmp_path, hurt
    ):
        shutil.copy(path, tmp_path / "copy")
        hurt(path)
        for store in filled:
            assert store._file.look()
            store._file.examine()
            assert not store._file.look()
            with pytest.raises(StoreDamaged, match=r"another program.*backup"):
                await save(store, 99)
            with pytest.raises(StoreDamaged, match="another program"):
                await store.ping()
        (tmp_path / "copy").replace(path)
        for store in filled:
            await store.ping()
            assert await store.turns(key(3))

    @pytest.mark.parametrize("hurt", [cut, empty, halve, tear])
    async def test_the_next_turn_is_refused_at_once_and_without_anybody_who_watches(
        self, filled, path, hurt
    ):
        hurt(path)
        for store in filled:
            with pytest.raises(StoreDamaged, match="another program"):
                await save(store, 99)

    @pytest.mark.parametrize("left", [0, 32, 9_000])
    async def test_a_wal_that_is_cut_takes_no_turn_with_it_that_is_acknowledged_later(
        self, filled, path, left
    ):
        first, second = filled
        for number in range(60, 70):
            await save(first, number)
        os.truncate(f"{path}-wal", left)
        await save(second, 200)
        await save(first, 201)
        for store in filled:
            await store.ping()
        third = SQLiteStore(path)
        for number in (3, 200, 201):
            assert len(await third.turns(key(number))) == 1
        await third.close()

    @pytest.mark.parametrize("times", [1, 3])
    async def test_copies_over_it_are_taken_up_by_all(self, filled, path, tmp_path, times):
        shutil.copy(path, tmp_path / "copy")
        first, second = filled
        for number in range(60, 110):
            await save(first, number, "나" * 5_000)
        first._file.write_back()
        for store in filled:
            store._file.look()
        with structlog.testing.capture_logs() as logs:
            for _ in range(times):
                path.write_bytes((tmp_path / "copy").read_bytes())
            for store in filled:
                if store._file.look():
                    store._file.examine()
        assert {line["event"] for line in logs} >= {"store_file_overwritten"}
        for store in filled:
            await store.ping()
            assert await store.turns(key(3))
        assert not await second.turns(key(70))  # the copy has none of it
        await save(first, 200)
        assert await second.turns(key(200))

    async def test_what_sqlite_itself_writes_is_nothing_strange(self, filled, path):
        first, second = filled
        for number in range(100, 160):
            await save(first, number, "다" * 3_000)
            if number % 7 == 0:
                second._file.write_back()
            if number % 20 == 0:
                await second.delete(key(number - 1))
                with contextlib.closing(sqlite3.connect(path)) as other:
                    other.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            assert not first._file.look()
            assert not second._file.look()
