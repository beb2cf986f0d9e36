"""A turn over HTTP beside a bare Starlette echo, on the same server in the same run.

    python bench/turn_http.py [--seconds 3] [--rounds 5] [--json FILE]

Both servers are Granian with the same loop and settings, one process each; the example bots
answer with SQLite on disk. Rounds alternate between echo and bot, so that a busy machine
slows both. Latencies are of one connection that asks again as soon as it was answered; turns a
second, and ``by p50``, of ``--connections`` (eight). Every kind of turn is asked by names of fresh
sessions:

* ``exact``: a sample's own words; needs no sentence encoder
* ``reply``: a whole conversation of HelloWorldBot, two of its three texts replies to prompts
* ``free``: other words than a sample's; needs the encoder, whose own time (as the reply's
  timing tells it) is beside it: ``a turn`` is what one costs under load, in shares of that

The last row is turns a second of one worker and of one for each core. The client that asks takes
its share of the cores too, so beside it stands what the workers would take with a core for each:
as many times one's turns as there are of them, less what a turn costs more of their processors'
time.
"""

import argparse
import asyncio
import contextlib
import itertools
import json
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, cast
from urllib.parse import quote

from granian.constants import Interfaces
from granian.server.embed import Server
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from daehwa import bot
from daehwa.server.event_loop import loop_factory

# Makes the requests of one connection, given a name that no other connection has.
Make = Callable[[str], Iterator[bytes]]

CONNECTIONS = 8
HELLO = ("안녕하세요", "홍길동", "네")
TAILS = {"ko": "좀 알려 주실 수 있을까요", "en": "if you would be so kind"}
_LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)


# --- the two servers ------------------------------------------------------------------


def serve_echo(port: int) -> None:
    """The bare echo: one route, the body back."""

    async def echo(request: Request) -> Response:
        return Response(await request.body(), media_type="application/json")

    async def run() -> None:
        app = Starlette(routes=[Route("/bots/{bot}/text", echo, methods=["POST"])])
        server = Server(app, port=port, interface=Interfaces.ASGI, log_enabled=False)
        await server.serve()

    with asyncio.Runner(loop_factory=loop_factory()) as runner:
        runner.run(run())


@contextlib.contextmanager
def running(
    command: list[str | Path], address: str, **environ: str
) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(command, env={**os.environ, **environ}, stderr=subprocess.DEVNULL)
    try:
        began = time.monotonic()
        while True:
            try:
                urllib.request.urlopen(address, timeout=60).close()
            except urllib.error.HTTPError as error:
                if error.code == 404:
                    break
            except OSError:
                pass
            else:
                break
            if process.poll() is not None or time.monotonic() - began > 120:
                sys.exit(f"{command} does not answer at {address}")
            time.sleep(0.05)
        yield process
    finally:
        process.terminate()
        process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


# --- asking ---------------------------------------------------------------------------


class Load(asyncio.Protocol):
    """One connection that asks the next request as soon as the last was answered."""

    def __init__(self, requests: Iterator[bytes], until: float, done: asyncio.Future[None]) -> None:
        self.requests = requests
        self.until = until
        self.done = done
        self.times: list[float] = []
        self.bodies: list[bytes] = []
        self.buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)
        self.ask()

    def ask(self) -> None:
        self.began = time.perf_counter()
        self.transport.write(next(self.requests))

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        head, gap, body = self.buffer.partition(b"\r\n\r\n")
        if not gap or len(body) < int(_LENGTH.search(head)[1]):
            return
        self.times.append(time.perf_counter() - self.began)
        if not head.startswith(b"HTTP/1.1 200"):
            sys.exit(f"{head.decode()}\n{body.decode()}")
        self.bodies.append(body)
        self.buffer = b""
        if time.perf_counter() < self.until:
            self.ask()
        else:
            self.transport.close()

    def connection_lost(self, _error: Exception | None) -> None:
        if not self.done.done():
            self.done.set_result(None)


async def load(
    port: int, make_requests: Make, seconds: float, connections: int
) -> tuple[list[float], list[bytes]]:
    loop = asyncio.get_running_loop()
    until = time.perf_counter() + seconds
    loads = []
    for number in range(connections):
        done = loop.create_future()
        requests = make_requests(f"{os.getpid()}.{time.time_ns()}.{number}")
        one = Load(requests, until, done)
        await loop.create_connection(lambda one=one: one, "127.0.0.1", port)
        loads.append(one)
    await asyncio.gather(*(one.done for one in loads))
    return [t for one in loads for t in one.times], [b for one in loads for b in one.bodies]


def post(path: str, body: dict[str, str]) -> bytes:
    raw = json.dumps(body).encode()
    head = (
        f"POST {path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\n"
        f"content-length: {len(raw)}\r\n\r\n"
    )
    return head.encode() + raw


ANOTHER = "{number}"
"""What stands in a text for a number that no other text has."""
_NUMBERS = itertools.count()


