"""The way from a method and a path to an operation."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Generic, Protocol, TypeVar

# Keys of the tree that no segment of a path can be: both hold a slash.
_LABEL = b"/{}"
_METHODS = b"/"


class Routed(Protocol):
    """An operation with its method and its path, whose labels stand in braces."""

    @property
    def method(self) -> str:
        """The HTTP method."""

    @property
    def path(self) -> str:
        """The template of the path: ``/bots/{botId}``."""


RoutedT = TypeVar("RoutedT", bound=Routed)


class Router(Generic[RoutedT]):
    """Finds the operation of a method and a path, and the path's labels.

    A literal segment goes before a label. The slash at the end of some operations' paths is no
    part of them: whoever takes it in requests leaves it out.
    """

    def __init__(self, operations: Iterable[RoutedT]) -> None:
        self._tree: dict[bytes, Any] = {}
        for operation in operations:
            node = self._tree
            path = operation.path.rstrip("/")
            for segment in path.encode().split(b"/")[1:]:
                node = node.setdefault(_LABEL if segment.startswith(b"{") else segment, {})
            node.setdefault(_METHODS, {})[operation.method] = operation

    def match(self, method: str, raw_path: bytes) -> tuple[RoutedT, tuple[bytes, ...]] | None:
        """The operation and its labels, still percent-encoded; ``None`` if there is none."""
        node = self._tree
        labels = []
        for segment in raw_path.split(b"/")[1:]:
            below = node.get(segment)
            if below is None:
                below = node.get(_LABEL)
                if below is None or not segment:
                    return None
                labels.append(segment)
            node = below
        operation = node.get(_METHODS, {}).get(method)
        return None if operation is None else (operation, tuple(labels))
