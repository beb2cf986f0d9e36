"""What the endpoints of the OpenAI-compatible API refuse, and their responses for it."""

from __future__ import annotations

from typing import Any, Final

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from daehwa import chat
from daehwa.chat import ChatError
from daehwa.server.faults import JsonResponse, exchange_of
from daehwa.server.openai_errors import error_value, misshapen
from daehwa.server.openai_requests import Unserved

# What an answerer's error is in OpenAI's API; all others are 503.
_ANSWER_STATUSES: Final = {
    "rate_limited": (429, "rate_limit_exceeded"),
    "questions_too_many": (429, "rate_limit_exceeded"),
    "quota": (429, "insufficient_quota"),
    "budget_spent": (429, "insufficient_quota"),
    "too_long": (400, "context_length_exceeded"),
    "content_refused": (400, "content_policy_violation"),
    "timed_out": (504, "timed_out"),
    "still_thinking": (504, "timed_out"),
    # As gateways answer: the client's own key and request are well, and waiting fixes nothing.
    "key_refused": (502, "key_refused"),
    "model_not_found": (502, "model_not_found"),
    "model_retired": (502, "model_retired"),
    "request_refused": (502, "request_refused"),
    "not_an_endpoint": (502, "not_an_endpoint"),
}


class UnknownModel(Exception):
    """The request's model is not a bot here: its name."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class Unanswered(Exception):
    """The language model gave no answer: why, for the client."""

    def __init__(self, code: str, message: str, retry_after: int | None = None) -> None:
        super().__init__(message)
        self.status, self.code = _ANSWER_STATUSES.get(code, (503, code))
        self.message = message
        self.retry_after = retry_after


def unanswered(fault: chat.Fault) -> Unanswered:
    """The error of a reply that holds one."""
    return Unanswered(fault.code, fault.message, fault.retry_after)


class Failed(Exception):
    """A turn that failed after it had begun."""

    def __init__(self, code: str, message: str, retry_after: int | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after
        known = chat.ERRORS.get(code)
        self.status = 500 if known is None else known.status
        self.code = code
        self.message = message


def model_not_found(request: Request, name: str) -> Response:
    """The response for a model that is not a bot here."""
    return refusal(
        request, 404, "model_not_found", f"The model '{name}' does not exist", param="model"
    )


def failure(error: Unanswered | Failed) -> dict[str, Any]:
    """The error inside of a stream that has begun."""
    value: dict[str, Any] = error_value(error.status, error.code, error.message)["error"]
    return value


def refusal_for(request: Request, error: Exception) -> Response:
    """The response for a request that cannot be served."""
    status, code, param, final = 400, "RequestMalformed", None, False
    retry_after = None
    message = str(error)
    if isinstance(error, Unserved):
        code, param = error.code or "invalid_value", error.param
    elif isinstance(error, UnknownModel):
        return model_not_found(request, error.name)
    elif isinstance(error, Unanswered | Failed):
        status, code, retry_after = error.status, error.code, error.retry_after
        # A turn that is said to be possible later has not been taken.
        final = isinstance(error, Unanswered) or retry_after is None
    elif isinstance(error, ChatError):
        status, code, retry_after = error.status, error.code, error.retry_after
    elif isinstance(error, msgspec.DecodeError):
        code, param, message = misshapen(message)
    return refusal(
        request, status, code, message, param=param, final=final, retry_after=retry_after
    )


def refusal(
    request: Request,
    status: int,
    code: str | None,
    message: str,
    *,
    param: str | None = None,
    final: bool = False,
    retry_after: int | None = None,
) -> Response:
    """A response that refuses, in OpenAI's shape; ``final`` tells its clients not to repeat it."""
    exchange_of(request).error = code
    # OpenAI's clients send again what failed: a turn of a bot is not to be taken twice.
    headers = {"x-should-retry": "false"} if final else {}
    if retry_after is not None:
        headers["retry-after"] = str(retry_after)
    body = error_value(status, code, message, param)
    return JsonResponse(body, status_code=status, headers=headers)
