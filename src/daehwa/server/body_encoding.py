"""Refuses requests whose bodies are compressed, in content or in transfer, and says what to do.

Otherwise they would be misread.

A small compressed body can expand to gigabytes. No client of these APIs compresses what it sends
unless it is made to.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

import msgspec
from starlette.types import Send

from daehwa import chat
from daehwa.server import kendraapi
from daehwa.server.http_exchange import HttpExchange
from daehwa.server.restjson import error_response, send_response

ENCODED: Final = "EncodingUnsupported"
TRANSFER_CODED: Final = "TransferCodingUnsupported"
"""Source: RFC 9112, 6.1: a transfer coding that a server does not know is 501."""

_ERROR: Final = "UnsupportedMediaTypeException"
# RFC 9110, 15.5.16: a refusal for the encoding says which ones are accepted.
_ACCEPTED: Final = (b"accept-encoding", b"identity")


def refused_encoding(
    headers: Mapping[bytes, bytes], fields: Iterable[tuple[bytes, bytes]]
) -> str | None:
    """The code of the refusal if a request says that its body is encoded.

    ``fields`` are all header fields, of which ``headers`` has the last one of each name.
    """
    coding = headers.get(b"content-encoding")
    if coding is not None and coding.strip().lower() not in (b"", b"identity"):
        return ENCODED
    if b"transfer-encoding" in headers and _transfer_codings(fields) != [b"chunked"]:
        return TRANSFER_CODED
    return None


def _transfer_codings(fields: Iterable[tuple[bytes, bytes]]) -> list[bytes]:
    """The transfer codings, from however many header lines they are in."""
    lists = [value for name, value in fields if name == b"transfer-encoding"]
    codings = (coding.strip().lower() for coding in b",".join(lists).split(b","))
    return [coding for coding in codings if coding]


async def refuse_for_aws(exchange: HttpExchange, send: Send, code: str) -> None:
    """Answer such a request at one of the doors of AWS's APIs, as they word errors."""
    error = chat.ChatError(code)
    exchange.error = error.code
    shape = kendraapi.error_response if kendraapi.claims(exchange.headers) else error_response
    response = shape(status=error.status, name=_ERROR, message=error.line("en"))
    if code == ENCODED:
        response = msgspec.structs.replace(response, headers=(*response.headers, _ACCEPTED))
    await send_response(exchange, send, response)
