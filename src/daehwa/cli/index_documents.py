"""``daehwa index``: read documents, so that the bots answer from them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from daehwa import documents
from daehwa.cli.options import Data
from daehwa.conversation import SettingsError, default_data


def index(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="PATH",
            help="Files and folders: Markdown, HTML, PDF, DOCX, text; questions and answers as "
            "CSV or JSON.",
            show_default=False,
        ),
    ] = None,
    *,
    bot: Annotated[
        str | None,
        typer.Option(
            help="Only this bot answers from them (name or id).", show_default="every bot"
        ),
    ] = None,
    locale: Annotated[
        str | None, typer.Option(help="Only in this locale.", show_default="every locale")
    ] = None,
    remove: Annotated[
        bool, typer.Option("--remove", help="Remove what was read of PATH instead.")
    ] = False,
    listed: Annotated[
        bool, typer.Option("--list", help="List the documents that are indexed.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    data: Data = None,
) -> None:
    """Read documents into the index; the server with the same --data answers from them.

    What has not changed since the last time is not read again, and what is gone is removed. A
    server that is running sees the new index at once.
    """
    folder = default_data() if data is None else data.expanduser()
    if listed:
        _list(folder, json=json)
        return
    if not paths:
        raise SettingsError("name the files or folders to index, or --list what is indexed")
    scope = documents.Audience(bot=bot, locale=locale)
    with documents.Indexer(folder) as indexer:
        if remove:
            removed = indexer.remove_files(paths, None if bot is None and locale is None else scope)
            report = msgspec.structs.replace(indexer.publish(), removed=removed)
        else:
            _read(indexer, paths, scope)
            report = indexer.publish()
    _show(report, json=json)


def _read(indexer: documents.Indexer, paths: list[Path], scope: documents.Audience) -> None:
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True, highlight=False),
        transient=True,
    ) as bar:
        task = bar.add_task("reading", total=None)

        def show(progress: documents.Progress) -> None:
            name = escape(Path(progress.path).name)
            bar.update(task, completed=progress.done, total=progress.total, description=name)

        indexer.add_files(paths, scope, show)


def _show(report: documents.IndexReport, *, json: bool) -> None:
    if json:
        typer.echo(msgspec.json.format(msgspec.json.encode(report)).decode())
        return
    for unread in report.unread:
        typer.echo(f"not read: {unread.path}: {unread.message}", err=True)
    typer.echo(
        f"{report.added} added, {report.changed} changed, {report.unchanged} unchanged, "
        f"{report.removed} removed, {len(report.unread)} not read; "
        f"{report.passages} passages in all"
    )


def _list(folder: Path, *, json: bool) -> None:
    library = documents.Library(folder)
    summaries = library.documents()
    library.close()
    if json:
        typer.echo(msgspec.json.format(msgspec.json.encode(summaries)).decode())
        return
    table = Table("document", "title", "language", "passages", "bot", "locale")
    for one in summaries:
        table.add_row(
            escape(one.locator),
            escape(one.title),
            one.language,
            str(one.passages),
            one.bot or "every",
            one.locale or "every",
        )
    Console(highlight=False).print(table)
