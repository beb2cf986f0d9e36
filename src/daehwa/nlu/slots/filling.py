"""Filling an intent's slots from an utterance.

Every source proposes spans for slots: grammars and value lists, the sample utterances laid
over the text, the tagger learned from them, and runtime hints. The proposals are weighed
with what stands around them, and the best that do not overlap are taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from daehwa import lex
from daehwa.nlu import builtins
from daehwa.nlu.builtins import Found, Setting, Text
from daehwa.nlu.builtins.text import is_hangul
from daehwa.nlu.slots.alignment import Alignment
from daehwa.nlu.slots.context import Context
from daehwa.nlu.slots.custom import CustomKind
from daehwa.nlu.slots.fields import Field
from daehwa.nlu.slots.kinds import Kind
from daehwa.nlu.slots.lists import connected
from daehwa.nlu.slots.tagger import Tagger
from daehwa.nlu.slots.values import composite, many, scalar

_ACCEPTED = 0.8
_HINTED = 1.0
_TAGGED = 1.0
_PER_LETTER = 0.01
# Types whose known values are everyday words too, so that they need a context.
_NEEDS_CONTEXT = {
    "AMAZON.AlphaNumeric": 0.3,
    "AMAZON.StreetName": 0.5,
}
# What a bare number may really be a part of.
_LARGER = tuple(
    builtins.built_in(f"AMAZON.{name}")
    for name in ("Date", "Time", "PhoneNumber", "EmailAddress", "Currency", "Percentage")
)
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
_LOOSE = " ,;:"  # marks that are no part of a value at its edges
_VERB_STEMS = frozenset("하되싶있없")
_NO_COUNTS = frozenset({"one", "oh", "zero", "once", "하나", "영", "공"})


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """A span as a slot's value, and how much speaks for it."""

    field: Field
    found: Found
    score: float

    @property
    def listed(self) -> bool:
        """Whether it is word for word what the bot's author lists."""
        kind = self.field.kind
        return isinstance(kind, CustomKind) and self.found.sure == 1.0

    def part_of(self, phrase: Proposal) -> bool:
        """Whether it is but a part of a phrase: 모래 of 모래에 쓴 답장 is no date."""
        own, other = self.found, phrase.found
        inside = other.start <= own.start and own.end <= other.end
        return inside and own.end - own.start < other.end - other.start


