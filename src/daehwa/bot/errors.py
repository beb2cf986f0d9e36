"""What can be wrong with a bot's files: always the file's fault, never the reader's.

BotError
├── ArchiveError            the zip or folder cannot be read, is unsafe, or holds no bot
│   └── PasswordError       the zip is encrypted, and the password is missing or wrong
├── MalformedJSONError      a file is not JSON
├── ProjectError            a file of a project says what it cannot mean
├── FieldError              a member of a file is missing or has the wrong type
├── MissingReferenceError   something names an intent, slot or slot type that is not there
└── AmendmentError          what is to be added has no place in the bot, or is there already
"""

from __future__ import annotations


class BotError(Exception):
    """A bot's definition cannot be used.

    ``file`` is the file at fault (inside the export where there is one), ``field`` the place
    in it (a JSON path such as ``$.slotPriorities[0].slotName``, or a line and column), and
    ``cure`` what its author can do. The text of the error says all three.
    """

    def __init__(self, problem: str, *, file: str, cure: str, field: str | None = None) -> None:
        place = f"{file}, {field}" if field else file
        super().__init__(f"{place}: {problem} {cure}")
        self.problem = problem
        self.file = file
        self.field = field
        self.cure = cure


class ArchiveError(BotError):
    """The zip or folder cannot be read or written, is unsafe, or is not an export of a bot."""


class PasswordError(ArchiveError):
    """The zip is encrypted, and the password is missing or wrong."""


class MalformedJSONError(BotError):
    """A file of the export is not JSON."""


class FieldError(BotError):
    """A member of a file is missing, has the wrong type, or occurs twice."""


class MissingReferenceError(BotError):
    """Something names an intent, a slot or a slot type that the locale does not have."""


class ProjectError(BotError):
    """A file of a project says what it cannot mean; ``line`` and ``column`` count from 1.

    ``field`` is the place by the names of the file's members, as ``intents.Order.samples``.
    """

    def __init__(
        self,
        problem: str,
        *,
        file: str,
        cure: str,
        line: int = 1,
        column: int = 1,
        field: str | None = None,
    ) -> None:
        super().__init__(problem, file=f"{file}:{line}:{column}", cure=cure)
        self.file = file
        self.field = field
        self.line = line
        self.column = column


class AmendmentError(BotError):
    """What is to be added to a bot has no place in it, or is there already."""
