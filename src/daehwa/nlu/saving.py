"""Learned models as files: named arrays and a few facts, checked by digest, never pickled.

A file is one line of JSON (the format, the body's SHA-256, the facts, each array's type,
shape and place), padded to a multiple of 64 bytes, and the arrays' bytes after it.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import msgspec
import numpy as np
import numpy.typing as npt

from daehwa.nlu.errors import ModelFileError

_FORMAT: Final = "daehwa-nlu/1"
_ALIGNMENT: Final = 64
_TYPES: Final = frozenset({"<f4", "<i4", "<i8", "<u8"})

Arrays = dict[str, npt.NDArray[np.generic]]


class _Place(msgspec.Struct, frozen=True):
    name: str
    type: str
    shape: tuple[int, ...]
    start: int


class _Header(msgspec.Struct, frozen=True, kw_only=True):
    format: str
    digest: str
    facts: dict[str, Any]
    arrays: tuple[_Place, ...]


def write(path: Path, arrays: Mapping[str, npt.NDArray[np.generic]], facts: dict[str, Any]) -> None:
    """Write arrays and facts; a reader sees the whole file or none."""
    body = bytearray()
    places = []
    for name, array in arrays.items():
        body += bytes(-len(body) % _ALIGNMENT)
        little = array.astype(array.dtype.newbyteorder("<"))
        places.append(_Place(name, little.dtype.str, array.shape, len(body)))
        body += little.tobytes()
    header = msgspec.json.encode(
        _Header(
            format=_FORMAT,
            digest=hashlib.sha256(body).hexdigest(),
            facts=facts,
            arrays=tuple(places),
        )
    )
    header += b" " * (-(len(header) + 1) % _ALIGNMENT) + b"\n"
    path.parent.mkdir(0o700, parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(header)
            file.write(body)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def read(path: Path) -> tuple[Arrays, dict[str, Any]]:
    """The arrays and facts of a file.

    Raises:
        ModelFileError: the file is damaged, cut short or of another format.
        OSError: it cannot be read.
    """
    content = path.read_bytes()
    end = content.find(b"\n") + 1
    body = memoryview(content)[end:]
    try:
        header = msgspec.json.decode(content[:end], type=_Header)
    except msgspec.DecodeError as error:
        raise ModelFileError(f"{path} is not a learned model; learn the bot again") from error
    if header.format != _FORMAT:
        raise ModelFileError(f"{path} has the format {header.format}; learn the bot again")
    if hashlib.sha256(body).hexdigest() != header.digest:
        raise ModelFileError(f"{path} is damaged; learn the bot again")
    arrays: Arrays = {}
    for place in header.arrays:
        if place.type not in _TYPES:
            raise ModelFileError(f"{path} has numbers of the type {place.type}")
        count = int(np.prod(place.shape))
        flat = np.frombuffer(body, dtype=place.type, count=count, offset=place.start)
        arrays[place.name] = flat.reshape(place.shape)
    return arrays, header.facts
