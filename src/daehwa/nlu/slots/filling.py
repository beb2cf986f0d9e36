"""Filling an intent's slots from an utterance.

Every source proposes spans for slots: grammars and value lists, the sample utterances laid
over the text, the tagger learned from them, and runtime hints. The proposals are weighed
with what stands around them, and the best that do not overlap are taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

import msgspec

from daehwa import lex
from daehwa.nlu import builtins
from daehwa.nlu.builtins import Mention, Setting, Text
from daehwa.nlu.builtins.carriers import bare
from daehwa.nlu.builtins.choices import begins_range
from daehwa.nlu.builtins.open_mentions import may_be_person
from daehwa.nlu.builtins.sentences import is_plain
from daehwa.nlu.languages.spans import Span
from daehwa.nlu.languages.suffixes import suffixes_of
from daehwa.nlu.languages.text import is_hangul
from daehwa.nlu.negation.values import asserted_proposals
from daehwa.nlu.slots.alignment import Alignment
from daehwa.nlu.slots.any_words import (
    any_words,
    behind_asking,
    is_code,
    says_nothing,
    takes_any_words,
)
from daehwa.nlu.slots.context import Context
from daehwa.nlu.slots.custom import CustomKind
from daehwa.nlu.slots.kinds import Kind
from daehwa.nlu.slots.lex_slots import composite, many, scalar
from daehwa.nlu.slots.lists import connected
from daehwa.nlu.slots.slot_fields import Field
from daehwa.nlu.slots.tagger import Tagger
from daehwa.nlu.slots.text_values import TextValues

_ACCEPTED = 0.8
_HINTED = 1.0
_TAGGED = 1.0
_PER_LETTER = 0.01
_SELDOM = 0.25
# Types whose known values are everyday words too, so that they need a context.
_NEEDS_CONTEXT = {
    "AMAZON.AlphaNumeric": 0.3,
    "AMAZON.StreetName": 0.5,
}
_SPAN_OF_TIME = "AMAZON.Duration"
# What a bare number may really be a part of.
_LARGER = tuple(
    builtins.built_in(f"AMAZON.{name}")
    for name in ("Date", "Time", "PhoneNumber", "EmailAddress", "Currency", "Percentage")
)
_DAY = "AMAZON.Date"
# In the names of slots for the last day of a range.
_ENDS = frozenset(
    ("end", "ends", "out", "checkout", "return", "returns", "until", "to", "due", "deadline")
)
_DURATIONS = builtins.built_in(_SPAN_OF_TIME)
_SHARED = tuple(
    builtins.built_in(f"AMAZON.{name}")
    for name in ("Date", "Time", "Duration", "Number", "City", "Country", "State")
)
# Types whose grammar is sure of what it finds.
_CLEAR = frozenset(
    f"AMAZON.{name}"
    for name in (
        "Currency",
        "Date",
        "Duration",
        "EmailAddress",
        "Percentage",
        "PhoneNumber",
        "Time",
        "UKPostalCode",
    )
)
# Types of which a part is another value, not a shorter one.
_NEVER_IN_PART = frozenset({"AMAZON.AlphaNumeric", "AMAZON.Number"})
_PERSON = "AMAZON.FirstName"
_CODE = "AMAZON.AlphaNumeric"
_PLACES = frozenset(("AMAZON.City", "AMAZON.Country", "AMAZON.State"))
_IN_PLACES = frozenset(("of", "the", "on", "new"))  # words that names of places have in them
_PLAIN_CODE = re.compile("[A-Z]{1,4}-?[0-9]{3,}[A-Z0-9-]*")  # K-2020, AB1234
_LOOSE = " ,;:"  # marks that are not part of a value at its edges


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """A value in the text as a slot's, and how much speaks for it."""

    field: Field
    value: Mention
    score: float

    @property
    def listed(self) -> bool:
        """Whether it is word for word what the bot's author lists."""
        kind = self.field.kind
        return isinstance(kind, CustomKind) and self.value.sure == 1.0

    def part_of(self, phrase: Proposal) -> bool:
        """Whether it is but a part of a phrase: 모래 of 모래에 쓴 답장 is not a date."""
        own, other = self.value.span, phrase.value.span
        return other.holds(own) and own != other


