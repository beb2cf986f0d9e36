"""``daehwa report``: how a bot is used, how its conversations end, and what they cost."""

from __future__ import annotations

import asyncio
import datetime as dt
import functools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from daehwa import limits
from daehwa.care import analytics
from daehwa.cli.options import Config, Data, opening
from daehwa.cli.table_console import table_console
from daehwa.conversation import (
    Opening,
    SettingsError,
    load_settings,
    open_catalogue,
    open_sessions,
)

_BAR: Final = 12
_EIGHTHS: Final = " ▏▎▍▌▋▊▉█"
_AGO: Final = re.compile(r"(\d+)d")
# What a table's bars show.
_BARS: Final = {"intent": "invoked", "slot": "elicited"}
# Left out in a terminal, where room is scarce; the other formats have them.
_SPARED: Final = {"maxMs", "contained", "detected"}
_OFTEN_EMPTY: Final = {"inputTokens", "outputTokens", "cost", "up", "down", "errors", "incomplete"}


_BotArgument = Annotated[
    str,
    typer.Argument(
        metavar="BOT",
        help="A project, a Lex V2 export, or the name or id of a bot with conversations.",
    ),
]
_Since = Annotated[
    str | None,
    typer.Option(
        help="The start: a day (2026-05-01), a time (2026-05-01T09:00) or days ago (7d).",
        show_default="the beginning",
    ),
]
_Until = Annotated[
    str | None,
    typer.Option(help="The end, in the same forms; a day counts as a whole.", show_default="now"),
]
_Locale = Annotated[str | None, typer.Option(help="The locale, such as ko_KR.")]
_By = Annotated[analytics.By | None, typer.Option(help="Only this table.", show_default="all")]
_Html = Annotated[Path | None, typer.Option(help="Write a self-contained HTML page.")]
_Csv = Annotated[
    Path | None,
    typer.Option(help="Write a file that ends in .csv (one table), or a folder (all)."),
]
_Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def report(
    bot: _BotArgument,
    *,
    since: _Since = None,
    until: _Until = None,
    locale: _Locale = None,
    by: _By = None,
    html: _Html = None,
    csv: _Csv = None,
    json: _Json = False,
    data: Data = None,
    config: Config = None,
) -> None:
    """Show how a bot is used, how its conversations end, and what they cost.

    By Lex's own definitions of success, failure, switches and drops; by day, intent, slot, who
    answered, locale, version and alias.
    """
    zone = _zone(config)
    now = dt.datetime.now(zone)
    begin, end = _moment("--since", since, now), _moment("--until", until, now, whole=True)
    if begin is not None and end is not None and begin >= end:
        raise SettingsError(f"--since {since} is not before --until {until}")
    chosen = opening(None, data, config, None)
    log, bot_id, name = asyncio.run(_read(chosen, bot, begin, end))
    shown = analytics.report_of(
        log,
        bot=name,
        bot_id=bot_id,
        zone=zone,
        since=begin,
        until=end,
        locale=locale,
        by=by,
    )
    if html is not None:
        html.parent.mkdir(parents=True, exist_ok=True)
        html.write_text(analytics.page(shown), "utf-8")
        typer.echo(f"wrote {html}", err=json)
    if csv is not None:
        for path in analytics.write_csv(shown, csv):
            typer.echo(f"wrote {path}", err=json)
    if json:
        typer.echo(shown.as_json().decode(), nl=False)
    elif html is None and csv is None:
        _show(table_console(), shown, by)


async def _read(
    chosen: Opening, bot: str, since: dt.datetime | None, until: dt.datetime | None
) -> tuple[analytics.TurnLog, str, str]:
    """The turns of a bot, its id and its name.

    Raises:
        SettingsError: there is no such bot, or no conversation at all.
    """
    async with open_sessions(chosen) as store:
        known = _served(bot)
        if known is None and store is not None and await store.sessions_of(bot, limit=1):
            known = bot, bot
        if known is None:
            raise SettingsError(
                f"{bot}: there is no such file, no example bot of this name, and no"
                " conversation with a bot of this id in the data folder; daehwa bots lists ids, and"
                " --data DIR names another folder"
            )
        if store is None:
            raise SettingsError(
                "Nobody has talked to a bot yet in this data folder: name another with --data DIR."
            )
        log = await analytics.read_log(store, known[0], after=since, before=until)
    return log, *known


