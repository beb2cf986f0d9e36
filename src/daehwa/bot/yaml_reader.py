"""Reading YAML 1.2 as people mean it: a scalar is text until someone wants a number.

A project's files and conversation tests are read by this. Nothing is guessed: ``no``, ``on``,
``1``, ``2026-01-01`` and ``~`` come as the text that stands there. Whoever needs a number or a
truth value reads it from a ``Plain`` text with ``as_json``, by the core schema of YAML 1.2.2;
text in quotes stays text there too.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

Path: TypeAlias = "tuple[str | int, ...]"

_INTEGER: Final = re.compile(r"[-+]?[0-9]+")
_FLOAT: Final = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NULLS: Final = ("", "~", "null", "Null", "NULL")
_TRUTHS: Final = {
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip
_MOST_NODES: Final = 200_000  # what aliases may unfold to


class YamlError(ValueError):
    """A file that cannot be read as YAML; the message has its name, line, column and the cure."""

    def __init__(self, place: Place, problem: str, cure: str) -> None:
        super().__init__(f"{place}: {problem} {cure}")
        self.place = place
        self.problem = problem
        self.cure = cure


class Plain(str):
    """A scalar that stands without quotes, so that it may mean a number, a truth value or null."""

    __slots__ = ()


class Folded(Plain):
    """A scalar without quotes or ``|`` that runs over several lines, which are one text."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a file; ``line`` and ``column`` count from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class YamlFile:
    """What a file says: mappings as ``dict``, sequences as ``list``, every scalar as ``str``.

    ``places`` has the place of each value by its path, as ``("slots", 0, "name")``; ``()`` is
    the whole file's. ``cut`` are texts without quotes that a ``#`` after a space ends, though
    what follows it looks like more of the text, each by its path with what is cut off.
    """

    value: Any
    places: dict[Path, Place] = field(default_factory=dict)
    cut: dict[Path, str] = field(default_factory=dict)

    def place(self, path: Path) -> Place:
        """Where the value of a path stands; where it is missing, its nearest parent."""
        while path not in self.places:
            path = path[:-1]
        return self.places[path]


def read_yaml(text: str, name: str, *, tagged: Callable[[str, Any], Any] | None = None) -> YamlFile:
    """Read one YAML document; ``name`` is the file's name in messages.

    An empty file is ``None``. ``tagged`` makes the value of one that has a tag, such as ``!Ref``;
    without it such a tag is refused.

    Raises:
        YamlError: for what is not YAML, a member written twice, a tag of one's own, more than
            one document, and aliases that unfold without end.
    """
    # ruamel.yaml takes 40 ms to import: who reads no YAML does not wait for it.
    from ruamel.yaml import YAML  # noqa: PLC0415
    from ruamel.yaml.error import MarkedYAMLError, YAMLError  # noqa: PLC0415

    yaml = YAML(typ="rt", pure=True)
    reader = _Reader(name, text, tagged)
    try:
        node = yaml.compose(text)
        if node is None:
            return YamlFile(value=None, places={(): Place(name, 1, 1)})
        return YamlFile(value=reader.read(node, ()), places=reader.places, cut=reader.cut)
    except YamlError:
        raise
    except (MarkedYAMLError, YAMLError, ValueError) as error:
        raise _explained(error, text, name) from None
    except RecursionError:
        problem = "more levels in each other than can be read."
        raise YamlError(Place(name, 1, 1), problem, "Write it with fewer.") from None


def _explained(error: Any, text: str, name: str) -> YamlError:
    """The author's mistake behind an error of the parser."""
    # Only a file at fault waits for the explanations.
    from daehwa.bot.yaml_faults import Failure, control_character, explain  # noqa: PLC0415

    fault = control_character(text)
    if fault is None:
        problem = " ".join(str(getattr(error, "problem", None) or "").split())
        context = " ".join(str(getattr(error, "context", None) or "").split())
        begun = getattr(error, "context_mark", None)
        mark = getattr(error, "problem_mark", None) or begun
        line, column = (mark.line, mark.column) if mark else (0, 0)
        from_line, from_column = (begun.line, begun.column) if begun else (line, column)
        if not problem and not context:
            problem = " ".join(str(error).split())
        fault = explain(text, Failure(problem, context, line, column, from_line, from_column))
    return YamlError(Place(name, fault.line, fault.column), fault.problem, fault.cure)


