"""The open types: City, Country, State, StreetName, FirstName, LastName.

Lex takes any name for them and gives it back as said. Lists of well-known ones help to spot
them inside a sentence; a reply is believed when it is a short plausible phrase.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from daehwa.nlu.builtins import confirmation, gazetteer_en, gazetteer_ko
from daehwa.nlu.builtins.carriers import bare
from daehwa.nlu.builtins.endings import ends_well, stem_ends
from daehwa.nlu.builtins.found import Found, Setting
from daehwa.nlu.builtins.lexicon import Lexicon, phrases
from daehwa.nlu.builtins.sentences import is_plain, is_sentence
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
    english: Iterable[str],
    korean: Iterable[str],
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
_BARE_NAME = 0.3
_LONGEST_NAME_KO = 4
# Words that introduce a name; with True whatever follows is one.
_NAMING_EN = Lexicon(
    {
        "my name is": True, "my name's": True, "name is": True, "name's": True, "call me": True,
        "my first name is": True, "my last name is": True, "my surname is": True, "i go by": True,
        "under the name": True, "under the name of": True, "last name is": True,
        "surname is": True, "first name is": True, "i am": False, "i'm": False, "im": False,
        "this is": False, "it's": False,
    }
)  # fmt: skip
_NAMING_KO = Lexicon(
    {
        "이름은": True, "이름이": True, "성함은": True, "제 이름은": True, "내 이름은": True,
        "저는": False, "나는": False, "난": False, "전": False, "예약자는": True,
        "예약자명은": True,
    }
)  # fmt: skip
_LAST_NAME_LEADS = ("last name is", "surname is")
_STREET_TAILS_KO = ("로", "길", "대로", "번길")
# Words that show a reply to be a sentence about something else.
_SENTENCE = frozenset(
    phrases(
        """
what|when|where|who|why|how|which|can|could|would|should|do|does|did|is|are|was|were|will|tell
show|help|cancel|stop|want|need|have|please|don't
"""
    )
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
    """Every well-known value of the type in the text, and names that introduce themselves.

    A known first or last name is an everyday word too often (하나, Will) to be sure of by
    itself, unless it stands where a name is given.
    """
    if name == "StreetName":
        yield from _streets(text)
        return
    kind = TYPES[name]
    naming = name in ("FirstName", "LastName")
    given = _introduced(name, text, setting) if naming else None
    if given is not None:
        yield given
    beyond = -1
    for start in text.starts:
        if start < beyond:
            continue
        for _, end in kind.known.at(text.folded, start):
            if ends_well(text.folded, end):
                beyond = end
                if given is None or end <= given.start or start >= given.end:
                    yield _found(text, start, end, kind, sure=_BARE_NAME if naming else 1.0)
                break


def _introduced(name: str, text: Text, setting: Setting) -> Found | None:
    """The name in "my name is ...", "제 이름은 ...", "저는 ...라고 해요"."""
    kind = TYPES[name]
    folded = text.folded
    for start in text.starts:
        lead = _NAMING_EN.first(folded, start)
        if lead is None and setting.korean:
            lead = _NAMING_KO.first(folded, start)
        if lead is None:
            continue
        plain, end = lead
        begin = text.skip(end, " ,")
        if begin == end or begin >= len(text):
            continue
        if is_hangul(folded[begin]):
            if name == "LastName":
                continue
            stop = text.word_end(begin)
            first, last = bare(Text(text.raw[begin:]), setting)
            word = folded[begin:stop]
            size = next((n for n in stem_ends(word)[::-1] if 2 <= n <= _LONGEST_NAME_KO), len(word))
            size = min(size, last - first) if first == 0 else size
            known = kind.known.first(folded[: begin + size], begin)
            sure = known is not None and known[1] == begin + size
            sure = sure or (plain and not is_plain(word))
            if sure and 2 <= size <= _LONGEST_NAME_KO:
                return _found(text, begin, begin + size, kind, sure=1.0)
            continue
        words = _hyphenated(text, begin)[:2]
        stop = words[0][1] if words else begin
        word = folded[begin:stop]
        known = kind.known.first(folded, begin)
        if word in _SENTENCE or is_plain(word) or not (plain or known or text.raw[begin].isupper()):
            continue
        if len(words) > 1 and text.raw[words[1][0]].isupper() and words[1][0] == stop + 1:
            if name == "LastName":
                begin, stop = words[1]
        elif name == "LastName" and not folded[:end].endswith(_LAST_NAME_LEADS):
            continue
        return _found(text, begin, stop, kind, sure=1.0)
    return None


def _hyphenated(text: Text, begin: int) -> list[tuple[int, int]]:
    """The words from there on, those joined by a hyphen as one: Garcia-Lopez."""
    joined: list[tuple[int, int]] = []
    for start, end in text.words(begin):
        if joined and text.folded[joined[-1][1] : start] == "-":
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _streets(text: Text) -> Iterator[Found]:
    words = text.words()
    for index, (start, end) in enumerate(words):
        word = text.folded[start:end]
        if word in gazetteer_en.STREETS and index:
            first = index - 1
            # 42nd Street: the number is a part of the name.
            while first and words[first - 1][1] == words[first][0]:
                first -= 1
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
    if name == "StreetName" and text.folded.startswith("로", end):
        # 세종대로요: the road's own last syllable is no particle.
        end += not text.folded.endswith(_STREET_TAILS_KO, start, end)
    for _, stop in kind.known.at(text.folded, start):
        # 경기도요: what looked like a particle may be the known value's own end.
        if stop == end or (stop > end and ends_well(text.folded, stop)):
            return _found(text, start, stop, kind, sure=1.0)
    # 철수야, 서울아: a known value with an ending that is a name's last syllable as well.
    word_start = text.folded.rfind(" ", start, end) + 1 or start
    for size in stem_ends(text.folded[max(word_start, start) : end])[1:]:
        stem_end = max(word_start, start) + size
        if any(stop == stem_end for _, stop in kind.known.at(text.folded, start)):
            return _found(text, start, stem_end, kind, sure=1.0)
    sure = plausible(text, start, end, words=kind.words, digits=kind.digits)
    if name in ("FirstName", "LastName") and is_sentence(text):
        sure = None
    known = max(find(name, text, setting), key=lambda f: f.end - f.start, default=None)
    if known is not None and (sure is None or sure < 0.6):
        if sure is not None and known.end == end and _particles(text, start, known.start):
            return _found(text, start, end, kind, sure=sure)
        return msgspec.structs.replace(known, sure=0.8)
    return None if sure is None else _found(text, start, end, kind, sure=sure)


# Words that family names begin with: van der Berg, de la Cruz.
_PARTICLES = frozenset(
    phrases(
        "de|la|las|los|le|du|del|della|di|da|dos|van|der|den|ter|von|zu|el|al|bin|ibn|st|san|mc|mac|o"
    )
)


def _particles(text: Text, start: int, end: int) -> bool:
    """Whether only such words stand there."""
    before = text.folded[start:end].split()
    return bool(before) and all(word.strip(".'") in _PARTICLES for word in before)


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
