"""AMAZON.AlphaNumeric, AMAZON.UKPostalCode, and values that are spelt letter by letter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from daehwa.nlu.builtins.carriers import bare
from daehwa.nlu.builtins.confirmation import answer
from daehwa.nlu.builtins.mention import Mention
from daehwa.nlu.builtins.patterns import LONGEST_VALUE, Pattern
from daehwa.nlu.builtins.sentences import is_sentence
from daehwa.nlu.languages import digits
from daehwa.nlu.languages.language import Spelling
from daehwa.nlu.languages.setting import Setting
from daehwa.nlu.languages.spans import Parsed, Span
from daehwa.nlu.languages.suffixes import counted, ends_well
from daehwa.nlu.languages.text import Text, is_hangul

# What the parts of a UK postcode look like (BS 7666); A a letter, 9 a digit.
_OUTWARD = frozenset({"A9", "A99", "AA9", "AA99", "A9A", "AA9A", "AAA"})
_INWARD = "9AA"
# A part of a code as it is typed: something with a digit, or a few letters.
_CODE = re.compile(
    r"(?=[^ ]*[0-9]|.{1,3}$)[a-z0-9]+(?:[-_/.#][a-z0-9]+)*", re.ASCII | re.IGNORECASE
)


# Digits typed in groups, or five and more together.
_GROUPS: Final = re.compile(
    r"[0-9]{2,6}(?:[ -][0-9]{2,6})+(?![0-9a-z:/.])|[0-9]{5,}(?![0-9a-z:/.,])"
)
_DIGIT_AND_MARK: Final = re.compile("[0-9][.,:]")
_MARK_AND_DIGIT: Final = re.compile("[.,:][0-9]")
_CAPITALS: Final = re.compile("[A-Z]{2,4} [0-9]{3,}(?![0-9A-Za-z:/.,])")
_PLATE: Final = re.compile("[0-9]{2,3}[가-힣] ?[0-9]{4}(?![0-9])")
"""A Korean number plate."""
_TYPED_PART: Final = re.compile(
    r"(?=[A-Z]*[0-9])(?=[0-9]*[A-Za-z])[A-Za-z0-9]{2,8}(?![A-Za-z0-9])"
    r"|[A-Z]{2,4}(?=[ -]+[가-힣0-9])"
)
_LEAST_DIGITS: Final = 5
_BETWEEN: Final = " ,-."
_ONE_WORD_OF_DIGITS: Final = 2  # 이사 is moving, 공일이 is 012


def _shape(code: str) -> str:
    return "".join("9" if c.isdecimal() else "A" if "a" <= c <= "z" else "?" for c in code)


_WHOLE_CODE: Final = 0.9
_SPELT_CODE: Final = 0.95
_CODE_AMONG_WORDS: Final = 0.8
_ANY_WORDS: Final = 0.6


def find_alphanumeric(
    text: Text, setting: Setting, pattern: Pattern | None = None
) -> Iterator[Mention]:
    """Codes of the text: words with a digit, or all that match the type's pattern."""
    groups = [
        Mention.of(text, start, code.end, code.value, sure=_WHOLE_CODE)
        for start, code in _in_groups(text, setting)
        if len(code.value) <= LONGEST_VALUE and (pattern is None or pattern.matches(code.value))
    ]
    words: list[Mention] = []
    for span in _chunks(text):
        written = text.raw[span.start : span.end]
        if len(written) > LONGEST_VALUE or any(code.span.overlaps(span) for code in groups):
            continue
        if pattern is not None:
            if any(pattern.matches(form) for form in _forms(written)):
                words.append(Mention.of(text, *span))
        elif any(c.isdecimal() for c in written) and any(c.isalpha() for c in written):
            words.append(Mention.of(text, *span, sure=_WHOLE_CODE))
    yield from sorted([*groups, *words], key=lambda value: value.start)


def _in_groups(text: Text, setting: Setting) -> Iterator[tuple[int, Parsed[str]]]:
    """Codes in groups of digits (6892 3344 1207), typed or read out, and long ones of digits."""
    beyond = -1
    for start in text.starts:
        if start < beyond or (start and text.folded[start - 1].isalnum()):
            continue
        typed = (
            _PLATE.match(text.folded, start)
            or _GROUPS.match(text.folded, start)
            or _CAPITALS.match(text.raw, start)
        )
        if typed is not None:
            code = Parsed(re.sub("[ -]", "", typed[0]), typed.end())
        else:
            digits_read = (
                spelling.digits(text, start)
                for language in setting.languages
                if (spelling := language.spelling) is not None
            )
            code = next((each for each in digits_read if each is not None), Parsed("", start))
        if len(code.value) >= _LEAST_DIGITS and ends_well(text.folded, code.end):
            beyond = code.end
            yield start, code


