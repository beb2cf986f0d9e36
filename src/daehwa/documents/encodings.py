"""Text out of bytes: UTF-8, UTF-16 and UTF-32, the encoding a page names, Korean CP949, Japanese.

All text is brought to NFC, so that Hangul in the decomposed form that some systems write is
the Hangul that people type.
"""

from __future__ import annotations

import codecs
import unicodedata

from daehwa.documents.errors import Unreadable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = frozenset(map(chr, {*range(32)} - {9, 10, 12, 13}))
_BLANKS = str.maketrans(dict.fromkeys(_CONTROLS, " "))
_UNSEEN = dict.fromkeys((0xAD, 0x200B, 0x2060, 0xFEFF))
# Text that was copied out of a program has a few control characters; more are a program's own.
_FEW_CONTROLS = 0.01
_SOME = 8
# Of the bytes of a text in UTF-16 this much at least belongs to blanks and other ASCII.
_BLANK_SHARE = 0.05
# A few of the other letters have a zero, too.
_BLANKS_TO_OTHERS = 2
# In text that is Japanese, this much of what is not ASCII is kana, and some of them have the bytes
# of jamo that nobody has used for centuries. Half-width kana have those of Hangul.
_KANA_SHARE, _HALF_WIDTH, _NO_JAMO = 0.35, 0.1, 2
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
    if b"\0" in data[:4096] and (text := _without_mark(data)) is not None:
        return normalized(text)
    for name in ("utf-8", _alias(named)):
        text = None if name is None else _decoded(data, name)
        if text is not None:
            return _checked(text)
    for name in ("cp932", "euc_jp"):
        japanese = _decoded(data, name)
        if japanese is not None and _looks_japanese(japanese):
            return _checked(japanese)
    korean = _decoded(data, "cp949")
    if korean is not None and _looks_korean(korean):
        return _checked(korean)
    western = _decoded(data, "cp1252")
    if western is None:
        raise Unreadable("unknown encoding", "its encoding is not known: save it as UTF-8")
    return _checked(western)


def normalized(text: str) -> str:
    """Text in NFC, with one kind of line end, and without what nobody sees."""
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    return visible(lines)


def visible(text: str) -> str:
    """Text without soft hyphens and the like, which part words for the search alone."""
    return text.translate(_UNSEEN)


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


def _without_mark(data: bytes) -> str | None:
    """Read UTF-16 that lacks its mark: every other byte of a space or a line's end is zero."""
    zeros = data[1::2].count(0), data[::2].count(0)
    text = _decoded(data, "utf-16-le" if zeros[0] >= zeros[1] else "utf-16-be")
    blanks = max(zeros) - _BLANKS_TO_OTHERS * min(zeros)
    if text is None or blanks < _BLANK_SHARE * len(data) or _CONTROLS & set(text):
        return None
    return text


def whole(text: str) -> str:
    """A text without halves of letters, which can neither be stored nor sent."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "ignore")


def _looks_korean(text: str) -> bool:
    others = [char for char in text if not char.isascii()]
    korean = sum(
        "가" <= char <= "힣" or "\u3000" <= char <= "\u318f" or "一" <= char <= "鿿"
        for char in others
    )
    return bool(others) and korean >= _KOREAN_SHARE * len(others)


def _looks_japanese(text: str) -> bool:
    others = [char for char in text if not char.isascii()]
    kana = [char for char in others if "\u3041" <= char <= "\u30fa"]
    unlike_jamo = {char for char in kana if "ふ" <= char <= "ん"}
    if len(kana) < _KANA_SHARE * len(others) or len(unlike_jamo) < _NO_JAMO:
        return False
    half = sum("\uff61" <= char <= "\uff9f" for char in others)
    return half < _HALF_WIDTH * len(others)


def _checked(text: str) -> str:
    start = text[:4096]
    controls = sum(map(start.count, _CONTROLS & set(start)))
    if "\0" in start or controls > _FEW_CONTROLS * len(start) + _SOME:
        raise Unreadable("unknown encoding", "it holds bytes that are not text")
    return normalized(text.translate(_BLANKS))
