"""The files of an export, out of a zip or a folder: only those that matter, and safely.

An archive is untrusted: names that lead out of it, bombs, and files that no bot needs are
refused or left unread.
"""

from __future__ import annotations

import os
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

from daehwa.bot.errors import ArchiveError, PasswordError
from daehwa.bot.layout import is_litter

FILE_NAMES: Final = {
    name.casefold(): name
    for name in (
        "Manifest.json",
        "Bot.json",
        "BotLocale.json",
        "Intent.json",
        "ConversationFlow.json",
        "Slot.json",
        "SlotType.json",
        "CustomVocabulary.json",
    )
}
"""The files that make an export, by their names in lower case."""

GRAMMARS: Final = (".grxml", ".gram", ".srgs", ".xml")
"""How the names of grammars end, which lie beside the slot types that they are of."""

MAX_ENTRIES: Final = 200_000
MAX_FILE_BYTES: Final = 64 * 2**20
MAX_TOTAL_BYTES: Final = 256 * 2**20

_UTF8_FLAG: Final = 0x800
_ENCRYPTED_FLAG: Final = 0x1
_AES_METHOD: Final = 99
_DRIVE: Final = re.compile(r"[A-Za-z]:")


def read_files(path: Path, *, password: str | None = None) -> dict[str, bytes]:
    """The export's files by their path in the archive, ``/`` between the parts, sorted.

    Raises:
        PasswordError: the zip is encrypted, and ``password`` is missing or wrong.
        ArchiveError: there is no such zip or folder, or it is damaged, unsafe or too big.
    """
    if path.is_dir():
        return dict(sorted(_folder_files(path)))
    if not path.exists():
        raise ArchiveError(
            "there is no such file or folder.",
            file=_printable(str(path)),
            cure="Check the path: a bot is a project's folder, or a Lex V2 export, zip or folder.",
        )
    if not path.is_file():
        raise ArchiveError(
            "this is a device or a pipe, not a bot.",
            file=_printable(str(path)),
            cure="Give a project's folder, or a Lex V2 export, zip or folder.",
        )
    if path.name.casefold() in FILE_NAMES:
        return read_files(path.parent, password=password)
    return read_zip(path, _printable(path.name), password=password)


def read_zip(
    archive: Path | BinaryIO, shown: str, *, password: str | None = None
) -> dict[str, bytes]:
    """As ``read_files`` for a zip, which ``shown`` names in errors.

    Raises:
        PasswordError: the zip is encrypted, and ``password`` is missing or wrong.
        ArchiveError: it is not a zip, or it is damaged, unsafe or too big.
    """
    return dict(sorted(_zip_files(archive, shown, password)))


def matters(name: str) -> bool:
    """Whether the path names a file of an export, and not the litter of some system."""
    *folders, last = name.split("/")
    known = last.casefold() in FILE_NAMES or is_grammar(name)
    return known and not any(map(is_litter, folders))


def is_grammar(name: str) -> bool:
    """Whether the path is that of a slot type's grammar."""
    *folders, last = name.split("/")
    return last.casefold().endswith(GRAMMARS) and "SlotTypes" in folders[-2:-1]


def _printable(name: str) -> str:
    """The name as it can be printed and sent, whatever bytes the system has for it."""
    return name.encode("utf-8", "backslashreplace").decode()


# --- folders --------------------------------------------------------------------------


def _folder_files(root: Path) -> Iterator[tuple[str, bytes]]:
    inside = root.resolve()
    seen = total = 0
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not is_litter(name))
        seen += len(folders) + len(names)
        if seen > MAX_ENTRIES:
            raise ArchiveError(
                f"the folder holds more than {MAX_ENTRIES:,} files.",
                file=_printable(str(root)),
                cure="Give the export's own folder, the one with the bot's Bot.json beneath it.",
            )
        for name in names:
            file = Path(folder, name)
            shown = _printable(file.relative_to(root).as_posix())
            if name.casefold() not in FILE_NAMES and not is_grammar(shown):
                continue
            if not file.resolve().is_relative_to(inside):
                raise ArchiveError(
                    "the file is a link that leads out of the export.",
                    file=shown,
                    cure="Put the file itself there.",
                )
            try:
                size = file.stat().st_size
                total = _within_limits(shown, size, total)
                data = file.read_bytes()
            except OSError as error:
                raise ArchiveError(
                    f"the file cannot be read ({error.strerror}).",
                    file=shown,
                    cure="Check that it is a file that you may read.",
                ) from error
            yield shown, data


