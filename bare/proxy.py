"""A proxy as companies have one: the only way out of a network that reaches nothing else."""

from __future__ import annotations

import contextlib
import ctypes
import os
import socket
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

PORT = 3128

_CLONE_NEWNET = 0x40000000
_CHUNK = 1 << 16
_TIMEOUT_SECONDS = 120


@contextlib.contextmanager
def proxied_network() -> Iterator[Path]:
    """A network namespace that has only loopback, with the proxy on its port 3128.

    The proxy listens inside and connects from outside: it takes ``CONNECT`` and nothing else.
    """
    name = f"daehwa-bare-{os.getpid()}"
    subprocess.run(["ip", "netns", "add", name], check=True)
    try:
        subprocess.run(["ip", "-n", name, "link", "set", "lo", "up"], check=True)
        network = Path("/run/netns") / name
        with _listening_in(network) as door:
            threading.Thread(target=_serve, args=(door,), name="proxy", daemon=True).start()
            yield network
    finally:
        subprocess.run(["ip", "netns", "delete", name], check=True)


def _listening_in(network: Path) -> socket.socket:
    """A socket that listens in another network namespace; this thread stays in its own."""
    here = os.open("/proc/thread-self/ns/net", os.O_RDONLY)
    there = os.open(network, os.O_RDONLY)
    try:
        _enter(there)
        try:
            return socket.create_server(("127.0.0.1", PORT))
        finally:
            _enter(here)
    finally:
        os.close(here)
        os.close(there)


def _enter(namespace: int) -> None:
    if ctypes.CDLL(None, use_errno=True).setns(namespace, _CLONE_NEWNET) != 0:
        raise OSError(ctypes.get_errno(), "setns")


def _serve(door: socket.socket) -> None:
    with contextlib.suppress(OSError):  # the door is closed at the end
        while True:
            client, _ = door.accept()
            threading.Thread(target=_tunnel, args=(client,), daemon=True).start()


def _tunnel(client: socket.socket) -> None:
    with client, contextlib.suppress(OSError, ValueError):
        client.settimeout(_TIMEOUT_SECONDS)
        head = b""
        while b"\r\n\r\n" not in head:
            piece = client.recv(_CHUNK)
            if not piece:
                return
            head += piece
        method, target, _ = head.split(b"\r\n", 1)[0].decode("latin-1").split(" ")
        if method != "CONNECT":
            client.sendall(b"HTTP/1.1 405 Method Not Allowed\r\ncontent-length: 0\r\n\r\n")
            return
        host, _, port = target.rpartition(":")
        with socket.create_connection((host.strip("[]"), int(port)), _TIMEOUT_SECONDS) as server:
            client.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            back = threading.Thread(target=_copy, args=(server, client), daemon=True)
            back.start()
            _copy(client, server)
            back.join()


def _copy(source: socket.socket, target: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while piece := source.recv(_CHUNK):
            target.sendall(piece)
    with contextlib.suppress(OSError):
        target.shutdown(socket.SHUT_WR)
