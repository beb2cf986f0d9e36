"""Questions and answers that a team has written down: CSV, JSON, JSON lines; other tables, too.

Kendra's own forms are read too: its CSV with and without a header, and its JSON with
``FaqDocuments``; and schema.org's ``FAQPage``. Sources: Kendra's developer guide, "Adding
frequently asked questions"; https://schema.org/FAQPage.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import msgspec

from daehwa.documents.encodings import whole
from daehwa.documents.errors import Unreadable
from daehwa.documents.html_file import without_tags
from daehwa.documents.values import Document, QuestionAnswer, Section

_QUESTION: Final = ("question", "_question", "q", "질문", "문의", "질의", "questions")
_ANSWER: Final = (
    *("answer", "_answer", "a", "답변", "답", "대답", "응답", "answers"),
    *("acceptedanswer", "suggestedanswer"),
)
_LINK: Final = ("link", "url", "_source_uri", "source", "링크", "주소")
# A word of these in a column's name says as much as the whole name.
_IN_NAMES: Final = {
    "question": ("question", "질문", "문의"),
    "answer": ("answer", "답변"),
    "link": ("link", "url", "링크"),
}
_ASKING: Final = (
    # Compiled when first needed.
    r"[?？]|(?:요|까|나|죠|지|가)$|^(?:how|what|when|where|who|which|why|can|could|do|does|did|is|are"
    r"|may|will|would|should|am|i)\b"
)
_LONGEST_NAME: Final = 24
_LONGEST_CELL: Final = 1 << 26
_HEADER_WITHIN: Final = 3
# Members of objects that hold a text, and what they call it.
_TEXTS: Final = ("content", "text", "body", "description", "내용", "본문", "설명")
_TITLES: Final = ("title", "name", "heading", "subject", "제목", "이름")
_DEEPEST: Final = 8
_MISSING: Final = "it holds no questions and answers: name the columns question and answer"
_COLUMNS: Final = 2
# So many broken lines are named.
_NAMED: Final = 5


def read_table(text: str, name: str) -> Document:
    """The document of a CSV file, whose separator is a comma, a semicolon, a tab or ``|``.

    A table of anything else than questions and answers is read as lines of its rows.

    Raises:
        Unreadable: it holds no questions and answers.
    """
    head, _, rest = text.partition("\n")
    if head[:4].lower() == "sep=":
        # Excel's word for the separator.
        text, separator = rest, head[4:5]
    else:
        separator = max(",;\t|", key=head.count)
    csv.field_size_limit(_LONGEST_CELL)
    try:
        rows = [row for row in csv.reader(io.StringIO(text), delimiter=separator) if any(row)]
    except (csv.Error, TypeError) as error:
        raise Unreadable("broken", f"it is not a CSV file: {error}") from error
    for before, row in enumerate(rows[:_HEADER_WITHIN]):
        if columns := _columns(row):
            pairs = [
                {word: row[at] for word, at in columns.items() if at < len(row)}
                for row in rows[before + 1 :]
            ]
            break
    else:
        if not _asks(rows):
            return _table(rows, name)
        names = ("question", "answer", "link")
        pairs = [dict(zip(names, row, strict=False)) for row in rows if len(row) >= _COLUMNS]
    return _document(map(_pair, pairs), name)


def read_json(text: str, name: str) -> Document:
    """The document of a JSON file, or of one with a JSON object in each line.

    Of lines that are not JSON, while most are, the others are read.

    Raises:
        Unreadable: it is not JSON, or holds no questions and answers.
    """
    unread = None
    try:
        value = _decoded(text)
    except ValueError as error:
        value, unread = _lines(text, error)
    pairs = [pair for pair in _pairs(value) if pair is not None]
    sections = () if pairs else tuple(_sections(value))
    if sections:
        return Document(title=name, sections=sections, unread=unread)
    return msgspec.structs.replace(_document(pairs, name), unread=unread)


def _sections(value: Any, depth: int = 0) -> Iterator[Section]:
    """Read objects of a title and a text, however deep they stand."""
    if isinstance(value, list) and depth <= _DEEPEST:
        for one in value:
            yield from _sections(one, depth + 1)
    elif isinstance(value, Mapping) and depth <= _DEEPEST:
        members = {str(name).casefold(): one for name, one in value.items()}
        title, text = _member(members, _TITLES), _member(members, _TEXTS)
        if title and text:
            yield Section(headings=(title,), text=without_tags(text))
        for one in value.values():
            yield from _sections(one, depth + 1)


def _decoded(text: str) -> Any:
    """Read JSON, with what some programs write: half letters, NaN.

    Raises:
        ValueError: it is not one.
    """
    try:
        return msgspec.json.decode(text)
    except RecursionError as error:
        raise Unreadable("broken", "the JSON is nested too deeply") from error
    except msgspec.DecodeError as error:
        try:
            return json.loads(text)
        except ValueError:
            raise error from None


def _lines(text: str, error: ValueError) -> tuple[list[Any], str | None]:
    """Read an object a line; what comes with them names the lines that are not JSON."""
    values: list[Any] = []
    broken: list[str] = []
    for at, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            values.append(_decoded(line))
        except ValueError as reason:
            broken.append(f"line {at} is not JSON: {reason}")
    if not broken:
        return values, None
    objects = sum(isinstance(value, Mapping) for value in values)
    if objects <= len(broken):
        # No file of lines, or hardly one.
        raise Unreadable("broken", broken[0] if objects else f"it is not JSON: {error}") from error
    more = len(broken) - _NAMED
    return values, "; ".join(broken[:_NAMED]) + (f"; and {more} more" if more > 0 else "")


def _asks(rows: list[list[str]]) -> bool:
    """Whether the first cells of a table without known columns are questions."""
    questions = sum(re.search(_ASKING, row[0].strip(), re.IGNORECASE) is not None for row in rows)
    return questions * 2 >= len(rows)


def _table(rows: list[list[str]], name: str) -> Document:
    header, *others = rows
    if len(header) < _COLUMNS or not others:
        raise Unreadable("no questions", _MISSING)
    lines = []
    for row in others:
        cells = zip(header, row, strict=False)
        named = (
            f"{head.strip()}: {cell.strip()}".lstrip(": ") for head, cell in cells if cell.strip()
        )
        lines.append(" | ".join(named))
    return Document(title=name, sections=(Section(text="\n".join(map(whole, lines))),))


def _columns(header: list[str]) -> dict[str, int]:
    columns: dict[str, int] = {}
    words = [cell.strip().casefold() for cell in header]
    for name, names in (("question", _QUESTION), ("answer", _ANSWER), ("link", _LINK)):
        exact = [at for at, word in enumerate(words) if word in names]
        named = [
            at
            for at, word in enumerate(words)
            if len(word) <= _LONGEST_NAME
            and word[-1:] not in {"?", "."}
            and any(part in word for part in _IN_NAMES[name])
        ]
        if exact or named:
            columns[name] = (exact or named)[0]
    both = columns.get("question"), columns.get("answer")
    return columns if None not in both and both[0] != both[1] else {}


def _pairs(value: Any, depth: int = 0) -> Iterator[QuestionAnswer | None]:
    """Read the questions and answers in a value, however deep they stand."""
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for one in value:
            yield from _pairs(one, depth + 1)
    elif isinstance(value, Mapping):
        pair = _pair(value)
        if pair is not None:
            yield pair
        elif value and all(isinstance(one, str) for one in value.values()):
            if _are_questions(value, depth):
                yield from (_pair({"question": q, "answer": a}) for q, a in value.items())
        else:
            for one in value.values():
                yield from _pairs(one, depth + 1)


def _are_questions(value: Mapping[str, Any], depth: int) -> bool:
    """Whether an object's names are questions: inside of others most must look like one."""
    if any(name.startswith(("@", "$")) for name in value):
        return False
    alike = sum(" " in name.strip() or name.endswith("?") for name in value)
    return not depth or alike * 2 > len(value)


