"""The errors that Lex's model-building API declares, by the names and statuses of its model.

    WorkshopError
    ├── ValidationException            400  the request is malformed
    ├── ServiceQuotaExceededException  402  one more than Lex takes
    ├── ResourceNotFoundException      404  what is described does not exist
    ├── ConflictException              409  the name is taken
    ├── PreconditionFailedException    412  what is there does not allow the change
    ├── ThrottlingException            429  too much at once
    └── InternalServerException        500  our own fault

An operation that does not declare ``ResourceNotFoundException`` reports the same as a failed
precondition, and a list as a malformed request; the server maps it.
Source: botocore's service model ``lexv2-models`` 2020-08-07.
"""

from typing import ClassVar, TypeVar

_T = TypeVar("_T")


class WorkshopError(Exception):
    """An error of the model-building API; its class name is the wire's ``x-amzn-ErrorType``."""

    status: ClassVar[int] = 500

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class ValidationException(WorkshopError):
    """A parameter of the request is malformed; the client can correct it."""

    status = 400


class ServiceQuotaExceededException(WorkshopError):
    """Lex takes no more of these; the bot would not fit there."""

    status = 402


class ResourceNotFoundException(WorkshopError):
    """What the request names does not exist."""

    status = 404


class ConflictException(WorkshopError):
    """Something of that name is there already."""

    status = 409


class PreconditionFailedException(WorkshopError):
    """The state of the resource does not allow this, or it cannot be changed here."""

    status = 412


class ThrottlingException(WorkshopError):
    """Too much is on its way at once; the client may try again later."""

    status = 429


class InternalServerException(WorkshopError):
    """A fault of this program."""

    status = 500


def existing(resource: _T | None) -> _T:
    """What a request names.

    Raises:
        ResourceNotFoundException: it does not exist.
    """
    if resource is None:
        raise ResourceNotFoundException(
            "Failed to retrieve resource since it does not exist. Choose a resource that exists "
            "and try your request again."
        )
    return resource
