"""Requests and responses of API Gateway: HTTP API (payload format 2.0) and REST API (1.0)."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from daehwa.aws.errors import Refused

EVENT_STREAM = "text/event-stream"
EVENT_HEADERS = {"cache-control": "no-store", "content-type": EVENT_STREAM}
# A text has at most 1,024 characters; attributes have at most 12 KB.
_MAX_BODY = 64 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A request as the chat function sees it; header names are in lower case.

    ``path`` holds the decoded segments. ``plain`` marks an event that is no HTTP request but
    the message itself, as a console's test or another function sends it.
    """

    method: str
    path: tuple[str, ...]
    request_id: str
    headers: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    plain: bool = False

    @property
    def streams(self) -> bool:
        """Whether the client would have events rather than JSON."""
        return EVENT_STREAM in self.headers.get("accept", "")

    def json(self) -> dict[str, Any]:
        """The body as an object.

        Raises:
            Refused: it is none, or it is larger than a message can be.
        """
        if len(self.body) > _MAX_BODY:
            raise Refused(413, "RequestTooLarge", f"The body has more than {_MAX_BODY} bytes.")
        try:
            content = json.loads(self.body)
        except (ValueError, RecursionError):
            content = None
        if not isinstance(content, dict):
            raise Refused(400, "RequestMalformed", "The body is not a JSON object.")
        return content


def is_request(event: Mapping[str, Any]) -> bool:
    """Whether an event is a request of an API, of either kind."""
    return "http" in (event.get("requestContext") or {}) or "httpMethod" in event


def request(event: Mapping[str, Any], request_id: str) -> Request:
    """Read an event: an API's, or a plain ``{"text": ...}``.

    Raises:
        Refused: it is neither.
    """
    if not is_request(event):
        if "text" not in event:
            line = 'The event is neither a request of an API nor {"text": ...}.'
            raise Refused(400, "RequestMalformed", line)
        body = json.dumps(dict(event)).encode()
        return Request(method="POST", path=("chat",), request_id=request_id, body=body, plain=True)
    content = event.get("body") or ""
    http = (event.get("requestContext") or {}).get("http") or {}
    path = event.get("rawPath") or event.get("path") or "/"
    return Request(
        method=http.get("method") or event["httpMethod"],
        path=tuple(unquote(part) for part in path.split("/") if part),
        request_id=request_id,
        headers={name.lower(): value for name, value in (event.get("headers") or {}).items()},
        query=event.get("queryStringParameters") or {},
        body=base64.b64decode(content) if event.get("isBase64Encoded") else content.encode(),
    )


def response(
    status: int, content: Any = None, *, headers: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Give a JSON response; nothing for ``None``."""
    answer: dict[str, Any] = {
        "statusCode": status,
        "headers": {"cache-control": "no-store", **(headers or {})},
    }
    if content is not None:
        answer["headers"]["content-type"] = "application/json"
        answer["body"] = json.dumps(content, ensure_ascii=False)
    return answer


def events(*told: tuple[str, Any]) -> dict[str, Any]:
    """Give server-sent events, all at once: a function behind an HTTP API does not stream."""
    body = "".join(event_text(name, data) for name, data in told)
    return {"statusCode": 200, "headers": dict(EVENT_HEADERS), "body": body}


def event_text(name: str, data: Any) -> str:
    """One server-sent event."""
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
