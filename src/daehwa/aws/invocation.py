"""One invocation of the chat function: its id, its deadline, and the line that is logged of it."""

from __future__ import annotations

import json
import time
import uuid
from typing import Any

from daehwa.aws import http
from daehwa.aws.errors import AwsError, FunctionError, Refused

# Lex's refusals as ours; whatever is not here is the deployment's fault or Lex's.
_LEX_ERRORS = {
    "ValidationException": (400, "Lex refuses the request."),
    "ConflictException": (409, "Another message of this session is being answered: try again."),
    "ThrottlingException": (429, "Too many conversations at once: try again in a moment."),
    "DependencyFailedException": (502, "The bot's code hook failed."),
    "Unreachable": (504, "The bot did not answer in time: ask for the message's reply later."),
}
_DEFAULT_SECONDS = 60.0
_SHORTENED = 300


class Log:
    """One line of JSON a request: who failed and how long it took, never a word that was said."""

    def __init__(self, context: Any) -> None:
        self._begun = time.monotonic()
        self.request_id = getattr(context, "aws_request_id", None) or uuid.uuid4().hex
        left = getattr(context, "get_remaining_time_in_millis", None)
        seconds = _DEFAULT_SECONDS if left is None else left() / 1000
        self.deadline = self._begun + seconds
        """The instant of ``time.monotonic()`` when the function is ended."""
        self._told: dict[str, Any] = {"requestId": self.request_id}

    def asked(self, request: http.Request) -> None:
        """Note what was asked for."""
        self._told |= {"method": request.method, "route": "/".join(request.path[:2])}

    def refused(self, error: FunctionError) -> dict[str, Any]:
        """Note an error, and give the response that tells it to the caller."""
        if isinstance(error, Refused):
            self._told |= {"error": error.code}
            return _fault(error.status, error.code, error.message, self.request_id)
        if isinstance(error, AwsError):
            detail = error.message[:_SHORTENED]
            self._told |= {"error": error.code, "service": error.service, "detail": detail}
            return _aws_fault(error, self.request_id)
        self._told |= {"error": "Misconfigured", "detail": str(error)}
        return _fault(500, "Misconfigured", "This chat is not set up yet.", self.request_id)

    def unanswered(self, code: str) -> None:
        """Note why ChatGPT did not answer; an alarm counts these."""
        self._told["unanswered"] = code

    def write(self, status: int) -> None:
        """Write the line."""
        milliseconds = round((time.monotonic() - self._begun) * 1000)
        print(json.dumps({**self._told, "status": status, "ms": milliseconds}))  # noqa: T201


def _fault(status: int, code: str, message: str, request_id: str, **headers: str) -> dict[str, Any]:
    content = {"error": {"code": code, "message": message, "requestId": request_id}}
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return http.response(status, content, headers=named)


def _aws_fault(error: AwsError, request_id: str) -> dict[str, Any]:
    if error.service == "DynamoDB":
        line = "The conversation cannot be stored at the moment: try again."
        return _fault(503, "StoreUnavailable", line, request_id, retry_after="2")
    status, line = _LEX_ERRORS.get(error.code, (502, "The bot cannot be reached."))
    headers = {"retry_after": "1"} if status in (409, 429) else {}
    return _fault(status, error.code, line, request_id, **headers)
