"""What can go wrong between the bot and its code hook.

    HookError
    ├── HookRaised        the hook's own code failed: its author fixes it
    ├── HookUnreachable   the hook could not be called: who runs it fixes it
    └── HookMisconfigured the configuration names no such hook: who configured it fixes it

A hook that replied with something that is not a reply is not among them: Lex answers that with
``lex.DependencyFailedException``, and so does ``response``.
"""

from __future__ import annotations

import sys
from typing import Final


class HookError(Exception):
    """A code hook gave no reply.

    ``summary`` is what the log may hold: the message may repeat what the hook's author wrote,
    and with it what a person said, or a secret.
    """

    def __init__(self, message: str, *, summary: str | None = None) -> None:
        super().__init__(message)
        self.summary = message if summary is None else summary


class HookRaised(HookError):
    """The hook's code raised, or answered with an error of its own."""


class HookUnreachable(HookError):
    """The hook could not be called, or is called too often at once."""


class HookMisconfigured(HookError):
    """There is no such module, function, address or Lambda, or a package is not installed.

    ``missing`` is the module that is not installed, where that is the reason; ``cure`` then says
    how to get it.
    """

    def __init__(
        self, message: str, *, summary: str | None = None, missing: str | None = None
    ) -> None:
        super().__init__(message, summary=summary)
        self.missing = missing

    @property
    def cure(self) -> str | None:
        """What to do about it, if that is known."""
        if self.missing is None:
            return None
        return f"{sys.executable} -m pip install {_PACKAGES.get(self.missing, self.missing)}"


# Packages that are not called as what is imported from them.
_PACKAGES: Final = {
    "Crypto": "pycryptodome",
    "MySQLdb": "mysqlclient",
    "PIL": "pillow",
    "attr": "attrs",
    "bs4": "beautifulsoup4",
    "cv2": "opencv-python-headless",
    "dateutil": "python-dateutil",
    "dotenv": "python-dotenv",
    "jwt": "PyJWT",
    "psycopg2": "psycopg2-binary",
    "sklearn": "scikit-learn",
    "yaml": "PyYAML",
}
