"""``daehwa chat``: talk to a bot in the terminal."""

from __future__ import annotations

import asyncio
import uuid
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from daehwa import lex
from daehwa.chat import (
    Caller,
    ChatError,
    ChatRequest,
    PageConfig,
    SessionReference,
    checked_session_id,
)
from daehwa.cli.options import AnswerOption, Bots, Config, Data, opening
from daehwa.cli.screen import Screen
from daehwa.cli.terminal import Interrupted, Terminal, open_terminal
from daehwa.conversation import Runtime, RuntimePlan, plan_runtime
from daehwa.server import configure_logs

_INTERRUPTED = 130  # as shells have it for a program that Ctrl-C ended


def chat(
    bots: Bots = None,
    *,
    locale: Annotated[
        str | None,
        typer.Option(help="The locale to talk in, such as ko_KR.", show_default="the first"),
    ] = None,
    session: Annotated[
        str | None, typer.Option(help="Continue this session.", show_default="a new one")
    ] = None,
    record: Annotated[
        Path | None,
        typer.Option(
            help="Save the conversation to this file as you go, as a test for daehwa test."
        ),
    ] = None,
    data: Data = None,
    answer: AnswerOption = None,
    config: Config = None,
) -> None:
    """Talk to a bot in the terminal. Ctrl-C stops an answer, Ctrl-D ends the conversation."""
    configure_logs("off")
    if record is not None and record.exists():
        raise typer.BadParameter(f"{record} exists already", param_hint="--record")
    try:
        session = checked_session_id(session)
    except ChatError as error:
        raise typer.BadParameter(error.line("en"), param_hint="--session") from None
    plan = plan_runtime(opening(bots, data, config, answer))
    try:
        asyncio.run(_talk(plan, locale, session, record))
    except (Interrupted, asyncio.CancelledError):
        raise typer.Exit(_INTERRUPTED) from None


async def _talk(plan: RuntimePlan, locale: str | None, session: str, record: Path | None) -> None:
    console = Console(highlight=False)
    async with plan.open() as runtime:
        config = await runtime.chat.config(locale)
        bot_id, spoken = config.default.bot_id, config.default.locale_id
        if locale is not None and not spoken.startswith(locale):
            raise typer.BadParameter(_no_such_locale(locale, config), param_hint="--locale")
        served = next(one for one in config.bots if one.id == bot_id)
        console.print(f"{served.name} · {spoken} · {session}", markup=False, style="dim")
        starters = next(one.starters for one in served.locales if one.id == spoken)
        if starters:
            console.print(" | ".join(starters), markup=False, style="dim")
        reference = SessionReference(session_id=session, bot_id=bot_id, locale_id=spoken)
        async with open_terminal(console) as terminal:
            buttons: list[lex.Button] = []
            while (text := await _line(terminal)) is not None:
                if text.isdigit() and 0 < int(text) <= len(buttons):
                    text = buttons[int(text) - 1].value
                if text:
                    buttons = await _turn(runtime, terminal, reference, text)
                    if record is not None:
                        await _save(runtime, reference, record)


async def _line(terminal: Terminal) -> str | None:
    """The next typed line; ``None`` at the end, after which the shell's own prompt follows."""
    try:
        return (await terminal.line("[bold cyan]›[/] ")).strip()
    except EOFError:
        terminal.console.print()
        return None


async def _save(runtime: Runtime, session: SessionReference, file: Path) -> None:
    """Write the talk so far as a test: a terminal may be closed at any time."""
    talk = await runtime.chat.saved_talk(session)
    await asyncio.to_thread(_write, file, talk.text)


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def _no_such_locale(locale: str, config: PageConfig) -> str:
    spoken = dict.fromkeys(one.id for bot in config.bots for one in bot.locales)
    return f"No bot for {locale}. Choose from {', '.join(spoken)}."


async def _turn(
    runtime: Runtime, terminal: Terminal, session: SessionReference, text: str
) -> list[lex.Button]:
    """Take a turn; return the buttons of its cards, to be chosen by number."""
    screen = Screen(terminal.console)
    message_id = uuid.uuid4().hex
    request = ChatRequest(
        text=text,
        session_id=session.session_id,
        bot_id=session.bot_id,
        locale_id=session.locale_id,
        message_id=message_id,
    )
    try:
        with terminal.answering(partial(runtime.chat.stop, session, message_id)):
            async for event in runtime.chat.stream(request, Caller(request_id=str(uuid.uuid4()))):
                screen.show(event)
    except ChatError as error:
        terminal.console.print(error.line(session.locale_id or "en"), markup=False, style="red")
    return screen.buttons
