"""A process that runs one code hook's Python function: started, called, watched, ended."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import os
import signal
import socket
import struct
import subprocess
import sys
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, cast

import msgspec

from daehwa import handlers, tracing
from daehwa.hooks.errors import HookError, HookMisconfigured, HookRaised, HookUnreachable
from daehwa.hooks.output import HookOutput
from daehwa.hooks.payload import refusal

_LENGTH: Final = struct.Struct(">I")
# A reply of the most characters, each of which takes six bytes, is shorter.
_LONGEST_MESSAGE: Final = 8 * 2**20
_AT_ONCE: Final = 2**17
# How soon an ``async`` function has to react to the end of its time.
_REACTION_SECONDS: Final = 0.5
_LOOK_SECONDS: Final = 0.25
_IDLE_SECONDS: Final = 600.0
_PAGE: Final = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


class HookProcess(asyncio.Protocol):
    """The process for the function ``target``, which belongs to the running event loop.

    ``ended`` is called once, when it has ended. ``is_async`` and ``path`` are known once it has
    ``started``; ``calls`` is how many it has in progress.
    """

    def __init__(
        self, target: str, *, memory_mb: int, label: str, ended: Callable[[HookProcess], None]
    ) -> None:
        self.is_async = False
        self.path: Path | None = None
        self._target = target
        self._memory_mb = memory_mb
        self._label = label
        self._ended = ended
        self._loop = asyncio.get_running_loop()
        self._ready: asyncio.Future[None] = self._loop.create_future()
        self._waiting: dict[int, asyncio.Future[Any]] = {}
        self._number = 0
        self._buffer = bytearray()
        self._transport: asyncio.Transport | None = None
        # The process that was started keeps the one that runs the function, or is that.
        self._popen: subprocess.Popen[bytes] | None = None
        self._running: int | None = None
        self._output: HookOutput | None = None
        self._death: int | None = None
        self._socket = -1
        self._reason: str | None = None
        self._retired = False
        self._cut_off = False
        self._looking: asyncio.TimerHandle | None = None
        self._idling: asyncio.TimerHandle | None = None
        self._gone = asyncio.Event()

    @property
    def pid(self) -> int | None:
        """Its id; ``None`` before its start and after its end."""
        return None if self._popen is None else self._popen.pid

    @property
    def calls(self) -> int:
        """How many calls it has in progress."""
        return len(self._waiting)

    @property
    def lives(self) -> bool:
        """Whether it takes calls."""
        started = self._popen is not None and not self._cut_off
        return started and self._reason is None and not self._retired

    async def start(self) -> None:
        """Start it and wait until it has imported the function; cancelled, it is ended.

        Raises:
            HookMisconfigured: the function cannot be imported.
            HookUnreachable: no process can be started.
        """
        ours, its = socket.socketpair()
        read, write = os.pipe()
        try:
            with its:
                server = _server_pipe()
                self._popen = subprocess.Popen(  # noqa: ASYNC220, S603 - copies nothing; the configured hook
                    _command(its, server, self._target),
                    stdin=subprocess.DEVNULL,
                    stdout=write,
                    stderr=write,
                    pass_fds=(its.fileno(), server),
                    # Ctrl-C in a terminal is for the server, which ends this one.
                    start_new_session=True,
                    env=_environment(self._target, self._memory_mb),
                )
        except OSError as error:
            ours.close()
            os.close(read)
            raise HookUnreachable(f"no process could be started for it: {error}") from None
        finally:
            os.close(write)
        self._output = HookOutput(read, self._label)
        # Its end is heard there though what it has started holds the socket open. Where the system
        # has none, or a sandbox forbids it, it is looked for.
        with contextlib.suppress(AttributeError, OSError):
            self._death = os.pidfd_open(self._popen.pid)
            self._loop.add_reader(self._death, self._end)
        self._look()
        self._socket = ours.fileno()
        try:
            await self._loop.create_unix_connection(lambda: self, sock=ours)
            await self._ready
        except BaseException:
            self.kill("it was no longer needed")
            raise
        self._idle()

    async def call(self, event: dict[str, Any], *, seconds: float) -> object:
        """Call the function; when the caller gives up, the call ends, with its process if need be.

        Raises:
            HookRaised: the function raised, or ended its process.
            lex.DependencyFailedException: its reply is not JSON.
        """
        self._number += 1
        number = self._number
        future: asyncio.Future[Any] = self._loop.create_future()
        self._waiting[number] = future
        if self._idling is not None:
            self._idling.cancel()
        if self._output is not None and not self.is_async:
            self._output.request_id = tracing.request_id()
        self._send(
            {
                "id": number,
                "request": str(uuid.uuid4()),
                "event": event,
                "seconds": seconds,
                "memory": self._memory_mb,
            }
        )
        try:
            return await future
        except asyncio.CancelledError:
            self._give_up(number)
            raise
        finally:
            self._idle()

    def retire(self) -> None:
        """Take no more calls, and end after those in progress."""
        self._retired = True
        self._idle()

    def kill(self, reason: str) -> None:
        """End it and what it has started, now; ``reason`` is for the calls in progress."""
        if self._reason is None:
            self._reason = reason
        if self._popen is None:
            return
        _kill_below(self._popen.pid)
        if self._is_kept:
            self._end_keeper(self._popen.pid)
        else:
            _kill_group(self._popen.pid)

    def kill_and_reap(self) -> None:
        """End it where its event loop has ended before."""
        popen, self._popen = self._popen, None
        if popen is not None:
            _kill_below(popen.pid)
            _kill_group(popen.pid)
            popen.wait()
        if self._death is not None:
            os.close(self._death)
            self._death = None
        if self._output is not None:
            self._output.abandon()

    async def gone(self) -> None:
        """Wait until it has ended."""
        if self._popen is not None:
            await self._gone.wait()

    # --- what the loop calls ---------------------------------------------------------

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep what writes to it."""
        # uvloop's is one by its methods only.
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """Take its messages."""
        self._buffer += data
        while len(self._buffer) >= _LENGTH.size:
            (length,) = _LENGTH.unpack_from(self._buffer)
            if length > _LONGEST_MESSAGE:
                self._disown()
                return
            end = _LENGTH.size + length
            if len(self._buffer) < end:
                return
            content = bytes(self._buffer[_LENGTH.size : end])
            del self._buffer[:end]
            try:
                self._take(msgspec.json.decode(content, type=dict[str, Any]))
            except (msgspec.DecodeError, KeyError, TypeError, RecursionError):
                self._disown()
                return

    def _disown(self) -> None:
        """End it and ignore what it still sends: message boundaries are lost."""
        self._buffer.clear()
        self.kill("it wrote into the server's socket")
        if self._transport is not None:
            self._transport.abort()

    def connection_lost(self, _error: Exception | None) -> None:
        """End it: without its socket it is good for nothing."""
        if self._popen is None or not self._is_kept:
            self.kill("")
            return
        # How it ended is not known yet, if it did: its keeper ends as it did.
        self._cut_off = True
        self._end_keeper(self._popen.pid)

    @property
    def _is_kept(self) -> bool:
        """Whether what was started is a keeper, and not what runs the function."""
        return self._popen is not None and self._running not in {None, self._popen.pid}

    def _end_keeper(self, pid: int) -> None:
        """Have the keeper end all below it, and then itself."""
        for number in (signal.SIGTERM, signal.SIGCONT):
            _signal(pid, number)

        def end() -> None:
            if self._popen is not None:
                _kill_below(pid)
                _kill_group(pid)

        self._loop.call_later(_REACTION_SECONDS, end)

    def _send(self, message: dict[str, Any]) -> None:
        content = msgspec.json.encode(message)
        if self._transport is not None:
            self._transport.write(_LENGTH.pack(len(content)) + content)

    def _take(self, message: dict[str, Any]) -> None:
        if "pid" in message:
            self._running = int(message["pid"])
            return
        if "ready" in message:
            path = message["path"] and os.fsdecode(bytes.fromhex(message["path"]))
            self.is_async, self.path = bool(message["ready"]), None if path is None else Path(path)
            if not self._ready.done():
                self._ready.set_result(None)
            return
        if "failed" in message:
            self._fail_start(
                HookMisconfigured(
                    str(message["failed"]), summary=message["summary"], missing=message["missing"]
                )
            )
            return
        future = self._waiting.pop(message["id"], None)
        if future is None or future.done():
            return
        if "raised" in message:
            future.set_exception(HookRaised(message["raised"], summary=message["summary"]))
        elif "refused" in message:
            future.set_exception(refusal(str(message["refused"])))
        else:
            future.set_result(message["reply"])

    def _read_rest(self) -> None:
        """Take its last messages, such as why it ended: its end may be heard before them."""
        if self._transport is None or self._transport.is_closing():
            return
        with contextlib.suppress(OSError):  # there is no more
            for _ in range(_LONGEST_MESSAGE // _AT_ONCE):  # what it started may write for ever
                if not (data := os.read(self._socket, _AT_ONCE)):
                    break
                self.data_received(data)

    def _fail_start(self, error: HookError) -> None:
        if not self._ready.done():
            self._ready.set_exception(error)
            self._ready.exception()  # whoever started it may have given up

    def _idle(self) -> None:
        """End it when it has no call in progress, at once or after it has had none for long."""
        if self._waiting or self._popen is None:
            return
        if self._retired:
            self.kill("it was replaced")
        else:
            self._idling = self._loop.call_later(_IDLE_SECONDS, self.retire)

    def _give_up(self, number: int) -> None:
        if not self.is_async:
            self._waiting.pop(number, None)
            self.kill("its time was over")
            return
        self._send({"cancel": number})

        def look() -> None:
            if self._waiting.pop(number, None) is not None:
                self.kill("it did not react when the time of a call was over")

        self._loop.call_later(_REACTION_SECONDS, look)

    def _look(self) -> None:
        """End it when it takes more memory than it may."""
        self._looking = self._loop.call_later(_LOOK_SECONDS, self._look)
        if self._death is None:
            self._end()
        if self._running is not None and _resident_mb(self._running) > self._memory_mb:
            self.kill(f"it took more than {self._memory_mb:,} MB of memory")

    def _end(self) -> None:
        """Release it once it has ended."""
        popen = self._popen
        if popen is None or not _has_ended(popen):
            return
        # What is still in its group goes with it; until it is reaped its id is its own.
        _kill_group(popen.pid)
        popen.wait()
        self._read_rest()
        self._popen = self._running = None
        for timer in (self._looking, self._idling):
            if timer is not None:
                timer.cancel()
        if self._death is not None:
            self._loop.remove_reader(self._death)
            os.close(self._death)
            self._death = None
        if self._transport is not None:
            self._transport.abort()
        if self._output is not None:
            self._output.close()
        reason = self._reason or _ending(popen.returncode)
        self._reason = reason
        self._fail_start(HookMisconfigured(f"it ended while it was imported: {reason}"))
        for future in self._waiting.values():
            if not future.done():
                future.set_exception(HookRaised(f"Runtime exited with error: {reason}"))
        self._waiting.clear()
        self._gone.set()
        self._ended(self)


def _command(its: socket.socket, server: int, target: str) -> list[str]:
    # -P: no module of the working directory may stand in for ours.
    return [sys.executable, "-P", "-m", "daehwa.handlers", str(its.fileno()), str(server), target]


@functools.cache
def _server_pipe() -> int:
    """The end of a pipe that reports the end of this process: nobody else has the other one."""
    read, _ = os.pipe()
    return read


def _environment(target: str, memory_mb: int) -> dict[str, str]:
    """The server's environment without what is its own, and with what AWS Lambda sets."""
    module, _, function = target.rpartition(":")
    folder = Path(module).absolute().parent if module.endswith(".py") else Path.cwd()
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("DAEHWA_") and name not in _OUR_SECRETS
    }
    regions = (kept.get("AWS_REGION"), kept.get("AWS_DEFAULT_REGION"), "us-east-1")
    region = next(filter(None, regions))
    return {
        "AWS_LAMBDA_FUNCTION_NAME": function,
        "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(memory_mb),
        "AWS_LAMBDA_LOG_GROUP_NAME": f"/aws/lambda/{function}",
        "AWS_LAMBDA_LOG_STREAM_NAME": "daehwa",
        "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
        "AWS_REGION": region,
        "AWS_DEFAULT_REGION": region,
        "LAMBDA_TASK_ROOT": str(folder),
        "_HANDLER": f"{Path(module).stem}.{function}",
        **kept,
    }


