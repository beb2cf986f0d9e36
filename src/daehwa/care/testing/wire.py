"""Responses of Lex's runtime API as plain values: what comes in headers unpacked, errors too."""

from __future__ import annotations

import base64
import gzip
import json
from typing import Any, Final

_PACKED: Final = (
    "messages",
    "interpretations",
    "sessionState",
    "requestAttributes",
    "inputTranscript",
)


def response(operation: str, parsed: dict[str, Any]) -> dict[str, Any]:
    """A response as botocore parses it as plain members, an error by its code and message."""
    answer = {n: v for n, v in parsed.items() if n not in ("ResponseMetadata", "Error")}
    metadata = parsed["ResponseMetadata"]
    answer["status"] = metadata["HTTPStatusCode"]
    answer["headers"] = dict(metadata.get("HTTPHeaders", {}))
    if "Error" in parsed:
        error = parsed["Error"]
        answer["error"] = {"code": error["Code"], "message": error["Message"]}
        return answer
    if operation in ("RecognizeUtterance", "PutSession"):
        stream = answer.pop("audioStream", None)
        if stream is not None:
            answer["audio"] = len(stream if isinstance(stream, bytes | str) else stream.read())
        answer |= {n: unpack(answer[n]) for n in _PACKED if n in answer}
    return answer


def pack(value: Any) -> str | None:
    """JSON, gzipped, in base 64, as headers carry it."""
    if value is None:
        return None
    return base64.b64encode(gzip.compress(json.dumps(value).encode(), mtime=0)).decode()


def unpack(header: str) -> Any:
    """The JSON in a header."""
    return json.loads(gzip.decompress(base64.b64decode(header)))
