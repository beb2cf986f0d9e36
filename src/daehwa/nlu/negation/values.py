"""Values of slot types in texts that deny some of them: "not **monday**, tuesday".

Of a type, a value that is denied goes where another takes its place, and where it stands next to
what denies it; the date of "tomorrow at three, no, at four" stays. What replaces a value may
leave out what the two share ("december 3rd, no, the 5th"; "8 pm, or rather 9").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import wraps
from typing import TYPE_CHECKING, Any, Final, TypeVar

import msgspec

from daehwa.nlu.languages.setting import Setting
from daehwa.nlu.languages.spans import Span
from daehwa.nlu.languages.text import Text
from daehwa.nlu.negation.denials import (
    Denial,
    asserted_in,
    blanked,
    denials,
    says_anything,
)
from daehwa.nlu.negation.exchanges import ValueExchange, exchanges

if TYPE_CHECKING:
    from daehwa.nlu.builtins.mention import Mention
    from daehwa.nlu.slots.filling import Proposal

_ARTICLES: Final = ("the ", "a ", "an ")
_CLOCK: Final = re.compile(r"\d\d:\d\d")
"""An exact time, which shares nothing: five of six pm, no, *three pm*."""
_UNITS: Final = re.compile(r"(?<=\d)[YMWDHS]")
"""The units of an ISO 8601 duration."""
_FEW: Final = 3
"""Words that may be a value with something left out."""


Proposed = TypeVar("Proposed", bound="Proposal")
Find = Callable[[Text, Setting], Iterable["Mention"]]
Read = Callable[[Text, Setting], "Mention | None"]


def find_asserted(
    find: Find, text: Text, setting: Setting, *, shared: bool = False
) -> Iterator[Mention]:
    """The values that ``find`` gives of a text, without those that are denied.

    With ``shared`` a value takes over from the one that it replaces what it leaves out.
    """
    some = denials(text.folded, setting.locale)
    if not some:
        yield from find(text, setting)
        return
    everything = list(find(text, setting))
    some = _but_values(some, everything)
    if not some:
        yield from everything
        return
    inside = [v for v in everything if any(_in(v, denial) for denial in some)]
    outside = list(find(Text(_without(text, some)), setting))
    if shared:
        outside = [_completed(v, inside, setting, _first_of(find)) for v in outside]
    kept = [v for v in inside if _stays(v, text, some, replaced=bool(outside))]
    kept = [v for v in kept if not any(v.overlaps(other) for other in outside)]
    yield from sorted([*outside, *kept], key=lambda value: value.start)


def read_asserted(
    read: Read, text: Text, setting: Setting, *, listed: bool = False, shared: bool = False
) -> Mention | None:
    """The value that ``read`` gives of a reply, of what it denies none.

    Where values are ``listed``, one that holds the very words of the denial goes before it.
    """
    exchanged = _exchanged(read, text, setting, listed=listed, shared=shared)
    some = () if exchanged else denials(text.folded, setting.locale)
    if not some:
        return exchanged or read(text, setting)
    everything = read(text, setting)
    if everything is not None and listed and any(_holds(everything, each) for each in some):
        return everything
    rest = Text(_without(text, some))
    value = read(rest, setting) if rest.starts else None
    if shared:
        denied = _denied_values(read, text, some, setting)
        if value is not None:
            return _completed(value, denied, setting, read)
        value = _from_few_words(text, some, denied, setting, read)
    if value is not None or everything is None:
        return value
    if any(everything.span.overlaps(d.words) or d.kind == "correction" for d in some):
        return None
    return everything if _stays(everything, text, some, replaced=False) else None


def _exchanged(
    read: Read, text: Text, setting: Setting, *, listed: bool, shared: bool
) -> Mention | None:
    """The value of a reply that takes another's place, with words that show it only there."""
    for place in exchanges(text.folded, setting.locale):
        if place.both is not None and not listed:
            continue
        old = _read_part(read, text, place.old, setting)
        if old is None:
            continue
        new = _read_part(
            lambda part, now: read_asserted(read, part, now, listed=listed, shared=shared),
            text, place.new, setting,
        )  # fmt: skip
        if new is None or not _alike(old, new):
            continue
        if _are_one(read, text, place, (old, new), setting, listed=listed):
            continue
        return _completed(new, [old], setting, read) if shared else new
    return None


