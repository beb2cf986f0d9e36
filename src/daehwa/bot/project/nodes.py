"""A value of a project's file with its place, and what is wrong with it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NoReturn, TypeVar

from daehwa.bot.project.other_names import right_name
from daehwa.bot.project.vocabulary import KINDS
from daehwa.bot.yaml_reader import Folded, Path, Place, Plain, YamlFile, as_json

_T = TypeVar("_T")

_SHOWN: Final = 40
_MOST_FAULTS: Final = 50
_MERGE: Final = "<<"
_TIGHT: Final = r"([a-z_]+):(\S.*)"
_HAVE_TEXTS: Final = ("message", "outcome", "prompt", "confirm", "initial")
_FIRST_MEMBERS: Final = {
    "bot": ("name", "idle"),
    "locale": ("intents", "slot_types"),
    "intent": ("samples", "answer"),
    "slot": ("type", "prompt"),
}
_SLOT: Final = 2  # slots, and the name of one
_DURATION: Final = re.compile(r"(\d+)\s*(s|m|h|)")
_SECONDS: Final = {"": 1, "s": 1, "m": 60, "h": 3600}


class ProjectFault(Exception):
    """What is wrong at a place; the rest of the file is read on.

    ``loses`` says whether the part that it is in is missing from what is read.
    """

    def __init__(self, path: Path, problem: str, cure: str, *, loses: bool = True) -> None:
        super().__init__(f"{problem} {cure}")
        self.loses = loses
        self.path = path
        self.problem = problem
        self.cure = cure


@dataclass(slots=True)
class SourceFile:
    """A file that is being read: what was wrong in it, and where each member came from.

    ``marks`` has the path in the file of a member of the JSON that was made, by the object that
    holds it and its name there.
    """

    file: YamlFile
    name: str = ""
    faults: list[ProjectFault] = field(default_factory=list)
    marks: dict[tuple[int, str | int], Path] = field(default_factory=dict)
    # What is marked stays alive, so that its id stays its own.
    holders: list[Any] = field(default_factory=list)

    def place(self, path: Path) -> Place:
        """Where a path stands in the file; its beginning, if it could not be read."""
        return self.file.place(path) if self.file.places else Place(self.name, 1, 1)

    def attempt(self, read: Callable[[], _T], otherwise: _T, *, loses: bool = True) -> _T:
        """What ``read`` gives, or the other value where something is wrong with it.

        ``loses`` says whether other parts miss what is then not there.
        """
        try:
            return read()
        except ProjectFault as fault:
            fault.loses &= loses
            self.faults.append(fault)
            return otherwise

    def patiently(self, read: Callable[[Node], _T], node: Node, otherwise: _T) -> _T:
        """What ``read`` gives of a part: what is wrong in it is set aside, and it is read again.

        So all that is wrong is known at once. The other value stands for a part of which nothing
        can be read.
        """
        for _ in range(_MOST_FAULTS):
            try:
                return read(node)
            except ProjectFault as fault:
                smaller = node.without(fault.path)
                fault.loses &= smaller is None or _missed(fault.path[len(node.path) :])
                self.faults.append(fault)
                if smaller is None:
                    return otherwise
                node = smaller
        return otherwise


@dataclass(slots=True, frozen=True)
class Node:
    """A value at a path of a file."""

    source: SourceFile
    value: Any
    path: Path

    def refuse(self, problem: str, cure: str) -> NoReturn:
        """Say what is wrong here."""
        raise ProjectFault(self.path, problem, cure)

    def child(self, name: str | int) -> Node:
        """A member or an item."""
        return Node(self.source, self.value[name], (*self.path, name))

    def without(self, path: Path) -> Node | None:
        """The value without the member at a path within it, or what that is an item of."""
        steps = path[len(self.path) :]
        while steps and not isinstance(steps[-1], str):
            steps = steps[:-1]
        try:
            return Node(self.source, _pruned(self.value, steps), self.path) if steps else None
        except (KeyError, IndexError, TypeError):
            return None

    def mark(self, holder: Any, *names: str | int) -> None:
        """Remember that these members of the JSON ``holder`` came from here."""
        self.source.holders.append(holder)
        for name in names:
            self.source.marks[id(holder), name] = self.path

    # --- objects and lists ------------------------------------------------------------------

    def by_name(self, what: str) -> Iterator[tuple[str, Node]]:
        """The members of a mapping whose names are the author's."""
        if self.value in (None, ""):
            return
        if not isinstance(self.value, Mapping):
            self.refuse(
                f"this is {shown(self.value)}, but has to be {what} by name.",
                "Write each as `Name:`, with its members below it.",
            )
        for name in self.value:
            yield str(name), self.child(name)

    def members(self, kind: str) -> dict[str, Node]:
        """The members of a mapping of a known kind; a name that it has not is reported."""
        known = KINDS[kind]
        if self.value in (None, ""):
            return {}
        if not isinstance(self.value, Mapping):
            self.refuse(
                f"this is {shown(self.value)}, but has to be members of {_a(kind)}.",
                self.cure_of_no_members(kind),
            )
        members = {}
        for name in self.value:
            if name in known:
                members[str(name)] = self.child(name)
            else:
                self.source.faults.append(self.unknown(str(name), kind))
        return members

    def unknown(self, name: str, kind: str) -> ProjectFault:
        """A member that nothing reads, or what is not a member at all but a text without quotes."""
        path = self.child(name).path
        empty = self.value[name] in (None, "")
        slot = _braces(self.value)
        if slot is not None and kind in _HAVE_TEXTS:
            cure = f'Put what begins with a brace in quotes: "{slot}".'
            self.refuse("this is a mapping, but has to be a text.", cure)
        if empty and (colon := re.fullmatch(_TIGHT, name)) is not None:
            cure = f"Write `{colon[1]}: {colon[2]}`."
            return ProjectFault(path, "a colon without a space after it stands here.", cure)
        if empty and not name.isidentifier():
            cure = "Put a text that has a comma in it in quotes."
            return ProjectFault(path, f'"{name}" comes after a comma, and is not a member.', cure)
        return unknown(path, name, kind)

    def cure_of_no_members(self, kind: str) -> str:
        """What to write where the members of a kind should stand."""
        name = str(self.path[-1]) if self.path else ""
        if name in KINDS[kind] and len(self.path) > 1:
            return f'"{name}" is a member of {_a(kind)}: indent it further, below the name of one.'
        wanted = " and ".join(
            f"`{each}:`" for each in _FIRST_MEMBERS.get(kind, list(KINDS[kind])[:3])
        )
        return f"Write members such as {wanted} below it, each on a line of its own."

    def items(self) -> list[Node]:
        """The items of a list; one value alone is a list of one."""
        if self.value in (None, ""):
            return []
        if not isinstance(self.value, list | tuple):
            return [self]
        return [self.child(at) for at in range(len(self.value))]

    # --- scalars ----------------------------------------------------------------------------

    def text(self) -> str:
        """A text, as it stands."""
        if not isinstance(self.value, str):
            cure = "Write one text."
            slot = _braces(self.value)
            if slot is not None:
                cure = f'Put what begins with a brace in quotes: "{slot}".'
            self.refuse(f"this is {shown(self.value)}, but has to be a text.", cure)
        return str(self.value)

    def texts(self) -> list[str]:
        """Texts: a list of them, or the lines of one written with ``|``."""
        if isinstance(self.value, str) and "\n" in self.value:
            lines = [line.strip() for line in self.value.splitlines() if line.strip()]
            if all(line.startswith("- ") for line in lines):
                cure = "Remove the | for a list, or the dashes."
                self.refuse("each line has a dash below a |, where it is part of the text.", cure)
            return lines
        if isinstance(self.value, Folded):
            cure = "Begin each line with a dash, or put a | after the colon above them."
            self.refuse("these lines are one text, since nothing separates them.", cure)
        if isinstance(self.value, Mapping) and _braces(self.value) is None:
            cure = "Write each on a line of its own, after a dash."
            self.refuse("this is a mapping, but has to be a list of texts.", cure)
        return [item.text() for item in self.items()]

    def whole(self) -> int:
        """A whole number."""
        value = self.number()
        if value != int(value):
            self.refuse(f"this is {value}, but has to be a whole number.", "Write only digits.")
        return int(value)

    def number(self) -> int | float:
        """A number."""
        value = as_json(self.value)
        if isinstance(value, bool) or not isinstance(value, int | float):
            quoted = isinstance(as_json(Plain(self.value)), int | float) if self.value else False
            cure = "Write it without quotes." if quoted else "Write digits, as in 2 or 0.4."
            self.refuse(f"this is {shown(self.value)}, but has to be a number.", cure)
        return value

    def flag(self) -> bool:
        """A truth value; what YAML 1.1 took for one, ``yes`` and ``no``, is understood."""
        value = as_json(self.value)
        if isinstance(value, bool):
            return value
        words = {"yes": True, "no": False, "on": True, "off": False}
        if isinstance(self.value, Plain) and self.value.casefold() in words:
            return words[self.value.casefold()]
        wanted = "true or false"
        cure = "Write it without quotes." if self.value in ("true", "false") else f"Write {wanted}."
        return self.refuse(f"this is {shown(self.value)}, but has to be {wanted}.", cure)

    def word(self, *words: str) -> str:
        """One of a few words."""
        if not isinstance(self.value, str):
            wanted = f"Write one of {', '.join(words)}."
            self.refuse(f"this is {shown(self.value)}, but has to be a word.", wanted)
        value = self.text()
        if value not in words:
            near = difflib.get_close_matches(value, words, 1)
            cure = f'Write "{near[0]}".' if near else f"Write one of {', '.join(words)}."
            self.refuse(f"{shown(value)} is not a choice here.", cure)
        return value

    def seconds(self) -> int:
        """A duration such as ``90``, ``90s``, ``5m`` or ``1h``, in seconds."""
        match = _DURATION.fullmatch(str(self.value).strip())
        if match is None:
            self.refuse(f"{shown(self.value)} is not a duration.", "Write it as 90s, 5m or 1h.")
        return int(match[1]) * _SECONDS[match[2]]

    def json(self) -> Any:
        """The JSON that stands here verbatim."""
        return as_json(self.value)