def lex_turns(bot_id: str, locale: str, texts: Sequence[str]) -> Make:
    """Requests of RecognizeText: conversations of these texts, each in a session of its own."""

    def make(name: str) -> Iterator[bytes]:
        number = 0
        while True:
            number += 1
            session = quote(f"{name}.{number}")
            path = (
                f"/bots/{bot_id}/botAliases/TSTALIASID/botLocales/{locale}/sessions/{session}/text"
            )
            for text in texts:
                yield post(path, {"text": text})

    return make


def chat_turns(bot_id: str, locale: str, texts: Sequence[str]) -> Make:
    """The same by ``/chat``."""

    def make(name: str) -> Iterator[bytes]:
        number = 0
        while True:
            number += 1
            body = {"sessionId": f"{name}.{number}", "botId": bot_id, "localeId": locale}
            for text in texts:
                # No two alike: the sentence encoders remember texts.
                said = text.replace(ANOTHER, str(next(_NUMBERS)))
                yield post("/chat", {"text": said, **body})

    return make


def echoes(_name: str) -> Iterator[bytes]:
    body = post("/bots/x/text", {"text": HELLO[0]})
    while True:
        yield body


def scenarios() -> Iterator[tuple[str, Make, bool]]:
    """(name, make_requests, tells its timing) for each example bot, kind of turn and door."""
    for path in bot.bundled().values():
        definition = bot.load(path)
        bot_id = bot.bot_id(definition)
        for locale_id, locale in definition.locales.items():
            sample = next(
                sample.utterance
                for intent in locale.intents.values()
                for sample in intent.sample_utterances or ()
                if "{" not in sample.utterance
            )
            free = f"{sample} {TAILS[locale_id[:2]]} {ANOTHER}"
            label = f"{definition.name} {locale_id}"
            yield f"{label} exact, Lex", lex_turns(bot_id, locale_id, [sample]), False
            yield f"{label} exact, /chat", chat_turns(bot_id, locale_id, [sample]), False
            if definition.name == "HelloWorldBot":
                yield f"{label} reply, Lex", lex_turns(bot_id, locale_id, HELLO), False
            yield f"{label} free, /chat", chat_turns(bot_id, locale_id, [free]), True


# --- measuring ------------------------------------------------------------------------


def quantile(times: list[float], share: float) -> float:
    return sorted(times)[min(len(times) - 1, int(len(times) * share))] * 1000


def family(pid: int) -> list[int]:
    """A process and those that it has started."""
    below = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(each for child in below for each in family(int(child)))]


def cpu_of_family(pid: int) -> float:
    """The processor's seconds that a process and its children have taken, ended threads included.

    Linux keeps a clock of each process; clock_getcpuclockid(3) makes its number like this.
    """
    return sum(time.clock_gettime((~each << 3) | 2) for each in family(pid))


class Side:
    """One server and what was measured of it. ``cpu`` is its processor time a request."""

    def __init__(self, port: int, process: subprocess.Popen[bytes]) -> None:
        self.port = port
        self.pid = process.pid
        self.times: list[float] = []
        self.crowded: list[float] = []
        self.rates: list[float] = []
        self.cpu: list[float] = []
        self.bodies: list[bytes] = []

    def cpu_seconds(self) -> float:
        return cpu_of_family(self.pid)

    def round(self, requests: Make, seconds: float, connections: int = CONNECTIONS) -> None:
        alone, bodies = asyncio.run(load(self.port, requests, seconds, 1))
        self.times += alone
        self.bodies += bodies
        self.crowd(requests, seconds, connections)

    def crowd(self, requests: Make, seconds: float, connections: int = CONNECTIONS) -> None:
        before = self.cpu_seconds()
        many, _ = asyncio.run(load(self.port, requests, seconds, connections))
        self.crowded += many
        self.cpu.append((self.cpu_seconds() - before) / len(many))
        self.rates.append(len(many) / seconds)

    def row(self, name: str) -> dict[str, float]:
        return {
            f"{name}_p50_ms": round(quantile(self.times, 0.5), 3),
            f"{name}_p99_ms": round(quantile(self.times, 0.99), 3),
            f"{name}_crowded_p50_ms": round(quantile(self.crowded, 0.5), 3),
            f"{name}_per_second": round(statistics.median(self.rates)),
            f"{name}_cpu_ms": round(statistics.median(self.cpu) * 1000, 3),
        }


