"""What the bot adds to a language model: processor time and latency, beside a direct call.

    python bench/answers.py [--calls 300] [--at-once 1 32 256] [--litellm PATH] [--json FILE]
    python bench/answers.py --memory 100000

A stub that speaks OpenAI's wire stands for the model, in a process of its own. The same client
asks it directly, through the bot's ``/v1/chat/completions`` (a whole turn: understanding, store,
answer), and, where ``--litellm`` names its command, through litellm as a proxy; 1, 32 and 256 at
once, whole and streamed. The ways take turns, so that a busy machine slows all. Processor time is
that of the server and its children, for each call. ``known`` is the bot again, with one text that
understanding remembers: what a turn with an answer costs beyond understanding.

Before that, in this process: what ``daehwa.answers`` itself costs a call, and over how many
connections paced answers go. With ``--memory`` nothing but that many streamed answers here, every
tenth of which fails, and what this process's memory has grown by since the first tenth of them.
"""

import argparse
import asyncio
import contextlib
import gc
import itertools
import json
import logging
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import aiohttp
import structlog

from daehwa.answers import AnswerError, ChatGPT, Endpoint, Question
from daehwa.answers.testing import Say, StubOpenAI

AT_ONCE = (1, 32, 256)
ANSWER = "The moon is about 384,400 km away from the earth. " * 4
PACED = 1000
# Processor time in a second of a server that does nothing.
_IDLE = 0.05
_TICK = os.sysconf("SC_CLK_TCK")


# --- in this process ------------------------------------------------------------------


async def path_of_an_answer(base_url: str, calls: int) -> dict[str, float]:
    """Milliseconds of processor time a call costs here, whole and streamed; the client alone."""
    costs = {}
    endpoint = Endpoint(base_url=base_url, model="m")
    async with ChatGPT(endpoint) as answerer:
        for way in ("whole", "streamed"):
            began = time.process_time()
            for _ in range(calls):
                question = Question(text="How far is the moon?")
                if way == "whole":
                    await answerer.answer(question)
                else:
                    async for _piece in answerer.stream(question):
                        pass
            costs[way] = (time.process_time() - began) / calls * 1000
    return costs


async def wait_for_first_words(base_url: str, calls: int) -> float:
    """Milliseconds that the first word comes later here than to a bare client, asked in turn."""
    later: list[float] = []
    endpoint = Endpoint(base_url=base_url, model="m")
    body = {"model": "m", "messages": [{"role": "user", "content": "?"}], "stream": True}
    async with ChatGPT(endpoint) as answerer, aiohttp.ClientSession() as session:
        for _ in range(calls):
            began = time.perf_counter()
            async with session.post(f"{base_url}/chat/completions", json=body) as response:
                while b'"content": "The' not in await response.content.readany():
                    pass
                bare = time.perf_counter() - began
                await response.read()
            began = time.perf_counter()
            async with contextlib.aclosing(answerer.stream(Question(text="?"))) as pieces:
                await anext(pieces)
                later.append(time.perf_counter() - began - bare)
                async for _piece in pieces:
                    pass
    return statistics.median(later) * 1000


async def connections_of_paced_answers(count: int) -> int:
    """Over how many connections that many streamed answers go, a few milliseconds apart."""
    async with StubOpenAI(default=Say("One two three"), pause=0.002) as stub:
        endpoint = Endpoint(base_url=stub.base_url, model="m")
        async with ChatGPT(endpoint) as answerer:
            for _ in range(count):
                async for _piece in answerer.stream(Question(text="?")):
                    pass
                await asyncio.sleep(0.005)
        return len(stub.connections)


async def memory_of_answers(base_url: str, count: int) -> float:
    """What memory grows by over that many streamed answers, in MB, after a tenth of them."""
    endpoint = Endpoint(base_url=base_url, model="m")
    gone = Endpoint(base_url=f"http://127.0.0.1:{free_port()}/v1", model="m")
    begun = 0.0
    async with ChatGPT(endpoint) as answerer, ChatGPT(gone) as failing:
        left = iter(range(count))
        before = asyncio.Event()

        async def ask_on() -> None:
            nonlocal begun
            for number in left:
                asked = failing if number % 10 == 0 else answerer
                question = Question(text=f"How far is moon number {number}?", failover=True)
                with contextlib.suppress(AnswerError):
                    async for _piece in asked.stream(question):
                        pass
                if number >= count // 10 and not before.is_set():
                    before.set()
                    begun = resident()

        await asyncio.gather(*(ask_on() for _ in range(32)))
        gc.collect()
        return resident() - begun


