"""``daehwa bots``, ``check`` and ``export``: look at bot files, convert them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer
from rich.console import Console
from rich.table import Table

from daehwa import bot
from daehwa.cli.options import Bots
from daehwa.conversation import open_catalogue


def bots(
    bots: Bots = None,
    *,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List what would be served: names, ids, locales, aliases, intents."""
    rows: list[dict[str, Any]] = [
        {
            "name": served.definition.name,
            "id": served.id,
            "locales": list(served.locales),
            "aliases": [bot.TEST_ALIAS.identifier],
            "intents": {
                name: list(locale.definition.intents) for name, locale in served.locales.items()
            },
        }
        for served in open_catalogue(tuple(str(path) for path in bots or ())).bots
    ]
    if json:
        typer.echo(msgspec.json.format(msgspec.json.encode(rows)).decode())
        return
    table = Table("name", "id", "locale", "intents")
    for row in rows:
        for name, intents in row["intents"].items():
            table.add_row(row["name"], row["id"], name, ", ".join(intents))
    Console().print(table)


def check(
    bots: Annotated[list[Path], typer.Argument(metavar="BOT", help="Lex V2 exports.")],
) -> None:
    """Check bots: show what is wrong in their files, where, and how to fix it."""
    console = Console(highlight=False)
    errors = 0
    for path in bots:
        problems = bot.validate(bot.load(path, unfinished=True))
        errors += sum(problem.severity == "error" for problem in problems)
        if not problems:
            console.print(f"{path}: no problems", markup=False)
        for problem in problems:
            console.print(str(problem), markup=False, soft_wrap=True)
    raise typer.Exit(1 if errors else 0)


def export(
    source: Annotated[Path, typer.Argument(metavar="BOT", help="A Lex V2 export.")],
    target: Annotated[Path, typer.Argument(metavar="OUT", help="A .zip file, or a folder.")],
) -> None:
    """Write a bot as Lex exports it: a zip that Lex imports, or a folder to edit."""
    bot.save(bot.load(source), target)
    typer.echo(f"wrote {target}")
