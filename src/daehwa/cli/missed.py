"""``daehwa missed``: what people said that a bot did not understand, or did not like."""

from __future__ import annotations

import asyncio
import sys
from typing import Annotated

import msgspec
import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from daehwa import care
from daehwa.cli.deployed_table import DeployedTable, DeployedTurn, TableRegion, read_deployed
from daehwa.cli.options import Bots, Config, Data, opening
from daehwa.conversation import (
    Catalogue,
    Opening,
    SettingsError,
    open_catalogue,
    open_sessions,
)

_WIDE = 200


def missed(
    bots: Bots = None,
    *,
    only: Annotated[
        str | None,
        typer.Option(
            "--bot",
            help="Only this bot, by name, or by id even if it is none of BOT.",
            show_default="every BOT",
        ),
    ] = None,
    locale: Annotated[str | None, typer.Option(help="The locale, such as ko_KR.")] = None,
    limit: Annotated[
        int, typer.Option(min=1, help="How many sessions of each bot to look at, latest first.")
    ] = 1000,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    table: DeployedTable = None,
    region: TableRegion = None,
    data: Data = None,
    config: Config = None,
) -> None:
    """List what people said that a bot missed, most frequent first; alike texts are one line.

    That is what reached FallbackIntent, replies that were no value of the slot that was asked for
    (or neither yes nor no), and texts whose answer got a thumb down.
    """
    if table is None:
        misses = asyncio.run(_read(opening(bots, data, config, None), only, locale, limit))
    else:
        misses = _read_table(table, region, locale, limit)
    if json:
        typer.echo(msgspec.json.format(msgspec.json.encode(misses)).decode())
        return
    # A table in a pipe is for a program or a pager: it is not squeezed into 80 columns.
    console = Console(highlight=False, width=None if sys.stdout.isatty() else _WIDE)
    if not misses:
        console.print("Nothing was missed.")
        return
    shown = Table("said", "times", "in reply to", "nearest", "opinion", "last", "locale", "bot")
    for miss in misses:
        shown.add_row(
            escape(_texts(miss)),
            str(miss.times),
            escape(_awaited(miss)),
            escape(", ".join(f"{near.intent} {near.score:.2f}" for near in miss.nearest)),
            escape(_opinions(miss)),
            f"{miss.last_at.astimezone():%Y-%m-%d %H:%M}",
            miss.locale_id,
            escape(miss.bot),
        )
    console.print(shown)


def _texts(miss: care.Miss) -> str:
    others = len(miss.texts) - 1
    return miss.text if not others else f"{miss.text} (+{others})"


def _awaited(miss: care.Miss) -> str:
    match miss.kind:
        case "slot":
            return f"{miss.intent}.{miss.slot}"
        case "confirmation":
            return f"{miss.intent}: yes or no"
        case "thumb":
            return f"(understood as {miss.intent})"
        case _:
            return ""


def _opinions(miss: care.Miss) -> str:
    """Thumbs and words: ``👎 2: wrong``."""
    parts = [
        f"{thumb} {count}"
        for thumb, rating in (("👍", "up"), ("👎", "down"))
        if (count := sum(each.rating == rating for each in miss.opinions))
    ]
    words = [each.comment for each in miss.opinions if each.comment]
    return ": ".join(part for part in (" ".join(parts), "; ".join(words)) if part)


async def _read(
    chosen: Opening, only: str | None, locale: str | None, limit: int
) -> list[care.Miss]:
    catalogue = open_catalogue(chosen.bots)
    async with open_sessions(chosen) as store:
        names = {served.id: served.definition.name for served in catalogue.bots}
        if only is not None:
            served = catalogue.named(only)
            names = {only: only} if served is None else {served.id: served.definition.name}
            stored = store is not None and await store.sessions_of(only, limit=1)
            if served is None and not stored:
                raise SettingsError(_unknown(only, catalogue))
        if store is None:
            return []
        misses = await care.missed(store, names, locale=locale, limit=limit)
    locales = {
        (served.id, name): one for served in catalogue.bots for name, one in served.locales.items()
    }
    await care.with_nearest(misses, locales)
    return misses


def _read_table(table: str, region: str | None, locale: str | None, limit: int) -> list[care.Miss]:
    """What a deployment's table has; it is of one bot, which it does not name."""
    talks: dict[tuple[str, str], list[DeployedTurn]] = {}
    for turn in read_deployed(table, region=region):
        if locale in (None, turn.locale_id):
            talks.setdefault((turn.locale_id, turn.session_id), []).append(turn)
    for turns in talks.values():
        turns.sort(key=lambda turn: turn.at)
    latest = sorted(talks.items(), key=lambda talk: talk[1][-1].at, reverse=True)[:limit]
    return care.missed_in([(name, turns) for (name, _), turns in latest], bot=table, bot_id=table)


def _unknown(only: str, catalogue: Catalogue) -> str:
    names = ", ".join(served.definition.name for served in catalogue.bots)
    return f"--bot {only}: there is no such bot, and no talk with one of that id; there are {names}"
