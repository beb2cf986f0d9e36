"""Questions and answers that a team has written down: CSV, JSON, JSON lines.

Kendra's own forms are read too: its CSV with and without a header, and its JSON with
``FaqDocuments``. Source: Kendra's developer guide, "Adding frequently asked questions".
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import msgspec

from daehwa.documents.errors import Unreadable
from daehwa.documents.values import Document, QuestionAnswer

_QUESTION: Final = frozenset(("question", "_question", "q", "질문", "문의", "질의"))
_ANSWER: Final = frozenset(("answer", "_answer", "a", "답변", "답", "대답", "응답"))
_LINK: Final = frozenset(("link", "url", "_source_uri", "source", "링크", "주소"))
_LISTS: Final = ("FaqDocuments", "faqs", "faq", "questions", "items", "data")
_MISSING: Final = "it holds no questions and answers: name the columns question and answer"
_COLUMNS: Final = 2


def read_table(text: str, name: str) -> Document:
    """The document of a CSV file, whose separator is a comma, a semicolon or a tab.

    Raises:
        Unreadable: it holds no questions and answers.
    """
    head = text.partition("\n")[0]
    separator = max(",;\t", key=head.count)
    try:
        rows = [row for row in csv.reader(io.StringIO(text), delimiter=separator) if any(row)]
    except csv.Error as error:
        raise Unreadable("broken", f"it is no CSV file: {error}") from error
    columns = _columns(rows[0]) if rows else {}
    if columns:
        pairs = [
            {word: row[at] for word, at in columns.items() if at < len(row)} for row in rows[1:]
        ]
    else:
        names = ("question", "answer", "link")
        pairs = [dict(zip(names, row, strict=False)) for row in rows if len(row) >= _COLUMNS]
    return _document(map(_pair, pairs), name)


def read_json(text: str, name: str) -> Document:
    """The document of a JSON file, or of one with a JSON object in each line.

    Raises:
        Unreadable: it is no JSON, or holds no questions and answers.
    """
    try:
        value: Any = msgspec.json.decode(text)
    except msgspec.DecodeError as error:
        try:
            value = [msgspec.json.decode(line) for line in text.splitlines() if line.strip()]
        except msgspec.DecodeError:
            raise Unreadable("broken", f"it is no JSON: {error}") from error
    except RecursionError as error:
        raise Unreadable("broken", "it is no JSON that can be read: it nests too deep") from error
    return _document(_pairs(value), name)


def _columns(header: list[str]) -> dict[str, int]:
    columns: dict[str, int] = {}
    for at, cell in enumerate(header):
        word = cell.strip().casefold()
        for name, words in (("question", _QUESTION), ("answer", _ANSWER), ("link", _LINK)):
            if word in words:
                columns.setdefault(name, at)
    return columns if {"question", "answer"} <= set(columns) else {}


def _pairs(value: Any) -> Iterator[QuestionAnswer | None]:
    if isinstance(value, Mapping):
        for name in _LISTS:
            if isinstance(value.get(name), list):
                yield from _pairs(value[name])
                return
        yield _pair(value)
        if _pair(value) is None:
            yield from (
                _pair({"question": question, "answer": answer})
                for question, answer in value.items()
            )
    elif isinstance(value, list):
        yield from (_pair(one) for one in value if isinstance(one, Mapping))


def _pair(entry: Mapping[str, Any]) -> QuestionAnswer | None:
    members = {str(name).strip().casefold(): value for name, value in entry.items()}
    question, answer = _member(members, _QUESTION), _member(members, _ANSWER)
    if not question or not answer:
        return None
    attributes = members.get("attributes")
    link = _member(members, _LINK)
    if not link and isinstance(attributes, Mapping):
        link = _member(attributes, _LINK)
    return QuestionAnswer(question=question, answer=answer, link=link or None)


def _member(members: Mapping[str, Any], names: Iterable[str]) -> str:
    for name in names:
        if isinstance(members.get(name), str):
            return str(members[name]).strip()
    return ""


def _document(pairs: Iterable[QuestionAnswer | None], name: str) -> Document:
    questions = tuple(pair for pair in pairs if pair is not None)
    if not questions:
        raise Unreadable("no questions", _MISSING)
    return Document(title=name, questions=questions)
