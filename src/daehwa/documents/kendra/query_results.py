"""A search's hits as Kendra's results: answers, answered questions, documents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256
from typing import Final, Literal

from daehwa.documents.kendra.shapes.kendra_responses import (
    AdditionalResultAttribute,
    AdditionalResultAttributeValue,
    DocumentAttribute,
    DocumentAttributeValue,
    Highlight,
    QueryResultItem,
    RetrieveResultItem,
    ScoreAttributes,
    TextWithHighlights,
)
from daehwa.documents.stop_words import STOP_WORDS
from daehwa.documents.terms import terms_of
from daehwa.documents.values import Attributes, Hit

_LONGEST: Final = 2048
_EXCERPT: Final = 300
_WORD: Final = re.compile(r"[^\W_]+")
Bucket = Literal["VERY_HIGH", "HIGH", "MEDIUM", "LOW", "NOT_AVAILABLE"]
_BUCKETS: Final[tuple[tuple[float, Bucket], ...]] = (
    (0.9, "VERY_HIGH"),
    (0.7, "HIGH"),
    (0.5, "MEDIUM"),
)


def bucket(confidence: float) -> Bucket:
    """Kendra's word for a confidence (0 to 1)."""
    return next((name for least, name in _BUCKETS if confidence >= least), "LOW")


def answer_item(hit: Hit, query_id: str, question: str, excerpt: str) -> QueryResultItem:
    """A passage as the answer, with the sentence that is nearest to the question marked."""
    return _item(hit, query_id, "ANSWER", question, hit.text, top=excerpt)


def question_item(hit: Hit, query_id: str, question: str) -> QueryResultItem:
    """A question that the team has answered."""
    return _item(hit, query_id, "QUESTION_ANSWER", question, hit.text)


def document_item(hit: Hit, query_id: str, question: str) -> QueryResultItem:
    """A document with the passage that fits best."""
    return _item(hit, query_id, "DOCUMENT", question, hit.text)


def passage_item(hit: Hit, query_id: str) -> RetrieveResultItem:
    """A passage whole, as Retrieve returns it."""
    return RetrieveResultItem(
        id=f"{query_id}-{_digest(f'RETRIEVE{hit.passage_id}')}",
        document_id=hit.document_id[:_LONGEST],
        document_title=hit.title,
        content=hit.text,
        document_uri=hit.link,
        document_attributes=listed(hit.attributes),
        score_attributes=ScoreAttributes(score_confidence=bucket(hit.confidence)),
    )


def _item(
    hit: Hit,
    query_id: str,
    kind: Literal["ANSWER", "QUESTION_ANSWER", "DOCUMENT"],
    question: str,
    text: str,
    *,
    top: str | None = None,
) -> QueryResultItem:
    shown = text if kind != "DOCUMENT" else text[:_EXCERPT]
    excerpt = highlighted(shown[:_LONGEST], question, top=top)
    title = highlighted((hit.title or hit.document_id)[:_LONGEST], question)
    additional = []
    if kind == "ANSWER":
        additional.append(_additional("AnswerText", excerpt))
    elif kind == "QUESTION_ANSWER":
        written = highlighted((hit.question or hit.heading)[:_LONGEST], question)
        additional += [_additional("QuestionText", written), _additional("AnswerText", excerpt)]
    identity = _digest(f"{kind}{hit.passage_id}")
    return QueryResultItem(
        id=f"{query_id}-{identity}",
        type=kind,
        format="TEXT",
        additional_attributes=additional,
        document_id=hit.document_id[:_LONGEST],
        document_title=title,
        document_excerpt=excerpt,
        document_uri=hit.link,
        document_attributes=listed(hit.attributes),
        score_attributes=ScoreAttributes(score_confidence=bucket(hit.confidence)),
        feedback_token=f"{query_id}.{identity}",
    )


def _digest(text: str) -> str:
    """36 characters at most, as the service model bounds an item's id beside the query's."""
    return sha256(text.encode()).hexdigest()[:36]


def _additional(key: str, text: TextWithHighlights) -> AdditionalResultAttribute:
    return AdditionalResultAttribute(
        key=key,
        value_type="TEXT_WITH_HIGHLIGHTS_VALUE",
        value=AdditionalResultAttributeValue(text_with_highlights_value=text),
    )


def highlighted(text: str, question: str, *, top: str | None = None) -> TextWithHighlights:
    """A text with the question's words marked, and all of ``top`` as the answer itself."""
    marks = list(_marks(text, question))
    if top is not None and (at := text.find(top)) >= 0:
        marks.append(
            Highlight(begin_offset=at, end_offset=at + len(top), top_answer=True, type="STANDARD")
        )
    return TextWithHighlights(text=text, highlights=marks)


def _marks(text: str, question: str) -> Iterator[Highlight]:
    wanted = set(terms_of(question)) - STOP_WORDS
    for word in _WORD.finditer(text):
        shared = wanted & set(terms_of(word[0]))
        if any(len(term) > 1 or len(word[0]) == 1 for term in shared):
            yield Highlight(
                begin_offset=word.start(), end_offset=word.end(), top_answer=False, type="STANDARD"
            )


def listed(attributes: Attributes) -> list[DocumentAttribute]:
    """A document's attributes as a list, as the wire has them."""
    kinds = {
        "StringValue": "string_value",
        "StringListValue": "string_list_value",
        "LongValue": "long_value",
        "DateValue": "date_value",
    }
    return [
        DocumentAttribute(
            key=key,
            value=DocumentAttributeValue(**{kinds[kind]: one for kind, one in value.items()}),
        )
        for key, value in attributes.items()
    ]
