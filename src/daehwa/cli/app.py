"""The command and its errors: a person's own mistake gets a line, never a traceback."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer
from rich.console import Console

from daehwa import __version__, answers, bot, documents, nlu, stores
from daehwa.cli import (
    account,
    backup,
    bots,
    chat,
    doctor,
    evaluate,
    index_documents,
    missed,
    model,
    person,
    serve,
)
from daehwa.cli.secret_files import SecretFileError, read_secret_files
from daehwa.conversation import CatalogueError, SettingsError
from daehwa.server import CredentialsError, ServerError

app = typer.Typer(
    name="daehwa",
    help="Run, test and ship Amazon Lex V2 bots anywhere.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("serve")(serve.serve)
app.command("chat")(chat.chat)
app.command("bots")(bots.bots)
app.command("check")(bots.check)
app.command("diff")(account.diff)
app.command("export")(bots.export)
app.command("evaluate")(evaluate.evaluate)
app.command("index")(index_documents.index)
app.command("missed")(missed.missed)
app.command("transcript")(person.transcript)
app.command("forget")(person.forget)
app.command("push")(account.push)
app.command("pull")(account.pull)
app.command("doctor")(doctor.doctor)
app.command("backup")(backup.backup)
app.command("restore")(backup.restore)
app.add_typer(model.app, name="model")


def _version(wanted: bool) -> None:  # noqa: FBT001 - typer calls it so
    if wanted:
        typer.echo(f"daehwa {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    *,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """Run, test and ship Amazon Lex V2 bots anywhere."""


def main() -> None:
    """Run the command; exit 1 with one line on stderr for what a person can mend."""
    try:
        read_secret_files(os.environ)
        app()
    except (
        SecretFileError,
        bot.BotError,
        nlu.NluError,
        CatalogueError,
        SettingsError,
        ServerError,
        CredentialsError,
        stores.StoreError,
        stores.BackupError,
        answers.AnswerError,
        documents.DocumentError,
        account.AccountError,
        OSError,
    ) as error:
        Console(stderr=True, highlight=False, soft_wrap=True).print(
            f"[bold red]daehwa:[/] {_escaped(error)}"
        )
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)


def _escaped(error: Exception) -> str:
    return str(error).replace("[", r"\[")
