"""Values in headers, as RecognizeUtterance and PutSession send them: JSON, gzip, base64.

One older page of the Lex guide has request attributes only base64-encoded; requests in
either form are read. Source: botocore's service model and ``spec`` notes of the wire.
"""

from __future__ import annotations

import base64
import binascii
import gzip
import zlib
from typing import Any

import msgspec

from daehwa import lex

# The service's cap on headers is 16 KB; state and attributes are 12 KB together, unzipped.
MAX_UNZIPPED_BYTES = 64 * 1024

_GZIP_MAGIC = b"\x1f\x8b"
_encoder = msgspec.json.Encoder()


def pack(value: Any) -> bytes:
    """``value`` as JSON, gzipped, in base64."""
    # Level 1: the values are small, and the same bytes come out every time (no time stamp).
    return base64.b64encode(gzip.compress(_encoder.encode(value), compresslevel=1, mtime=0))


def unpack(raw: bytes, member: str) -> bytes:
    """The JSON in a header's value.

    Raises:
        lex.ValidationException: it is not base64 or not gzip, or is too big; names ``member``.
    """
    try:
        data = base64.b64decode(raw, validate=True)
    except (binascii.Error, ValueError):
        raise _malformed(member, "base64") from None
    if not data.startswith(_GZIP_MAGIC):
        return data
    unzip = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        text = unzip.decompress(data, MAX_UNZIPPED_BYTES)
    except zlib.error:
        raise _malformed(member, "gzip") from None
    if not unzip.eof:
        raise _malformed(member, f"gzip of at most {MAX_UNZIPPED_BYTES} bytes")
    return text


def _malformed(member: str, form: str) -> lex.ValidationException:
    return lex.ValidationException(
        f"1 validation error detected: Value at '{member}' failed to satisfy constraint: "
        f"Member must be JSON, compressed with gzip, encoded with base64 (it is not {form})"
    )
