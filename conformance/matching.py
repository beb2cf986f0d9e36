"""Whether a value is as expected: a subset, with words for what has no fixed value.

Tables want each of their members; lists want the same length and order, but for those that
end with ``"..."``. Besides, where a value is expected there may stand ``"<any>"``, ``"<null>"``,
``"<absent>"`` (as a member), ``"<before>"`` (what the response before had there), or a table of
``oneOf`` (a list), ``startsWith`` and ``contains`` (a text), ``atLeast`` and ``atMost`` (numbers),
``whole`` (a table with no other members), ``includes`` (members of a list).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

ANY: Final = "<any>"
NULL: Final = "<null>"
ABSENT: Final = "<absent>"
BEFORE: Final = "<before>"
MORE: Final = "..."
_MISSING: Final = object()
_CLOSE: Final = 1e-6
_SHOWN: Final = 300


def differences(expected: Any, found: Any, path: str = "") -> Iterator[str]:
    """What is not as expected, one line each, beginning with its path."""
    if expected == ABSENT:
        if found is not _MISSING:
            yield f"{path} should be absent, and is {_short(found)}"
    elif found is _MISSING:
        yield f"{path} is absent, and should be {_short(expected)}"
    elif expected == NULL:
        if found is not None:
            yield f"{path} should be null, and is {_short(found)}"
    elif expected == ANY:
        return
    elif isinstance(expected, dict):
        rule = _rule(expected)
        yield from rule(expected, found, path) if rule else _members(expected, found, path)
    elif isinstance(expected, list):
        yield from _items(expected, found, path)
    elif not _equal(expected, found):
        yield f"{path} should be {_short(expected)}, and is {_short(found)}"


def _equal(expected: Any, found: Any) -> bool:
    if isinstance(expected, float) and isinstance(found, int | float):
        return abs(expected - found) < _CLOSE
    return type(expected) is type(found) and bool(expected == found)


def _members(expected: dict[str, Any], found: Any, path: str) -> Iterator[str]:
    if not isinstance(found, Mapping):
        yield f"{path} should be a table, and is {_short(found)}"
        return
    for name, inner in expected.items():
        yield from differences(inner, found.get(name, _MISSING), f"{path}.{name}")


def _items(expected: list[Any], found: Any, path: str) -> Iterator[str]:
    if expected[-1:] == [MORE] and isinstance(found, list):
        expected, found = expected[:-1], found[: len(expected) - 1]
    if not isinstance(found, list | tuple) or len(found) != len(expected):
        yield f"{path} should be {_short(expected)}, and is {_short(found)}"
        return
    for index, (inner, item) in enumerate(zip(expected, found, strict=True)):
        yield from differences(inner, item, f"{path}[{index}]")


def _one_of(expected: dict[str, Any], found: Any, path: str) -> Iterator[str]:
    if all(list(differences(choice, found)) for choice in expected["oneOf"]):
        yield f"{path} should be one of {_short(expected['oneOf'])}, and is {_short(found)}"


def _text(expected: dict[str, Any], found: Any, path: str) -> Iterator[str]:
    fits = isinstance(found, str) and (
        found.startswith(expected.get("startsWith", "")) and expected.get("contains", "") in found
    )
    if not fits:
        yield f"{path} should fit {_short(expected)}, and is {_short(found)}"


def _number(expected: dict[str, Any], found: Any, path: str) -> Iterator[str]:
    fits = isinstance(found, int | float) and (
        expected.get("atLeast", found) <= found <= expected.get("atMost", found)
    )
    if not fits:
        yield f"{path} should fit {_short(expected)}, and is {_short(found)}"


def _whole(expected: dict[str, Any], found: Any, path: str) -> Iterator[str]:
    wanted = expected["whole"]
    yield from _members(wanted, found, path)
    if isinstance(found, Mapping) and set(found) - set(wanted):
        yield f"{path} has besides {sorted(set(found) - set(wanted))}"


def _includes(expected: dict[str, Any], found: Any, path: str) -> Iterator[str]:
    for wanted in expected["includes"]:
        if not any(not list(differences(wanted, item)) for item in found):
            yield f"{path} should include {_short(wanted)}, and is {_short(found)}"


_RULES: Final = {
    "oneOf": _one_of,
    "startsWith": _text,
    "contains": _text,
    "atLeast": _number,
    "atMost": _number,
    "whole": _whole,
    "includes": _includes,
}


def _rule(expected: dict[str, Any]) -> Any:
    if expected and expected.keys() <= _RULES.keys():
        return _RULES[next(iter(expected))]
    return None


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
