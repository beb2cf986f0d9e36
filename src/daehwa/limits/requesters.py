"""Who calls: the network address and, once it has been verified, the key.

Who sent a request is kept in a context variable, which travels with the turn's task to
wherever something is limited.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar, Token
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from daehwa.limits.seats import Seat

_FOR = re.compile(r'(?:^|[;,\s])for=("[^"]*"|[^;,\s]+)', re.IGNORECASE)
_PORT = re.compile(r"([0-9.]+):[0-9]+|\[([0-9a-fA-F:.]+)\](?::[0-9]+)?")
_IPV6_PREFIX = 64


class Requester:
    """Who sent the request that is being served.

    ``address`` is a network's worth of addresses (of IPv6 a /64, which one customer has whole),
    empty where it does not matter. ``key`` is set by whoever has verified it. ``seat`` is the
    request's place among those in progress.
    """

    __slots__ = ("address", "key", "seat")

    def __init__(self, address: str, seat: Seat) -> None:
        self.address = address
        self.key = ""
        self.seat = seat


_current: ContextVar[Requester | None] = ContextVar("daehwa_caller", default=None)


def current_requester() -> Requester | None:
    """Who sent the request that this task serves; ``None`` outside of any."""
    return _current.get()


def begin_request(requester: Requester) -> Token[Requester | None]:
    """Make ``requester`` the current one, until ``end_request``."""
    return _current.set(requester)


def end_request(token: Token[Requester | None]) -> None:
    """Take back what ``begin_request`` did."""
    _current.reset(token)


def verified_key(key: str) -> None:
    """Note the key, or the digest of a token, that the current requester has proved to have."""
    requester = _current.get()
    if requester is not None:
        requester.key = key


def end_reading() -> None:
    """Note that the current request has come whole."""
    requester = _current.get()
    if requester is not None:
        requester.seat.end_reading()


@contextmanager
def waiting_elsewhere() -> Iterator[None]:
    """While the turn waits for a model or a code hook its request takes no place here."""
    requester = _current.get()
    if requester is None:
        yield
        return
    with requester.seat.vacated():
        yield


class Proxies:
    """Finds a request's address: the connection's, or what a trusted proxy says in its place.

    ``networks`` are those of the proxies; ``header`` is the one that they write. A client may
    send that header as well, so it is read from its end, up to the first address that is not a
    proxy's.
    """

    def __init__(self, networks: Iterable[str] = (), header: str = "x-forwarded-for") -> None:
        self._networks = tuple(ip_network(text) for text in networks)
        self._header = header.encode()
        self._trusts = lru_cache(4096)(self._is_trusted)

    def address(self, peer: str, headers: Mapping[bytes, bytes]) -> str:
        """The client's address, as ``network_of`` writes it."""
        if self._networks and self._header in headers and self._trusts(peer):
            written = headers[self._header].decode("latin-1")
            for hop in reversed(self._hops(written)):
                if not _is_address(hop):
                    break  # a name that hides who it is; the proxy that wrote it is known
                peer = hop
                if not self._trusts(hop):
                    break
        return network_of(peer)

    def _hops(self, written: str) -> list[str]:
        hops = _FOR.findall(written) if self._header == b"forwarded" else written.split(",")
        return [_without_port(hop.strip().strip('"')) for hop in hops]

    def _is_trusted(self, address: str) -> bool:
        try:
            ip = ip_address(address)
        except ValueError:
            return False
        if isinstance(ip, IPv6Address) and ip.ipv4_mapped is not None:
            ip = ip.ipv4_mapped
        return any(ip in network for network in self._networks)


def _without_port(hop: str) -> str:
    written = _PORT.fullmatch(hop)
    return hop if written is None else written[1] or written[2]


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


@lru_cache(8192)
def network_of(address: str) -> str:
    """What stands for ``address`` in limits: itself, or the /64 of an IPv6 one."""
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if not isinstance(ip, IPv6Address):
        return str(ip)
    if ip.ipv4_mapped is not None:
        return str(ip.ipv4_mapped)
    network: IPv4Network | IPv6Network = ip_network((int(ip), _IPV6_PREFIX), strict=False)
    return str(network)
