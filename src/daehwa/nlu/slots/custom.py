"""Custom slot types: listed values and synonyms, and the words that an open one takes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec

from daehwa import bot
from daehwa.nlu.builtins import Mention, Setting, Text
from daehwa.nlu.builtins.carriers import bare
from daehwa.nlu.builtins.numbers import amounts
from daehwa.nlu.builtins.open_replies import plausible
from daehwa.nlu.languages import digits, reading
from daehwa.nlu.languages.suffixes import counters, ends_well, stem_ends, suffixes_of
from daehwa.nlu.languages.text import Squeezed, is_hangul
from daehwa.nlu.negation import values as negated
from daehwa.nlu.negation.denials import denied_directly
from daehwa.nlu.slots.fuzzy import Nearby

_MOST_WORDS = 10
_MOST_RESOLVED = 5  # values that Lex lists for one
_FEW_BESIDE = 2  # words beside a listed value that may be part of a longer one
_SURE_INSIDE = 0.85
_SURE_SLIP = 0.9
_LEAST_LED = 2  # syllables of a value, and of what is written onto it
_LEAST_BEGUN = 4  # letters of a word that may be the beginning of a value


def squeeze(phrase: str) -> str:
    """A phrase by its letters and digits only: spacing and punctuation distinguish no values."""
    return "".join(c for c in phrase if c.isalnum())


class _Hit(NamedTuple):
    """A listed value, by its letters and digits, that ends at a place of the text."""

    key: str
    end: int


class CustomKind:
    """The values of a custom slot type.

    With TOP_RESOLUTION ("restrict") only listed values and synonyms are values, and the
    interpreted value is the canonical one; otherwise ("expand") the user's own words are.
    """

    fillable = True

    def __init__(
        self, definition: bot.SlotType, locale: str, vocabulary: frozenset[str] = frozenset()
    ) -> None:
        self.name = definition.name
        languages = reading(locale)
        self._plurals = tuple(ending for each in languages for ending in each.plurals)
        self._derivations = tuple(ending for each in languages for ending in each.derivations)
        setting = definition.value_selection_setting
        self.restricted = setting is not None and setting.resolution_strategy == "TOP_RESOLUTION"
        self.open = not self.restricted
        self._canonical: dict[str, list[str]] = {}
        self._spoken: list[str] = []
        for entry in definition.slot_type_values or ():
            value = entry.sample_value.value
            for phrase in (value, *(s.value for s in entry.synonyms or ())):
                key = squeeze(Text(phrase).folded)
                if not key:
                    continue
                values = self._canonical.setdefault(key, [])
                if value not in values:
                    values.append(value)
                self._spoken.append(phrase)
        self._add_inflections()
        self._add_signs([sign for each in languages for sign in each.signs])
        self._sizes: dict[str, list[int]] = {}
        for key in sorted(self._canonical, key=len, reverse=True):
            sizes = self._sizes.setdefault(key[0], [])
            if not sizes or sizes[-1] != len(key):
                sizes.append(len(key))
        self._nearby = Nearby(self._canonical)
        self._vocabulary = vocabulary
        # What is wider than the widest value, slips and spaces aside, is not a slip of one.
        self._widest = max(map(len, self._spoken), default=0) + 4
        self._longest = max((len(Text(s).words()) for s in self._spoken), default=1)

    def _add_inflections(self) -> None:
        """Know a value that qualifies by its other forms too: 따뜻하게 of 따뜻한."""
        for phrase in self._spoken:
            rules = suffixes_of(phrase[-1])
            inflect = rules and rules.inflections
            for form in inflect(Text(phrase).folded) if inflect else ():
                self._canonical.setdefault(
                    squeeze(form), self._canonical[squeeze(Text(phrase).folded)]
                )

    def _add_signs(self, signs: Sequence[tuple[str, str]]) -> None:
        """Know a value with its words for signs, and with signs for its words (*fish & chips*)."""
        for phrase in self._spoken:
            folded = Text(phrase).folded
            written = shortened = folded
            for sign, word in signs:
                written = written.replace(sign, f" {word} ")
                shortened = re.sub(rf"\b{word}\b", sign, shortened)
            for form in {written, shortened} - {folded}:
                self._canonical.setdefault(squeeze(form), self._canonical[squeeze(folded)])

    def squeezed(self) -> Iterable[str]:
        """The listed values and synonyms by their letters and digits only."""
        return self._canonical

    # --- finding ------------------------------------------------------------------------

    @negated.finding
    def find(self, text: Text, setting: Setting) -> Sequence[Mention]:
        """Listed values in the text, the longest first at each place; then slips of the pen."""
        return self._asserted(self._scan(text, elicited=False), text, setting)

    def _asserted(
        self, values: Sequence[Mention], text: Text, setting: Setting
    ) -> Sequence[Mention]:
        """The values but those whose opposite is meant: 안 *맵게*."""
        locale = setting.locale
        return [v for v in values if not denied_directly(text.folded, v.span, locale)]

    def _scan(self, text: Text, *, elicited: bool) -> list[Mention]:
        if not self._canonical:
            return []
        squeezed = text.squeezed
        exact: list[Mention] = []
        beyond = -1
        for start in text.starts:
            if start < beyond:
                continue
            hit = self._at(text, squeezed, start)
            if hit is None:
                continue
            exact.append(self._mention(text, start, hit, sure=1.0))
            beyond = hit.end
        if elicited and exact:
            return exact
        return sorted([*exact, *self._slips(text, exact, elicited=elicited)], key=lambda m: m.start)

    def _at(self, text: Text, squeezed: Squeezed, start: int) -> _Hit | None:
        """The longest listed value that begins there."""
        place = squeezed.at.get(start)
        if place is None:
            return None  # a mark that joins no letter
        rest = len(squeezed.letters) - place
        for size in self._sizes.get(squeezed.letters[place], ()):
            if size > rest:
                continue
            key = squeezed.letters[place : place + size]
            if key in self._canonical:
                end = squeezed.back[place + size - 1] + 1
                stop = self._value_end(text, end)
                if stop is None and size > 1 and self._is_compound(text, end):
                    stop = end
                if stop is not None and _joined(text.folded, start, end):
                    return _Hit(key, stop)
        return None

    def _value_end(self, text: Text, end: int) -> int | None:
        """Where a value that stops at ``end`` ends in the text, its plural included."""
        folded = text.folded
        if end >= len(folded) or not folded[end].isalnum():
            return end
        if is_hangul(folded[end]):
            return end if ends_well(folded, end) or not is_hangul(folded[end - 1]) else None
        if folded[end - 1].isdecimal() != folded[end].isdecimal() and is_hangul(folded[end - 1]):
            return end
        word_end = text.word_end(end)
        if folded[end:word_end] in self._plurals and folded[end - 1].isalpha():
            return word_end
        return None

    def _is_compound(self, text: Text, end: int) -> bool:
        """Whether a word of the bot is written onto the value: 통장 on 청약 in 청약통장."""
        if end >= len(text) or not (
            is_hangul(text.folded[end]) and is_hangul(text.folded[end - 1])
        ):
            return False
        rest = text.folded[end : text.word_end(end)]
        return any(size > 1 and rest[:size] in self._vocabulary for size in stem_ends(rest))

    def _slips(self, text: Text, exact: Sequence[Mention], *, elicited: bool) -> list[Mention]:
        """Misspelt values among the words that are not a listed value."""
        words = text.words()
        if exact:
            taken = [mention.span for mention in exact]
            words = [word for word in words if not any(span.overlaps(word) for span in taken)]
        slips: list[Mention] = []
        beyond = -1
        for first, (start, _) in enumerate(words):
            if start < beyond:
                continue
            for last in range(min(len(words), first + self._longest) - 1, first - 1, -1):
                end = words[last].end
                if end - start > self._widest:
                    continue
                hit = self._slip(text, start, end, elicited=elicited)
                if hit is not None:
                    slips.append(self._mention(text, start, hit, sure=_SURE_SLIP))
                    beyond = hit.end
                    break
        return slips

    def _slip(self, text: Text, start: int, end: int, *, elicited: bool) -> _Hit | None:
        """The value that the words are with a slip of the pen in them, endings left off."""
        folded = text.folded
        if folded[start:end] in self._vocabulary:
            return None
        tail = end
        while tail > start and is_hangul(folded[tail - 1]):
            tail -= 1
        squeezed = text.squeezed
        for size in stem_ends(folded[tail:end]) if tail < end else (0,):
            word = squeezed.between(start, tail + size)
            key = self._nearby.nearest(word, elicited=elicited)
            if key is not None and not word.isdecimal() and not self._is_other_word(word, key):
                return _Hit(key, tail + size)
        return None

    def _begun(self, text: Text, start: int, end: int) -> _Hit | None:
        """The one value of which a reply is but the beginning: batt."""
        word = text.folded[start:end]
        if len(word) < _LEAST_BEGUN or not (word.isascii() and word.isalpha()):
            return None
        if word in self._vocabulary:
            return None
        keys = [key for key in self._canonical if key.startswith(word) and len(key) < 3 * len(word)]
        meant = {tuple(self._canonical[key]) for key in keys}
        return _Hit(keys[0], end) if len(meant) == 1 else None

    def _led(self, text: Text, start: int, end: int) -> _Hit | None:
        """The one value that a reply of one Korean word begins with: 줌바 of 줌바댄스."""
        word = text.folded[start:end]
        if not self.restricted or not word or not all(map(is_hangul, word)):
            return None
        sizes = (
            n for n in self._sizes.get(word[0], ()) if _LEAST_LED <= n <= len(word) - _LEAST_LED
        )
        keys = [word[:size] for size in sizes if word[:size] in self._canonical]
        return _Hit(keys[0], end) if keys and word not in self._vocabulary else None

    def _is_other_word(self, word: str, key: str) -> bool:
        """Whether what looks misspelt is a word of its own."""
        return word != key and (
            word in self._vocabulary
            or (word.startswith(key) and word.removeprefix(key) in self._derivations)
        )

    def _mention(self, text: Text, start: int, hit: _Hit, *, sure: float) -> Mention:
        original = text.raw[start : hit.end]
        values = tuple(self._canonical[hit.key][:_MOST_RESOLVED])
        return Mention(
            start=start,
            end=hit.end,
            original=original,
            interpreted=values[0] if self.restricted else original,
            resolved=values,
            sure=sure,
        )

    # --- reading ------------------------------------------------------------------------

    def listed(self, text: Text, setting: Setting) -> Mention | None:
        """The listed value that the reply consists of, if it holds one and little else."""
        start, end = bare(text, setting)
        return self._exactly(text, 0, len(text)) or self._exactly(text, start, end)

    def _exactly(self, text: Text, start: int, end: int) -> Mention | None:
        if start >= end:
            return None
        squeezed = text.squeezed
        if start in squeezed.at:
            hit = self._at(text, squeezed, start)
            if hit is not None and not squeeze(text.folded[hit.end : end]):
                return self._mention(text, start, hit, sure=1.0)
        return None

    def word_for_word(self, text: Text) -> Mention | None:
        """The whole text as a listed value or synonym; spacing and marks do not count."""
        return self._exactly(text, 0, len(text))

    @negated.reading
    def read(self, text: Text, setting: Setting) -> Mention | None:
        """The value of a reply."""
        start, end = bare(text, setting)
        exact = self.word_for_word(text) or self._exactly(text, start, end)
        if exact is not None:
            return exact
        few = len(text.words(start, end)) <= self._longest + 1
        slip = (
            self._slip(text, start, end, elicited=True)
            or self._begun(text, start, end)
            or self._led(text, start, end)
        )
        if slip is not None:
            return self._mention(text, start, slip, sure=_SURE_SLIP)
        inside = self._asserted(self._scan(text, elicited=few), text, setting)
        best = max(inside, key=lambda m: (m.sure, m.size), default=None)
        if self.restricted:
            if best is None:
                return None
            return _shared(best, text, start, end)
        start = _after_count(text, start, end)
        sure = plausible(text, start, end, setting, words=_MOST_WORDS, digits=True)
        if best is not None and (
            best.sure < 1.0 or sure is None or _is_loose(text, best, start, end, setting)
        ):
            return _shared(best, text, start, end)
        return None if sure is None else self._words(text, start, end, sure)

    def _words(self, text: Text, start: int, end: int, sure: float) -> Mention:
        words = Mention.of(text, start, end, sure=sure)
        return msgspec.structs.replace(words, resolved=())

    def resolve(self, text: Text, start: int, end: int, setting: Setting) -> Mention | None:
        """A part of the text as a value: a listed one, else its words when the type is open."""
        del setting
        exact = self._exactly(text, start, end)
        if exact is not None:
            return exact
        slip = self._slip(text, start, end, elicited=True)
        if slip is not None:
            return self._mention(text, start, _Hit(slip.key, end), sure=_SURE_SLIP)
        if self.restricted:
            return None
        return self._words(text, start, end, 0.6)

    def examples(self, locale: str) -> Sequence[str]:
        """The listed values and synonyms."""
        del locale
        return self._spoken


def _joined(folded: str, start: int, end: int) -> bool:
    """Whether only light punctuation lies inside the value ("T-Bone", not "a. b")."""
    return not any(c in ",;:!?" for c in folded[start:end])


def _after_count(text: Text, start: int, end: int) -> int:
    """Leave a number in digits off the front: "1 dozen roses" is "dozen roses"."""
    stop = digits.run_of_digits(text.folded, start)
    return stop + 1 if start < stop < end and text.folded[stop] == " " else start


def _is_loose(text: Text, value: Mention, start: int, end: int, setting: Setting) -> bool:
    """Whether the words beside a listed value are a count, or too many to belong to it."""
    after = text.skip(value.end)
    if value.start == start and after < end and _is_count(text, after, end, setting):
        return True
    if any(is_hangul(c) for c in text.folded[value.start : value.end]):
        return True  # Korean sets a value apart with its particles
    return _words_beside(text, value, start, end) > _FEW_BESIDE


def _is_count(text: Text, at: int, end: int, setting: Setting) -> bool:
    """Whether a number up to ``end``, with a counter or without, stands there."""
    if not (is_hangul(text.folded[at]) or text.folded[at].isdecimal()):
        return False
    return any(
        number.end >= end or any(c.end >= end for c in counters(text, text.skip(number.end)))
        for number in amounts(text, at, setting)
    )


def _words_beside(text: Text, value: Mention, start: int, end: int) -> int:
    return len(text.words(start, end)) - len(text.words(value.start, value.end))


def _shared(value: Mention, text: Text, start: int, end: int) -> Mention:
    """A value inside a longer reply: less sure the more stands beside it."""
    beside = _words_beside(text, value, start, end)
    if beside <= 0:
        return value
    sure = max(0.4, min(value.sure, _SURE_INSIDE) - 0.07 * (beside - 1))
    return msgspec.structs.replace(value, sure=sure)
