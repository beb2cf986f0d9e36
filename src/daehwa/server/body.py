"""Reading a request's body, within a bound."""

from __future__ import annotations

from starlette.types import Receive


class ClientGone(Exception):
    """The client went away before its request was answered."""


class TooLarge(Exception):
    """The body is larger than the operation takes; ``limit`` is in bytes."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"The request's body is larger than {limit} bytes")
        self.limit = limit


async def read_body(receive: Receive, limit: int) -> bytes:
    """The whole body, of at most ``limit`` bytes.

    Raises:
        TooLarge: there are more; the rest is not read.
        ClientGone: the client went away in the middle of it.
    """
    message = await receive()
    if not message.get("more_body") and message["type"] == "http.request":
        body: bytes = message.get("body", b"")
        _check(len(body), limit)
        return body
    pieces = bytearray()
    while True:
        if message["type"] == "http.disconnect":
            raise ClientGone
        pieces += message.get("body", b"")
        _check(len(pieces), limit)
        if not message.get("more_body"):
            return bytes(pieces)
        message = await receive()


def _check(size: int, limit: int) -> None:
    if size > limit:
        raise TooLarge(limit)
