"""Connections that nobody uses: found by what the kernel knows of them, and closed.

Granian closes a connection whose request head stays incomplete, but waits for ever for the
first byte of one, and has no limit for idle ones. Its sockets are this process's own: on Linux
``TCP_INFO`` says when something last came or went. A connection is left alone while a request
of its client is being served, for as long as that takes.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import stat
import struct
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

import structlog

Client = tuple[str, int]

FIRST_BYTE_SECONDS: Final = 15.0
"""How long a new connection may take to send its first byte."""

IDLE_SECONDS: Final = 75.0
"""How long a connection may stay open between two requests, as nginx has it."""

_LOOK_SECONDS = 1.0
_FILES = Path("/proc/self/fd")
# Of the kernel's struct tcp_info: when data was last sent and received, in milliseconds, and
# how many bytes were received.
_TIMES = struct.Struct("=44xI4xI")
_RECEIVED = struct.Struct("=128xQ")

_log = structlog.get_logger(__name__)


class _Connection(NamedTuple):
    idle_seconds: float
    silent: bool
    client: Client
    socket: socket.socket


class Connections:
    """The connections on ``port`` in this process, at most ``most`` of them.

    ``serving`` gives the clients whose requests are being served. Beyond ``most`` those that
    are idle are closed, the longest idle first. On other systems than Linux nothing is closed.
    """

    def __init__(self, port: int, *, most: int, serving: Callable[[], set[Client]]) -> None:
        self._port = port
        self._most = most
        self._serving = serving

    async def watch(self) -> None:
        """Close what is idle, for ever."""
        if sys.platform != "linux":
            return
        while True:
            await asyncio.sleep(_LOOK_SECONDS)
            try:
                closed = await asyncio.to_thread(self._close_idle, self._serving())
            except OSError as error:
                _log.warning("connections_not_watched", error=str(error))
            else:
                if closed:
                    _log.info("connections_closed", idle=closed)

    def _close_idle(self, serving: set[Client]) -> int:
        """Close what was idle for too long, and what is too much; how many there were."""
        idle = []
        closed = count = 0
        try:
            for connection in self._connections():
                count += 1
                if connection.client in serving:
                    connection.socket.close()
                    continue
                idle.append(connection)
            idle.sort(key=lambda one: one.idle_seconds, reverse=True)
            surplus = count - self._most
            for connection in idle:
                limit = FIRST_BYTE_SECONDS if connection.silent else IDLE_SECONDS
                if closed < surplus or connection.idle_seconds > limit:
                    closed += 1
                    _shut(connection.socket)
        finally:
            for connection in idle:
                connection.socket.close()
        return closed

    def _connections(self) -> Iterator[_Connection]:
        seen: set[Client] = set()
        for name in os.listdir(_FILES):  # noqa: PTH208 - thousands, every second
            connection = self._connection(int(name))
            if connection is None:
                continue
            if connection.client in seen:
                # One of our own copies: it has taken the number of a file that was closed.
                connection.socket.close()
                continue
            seen.add(connection.client)
            yield connection

    def _connection(self, number: int) -> _Connection | None:
        """The connection behind a file descriptor, if it is one of the server's."""
        try:
            if not os.readlink(f"{_FILES}/{number}").startswith("socket:"):  # noqa: PTH115 - fast
                return None
            # A copy: the number may be closed, and another file's, at any moment.
            copy = os.dup(number)
        except OSError:
            return None
        try:
            duplicate = socket.socket(fileno=copy)
        except OSError:
            # To close any copy of a file drops all locks that this process has on it (POSIX),
            # SQLite's too: one that took the socket's number at this moment stays open.
            if not stat.S_ISREG(os.fstat(copy).st_mode):
                os.close(copy)
            return None
        try:
            ours = duplicate.family in (socket.AF_INET, socket.AF_INET6)
            if ours and duplicate.getsockname()[1] == self._port:
                client = duplicate.getpeername()[:2]
                info = duplicate.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 136)
                sent, received = _TIMES.unpack_from(info)
                silent = len(info) >= _RECEIVED.size and _RECEIVED.unpack_from(info)[0] == 0
                return _Connection(min(sent, received) / 1000, silent, client, duplicate)
        except OSError:
            pass  # a listening socket, or a connection that ends at this moment
        duplicate.close()
        return None


def most_connections() -> int:
    """How many connections this process can have; raises the limit of open files if it may."""
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return _MOST
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < _FILES_WANTED:
        soft = _FILES_WANTED if hard == resource.RLIM_INFINITY else min(hard, _FILES_WANTED)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return max(_LEAST, min(_MOST, soft - _OTHER_FILES))


_MOST = 8192
_LEAST = 64
# What else a process opens: databases, models, requests to others.
_OTHER_FILES = 512
_FILES_WANTED = _MOST + 2 * _OTHER_FILES


def _shut(connection: socket.socket) -> None:
    with contextlib.suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
