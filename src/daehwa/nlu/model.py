"""A locale learned: from a text to what it may mean."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from functools import lru_cache
from itertools import islice
from typing import Final, Literal

import msgspec
import numpy as np
import numpy.typing as npt

from daehwa import bot, lex
from daehwa.nlu import builtin_intents
from daehwa.nlu.builtins import prepare
from daehwa.nlu.builtins.carriers import says_count
from daehwa.nlu.classifier import Classifier
from daehwa.nlu.contrasts import Contrasts
from daehwa.nlu.corrections import YesNo, corrections, without_answer
from daehwa.nlu.informal import written_out
from daehwa.nlu.negation.denials import denies
from daehwa.nlu.negation.intents import Habits, obeyed, refused
from daehwa.nlu.nonsense import Nonsense
from daehwa.nlu.questions import Question, asks_more, asks_terms, originals, question
from daehwa.nlu.sample_matching import PLAIN, SAME_SCORE, SampleMatcher
from daehwa.nlu.sample_patterns import placeholders
from daehwa.nlu.sample_words import SampleWords
from daehwa.nlu.slots import SlotModel
from daehwa.nlu.staged import judge
from daehwa.nlu.waiting import waiting

_MOST: Final = 5
"""Candidates at most: Lex lists no more interpretations."""

_NEAREST: Final = 20
"""Intents by letters that are remembered of a text: enough when contexts leave some out."""

_REMEMBERED: Final = 2048
"""Texts whose likeness to the intents' letters is remembered."""

_WORTH_FILLING: Final = 0.1
"""Candidates less likely than this are not searched for slots."""

_SAME: Final = 0.9
_APART: Final = 0.25
"""A text whose n-grams are this like a sample (cosine), and this much less like any other
intent's, means that intent: the encoder is not run."""

_CLAIMED: Final = 0.68
"""What the words mean as a whole goes before a value in them from this score on."""

_DOUBTED: Final = 0.54
_AHEAD: Final = 0.2
"""A question is taken for another intent than the one in progress from this score on, and where
the one in progress is that much less likely."""

_FITTING: Final = 0.6
"""The least score of the first intent where one of its samples fits, with any words as values."""

_OF_NONSENSE: Final = 0.2
"""What is left of a score where none of the text's words is a word, or the value that every
sample of the intent is."""

_CHEAP_SHARE: Final = 0.3


