"""Walking a definition: every value in it, with its place as a JSON path."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from daehwa.bot.fields import fields


def walk(value: Any, path: str = "$") -> Iterator[tuple[str, Any]]:
    """Every typed value that is in the same file, itself first, with its JSON path."""
    if isinstance(value, msgspec.Struct):
        yield path, value
        for field in fields(type(value)).values():
            yield from walk(getattr(value, field.attribute), f"{path}.{field.name}")
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from walk(item, f"{path}[{index}]")
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from walk(item, f"{path}.{name}")
