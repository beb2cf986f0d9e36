"""A new project that talks, with a test and a README."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from daehwa.bot.errors import ArchiveError
from daehwa.bot.locales import LOCALE_NAMES
from daehwa.bot.project import layout
from daehwa.bot.project.export_cache import write_text
from daehwa.bot.project.schema_files import write_schemas

_TEMPLATES: Final = Path(__file__).parent / "templates"
_NAME: Final = re.compile(r"(?:[0-9a-zA-Z][_-]?){1,100}")
_PLACES: Final = {
    "bot.yaml": layout.BOT,
    "locale.yaml": "{locale}.yaml",
    "test.yaml": "tests/first.yaml",
    "README.md": "README.md",
    "daehwa.toml": layout.CONFIGURATION,
}


def begin(folder: Path, locale: str) -> None:
    """Make a project in ``folder``, which gives the bot its name; files that are there stay.

    Raises:
        ArchiveError: the name or the locale is none that Lex takes, or the folder has files.
    """
    name = folder.resolve().name
    if not _NAME.fullmatch(name):
        raise ArchiveError(
            f'"{name}" is not a name that Lex accepts for a bot.',
            file=str(folder),
            cure="Use Latin letters, digits, and single - or _ between them.",
        )
    if locale not in LOCALE_NAMES:
        raise ArchiveError(
            f'Lex has no locale "{locale}".',
            file=str(folder),
            cure=f"Choose one of {', '.join(LOCALE_NAMES)}.",
        )
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ArchiveError(
            "there are files here already.", file=str(folder), cure="Choose another name."
        )
    words = {"name": name, "locale": locale, "folder": str(folder)}
    for file in sorted((_TEMPLATES / ("ko" if locale.startswith("ko") else "en")).iterdir()):
        text = file.read_text("utf-8")
        for word, meaning in words.items():
            text = text.replace(f"{{{{{word}}}}}", meaning)
        write_text(folder / _PLACES[file.name].format(locale=locale), text)
    (folder / "hooks").mkdir()
    write_schemas(folder)
