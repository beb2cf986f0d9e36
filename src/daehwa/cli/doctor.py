"""``daehwa doctor``: what is here, what is missing, and what to do about it."""

from __future__ import annotations

import asyncio
import platform
import shutil

import typer
from rich.console import Console

from daehwa import __version__, answers, bot, stores
from daehwa.cli.options import AnswerOption, Bots, Config, Data, opening
from daehwa.conversation import (
    CatalogueError,
    Opening,
    RuntimePlan,
    SettingsError,
    default_data,
    open_sessions,
    plan_runtime,
)

_EMBEDDED_BYTES = 2_000_000_000
_GOOD, _WARN, _BAD = "[green]✓[/]", "[yellow]![/]", "[red]✗[/]"


def doctor(
    bots: Bots = None, *, data: Data = None, answer: AnswerOption = None, config: Config = None
) -> None:
    """Show what works here, what does not, and what to do about it."""
    console = Console(highlight=False)
    console.print(f"Daehwa {__version__}, Python {platform.python_version()}, {platform.system()}")
    chosen = opening(bots, data, config, answer)
    try:
        plan = plan_runtime(chosen)
    except (
        bot.BotError,
        CatalogueError,
        SettingsError,
        stores.StoreError,
        answers.AnswerError,
        OSError,
    ) as error:
        console.print(_BAD, end=" ")
        console.print(f"{type(error).__name__}: {error}", markup=False)
        raise typer.Exit(1) from None
    console.print(f"{_GOOD} configuration and bots can be read")
    for served in plan.catalogue.bots:
        problems = bot.validate(served.definition)
        mark = _WARN if problems else _GOOD
        console.print(f"{mark} {served.definition.name} ({served.id}), {', '.join(served.locales)}")
        for problem in problems:
            console.print(f"    {problem.severity}: {problem}", markup=False)
    failed = False
    for one in asyncio.run(_examine(plan, chosen)):
        failed |= one.state == "failed"
        _show(console, one)
    if failed:
        raise typer.Exit(1)


async def _examine(plan: RuntimePlan, chosen: Opening) -> tuple[answers.Readiness, ...]:
    """Try the store and what each answerer needs; nothing is fetched or changed."""
    async with open_sessions(chosen) as store:
        if store is not None:
            await store.ping()
    return await plan.examine_answerers()


def _show(console: Console, one: answers.Readiness) -> None:
    """Print a line on an answerer, and what to do where there is something to do."""
    kind = answers.ANSWERERS.get(one.source)
    name = one.source if kind is None else kind.title
    if one.model is not None:
        name += f" ({one.model})"
    cure = None if one.error is None else one.error.cure
    match one.state:
        case "failed":
            mark, text = _BAD, f"{name}: {one.error}"
        case "missing":
            mark, text = _WARN, f"{name} can run here; its weights are not downloaded yet"
            cure = "`daehwa model pull` downloads them now, `daehwa serve` at its first start"
        case "ready" if one.source != "embedded":
            mark, text, cure = _GOOD, f"{name} is configured; it was not contacted", None
        case _:
            mark, text, cure = _GOOD, f"{name} can run here, and its weights are downloaded", None
    console.print(mark, end=" ")
    console.print(text, markup=False, soft_wrap=True)
    if cure:
        console.print(f"    {cure}", markup=False, soft_wrap=True)
    if one.state == "missing":
        _warn_of_space(console)


def _warn_of_space(console: Console) -> None:
    folder = default_data()
    while not folder.exists():
        folder = folder.parent
    if shutil.disk_usage(folder).free < _EMBEDDED_BYTES:
        console.print("    [yellow]the data folder has less than 2 GB of free space[/]")
