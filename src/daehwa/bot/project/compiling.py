"""Reading a project: its files become those of a Lex export, each place with where it came from."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import msgspec

from daehwa.bot import layout as lex_layout
from daehwa.bot.archive import MAX_FILE_BYTES
from daehwa.bot.completing import FALLBACK_ID, part_id
from daehwa.bot.decoding import parse
from daehwa.bot.errors import BotError, ProjectError
from daehwa.bot.problems import Problem, warning
from daehwa.bot.project import layout, parts
from daehwa.bot.project.bot_forms import bot_json, locale_json
from daehwa.bot.project.identifiers import read_identifiers
from daehwa.bot.project.nodes import Node, SourceFile
from daehwa.bot.project.style import Style, style
from daehwa.bot.signatures import FALLBACK_INTENT
from daehwa.bot.yaml_reader import Path as YamlPath
from daehwa.bot.yaml_reader import Place, YamlError, YamlFile, read_yaml

_STEP: Final = re.compile(r"\.([^.\[]+)|\[(\d+)\]")
_NOTHING: Final[tuple[dict[str, Any], dict[str, dict[str, Any]]]] = ({}, {})


class Origin:
    """Where a file of the export came from: a file of the project, and the path in it."""

    def __init__(self, source: SourceFile, path: YamlPath, content: Any) -> None:
        self.source = source
        self.path = path
        self.content = content

    def find(self, field: str) -> YamlPath:
        """The path in the project's file of the JSON path ``field``."""
        path, holder = self.path, self.content
        for name, index in _STEP.findall(field):
            step = name or int(index)
            mark = self.source.marks.get((id(holder), step))
            if mark is not None:
                path = mark
            elif (*path, step) in self.source.file.places:
                path = (*path, step)
            try:
                holder = holder[step]
            except (KeyError, IndexError, TypeError):
                break
        return path


class Compiled:
    """A project as the files of an export: JSON by path, what was wrong with it and what in doubt.

    ``lost`` says whether parts are missing for it.
    """

    def __init__(self) -> None:
        self.lost = False
        self.contents: dict[str, Any] = {}
        self.faults: list[ProjectError] = []
        self.doubts: list[Problem] = []
        self._origins: dict[str, Origin] = {}

    @property
    def files(self) -> dict[str, bytes]:
        """The files as they would be read from an export."""
        return {
            name: content.encode()
            if isinstance(content, str)
            else json.dumps(content, ensure_ascii=False).encode()
            for name, content in sorted(self.contents.items())
        }

    def add(self, name: str, content: Any, source: SourceFile, path: YamlPath) -> None:
        """A file of the export, made of what stands at a path of a project's file."""
        self.contents[name] = content
        self._origins[name] = Origin(source, path, content)

    def place(self, file: str, field: str) -> tuple[Place, str] | None:
        """Where the member of an export's file stands in the project: the place, and its path."""
        origin = self._origins.get(file)
        if origin is None:
            return None
        path = origin.find(field)
        return origin.source.place(path), named(path)

    def placed(self, problem: Problem) -> Problem:
        """A problem of a file of the export as one of the project's file."""
        known = self.place(problem.file, problem.field)
        if known is None:
            return problem
        place, name = known
        return msgspec.structs.replace(
            problem, file=place.file, field=name or "$", line=place.line, column=place.column
        )

    def located(self, error: BotError) -> BotError:
        """An error about a file of the export as one about the project's file."""
        known = self.place(error.file, error.field or "$")
        if known is None or isinstance(error, ProjectError):
            return error
        place, path = known
        return ProjectError(
            error.problem,
            file=place.file,
            line=place.line,
            column=place.column,
            field=path,
            cure=error.cure,
        )


def named(path: YamlPath) -> str:
    """A path in words: ``intents.Order.samples[2]``."""
    words = "".join(f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in path)
    return words.removeprefix(".")


def compile_project(folder: Path, instead: Mapping[str, str] | None = None) -> Compiled:
    """The project in ``folder`` as an export, as far as it can be read; ``faults`` has the rest.

    ``instead`` has the texts of files that are to be read in place of those that are there.
    """
    return _Reading(folder if folder.is_dir() else folder.parent, instead or {}).compiled()