def resident() -> float:
    """The memory of this process that is in use, in MB."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


# --- servers --------------------------------------------------------------------------


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def running(command: list[str], url: str, **environ: str) -> Iterator[int]:
    """Run a server until ``url`` answers; its process id."""
    process = subprocess.Popen(
        command,
        env={**os.environ, **environ},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        until = time.monotonic() + 180
        while time.monotonic() < until:
            with contextlib.suppress(OSError):
                try:
                    urllib.request.urlopen(url, timeout=5)
                except urllib.error.HTTPError as error:
                    if error.code >= 500:
                        raise OSError from error
                break
            if process.poll() is not None:
                sys.exit(f"{command[0]} ended with {process.returncode}")
            time.sleep(0.5)
        yield process.pid
    finally:
        process.terminate()
        process.wait(30)


def processor_seconds(pid: int) -> float:
    """Processor time of a process and its children so far."""
    total = 0.0
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal() and _descends(int(folder.name), pid):
            with contextlib.suppress(OSError):
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
                total += (int(fields[11]) + int(fields[12])) / _TICK
    return total


def settle(pid: int, seconds: float = 120) -> None:
    """Wait until a server does nothing on its own any more, as learning a bot's samples."""
    until = time.monotonic() + seconds
    before = processor_seconds(pid)
    while time.monotonic() < until:
        time.sleep(1)
        now = processor_seconds(pid)
        if now - before < _IDLE:
            return
        before = now


def _descends(pid: int, root: int) -> bool:
    while pid > 1:
        if pid == root:
            return True
        try:
            pid = int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            return False
    return False


# --- calls ----------------------------------------------------------------------------


_MOONS = itertools.count()


class Way(NamedTuple):
    """How the model is reached; ``known``: with one text each time, else no two are alike."""

    url: str
    model: str
    pid: int
    known: bool = False

    def question(self) -> str:
        """What is asked next. The sentence encoders remember texts."""
        return f"How far is it from the earth to moon number {0 if self.known else next(_MOONS)}?"


async def measure(way: Way, *, calls: int, at_once: int, stream: bool) -> dict[str, float]:
    """Ask that often; milliseconds to the first word, to the end, and of the server's processor."""
    firsts: list[float] = []
    ends: list[float] = []
    failed: list[bool] = []
    left = iter(range(calls))
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector) as session:

        async def ask_on() -> None:
            for _ in left:
                body = {
                    "model": way.model,
                    "messages": [{"role": "user", "content": way.question()}],
                    "stream": stream,
                }
                began = time.perf_counter()
                async with session.post(f"{way.url}/chat/completions", json=body) as response:
                    failed.append(not response.ok)
                    first = None
                    while chunk := await response.content.readany():
                        if first is None and b'"content":"T' in chunk.replace(b": ", b":"):
                            first = time.perf_counter()
                ends.append(time.perf_counter() - began)
                firsts.append((first or time.perf_counter()) - began)

        before = processor_seconds(way.pid)
        await asyncio.gather(*(ask_on() for _ in range(at_once)))
        taken = processor_seconds(way.pid) - before
    return {
        "first": statistics.median(firsts) * 1000,
        "end": statistics.median(ends) * 1000,
        "cpu": taken / calls * 1000,
        "failed": sum(failed) / calls,
    }


