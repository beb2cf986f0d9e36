"""An error of Kendra's API as its clients read it: the name stands in the body.

Source: the protocol "AWS JSON 1.1" of the Smithy specification. Kendra's own errors have the
status 400, ThrottlingException among them.
"""

from __future__ import annotations

from typing import Final

import msgspec

from daehwa.server.restjson import Response

JSON: Final = (b"content-type", b"application/x-amz-json-1.1")
"""The header of every body of this protocol."""

_encode = msgspec.json.Encoder().encode


def error_response(
    name: str, message: str, *, status: int = 400, retry_after: int | None = None
) -> Response:
    """An error by its name.

    ``retry_after`` is in how many seconds the request may be sent again, if that is known.
    """
    headers: tuple[tuple[bytes, bytes], ...] = (JSON, (b"x-amzn-errortype", name.encode()))
    if retry_after is not None:
        headers = (*headers, (b"retry-after", b"%d" % retry_after))
    body = _encode({"__type": name, "message": message, "Message": message})
    return Response(status, headers, body)
