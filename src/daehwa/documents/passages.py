"""Passages: a document cut by its headings into pieces of 400 to 600 characters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from daehwa.documents.values import Document, Passage, Section

LONGEST: Final = 600
"""Characters of a passage; a longer sentence is cut between words."""

_ENOUGH: Final = 400
# Behind an end mark and a space, or at a line's end: where a sentence ends.
_ENDS: Final = re.compile(r"(?<=[.!?。！？…])[\"'”’)\]]*\s+|\n+")
# A sentence shorter than this says too little on its own, and is read with its neighbour.
_SHORTEST: Final = 16
_MOST_SENTENCES: Final = 12


def passages(document: Document) -> Iterator[Passage]:
    """The passages of a document: each answered question, and the pieces of each section."""
    for one in document.questions:
        yield Passage(heading=one.question, text=one.answer, question=one.question, link=one.link)
    for section in document.sections:
        heading = _heading(document.title, section)
        for piece in pieces(section.text):
            yield Passage(heading=heading, text=piece, link=section.anchor)


def last_heading(passage: Passage) -> str:
    """The heading right above a passage, or the question that it answers."""
    return passage.question or passage.heading.rpartition(" > ")[2]


def meant(passage: Passage) -> str:
    """What of a passage is searched by its meaning; the title of a book says nothing of a page."""
    heading = last_heading(passage)
    return f"{heading}. {passage.text}" if heading else passage.text


def pieces(text: str) -> Iterator[str]:
    """Text in pieces of whole sentences, at most ``LONGEST`` characters each."""
    held = ""
    for line in text.split("\n"):
        for index, sentence in enumerate(_cut(line.strip())):
            joint = "\n" if index == 0 else " "
            if held and len(held) + len(joint) + len(sentence) > LONGEST:
                yield held
                held = sentence
            else:
                held = f"{held}{joint}{sentence}" if held else sentence
        if not line.strip() and len(held) >= _ENOUGH:
            yield held
            held = ""
    if held:
        yield held


def sentences(text: str) -> list[str]:
    """The sentences of a passage, short ones together with their neighbour; at most twelve."""
    joined: list[str] = []
    for raw in _ENDS.split(text):
        sentence = raw.strip(" \t-*|#>")
        if not sentence:
            continue
        if joined and (len(sentence) < _SHORTEST or len(joined[-1]) < _SHORTEST):
            joined[-1] += " " + sentence
        else:
            joined.append(sentence)
    if len(joined) > _MOST_SENTENCES:
        each = -(-len(joined) // _MOST_SENTENCES)
        joined = [" ".join(joined[at : at + each]) for at in range(0, len(joined), each)]
    return joined


def _heading(title: str, section: Section) -> str:
    parts = [part for part in (title, *section.headings) if part]
    # A document's title is often its first heading.
    return " > ".join(dict.fromkeys(parts))


def _cut(line: str) -> Iterator[str]:
    """The sentences of a line; one that is too long in parts."""
    for sentence in _ENDS.split(line):
        rest = sentence.strip()
        while len(rest) > LONGEST:
            end = rest.rfind(" ", _ENOUGH, LONGEST)
            end = LONGEST if end < 0 else end
            yield rest[:end]
            rest = rest[end:].strip()
        if rest:
            yield rest
