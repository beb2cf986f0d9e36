"""``daehwa chat``: talk to a bot in the terminal."""

from __future__ import annotations

import asyncio
import json
import uuid
from typing import Annotated, Any

import typer
from rich.console import Console

from daehwa import lex
from daehwa.cli.options import Answer, Bots, Config, Data, opening
from daehwa.conversation import ChatError, ChatRequest, Runtime, open_runtime
from daehwa.server import configure_logs


def chat(
    bots: Bots = None,
    *,
    locale: Annotated[
        str | None, typer.Option(help="The locale to speak, as ko_KR.", show_default="the first")
    ] = None,
    session: Annotated[
        str | None, typer.Option(help="Go on with this session.", show_default="a new one")
    ] = None,
    data: Data = None,
    answer: Answer = None,
    config: Config = None,
) -> None:
    """Talk to a bot in the terminal. Ctrl-D ends it, Ctrl-C stops an answer."""
    configure_logs("off")
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
    screen = _Screen(console)
    request = ChatRequest(text=text, session_id=session, locale_id=locale)
    try:
        async for event in runtime.chat_stream(request, request_id=str(uuid.uuid4())):
            screen.show(event.name, json.loads(event.data))
    except ChatError as error:
        console.print(f"[red]{error.message}[/]")
    return screen.buttons


class _Screen:
    """Shows the events of one turn; ``buttons`` are those of its cards."""

    def __init__(self, console: Console) -> None:
        self.buttons: list[lex.Button] = []
        self._console = console
        self._streamed = False

    def show(self, name: str, data: dict[str, Any]) -> None:
        if name == "status" and data["state"] != "answering":
            self._console.print(f"[dim]{data['line']}[/]")
        elif name == "delta":
            self._streamed = True
            self._console.print(data["text"], end="", markup=False)
        elif name == "error":
            self._console.print(f"[red]{data['error']['message']}[/]")
        elif name == "done":
            self._finish(data)

    def _finish(self, reply: dict[str, Any]) -> None:
        if self._streamed:
            self._console.print()
        for message in reply["messages"]:
            if message["contentType"] == "ImageResponseCard":
                self._show_card(message["imageResponseCard"])
            elif not self._streamed:
                self._console.print(message["content"], markup=False)
        if reply["source"] not in ("intent", "none"):
            about = reply["notice"] or reply["model"]
            self._console.print(f"[dim]— {reply['source']}: {about}[/]")

    def _show_card(self, card: dict[str, Any]) -> None:
        self._console.print(card["title"], markup=False, style="bold")
        if card.get("subtitle"):
            self._console.print(card["subtitle"], markup=False)
        for button in card.get("buttons") or ():
            self.buttons.append(lex.Button(**button))
            self._console.print(f"  {len(self.buttons)}. {button['text']}", markup=False)