def _pruned(value: Any, steps: Path) -> Any:
    """A copy of a value without the member that the steps lead to."""
    first, rest = steps[0], steps[1:]
    if isinstance(value, Mapping):
        inner = value[first]
        if rest:
            return {**value, first: _pruned(inner, rest)}
        return {name: one for name, one in value.items() if name != first}
    at = int(first)
    return [*value[:at], _pruned(value[at], rest), *value[at + 1 :]]


def _missed(steps: Path) -> bool:
    """Whether other parts miss what stands there: a slot, or the contexts that are set."""
    return bool(steps) and (steps[0] == "gives" or (steps[0] == "slots" and len(steps) <= _SLOT))


def unknown(path: Path, name: str, kind: str) -> ProjectFault:
    """A member that nothing reads, with the nearest right one."""
    names = list(KINDS[kind])
    near = right_name(name, kind) or next(
        iter(difflib.get_close_matches(name, names, 1, 0.6)), None
    )
    cure = f'Write "{near}".' if near else f"The known ones are {', '.join(names)}."
    hidden = "".join(f"U+{ord(each):04X}" for each in name if not each.isprintable())
    if hidden:
        cure = f"Remove what cannot be seen in it ({hidden})."
    elif kind == "bot" and name in KINDS["locale"]:
        cure = "It belongs in the file of a locale, such as ko_KR.yaml."
    elif kind == "locale" and name in KINDS["bot"]:
        cure = "It belongs in bot.yaml."
    elif (kind, name) == ("slot", "required"):
        cure = "Remove it: a slot is required unless it has `optional: true`."
    elif name == _MERGE:
        cure = "Write the members out: YAML 1.2 has no merge keys."
    # Without the parts of a locale much else would be missing, too.
    loses = kind == "locale" and near in ("intents", "slot_types")
    return ProjectFault(path, f'{_a(kind)} has no member "{name}".', cure, loses=loses)


def _a(kind: str) -> str:
    if kind == "defaults":
        return "`defaults`"
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"


def shown(value: Any) -> str:
    """A value as an error shows it."""
    if isinstance(value, Mapping):
        return "a mapping"
    if isinstance(value, list | tuple):
        return "a list"
    if value in (None, ""):
        return "nothing"
    text = str(value)
    return f'"{text}"' if len(text) <= _SHOWN else f'"{text[:_SHOWN]}…"'


def _braces(value: Any) -> str | None:
    """The ``{Slot}`` that somebody wrote without quotes, which YAML reads as a mapping."""
    if isinstance(value, Mapping) and len(value) == 1:
        [(name, inside)] = value.items()
        if inside in (None, ""):
            return f"{{{name}}} …"
    return None
