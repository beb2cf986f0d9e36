"""The chat function that streams, and the runtime that lets Python do so on AWS Lambda.

Lambda's own runtime for Python sends a response as a whole. The platform takes a streamed one
from whoever speaks its Runtime API: ``main`` does, and the package's script ``stream`` starts it
in the runtime's place (``AWS_LAMBDA_EXEC_WRAPPER``). Where that is not honoured,
``lambda_handler`` gives the same events all at once.

Source: the Lambda Developer Guide, "Using the Lambda runtime API" (response streaming), and the
API Gateway Developer Guide, "Lambda proxy integration for response streaming": metadata as JSON,
eight null bytes, the body.
"""

from __future__ import annotations

import http.client
import json
import os
import time
from collections.abc import Iterator
from email.message import Message
from typing import Any

from daehwa.aws import chat as function
from daehwa.aws import gateway
from daehwa.aws.invocation import Log
from daehwa.aws.ownership import with_secret
from daehwa.aws.streamed import Event, StreamedChat

_ROOT = "/2018-06-01/runtime/invocation"
_CONTENT_TYPE = "application/vnd.awslambda.http-integration-response"
_PRELUDE_END = b"\0" * 8
_PING = b": ping\n\n"
# The gateways between here and the page give up on silence: CloudFront first, after 30 s.
_PING_SECONDS = 10.0

_kept: list[StreamedChat] = []


def lambda_handler(event: dict[str, Any], context: Any = None) -> dict[str, Any]:
    """Answer one request with all its events at once."""
    if not gateway.is_request(event):
        return function.respond_to(event, context, kept_chat)
    head, body = respond(event, context)
    return {**head, "body": b"".join(body).decode()}


def kept_chat() -> StreamedChat:
    """The chat of the environment, kept while this execution environment lives."""
    if not _kept:
        _kept.append(StreamedChat.from_environment(os.environ))
    return _kept[0]


def respond(event: dict[str, Any], context: Any) -> tuple[dict[str, Any], Iterator[bytes]]:
    """Give status and headers, and the body as it comes; reading it to its end takes the turn."""
    log = Log(context)
    crossing: dict[str, str] = {}
    try:
        request = gateway.request(event, log.request_id)
        log.note_request(request)
        chat = kept_chat()
        crossing = chat.edge.headers(request)
        request, headers = with_secret(request)
        events = chat.events(request, log)
    except Exception as error:  # noqa: BLE001 - what leaves the handler ends the environment
        answer = log.error_response(error)
        answer["headers"] |= crossing
        log.write(answer["statusCode"])
        return _whole(answer)
    if events is None:
        return _whole(function.respond_to(event, context, kept_chat))
    headers |= gateway.event_headers() | crossing
    return {"statusCode": 200, "headers": headers}, _event_bytes(events, log)


def _whole(answer: dict[str, Any]) -> tuple[dict[str, Any], Iterator[bytes]]:
    body = answer.pop("body", "")
    return answer, iter((body.encode(),) if body else ())


def _event_bytes(events: Iterator[Event | None], log: Log) -> Iterator[bytes]:
    wrote = time.monotonic()
    for event in events:
        if event is not None:
            yield gateway.event_text(*event).encode()
        elif time.monotonic() - wrote < _PING_SECONDS:
            continue
        else:
            yield _PING
        wrote = time.monotonic()
    log.write(200)


class Invocation:
    """What the runtime sends with one event: its id, and the time that is left for it."""

    def __init__(self, headers: Message) -> None:
        self.aws_request_id = headers["Lambda-Runtime-Aws-Request-Id"]
        self._deadline = int(headers["Lambda-Runtime-Deadline-Ms"])

    def get_remaining_time_in_millis(self) -> int:
        """Milliseconds until the function is ended."""
        return max(0, self._deadline - int(time.time() * 1000))


def main() -> None:
    """Take events from the Runtime API and stream the answers to them, for ever."""
    address = os.environ["AWS_LAMBDA_RUNTIME_API"]
    line = http.client.HTTPConnection(address)
    while True:
        line.request("GET", f"{_ROOT}/next")
        given = line.getresponse()
        raw = given.read()
        invocation = Invocation(given.headers)
        # A broken line belongs to one event, and not to the next.
        if not _take(line, invocation, json.loads(raw)):
            line.close()
            line = http.client.HTTPConnection(address)


def _take(line: http.client.HTTPConnection, invocation: Invocation, event: dict[str, Any]) -> bool:
    """Answer one event; false if the line broke over it."""
    if gateway.is_request(event):
        head, body = respond(event, invocation)
        prelude = json.dumps(head).encode() + _PRELUDE_END
        headers = {"Content-Type": _CONTENT_TYPE}
    else:
        prelude, body = json.dumps(lambda_handler(event, invocation)).encode(), iter(())
        headers = {"Content-Type": "application/json"}
    headers["Lambda-Runtime-Function-Response-Mode"] = "streaming"
    headers["Transfer-Encoding"] = "chunked"
    path = f"{_ROOT}/{invocation.aws_request_id}/response"
    try:
        line.request("POST", path, _with_prelude(prelude, body), headers, encode_chunked=True)
        line.getresponse().read()
    except (OSError, http.client.HTTPException):
        # Nobody hears it any more; the turn is taken to its end and can be picked up.
        for _ in body:
            pass
        return False
    return True


def _with_prelude(prelude: bytes, body: Iterator[bytes]) -> Iterator[bytes]:
    yield prelude
    # Not `yield from`: a line that breaks closes this iterator, and must not close the turn.
    for piece in body:  # noqa: UP028
        yield piece


if __name__ == "__main__":
    main()
