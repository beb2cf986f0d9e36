"""Requests whose bodies are compressed: refused with the cure, before they are misread.

Whoever reads them decides how much of them there is: of a small body gigabytes can come. No client
of these APIs compresses what it sends unless it is made to.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import msgspec
from starlette.types import Send

from daehwa import chat
from daehwa.server import kendraapi
from daehwa.server.exchange import Exchange
from daehwa.server.restjson import error_response, send_response

REFUSED: Final = "EncodingUnsupported"

_ERROR: Final = "UnsupportedMediaTypeException"
# RFC 9110, 15.5.16: a refusal for the encoding says which ones are accepted.
_ACCEPTED: Final = (b"accept-encoding", b"identity")


def is_encoded(headers: Mapping[bytes, bytes]) -> bool:
    """Whether a request says that its body is not as it is (``Content-Encoding``)."""
    return headers.get(b"content-encoding", b"").strip().lower() not in (b"", b"identity")


async def refuse_for_aws(exchange: Exchange, send: Send) -> None:
    """Answer such a request at one of the doors of AWS's APIs, as they word errors."""
    error = chat.ChatError(REFUSED)
    exchange.error = error.code
    shape = kendraapi.error_response if kendraapi.claims(exchange.headers) else error_response
    response = shape(status=error.status, name=_ERROR, message=error.line("en"))
    response = msgspec.structs.replace(response, headers=(*response.headers, _ACCEPTED))
    await send_response(exchange, send, response)
