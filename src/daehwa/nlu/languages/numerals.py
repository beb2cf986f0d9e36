"""Numerals of a language from its words for 0 to 999: all that a European language needs to say.

``trois cent vingt et un mille``, ``siebentausendeinundzwanzig``, ``due e mezzo``. A number is
never made of a part of the words: where another numeral, a fraction or what makes a date of it
stands beside one, none is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Final

from daehwa.nlu.languages import digits
from daehwa.nlu.languages.accents import spelt, spelt_all
from daehwa.nlu.languages.language import Numbers
from daehwa.nlu.languages.lexicon import Lexicon, Vocabulary
from daehwa.nlu.languages.setting import Setting
from daehwa.nlu.languages.spans import Parsed
from daehwa.nlu.languages.suffixes import ends_well
from daehwa.nlu.languages.text import Text, is_mark

_BETWEEN: Final = " -"
_HALF: Final = Decimal("0.5")
# Words inside numerals that stand between other words as well.
_CONNECTORS: Final = frozenset(("y", "e", "et", "und", "og", "och", "i", "ja", "en"))
_MARKS: Final = tuple("/:")
_THOUSAND: Final = 1_000
_LONGEST_FRACTION: Final = 12


class Numerals:
    """The numerals of a language."""

    def __init__(
        self,
        *,
        below_thousand: Mapping[str, int],
        multiples: Mapping[str, int],
        articles: Iterable[str] = (),
        joints: Iterable[str] = (),
        points: Iterable[str] = (),
        minus: Iterable[str] = (),
        halves: Iterable[str] = (),
        dozens: Mapping[str, int] | None = None,
        fixed: Mapping[str, str] | None = None,
        no_number_before: Iterable[str] = (),
        no_number_after: Iterable[str] = (),
        counted: Iterable[str] = (),
        alternatives: Iterable[str] = (),
        fused: Iterable[str] = (),
    ) -> None:
        """Take the words, in lower case.

        ``below_thousand`` are all numerals from 0 to 999, ``multiples`` thousand and above;
        ``joints`` stand between the thousands and the rest (``e``). ``points`` say where the
        decimals begin, ``halves`` add a half, ``dozens`` multiply; ``fixed`` are words for a
        whole amount (*anderthalb*: 1.5). ``articles`` are numerals
        that sentences hold without counting (``una``); they count alone, and before one of the
        nouns ``counted``. A number before one of ``no_number_before`` is part of something
        else: a month, a fraction; so is one after one of ``no_number_after`` (``halb``).
        ``alternatives`` stand between two numbers of which neither is meant alone (two *or*
        three). ``fused`` are words for thousand that are written into one word with what is
        around them.
        """
        self._spelt = spelt(below_thousand)
        self._groups = _by_first_words(self._spelt)
        self._multiples = Lexicon(spelt(multiples))
        self._joints = tuple(f"{joint} " for joint in joints)
        self._points = Lexicon(spelt(dict.fromkeys(points, 0)))
        self._minus = Lexicon(spelt(dict.fromkeys(minus, 0)))
        self._halves = Lexicon(spelt(dict.fromkeys(halves, 0)))
        self._dozens = Lexicon(spelt(dozens or {}))
        self._fixed = Lexicon(spelt(fixed or {}))
        self._articles = frozenset(articles)
        self._others = Lexicon(spelt(dict.fromkeys(no_number_before, 0)))
        self._before = frozenset(spelt_all(no_number_after))
        self._counted = Lexicon(spelt(dict.fromkeys(counted, 0)))
        self._alternatives = tuple(f"{each} " for each in spelt_all(alternatives))
        self._fused = tuple(fused)
        vocabulary = Vocabulary()
        for lexicon in (self._multiples, self._minus, self._dozens, *self._groups.values()):
            vocabulary.words |= lexicon.first_words
        vocabulary.words |= self._fixed.first_words
        self._vocabulary = vocabulary
        words = (word for phrase in (*self._spelt, *spelt(multiples)) for word in _words(phrase))
        self._words = frozenset(words) - _CONNECTORS - {each.strip() for each in self._joints}

    @property
    def numbers(self) -> Numbers:
        """The part of a `Language`."""
        return Numbers(
            numerals=self._numerals,
            standing=self._standing,
            alone=self._alone,
            belongs=self._belongs,
            seldom=self._articles,
        )

    def whole(self, text: Text, at: int) -> Parsed[int] | None:
        """The longest whole number in words at ``at``."""
        total: int | None = None
        place, end, below = at, at, 10**15
        while True:
            group = self._group(text, place)
            onward = place if group is None else text.skip(group.end, _BETWEEN)
            multiple = self._multiples.first(text.folded, onward)
            if multiple is not None and multiple.value < below:
                total = (total or 0) + (1 if group is None else group.value) * multiple.value
                end, below = multiple.end, multiple.value
            elif group is not None and group.value < below:
                return Parsed((total or 0) + group.value, group.end)
            else:
                return None if total is None else Parsed(total, end)
            # "mil, duzentos e trinta": a comma may stand after the thousands.
            place = text.past(text.skip(end, f"{_BETWEEN},"), *self._joints)

    def may_begin(self, text: Text, at: int) -> bool:
        """Whether a number may begin at a place: most words of a text can begin none."""
        return self._vocabulary.may_begin(text, at) or self._is_fused(text.run(at))

    def _is_fused(self, word: str) -> bool:
        return any(thousand in word for thousand in self._fused)

    def half_follows(self, text: Text, end: int) -> bool:
        """Whether a half is added to what ends at a place: *una semana y media*."""
        return self._halves.first(text.folded, text.skip(end)) is not None

    def is_number(self, word: str) -> bool:
        """Whether a word is a numeral, or a number in digits."""
        return word.isdecimal() or word in self._spelt

    def goes_on_before(self, text: Text, at: int) -> bool:
        """Whether the word right before a place is a numeral, and what is there but its rest."""
        return any(word in self._words for word in _beside(text.folded, at))

    def small(self, text: Text, at: int) -> Parsed[int] | None:
        """A whole number below a hundred, in words or in one or two digits."""
        end = digits.run_of_digits(text.folded, at)
        if end > at:
            return Parsed(int(text.folded[at:end]), end) if end - at <= 2 else None
        number = self.whole(text, at)
        return number if number is not None and number.value < 100 else None

    def amount(self, text: Text, at: int, setting: Setting) -> Parsed[Decimal] | None:
        """A number in words or digits at ``at``, with its sign, its decimals, a half."""
        if at >= len(text) or not self.may_begin(text, at):
            return None
        # "al menos cinco" is not a negative number.
        minus = None if text.folded[:at].strip() else self._minus.first(text.folded, at)
        begin = at if minus is None else text.skip(minus.end)
        number = self._in_digits(text, begin, setting) or self._in_words(text, begin)
        if number is None:
            return None
        return Parsed(number.value if minus is None else -number.value, number.end)

    def _group(self, text: Text, at: int) -> Parsed[int] | None:
        groups = self._groups.get(text.run(at)) if at < len(text) else None
        group = None if groups is None else groups.first(text.folded, at)
        if not self._fused or not text.folded[at : at + 1].isalpha():
            return group
        end = text.word_end(at)
        word = text.folded[at:end]
        thousand = next((each for each in self._fused if each in word), "")
        left, _, right = word.partition(thousand) if thousand else ("", "", "")
        if not thousand or (left and left not in self._spelt):
            return group
        # The rest may be a word of its own: zweitausend einundzwanzig.
        rest = self._spelt.get(right.removeprefix("und")) if right else 0
        value = self._spelt.get(left, 1) * _THOUSAND
        if not right:
            onward = self._group(text, text.past(text.skip(end), *self._joints))
            if onward is not None:
                return Parsed(value + onward.value, onward.end)
        return None if rest is None else Parsed(value + rest, end)

    def _in_digits(self, text: Text, at: int, setting: Setting) -> Parsed[Decimal] | None:
        """``1.234,5``, ``2 mil``, ``3,5 millones``."""
        if text.folded[at : at + 1].isalpha():
            return None
        number = digits.number(text, at, setting)
        if number is None:
            return None
        multiple = self._multiples.first(text.folded, text.skip(number.end))
        if multiple is not None:
            value = number.value * multiple.value
            return Parsed(Decimal(int(value)) if value == int(value) else value, multiple.end)
        return self._and_half(text, number)

    def _in_words(self, text: Text, at: int) -> Parsed[Decimal] | None:
        fixed = self._fixed.first(text.folded, at)
        if fixed is not None:
            return Parsed(Decimal(fixed.value), fixed.end)
        whole = self.whole(text, at)
        if whole is None:
            dozen = self._dozens.first(text.folded, at)
            return None if dozen is None else Parsed(Decimal(dozen.value), dozen.end)
        dozen = self._dozens.first(text.folded, text.skip(whole.end))
        if dozen is not None:
            half = self._halves.first(text.folded, text.skip(dozen.end))
            count = Decimal(whole.value) + (0 if half is None else _HALF)
            end = dozen.end if half is None else half.end
            return Parsed(Decimal(int(count * dozen.value)), end)
        point = self._points.first(text.folded, text.skip(whole.end))
        fraction = "" if point is None else self._fraction(text, text.skip(point.end))
        if isinstance(fraction, Parsed):
            return Parsed(Decimal(f"{whole.value}.{fraction.value}"), fraction.end)
        return self._and_half(text, Parsed(Decimal(whole.value), whole.end))

    def _fraction(self, text: Text, at: int) -> Parsed[str] | str:
        """The decimals in words: "cero cinco" is 05."""
        written, end = "", at
        while len(written) < _LONGEST_FRACTION:
            group = self._group(text, text.skip(end, _BETWEEN))
            if group is None:
                break
            written, end = f"{written}{group.value}", group.end
        return Parsed(written, end) if written else ""

    def _and_half(self, text: Text, number: Parsed[Decimal]) -> Parsed[Decimal]:
        if number.value != int(number.value):
            return number
        half = self._halves.first(text.folded, text.skip(number.end))
        return number if half is None else Parsed(number.value + _HALF, half.end)

    def _numerals(self, text: Text, at: int, setting: Setting) -> Iterator[Parsed[Decimal]]:
        number = self.amount(text, at, setting)
        if number is not None:
            yield number

    def _standing(self, text: Text, at: int, setting: Setting) -> Parsed[str] | None:
        number = self.amount(text, at, setting)
        if number is None or self._belongs(text, at, number.end):
            return None
        is_article = text.folded[at : number.end] in self._articles
        if is_article and self._counted.first(text.folded, text.skip(number.end)) is None:
            return None
        return Parsed(f"{number.value:f}", number.end)

    def _alone(self, text: Text, at: int, setting: Setting) -> Parsed[str] | None:
        """An article with nothing after it: *una*, *nur eine*."""
        number = self.amount(text, at, setting)
        if number is None or text.folded[at : number.end] not in self._articles:
            return None
        ends = text.skip(number.end, " .,!") == len(text)
        ends = ends and not self._is_alternative(text, at, number.end)
        return Parsed(f"{number.value:f}", number.end) if ends else None

    def _belongs(self, text: Text, at: int, end: int) -> bool:
        """Whether a number is part of something else: of a longer number, a date, a fraction."""
        folded = text.folded
        after = folded[end : end + 1]
        if after and (after.isalpha() or is_mark(after)) and after < "\u0e00":
            return True
        is_joined = after in _MARKS and folded[end + 1 : end + 2].isdecimal()
        if is_joined or not ends_well(folded, end):
            return True
        if any(word in self._words or word in self._before for word in _beside(folded, at)):
            return True
        if self._is_alternative(text, at, end) or (at and folded[at - 1].isalpha()):
            return True
        onward = text.skip(end, " -./")
        if self._others.first(folded, onward) or self._minus.first(folded, text.skip(end)):
            return True
        another = self.whole(text, text.skip(end, _BETWEEN))
        return another is not None and folded[onward : another.end] not in self._articles

    def _is_alternative(self, text: Text, at: int, end: int) -> bool:
        """Whether another number stands beside a number: *dos o* tres, 1 234."""
        folded = text.folded
        onward = text.skip(end)
        if onward > end and folded[onward : onward + 1].isdecimal():
            return True
        if folded[at].isdecimal() and folded[:at].rstrip(" ")[-1:].isdecimal():
            return True
        other = text.past(onward, *self._alternatives)
        if other > onward and self._is_number(text, other):
            return True
        before = folded[:at]
        joint = next((each for each in self._alternatives if before.endswith(f" {each}")), "")
        words = before.removesuffix(joint).split() if joint else []
        return bool(words) and (words[-1][-1].isdecimal() or words[-1] in self._words)

    def _is_number(self, text: Text, at: int) -> bool:
        return text.folded[at : at + 1].isdecimal() or self.whole(text, at) is not None


def _by_first_words(phrases: Mapping[str, int]) -> dict[str, Lexicon[int]]:
    """Lexicons by the words that their phrases begin with: a thousand phrases are many to try."""
    tables: dict[str, dict[str, int]] = {}
    for phrase, value in phrases.items():
        tables.setdefault(phrase.replace("-", " ").split()[0], {})[phrase] = value
    return {word: Lexicon(table) for word, table in tables.items()}


def _words(phrase: str) -> list[str]:
    return phrase.replace("-", " ").split()


def _beside(folded: str, at: int) -> list[str]:
    """The word right before a place, past spaces and hyphens; none where a mark parts them."""
    before = folded[:at].rstrip(_BETWEEN)
    start = len(before)
    while start and (before[start - 1].isalpha() or is_mark(before[start - 1])):
        start -= 1
    return [before[start:]] if start < len(before) else []