def read_alphanumeric(
    text: Text, setting: Setting, pattern: Pattern | None = None
) -> Mention | None:
    """The code of a reply; a pattern that nothing matches refuses it."""
    value = _behind_opener(text, bare(text, setting), setting)
    if pattern is not None:
        return _matching(text, setting, pattern, value)
    plate = next((each for at in text.starts if (each := _PLATE.match(text.folded, at))), None)
    if plate is not None and ends_well(text.folded, plate.end()):
        return Mention.of(text, *plate.span(), plate[0].replace(" ", ""), sure=_WHOLE_CODE)
    whole = text.raw[value.start : value.end]
    parts = whole.split()
    tight = "".join(parts)
    has_digit = any(c.isdecimal() for c in tight)
    typed = all(_CODE.fullmatch(part) for part in parts)
    named = any(part.isalpha() and len(part) > 1 for part in parts)
    spelt = spelt_out(text, setting) if named else None
    if spelt is not None and spelt.lower() != tight.lower():
        return Mention.of(text, 0, len(text), spelt, sure=_SPELT_CODE)  # x ray 4 4 2
    if typed and has_digit and len(tight) <= LONGEST_VALUE:
        return Mention.of(text, *value, tight, sure=_WHOLE_CODE)
    first = next(find_alphanumeric(text, setting), None)
    if first is not None and not typed and len(text.raw.split()) > 3:
        return first
    spelt = spelt_out(text, setting)
    if spelt is not None and len(spelt) <= LONGEST_VALUE:
        return Mention.of(text, 0, len(text), spelt, sure=_SPELT_CODE)
    among = _among_words(text, first)
    if among is not None:
        return among
    if not whole or len(whole) > LONGEST_VALUE or len(parts) > 4:
        return first
    if not all(c.isalnum() or c in " -_/.#'" for c in whole):
        return first
    if has_digit:
        return Mention.of(text, *value, tight, sure=_WHOLE_CODE)
    if len(parts) > 1 or _says_something(text, Text(whole), setting.locale):
        return None  # no code is read from several words that name neither letters nor digits
    return Mention.of(text, *value, sure=_ANY_WORDS)


def _says_something(text: Text, word: Text, locale: str) -> bool:
    """Whether a word is not a code but what is left of an answer or a sentence: *주차* 되나요."""
    if is_sentence(word, locale) or answer(text, locale) is not None:
        return True
    return is_hangul(word.folded[0]) and is_sentence(text, locale)


def _behind_opener(text: Text, value: Span, setting: Setting) -> Span:
    """A reply's value without what says which code it is: *order number* X99."""
    spelling = [s for language in setting.languages if (s := language.spelling) is not None]
    start = _past_openers(text, value.start, spelling)
    rest = text.folded[start : value.end]
    return Span(start, value.end) if any(c.isdecimal() for c in rest) else value


def _forms(written: str) -> tuple[str, str, str]:
    return written, written.upper(), written.lower()


def _matching(text: Text, setting: Setting, pattern: Pattern, value: Span) -> Mention | None:
    """What of a reply matches the type's pattern: all of it, a part, or what it spells."""
    whole = text.raw[value.start : value.end]
    candidates = [(value, whole), (value, "".join(whole.split()))]
    candidates += [(span, text.raw[span.start : span.end]) for span in _chunks(text)]
    spelt = spelt_out(text, setting)
    if spelt is not None:
        candidates.append((value, spelt))
    for span, written in candidates:
        for form in _forms(written):
            if pattern.matches(form):
                return Mention.of(text, *span, form)
    return None


def _among_words(text: Text, first: Mention | None) -> Mention | None:
    """The one code among other words: 주문번호 X99, order 66."""
    if first is not None and (first.interpreted or "").isdecimal():
        return first
    if first is not None:
        among_korean = any(is_hangul(c) for c in text.raw) and first.original.isascii()
        return first if among_korean else None
    codes = [
        span
        for span in _chunks(text)
        if span.size <= LONGEST_VALUE
        and _CODE.fullmatch(text.folded[span.start : span.end])
        and any(c.isdecimal() for c in text.folded[span.start : span.end])
    ]
    return Mention.of(text, *codes[0], sure=_CODE_AMONG_WORDS) if len(codes) == 1 else None


def _chunks(text: Text) -> Iterator[Span]:
    """Runs of letters and digits joined by hyphens that are not part of a number."""
    return (span for span in _runs(text) if not _in_number(text.folded, span))


def _in_number(folded: str, span: Span) -> bool:
    """Whether a run is a part of a number: 15 of 15.50, 234 of 1,234, 10 of 10:30."""
    before, after = folded[max(span.start - 2, 0) : span.start], folded[span.end : span.end + 2]
    return bool(
        (_DIGIT_AND_MARK.fullmatch(before) and folded[span.start].isdecimal())
        or (_MARK_AND_DIGIT.fullmatch(after) and folded[span.end - 1].isdecimal())
    )


