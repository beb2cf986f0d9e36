"""Adding to a project: a line of one of its files, and all else stays as it is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from daehwa.bot.amendments import Amendment
from daehwa.bot.errors import AmendmentError
from daehwa.bot.project import is_project
from daehwa.bot.project.export_cache import write_text
from daehwa.bot.reader import load
from daehwa.bot.values import (
    Bot,
)


class AmendableProject:
    """A project: a folder of text files."""

    def holds(self, path: Path) -> bool:
        """See ``BotForm.holds``."""
        return is_project(path)

    def amend(
        self, path: Path, before: Bot, after: Bot, amendments: Sequence[Amendment]
    ) -> tuple[Path, ...]:
        """See ``BotForm.amend``."""
        del after  # what the changed files mean is compared with it by their JSON
        from daehwa.bot.project.changing import changed_texts  # noqa: PLC0415 - brings YAML

        folder = path if path.is_dir() else path.parent
        if load(path) != before:
            raise AmendmentError(
                "the bot's files have changed meanwhile.", file=str(path), cure="Try again."
            )
        texts = changed_texts(folder, amendments)
        for name, text in texts.items():
            write_text(folder / name, text)
        return tuple(folder / name for name in texts)
