"""How long the event loop is held while the server works: the worst, and one time in a thousand.

    python bench/loop_lag.py [NAME ...] [--seconds 5] [--stacks] [--json FILE]

A server with the example bots, as ``daehwa serve`` starts it, in a process of its own; a task in
its event loop wants to run every millisecond, and notes how much later it did, in milliseconds.
On a machine that has other things to do that is not a fault of the server's: ``held`` is the lag as
far as the server's own process computed in that time, in whichever thread (more than held it, if
several did), and its own work what the event loop's thread did.

idle         nothing
samples      a sample's own words, from 8 clients
free_words   words that need the sentence encoder, from 8 clients
build        1,500 utterances are learned through the model-building API, while samples are said
upload       64 MB are uploaded for an import, while samples are said
answer       a model answers with 200 kB of text, as one reply and streamed, while samples are said
transcript   a transcript of 2,000 turns is read again and again, while samples are said

``--stacks`` prints where the loop was whenever it was held for more than 8 ms.
"""

import argparse
import asyncio
import functools
import itertools
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from collections import Counter
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import IO, Any

import aiohttp
import boto3

from daehwa.answers.testing import Say, StubOpenAI

SAMPLE = {"text": "안녕하세요", "botId": "HELLOWORLD", "localeId": "ko_KR"}
WORDS = (
    "do you have anything to read about the sea",
    "what time do you close on sundays",
    "my cousin would love something with dragons",
    "is there a quiet corner where I could work",
)
ALARM_SECONDS = 0.008
CREDENTIALS = {
    "region_name": "us-east-1",
    "aws_access_key_id": "any",
    "aws_secret_access_key": "any",
}


# --- in the server's process ----------------------------------------------------------


class Probe:
    """Notes lags of the event loop, and where it was when it was held for long."""

    def __init__(self) -> None:
        self.lags: list[tuple[float, float, float]] = []
        self.places: Counter[str] = Counter()
        self.ticked = time.perf_counter()

    async def watch(self) -> None:
        """Tick for ever."""
        while True:
            began, cpu, own = time.perf_counter(), time.process_time(), time.thread_time()
            await asyncio.sleep(0.001)
            self.ticked = time.perf_counter()
            late = max(0.0, self.ticked - began - 0.001)
            held = min(late, time.process_time() - cpu)
            self.lags.append((late, held, min(late, time.thread_time() - own)))

    def look(self, thread: int) -> None:
        """From another thread: see where the loop is when it has not ticked for long."""
        while True:
            time.sleep(0.002)
            if time.perf_counter() - self.ticked > ALARM_SECONDS:
                frames = traceback.extract_stack(sys._current_frames()[thread])  # noqa: SLF001
                ours = [f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in frames]
                self.places[" < ".join(reversed(ours[-6:]))] += 1

    def take(self) -> dict[str, Any]:
        """The figures since the last time."""
        lags, self.lags = self.lags, []
        places, self.places = self.places, Counter()
        if not lags:
            return {}
        late, held, own = (sorted(one[at] * 1000 for one in lags) for at in (0, 1, 2))
        rank = min(len(lags) - 1, int(len(lags) * 0.999))
        return {
            "ticks": len(lags),
            "own_p999": round(own[rank], 1),
            "own_worst": round(own[-1], 1),
            "held_p999": round(held[rank], 1),
            "held_worst": round(held[-1], 1),
            "late_p50": round(statistics.median(late), 2),
            "late_p999": round(late[rank], 1),
            "late_worst": round(late[-1], 1),
            "memory_mb": _resident_mb(),
            "places": places.most_common(8),
        }


def _resident_mb() -> int:
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * 4096 // 10**6


def serve(port: int, folder: Path, *, stacks: bool) -> None:
    """Serve until the line ``end``; each other line is answered with the figures up to it."""
    from daehwa.conversation import Opening, plan_runtime  # noqa: PLC0415 - the server's alone
    from daehwa.server import ServerSettings, configure_logs  # noqa: PLC0415
    from daehwa.server.serving import serve_here  # noqa: PLC0415

    configure_logs("json", "error")
    probe = Probe()
    running: list[asyncio.Task[None]] = []

    def started() -> None:
        running.append(asyncio.get_running_loop().create_task(probe.watch()))
        threading.Thread(target=answer, daemon=True).start()
        if stacks:
            main = threading.main_thread().ident
            threading.Thread(target=probe.look, args=(main,), daemon=True).start()

    def answer() -> None:
        print("started", flush=True)
        for _ in sys.stdin:
            print(json.dumps(probe.take()), flush=True)
        os._exit(0)

    config = folder / "daehwa.toml"
    config.write_text("[chatgpt]\nmax_tokens = 100000\n", encoding="utf-8")
    opening = Opening(data=str(folder / "data"), config=str(config), answer="chatgpt")
    serve_here(
        functools.partial(plan_runtime, opening),
        "127.0.0.1",
        port,
        ServerSettings(),
        data=folder / "data",
        started=started,
    )


