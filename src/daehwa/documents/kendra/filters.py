"""Kendra's attribute filters: which documents a query may return.

Source: "Filtering and facet search" in Kendra's developer guide, and the API reference of
AttributeFilter. A document that lacks an attribute passes no comparison with it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import msgspec

from daehwa.documents.kendra.errors import InvalidRequest
from daehwa.documents.kendra.shapes.kendra_requests import (
    AttributeFilter,
    DocumentAttribute,
    DocumentAttributeValue,
)
from daehwa.documents.values import Attributes

_DEEPEST: Final = 2
"""Levels of filters inside a filter, as Kendra allows."""


def admits(chosen: AttributeFilter, attributes: Attributes, *, depth: int = 0) -> bool:
    """Whether a document with these attributes passes the filter.

    Raises:
        InvalidRequest: the filter is nested too deep, empty, or compares what has no order.
    """
    if depth > _DEEPEST:
        raise InvalidRequest(f"An attribute filter may be nested {_DEEPEST} levels deep")
    tests = list(_tests(chosen, attributes, depth))
    if len(tests) != 1:
        raise InvalidRequest("An attribute filter has exactly one of its members")
    return tests[0]()


def _tests(chosen: AttributeFilter, attributes: Attributes, depth: int) -> list[Callable[[], bool]]:
    """The tests of the members that are set."""
    below = depth + 1
    tests: list[Callable[[], bool]] = []
    if chosen.and_all_filters is not None:
        parts = chosen.and_all_filters
        tests.append(lambda: _every(parts, attributes, below, all))
    if chosen.or_all_filters is not None:
        others = chosen.or_all_filters
        tests.append(lambda: _every(others, attributes, below, any))
    if chosen.not_filter is not None:
        inner = chosen.not_filter
        tests.append(lambda: not admits(inner, attributes, depth=below))
    for wanted, compare in (
        (chosen.equals_to, _equals),
        (chosen.contains_all, _contains_all),
        (chosen.contains_any, _contains_any),
        (chosen.greater_than, _ordered(lambda a, b: a > b)),
        (chosen.greater_than_or_equals, _ordered(lambda a, b: a >= b)),
        (chosen.less_than, _ordered(lambda a, b: a < b)),
        (chosen.less_than_or_equals, _ordered(lambda a, b: a <= b)),
    ):
        if wanted is not None:
            tests.append(_comparison(wanted, compare, attributes))
    return tests


def _every(
    parts: list[AttributeFilter],
    attributes: Attributes,
    depth: int,
    joined: Callable[[list[bool]], bool],
) -> bool:
    """The parts joined, each of them tested: a wrong one is refused wherever it stands."""
    passed = [admits(one, attributes, depth=depth) for one in parts]
    return joined(passed)


def _comparison(
    wanted: DocumentAttribute, compare: Callable[[Any, Any], bool], attributes: Attributes
) -> Callable[[], bool]:
    expected = value_of(wanted.value)
    held = attributes.get(wanted.key)
    actual = next(iter(held.values())) if held else None
    return lambda: compare(actual, expected)


def value_of(value: DocumentAttributeValue) -> Any:
    """The one value of an attribute.

    Raises:
        InvalidRequest: it has none, or several.
    """
    given = list(value.members().values())
    if len(given) != 1:
        raise InvalidRequest("A document attribute has exactly one value")
    return given[0]


def _equals(actual: Any, expected: Any) -> bool:
    return bool(actual is not None and actual == expected)


def _contains_all(actual: Any, expected: Any) -> bool:
    return isinstance(actual, list) and set(_listed(expected)) <= set(actual)


def _contains_any(actual: Any, expected: Any) -> bool:
    return isinstance(actual, list) and bool(set(_listed(expected)) & set(actual))


def _listed(expected: Any) -> list[str]:
    if not isinstance(expected, list):
        raise InvalidRequest("ContainsAll and ContainsAny take a StringListValue")
    return expected


def _ordered(compare: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    def test(actual: Any, expected: Any) -> bool:
        if not isinstance(expected, int | float):
            raise InvalidRequest("Only a LongValue or a DateValue has an order")
        return isinstance(actual, int | float) and compare(actual, expected)

    return test


def read_filter(text: str) -> AttributeFilter:
    """The filter that a bot's ``queryFilterString`` holds, whose members Lex writes in camel case.

    Raises:
        InvalidRequest: it is not one.
    """
    try:
        return msgspec.convert(_in_pascal(msgspec.json.decode(text)), AttributeFilter)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise InvalidRequest(f"The query filter is not valid: {error}") from error


def _in_pascal(value: Any) -> Any:
    if isinstance(value, dict):
        return {name[:1].upper() + name[1:]: _in_pascal(one) for name, one in value.items()}
    return [_in_pascal(one) for one in value] if isinstance(value, list) else value
