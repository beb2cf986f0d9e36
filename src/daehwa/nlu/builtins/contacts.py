"""AMAZON.PhoneNumber (digits, a leading + kept) and AMAZON.EmailAddress."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from unicodedata import normalize

from daehwa.nlu.builtins.carriers import bare
from daehwa.nlu.builtins.mention import Mention
from daehwa.nlu.builtins.scanning import longest, scan
from daehwa.nlu.languages.digits import run_of_digits
from daehwa.nlu.languages.language import Spelling
from daehwa.nlu.languages.patterns import compiled
from daehwa.nlu.languages.setting import Setting
from daehwa.nlu.languages.spans import Parsed, Span
from daehwa.nlu.languages.suffixes import ends_well
from daehwa.nlu.languages.text import Text, is_hangul, is_unspaced

_SEPARATORS = " -.()/"
_TRUNK: Final = re.compile(r"(\+\d{1,3}) ?\(0\)")  # +44 (0)20: dialled at home only
_SHORTEST, _LONGEST = 7, 15  # E.164 allows fifteen digits
_MOBILE: Final = 11
"""The digits of a mobile number in most countries; a longer one is whole."""
_SERVICE_SIZE: Final = 3
_MARKS: Final = ".-_+@"
_LOCAL = frozenset("abcdefghijklmnopqrstuvwxyz0123456789_-.+")
_DOMAIN = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-.")


def find_phone(text: Text, setting: Setting) -> Iterator[Mention]:
    """Every telephone number of the text."""
    folded = text.folded
    signs = (place for place, char in enumerate(folded) if char in "+(")
    places = sorted({*text.places, *signs})
    return scan(text, setting, _phone, [place for place in places if _may_begin(folded, place)])


def _may_begin(folded: str, at: int) -> bool:
    """Whether no letter runs into a number that begins there, as Latin ones do."""
    before = folded[at - 1 : at] if at else ""
    return not before.isalnum() or is_hangul(before) or is_unspaced(before)


def _phone(text: Text, start: int, setting: Setting) -> Mention | None:
    number = _dialled(text, start)
    if number is None or len(number.value) < _MOBILE:
        mixed = _mixed(text, start, setting)
        number = mixed or number or _read_out(text, start, setting)
    if number is None or (number.value[0] not in "0+" and _is_code(text, start, setting)):
        return None
    return Mention.of(text, start, number.end, number.value)


def _is_code(text: Text, start: int, setting: Setting) -> bool:
    """Whether what stands before a number says that it is one of another kind: *order* 100-2234."""
    spelling = (language.spelling for language in setting.languages)
    kinds = (compiled(part.kinds_of_codes) for part in spelling if part and part.kinds_of_codes)
    return any(kind.search(text.folded, 0, start) for kind in kinds)


def _mixed(text: Text, start: int, setting: Setting) -> Parsed[str] | None:
    """A number of which some digits are typed and some read out: 555 *oh one two three*."""
    number, end, place, ways = "", start, start, set()
    while place < len(text):
        stop = run_of_digits(text.folded, place)
        group = Parsed(text.folded[place:stop], stop) if stop > place else None
        if group is None:
            group = _digits_in_words(text, place, setting)
        if group is None or not group.value or _is_copula(text, place, group.end):
            break
        ways.add(stop > place)
        number, end = number + group.value, group.end
        place = text.skip(end, _SEPARATORS + ",")
    whole = len(ways) > 1 and _SHORTEST <= len(number) <= _LONGEST
    return Parsed(number, end) if whole and ends_well(text.folded, end) else None


def _is_copula(text: Text, at: int, end: int) -> bool:
    """Whether the one syllable there is the copula after typed digits, not two: 3333*이*요."""
    if not is_hangul(text.folded[at]) or not text.folded[:at].rstrip()[-1:].isdecimal():
        return False
    alone = end == at + 1 and text.folded[at - 1].isdecimal() and text.folded[at] == "이"
    if alone and is_hangul(text.folded[end : end + 1] or " "):
        return True
    return is_hangul(text.folded[end : end + 1] or " ") and ends_well(text.folded, at)  # 0134 구요


def _digits_in_words(text: Text, at: int, setting: Setting) -> Parsed[str] | None:
    """Digits as one of the locale's languages reads them out."""
    parts = (each.digits(text, at) for language in setting.languages if (each := language.spelling))
    return next((part for part in parts if part is not None and part.end > at), None)


def read_phone(text: Text, setting: Setting) -> Mention | None:
    """The telephone number of a reply."""
    whole = longest(find_phone(_unhesitating(text, setting), setting))
    return whole or _service_number(text, setting)


