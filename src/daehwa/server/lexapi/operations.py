"""The operations of the Lex runtime API: one table, and the way through it.

A call is matched by method and path, parsed to typed values, handled by the conversation,
and serialised. Source of methods and paths: botocore's service model ``lexv2-runtime``
2020-08-07; a test compares the table with it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import msgspec

from daehwa.conversation import Runtime, StateChange, Utterance
from daehwa.server.lexapi import requests, responses
from daehwa.server.lexapi.requests import LexRequest
from daehwa.server.lexapi.speech import Speech, hearing, speaking
from daehwa.server.metrics import Metrics
from daehwa.server.restjson import Response

_SESSION = "/bots/{botId}/botAliases/{botAliasId}/botLocales/{localeId}/sessions/{sessionId}"


class Service(msgspec.Struct, frozen=True):
    """What handlers work with: the conversations, their metrics, and speech."""

    runtime: Runtime
    metrics: Metrics
    speech: Speech | None = None


class LexOperation(msgspec.Struct, frozen=True):
    """One operation of the API.

    ``handle`` takes a parsed call to a response; an operation without it holds its own stream.
    ``unsigned_body`` marks those whose clients do not sign the body.
    """

    name: str
    method: str
    path: str
    handle: Callable[[Service, LexRequest], Awaitable[Response]] | None
    max_body: int = 256 * 1024
    unsigned_body: bool = False


async def recognize_text(service: Service, request: LexRequest) -> Response:
    """RecognizeText."""
    address = requests.address(request.labels, request.owner)
    body = requests.recognize_text_body(request.body)
    recognition = await service.runtime.lex.recognize(
        address,
        Utterance(
            text=body.text,
            session_state=body.session_state,
            request_attributes=body.request_attributes,
            request_id=request.request_id,
        ),
    )
    service.metrics.recognition("lex", address, recognition)
    return responses.recognized_text(recognition)


async def recognize_utterance(service: Service, request: LexRequest) -> Response:
    """RecognizeUtterance, in text and in speech."""
    address = requests.address(request.labels, request.owner)
    sent = requests.utterance(request)
    voice = speaking(service.speech, sent.response_content_type)
    text, mode = await hearing(service.speech, sent, address.locale_id)
    recognition = await service.runtime.lex.recognize(
        address,
        Utterance(
            text=text,
            session_state=sent.session_state,
            request_attributes=sent.request_attributes,
            request_id=request.request_id,
            input_mode=mode,
            operation="RecognizeUtterance",
        ),
    )
    service.metrics.recognition("lex", address, recognition)
    content_type, audio = await voice(recognition.messages, address.locale_id)
    return responses.recognized_utterance(
        recognition, input_mode=mode, transcript=text, content_type=content_type, audio=audio
    )


async def put_session(service: Service, request: LexRequest) -> Response:
    """PutSession."""
    address = requests.address(request.labels, request.owner)
    body = requests.put_session_body(request.body)
    wanted = request.headers.get(b"responsecontenttype")
    voice = speaking(service.speech, wanted.decode("latin-1") if wanted else None)
    recognition = await service.runtime.lex.put_session(
        address,
        StateChange(
            session_state=body.session_state,
            messages=body.messages or (),
            request_attributes=body.request_attributes,
            request_id=request.request_id,
        ),
    )
    content_type, audio = await voice(recognition.messages, address.locale_id)
    return responses.put_session(recognition, content_type, audio)


async def get_session(service: Service, request: LexRequest) -> Response:
    """GetSession."""
    return responses.got_session(
        await service.runtime.lex.get_session(requests.address(request.labels, request.owner))
    )


async def delete_session(service: Service, request: LexRequest) -> Response:
    """DeleteSession."""
    address = requests.address(request.labels, request.owner)
    await service.runtime.lex.delete_session(address)
    return responses.deleted_session(address)


OPERATIONS = (
    LexOperation("RecognizeText", "POST", f"{_SESSION}/text", recognize_text),
    LexOperation(
        "RecognizeUtterance",
        "POST",
        f"{_SESSION}/utterance",
        recognize_utterance,
        # Lex takes up to 15 seconds of audio by default; this is minutes of it.
        max_body=8 * 1024 * 1024,
        unsigned_body=True,
    ),
    LexOperation("PutSession", "POST", _SESSION, put_session),
    LexOperation("GetSession", "GET", _SESSION, get_session),
    LexOperation("DeleteSession", "DELETE", _SESSION, delete_session),
    LexOperation("StartConversation", "POST", f"{_SESSION}/conversation", None),
)
