"""A file read, by its kind: the name's ending says which, the content whether that is true."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from daehwa.documents.encodings import decode
from daehwa.documents.errors import Unreadable
from daehwa.documents.html_file import read_html
from daehwa.documents.markdown_file import read_markdown
from daehwa.documents.pdf_file import read_pdf
from daehwa.documents.question_file import read_json, read_table
from daehwa.documents.values import Document, Section
from daehwa.documents.web_archive import read_web_archive
from daehwa.documents.word_file import read_word

MAX_BYTES: Final = 50 * 2**20
"""Of a file; Kendra's own bound for one."""

MAX_CHARACTERS: Final = 5_000_000
"""Of the text in a file; Kendra's bound is 5 MB."""

_Reader = Callable[[bytes, str], Document]


def _of_text(read: Callable[[str, str], Document]) -> _Reader:
    return lambda data, name: read(decode(data), name)


def _read_plain(text: str, name: str) -> Document:
    if text[:100].lstrip().lower().startswith(("<!doctype html", "<html")):
        return read_html(text.encode(), name)
    return Document(title=name, sections=(Section(text=text.strip()),) if text.strip() else ())


READERS: Final[Mapping[str, _Reader]] = {
    ".md": _of_text(read_markdown),
    ".markdown": _of_text(read_markdown),
    ".html": read_html,
    ".htm": read_html,
    ".xhtml": read_html,
    ".mhtml": read_web_archive,
    ".mht": read_web_archive,
    ".pdf": read_pdf,
    ".docx": read_word,
    ".txt": _of_text(_read_plain),
    ".text": _of_text(_read_plain),
    ".csv": _of_text(read_table),
    ".tsv": _of_text(read_table),
    ".json": _of_text(read_json),
    ".jsonl": _of_text(read_json),
}
"""How each kind of file is read, by the ending of its name."""


def read_file(path: Path) -> tuple[Document, bytes]:
    """The document in a file, and the file's bytes.

    Raises:
        Unreadable: it cannot be read; the message says why.
    """
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise Unreadable(
                "too large", f"it has {size / 2**20:.0f} MB; at most {MAX_BYTES >> 20} MB are read"
            )
        if not path.is_file():
            raise Unreadable("unknown kind", "it is not a regular file")
        data = path.read_bytes()
    except FileNotFoundError:
        raise Unreadable("gone", "it does not exist") from None
    except PermissionError:
        raise Unreadable("permission", "it may not be read by this user") from None
    except OSError as error:
        raise Unreadable("broken", f"it cannot be read: {error.strerror}") from error
    return read_bytes(data, path.name), data


def read_bytes(data: bytes, name: str) -> Document:
    """The document in a file's bytes; the ending of ``name`` says of which kind they are.

    Raises:
        Unreadable: it cannot be read; the message says why.
    """
    name = unicodedata.normalize("NFC", name)
    ending = Path(name).suffix.lower()
    reader = READERS.get(ending)
    if reader is None:
        kinds = " ".join(READERS)
        raise Unreadable("unknown kind", f"{ending or 'it'} is not read; these are: {kinds}")
    if not data.strip():
        raise Unreadable("empty", "it is empty")
    document = reader(data, Path(name).stem)
    if document.characters > MAX_CHARACTERS:
        raise Unreadable("too large", f"it holds {document.characters:,} characters of text")
    if not document.characters:
        raise Unreadable("no text", "it holds no text")
    return document
