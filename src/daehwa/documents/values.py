"""What is read of documents, and what a search returns."""

from __future__ import annotations

from typing import Any, TypeAlias
from urllib.parse import unquote, urlsplit

import msgspec

Attributes: TypeAlias = dict[str, Any]
"""Kendra's document attributes by key: each a value as on its wire, ``{"LongValue": 3}``."""


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """Text beneath its headings, outermost first; ``anchor`` leads to it within the document."""

    headings: tuple[str, ...] = ()
    text: str
    anchor: str | None = None


class QuestionAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A question that a team has answered, and where more is to read."""

    question: str
    answer: str
    link: str | None = None


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """What was read of a file, or given over Kendra's wire.

    ``unread`` says what of it could not be read, where the rest could.
    """

    title: str
    sections: tuple[Section, ...] = ()
    questions: tuple[QuestionAnswer, ...] = ()
    unread: str | None = None

    @property
    def characters(self) -> int:
        """How much text it holds."""
        return sum(len(section.text) for section in self.sections) + sum(
            len(one.question) + len(one.answer) for one in self.questions
        )


class Passage(msgspec.Struct, frozen=True, kw_only=True):
    """Some sentences of a document, as they are searched and shown.

    ``heading`` has the headings above, joined by `` > ``; ``question`` is there where the
    passage is a team's own answer to it.
    """

    heading: str
    text: str
    question: str | None = None
    link: str | None = None


class Audience(msgspec.Struct, frozen=True, kw_only=True):
    """Whose documents: of a bot (by name or id) and a locale; ``None`` is everyone's."""

    bot: str | None = None
    locale: str | None = None


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """A passage that a search returned.

    ``confidence`` (0 to 1) is how likely it holds the answer, calibrated on questions whose
    answer is in the documents and on ones that are nobody's business. ``locator`` is the path
    or the id of the document.
    """

    passage_id: int
    document_id: str
    locator: str
    title: str
    heading: str
    text: str
    question: str | None
    link: str | None
    language: str
    confidence: float
    attributes: Attributes


class Unread(msgspec.Struct, frozen=True, kw_only=True):
    """A file that could not be read, and why; with the reason ``in part`` the rest was read."""

    path: str
    reason: str
    message: str


def split_link(link: str | None) -> tuple[str | None, str | None]:
    """A document's address on the web, or else the name of its file.

    Where a file lies on the server is nobody's business.
    """
    if link is None or not link.startswith("file:"):
        # What a document names may be anything, a script too.
        on_the_web = link is not None and link.lower().startswith(("http://", "https://"))
        return link if on_the_web else None, None
    return None, unquote(urlsplit(link).path.rpartition("/")[2])


def passage_link(document: str | None, passage: str | None) -> str | None:
    """Where the passage is: its own address, or its place in the document."""
    if passage is not None and document is not None and passage.startswith("#"):
        return document + passage
    return document if passage is None or passage.startswith("#") else passage
