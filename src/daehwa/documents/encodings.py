"""Text out of bytes: UTF-8, UTF-16 with its mark, the encoding a page names, Korean CP949.

All text is brought to NFC, so that Hangul in the decomposed form that some systems write is
the Hangul that people type.
"""

from __future__ import annotations

import codecs
import unicodedata

from daehwa.documents.errors import Unreadable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = frozenset(map(chr, {*range(32)} - {9, 10, 12, 13}))
# In text that is Korean, this much of what is not ASCII is Hangul, Hanja or Korean marks.
_KOREAN_SHARE = 0.7


def decode(data: bytes, named: str | None = None) -> str:
    """The text of ``data``; ``named`` is the encoding that the document itself names.

    Raises:
        Unreadable: it is not text, or in an encoding that is none of these.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return normalized(_decoded(data, encoding) or "")
    for name in ("utf-8", _alias(named)):
        text = None if name is None else _decoded(data, name)
        if text is not None:
            return _checked(text)
    korean = _decoded(data, "cp949")
    if korean is not None and _looks_korean(korean):
        return _checked(korean)
    western = _decoded(data, "cp1252")
    if western is None:
        raise Unreadable("unknown encoding", "its encoding is not known: save it as UTF-8")
    return _checked(western)


def normalized(text: str) -> str:
    """Text in NFC, with one kind of line end."""
    return unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")


def _alias(named: str | None) -> str | None:
    """A named encoding as Python knows it; Korean pages that name EUC-KR hold CP949."""
    if named is None:
        return None
    try:
        name = codecs.lookup(named.strip("\"' ")).name
    except LookupError:
        return None
    return "cp949" if name in {"euc_kr", "ksc5601"} else name


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _looks_korean(text: str) -> bool:
    others = [char for char in text if not char.isascii()]
    korean = sum(
        "가" <= char <= "힣" or "\u3000" <= char <= "\u318f" or "一" <= char <= "鿿"
        for char in others
    )
    return bool(others) and korean >= _KOREAN_SHARE * len(others)


def _checked(text: str) -> str:
    if _CONTROLS & set(text[:4096]):
        raise Unreadable("unknown encoding", "it holds bytes that are no text")
    return normalized(text)
