"""``daehwa chat``: talk to a bot in the terminal."""

from __future__ import annotations

import asyncio
import json
import uuid
from typing import Annotated, Any, Optional

import typer
from rich.console import Console

from daehwa import lex
from daehwa.cli.options import Answer, Bots, Config, Data, opening
from daehwa.conversation import ChatError, ChatRequest, Runtime, open_runtime
from daehwa.server import quiet_logs


def chat(
    bots: Bots = None,
    *,
    locale: Annotated[
        Optional[str], typer.Option(help="The locale to speak, as ko_KR.", show_default="the first")
    ] = None,
    session: Annotated[
        Optional[str], typer.Option(help="Go on with this session.", show_default="a new one")
    ] = None,
    data: Data = None,
    answer: Answer = None,
    config: Config = None,
) -> None:
    """Talk to a bot in the terminal. Ctrl-D ends it, Ctrl-C stops an answer."""
    quiet_logs()
    runtime = open_runtime(opening(bots, data, config, answer))
    asyncio.run(_talk(runtime, locale, session or uuid.uuid4().hex))


async def _talk(runtime: Runtime, locale: str | None, session: str) -> None:
    console = Console(highlight=False)
    await runtime.start()
    try:
        config = await runtime.chat_config(locale)
        served = config["bots"][0]
        spoken = locale or config["default"]["localeId"]
        console.print(f"[dim]{served['name']} · {spoken} · {session}[/]")
        buttons: list[lex.Button] = []
        while True:
            try:
                text = (await asyncio.to_thread(console.input, "[bold cyan]›[/] ")).strip()
            except EOFError:
                console.print()
                return
            if text.isdigit() and 0 < int(text) <= len(buttons):
                text = buttons[int(text) - 1].value
            if text:
                buttons = await _turn(runtime, console, text, session, spoken)
    finally:
        await runtime.close()


async def _turn(
    runtime: Runtime, console: Console, text: str, session: str, locale: str
) -> list[lex.Button]:
    """One turn; gives the buttons of its cards, to be chosen by number."""
    buttons: list[lex.Button] = []
    streamed = False
    request = ChatRequest(text=text, session_id=session, locale_id=locale)
    try:
        async for event in runtime.chat_stream(request, request_id=str(uuid.uuid4())):
            data: dict[str, Any] = json.loads(event.data)
            if event.name == "status" and data["state"] != "answering":
                console.print(f"[dim]{data['line']}[/]")
            elif event.name == "delta":
                streamed = True
                console.print(data["text"], end="", markup=False)
            elif event.name == "error":
                console.print(f"[red]{data['error']['message']}[/]")
            elif event.name == "done":
                if streamed:
                    console.print()
                for message in data["messages"]:
                    if not streamed or message["contentType"] == "ImageResponseCard":
                        buttons += _show(console, message, len(buttons))
                if data["source"] not in ("intent", "none"):
                    console.print(f"[dim]— {data['source']}: {data['notice'] or data['model']}[/]")
    except ChatError as error:
        console.print(f"[red]{error.message}[/]")
    return buttons


def _show(console: Console, message: dict[str, Any], before: int) -> list[lex.Button]:
    if message["contentType"] != "ImageResponseCard":
        console.print(message["content"], markup=False)
        return []
    card = message["imageResponseCard"]
    console.print(f"[bold]{card['title']}[/]")
    if card.get("subtitle"):
        console.print(card["subtitle"], markup=False)
    buttons = [lex.Button(**button) for button in card.get("buttons") or ()]
    for number, button in enumerate(buttons, before + 1):
        console.print(f"  {number}. {button.text}", markup=False)
    return buttons