class _Reading:
    """One project that is being read."""

    def __init__(self, folder: Path, instead: Mapping[str, str]) -> None:
        self.folder = folder
        self.instead = instead
        self.made = Compiled()

    def compiled(self) -> Compiled:
        source = self.yaml(layout.BOT)
        name = self.bot(source)
        identifiers = self.identifiers()
        for path in sorted(self.folder.iterdir()):
            locale = layout.locale_of(path.name)
            if locale is not None:
                source = self.yaml(path.name)
                if source.file.places.get(()) is not None:
                    self.locale(name, locale, source, identifiers.get(locale) or {})
            elif (meant := layout.meant_locale(path.name)) is not None:
                self.fault(
                    path.name,
                    f"nothing reads this file: the file of a locale is called {meant}.yaml.",
                    f"Rename it to {meant}.yaml.",
                )
                self.made.lost = True
        self.made.faults.sort(key=lambda fault: (fault.file, fault.line or 0, fault.column or 0))
        return self.made

    def fault(self, file: str, problem: str, cure: str) -> None:
        self.made.faults.append(ProjectError(problem, file=file, cure=cure))

    # --- files ------------------------------------------------------------------------------

    def yaml(self, name: str) -> SourceFile:
        """A YAML file of the project; one that cannot be read has no place at all."""
        empty = SourceFile(YamlFile(None), name)
        text = self.text(name)
        if text is None:
            return empty
        try:
            source = SourceFile(read_yaml(text, name), name)
        except YamlError as error:
            self.made.faults.append(_yaml_fault(error))
            self.made.lost = True
            return empty
        self.made.doubts += (_cut(source, path, rest) for path, rest in source.file.cut.items())
        return source

    def text(self, name: str) -> str | None:
        """What a file says; with a letter in doubt it is at fault, for the bot would say it."""
        content = self.content(name)
        if content is None:
            return None
        try:
            return content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            self.made.faults.append(_encoding_fault(content, error.start, name))
            self.made.lost = True
            return None

    def content(self, name: str) -> bytes | None:
        if name in self.instead:
            return self.instead[name].encode()
        path = self.folder / name
        try:
            if not path.resolve().is_relative_to(self.folder.resolve()):
                self.fault(name, "the file lies outside the project.", "Put the file itself there.")
                return None
            if path.stat().st_size > MAX_FILE_BYTES:
                self.fault(name, "the file is too big.", "Check that it belongs to the bot.")
                return None
            return path.read_bytes()
        except OSError as error:
            self.fault(name, f"the file cannot be read ({error.strerror}).", "Check the file.")
            return None

    def collect(self, source: SourceFile) -> None:
        """Take over what was wrong in a file."""
        faults = {(each.path, each.problem): each for each in source.faults}.values()
        # A part that lacks what is wrong in it is not wrong for that, too.
        within = {fault.path[:-1] for fault in faults if fault.path}
        for fault in faults:
            self.made.lost |= fault.loses
            if fault.path in within:
                continue
            place = source.place(fault.path)
            self.made.faults.append(
                ProjectError(
                    fault.problem,
                    file=place.file,
                    line=place.line,
                    column=place.column,
                    field=named(fault.path),
                    cure=fault.cure,
                )
            )
        source.faults.clear()

    # --- the bot ----------------------------------------------------------------------------

    def bot(self, source: SourceFile) -> str:
        node = Node(source, source.file.value, ())
        made = source.attempt(
            lambda: bot_json(node), {"name": self.folder.resolve().name}, loses=False
        )
        name = made.get("name")
        if not isinstance(name, str) or not name:
            name = made["name"] = self.folder.resolve().name
        self.made.add(lex_layout.bot_file(name), made, source, ())
        self.collect(source)
        return name

    def identifiers(self) -> dict[str, Any]:
        if not (self.folder / layout.IDENTIFIERS).is_file():
            return {}
        source = self.yaml(layout.IDENTIFIERS)
        identifiers = read_identifiers(Node(source, source.file.value, ()))
        self.collect(source)
        return identifiers

    def locale(self, bot: str, name: str, source: SourceFile, identifiers: dict[str, Any]) -> None:
        node = Node(source, source.file.value, ())
        nothing: dict[str, Node] = {}
        members = source.attempt(lambda: node.members("locale"), nothing)
        made = source.attempt(lambda: locale_json(name, members), {"identifier": name}, loses=False)
        home = _Home(bot, name, identifiers)
        self.made.add(lex_layout.locale_file(bot, name), made, source, ())
        if "custom_vocabulary" in members:
            vocabulary = members["custom_vocabulary"]
            place = lex_layout.vocabulary_file(bot, name)
            self.made.add(place, vocabulary.json(), source, vocabulary.path)
        plain = Style()
        look = source.attempt(lambda: style(members.get("defaults")), plain, loses=False)
        for type_name, one in _entries(source, members, "slot_types", "slot types"):
            self.slot_type(home, type_name, one)
        signatures = [
            self.intent(home, intent_name, one, look)
            for intent_name, one in _entries(source, members, "intents", "intents")
        ]
        if FALLBACK_INTENT not in signatures and parts.FALLBACK_NAME not in (
            members["intents"].value or {} if "intents" in members else {}
        ):
            implicit = Style(steps="implicit")
            self.intent(home, parts.FALLBACK_NAME, Node(source, {}, ()), implicit)
        self.collect(source)

    def slot_type(self, home: _Home, name: str, node: Node) -> None:
        made = node.source.patiently(lambda part: parts.slot_type(name, part), node, None)
        if made is None:
            return
        home.identify(made, "slot_types", name)
        self.made.add(lex_layout.slot_type_file(home.bot, home.locale, name), made, node.source,
                      node.path)  # fmt: skip
        if isinstance(node.value, dict) and "grammar" in node.value:
            place = node.child("grammar")
            text = node.source.attempt(lambda: self.grammar(place), None, loses=False)
            if text is not None:
                grammar = made.get("externalSourceSetting")
                file = lex_layout.grammar_file(
                    home.bot, home.locale, name, grammar if isinstance(grammar, dict) else None
                )
                self.made.add(file, text.replace("\r\n", "\n"), node.source, place.path)

    def grammar(self, node: Node) -> str | None:
        """The grammar in the file that is named there."""
        name = node.text()
        if not (self.folder / name).is_file() and name not in self.instead:
            node.refuse(f'there is no file "{name}".', "Write its path in the project's folder.")
        return self.text(name)

    def intent(self, home: _Home, name: str, node: Node, look: Style) -> str | None:
        made, slots = node.source.patiently(
            lambda part: parts.intent(name, part, look), node, _NOTHING
        )
        if not made:
            return None
        fallback = made.get("parentIntentSignature") == FALLBACK_INTENT
        home.identify(made, "intents", name, FALLBACK_ID if fallback else None)
        file = lex_layout.intent_file(home.bot, home.locale, name)
        self.made.add(file, made, node.source, node.path)
        for slot_name, slot in slots.items():
            home.identify(slot, "slots", name, slot=slot_name)
            file = lex_layout.slot_file(home.bot, home.locale, name, slot_name)
            self.made.add(file, slot, node.source, (*node.path, "slots", slot_name))
        flow = layout.flow_file(home.locale, name)
        if (self.folder / flow).is_file():
            try:
                content = parse(self.content(flow) or b"", flow)
            except BotError as error:
                self.fault(flow, error.problem, error.cure)
            else:
                self.made.add(lex_layout.flow_file(home.bot, home.locale, name), content,
                              SourceFile(YamlFile(None), flow), ())  # fmt: skip
        return made.get("parentIntentSignature")


