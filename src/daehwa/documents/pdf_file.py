"""PDF: the text of each page. Scanned pages hold none: there is no recognition of pictures."""

from __future__ import annotations

import io
import logging
import re
import unicodedata
from typing import Final

from daehwa.documents.encodings import normalized
from daehwa.documents.errors import Unreadable
from daehwa.documents.values import Document, Section

_MOST_PAGES: Final = 5000
_LEAST_LETTERS: Final = 12
_ENDS: Final = re.compile(r"[.!?。:;]\s*$")
_LIGATURES: Final = re.compile("[\ufb00-\ufb06]")
_WRAPPED: Final = 20  # characters; a shorter line is a heading or a cell, and stands alone


def read_pdf(data: bytes, name: str) -> Document:
    """The document of a PDF, with a section for each page.

    Raises:
        Unreadable: it is encrypted, broken, too long, or holds no text.
    """
    from pypdf import PdfReader  # noqa: PLC0415 - for those who index
    from pypdf.errors import DependencyError, FileNotDecryptedError  # noqa: PLC0415

    # What it thinks of a file's breaches is no news to whoever indexes.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(data))
        unlocked = not reader.is_encrypted or bool(reader.decrypt(""))
        count = len(reader.pages) if unlocked else 0
        texts = [page.extract_text() for page in reader.pages] if 0 < count <= _MOST_PAGES else []
        title = (reader.metadata.title if unlocked and reader.metadata else None) or name
    except (DependencyError, FileNotDecryptedError):
        unlocked, count, texts, title = False, 0, [], name
    except Exception as error:  # a broken file raises whatever its breach leads to
        raise Unreadable("broken", f"it is not a PDF that can be read: {error}") from error
    if not unlocked:
        raise Unreadable("encrypted", "it is encrypted: save it without a password")
    if count > _MOST_PAGES:
        raise Unreadable("too large", f"it has more than {_MOST_PAGES} pages")
    pages = [_LIGATURES.sub(_spelled, normalized(text)) for text in texts]
    if sum(char.isalnum() for page in pages for char in page) < _LEAST_LETTERS:
        raise Unreadable(
            "no text", "its pages are pictures: run text recognition (OCR) over it first"
        )
    return Document(
        title=normalized(title).strip() or name,
        sections=tuple(
            Section(text=text, anchor=f"#page={number}")
            for number, page in enumerate(pages, start=1)
            if (text := _joined(page))
        ),
    )


def _spelled(ligature: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", ligature[0])


def _joined(page: str) -> str:
    """A page's text with the lines of a sentence joined."""
    lines: list[str] = []
    for raw in page.split("\n"):
        line = " ".join(raw.split())
        goes_on = bool(lines) and len(lines[-1]) > _WRAPPED and not _ENDS.search(lines[-1])
        if line and goes_on:
            lines[-1] += " " + line
        else:
            lines.append(line)
    return "\n".join(lines).strip()
