"""One invocation of the chat function: its id, its deadline, and the line that is logged of it."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from daehwa import chat
from daehwa.aws import gateway
from daehwa.aws.errors import AwsError, FunctionError, MethodRefused

if TYPE_CHECKING:
    from daehwa.chat import wire

# Lex's refusals that are the caller's business; any other is the deployment's fault or Lex's.
_PASSED_ON = {
    "ValidationException",
    "ConflictException",
    "ThrottlingException",
    "DependencyFailedException",
    "Unreachable",
}
# When it makes sense to try again, in seconds.
_RETRY_AFTER = {"ConflictException": "1", "ThrottlingException": "1", "StoreUnavailable": "2"}
_DEFAULT_SECONDS = 60.0
_SHORTENED = 300


class Log:
    """A line of JSON for each request: who failed and how long it took, never a person's words."""

    def __init__(self, context: Any) -> None:
        self._begun = time.monotonic()
        self.request_id = getattr(context, "aws_request_id", None) or chat.new_id()
        left = getattr(context, "get_remaining_time_in_millis", None)
        seconds = _DEFAULT_SECONDS if left is None else left() / 1000
        self.deadline = self._begun + seconds
        """The instant of ``time.monotonic()`` when the function is ended."""
        self._line: dict[str, Any] = {"requestId": self.request_id}
        self._language = "en"

    def note_request(self, request: gateway.Request) -> None:
        """Note the request, and the language of its errors."""
        self._line |= {"method": request.method, "route": "/".join(request.path[:2])}
        self._language = request.language

    def error_response(self, error: Exception) -> dict[str, Any]:
        """Note an error, and give the response that carries it to the caller.

        One that nobody foresaw is noted by its class and place: its text may hold a person's words.
        """
        refusal = self._note_error(error)
        fault: wire.Fault = {
            "code": refusal.code,
            "message": refusal.line(self._language),
            "requestId": self.request_id,
        }
        body: wire.ErrorBody = {"error": fault}
        known = None if refusal.retry_after is None else str(refusal.retry_after)
        after = known or _RETRY_AFTER.get(refusal.code)
        headers = {} if after is None else {"retry-after": after}
        if isinstance(error, MethodRefused):
            headers["allow"] = error.allow
        return gateway.response(refusal.status, body, headers=headers)

    def _note_error(self, error: Exception) -> chat.ChatError:
        if isinstance(error, chat.ChatError):
            self._line |= {"error": error.code}
            return error
        if isinstance(error, AwsError):
            detail = error.message[:_SHORTENED]
            self._line |= {"error": error.code, "service": error.service, "detail": detail}
            if error.service == "DynamoDB":
                return chat.ChatError("StoreUnavailable")
            return chat.ChatError(error.code if error.code in _PASSED_ON else "BotUnreachable")
        if isinstance(error, FunctionError):
            self._line |= {"error": "Misconfigured", "detail": str(error)}
            return chat.ChatError("Misconfigured")
        self._line |= {"error": type(error).__name__, "detail": _place(error)}
        return chat.ChatError("InternalServerException")

    def note_unanswered(self, code: str) -> None:
        """Note why ChatGPT did not answer; an alarm counts these."""
        self._line["unanswered"] = code

    def write(self, status: int) -> None:
        """Write the line."""
        milliseconds = round((time.monotonic() - self._begun) * 1000)
        print(json.dumps({**self._line, "status": status, "ms": milliseconds}))  # noqa: T201


def _place(error: Exception) -> str:
    """File and line where an error was raised."""
    at = error.__traceback__
    while at is not None and at.tb_next is not None:
        at = at.tb_next
    return "" if at is None else f"{Path(at.tb_frame.f_code.co_filename).name}:{at.tb_lineno}"
