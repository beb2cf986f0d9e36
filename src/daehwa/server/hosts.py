"""Under which names the server answers.

A page of another site can have its own name resolve to this machine (DNS rebinding): the
browser then takes page and server for one origin. The ``Host`` header still has that name.
"""

from __future__ import annotations

import ipaddress
import re
from functools import lru_cache

_HOST = re.compile(r"(?:\[(?P<address>[^\]]*)\]|(?P<name>[^:\[\]]*))(?::[0-9]*)?")


class Hosts:
    """The names in ``Host`` that requests may have.

    ``allowed`` are names without a port; ``*`` allows all, ``.example.org`` a domain and all
    below it. With ``loopback`` the names of this machine for itself are allowed too.
    """

    def __init__(self, allowed: tuple[str, ...], *, loopback: bool) -> None:
        self._every = "*" in allowed or not (allowed or loopback)
        self._loopback = loopback
        self._names = frozenset(name.lower() for name in allowed if not name.startswith("."))
        self._domains = tuple(name.lower() for name in allowed if name.startswith("."))
        # Nearly all requests name the server alike.
        self._is_welcome = lru_cache(256)(self._allows)

    def welcome(self, host: bytes | None) -> bool:
        """Whether a request with this ``Host`` header may be served; browsers always send one."""
        return self._every or host is None or self._is_welcome(host)

    def _allows(self, host: bytes) -> bool:
        name = _name(host.decode("latin-1"))
        if name in self._names or f".{name}".endswith(self._domains):
            return True
        return self._loopback and is_loopback(name)


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach ``host``."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        # RFC 6761: a browser asks no name server for what is below localhost.
        return host == "localhost" or host.endswith(".localhost")
    mapped = getattr(address, "ipv4_mapped", None)
    return (mapped or address).is_loopback


def _name(host: str) -> str:
    """The name or address in a ``Host`` header, without its port; nothing for nonsense."""
    parts = _HOST.fullmatch(host)
    if parts is None:
        return ""
    return (parts["address"] or parts["name"] or "").rstrip(".").lower()
