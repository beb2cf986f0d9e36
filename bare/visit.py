"""What a new user does, step by step; runs inside a bare root with Python's own library alone.

    python3 bare/visit.py [--port N] [--report FILE]

In the folder of a clone: ``make run``, a word that the bot knows, one that it does not (the
offline model's), the page, ``daehwa doctor``, Ctrl-C. Writes what it saw as JSON, and ends with
status 1 and one line when something is not as promised.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

_PATIENCE = 600.0
_POLL = 0.1
# The server is on this machine: no proxy stands before it.
_OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))
_HEALTH = re.compile(r"/(healthz|readyz|metrics)")


class Broken(Exception):
    """A promise that was not kept; the message says which."""


class Visit:
    """One visit; ``report`` fills as it goes."""

    def __init__(self, port: int) -> None:
        self._base = f"http://127.0.0.1:{port}"
        self._port = port
        self._began = time.monotonic()
        self._output = Path("first-run.log").resolve()
        self.report: dict[str, Any] = {}

    def go(self) -> None:
        """Make the visit. Raises ``Broken``."""
        before = _received()
        with self._output.open("wb") as output:
            run = subprocess.Popen(
                ["make", "run"],
                env={**os.environ, "PORT": str(self._port)},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        try:
            self._talk(run)
            self._ask_doctor()
            self._stop(run)
        finally:
            if run.poll() is None:
                os.killpg(run.pid, signal.SIGKILL)
                run.wait()
        self.report["megabytes_received"] = round((_received() - before) / 1e6, 1)
        self.report["megabytes_in_venv"] = _megabytes(Path(".venv"))
        self._read_output()

    def _talk(self, run: subprocess.Popen[bytes]) -> None:
        self._wait_until_served(run)
        self.report["seconds_to_page"] = self._elapsed()
        hello = self._until_learned()
        self.report["seconds_to_first_answer"] = self._elapsed()
        _expect(hello["source"] == "intent", f"the bot does not answer a greeting: {hello}")
        page = self._get("/")
        _expect("<title>" in page, "there is no page at /")
        for asset in re.findall(r'(?:src|href)="(/?[\w./-]+\.(?:js|css))"', page):
            _expect(bool(self._get("/" + asset.lstrip("/"))), f"the page's {asset} is empty")
        self._wait_for_model(run)
        reply = self._chat("What is the capital of France?", "en_US")
        self.report["seconds_to_first_offline_answer"] = self._elapsed()
        _expect(reply["source"] == "embedded", f"the offline model does not answer: {reply}")
        self.report["offline_answer"] = reply["msg"]

    def _wait_until_served(self, run: subprocess.Popen[bytes]) -> None:
        while True:
            _expect(run.poll() is None, f"make run ended with {run.poll()}")
            _expect(self._elapsed() < _PATIENCE, "nothing listens")
            try:
                self._get("/healthz")
            except OSError:
                time.sleep(_POLL)
            else:
                return

    def _until_learned(self) -> dict[str, Any]:
        while True:
            try:
                return self._chat("안녕하세요", "ko_KR")
            except urllib.error.HTTPError as error:
                _expect(
                    error.code == 503 and self._elapsed() < _PATIENCE, f"/chat: {error.read()!r}"
                )
                time.sleep(_POLL)

    def _wait_for_model(self, run: subprocess.Popen[bytes]) -> None:
        while True:
            _expect(run.poll() is None, "the server has ended")
            try:
                state = json.loads(self._get("/readyz"))["answer"]
            except urllib.error.HTTPError as error:
                state = json.loads(error.read())["answer"]
            if state["state"] == "ready":
                return
            _expect(state["state"] in ("loading", "downloading"), f"the offline model: {state}")
            _expect(self._elapsed() < _PATIENCE, f"the offline model is not ready: {state}")
            time.sleep(_POLL)

    def _ask_doctor(self) -> None:
        doctor = subprocess.run(
            [".venv/bin/daehwa", "doctor"], capture_output=True, text=True, check=False
        )
        self.report["doctor"] = doctor.stdout.strip().splitlines()[-1]
        _expect(doctor.returncode == 0, f"doctor: {doctor.stdout}{doctor.stderr}")
        _expect(
            "offline" in doctor.stdout,
            f"doctor does not know of the offline model: {doctor.stdout}",
        )

    def _stop(self, run: subprocess.Popen[bytes]) -> None:
        os.killpg(run.pid, signal.SIGINT)
        try:
            status = run.wait(60)
        except subprocess.TimeoutExpired:
            raise Broken("Ctrl-C does not end it") from None
        _expect(status in (0, 2, 130, -signal.SIGINT), f"Ctrl-C ends it with {status}")

    def _read_output(self) -> None:
        text = self._output.read_text(encoding="utf-8", errors="replace")
        self.report["output"] = text.splitlines()
        _expect("Traceback" not in text, "there is a traceback in the output")
        _expect(f"{self._base}/" in text, "the output does not say what to open")
        _expect("Ctrl-C" in text, "the output does not say how to stop")
        noise = [line for line in text.splitlines() if _HEALTH.search(line)]
        _expect(noise == [], f"health checks stand in the log: {noise[:1]}")

    def _chat(self, text: str, locale: str) -> dict[str, Any]:
        body = json.dumps({"text": text, "localeId": locale}).encode()
        request = urllib.request.Request(
            f"{self._base}/chat", data=body, headers={"content-type": "application/json"}
        )
        with _OPENER.open(request, timeout=120) as response:
            reply: dict[str, Any] = json.load(response)
            return reply

    def _get(self, path: str) -> str:
        with _OPENER.open(self._base + path, timeout=30) as response:
            text: str = response.read().decode()
            return text

    def _elapsed(self) -> float:
        return round(time.monotonic() - self._began, 1)


def _expect(kept: bool, promise: str) -> None:  # noqa: FBT001 - reads as an assertion
    if not kept:
        raise Broken(promise)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _received() -> int:
    """The bytes that this machine has received, but from itself."""
    lines = Path("/proc/net/dev").read_text(encoding="ascii").splitlines()[2:]
    counts = {
        name.strip(): int(rest.split()[0])
        for name, _, rest in (line.partition(":") for line in lines)
    }
    return sum(count for name, count in counts.items() if name != "lo")


def _megabytes(folder: Path) -> float:
    used = sum(path.lstat().st_blocks * 512 for path in folder.rglob("*"))
    return round(used / 1e6, 1)


def main() -> None:
    """Make the visit, write the report."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--port", type=int, help="any free one by default")
    parser.add_argument("--report", type=Path, default=Path("visit.json"))
    options = parser.parse_args()
    visit = Visit(options.port or _free_port())
    fault = None
    try:
        visit.go()
    except (Broken, OSError) as error:
        fault = str(error)
        visit.report["fault"] = fault
    options.report.write_text(
        json.dumps(visit.report, ensure_ascii=False, indent=1), encoding="utf-8"
    )
    if fault is not None:
        sys.exit(f"visit: {fault}")


if __name__ == "__main__":
    main()
