"""From the command to the first answer, the memory that takes, and learning a bot.

    python bench/start.py [--rounds 3]

``first answer`` is the wall time from starting ``daehwa serve --answer none`` (the two example
bots) to the reply to a text that needs the sentence encoder: ``new`` with an empty data
folder, ``again`` with the bots as they were learned before. ``bare echo`` is a Python process
that imports Starlette and Granian and answers. ``memory`` is the server's resident set after
200 turns, without the embedded model.
"""

import argparse
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from daehwa import bot, nlu

ECHO = """
import asyncio, sys
from granian.constants import Interfaces
from granian.server.embed import Server
async def app(scope, receive, send):
    if scope["type"] == "http":
        body = (await receive()).get("body", b"")
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": body})
from starlette.applications import Starlette
asyncio.run(Server(app, port=int(sys.argv[1]), interface=Interfaces.ASGI).serve())
"""


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def ask(port: int, text: str, session: str) -> bytes:
    """One turn over HTTP, asked again until the server is there."""
    body = json.dumps({"text": text, "sessionId": session, "localeId": "ko_KR"}).encode()
    while True:
        request = urllib.request.Request(
            f"http://127.0.0.1:{port}/chat", body, {"content-type": "application/json"}
        )
        try:
            with urllib.request.urlopen(request, timeout=30) as reply:
                told: bytes = reply.read()
                return told
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.01)


def resident(pid: int) -> float:
    """The resident set of a process, in MB."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def start(command: list[str], port: int) -> tuple[float, float]:
    """Seconds from the command to its first answer, and its memory after 200 turns, in MB."""
    began = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            ask(port, "혹시 안녕하신지 여쭤봐요", "first")
            seconds = time.perf_counter() - began
            for n in range(200):
                ask(port, ("안녕하세요", "오늘 기분 어때", "네")[n % 3], f"s-{n}")
            return seconds, resident(server.pid)
        finally:
            server.terminate()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=(sys.modules[__name__].__doc__ or "").split("\n")[0]
    )
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    figures: dict[str, list[tuple[float, float]]] = {"bare echo": [], "new": [], "again": []}
    for _ in range(rounds):
        port = free_port()
        figures["bare echo"].append(start([sys.executable, "-c", ECHO, str(port)], port))
        with tempfile.TemporaryDirectory() as folder:
            for name in ("new", "again"):
                port = free_port()
                command = [sys.executable, "-m", "daehwa", "serve", "--answer", "none"]
                command += ["--port", str(port), "--data", folder]
                figures[name].append(start(command, port))
    for name, told in figures.items():
        seconds = statistics.median(s for s, _ in told)
        memory = statistics.median(m for _, m in told)
        print(f"{name:10} first answer {seconds:6.2f} s   memory {memory:6.0f} MB")
    for name, path in bot.bundled().items():
        for locale in bot.load(path).locales.values():
            began = time.perf_counter()
            nlu.learn(locale)
            print(f"learning {name} {locale.identifier}: {time.perf_counter() - began:.2f} s")


if __name__ == "__main__":
    main()
