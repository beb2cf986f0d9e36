"""The words around a value in a reply: "my name is ...", "...입니다", "please"."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Final

from daehwa.nlu.languages import reading
from daehwa.nlu.languages.language import Carriers
from daehwa.nlu.languages.setting import Setting
from daehwa.nlu.languages.spans import Span
from daehwa.nlu.languages.text import Text, is_unspaced

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


def request_words(locale: str) -> Iterator[str]:
    """What people say behind a value, without its spaces: 해주세요, please."""
    for language in reading(locale):
        for phrase in language.carriers.after if language.carriers else ():
            yield phrase.replace(" ", "")


@cache
def _closers(locale: str) -> dict[str, tuple[str, ...]]:
    """The phrases that may follow a value, with a space before, longest first, by last letter."""
    all_phrases = {p for each in reading(locale) if each.carriers for p in each.carriers.after}
    closers: dict[str, list[str]] = {}
    for phrase in sorted(all_phrases, key=lambda phrase: (-len(phrase), phrase)):
        closers.setdefault(phrase[-1], []).append(f" {phrase}")
    return {letter: tuple(phrases) for letter, phrases in closers.items()}


def _trimmed(folded: str, span: Span) -> Span:
    start, end = span
    while start < end and folded[start] in _MARKS:
        start += 1
    while end > start and folded[end - 1] in _MARKS:
        end -= 1
    return Span(start, end)


def _behind_openers(folded: str, span: Span, carriers: list[Carriers]) -> int:
    start, end = span
    moved = True
    while moved:
        moved = False
        for part in carriers:
            for opener in part.before.at(folded, start):
                onward = _trimmed(folded, Span(opener.end, end)).start
                # Japanese and Chinese set no space between.
                parted = opener.end < onward or is_unspaced(folded[opener.end - 1])
                if parted and onward < end:
                    start, moved = onward, True
                    break
    return start


def _before_closers(folded: str, span: Span, closers: dict[str, tuple[str, ...]]) -> int:
    start, end = span
    moved = True
    while moved:
        moved = False
        for closer in closers.get(folded[end - 1 : end], ()):
            begin = end - len(closer)
            if begin > start and folded.endswith(closer, start, end):
                end, moved = _trimmed(folded, Span(start, begin)).end, True
                break
    return end
