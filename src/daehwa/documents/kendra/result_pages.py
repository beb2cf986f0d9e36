"""What is done with the results of a query: sorting, pages, facets, attributes, marks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import msgspec

from daehwa.documents.kendra import query_results as results
from daehwa.documents.kendra.errors import InvalidRequest
from daehwa.documents.kendra.shapes import kendra_requests as requests
from daehwa.documents.kendra.shapes import kendra_responses as responses
from daehwa.documents.values import Attributes

_MOST: Final = 100
_PAGE: Final = 10


def paged(items: list[Any], number: int | None, size: int | None) -> list[Any]:
    """The page of that ``number`` of the items, from 1, with ``size`` of them, 100 at most.

    Raises:
        InvalidRequest: there is no such page or size.
    """
    number = 1 if number is None else number
    size = _PAGE if size is None else size
    if number < 1 or size < 1:
        raise InvalidRequest("PageNumber and PageSize are at least 1")
    size = min(size, _MOST)
    return items[(number - 1) * size : number * size]


def in_order(
    items: list[responses.QueryResultItem],
    request: requests.QueryRequest,
    admitted: Mapping[str, Attributes],
) -> list[responses.QueryResultItem]:
    """In the order of an attribute of the documents; results without it come last."""
    orders = [request.sorting_configuration] if request.sorting_configuration else []
    for order in reversed(orders + list(request.sorting_configurations or ())):
        key = order.document_attribute_key

        def value(item: responses.QueryResultItem, key: str = key) -> Any:
            # With its kind: what one document has as a number, another may have as a text.
            held = admitted.get(item.document_id or "", {}).get(key, {})
            return next(iter(held.items()), None)

        there = [item for item in items if value(item) is not None]
        rest = [item for item in items if value(item) is None]
        there.sort(key=value, reverse=order.sort_order == "DESC")
        items = there + rest
    return items


def with_attributes(item: Any, admitted: Mapping[str, Attributes], wanted: list[str] | None) -> Any:
    """A result with its document's attributes; with ``wanted`` those alone.

    Its id, which the result has anyway, is among them only where it is wanted.
    """
    attributes = {
        key: value
        for key, value in admitted.get(item.document_id, {}).items()
        if (key != "_document_id" if wanted is None else key in wanted)
    }
    return msgspec.structs.replace(item, document_attributes=results.listed(attributes))


def counted(
    facet: requests.Facet,
    items: list[responses.QueryResultItem],
    admitted: Mapping[str, Attributes],
) -> responses.FacetResult:
    """How many of the results' documents have each value of an attribute.

    Nested facets are counted among the documents that have the value.

    Raises:
        InvalidRequest: a facet names none.
    """
    ids = dict.fromkeys(item.document_id for item in items if item.document_id)
    return _counted(facet, {one: admitted.get(one, {}) for one in ids})


def _counted(facet: requests.Facet, documents: Mapping[str, Attributes]) -> responses.FacetResult:
    key = facet.document_attribute_key
    if key is None:
        raise InvalidRequest("A facet names a DocumentAttributeKey")
    having: dict[bytes, dict[str, Attributes]] = {}
    for document_id, attributes in documents.items():
        for kind, held in attributes.get(key, {}).items():
            for one in held if isinstance(held, list) else [held]:
                single = "StringValue" if kind == "StringListValue" else kind
                value = msgspec.json.encode({single: one})
                having.setdefault(value, {})[document_id] = attributes
    most = 10 if facet.max_results is None else facet.max_results
    commonest = sorted(having.items(), key=lambda one: -len(one[1]))[:most]
    return responses.FacetResult(
        document_attribute_key=key,
        document_attribute_value_count_pairs=[
            responses.DocumentAttributeValueCountPair(
                document_attribute_value=msgspec.json.decode(
                    value, type=responses.DocumentAttributeValue
                ),
                count=len(those),
                facet_results=[_counted(nested, those) for nested in facet.facets or ()] or None,
            )
            for value, those in commonest
        ],
    )


def mark_typed(text: str, typed: list[str]) -> responses.SuggestionTextWithHighlights:
    """A suggestion with each word marked that was typed."""
    folded = text.casefold()
    return responses.SuggestionTextWithHighlights(
        text=text,
        highlights=[
            responses.SuggestionHighlight(begin_offset=at, end_offset=at + len(word))
            for word in typed
            if (at := folded.find(word)) >= 0
        ],
    )
