"""``daehwa missed``: what people said that a bot did not understand."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from datetime import datetime
from typing import Annotated

import msgspec
import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from daehwa.cli.deployed_table import DeployedTable, TableRegion, read_deployed
from daehwa.cli.options import Bots, Config, Data, opening
from daehwa.conversation import Opening, open_catalogue, open_sessions


class _Miss(msgspec.Struct, rename="camel", kw_only=True):
    """A text that fell to FallbackIntent, however it was spelled, and how often."""

    text: str
    times: int
    last_at: datetime
    bot: str
    bot_id: str
    locale_id: str


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
        int, typer.Option(min=1, help="How many to look at for each bot, latest first.")
    ] = 1000,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    table: DeployedTable = None,
    region: TableRegion = None,
    data: Data = None,
    config: Config = None,
) -> None:
    """List what people said that reached FallbackIntent, most frequent first."""
    if table is None:
        chosen = opening(bots, data, config, None)
        misses = asyncio.run(_read(chosen, _names(chosen, only), locale, limit))
    else:
        misses = _read_table(table, region, locale, limit)
    if json:
        typer.echo(msgspec.json.format(msgspec.json.encode(misses)).decode())
        return
    console = Console(highlight=False)
    if not misses:
        console.print("Nothing was missed.")
        return
    shown = Table("said", "times", "last", "locale", "bot")
    for miss in misses:
        last = f"{miss.last_at.astimezone():%Y-%m-%d %H:%M}"
        shown.add_row(escape(miss.text), str(miss.times), last, miss.locale_id, miss.bot)
    console.print(shown)


def _names(chosen: Opening, only: str | None) -> dict[str, str]:
    """The bots to look at: their names by id."""
    catalogue = open_catalogue(chosen.bots)
    if only is None:
        return {served.id: served.definition.name for served in catalogue.bots}
    served = catalogue.named(only)
    return {only: only} if served is None else {served.id: served.definition.name}


async def _read(
    chosen: Opening, names: dict[str, str], locale: str | None, limit: int
) -> list[_Miss]:
    async with open_sessions(chosen) as store:
        if store is None:
            return []
        misses = [
            miss
            for bot_id in names
            for miss in await store.missed(bot_id, locale_id=locale, limit=limit)
        ]
    return _counted(
        _Miss(
            text=miss.text,
            times=1,
            last_at=miss.at,
            bot=names[miss.key.bot_id],
            bot_id=miss.key.bot_id,
            locale_id=miss.key.locale_id,
        )
        for miss in misses
    )


def _read_table(table: str, region: str | None, locale: str | None, limit: int) -> list[_Miss]:
    """What a deployment's table has; it is of one bot, which it does not name."""
    turns = sorted(
        (
            turn
            for turn in read_deployed(table, region=region, only_missed=True)
            if locale in (None, turn.locale_id)
        ),
        key=lambda turn: turn.at,
        reverse=True,
    )
    return _counted(
        _Miss(
            text=turn.text,
            times=1,
            last_at=turn.at,
            bot=table,
            bot_id=table,
            locale_id=turn.locale_id,
        )
        for turn in turns[:limit]
    )


def _counted(misses: Iterable[_Miss]) -> list[_Miss]:
    """The misses, the latest first, with those that are spelled alike as one."""
    counted: dict[tuple[str, str, str], _Miss] = {}
    for miss in misses:
        place = (miss.bot_id, miss.locale_id, " ".join(miss.text.casefold().split()))
        known = counted.setdefault(place, miss)
        if known is not miss:
            known.times += 1
    return sorted(counted.values(), key=lambda m: (m.times, m.last_at), reverse=True)
