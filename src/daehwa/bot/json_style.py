"""Changing one place of a JSON text, and leaving all others as they were written.

Exports come in one line from Lex, indented from an editor, with a byte order mark from some: who
looks at the difference afterwards sees what was added, and nothing else.
"""

from __future__ import annotations

import json
import re
from typing import Any, Final

from daehwa.bot.positions import span_of

Steps = list[str | int]

_INDENTED: Final = re.compile(r"[\[{]\r?\n([ \t]+)\S")
_BLANKS_BEFORE: Final = re.compile(r"\s*\Z")
_SPACED: Final = re.compile(r'": ')
_LINE_INDENT: Final = re.compile(r"[^\S\r\n]*")


def with_value(text: str, steps: Steps, value: Any) -> str:
    """The JSON ``text`` with ``value`` at the place that the steps lead to.

    A list that only grows at its end keeps its items as they are written. What cannot be put there
    on its own has the whole text written again, in the style that it has.
    """
    expected = _replaced(_parsed(text), steps, value)
    for changed in (_grown(text, steps, value), _put(text, steps, value)):
        if changed is not None and _is(changed, expected):
            return changed
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    end = text[len(text.rstrip()) :]
    return mark + _dump(expected, text, _indent(text)) + end


def _parsed(text: str) -> Any:
    return json.loads(text.removeprefix("\ufeff"))


def _is(text: str, expected: Any) -> bool:
    try:
        return bool(_parsed(text) == expected)
    except ValueError:
        return False


def _replaced(content: Any, steps: Steps, value: Any) -> Any:
    """The content with the value in its place; a member that is missing is added."""
    if not steps:
        return value
    first, *rest = steps
    if isinstance(content, list) and isinstance(first, int):
        return [
            _replaced(item, rest, value) if place == first else item
            for place, item in enumerate(content)
        ]
    inner = content.get(first) if isinstance(content, dict) else None
    return {**content, first: _replaced(inner, rest, value)}


def _grown(text: str, steps: Steps, value: Any) -> str | None:
    """The text with items added to a list that has some; ``None`` where that is not the change."""
    span = span_of(text, steps)
    if span is None or not isinstance(value, list):
        return None
    before = json.loads(text[slice(*span)])
    if not isinstance(before, list) or not before or value[: len(before)] != before:
        return None
    last = span_of(text, [*steps, len(before) - 1])
    if last is None:
        return None
    start, end = last
    blanks = _BLANKS_BEFORE.search(text, 0, start)
    between = "" if blanks is None else blanks[0]
    if len(before) == 1 and "\n" not in between:
        between = " " if _SPACED.search(text) else ""
    written = "".join(f",{between}{_shown_at(item, text, start)}" for item in value[len(before) :])
    return text[:end] + written + text[end:]


def _put(text: str, steps: Steps, value: Any) -> str | None:
    span = span_of(text, steps)
    if span is None:
        return None
    start, end = span
    return text[:start] + _shown_at(value, text, start) + text[end:]


def _shown_at(value: Any, text: str, place: int) -> str:
    """The value as JSON, indented as what stands at that place is."""
    line = text.rfind("\n", 0, place) + 1
    indent = _LINE_INDENT.match(text, line)
    base = "" if indent is None else indent[0]
    newline = "\r\n" if "\r\n" in text else "\n"
    return _dump(value, text, _indent(text)).replace("\n", newline + base)


def _indent(text: str) -> str | None:
    """One step of the text's indentation; ``None`` for a text in one line."""
    match = _INDENTED.search(text)
    return None if match is None else match[1]


def _dump(value: Any, text: str, indent: str | None) -> str:
    escaped = text.isascii() and "\\u" in text
    if indent is not None:
        return json.dumps(value, ensure_ascii=escaped, indent=indent)
    separators = (", ", ": ") if _SPACED.search(text) else (",", ":")
    return json.dumps(value, ensure_ascii=escaped, separators=separators)