def _read_part(read: Read, text: Text, part: Span, setting: Setting) -> Mention | None:
    """What a part of a text reads as on its own, at its place in the text."""
    value = read(Text(text.raw[part.start : part.end]), setting)
    if value is None:
        return None
    return msgspec.structs.replace(
        value, start=value.start + part.start, end=value.end + part.start
    )


def _alike(old: Mention, new: Mention) -> bool:
    """Whether two values may stand for each other: codes with digits, or without."""
    values = [" ".join(each.resolved) for each in (old, new)]
    if all("@" in value for value in values):
        return True
    digits = [any(c.isdecimal() for c in value) for value in values]
    return digits[0] == digits[1]


def _are_one(
    read: Read,
    text: Text,
    place: ValueExchange,
    values: tuple[Mention, Mention],
    setting: Setting,
    *,
    listed: bool,
) -> bool:
    """Whether the words of two values are those of one: not *december 3rd*."""
    old, new = values
    if place.both is not None and (old.span, new.span) != (place.old, place.new):
        return True  # other words stand beside them
    if place.both is None and not listed:
        return False
    whole = _read_part(read, text, place.both or Span(0, len(text)), setting)
    return whole is not None and whole.overlaps(old) and whole.overlaps(new)


def asserted_proposals(
    proposals: Sequence[Proposed],
    text: Text,
    locale: str,
    *,
    accepted: float,
    slot_of: Callable[[Proposed], object],
) -> list[Proposed]:
    """The proposals for an intent's slots, without those that are denied.

    A slot's value is replaced where an ``accepted`` one of the same slot is asserted.
    """
    some = denials(text.folded, locale)
    if not some:
        return list(proposals)
    some = _but_values(some, [proposal.value for proposal in proposals])
    inside: dict[object, list[Proposed]] = {}
    outside: dict[object, list[Proposed]] = {}
    for proposal in proposals:
        in_scope = any(_in(proposal.value, denial) for denial in some)
        (inside if in_scope else outside).setdefault(slot_of(proposal), []).append(proposal)
    kept: list[Proposed] = []
    for slot in {**inside, **outside}:
        denied, asserted = inside.get(slot, []), outside.get(slot, [])
        # What replaces a value stands in its place: to Paris, no, Rome.
        place = max((p.score for p in denied), default=0.0) if _corrects(some) else 0.0
        asserted = [_raised(p, place) for p in asserted]
        replaced = any(p.score >= accepted for p in asserted)
        kept += asserted
        kept += (p for p in denied if _stays(p.value, text, some, replaced=replaced))
    return kept


def _corrects(some: Sequence[Denial]) -> bool:
    return any(denial.kind in ("correction", "contrast") for denial in some)


def _raised(proposal: Proposed, score: float) -> Proposed:
    return msgspec.structs.replace(proposal, score=max(proposal.score, score))


def finding(
    method: Callable[[Any, Text, Setting], Iterable[Mention]],
) -> Callable[..., Sequence[Mention]]:
    """A slot type's ``find`` that gives no value that is denied."""

    @wraps(method)
    def find(self: Any, text: Text, setting: Setting) -> Sequence[Mention]:
        return list(find_asserted(lambda *args: method(self, *args), text, setting))

    return find


def reading(
    method: Callable[[Any, Text, Setting], Mention | None],
) -> Callable[..., Mention | None]:
    """A slot type's ``read`` that gives no value that is denied."""

    @wraps(method)
    def read(self: Any, text: Text, setting: Setting) -> Mention | None:
        return read_asserted(lambda *args: method(self, *args), text, setting, listed=True)

    return read


def _in(value: Mention, denial: Denial) -> bool:
    return value.span.overlaps(denial.whole)


def _but_values(some: Sequence[Denial], values: Sequence[Mention]) -> tuple[Denial, ...]:
    """The denials whose words are not part of a value."""
    return tuple(d for d in some if not any(_holds(value, d) for value in values))


def _holds(value: Mention, denial: Denial) -> bool:
    """Whether a certain value has the words of the denial in it (안 매운맛)."""
    return value.sure == 1.0 and value.span.overlaps(denial.words)


def _without(text: Text, some: Sequence[Denial]) -> str:
    return blanked(text.raw, asserted_in(text.folded, some))


