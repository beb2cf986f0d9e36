"""``daehwa index``: read documents, so that the bots answer from them."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.markup import escape
from rich.progress import MofNCompleteColumn
from rich.table import Table

from daehwa import bot as bots
from daehwa import documents
from daehwa.cli.counting import counted
from daehwa.cli.options import Config, Data
from daehwa.cli.progress_bar import progress_bar
from daehwa.cli.table_console import table_console
from daehwa.conversation import DocumentFolder, Opening, SettingsError, open_documents


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
        bool, typer.Option("--remove", help="Remove what was read from PATH instead.")
    ] = False,
    listed: Annotated[
        bool, typer.Option("--list", help="List the documents that are indexed.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    data: Data = None,
    config: Config = None,
) -> None:
    """Read documents into the index; the server with the same --data answers from them.

    Files that have not changed are not read again, and files that are gone are removed from the
    index. A running server uses the new index at once. Exits with 1 if a PATH does not exist,
    or is a file that could not be read. With [store] url on PostgreSQL or Redis the index is in
    that store, for every machine that uses it.
    """
    if not listed and not paths:
        raise SettingsError("name the files or folders to index, or --list what is indexed")
    if listed and (paths or remove):
        raise SettingsError("--list stands alone: leave out PATH and --remove, or leave out --list")
    if locale is not None and locale not in bots.LOCALE_NAMES:
        near = locale.replace("-", "_")
        meant = f": {near} is meant?" if near in bots.LOCALE_NAMES else ", as ko_KR is"
        raise SettingsError(f"--locale {locale} is not a locale of Lex{meant}")
    opening = Opening(data=str(data or ""), config=None if config is None else str(config))
    with closing(open_documents(opening)) as folder:
        if listed:
            _list(folder, json=json)
        else:
            scope = documents.Audience(bot=bot, locale=locale)
            _index(folder, paths or [], scope, remove=remove, json=json)


def _index(
    folder: DocumentFolder,
    paths: list[Path],
    scope: documents.Audience,
    *,
    remove: bool,
    json: bool,
) -> None:
    with documents.Indexer(folder.folder, shared=folder.shared) as indexer:
        if remove:
            removed = indexer.remove_files(paths, None if scope == documents.Audience() else scope)
            report = msgspec.structs.replace(indexer.publish(), removed=removed)
        else:
            _read(indexer, paths, scope)
            report = indexer.publish()
    _show(report, json=json)
    if not report.removed and _unread(report, paths):
        raise typer.Exit(1)


def _unread(report: documents.IndexReport, paths: list[Path]) -> bool:
    """Whether a file could not be read that was named itself, not only the folder around it."""
    named = {str(path.absolute()) for path in paths}
    return any(each.path in named for each in report.unread)


def _read(indexer: documents.Indexer, paths: list[Path], scope: documents.Audience) -> None:
    with progress_bar(MofNCompleteColumn()) as bar:
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
        what = "read in part" if unread.reason == "in part" else "not read"
        typer.echo(f"{what}: {unread.path}: {unread.message}", err=True)
    partly = sum(unread.reason == "in part" for unread in report.unread)
    in_part = f", {partly} read in part" if partly else ""
    typer.echo(
        f"{report.added} added, {report.changed} changed, {report.unchanged} unchanged, "
        f"{report.removed} removed, {len(report.unread) - partly} not read{in_part}; "
        f"{counted(report.passages, 'passage')} in all"
    )


def _list(folder: DocumentFolder, *, json: bool) -> None:
    if folder.shared is not None:
        folder.shared.refresh()
    library = documents.Library(folder.folder)
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
    table_console().print(table)