def measure(
    options: argparse.Namespace,
    echo: tuple[int, subprocess.Popen[bytes]],
    served: tuple[int, subprocess.Popen[bytes]],
) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for name, make, tells in scenarios():
        if not re.search(options.only, name):
            continue
        beside, turns = Side(*echo), Side(*served)
        for _ in range(options.rounds):
            beside.round(echoes, options.seconds, options.connections)
            turns.round(make, options.seconds, options.connections)
        row: dict[str, Any] = {"turn": name, **beside.row("echo"), **turns.row("turn")}
        row["of_echo"] = round(row["turn_per_second"] / row["echo_per_second"], 3)
        row["of_echo_cpu"] = round(row["echo_cpu_ms"] / row["turn_cpu_ms"], 3)
        row["of_echo_p50"] = round(row["echo_crowded_p50_ms"] / row["turn_crowded_p50_ms"], 3)
        told = ""
        if tells:
            nlu = [json.loads(body)["timing"]["nluMs"] / 1000 for body in turns.bodies]
            row["nlu_p50_ms"] = round(quantile(nlu, 0.5), 3)
            # The server does nothing else, so a turn's share of a second is what it costs.
            row["of_nlu"] = round(1000 / row["turn_per_second"] / row["nlu_p50_ms"], 3)
            told = f"; nlu p50 {row['nlu_p50_ms']:.2f} ms, a turn {row['of_nlu']:.2f} of it"
        rows.append(row)
        print(
            f"{name:36} p50 {row['turn_p50_ms']:6.2f} p99 {row['turn_p99_ms']:6.2f} ms, "
            f"{row['turn_per_second']:5}/s, cpu {row['turn_cpu_ms']:.3f} ms; echo p50 "
            f"{row['echo_p50_ms']:.2f} ms, {row['echo_per_second']:6}/s, cpu "
            f"{row['echo_cpu_ms']:.3f} ms; of echo {row['of_echo']:.2f}, by cpu "
            f"{row['of_echo_cpu']:.2f}, by p50 of {options.connections} "
            f"{row['of_echo_p50']:.2f}{told}",
            flush=True,
        )
    return rows


def measure_workers(
    options: argparse.Namespace, daehwa: Path, data: str
) -> Iterator[dict[str, Any]]:
    """Turns a second of one worker and of as many as there are cores, by turns."""
    for wanted in ("exact, /chat", "free, /chat"):
        name, make, _ = next(row for row in scenarios() if wanted in row[0])
        yield measure_gain(options, daehwa, data, name, make)


def measure_gain(
    options: argparse.Namespace, daehwa: Path, data: str, name: str, make: Make
) -> dict[str, Any]:
    """The row of one kind of turn."""
    cores = max(len(os.sched_getaffinity(0)), 2)
    rates: dict[int, list[float]] = {1: [], cores: []}
    costs: dict[int, list[float]] = {1: [], cores: []}
    for _ in range(options.rounds):
        for workers, told in rates.items():
            port = free_port()
            command = [daehwa, "serve", "--port", str(port), "--data", data, "--answer", "none"]
            with running(
                [*command, "--workers", str(workers)],
                f"http://127.0.0.1:{port}/readyz",
                DAEHWA_LOG=options.log,
            ) as server:
                asyncio.run(load(port, make, 1, 4 * CONNECTIONS))
                before = cpu_of_family(server.pid)
                times, _ = asyncio.run(load(port, make, options.seconds, 4 * CONNECTIONS))
                costs[workers].append((cpu_of_family(server.pid) - before) / len(times))
            told.append(len(times) / options.seconds)
    one, many = (statistics.median(told) for told in rates.values())
    row = {"turn": name, "workers": cores, "one": round(one), "many": round(many)}
    row["gain"] = round(many / one, 2)
    dearer = statistics.median(b / a for a, b in zip(costs[1], costs[cores], strict=True))
    row["gain_by_cpu"] = round(cores / dearer, 2)
    print(
        f"{name}: 1 worker {one:.0f}/s, {cores} workers {many:.0f}/s, {row['gain']} times; "
        f"a turn costs {dearer:.2f} times as much, with a core for each {row['gain_by_cpu']} times",
        flush=True,
    )
    return row


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seconds", type=float, default=3, help="of each measurement")
    parser.add_argument("--rounds", type=int, default=5, help="of echo and bot by turns")
    parser.add_argument("--only", default="", help="those whose name matches this expression")
    parser.add_argument("--json", type=Path, help="write the rows to this file")
    parser.add_argument("--connections", type=int, default=CONNECTIONS, help="that ask at once")
    parser.add_argument("--log", default="json", help="DAEHWA_LOG of the server (json, off)")
    parser.add_argument("--echo", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.echo:
        serve_echo(options.echo)
        return
    echo_port, port = free_port(), free_port()
    command = Path(sys.executable).with_name("daehwa")
    with tempfile.TemporaryDirectory() as data:
        echo = [sys.executable, __file__, "--echo", str(echo_port)]
        served = [command, "serve", "--port", str(port), "--data", data, "--answer", "none"]
        with (
            running(echo, f"http://127.0.0.1:{echo_port}/") as beside,
            running(served, f"http://127.0.0.1:{port}/readyz", DAEHWA_LOG=options.log) as turns,
        ):
            rows = measure(options, (echo_port, beside), (port, turns))
        if re.search(options.only, "workers"):
            rows.extend(measure_workers(options, command, data))
    if options.json:
        options.json.write_text(json.dumps(rows, ensure_ascii=False, indent=2) + "\n")


if __name__ == "__main__":
    main()
