"""What a person at the terminal sees of the offline model while a server runs.

The server's own ``/readyz`` is read, so that it is the same with one process and with several.
"""

from __future__ import annotations

import ssl
import threading
import urllib.error
import urllib.request
from typing import Self

import msgspec
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from daehwa.conversation import AnswerFailure, AnswerReadiness, RuntimeReadiness

_POLL_SECONDS = 0.5
_TIMEOUT_SECONDS = 5.0
_JOIN_SECONDS = 2.0
# If the output is not a terminal, a line for each part of the download.
_STEPS = 10
_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "[::]": "[::1]"}  # noqa: S104 - not bound, replaced


class ModelProgress:
    """Follows the offline model until it is ready.

    It shows a bar while the weights download, a line with the cure when the model cannot start,
    and one when it is there. ``follow`` begins, in a thread of its own; leaving the context
    ends it.
    """

    def __init__(self, console: Console) -> None:
        self._console = console
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._shown = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        if self._thread is not None:
            self._thread.join(_JOIN_SECONDS)

    def follow(self, address: str) -> None:
        """Begin to follow the server at ``address``, such as ``http://127.0.0.1:8080/``."""
        for bound, reachable in _EVERYWHERE.items():
            address = address.replace(f"//{bound}:", f"//{reachable}:")
        self._thread = threading.Thread(
            target=self._run, args=(f"{address}readyz",), name="model-progress", daemon=True
        )
        self._thread.start()

    def _run(self, url: str) -> None:
        while not self._stop.is_set():
            state = _answer_state(url)
            if state is None or state.source != "embedded":
                if state is not None and state.state in ("ready", "off"):
                    return
            elif state.state == "downloading":
                self._show_download(url)
                continue
            elif state.state == "ready":
                self._print(f"The offline model is ready: {state.model}")
                return
            elif isinstance(state.error, AnswerFailure):
                self._print(f"{state.error.message} {state.error.cure}")
            self._stop.wait(_POLL_SECONDS)

    def _show_download(self, url: str) -> None:
        """Show how far the download is until it ends; the bot talks meanwhile."""
        columns = (
            TextColumn("Downloading the offline model, once"),
            BarColumn(),
            TaskProgressColumn(),
            TimeRemainingColumn(),
        )
        step = -1
        on_terminal = self._console.is_terminal
        with Progress(
            *columns, console=self._console, transient=True, disable=not on_terminal
        ) as bar:
            task = bar.add_task("", total=1.0)
            while not self._stop.is_set():
                state = _answer_state(url)
                if state is not None and state.state != "downloading":
                    return
                done = 0.0 if state is None else state.progress or 0.0
                bar.update(task, completed=done)
                if not on_terminal and int(done * _STEPS) > step:
                    step = int(done * _STEPS)
                    self._print(f"Downloading the offline model, once: {step * 100 // _STEPS} %")
                self._stop.wait(_POLL_SECONDS)

    def _print(self, text: str) -> None:
        if text != self._shown:
            self._shown = text
            self._console.print(text, markup=False, soft_wrap=True)


def _answer_state(url: str) -> AnswerReadiness | None:
    """What ``/readyz`` says of the answerer; ``None`` when it cannot be read now."""
    # Our own server on this machine: no proxy stands before it, and its certificate, which may be
    # for another name, has nothing to prove.
    own = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # with no authorities, which take long to read
    own.check_hostname, own.verify_mode = False, ssl.CERT_NONE
    opener = urllib.request.build_opener(
        urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=own)
    )
    try:
        with opener.open(url, timeout=_TIMEOUT_SECONDS) as response:
            body = response.read()
    except urllib.error.HTTPError as error:
        body = error.read()  # 503 while the bots are learned
    except OSError:
        return None
    try:
        return msgspec.json.decode(body, type=RuntimeReadiness).answer
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