def _runs(text: Text) -> Iterator[Span]:
    """Runs of letters and digits joined by hyphens, a Korean ending left off."""
    start: int | None = None
    folded = text.folded
    for at in range(len(folded) + 1):
        char = folded[at : at + 1]
        inside = char.isalnum() or (
            char in ("-", "_") and start is not None and folded[at + 1 : at + 2].isalnum()
        )
        if start is not None and inside and is_hangul(char) and not is_hangul(folded[start]):
            yield Span(start, at)
            start = None
            continue
        if inside and start is None and not (at and is_hangul(folded[at - 1]) and is_hangul(char)):
            start = at
        elif not inside and start is not None and char != "":
            yield Span(start, at)
            start = None
    if start is not None:
        yield Span(start, len(folded))


def spelt_out(text: Text, setting: Setting) -> str | None:
    """A value spelt by letter or by word: "x i u l a n", "a as in alpha, one two three"."""
    spelling = [s for language in setting.languages if (s := language.spelling) is not None]
    place = text.skip(0)
    place = _past_openers(text, place, spelling)
    start, end = bare(text, setting)
    within = Text(text.raw[:end])
    return (
        _spelt_from(text, place, spelling)
        or _spelt_from(text, start, spelling)
        or (_spelt_from(within, start, spelling) if end < len(text) else None)
    )


def _past_openers(text: Text, at: int, spelling: Iterable[Spelling]) -> int:
    for part in spelling:
        opener = part.openers.match(text.folded, at)
        at = opener.end() if opener else at
    return at


def _spelt_from(text: Text, at: int, spelling: list[Spelling]) -> str | None:
    """What is spelt from a place up to the end of the text."""
    spelt = ""
    place = at
    pieces = 0
    while place < len(text) and not (pieces and _is_ending(text, place, spelling)):
        readings = (
            _letter(text, place, spelling),
            _typed_part(text, place),
            _piece(text, place, spelling),
        )
        piece = max((r for r in readings if r), key=lambda r: r.end, default=None)
        if piece is None:
            return None
        spelt += piece.value
        pieces += 1
        joints = (joint for part in spelling for joint in part.joints)
        onward = text.skip(text.past(piece.end, *joints), _BETWEEN)
        if onward <= place:
            return None
        place = onward
    if any(char.isupper() for char in spelt):
        spelt = spelt.upper()  # a part of it was typed so
    return spelt if pieces > 1 or len(spelt) > _ONE_WORD_OF_DIGITS else None


def _is_ending(text: Text, at: int, spelling: list[Spelling]) -> bool:
    """Whether what is left is written onto the code: 칠칠팔팔*이요*, 사오육 번*이에요*."""
    rest = text.folded[at:].rstrip(" .,!?~")
    word_end = text.word_end(at)
    apart = text.folded[at - 1] == " "
    if apart and (len(rest) == 1 or not ends_well(text.folded, at)) and _piece(text, at, spelling):
        return False  # 더블유 일이요
    if rest and at + len(rest) <= word_end and is_hangul(rest[0]):
        return ends_well(text.folded, at) or counted(text, at) is not None
    return not rest


def _letter(text: Text, at: int, spelling: list[Spelling]) -> Parsed[str] | None:
    """A letter, or a digit, on its own, with what explains it: "a as in alpha"."""
    end = text.word_end(at)
    letter = text.folded[at:end]
    if len(letter) != 1 or is_hangul(letter):
        return None
    onward = text.skip(end, _BETWEEN)
    aside = next((a for part in spelling if (a := part.asides.first(text.folded, onward))), None)
    if aside is not None:
        alike = text.skip(aside.end)
        stop = text.word_end(alike)
        if text.folded.startswith(letter, alike) and stop > alike + 1:
            end = stop
    return Parsed(letter, end)


def _typed_part(text: Text, at: int) -> Parsed[str] | None:
    """A part of a code that is typed, beside others that are read out: 엑스 *7Y9*, *QR* 삼삼일."""
    part = _TYPED_PART.match(text.raw, at)
    return Parsed(text.raw[at : part.end()], part.end()) if part else None


def _piece(text: Text, at: int, spelling: list[Spelling]) -> Parsed[str] | None:
    """Some letters or digits as a language reads them out, or digits as they are typed."""
    for part in spelling:
        piece = part.piece(text, at)
        if piece is not None:
            return piece
    end = digits.run_of_digits(text.folded, at)
    return None if spelling or end == at else Parsed(text.folded[at:end], end)


def find_postcode(text: Text, setting: Setting) -> Iterator[Mention]:
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
                yield Mention.of(text, place, end, code)
        place += len(word) + 1


def read_postcode(text: Text, setting: Setting) -> Mention | None:
    """The postcode of a reply, typed or spelt out."""
    typed = next(find_postcode(text, setting), None)
    if typed is not None:
        return typed
    spelt = spelt_out(text, setting)
    code = _postcode(spelt) if spelt else None
    return None if code is None else Mention.of(text, 0, len(text), code)


def _postcode(tight: str) -> str | None:
    outward, inward = tight[: -len(_INWARD)], tight[-len(_INWARD) :]
    shape = _shape(outward)
    if _shape(inward) != _INWARD or shape not in _OUTWARD:
        return None
    if shape == "AAA" and tight != "gir0aa":
        return None
    return f"{outward} {inward}".upper()
