"""Checking the files of an export: those that are missing, misplaced, or read by nobody."""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any, Final

from daehwa.bot import layout
from daehwa.bot.archive import FILE_NAMES, is_grammar
from daehwa.bot.problems import Problem, error, warning

_PARTS: Final = {"Intents": "Intent.json", "SlotTypes": "SlotType.json", "Slots": "Slot.json"}
_SHORTEST_NAME: Final = 2

_MANIFEST_WORDS: Final = {
    "fileFormat": {"lexjson": "LexJson", "tsv": "TSV"},
    "resourceType": {
        "bot": "BOT",
        "botlocale": "BOT_LOCALE",
        "customvocabulary": "CUSTOM_VOCABULARY",
    },
}


def every_name(path: Path) -> list[str]:
    """All files and folders of an export, ``/`` at the end of a folder, litter left out."""
    if not path.is_dir():
        with zipfile.ZipFile(path) as archive:
            names = [name.replace("\\", "/") for name in archive.namelist()]
        return [name for name in names if not any(map(layout.is_litter, name.split("/")[:-1]))]
    names = []
    for folder, folders, files in os.walk(path):
        folders[:] = sorted(name for name in folders if not layout.is_litter(name))
        home = Path(folder).relative_to(path)
        names += [f"{(home / name).as_posix()}/" for name in folders]
        names += [(home / name).as_posix() for name in sorted(files)]
    return names


def tree_problems(names: Iterable[str]) -> Iterator[Problem]:
    """What is wrong with the places of files, by the names of all files and folders."""
    listed = [PurePosixPath(name) for name in names if not name.endswith("/")]
    folders = {folder for file in listed for folder in file.parents}
    folders |= {PurePosixPath(name) for name in names if name.endswith("/")}
    present = {str(file).casefold() for file in listed}
    for folder in sorted(folders):
        yield from _folder(folder, present)
    for file in listed:
        yield from _stray(file)


def _folder(folder: PurePosixPath, present: set[str]) -> Iterator[Problem]:
    wanted = _PARTS.get(folder.parent.name)
    if wanted is None or str(folder / wanted).casefold() in present:
        return
    if wanted == "Intent.json" and any(
        name.startswith(f"{folder}/Slots/".casefold()) for name in present
    ):
        yield error(
            "slot-without-intent",
            f"{folder}/{wanted}",
            "$",
            f'"{folder.name}" has slots, but no Intent.json: the intent is not there.',
            "Write the Intent.json, or remove the folder.",
        )
        return
    yield error(
        "folder-without-file",
        f"{folder}/{wanted}",
        "$",
        f'the folder "{folder.name}" has no {wanted}: it is skipped.',
        f"Write the {wanted}, or remove the folder.",
    )


def _stray(file: PurePosixPath) -> Iterator[Problem]:
    """A file among the parts of a bot that nobody reads."""
    if file.name.startswith(".") or file.name.casefold() in FILE_NAMES or is_grammar(str(file)):
        return
    kinds = [part for part in file.parts[:-1] if part in _PARTS]
    if kinds and file.suffix.casefold() in (".json", ".yaml", ".yml", ".json5", ".txt"):
        wanted = _PARTS[kinds[-1]]
        yield warning(
            "stray-file",
            str(file),
            "$",
            "nothing reads this file.",
            f"Put what it holds into {kinds[-1]}/NAME/{wanted}, or remove it.",
        )


def name_problems(file: PurePosixPath, raw: Any) -> Iterator[Problem]:
    """A folder that has another name than what is in it."""
    home = file.parent
    if not isinstance(raw, Mapping) or len(file.parts) < _SHORTEST_NAME:
        return
    if FILE_NAMES.get(file.name.casefold()) == "BotLocale.json":
        name = raw.get("identifier") or raw.get("localeId")
        if home.parent.name == "BotLocales" and isinstance(name, str) and name != home.name:
            yield error(
                "locale-folder",
                str(file),
                "$.identifier",
                f'the folder is "{home.name}", but the locale in it is "{name}".',
                "Give the folder the locale's name, or correct the identifier.",
            )
        return
    name = raw.get("name")
    if (
        _PARTS.get(home.parent.name) == FILE_NAMES.get(file.name.casefold())
        and isinstance(name, str)
        and home.name not in (name, layout.folder(name))
    ):
        yield warning(
            "folder-name",
            str(file),
            "$.name",
            f'the folder is "{home.name}", but its content has the name "{name}".',
            "Give both the same name.",
        )


def manifest_problems(raw: Any, file: str) -> Iterator[Problem]:
    """Words in a Manifest that no export of Lex has; those of the guide differ in their case.

    Source: real exports, and "JSON format for importing and exporting" of the Lex V2 guide.
    """
    content = raw if isinstance(raw, dict) else {}
    name = next((key for key in ("metaData", "metadata") if key in content), None)
    data = content.get(name) if name else None
    for member, known in _MANIFEST_WORDS.items():
        word = data.get(member) if isinstance(data, dict) else None
        if word is not None and str(word).replace("_", "").casefold() not in known:
            yield warning(
                "manifest-words",
                file,
                f"$.{name}.{member}",
                f'Lex has no {member} "{word}", and may refuse the import.',
                f"Write {' or '.join(known.values())}.",
            )


def repeated_members(text: str, file: str) -> Iterator[Problem]:
    """Members that an object has twice: all but the last are lost."""
    twice: list[str] = []

    def note(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        names = [name for name, _ in pairs]
        twice.extend(name for name in dict.fromkeys(names) if names.count(name) > 1)
        return dict(pairs)

    try:
        json.loads(text, object_pairs_hook=note)
    except ValueError:
        return
    for name in dict.fromkeys(twice):
        yield warning(
            "repeated-member",
            file,
            f"$..{name}",
            f'an object has "{name}" twice: only the last one counts.',
            "Join the two, or remove one.",
        )
