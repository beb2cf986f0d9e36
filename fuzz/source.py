"""Values as the Python that makes them, so that a case can be pasted as a test."""

from __future__ import annotations

import importlib
from typing import Any

import msgspec

_INDENT = "    "
_WIDE = 80
# Rooms of the package, by whose doors their values are named.
_PACKAGE = "daehwa"


class Source:
    """Writes values, and collects the ``imports`` that they need."""

    def __init__(self) -> None:
        self.imports: set[str] = set()

    def of(self, value: Any, depth: int = 1) -> str:
        """The expression that makes ``value``; members that have their defaults are left out."""
        if isinstance(value, msgspec.Struct):
            name = self._named(type(value))
            members = [
                f"{field.name}={self.of(member, depth + 1)}"
                for field in msgspec.structs.fields(value)
                if not _is_default(field, member := getattr(value, field.name))
            ]
            return _laid_out(f"{name}(", members, ")", depth)
        if isinstance(value, dict):
            members = [
                f"{self.of(key, depth + 1)}: {self.of(member, depth + 1)}"
                for key, member in value.items()
            ]
            return _laid_out("{", members, "}", depth)
        if isinstance(value, list | tuple):
            members = [self.of(member, depth + 1) for member in value]
            if isinstance(value, list):
                return _laid_out("[", members, "]", depth)
            return _laid_out("(", members, ",)" if len(members) == 1 else ")", depth)
        module = type(value).__module__
        if module != "builtins":
            self.imports.add(f"import {module}")
        return repr(value)

    def _named(self, kind: type) -> str:
        package, _, rest = kind.__module__.partition(".")
        room = rest.partition(".")[0]
        if package == _PACKAGE and hasattr(
            importlib.import_module(f"{package}.{room}"), kind.__name__
        ):
            self.imports.add(f"from {package} import {room}")
            return f"{room}.{kind.__name__}"
        self.imports.add(f"from {kind.__module__} import {kind.__name__}")
        return kind.__name__


def _is_default(field: msgspec.structs.FieldInfo, value: Any) -> bool:
    if field.default_factory is not msgspec.NODEFAULT:
        return bool(value == field.default_factory())
    return field.default is not msgspec.NODEFAULT and bool(value == field.default)


def _laid_out(start: str, members: list[str], end: str, depth: int) -> str:
    line = start + ", ".join(members) + end
    if len(line) + len(_INDENT) * depth <= _WIDE or not members:
        return line
    inner = "\n" + _INDENT * (depth + 1)
    return (
        start
        + "".join(f"{inner}{member}," for member in members)
        + f"\n{_INDENT * depth}{end.lstrip(',')}"
    )
