"""Encrypting a zip with a password, as every unzip program and Python's zipfile undo it.

It is the zip format's own encryption (APPNOTE.TXT 6.1, "Traditional PKWARE Encryption"), which is
weak: it keeps a file from a chance look, not from somebody who wants to read it.
"""

from __future__ import annotations

import io
import secrets
import struct
import zipfile
import zlib
from typing import Final

_KEYS: Final = (0x12345678, 0x23456789, 0x34567890)
_ENCRYPTED: Final = 0x1
_UTF8: Final = 0x800
_VERSION: Final = 20
_MADE_BY_UNIX: Final = 3 << 8 | _VERSION
_HEADER_BYTES: Final = 12
_LOCAL: Final = struct.Struct("<4s5H3I2H")
_CENTRAL: Final = struct.Struct("<4s6H3I5H2I")
_END: Final = struct.Struct("<4s4H2IH")


def encrypted_zip(content: bytes, password: str) -> bytes:
    """The zip ``content`` with each of its files encrypted.

    Raises:
        zipfile.BadZipFile: it is not one.
    """
    made, directory = bytearray(), bytearray()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
        for entry in entries:
            plain = archive.read(entry)
            packed = _deflated(plain)
            head = secrets.token_bytes(_HEADER_BYTES - 1) + bytes([entry.CRC >> 24])
            sealed = _encrypted(head + packed, password.encode())
            name = entry.filename.encode()
            common = (
                _VERSION, _ENCRYPTED | _UTF8, zipfile.ZIP_DEFLATED, *_moment(entry),
                entry.CRC, len(sealed), len(plain), len(name), 0,
            )  # fmt: skip
            directory += _CENTRAL.pack(
                b"PK\1\2", _MADE_BY_UNIX, *common, 0, 0, 0, entry.external_attr, len(made)
            )
            directory += name
            made += _LOCAL.pack(b"PK\3\4", *common) + name + sealed
    end = _END.pack(b"PK\5\6", 0, 0, len(entries), len(entries), len(directory), len(made), 0)
    return bytes(made + directory + end)


def _deflated(plain: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(plain) + packer.flush()


def _moment(entry: zipfile.ZipInfo) -> tuple[int, int]:
    """The time and the date of an entry, as DOS has them."""
    year, month, day, hour, minute, second = entry.date_time
    return hour << 11 | minute << 5 | second // 2, (year - 1980) << 9 | month << 5 | day


def _encrypted(plain: bytes, password: bytes) -> bytes:
    table = _crc_table()
    one, two, three = _KEYS

    def take(byte: int) -> None:
        nonlocal one, two, three
        one = one >> 8 ^ table[(one ^ byte) & 0xFF]
        two = ((two + (one & 0xFF)) * 134775813 + 1) & 0xFFFFFFFF
        three = three >> 8 ^ table[(three ^ two >> 24) & 0xFF]

    for byte in password:
        take(byte)
    sealed = bytearray()
    for byte in plain:
        mask = three & 0xFFFF | 2
        sealed.append(byte ^ (mask * (mask ^ 1) >> 8 & 0xFF))
        take(byte)
    return bytes(sealed)


def _crc_table() -> list[int]:
    table = []
    for number in range(256):
        rest = number
        for _ in range(8):
            rest = rest >> 1 ^ 0xEDB88320 if rest & 1 else rest >> 1
        table.append(rest)
    return table