# --- in this one ----------------------------------------------------------------------


class Driver:
    """What clients do to the server at ``url``."""

    def __init__(self, url: str, model: StubOpenAI, seconds: float) -> None:
        self._url = url
        self._model = model
        self._seconds = seconds
        self._numbers = itertools.count()

    async def idle(self) -> None:
        """Do nothing."""
        await asyncio.sleep(self._seconds)

    async def samples(self) -> None:
        """Say samples."""
        await self._say_for_a_while(itertools.repeat(SAMPLE), clients=8)

    async def free_words(self) -> None:
        """Say what no sample says."""
        texts = (
            {"text": f"{words} {number}", "botId": "PADOBOOKS1", "localeId": "en_US"}
            for number in itertools.count()
            for words in WORDS
        )
        await self._say_for_a_while(texts, clients=8)

    async def build(self) -> None:
        """Build a bot of 1,500 utterances."""
        await self._beside_samples(asyncio.to_thread(build_bot, self._url))

    async def upload(self) -> None:
        """Upload what is no bot."""
        await self._beside_samples(self._upload())

    async def answer(self) -> None:
        """Have long answers."""
        # No two lines are alike: what repeats itself for ever is cut.
        text = "\n".join(f"- item **{n}** costs {n * 7919 % 9973} won" for n in range(6000))
        for _ in range(8):
            self._model.script(Say(text), Say(text))

        async def answers() -> None:
            async with aiohttp.ClientSession() as session:
                for number in range(8):
                    for kind in ("application/json", "text/event-stream"):
                        asking = {"text": f"zq{number} xv", "botId": "HELLOWORLD"}
                        async with session.post(
                            f"{self._url}/chat", json=asking, headers={"Accept": kind}
                        ) as reply:
                            body = await reply.read()
                        assert len(body) > 2e5, body[-500:]

        await self._beside_samples(answers())

    async def transcript(self) -> None:
        """Read a long transcript."""
        async with aiohttp.ClientSession() as session:
            for _ in range(2000):
                await self._say(session, {**SAMPLE, "sessionId": "long"})

            async def read() -> None:
                for _ in range(10):
                    at = f"{self._url}/chat/sessions/long"
                    asked = {"botId": "HELLOWORLD", "localeId": "ko_KR"}
                    async with session.get(at, params=asked) as reply:
                        assert reply.status == 200, await reply.text()
                        await reply.read()

            await self._beside_samples(read())

    async def _upload(self) -> None:
        client = boto3.client("lexv2-models", endpoint_url=self._url, **CREDENTIALS)
        for _ in range(2):
            place = await asyncio.to_thread(client.create_upload_url)
            async with (
                aiohttp.ClientSession() as session,
                session.put(place["uploadUrl"], data=os.urandom(63 * 2**20)) as reply,
            ):
                assert reply.status == 200, reply.status

    async def _beside_samples(self, work: Awaitable[None]) -> None:
        saying = asyncio.create_task(
            self._say_for_a_while(itertools.repeat(SAMPLE), clients=2, seconds=1e6)
        )
        await work
        saying.cancel()
        await asyncio.gather(saying, return_exceptions=True)

    async def _say_for_a_while(
        self, requests: Any, *, clients: int, seconds: float | None = None
    ) -> None:
        end = time.monotonic() + (self._seconds if seconds is None else seconds)

        async def talk(session: aiohttp.ClientSession) -> None:
            while time.monotonic() < end:
                await self._say(session, {**next(requests), "sessionId": f"s{next(self._numbers)}"})

        async with aiohttp.ClientSession() as session:
            await asyncio.gather(*(talk(session) for _ in range(clients)))

    async def _say(self, session: aiohttp.ClientSession, request: dict[str, Any]) -> None:
        async with session.post(f"{self._url}/chat", json=request) as reply:
            assert reply.status == 200, await reply.text()
            await reply.read()


