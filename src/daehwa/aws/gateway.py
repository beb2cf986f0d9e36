"""Requests and responses of API Gateway: HTTP API (payload format 2.0) and REST API (1.0).

A function URL sends the former, an application load balancer nearly the latter.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple
from urllib.parse import unquote, unquote_plus

from daehwa import chat

_NEITHER = 'the event is neither a request of an API nor {"text": ...}'
# Members of what other gateways send, such as WebSocket APIs and VPC Lattice: strangers stand
# behind them, so that it is not a plain event, which is trusted.
_OF_A_GATEWAY = ("requestContext", "raw_path", "rawPath", "routeKey")
_FIRST = "chat"


class Request(NamedTuple):
    """A request as the chat function sees it; header names are in lower case.

    ``path`` holds the decoded segments. ``plain`` marks an event that is not an HTTP request but
    the message itself, as a console's test or another function sends it. ``secret`` is that of
    the session. ``source_address`` is who the gateway was called by, which may be CloudFront.
    """

    method: str
    path: tuple[str, ...]
    request_id: str
    headers: Mapping[str, str] = MappingProxyType({})
    query: Mapping[str, str] = MappingProxyType({})
    body: bytes = b""
    plain: bool = False
    secret: str | None = None
    source_address: str = ""

    @property
    def language(self) -> str:
        """The language of errors."""
        return chat.caller_language(self.accept_language)

    @property
    def accept_language(self) -> str:
        """The languages that the client accepts, as its header has them."""
        return self.headers.get("accept-language", "")

    @property
    def cookies(self) -> dict[str, str]:
        """The cookies by name; a value without a name is left out."""
        pairs = (pair.strip().partition("=") for pair in self.headers.get("cookie", "").split(";"))
        return {name: value for name, sign, value in pairs if sign}

    @property
    def streams(self) -> bool:
        """Whether the client prefers events to JSON."""
        return chat.accepts_events(self.headers.get("accept", ""))

    def json(self) -> dict[str, Any]:
        """The body as an object.

        Raises:
            chat.ChatError: it is not one, or it is larger than a message can be.
        """
        if len(self.body) > chat.BODY_LIMIT:
            raise chat.ChatError("RequestTooLarge", limit=chat.BODY_LIMIT)
        try:
            content = json.loads(self.body)
            # Half a character pair is JSON, but no text that can be passed on.
            json.dumps(content, ensure_ascii=False).encode()
        except (ValueError, RecursionError) as error:
            raise chat.ChatError("RequestMalformed", detail=error) from None
        if not isinstance(content, dict):
            raise chat.ChatError("RequestMalformed", detail="it is not an object")
        return content


def is_request(event: Any) -> bool:
    """Whether an event is a request of an API, a function URL or a load balancer."""
    if not isinstance(event, Mapping):
        return False
    around = event.get("requestContext")
    return "httpMethod" in event or (isinstance(around, Mapping) and "http" in around)


def request(event: Any, request_id: str) -> Request:
    """Read an event: an API's, or a plain one, ``{"text": ...}`` or the same in ``body``.

    Raises:
        chat.ChatError: it is neither.
    """
    try:
        return _http(event, request_id) if is_request(event) else _plain(event, request_id)
    except (AttributeError, KeyError, TypeError):
        # What no gateway sends: a list in a text's place, a number for an object.
        raise chat.ChatError("RequestMalformed", detail=_NEITHER) from None


def _plain(event: Any, request_id: str) -> Request:
    body = event.get("body")
    if any(member in event for member in _OF_A_GATEWAY):
        raise chat.ChatError("RequestMalformed", detail=_NEITHER)
    if isinstance(event.get("text"), str):
        raw = json.dumps(dict(event)).encode()
    elif isinstance(body, str):
        raw = _body(event)
    elif isinstance(body, Mapping):
        raw = json.dumps(dict(body)).encode()
    else:
        raise chat.ChatError("RequestMalformed", detail=_NEITHER)
    return Request(method="POST", path=("chat",), request_id=request_id, body=raw, plain=True)


def _http(event: Mapping[str, Any], request_id: str) -> Request:
    around = event.get("requestContext") or {}
    http = around.get("http") or {}
    method = http.get("method") or event["httpMethod"]
    headers = _headers(event)
    query = _texts(event, "queryStringParameters", ",")
    if "elb" in around:
        # A load balancer passes parameters on as they were sent.
        query = {unquote_plus(name): unquote_plus(value) for name, value in query.items()}
    return Request(
        method=method.upper(),
        path=_path(event),
        request_id=request_id,
        headers=headers,
        query=query,
        body=_body(event),
        secret=headers.get(chat.SECRET_HEADER.lower()),
        source_address=_source_address(http, around, headers),
    )


def _path(event: Mapping[str, Any]) -> tuple[str, ...]:
    """The decoded segments from ``chat`` on: before it stand a stage's name, or a domain's path."""
    path = event.get("rawPath") or event.get("path") or "/"
    parts = tuple(unquote(part) for part in path.split("/") if part)
    if _FIRST in parts:
        parts = parts[parts.index(_FIRST) :]
    # A stage may have that very name.
    return parts[1:] if parts[:2] == (_FIRST, _FIRST) else parts


def _source_address(
    http: Mapping[str, Any], around: Mapping[str, Any], headers: Mapping[str, str]
) -> str:
    """The address that called the gateway; a load balancer appends it to what the caller claims."""
    if "elb" in around:
        return headers.get("x-forwarded-for", "").rpartition(",")[2].strip()
    return http.get("sourceIp") or (around.get("identity") or {}).get("sourceIp") or ""


def _headers(event: Mapping[str, Any]) -> dict[str, str]:
    """The headers, by names in lower case; cookies that came in several are all of them."""
    headers = {name.lower(): value for name, value in _texts(event, "headers", ",").items()}
    cookies = event.get("cookies") or [
        value
        for name, values in (event.get(_several("headers")) or {}).items()
        if name.lower() == "cookie"
        for value in values
    ]
    if cookies:
        headers["cookie"] = "; ".join(cookies)
    return headers


def _texts(event: Mapping[str, Any], name: str, between: str) -> dict[str, str]:
    """Headers or parameters by name; a load balancer may send lists of them alone."""
    single = event.get(name) or {}
    several = {} if single else event.get(_several(name)) or {}
    joined = {one: between.join(values) for one, values in several.items()}
    return {one: value for one, value in {**joined, **single}.items() if isinstance(value, str)}


def _several(name: str) -> str:
    return f"multiValue{name[0].upper()}{name[1:]}"


def as_event_wants(answer: dict[str, Any], event: Any) -> dict[str, Any]:
    """The response in the form of its event: lists of headers for whoever sent lists alone.

    Source: the Elastic Load Balancing guide, "Lambda functions as targets": with multi-value
    headers a response is to have ``multiValueHeaders``, else its headers are not sent.
    """
    if not isinstance(event, Mapping) or event.get("headers") is not None:
        return answer
    if not event.get("multiValueHeaders"):
        return answer
    several = {name: [value] for name, value in answer["headers"].items()}
    return {**answer, "multiValueHeaders": several}


def _body(event: Mapping[str, Any]) -> bytes:
    content = event.get("body") or ""
    if not event.get("isBase64Encoded"):
        # Half a character pair is passed on, to be refused where the JSON is read.
        return content.encode("utf-8", "surrogatepass")
    try:
        return base64.b64decode(content, validate=True)
    except ValueError as error:
        raise chat.ChatError("RequestMalformed", detail=error) from None


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
        answer["body"] = _text(content)
    return answer


def events(*events: tuple[str, Any]) -> dict[str, Any]:
    """Give server-sent events, all at once: a function behind an HTTP API does not stream."""
    body = "".join(event_text(name, data) for name, data in events)
    return {"statusCode": 200, "headers": event_headers(), "body": body}


def event_headers() -> dict[str, str]:
    """The headers of server-sent events."""
    return {"cache-control": "no-store", "content-type": chat.EVENT_STREAM}


def event_text(name: str, data: Any) -> str:
    """One server-sent event."""
    return f"event: {name}\ndata: {_text(data)}\n\n"


def _text(content: Any) -> str:
    """Content as JSON that can be sent: half a character pair becomes a question mark."""
    return json.dumps(content, ensure_ascii=False).encode("utf-8", "replace").decode()
