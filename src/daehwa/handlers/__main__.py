"""The process of one code hook: ``python -P -m daehwa.handlers SOCKET SERVER TARGET``.

It takes calls over the socket with the file descriptor SOCKET and answers them there: messages of
JSON, each behind its length in four bytes (big-endian). First it reports its ``pid``, then that it
is ready, or why not; then it takes ``{"id", "request", "event", "seconds", "memory"}``, and
``{"cancel": id}`` where the function is ``async``. One that is not is called in the main thread,
one call after another, as in a container of AWS Lambda. What is printed goes where standard output
leads.

The process ends when the socket closes, or SERVER does, a pipe of the server's; its keeper
(`daehwa.handlers.hook_keeper`) takes along what it has started.
"""

from __future__ import annotations

import json
import logging
import os
import queue
import signal
import socket
import struct
import sys
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from daehwa.handlers.function import HandlerFunction, HookContext, NoFunction, described, place
from daehwa.handlers.hook_keeper import die_with_parent, go_on_in_child
from daehwa.handlers.json_value import NotJson, plain

if TYPE_CHECKING:
    import asyncio

_LENGTH: Final = struct.Struct(">I")
# As AWS Lambda writes what goes through Python's logging.
_LOG_FORMAT: Final = "[%(levelname)s]\t%(name)s\t%(message)s"

_Message = dict[str, Any]


class _Caller:
    """The server at the other end of the socket."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._incoming = connection.makefile("rb")
        self._lock = threading.Lock()
        self._owner = os.getpid()

    def receive(self) -> _Message | None:
        """The next message; ``None`` when there are no more."""
        with suppress(OSError):
            head = self._incoming.read(_LENGTH.size)
            if len(head) == _LENGTH.size:
                message: _Message = json.loads(self._incoming.read(_LENGTH.unpack(head)[0]))
                return message
        return None

    def send(self, message: _Message) -> None:
        if os.getpid() != self._owner:
            # A copy that the function made of this process: it has nothing to report here.
            os._exit(0)
        text = json.dumps(message, ensure_ascii=False, separators=(",", ":"))
        # An error may name a folder whose name is not UTF-8.
        content = text.encode(errors="replace")
        with suppress(Exception):  # a stream that the function replaced may raise anything
            sys.stdout.flush()
        try:
            with self._lock:
                self._connection.sendall(_LENGTH.pack(len(content)) + content)
        except OSError:
            _end()  # nobody waits for it any more


def _outcome(call: _Message, reply: object) -> _Message:
    try:
        return {"id": call["id"], "reply": plain(reply)}
    except NotJson as error:
        return {"id": call["id"], "refused": str(error)}


def _failure(call: _Message, error: BaseException) -> _Message:
    return {
        "id": call["id"],
        "raised": described(error),
        "summary": f"{type(error).__name__}{place(error)}",
    }


def _context(function: HandlerFunction, call: _Message) -> HookContext:
    return HookContext(
        function_name=function.name,
        aws_request_id=call["request"],
        deadline=time.monotonic() + call["seconds"],
        memory_mb=call["memory"],
    )


def _serve(function: HandlerFunction, caller: _Caller) -> None:
    """Answer calls in this thread, one after another."""
    calls: queue.SimpleQueue[_Message] = queue.SimpleQueue()
    threading.Thread(target=_read, args=(caller, calls.put), daemon=True).start()
    while True:
        call = calls.get()
        try:
            outcome = _outcome(call, function(call["event"], _context(function, call)))
        except BaseException as error:  # noqa: BLE001 - reported to the caller
            outcome = _failure(call, error)
        caller.send(outcome)


def _read(caller: _Caller, take: Any) -> None:
    """Hand over what comes; end everything when nothing comes any more."""
    while (message := caller.receive()) is not None:
        take(message)
    _end()


def _serve_async(function: HandlerFunction, caller: _Caller) -> None:
    """Answer calls in this thread's event loop, side by side."""
    import asyncio  # noqa: PLC0415 - only for those that need it

    running: dict[int, asyncio.Task[None]] = {}

    async def answer(call: _Message) -> None:
        try:
            outcome = _outcome(call, await function(call["event"], _context(function, call)))
        except BaseException as error:  # noqa: BLE001 - reported to the caller
            outcome = _failure(call, error)
        running.pop(call["id"], None)
        caller.send(outcome)

    def take(message: _Message) -> None:
        if "cancel" not in message:
            running[message["id"]] = loop.create_task(answer(message))
        elif (task := running.get(message["cancel"])) is not None:
            task.cancel()

    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    read = (caller, lambda message: loop.call_soon_threadsafe(take, message))
    threading.Thread(target=_read, args=read, daemon=True).start()
    loop.run_forever()


def _end() -> None:
    """End this process and what it has started."""
    with suppress(OSError):
        if os.getpgrp() == os.getpid():
            os.killpg(os.getpid(), signal.SIGKILL)
    os._exit(0)


def _prepare() -> None:
    """Make the process one that may be killed at any time, and that the kernel kills first."""
    if sys.platform == "linux":
        with suppress(OSError), open("/proc/self/oom_score_adj", "w", encoding="ascii") as score:  # noqa: PTH123 - nothing more need be imported
            score.write("900")
    sys.stdout.reconfigure(line_buffering=True, errors="backslashreplace")  # type: ignore[union-attr]
    logging.basicConfig(stream=sys.stdout, format=_LOG_FORMAT)


def main(descriptor: str, server: str, target: str) -> None:
    """Import the function, report how that went, and answer calls."""
    if not go_on_in_child(int(server), int(descriptor)):
        die_with_parent()
    connection = socket.socket(fileno=int(descriptor))
    connection.set_inheritable(False)
    _prepare()
    caller = _Caller(connection)
    caller.send({"pid": os.getpid()})
    function = HandlerFunction(target)
    # What a function of one file imports may stand beside it, as in a package for AWS Lambda.
    sys.path.insert(0, str(function.folder))
    try:
        function.load()
    except NoFunction as error:
        caller.send({"failed": str(error), "summary": error.summary, "missing": error.missing})
        return
    path = function.path and os.fsencode(function.path).hex()
    caller.send({"ready": function.is_async, "path": path})
    (_serve_async if function.is_async else _serve)(function, caller)


if __name__ == "__main__":
    main(*sys.argv[1:])
