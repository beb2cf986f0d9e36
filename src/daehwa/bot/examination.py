"""Examining an export: all that is wrong with it at once, each thing with file, place and cure.

Reading for use stops at the first fault. Here a file or member at fault is set aside, so that the
rest is examined, too; what would follow from it alone is not reported.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any, Final

import msgspec

from daehwa.bot import layout, project
from daehwa.bot.archive import FILE_NAMES, read_files
from daehwa.bot.checks import unwise
from daehwa.bot.checks.enum_words import choice_problems
from daehwa.bot.checks.members import member_problems
from daehwa.bot.completing import completed
from daehwa.bot.decoding import decode, parse
from daehwa.bot.errors import ArchiveError, BotError, FieldError, MalformedJSONError
from daehwa.bot.file_tree import (
    every_name,
    manifest_problems,
    name_problems,
    repeated_members,
    tree_problems,
)
from daehwa.bot.foreign import ForeignBot, bring, recognise, refusal, template_bot
from daehwa.bot.foreign.template_marks import is_no_export
from daehwa.bot.positions import line_of
from daehwa.bot.problems import Problem, error
from daehwa.bot.reader import Export, with_elicitation_in_place
from daehwa.bot.slot_definition import (
    Slot,
    SlotType,
)
from daehwa.bot.validation import validate
from daehwa.bot.values import (
    Bot,
    BotLocale,
    Intent,
)

_KINDS: Final[dict[str, type[msgspec.Struct]]] = {
    "Bot.json": Bot,
    "BotLocale.json": BotLocale,
    "Intent.json": Intent,
    "Slot.json": Slot,
    "SlotType.json": SlotType,
}
_STEP: Final = re.compile(r"\.([^.\[]+)|\[(\d+)\]")
_INDEX: Final = re.compile(r"\[\d+\]$")
_MOST_REPAIRS: Final = 200
_FILE_MISSING: Final = frozenset({"folder-without-file", "slot-without-intent"})
# What may follow from a file that cannot be read, and is not reported then.
_CONSEQUENCES: Final = frozenset(
    {
        "context-never-read", "context-never-set", "context-without-value", "missing-intent",
        "missing-slot", "missing-slot-type", "no-fallback", "no-intent", "no-locale",
        "no-priority", "unknown-slot-in-condition", "unknown-slot-in-message",
        "unknown-slot-in-step", "unreached-step", "unused-slot-type",
    }
)  # fmt: skip

# What may follow from a member of a project's file that is misspelt.
_WITHOUT_PROMPT: Final = frozenset({"elicits-without-prompt", "slot-without-prompt"})


class Examination(msgspec.Struct, frozen=True, kw_only=True):
    """What was found in an export: ``problems`` with errors first, by file and place.

    ``bot`` is what could be read of it; ``None`` where there is no bot at all. ``locate`` takes a
    problem of the same bot that names a file of the layout, and gives it the file that was read
    and the line.
    """

    bot: Bot | None
    problems: tuple[Problem, ...]
    locate: Callable[[Problem], Problem]


def examine(path: str | Path) -> Examination:
    """All that is wrong with the export at ``path``, a zip or a folder; raises nothing for it."""
    path = Path(path)
    if project.is_project(path):
        return _project(path)
    if path.name.casefold() in FILE_NAMES and path.is_file():
        path = path.parent
    try:
        single = is_no_export(path)
        files = {} if single else read_files(path)
        names = [] if single else every_name(path)
    except (ArchiveError, OSError) as fault:
        return Examination(bot=None, problems=(_problem(fault, path),), locate=lambda each: each)
    if not any(FILE_NAMES.get(name.rpartition("/")[2].casefold()) in _KINDS for name in files):
        foreign = recognise(path)
        if foreign is not None:
            return _foreign(foreign, path)
    export_files = _ExportFiles(files)
    return _examined(export_files, path, [*tree_problems(names)], export_files.locate)


def _examined(
    export_files: _ExportFiles,
    path: Path,
    problems: list[Problem],
    locate: Callable[[Problem], Problem],
) -> Examination:
    """All that is wrong with the files of an export, besides ``problems``."""
    problems = [*problems, *export_files.read()]
    export_files.lost |= any(each.code in _FILE_MISSING for each in problems)
    bot = export_files.bot(path, problems)
    if bot is not None:
        later = [*validate(bot), *unwise(bot), *_members(bot)]
        problems += [each for each in later if not export_files.explains(each)]
    located = dict.fromkeys(locate(each) for each in problems)
    order = sorted(located, key=lambda each: (each.severity, each.file, each.line or 0))
    return Examination(bot=bot, problems=tuple(order), locate=locate)


def _project(path: Path) -> Examination:
    """What is wrong with a project, with the places in its own files."""
    compiled = project.compile_project(path)
    export_files = _ExportFiles(compiled.files)
    export_files.lost = compiled.lost
    faults = [
        Problem(
            severity="error",
            code="wrong-member" if fault.field else "not-yaml",
            file=fault.file,
            field=fault.field or "$",
            message=fault.problem,
            cure=fault.cure,
            line=fault.line,
            column=fault.column,
        )
        for fault in compiled.faults
    ]
    examined = _examined(export_files, path, faults, compiled.placed)
    kept = [each for each in examined.problems if each in faults or not _follows(each, faults)]
    kept += compiled.doubts
    return msgspec.structs.replace(examined, problems=tuple(kept))


def _follows(problem: Problem, faults: list[Problem]) -> bool:
    """Whether a problem may come of a fault: in the same place, or in the part that holds it."""
    if faults and problem.code in _WITHOUT_PROMPT:
        return True
    return any(
        problem.file == fault.file
        and fault.field
        and (problem.field.startswith(fault.field) or problem.field in _holders(fault.field))
        for fault in faults
    )


def _holders(field: str) -> tuple[str, str]:
    """The part that holds a member, and the list that the part is an item of."""
    part = field.rpartition(".")[0]
    return part, _INDEX.sub("", part)


def _foreign(foreign: ForeignBot, path: Path) -> Examination:
    """What is wrong with a bot of Lex V1, as what it is in V2, or of a template.

    Other systems' bots are refused.
    """
    if foreign.system == "CloudFormation":
        return _template(foreign, path)
    if foreign.system != "Lex V1":
        fault = _problem(refusal(foreign, path), path)
        return Examination(bot=None, problems=(fault,), locate=lambda each: each)
    try:
        bot = completed(bring(path).bot)
    except BotError as fault:
        return Examination(bot=None, problems=(_problem(fault, path),), locate=lambda each: each)
    return Examination(
        bot=bot, problems=(*validate(bot), *unwise(bot)), locate=lambda problem: problem
    )


def _template(foreign: ForeignBot, path: Path) -> Examination:
    """What is wrong with a template's bot, at the places of the template."""
    try:
        template = template_bot(foreign)
    except BotError as fault:
        return Examination(bot=None, problems=(_problem(fault, path),), locate=lambda each: each)
    return _examined(_ExportFiles(template.files), path, [], template.placed)


