"""Texts made comparable: one written form for what people would call the same words."""

from __future__ import annotations

import re
import unicodedata

_APOSTROPHES = str.maketrans("", "", "'’‘`")
# The vowels of Hindi are signs on its letters, which ``\w`` leaves out.
_NOT_WORDS = re.compile(r"(?:[^\w\u0900-\u0963\u0971-\u097f]|_)+")
_UNSPACED = re.compile(
    r"[\u0e00-\u0e7f\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u3400-\u9fff\uac00-\ud7a3]"
)


def normalise(text: str) -> str:
    """``text`` in compatibility form (NFKC), case folded, its words apart by one space.

    Punctuation and symbols part words and vanish, apostrophes only vanish (``don't`` is
    ``dont``). A text of nothing but symbols is kept as it is, so that it can still be a
    sample's own.
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    words = _NOT_WORDS.sub(" ", folded.translate(_APOSTROPHES)).strip()
    return words or folded.strip()


def exact_key(normalised: str) -> str:
    """What two normalised texts share when they are the same utterance.

    Spacing does not count where writers are free with it (Korean, Japanese, Chinese, Thai):
    ``예약 해줘`` is ``예약해줘``.
    """
    return normalised.replace(" ", "") if _UNSPACED.search(normalised) else normalised


_HUMPS = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[\W_]+")
_SHORTEST_NAME = 4


def words(name: str) -> str:
    """An intent's name as words (``BookHotelIntent``: ``book hotel``); empty if it is a code.

    Names with digits in them say little of what people say.
    """
    parts = [part for part in _HUMPS.split(name) if part and part.casefold() != "intent"]
    title = " ".join(parts).casefold()
    hangul = any("\uac00" <= letter <= "\ud7a3" for letter in title)
    if any(letter.isdigit() for letter in title) or len(title) < (2 if hangul else _SHORTEST_NAME):
        return ""
    return title
