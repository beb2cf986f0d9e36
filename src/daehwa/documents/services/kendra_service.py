"""An index of Amazon Kendra: Retrieve for passages, Query for a bot's search intent.

Source: botocore's service model of Kendra. Without a ``_language_code`` filter Kendra searches
English documents alone, so a locale in another language brings one.
"""

from __future__ import annotations

import threading
from datetime import datetime
from typing import Any, Final

from daehwa.documents.confidences import confidence
from daehwa.documents.services import aws_client
from daehwa.documents.services.passage_search import SearchRequest, service_hit
from daehwa.documents.values import Attributes, Hit

_LONGEST: Final = 1000
_LANGUAGE: Final = "_language_code"
# How sure Kendra is, as a number; it does not say so of every language.
SCORES: Final = {
    "VERY_HIGH": 0.95,
    "HIGH": 0.8,
    "MEDIUM": 0.6,
    "LOW": 0.3,
    "NOT_AVAILABLE": 0.6,
}
LEAST: Final = 0.6


class KendraService:
    """Searches the index of that ARN (``arn:aws:kendra:REGION:ACCOUNT:index/ID``)."""

    def __init__(
        self, arn: str, *, endpoint_url: str | None, seconds: float, least: float | None
    ) -> None:
        self._region = arn.split(":")[3]
        self._index = arn.rpartition("/")[2]
        self._endpoint_url = endpoint_url
        self._seconds = seconds
        self._least = LEAST if least is None else least
        self._lock = threading.Lock()
        self._client: Any = None

    def search(self, request: SearchRequest) -> list[Hit]:
        """See ``PassageSearch.search``."""
        with aws_client.as_search_errors("kendra"):
            response = self._connected().retrieve(**self._members(request))
        return [
            service_hit(
                number,
                item["Content"],
                document_id=item.get("DocumentId"),
                title=item.get("DocumentTitle") or "",
                link=item.get("DocumentURI"),
                language=request.language,
                confidence=confidence(_score(item), self._least),
                attributes=_attributes(item),
            )
            for number, item in enumerate(response.get("ResultItems", ())[: request.most], start=1)
            if item.get("Content")
        ]

    def query(self, request: SearchRequest) -> dict[str, Any]:
        """Kendra's whole response to a query, as its wire has it.

        Raises:
            SearchFailed: as ``search``.
        """
        with aws_client.as_search_errors("kendra"):
            response: dict[str, Any] = self._connected().query(**self._members(request))
        response.pop("ResponseMetadata", None)
        plain: dict[str, Any] = _as_on_the_wire(response)
        return plain

    def _members(self, request: SearchRequest) -> dict[str, Any]:
        members: dict[str, Any] = {
            "IndexId": self._index,
            "QueryText": request.question[:_LONGEST],
        }
        chosen = with_language(request.attribute_filter, request.language)
        if chosen is not None:
            members["AttributeFilter"] = chosen
        return members

    def _connected(self) -> Any:
        with self._lock:
            if self._client is None:
                self._client = aws_client.client(
                    "kendra", self._region, self._endpoint_url, self._seconds
                )
            return self._client


def with_language(given: dict[str, Any] | None, language: str) -> dict[str, Any] | None:
    """A filter that searches documents of the language; one that names a language stays."""
    if language == "en" or _names_language(given):
        return given
    own = {"EqualsTo": {"Key": _LANGUAGE, "Value": {"StringValue": language}}}
    return own if given is None else {"AndAllFilters": [given, own]}


def _as_on_the_wire(part: Any) -> Any:
    """Times as seconds since 1970, as they came: a code hook's event is JSON."""
    if isinstance(part, dict):
        return {name: _as_on_the_wire(one) for name, one in part.items()}
    if isinstance(part, list):
        return [_as_on_the_wire(one) for one in part]
    return part.timestamp() if isinstance(part, datetime) else part


def _names_language(part: object) -> bool:
    if isinstance(part, dict):
        return part.get("Key") == _LANGUAGE or any(map(_names_language, part.values()))
    return isinstance(part, list) and any(map(_names_language, part))


def _attributes(item: dict[str, Any]) -> Attributes:
    attributes: Attributes = _as_on_the_wire(
        {one["Key"]: one["Value"] for one in item.get("DocumentAttributes", ())}
    )
    return attributes


def _score(item: dict[str, Any]) -> float:
    name = item.get("ScoreAttributes", {}).get("ScoreConfidence", "NOT_AVAILABLE")
    return SCORES.get(name, SCORES["NOT_AVAILABLE"])
