"""The runner through boto3 against a live ``daehwa serve``; code hooks run over HTTP."""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final, Self

from conformance.in_process import export, last_record
from conformance.scenario import Scenario, Suite
from conformance.script import HOOK_SECONDS, SCRIPTS
from daehwa import bot
from daehwa.care.testing import call, client

_PATIENCE_SECONDS: Final = 600
_LOG: Final = "conversations.jsonl"
# What is added to the name of a bot that is served once more: without its hook, or with one that
# is waited for for a second instead of half a minute.
_UNHOOKED: Final = "Unhooked"
_HANGING: Final = "Hanging"


class Live:
    """A server in a process of its own with the bots of ``scenarios``; a context manager."""

    def __init__(
        self, suite: Suite, scenarios: Iterable[Scenario], *, shared: Path | None = None
    ) -> None:
        self._suite = suite
        self._shared = shared
        self._scenarios = [s for s in scenarios if s.only_in_process is None]
        self._served: dict[tuple[str, str], bot.Bot] = {}

    def __enter__(self) -> Self:
        with contextlib.ExitStack() as stack:
            self._folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            hooks = ThreadingHTTPServer(("127.0.0.1", 0), _hook_handler(self._functions()))
            threading.Thread(target=hooks.serve_forever, daemon=True).start()
            stack.callback(hooks.server_close)
            stack.callback(hooks.shutdown)
            paths = self._write_bots(hooks.server_port)
            port = _free_port()
            stack.callback(_end, process := self._serve(port, paths))
            _wait(process, f"http://127.0.0.1:{port}/readyz")
            self.client = client(endpoint_url=f"http://127.0.0.1:{port}")
            stack.callback(self.client.close)
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    # --- the channel ------------------------------------------------------------------

    def address(self, scenario: Scenario) -> dict[str, str]:
        """Where the scenario's bot is."""
        served = self._served[scenario.bot, self._manner(scenario)]
        return {
            "botId": bot.bot_id(served),
            "botAliasId": "TSTALIASID",
            "localeId": scenario.locale or next(iter(served.locales)),
        }

    def send(self, operation: str, members: dict[str, Any]) -> dict[str, Any]:
        """Call the operation."""
        return call(self.client, operation, members)

    def wait(self, seconds: float) -> None:
        """Nobody waits here: scenarios that let time pass are left to the runner in process."""
        raise NotImplementedError

    def lead(self, name: str) -> dict[str, str]:
        """Aliases are led by the runner in process."""
        raise NotImplementedError

    def logged(self, session: str) -> dict[str, Any] | None:
        """The session's last record."""
        return last_record(self._folder / _LOG, session)

    # --- the server -------------------------------------------------------------------

    def _functions(self) -> dict[str, Any]:
        """The hook functions that scenarios name, by ``module:function``."""
        named = {s.hook for s in self._scenarios if s.hook is not None}
        functions: dict[str, Any] = {"script": lambda event: SCRIPTS[event["sessionId"]](event)}
        for target in named:
            module, _, function = target.partition(":")
            functions[target] = getattr(importlib.import_module(module), function)
        return functions

    def _write_bots(self, hook_port: int) -> list[Path]:
        """Write every bot and the configuration; a bot once for each manner it is served in."""
        paths, entries = [], []
        for name, manner in sorted({(s.bot, self._manner(s)) for s in self._scenarios}):
            path = export(name, self._suite, self._folder, self._shared)
            definition = bot.load(path)
            if manner:
                definition = _renamed(definition, definition.name + manner)
                path = self._folder / f"{definition.name}.zip"
                bot.save(definition, path)
            paths.append(path)
            self._served[name, manner] = definition
            if any(s.hooked for s in self._scenarios if s.bot == name) and manner != _UNHOOKED:
                target = next((s.hook for s in self._scenarios if s.bot == name and s.hook), None)
                entries.append(
                    _hook_entry(definition.name, hook_port, target, late=manner == _HANGING)
                )
        settings = "\n".join((*entries, f'[logs]\nfile = "{_LOG}"\n'))
        (self._folder / "daehwa.toml").write_text(settings, encoding="utf-8")
        return paths

    def _manner(self, scenario: Scenario) -> str:
        """What is added to the name of the bot that the scenario talks to."""
        if not scenario.hooked:
            hooked = any(s.hooked for s in self._scenarios if s.bot == scenario.bot)
            return _UNHOOKED if hooked else ""
        hangs = any(call.hangs for turn in scenario.talk for call in turn.calls)
        return _HANGING if hangs else ""

    def _serve(self, port: int, paths: list[Path]) -> subprocess.Popen[bytes]:
        environment = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("OPENAI_", "DAEHWA_", "AWS_"))
        }
        command = [sys.executable, "-m", "daehwa", "serve", "--port", str(port), "--answer", "none"]
        command += ["--data", str(self._folder / "data"), *map(str, paths)]
        with (self._folder / "serve.log").open("wb") as log:
            return subprocess.Popen(  # noqa: S603 - our own command
                command,
                cwd=self._folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )


def _renamed(definition: bot.Bot, name: str) -> bot.Bot:
    return bot.Bot(
        name=name,
        idle_session_ttl_in_seconds=definition.idle_session_ttl_in_seconds,
        data_privacy=definition.data_privacy,
        locales=definition.locales,
    )


def _hook_entry(name: str, port: int, target: str | None, *, late: bool) -> str:
    address = f"http://127.0.0.1:{port}/{target or 'script'}"
    timeout = HOOK_SECONDS if late else 30.0
    return f'[[hooks]]\nbot = "{name}"\nurl = "{address}"\ntimeout = {timeout}\n'


def _hook_handler(functions: dict[str, Any]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            event = json.loads(self.rfile.read(int(self.headers["content-length"])))
            chosen = functions["script" if event["sessionId"] in SCRIPTS else self.path[1:]]
            try:
                status, body = 200, json.dumps(chosen(event)).encode()
            except RuntimeError as error:
                status, body = 500, str(error).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            with contextlib.suppress(ConnectionError):
                self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    return Handler


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait(process: subprocess.Popen[bytes], url: str) -> None:
    end = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode}")
        try:
            with urllib.request.urlopen(url, timeout=5):  # noqa: S310 - our own server
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise TimeoutError("the server is not ready")


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
