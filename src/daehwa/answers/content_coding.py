"""The bytes of a body behind its ``Content-Encoding``, as they come in.

What a body is coded in is judged by its first bytes: gateways pass gzip on without its header, or
leave the header on what they have decoded. Source: RFC 9110, "Content Codings".
"""

from __future__ import annotations

import zlib
from collections.abc import Callable

from daehwa.answers.errors import UpstreamFailed

ACCEPTED = "gzip, deflate, br"
"""What is asked for."""
_GZIP = b"\x1f\x8b"
_GZIP_WINDOW = 16 + zlib.MAX_WBITS


class Decoder:
    """Takes a body's bytes, coded as the header says or not, and gives them plain."""

    def __init__(self, encoding: str = "") -> None:
        self._encoding = encoding.strip().lower()
        # What came so far, until it is certain how to read it.
        self._unsure = b""
        self._decode: Callable[[bytes], bytes] | None = None

    def feed(self, chunk: bytes) -> bytes:
        """Give the bytes that ``chunk`` completes; nothing if more is needed.

        Raises:
            UpstreamFailed: the bytes are not in that coding, or it was not asked for.
        """
        if self._decode is _as_it_is:
            return chunk
        first = self._decode is None
        if self._decode is None:
            chunk, self._unsure = self._unsure + chunk, b""
            if len(chunk) < len(_GZIP):
                self._unsure = chunk
                return b""
            self._decode = _decoder(self._encoding, chunk)
        return self._decoded(self._decode, chunk, certain=not (first or self._unsure))

    def rest(self) -> bytes:
        """Give what was held back, at the end of the body."""
        rest, self._unsure = self._unsure, b""
        return b"" if self._decode else rest

    def _decoded(self, decode: Callable[[bytes], bytes], chunk: bytes, *, certain: bool) -> bytes:
        try:
            plain = decode(chunk)
        except (zlib.error, ValueError) as error:
            if certain:
                raise UpstreamFailed(f"The answer cannot be decoded: {error}.") from None
            # The header is left over from what somebody has decoded on the way.
            self._decode = _as_it_is
            return self._unsure + chunk
        if not certain:
            self._unsure = b"" if plain else self._unsure + chunk
        return plain


def _decoder(encoding: str, start: bytes) -> Callable[[bytes], bytes]:
    if start.startswith(_GZIP):
        return _Members().decompress
    if encoding == "deflate":
        # Some send what zlib makes, as the RFC says, and some without its header.
        headed = int.from_bytes(start[:2]) % 31 == 0
        return zlib.decompressobj(zlib.MAX_WBITS if headed else -zlib.MAX_WBITS).decompress
    return _brotli() if encoding == "br" else _as_it_is


class _Members:
    """The members of a gzip file, which follow each other."""

    def __init__(self) -> None:
        self._member = zlib.decompressobj(_GZIP_WINDOW)

    def decompress(self, chunk: bytes) -> bytes:
        plain = self._member.decompress(chunk)
        while (more := self._member.unused_data).startswith(_GZIP):
            self._member = zlib.decompressobj(_GZIP_WINDOW)
            plain += self._member.decompress(more)
        return plain


def _as_it_is(chunk: bytes) -> bytes:
    return chunk


def _brotli() -> Callable[[bytes], bytes]:
    import brotli  # noqa: PLC0415 - rare

    process = brotli.Decompressor().process

    def decode(chunk: bytes) -> bytes:
        try:
            decoded: bytes = process(chunk)
        except brotli.error as error:
            raise ValueError(error) from None
        return decoded

    return decode
