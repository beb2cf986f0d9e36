"""The schemas beside a project, and the line by which its files lead editors to them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from daehwa.bot.project import layout
from daehwa.bot.project.export_cache import write_text
from daehwa.bot.project.schema import SCHEMAS, schema

_FOLDER: Final = ".daehwa"


def write_schemas(folder: Path) -> None:
    """Put the schemas beside a project, where its files name them for editors."""
    for file in SCHEMAS:
        text = json.dumps(schema(file), ensure_ascii=False, indent=1) + "\n"
        write_text(folder / _FOLDER / f"{file}.schema.json", text)


def schema_line(name: str) -> str:
    """The first line of a project's file, for the YAML language server; none where no schema is."""
    file = "bot" if name == layout.BOT else "locale" if layout.locale_of(name) else None
    return f"# yaml-language-server: $schema={_FOLDER}/{file}.schema.json\n" if file else ""