class _Home:
    """A locale, and the ids that Lex gave to its parts."""

    def __init__(self, bot: str, locale: str, identifiers: dict[str, Any]) -> None:
        self.bot = bot
        self.locale = locale
        self.identifiers = identifiers

    def identify(
        self,
        made: dict[str, Any],
        kind: str,
        name: str,
        fixed: str | None = None,
        *,
        slot: str | None = None,
    ) -> None:
        """Give a part its id: Lex's, its own, or one of its name."""
        given = self.identifiers.get(kind)
        home = f"{self.bot}/{self.locale}"
        if slot is not None:
            given = given.get(name) if isinstance(given, dict) else None
            home, name = f"{home}/{name}", slot
        if isinstance(given, dict) and name in given:
            made["identifier"] = given[name]
        else:
            made.setdefault("identifier", fixed or part_id(home, name))


def _entries(
    source: SourceFile, members: dict[str, Node], name: str, what: str
) -> Iterator[tuple[str, Node]]:
    if name not in members:
        return
    entries: list[tuple[str, Node]] = source.attempt(lambda: list(members[name].by_name(what)), [])
    yield from entries


def _encoding_fault(content: bytes, start: int, name: str) -> ProjectError:
    line = content.count(b"\n", 0, start) + 1
    return ProjectError(
        f"the file is not UTF-8 text (byte {start}).",
        file=name,
        line=line,
        cure="Save it as UTF-8 in the editor; Windows calls other encodings ANSI and Unicode.",
    )


def _cut(source: SourceFile, path: YamlPath, rest: str) -> Problem:
    place = source.place(path)
    doubt = warning(
        "text-cut-off",
        place.file,
        named(path) or "$",
        f'"{rest}" is a comment, and not part of the text.',
        "Put the text in quotes; or write a space after the # of a comment.",
    )
    return msgspec.structs.replace(doubt, line=place.line, column=place.column)


def _yaml_fault(error: YamlError) -> ProjectError:
    place = error.place
    return ProjectError(
        error.problem, file=place.file, line=place.line, column=place.column, cure=error.cure
    )
