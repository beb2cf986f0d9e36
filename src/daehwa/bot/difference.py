"""What differs between two bots, named one by one.

What a bot means is compared, not how its file is written: the order of members, defaults that are
spelled out, and identifiers and versions that Lex assigns at every import do not count.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

import msgspec

from daehwa.bot.values import (
    Bot,
)
from daehwa.bot.writer import encode

DifferenceKind = Literal["added", "removed", "changed"]

# Lex assigns new ones at every import, so two equal bots have different ones.
_GIVEN = frozenset({"identifier", "version"})
_SEPARATOR = " / "


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that differs: where it stands, and what it is in each bot.

    ``place`` leads there by names (``ko_KR / intent OrderBook / slot Copies / slotConstraint``).
    ``before`` and ``after`` are JSON values, ``None`` where there is nothing.
    """

    kind: DifferenceKind
    place: str
    before: Any = None
    after: Any = None

    def __str__(self) -> str:
        """Show it in one line."""
        match self.kind:
            case "added":
                return f"+ {self.place}{_shown(self.after)}"
            case "removed":
                return f"- {self.place}{_shown(self.before)}"
        return f"~ {self.place}{_shown(self.before)} ->{_shown(self.after)[1:]}"


def differences(before: Bot, after: Bot) -> tuple[Difference, ...]:
    """Every difference from ``before`` to ``after``, in the order of the places."""
    return tuple(_compared("", _named_tree(before), _named_tree(after)))


def _named_tree(bot: Bot) -> dict[str, Any]:
    """The bot as a tree of names; things with names are compared by them, wherever they stand."""
    tree = _without_ids(encode(bot))
    for locale in bot.locales.values():
        home = tree[locale.identifier] = _without_ids(encode(locale))
        for slot_type in locale.slot_types.values():
            members = _without_ids(encode(slot_type))
            if slot_type.grammar is not None:
                members["grammar"] = slot_type.grammar
            home[f"slot type {slot_type.name}"] = members
        for intent in locale.intents.values():
            inside = home[f"intent {intent.name}"] = _without_ids(encode(intent))
            for slot in intent.slots.values():
                inside[f"slot {slot.name}"] = _without_ids(encode(slot))
        if locale.custom_vocabulary is not None:
            home["custom vocabulary"] = locale.custom_vocabulary
    return tree


def _without_ids(members: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in members.items() if name not in _GIVEN}


def _compared(place: str, before: Any, after: Any) -> Iterator[Difference]:
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for name in [*before, *(name for name in after if name not in before)]:
            here = f"{place}{_SEPARATOR}{name}" if place else name
            yield from _compared(here, before.get(name), after.get(name))
    elif _is_texts(before or []) and _is_texts(after or []):
        yield from _reworded(place, before or [], after or [])
    elif _empty(before) and _empty(after):
        return
    elif _empty(before):
        yield Difference(kind="added", place=place, after=after)
    elif _empty(after):
        yield Difference(kind="removed", place=place, before=before)
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for number, (old, new) in enumerate(zip(before, after, strict=True), start=1):
            yield from _compared(f"{place} {number}", old, new)
    elif before != after:
        yield Difference(kind="changed", place=place, before=before, after=after)


def _reworded(place: str, before: list[Any], after: list[Any]) -> Iterator[Difference]:
    """Compare utterances: they are added or removed, not changed."""
    old, new = [_text(entry) for entry in before], [_text(entry) for entry in after]
    for text in old:
        if text not in new:
            yield Difference(kind="removed", place=place, before=text)
    for text in new:
        if text not in old:
            yield Difference(kind="added", place=place, after=text)
    if old != new and sorted(old) == sorted(new):
        yield Difference(kind="changed", place=f"{place} (order)", before=old, after=new)


def _is_texts(value: Any) -> bool:
    """Whether a list holds utterances: objects of one text each."""
    return isinstance(value, list) and all(
        isinstance(entry, Mapping) and set(entry) == {"utterance"} for entry in value
    )


def _text(entry: Mapping[str, Any]) -> str:
    return str(entry["utterance"])


def _empty(value: Any) -> bool:
    """Whether it means nothing: Lex's exports spell out what is unset in several ways."""
    if isinstance(value, Mapping):
        return all(map(_empty, value.values()))
    return value is None or value in ("", [])


def _shown(value: Any) -> str:
    if isinstance(value, Mapping):
        return ""
    text = value if isinstance(value, str) else msgspec.json.encode(value).decode()
    return f": {text}" if len(text) <= 100 else f": {text[:99]}…"  # noqa: PLR2004 - a line's length
