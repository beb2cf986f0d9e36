"""Markdown: text beneath its headings, as CommonMark reads it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from daehwa.documents.outline import Outline
from daehwa.documents.values import Document

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT_MATTER = re.compile(r"\A(?:---\n(.*?)\n(?:---|\.\.\.)|\+\+\+\n(.*?)\n\+\+\+)\n", re.DOTALL)
_TITLE = re.compile(r"^title\s*[:=]\s*[\"']?(.+?)[\"']?\s*$", re.MULTILINE)
_TAGS = re.compile(r"<!--.*?-->|<[^>]+>", re.DOTALL)
_NOT_IN_ANCHORS = re.compile(r"[^\w\- ]")


def read_markdown(text: str, name: str) -> Document:
    """The document of Markdown ``text``; ``name`` is its title where it has none."""
    from markdown_it import MarkdownIt  # noqa: PLC0415 - for those who index

    front = _FRONT_MATTER.match(text)
    title = _TITLE.search(front[1] or front[2] or "") if front else None
    body = text[front.end() :] if front else text
    outline = Outline()
    parser = MarkdownIt("commonmark").enable("table")
    for kind, level, words in _blocks(parser.parse(body)):
        if kind == "heading":
            outline.begin(level, words, anchor=_anchor(words))
        else:
            outline.add(words)
    return outline.document(title[1] if title else name, titled=title is not None)


def _blocks(tokens: list[Token]) -> Iterator[tuple[str, int, str]]:
    """Headings, and lines of text, in order."""
    heading = 0
    row: list[str] | None = None
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            heading = int(token.tag[1:]) if token.nesting > 0 else 0
        elif token.type == "tr_open":
            row = []
        elif token.type == "tr_close":
            yield "text", 0, " | ".join(row or ())
            row = None
        elif token.type == "inline" and row is not None:
            row.append(_words(token))
        elif token.type == "inline":
            yield "heading" if heading else "text", heading, _words(token)
        else:
            yield from (("text", 0, line) for line in _apart(token))


def _apart(token: Token) -> Iterator[str]:
    """The lines of code and of HTML, and the empty one at a paragraph's end."""
    if token.type in {"fence", "code_block"}:
        yield token.content.strip()
    elif token.type == "html_block":
        yield _TAGS.sub(" ", token.content).strip()
    elif token.type in {"paragraph_close", "bullet_list_close", "table_close"}:
        yield ""


def _words(token: Token) -> str:
    parts = []
    for child in token.children or ():
        if child.type in {"text", "code_inline", "image"}:
            parts.append(child.content)
        elif child.type in {"softbreak", "hardbreak"}:
            parts.append(" ")
    return "".join(parts).strip()


def _anchor(heading: str) -> str:
    """The anchor that GitHub and most renderers give a heading."""
    return "#" + _NOT_IN_ANCHORS.sub("", heading.lower()).strip().replace(" ", "-")
