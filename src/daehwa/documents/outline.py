"""An outline in the making: headings open sections, text goes into the last one."""

from __future__ import annotations

from daehwa.documents.values import Document, Section


class Outline:
    """Collects headings and text in the order in which a document has them."""

    def __init__(self) -> None:
        self._headings: list[tuple[int, str]] = []
        self._lines: list[str] = []
        self._anchor: str | None = None
        self._sections: list[Section] = []
        self._title: str | None = None

    def begin(self, level: int, heading: str, *, anchor: str | None = None) -> None:
        """Open the section of a heading; 1 is the outermost level."""
        if not heading:
            return
        self._end()
        if self._title is None and level == 1:
            self._title = heading
        self._headings = [one for one in self._headings if one[0] < level] + [(level, heading)]
        self._anchor = anchor

    def add(self, line: str) -> None:
        """Add a line of text; an empty one ends a paragraph."""
        if line or (self._lines and self._lines[-1]):
            self._lines.append(line)

    def document(self, name: str, *, titled: bool = False) -> Document:
        """The whole; its title is ``name`` if ``titled``, else its first heading, else ``name``."""
        self._end()
        title = name if titled or self._title is None else self._title
        return Document(title=title, sections=tuple(self._sections))

    def _end(self) -> None:
        text = "\n".join(self._lines).strip()
        self._lines = []
        if text:
            headings = tuple(heading for _, heading in self._headings)
            self._sections.append(Section(headings=headings, text=text, anchor=self._anchor))
