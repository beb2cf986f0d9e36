"""Where a JSON path stands in a file: the line of a member, for a person's editor."""

from __future__ import annotations

import re
from typing import Final

_STEP: Final = re.compile(r"\.([^.\[]+)|\[(\d+)\]")
_SPACE: Final = re.compile(r"\s*")
_STRING: Final = re.compile(r'"((?:[^"\\]|\\.)*)"')
_SCALAR: Final = re.compile(r"[^\s,\]}]+")
_LINE: Final = re.compile(r"line (\d+)")


def line_of(text: str, field: str) -> int | None:
    """The line, from 1, of the path ``field`` (``$.slots[0].name``) in the JSON ``text``.

    Where the path leads nowhere, that of the last part that is there; ``line 3, column 4`` is
    its own answer. ``None`` for a text that is not JSON.
    """
    written = _LINE.match(field)
    if written is not None:
        return int(written[1])
    steps = [name or int(index) for name, index in _STEP.findall(field)]
    try:
        place = _Reader(text).find(steps)
    except (IndexError, AttributeError, ValueError):
        return None
    return text.count("\n", 0, place) + 1


def span_of(text: str, steps: list[str | int]) -> tuple[int, int] | None:
    """Where in the JSON ``text`` the value begins and ends that the steps lead to.

    ``None`` where they lead nowhere.
    """
    reader = _Reader(text)
    try:
        reader.space()
        for step in steps:
            if reader.enter(step) is None:
                return None
        start = reader.place
        reader.value()
    except (IndexError, AttributeError, ValueError):
        return None
    return start, reader.place


class _Reader:
    """Reads JSON without keeping it; ``place`` is where it is."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.place = 1 if text.startswith("\ufeff") else 0

    def find(self, steps: list[str | int]) -> int:
        """The place of what the steps lead to."""
        self.space()
        here = self.place
        for step in steps:
            reached = self.enter(step)
            if reached is None:
                break
            here = reached
        return here

    def enter(self, step: str | int) -> int | None:
        """Go to a member's value or to an item; return the place of its name or itself."""
        sign = self.text[self.place]
        if sign == "{" and isinstance(step, str):
            return self.enter_object(step)
        if sign == "[" and isinstance(step, int):
            return self.enter_list(step)
        return None

    def enter_object(self, name: str) -> int | None:
        self.place += 1
        while self.skip_to(",}") != "}":
            here = self.place
            key = self.string()
            self.space()
            self.place += 1  # the colon
            self.space()
            if key == name:
                return here
            self.value()
        return None

    def enter_list(self, index: int) -> int | None:
        self.place += 1
        while self.skip_to(",]") != "]":
            if index == 0:
                return self.place
            index -= 1
            self.value()
        return None

    def skip_to(self, signs: str) -> str:
        """Pass a comma, if there is one; return the sign that comes next."""
        self.space()
        if self.text[self.place] == signs[0]:
            self.place += 1
            self.space()
        return self.text[self.place]

    def value(self) -> None:
        """Pass a whole value."""
        depth = 0
        while True:
            self.space()
            sign = self.text[self.place]
            if sign == '"':
                self.string()
            elif sign in "{[":
                depth += 1
                self.place += 1
            elif sign in "}]":
                depth -= 1
                self.place += 1
            elif sign in ",:":
                self.place += 1
            else:
                self.place = _SCALAR.match(self.text, self.place).end()  # type: ignore[union-attr]
            if depth == 0:
                return

    def string(self) -> str:
        match = _STRING.match(self.text, self.place)
        self.place = match.end()  # type: ignore[union-attr]
        return match[1]  # type: ignore[index]

    def space(self) -> None:
        self.place = _SPACE.match(self.text, self.place).end()  # type: ignore[union-attr]
