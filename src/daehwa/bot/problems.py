"""What a check of a bot finds."""

from __future__ import annotations

from typing import Literal

import msgspec


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """Something wrong with a bot's definition.

    An ``error`` keeps the bot from being built or from running as meant, here or on Lex; a
    ``warning`` does not. ``file`` is the file's path in an export as Lex lays it out, and
    ``field`` the JSON path in it. ``str()`` gives a line for a person; ``where_and_why`` the same
    without the severity.
    """

    severity: Literal["error", "warning"]
    file: str
    field: str
    message: str
    cure: str

    @property
    def where_and_why(self) -> str:
        """The place, what is wrong there, and the cure."""
        return f"{self.file}, {self.field}: {self.message} {self.cure}"

    def __str__(self) -> str:
        return f"{self.severity}: {self.where_and_why}"


def error(file: str, field: str, message: str, cure: str) -> Problem:
    """Something that keeps the bot from being built, or from running as meant."""
    return Problem(severity="error", file=file, field=field, message=message, cure=cure)


def warning(file: str, field: str, message: str, cure: str) -> Problem:
    """Something that is probably not meant."""
    return Problem(severity="warning", file=file, field=field, message=message, cure=cure)
