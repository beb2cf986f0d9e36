"""``daehwa new`` and ``schema``: begin a project, and what its files may say."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from daehwa import bot


class SchemaFile(StrEnum):
    """The files of a project that have a schema."""

    BOT = "bot"
    LOCALE = "locale"


def new(
    name: Annotated[Path, typer.Argument(metavar="NAME", help="The folder; it names the bot.")],
    *,
    locale: Annotated[
        str, typer.Option(help="Its first locale, such as ko_KR or en_US.")
    ] = "ko_KR",
) -> None:
    """Create a bot: a folder of text files that works at once, with a test and a README."""
    bot.begin_project(name, locale)
    typer.echo(f"wrote {name}")
    typer.echo(f"Talk to it: daehwa serve {name}")


def schema(
    file: Annotated[
        SchemaFile, typer.Argument(metavar="FILE", help="bot for bot.yaml, locale for ko_KR.yaml.")
    ] = SchemaFile.LOCALE,
) -> None:
    """Print the JSON Schema of a project's files, for completion and checks in editors."""
    typer.echo(msgspec.json.format(msgspec.json.encode(bot.project_schema(file.value))).decode())
