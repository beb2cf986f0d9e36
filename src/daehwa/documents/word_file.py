"""Word's DOCX: paragraphs and tables beneath their headings.

Content controls, text boxes and notes are read, and tracked changes as if they were accepted.
Source: ECMA-376, part 1, WordprocessingML.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from typing import Any, Final

from daehwa.documents.encodings import normalized
from daehwa.documents.errors import Unreadable
from daehwa.documents.outline import Outline
from daehwa.documents.values import Document

_MOST_BYTES: Final = 200 * 2**20
"""Of all that is packed in the file, unpacked."""
_WORD: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
# Blocks that only hold others.
_TRANSPARENT: Final = frozenset({"sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"})
# What was deleted, what a program computes, and what stands in for those that know no boxes.
_NOT_READ: Final = frozenset({"del", "moveFrom", "instrText", "Fallback", "pPr", "rPr", "sdtPr"})
_MARKS: Final = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
Element = Any  # lxml's, which has no types
_LEVEL: Final = re.compile(r"(?:heading|제목)\s*(\d)", re.IGNORECASE)


def read_word(data: bytes, name: str) -> Document:
    """The document of a DOCX file.

    Raises:
        Unreadable: it is encrypted or broken, or unpacks into too much.
    """
    from docx import Document as open_word  # noqa: N813, PLC0415 - for those who index

    _check_archive(data)
    outline = Outline()
    try:
        word = open_word(io.BytesIO(data))
        title = normalized(word.core_properties.title or "").strip()
        styles = {style.style_id: style.name or "" for style in word.styles}
        reading = _Reading(outline, styles, _notes(word.part.rels.values()))
        reading.read(word.element.body)
    except Exception as error:  # a broken file raises whatever its breach leads to
        raise Unreadable(
            "broken", f"it is not a Word document that can be read: {error}"
        ) from error
    return outline.document(title or name, titled=bool(title))


class _Reading:
    """Reads the elements of a document in their order."""

    def __init__(
        self, outline: Outline, styles: Mapping[str, str], notes: Mapping[str, str]
    ) -> None:
        self._outline = outline
        self._styles = styles
        self._notes = notes

    def read(self, parent: Element) -> None:
        """Read the blocks of a body, of a content control, of a text box."""
        for block in parent:
            name = _name(block)
            if name == "p":
                self._read_paragraph(block)
            elif name == "tbl":
                self._read_table(block)
            elif name in _TRANSPARENT:
                self.read(block)

    def _read_paragraph(self, paragraph: Element) -> None:
        words = _Words()
        words.read(paragraph)
        text = normalized("".join(words.parts)).strip()
        style = self._styles.get(_style(paragraph), "")
        level = 1 if style == "Title" else _level(style)
        if level:
            self._outline.begin(level, text)
        else:
            self._outline.add(text)
        for box in words.boxes:
            self.read(box)
        for note in words.notes:
            if note in self._notes:
                self._outline.add(self._notes[note])

    def _read_table(self, table: Element) -> None:
        for row in table.iter(f"{{{_WORD}}}tr"):
            cells = [_inner(cell) for cell in row if _name(cell) in {"tc", "sdt"}]
            self._outline.add(" | ".join(filter(None, cells)))
        self._outline.add("")


class _Words:
    """The text of a paragraph, and what hangs on it."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.boxes: list[Element] = []
        self.notes: list[str] = []

    def read(self, parent: Element) -> None:
        for node in parent:
            name = _name(node)
            if name == "t":
                self.parts.append(node.text or "")
            elif name in _MARKS:
                self.parts.append(_MARKS[name])
            elif name == "txbxContent":
                self.boxes.append(node)
            elif name in {"footnoteReference", "endnoteReference"}:
                self.notes.append(f"{name[:-9]} {node.get(f'{{{_WORD}}}id')}")
            elif name not in _NOT_READ:
                self.read(node)


def _inner(cell: Element) -> str:
    """The text of a cell in one line; tables inside have lines of their own."""
    texts = []
    for paragraph in cell.iter(f"{{{_WORD}}}p"):
        row = next(paragraph.iterancestors(f"{{{_WORD}}}tr"))
        if row is cell.getparent():
            words = _Words()
            words.read(paragraph)
            texts.append(normalized("".join(words.parts)).replace("\n", " ").strip())
    return " ".join(filter(None, texts))


def _notes(relationships: Iterable[Any]) -> dict[str, str]:
    """The texts of footnotes and endnotes, by their kind and id."""
    from docx.oxml import parse_xml  # noqa: PLC0415 - for those who index

    texts: dict[str, str] = {}
    for each in relationships:
        kind = each.reltype.rpartition("/")[2]
        if each.is_external or kind not in {"footnotes", "endnotes"}:
            continue
        for note in parse_xml(each.target_part.blob):
            words = _Words()
            words.read(note)
            texts[f"{kind[:-1]} {note.get(f'{{{_WORD}}}id')}"] = normalized(
                "".join(words.parts)
            ).strip()
    return texts


def _name(node: Element) -> str:
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def _style(paragraph: Element) -> str:
    style = paragraph.find(f"{{{_WORD}}}pPr/{{{_WORD}}}pStyle")
    return "" if style is None else str(style.get(f"{{{_WORD}}}val"))


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
            if "[Content_Types].xml" not in archive.namelist():
                raise Unreadable("broken", "it is an archive, but not a Word document")
            if archive.testzip() is not None:
                raise Unreadable("broken", "a part of it is broken: open it and save it again")
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise Unreadable("broken", f"it is not a Word document: {error}") from error
