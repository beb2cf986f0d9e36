"""Filling an intent's slots from an utterance.

Every source proposes spans for slots: grammars and value lists, the sample utterances laid
over the text, the tagger learned from them, and runtime hints. The proposals are weighed
with what stands around them, and the best that do not overlap are taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from daehwa import lex
from daehwa.nlu import builtins
from daehwa.nlu.builtins import Found, Setting, Text
from daehwa.nlu.slots.alignment import Alignment
from daehwa.nlu.slots.context import Context
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
    builtins.built_in(name)
    for name in ("Date", "Time", "PhoneNumber", "EmailAddress", "Currency", "Percentage")
)
_SHARED = tuple(
    builtins.built_in(name) for name in ("Date", "Time", "Number", "City", "Country", "State")
)
_NO_COUNTS = frozenset({"one", "oh", "zero", "once", "하나", "영", "공"})


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """A span as a slot's value, and how much speaks for it."""

    field: Field
    found: Found
    score: float


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
        scores: dict[tuple[str, int, int], tuple[float, Found]] = {}

        def add(field: Field, found: Found, score: float) -> None:
            key = (field.path, found.start, found.end)
            before = scores.get(key)
            total = score + (before[0] if before else 0.0)
            keep = before[1] if before and before[1].sure >= found.sure else found
            scores[key] = (total, keep)

        found_by_kind: dict[int, list[Found]] = {}
        for identity, fields in self._by_kind.items():
            found = self._found(fields[0], text, setting)
            found_by_kind[identity] = found
            for field in fields:
                for value in found:
                    add(field, value, self._standing(field, value))
        if self._tagger is not None:
            spans = known_spans(
                ((fields[0].kind, found_by_kind[key]) for key, fields in self._by_kind.items()),
                text,
                setting,
            )
            for path, start, end, sure in self._tagger.tag(text, spans):
                tagged = self._fields.get(path)
                if tagged is None:
                    continue
                kind = tagged.kind
                meant = _covered(found_by_kind.get(id(kind), ()), start, end) or kind.resolve(
                    text, start, end, setting
                )
                if meant is not None:
                    add(tagged, meant, _TAGGED * sure)
        for path, phrases in hints.items():
            if path in self._fields:
                for expected in _hinted(text, phrases):
                    add(self._fields[path], self._meant(path, text, expected, setting), _HINTED)
        return [
            Proposal(
                field=self._fields[path],
                found=found,
                score=score
                + self._context.score(path, text, start, end)
                + _PER_LETTER * (end - start),
            )
            for (path, start, end), (score, found) in scores.items()
        ]

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
        return min(found.sure, _NEEDS_CONTEXT.get(field.kind.name, 1.0))

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


def _covered(found: Iterable[Found], start: int, end: int) -> Found | None:
    """The known value that a tagged span is, or nearly is."""
    return next((f for f in found if f.start == start and f.end == end), None)


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
    order = sorted(
        (p for p in proposals if p.score >= _ACCEPTED),
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
