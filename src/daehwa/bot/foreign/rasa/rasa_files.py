"""Finding and reading the files of a Rasa assistant: domain, training data, configuration.

Source: the Rasa documentation, "Domain", "Training Data Format", "Model Configuration" and
"Importers" (2.x and 3.x), and the Markdown and JSON formats of 1.x.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any, Final

import msgspec

from daehwa.bot.errors import ArchiveError
from daehwa.bot.foreign.recognising import ForeignBot
from daehwa.bot.yaml_reader import YamlError, YamlFile, as_json, read_yaml

_YAML: Final = (".yml", ".yaml")
_APART: Final = re.compile(
    r"(^|/)(\.[^/]*|tests?|test_stories|e2e_tests?|results|models|node_modules|deploy|docs)/"
    r"|(^|/)(test_[^/]*|[^/]*_test)\.\w+$"
)
_NLU_MARKDOWN: Final = re.compile(r"^##\s*(intent|synonym|regex|lookup)\s*:", re.MULTILINE)
_STORY_MARKDOWN: Final = re.compile(r"^\s*\*\s*[\w/+-]+.*\n(\s*\n)*\s+-\s*\w+", re.MULTILINE)
_TRAINING: Final = frozenset({"nlu", "stories", "rules", "rasa_nlu_data", "flows"})
_DOMAIN: Final = frozenset(
    {"intents", "entities", "slots", "forms", "responses", "templates", "actions",
     "session_config", "e2e_actions"}
)  # fmt: skip


class Sourced(msgspec.Struct, frozen=True):
    """A value and the place where it is written, as ``data/nlu.yml:12``."""

    value: Any
    place: str


class MarkdownFile(msgspec.Struct, frozen=True):
    """A file of the Markdown formats of Rasa 1."""

    name: str
    text: str


class RasaFiles:
    """What the files of one assistant say.

    ``domain`` has each section's members by name, ``training`` the YAML files with examples,
    stories and rules, ``markdown`` and ``json`` those of Rasa 1, ``config`` the configuration.
    ``notes`` are lines on files that are not read, ``faults`` what is wrong with some of them.
    """

    def __init__(self, foreign: ForeignBot) -> None:
        self.foreign = foreign
        self.notes: list[str] = []
        self.faults: list[str] = []
        self.domain: dict[str, dict[str, Sourced]] = {section: {} for section in _DOMAIN}
        self.training: list[YamlFile] = []
        self.markdown: list[MarkdownFile] = []
        self.json: list[tuple[str, Any]] = []
        self.config: dict[str, Any] = {}
        self.config_file = "config.yml"
        self.files = foreign.files
        self.root = ""  # while it is looked for
        self.root = self._root([name for name in self.files if not _APART.search(name)])
        self.files = {
            name: content
            for name, content in foreign.files.items()
            if not _APART.search(name.removeprefix(self.root))
        }
        for name in sorted(self._of(self.root)):
            self._read(name)
        self._channels()

    # --- which files ------------------------------------------------------------------

    def _root(self, names: Sequence[str]) -> str:
        """The folder of the assistant, with a slash at its end; empty for the top.

        Raises:
            ArchiveError: there are several assistants.
        """
        homes: dict[str, None] = {}
        for fits in (r"(?:domain\.ya?ml|domain/.+\.ya?ml)", r"[^/]*domain[^/]*\.ya?ml"):
            for name in names or self.files:
                match = re.fullmatch(rf"(|.*?/){fits}", name)
                if match is not None:
                    homes.setdefault(match[1])
            if homes:
                break
        least = min((home.count("/") for home in homes), default=0)
        nearest = [home for home in homes if home.count("/") == least]
        if len(nearest) > 1:
            shown = ", ".join(home.rstrip("/") or "." for home in nearest[:6])
            raise ArchiveError(
                f"there are {len(nearest)} assistants of Rasa here: {shown}.",
                file=nearest[0] or ".",
                cure="Import the folder of one of them.",
            )
        return nearest[0] if nearest else ""

    def _of(self, root: str) -> Iterator[str]:
        """The files that Rasa reads in the folder of an assistant, and those of its imports."""
        config = self._configuration(root)
        inside = [name for name in self.files if name.startswith(root)]
        within = {name: name.removeprefix(root) for name in inside}
        data = any(
            short.startswith("data/") and self._trains(name) for name, short in within.items()
        )
        for name, short in within.items():
            above = "/" not in short
            if not data or short.startswith(("data/", "domain/")):
                yield name
            elif self._trains(name):
                self.notes.append(f"{short}: it is outside of data/ and domain/, and not read")
            elif above:
                yield name
        for path in config.get("imports") or ():
            home = str(PurePosixPath(root + str(path))) + "/"
            yield from (name for name in self.files if name.startswith(home))

    def _configuration(self, root: str) -> dict[str, Any]:
        """The assistant's configuration, wherever it is written beside the domain."""
        names = sorted(
            (name for name in self.files if name.startswith(root) and name.endswith(_YAML)),
            key=lambda name: (name != f"{root}config.yml", name.count("/"), name),
        )
        for name in names:
            if "/" in name.removeprefix(root):
                continue
            read = self._yaml(name, silent=True)
            if read and ("pipeline" in read.value or "language" in read.value):
                self.config_file = name.removeprefix(root)
                self.config = as_json(read.value)
                break
        return self.config

    def _trains(self, name: str) -> bool:
        """Whether a file has examples, stories or rules."""
        if name.endswith(".md"):
            return self._is_markdown(name)
        if name.endswith(".json"):
            return b'"rasa_nlu_data"' in self.foreign.files[name]
        read = self._yaml(name, silent=True) if name.endswith(_YAML) else None
        return read is not None and bool({"nlu", "stories", "rules"} & set(read.value))

    def _is_markdown(self, name: str) -> bool:
        """Whether a Markdown file is of Rasa 1, and not for people."""
        text = self.text(name)
        if _NLU_MARKDOWN.search(text):
            return True
        return "readme" not in name.casefold() and bool(_STORY_MARKDOWN.search(text))

    # --- reading them -----------------------------------------------------------------

    def _read(self, name: str) -> None:
        short = name.removeprefix(self.root)
        if name.endswith(_YAML):
            read = self._yaml(name)
            if read is not None:
                self._sort(read)
        elif name.endswith(".md"):
            if self._is_markdown(name):
                self.markdown.append(MarkdownFile(short, self.text(name)))
        elif name.endswith(".json"):
            try:
                document = json.loads(self.text(name))
            except ValueError:
                return
            if isinstance(document, dict) and "rasa_nlu_data" in document:
                self.json.append((short, document["rasa_nlu_data"]))

    def _sort(self, read: YamlFile) -> None:
        """Take a file's sections for what they are; a file may have several kinds."""
        sections = read.value
        if _TRAINING & set(sections):
            self.training.append(read)
        if not (_TRAINING | {"responses", "templates", "version"}) & set(sections) and not (
            {"intents", "slots"} & set(sections) or "domain" in read.places[()].file
        ):
            return
        for section in _DOMAIN & set(sections):
            self._add(section, sections[section], read)

    def _add(self, section: str, members: Any, read: YamlFile) -> None:
        kept = self.domain["responses" if section == "templates" else section]
        if isinstance(members, dict):
            for name, value in members.items():
                kept.setdefault(name, Sourced(value, place_of(read, (section, name))))
            return
        for at, member in enumerate(members if isinstance(members, list) else ()):
            place = place_of(read, (section, at))
            if isinstance(member, dict):
                for name, value in member.items():
                    kept.setdefault(name, Sourced(value, place))
            else:
                kept.setdefault(str(member), Sourced({}, place))

    def _yaml(self, name: str, *, silent: bool = False) -> YamlFile | None:
        """A YAML file that holds a mapping; a note where it cannot be read."""
        short = name.removeprefix(self.root)
        try:
            read = read_yaml(self.text(name), short)
        except YamlError as fault:
            if not silent:
                self.faults.append(str(fault))
                self.notes.append(f"{fault} The file is left out.")
            return None
        return read if isinstance(read.value, dict) else None

    def text(self, name: str) -> str:
        """A file's text, in whichever encoding it came."""
        content = self.foreign.files[name]
        if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
            return content.decode("utf-16", "replace").replace("\r\n", "\n")
        for encoding in ("utf-8-sig", "cp949", "latin-1"):
            try:
                return content.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
            except UnicodeDecodeError:
                continue
        return ""

    # --- what stands beside -----------------------------------------------------------

    def _channels(self) -> None:
        """Name what the credentials and endpoints connect; nothing of it is carried."""
        for file, what in (
            ("credentials", "channels"),
            ("endpoints", "connections to an action server, stores and brokers"),
        ):
            for ending in _YAML:
                read = (
                    self._yaml(f"{self.root}{file}{ending}", silent=True)
                    if f"{self.root}{file}{ending}" in self.foreign.files
                    else None
                )
                names = [str(name) for name in read.value] if read else []
                if names:
                    self.notes.append(
                        f"{file}{ending}: its {what} ({', '.join(names)}) are left out; "
                        "daehwa.toml says where this bot is reached and what its code hooks are"
                    )

    def action_place(self, action: str) -> str | None:
        """Where the Python code of a custom action stands, as ``actions/actions.py:12``."""
        pattern = re.compile(rf"return\s+[\"']{re.escape(action)}[\"']")
        for name, content in self.foreign.files.items():
            if name.startswith(self.root) and name.endswith(".py"):
                text = content.decode("utf-8", "replace")
                match = pattern.search(text)
                if match is not None:
                    line = text.count("\n", 0, match.start()) + 1
                    return f"{name.removeprefix(self.root)}:{line}"
        return None


def components(config: Mapping[str, Any], member: str) -> list[dict[str, Any]]:
    """The components of a pipeline, or the policies, each with its ``name``."""
    listed = config.get(member)
    return [
        each if isinstance(each, dict) else {"name": str(each)}
        for each in (listed if isinstance(listed, list) else ())
    ]


def place_of(read: YamlFile, path: tuple[str | int, ...]) -> str:
    """A place in a YAML file, as ``domain.yml:12``."""
    place = read.place(path)
    return f"{place.file}:{place.line}"


def is_null(value: Any) -> bool:
    """Whether a value of a YAML file is null, however it is written."""
    return value is None or as_json(value) is None


def entries(value: Any) -> list[Any]:
    """The members of a list; anything else as a list of one, nothing as an empty list."""
    if value is None or isinstance(value, dict) or is_null(value):
        return [value] if isinstance(value, dict) else []
    return list(value) if isinstance(value, list) else [value]
