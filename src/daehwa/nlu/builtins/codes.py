"""AMAZON.AlphaNumeric, AMAZON.UKPostalCode, and values that are spelt letter by letter."""

from __future__ import annotations

import re
from collections.abc import Iterator

from daehwa.nlu.builtins import numbers_en, numbers_ko
from daehwa.nlu.builtins.carriers import bare
from daehwa.nlu.builtins.found import Found, Setting
from daehwa.nlu.builtins.lexicon import Lexicon
from daehwa.nlu.builtins.patterns import LONGEST_VALUE, Pattern
from daehwa.nlu.builtins.text import Text, is_hangul

_AS_IN = Lexicon({"as in": 0, "like in": 0, "for": 0, "like": 0, "as": 0})
_KOREAN_LETTERS = Lexicon(
    {
        "에이": "a", "비": "b", "씨": "c", "시": "c", "디": "d", "이": "e", "에프": "f", "지": "g",
        "에이치": "h", "아이": "i", "제이": "j", "케이": "k", "엘": "l", "엠": "m", "엔": "n",
        "오": "o",
        "피": "p", "큐": "q", "알": "r", "아르": "r", "에스": "s", "티": "t", "유": "u",
        "브이": "v",
        "더블유": "w", "엑스": "x", "와이": "y", "제트": "z", "지트": "z",
    }
)  # fmt: skip
# What the parts of a UK postcode look like (BS 7666); A a letter, 9 a digit.
_OUTWARD = frozenset({"A9", "A99", "AA9", "AA99", "A9A", "AA9A", "AAA"})
_INWARD = "9AA"
# A part of a code as it is typed: something with a digit, or a few letters.
_CODE = re.compile(
    r"(?=[^ ]*[0-9]|.{1,3}$)[a-z0-9]+(?:[-_/.#][a-z0-9]+)*", re.ASCII | re.IGNORECASE
)


def _shape(said: str) -> str:
    return "".join("9" if c.isdecimal() else "A" if "a" <= c <= "z" else "?" for c in said)


def find_alphanumeric(
    text: Text, setting: Setting, pattern: Pattern | None = None
) -> Iterator[Found]:
    """Codes of the text: words with a digit, or all that match the type's pattern."""
    del setting
    for start, end in _chunks(text):
        said = text.raw[start:end]
        if len(said) > LONGEST_VALUE:
            continue
        if pattern is not None:
            if (
                pattern.matches(said)
                or pattern.matches(said.upper())
                or pattern.matches(said.lower())
            ):
                yield _code(text, start, end, said, sure=1.0)
        elif any(c.isdecimal() for c in said) and any(c.isalpha() for c in said):
            yield _code(text, start, end, said, sure=0.9)


def read_alphanumeric(text: Text, setting: Setting, pattern: Pattern | None = None) -> Found | None:
    """The code of a reply; a pattern that nothing matches refuses it."""
    start, end = bare(text, setting)
    whole = text.raw[start:end]
    if pattern is not None:
        return _matching(text, setting, pattern, (start, end))
    parts = whole.split()
    tight = "".join(parts)
    counted = any(c.isdecimal() for c in tight)
    typed = all(_CODE.fullmatch(part) for part in parts)
    if typed and counted and len(tight) <= LONGEST_VALUE:
        return _code(text, start, end, tight, sure=0.9)
    found = next(find_alphanumeric(text, setting), None)
    if found is not None and not typed and len(text.words()) > 3:
        return found
    spelt = spelt_out(text, setting)
    if spelt is not None and len(spelt) <= LONGEST_VALUE:
        return _code(text, 0, len(text), spelt, sure=0.95)
    among = _among_words(text, found)
    if among is not None:
        return among
    if not whole or len(whole) > LONGEST_VALUE or len(parts) > 4:
        return found
    if not all(c.isalnum() or c in " -_/.#'" for c in whole):
        return found
    return _code(text, start, end, tight if counted else whole, sure=0.9 if counted else 0.6)


def _matching(
    text: Text, setting: Setting, pattern: Pattern, value: tuple[int, int]
) -> Found | None:
    """What of a reply matches the type's pattern: all of it, a part, or what it spells."""
    whole = text.raw[slice(*value)]
    candidates = [(*value, whole), (*value, "".join(whole.split()))]
    candidates += [(s, e, text.raw[s:e]) for s, e in _chunks(text)]
    spelt = spelt_out(text, setting)
    if spelt is not None:
        candidates.append((*value, spelt))
    for begin, stop, said in candidates:
        for form in (said, said.upper(), said.lower()):
            if pattern.matches(form):
                return _code(text, begin, stop, form, sure=1.0)
    return None