_OUR_SECRETS: Final = {"OTEL_EXPORTER_OTLP_HEADERS", "PROMETHEUS_MULTIPROC_DIR"}


def _kill_group(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


def _kill_below(pid: int) -> None:
    """Kill a process's descendants, including those with sessions of their own, such as daemons."""
    stopped: set[int] = set()
    # Stopped, they start nothing more meanwhile.
    while fresh := set(handlers.descendants(pid)) - stopped:
        for one in fresh:
            _signal(one, signal.SIGSTOP)
        stopped |= fresh
    for one in stopped:
        _signal(one, signal.SIGKILL)


def _signal(pid: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.kill(pid, number)


def _has_ended(child: subprocess.Popen[bytes]) -> bool:
    """Whether a child has ended; this does not reap it if the system allows that."""
    if not hasattr(os, "waitid"):
        return child.poll() is not None
    try:
        return os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
    except ChildProcessError:
        return True


def _resident_mb(pid: int) -> int:
    """How much memory a process takes; 0 where that cannot be seen."""
    try:
        with open(f"/proc/{pid}/statm", "rb") as file:  # noqa: PTH123 - four times a second
            return int(file.read().split()[1]) * _PAGE // 2**20
    except (OSError, IndexError, ValueError):
        return 0


def _ending(code: int) -> str:
    """How a process ended, as AWS Lambda words it."""
    if code >= 0:
        return f"exit status {code}"
    try:
        name = signal.strsignal(-code) or signal.Signals(-code).name
    except ValueError:
        name = str(-code)
    return f"signal: {name.lower()}"