def _within_limits(file: str, size: int, total: int) -> int:
    """The bytes read so far with this file's."""
    if size > MAX_FILE_BYTES or total + size > MAX_TOTAL_BYTES:
        raise ArchiveError(
            f"the file is too big: a file may have {MAX_FILE_BYTES:,} bytes, "
            f"all of them {MAX_TOTAL_BYTES:,}.",
            file=file,
            cure="Check that this is a Lex export; real ones are far smaller.",
        )
    return total + size


# --- zips -----------------------------------------------------------------------------


def _zip_files(
    source: Path | BinaryIO, shown: str, password: str | None
) -> Iterator[tuple[str, bytes]]:
    damaged = ArchiveError(
        "this is not a zip, or it is damaged.",
        file=shown,
        cure="Download the export from the Lex console again, or give its unpacked folder.",
    )
    try:
        archive = zipfile.ZipFile(source)
    except (OSError, ValueError, NotImplementedError, zipfile.BadZipFile) as error:
        raise damaged from error
    with archive:
        entries = archive.infolist()
        if len(entries) > MAX_ENTRIES:
            raise ArchiveError(
                f"the zip holds more than {MAX_ENTRIES:,} entries.",
                file=shown,
                cure="Check that this is a Lex export.",
            )
        files: dict[str, bytes] = {}
        total = 0
        for entry in entries:
            name = _safe_name(entry)
            if entry.is_dir() or not matters(name):
                continue
            total = _within_limits(name, entry.file_size, total)
            try:
                data = _read_entry(archive, entry, name, password)
            except (OSError, EOFError, ValueError, zlib.error, zipfile.BadZipFile) as error:
                raise damaged from error
            if files.setdefault(name, data) != data:
                raise ArchiveError(
                    "the zip has this file twice, with different contents.",
                    file=name,
                    cure="Pack the export again with one of the two.",
                )
        yield from files.items()


def _read_entry(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, password: str | None
) -> bytes:
    if entry.compress_type == _AES_METHOD:
        raise PasswordError(
            "the zip is encrypted with AES, which this program cannot undo.",
            file=name,
            cure="Unpack it with 7-Zip or the like and give the folder, "
            "or export the bot without a password.",
        )
    encrypted = bool(entry.flag_bits & _ENCRYPTED_FLAG)
    if encrypted and not password:
        raise PasswordError(
            "the zip is encrypted.", file=name, cure="Give the password that it was exported with."
        )
    key = password.encode() if encrypted and password else None
    try:
        with archive.open(entry, pwd=key) as file:
            # A forged size in the directory must not make us unpack a bomb.
            data = file.read(MAX_FILE_BYTES + 1)
    except NotImplementedError as error:
        raise ArchiveError(
            f"the zip packs this file in a way that Python cannot unpack ({error}).",
            file=name,
            cure="Unpack it and give the folder.",
        ) from error
    except (RuntimeError, zipfile.BadZipFile, zlib.error) as error:
        if not encrypted:
            raise
        raise PasswordError(
            "the password is wrong.", file=name, cure="Give the password that it was exported with."
        ) from error
    _within_limits(name, len(data), 0)
    return data


def _safe_name(entry: zipfile.ZipInfo) -> str:
    """The entry's path; refuses one that leads out of the archive."""
    name = entry_name(entry).replace("\\", "/")
    parts = [part for part in name.split("/") if part not in ("", ".")]
    if name.startswith("/") or ".." in parts or _DRIVE.match(name):
        raise ArchiveError(
            "the zip has a file whose name points outside it.",
            file=_printable(name),
            cure="Do not trust this zip; export the bot from Lex again.",
        )
    return _printable("/".join(parts))


def entry_name(entry: zipfile.ZipInfo) -> str:
    """The entry's name; one without the UTF-8 mark is tried as UTF-8, then as Korean Windows'."""
    if entry.flag_bits & _UTF8_FLAG:
        return entry.filename
    raw = entry.filename.encode("cp437", "replace")
    for encoding in ("utf-8", "cp949"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return entry.filename