def _service_number(text: Text, setting: Setting) -> Mention | None:
    """The number of a public service, where a reply is nothing else: 911, 일일구요."""
    start, end = bare(text, setting)
    stop = run_of_digits(text.folded, start)
    dialled = Parsed(text.folded[start:stop], stop) if stop > start else None
    dialled = dialled or _digits_in_words(text, start, setting)
    if dialled is None:
        return None
    number, stop = dialled
    if len(number) == _SERVICE_SIZE - 1 and text.folded.startswith("이요", stop):
        number, stop = f"{number}2", stop + 1  # 일일이요: the last two, not the copula
    alone = stop >= end and ends_well(text.folded, stop)
    return Mention.of(text, start, stop, number) if alone and _is_service(number) else None


def _is_service(number: str) -> bool:
    """Whether it is dialled for help: 112 and its kind, N11 of North America, 999, 988, 000."""
    return len(number) == _SERVICE_SIZE and (
        number[0] == "1" or number.endswith("11") or number in ("999", "988", "000")
    )


def _unhesitating(text: Text, setting: Setting) -> Text:
    """A text with hyphens in place of the sounds between groups of digits: 010 *음* 1234."""
    spelling = (language.spelling for language in setting.languages)
    pauses = frozenset().union(*(part.pauses for part in spelling if part is not None))
    words = [w for w in text.words() if text.folded[w.start : w.end] in pauses]
    raw = text.raw
    for start, end in words:
        raw = raw[:start] + "-" * (end - start) + raw[end:]
    return Text(raw) if words else text


def _dialled(text: Text, start: int) -> Parsed[str] | None:
    """Digits with the usual separators between their groups."""
    folded = text.folded
    trunk = _TRUNK.match(folded, start)
    number = trunk[1] if trunk else "+" if folded.startswith("+", start) else ""
    place = trunk.end() if trunk else start + len(number)
    end = place
    gap = 0
    while place < len(folded):
        char = folded[place]
        if char.isdecimal():
            number += char
            end, gap = place + 1, 0
        elif char in _SEPARATORS and gap < 3:
            gap += 1
        else:
            break
        place += 1
    count = len(number.lstrip("+"))
    if not _SHORTEST <= count <= _LONGEST:
        return None
    if end < len(folded) and (
        folded[end] == ":"
        or (folded[end].isalpha() and not is_hangul(folded[end]) and not is_unspaced(folded[end]))
    ):
        return None
    return Parsed(number, end)


def _read_out(text: Text, start: int, setting: Setting) -> Parsed[str] | None:
    """A number in the words of one of the locale's languages."""
    for language in setting.languages:
        if language.spelling is None:
            continue
        sign = language.spelling.signs.first(text.folded, start)
        plus = sign is not None and sign.value == "+"
        number = language.spelling.digits(text, text.skip(sign.end) if sign and plus else start)
        if number and _SHORTEST <= len(number.value) <= _LONGEST:
            return Parsed("+" + number.value, number.end) if plus else number
    return None


def find_email(text: Text, setting: Setting) -> Iterator[Mention]:
    """Every address with a ``@`` in the text."""
    del setting
    folded = text.folded
    place = folded.find("@")
    while place > 0:
        start = place
        while start and folded[start - 1] in _LOCAL:
            start -= 1
        end = place + 1
        while end < len(folded) and folded[end] in _DOMAIN:
            end += 1
        while end > place and folded[end - 1] in "-.":
            end -= 1
        if _address(folded[start:place], folded[place + 1 : end]):
            yield Mention.of(text, start, end, normalize("NFKC", text.raw[start:end]))
        place = folded.find("@", place + 1)


def _address(local: str, domain: str) -> bool:
    labels = domain.split(".")
    return (
        bool(local)
        and local[0] not in ".+-"
        and local[-1] != "."
        and ".." not in local
        and len(labels) > 1
        and all(label and label[0] != "-" and label[-1] != "-" for label in labels)
        and len(labels[-1]) > 1
        and not labels[-1].isdecimal()
    )


