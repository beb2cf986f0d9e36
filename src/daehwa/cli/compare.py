"""``daehwa compare``: what people said, understood by one bot and by another."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.console import Console

from daehwa import care
from daehwa.cli.options import Config, Data, opening
from daehwa.cli.replayed import replay_row, show_replay, showing_progress


def compare(
    before: Annotated[Path, typer.Argument(metavar="A", help="A project, or a Lex V2 export.")],
    after: Annotated[Path, typer.Argument(metavar="B", help="Another one.")],
    *,
    texts: Annotated[
        Path | None,
        typer.Option(
            help="Texts to replay instead of the stored ones: one per line, JSON lines with a "
            '"text", or a Lex test set (.csv).'
        ),
    ] = None,
    locale: Annotated[str | None, typer.Option(help="The locale, such as ko_KR.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="How many texts to replay, latest first.")] = (
        1000
    ),
    fail_on_change: Annotated[
        bool, typer.Option("--fail-on-change", help="Exit with 1 if anything differs.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    data: Data = None,
    config: Config = None,
) -> None:
    """Compare two bots, or two versions of one, on the last texts that people said.

    Lists what only B understands, what it understands differently, and what it misses.
    """
    language = locale or ""
    with showing_progress(language, quiet=json) as progress:
        result = asyncio.run(
            care.compare(
                opening(None, data, config, None),
                before,
                after,
                texts=texts,
                locale=locale,
                most=limit,
                progress=progress,
            )
        )
    if json:
        row = replay_row(result)
        typer.echo(msgspec.json.format(msgspec.json.encode(row)).decode())
    else:
        named = locale or _locale_of(result)
        show_replay(Console(highlight=False), result, named)
    raise typer.Exit(1 if fail_on_change and result.differs else 0)


def _locale_of(result: care.Replay) -> str:
    """The locale of what differs, if it is one."""
    locales = {each.locale_id for each in (*result.understood, *result.changed, *result.lost)}
    return locales.pop() if len(locales) == 1 else ""
