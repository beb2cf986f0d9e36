"""The port to a search service, and what is asked of it."""

from __future__ import annotations

from typing import Any, Protocol

import msgspec

from daehwa.documents.scoring import ENOUGH
from daehwa.documents.values import Hit


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


def confidence(score: float, least: float) -> float:
    """A service's own score as a confidence: ``ENOUGH`` at ``least``, and more with the score.

    How likely it is that a passage holds the answer is not known of a service's score; only which
    is likelier, and from where on whoever runs the bot believes it.
    """
    if score <= 0:
        return 0.0 if least > 0 else ENOUGH
    return score / (score + least)


def service_hit(number: int, text: str, **members: Any) -> Hit:
    """A passage of a service, with what it has no name for left empty."""
    document_id = str(members.get("document_id") or number)
    values: dict[str, Any] = {
        "document_id": document_id,
        "locator": members.get("link") or document_id,
        "title": "",
        "heading": "",
        "question": None,
        "link": None,
        "language": "",
        "attributes": {},
    }
    return Hit(passage_id=number, text=text, **(values | members))
