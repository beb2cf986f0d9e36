"""When files were last changed that have to be read again after a change."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from daehwa import bot


def file_stamp(path: Path | None) -> int:
    """When the file was last changed, in nanoseconds; 0 when it is not there."""
    try:
        return 0 if path is None else path.stat().st_mtime_ns
    except OSError:
        return 0


def bot_stamp(path: Path) -> int:
    """When anything of the bot was last changed, in nanoseconds; changes with every edit.

    Of a project's folder only the files that make the bot count: its tests and hooks do not.
    """
    path, _ = bot.template_and_bot(path)
    try:
        if bot.is_project(path):
            return sum(file.stat().st_mtime_ns for file in bot.project_files(path))
        if path.is_dir():
            return sum(_changes(str(path)))
        return path.stat().st_mtime_ns
    except OSError:
        return 0


def _changes(folder: str) -> Iterator[int]:
    """When each file and folder below was last changed: looked at every second, so by scandir."""
    with os.scandir(folder) as entries:
        for entry in entries:
            yield entry.stat().st_mtime_ns
            if entry.is_dir(follow_symlinks=False):
                yield from _changes(entry.path)