def as_json(value: Any) -> Any:
    """A read value with plain scalars resolved by YAML 1.2's core schema.

    ``1`` becomes ``1``, ``true`` becomes ``True``, ``~`` becomes ``None``; text in quotes and
    all other text stay ``str``.
    """
    match value:
        case dict():
            return {str(name): as_json(member) for name, member in value.items()}
        case list():
            return [as_json(item) for item in value]
        case Plain():
            return _scalar(value)
        case _:
            return value


def _scalar(text: Plain) -> Any:
    if text in _NULLS:
        return None
    if text in _TRUTHS:
        return _TRUTHS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    return str(text)


class _Reader:
    """Makes values of ruamel.yaml's nodes and remembers where each stood."""

    def __init__(
        self, name: str, text: str, tagged: Callable[[str, Any], Any] | None = None
    ) -> None:
        self.name = name
        self.tagged = tagged
        self.text = text
        self.lines = text.splitlines()
        self.cut: dict[Path, str] = {}
        self.places: dict[Path, Place] = {}
        self.open: list[Any] = []

    def read(self, node: Any, path: Path) -> Any:
        value = self.untagged(node, path)
        tag = str(node.tag or "")
        return self.tagged(tag, value) if self.tagged and tag.startswith("!") else value

    def untagged(self, node: Any, path: Path) -> Any:
        """The value of a node, whatever its tag."""
        from ruamel.yaml.nodes import MappingNode, ScalarNode  # noqa: PLC0415

        place = self.place(node)
        self.places[path] = place
        self.refuse(node, place)
        if isinstance(node, ScalarNode):
            if node.style:
                return str(node.value)
            self.note_cut(node, path)
            folded = node.start_mark.line != node.end_mark.line
            return Folded(node.value) if folded else Plain(node.value)
        self.open.append(node)
        if isinstance(node, MappingNode):
            value: Any = self.mapping(node, path)
        else:
            value = [self.read(item, (*path, at)) for at, item in enumerate(node.value)]
        self.open.pop()
        return value

    def note_cut(self, node: Any, path: Path) -> None:
        """Note what a ``#`` without a space after it, as in ``number #1``, takes off a text."""
        end = node.end_mark
        rest = self.lines[end.line][end.column :].strip() if end.line < len(self.lines) else ""
        if rest.startswith("#") and rest[1:2].strip(" #!") and isinstance(_scalar(node.value), str):
            self.cut[path] = rest

    def mapping(self, node: Any, path: Path) -> dict[str, Any]:
        members: dict[str, Any] = {}
        for key, value in node.value:
            if not isinstance(key.value, str):
                problem = "the name of a member must be text."
                raise YamlError(self.place(key), problem, "Put a text with braces in quotes.")
            if key.value in members:
                problem = f"'{key.value}' is written twice."
                raise YamlError(self.place(key), problem, "Keep one of them.")
            members[str(key.value)] = self.read(value, (*path, key.value))
            self.places[(*path, key.value)] = self.place(key)
        return members

    def refuse(self, node: Any, place: Place) -> None:
        """What no file of ours says."""
        if any(node is parent for parent in self.open):
            raise YamlError(place, "an alias that holds itself.", "Write out what is meant.")
        if len(self.places) > _MOST_NODES:
            problem = f"aliases that unfold to more than {_MOST_NODES:,} values."
            raise YamlError(place, problem, "Write out what is meant.")
        tag = str(node.tag or "")
        ours = self.tagged is not None and tag.startswith("!")
        if (tag.startswith("!") and not ours) or (
            tag and not tag.startswith(("!", "tag:yaml.org,2002:"))
        ):
            problem = f"the tag {tag} is not known here."
            raise YamlError(place, problem, f"Put a text that begins with {tag[0]} in quotes.")
        if self.anchors_a_text(node):
            problem = f"&{node.anchor} names a place in the file, and nothing refers to it."
            raise YamlError(place, problem, "Put a text that begins with & in quotes.")

    def anchors_a_text(self, node: Any) -> bool:
        """Whether an ``&`` without a use begins what is a text on one line."""
        anchor = getattr(node, "anchor", None)
        return (
            anchor is not None
            and isinstance(node.value, str)
            and node.style is None
            and re.search(rf"\*{re.escape(anchor)}(?!\S)|\*{re.escape(anchor)}[,\]}}]", self.text)
            is None
        )

    def place(self, node: Any) -> Place:
        return Place(self.name, node.start_mark.line + 1, node.start_mark.column + 1)
