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


def differences(expected: Any, actual: Any, path: str = "") -> Iterator[str]:
    """What is not as expected, one line each, beginning with its path."""
    if expected == ABSENT:
        if actual is not _MISSING:
            yield f"{path} should be absent, and is {_short(actual)}"
    elif actual is _MISSING:
        yield f"{path} is absent, and should be {_short(expected)}"
    elif expected == NULL:
        if actual is not None:
            yield f"{path} should be null, and is {_short(actual)}"
    elif expected == ANY:
        return
    elif isinstance(expected, dict):
        rule = _rule(expected)
        yield from rule(expected, actual, path) if rule else _members(expected, actual, path)
    elif isinstance(expected, list):
        yield from _items(expected, actual, path)
    elif not _equal(expected, actual):
        yield f"{path} should be {_short(expected)}, and is {_short(actual)}"


def _equal(expected: Any, actual: Any) -> bool:
    if isinstance(expected, float) and isinstance(actual, int | float):
        return abs(expected - actual) < _CLOSE
    return type(expected) is type(actual) and bool(expected == actual)


def _members(expected: dict[str, Any], actual: Any, path: str) -> Iterator[str]:
    if not isinstance(actual, Mapping):
        yield f"{path} should be a table, and is {_short(actual)}"
        return
    for name, inner in expected.items():
        yield from differences(inner, actual.get(name, _MISSING), f"{path}.{name}")


def _items(expected: list[Any], actual: Any, path: str) -> Iterator[str]:
    if expected[-1:] == [MORE] and isinstance(actual, list):
        expected, actual = expected[:-1], actual[: len(expected) - 1]
    if not isinstance(actual, list | tuple) or len(actual) != len(expected):
        yield f"{path} should be {_short(expected)}, and is {_short(actual)}"
        return
    for index, (inner, item) in enumerate(zip(expected, actual, strict=True)):
        yield from differences(inner, item, f"{path}[{index}]")


def _one_of(expected: dict[str, Any], actual: Any, path: str) -> Iterator[str]:
    if all(list(differences(choice, actual)) for choice in expected["oneOf"]):
        yield f"{path} should be one of {_short(expected['oneOf'])}, and is {_short(actual)}"


def _text(expected: dict[str, Any], actual: Any, path: str) -> Iterator[str]:
    fits = isinstance(actual, str) and (
        actual.startswith(expected.get("startsWith", "")) and expected.get("contains", "") in actual
    )
    if not fits:
        yield f"{path} should fit {_short(expected)}, and is {_short(actual)}"


def _number(expected: dict[str, Any], actual: Any, path: str) -> Iterator[str]:
    fits = isinstance(actual, int | float) and (
        expected.get("atLeast", actual) <= actual <= expected.get("atMost", actual)
    )
    if not fits:
        yield f"{path} should fit {_short(expected)}, and is {_short(actual)}"


def _whole(expected: dict[str, Any], actual: Any, path: str) -> Iterator[str]:
    wanted = expected["whole"]
    yield from _members(wanted, actual, path)
    if isinstance(actual, Mapping) and set(actual) - set(wanted):
        yield f"{path} has besides {sorted(set(actual) - set(wanted))}"


def _includes(expected: dict[str, Any], actual: Any, path: str) -> Iterator[str]:
    for wanted in expected["includes"]:
        if not any(not list(differences(wanted, item)) for item in actual):
            yield f"{path} should include {_short(wanted)}, and is {_short(actual)}"


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
