"""Lists by the page: filtered, sorted, cut, with a token for what follows."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Iterable
from typing import Any, Final

from daehwa.workshop.errors import ValidationException

_MOST: Final = 1000
_TESTS: Final[dict[str, Callable[[str, list[str]], bool]]] = {
    "EQ": lambda value, wanted: value in wanted,
    "NE": lambda value, wanted: value not in wanted,
    "CO": lambda value, wanted: any(part in value for part in wanted),
}
# Attributes that summaries know by another name.
_MEMBERS: Final = {
    "BotLocaleName": "localeName",
    "ImportResourceType": "importedResourceType",
}


def page(
    summaries: Iterable[dict[str, Any]], asked: dict[str, Any], key: str, by: str
) -> dict[str, Any]:
    """The page of ``summaries`` that a request asks for, under ``key``, sorted by ``by``.

    Raises:
        ValidationException: a filter, the order or the token is none of this list.
    """
    chosen = list(summaries)
    for wanted in asked.get("filters") or ():
        name = _member(wanted.get("name"))
        test = _TESTS.get(wanted.get("operator", ""))
        values = wanted.get("values")
        if test is None or not isinstance(values, list):
            raise ValidationException("A filter has a name, values and an operator: EQ, CO or NE.")
        chosen = [one for one in chosen if test(str(one.get(name, "")), values)]
    order = asked.get("sortBy") or {"attribute": by, "order": "Ascending"}
    name = _member(order.get("attribute"))
    chosen.sort(key=lambda one: _sortable(one.get(name)))
    if order.get("order") == "Descending":
        chosen.reverse()
    start = _start(asked.get("nextToken"))
    end = start + (asked.get("maxResults") or _MOST)
    answer: dict[str, Any] = {key: chosen[start:end]}
    if end < len(chosen):
        answer["nextToken"] = base64.urlsafe_b64encode(f"after:{end}".encode()).decode()
    return answer


def _member(attribute: Any) -> str:
    if not isinstance(attribute, str) or not attribute:
        raise ValidationException("A filter and an order name an attribute.")
    return _MEMBERS.get(attribute) or attribute[0].lower() + attribute[1:]


def _sortable(value: Any) -> tuple[bool, float, str]:
    if isinstance(value, int | float):
        return True, value, ""
    text = str(value or "")
    # Versions are numbers as text.
    return (True, float(text), "") if text.isdecimal() else (False, 0.0, text)


def _start(token: str | None) -> int:
    if not token:
        return 0
    try:
        word, _, number = base64.urlsafe_b64decode(token).decode().partition(":")
        if word == "after":
            return int(number)
    except (binascii.Error, ValueError):
        pass
    raise ValidationException("The nextToken is not one that this list gave.")
