"""AMAZON.Confirmation, and the yes or no to a confirmation prompt."""

from __future__ import annotations

from typing import Literal

from daehwa.nlu.builtins import confirmation_en, confirmation_ko
from daehwa.nlu.builtins.found import Found, Setting
from daehwa.nlu.builtins.text import Text, is_hangul

Answer = Literal["Yes", "No", "Maybe", "Don't know"]


def _table(language: object) -> dict[str, Answer]:
    answers: tuple[tuple[Answer, str], ...] = (
        ("Yes", "YES"),
        ("No", "NO"),
        ("Maybe", "MAYBE"),
        ("Don't know", "DO_NOT_KNOW"),
    )
    table: dict[str, Answer] = {}
    for answer, name in answers:
        for phrase in getattr(language, name):
            table.setdefault(_squeeze(phrase), answer)
    return table


def _squeeze(phrase: str) -> str:
    """A phrase without spaces and punctuation, so that 안 돼요 and 안돼요! are one."""
    return "".join(c for c in phrase if c.isalnum())


_ENGLISH = _table(confirmation_en)
_KOREAN = _table(confirmation_ko)
_POLITE = ("요", "용", "욤", "여", "염", "ㅎ", "ㅋ", "ㅠ", "당", "ㅇ", "웅")
_POLITELY = {_squeeze(p) for p in (*confirmation_ko.POLITELY, *confirmation_en.POLITELY)}
_LONGEST = 6  # words; longer replies say more than yes or no


def answer(text: Text, *, korean: bool) -> Answer | None:
    """What a reply answers; ``None`` when it is no plain answer.

    Punctuation, laughter (ㅎㅎ) and fillers around the answer are passed over; an answer
    that is followed by its grounds in the same sense ("네, 맞아요") is one answer.
    """
    words = [text.folded[s:e] for s, e in _pieces(text)]
    if not words or len(words) > _LONGEST:
        return None
    tables = (_KOREAN, _ENGLISH) if korean else (_ENGLISH,)
    fillers = confirmation_en.FILLERS | (confirmation_ko.FILLERS if korean else frozenset())
    whole = _lookup("".join(words), tables)
    if whole is not None:
        return whole
    said: list[Answer] = []
    place = 0
    while place < len(words):
        for stop in range(len(words), place, -1):
            phrase = "".join(words[place:stop])
            # "아니요, 괜찮아요" declines politely: the second does not take the first back.
            softened = said[:1] == ["No"] and _squeeze(phrase) in _POLITELY
            got = "No" if softened else _lookup(phrase, tables)
            if got is not None:
                said.append(got)
                place = stop
                break
        else:
            if words[place] not in fillers:
                return None
            place += 1
    if not said:
        return None
    first = said[0]
    # "예, 아니 잠깐" takes itself back: no plain answer.
    return first if all(a == first for a in said) else None


def _pieces(text: Text) -> list[tuple[int, int]]:
    """Words with their apostrophes joined (don't), by spaces and punctuation."""
    pieces: list[tuple[int, int]] = []
    for start, end in text.words():
        if pieces and (text.folded[pieces[-1][1] : start] in ("'", "")):
            pieces[-1] = (pieces[-1][0], end)
        else:
            pieces.append((start, end))
    return pieces


def _lookup(phrase: str, tables: tuple[dict[str, Answer], ...]) -> Answer | None:
    key = _squeeze(phrase)
    for table in tables:
        if key in table:
            return table[key]
    trimmed = key
    while len(trimmed) > 1 and is_hangul(trimmed[-1]) and trimmed.endswith(_POLITE):
        trimmed = trimmed[:-1]
        for table in tables:
            if trimmed in table:
                return table[trimmed]
    # Drawn out: yesss, nooo, 네에에, ㅇㅇㅇㅇ.
    short = key.rstrip(key[-1]) + key[-1] if key else key
    if short != key:
        for table in tables:
            if short in table:
                return table[short]
    return None


def read(text: Text, setting: Setting) -> Found | None:
    """The answer as a slot value: Yes, No, Maybe or Don't know."""
    said = answer(text, korean=setting.korean)
    if said is None:
        return None
    return Found(start=0, end=len(text), original=text.raw, interpreted=said, resolved=(said,))
