"""The slots of a locale: filling them from utterances, reading replies to their prompts."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import zip_longest
from typing import Final, Literal

import msgspec

from daehwa import bot, lex
from daehwa.nlu.background import background
from daehwa.nlu.builtins import Mention, Setting, Text, answer
from daehwa.nlu.builtins.carriers import bare, request_words
from daehwa.nlu.languages import reading
from daehwa.nlu.languages.spans import Span
from daehwa.nlu.negation.denials import denials
from daehwa.nlu.slots.alignment import Alignment
from daehwa.nlu.slots.context import Context
from daehwa.nlu.slots.custom import CustomKind
from daehwa.nlu.slots.filling import Filler, known_spans
from daehwa.nlu.slots.fuzzy import Nearby
from daehwa.nlu.slots.kinds import Kind, kind_of
from daehwa.nlu.slots.lex_slots import as_typed, composite, many, scalar
from daehwa.nlu.slots.lists import split
from daehwa.nlu.slots.slot_fields import Field, counted_words, name_words
from daehwa.nlu.slots.spacing import Spacer
from daehwa.nlu.slots.tagger import Tagger
from daehwa.nlu.slots.templates import Template, fill, has_slots, parse, slots_of
from daehwa.nlu.slots.text_values import TextValues

_LONG_LIST: Final = 12
"""Words of a reply beyond which only known values are taken from it."""

_NAMED: Final = 12
"""Values of a slot type that stand for all of them."""

_AT_A_TIME: Final = 8
"""Texts whose values are remembered: those that threads read at the same time, and their parts."""

_PLAIN: Final = 0.9
"""How surely a piece of a sample has to be another slot's value to be taken for it."""