class Model:
    """What a locale's sample utterances teach. Immutable, so that threads may share it."""

    def __init__(
        self,
        *,
        locale: bot.BotLocale,
        names: tuple[str, ...],
        classifier: Classifier | None,
        slots: SlotModel,
        hurried: bool = False,
    ) -> None:
        """Compose what was learned.

        ``names`` are the intents that ``classifier`` numbers; with none there is no classifier.
        ``hurried`` says that there is more to learn: only the first stage is there.
        Other programs get a model from `daehwa.nlu.learn`.
        """
        self.classifier = classifier
        self.hurried = hurried
        self._slots = slots
        self.names = names
        self._locale = locale.identifier
        plain: list[tuple[str, str]] = []
        filled: list[tuple[str, str]] = []
        for intent in builtin_intents.learnable(locale):
            for utterance in builtin_intents.utterances(locale, intent):
                where = filled if placeholders(utterance, intent.slots) else plain
                where.append((intent.name, utterance))
        self._samples = SampleMatcher(locale, plain, filled, slots)
        self._asking_terms = frozenset(
            name for name, words in (*plain, *filled) if asks_terms(words, locale.identifier)
        )
        # Samples are sent letter for letter again and again: what they are like stays the same.
        self._letters = lru_cache(_REMEMBERED)(self._likeness)
        self._denying = Habits((*plain, *filled), locale.identifier)
        self._contrasts = Contrasts((*plain, *filled), locale.identifier)
        self._words = SampleWords((sample for _, sample in (*plain, *filled)), self._locale)
        self._nonsense = Nonsense(self._words)
        self._free_form = frozenset(
            (intent.name, slot.name)
            for intent in locale.intents.values()
            for slot in intent.slots.values()
            if slot.slot_type_name == "AMAZON.FreeFormInput"
        )

    def load(self) -> None:
        """Bring into memory what only some texts need, so that the first of them does not wait."""
        prepare(self._locale)
        if self.classifier is not None:
            self.classifier.recipe.load()

    def interpret(
        self,
        text: str,
        *,
        elicitation: lex.Elicitation | None = None,
        intents: Collection[str] | None = None,
        now: datetime,
        hints: lex.RuntimeHints | None = None,
    ) -> lex.Understanding:
        """Interpret ``text``.

        ``elicitation`` is what the bot elicits, if anything; ``intents`` the intents that may be
        meant (all by default); ``now`` the time, with its zone, that dates are relative to.
        The sentence encoder is only used when nothing simpler settles the matter: a sample's
        own words, a template filled with known values, a reply that plainly answers what is
        elicited, letters very near to one intent's samples alone.
        """
        among = frozenset(self.names) if intents is None else frozenset(intents)
        reading, confirmation = self._reply(text, elicitation, now, hints)
        candidates = self._cheaply(text, among, now, hints)
        if candidates is None:
            settled = (
                confirmation is not None
                or (reading is not None and reading.score >= PLAIN)
                or (
                    elicitation is not None
                    and (elicitation.intent, elicitation.slot) in self._free_form
                )
            )
            candidates = () if settled else self._obeyed(text, among, now, hints)
            if not settled:
                candidates = self._led_by_value(candidates, text, among, now, hints)
        asks = None
        if elicitation is not None and confirmation is None:
            asks = self._question(text, elicitation, reading, candidates)
        answer: YesNo | None = None
        correction: dict[str, lex.Slot] = {}
        if elicitation is not None and elicitation.confirmation and (confirmation or asks) is None:
            answer, correction = self._correction(text, elicitation.intent, now, hints)
        return lex.Understanding(
            text=text,
            candidates=candidates,
            reading=reading,
            confirmation=confirmation,
            correction=correction,
            answer=answer,
            waiting=waiting(text, self._locale) if elicitation and elicitation.slot else None,
            question=asks,
            question_first=elicitation is not None
            and asks == "Instead"
            and self._asks_first(text, candidates, elicitation.intent),
        )

    def word_for_word(
        self,
        text: str,
        *,
        elicitation: lex.Elicitation | None = None,
        intents: Collection[str] | None = None,
    ) -> lex.Understanding:
        """What ``text`` means as a sample or as a listed value of what is elicited, at once.

        Nothing is searched: it is for a text that there is no time to interpret.
        """
        names = self._samples.equal(text)
        reading = None
        if elicitation is not None and elicitation.slot is not None:
            reading = self._slots.word_for_word(elicitation.intent, elicitation.slot, text)
        return lex.Understanding(
            text=text,
            candidates=tuple(
                lex.Candidate(intent=name, score=1.0)
                for name in names
                if intents is None or name in intents
            ),
            reading=reading,
            confirmation=self._slots.yes_no(text)
            if elicitation is not None and elicitation.confirmation
            else None,
        )

    def slots_in(
        self,
        intent: str,
        text: str,
        *,
        now: datetime,
        hints: lex.RuntimeHints | None = None,
    ) -> dict[str, lex.Slot]:
        """The slots that ``text`` fills, given that it means ``intent``."""
        return self._slots.fill(intent, text, now=now, hints=hints)

    def read_slot(
        self,
        intent: str,
        slot: str,
        words: str,
        *,
        now: datetime,
        hints: lex.RuntimeHints | None = None,
    ) -> lex.Reading | None:
        """Words read as the reply to a slot's prompt; ``None`` when they are no such value."""
        return self._slots.read(intent, slot, words, now=now, hints=hints)

    def is_sample(self, text: str) -> bool:
        """Whether a text is a sample utterance without slots, letter for letter."""
        return self._samples.is_sample(text)

    def sample_counts(self) -> dict[str, int]:
        """How many texts each intent was learned from."""
        counts = [] if self.classifier is None else self.classifier.counts()
        return dict(zip(self.names, counts, strict=True))

    def _reply(
        self,
        text: str,
        elicitation: lex.Elicitation | None,
        now: datetime,
        hints: lex.RuntimeHints | None,
    ) -> tuple[lex.Reading | None, Literal["Yes", "No"] | None]:
        """The text as the value, or the yes or no, that is elicited."""
        if elicitation is None:
            return None, None
        reading = None
        if elicitation.slot is not None:
            reading = self._slots.read(
                elicitation.intent,
                elicitation.slot,
                text,
                sub_slot=elicitation.sub_slot,
                now=now,
                hints=hints,
            )
        if not elicitation.confirmation:
            return reading, None
        return reading, self._slots.yes_no(text) or self._declined(text, elicitation.intent, now)

    def _correction(
        self, text: str, intent: str, now: datetime, hints: lex.RuntimeHints | None
    ) -> tuple[YesNo | None, dict[str, lex.Slot]]:
        """The values that a reply to a confirmation says, and the yes or no before them."""
        answer, words = without_answer(text, self._slots.yes_no)
        filled = self._slots.fill(intent, words, now=now, hints=hints)

        def read(slot: str, words: str) -> lex.Reading | None:
            return self._slots.read(intent, slot, words, now=now, hints=hints)

        def counts(words: str, values: Collection[str]) -> bool:
            return says_count(words, values, self._locale)

        return answer, corrections(words, filled, read, counts)

    def _declined(self, text: str, intent: str, now: datetime) -> Literal["No"] | None:
        """The no of a reply that refuses the very intent that is to be confirmed."""
        names = frozenset(self.names)
        meant = refused(text, self._locale, lambda words: self._unfilled(words, names, now))
        return "No" if meant == intent else None

    def _question(
        self,
        text: str,
        elicitation: lex.Elicitation,
        reading: lex.Reading | None,
        candidates: tuple[lex.Candidate, ...],
    ) -> Question | None:
        """What the reply asks; a sample of the intent in progress asks for what is under way.

        One that is only like its samples may ask for more than they do: *do you fix trikes too?*
        """
        own = next((one for one in candidates if one.intent == elicitation.intent), None)
        same = own is not None and own.score >= SAME_SCORE
        if same and not elicitation.confirmation:
            sample = elicitation.intent in self._samples.equal(text)
            if sample or not asks_more(text, self._locale):
                return None
        given = own.slots.values() if own is not None and reading is None else ()
        return question(
            text,
            self._locale,
            reading=reading,
            values=[word for slot in given for word in originals(slot)],
            any_text=(elicitation.intent, elicitation.slot) in self._free_form,
        )

    def _asks_first(self, text: str, candidates: tuple[lex.Candidate, ...], elicited: str) -> bool:
        """Whether a question is rather asked than meant as the intent that it may be of.

        It is where the intent is in doubt, by its score or beside that of the intent in progress,
        and where it asks about terms that none of the intent's samples is about: what cancelling
        costs is not an order to cancel.
        """
        own = next((one.score for one in candidates if one.intent == elicited), 0.0)
        if not candidates or candidates[0].score < max(_DOUBTED, own + _AHEAD):
            return True
        return candidates[0].intent not in self._asking_terms and asks_terms(text, self._locale)

    def _cheaply(
        self, text: str, among: frozenset[str], now: datetime, hints: lex.RuntimeHints | None
    ) -> tuple[lex.Candidate, ...] | None:
        """Candidates when the text is a sample or a template's, word for word."""
        matching = self._samples.matching(text, among, now, hints)
        if not matching or self.classifier is None:
            return matching or None
        certain = {candidate.intent for candidate in matching}
        others = (
            other
            for other in self._letters(text)
            if other.intent in among and other.intent not in certain
        )
        return (*matching, *islice(others, max(_MOST - len(matching), 0)))

    def _likeness(self, text: str) -> tuple[lex.Candidate, ...]:
        """The intents whose samples share most letters with ``text``, the nearest first."""
        assert self.classifier is not None  # noqa: S101  the caller has looked
        likeness = self.classifier.spelling(text).intents
        return tuple(
            lex.Candidate(
                intent=self.names[number],
                score=round(_CHEAP_SHARE * float(likeness[number]), 4),
            )
            for number in np.argsort(-likeness, kind="stable")[:_NEAREST]
            if likeness[number] > 0
        )

    def _led_by_value(
        self,
        candidates: tuple[lex.Candidate, ...],
        text: str,
        among: frozenset[str],
        now: datetime,
        hints: lex.RuntimeHints | None,
    ) -> tuple[lex.Candidate, ...]:
        """The candidates, those whose sample is the slot that the text is a value of before.

        Unless the words as a whole mean another intent.
        """
        first = self._samples.bare_values(text, among, now, hints)
        names = {candidate.intent for candidate in first}
        if candidates and candidates[0].score >= _CLAIMED and candidates[0].intent not in names:
            return candidates
        rest = (candidate for candidate in candidates if candidate.intent not in names)
        return (*first, *rest)[:_MOST]

    def _obeyed(
        self, text: str, among: frozenset[str], now: datetime, hints: lex.RuntimeHints | None
    ) -> tuple[lex.Candidate, ...]:
        """Candidates by meaning, what the text denies not among them."""
        if not denies(text, self._locale):
            return self._by_meaning(text, among, now, hints)

        def fill(intent: str) -> dict[str, lex.Slot]:
            return self._slots.fill(intent, text, now=now, hints=hints)

        meant = obeyed(
            text,
            self._locale,
            lambda words: self._unfilled(words, among, now),
            fill,
            self._denying,
        )
        return tuple(
            msgspec.structs.replace(
                each, slots=fill(each.intent) if each.score >= _WORTH_FILLING else {}
            )
            for each in meant
        )

    def _by_meaning(
        self, text: str, among: frozenset[str], now: datetime, hints: lex.RuntimeHints | None
    ) -> tuple[lex.Candidate, ...]:
        """Candidates by letters if they suffice, else by the sentence encoders."""
        filled = (
            msgspec.structs.replace(
                each, slots=self._slots.fill(each.intent, text, now=now, hints=hints)
            )
            if each.score >= _WORTH_FILLING
            else each
            for each in self._unfilled(text, among, now)
        )
        return tuple(sorted(map(self._of_a_value, filled), key=lambda each: -each.score))

    def _of_a_value(self, one: lex.Candidate) -> lex.Candidate:
        """A candidate of which every sample is a slot alone, in doubt if the text has no value."""
        if one.slots or one.intent not in self._samples.values_alone:
            return one
        return msgspec.structs.replace(one, score=round(one.score * _OF_NONSENSE, 4))

    def _unfilled(
        self, text: str, among: frozenset[str], now: datetime
    ) -> tuple[lex.Candidate, ...]:
        """Candidates by letters or meaning, without their slots."""
        if self.classifier is None:
            return ()
        allowed = np.array([name in among for name in self.names])
        if not allowed.any() or not any(letter.isalnum() for letter in text):
            return ()
        words = self._words.corrected(written_out(text, self._locale))
        spelling = self.classifier.spelling(words)
        contrary = self._contrasts.contradicted(words)
        meant = allowed & np.array([name not in contrary for name in self.names])
        scores = _by_letters(np.where(meant, spelling.intents, 0.0))
        if scores is None and meant.any():
            scores = judge(self.classifier, words, spelling, meant)
            scores *= _OF_NONSENSE if text in self._nonsense else 1.0
        elif scores is None:
            scores = np.zeros(len(self.names))
        best = np.argsort(-scores, kind="stable")[:_MOST]
        first = int(best[0])
        if 0 < scores[first] < _FITTING and self._slots.fits_sample(
            self.names[first], text, now=now
        ):
            scores[first] = _FITTING
        return tuple(
            lex.Candidate(intent=self.names[number], score=round(float(scores[number]), 4))
            for number in best
            if allowed[number]
        )


def _by_letters(letters: npt.NDArray[np.float64]) -> npt.NDArray[np.float64] | None:
    """Scores if the cosines of n-grams, one for each intent, leave no doubt on their own."""
    best = int(np.argmax(letters))
    rival = float(np.max(np.delete(letters, best), initial=0.0))
    if letters[best] < _SAME or letters[best] - rival < _APART:
        return None
    scores = (letters * _CHEAP_SHARE).astype(np.float64)
    scores[best] = SAME_SCORE
    return scores
