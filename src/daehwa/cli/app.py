"""The command and its errors: a person's own mistake gets a line, never a traceback."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import MutableMapping
from importlib import import_module
from typing import Annotated

import typer
from rich.console import Console

from daehwa import __version__
from daehwa.cli.lazy_commands import LazyCommands
from daehwa.cli.secret_files import read_secret_files

app = typer.Typer(
    name="daehwa",
    cls=LazyCommands,
    help="Run, test and ship Amazon Lex V2 bots anywhere.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


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
    """Run the command; exit 1 with one line on stderr for what a person can fix."""
    _take_any_letter()
    _take_aws_region(os.environ)
    try:
        read_secret_files(os.environ)
        app()
    except Exception as error:
        mendable = import_module("daehwa.cli.mendable")
        if not mendable.is_mendable(error):
            raise
        Console(stderr=True, highlight=False, soft_wrap=True).print(
            f"[bold red]daehwa:[/] {_escaped(mendable.line_for(error))}"
        )
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)


def _escaped(line: str) -> str:
    return line.replace("[", r"\[")


def _take_aws_region(environ: MutableMapping[str, str]) -> None:
    """Have boto3 take the region from ``AWS_REGION`` too, as AWS CLI 2 and the other SDKs do."""
    region = environ.get("AWS_REGION")
    if region and not environ.get("AWS_DEFAULT_REGION"):
        environ["AWS_DEFAULT_REGION"] = region


def _take_any_letter() -> None:
    """Let the terminal read and print any letter; one outside its encoding would raise."""
    for stream, errors in (
        (sys.stdin, "replace"),
        (sys.stdout, "backslashreplace"),
        (sys.stderr, "backslashreplace"),
    ):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=errors)
