"""Word's DOCX: paragraphs and tables beneath their headings."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Final

from daehwa.documents.encodings import normalized
from daehwa.documents.errors import Unreadable
from daehwa.documents.outline import Outline
from daehwa.documents.values import Document

_MOST_BYTES: Final = 200 * 2**20
"""Of all that is packed in the file, unpacked."""
_LEVEL: Final = re.compile(r"(?:heading|제목)\s*(\d)", re.IGNORECASE)


def read_word(data: bytes, name: str) -> Document:
    """The document of a DOCX file.

    Raises:
        Unreadable: it is encrypted or broken, or unpacks into too much.
    """
    from docx import Document as open_word  # noqa: N813, PLC0415 - for those who index
    from docx.table import Table  # noqa: PLC0415

    _check_archive(data)
    outline = Outline()
    try:
        word = open_word(io.BytesIO(data))
        title = normalized(word.core_properties.title or "").strip()
        for block in word.iter_inner_content():
            if isinstance(block, Table):
                for row in block.rows:
                    cells = dict.fromkeys(cell.text.strip() for cell in row.cells)
                    outline.add(normalized(" | ".join(cells)).replace("\n", " "))
                outline.add("")
                continue
            text = normalized(block.text).strip()
            style = (block.style.name if block.style is not None else "") or ""
            level = 1 if style == "Title" else _level(style)
            if level:
                outline.begin(level, text)
            else:
                outline.add(text)
    except Exception as error:  # a broken file raises whatever its breach leads to
        raise Unreadable("broken", f"it is no Word document that can be read: {error}") from error
    return outline.document(title or name, titled=bool(title))


def _level(style: str) -> int:
    level = _LEVEL.match(style)
    return int(level[1]) if level else 0


def _check_archive(data: bytes) -> None:
    """Make sure that the file is an archive that does not unpack into more than it should."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable("encrypted", "it is encrypted, or of Word before 2007: save it as DOCX")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
            if unpacked > _MOST_BYTES:
                raise Unreadable("too large", f"it unpacks into {unpacked / 2**20:.0f} MB")
            if archive.testzip() is not None:
                raise Unreadable("broken", "a part of it is broken: save it anew")
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise Unreadable("broken", f"it is no Word document: {error}") from error