def _among_words(text: Text, found: Found | None) -> Found | None:
    """The one code among other words: 주문번호 X99, order 66."""
    if found is not None:
        raw = found.original
        return found if any(is_hangul(c) for c in text.raw) and raw.isascii() else None
    coded = [
        (s, e)
        for s, e in _chunks(text)
        if e - s <= LONGEST_VALUE
        and _CODE.fullmatch(text.folded[s:e])
        and any(c.isdecimal() for c in text.folded[s:e])
    ]
    if len(coded) != 1:
        return None
    start, end = coded[0]
    return _code(text, start, end, text.raw[start:end], sure=0.8)


def _code(text: Text, start: int, end: int, said: str, *, sure: float) -> Found:
    return Found(
        start=start,
        end=end,
        original=text.raw[start:end],
        interpreted=said,
        resolved=(said,),
        sure=sure,
    )


def _chunks(text: Text) -> Iterator[tuple[int, int]]:
    """Runs of letters and digits joined by hyphens, a Korean ending left off."""
    start: int | None = None
    folded = text.folded
    for at in range(len(folded) + 1):
        char = folded[at : at + 1]
        inside = char.isalnum() or (
            char in ("-", "_") and start is not None and folded[at + 1 : at + 2].isalnum()
        )
        if start is not None and inside and is_hangul(char) and not is_hangul(folded[start]):
            yield start, at
            start = None
            continue
        if inside and start is None and not (at and is_hangul(folded[at - 1]) and is_hangul(char)):
            start = at
        elif not inside and start is not None and char != "":
            yield start, at
            start = None
    if start is not None:
        yield start, len(folded)


def spelt_out(text: Text, setting: Setting) -> str | None:
    """A value spelt by letter or by word: "x i u l a n", "a as in alpha, one two three"."""
    said = ""
    place = text.skip(0)
    folded = text.folded
    for opener in ("my code is ", "it's ", "it is ", "my name is ", "that's "):
        if folded.startswith(opener, place):
            place += len(opener)
    pieces = 0
    while place < len(folded):
        end = text.word_end(place)
        word = folded[place:end]
        onward = text.skip(end, " ,-.")
        if len(word) == 1 and not is_hangul(word):
            said += word
            aside = _AS_IN.first(folded, onward)
            if aside is not None:
                alike = text.skip(aside[1])
                stop = text.word_end(alike)
                if folded.startswith(word, alike) and stop > alike + 1:
                    onward = text.skip(stop, " ,-.")
        elif (digit := numbers_en.below_hundred(text, place)) is not None and digit[0] < 100:
            said += folded[place : digit[1]] if word.isdecimal() else str(digit[0])
            onward = text.skip(digit[1], " ,-.")
        elif setting.korean and (korean := _korean_piece(text, place)) is not None:
            said += korean[0]
            onward = text.skip(korean[1], " ,-.")
        else:
            return None
        pieces += 1
        if onward <= place:
            return None
        place = onward
    return said if pieces > 1 else None


def _korean_piece(text: Text, at: int) -> tuple[str, int] | None:
    letters = ""
    place = at
    while (letter := _KOREAN_LETTERS.first(text.folded, place)) is not None:
        letters += letter[0]
        place = letter[1]
    if place > at and (place >= len(text) or not is_hangul(text.folded[place])):
        return letters, place
    digits = numbers_ko.read_out(text, at)
    return digits if digits is not None and text.folded[at : digits[1]].strip() else None


def find_postcode(text: Text, setting: Setting) -> Iterator[Found]:
    """Every UK postcode of the text."""
    del setting
    words = text.folded.split(" ")
    place = 0
    for index, word in enumerate(words):
        for size, joined in ((1, word), (2, " ".join(words[index : index + 2]))):
            tight = joined.replace(" ", "").strip(".,!?")
            if size == 2 and len(words) < index + 2:
                continue
            code = _postcode(tight)
            if code is not None:
                end = place + len(joined.rstrip(".,!?"))
                yield _code(text, place, end, code, sure=1.0)
        place += len(word) + 1


def read_postcode(text: Text, setting: Setting) -> Found | None:
    """The postcode of a reply, typed or spelt out."""
    found = next(find_postcode(text, setting), None)
    if found is not None:
        return found
    spelt = spelt_out(text, setting)
    code = _postcode(spelt) if spelt else None
    return None if code is None else _code(text, 0, len(text), code, sure=1.0)


def _postcode(tight: str) -> str | None:
    shape = _shape(tight)
    if shape[-3:] != _INWARD or shape[:-3] not in _OUTWARD:
        return None
    if shape[:-3] == "AAA" and tight != "gir0aa":
        return None
    return f"{tight[:-3]} {tight[-3:]}".upper()
