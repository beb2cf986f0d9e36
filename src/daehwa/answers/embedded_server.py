"""The embedded model's own process: ``python -m daehwa.answers.embedded_server``.

It reads one line of JSON from its standard input (``Order``, the key in it: a command line
can be read by anybody on the machine), loads the weights, serves llama.cpp's OpenAI-compatible
API on a loopback port, and writes ``{"url": ...}`` or ``{"error": ...}`` to its standard
output; ``"missing": true`` beside an error says that llama.cpp itself cannot be loaded here. It
ends when its standard input does, that is when its parent ends, however that happens; on Linux
the kernel sees to it, too.

With ``--try`` it only loads llama.cpp, lets it look at the processor, and writes
``{"version": ...}`` or the error: what is missing is known before weights are fetched.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import signal
import sys
import threading
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TextIO

from daehwa.llama import remove_registration

_LOG_LIMIT = 1 << 20
_LOG_WATCH = 30.0
_PR_SET_PDEATHSIG = 1
# Between system messages and errors: nothing of the conversation is written at this level.
_VERBOSITY = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """How to run: ``context`` is in tokens for each of ``slots`` answers at a time.

    ``parent`` is the process that orders it, ``log`` where llama.cpp's own words go.
    """

    model: str
    alias: str
    key: str
    context: int
    slots: int
    threads: int
    parent: int
    log: str

    def encode(self) -> bytes:
        """Give the line for the child's standard input."""
        return json.dumps(asdict(self)).encode() + b"\n"


def main() -> int:
    """Serve until standard input ends; with ``--try``, load the library and end."""
    if sys.argv[1:] == ["--try"]:
        return _try_library()
    # Ctrl-C goes to the whole terminal; when to end is the parent's to output.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    order = Order(**json.loads(sys.stdin.buffer.readline()))
    if sys.platform == "linux" and not _die_with(order.parent):
        return 0
    threading.Thread(target=_watch_parent, name="watch-parent", daemon=True).start()
    with _aside(Path(order.log)) as output:
        try:
            url = _serve(order)
        except Exception as error:  # noqa: BLE001 - whatever llama.cpp raises ends here, reported
            output.write(_failure(error))
            return 1
        remove_registration(os.getpid())
        output.write(json.dumps({"url": url}) + "\n")
        output.flush()
        while True:
            threading.Event().wait(_LOG_WATCH)
            _truncate(Path(order.log))


def _try_library() -> int:
    try:
        import xllamacpp  # noqa: PLC0415
    except ImportError as error:
        sys.stdout.write(_failure(error))
        return 1
    # On a processor that it is not made for, this ends as loading weights would.
    xllamacpp.get_system_info()
    sys.stdout.write(json.dumps({"version": xllamacpp.__version__}) + "\n")
    return 0


def _failure(error: Exception) -> str:
    """The line that reports an error to the parent."""
    report: dict[str, object] = {"error": f"{type(error).__name__}: {error}"}
    if isinstance(error, ImportError):
        report["missing"] = True
    return json.dumps(report) + "\n"


def _serve(order: Order) -> str:
    # Imported here: it takes its time, and the parent's death must be watched before.
    import xllamacpp  # noqa: PLC0415

    params = xllamacpp.CommonParams()
    params.model.path = order.model
    params.model_alias = {order.alias}
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.api_keys = [order.key]
    params.ui = False
    params.endpoint_slots = False
    params.offline = True
    params.cors_origins = ""
    params.n_ctx = order.context * order.slots
    params.n_parallel = order.slots
    params.cpuparams.n_threads = order.threads
    params.cpuparams_batch.n_threads = order.threads
    # Prompts of past conversations would be kept in memory, 8 GB of them by default.
    params.cache_ram_mib = 0
    params.verbosity = _VERBOSITY
    server = xllamacpp.Server(params)
    _kept.append(server)
    return str(server.listening_address)


_kept: list[object] = []


def _die_with(parent: int) -> bool:
    """Ask the kernel to kill this process when its parent ends; ``False``: it has ended."""
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    return os.getppid() == parent


def _watch_parent() -> None:
    while sys.stdin.buffer.read(1 << 12):
        pass
    # Threads of llama.cpp may be in the middle of anything: no clean-up, just the end.
    os._exit(0)


@contextlib.contextmanager
def _aside(log: Path) -> Iterator[TextIO]:
    """Send what llama.cpp prints into ``log``, and give the real standard output."""
    log.parent.mkdir(0o700, parents=True, exist_ok=True)
    _truncate(log)
    into = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(os.dup(1), "w") as output:
        os.dup2(into, 1)
        os.dup2(into, 2)
        os.close(into)
        yield output


def _truncate(log: Path) -> None:
    """Keep the log under its limit by starting a new one; the one before is kept once."""
    with contextlib.suppress(OSError):
        if log.stat().st_size > _LOG_LIMIT:
            before = log.with_suffix(".log.1")
            before.touch(0o600)
            before.write_bytes(log.read_bytes())
            os.truncate(log, 0)


if __name__ == "__main__":
    sys.exit(main())
