"""The event-stream codec: what botocore writes is read, what is written botocore reads."""

import contextlib
import struct
import uuid
import zlib
from datetime import UTC, datetime

import pytest
from botocore.eventstream import EventStreamBuffer
from hypothesis import given
from hypothesis import strategies as st

from daehwa.server.lexapi.eventstream import (
    MAX_MESSAGE_BYTES,
    EventStreamDecoder,
    EventStreamError,
    encode_headers,
    encode_message,
)

names = st.text(min_size=1, max_size=20).filter(lambda name: len(name.encode()) <= 255)
moments = st.datetimes(datetime(1970, 1, 1), datetime(2200, 1, 1)).map(  # noqa: DTZ001
    lambda at: at.replace(tzinfo=UTC, microsecond=at.microsecond // 1000 * 1000)
)
values = (
    st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.binary(max_size=50)
    | st.text(max_size=50)
    | st.uuids()
    | moments
)
messages = st.tuples(st.dictionaries(names, values, max_size=5), st.binary(max_size=300))


def read(data, step=None):
    decoder = EventStreamDecoder()
    step = step or len(data) or 1
    found = []
    for at in range(0, len(data), step):
        found.extend(decoder.feed(data[at : at + step]))
    return found, decoder


@given(st.lists(messages, max_size=4), st.integers(1, 64))
def test_what_is_written_is_read_in_any_pieces(sent, step):
    found, decoder = read(b"".join(encode_message(*message) for message in sent), step)
    assert [(dict(m.headers), m.payload) for m in found] == sent
    assert not decoder.mid_message


@given(messages)
def test_botocore_reads_what_is_written(message):
    headers, payload = message
    buffer = EventStreamBuffer()
    buffer.add_data(encode_message(headers, payload))
    there = buffer.next()
    assert there.payload == payload
    expected = {
        name: value.bytes
        if isinstance(value, uuid.UUID)
        else round(value.timestamp() * 1000)
        if isinstance(value, datetime)
        else value
        for name, value in headers.items()
    }
    assert there.headers == expected


@given(messages, st.data())
def test_a_changed_byte_is_noticed(message, data):
    raw = bytearray(encode_message(*message))
    place = data.draw(st.integers(0, len(raw) - 1))
    raw[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises(EventStreamError):
        read(bytes(raw))


@given(st.binary(max_size=400), st.integers(1, 50))
def test_any_bytes_are_read_or_refused(data, step):
    with contextlib.suppress(EventStreamError):
        read(data, step)


@given(st.binary(max_size=60), st.binary(max_size=20))
def test_any_headers_are_read_or_refused(headers, payload):
    total = 16 + len(headers) + len(payload)
    prelude = struct.pack("!II", total, len(headers))
    frame = prelude + struct.pack("!I", zlib.crc32(prelude)) + headers + payload
    with contextlib.suppress(EventStreamError):
        read(frame + struct.pack("!I", zlib.crc32(frame)))


def test_a_length_out_of_bounds_is_not_waited_for():
    prelude = struct.pack("!II", MAX_MESSAGE_BYTES + 1, 0)
    with pytest.raises(EventStreamError, match="out of bounds"):
        read(prelude + struct.pack("!I", zlib.crc32(prelude)))


def test_half_a_message_is_known():
    _, decoder = read(encode_message({}, b"abc")[:-1])
    assert decoder.mid_message


def test_all_types_of_integers_are_read():
    headers = b"".join(
        struct.pack("!B1sB", 1, name, kind) + struct.pack(form, -1)
        for name, kind, form in ((b"a", 2, "!b"), (b"b", 3, "!h"), (b"c", 4, "!i"), (b"d", 5, "!q"))
    )
    prelude = struct.pack("!II", 16 + len(headers), len(headers))
    frame = prelude + struct.pack("!I", zlib.crc32(prelude)) + headers
    [message], _ = read(frame + struct.pack("!I", zlib.crc32(frame)))
    assert message.headers == {"a": -1, "b": -1, "c": -1, "d": -1}
    assert message.raw_headers == headers
    assert encode_headers({}) == b""
