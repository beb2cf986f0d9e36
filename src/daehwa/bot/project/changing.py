"""Adding a sample utterance or a synonym to a bot where it lies: a project, a folder or a zip.

In a project one line changes; comments, order and everything else stay as they are.
"""

from __future__ import annotations

import difflib
import io
import json
import zipfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from daehwa.bot.archive import read_files
from daehwa.bot.errors import ArchiveError, ProjectError
from daehwa.bot.layout import intent_file, slot_type_file
from daehwa.bot.project import layout
from daehwa.bot.project.compiling import compile_project
from daehwa.bot.project.keeping import write_bytes, write_text
from daehwa.bot.project.splicing import Spliced, Unsplicable, is_list, is_mapping
from daehwa.bot.yaml_reader import read_yaml

_Members = dict[str, Any]


def add_sample(path: Path, locale: str, intent: str, text: str) -> bool:
    """Add a sample utterance; whether it was not there yet.

    Raises:
        BotError: there is no such bot, locale or intent, or it is written as nobody can add to.
    """

    def in_json(members: _Members) -> bool:
        samples = members.get("sampleUtterances") or []
        if any(one.get("utterance") == text for one in samples):
            return False
        members["sampleUtterances"] = [*samples, {"utterance": text}]
        return True

    def in_yaml(file: Spliced) -> str:
        key, node = _part(file, "intents", intent)
        pair = file.pair(node, "samples")
        return (
            file.first_member(key, node, "samples", text)
            if pair is None
            else file.append(*pair, text)
        )

    place = (locale, "intents", intent)
    return _change(path, place, in_json, in_yaml, lambda bot: intent_file(bot, locale, intent))


def add_synonym(path: Path, locale: str, slot_type: str, value: str, synonym: str) -> bool:
    """Add a synonym of a slot type's value, and the value if need be; whether it was not there.

    Raises:
        BotError: there is no such bot, locale or slot type, or nobody can add to it.
    """

    def in_json(members: _Members) -> bool:
        values = list(members.get("slotTypeValues") or [])
        one = next((one for one in values if one["sampleValue"]["value"] == value), None)
        if one is None:
            one = {"sampleValue": {"value": value}, "synonyms": []}
            values.append(one)
        synonyms = one.get("synonyms") or []
        if any(each.get("value") == synonym for each in synonyms):
            return False
        one["synonyms"] = [*synonyms, {"value": synonym}]
        members["slotTypeValues"] = values
        return True

    def in_yaml(file: Spliced) -> str:
        _, node = _part(file, "slot_types", slot_type)
        if is_mapping(node):
            pair = file.pair(node, "values")
            if pair is None:
                raise Unsplicable
            _, node = pair
        return _with_synonym(file, node, value, synonym)

    place = (locale, "slot_types", slot_type)
    return _change(
        path, place, in_json, in_yaml, lambda bot: slot_type_file(bot, locale, slot_type)
    )


def _with_synonym(file: Spliced, node: Any, value: str, synonym: str) -> str:
    if is_mapping(node):
        pair = file.pair(node, value)
        return (
            file.append_entry(node, value, synonym) if pair is None else file.append(*pair, synonym)
        )
    if not is_list(node) or not node.value:
        raise Unsplicable
    for item in node.value:
        pair = file.pair(item, value)
        if pair is not None:
            return file.append(*pair, synonym)
        if not is_mapping(item) and not is_list(item) and item.value == value:
            return file.give_list(item, synonym)
    return file.append_entry(node, value, synonym)


def _part(file: Spliced, kind: str, name: str) -> tuple[Any, Any]:
    pair = file.pair(file.value(file.root, kind), name)
    if pair is None:
        raise Unsplicable
    return pair


# --- where the bot lies ---------------------------------------------------------------------------


def _change(
    path: Path,
    place: tuple[str, str, str],
    in_json: Callable[[_Members], bool],
    in_yaml: Callable[[Spliced], str],
    file_of: Callable[[str], str],
) -> bool:
    if layout.is_project(path):
        return _change_project(path, place, in_json, in_yaml, file_of)
    from daehwa.bot.reader import Export  # noqa: PLC0415 - it imports this package

    export = Export(path, read_files(path))
    definition = export.bot()
    _check_there(definition.locales, place, str(path))
    name = export.actual[file_of(definition.name)]
    content = read_files(path)[name]
    members = json.loads(content.decode("utf-8-sig"))
    if not in_json(members):
        return False
    written = (json.dumps(members, ensure_ascii=False, indent=2) + "\n").encode()
    if path.is_dir():
        write_bytes(path / name, written)
    else:
        _write_in_zip(path, name, written)
    return True


def _check_there(locales: Mapping[str, Any], place: tuple[str, str, str], where: str) -> None:
    locale, kind, name = place
    _check_name(locale, locales, "locale", where)
    what = "intent" if kind == "intents" else "slot type"
    _check_name(name, getattr(locales[locale], kind), what, where)


def _check_name(name: str, names: Iterable[str], what: str, where: str) -> None:
    known = list(names)
    if name not in known:
        near = difflib.get_close_matches(name, known, 1) or known[:5]
        raise ArchiveError(
            f'there is no {what} "{name}".',
            file=where,
            cure=f"Write {' or '.join(near)}." if near else f"Add the {what} first.",
        )


def _change_project(
    path: Path,
    place: tuple[str, str, str],
    in_json: Callable[[_Members], bool],
    in_yaml: Callable[[Spliced], str],
    file_of: Callable[[str], str],
) -> bool:
    folder = path.parent if path.name == layout.BOT else path
    before = compile_project(folder)
    if before.faults:
        raise before.faults[0]
    locale, kind, name = place
    bot = next(c["name"] for n, c in before.contents.items() if n.endswith("/Bot.json"))
    _check_name(locale, _locales(folder), "locale", str(folder))
    file = next(one for one in folder.iterdir() if layout.locale_of(one.name) == locale)
    target = file_of(bot)
    if target not in before.contents:
        known = read_yaml(file.read_text("utf-8-sig"), file.name).value.get(kind) or {}
        _check_name(name, known, "intent" if kind == "intents" else "slot type", file.name)
    wanted = json.loads(json.dumps(before.contents[target]))
    if not in_json(wanted):
        return False
    old = file.read_bytes().decode("utf-8-sig")
    refusal = ProjectError(
        f"this is written in a way that nothing can be added to: {kind}.{name}.",
        file=file.name,
        cure="Write its texts as a list, an item a line, and not under lex.",
    )
    try:
        new = in_yaml(Spliced(old))
    except Unsplicable:
        raise refusal from None
    # Only what means exactly the wanted bot is written.
    after = compile_project(folder, {file.name: new})
    if after.faults or after.contents != before.contents | {target: wanted}:
        raise refusal
    write_text(file, new)
    return True


def _locales(folder: Path) -> list[str]:
    names = (layout.locale_of(file.name) for file in folder.iterdir())
    return sorted(name for name in names if name is not None)


def _write_in_zip(path: Path, name: str, content: bytes) -> None:
    """Replace one file of a zip; the others stay as they are."""
    packed = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(packed, "w") as new:
        for entry in old.infolist():
            same = entry.filename.replace("\\", "/").removeprefix("./") == name
            new.writestr(entry, content if same else old.read(entry))
    write_bytes(path, packed.getvalue())
