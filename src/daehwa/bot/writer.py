"""Writing a bot as an export that Lex imports again."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO, Final

import msgspec

from daehwa.bot import layout
from daehwa.bot.archive import matters, read_files
from daehwa.bot.errors import ArchiveError
from daehwa.bot.fields import fields
from daehwa.bot.values import (
    Bot,
    BotLocale,
)

_MANIFEST: Final = {
    "metaData": {"schemaVersion": "1", "fileFormat": "LexJson", "resourceType": "BOT"}
}
# The earliest date a zip can have: the same bot gives the same bytes on any day.
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_READABLE: Final = 0o644 << 16
_UNIX: Final = 3
_ARCHIVES: Final = frozenset(
    {".7z", ".bz2", ".gz", ".jar", ".json", ".rar", ".tar", ".tgz", ".xz", ".yaml", ".yml", ".zst"}
)
_SHOWN: Final = 3


def save(bot: Bot, path: str | Path, *, keep: bool = False) -> None:
    """Write the bot as an export: a zip if the name ends in ``.zip``, else a folder.

    Reading it again gives an equal bot, and the same bot gives the same bytes. An existing
    zip is replaced. In a folder only the bot's own folder and the Manifest are replaced, in
    one step, and only if they are an export; files in it that are not part of one stay.
    With ``keep`` nothing is written where an intent, slot or slot type would be lost that only
    the old one has.

    Raises:
        ArchiveError: the folder holds another bot, or something that is not an export; the name is
            that of another kind of archive; something would be lost that is to be kept.
    """
    path = Path(path)
    if path.suffix.casefold() in _ARCHIVES and not path.is_dir():
        raise ArchiveError(
            f'a bot is written as a .zip or as a folder, not as "{path.suffix}".',
            file=str(path),
            cure="Give a name that ends in .zip, or that of a folder.",
        )
    if path.exists() and not (path.is_dir() or path.is_file()):
        raise ArchiveError(
            "this is a device or a pipe: no bot can be written to it.",
            file=str(path),
            cure="Give a name that ends in .zip, or that of a folder.",
        )
    files = {name: _text(content) for name, content in _contents(bot).items()}
    if keep:
        _refuse_loss(path, files)
    if path.suffix.casefold() == ".zip":
        _write_zip(path, files)
    else:
        _write_folder(path, layout.folder(bot.name), files)


def _refuse_loss(path: Path, files: Mapping[str, bytes]) -> None:
    """Refuse to write where files of a bot are that the new one does not have."""
    try:
        present = read_files(path) if path.exists() else {}
    except ArchiveError:
        if path.is_dir():
            raise
        present = {path.name: b""}
    folded = {name.casefold() for name in files}
    lost = [name for name in present if name.casefold() not in folded and not _only_marks(name)]
    if lost:
        shown = ", ".join(lost[:_SHOWN]) + (", …" if len(lost) > _SHOWN else "")
        raise ArchiveError(
            f"{len(lost)} {'file' if len(lost) == 1 else 'files'} that only it has would be "
            f"lost: {shown}.",
            file=str(path),
            cure="Choose another place, or give --force to remove what the bot does not have.",
        )


def _only_marks(name: str) -> bool:
    """Whether the file says nothing of the bot itself."""
    return name.rpartition("/")[2].casefold() == layout.MANIFEST.casefold()


def content_digest(bot: Bot) -> str:
    """SHA-256 of what the bot is, in hexadecimal: the same for one bot, however it is stored.

    The bot's id and version do not count: an account gives it those.
    """
    locales = {
        name: msgspec.structs.replace(locale, version=None) for name, locale in bot.locales.items()
    }
    bare = msgspec.structs.replace(bot, identifier=None, version=None, locales=locales)
    digest = hashlib.sha256()
    for name, content in _contents(bare).items():
        text = json.dumps(content, ensure_ascii=False, sort_keys=True)
        for part in (name.encode(), text.encode()):
            digest.update(len(part).to_bytes(8, "big"))
            digest.update(part)
    return digest.hexdigest()


def _contents(bot: Bot) -> dict[str, Any]:
    """The JSON of every file of the export, by its path; a grammar is a text."""
    contents = {layout.MANIFEST: _MANIFEST, layout.bot_file(bot.name): encode(bot)}
    for locale in bot.locales.values():
        contents |= _locale_contents(bot.name, locale)
    return dict(sorted(contents.items()))


def _locale_contents(bot: str, locale: BotLocale) -> dict[str, Any]:
    home = locale.identifier
    contents: dict[str, Any] = {layout.locale_file(bot, home): encode(locale)}
    if locale.custom_vocabulary is not None:
        contents[layout.vocabulary_file(bot, home)] = locale.custom_vocabulary
    for slot_type in locale.slot_types.values():
        contents[layout.slot_type_file(bot, home, slot_type.name)] = encode(slot_type)
        if slot_type.grammar is not None:
            source = slot_type.external_source_setting
            place = layout.grammar_file(bot, home, slot_type.name, source)
            contents[place] = slot_type.grammar
    for intent in locale.intents.values():
        contents[layout.intent_file(bot, home, intent.name)] = encode(intent)
        if intent.conversation_flow is not None:
            contents[layout.flow_file(bot, home, intent.name)] = intent.conversation_flow
        for slot in intent.slots.values():
            contents[layout.slot_file(bot, home, intent.name, slot.name)] = encode(slot)
    return contents


def encode(value: Any) -> Any:
    """The JSON that exports have for a value: unset members spelled out as ``null``.

    Members that exports leave out when unset are left out.
    """
    if isinstance(value, msgspec.Struct):
        known = fields(type(value))
        members = {
            field.name: _encoded(field.attribute, member)
            for field in known.values()
            if not field.derived
            and not ((member := getattr(value, field.attribute)) is None and field.left_out)
        }
        extra: dict[str, Any] = value.extra  # type: ignore[attr-defined]
        return members | {name: member for name, member in extra.items() if name not in members}
    if isinstance(value, tuple):
        return [encode(item) for item in value]
    if isinstance(value, dict):
        return {name: encode(item) for name, item in value.items()}
    return value


_ATTEMPTS: Final = (
    "Initial", *(f"Retry{number}" for number in range(1, 6)),
    "allowInterrupt", "allowedInputTypes", "allowAudioInput", "allowDTMFInput",
    "audioAndDTMFInputSpecification", "startTimeoutMs", "audioSpecification", "maxLengthMs",
    "dtmfSpecification", "maxLength", "endTimeoutMs", "deletionCharacter", "endCharacter",
    "textInputSpecification",
)  # fmt: skip
_PLACE_OF_ATTEMPTS: Final = {name: place for place, name in enumerate(_ATTEMPTS)}


def _encoded(attribute: str, member: Any) -> Any:
    made = encode(member)
    return _in_order(made) if attribute == "prompt_attempts_specification" else made


def _in_order(value: Any) -> Any:
    """Attempts in one order: Lex's exports have them in any."""
    if not isinstance(value, dict):
        return value
    names = sorted(value, key=lambda name: _PLACE_OF_ATTEMPTS.get(name, len(_ATTEMPTS)))
    return {name: _in_order(value[name]) for name in names}


