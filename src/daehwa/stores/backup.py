"""Copies of a data folder, made while a server uses it, and their way back.

A backup is a zip: every database of the folder, copied through SQLite's own backup so that it is
whole at one moment; every other file as it is; and ``backup.json`` with a digest of each. What can
be fetched or made again at any time stays out: the offline model, and files on their way in or out.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import sqlite3
import tempfile
import time
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Final

import msgspec

from daehwa.stores.folder_objects import make_private

_FORMAT: Final = 1
_MANIFEST: Final = "backup.json"
_LEFT_OUT: Final = {"embedded", "embedded.log", "models", "serving.lock", "transfers"}
_DATABASE: Final = ".sqlite3"
_BESIDE: Final = ("-wal", "-shm", "-journal")
# A bot that is being made changes its files within milliseconds.
_TRIES: Final = 100
_PAUSE_SECONDS: Final = 0.1
_PRIVATE_FILE: Final = 0o600
_PRIVATE_FOLDER: Final = 0o700


class BackupError(Exception):
    """A backup cannot be made or put back; the message says why, and what to do."""


class Backup(msgspec.Struct, kw_only=True):
    """A backup's own description: its format, release, time, and each file's SHA-256."""

    format: int
    daehwa: str
    made: datetime
    files: dict[str, str]


def back_up(data: Path, file: Path, *, release: str) -> Backup:
    """Write a backup of the folder ``data``, which may be in use, into a zip.

    Raises:
        BackupError: there is nothing to back up, the folder never stood still, or ``file`` is
            something else than an older backup.
        OSError: a file cannot be read or written.
    """
    if not data.is_dir():
        raise BackupError(f"There is no data folder {data}: name it with --data DIR.")
    _require_replaceable(file)
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=file.parent, prefix=".daehwa-backup-") as workplace:
        copy = Path(workplace, "data")
        copy.mkdir(_PRIVATE_FOLDER)
        _copy_files(data, copy)
        _copy_databases(data, copy)
        names = sorted(
            path.relative_to(copy).as_posix() for path in copy.rglob("*") if path.is_file()
        )
        if not names:
            raise BackupError(f"There is nothing to back up in {data}: name it with --data DIR.")
        backup = Backup(
            format=_FORMAT,
            daehwa=release,
            made=datetime.now(UTC),
            files={name: _digest(copy / name) for name in names},
        )
        packed = Path(workplace, "backup.zip")
        packed.touch(_PRIVATE_FILE)
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(_MANIFEST, msgspec.json.format(msgspec.json.encode(backup)))
            for name in names:
                archive.write(copy / name, f"data/{name}")
        packed.replace(file)
    return backup


def restore(file: Path, data: Path) -> Backup:
    """Put a backup into the folder ``data``, which nobody uses and which holds nothing of it yet.

    Every file is checked before the first one is put in place.

    Raises:
        BackupError: it is not a backup, or damaged, or something is there already.
        OSError: a file cannot be read or written.
    """
    backup = backup_at(file)
    with contextlib.ExitStack() as stack:
        archive = stack.enter_context(zipfile.ZipFile(file))
        if backup.format > _FORMAT:
            raise BackupError(
                f"{file} was written by Daehwa {backup.daehwa}, in a format that this release does"
                " not know: update Daehwa."
            )
        tops = {PurePosixPath(name).parts[0] for name in backup.files}
        taken = sorted(top for top in tops if (data / top).exists())
        if taken:
            raise BackupError(
                f"{data} holds {', '.join(taken)} already: name another folder with --data DIR, or"
                " move these away first."
            )
        make_private(data)
        workplace = Path(
            stack.enter_context(tempfile.TemporaryDirectory(dir=data, prefix=".restoring-"))
        )
        for name, digest in backup.files.items():
            _unpack(archive, name, workplace, digest, file)
        for top in sorted(tops):
            (workplace / top).replace(data / top)
    return backup


def backup_at(file: Path) -> Backup:
    """What the backup ``file`` says of itself.

    Raises:
        BackupError: it is no backup.
        OSError: it cannot be read.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            return msgspec.json.decode(archive.read(_MANIFEST), type=Backup)
    except (zipfile.BadZipFile, KeyError, msgspec.DecodeError) as error:
        raise BackupError(f"{file} is not a backup of a data folder ({error}).") from None


def _require_replaceable(file: Path) -> None:
    """Check that a backup overwrites nothing but an older backup."""
    if file.is_dir():
        raise BackupError(f"{file} is a folder: name a file, such as {file / 'backup.zip'}.")
    if not file.exists() or (file.is_file() and not file.stat().st_size):
        return
    try:
        backup_at(file)
    except (OSError, BackupError):
        raise BackupError(
            f"{file} exists already and is not a backup: choose another name."
        ) from None


# --- copying --------------------------------------------------------------------------


def _copy_files(data: Path, copy: Path) -> None:
    """Copy all files but the databases, consistent with one moment."""
    for _ in range(_TRIES):
        before = _state(data)
        with contextlib.suppress(FileNotFoundError):
            for name in before:
                target = copy / name
                make_private(target.parent)
                shutil.copyfile(data / name, target)
            if _state(data) == before:
                return
        shutil.rmtree(copy)
        copy.mkdir(_PRIVATE_FOLDER)
        time.sleep(_PAUSE_SECONDS)
    raise BackupError(f"{data} changes all the time: try again when fewer bots are being made.")


def _state(data: Path) -> dict[str, tuple[int, int, int]]:
    """The files to copy, by name, with what changes when they do."""
    state = {}
    for path in _paths(data):
        if not _is_database(path) and not path.name.endswith(_BESIDE):
            with contextlib.suppress(FileNotFoundError):
                status = path.stat()
                name = path.relative_to(data).as_posix()
                state[name] = (status.st_ino, status.st_size, status.st_mtime_ns)
    return state


def _copy_databases(data: Path, copy: Path) -> None:
    for path in _paths(data):
        if not _is_database(path):
            continue
        target = copy / path.relative_to(data)
        make_private(target.parent)
        try:
            with (
                contextlib.closing(
                    sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
                ) as source,
                contextlib.closing(sqlite3.connect(target)) as database,
            ):
                # In one step: a reader of a WAL holds up no writer.
                source.backup(database)
                # So that the copy is one file.
                database.execute("PRAGMA journal_mode = DELETE").fetchone()
        except sqlite3.Error as error:
            raise BackupError(f"{path} cannot be read ({error}).") from error


def _paths(data: Path) -> Iterator[Path]:
    for top in sorted(data.iterdir()):
        if top.name in _LEFT_OUT or top.name.startswith(".restoring-"):
            continue
        for path in sorted(top.rglob("*")) if top.is_dir() else (top,):
            if path.is_file():
                yield path


def _is_database(path: Path) -> bool:
    # By its name only: opening and closing it here would drop locks that this process may hold.
    return path.suffix == _DATABASE


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _unpack(archive: zipfile.ZipFile, name: str, folder: Path, digest: str, file: Path) -> None:
    parts = PurePosixPath(name).parts
    damaged = BackupError(f"{file} is damaged: {name} is not what was backed up.")
    if not parts or ".." in parts or name.startswith("/") or "\\" in name:
        raise damaged
    target = folder / name
    make_private(target.parent)
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE_FILE)
    try:
        with os.fdopen(descriptor, "wb") as unpacked, archive.open(f"data/{name}") as packed:
            shutil.copyfileobj(packed, unpacked)
            unpacked.flush()
            os.fsync(unpacked.fileno())
    except (zipfile.BadZipFile, KeyError) as error:
        raise damaged from error
    if _digest(target) != digest:
        raise damaged
