"""Whether a value is as expected: a subset, with words for what has no fixed value.

Tables want each of their members; lists want the same length and order, but for those that
end with ``"..."``. Besides, where a value is expected there may stand ``"<any>"``, ``"<null>"``,
``"<absent>"`` (as a member), ``"<none>"`` (null or absent), ``"<before>"`` (what the response
before had there), or a table of ``oneOf`` (a list), ``startsWith`` and ``contains`` (a text),
``sameText`` (a text, whatever its white space), ``pattern`` (a regular expression that occurs in
it), ``atLeast`` and ``atMost`` (numbers), ``whole`` (a table with no other members),
``includes`` (members of a list).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

import msgspec

ANY: Final = "<any>"
NULL: Final = "<null>"
ABSENT: Final = "<absent>"
NONE: Final = "<none>"
BEFORE: Final = "<before>"
MORE: Final = "..."
_WORDS: Final = {ANY: None, NULL: "null", ABSENT: "absent", NONE: "null or absent"}
_MISSING: Final = object()
_CLOSE: Final = 1e-6
_SHOWN: Final = 300


class Mismatch(msgspec.Struct, frozen=True):
    """A place where a value is not as expected, and the sentence that says so."""

    path: str
    words: str

    def __str__(self) -> str:
        return f"{self.path} {self.words}"


def differences(expected: Any, actual: Any, path: str = "") -> Iterator[Mismatch]:
    """What is not as expected."""
    if isinstance(expected, str) and expected in _WORDS:
        yield from _word(expected, actual, path)
    elif actual is _MISSING:
        yield Mismatch(path, f"is absent, and should be {_short(expected)}")
    elif isinstance(expected, dict):
        rule = _rule(expected)
        yield from rule(expected, actual, path) if rule else _members(expected, actual, path)
    elif isinstance(expected, list):
        yield from _items(expected, actual, path)
    elif not _equal(expected, actual):
        yield Mismatch(path, f"should be {_short(expected)}, and is {_short(actual)}")


def _word(expected: str, actual: Any, path: str) -> Iterator[Mismatch]:
    """What is not as one of the words for what has no fixed value says."""
    absent, should = actual is _MISSING, _WORDS[expected]
    if absent and expected in (ANY, NULL):
        yield Mismatch(path, f"is absent, and should be {_short(expected)}")
    elif should is not None and not absent and (expected == ABSENT or actual is not None):
        yield Mismatch(path, f"should be {should}, and is {_short(actual)}")


def recalled(expected: Any, before: Any) -> Any:
    """The expectation with each ``"<before>"`` as what the last response had in its place."""
    if expected == BEFORE:
        return before
    if isinstance(expected, dict):
        known = before if isinstance(before, dict) else {}
        return {name: recalled(inner, known.get(name)) for name, inner in expected.items()}
    return expected


def plain_space(text: str) -> str:
    """The text with one space for each white space in it, and none around it."""
    return " ".join(text.split())


def _equal(expected: Any, actual: Any) -> bool:
    if isinstance(expected, float) and isinstance(actual, int | float):
        return abs(expected - actual) < _CLOSE
    return type(expected) is type(actual) and bool(expected == actual)


def _members(expected: dict[str, Any], actual: Any, path: str) -> Iterator[Mismatch]:
    if not isinstance(actual, Mapping):
        yield Mismatch(path, f"should be a table, and is {_short(actual)}")
        return
    for name, inner in expected.items():
        yield from differences(inner, actual.get(name, _MISSING), f"{path}.{name}")


def _items(expected: list[Any], actual: Any, path: str) -> Iterator[Mismatch]:
    if expected[-1:] == [MORE] and isinstance(actual, list):
        expected, actual = expected[:-1], actual[: len(expected) - 1]
    if not isinstance(actual, list | tuple) or len(actual) != len(expected):
        yield Mismatch(path, f"should be {_short(expected)}, and is {_short(actual)}")
        return
    for index, (inner, item) in enumerate(zip(expected, actual, strict=True)):
        yield from differences(inner, item, f"{path}[{index}]")


def _one_of(expected: dict[str, Any], actual: Any, path: str) -> Iterator[Mismatch]:
    if all(list(differences(choice, actual)) for choice in expected["oneOf"]):
        words = f"should be one of {_short(expected['oneOf'])}, but is {_short(actual)}"
        yield Mismatch(path, words)


def _text(expected: dict[str, Any], actual: Any, path: str) -> Iterator[Mismatch]:
    fits = isinstance(actual, str) and (
        actual.startswith(expected.get("startsWith", ""))
        and expected.get("contains", "") in actual
        and plain_space(expected.get("sameText", actual)) == plain_space(actual)
        and re.search(expected.get("pattern", ""), actual, re.DOTALL) is not None
    )
    if not fits:
        yield _unfit(expected, actual, path)


def _number(expected: dict[str, Any], actual: Any, path: str) -> Iterator[Mismatch]:
    fits = isinstance(actual, int | float) and (
        expected.get("atLeast", actual) <= actual <= expected.get("atMost", actual)
    )
    if not fits:
        yield _unfit(expected, actual, path)


def _unfit(expected: dict[str, Any], actual: Any, path: str) -> Mismatch:
    return Mismatch(path, f"should fit {_short(expected)}, and is {_short(actual)}")


def _whole(expected: dict[str, Any], actual: Any, path: str) -> Iterator[Mismatch]:
    wanted = expected["whole"]
    yield from _members(wanted, actual, path)
    if isinstance(actual, Mapping) and set(actual) - set(wanted):
        yield Mismatch(path, f"has besides {sorted(set(actual) - set(wanted))}")


def _includes(expected: dict[str, Any], actual: Any, path: str) -> Iterator[Mismatch]:
    for wanted in expected["includes"]:
        if not any(not list(differences(wanted, item)) for item in actual):
            yield Mismatch(path, f"should include {_short(wanted)}, and is {_short(actual)}")


_RULES: Final = {
    "oneOf": _one_of,
    "startsWith": _text,
    "contains": _text,
    "sameText": _text,
    "pattern": _text,
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
