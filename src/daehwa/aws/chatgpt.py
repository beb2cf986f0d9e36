"""Whoever answers FallbackIntent, as a code hook of its own: ``daehwa.aws.chatgpt.lambda_handler``.

It runs on the laptop as a Python hook too. It asks with ``http.client``: aiohttp would cost a
cold start three times as much as everything else here.

Environment: ``OPENAI_API_KEY``, or ``OPENAI_API_KEY_SECRET_ARN`` for a key in Secrets Manager
(the bare key, or a JSON object with the member ``OPENAI_API_KEY``); ``OPENAI_BASE_URL``,
``OPENAI_MODEL`` and their like; ``ANSWERS_FILE``, what was packed of ``daehwa.toml``
(``daehwa.aws.packed_answerers``); ``DAEHWA_ANSWER_PREFIX`` goes before every answer.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from daehwa.answers import (
    Answer,
    AnswerError,
    Call,
    CircuitOpen,
    KeyRefused,
    NobodyAnswers,
    Question,
    TimedOut,
    Unreachable,
    Upstream,
    UpstreamRequest,
    wire,
)
from daehwa.aws.embedded_metrics import put_answer
from daehwa.aws.fallback import answer_response, error_response, read_question
from daehwa.aws.lex_event import lex_event
from daehwa.aws.packed_answerers import AnswerStep, PackedAnswerers, first_error, kept_answerers

REDIRECTS = 300
_CHUNK = 1 << 16
# Left of the function's own time for the answer to get out.
_MARGIN = 1.0


def lambda_handler(event: dict[str, Any], context: Any = None) -> dict[str, Any]:
    """Answer what the bot did not understand: the event of a Lex V2 code hook.

    Never raises for the upstream's faults: the person gets a line, the intent is ``Failed``.
    """
    begun = time.monotonic()
    event = lex_event(event)
    try:
        answerers = kept_answerers()
        deadline = begun + _seconds(context, answerers.seconds)
        answer = _answer(answerers, read_question(event, deadline=deadline))
    except AnswerError as error:
        # The only thing written: no key, no words of the person.
        print(json.dumps({"error": error.code, "message": error.message}))  # noqa: T201
        return error_response(event, error)
    put_answer(answer, milliseconds=(time.monotonic() - begun) * 1000)
    return answer_response(event, answer, prefix=os.environ.get("DAEHWA_ANSWER_PREFIX", ""))


def _answer(answerers: PackedAnswerers, question: Question) -> Answer:
    """The answer of the first that gives one.

    Raises:
        AnswerError: none does.
    """
    errors: list[AnswerError] = []
    for step in answerers.steps(question):
        if isinstance(step, AnswerError):
            errors.append(step)
            continue
        if step.upstream is not None:
            try:
                answer = _ask_step(answerers, step.upstream, step.question)
            except AnswerError as error:
                note_uncalled(answerers, step, error)
                errors.append(error)
            else:
                answerers.budget.record(step.model, step.question, answer)
                return step.finished(answer)
        if step.instead is not None:
            return step.instead
    raise (
        first_error(errors)
        if errors
        else NobodyAnswers("No answerer is configured for this locale.")
    )


def note_uncalled(answerers: PackedAnswerers, step: AnswerStep, error: AnswerError) -> None:
    """Take back the call of a step whose model was not called, because it failed too often."""
    if isinstance(error, CircuitOpen):
        answerers.budget.give_back(step.model)


def _ask_step(answerers: PackedAnswerers, upstream: Upstream, question: Question) -> Answer:
    """Ask one answerer; where its key is refused, once more with a key that is read again."""
    try:
        return _ask(upstream, question)
    except KeyRefused:
        if not answerers.forget_keys():
            raise
        return _ask(answerers.upstream(upstream.endpoint.name), question)


def _seconds(context: Any, longest: float) -> float:
    left = getattr(context, "get_remaining_time_in_millis", None)
    return longest if left is None else max(0.0, min(longest, left() / 1000 - _MARGIN))


def _ask(upstream: Upstream, question: Question) -> Answer:
    call = Call(upstream, question, stream=False)
    while True:
        try:
            request = call.request()
            with call.attempt():
                piece = _send(request)
        except AnswerError as error:
            log_attempt(call, error)
            time.sleep(call.wait_after(error))
        else:
            longest = upstream.longest_text
            return Answer(
                text=piece.text[:longest],
                source="chatgpt",
                model=piece.model or upstream.endpoint.model,
                ended="length" if len(piece.text) > longest else piece.ended or "stop",
                usage=piece.usage,
            )


def log_attempt(call: Call, error: AnswerError) -> None:
    """Write a failed attempt to the function's log: no key, no words of the person."""
    print(json.dumps({"event": "answer_attempt_failed", **call.report(error)}))  # noqa: T201


def _send(request: UpstreamRequest) -> wire.Piece:
    until = time.monotonic() + request.timeout
    connection = connection_for(request)
    try:
        with map_http_client_errors():
            post(connection, request)
            response = connection.getresponse()
            raw = _body(connection, response, until)
    finally:
        connection.close()
    if response.status >= REDIRECTS:
        given = dict(response.getheaders())
        raise wire.failure(response.status, given, raw, request.scrubber)
    return wire.answer(raw, request.scrubber, opened=request.opened)


def connection_for(request: UpstreamRequest) -> http.client.HTTPConnection:
    """Make the connection, not open yet, that a request goes over."""
    parts = urlsplit(request.url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    return kind(parts.hostname or "", parts.port, timeout=request.timeout)


def post(connection: http.client.HTTPConnection, request: UpstreamRequest) -> None:
    """Send a request over its connection."""
    parts = urlsplit(request.url)
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    connection.request("POST", path, request.body, request.headers)


@contextlib.contextmanager
def map_http_client_errors() -> Iterator[None]:
    """Raise ``TimedOut`` and ``Unreachable`` in place of the network's errors."""
    try:
        yield
    except TimeoutError:
        raise TimedOut("The upstream did not answer in time.") from None
    except (OSError, http.client.HTTPException, ValueError) as error:
        # A response that is closed under its reader raises ValueError.
        name = type(error).__name__
        raise Unreachable(f"The connection to the upstream broke: {name}.") from None


def _body(
    connection: http.client.HTTPConnection, response: http.client.HTTPResponse, until: float
) -> bytes:
    raw = bytearray()
    while chunk := response.read1(_CHUNK):
        raw += chunk
        left = until - time.monotonic()
        if left <= 0:
            raise TimedOut("The upstream did not answer in time.")
        if len(raw) > wire.BODY_LIMIT:
            raise wire.oversized()
        if connection.sock is not None:
            connection.sock.settimeout(left)
    return bytes(raw)
