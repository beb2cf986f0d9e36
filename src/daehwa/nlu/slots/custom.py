"""Custom slot types: listed values and synonyms, and the words that an open one takes."""

from __future__ import annotations

from collections.abc import Sequence

from daehwa import bot
from daehwa.nlu.builtins import Found, Setting, Text
from daehwa.nlu.builtins.carriers import bare
from daehwa.nlu.builtins.endings import ends_well, stem_ends
from daehwa.nlu.builtins.numbers import COUNTERS_KO
from daehwa.nlu.builtins.numbers_ko import numerals
from daehwa.nlu.builtins.places import plausible
from daehwa.nlu.builtins.text import Squeezed, is_hangul
from daehwa.nlu.slots.fuzzy import Nearby

_MOST_WORDS = 10
_FEW_BESIDE = 2  # words beside a listed value that may be part of a longer one
_SURE_INSIDE = 0.85
_SURE_SLIP = 0.9


def squeeze(phrase: str) -> str:
    """A phrase by its letters and digits only: spacing and punctuation do not tell values apart."""
    return "".join(c for c in phrase if c.isalnum())


class CustomKind:
    """The values of a custom slot type.

    With TOP_RESOLUTION ("restrict") only listed values and synonyms are values, and the
    interpreted value is the canonical one; otherwise ("expand") the user's own words are.
    """

    fillable = True

    def __init__(self, definition: bot.SlotType, vocabulary: frozenset[str] = frozenset()) -> None:
        self.name = definition.name
        setting = definition.value_selection_setting
        self.restricted = setting is not None and setting.resolution_strategy == "TOP_RESOLUTION"
        self.open = not self.restricted
        self._canonical: dict[str, list[str]] = {}
        self._spoken: list[str] = []
        for entry in definition.slot_type_values or ():
            value = entry.sample_value.value
            for said in (value, *(s.value for s in entry.synonyms or ())):
                key = squeeze(Text(said).folded)
                if not key:
                    continue
                values = self._canonical.setdefault(key, [])
                if value not in values:
                    values.append(value)
                self._spoken.append(said)
        self._sizes: dict[str, list[int]] = {}
        for key in sorted(self._canonical, key=len, reverse=True):
            sizes = self._sizes.setdefault(key[0], [])
            if not sizes or sizes[-1] != len(key):
                sizes.append(len(key))
        self._nearby = Nearby(self._canonical)
        self._vocabulary = vocabulary
        # What is wider than the widest value, slips and spaces aside, is no slip of one.
        self._widest = max(map(len, self._spoken), default=0) + 4
        self._longest = max((len(Text(s).words()) for s in self._spoken), default=1)

    # --- finding ------------------------------------------------------------------------

    def find(self, text: Text, setting: Setting) -> Sequence[Found]:
        """Listed values in the text, the longest first at each place; then slips of the pen."""
        del setting
        return self._scan(text, asked=False)

    def _scan(self, text: Text, *, asked: bool) -> list[Found]:
        if not self._canonical:
            return []
        squeezed = text.squeezed
        found: list[Found] = []
        beyond = -1
        for start in text.starts:
            if start < beyond:
                continue
            hit = self._at(text, squeezed, start)
            if hit is None:
                continue
            key, end = hit
            found.append(self._found(text, start, end, key, sure=1.0))
            beyond = end
        if asked and found:
            return found
        return sorted([*found, *self._slips(text, found, asked=asked)], key=lambda f: f.start)

    def _at(self, text: Text, squeezed: Squeezed, start: int) -> tuple[str, int] | None:
        place = squeezed.at[start]
        rest = len(squeezed.said) - place
        for size in self._sizes.get(squeezed.said[place], ()):
            if size > rest:
                continue
            key = squeezed.said[place : place + size]
            if key in self._canonical:
                end = squeezed.back[place + size - 1] + 1
                stop = _value_end(text, end)
                if stop is not None and _joined(text.folded, start, end):
                    return key, stop
        return None

    def _slips(self, text: Text, exact: Sequence[Found], *, asked: bool) -> list[Found]:
        """Misspelt values among the words that are no listed value."""
        words = [
            (start, end)
            for start, end in text.words()
            if not any(f.start < end and start < f.end for f in exact)
        ]
        found: list[Found] = []
        beyond = -1
        for first, (start, _) in enumerate(words):
            if start < beyond:
                continue
            for last in range(min(len(words), first + self._longest) - 1, first - 1, -1):
                end = words[last][1]
                if end - start > self._widest:
                    continue
                hit = self._slip(text, start, end, asked=asked)
                if hit is not None:
                    key, stop = hit
                    found.append(self._found(text, start, stop, key, sure=_SURE_SLIP))
                    beyond = stop
                    break
        return found

    def _slip(self, text: Text, start: int, end: int, *, asked: bool) -> tuple[str, int] | None:
        folded = text.folded
        if folded[start:end] in self._vocabulary:
            return None
        tail = end
        while tail > start and is_hangul(folded[tail - 1]):
            tail -= 1
        squeezed = text.squeezed
        for size in stem_ends(folded[tail:end]) if tail < end else (0,):
            said = squeezed.between(start, tail + size)
            key = self._nearby.nearest(said, asked=asked)
            if key is not None and not said.isdecimal() and not self._other_word(said, key):
                return key, tail + size
        return None

    def _other_word(self, said: str, key: str) -> bool:
        """Whether what looks misspelt is a word of its own."""
        return said != key and (
            said in self._vocabulary
            or (said.startswith(key) and said[len(key) :] in ("er", "ed", "ly"))
        )

    def _found(self, text: Text, start: int, end: int, key: str, *, sure: float) -> Found:
        said = text.raw[start:end]
        values = tuple(self._canonical[key][:5])
        return Found(
            start=start,
            end=end,
            original=said,
            interpreted=values[0] if self.restricted else said,
            resolved=values,
            sure=sure,
        )

    # --- reading ------------------------------------------------------------------------

    def listed(self, text: Text, setting: Setting) -> Found | None:
        """The listed value that the reply is, when it is one and little else."""
        start, end = bare(text, setting)
        return self._exactly(text, 0, len(text)) or self._exactly(text, start, end)

    def _exactly(self, text: Text, start: int, end: int) -> Found | None:
        if start >= end:
            return None
        squeezed = text.squeezed
        if start in squeezed.at:
            hit = self._at(text, squeezed, start)
            if hit is not None and not squeeze(text.folded[hit[1] : end]):
                return self._found(text, start, hit[1], hit[0], sure=1.0)
        return None

    def read(self, text: Text, setting: Setting) -> Found | None:
        """The value of a reply."""
        start, end = bare(text, setting)
        exact = self._exactly(text, 0, len(text)) or self._exactly(text, start, end)
        if exact is not None:
            return exact
        few = len(text.words(start, end)) <= self._longest + 1
        slip = self._slip(text, start, end, asked=True)
        if slip is not None:
            return self._found(text, start, slip[1], slip[0], sure=_SURE_SLIP)
        inside = self._scan(text, asked=few)
        best = max(inside, key=lambda f: (f.sure, f.end - f.start), default=None)
        if self.restricted:
            if best is None:
                return None
            return _shared(best, text, start, end)
        start = _after_count(text, start, end)
        sure = plausible(text, start, end, words=_MOST_WORDS, digits=True)
        if best is not None and (best.sure < 1.0 or sure is None or _loose(text, best, start, end)):
            return _shared(best, text, start, end)
        return None if sure is None else self._words(text, start, end, sure)

    def _words(self, text: Text, start: int, end: int, sure: float) -> Found:
        said = text.raw[start:end]
        return Found(start=start, end=end, original=said, interpreted=said, resolved=(), sure=sure)

    def resolve(self, text: Text, start: int, end: int, setting: Setting) -> Found | None:
        """A part of the text as a value: a listed one, else its words when the type is open."""
        del setting
        exact = self._exactly(text, start, end)
        if exact is not None:
            return exact
        slip = self._slip(text, start, end, asked=True)
        if slip is not None:
            return self._found(text, start, end, slip[0], sure=_SURE_SLIP)
        if self.restricted:
            return None
        return self._words(text, start, end, 0.6)

    def examples(self, *, korean: bool) -> Sequence[str]:
        """The listed values and synonyms."""
        del korean
        return self._spoken