class _Tally:
    """What speaks for each span as each slot's value, added up."""

    def __init__(self) -> None:
        self._scores: dict[tuple[str, Span], Proposal] = {}

    def add(self, field: Field, value: Mention, score: float) -> None:
        """Count ``score`` for a span; of two readings of it the surer stays."""
        key = (field.path, value.span)
        before = self._scores.get(key)
        if before is not None:
            value = value if value.sure > before.value.sure else before.value
            score += before.score
        self._scores[key] = Proposal(field=field, value=value, score=score)

    def weighed(self, text: Text, context: Context) -> list[Proposal]:
        """The proposals with what stands around them, longer ones a little ahead."""
        return [
            Proposal(
                field=proposal.field,
                value=proposal.value,
                score=proposal.score
                + context.score(path, text, span.start, span.end)
                + _PER_LETTER * span.size,
            )
            for (path, span), proposal in self._scores.items()
        ]


class Filler:
    """The slots of one intent, ready to be filled from utterances."""

    def __init__(
        self,
        fields: Sequence[Field],
        context: Context,
        alignments: Sequence[Alignment],
        tagger: Tagger | None,
    ) -> None:
        self._fields = {field.path: field for field in fields if field.kind.fillable}
        self._by_kind: dict[int, list[Field]] = {}
        for field in self._fields.values():
            self._by_kind.setdefault(id(field.kind), []).append(field)
        self._context = context
        self._alignments = alignments
        self._tagger = tagger

    def fill(self, seen: TextValues, hints: Mapping[str, Sequence[str]]) -> dict[str, lex.Slot]:
        """The slots that the text fills."""
        text, setting = seen.text, seen.setting
        chosen = self._with_laid(seen, _chosen(self._proposals(seen, hints)))
        return self._slots(self._laid_over(text, setting, chosen), text, setting.locale)

    def laid(self, seen: TextValues) -> list[Proposal] | None:
        """The values of the sample that fits a text word for word, whatever words they are.

        A sample of nothing but words that go around any value (*I'd like* ...) fits nothing so.
        """
        text, setting = seen.text, seen.setting
        fitting = []
        for alignment in self._alignments:
            if says_nothing(alignment.words, setting.locale):
                continue
            for start in behind_asking(text, setting):
                spans = alignment.lay(text, start)
                values = spans and self._laid_values(text, spans, setting)
                if values:
                    fitting.append((len(alignment.words), values))
                    break
        return max(fitting, key=lambda each: each[0])[1] if fitting else None

    def _laid_values(
        self, text: Text, spans: Mapping[str, Span], setting: Setting
    ) -> list[Proposal] | None:
        """The words in place of a sample's slots as their values; none if one is not a value."""
        values = []
        last = bare(text, setting).end
        polite = text.folded[last : last + 1] in (" ", ",")  # ..., please
        for path, whole in spans.items():
            span = Span(whole.start, last) if polite and whole.start < last < whole.end else whole
            field = self._fields.get(path)
            value = None if field is None else any_words(field, text, span, setting)
            if field is None or value is None:
                return None
            values.append(Proposal(field=field, value=value, score=1.0))
        return values

    def _with_laid(self, seen: TextValues, chosen: list[Proposal]) -> list[Proposal]:
        """What is chosen, unlisted words as far as the sample that fits the text has them."""
        laid = self.laid(seen)
        if laid is None:
            return chosen
        by_path = {each.field.path: each for each in laid if not each.listed}
        sure = [
            each
            for each in chosen
            if each.listed
            or each.field.path not in by_path
            or not takes_any_words(each.field)
            or (each.field.kind.name == _CODE and is_code(each.value.original))
        ]
        free = [
            each
            for path, each in by_path.items()
            if takes_any_words(each.field)
            and path not in {other.field.path for other in sure}
            and not any(each.value.overlaps(other.value) for other in sure)
        ]
        if len(sure) + len(free) < len(chosen):
            return chosen
        return sorted([*sure, *free], key=lambda p: p.value.start)

    def _laid_over(self, text: Text, setting: Setting, chosen: list[Proposal]) -> list[Proposal]:
        """What is chosen, and the rest of a sample utterance that fits the text word for word."""
        filled = {proposal.field.path for proposal in chosen}
        for alignment in self._alignments:
            spans = alignment.lay(text)
            if spans is None or not set(spans) - filled:
                continue
            laid: list[Proposal] = []
            for path, span in spans.items():
                field = self._fields.get(path)
                if field is None:
                    break
                value = field.kind.resolve(text, *span, setting)
                if value is None:
                    break
                free = not any(other.value.span.overlaps(span) for other in chosen)
                if path not in filled and free:
                    laid.append(Proposal(field=field, value=value, score=1.0))
            else:
                if laid:
                    return sorted([*chosen, *laid], key=lambda p: p.value.start)
        return chosen

    def _proposals(self, seen: TextValues, hints: Mapping[str, Sequence[str]]) -> list[Proposal]:
        text, setting = seen.text, seen.setting
        tally = _Tally()
        values: dict[int, Sequence[Mention]] = {}
        for identity, fields in self._by_kind.items():
            values[identity] = self._values(fields[0], seen)
        listed = [
            value.span
            for identity, fields in self._by_kind.items()
            if isinstance(fields[0].kind, CustomKind)
            for value in values[identity]
        ]
        for identity, fields in self._by_kind.items():
            for field in fields:
                for value in values[identity]:
                    if self._is_of_time(field, value, seen):
                        continue
                    counts = value.sure == _SELDOM and _counts_beside(text, value, listed)
                    counts = counts and not self._context.counts_others(field.path)
                    counted = msgspec.structs.replace(value, sure=1.0) if counts else value
                    tally.add(field, counted, self._standing(field, counted))
        for field, value, sure in self._tagged(seen, values):
            tally.add(field, value, _TAGGED * sure)
        for path, phrases in hints.items():
            if path in self._fields:
                for expected in _hinted(text, phrases):
                    meant = self._meant(path, text, expected, setting)
                    tally.add(self._fields[path], meant, _HINTED)
        return asserted_proposals(
            tally.weighed(text, self._context),
            text,
            setting.locale,
            accepted=_ACCEPTED,
            slot_of=lambda proposal: proposal.field.path,
        )

    def _tagged(
        self, seen: TextValues, values: Mapping[int, Sequence[Mention]]
    ) -> Iterator[tuple[Field, Mention, float]]:
        """The values that the tagger sees, with how sure it is of each."""
        if self._tagger is None:
            return
        text = seen.text
        spans = known_spans(
            ((fields[0].kind, values[key]) for key, fields in self._by_kind.items()), seen
        )
        for tagged in self._tagger.tag(text, spans):
            field = self._fields.get(tagged.path)
            value = field and self._value(field, seen, tagged.span, values)
            if field and value and not self._is_stray_word(field, text, value, values):
                yield field, value, tagged.probability

    def _is_stray_word(
        self, field: Field, text: Text, value: Mention, values: Mapping[int, Sequence[Mention]]
    ) -> bool:
        """Whether a word in small letters may be a name only for its place in the sentence."""
        if field.kind.name != _PERSON or not value.original.isascii():
            return False
        known = any(value.overlaps(other) for other in values.get(id(field.kind), ()))
        if known or not value.original.islower():
            return False
        return self._context.score(field.path, text, value.start, value.end) <= 0

    def _value(
        self,
        field: Field,
        seen: TextValues,
        span: Span,
        values: Mapping[int, Sequence[Mention]],
    ) -> Mention | None:
        """A span that was tagged as a value: a known one, else its words.

        What a grammar knows at its edge is not part of words that no list knows: "London
        tomorrow" is London.
        """
        text, setting = seen.text, seen.setting
        known = values.get(id(field.kind), ())
        exact = next((value for value in known if value.span == span), None)
        if exact is not None:
            return exact
        if field.kind.name in _NEVER_IN_PART:
            # 6892 of 6892 3344 1207, 이 of 이 킬로 반, 5 of 4.5 pounds, which may be money
            every = seen.of(field.kind)
            whole = next((value for value in every if value.span.holds(span)), None)
            if whole is not None:
                return whole
        start, end = self._cut(text, span, values) if field.kind.open else span
        if start >= end:
            return None
        rules = suffixes_of(text.folded[end]) if end < len(text) else None
        if rules is not None and text.folded[end - 1] in rules.verb_stems:
            return None  # 출발하 of 출발하는 is not a noun
        if not _may_be_value(field, text, Span(start, end), setting):
            return None
        return field.kind.resolve(text, start, end, setting)

    def _cut(self, text: Text, span: Span, values: Mapping[int, Sequence[Mention]]) -> Span:
        """A span without what a grammar reads at its edges, and without marks there."""
        start, end = span
        for identity, others in values.items():
            if self._by_kind[identity][0].kind.name not in _CLEAR:
                continue
            for other in others:
                if start < other.start < end <= other.end:
                    end = start + len(text.folded[start : other.start].rstrip(" ,"))
                elif other.start <= start < other.end < end:
                    start = text.skip(other.end, " ,")
        return Span(text.skip(start, _LOOSE), len(text.folded[:end].rstrip(_LOOSE)))

    def _meant(self, path: str, text: Text, value: Mention, setting: Setting) -> Mention:
        resolved = self._fields[path].kind.resolve(text, value.start, value.end, setting)
        return resolved if resolved is not None and resolved.end == value.end else value

    def _values(self, field: Field, seen: TextValues) -> Sequence[Mention]:
        """The values of a field's kind that stand out in the text."""
        values = seen.of(field.kind)
        if field.kind.name == _DAY and len(values) > 1 and self._begins(field):
            locale = seen.setting.locale
            ends = [b for a, b in pairwise(values) if begins_range(seen.text, a, b, locale)]
            return [value for value in values if value not in ends]
        if field.kind.name != "AMAZON.Number" or not values:
            return values
        larger = [value.span for kind in _LARGER for value in seen.of(kind)]
        return [
            _weighed_numeral(value, seen.text, seen.setting)
            for value in values
            if not any(span.holds(value.span) and span != value.span for span in larger)
        ]

    def _begins(self, field: Field) -> bool:
        """Whether of two days that make a range the first is meant: no slot is there for both."""
        alone = len(self._by_kind[id(field.kind)]) == 1 and not field.many
        return alone and not field.words & _ENDS

    def _is_of_time(self, field: Field, value: Mention, seen: TextValues) -> bool:
        """Whether a number is of a span of time, where the slot counts something else: 3년."""
        if field.kind.name != "AMAZON.Number" or not self._context.counts_no_time(field.path):
            return False
        spans = (span.span for span in seen.of(_DURATIONS))
        return any(span.holds(value.span) and span != value.span for span in spans)

    def _standing(self, field: Field, value: Mention) -> float:
        """How much a value says for itself, with no context."""
        alone = value.sure
        if not _PLAIN_CODE.fullmatch(value.original):
            alone = min(alone, _NEEDS_CONTEXT.get(field.kind.name, 1.0))
        if self._tagger is not None and field.path in self._tagger.paths:
            return alone * self._tagger.listed_worth
        return alone

    def _slots(self, chosen: Sequence[Proposal], text: Text, locale: str) -> dict[str, lex.Slot]:
        slots: dict[str, lex.Slot] = {}
        parts: dict[str, dict[str, Mention]] = {}
        lists: dict[str, list[Mention]] = {}
        for proposal in chosen:
            field = proposal.field
            if field.parent is not None:
                parts.setdefault(field.parent, {})[field.slot] = proposal.value
            elif field.many:
                lists.setdefault(field.slot, []).append(proposal.value)
            else:
                slots[field.slot] = scalar(proposal.value)
        for name, values in lists.items():
            slots[name] = many(connected(values, text, locale), text)
        for name, named in parts.items():
            order = [f.slot for f in self._fields.values() if f.parent == name]
            slots[name] = composite({part: named[part] for part in order if part in named})
        return slots


