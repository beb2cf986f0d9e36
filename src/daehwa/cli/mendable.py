"""The errors that a user can fix; their packages are only imported once an error has occurred."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from typing import Final

from daehwa import answers, bot, documents, nlu, stores
from daehwa.care import TestingError
from daehwa.cli.account_faults import AccountError
from daehwa.cli.deployed_table import TableUnreadableError
from daehwa.cli.secret_files import SecretFileError
from daehwa.conversation import CatalogueError, SettingsError
from daehwa.server import CredentialsError, ServerError

ERRORS: Final = (
    SecretFileError,
    bot.BotError,
    nlu.NluError,
    CatalogueError,
    SettingsError,
    ServerError,
    CredentialsError,
    stores.StoreError,
    stores.BackupError,
    answers.AnswerError,
    documents.DocumentError,
    AccountError,
    TableUnreadableError,
    TestingError,
    OSError,
    MemoryError,
)

_REASONS: Final = {
    errno.ENOENT: "it does not exist: check the path",
    errno.EISDIR: "it is a folder: name a file",
    errno.ENOTDIR: "a part of this path is a file: name a folder",
    errno.EEXIST: "it exists already: choose another name",
    errno.EACCES: "this user may not read or write it",
    errno.EPERM: "this user may not read or write it",
    errno.EROFS: "it cannot be written, the disk is read-only: name another place",
    errno.ENOSPC: "the disk is full: make room, or name another place",
    errno.ELOOP: "its symbolic links lead in a circle",
    errno.ENAMETOOLONG: "the name is too long: choose a shorter one",
}
_LONGEST: Final = 300  # letters of a path that are shown


def is_mendable(error: Exception) -> bool:
    """Whether a person can do something about an error; the others are faults of this program."""
    return isinstance(error, ERRORS) or _is_about_arguments(error)


def _is_about_arguments(error: Exception) -> bool:
    """Whether it is about arguments whose bytes are not text; as paths they may be fine."""
    return isinstance(error, UnicodeEncodeError) and error.object[error.start] in "".join(sys.argv)


def line_for(error: Exception) -> str:
    """What is wrong and what to do, in one line; an operating system's error without its number."""
    if isinstance(error, UnicodeEncodeError):
        return "an argument is not UTF-8 text: check the encoding of the terminal or of the script"
    if isinstance(error, MemoryError):
        return "there is not enough memory for this: give a smaller file, or close other programs"
    # Libraries' own kinds of OSError, such as a client's, have texts of their own.
    if not isinstance(error, OSError) or type(error).__module__ != "builtins":
        return str(error)
    return _system_line(error)


def _system_line(error: OSError) -> str:
    name = error.filename2 or error.filename
    if not isinstance(name, str | bytes):
        return _REASONS.get(error.errno or 0, error.strerror or str(error))
    path = Path(os.fsdecode(name))
    if error.errno in (errno.EACCES, errno.EPERM) and not os.path.lexists(path):
        return f"{path.parent}: this user may not write there: name another place"
    if error.errno == errno.ENOENT and not path.parent.exists():
        return f"{path.parent}: there is no such folder: check the path"
    shown = str(path) if len(str(path)) <= _LONGEST else f"{str(path)[:_LONGEST]}…"
    return f"{shown}: {_REASONS.get(error.errno or 0, error.strerror)}"