def build_bot(url: str) -> None:
    """Make a bot with 30 intents of 50 utterances, and wait until it is built."""
    client = boto3.client("lexv2-models", endpoint_url=url, **CREDENTIALS)
    bot = client.create_bot(
        botName=f"Large{time.monotonic_ns()}",
        roleArn="arn:aws:iam::123456789012:role/any",
        dataPrivacy={"childDirected": False},
        idleSessionTTLInSeconds=300,
    )["botId"]
    place = {"botId": bot, "botVersion": "DRAFT", "localeId": "en_US"}
    client.create_bot_locale(**place, nluIntentConfidenceThreshold=0.4)
    verbs = ("order", "cancel", "change", "describe", "compare", "return")
    things = ("roses", "tulips", "lilies", "a wreath", "the basket")
    for verb, thing in itertools.product(verbs, things):
        said = [f"{verb} {thing} for number {number} please" for number in range(50)]
        client.create_intent(
            **place,
            intentName=f"{verb}{thing.title().replace(' ', '')}",
            sampleUtterances=[{"utterance": utterance} for utterance in said],
        )
    client.build_bot_locale(**place)
    while client.describe_bot_locale(**place)["botLocaleStatus"] not in ("Built", "Failed"):
        time.sleep(0.1)
    # Memory is given back a moment after that.
    time.sleep(0.5)


async def measure(options: argparse.Namespace) -> list[dict[str, Any]]:
    """A row for each scenario."""
    rows = []
    async with StubOpenAI() as model:
        with tempfile.TemporaryDirectory() as folder:
            port = unused_port()
            command = [sys.executable, __file__, "--serve", str(port), folder]
            command += ["--stacks"] if options.stacks else []
            kept = {k: v for k, v in os.environ.items() if not k.startswith("DAEHWA_")}
            environment = kept | {"OPENAI_BASE_URL": model.base_url, "OPENAI_API_KEY": "sk-bench"}
            with subprocess.Popen(  # noqa: ASYNC220 - the server that is measured
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                cwd=folder,
                env=environment,
            ) as server:
                assert server.stdin is not None
                assert server.stdout is not None
                await asyncio.to_thread(server.stdout.readline)
                url = f"http://127.0.0.1:{port}"
                await learned(url)
                driver = Driver(url, model, options.seconds)
                scenarios = [getattr(driver, name) for name in options.names]
                await driver.free_words()  # the encoder is loaded
                for scenario in scenarios:
                    ask(server.stdin, server.stdout)
                    await scenario()
                    row = {"what": scenario.__name__, **ask(server.stdin, server.stdout)}
                    rows.append(row)
                    show(row)
                server.stdin.close()
    return rows


async def learned(url: str) -> None:
    """Wait until the server can talk."""
    async with aiohttp.ClientSession() as session:
        while True:
            async with session.get(f"{url}/readyz") as reply:
                if reply.status == 200:
                    return
            await asyncio.sleep(0.2)


def ask(to: IO[str], of: IO[str]) -> dict[str, Any]:
    """The server's figures since the last time."""
    to.write("now\n")
    to.flush()
    figures: dict[str, Any] = json.loads(of.readline())
    return figures


def show(row: dict[str, Any]) -> None:
    """Print a row."""
    print(
        f"{row['what']:11} held p99.9 {row['held_p999']:6.1f} worst {row['held_worst']:6.1f} ms "
        f"(its own work {row['own_p999']:.1f}, {row['own_worst']:.1f}), "
        f"late p50 {row['late_p50']:5.2f} p99.9 {row['late_p999']:6.1f} "
        f"worst {row['late_worst']:6.1f} ms, {row['memory_mb']} MB",
        flush=True,
    )
    for place, times in row["places"]:
        print(f"    {times} x {place}", flush=True)


def unused_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


SCENARIOS: dict[str, Callable[[Driver], Awaitable[None]]] = {
    name: getattr(Driver, name)
    for name in ("idle", "samples", "free_words", "build", "upload", "answer", "transcript")
}


def main() -> None:
    """Measure, and print a line for each scenario."""
    if sys.argv[1:2] == ["--serve"]:
        serve(int(sys.argv[2]), Path(sys.argv[3]), stacks="--stacks" in sys.argv)
        return
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("names", nargs="*", help=f"of {', '.join(SCENARIOS)}; all by default")
    parser.add_argument("--seconds", type=float, default=5, help="of each scenario, at least")
    parser.add_argument("--stacks", action="store_true", help="show where the loop was held")
    parser.add_argument("--json", type=Path, help="write the rows to this file")
    options = parser.parse_args()
    options.names = options.names or list(SCENARIOS)
    rows = asyncio.run(measure(options))
    if options.json:
        options.json.write_text(json.dumps(rows, indent=2) + "\n")


if __name__ == "__main__":
    main()
