"""The errors that Lex's runtime API declares, by the names and statuses of its model.

    LexError
    ├── ValidationException         400  the caller sent something malformed
    ├── AccessDeniedException       403  the caller may not do this
    ├── ResourceNotFoundException   404  no such bot, alias, locale or session
    ├── ConflictException           409  two clients used one session at once
    ├── DependencyFailedException   424  a code hook failed or answered wrongly
    ├── ThrottlingException         429  too many requests
    ├── InternalServerException     500  our own fault
    └── BadGatewayException         502  something upstream answered wrongly

Source: botocore's service model ``lexv2-runtime`` 2020-08-07.
"""

from typing import ClassVar


class LexError(Exception):
    """An error of the Lex runtime API; its class name is the wire's ``x-amzn-ErrorType``."""

    status: ClassVar[int] = 500
    retry_after: int | None = None

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class ValidationException(LexError):
    """A parameter or the state in the request is malformed; the caller can fix it."""

    status = 400


class AccessDeniedException(LexError):
    """The caller's credentials do not allow the operation."""

    status = 403


class ResourceNotFoundException(LexError):
    """The bot, alias, locale or session does not exist here."""

    status = 404


class ConflictException(LexError):
    """Another request is using the same session; try again."""

    status = 409


class DependencyFailedException(LexError):
    """A code hook raised, timed out without a timeout response, or answered wrongly."""

    status = 424


class ThrottlingException(LexError):
    """Too many requests; try again, after ``retry_after`` seconds where that is known."""

    status = 429

    def __init__(self, message: str, *, retry_after: int | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class InternalServerException(LexError):
    """A fault of this program."""

    status = 500


class BadGatewayException(LexError):
    """A service behind this one answered wrongly."""

    status = 502
