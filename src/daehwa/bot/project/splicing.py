"""Changing a YAML file where it has to change, and nowhere else: all other characters stay."""

from __future__ import annotations

import re
from typing import Any, Final

from daehwa.bot.project.emitting import scalar

_EMPTY: Final = re.compile(r"[ \t]*")
_STEP: Final = "  "


class Unsplicable(Exception):
    """The place is written in a way that cannot be added to."""


class Spliced:
    """A file's text with its nodes, as ruamel.yaml composes them."""

    def __init__(self, text: str) -> None:
        # Half of the time of a command that changes nothing else.
        from ruamel.yaml import YAML  # noqa: PLC0415

        self.text = text
        self.root = YAML(typ="rt", pure=True).compose(text)

    # --- finding --------------------------------------------------------------------------------

    def value(self, holder: Any, name: str) -> Any | None:
        """The value of a mapping's member; ``None`` if there is none."""
        pair = self.pair(holder, name)
        return None if pair is None else pair[1]

    def pair(self, holder: Any, name: str) -> tuple[Any, Any] | None:
        """The name and the value of a mapping's member."""
        if holder is None or not is_mapping(holder):
            return None
        return next(((key, value) for key, value in holder.value if key.value == name), None)

    # --- adding ---------------------------------------------------------------------------------

    def append(self, key: Any, node: Any, text: str) -> str:
        """The file with a text more in the list that is the value of ``key``."""
        if is_list(node):
            return self._append_item(node, text)
        if node.style in ("|", ">"):
            return self._append_line(node, text)
        if node.value == "" and node.style is None:
            return self._insert(self._behind_colon(key), f" [{scalar(text, row=True)}]")
        row = f"[{scalar(node.value, row=True)}, {scalar(text, row=True)}]"
        return self.text[: node.start_mark.index] + row + self.text[node.end_mark.index :]

    def append_entry(self, node: Any, name: str) -> str:
        """The file with an item more in a list, or a member without a value in a mapping."""
        if is_list(node):
            return self._append_item(node, name)
        if is_flow(node):
            return self._append_in_row(node, f"{scalar(name, row=True)}:")
        return self._after_last(node, f"{scalar(name)}:")

    def give_list(self, node: Any, text: str) -> str:
        """The file with a scalar in a list made ``scalar: [text]``."""
        if node.style in ("|", ">"):
            raise Unsplicable
        row = f": [{scalar(text, row=True)}]"
        end = node.end_mark.index
        return self.text[:end] + row + self.text[end:]

    def first_member(self, key: Any, node: Any, name: str, text: str) -> str:
        """The file with a list of one text as the first member of the mapping under ``key``."""
        if is_mapping(node) and is_flow(node):
            row = f"{name}: [{scalar(text, row=True)}]" + (", " if node.value else "")
            return self._insert(node.start_mark.index + 1, row)
        if is_mapping(node) and node.value:
            first = node.value[0][0].start_mark
            margin = " " * first.column
            line = f"{name}:\n{margin}{_STEP}- {scalar(text)}\n{margin}"
            return self._insert(first.index, line)
        if is_mapping(node) or is_list(node) or node.value:
            raise Unsplicable
        margin = " " * key.start_mark.column + _STEP
        line = f"{margin}{name}:\n{margin}{_STEP}- {scalar(text)}\n"
        return self._insert_line(key.end_mark.line, line)

    # --- the text -------------------------------------------------------------------------------

    def _append_item(self, node: Any, text: str) -> str:
        if is_flow(node):
            return self._append_in_row(node, scalar(text, row=True))
        return self._after_last(node, f"- {scalar(text)}")

    def _append_in_row(self, node: Any, item: str) -> str:
        end = node.end_mark.index - 1
        before = self.text[:end].rstrip()
        joint = "" if not node.value else (" " if before.endswith(",") else ", ")
        return before + joint + item + self.text[len(before) :]

    def _after_last(self, node: Any, entry: str) -> str:
        margin = " " * node.start_mark.column
        last = node.value[-1]
        return self._insert_line(self._last_line(last), f"{margin}{entry}\n")

    def _last_line(self, node: Any) -> int:
        """The line on which the last words of a node stand."""
        if isinstance(node, tuple):
            key, value = node
            return max(int(key.end_mark.line), self._last_line(value))
        if (is_mapping(node) or is_list(node)) and not is_flow(node) and node.value:
            return self._last_line(node.value[-1])
        if getattr(node, "style", None) in ("|", ">"):
            lines = self.text[: node.end_mark.index].rstrip().count("\n")
            return max(lines, int(node.start_mark.line))
        if node.start_mark.index == node.end_mark.index:
            return self.text[: node.start_mark.index].rstrip().count("\n")
        return int(node.end_mark.line)

    def _append_line(self, node: Any, text: str) -> str:
        if "\n" in text or node.style == ">":
            raise Unsplicable
        lines = self.text.splitlines()
        line = self._last_line(node)
        if line == node.start_mark.line:
            raise Unsplicable
        indent = _EMPTY.match(lines[line])
        return self._insert_line(line, f"{indent[0] if indent else ''}{text}\n")

    def _insert_line(self, line: int, words: str) -> str:
        """The text with a line after the one of that number."""
        lines = self.text.splitlines(keepends=True)
        ending = "\r\n" if lines and lines[line].endswith("\r\n") else "\n"
        if not lines[line].endswith("\n"):
            lines[line] += ending
        return "".join([*lines[: line + 1], words.replace("\n", ending), *lines[line + 1 :]])

    def _insert(self, index: int, words: str) -> str:
        return self.text[:index] + words + self.text[index:]

    def _behind_colon(self, key: Any) -> int:
        return self.text.index(":", key.end_mark.index) + 1


def is_mapping(node: Any) -> bool:
    """Whether a node is a mapping."""
    return type(node).__name__ == "MappingNode"


def is_list(node: Any) -> bool:
    """Whether a node is a sequence."""
    return type(node).__name__ == "SequenceNode"


def is_flow(node: Any) -> bool:
    """Whether a mapping or list stands in a row."""
    return bool(node.flow_style)