def _text(content: Any) -> bytes:
    if isinstance(content, str):
        return content.encode()
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def pack(bot: Bot) -> bytes:
    """The bot as an export, the bytes of its zip."""
    packed = io.BytesIO()
    _pack(packed, {name: _text(content) for name, content in _contents(bot).items()})
    return packed.getvalue()


def _write_zip(path: Path, files: Mapping[str, bytes]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent) as workplace:
        draft = Path(workplace, path.name)
        _pack(draft, files)
        draft.replace(path)


def _pack(target: Path | BinaryIO, files: Mapping[str, bytes]) -> None:
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, date_time=_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = _UNIX
            entry.external_attr = _READABLE
            archive.writestr(entry, data)


def _write_folder(path: Path, bot: str, files: Mapping[str, bytes]) -> None:
    path.mkdir(parents=True, exist_ok=True)
    _check_folder(path, bot)
    with tempfile.TemporaryDirectory(dir=path, prefix=".") as workplace:
        draft = Path(workplace, "new")
        for name, data in files.items():
            file = draft / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        home, old = path / bot, Path(workplace, "old")
        if home.exists():
            _carry_over(home, draft / bot)
            home.rename(old)
        try:
            (draft / bot).rename(home)
        except OSError:
            if old.exists():
                old.rename(home)
            raise
        (draft / layout.MANIFEST).replace(path / layout.MANIFEST)


def _carry_over(old: Path, new: Path) -> None:
    """Copy what is not part of an export, notes and the like, from the old folder to the new."""
    for file in old.rglob("*"):
        inside = file.relative_to(old)
        if file.is_file() and not matters(inside.as_posix()):
            target = new / inside
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(file, target, follow_symlinks=False)


def _check_folder(path: Path, bot: str) -> None:
    """Refuse to replace what is not an export, or to put two bots in one folder."""
    if (path / "bot.yaml").is_file():
        raise ArchiveError(
            "the folder is a project: no export can be written into it.",
            file=str(path),
            cure="Choose another folder, or a name that ends in .zip.",
        )
    home = path / bot
    taken = home.is_file() or (home.is_dir() and any(home.iterdir()))
    if taken and not (home / "Bot.json").is_file():
        raise ArchiveError(
            f'the folder has a "{bot}" that is not the export of a bot.',
            file=str(path),
            cure="Choose another folder, or an empty one.",
        )
    others = sorted(
        str(file.parent.relative_to(path))
        for file in path.glob("*/Bot.json")
        if file.parent != home and not layout.is_litter(file.parent.name)
    )
    if others or (path / "Bot.json").exists():
        raise ArchiveError(
            f"the folder holds another bot: {', '.join(others) or 'Bot.json'}.",
            file=str(path),
            cure="Choose another folder, or remove that bot first.",
        )
