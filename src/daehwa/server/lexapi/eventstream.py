"""AWS's event-stream framing: bytes to messages and back, with no I/O.

A message is, big-endian: total length (4), length of the headers (4), CRC-32 of those eight
bytes (4), headers, payload, CRC-32 of all that precedes (4). A header is the length of its
name (1), the name, a type (1) and a value. Source: "Amazon event stream encoding" in the
Lex V2 and Transcribe guides; botocore's ``EventStreamBuffer`` reads the same.
"""

from __future__ import annotations

import struct
import uuid
import zlib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta

import msgspec

from daehwa import lex

HeaderValue = bool | int | bytes | str | datetime | uuid.UUID

# A Lex event is small; the cap keeps a hostile length from being waited for.
MAX_MESSAGE_BYTES = 1024 * 1024
_MAX_HEADER_BYTES = 128 * 1024
_PRELUDE = struct.Struct("!III")
_CRC = struct.Struct("!I")
_SMALLEST = _PRELUDE.size + _CRC.size
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

# Fixed-size header values: type -> how the value is packed.
_NUMBERS = {
    2: struct.Struct("!b"),
    3: struct.Struct("!h"),
    4: struct.Struct("!i"),
    5: struct.Struct("!q"),
}
_TRUE, _FALSE, _BYTES, _STRING, _TIMESTAMP, _UUID = 0, 1, 6, 7, 8, 9
_LONG = _NUMBERS[5]
_SIZE = struct.Struct("!H")


class EventMessage(msgspec.Struct, frozen=True):
    """One message: named headers and a payload. ``raw_headers`` are the headers' own bytes."""

    headers: Mapping[str, HeaderValue]
    payload: bytes
    raw_headers: bytes = b""


class EventStreamError(lex.ValidationException):
    """The bytes are not an event stream; nothing after them can be read."""


class EventStreamDecoder:
    """Collects bytes and gives whole messages.

    After an ``EventStreamError`` the decoder is useless: the framing is lost.
    """

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, data: bytes) -> Iterator[EventMessage]:
        """Add ``data``; yield each message that it completes.

        Raises:
            EventStreamError: a length is out of bounds, a checksum is wrong, or a header
                is malformed.
        """
        self._buffer += data
        while (message := self._next()) is not None:
            yield message

    @property
    def mid_message(self) -> bool:
        """Whether part of a message is still missing."""
        return bool(self._buffer)

    def _next(self) -> EventMessage | None:
        buffer = self._buffer
        if len(buffer) < _PRELUDE.size:
            return None
        total, header_size, checksum = _PRELUDE.unpack_from(buffer)
        if zlib.crc32(buffer[:8]) != checksum:
            raise EventStreamError("The event stream's prelude has a wrong checksum")
        if not _SMALLEST <= total <= MAX_MESSAGE_BYTES:
            raise EventStreamError(f"An event of {total} bytes is out of bounds")
        if header_size > min(total - _SMALLEST, _MAX_HEADER_BYTES):
            raise EventStreamError(f"Event headers of {header_size} bytes are out of bounds")
        if len(buffer) < total:
            return None
        frame = bytes(buffer[:total])
        del buffer[:total]
        if zlib.crc32(frame[:-4]) != _CRC.unpack_from(frame, total - 4)[0]:
            raise EventStreamError("An event has a wrong checksum")
        headers = frame[_PRELUDE.size : _PRELUDE.size + header_size]
        payload = frame[_PRELUDE.size + header_size : -4]
        return EventMessage(_read_headers(headers), payload, headers)


def encode_message(headers: Mapping[str, HeaderValue], payload: bytes) -> bytes:
    """One message as bytes. Integers are written as longs."""
    head = encode_headers(headers)
    total = _SMALLEST + len(head) + len(payload)
    prelude = struct.pack("!II", total, len(head))
    frame = prelude + _CRC.pack(zlib.crc32(prelude)) + head + payload
    return frame + _CRC.pack(zlib.crc32(frame))


def encode_headers(headers: Mapping[str, HeaderValue]) -> bytes:
    """The headers of a message as bytes."""
    out = bytearray()
    for name, value in headers.items():
        encoded = name.encode()
        out.append(len(encoded))
        out += encoded
        _write_value(out, value)
    return bytes(out)


def _write_value(out: bytearray, value: HeaderValue) -> None:
    if isinstance(value, bool):
        out.append(_TRUE if value else _FALSE)
    elif isinstance(value, int):
        out.append(5)
        out += _LONG.pack(value)
    elif isinstance(value, str | bytes):
        raw = value.encode() if isinstance(value, str) else value
        out.append(_STRING if isinstance(value, str) else _BYTES)
        out += _SIZE.pack(len(raw)) + raw
    elif isinstance(value, datetime):
        out.append(_TIMESTAMP)
        out += _LONG.pack((value - _EPOCH) // timedelta(milliseconds=1))
    else:
        out.append(_UUID)
        out += value.bytes


def _read_headers(data: bytes) -> dict[str, HeaderValue]:
    headers: dict[str, HeaderValue] = {}
    at = 0
    try:
        while at < len(data):
            size = data[at]
            name = data[at + 1 : at + 1 + size].decode()
            at += 1 + size
            kind = data[at]
            headers[name], at = _read_value(kind, data, at + 1)
    except (IndexError, struct.error, UnicodeDecodeError, ValueError, OverflowError):
        raise EventStreamError("An event has malformed headers") from None
    return headers


def _read_value(kind: int, data: bytes, at: int) -> tuple[HeaderValue, int]:
    if kind in (_TRUE, _FALSE):
        return kind == _TRUE, at
    if number := _NUMBERS.get(kind):
        return number.unpack_from(data, at)[0], at + number.size
    if kind in (_BYTES, _STRING):
        size = _SIZE.unpack_from(data, at)[0]
        raw = data[at + 2 : at + 2 + size]
        if len(raw) != size:
            raise IndexError
        return (raw.decode() if kind == _STRING else raw), at + 2 + size
    if kind == _TIMESTAMP:
        moment = _EPOCH + timedelta(milliseconds=_LONG.unpack_from(data, at)[0])
        return moment, at + _LONG.size
    if kind == _UUID:
        return uuid.UUID(bytes=data[at : at + 16]), at + 16
    raise ValueError(kind)
