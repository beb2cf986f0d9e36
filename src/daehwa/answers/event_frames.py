"""AWS's event stream as a model's answer comes in it: bytes in, events out, no I/O.

A frame is, big-endian: its length (4), that of its headers (4), the CRC-32 of those eight bytes
(4), headers, payload, the CRC-32 of all that precedes (4). Source: "Amazon event stream encoding"
in the guides of Amazon Transcribe and Lex V2. ``daehwa.server`` has another codec for Lex's own
streams, which knows all types of headers; this one, which is packed into the Lambda functions, only
needs texts.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from typing import NamedTuple

_PRELUDE, _CRC, _SIZE = struct.Struct("!III"), struct.Struct("!I"), struct.Struct("!H")
_LEAST = _PRELUDE.size + _CRC.size
_MOST = 1 << 20
_STRING = 7
# The bytes of the other types' values; bytes (6) and texts (7) say their own length.
_LENGTHS = {0: 0, 1: 0, 2: 1, 3: 2, 4: 4, 5: 8, 8: 8, 9: 16}


class BrokenFrame(ValueError):
    """The bytes are not an event stream: nothing after them can be read."""


class Frame(NamedTuple):
    """One event: its headers that are texts, and its payload."""

    headers: dict[str, str]
    payload: bytes


class FrameReader:
    """Collects bytes and gives whole frames."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, chunk: bytes) -> Iterator[Frame]:
        """Yield each frame that ``chunk`` completes.

        Raises:
            BrokenFrame: a length or a checksum is wrong.
        """
        self._buffer += chunk
        while len(self._buffer) >= _PRELUDE.size:
            total, headers, checksum = _PRELUDE.unpack_from(self._buffer)
            if zlib.crc32(self._buffer[:8]) != checksum:
                raise BrokenFrame("a checksum is wrong")
            if not _LEAST <= total <= _MOST or headers > total - _LEAST:
                raise BrokenFrame("a length is wrong")
            if len(self._buffer) < total:
                return
            frame = bytes(self._buffer[:total])
            del self._buffer[:total]
            if zlib.crc32(frame[:-4]) != _CRC.unpack_from(frame, total - 4)[0]:
                raise BrokenFrame("a checksum is wrong")
            start = _PRELUDE.size + headers
            yield Frame(_headers(frame[_PRELUDE.size : start]), frame[start:-4])


def _headers(raw: bytes) -> dict[str, str]:
    read: dict[str, str] = {}
    at = 0
    try:
        while at < len(raw):
            end = at + 1 + raw[at]
            name, kind = raw[at + 1 : end].decode(), raw[end]
            at = end + 1
            if kind in _LENGTHS:
                at += _LENGTHS[kind]
                continue
            (length,) = _SIZE.unpack_from(raw, at)
            at += _SIZE.size
            if kind == _STRING:
                read[name] = raw[at : at + length].decode()
            at += length
    except (IndexError, struct.error, UnicodeDecodeError):
        raise BrokenFrame("a header is wrong") from None
    return read
