"""A definition as the model-building API spells it, and back.

The API and exports spell some members differently: ``active`` is ``isActive`` in an export,
``messageGroups`` is ``messageGroupsList``, ``buttons`` is ``buttonsList``, ``OriginalValue`` is
``ORIGINAL_VALUE``. Exports spell unset members out as ``null``; the API leaves them out.
The way in needs no walk of its own, because the reader of exports knows the API's spelling.
"""

from __future__ import annotations

from typing import Any, Final, TypeVar

import msgspec

from daehwa import bot
from daehwa.workshop.errors import ValidationException

_T = TypeVar("_T", bound=msgspec.Struct)

_MEMBERS: Final[dict[str, str]] = {
    "isActive": "active",
    "messageGroupsList": "messageGroups",
    "buttonsList": "buttons",
}
_STRATEGIES: Final[dict[str, str]] = {
    "ORIGINAL_VALUE": "OriginalValue",
    "TOP_RESOLUTION": "TopResolution",
    "CONCATENATION": "Concatenation",
}
# Maps whose keys are an author's own names.
_NAMED: Final = frozenset({"slots", "sessionAttributes", "slotSpecifications"})


def to_api(value: msgspec.Struct) -> dict[str, Any]:
    """The members of a definition's value, as the API names and spells them."""
    spelled: dict[str, Any] = _spelled(bot.encode(value))
    return spelled


def from_api(kind: type[_T], members: dict[str, Any]) -> _T:
    """The definition's value that a request's members stand for.

    Raises:
        ValidationException: a member is missing, of the wrong type, or beyond Lex's limits.
    """
    try:
        value: _T = bot.decode(kind, members, kind.__name__)
    except bot.FieldError as error:
        raise _invalid(error.field, f"{error.problem} {error.cure}") from None
    for problem in bot.beyond_limits(value, kind.__name__):
        raise _invalid(problem.field, f"{problem.message} {problem.cure}")
    return value


def _invalid(field: str | None, reason: str) -> ValidationException:
    path = (field or "$").removeprefix("$.")
    return ValidationException(
        f"1 validation error detected: Value at '{path}' failed to satisfy constraint: {reason}"
    )


def _spelled(value: Any) -> Any:
    if isinstance(value, list):
        return [_spelled(item) for item in value]
    if not isinstance(value, dict):
        return value
    members: dict[str, Any] = {}
    for name, member in value.items():
        if member is None:
            continue
        if name in _NAMED and isinstance(member, dict):
            members[name] = _entries(name, member)
        elif name == "resolutionStrategy":
            members[name] = _STRATEGIES.get(member, member)
        else:
            members[_MEMBERS.get(str(name), str(name))] = _spelled(member)
    return members


def _entries(name: str, entries: dict[str, Any]) -> dict[str, Any]:
    if name == "slots":
        # A slot that is set to nothing is cleared; the API cannot say null.
        return {key: _spelled(entry or {}) for key, entry in entries.items()}
    return {key: _spelled(entry) for key, entry in entries.items() if entry is not None}
