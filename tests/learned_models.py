"""Learned models that the servers of one test run lend each other.

A server that meets a bot for the first time learns it, which takes seconds of processor time. A
model's file is named by a digest of all that it was learned from, so that a server with another
bot, locale or quality learns as ever. What a run before learned is not used: its code may have
been another.
"""

import os
import re
from contextlib import suppress
from pathlib import Path

_RUN = re.compile(r"pytest-\d+")


def _shared(folder: Path) -> Path | None:
    """The folder that all processes of this run share; none outside of pytest's folders."""
    run = next((each for each in folder.parents if _RUN.fullmatch(each.name)), None)
    return None if run is None else run / "learned"


def lend(data: Path) -> None:
    """Put what was learned so far into a data folder, before a server starts on it."""
    shared = _shared(data)
    if shared is not None and shared.is_dir() and not data.exists():
        (data / "learned").mkdir(0o700, parents=True)
        data.chmod(0o700)
        _link(shared, data / "learned")


def collect(data: Path) -> None:
    """Take what a server has learned, after it ended."""
    shared = _shared(data)
    if shared is not None and (data / "learned").is_dir():
        shared.mkdir(0o700, exist_ok=True)
        _link(data / "learned", shared)


def _link(source: Path, target: Path) -> None:
    for model in source.glob("*.nlu"):
        with suppress(FileExistsError, FileNotFoundError):
            # A file is written aside and renamed, never changed: a second name of it is a copy.
            os.link(model, target / model.name)
