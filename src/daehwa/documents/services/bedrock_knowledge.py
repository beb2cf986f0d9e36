"""A knowledge base of Amazon Bedrock: Retrieve, without Bedrock's own models.

Source: botocore's service model of ``bedrock-agent-runtime``.
"""

from __future__ import annotations

import threading
from typing import Any, Final

from daehwa.documents.confidences import confidence
from daehwa.documents.services import aws_client
from daehwa.documents.services.passage_search import SearchRequest, service_hit
from daehwa.documents.values import Hit

_LONGEST: Final = 1000
_LEAST: Final = 0.4
_ADDRESSES: Final = ("uri", "url")


class KnowledgeBase:
    """Searches the knowledge base of that ARN, or of that id in the region of the environment."""

    def __init__(
        self,
        arn: str,
        *,
        region: str | None,
        endpoint_url: str | None,
        seconds: float,
        least: float | None,
    ) -> None:
        parts = arn.split(":")
        self._region = region or (parts[3] if len(parts) > 3 else None)  # noqa: PLR2004 - an ARN's
        self._id = arn.rpartition("/")[2]
        self._endpoint_url = endpoint_url
        self._seconds = seconds
        self._least = _LEAST if least is None else least
        self._lock = threading.Lock()
        self._client: Any = None

    def search(self, request: SearchRequest) -> list[Hit]:
        """See ``PassageSearch.search``."""
        with aws_client.as_search_errors("bedrock"):
            response = self._connected().retrieve(
                knowledgeBaseId=self._id,
                retrievalQuery={"text": request.question[:_LONGEST]},
                retrievalConfiguration={
                    "vectorSearchConfiguration": {"numberOfResults": request.most}
                },
            )
        hits = []
        for number, item in enumerate(response.get("retrievalResults", ()), start=1):
            metadata = item.get("metadata") or {}
            text = _text(item, request.answer_field, metadata)
            if not text:
                continue
            place = _place(item.get("location") or {})
            hits.append(
                service_hit(
                    number,
                    text,
                    document_id=item.get("documentId") or place,
                    title=_title(metadata, place),
                    link=place,
                    language=request.language,
                    confidence=confidence(float(item.get("score") or 0), self._least),
                    attributes={},
                )
            )
        return hits

    def _connected(self) -> Any:
        with self._lock:
            if self._client is None:
                self._client = aws_client.client(
                    "bedrock-agent-runtime", self._region, self._endpoint_url, self._seconds
                )
            return self._client


def _text(item: dict[str, Any], field: str | None, metadata: dict[str, Any]) -> str:
    """The answer that stands in the metadata, where a bot names its field; else the passage."""
    answer = metadata.get(field) if field else None
    return str(answer or (item.get("content") or {}).get("text") or "").strip()


def _place(location: dict[str, Any]) -> str:
    """Where a passage is from; each kind of source has a member of its own for it."""
    for member in location.values():
        if isinstance(member, dict):
            for name in _ADDRESSES:
                if member.get(name):
                    return str(member[name])
    return ""


def _title(metadata: dict[str, Any], place: str) -> str:
    for name in ("title", "x-amz-bedrock-kb-title", "_document_title"):
        if isinstance(metadata.get(name), str):
            return str(metadata[name])
    return place.rpartition("/")[2]
