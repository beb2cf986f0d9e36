"""Requests of the Lex runtime: from path, headers and body to typed values.

Parse errors speak of members by the names the client knows, and never repeat what a user
said.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Generic, TypeVar
from urllib.parse import unquote_to_bytes

import msgspec

from daehwa import lex
from daehwa.conversation import Address
from daehwa.server.body import json_text
from daehwa.server.lexapi import constraints, headers
from daehwa.server.lexapi.constraints import faults
from daehwa.server.lexapi.rules import RULES
from daehwa.server.restjson import refuse


class LexRequest(msgspec.Struct, frozen=True):
    """One HTTP request to the runtime API.

    ``labels`` are the path's labels in the order of the template, still percent-encoded;
    ``headers`` have lower-case names; ``owner`` is whose sessions it is about.
    """

    labels: tuple[bytes, ...]
    headers: Mapping[bytes, bytes]
    body: bytes
    request_id: str
    owner: str = ""


class RecognizeTextRequest(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """The JSON body of RecognizeText."""

    text: str
    session_state: lex.SessionState | None = None
    request_attributes: dict[str, str] | None = None


class PutSessionRequest(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """The JSON body of PutSession."""

    session_state: lex.SessionState
    messages: tuple[lex.Message, ...] | None = None
    request_attributes: dict[str, str] | None = None


class RecognizeUtteranceRequest(msgspec.Struct, frozen=True, kw_only=True):
    """What RecognizeUtterance carries in its headers and its body."""

    content_type: str
    response_content_type: str | None
    session_state: lex.SessionState | None
    request_attributes: dict[str, str] | None
    stream: bytes


# The labels of the path, which every operation's request has.
_LABELS = ("botId", "botAliasId", "localeId", "sessionId")
_RULES = RULES["RecognizeTextRequest"]
_CONTENT_TYPE = RULES["RecognizeUtteranceRequest"]["requestContentType"]

_PLAIN_BOT_ID = re.compile(r"[0-9a-zA-Z]{10}").fullmatch
_PLAIN_LOCALE_ID = re.compile(r"[a-z]{2}_[A-Z]{2}").fullmatch
_PLAIN_SESSION_ID = re.compile(r"[0-9a-zA-Z._:-]{2,100}").fullmatch

BodyT = TypeVar("BodyT", bound=msgspec.Struct)


class BodyParser(Generic[BodyT]):
    """Reads a JSON body as one typed struct and checks it by the model's rules."""

    def __init__(self, kind: type[BodyT]) -> None:
        self._decoder = msgspec.json.Decoder(kind)
        self._members = constraints.members_of(kind)

    def __call__(self, body: bytes) -> BodyT:
        """The body as a value.

        Raises:
            lex.ValidationException: it is not JSON, or breaks the model's constraints.
        """
        value = decode(self._decoder, body or b"{}")
        wrong: list[str] = []
        for attribute, wire, rule in self._members:
            member = getattr(value, attribute)
            if member is not None:
                wrong.extend(faults(member, wire, rule))
        refuse(wrong)
        return value


def decode(decoder: msgspec.json.Decoder[BodyT], body: bytes, within: str = "") -> BodyT:
    """``body`` as JSON of the decoder's type; ``within`` names the member that it is.

    Raises:
        lex.ValidationException: it is not JSON, or of another shape.
    """
    try:
        return decoder.decode(json_text(body))
    except msgspec.ValidationError as error:
        refuse([constraints.clause_of(error, within)])
        raise AssertionError from error  # refuse always raises here
    except msgspec.DecodeError as error:
        place = f" at '{within}'" if within else ""
        raise lex.ValidationException(f"The request{place} is not valid JSON: {error}") from None
    except (UnicodeDecodeError, RecursionError):
        place = f" at '{within}'" if within else ""
        raise lex.ValidationException(
            f"The request{place} is not valid JSON: it is not UTF-8, or nested too deeply"
        ) from None


recognize_text_body = BodyParser(RecognizeTextRequest)
put_session_body = BodyParser(PutSessionRequest)

_state_decoder = msgspec.json.Decoder(lex.SessionState)
_attributes_decoder: msgspec.json.Decoder[Any] = msgspec.json.Decoder(dict[str, str])


def address(labels: tuple[bytes, ...], owner: str = "") -> Address:
    """Which conversation of ``owner``'s the path names.

    Raises:
        lex.ValidationException: a label breaks the model's constraints.
    """
    values = tuple(
        (unquote_to_bytes(label) if b"%" in label else label).decode("utf-8", "replace")
        for label in labels
    )
    bot_id, alias_id, locale_id, session_id = values
    # The common case is seen at one look; the rules find the words for the others.
    if not (
        _PLAIN_BOT_ID(bot_id) and _PLAIN_SESSION_ID(session_id) and _PLAIN_LOCALE_ID(locale_id)
    ):
        wrong: list[str] = []
        for value, name in zip(values, _LABELS, strict=True):
            wrong.extend(faults(value, name, _RULES[name]))
        refuse(wrong)
    return Address(bot_id, alias_id, locale_id, session_id, owner)


def utterance(request: LexRequest) -> RecognizeUtteranceRequest:
    """The request of RecognizeUtterance.

    Raises:
        lex.ValidationException: a header is missing or malformed.
    """
    sent = request.headers
    content_type = _text(sent.get(b"content-type"))
    refuse(list(faults(content_type or None, "requestContentType", _CONTENT_TYPE)))
    return RecognizeUtteranceRequest(
        content_type=content_type or "",
        response_content_type=_text(sent.get(b"response-content-type")),
        session_state=_packed_state(sent.get(b"x-amz-lex-session-state")),
        request_attributes=_packed_attributes(sent.get(b"x-amz-lex-request-attributes")),
        stream=request.body,
    )


def _text(value: bytes | None) -> str | None:
    return None if value is None else value.decode("latin-1").strip()


def _packed_state(raw: bytes | None) -> lex.SessionState | None:
    if not raw:
        return None
    state = decode(_state_decoder, headers.unpack(raw, "sessionState"), "sessionState")
    refuse(list(faults(state, "sessionState")))
    return state


def _packed_attributes(raw: bytes | None) -> dict[str, str] | None:
    if not raw:
        return None
    unpacked = headers.unpack(raw, "requestAttributes")
    attributes: dict[str, str] = decode(_attributes_decoder, unpacked, "requestAttributes")
    refuse(list(faults(attributes, "requestAttributes", _RULES["requestAttributes"])))
    return attributes
