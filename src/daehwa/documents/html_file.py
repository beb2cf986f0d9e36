"""HTML: what a page says to its readers, without navigation, scripts and forms."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from daehwa.documents.encodings import decode, visible
from daehwa.documents.outline import Outline
from daehwa.documents.values import Document

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_CHARSET: Final = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w\-]+)", re.IGNORECASE)
_NOT_READ: Final = (
    "script, style, noscript, template, svg, canvas, iframe, object, nav, footer, aside, input, "
    "textarea, button, select, dialog, [hidden], [aria-hidden=true], [role=navigation], "
    "[role=banner], "
    "[role=contentinfo], [style*='display:none' i], [style*='display: none' i]"
)
_BLOCKS: Final = frozenset(
    (
        *("address", "article", "blockquote", "body", "br", "dd", "details", "div", "dl", "dt"),
        *("figcaption", "figure", "header", "hr", "li", "main", "ol", "p", "pre", "section"),
        *("summary", "table", "tbody", "tfoot", "thead", "tr", "ul"),
    )
)
_HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
_SPACES: Final = re.compile(r"\s+")
_TAG: Final = (
    r"</(?:p|b|i|a|em|strong|span|div|ul|ol|li|td|h\d)>|<br\s*/?>|&(?:nbsp|amp|lt|gt|quot|#\d+);"
)


def read_html(data: bytes, name: str, *, encoding: str | None = None) -> Document:
    """The document of a page; its ``title`` is the title, else its first heading, else ``name``.

    ``encoding`` is what names it around the page; the page's own word for it comes first.

    Raises:
        Unreadable: it is not text.
    """
    from selectolax.lexbor import LexborHTMLParser  # noqa: PLC0415 - for those who index

    named = _CHARSET.search(data[:4096])
    parser = LexborHTMLParser(decode(data, named[1].decode() if named else encoding))
    title = parser.css_first("title")
    words = _SPACES.sub(" ", title.text()).strip() if title is not None else ""
    for node in parser.css(_NOT_READ):
        node.decompose()
    for form in parser.css("form"):
        # Some servers put a whole page into a form.
        if not form.css_first("p, h1, h2, h3, h4, li, td"):
            form.decompose()
    walk = _Walk()
    if (root := _content(parser)) is not None:
        walk.read(root)
    walk.end_line()
    return walk.outline.document(words or name, titled=bool(words))


def _content(parser: LexborHTMLParser) -> LexborNode | None:
    """The element that holds what the page is about: a marked one, if it is the only one."""
    for name in ("main", "article"):
        marked = parser.css(name)
        if len(marked) == 1 and marked[0].text().strip():
            return marked[0]
    return parser.body


def without_tags(text: str) -> str:
    """A text without HTML's tags and entities, which editors of questions leave in answers."""
    if not re.search(_TAG, text):
        return text
    sections = read_html(text.encode(), "").sections
    lines = [line for section in sections for line in (*section.headings[-1:], section.text)]
    return "\n".join(line for line in lines if line).strip() or text


class _Walk:
    """Reads a tree in its order, without recursion: pages nest as deep as they like."""

    def __init__(self) -> None:
        self.outline = Outline()
        self._line: list[str] = []

    def read(self, root: LexborNode) -> None:
        pending: list[tuple[LexborNode, bool]] = [(root, False)]
        while pending:
            node, leaving = pending.pop()
            tag = node.tag or ""
            if tag == "-text":
                self._line.append(node.text_content or "")
            elif tag in _HEADINGS:
                self.end_line()
                heading = _SPACES.sub(" ", node.text()).strip()
                anchor = node.attributes.get("id")
                self.outline.begin(_HEADINGS[tag], heading, anchor=f"#{anchor}" if anchor else None)
            elif leaving:
                self._leave(tag)
            elif tag and not tag.startswith(("-", "!", "_")):
                if tag in _BLOCKS:
                    self.end_line()
                pending.append((node, True))
                pending += [(child, False) for child in reversed(list(_children(node)))]

    def end_line(self) -> None:
        """End the line that is being read."""
        line = _SPACES.sub(" ", visible("".join(self._line))).strip().strip("|").strip()
        self._line = []
        if line:
            self.outline.add(line)

    def _leave(self, tag: str) -> None:
        if tag in {"td", "th"}:
            self._line.append(" | ")
        elif tag in _BLOCKS:
            self.end_line()
            if tag in {"p", "ul", "ol", "table"}:
                self.outline.add("")


def _children(node: LexborNode) -> list[LexborNode]:
    return list(node.iter(include_text=True))