def _stays(value: Mention, text: Text, some: Sequence[Denial], *, replaced: bool) -> bool:
    """Whether a value in the scope of a denial is none of what it denies."""
    if replaced:
        return False
    for denial in some:
        if not _in(value, denial):
            continue
        if denial.kind == "correction":
            # Something else was put right, unless nothing was put in its place.
            if not says_anything(text.folded, [Span(denial.cue.end, len(text))], denial.rules):
                return False
        elif denial.kind == "state" and not denial.phrase:
            continue
        elif denial.touches(text.folded, value.span):
            return False
    return True


def _first_of(find: Find) -> Read:
    return lambda text, setting: next(iter(find(text, setting)), None)


def _denied_values(
    read: Read, text: Text, some: Sequence[Denial], setting: Setting
) -> list[Mention]:
    """What each denial's scope reads as on its own."""
    values = (_read_part(read, text, denial.scope, setting) for denial in some)
    return [value for value in values if value is not None]


def _completed(
    value: Mention,
    denied: Sequence[Mention],
    setting: Setting,
    read: Read,
) -> Mention:
    """A value with what it shares with the one that it replaces, where it leaves that out."""
    own = _no_article(value.original)
    for other in reversed(denied):
        words = Text(other.original).words()
        if len(words) <= len(Text(own).words()) and value.interpreted is not None:
            continue
        beginnings = (
            each
            for each in _with_beginnings(other.original, own)
            if not _ends_in_number(each[: len(each) - len(own)], setting)
        )
        for phrase in (*beginnings, *_with_ends(other.original, own)):
            whole = read(Text(phrase), setting)
            if whole is None or whole.interpreted is None or whole.size != len(phrase):
                continue
            if _completes(whole, value, other):
                return msgspec.structs.replace(
                    value, interpreted=whole.interpreted, resolved=whole.resolved
                )
    return value


def _completes(whole: Mention, value: Mention, other: Mention) -> bool:
    """Whether a value and what it may share with the one that it replaces are what was meant.

    A duration shares the larger units, none that it has itself: 1 hour 10 minutes, no, *20*.
    """
    if whole.interpreted == other.interpreted or _CLOCK.fullmatch(value.interpreted or ""):
        return False
    parts = [_units(each) for each in (whole, value, other)]
    if not all(parts):
        return True
    everything, own, before = parts
    return everything == before and own == before[-len(own) :]


def _units(value: Mention) -> list[str]:
    """The units of a duration; none of what is no duration."""
    spelt = value.interpreted or ""
    return _UNITS.findall(spelt) if spelt.startswith("P") else []


def _from_few_words(
    text: Text, some: Sequence[Denial], denied: Sequence[Mention], setting: Setting, read: Read
) -> Mention | None:
    """The few words that are asserted, with the unit of the value that they replace, or all of it.

    "not tomorrow, the day after".
    """
    parts = [p for p in asserted_in(text.folded, some) if text.words(*p)]
    if len(parts) != 1 or not denied or len(text.words(*parts[0])) > _FEW:
        return None
    words = text.words(*parts[0])
    start = words[0].start
    for last in reversed(words):
        own = _no_article(text.raw[start : last.end])
        other = denied[-1].original
        for phrase in (*_with_beginnings(other, own), *_with_ends(other, own), f"{own} {other}"):
            whole = read(Text(phrase), setting)
            if whole is not None and whole.interpreted is not None and whole.size == len(phrase):
                return msgspec.structs.replace(whole, start=start, end=last.end, original=own)
    return None


def _ends_in_number(words: str, setting: Setting) -> bool:
    """Whether the last word is a numeral, which another number replaces: *ten* dollars, twenty."""
    text = Text(words)
    start = text.starts[-1] if text.starts else 0
    readers = (language.numbers for language in setting.languages)
    return any(
        number.end == len(text)
        for reader in readers
        if reader is not None and text.starts
        for number in reader.numerals(text, start, setting)
    )


def _no_article(phrase: str) -> str:
    return next((phrase[len(a) :] for a in _ARTICLES if phrase.lower().startswith(a)), phrase)


def _with_beginnings(other: str, own: str) -> Iterator[str]:
    """``own`` after each beginning of ``other``, the longest first; none that ends in a digit."""
    for word in reversed(Text(other).words()[1:]):
        beginning = other[: word.start]
        if not beginning[-1:].isdigit():
            yield beginning + own


def _with_ends(other: str, own: str) -> Iterator[str]:
    """``own`` before each end of ``other``, the longest first."""
    for word in Text(other).words()[1:]:
        before = other[word.start - 1]
        yield own + (" " if before == " " else "") + other[word.start :]
