"""Query suggestions: from what the documents say, or from the values of their attributes.

Source: the API reference of GetQuerySuggestions and AttributeSuggestionsGetConfig.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from typing import Final

from daehwa.documents.kendra import result_pages as pages
from daehwa.documents.kendra.errors import InvalidRequest
from daehwa.documents.kendra.query_results import listed
from daehwa.documents.kendra.shapes import kendra_requests as requests
from daehwa.documents.kendra.shapes import kendra_responses as responses
from daehwa.documents.values import Attributes

_SHORTEST: Final = 2
_LONGEST: Final = 60
"""Of what is typed, in characters: for less and for more Kendra suggests nothing."""
_SHOWN: Final = 2048


def typed_words(text: str) -> list[str]:
    """The words that were typed, none where there is nothing to suggest for them."""
    return text.casefold().split() if _SHORTEST <= len(text.strip()) <= _LONGEST else []


def wanted_attributes(
    request: requests.GetQuerySuggestionsRequest,
) -> requests.AttributeSuggestionsGetConfig | None:
    """Which attributes suggestions are to be made of, ``None`` for none.

    Raises:
        InvalidRequest: both types are wanted, or attributes without their type.
    """
    types = set(request.suggestion_types or ("QUERY",))
    config = request.attribute_suggestions_config
    if len(types) > 1:
        raise InvalidRequest("SuggestionTypes is QUERY or DOCUMENT_ATTRIBUTES, not both")
    if "DOCUMENT_ATTRIBUTES" in types:
        return config or requests.AttributeSuggestionsGetConfig()
    if config is not None:
        raise InvalidRequest(
            "AttributeSuggestionsConfig goes with the suggestion type DOCUMENT_ATTRIBUTES"
        )
    return None


def from_texts(texts: Iterable[str], typed: list[str]) -> list[responses.Suggestion]:
    """Of questions and headings those that hold every word."""
    shown = (text.rpartition(" > ")[2][:_SHOWN] for text in texts)
    return [_suggestion(text, typed) for text in dict.fromkeys(shown) if _holds(text, typed)]


def from_attributes(
    documents: Iterable[tuple[str, Attributes]],
    config: requests.AttributeSuggestionsGetConfig,
    typed: list[str],
) -> list[responses.Suggestion]:
    """Of texts in attributes those that hold every word, with the documents that have them.

    Without ``suggestion_attributes`` it is those of every attribute.
    """
    sources: dict[str, list[responses.SourceDocument]] = {}
    for document_id, attributes in documents:
        keys: dict[str, list[str]] = {}
        for key in config.suggestion_attributes or attributes:
            for text in _texts(attributes, key):
                if _holds(text, typed):
                    keys.setdefault(text, []).append(key)
        further = listed(
            {
                key: attributes[key]
                for key in config.additional_response_attributes or ()
                if key in attributes
            }
        )
        for text, held in keys.items():
            source = responses.SourceDocument(
                document_id=document_id,
                suggestion_attributes=list(dict.fromkeys(held)),
                additional_attributes=further,
            )
            sources.setdefault(text, []).append(source)
    return [_suggestion(text, typed, documents) for text, documents in sources.items()]


def _texts(attributes: Attributes, key: str) -> Iterator[str]:
    for held in attributes.get(key, {}).values():
        for one in held if isinstance(held, list) else [held]:
            if isinstance(one, str):
                yield one[:_SHOWN]


def _holds(text: str, typed: list[str]) -> bool:
    folded = text.casefold()
    return bool(typed and text) and all(word in folded for word in typed)


def _suggestion(
    text: str, typed: list[str], sources: list[responses.SourceDocument] | None = None
) -> responses.Suggestion:
    return responses.Suggestion(
        id=str(uuid.uuid5(uuid.NAMESPACE_OID, text)),
        value=responses.SuggestionValue(text=pages.mark_typed(text, typed)),
        source_documents=sources,
    )
