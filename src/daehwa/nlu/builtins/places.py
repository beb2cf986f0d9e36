"""The open types: City, Country, State, StreetName, FirstName, LastName.

Lex takes any name for them and gives it back as said. Lists of well-known ones help to spot
them inside a sentence; a reply is believed when it is a short plausible phrase.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from daehwa.nlu.builtins import confirmation, gazetteer_en, gazetteer_ko
from daehwa.nlu.builtins.carriers import bare
from daehwa.nlu.builtins.endings import ends_well
from daehwa.nlu.builtins.found import Found, Setting
from daehwa.nlu.builtins.lexicon import Lexicon
from daehwa.nlu.builtins.text import Text, is_hangul


class OpenType(msgspec.Struct, frozen=True, kw_only=True):
    """An open type: what is known of it, and how much a reply may say.

    ``words`` is the greatest number of words of a value, ``digits`` whether it may have
    any; ``resolves`` whether a known value is its own resolution (Lex resolves places, and
    leaves the resolutions of names empty).
    """

    known: Lexicon[str]
    words: int
    digits: bool = False
    resolves: bool = True


def _open(
    english: list[str],
    korean: list[str],
    *,
    words: int = 4,
    resolves: bool = True,
    digits: bool = False,
) -> OpenType:
    return OpenType(
        known=Lexicon({name: name for name in (*english, *korean)}),
        words=words,
        digits=digits,
        resolves=resolves,
    )


_FULL_NAMES = [
    f"{family}{given}"
    for family in gazetteer_ko.SURNAMES[:40]
    for given in gazetteer_ko.GIVEN_NAMES
]

TYPES: dict[str, OpenType] = {
    "City": _open(gazetteer_en.CITIES, gazetteer_ko.CITIES),
    "Country": _open(gazetteer_en.COUNTRIES, gazetteer_ko.COUNTRIES, words=5),
    "State": _open(gazetteer_en.STATES, gazetteer_ko.STATES),
    "FirstName": _open(
        gazetteer_en.FIRST_NAMES, [*gazetteer_ko.GIVEN_NAMES, *_FULL_NAMES], words=3, resolves=False
    ),
    "LastName": _open(gazetteer_en.LAST_NAMES, gazetteer_ko.SURNAMES[:40], words=3, resolves=False),
    "StreetName": _open([], [], words=6, digits=True, resolves=False),
}
_STREET_TAILS_KO = ("로", "길", "대로", "번길")
# Words that show a reply to be a sentence about something else.
_SENTENCE = frozenset(
    ["what", "when", "where", "who", "why", "how", "which", "can", "could", "would", "should", "do", "does", "did", "is", "are", "was", "were", "will", "tell", "show", "help", "cancel", "stop", "want", "need", "have", "please", "don't"]
)
_SENTENCE_KO = (
    "까",
    "나요",
    "어요",
    "아요",
    "세요",
    "해줘",
    "습니다",
    "는데",
    "데요",
    "할래",
    "래요",
    "은데",
    "니",
    "려고",
    "려면",
    "면서",
    "냐",
)


def find(name: str, text: Text, setting: Setting) -> Iterator[Found]:
    """Every well-known value of the type in the text."""
    if name == "StreetName":
        yield from _streets(text)
        return
    kind = TYPES[name]
    folded = text.folded
    beyond = -1
    for start in text.starts:
        if start < beyond:
            continue
        for _, end in kind.known.at(folded, start):
            if _whole(folded, end):
                beyond = end
                yield _found(text, start, end, kind, sure=1.0)
                break
    del setting


def _whole(folded: str, end: int) -> bool:
    return ends_well(folded, end)


def _streets(text: Text) -> Iterator[Found]:
    words = text.words()
    for index, (start, end) in enumerate(words):
        word = text.folded[start:end]
        if word in gazetteer_en.STREETS and index:
            first = index - 1
            while first and text.raw[words[first - 1][0]].isupper() and index - first < 4:
                first -= 1
            yield _found(text, words[first][0], end, TYPES["StreetName"], sure=0.9)
        elif is_hangul(word[0]) and len(word) > 2:
            for tail in _STREET_TAILS_KO:
                at = word.rfind(tail)
                if (
                    at > 1
                    and ends_well(text.folded, start + at + len(tail))
                    and word[: at + len(tail)] != "으로"
                ):
                    yield _found(text, start, start + at + len(tail), TYPES["StreetName"], sure=0.6)
                    break


def read(name: str, text: Text, setting: Setting) -> Found | None:
    """The value of a reply: what is left when the words around it are stripped."""
    kind = TYPES.get(name) or TYPES["City"]
    start, end = bare(text, setting)
    if start >= end:
        return None
    for _, stop in kind.known.at(text.folded, start):
        if stop == end:
            return _found(text, start, end, kind, sure=1.0)
    sure = plausible(text, start, end, words=kind.words, digits=kind.digits)
    known = max(find(name, text, setting), key=lambda f: f.end - f.start, default=None)
    if known is not None and (sure is None or sure < 0.6):
        return msgspec.structs.replace(known, sure=0.8)
    return None if sure is None else _found(text, start, end, kind, sure=sure)


def plausible(text: Text, start: int, end: int, *, words: int, digits: bool) -> float | None:
    """How much a phrase looks like a value (0 to 1), or ``None`` when it does not."""
    said = text.folded[start:end]
    parts = said.split()
    if not parts or len(parts) > words or len(said) > 60:
        return None
    if not any(c.isalpha() or is_hangul(c) for c in said) and not digits:
        return None
    if any(c.isdecimal() for c in said) and not digits:
        return None
    if any(c in "?@#%=<>{}[]" for c in said):
        return None
    plain = Text(text.raw[start:end])
    if confirmation.answer(plain, korean=True) is not None:
        return None
    if any(part.strip(".,!") in _SENTENCE for part in parts):
        return None
    last = parts[-1].rstrip(".!?,")
    if is_hangul(last[-1:] or " ") and len(last) > 2 and last.endswith(_SENTENCE_KO):
        return 0.3 if len(parts) < 3 else None
    return (0.8, 0.7, 0.55, 0.45, 0.4)[min(len(parts), 5) - 1]


def _found(text: Text, start: int, end: int, kind: OpenType, *, sure: float) -> Found:
    said = text.raw[start:end]
    return Found(
        start=start,
        end=end,
        original=said,
        interpreted=said,
        resolved=(said,) if kind.resolves and sure >= 1.0 else (),
        sure=sure,
    )
