"""What can go wrong in the chat function, and who can mend it.

FunctionError
├── Refused          the caller: a status, a code and a line to show
├── Misconfigured    the deployment: a variable of the environment is missing or wrong
└── AwsError         AWS refused a call: the service's own code and status
    └── AwsUnreachable  the connection broke, or no answer came in time
"""

from __future__ import annotations


class FunctionError(Exception):
    """A fault that the chat function tells instead of an answer."""


class Refused(FunctionError):
    """A request that cannot be served: an HTTP status, a code and a line."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message


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
    """No answer came; ``sent`` tells whether the service may have acted all the same."""

    def __init__(self, service: str, message: str, *, sent: bool) -> None:
        super().__init__(service, 504 if sent else 503, "Unreachable", message)
        self.sent = sent
