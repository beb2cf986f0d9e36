"""What a check of a bot finds."""

from __future__ import annotations

from typing import Literal

import msgspec

Severity = Literal["error", "warning"]


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """Something wrong with a bot's definition.

    An ``error`` keeps the bot from being built or from running as intended, here or on Lex; a
    ``warning`` does not. ``code`` is the name of the rule that is broken, one of ``RULES``.
    ``file`` is the file's path in an export as Lex lays it out, ``field`` the JSON path in it,
    and ``line`` the line of that place, from 1, where the file was read to find it. In a project
    ``file`` is the project's own, ``field`` the place by its members' names, and there is a
    ``column``, from 1. ``str()`` gives a line for a person; ``where_and_why`` the same without
    severity and code.
    """

    severity: Severity
    code: str
    file: str
    field: str
    message: str
    cure: str
    line: int | None = None
    column: int | None = None

    @property
    def where_and_why(self) -> str:
        """The place, what is wrong there, and the cure."""
        return f"{self.place}: {self.message} {self.cure}"

    @property
    def place(self) -> str:
        """The file, its line and column as far as they are known, and the member; not ``$``."""
        at = "".join(f":{at}" for at in (self.line, self.column) if at is not None)
        return f"{self.file}{at}" if self.field == "$" else f"{self.file}{at}, {self.field}"

    def __str__(self) -> str:
        return f"{self.severity}: {self.where_and_why} [{self.code}]"


def error(code: str, file: str, field: str, message: str, cure: str) -> Problem:
    """Something that keeps the bot from being built, or from running as intended."""
    return Problem(severity="error", code=code, file=file, field=field, message=message, cure=cure)


def warning(code: str, file: str, field: str, message: str, cure: str) -> Problem:
    """Something that is probably not meant."""
    return Problem(
        severity="warning", code=code, file=file, field=field, message=message, cure=cure
    )
