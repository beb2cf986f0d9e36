"""``daehwa bots``, ``check`` and ``export``: look at bot files, convert them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer
from rich.console import Console
from rich.table import Table

from daehwa import bot, care
from daehwa.cli.counting import counted
from daehwa.cli.not_served import show_not_served
from daehwa.cli.options import Bots, Config
from daehwa.cli.table_console import table_console
from daehwa.conversation import chosen_config, load_settings, open_catalogue


def bots(
    bots: Bots = None,
    *,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List what would be served: names, ids, locales, aliases, intents.

    Exits with 1 if a bot, or an intent, would not be served; standard error says why.
    """
    catalogue = open_catalogue(tuple(str(path) for path in bots or ()))
    rows: list[dict[str, Any]] = [
        {
            "name": served.definition.name,
            "id": served.id,
            "locales": list(served.locales),
            "aliases": [bot.TEST_ALIAS.identifier, *served.aliases],
            "intents": {
                name: list(locale.definition.intents) for name, locale in served.locales.items()
            },
        }
        for served in catalogue.bots
    ]
    if json:
        typer.echo(msgspec.json.format(msgspec.json.encode(rows)).decode())
    else:
        table = Table("name", "id", "locale", "intents")
        for row in rows:
            for name, intents in row["intents"].items():
                table.add_row(row["name"], row["id"], name, ", ".join(intents))
        table_console().print(table)
    if not_served := catalogue.not_served():
        show_not_served(not_served)
        raise typer.Exit(1)


def check(
    bots: Annotated[list[Path], typer.Argument(metavar="BOT", help="Projects, or Lex V2 exports.")],
    *,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit with 1 for warnings, too.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    config: Config = None,
) -> None:
    """Check bots: show what is wrong in their files, where, and how to fix it.

    Each finding ends with the code of its rule; `[check] off = ["code"]` in daehwa.toml switches
    it off. Exits with 1 if there is an error.
    """
    results = {}
    beside = care.bot_names(bots) if len(bots) > 1 else frozenset()
    for path in bots:
        file = chosen_config((path,), config)
        settings = load_settings(file)
        named = file or Path("daehwa.toml")
        results[path] = care.check(path, settings=settings, config=named, beside=beside)
    if json:
        rows = [_as_row(path, problem) for path, one in results.items() for problem in one.problems]
        typer.echo(msgspec.json.format(msgspec.json.encode(rows)).decode())
    else:
        for path, one in results.items():
            _show_checked(path, one)
    failed = any(one.errors or (strict and one.problems) for one in results.values())
    raise typer.Exit(1 if failed else 0)


def _as_row(path: Path, problem: bot.Problem) -> dict[str, Any]:
    return {"bot": str(path), **msgspec.to_builtins(problem)}


def _show_checked(path: Path, checked: care.Checked) -> None:
    """Print the findings on a bot, each on a line of its own however narrow the terminal is."""
    console = Console(highlight=False, soft_wrap=True)
    for problem in checked.problems:
        style = "red" if problem.severity == "error" else "yellow"
        console.print(f"[{style}]{problem.severity}[/]: ", end="")
        place = msgspec.structs.replace(problem, file=_file(path, problem)).place
        console.print(f"{place}: {problem.message} {problem.cure} [{problem.code}]", markup=False)
    counts = [
        counted(count, what)
        for count, what in ((checked.errors, "error"), (checked.warnings, "warning"))
        if count
    ]
    off = f", {checked.switched_off} switched off" if checked.switched_off else ""
    console.print(f"{path}: {' and '.join(counts) or 'no problems'}{off}", markup=False)


def _file(path: Path, problem: bot.Problem) -> str:
    """Where the user finds the file: its name in the zip, or its path in the folder."""
    if problem.file == path.name:  # the bot as a whole
        return str(path)
    if Path(problem.file).is_absolute():  # the configuration, wherever it is
        return os.path.relpath(problem.file)
    return str(path / problem.file) if path.is_dir() else problem.file


def export(
    source: Annotated[Path, typer.Argument(metavar="BOT", help="A project, or a Lex V2 export.")],
    target: Annotated[Path, typer.Argument(metavar="OUT", help="A .zip file, or a folder.")],
    *,
    force: Annotated[
        bool, typer.Option("--force", help="Remove files that only OUT has, and replace a zip.")
    ] = False,
) -> None:
    """Write a bot as Lex exports it: a zip that Lex imports, or a folder to edit.

    A folder that holds intents, slots or slot types that BOT lacks is left as it is, unless
    --force is given.
    """
    bot.save(bot.completed(bot.load(source)), target, keep=not force)
    typer.echo(f"wrote {target}")


def import_bot(
    source: Annotated[
        Path,
        typer.Argument(
            metavar="SOURCE",
            help="A bot of Lex V2 or V1, CloudFormation, Terraform, Dialogflow ES or Rasa.",
        ),
    ],
    target: Annotated[
        Path, typer.Argument(metavar="PROJECT", help="A folder; or a .zip, for an export.")
    ],
    *,
    force: Annotated[
        bool, typer.Option("--force", help="Write over the bot that PROJECT has.")
    ] = False,
) -> None:
    """Convert a bot from elsewhere into a project, and list what could not be carried over.

    Nothing is sent anywhere: SOURCE is a zip, a JSON file or a folder that was exported. Files
    in the folder that are not part of the bot stay. A PROJECT that ends in .zip, or is the
    folder of an export, becomes a Lex V2 export.
    """
    imported = bot.import_bot(source)
    bot.save_imported(bot.completed(imported.bot), target, keep=not force)
    typer.echo(f"wrote {target}, from {imported.system}")
    for note in imported.notes:
        typer.echo(f"• {note}")
