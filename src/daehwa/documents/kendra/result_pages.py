"""What is done with the results of a query: sorting, pages, facets, attributes, marks."""

from __future__ import annotations

from collections import Counter
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
    """The page of that ``number`` of the items, from 1, with ``size`` of them.

    Raises:
        InvalidRequest: there is no such page or size.
    """
    number = 1 if number is None else number
    size = _PAGE if size is None else size
    if number < 1 or not 1 <= size <= _MOST:
        raise InvalidRequest(f"PageNumber begins at 1, and PageSize is between 1 and {_MOST}")
    return items[(number - 1) * size : number * size]


def in_order(
    items: list[responses.QueryResultItem], request: requests.QueryRequest
) -> list[responses.QueryResultItem]:
    """In the order of an attribute; results without it come last."""
    orders = [request.sorting_configuration] if request.sorting_configuration else []
    for order in reversed(orders + list(request.sorting_configurations or ())):
        key = order.document_attribute_key

        def value(item: responses.QueryResultItem, key: str = key) -> Any:
            held = next((a for a in item.document_attributes or () if a.key == key), None)
            return None if held is None else next(iter(held.value.members().values()), None)

        there = [item for item in items if value(item) is not None]
        rest = [item for item in items if value(item) is None]
        there.sort(key=value, reverse=order.sort_order == "DESC")
        items = there + rest
    return items


def with_attributes(item: Any, admitted: Mapping[str, Attributes], wanted: list[str] | None) -> Any:
    """A result with its document's attributes; with ``wanted`` those alone."""
    attributes = admitted.get(item.document_id, {})
    if wanted is not None:
        attributes = {key: value for key, value in attributes.items() if key in wanted}
    return msgspec.structs.replace(item, document_attributes=results.listed(attributes))


def counted(
    facet: requests.Facet,
    items: list[responses.QueryResultItem],
    admitted: Mapping[str, Attributes],
) -> responses.FacetResult:
    """How many of the results' documents have each value of an attribute.

    Raises:
        InvalidRequest: the facet names none.
    """
    key = facet.document_attribute_key
    if key is None:
        raise InvalidRequest("A facet names a DocumentAttributeKey")
    counts: Counter[bytes] = Counter()
    for document_id in dict.fromkeys(item.document_id for item in items if item.document_id):
        for kind, held in admitted.get(document_id, {}).get(key, {}).items():
            for one in held if isinstance(held, list) else [held]:
                single = "StringValue" if kind == "StringListValue" else kind
                counts[msgspec.json.encode({single: one})] += 1
    most = 10 if facet.max_results is None else facet.max_results
    return responses.FacetResult(
        document_attribute_key=key,
        document_attribute_value_count_pairs=[
            responses.DocumentAttributeValueCountPair(
                document_attribute_value=msgspec.json.decode(
                    value, type=responses.DocumentAttributeValue
                ),
                count=count,
            )
            for value, count in counts.most_common(most)
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