def _may_be_value(field: Field, text: Text, span: Span, setting: Setting) -> bool:
    """Whether words that no list knows may be a name or a code, likely as the place may be."""
    if field.kind.name == _PERSON:
        return may_be_person(text, span, setting)
    if field.kind.name in _PLACES:
        words = text.folded[span.start : span.end].split()
        return not any(is_plain(word, setting.locale) for word in words if word not in _IN_PLACES)
    if isinstance(field.kind, CustomKind):
        # A soup for *me* is no way to cook it.
        return not all(is_plain(w, setting.locale) for w in text.folded[slice(*span)].split())
    return field.kind.name != _CODE or is_code(text.raw[span.start : span.end])


def _weighed_numeral(value: Mention, text: Text, setting: Setting) -> Mention:
    """A number; one that sentences hold without counting needs something that shows it counts."""
    for language in setting.languages:
        numbers = language.numbers
        if numbers is None or value.original.lower() not in numbers.seldom:
            continue
        if numbers.counts is None or not numbers.counts(text, value.end):
            return msgspec.structs.replace(value, sure=_SELDOM)
    return value


def _counts_beside(text: Text, number: Mention, listed: Iterable[Span]) -> bool:
    """Whether what a number counts stands beside it: *one* tent; 텐트 *하나*."""
    if is_hangul(number.original[-1]):
        return any(text.skip(span.end) == number.start for span in listed)
    return any(text.skip(number.end) == span.start for span in listed)


