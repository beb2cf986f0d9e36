"""``daehwa doctor``: what is here, what is missing, and what to do about it."""

from __future__ import annotations

import asyncio
import platform
import shutil
from pathlib import Path
from typing import Any

import typer
from rich.console import Console

from daehwa import __version__, answers, bot, stores
from daehwa.cli.options import Answer, Bots, Config, Data, opening
from daehwa.conversation import CatalogueError, RuntimePlan, SettingsError, plan_runtime

_EMBEDDED_BYTES = 2_000_000_000


def doctor(
    bots: Bots = None, *, data: Data = None, answer: Answer = None, config: Config = None
) -> None:
    """Say what works here, what does not, and what to do about it."""
    console = Console(highlight=False)
    console.print(f"Daehwa {__version__}, Python {platform.python_version()}, {platform.system()}")
    try:
        plan = plan_runtime(opening(bots, data, config, answer))
    except (
        bot.BotError,
        CatalogueError,
        SettingsError,
        stores.StoreError,
        answers.AnswerError,
        OSError,
    ) as error:
        console.print(f"[red]✗[/] {type(error).__name__}: ", end="")
        console.print(str(error), markup=False)
        raise typer.Exit(1) from None
    console.print("[green]✓[/] configuration, bots and store can be opened")
    for served in plan.catalogue.bots:
        problems = bot.validate(served.definition)
        mark = "[yellow]![/]" if problems else "[green]✓[/]"
        console.print(f"{mark} {served.definition.name} ({served.id}), {', '.join(served.locales)}")
        for problem in problems:
            console.print(f"    {problem.severity}: {problem}", markup=False)
    readiness = asyncio.run(_readiness(plan))
    state = readiness["answer"]["state"]
    mark = "[green]✓[/]" if state in ("ready", "off", "loading") else "[yellow]![/]"
    console.print(f"{mark} answers: {readiness['answer']['source']}, {state}")
    if state == "missing":
        console.print("    run `daehwa model pull`, or set OPENAI_API_KEY")
        if shutil.disk_usage(Path.home()).free < _EMBEDDED_BYTES:
            console.print("    [yellow]there is less than 2 GB of free space in the home folder[/]")


async def _readiness(plan: RuntimePlan) -> dict[str, Any]:
    async with plan.open() as runtime:
        return await runtime.readiness()