def _problem(fault: Exception, path: Path) -> Problem:
    if not isinstance(fault, BotError):
        return error("not-an-export", str(path), "$", f"it cannot be read: {fault}.", "Check it.")
    code = "not-an-export"
    if isinstance(fault, MalformedJSONError):
        code = "not-json"
    elif isinstance(fault, FieldError):
        code = "wrong-member"
    return error(code, fault.file, fault.field or "$", fault.problem, fault.cure)


class _ExportFiles:
    """The files of one export under examination.

    ``removed`` are the places that were set aside, by file; ``lost`` says whether a file was.
    """

    def __init__(self, files: dict[str, bytes]) -> None:
        self.files = files
        self.kept = dict(files)
        self.actual: dict[str, str] = {}
        self.removed: dict[str, list[str]] = {}
        self.lost = False

    def read(self) -> Iterator[Problem]:
        """Read each file on its own, and set aside what is at fault in it."""
        for name, content in self.files.items():
            file = PurePosixPath(name)
            if not name.casefold().endswith(".json"):
                continue
            try:
                raw = parse(content, name)
            except MalformedJSONError as fault:
                yield _problem(fault, Path(name))
                self._drop(name)
                continue
            yield from repeated_members(content.decode("utf-8-sig", "replace"), name)
            yield from name_problems(file, raw)
            if FILE_NAMES[file.name.casefold()] == layout.MANIFEST:
                yield from manifest_problems(raw, name)
            kind = _KINDS.get(FILE_NAMES[file.name.casefold()])
            if kind is not None:
                yield from self._repair(kind, name, raw)

    def _repair(self, kind: type[msgspec.Struct], name: str, raw: Any) -> Iterator[Problem]:
        """Report every member that has the wrong type, and take it out."""
        repaired = False
        for _ in range(_MOST_REPAIRS):
            try:
                decode(kind, _as_read(kind, name, raw), name)
            except FieldError as fault:
                place = fault.field or "$"
                removed = self.removed.setdefault(name, [])
                if place not in removed:  # no new fault: this was taken out already
                    yield _problem(fault, Path(name))
                removed.append(place)
                repaired = _remove(raw, place)
                if not repaired:
                    self._drop(name)
                    return
            else:
                break
        if repaired:
            self.kept[name] = json.dumps(raw).encode()

    def bot(self, path: Path, problems: list[Problem]) -> Bot | None:
        """The bot of the files that are left; what else is wrong goes to ``problems``."""
        while True:
            export = Export(path, self.kept)
            try:
                bot = export.bot()
            except BotError as fault:
                if not (self.lost and fault.file not in self.kept):
                    problems.append(_problem(fault, path))
                if fault.file not in self.kept:
                    return None
                self._drop(fault.file)
            else:
                self.actual = export.actual
                return bot

    def _drop(self, name: str) -> None:
        self.kept.pop(name, None)
        self.lost = True

    def explains(self, problem: Problem) -> bool:
        """Whether a problem may follow from what was set aside."""
        if self.lost and problem.code in _CONSEQUENCES:
            return True
        places = self.removed.get(self.actual.get(problem.file, problem.file), ())
        return any(
            place.startswith(problem.field) or problem.field.startswith(place) for place in places
        )

    def locate(self, problem: Problem) -> Problem:
        """The problem with the file that was read, and the line of its place."""
        file = self.actual.get(problem.file, problem.file)
        content = self.files.get(file)
        line = None
        if content is not None:
            field = problem.field
            text = content.decode("utf-8-sig", "replace")
            if field.startswith("$.."):
                place = text.rfind(f'"{field[3:]}"')
                line = text.count("\n", 0, place) + 1 if place >= 0 else None
            else:
                line = line_of(text, field)
        return msgspec.structs.replace(problem, file=file, line=line)


