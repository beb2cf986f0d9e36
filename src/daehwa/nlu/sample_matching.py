"""The samples that a text equals word for word: no encoder is needed then."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import datetime
from typing import Final

from daehwa import bot, lex
from daehwa.nlu.builtins import BUILT_INS
from daehwa.nlu.negation.denials import denied_in
from daehwa.nlu.normalising import exact_key, normalise
from daehwa.nlu.sample_patterns import Templates, slot_alone
from daehwa.nlu.slots import SlotModel

PLAIN: Final = 0.9
"""A text read this surely as a slot's value needs no second thought."""

SAME_SCORE: Final = 0.98
"""The score of an intent of which a text is as good as a sample."""


class SampleMatcher:
    """The sample utterances of a locale. Immutable, so that threads may share it."""

    def __init__(
        self,
        locale: bot.BotLocale,
        plain: list[tuple[str, str]],
        filled: list[tuple[str, str]],
        slots: SlotModel,
    ) -> None:
        """Take the samples, each after its intent's name.

        ``filled`` are those that hold slots in braces, ``plain`` the others; ``slots`` reads
        the values in their place.
        """
        self._locale = locale.identifier
        self._slots = slots
        self._exact = _exact(plain)
        # Samples are sent letter for letter again and again: they are not normalised each time.
        self._by_letters = {
            utterance: self._exact[exact_key(normalise(utterance))] for _, utterance in plain
        }
        self._templates = Templates(filled)
        self._slots_alone = _slots_alone(locale, filled)
        samples = Counter(intent for intent, _ in (*plain, *filled))
        alone = Counter(intent for intent, _ in self._slots_alone)
        self.values_alone = frozenset(name for name in alone if alone[name] == samples[name])
        """The intents of which every sample is a slot alone."""

    def is_sample(self, text: str) -> bool:
        """Whether a text is a sample without slots, letter for letter."""
        return text in self._by_letters

    def equal(self, text: str) -> Collection[str]:
        """The intents of which the text is a sample without slots, however it is spaced."""
        names = self._by_letters.get(text)
        return self._exact.get(exact_key(normalise(text)), ()) if names is None else names

    def matching(
        self, text: str, among: frozenset[str], now: datetime, hints: lex.RuntimeHints | None
    ) -> tuple[lex.Candidate, ...]:
        """The intents of which the text is a sample, with plain values in place of its slots.

        Each scores 1. Samples without slots go before those with them, and these before a slot
        alone.
        """
        return (
            tuple(
                lex.Candidate(intent=name, score=1.0) for name in self.equal(text) if name in among
            )
            or self._by_template(text, among, now, hints)
            or tuple(one for one in self.bare_values(text, among, now, hints) if one.score == 1)
        )

    def bare_values(
        self, text: str, among: frozenset[str], now: datetime, hints: lex.RuntimeHints | None
    ) -> tuple[lex.Candidate, ...]:
        """The intents of which a sample is a slot and nothing more, where the text is its value.

        The bare value scores 1; with particles or politeness around it, a little less.
        """
        filled: dict[str, lex.Candidate] = {}
        for intent, slot in self._slots_alone:
            if intent not in among or intent in filled:
                continue
            reading = self._slots.read(intent, slot, text, now=now, hints=hints)
            value = None if reading is None or reading.slot is None else reading.slot.value
            if reading is None or value is None or reading.score < PLAIN:
                continue
            bare = exact_key(value.original_value or "") == exact_key(normalise(text))
            filled[intent] = lex.Candidate(
                intent=intent,
                score=1.0 if bare else SAME_SCORE,
                slots={slot: reading.slot},
            )
        return tuple(sorted(filled.values(), key=lambda candidate: -candidate.score))

    def _by_template(
        self, text: str, among: frozenset[str], now: datetime, hints: lex.RuntimeHints | None
    ) -> tuple[lex.Candidate, ...]:
        """The first template of each intent that the text equals with plain values in it."""
        filled: dict[str, lex.Candidate] = {}
        for match in self._templates.match(text):
            if match.intent not in among or match.intent in filled:
                continue
            if denied_in(match.pieces.values(), text, self._locale):
                continue
            readings = {
                slot: self._slots.read(match.intent, slot, piece, now=now, hints=hints)
                for slot, piece in match.pieces.items()
            }
            slots = {
                slot: reading.slot
                for slot, reading in readings.items()
                if reading is not None and reading.score >= PLAIN
            }
            if len(slots) == len(readings):
                filled[match.intent] = lex.Candidate(intent=match.intent, score=1.0, slots=slots)
        return tuple(filled.values())


def _slots_alone(
    locale: bot.BotLocale, samples: list[tuple[str, str]]
) -> tuple[tuple[str, str], ...]:
    """Each intent and slot of which a sample is the slot alone, if its type has certain values."""
    alone = []
    for name, utterance in samples:
        slot = slot_alone(utterance, locale.intents[name].slots)
        if slot is None:
            continue
        kind = locale.intents[name].slots[slot].slot_type_name or ""
        custom = locale.slot_types.get(kind)
        certain = custom is not None and (custom.slot_type_values or _is_pattern(custom))
        if certain or (kind in BUILT_INS and not BUILT_INS[kind].open):
            alone.append((name, slot))
    return tuple(alone)


def _is_pattern(custom: bot.SlotType) -> bool:
    """Whether a type takes what a grammar or a pattern accepts, and nothing else."""
    setting = custom.value_selection_setting
    return custom.grammar is not None or (
        custom.parent_slot_type_signature == "AMAZON.AlphaNumeric"
        and setting is not None
        and setting.regex_filter is not None
    )


def _exact(samples: list[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """The intents of each sample without placeholders, by what makes texts the same."""
    intents: dict[str, list[str]] = {}
    for name, utterance in samples:
        names = intents.setdefault(exact_key(normalise(utterance)), [])
        if name not in names:
            names.append(name)
    return {key: tuple(names) for key, names in intents.items()}