def read_email(text: Text, setting: Setting) -> Mention | None:
    """The address of a reply, typed or read out ("hong at example dot com")."""
    typed = next(find_email(text, setting), None)
    if typed is not None:
        return typed
    once = Text(re.sub(_SPELT_AGAIN, _without_spelling, text.folded))
    if len(once) < len(text):
        address_once = read_email(once, setting)
        value = None if address_once is None else address_once.interpreted
        return None if value is None else Mention.of(text, 0, len(text), value)
    spelling = [s for language in setting.languages if (s := language.spelling) is not None]
    address = ""
    start: int | None = None
    end = bare(text, setting).start
    if end and _sign(text, end, text.word_end(end), spelling) is not None:
        end = 0  # a dot b at ...: the letter is not an article
    joined = False
    for begin, stop in text.words():
        if begin < end:
            continue
        between = text.folded[end:begin].strip() if address else ""
        mark = between if between in (*_MARKS,) else ""
        if len(between) > 1 and not between.strip(_MARKS):
            return None  # a..b@c.de
        part = _address_part(text, Span(begin, stop), address + mark, spelling)
        if part is None and address[-1:] in ("_", "-", ".", "+"):
            return None  # 비엔비 언더바 서울: what the word is in letters is not known
        if part is None:
            continue
        # Words before the address; letters and digits that are read out belong together.
        spelt = part.value.isdecimal() or (joined and _is_spelt(text, Span(begin, stop)))
        parted = text.folded[end:begin] == " " and part.value[0] not in "@._-+" and not spelt
        whole = _is_whole(address)
        if whole and not mark and part.value[0] not in _MARKS and address[-1] not in _MARKS:
            break
        if parted and not _goes_on(address):
            address, start = "", None
        address += (mark if address else "") + part.value
        joined = _is_spelt(text, Span(begin, stop)) or part.value.isdecimal()
        start = begin if start is None else start
        end = part.end
    local, at_sign, domain = address.partition("@")
    if start is None or not at_sign or not _address(local.lower(), domain.lower()):
        return None
    return Mention.of(text, start, end, address)


_SPELT_AGAIN: Final = r"\b([a-z]{2,})[, ]+((?:[a-z][ .-]+)+[a-z])\b"


def _without_spelling(words: re.Match[str]) -> str:
    """A word without the letters after it that only spell it: bob, *b o b*."""
    return words[1] if re.sub("[ .-]", "", words[2]) == words[1] else words[0]


def _is_whole(address: str) -> bool:
    """Whether what was read so far is an address, host and all."""
    local, at_sign, domain = address.lower().partition("@")
    return bool(at_sign) and _address(local, domain)


def _goes_on(address: str) -> bool:
    """Whether a word may belong to what was read before: *t* smith at, but not my smith at."""
    if not address or address[-1] in "@._-+" or "@" in address:
        return True
    return len(address) == 1 and address.isalpha() and address.casefold() not in "ai"


def _is_spelt(text: Text, word: Span) -> bool:
    """Whether a word before the @ is a letter, or the names of some: b, 비, 에이치."""
    return word.size == 1 or is_hangul(text.folded[word.start])


def _address_part(
    text: Text, word: Span, address: str, spelling: list[Spelling]
) -> Parsed[str] | None:
    """What a word adds to an address that is read out: a sign, a host, letters, digits."""
    begin, stop = word
    host = _host(text, begin, spelling, address)
    if host is not None:
        return host
    sign = _sign(text, begin, stop, spelling)
    if sign is not None and address:
        return sign
    if text.folded[begin:stop].isascii() and text.folded[begin].isdecimal():
        return Parsed(text.raw[begin:stop], stop)
    if "@" not in address:
        read_out = (part.piece(text, begin) or part.digits(text, begin) for part in spelling)
        piece = next((each for each in read_out if each and each.end >= stop), None)
        if piece is not None:
            return piece
    return None if is_hangul(text.folded[begin]) else Parsed(text.raw[begin:stop], stop)


def _sign(text: Text, begin: int, stop: int, spelling: list[Spelling]) -> Parsed[str] | None:
    """The sign of an address that words are the name of: at, dot, 골뱅이, *at sign*."""
    signs = (sign for part in spelling for sign in part.signs.at(text.folded, begin))
    return next((sign for sign in signs if sign.end >= stop), None)


def _is_word_end(text: Text, at: int) -> bool:
    return at >= len(text) or not is_hangul(text.folded[at])


def _host(text: Text, begin: int, spelling: list[Spelling], address: str) -> Parsed[str] | None:
    """The host, or a part of it, whose names stand at a place: 네이버, 네이버점컴, 골뱅이네이버."""
    value, end = "", begin
    while True:
        names = [] if "@" not in address + value else [part.hosts for part in spelling]
        if value or (address and "@" not in address):
            names += [part.signs for part in spelling]
        named = (name for lexicon in names for name in lexicon.at(text.folded, end))
        longest_name = max(named, key=lambda name: name.end, default=None)
        if longest_name is None and (address + value)[-1:] in ("@", "."):
            letters = (part.named_letters(text, end) for part in spelling)
            longest_name = next((n for n in letters if n and _is_word_end(text, n.end)), None)
        if longest_name is None:
            break
        value, end = value + longest_name.value, longest_name.end
    is_host = "@" in address + value and value.strip("@.-_+")
    return Parsed(value, end) if is_host and ends_well(text.folded, end) else None