async def compare(ways: dict[str, Way], calls: int, numbers: Sequence[int]) -> list[dict[str, Any]]:
    """Each number at once, whole and streamed, each way in turn; the median of three rounds."""
    rows = []
    for stream in (False, True):
        for at_once in numbers:
            rounds: dict[str, list[dict[str, float]]] = {name: [] for name in ways}
            for _ in range(3):
                for name, way in ways.items():
                    count = max(at_once, calls // 3)
                    figures = await measure(way, calls=count, at_once=at_once, stream=stream)
                    rounds[name].append(figures)
            for name, measured in rounds.items():
                figures = {
                    key: statistics.median(each[key] for each in measured) for key in measured[0]
                }
                answer = "streamed" if stream else "whole"
                rows.append({"way": name, "at_once": at_once, "answer": answer, **figures})
                print(
                    f"{answer:9}{at_once:4} at once  {name:8}"
                    f"  first {figures['first']:8.1f} ms  end {figures['end']:8.1f} ms"
                    f"  cpu {figures['cpu']:6.2f} ms  failed {figures['failed']:.0%}",
                    flush=True,
                )
    return rows


async def bench(calls: int, litellm: str | None, numbers: Sequence[int]) -> dict[str, Any]:
    """All figures."""
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        stub, served, proxy = free_port(), free_port(), free_port()
        upstream = f"http://127.0.0.1:{stub}/v1"
        module = [sys.executable, "-m", "daehwa.answers.testing", "--port", str(stub)]
        stub_pid = stack.enter_context(running([*module, "--say", ANSWER], f"{upstream}/models"))
        costs = await path_of_an_answer(upstream, calls)
        print(f"the answer path itself: {costs['whole']:.2f} ms of processor time a whole answer,")
        print(f"  {costs['streamed']:.2f} ms a streamed one of {len(ANSWER.split())} pieces")
        later = await wait_for_first_words(upstream, calls)
        print(f"the first word comes {later:.2f} ms later than to a bare client (median, in turn)")
        connections = await connections_of_paced_answers(PACED)
        print(f"{PACED} paced answers went over {connections} connections")
        command = [sys.executable, "-m", "daehwa", "serve", "--port", str(served)]
        bot_pid = stack.enter_context(
            running(
                [*command, "--data", str(folder / "data"), "--answer", "chatgpt"],
                f"http://127.0.0.1:{served}/readyz",
                OPENAI_BASE_URL=upstream,
                OPENAI_MODEL="m",
                OPENAI_API_KEY="none",
                DAEHWA_LOG_LEVEL="error",
            )
        )
        ways = {
            "direct": Way(upstream, "m", stub_pid),
            "daehwa": Way(f"http://127.0.0.1:{served}/v1", "PadoBooksBot:en_US", bot_pid),
        }
        ways["known"] = ways["daehwa"]._replace(known=True)
        if litellm is not None:
            config = {
                "model_list": [
                    {
                        "model_name": "m",
                        "litellm_params": {
                            "model": "openai/m",
                            "api_base": upstream,
                            "api_key": "none",
                        },
                    }
                ]
            }
            (folder / "litellm.json").write_text(json.dumps(config))
            start = [litellm, "--config", str(folder / "litellm.json"), "--port", str(proxy)]
            proxy_pid = stack.enter_context(
                running(
                    start,
                    f"http://127.0.0.1:{proxy}/health/liveliness",
                    PYTHONPATH="",
                    LITELLM_LOCAL_MODEL_COST_MAP="True",
                    LITELLM_DANGEROUSLY_PERMIT_WEAK_OR_UNSET_MASTER_KEY="true",
                )
            )
            ways["litellm"] = Way(f"http://127.0.0.1:{proxy}/v1", "m", proxy_pid)
        for way in ways.values():
            settle(way.pid)
        rows = await compare(ways, calls, numbers)
    return {"path": costs, "connections": connections, "rows": rows}


async def grow(count: int) -> None:
    """The figure of ``--memory``."""
    stub = free_port()
    upstream = f"http://127.0.0.1:{stub}/v1"
    command = [sys.executable, "-m", "daehwa.answers.testing", "--port", str(stub)]
    with running([*command, "--say", "It is far."], f"{upstream}/models"):
        grown = await memory_of_answers(upstream, count)
    print(
        f"{count} streamed answers, a tenth of them failed: {grown:+.1f} MB since the first tenth"
    )


def main() -> None:
    """Measure, print, and write the figures down."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=300)
    parser.add_argument("--at-once", type=int, nargs="+", default=AT_ONCE)
    parser.add_argument("--litellm", help="the command of litellm, with its proxy's packages")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--memory", type=int, metavar="ANSWERS")
    given = parser.parse_args()
    # As the server below, which writes no line for an answer.
    errors = structlog.make_filtering_bound_logger(logging.ERROR)
    structlog.configure(wrapper_class=errors)
    if given.memory is not None:
        asyncio.run(grow(given.memory))
        return
    figures = asyncio.run(bench(given.calls, given.litellm, given.at_once))
    if given.json is not None:
        given.json.write_text(json.dumps(figures, indent=2))


if __name__ == "__main__":
    main()
