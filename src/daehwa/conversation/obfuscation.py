"""Slot obfuscation: in the log a slot's name stands in place of its value.

Source: "Obscuring slot values in conversation logs" in the Lex V2 guide. Lex leaves values in
the bot's messages and in attributes as they are; here they are hidden in every text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias

from daehwa import bot, lex

Values: TypeAlias = dict[str, str]
"""What was said for obfuscated slots: each value with its slot's name."""

# A shorter value is hidden only as a word on its own: "4" is not a part of "14:00".
_SHORT = 3
_AROUND = "{} \t\n"
# A code or number of so many signs is looked for in groups, too: "A1 B2-C3".
_CODE = 5
_BETWEEN = frozenset(" \t\n-.,_/()\u2010\u2011\u2012\u2013\u2014")
_NUMBERS = re.compile(r"\d[\d\s.-]{2,}|@")
_ESCAPE = str.maketrans({"{": r"\\{", "}": r"\\}"})


class ObfuscatedSlots:
    """Which slots of a locale are obfuscated, by intent; false when none is."""

    def __init__(self, locale: bot.BotLocale) -> None:
        self._names = {
            intent.name: names
            for intent in locale.intents.values()
            if (names := frozenset(s.name for s in intent.slots.values() if _obfuscated(s)))
        }
        self._all = frozenset().union(*self._names.values())

    def __bool__(self) -> bool:
        return bool(self._names)

    def has(self, intent: str | None, slot: str | None) -> bool:
        """Whether this slot of this intent is obfuscated."""
        return slot in self._names.get(intent or "", ())

    def names(self, attribute: str) -> bool:
        """Whether an attribute is named after an obfuscated slot, as output contexts do."""
        return attribute in self._all

    def values(self, intent: str | None, slots: Mapping[str, lex.Slot | None] | None) -> Values:
        """What the obfuscated slots among these hold."""
        return {
            text: name
            for name, slot in (slots or {}).items()
            if slot is not None and self.has(intent, name)
            for text in _texts(slot)
            if text.strip()
        }


def _obfuscated(slot: bot.Slot) -> bool:
    setting = slot.obfuscation_setting
    return setting is not None and setting.obfuscation_setting_type == "DefaultObfuscation"


def _texts(slot: lex.Slot) -> Iterator[str]:
    if slot.value is not None:
        value = slot.value
        for text in (value.original_value, value.interpreted_value, *(value.resolved_values or ())):
            if text is not None:
                yield text
    for part in _parts(slot):
        yield from _texts(part)


def _parts(slot: lex.Slot) -> Iterator[lex.Slot]:
    for part in (*(slot.values or ()), *(slot.sub_slots or {}).values()):
        if part is not None:
            yield part


def originals(slot: lex.Slot) -> Iterator[str]:
    """The parts of a text that a slot's values were read from."""
    parts = tuple(_parts(slot))
    for part in parts:
        yield from originals(part)
    if not parts and slot.value is not None and slot.value.original_value:
        yield slot.value.original_value


def may_hold_value(question: str) -> bool:
    """Whether a question that came in place of a value may hold one that was not read."""
    return _NUMBERS.search(question) is not None


def rewritten_slot(written: Any, show: Callable[[str], str]) -> Any:
    """A slot as it is on the wire (it may be ``None``), ``show`` done to its texts."""
    if not isinstance(written, dict):
        return written
    shown = dict(written)
    if "value" in shown:
        shown["value"] = {
            member: show(content) if isinstance(content, str) else [show(text) for text in content]
            for member, content in shown["value"].items()
        }
    if "values" in shown:
        shown["values"] = [rewritten_slot(part, show) for part in shown["values"]]
    if "subSlots" in shown:
        shown["subSlots"] = {n: rewritten_slot(part, show) for n, part in shown["subSlots"].items()}
    return shown


