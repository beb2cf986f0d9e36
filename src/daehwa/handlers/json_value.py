"""What a function returned, as plain JSON: AWS Lambda would have written it as text in between.

Source: ``lambda_runtime_marshaller.py`` of aws/aws-lambda-python-runtime-interface-client, which
writes with simplejson: decimals as numbers, named tuples as objects, ``None`` and numbers as names;
bytes go as they are.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

MOST_CHARACTERS: Final = 1024 * 1024
"""The longest reply that is taken, about; Lex's own limit is far below."""

_DEEPEST: Final = 64
_LONGEST_INTEGER_BITS: Final = 1024
# What a value costs beside its text: many empty ones are as much work as a few long ones.
_VALUE: Final = 16


class NotJson(Exception):
    """A value holds what JSON cannot; the message says what."""


def plain(payload: object) -> Any:
    """Copy ``payload`` with nothing in it but what JSON can hold.

    Raises:
        NotJson: it holds something else, or is too large or too deep.
    """
    try:
        return _Reading().value(_written(payload), 0)
    except NotJson:
        raise
    except Exception as error:
        # An object of the function's own may raise anything.
        kind = type(error).__name__
        raise NotJson(f"a {type(payload).__name__} that cannot be read ({kind})") from error


def _written(payload: object) -> object:
    """What bytes say that a function has written as JSON itself; anything else as it is."""
    if not isinstance(payload, bytes):
        return payload
    if len(payload) > MOST_CHARACTERS:
        raise NotJson(f"it has more than {MOST_CHARACTERS:,} characters")
    try:
        return json.loads(payload)
    except ValueError:
        raise NotJson("bytes that are not JSON") from None


class _Reading:
    """One reply on its way: how much of it was read."""

    def __init__(self) -> None:
        self._left = MOST_CHARACTERS

    def value(self, raw: object, depth: int) -> Any:
        self._spend(_VALUE)
        if raw is None or raw is True or raw is False:
            return raw
        if isinstance(raw, str):
            return self._text(raw)
        if isinstance(raw, int | float):
            return _number(raw)
        if isinstance(raw, Decimal):
            return _number_of(raw)
        if isinstance(raw, tuple) and hasattr(raw, "_asdict"):
            raw = raw._asdict()
        if depth == _DEEPEST:
            raise NotJson(f"it is more than {_DEEPEST} levels deep, or contains itself")
        if isinstance(raw, Mapping):
            return {self._name(n): self.value(v, depth + 1) for n, v in raw.items()}
        if isinstance(raw, list | tuple):
            return [self.value(each, depth + 1) for each in raw]
        raise NotJson(f"a {type(raw).__name__} is not JSON")

    def _name(self, raw: object) -> str:
        if isinstance(raw, str):
            return self._text(raw)
        if raw is None or isinstance(raw, bool):
            return {None: "null", True: "true", False: "false"}[raw]
        if isinstance(raw, int | float):
            return str(_number(raw))
        raise NotJson(f"a {type(raw).__name__} is not a name in JSON")

    def _text(self, raw: str) -> str:
        self._spend(len(raw))
        if not raw.isascii():
            try:
                raw.encode()
            except UnicodeEncodeError:
                raise NotJson("a text with half a character (a lone surrogate)") from None
        return str(raw)

    def _spend(self, characters: int) -> None:
        self._left -= characters
        if self._left < 0:
            raise NotJson(f"it has more than {MOST_CHARACTERS:,} characters")


def _number_of(raw: Decimal) -> float:
    if raw.is_finite() and raw.adjusted() > _LONGEST_INTEGER_BITS:
        raise NotJson("a number with hundreds of digits")
    is_whole = raw.is_finite() and raw == raw.to_integral_value()
    return _number(int(raw) if is_whole else float(raw))


def _number(raw: float) -> float:
    if isinstance(raw, int):
        if raw.bit_length() > _LONGEST_INTEGER_BITS:
            raise NotJson("a number with hundreds of digits")
    elif not math.isfinite(raw):
        raise NotJson(f"{raw} is not a number in JSON")
    return raw
