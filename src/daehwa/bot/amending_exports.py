"""Adding to an export, a folder or a zip, and leaving all else in it as it is.

Of a folder only the file is written that holds what grows. A zip is written again beside the old
one, with every entry that it has, and takes its place in one step.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from daehwa.bot import layout
from daehwa.bot.amendments import Amendment, NewSample
from daehwa.bot.archive import FILE_NAMES, entry_name, read_files
from daehwa.bot.decoding import parse
from daehwa.bot.errors import AmendmentError, BotError
from daehwa.bot.fields import export_name
from daehwa.bot.json_style import with_value
from daehwa.bot.reader import Export
from daehwa.bot.slot_definition import (
    SlotType,
)
from daehwa.bot.values import (
    Bot,
    Intent,
)
from daehwa.bot.writer import encode

_PARTS: Final = frozenset({"Bot.json", "BotLocale.json", "Intent.json"})


class AmendableFolder:
    """An export in a folder."""

    def holds(self, path: Path) -> bool:
        """See ``BotForm.holds``."""
        home = _home(path)
        return home.is_dir() and _is_export(home)

    def amend(
        self, path: Path, before: Bot, after: Bot, amendments: Sequence[Amendment]
    ) -> tuple[Path, ...]:
        """See ``BotForm.amend``."""
        home = _home(path)
        files = read_files(home)
        changed = _changed(home, files, before, after, amendments)
        targets = {(home / name).resolve(): data for name, data in changed.items()}
        for (target, data), name in zip(targets.items(), changed, strict=True):
            if target.read_bytes() != files[name]:
                raise _others(str(target))
            _replace(target, data)
        return tuple(targets)


class AmendableZip:
    """An export in a zip."""

    def holds(self, path: Path) -> bool:
        """See ``BotForm.holds``."""
        return path.is_file() and zipfile.is_zipfile(path) and _is_export(path)

    def amend(
        self, path: Path, before: Bot, after: Bot, amendments: Sequence[Amendment]
    ) -> tuple[Path, ...]:
        """See ``BotForm.amend``."""
        target = path.resolve()
        changed = _changed(target, read_files(target), before, after, amendments)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".") as workplace:
            draft = Path(workplace, target.name)
            _pack_again(target, draft, changed)
            if Export(target, read_files(draft)).bot() != after:
                raise _others(str(target))
            shutil.copymode(target, draft)
            draft.replace(target)
        return (path,)


def _is_export(path: Path) -> bool:
    names = (name.rpartition("/")[2].casefold() for name in read_files(path))
    return any(FILE_NAMES.get(name) in _PARTS for name in names)


def _home(path: Path) -> Path:
    """The folder of an export, of which one file may have been named."""
    return path.parent if path.name.casefold() in FILE_NAMES else path


def _changed(
    path: Path,
    files: Mapping[str, bytes],
    before: Bot,
    after: Bot,
    amendments: Sequence[Amendment],
) -> dict[str, bytes]:
    """The files of the export that change, with what they are to hold."""
    export = Export(path, files)
    if export.bot() != before:
        raise _others(str(path))
    changed: dict[str, bytes] = {}
    for place, kind, member, value in _grown_members(after, amendments):
        name = export.actual.get(place)
        if name is None:
            raise AmendmentError(
                "no file of the export holds it.", file=place, cure="Write it to a file first."
            )
        raw = parse(changed.get(name, files[name]), name)
        spelled = next((each for each in raw if export_name(kind, each) == member), member)
        changed[name] = _with_member(changed.get(name, files[name]), raw, spelled, value)
    if Export(path, {**files, **changed}).bot() != after:
        raise BotError(
            "the file cannot be changed without changing more than was meant.",
            file=", ".join(changed),
            cure="Change it in an editor.",
        )
    return changed


def _grown_members(
    after: Bot, amendments: Sequence[Amendment]
) -> list[tuple[str, type, str, list[Any]]]:
    """Each list that grows: the path of its file by the layout, its owner, its name, its items."""
    grown: dict[str, tuple[str, type, str, list[Any]]] = {}
    for each in amendments:
        locale = after.locales[each.locale]
        if isinstance(each, NewSample):
            place = layout.intent_file(after.name, each.locale, each.intent)
            samples = locale.intents[each.intent].sample_utterances or ()
            grown[place] = (place, Intent, "sampleUtterances", encode(samples))
        else:
            place = layout.slot_type_file(after.name, each.locale, each.slot_type)
            values = locale.slot_types[each.slot_type].slot_type_values or ()
            grown[place] = (place, SlotType, "slotTypeValues", encode(values))
    return list(grown.values())


def _with_member(data: bytes, raw: Any, name: str, items: list[Any]) -> bytes:
    """The file with a list grown, in its own encoding."""
    encoding, text = _decoded(data)
    old = raw.get(name) or []
    text = with_value(text, [name], [*old, *items[len(old) :]])
    for place, (before, after) in enumerate(zip(old, items, strict=False)):
        synonyms = "synonyms"
        if isinstance(after, dict) and (after.get(synonyms) or []) != (before.get(synonyms) or []):
            text = with_value(text, [name, place, synonyms], after[synonyms])
    return text.encode(encoding)


def _decoded(data: bytes) -> tuple[str, str]:
    """The encoding that a file can be written in again, and its text."""
    for encoding in ("utf-8", "utf-16", "utf-32"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if text.encode(encoding) == data and "\0" not in text:
            return encoding, text
    raise AmendmentError("the file is not UTF-8.", file="", cure="Save it as UTF-8.")


def _replace(target: Path, data: bytes) -> None:
    """Rewrite a file in one step: whoever reads it sees the old one or the new one."""
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    draft = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        shutil.copymode(target, draft)
        draft.replace(target)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def _pack_again(source: Path, target: Path, changed: Mapping[str, bytes]) -> None:
    """Write a zip with all that another holds, some of its files changed."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        new.comment = old.comment
        written: set[str] = set()
        for entry in old.infolist():
            data = old.read(entry)
            entry.filename = entry_name(entry)
            if entry.filename not in written:
                written.add(entry.filename)
                new.writestr(entry, changed.get(_plain(entry.filename), data))


def _plain(name: str) -> str:
    """The path as ``read_files`` has it."""
    return "/".join(part for part in name.replace("\\", "/").split("/") if part not in ("", "."))


def _others(file: str) -> BotError:
    return AmendmentError(
        "the bot was changed by somebody else meanwhile.", file=file, cure="Do it again."
    )
