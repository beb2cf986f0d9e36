"""Texts whose words of dates, times and amounts are misspelt, read as they are meant."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import msgspec

from daehwa.nlu.builtins.mention import Mention
from daehwa.nlu.languages.setting import Setting
from daehwa.nlu.languages.spans import Span
from daehwa.nlu.languages.text import Text

Find = Callable[[Text, Setting], Iterator[Mention]]
Read = Callable[[Text, Setting], Mention | None]


class _Respelt(NamedTuple):
    """A word as it is meant: where it stands in the text as typed, and in the one that is read."""

    typed: Span
    read: Span


def find_misspelt(find: Find, text: Text, setting: Setting) -> Iterator[Mention]:
    """The values that ``find`` gives of a text whose misspelt words are put right."""
    right, respelt = _put_right(text, setting)
    for value in find(right, setting):
        yield _as_typed(value, text, respelt) if respelt else value


def read_misspelt(read: Read, text: Text, setting: Setting) -> Mention | None:
    """The value that ``read`` gives of a reply whose misspelt words are put right."""
    right, respelt = _put_right(text, setting)
    value = read(right, setting)
    return _as_typed(value, text, respelt) if respelt and value is not None else value


def _put_right(text: Text, setting: Setting) -> tuple[Text, list[_Respelt]]:
    respelt: list[_Respelt] = []
    pieces: list[str] = []
    place = shift = 0
    readers = [m for language in setting.languages if (m := language.misspelling) is not None]
    for start, end in zip(text.starts, text.ends, strict=True) if readers else ():
        word = text.folded[start:end]
        meant = next((right for each in readers if (right := each.meant(word))), None)
        if meant is None:
            continue
        begin = start + shift
        respelt.append(_Respelt(Span(start, end), Span(begin, begin + len(meant))))
        pieces += (text.raw[place:start], meant)
        place, shift = end, shift + len(meant) - len(word)
    return (Text("".join((*pieces, text.raw[place:]))) if respelt else text), respelt


def _as_typed(value: Mention, text: Text, respelt: list[_Respelt]) -> Mention:
    """A value of the text that is put right where its words stand in the text as typed."""
    start, end = value.start, value.end
    for word in respelt:
        if value.start >= word.read.end:
            start = value.start + word.typed.end - word.read.end
        elif value.start >= word.read.start:
            start = word.typed.start
        if value.end >= word.read.end:
            end = value.end + word.typed.end - word.read.end
        elif value.end > word.read.start:
            end = word.typed.end
    original = text.raw[start:end] if value.size == len(value.original) else value.original
    return msgspec.structs.replace(value, start=start, end=end, original=original)
