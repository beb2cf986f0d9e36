"""Lists by the page: filtered, sorted, cut, with a token for what follows."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, Protocol, TypeVar

from daehwa.workshop.errors import ValidationException
from daehwa.workshop.shape import Shape

_MOST: Final = 1000
_OPERATORS: Final[dict[str, Callable[[str, Sequence[str]], bool]]] = {
    "EQ": lambda value, wanted: value in wanted,
    "NE": lambda value, wanted: value not in wanted,
    "CO": lambda value, wanted: any(part in value for part in wanted),
}
# Attributes that summaries know by another name.
_MEMBERS: Final = {
    "BotLocaleName": "localeName",
    "ImportResourceType": "importedResourceType",
}

SummaryT = TypeVar("SummaryT", bound=Shape)


class Filter(Protocol):
    """Which summaries a list has: those whose attribute ``name`` has one of the ``values``."""

    @property
    def name(self) -> str:
        """The attribute of the summaries."""

    @property
    def values(self) -> Sequence[str]:
        """The values to compare it with."""

    @property
    def operator(self) -> str:
        """How: ``EQ``, ``NE``, or ``CO`` for contains."""


class SortBy(Protocol):
    """The order of a list."""

    @property
    def attribute(self) -> str:
        """The attribute of the summaries to sort by."""

    @property
    def order(self) -> str:
        """``Ascending`` or ``Descending``."""


def page(
    summaries: Iterable[SummaryT],
    *,
    by: str,
    sort_by: SortBy | None = None,
    filters: Sequence[Filter] | None = None,
    max_results: int | None = None,
    next_token: str | None = None,
) -> tuple[list[SummaryT], str | None]:
    """The page of ``summaries`` that a request asks for, and the token of the next one.

    Args:
        summaries: the whole list.
        by: the attribute to sort by when the request does not say.
        sort_by: the order that the request wants.
        filters: which summaries the request wants.
        max_results: the most that a page has, at most 1,000.
        next_token: where the page begins, from the page before.

    Raises:
        ValidationException: the token is not one of this list's.
    """
    listed = list(summaries)
    for one in filters or ():
        listed = [
            summary for summary in listed if passes(one, str(_attribute(summary, one.name) or ""))
        ]
    attribute = sort_by.attribute if sort_by is not None else by
    listed.sort(key=lambda summary: _sortable(_attribute(summary, attribute)))
    if sort_by is not None and sort_by.order == "Descending":
        listed.reverse()
    start = _start(next_token, by)
    end = start + (max_results or _MOST)
    if end >= len(listed):
        return listed[start:end], None
    return listed[start:end], base64.urlsafe_b64encode(f"{by}:{end}".encode()).decode()


def passes(one: Filter, value: str) -> bool:
    """Whether a filter lets through what has this value."""
    return _OPERATORS[one.operator](value, one.values)


def _attribute(summary: Shape, name: str) -> Any:
    """The attribute of a summary that filters and orders call ``name``: BotName is botName."""
    member = _MEMBERS.get(name) or name[0].lower() + name[1:]
    names = zip(summary.__struct_encode_fields__, summary.__struct_fields__, strict=True)
    field = dict(names).get(member)
    return None if field is None else getattr(summary, field)


def _sortable(value: Any) -> tuple[bool, float, str]:
    if isinstance(value, int | float):
        return True, value, ""
    text = str(value or "")
    # Versions are numbers as text.
    return (True, float(text), "") if text.isdecimal() else (False, 0.0, text)


def _start(token: str | None, by: str) -> int:
    """Where the page begins; a token names its list by the list's default order."""
    if not token:
        return 0
    try:
        word, _, number = base64.urlsafe_b64decode(token).decode().partition(":")
        if word == by and number.isdecimal():
            return int(number)
    except (binascii.Error, ValueError):
        pass
    raise ValidationException("The nextToken is not one that this list gave.")
