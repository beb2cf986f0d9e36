"""What the shapes of the model-building API are made of.

A shape is a structure of botocore's service model. Its members have the model's names on the wire,
and Python's as attributes; the bounds and choices of what clients send stand in the annotations.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import Any, Final, Literal, Self

import msgspec

_LABEL: Final = re.compile(r"\{(\w+)\}")

Structure = dict[str, Any]
"""A structure that is not read here: a part of a bot's definition, which ``daehwa.bot`` reads, or
settings that are stored and returned as they came. In a request it is annotated with its part:
``part_shape`` has what the service model demands of it."""


class Shape(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"):
    """A request, a response, or a structure inside one; ``None`` is a member that is not there."""

    @classmethod
    def from_members(cls, members: Mapping[str, Any]) -> Self:
        """The shape with those of ``members`` (by their names on the wire) that it has."""
        names = zip(cls.__struct_fields__, cls.__struct_encode_fields__, strict=True)
        return cls(**{field: members[name] for field, name in names if name in members})

    def members(self) -> dict[str, Any]:
        """The members that are there, by their names on the wire, as JSON has them."""
        members: dict[str, Any] = msgspec.to_builtins(self)
        return members

    @classmethod
    def from_shape(cls, other: Shape, **members: Any) -> Self:
        """The shape with the members that ``other`` has too, and with ``members``."""
        shared = {name: getattr(other, name, None) for name in cls.__struct_fields__}
        return cls(**(shared | members))


class Route(msgspec.Struct, frozen=True):
    """The way to an operation: its name, method and path. The path's labels stand in braces."""

    name: str
    method: str
    path: str

    @property
    def labels(self) -> tuple[str, ...]:
        """The members of the request that stand in the path, in its order."""
        return _labels(self.path)


class OperationModel(msgspec.Struct, frozen=True):
    """What the service model says of an operation.

    ``request`` is the shape of its request, ``status`` that of its response. ``query`` has the
    members that stand in the query; ``missing`` is the error that the operation declares for what
    does not exist.
    """

    request: type[Shape]
    status: int
    missing: Literal[
        "ResourceNotFoundException", "PreconditionFailedException", "ValidationException"
    ]
    query: tuple[str, ...] = ()


@cache
def part_shape(name: str) -> type[Shape]:
    """What the service model demands of a ``Structure``, by the module and name of its part.

    The shapes of parts are many and only read to check requests, so they are imported at need.
    """
    module, _, shape_name = name.partition(".")
    shape: type[Shape] = getattr(import_module(f"daehwa.workshop.shapes.{module}"), shape_name)
    return shape


@cache
def _labels(path: str) -> tuple[str, ...]:
    return tuple(_LABEL.findall(path))
