"""Errors of the OpenAI-compatible API in OpenAI's shape.

Source: OpenAI's guide "Error codes", and what its API answers to addresses that it does not know.
"""

from __future__ import annotations

import re
from typing import Any, Final

_QUOTA: Final = "insufficient_quota"
_TOO_MANY: Final = 429
_SERVER_ERROR: Final = 500
# What is refused before an endpoint of the API is reached, by its status.
_BEFORE: Final = {401: "invalid_api_key", 404: "unknown_url", 405: "method_not_supported"}
# Compiled when first needed: a server starts without.
_AT: Final = r" - at `\$\.([^`]+)`$"
_MISSING: Final = r"Object missing required field `([^`]+)`"
_UNKNOWN: Final = r"Object contains unknown field `([^`]+)`"


def error_value(
    status: int, code: str | None, message: str, param: str | None = None
) -> dict[str, Any]:
    """An error; exceeded limits have OpenAI's own codes."""
    kind = "invalid_request_error" if status < _SERVER_ERROR else "server_error"
    if status == _TOO_MANY:
        kind = "requests" if code != _QUOTA else _QUOTA
        code = "rate_limit_exceeded" if code != _QUOTA else code
    return {"error": {"message": message, "type": kind, "param": param, "code": code}}


def refused_before(status: int, code: str, message: str) -> dict[str, Any]:
    """What is refused before an endpoint is reached: a key, an address, a method."""
    return error_value(status, _BEFORE.get(status, code), message)


def misshapen(message: str) -> tuple[str, str | None, str]:
    """Code, member and message for a request of another shape, of msgspec's ``message``."""
    if unknown := re.search(_UNKNOWN, message):
        return "unknown_parameter", unknown[1], f"Unknown parameter: '{unknown[1]}'."
    place = re.search(_AT, message)
    within = place[1] if place is not None else ""
    if missing := re.search(_MISSING, message):
        param = f"{within}.{missing[1]}" if within else missing[1]
        return "missing_required_parameter", param, f"Missing required parameter: '{param}'."
    if place is None:
        return "RequestMalformed", None, message
    words = message[: place.start()]
    code = "invalid_type" if ", got `" in words else "invalid_value"
    return code, within, f"Invalid value for '{within}': {words[0].lower()}{words[1:]}."
