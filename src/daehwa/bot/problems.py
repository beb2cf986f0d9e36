"""What a check of a bot finds."""

from __future__ import annotations

from typing import Literal

import msgspec


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """Something wrong with a bot's definition.

    An ``error`` keeps the bot from being built or from running as meant, here or on Lex; a
    ``warning`` does not. ``file`` is the file's path in an export as Lex lays it out, and
    ``field`` the JSON path in it. ``str()`` gives a line for a person.
    """

    severity: Literal["error", "warning"]
    file: str
    field: str
    message: str
    cure: str

    def __str__(self) -> str:
        return f"{self.severity}: {self.file}, {self.field}: {self.message} {self.cure}"


def error(file: str, field: str, message: str, cure: str) -> Problem:
    """Something that keeps the bot from being built, or from running as meant."""
    return Problem(severity="error", file=file, field=field, message=message, cure=cure)


def warning(file: str, field: str, message: str, cure: str) -> Problem:
    """Something that is probably not meant."""
    return Problem(severity="warning", file=file, field=field, message=message, cure=cure)
