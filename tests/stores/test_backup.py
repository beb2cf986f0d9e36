"""Backups of a folder that is in use, and what is refused when they are put back."""

import asyncio
import contextlib
import json
import os
import shutil
import subprocess
import time
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from daehwa.stores import (
    BackupError,
    FolderObjects,
    SessionKey,
    SQLiteStore,
    TurnRecord,
    back_up,
    open_objects,
    open_store,
    restore,
)

NOW = datetime(2026, 11, 22, tzinfo=UTC)
LATER = NOW + timedelta(minutes=5)


def key(number):
    return SessionKey("BOTBOTBOTB", "TSTALIASID", "ko_KR", f"s{number}")


async def save(store, number):
    turn = TurnRecord(message_id="m", text="안녕", at=NOW, reply=b"{}")
    await store.save(key(number), b"{}", expected_version=None, expires_at=LATER, turn=turn)


async def test_what_was_acknowledged_before_it_began_is_in_it(tmp_path):
    """Turns are taken, and bots changed, all the time while it is made."""
    data = tmp_path / "data"
    store, objects = SQLiteStore(data / "daehwa.sqlite3"), FolderObjects(data)
    taken = 0
    ending = asyncio.Event()

    async def take_turns():
        nonlocal taken
        while not ending.is_set():
            await save(store, taken)
            number = b"%d" % taken
            objects.write({"bots/A/record.json": number, "bots/A/DRAFT.zip": number})
            taken += 1
            await asyncio.sleep(0.01)

    taking = asyncio.create_task(take_turns())
    while taken < 20:  # noqa: ASYNC110
        await asyncio.sleep(0)
    before = taken
    await asyncio.to_thread(back_up, data, tmp_path / "backup.zip", release="1")
    ending.set()
    await taking
    await store.close()

    restore(tmp_path / "backup.zip", tmp_path / "again")
    again = SQLiteStore(tmp_path / "again" / "daehwa.sqlite3")
    for number in range(before):
        assert len(await again.turns(key(number))) == 1
    await again.close()
    bots = FolderObjects(tmp_path / "again").read("bots/A/")
    assert len(bots) == 2
    assert len({one.content for one in bots.values()}) == 1
    modes = {path.stat().st_mode & 0o077 for path in (tmp_path / "again").rglob("*")}
    assert modes == {0}


@pytest.fixture
def postgres_tools():
    """Runs one of PostgreSQL's own commands."""
    folders = [*Path("/usr/lib/postgresql").glob("*/bin"), *map(Path, os.get_exec_path())]

    def run(name, *words):
        tool = next(folder / name for folder in folders if (folder / name).exists())
        subprocess.run([tool, *map(str, words)], check=True, capture_output=True)

    return run


@pytest.fixture
def another_redis(free_port):
    """``another_redis(folder)`` is the address of a server that begins with the dump in there."""
    with contextlib.ExitStack() as stack:

        def serve(folder, appendonly="no"):
            options = ["--port", free_port, "--bind", "127.0.0.1", "--dir", folder, "--save", ""]
            options += ["--appendonly", appendonly]
            command = [shutil.which("redis-server"), *options]
            server = stack.enter_context(
                subprocess.Popen(list(map(str, command)), stdout=subprocess.PIPE, text=True)
            )
            stack.callback(server.terminate)
            while "Ready to accept connections" not in server.stdout.readline():
                pass
            return f"redis://127.0.0.1:{free_port}/0"

        yield serve


@pytest.fixture
def backup(tmp_path):
    FolderObjects(tmp_path / "data").write({"bots/A/record.json": b"{}", "transfers/x.zip": b""})
    back_up(tmp_path / "data", tmp_path / "backup.zip", release="1")
    return tmp_path / "backup.zip"


def test_what_lasts_no_longer_than_the_server_is_left_out(backup):
    with zipfile.ZipFile(backup) as archive:
        assert archive.namelist() == ["backup.json", "data/bots/A/record.json"]
    assert backup.stat().st_mode & 0o077 == 0


def test_nothing_that_is_there_is_overwritten(backup, tmp_path):
    with pytest.raises(BackupError, match=r"holds bots already.*move these away"):
        restore(backup, tmp_path / "data")


def rewritten(backup, change):
    """The backup with another manifest."""
    with zipfile.ZipFile(backup) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(files["backup.json"])
    change(manifest)
    files["backup.json"] = json.dumps(manifest).encode()
    with zipfile.ZipFile(backup, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda one: one["files"].update({"bots/A/record.json": "0" * 64}), "not what was"),
        (lambda one: one["files"].update({"bots/../../x": "0" * 64}), "not what was"),
        (lambda one: one["files"].update({"bots/A/gone": "0" * 64}), "not what was"),
        (lambda one: one.update(format=2), "update Daehwa"),
        (lambda one: one.pop("files"), "not a backup"),
    ],
)
def test_a_backup_that_is_damaged_or_newer_leaves_nothing_behind(backup, tmp_path, change, why):
    rewritten(backup, change)
    with pytest.raises(BackupError, match=why):
        restore(backup, tmp_path / "again")
    assert [*tmp_path.glob("again/*")] == []


def test_where_there_is_nothing_there_is_no_backup(tmp_path):
    with pytest.raises(BackupError, match="--data"):
        back_up(tmp_path / "nowhere", tmp_path / "backup.zip", release="1")
    (tmp_path / "no.zip").write_bytes(b"no zip")
    with pytest.raises(BackupError, match="not a backup"):
        restore(tmp_path / "no.zip", tmp_path / "again")


async def test_a_database_is_dumped_and_restored_with_postgresql_s_own_tools(
    empty_postgres, postgres_tools, tmp_path
):
    """As docs/many-machines.md says, while it is in use."""
    dump = tmp_path / "daehwa.dump"
    async with open_store(empty_postgres) as store:
        await save(store, 1)
        with open_objects(empty_postgres, tmp_path) as objects:
            objects.write({"bots/A/record.json": b"{}"})
        postgres_tools(
            "pg_dump", "--format=custom", "--schema=daehwa", f"--file={dump}", empty_postgres
        )
    other = empty_postgres + "_again"
    postgres_tools("createdb", f"--maintenance-db={empty_postgres}", other.rpartition("/")[2])
    postgres_tools("pg_restore", f"--dbname={other}", dump)
    async with open_store(other) as store:
        assert len(await store.turns(key(1))) == 1
    with open_objects(other, tmp_path) as objects:
        assert objects.read("bots/A/").keys() == {"bots/A/record.json"}


async def test_redis_s_own_copy_is_served_by_a_new_server(empty_redis, another_redis, tmp_path):
    async with open_store(empty_redis) as store:
        await save(store, 1)
        dump = ["redis-cli", "-u", empty_redis, "--rdb", tmp_path / "dump.rdb"]
        await asyncio.to_thread(subprocess.run, dump, check=True, capture_output=True)
    address = another_redis(tmp_path)
    async with open_store(address) as store:
        assert len(await store.turns(key(1))) == 1

    def ask(*words):
        command = ["redis-cli", "-u", address, *words]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    # From now on it writes down each turn, and begins with that the next time.
    ask("config", "set", "appendonly", "yes")
    while "aof_rewrite_in_progress:0" not in ask("info", "persistence"):
        time.sleep(0.05)  # noqa: ASYNC251 - nothing else goes on here
    with contextlib.suppress(subprocess.CalledProcessError):
        ask("shutdown")
    async with open_store(another_redis(tmp_path, appendonly="yes")) as store:
        assert len(await store.turns(key(1))) == 1