class _Tally:
    """What speaks for each span as each slot's value, added up."""

    def __init__(self) -> None:
        self._scores: dict[tuple[str, int, int], Proposal] = {}

    def add(self, field: Field, found: Found, score: float) -> None:
        """Count ``score`` for a span; of two findings of it the surer is kept."""
        key = (field.path, found.start, found.end)
        before = self._scores.get(key)
        if before is not None:
            found = found if found.sure > before.found.sure else before.found
            score += before.score
        self._scores[key] = Proposal(field=field, found=found, score=score)

    def weighed(self, text: Text, context: Context) -> list[Proposal]:
        """The proposals with what stands around them, longer ones a little ahead."""
        return [
            Proposal(
                field=proposal.field,
                found=proposal.found,
                score=proposal.score
                + context.score(path, text, start, end)
                + _PER_LETTER * (end - start),
            )
            for (path, start, end), proposal in self._scores.items()
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

    def fill(
        self, text: Text, setting: Setting, hints: Mapping[str, Sequence[str]]
    ) -> dict[str, lex.Slot]:
        """The slots found in the text."""
        chosen = _chosen(self._proposals(text, setting, hints))
        return self._slots(self._laid_over(text, setting, chosen), text)

    def _laid_over(self, text: Text, setting: Setting, chosen: list[Proposal]) -> list[Proposal]:
        """What is chosen, and the rest of a sample utterance that fits the text word for word."""
        filled = {proposal.field.path for proposal in chosen}
        for alignment in self._alignments:
            spans = alignment.lay(text)
            if spans is None or not set(spans) - filled:
                continue
            laid: list[Proposal] = []
            for path, (start, end) in spans.items():
                field = self._fields.get(path)
                if field is None:
                    break
                value = field.kind.resolve(text, start, end, setting)
                if value is None:
                    break
                free = not any(
                    start < other.found.end and other.found.start < end for other in chosen
                )
                if path not in filled and free:
                    laid.append(Proposal(field=field, found=value, score=1.0))
            else:
                if laid:
                    return sorted([*chosen, *laid], key=lambda p: p.found.start)
        return chosen

    def _proposals(
        self, text: Text, setting: Setting, hints: Mapping[str, Sequence[str]]
    ) -> list[Proposal]:
        tally = _Tally()
        found: dict[int, list[Found]] = {}
        for identity, fields in self._by_kind.items():
            found[identity] = self._found(fields[0], text, setting)
            for field in fields:
                for value in found[identity]:
                    tally.add(field, value, self._standing(field, value))
        for field, value, sure in self._tagged(text, setting, found):
            tally.add(field, value, _TAGGED * sure)
        for path, phrases in hints.items():
            if path in self._fields:
                for expected in _hinted(text, phrases):
                    meant = self._meant(path, text, expected, setting)
                    tally.add(self._fields[path], meant, _HINTED)
        return tally.weighed(text, self._context)

    def _tagged(
        self, text: Text, setting: Setting, found: Mapping[int, Sequence[Found]]
    ) -> Iterator[tuple[Field, Found, float]]:
        """The values that the tagger sees, with how sure it is of each."""
        if self._tagger is None:
            return
        spans = known_spans(
            ((fields[0].kind, found[key]) for key, fields in self._by_kind.items()), text, setting
        )
        for path, start, end, sure in self._tagger.tag(text, spans):
            field = self._fields.get(path)
            value = field and self._value(field, text, (start, end), found, setting)
            if field and value:
                yield field, value, sure

    def _value(
        self,
        field: Field,
        text: Text,
        span: tuple[int, int],
        found: Mapping[int, Sequence[Found]],
        setting: Setting,
    ) -> Found | None:
        """A span that was tagged as a value: a known one, else its words.

        What a grammar knows at its edge is not part of words that no list knows: "London
        tomorrow" is London.
        """
        start, end = span
        known = found.get(id(field.kind), ())
        exact = next((f for f in known if (f.start, f.end) == span), None)
        if exact is not None:
            return exact
        if field.kind.open:
            for identity, others in found.items():
                if self._by_kind[identity][0].kind.name not in _CLEAR:
                    continue
                for other in others:
                    if start < other.start < end <= other.end:
                        end = start + len(text.folded[start : other.start].rstrip(" ,"))
                    elif other.start <= start < other.end < end:
                        start = text.skip(other.end, " ,")
            start, end = text.skip(start, _LOOSE), len(text.folded[:end].rstrip(_LOOSE))
        runs_on = end < len(text) and is_hangul(text.folded[end])
        if start >= end or (runs_on and text.folded[end - 1] in _VERB_STEMS):
            return None  # 출발하 of 출발하는 is no noun
        return field.kind.resolve(text, start, end, setting)

    def _meant(self, path: str, text: Text, value: Found, setting: Setting) -> Found:
        resolved = self._fields[path].kind.resolve(text, value.start, value.end, setting)
        return resolved if resolved is not None and resolved.end == value.end else value

    def _found(self, field: Field, text: Text, setting: Setting) -> list[Found]:
        found = list(field.kind.find(text, setting))
        if field.kind.name == "AMAZON.Number" and found:
            larger = [span for kind in _LARGER for span in kind.find(text, setting)]
            found = [
                value
                for value in found
                if value.original.lower() not in _NO_COUNTS
                and not any(
                    span.start <= value.start
                    and value.end <= span.end
                    and span.end - span.start > value.end - value.start
                    for span in larger
                )
            ]
        return found

    def _standing(self, field: Field, found: Found) -> float:
        """How much a value says for itself, with no context."""
        alone = min(found.sure, _NEEDS_CONTEXT.get(field.kind.name, 1.0))
        if self._tagger is not None and field.path in self._tagger.paths:
            return alone * self._tagger.listed_worth
        return alone

    def _slots(self, chosen: Sequence[Proposal], text: Text) -> dict[str, lex.Slot]:
        slots: dict[str, lex.Slot] = {}
        parts: dict[str, dict[str, Found]] = {}
        lists: dict[str, list[Found]] = {}
        for proposal in chosen:
            field = proposal.field
            if field.parent is not None:
                parts.setdefault(field.parent, {})[field.slot] = proposal.found
            elif field.many:
                lists.setdefault(field.slot, []).append(proposal.found)
            else:
                slots[field.slot] = scalar(proposal.found)
        for name, values in lists.items():
            slots[name] = many(connected(values, text), text)
        for name, named in parts.items():
            order = [f.slot for f in self._fields.values() if f.parent == name]
            slots[name] = composite({part: named[part] for part in order if part in named})
        return slots


def known_spans(
    kinds: Iterable[tuple[Kind, Sequence[Found]]], text: Text, setting: Setting
) -> dict[str, list[tuple[int, int]]]:
    """The spans of known values by the name of their type: what the tagger sees of lists.

    The types that every language has (dates, numbers, places) are there even when the
    intent has no slot of them: "for *two* *tomorrow*" reads alike in all bots.
    """
    spans = {kind.name: [(f.start, f.end) for f in found] for kind, found in kinds}
    for shared in _SHARED:
        if f"AMAZON.{shared.name}" not in spans:
            spans[shared.name] = [(f.start, f.end) for f in shared.find(text, setting)]
    return spans


def _hinted(text: Text, phrases: Sequence[str]) -> Iterable[Found]:
    for phrase in phrases:
        said = Text(phrase).folded
        start = text.folded.find(said) if said else -1
        if start >= 0 and start in text.starts:
            end = start + len(said)
            value = text.raw[start:end]
            yield Found(start=start, end=end, original=value, interpreted=value, resolved=(phrase,))


def _chosen(proposals: Iterable[Proposal]) -> list[Proposal]:
    """The best proposals that share no letters; a slot twice only when it takes several."""
    accepted = [p for p in proposals if p.score >= _ACCEPTED]
    phrases = [p for p in accepted if p.listed]
    order = sorted(
        (p for p in accepted if not any(p.part_of(phrase) for phrase in phrases)),
        key=lambda p: (-round(p.score, 1), p.field.rank, p.found.start, -p.score),
    )
    taken: list[Proposal] = []
    used: set[str] = set()
    for proposal in order:
        if proposal.field.path in used and not proposal.field.many:
            continue
        if any(
            proposal.found.start < other.found.end and other.found.start < proposal.found.end
            for other in taken
        ):
            continue
        taken.append(proposal)
        used.add(proposal.field.path)
    return sorted(taken, key=lambda p: p.found.start)
