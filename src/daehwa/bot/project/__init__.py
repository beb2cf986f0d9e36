"""A bot as a folder of text files that people write: read, written, and changed.

What reads and writes YAML is imported when it is wanted: a start with a cache has no need of it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from daehwa.bot.project.export_cache import cache_export, cached_export
from daehwa.bot.project.layout import is_project, nearly_a_project, project_files

if TYPE_CHECKING:
    from daehwa.bot.project.compiling import Compiled
    from daehwa.bot.values import (
        Bot,
    )

__all__ = [
    "begin_project",
    "cache_export",
    "cached_export",
    "compile_project",
    "is_project",
    "nearly_a_project",
    "project_files",
    "project_schema",
    "save_imported",
    "save_project",
]


def compile_project(path: Path) -> Compiled:
    """The project at ``path`` as the files of an export, and what is wrong with it."""
    from daehwa.bot.project import compiling  # noqa: PLC0415

    return compiling.compile_project(path)


def save_project(bot: Bot, folder: str | Path, *, force: bool = False) -> None:
    """Write the bot as a project into ``folder``; the files of other things there stay.

    Raises:
        ArchiveError: the folder has a bot already, and not ``force``; or it is a file.
    """
    from daehwa.bot.project import writing  # noqa: PLC0415

    writing.save_project(bot, Path(folder), force=force)


def save_imported(bot: Bot, path: str | Path, *, keep: bool = True) -> None:
    """Write a bot as a project; as an export where the name is a zip's, or an export is there.

    With ``keep`` nothing that only the old one has is lost.

    Raises:
        ArchiveError: something would be lost, or the place is taken by something else.
    """
    from daehwa.bot.project import writing  # noqa: PLC0415

    writing.save_imported(bot, Path(path), keep=keep)


def begin_project(folder: str | Path, locale: str) -> None:
    """Make a project that talks, with a test and a README; ``folder`` gives the bot its name.

    Raises:
        ArchiveError: the name or the locale is none that Lex takes, or the folder has files.
    """
    from daehwa.bot.project import beginning  # noqa: PLC0415

    beginning.begin(Path(folder), locale)


def project_schema(file: str) -> dict[str, Any]:
    """The JSON Schema of a project's file: ``bot``, or ``locale``."""
    from daehwa.bot.project.schema import schema  # noqa: PLC0415

    return schema(file)