def _served(bot: str) -> tuple[str, str] | None:
    """The id and name of a bot of a file, or of an example."""
    path = Path(bot)
    catalogue = open_catalogue((str(path.absolute()),) if path.exists() else ())
    served = catalogue.bots[0] if path.exists() else catalogue.named(bot)
    return None if served is None else (served.id, served.definition.name)


def _zone(config: Path | None) -> dt.tzinfo:
    """Where days begin: ``time_zone`` of the configuration, or this machine's."""
    name = load_settings(config).time_zone
    if name is None:
        zone = dt.datetime.now().astimezone().tzinfo
        return zone or dt.UTC
    return limits.zone_named(name)


def _moment(
    option: str, text: str | None, now: dt.datetime, *, whole: bool = False
) -> dt.datetime | None:
    """The moment that a text names; of a day its begin or, where it is meant whole, its end."""
    if text is None:
        return None
    ago = _AGO.fullmatch(text)
    try:
        if ago is not None:
            return now - dt.timedelta(days=int(ago[1]))
        moment = dt.datetime.fromisoformat(text)
    except (ValueError, OverflowError):
        raise SettingsError(
            f"{option} {text} is not a time: write 2026-05-01, 2026-05-01T09:00 or 7d"
        ) from None
    if whole and len(text) <= len("2026-05-01"):
        moment += dt.timedelta(days=1)
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=now.tzinfo)


# --- in a terminal --------------------------------------------------------------------


def _show(console: Console, report: analytics.Report, by: analytics.By | None) -> None:
    if not report.totals["turns"]:
        console.print(f"Nobody has talked to {escape(report.bot)} in this time.")
        return
    if by is None:
        totals = Table(title=escape(report.bot), show_header=False)
        for column, cell in report.totals.items():
            totals.add_row(
                analytics.heading(analytics.COLUMNS, column, korean=report.korean),
                analytics.shown(column, cell),
            )
        console.print(totals)
    for name, table in report.tables.items():
        if table.rows:
            console.print(_drawn(name, table, korean=report.korean))


def _drawn(name: str, table: analytics.Table, *, korean: bool) -> Table:
    """A table with bars of how often each row was."""
    records = table.records()
    kept = [
        column
        for column in table.columns
        if column not in _SPARED
        and (column not in _OFTEN_EMPTY or any(record[column] for record in records))
    ]
    measure = _BARS.get(name, "turns")
    heading = functools.partial(analytics.heading, analytics.COLUMNS, korean=korean)
    drawn = Table(
        title=analytics.heading(analytics.TABLES, name, korean=korean), title_justify="left"
    )
    labels = [column for column in kept if column in (*analytics.TABLES, "model")]
    for column in labels:
        drawn.add_column(heading(column))
    drawn.add_column("", no_wrap=True)
    for column in kept:
        if column not in labels:
            drawn.add_column(heading(column), justify="right")
    most = max(float(record[measure] or 0) for record in records) or 1
    for record in records:
        drawn.add_row(
            *(escape(analytics.shown(column, record[column])) for column in labels),
            f"[blue]{''.join(_bar(float(record[measure] or 0) / most))}[/]",
            *(analytics.shown(column, record[column]) for column in kept if column not in labels),
        )
    return drawn


def _bar(share: float) -> Iterator[str]:
    """A bar of that share of the whole width."""
    eighths = round(share * _BAR * 8)
    yield _EIGHTHS[-1] * (eighths // 8)
    if eighths % 8:
        yield _EIGHTHS[eighths % 8]
