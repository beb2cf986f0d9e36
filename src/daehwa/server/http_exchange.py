"""What is known of one request while it is served; its log line is made from it."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from time import perf_counter

from daehwa.server.credentials import Principal

_NOBODY = Principal(shared=True)
_ACCEPTABLE = re.compile(rb"[0-9A-Za-z._:-]{1,100}").fullmatch


def _new_request_id() -> str:
    """A UUID of version 4, of numbers that anybody may guess: it names a request and no more."""
    digits = f"{random.getrandbits(128):032x}"
    return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-a{digits[17:20]}-{digits[20:]}"


class HttpExchange:
    """One request and its answer.

    ``request_id`` is the client's ``X-Request-Id`` when that is a plain token, else a new
    one. ``route``, ``status`` and ``error`` (a code) are set by whoever answers. ``door`` is
    the first part of its path, ``principal`` who sends it; ``wrong_credential`` marks
    one with a token, cookie or signature that was wrong.
    """

    __slots__ = (
        "door",
        "error",
        "headers",
        "principal",
        "request_id",
        "route",
        "started",
        "status",
        "wrong_credential",
    )

    def __init__(self, headers: Mapping[bytes, bytes]) -> None:
        self.started = perf_counter()
        self.headers = headers
        sent = headers.get(b"x-request-id", b"")
        self.request_id = sent.decode() if _ACCEPTABLE(sent) else _new_request_id()
        self.route = ""
        self.status = 0
        self.error: str | None = None
        self.door = ""
        self.principal = _NOBODY
        self.wrong_credential = False

    def header(self, name: bytes) -> str:
        """The request's header of this name, in lower case; empty if there is none."""
        return self.headers.get(name, b"").decode("latin-1")

    @property
    def seconds(self) -> float:
        """How long the request has been served."""
        return perf_counter() - self.started
