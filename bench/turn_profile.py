"""Where the microseconds of one turn go, in process: through ``/chat`` and through Lex's API.

    python bench/turn_profile.py [--turns 2000] [--functions 40]

A request goes through the whole application (front, router, body, turn, reply, log, metrics)
without sockets. Each row is the median time of one layer with all that is below it; ``itself``
is what is left without the layers below. ``echo`` is a bare Starlette route that gives its body
back. ``--functions`` adds the functions that cost most, as cProfile counts them (it makes small
functions look dearer than they are).
"""

import argparse
import asyncio
import cProfile
import functools
import json
import pstats
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message

from daehwa import bot, nlu, stores
from daehwa.conversation import ChatChannel, LexRuntime, RuntimePlan, Settings, open_catalogue
from daehwa.conversation.calling import HookCaller
from daehwa.conversation.turns import Turns
from daehwa.server import ServerSettings, configure_logs, doors

TEXT = "안녕하세요"
WARM_UP = 300
# The name of a layer, what is timed, and the layers below it.
LAYERS: tuple[tuple[str, type[Any], str, tuple[str, ...]], ...] = (
    ("channel: /chat", ChatChannel, "reply_in_json", ("turn",)),
    ("channel: Lex", LexRuntime, "recognize", ("turn",)),
    ("turn", Turns, "say", ("store: load", "understanding", "dialog", "store: save")),
    ("store: load", stores.SQLiteStore, "load", ()),
    ("understanding", nlu.Model, "interpret", ()),
    ("dialog", HookCaller, "drive", ()),
    ("store: save", stores.SQLiteStore, "save", ()),
)

Times = dict[str, list[float]]


def timed(times: Times, name: str, owner: type[Any], method: str) -> None:
    """Have each call of a method leave its microseconds in ``times``."""
    inner = getattr(owner, method)
    if asyncio.iscoroutinefunction(inner):

        @functools.wraps(inner)
        async def wrapped(*arguments: Any, **named: Any) -> Any:
            began = time.perf_counter()
            result = await inner(*arguments, **named)
            times.setdefault(name, []).append((time.perf_counter() - began) * 1e6)
            return result
    else:

        @functools.wraps(inner)
        def wrapped(*arguments: Any, **named: Any) -> Any:
            began = time.perf_counter()
            result = inner(*arguments, **named)
            times.setdefault(name, []).append((time.perf_counter() - began) * 1e6)
            return result

    setattr(owner, method, wrapped)


async def post(application: ASGIApp, path: str, body: bytes) -> int:
    """Send a request to the application; the response's status."""
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [
            (b"host", b"127.0.0.1:8080"),
            (b"content-type", b"application/json"),
            (b"content-length", b"%d" % len(body)),
            (b"accept", b"application/json"),
        ],
        "client": ("127.0.0.1", 50000),
        "server": ("127.0.0.1", 8080),
    }
    sent = [{"type": "http.request", "body": body, "more_body": False}]
    status = 0

    async def receive() -> Message:
        return sent.pop() if sent else {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        nonlocal status
        if message["type"] == "http.response.start":
            status = message["status"]

    await application(scope, receive, send)
    return status


async def echo(request: Request) -> Response:
    """Give the body back."""
    return Response(await request.body(), media_type="application/json")


async def measure(
    application: ASGIApp, make: Callable[[int], tuple[str, bytes]], numbers: range
) -> list[float]:
    """The microseconds of each request."""
    times = []
    for number in numbers:
        path, body = make(number)
        began = time.perf_counter()
        status = await post(application, path, body)
        times.append((time.perf_counter() - began) * 1e6)
        if status != 200:
            sys.exit(f"{path} answered {status}")
    return times


def chat_turn(number: int) -> tuple[str, bytes]:
    """A turn of a fresh session through ``/chat``."""
    body = {"text": TEXT, "sessionId": f"chat-{number}", "localeId": "ko_KR"}
    return "/chat", json.dumps(body).encode()


def lex_turn(bot_id: str, number: int) -> tuple[str, bytes]:
    """A turn of a fresh session through Lex's API."""
    path = f"/bots/{bot_id}/botAliases/TSTALIASID/botLocales/ko_KR/sessions/lex-{number}/text"
    return path, json.dumps({"text": TEXT}).encode()


def show(door: str, whole: list[float], times: Times) -> None:
    """Print the table of one door."""
    medians = {name: statistics.median(values) for name, values in times.items()}
    channel = next(name for name in medians if name.startswith("channel"))
    total = statistics.median(whole)
    print(f"{door}: {total:.0f} us a turn; {total - medians[channel]:.0f} of them are HTTP's")
    for name, _, _, below in LAYERS:
        if name in medians:
            itself = medians[name] - sum(medians.get(each, 0.0) for each in below)
            print(f"  {name:16} {medians[name]:7.1f}   itself {itself:6.1f}")


async def run(turns: int, functions: int) -> None:
    """Measure the echo and both doors."""
    configure_logs("json")
    bare = Starlette(routes=[Route("/chat", echo, methods=["POST"])])
    await measure(bare, chat_turn, range(WARM_UP))
    times = await measure(bare, chat_turn, range(turns))
    print(f"echo: {statistics.median(times):.0f} us")
    with tempfile.TemporaryDirectory() as folder:
        plan = RuntimePlan(
            open_catalogue(()),
            functools.partial(stores.open_store, f"sqlite:{Path(folder) / 'sessions.sqlite3'}"),
            None,
            settings=Settings(),
            clock=lambda: datetime.now(UTC),
        )
        inside: Times = {}
        if not functions:
            # Before the store is opened, which binds what is called of it.
            for name, owner, method, _ in LAYERS:
                timed(inside, name, owner, method)
        async with plan.open() as runtime:
            await runtime.learn()
            application = doors(runtime, ServerSettings())
            hello = runtime.catalogue.named("HelloWorldBot")
            assert hello is not None
            both: dict[str, Callable[[int], tuple[str, bytes]]] = {
                "/chat": chat_turn,
                "Lex API": functools.partial(lex_turn, bot.bot_id(hello.definition)),
            }
            for make in both.values():
                await measure(application, make, range(WARM_UP))
            if functions:
                await profile(application, both, range(WARM_UP, WARM_UP + turns), functions)
                return
            for door, make in both.items():
                inside.clear()
                whole = await measure(application, make, range(WARM_UP, WARM_UP + turns))
                show(door, whole, inside)


async def profile(
    application: ASGIApp,
    both: dict[str, Callable[[int], tuple[str, bytes]]],
    numbers: range,
    functions: int,
) -> None:
    """Print the functions that cost most, for each door."""
    for door, make in both.items():
        counted = cProfile.Profile()
        counted.enable()
        await measure(application, make, numbers)
        counted.disable()
        print(door)
        pstats.Stats(counted).sort_stats("tottime").print_stats(functions)


def main() -> None:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(
        description=(sys.modules[__name__].__doc__ or "").split("\n")[0]
    )
    parser.add_argument("--turns", type=int, default=2000)
    parser.add_argument("--functions", type=int, default=0)
    options = parser.parse_args()
    asyncio.run(run(options.turns, options.functions))


if __name__ == "__main__":
    main()