def _pair(entry: Mapping[str, Any]) -> QuestionAnswer | None:
    members = {str(name).strip().casefold(): value for name, value in entry.items()}
    is_question = members.get("@type") == "Question"
    question = _member(members, (*_QUESTION, "name") if is_question else _QUESTION, " / ")
    answer = _member(members, _ANSWER)
    if not question or not answer:
        return None
    attributes = members.get("attributes")
    link = _member(members, _LINK)
    if not link and isinstance(attributes, Mapping):
        link = _member(attributes, _LINK)
    return QuestionAnswer(
        question=without_tags(question), answer=without_tags(answer), link=link or None
    )


def _member(members: Mapping[str, Any], names: Iterable[str], joint: str = "\n") -> str:
    for name in names:
        if text := _text(members.get(name), joint):
            return text
    return ""


def _text(value: Any, joint: str) -> str:
    """Give a text, the texts of a list, or those of answers as schema.org writes them."""
    if isinstance(value, str):
        return whole(value).strip()
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, Mapping):
        return _text(value.get("text"), joint)
    if isinstance(value, list):
        return joint.join(text for one in value if (text := _text(one, joint)))
    return ""


def _document(pairs: Iterable[QuestionAnswer | None], name: str) -> Document:
    questions = tuple(pair for pair in pairs if pair is not None)
    if not questions:
        raise Unreadable("no questions", _MISSING)
    return Document(title=name, questions=questions)
