"""The port to a search service, and what is asked of it."""

from __future__ import annotations

from typing import Any, Protocol

import msgspec

from daehwa.documents.values import Attributes, Hit


class SearchRequest(msgspec.Struct, frozen=True, kw_only=True):
    """A question to a search service.

    ``locale`` is Lex's (``ko_KR``). ``attribute_filter`` is a filter on Kendra's wire. The fields
    are those of an index or of metadata that a bot names: ``question_field`` and ``answer_field``
    hold what is shown as it stands, ``fields`` what a model may read.
    """

    question: str
    locale: str = "en_US"
    most: int = 5
    attribute_filter: dict[str, Any] | None = None
    question_field: str | None = None
    answer_field: str | None = None
    fields: tuple[str, ...] = ()

    @property
    def language(self) -> str:
        """The language of the locale, as ``ko``."""
        return self.locale.replace("-", "_").partition("_")[0].lower()


class PassageSearch(Protocol):
    """Searches somewhere for passages. Calls block, and are made from threads.

    Raises:
        SearchFailed: the service could not be asked, or refused.
    """

    def search(self, request: SearchRequest) -> list[Hit]:
        """The passages that most likely answer, best first."""
        ...


def service_hit(
    number: int,
    text: str,
    *,
    confidence: float,
    language: str,
    document_id: str | None = None,
    title: str = "",
    question: str | None = None,
    link: str | None = None,
    attributes: Attributes | None = None,
) -> Hit:
    """A passage of a service; a document without an id has the passage's ``number``."""
    document_id = document_id or str(number)
    return Hit(
        passage_id=number,
        document_id=document_id,
        locator=link or document_id,
        title=title,
        heading="",
        text=text,
        question=question,
        link=link,
        language=language,
        confidence=confidence,
        attributes=attributes or {},
    )
