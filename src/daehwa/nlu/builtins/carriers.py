"""The words around a value in a reply: "my name is ...", "...입니다", "please"."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cache
from typing import Final

from daehwa.nlu.languages import reading
from daehwa.nlu.languages.language import Carriers
from daehwa.nlu.languages.setting import Setting
from daehwa.nlu.languages.spans import Span
from daehwa.nlu.languages.text import Text, is_unspaced

_INNER: Final = ".-_'"
_LONGEST: Final = 4
_MOST_BESIDE_NOW: Final = 2
_MARKS: Final = " .,!?~;:\"'…"


def bare(text: Text, setting: Setting) -> Span:
    """The part of a reply that is the value itself, without carriers and endings."""
    folded = text.folded
    carriers = [c for language in setting.languages if (c := language.carriers) is not None]
    start, end = _trimmed(folded, Span(0, len(folded)))
    start = _behind_openers(folded, Span(start, end), carriers)
    end = _before_closers(folded, Span(start, end), _closers(setting.locale))
    for part in carriers:
        if part.attached is not None and end > start:
            end = part.attached(folded, start, end)
    return _trimmed(folded, Span(start, end))


def says_count(text: str, values: Collection[str], locale: str) -> bool:
    """Whether a text says its values and nothing beside them but carriers.

    A count may have a word after it that says of what (*5 adults*). *Call 911* says no count,
    nor does *I have two dogs*.
    """
    folded = text.casefold()
    matches = [re.search(rf"(?<!\w){re.escape(value.casefold())}", folded) for value in values]
    phrases, at, free = _around(locale), 0, 0
    for start, end in sorted(match.span() for match in matches if match is not None):
        between = folded[at:start]
        if start < at or _left_over(between, phrases) > (free if at else 0):
            return False
        attached = re.match(r"[^\W\d_]*", folded[end:])
        at = end + (attached.end() if attached else 0)
        free = int(at == end)  # after 5명 there is no word of what
    return _left_over(folded[at:], phrases) <= free


def is_aside(text: Text, value: Span, setting: Setting) -> bool:
    """Whether *now* is only said by the way: *지금* 운전 중이라 좀 곤란해요."""
    nows = (
        now
        for each in setting.languages
        if each.times
        for now in each.times.now.at(text.folded, value.start)
    )
    if not any(now.end == value.end for now in nows):
        return False
    phrases = _around(setting.locale)
    beside = (text.folded[: value.start], text.folded[value.end :])
    return sum(_left_over(part, phrases) for part in beside) > _MOST_BESIDE_NOW


def _left_over(part: str, phrases: frozenset[str]) -> int:
    """How many words of a part of a text are in no phrase."""
    words = part.replace(".", " ").replace(",", " ").strip(_MARKS).split()
    count = at = 0
    while at < len(words):
        for until in range(min(len(words), at + _LONGEST), at, -1):
            if "".join(words[at:until]) in phrases:
                at = until
                break
        else:
            at += 1
            count += 1
    return count


@cache
def _around(locale: str) -> frozenset[str]:
    """What may stand around a count, without spaces."""
    parts = [part for language in reading(locale) if (part := language.carriers) is not None]
    return frozenset(
        phrase.replace(" ", "")
        for part in parts
        for phrase in (*part.before.phrases, *part.after, *part.counting)
    )


def request_words(locale: str) -> Iterator[str]:
    """What people say after a value, without its spaces: 해주세요, please."""
    for language in reading(locale):
        for phrase in language.carriers.after if language.carriers else ():
            yield phrase.replace(" ", "")


@cache
def _closers(locale: str) -> tuple[frozenset[str], int]:
    """What may follow a value, without spaces, and how many words the longest of it has."""
    phrases = {p for each in reading(locale) if each.carriers for p in each.carriers.after}
    words = max((phrase.count(" ") + 1 for phrase in phrases), default=0)
    return frozenset(phrase.replace(" ", "") for phrase in phrases), words


def _trimmed(folded: str, span: Span) -> Span:
    start, end = span
    while start < end and folded[start] in _MARKS:
        start += 1
    while end > start and folded[end - 1] in _MARKS:
        end -= 1
    silent = end
    while silent > start and (folded[silent - 1] in _MARKS or _is_jamo(folded[silent - 1])):
        silent -= 1
    return Span(start, silent if silent > start else end)  # 지우 ㅋㅋ


def _is_jamo(letter: str) -> bool:
    """Whether a letter is a lone one of Hangul, as in laughter."""
    return "\u3131" <= letter <= "\u318e"


def _behind_openers(folded: str, span: Span, carriers: list[Carriers]) -> int:
    start, end = span
    moved = True
    while moved:
        moved = False
        for part in carriers:
            for opener in part.before.at(folded, start):
                onward = _trimmed(folded, Span(opener.end, end)).start
                # Japanese and Chinese set no space between; a.lee is not an article and a name.
                between = folded[opener.end : onward]
                letter = opener.end - start == 1 and folded[start].isascii()
                if letter and (
                    folded[onward : onward + 1].isdecimal()
                    or folded[onward + 1 : onward + 2] in (" ", "-", ".")
                ):
                    continue  # a b c, a 13: letters that are spelt
                parted = between.strip(_INNER) or is_unspaced(folded[opener.end - 1])
                if parted and onward < end:
                    start, moved = onward, True
                    break
    return start


def _before_closers(folded: str, span: Span, closers: tuple[frozenset[str], int]) -> int:
    start, end = span
    phrases, most_words = closers
    moved = True
    while moved:
        moved = False
        spaces: list[int] = []
        space = folded.rfind(" ", start + 1, end)
        while space > start and len(spaces) < most_words:
            spaces.append(space)
            space = folded.rfind(" ", start + 1, space)
        for begin in reversed(spaces):  # the longest phrase first
            if folded[begin + 1 : end].replace(" ", "") in phrases:
                end, moved = _trimmed(folded, Span(start, begin)).end, True
                break
    return end