def _as_read(kind: type[msgspec.Struct], name: str, raw: Any) -> Any:
    if not isinstance(raw, dict):
        return raw
    if kind is Slot:
        return with_elicitation_in_place(raw)
    if kind is BotLocale and raw.get("identifier") is None and "localeId" not in raw:
        return {"identifier": PurePosixPath(name).parent.name} | {
            member: value for member, value in raw.items() if member != "identifier"
        }
    return raw


def _remove(raw: Any, place: str) -> bool:
    """Take a place out of parsed JSON: itself where it is there, else what holds it."""
    steps: list[str | int] = [n or int(i) for n, i in _STEP.findall(place)]
    parents: list[tuple[Any, str | int]] = []
    value = raw
    for step in steps:
        parents.append((value, step))
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            parents.pop()
            break
    while parents:
        holder, step = parents.pop()
        if isinstance(holder, dict) and holder.get(step) is not None:
            del holder[step]
            return True
    return False


def _members(bot: Bot) -> Iterator[Problem]:
    """Members that nothing reads and words that Lex does not take, in every file of the bot."""
    yield from _of_file(bot, layout.bot_file(bot.name))
    for locale in bot.locales.values():
        home = locale.identifier
        yield from _of_file(locale, layout.locale_file(bot.name, home))
        for slot_type in locale.slot_types.values():
            file = layout.slot_type_file(bot.name, home, slot_type.name)
            yield from _of_file(slot_type, file)
        for intent in locale.intents.values():
            yield from _of_file(intent, layout.intent_file(bot.name, home, intent.name))
            for slot in intent.slots.values():
                file = layout.slot_file(bot.name, home, intent.name, slot.name)
                yield from _of_file(slot, file)


def _of_file(value: msgspec.Struct, file: str) -> Iterator[Problem]:
    yield from member_problems(value, file)
    yield from choice_problems(value, file)