class SlotModel:
    """What a locale's intents know of their slots. Safe to share among threads."""

    def __init__(self, locale: bot.BotLocale) -> None:
        self._locale = locale
        self._kinds: dict[str | None, Kind] = {}
        self._fields: dict[str, tuple[Field, ...]] = {}
        self._fillers: dict[str, Filler] = {}
        # A text is read for one intent after another.
        self._utterance = lru_cache(_AT_A_TIME)(self._read_utterance)
        self._reply_forms: dict[tuple[str, str], tuple[Alignment, ...]] = {}
        self._vocabulary = _vocabulary(locale)
        self._spacer = Spacer(
            (
                key
                for name in locale.slot_types
                if isinstance(kind := self._kind(name), CustomKind)
                for key in kind.squeezed()
            ),
            (*self._vocabulary, *request_words(locale.identifier)),
        )

    @classmethod
    def learn(cls, locale: bot.BotLocale) -> SlotModel:
        """The slots of a locale, ready to use."""
        model = cls(locale)
        for intent in locale.intents.values():
            if intent.slots:
                model._filler(intent)
        return model

    # --- utterances -----------------------------------------------------------------------

    def fill(
        self,
        intent_name: str,
        text: str,
        *,
        now: dt.datetime,
        hints: lex.RuntimeHints | None = None,
    ) -> dict[str, lex.Slot]:
        """The slots of an intent that an utterance fills; no others.

        ``now`` (with its time zone) is what "tomorrow" counts from.
        """
        intent = self._locale.intents.get(intent_name)
        if intent is None or not intent.slots:
            return {}
        as_is, spaced = self._utterance(text, now)
        if not as_is.text.starts:
            return {}
        filler, expected = self._filler(intent), _hints(hints, intent_name)
        filled = filler.fill(as_is, expected)
        if spaced is None:
            return filled
        read_apart = filler.fill(spaced, expected)
        return filled | {name: as_typed(slot, as_is.text) for name, slot in read_apart.items()}

    def _requests(self) -> tuple[str, ...]:
        """The ends of requests in the languages of the locale."""
        languages = reading(self._locale.identifier)
        return tuple(r for each in languages if each.carriers for r in each.carriers.requests)

    def fits_sample(self, intent_name: str, text: str, *, now: dt.datetime) -> bool:
        """Whether a sample with slots fits a text word for word, with any words as their values."""
        intent = self._locale.intents.get(intent_name)
        if intent is None or not intent.slots:
            return False
        as_is, _ = self._utterance(text, now)
        return bool(as_is.text.starts) and self._filler(intent).laid(as_is) is not None

    def _read_utterance(self, text: str, now: dt.datetime) -> tuple[TextValues, TextValues | None]:
        """A text as it is and, where words are written together, with spaces between them."""
        utterance, setting = Text(text), self._setting(now)
        spaced = self._spacer.spaced(utterance) if utterance.starts else None
        return (
            TextValues(utterance, setting),
            None if spaced is None else TextValues(spaced, setting),
        )

    def expansions(self, intent_name: str, limit: int, seed: int) -> list[str]:
        """An intent's sample utterances with placeholders, likely values in their place.

        Refilled in turn until there are ``limit`` different texts or no more values come.
        The same seed gives the same texts.
        """
        intent = self._locale.intents.get(intent_name)
        samples = (intent.sample_utterances if intent else None) or ()
        templates = [
            template
            for sample in samples
            if intent and has_slots(template := parse(sample.utterance, intent.slots))
        ]
        chooser = random.Random(f"{seed}:{intent_name}")  # noqa: S311  values, not secrets
        texts: dict[str, None] = {}
        for turn in range(2 * limit + 10 if templates else 0):
            if intent is None or len(texts) >= limit:
                break
            template = templates[turn % len(templates)]
            text, _ = fill(template, self._values(intent, template, chooser))
            texts[text.strip()] = None
        return list(texts)

    def sampled_values(self) -> list[str]:
        """Likely values of the slots that sample utterances name, those of each slot in turn."""
        pools = {}
        for intent in self._locale.intents.values():
            samples = intent.sample_utterances or ()
            templates = [parse(sample.utterance, intent.slots) for sample in samples]
            named = {name for template in templates for name in slots_of(template)}
            for field in self._fields_of(intent):
                if {field.slot, field.parent} & named:
                    pools[field.kind.name] = field.kind.examples(self._locale.identifier)
        turns = zip_longest(*(pool[:: -(-len(pool) // _NAMED) or 1] for pool in pools.values()))
        return list(dict.fromkeys(value for turn in turns for value in turn if value))

    def _values(
        self, intent: bot.Intent, template: Template, chooser: random.Random
    ) -> dict[str, str]:
        values: dict[str, str] = {}
        for name in slots_of(template):
            fields = [f for f in self._fields_of(intent) if name in (f.slot, f.parent)]
            parts = [
                chooser.choice(examples)
                for field in fields
                if (examples := field.kind.examples(self._locale.identifier))
            ]
            values[name] = " ".join(parts) or name
        return values

    # --- replies --------------------------------------------------------------------------

    def word_for_word(self, intent: str, slot: str, text: str) -> lex.Reading | None:
        """The reply to the prompt of a slot, where it is a listed value or synonym and no more."""
        definition, reply = self._locale.intents.get(intent), Text(text)
        fields = () if definition is None else self._fields_of(definition)
        field = next((one for one in fields if one.slot == slot and one.parent is None), None)
        if field is None or not isinstance(field.kind, CustomKind):
            return None
        value = field.kind.word_for_word(reply)
        if value is None:
            return None
        return lex.Reading(slot=many([value], reply) if field.many else scalar(value), score=1.0)

    def read(
        self,
        intent: str,
        slot: str,
        text: str,
        *,
        sub_slot: str | None = None,
        now: dt.datetime,
        hints: lex.RuntimeHints | None = None,
    ) -> lex.Reading | None:
        """The reply to the prompt of a slot as its value; ``None`` when it is no such value.

        A composite slot gives the sub-slots that are filled (with ``sub_slot`` at least that
        one), for the dialog to add to those that are there.
        """
        definition = self._locale.intents.get(intent)
        fields = (
            [f for f in self._fields_of(definition) if slot in (f.slot, f.parent)]
            if definition
            else []
        )
        reply = Text(text)
        if not fields or definition is None or not reply.raw:
            return None
        setting = self._setting(now)
        phrases = _hints(hints, intent)
        if fields[0].parent is not None:
            return self._read_composite(fields, reply, setting, sub_slot)
        field = fields[0]
        expected = _hinted(reply, phrases.get(slot, ()), setting, field.kind)
        others: dict[str, lex.Slot] = {}
        if expected is None:
            expected, others = self._by_template(definition, field, reply, setting)
        if field.many:
            return self._read_many(field, reply, setting)
        best = field.kind.read(reply, setting)
        if best is None and (spaced := self._spacer.spaced(reply)) is not None:
            apart = field.kind.read(spaced, setting)
            best = None if apart is None or field.kind.open else apart
        if expected is not None and (others or best is None or best.sure < expected.sure):
            best = expected
        if best is None:
            return None
        return lex.Reading(slot=scalar(best), score=best.sure, others=others)

    def _by_template(
        self, intent: bot.Intent, field: Field, text: Text, setting: Setting
    ) -> tuple[Mention | None, dict[str, lex.Slot]]:
        """The slot's value where a sample of the slot's own fits the reply.

        With it the values of other slots, where the sample holds placeholders for them; each
        of these has to be a plain value, or the sample does not fit.
        """
        for form in self._forms_of_replies(intent, field.slot):
            spans = form.lay(text)
            if spans and field.slot in spans:
                value = field.kind.resolve(text, *spans[field.slot], setting)
                if value is None:
                    continue
                others = self._others(intent, spans, field.slot, text, setting)
                if others is not None:
                    return value, others
        return None, {}

    def _forms_of_replies(self, intent: bot.Intent, slot: str) -> tuple[Alignment, ...]:
        """The samples of a slot's own, ready to be laid over replies to its prompts."""
        forms = self._reply_forms.get((intent.name, slot))
        if forms is None:
            samples = intent.slots[slot].value_elicitation_setting.sample_utterances or ()
            forms = tuple(Alignment(parse(each.utterance, intent.slots)) for each in samples)
            self._reply_forms[intent.name, slot] = forms
        return forms

    def _others(
        self,
        intent: bot.Intent,
        spans: Mapping[str, Span],
        elicited: str,
        text: Text,
        setting: Setting,
    ) -> dict[str, lex.Slot] | None:
        """The other slots that a sample laid on the text fills; ``None`` if one is not a value."""
        others: dict[str, lex.Slot] = {}
        for field in self._fields_of(intent):
            if field.slot == elicited or field.parent is not None or field.slot not in spans:
                continue
            value = field.kind.resolve(text, *spans[field.slot], setting)
            if value is None or value.sure < _PLAIN:
                return None
            others[field.slot] = many([value], text) if field.many else scalar(value)
        return others

    def _read_many(self, field: Field, text: Text, setting: Setting) -> lex.Reading | None:
        known = list(field.kind.find(text, setting))
        phrase = bare(text, setting)
        denied = [
            each.whole
            for each in denials(text.folded, setting.locale)
            if not any(v.sure == 1.0 and v.span.overlaps(each.words) for v in known)
        ]
        parts = [
            value
            for part in split(text, phrase, setting.locale)
            if not any(part.overlaps(each) for each in denied)
            and (value := field.kind.resolve(text, *part, setting)) is not None
        ]
        listed = [value for value in parts if value.sure >= _PLAIN]
        # The phrase cut at its joints is better than the listed values alone when all of it
        # is listed, or when nothing is and the type is open.
        if parts and (len(listed) >= len(known) or not known):
            values = parts if len(text.words(*phrase)) <= _LONG_LIST else listed
            if values:
                return lex.Reading(
                    slot=many(values, text), score=min(value.sure for value in values)
                )
        if not known:
            single = field.kind.read(text, setting)
            if single is None:
                return None
            return lex.Reading(slot=many([single], text), score=single.sure)
        return lex.Reading(slot=many(known, text), score=1.0)

    def _read_composite(
        self, fields: Sequence[Field], text: Text, setting: Setting, sub_slot: str | None
    ) -> lex.Reading | None:
        part = next((f for f in fields if f.slot == sub_slot), None)
        filled = _parts_in(fields, text, setting)
        # A reply that holds several parts, the elicited one among them, gives all of them.
        if part is not None and not (part.slot in filled and len(filled) > 1):
            value = part.kind.read(text, setting)
            filled = {} if value is None else {part.slot: value}
        if not filled:
            return None
        ordered = {f.slot: filled[f.slot] for f in fields if f.slot in filled}
        return lex.Reading(
            slot=composite(ordered), score=min(value.sure for value in filled.values())
        )

    def yes_no(self, text: str) -> Literal["Yes", "No"] | None:
        """What the reply to a confirmation prompt says, when it plainly says yes or no."""
        match answer(Text(text), self._locale.identifier):
            case "Yes" | "No" as plain:
                return plain
            case _:
                return None

    # --- parts ----------------------------------------------------------------------------

    def _setting(self, now: dt.datetime) -> Setting:
        return Setting(locale=self._locale.identifier, now=now)

    def _kind(self, slot_type_name: str | None) -> Kind:
        if slot_type_name not in self._kinds:
            self._kinds[slot_type_name] = kind_of(slot_type_name, self._locale, self._vocabulary)
        return self._kinds[slot_type_name]

    def _fields_of(self, intent: bot.Intent) -> tuple[Field, ...]:
        if intent.name not in self._fields:
            fields: list[Field] = []
            for rank, slot in enumerate(intent.prioritised_slots):
                fields.extend(self._slot_fields(slot, rank))
            self._fields[intent.name] = tuple(fields)
        return self._fields[intent.name]

    def _slot_fields(self, slot: bot.Slot, rank: int) -> list[Field]:
        definition = self._locale.slot_types.get(slot.slot_type_name or "")
        parts = definition.composite_slot_type_setting if definition else None
        if parts is not None and parts.sub_slots:
            return [
                Field(
                    path=f"{slot.name}.{part.name}",
                    slot=part.name,
                    parent=slot.name,
                    kind=self._kind(part.slot_type_name or part.slot_type_id),
                    rank=rank,
                    words=frozenset(name_words(part.name)),
                )
                for part in parts.sub_slots
            ]
        multiple = slot.multiple_values_setting
        return [
            Field(
                path=slot.name,
                slot=slot.name,
                kind=self._kind(slot.slot_type_name),
                rank=rank,
                many=multiple is not None and multiple.allow_multiple_values,
                words=frozenset(
                    (*name_words(slot.name), *counted_words(slot, self._locale.identifier))
                ),
            )
        ]

    def _filler(self, intent: bot.Intent) -> Filler:
        if intent.name not in self._fillers:
            fields = self._fields_of(intent)
            templates = [parse(u.utterance, intent.slots) for u in intent.sample_utterances or ()]
            with_slots = [t for t in templates if has_slots(t)]
            self._fillers[intent.name] = Filler(
                fields,
                Context(fields, with_slots, locale=self._locale.identifier),
                [a for t in with_slots if (a := Alignment(t, self._requests())).usable],
                self._tagger(fields, templates),
            )
        return self._fillers[intent.name]

    def _tagger(self, fields: Sequence[Field], templates: Sequence[Template]) -> Tagger | None:
        """A tagger, where a sample has a place for words that no list or grammar knows."""
        # In order, so that the same samples always teach the same.
        placed = dict.fromkeys(name for template in templates for name in slots_of(template))
        open_paths = frozenset(
            f.path for f in fields if f.kind.open and placed.keys() & {f.slot, f.parent}
        )
        if not open_paths:
            return None
        choices = {name: self._choices(fields, name) for name in placed}
        kinds = {id(f.kind): f.kind for f in fields}.values()
        # What "tomorrow" means is nothing to the tagger, only where it stands.
        setting = self._setting(dt.datetime(2000, 1, 1, tzinfo=dt.UTC))
        return Tagger.learn(
            templates,
            choices,
            lambda text: _known_spans_of(kinds, TextValues(text, setting)),
            hideable=open_paths,
            strange=sorted(background(self._locale.identifier)),
        )

    def _choices(self, fields: Sequence[Field], name: str) -> list[list[tuple[str, str]]]:
        """The ways to fill a placeholder: each a value, or the values of all sub-slots."""
        parts = [f for f in fields if f.slot == name and f.parent is None]
        parts = parts or [f for f in fields if f.parent == name]
        examples = [f.kind.examples(self._locale.identifier) or (f.slot,) for f in parts]
        rounds = max(len(e) for e in examples)
        return [
            [
                (field.path, values[turn % len(values)])
                for field, values in zip(parts, examples, strict=True)
            ]
            for turn in range(rounds)
        ]


def _known_spans_of(kinds: Iterable[Kind], seen: TextValues) -> dict[str, list[Span]]:
    return known_spans(((kind, seen.of(kind)) for kind in kinds), seen)


def _parts_in(fields: Sequence[Field], text: Text, setting: Setting) -> dict[str, Mention]:
    """The parts of a composite slot that stand out in a text, none over another."""
    filled: dict[str, Mention] = {}
    for field in fields:
        for value in field.kind.find(text, setting):
            if not any(value.overlaps(other) for other in filled.values()):
                filled[field.slot] = value
                break
    return filled


def _vocabulary(locale: bot.BotLocale) -> frozenset[str]:
    """Words that are never misspelt values: those of the samples, and everyday ones."""
    words: set[str] = set()
    for intent in locale.intents.values():
        for sample in intent.sample_utterances or ():
            for piece in parse(sample.utterance, intent.slots):
                text = Text(piece.text)
                words.update(text.folded[s:e] for s, e in text.words())
    for sentence in background(locale.identifier):
        words.update(Text(sentence).folded.split())
    return frozenset(words)


def _hints(hints: lex.RuntimeHints | None, intent: str) -> Mapping[str, Sequence[str]]:
    """The phrases expected for an intent's slots."""
    slots = ((hints.slot_hints if hints else None) or {}).get(intent) or {}
    expected: dict[str, list[str]] = {}
    for name, hint in slots.items():
        values = hint.get("runtimeHintValues") if isinstance(hint, dict) else None
        if isinstance(values, list):
            expected[name] = [
                v["phrase"]
                for v in values
                if isinstance(v, dict) and isinstance(v.get("phrase"), str)
            ]
    return expected


def _hinted(text: Text, phrases: Sequence[str], setting: Setting, kind: Kind) -> Mention | None:
    """The expected phrase that the reply is, a slip forgiven."""
    if not phrases:
        return None
    start, end = bare(text, setting)
    expected = {Text(phrase).folded: phrase for phrase in phrases}
    nearby = Nearby(list(expected))
    # "The Zombeez": an article may be a part of what is expected.
    starts = dict.fromkeys((text.skip(0), start))
    near = ((at, nearby.nearest(text.folded[at:end], elicited=True)) for at in starts if at < end)
    start, match = next(((at, match) for at, match in near if match is not None), (start, None))
    if match is None:
        return None
    resolved = kind.resolve(text, start, end, setting)
    if resolved is not None and resolved.resolved:
        return resolved
    value = Mention.of(text, start, end)
    return msgspec.structs.replace(value, resolved=(expected[match],))
