"""Backups of a folder that is in use, and what is refused when they are put back."""

import asyncio
import json
import zipfile
from datetime import UTC, datetime, timedelta

import pytest

from daehwa.stores import (
    BackupError,
    FolderObjects,
    SessionKey,
    SQLiteStore,
    TurnRecord,
    back_up,
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
        (lambda one: one.pop("files"), "no backup"),
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
    with pytest.raises(BackupError, match="no backup"):
        restore(tmp_path / "no.zip", tmp_path / "again")
