"""What can go wrong in the functions, and who can fix it; a caller's fault is a ``ChatError``.

FunctionError
├── Misconfigured    the deployment: a variable of the environment is missing or wrong
└── AwsError         AWS refused a call: the service's own code and status
    └── AwsUnreachable  the connection broke, or no answer came in time
"""

from __future__ import annotations

from collections.abc import Iterable

from daehwa import chat


class MethodRefused(chat.ChatError):
    """An address does not take the method; ``allow`` lists those that it takes, for the header."""

    def __init__(self, methods: Iterable[str]) -> None:
        super().__init__("MethodNotAllowed")
        taken = set(methods)
        self.allow = ", ".join(sorted(taken | {"HEAD"} if "GET" in taken else taken))


class FunctionError(Exception):
    """A fault that the chat function reports instead of an answer."""


class Misconfigured(FunctionError):
    """The function's environment is not what the deployment should have set."""


class AwsError(FunctionError):
    """A call that an AWS service refused, or that never reached it.

    ``code`` is the name that the service gives the error, ``status`` its HTTP status.
    """

    def __init__(self, service: str, status: int, code: str, message: str) -> None:
        super().__init__(f"{service}: {code}: {message}")
        self.service = service
        self.status = status
        self.code = code
        self.message = message


class AwsUnreachable(AwsError):
    """No answer came; ``sent`` is whether the service may have acted all the same."""

    def __init__(self, service: str, message: str, *, sent: bool) -> None:
        super().__init__(service, 504 if sent else 503, "Unreachable", message)
        self.sent = sent


def unreadable(service: str) -> AwsError:
    """An answer that is not the JSON that the service gives: a proxy's page, or half of one."""
    return AwsError(service, 502, "AnswerUnreadable", "the answer is not what the service gives")
