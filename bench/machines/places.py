"""Where machines stand: in network namespaces of their own, or at addresses of the loopback."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol


class Place(Protocol):
    """Where a machine stands: its ``address``, and how to run something there."""

    address: str

    def command(self, *words: object) -> list[str]:
        """A command line that runs there."""

    def cut(self) -> None:
        """Take the machine off the network; what is on its way is lost without a word."""

    def join(self) -> None:
        """Put it back."""


class Network(Protocol):
    """A network, with places in it; ``cuts`` says whether one can be cut off."""

    cuts: bool

    def place(self, name: str) -> Place:
        """A place of that name, made when it is first asked for."""


class LoopbackPlace:
    """An address of the loopback interface, which nobody can be cut off from."""

    def __init__(self, address: str) -> None:
        self.address = address

    def command(self, *words: object) -> list[str]:
        return list(map(str, words))

    def cut(self) -> None:
        raise NotImplementedError

    join = cut


class Loopback:
    """Places at 127.0.0.2 and following, for machines without the right to make namespaces."""

    cuts = False

    def __init__(self) -> None:
        self._places: dict[str, LoopbackPlace] = {}

    def place(self, name: str) -> LoopbackPlace:
        if name not in self._places:
            self._places[name] = LoopbackPlace(f"127.0.0.{len(self._places) + 2}")
        return self._places[name]


class NamespacePlace:
    """A network namespace with one interface, whose other end is at a bridge."""

    def __init__(self, space: str, hub: str, link: str, address: str) -> None:
        self.address = address
        self._space = space
        self._hub = hub
        self._link = link

    def command(self, *words: object) -> list[str]:
        return ["ip", "netns", "exec", self._space, *map(str, words)]

    def cut(self) -> None:
        _ip("-n", self._hub, "link", "set", self._link, "down")

    def join(self) -> None:
        _ip("-n", self._hub, "link", "set", self._link, "up")


class Namespaces:
    """Places in namespaces around a bridge, which this process can reach too."""

    cuts = True

    def __init__(self) -> None:
        self._name = f"dh{os.getpid()}"
        self._hub = f"{self._name}-hub"
        # Two runs at once do not meet.
        self._net = f"10.{77 + os.getpid() % 100}.{os.getpid() // 100 % 250}"
        self._spaces = [self._hub]
        self._places: dict[str, NamespacePlace] = {}

    def open(self) -> None:
        _ip("netns", "add", self._hub)
        _ip("-n", self._hub, "link", "add", "br0", "type", "bridge")
        _ip("-n", self._hub, "link", "set", "br0", "up")
        ours = f"{self._name}c"
        _ip("-n", self._hub, "link", "add", "v0", "type", "veth", "peer", ours, "netns", "1")
        _ip("-n", self._hub, "link", "set", "v0", "master", "br0", "up")
        _ip("addr", "add", f"{self._net}.1/24", "dev", ours)
        _ip("link", "set", ours, "up")

    def close(self) -> None:
        for space in self._spaces:
            with contextlib.suppress(subprocess.CalledProcessError):
                _ip("netns", "del", space)

    def place(self, name: str) -> NamespacePlace:
        if name not in self._places:
            number = len(self._places) + 1
            space, link = f"{self._name}-{name}", f"v{number}"
            address = f"{self._net}.{number + 10}"
            self._spaces.append(space)
            _ip("netns", "add", space)
            _ip("-n", space, "link", "set", "lo", "up")
            end = ("peer", "eth0", "netns", space)
            _ip("-n", self._hub, "link", "add", link, "type", "veth", *end)
            _ip("-n", self._hub, "link", "set", link, "master", "br0", "up")
            _ip("-n", space, "addr", "add", f"{address}/24", "dev", "eth0")
            _ip("-n", space, "link", "set", "eth0", "up")
            self._places[name] = NamespacePlace(space, self._hub, link, address)
        return self._places[name]


@contextmanager
def network(*, loopback: bool = False) -> Iterator[Network]:
    """Namespaces where they can be had, else the loopback interface."""
    if loopback or os.geteuid() != 0 or shutil.which("ip") is None:
        yield Loopback()
        return
    spaces = Namespaces()
    try:
        spaces.open()
    except subprocess.CalledProcessError:
        spaces.close()
        yield Loopback()
        return
    try:
        yield spaces
    finally:
        spaces.close()


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True)
