"""``daehwa missed``: what people said that a bot did not understand, or did not like."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Annotated, Final

import msgspec
import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from daehwa import care
from daehwa.cli.deployed_table import DeployedTable, DeployedTurn, TableRegion, read_deployed
from daehwa.cli.not_served import show_not_served
from daehwa.cli.options import Bots, Config, Data, opening
from daehwa.cli.replayed import language
from daehwa.cli.table_console import table_console
from daehwa.conversation import Opening

_COLUMNS: Final = {
    "en": (
        *("said", "times", "in reply to", "nearest", "answered by", "opinion", "last", "locale"),
        "bot",
    ),
    "ko": (
        "들은 말",
        "횟수",
        "무엇에 대한 답",
        "가까운 의도",
        "답한 쪽",
        "평가",
        "마지막",
        "로캘",
        "봇",
    ),
}


def missed(
    bots: Bots = None,
    *,
    only: Annotated[
        str | None,
        typer.Option(
            "--bot",
            help="Only this bot, by name, or by id even if it is not among BOT.",
            show_default="every BOT",
        ),
    ] = None,
    locale: Annotated[str | None, typer.Option(help="The locale, such as ko_KR.")] = None,
    limit: Annotated[
        int, typer.Option(min=1, help="How many sessions of each bot to look at, latest first.")
    ] = 1000,
    everything: Annotated[
        bool, typer.Option("--all", help="Include texts that are ignored, or understood by now.")
    ] = False,
    talk: Annotated[
        bool, typer.Option("--talk", help="Show the conversation around each of them.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    table: DeployedTable = None,
    region: TableRegion = None,
    data: Data = None,
    config: Config = None,
) -> None:
    """List what people said that a bot missed, most frequent first, grouped by meaning.

    This includes texts that reached FallbackIntent, replies that were not a value of the
    elicited slot (or neither yes nor no), questions that a language model answered in between,
    texts for which another intent scored nearly as high, and texts whose answer got a thumbs
    down. Texts that the bot understands by now, or that `daehwa ignore` names, are left out.
    """
    chosen = opening(bots, data, config, None)
    if table is None:
        reading = care.inbox(chosen, only=only, locale=locale, limit=limit, everything=everything)
    else:
        reading = _read_table(
            table, region, locale, limit, chosen if bots else None, everything=everything
        )
    inbox = asyncio.run(reading)
    show_not_served(inbox.not_served)
    if json:
        typer.echo(msgspec.json.format(msgspec.json.encode(inbox.misses)).decode())
        return
    console = table_console()
    if not inbox.misses:
        mine = bots or only or table
        console.print(
            "Nothing was missed."
            if mine
            else "The example bots missed nothing. For your own, name it: daehwa missed BOT"
        )
    elif talk:
        for miss in inbox.misses:
            _show_talk(console, miss)
    else:
        console.print(_table(inbox.misses))
    if inbox.understood:
        console.print(f"{inbox.understood} more are understood by now: --all lists them.")


def _table(misses: Sequence[care.Miss]) -> Table:
    """The misses; its headings are Korean where all was said in Korean."""
    korean = all(language(miss.locale_id) == "ko" for miss in misses)
    shown = Table(*_COLUMNS["ko" if korean else "en"])
    for miss in misses:
        shown.add_row(
            escape(_texts(miss)),
            str(miss.times),
            escape(_awaited(miss)),
            escape(_nearest(miss)),
            escape(_sources(miss)),
            escape(_opinions(miss)),
            f"{miss.last_at.astimezone():%Y-%m-%d %H:%M}",
            miss.locale_id,
            escape(miss.bot),
        )
    return shown


def _show_talk(console: Console, miss: care.Miss) -> None:
    """Print a miss, all texts that mean the same, and the talk around the latest of them."""
    about = filter(None, (_awaited(miss), _nearest(miss), _sources(miss), _opinions(miss)))
    lines = [f"{miss.text} (×{miss.times})  {' · '.join(about)}"]
    lines += [f"  = {text}" for text in miss.texts[1:]]
    for line in miss.talk:
        mark = ">" if line.text == miss.text else " "
        lines.append(f"  {mark} {line.at.astimezone():%m-%d %H:%M} {line.text}")
        if line.msg:
            first, *rest = line.msg.splitlines()
            lines.append(f"      {line.source}: {first}{' …' if rest else ''}")
    for each in lines:
        console.print(each, markup=False, soft_wrap=True)
    console.print()


def _nearest(miss: care.Miss) -> str:
    near = ", ".join(f"{near.intent} {near.score:.2f}" for near in miss.nearest)
    return f"now {miss.understood}" if miss.understood is not None else near


def _sources(miss: care.Miss) -> str:
    """Who answered, if it was not the bot: ``chatgpt 2``."""
    others = {name: count for name, count in miss.sources.items() if name != "intent"}
    return ", ".join(f"{name} {count}" for name, count in others.items())


def _texts(miss: care.Miss) -> str:
    others = len(miss.texts) - 1
    return miss.text if not others else f"{miss.text} (+{others})"


def _awaited(miss: care.Miss) -> str:
    match miss.kind:
        case "slot":
            return f"{miss.intent}.{miss.slot}"
        case "confirmation":
            return f"{miss.intent}: yes or no"
        case "thumb" | "near":
            return f"(understood as {miss.intent})"
        case "answer" if miss.slot:
            return f"{miss.intent}.{miss.slot}"
        case _:
            return ""


def _opinions(miss: care.Miss) -> str:
    """Thumbs and comments: ``👎 2: wrong``."""
    parts = [
        f"{thumb} {count}"
        for thumb, rating in (("👍", "up"), ("👎", "down"))
        if (count := sum(each.rating == rating for each in miss.opinions))
    ]
    words = [each.comment for each in miss.opinions if each.comment]
    return ": ".join(part for part in (" ".join(parts), "; ".join(words)) if part)


async def _read_table(
    table: str,
    region: str | None,
    locale: str | None,
    limit: int,
    chosen: Opening | None,
    *,
    everything: bool,
) -> care.Inbox:
    """What a deployment's table has; it is of one bot, which it does not name.

    The bot of ``chosen``, if one is given, is taken for that one.
    """
    sessions: dict[tuple[str, str], list[DeployedTurn]] = {}
    for turn in read_deployed(table, region=region):
        if locale in (None, turn.locale_id):
            sessions.setdefault((turn.locale_id, turn.session_id), []).append(turn)
    for turns in sessions.values():
        turns.sort(key=lambda turn: turn.at)
    latest = sorted(sessions.items(), key=lambda talk: talk[1][-1].at, reverse=True)[:limit]
    served = None
    if chosen is not None:
        locales = care.open_learned(chosen).bots[0].locales
        served = {(table, name): one for name, one in locales.items()}
    misses = await care.missed_in(
        [care.Talk(name, session, tuple(turns)) for (name, session), turns in latest],
        bot=table,
        bot_id=table,
        served=served,
    )
    left = [miss for miss in misses if everything or miss.understood is None]
    return care.Inbox(misses=tuple(left), understood=len(misses) - len(left), ignored=0)
