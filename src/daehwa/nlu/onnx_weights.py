"""The weights in an ONNX file, without ONNX's runtime: a reader of protocol buffers' wire.

Source: onnx.proto (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto), of which a graph's
nodes (names of what goes in, kind) and its initializers (name, type, shape, bytes) are read.
"""

from __future__ import annotations

import mmap
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

_TYPES: Final = {1: "<f4", 3: "i1", 7: "<i8"}
"""Of TensorProto.DataType: FLOAT, INT8, INT64."""

_GRAPH: Final = 7
_NODE, _INITIALIZER = 1, 5
_NODE_INPUT, _NODE_KIND = 1, 4
_SHAPE, _TYPE, _NAME, _RAW = 1, 2, 8, 9

_VARINT, _EIGHT_BYTES, _LENGTH, _FOUR_BYTES = 0, 1, 2, 5
_MORE: Final = 0x80

Tensor = npt.NDArray[np.generic]


class GraphWeights(NamedTuple):
    """Arrays by name, and the names of what each node reads, with the node's kind, in order."""

    arrays: dict[str, Tensor]
    nodes: list[tuple[str, list[str]]]


def read(path: Path) -> GraphWeights:
    """Read a file whose weights are inside it, as raw bytes.

    The arrays are views of the file, which stays on disk until it is read.

    Raises:
        OSError: it cannot be read.
        ValueError: it is not such a file.
    """
    with path.open("rb") as file:
        content = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    arrays: dict[str, Tensor] = {}
    nodes: list[tuple[str, list[str]]] = []
    for graph in (value for number, value in _members(content) if number == _GRAPH):
        for number, value in _members(_bytes(graph)):
            if number == _NODE:
                nodes.append(_node(_bytes(value)))
            elif number == _INITIALIZER:
                name, array = _tensor(_bytes(value))
                arrays[name] = array
    if not arrays:
        raise ValueError(f"{path} has no weights in it")
    return GraphWeights(arrays, nodes)


def _node(content: memoryview) -> tuple[str, list[str]]:
    kind, inputs = "", []
    for number, value in _members(content):
        if number == _NODE_INPUT:
            inputs.append(str(_bytes(value), "utf-8"))
        elif number == _NODE_KIND:
            kind = str(_bytes(value), "utf-8")
    return kind, inputs


def _tensor(content: memoryview) -> tuple[str, Tensor]:
    shape: list[int] = []
    kind, name, raw = 0, "", memoryview(b"")
    for number, value in _members(content):
        if number == _SHAPE:
            shape += [value] if isinstance(value, int) else _varints(value)
        elif number == _TYPE:
            kind = int(value) if isinstance(value, int) else 0
        elif number == _NAME:
            name = str(_bytes(value), "utf-8")
        elif number == _RAW:
            raw = _bytes(value)
    if kind not in _TYPES:
        return name, np.empty(0, dtype=np.float32)
    return name, np.frombuffer(raw, dtype=_TYPES[kind]).reshape(shape)


def _members(content: memoryview) -> Iterator[tuple[int, int | memoryview]]:
    """Each member of a message: its number, and its value, undivided."""
    place = 0
    while place < len(content):
        key, place = _varint(content, place)
        number, wire = key >> 3, key & 7
        if wire == _VARINT:
            value, place = _varint(content, place)
            yield number, value
            continue
        if wire == _LENGTH:
            size, place = _varint(content, place)
        elif wire in (_EIGHT_BYTES, _FOUR_BYTES):
            size = 8 if wire == _EIGHT_BYTES else 4
        else:
            raise ValueError("not an ONNX file")
        if place + size > len(content):
            raise ValueError("an ONNX file that is cut short")
        yield number, content[place : place + size]
        place += size


def _varint(content: memoryview, place: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        if place >= len(content):
            raise ValueError("an ONNX file that is cut short")
        byte = content[place]
        place += 1
        value |= (byte & (_MORE - 1)) << shift
        if byte < _MORE:
            return value, place
        shift += 7


def _varints(content: memoryview) -> list[int]:
    values, place = [], 0
    while place < len(content):
        value, place = _varint(content, place)
        values.append(value)
    return values


def _bytes(value: int | memoryview) -> memoryview:
    if isinstance(value, int):
        raise ValueError("not an ONNX file")  # noqa: TRY004  of the file, not of the call
    return value