def _value_end(text: Text, end: int) -> int | None:
    """Where a value that stops at ``end`` ends in the text, its English plural included."""
    folded = text.folded
    if end >= len(folded) or not folded[end].isalnum():
        return end
    if is_hangul(folded[end]):
        return end if ends_well(folded, end) or not is_hangul(folded[end - 1]) else None
    if folded[end - 1].isdecimal() != folded[end].isdecimal() and is_hangul(folded[end - 1]):
        return end
    word_end = text.word_end(end)
    if folded[end:word_end] in ("s", "es") and folded[end - 1].isalpha():
        return word_end
    return None


def _joined(folded: str, start: int, end: int) -> bool:
    """Whether only light punctuation lies inside the value ("T-Bone", not "a. b")."""
    return not any(c in ",;:!?" for c in folded[start:end])


def _after_count(text: Text, start: int, end: int) -> int:
    """Leave a number in digits off the front: "1 dozen roses" is "dozen roses"."""
    stop = start
    while stop < end and text.folded[stop].isdecimal():
        stop += 1
    if start < stop < end and text.folded[stop] == " ":
        return stop + 1
    return start


def _loose(text: Text, found: Found, start: int, end: int) -> bool:
    """Whether the words beside a listed value are a count, or too many to belong to it."""
    after = text.skip(found.end)
    if found.start == start and after < end:
        for _, stop in numerals(text, after):
            counters = [e for _, e in COUNTERS_KO.at(text.folded, text.skip(stop))]
            if stop >= end or any(c >= end for c in counters):
                return True
    if any(is_hangul(c) for c in text.folded[found.start : found.end]):
        return True  # Korean sets a value apart with its particles
    beside = len(text.words(start, end)) - len(text.words(found.start, found.end))
    return beside > _FEW_BESIDE


def _shared(found: Found, text: Text, start: int, end: int) -> Found:
    """A value found inside a longer reply: less sure the more is said beside it."""
    beside = len(text.words(start, end)) - len(text.words(found.start, found.end))
    if beside <= 0:
        return found
    sure = max(0.4, min(found.sure, _SURE_INSIDE) - 0.07 * (beside - 1))
    return Found(
        start=found.start,
        end=found.end,
        original=found.original,
        interpreted=found.interpreted,
        resolved=found.resolved,
        sure=sure,
    )
