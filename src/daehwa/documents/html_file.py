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
# Of a list's letters those inside links, where it holds nothing else; its least links; the letters
# that a page has besides them (one of links alone is read as it is); lists that are looked at.
_ALL: Final = 0.9
_SEVERAL: Final = 2
_SOME: Final = 40
_MANY: Final = 1000
# A page of the same site: no other site, no place on this page, no file to fetch.
_PAGE: Final = re.compile(
    r"(?![\w+.\-]+:|//|#)(?!.*\.(?:pdf|docx?|xlsx?|pptx?|hwpx?|zip|csv|txt)\b).", re.IGNORECASE
)
_TAG: Final = (
    r"</(?:p|b|i|a|em|strong|span|div|ul|ol|li|td|h\d)>|<br\s*/?>|&(?:nbsp|amp|lt|gt|quot|#\d+);"
)


def read_html(
    data: bytes, name: str, *, encoding: str | None = None, whole: bool = True
) -> Document:
    """The document of a page; its ``title`` is the title, else its first heading, else ``name``.

    ``encoding`` is what names it around the page; the page's own word for it comes first. A part of
    a page (not ``whole``) keeps all its links.

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
        if whole:
            _drop_related(root)
        walk.read(root)
    walk.end_line()
    return walk.outline.document(words or _first_heading(parser) or name, titled=bool(words))


def _first_heading(parser: LexborHTMLParser) -> str:
    """The page's heading, which may stand outside of the element that holds its text."""
    heading = parser.css_first("h1") or parser.css_first("h2")
    return _SPACES.sub(" ", heading.text()).strip() if heading is not None else ""


def _drop_related(root: LexborNode) -> None:
    """Take lists of nothing but the site's other pages from a page that has text of its own.

    Related articles, last seen, see also: their words are other pages' titles, and match a question
    better than its answer does.
    """
    lists = root.css("ul, ol")
    if len(lists) > _MANY:
        return
    related = [node for node in lists if not _in_a_list(node) and _only_pages(node)]
    if _letters(root) - sum(map(_letters, related)) >= _SOME:
        for node in related:
            node.decompose()


def _only_pages(node: LexborNode) -> bool:
    """Whether a list's words are all links to pages of the same site, several of them."""
    linked = [link for link in node.css("a[href]") if _PAGE.match(link.attributes["href"] or "")]
    letters = _letters(node)
    return len(linked) >= _SEVERAL and sum(map(_letters, linked)) >= _ALL * letters > 0


def _in_a_list(node: LexborNode) -> bool:
    parent = node.parent
    while parent is not None and parent.tag not in {"ul", "ol"}:
        parent = parent.parent
    return parent is not None


def _letters(node: LexborNode) -> int:
    return len(_SPACES.sub("", node.text()))


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
    sections = read_html(text.encode(), "", whole=False).sections
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