def known_spans(
    kinds: Iterable[tuple[Kind, Sequence[Mention]]], seen: TextValues
) -> dict[str, list[Span]]:
    """The spans of known values by the name of their type: what the tagger sees of lists.

    The types that every language has (dates, numbers, places) are there even when the
    intent has no slot of them: "for *two* *tomorrow*" reads alike in all bots.
    """
    spans = {kind.name: [value.span for value in values] for kind, values in kinds}
    for shared in _SHARED:
        if f"AMAZON.{shared.name}" not in spans:
            spans[shared.name] = [value.span for value in seen.of(shared)]
    return spans


def _hinted(text: Text, phrases: Sequence[str]) -> Iterable[Mention]:
    """The expected phrases that the text holds."""
    for phrase in phrases:
        folded = Text(phrase).folded
        start = text.folded.find(folded) if folded else -1
        if start >= 0 and start in text.starts:
            value = Mention.of(text, start, start + len(folded))
            yield msgspec.structs.replace(value, resolved=(phrase,))


def _chosen(proposals: Iterable[Proposal]) -> list[Proposal]:
    """The best proposals that share no letters; a slot twice only when it takes several."""
    accepted = [p for p in proposals if p.score >= _ACCEPTED]
    phrases = [p for p in accepted if p.listed]
    spans = [p for p in accepted if p.field.kind.name == _SPAN_OF_TIME]
    order = sorted(
        (
            p
            for p in accepted
            if not any(p.part_of(phrase) for phrase in phrases)
            # The three of three nights counts no cats, unless more speaks for it.
            and not any(p.part_of(span) and p.score <= span.score for span in spans)
        ),
        key=lambda p: (-round(p.score, 1), p.field.rank, p.value.start, -p.score),
    )
    taken: list[Proposal] = []
    used: set[str] = set()
    for proposal in order:
        if proposal.field.path in used and not proposal.field.many:
            continue
        if any(proposal.value.overlaps(other.value) for other in taken):
            continue
        taken.append(proposal)
        used.add(proposal.field.path)
    return sorted(taken, key=lambda p: p.value.start)