class Mask:
    """Puts the slots' names in place of their values, wherever these are in a text."""

    def __init__(self, values: Values) -> None:
        folded = {_sought(text): name for text, name in values.items()}
        folded.pop("", None)
        self._values = sorted(folded.items(), key=lambda each: -len(each[0]))

    def text(self, text: str) -> str:
        """The text without the values."""
        return self._hide(text, escape=False) if self._values else text

    def transcript(self, text: str) -> str:
        r"""What a person said without the values, and ``\\`` before its own braces."""
        return self._hide(text, escape=True)

    def texts(self, written: Any) -> Any:
        """A value of JSON with all its texts hidden; the names of its members stay."""
        match written:
            case str():
                return self.text(written)
            case dict():
                return {name: self.texts(each) for name, each in written.items()}
            case list() | tuple():
                return [self.texts(each) for each in written]
        return written

    def _hide(self, text: str, *, escape: bool) -> str:
        owners: list[tuple[int, str] | None] = [None] * len(text)
        folded = _folded(text)
        closed = _without_groups(folded)
        for value, name in self._values:
            for start, end in _occurrences(value, folded, closed):
                # Where two values share letters, what is left of the second is hidden too.
                for place in range(start, end):
                    owners[place] = owners[place] or (start, name)
        shown: list[str] = []
        before: tuple[int, str] | None = None
        for letter, owner in zip(text, owners, strict=True):
            if owner is None:
                shown.append(letter.translate(_ESCAPE) if escape else letter)
            elif owner != before:
                shown.append(f"{{{owner[1]}}}")
            before = owner
        return "".join(shown)


HIDES_NOTHING = Mask({})


def stands_in(value: str, text: str) -> bool:
    """Whether a mask would find the value in the text."""
    folded = _folded(text)
    places = _occurrences(_sought(value), folded, _without_groups(folded))
    return not _sought(value) or any(True for _ in places)


def _without_groups(text: str) -> tuple[list[int], str]:
    """The signs of a text but those between groups, and where each stands."""
    places = [place for place, sign in enumerate(text) if sign not in _BETWEEN]
    return places, "".join([text[place] for place in places])


def _occurrences(value: str, text: str, closed: tuple[list[int], str]) -> Iterator[tuple[int, int]]:
    """Where a value begins and ends in a text, as it is and in other groups of signs."""
    start = text.find(value)
    while start >= 0:
        end = start + len(value)
        if len(value) >= _SHORT or _stands_alone(text, start, end):
            yield start, end
        start = text.find(value, end)
    yield from _in_groups(value, text, *closed)


def _in_groups(value: str, text: str, places: list[int], closed: str) -> Iterator[tuple[int, int]]:
    signs = "".join(sign for sign in value if sign not in _BETWEEN)
    if len(signs) < _CODE or not signs.isascii() or not any(map(str.isdigit, signs)):
        return
    at = closed.find(signs)
    while at >= 0:
        start, end = places[at], places[at + len(signs) - 1] + 1
        if _stands_alone(text, start, end):
            yield start, end
        at = closed.find(signs, at + 1)


def _stands_alone(text: str, start: int, end: int) -> bool:
    before, after = text[max(start - 1, 0) : start], text[end : end + 1]
    return not (_one_word(before, text[start]) or _one_word(text[end - 1], after))


def _one_word(left: str, right: str) -> bool:
    """Whether two neighbours belong to one word; Korean puts particles to any word."""
    return all(letter.isascii() and letter.isalnum() for letter in (left, right))


def _sought(value: str) -> str:
    """What of a value is looked for: braces around it are the text's, not the value's."""
    return _folded(value).strip(_AROUND)


def _folded(text: str) -> str:
    """The text in small letters of normal width, each in its place."""
    return text.lower() if text.isascii() else "".join(map(_small, text))


def _small(letter: str) -> str:
    small = unicodedata.normalize("NFKC", letter).lower()
    return small if len(small) == 1 else letter
