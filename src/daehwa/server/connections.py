"""Finds connections that nobody uses, by what the kernel knows of them, and closes them.

Granian closes a connection whose request head stays incomplete, but waits for ever for the
first byte of one, and has no limit for idle ones. Its sockets are this process's own: on Linux
``TCP_INFO`` says when something last came or went. A connection is left alone while a request
of its client is being served, for as long as that takes.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import os
import socket
import stat
import struct
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

import structlog

Client = tuple[str, int]

FIRST_BYTE_SECONDS: Final = 15.0
"""How long a new connection may take to send its first byte."""

IDLE_SECONDS: Final = 75.0
"""How long a connection may stay open between two requests, as nginx has it."""

_LOOK_SECONDS = 1.0
# While there are too many: whoever waits to be let in waits for these looks, which may take a
# tenth of a processor together.
_FULL_LOOK_SECONDS = 0.05
_LOOK_SHARE = 10
_FILES = Path("/proc/self/fd")
# Where no more files can be opened so many are closed at a look, of those that are idle for so
# long: a store, a hook or a new client needs one now.
_RELIEF = 8
_SCARCE_SECONDS = 1.0
# Of the kernel's struct tcp_info: when data was last sent and received, in milliseconds, and
# how many bytes were received.
_TIMES = struct.Struct("=44xI4xI")
_RECEIVED = struct.Struct("=128xQ")

_log = structlog.get_logger(__name__)


class _Connection(NamedTuple):
    idle_seconds: float
    silent: bool
    client: Client
    file: int  # may be closed, and another file's, at any moment


class Connections:
    """The connections on ``port`` in this process, at most ``most`` of them.

    ``serving`` gives the clients whose requests are being served. Beyond ``most``, and where the
    process can open no more files, those that are idle are closed, the longest idle first, and
    the next look comes soon: whoever holds connections and says nothing keeps nobody out for
    long. On other systems than Linux nothing
    is closed.
    """

    def __init__(self, port: int, *, most: int, serving: Callable[[], set[Client]]) -> None:
        self._port = port
        self._most = most
        self._serving = serving
        self._pause = _LOOK_SECONDS

    async def watch(self) -> None:
        """Close idle connections, for ever."""
        if sys.platform != "linux":
            return
        while True:
            await asyncio.sleep(self._pause)
            try:
                closed = await asyncio.to_thread(self._close_idle, self._serving())
            except OSError as error:
                _log.warning("connections_not_watched", error=str(error))
            else:
                if closed:
                    _log.info("connections_closed", idle=closed)

    def _close_idle(self, serving: set[Client]) -> int:
        """Close what was idle for too long, and what is too much; return how many there were."""
        began = time.thread_time()
        self._pause = _LOOK_SECONDS
        idle = []
        closed = count = 0
        numbers, scarce = _open_files()
        for connection in self._connections(numbers):
            count += 1
            if connection.client not in serving:
                idle.append(connection)
        idle.sort(key=lambda one: one.idle_seconds, reverse=True)
        surplus = count - self._most
        relief = _RELIEF if scarce else 0
        for connection in idle:
            limit = FIRST_BYTE_SECONDS if connection.silent else IDLE_SECONDS
            if closed < relief:
                limit = min(limit, _SCARCE_SECONDS)
            if closed < surplus or connection.idle_seconds > limit:
                closed += 1
                self._shut(connection)
        if surplus > 0 or scarce:
            took = time.thread_time() - began
            self._pause = min(max(_FULL_LOOK_SECONDS, _LOOK_SHARE * took), _LOOK_SECONDS)
        return closed

    def _connections(self, numbers: Iterable[int]) -> Iterator[_Connection]:
        for number in numbers:
            with self._copy(number) as copy:
                if copy is None:
                    continue
                with contextlib.suppress(OSError):  # it ends at this moment
                    client = copy.getpeername()[:2]
                    info = copy.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 136)
                    sent, received = _TIMES.unpack_from(info)
                    silent = len(info) >= _RECEIVED.size and _RECEIVED.unpack_from(info)[0] == 0
                    yield _Connection(min(sent, received) / 1000, silent, client, number)

    def _shut(self, connection: _Connection) -> None:
        """Close the connection, if its file is still its own."""
        with self._copy(connection.file) as copy, contextlib.suppress(OSError):
            if copy is not None and copy.getpeername()[:2] == connection.client:
                copy.shutdown(socket.SHUT_RDWR)

    @contextlib.contextmanager
    def _copy(self, number: int) -> Iterator[socket.socket | None]:
        """The socket behind a file descriptor if it is one of the server's, for a moment.

        One copy at a time, so that this also works when few files may be opened.
        """
        duplicate = _duplicate(number)
        if duplicate is None:
            yield None
            return
        try:
            yield duplicate if _port(duplicate) == self._port else None
        finally:
            if duplicate.fileno() == number:
                duplicate.detach()
            duplicate.close()


def _port(one: socket.socket) -> int | None:
    """The port of this side of an internet socket."""
    if one.family not in (socket.AF_INET, socket.AF_INET6):
        return None
    try:
        port: int = one.getsockname()[1]
    except OSError:
        return None
    return port


def _open_files() -> tuple[Iterable[int], bool]:
    """The file descriptors of this process, and whether no more may be opened.

    Then they are all that there can be: to list them takes another one.
    """
    try:
        return map(int, os.listdir(_FILES)), False  # noqa: PTH208 - thousands, every second
    except OSError as error:
        if error.errno not in (errno.EMFILE, errno.ENFILE):
            raise
        return range(os.sysconf("SC_OPEN_MAX")), True


def _duplicate(number: int) -> socket.socket | None:
    """A copy of the socket behind a file descriptor, if it is one.

    Where no more files may be opened it is the descriptor itself, which is not to be closed.
    """
    try:
        if not os.readlink(f"{_FILES}/{number}").startswith("socket:"):  # noqa: PTH115 - fast
            return None
        # A copy: the number may be closed, and another file's, at any moment.
        copy = os.dup(number)
    except OSError as error:
        if error.errno not in (errno.EMFILE, errno.ENFILE):
            return None
        copy = number
    try:
        return socket.socket(fileno=copy)
    except OSError:
        # To close any copy of a file drops all locks that this process has on it (POSIX),
        # SQLite's too: one that took the socket's number at this moment stays open.
        if copy != number and not stat.S_ISREG(os.fstat(copy).st_mode):
            os.close(copy)
        return None


def most_connections() -> tuple[int, int]:
    """How many connections this process may keep, and how many more it may have for a moment.

    The latter are let in and answered while others are closed. Raises the limit of open files if
    it may: where it is low, half of it is left to all other files.
    """
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return _MOST, _SPARE
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < _FILES_WANTED:
        soft = _FILES_WANTED if hard == resource.RLIM_INFINITY else min(hard, _FILES_WANTED)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    room = max(_LEAST, soft - min(_OTHER_FILES, soft // 2))
    spare = min(_SPARE, room // 4)
    return min(_MOST, room - spare), spare


_MOST = 8192
_SPARE = 256
_LEAST = 8
# What else a process opens: databases, models, requests to others.
_OTHER_FILES = 512
_FILES_WANTED = _MOST + _SPARE + 2 * _OTHER_FILES
