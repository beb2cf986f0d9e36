"""AMAZON.PhoneNumber (digits, a leading + kept) and AMAZON.EmailAddress."""

from __future__ import annotations

from collections.abc import Iterator

from daehwa.nlu.builtins import numbers_en, numbers_ko
from daehwa.nlu.builtins.endings import ends_well
from daehwa.nlu.builtins.found import Found, Setting
from daehwa.nlu.builtins.lexicon import Lexicon
from daehwa.nlu.builtins.text import Text, is_hangul

_SEPARATORS = " -.()/"
_SHORTEST, _LONGEST = 7, 15  # E.164 allows fifteen digits
_TIMES = Lexicon({"double": 2, "triple": 3})
_LOCAL = frozenset("abcdefghijklmnopqrstuvwxyz0123456789_-.+")
_DOMAIN = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-.")
# Signs of an address as they are read out.
_SPOKEN = Lexicon(
    {
        "at": "@", "dot": ".", "underscore": "_", "dash": "-", "hyphen": "-", "minus": "-",
        "plus": "+", "골뱅이": "@", "앳": "@", "점": ".", "닷": ".", "언더바": "_", "밑줄": "_",
        "하이픈": "-",
        "대시": "-",
    }
)  # fmt: skip

# Hosts of addresses as Koreans read them out.
_HOSTS = Lexicon(
    {
        "지메일": "gmail", "네이버": "naver", "다음": "daum", "한메일": "hanmail",
        "카카오": "kakao", "네이트": "nate", "핫메일": "hotmail", "아웃룩": "outlook",
        "닷컴": ".com", "점컴": ".com", "쩜컴": ".com", "컴": "com", "닷넷": ".net",
        "점넷": ".net", "케이알": "kr",
    }
)  # fmt: skip


def find_phone(text: Text, setting: Setting) -> Iterator[Found]:
    """Every telephone number of the text."""
    beyond = -1
    folded = text.folded
    places = sorted({*text.starts, *(i for i, c in enumerate(folded) if c in "+(")})
    for start in places:
        if start < beyond or (
            start and folded[start - 1].isalnum() and not is_hangul(folded[start - 1])
        ):
            continue
        got = _dialled(text, start) or _spoken_phone(text, start, setting)
        if got is None:
            continue
        number, beyond = got
        yield Found(
            start=start,
            end=beyond,
            original=text.raw[start:beyond],
            interpreted=number,
            resolved=(number,),
        )


def read_phone(text: Text, setting: Setting) -> Found | None:
    """The telephone number of a reply."""
    return max(find_phone(text, setting), key=lambda f: f.end - f.start, default=None)


def _dialled(text: Text, start: int) -> tuple[str, int] | None:
    """Digits with the usual separators between their groups."""
    folded = text.folded
    number = "+" if folded.startswith("+", start) else ""
    place = start + len(number)
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
        folded[end] == ":" or (folded[end].isalpha() and not is_hangul(folded[end]))
    ):
        return None
    return number, end


def _spoken_phone(text: Text, start: int, setting: Setting) -> tuple[str, int] | None:
    if setting.korean:
        korean = numbers_ko.read_out(text, start)
        if korean is not None:
            number, end = korean
            while end > start and text.folded[end - 1] == "에":
                end -= 1
            if _SHORTEST <= len(number) <= _LONGEST:
                return number, end
    number = ""
    place = end = start
    while True:
        times = _TIMES.first(text.folded, place)
        digit = numbers_en.below_hundred(text, text.skip(times[1]) if times else place)
        if digit is None or (digit[0] > 9 and text.folded[place].isdecimal()):
            break
        number += str(digit[0]) * (times[0] if times else 1)
        end = digit[1]
        place = text.skip(end, " -,")
    if text.folded[start : start + 1].isdecimal() or not _SHORTEST <= len(number) <= _LONGEST:
        return None
    return number, end


def find_email(text: Text, setting: Setting) -> Iterator[Found]:
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
            said = text.raw[start:end]
            yield Found(start=start, end=end, original=said, interpreted=said, resolved=(said,))
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


def _host(text: Text, begin: int) -> tuple[str, int] | None:
    folded = text.folded
    return next(
        ((host, end) for host, end in _HOSTS.at(folded, begin) if ends_well(folded, end)), None
    )


def read_email(text: Text, setting: Setting) -> Found | None:
    """The address of a reply, typed or read out ("hong at example dot com")."""
    typed = next(find_email(text, setting), None)
    if typed is not None:
        return typed
    said = ""
    start: int | None = None
    end = 0
    for begin, stop in text.words():
        sign = next((s for s, e in _SPOKEN.at(text.folded, begin) if e == stop), None)
        host = _host(text, begin) if "@" in said else None
        if sign is not None and said:
            said += sign
        elif host is not None:
            said += host[0]
        elif is_hangul(text.folded[begin]):
            continue
        else:
            if said and said[-1] not in "@._-+" and text.folded[end:begin] == " ":
                said, start = "", None  # words before the address
            between = text.folded[end:begin] if said else ""
            said += (
                between.strip() if between.strip() in ("", ".", "-", "_", "+") else ""
            ) + text.raw[begin:stop]
        start = begin if start is None else start
        end = host[1] if host else stop
    local, at_sign, domain = said.partition("@")
    if start is None or not at_sign or not _address(local.lower(), domain.lower()):
        return None
    return Found(
        start=start, end=end, original=text.raw[start:end], interpreted=said, resolved=(said,)
    )
