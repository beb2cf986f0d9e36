"""What of a bot its tests visit: intents, slots, branches of conditionals, sample utterances.

An intent is visited where a turn ends in it or a condition of it is tried, a slot where it gets a
value, a branch where it is taken, and a sample where somebody says it (with anything in the place
of its slots).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import msgspec

from daehwa import bot, dialog
from daehwa.conversation import Address, ServedBot

_PLACEHOLDER: Final = re.compile(r"\{[^{}]*\}")
_Branches = tuple[tuple[str, str], ...]


class Covered(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """How much of one kind is visited, and what is not: names by locale."""

    visited: int
    total: int
    missing: dict[str, tuple[str, ...]]


class Coverage(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What tests visit. ``share`` is that of intents, slots and branches, from 0 to 1."""

    intents: Covered
    slots: Covered
    branches: Covered
    samples: Covered

    @property
    def share(self) -> float:
        """The share of intents, slots and branches that are visited; samples do not count."""
        counted = (self.intents, self.slots, self.branches)
        total = sum(each.total for each in counted)
        return sum(each.visited for each in counted) / total if total else 1.0


class _Place(msgspec.Struct, frozen=True):
    """A conditional: its intent, where it stands, and its branches with their conditions."""

    intent: str
    where: str
    branches: _Branches

    def name(self, at: int | None) -> str:
        """What a branch is called; ``None`` is the default one."""
        branch = "default" if at is None else self.branches[at][0]
        return f"{self.intent}{self.where}: {branch}"

    @property
    def names(self) -> list[str]:
        """What all branches are called."""
        return [self.name(at) for at in (*range(len(self.branches)), None)]


class LocaleVisits:
    """What there is in a locale, and what of it was visited."""

    def __init__(self, locale: bot.BotLocale) -> None:
        self.intents = dict.fromkeys(locale.intents, False)
        self.slots = {
            f"{intent.name}.{slot}": False
            for intent in locale.intents.values()
            for slot in intent.slots
        }
        self._places = list(_conditionals(locale))
        self.branches = {name: False for place in self._places for name in place.names}
        self.samples: dict[str, bool] = {}
        self._plain: dict[str, list[str]] = {}
        self._patterns: list[tuple[re.Pattern[str], str]] = []
        for intent in locale.intents.values():
            for sample in intent.sample_utterances or ():
                self._add_sample(f"{intent.name}: {sample.utterance}", sample.utterance)

    def _add_sample(self, name: str, text: str) -> None:
        self.samples[name] = False
        if not _PLACEHOLDER.search(text):
            self._plain.setdefault(bot.normal_form(text), []).append(name)
            return
        parts = (re.escape(_heard(part)) for part in _PLACEHOLDER.split(text))
        self._patterns.append((re.compile(".*".join(parts)), name))

    def say(self, text: str) -> None:
        """Note the samples that a text matches."""
        form = bot.normal_form(text)
        for name in self._plain.get(form, ()):
            self.samples[name] = True
        for pattern, name in self._patterns:
            if not self.samples[name] and pattern.fullmatch(form):
                self.samples[name] = True

    def end(self, outcome: dialog.TurnOutcome) -> None:
        """Note what a turn did."""
        intent = outcome.session_state.intent
        if intent is not None and intent.name in self.intents:
            self.intents[intent.name] = True
            for name, slot in (intent.slots or {}).items():
                key = f"{intent.name}.{name}"
                if slot is not None and key in self.slots:
                    self.slots[key] = True
        for event in outcome.events:
            if event.conditional_evaluation_result:
                here = None if intent is None else intent.name
                self._branch(event.conditional_evaluation_result, here)

    def _branch(self, tried: tuple[dialog.BranchEvaluation, ...], intent: str | None) -> None:
        path = tuple((each.conditional_branch_name, each.expression_string) for each in tried)
        taken = len(tried) - 1 if tried[-1].evaluation_result == "TRUE" else None
        fitting = [
            place
            for place in self._places
            if place.branches[: len(path)] == path
            and (taken is not None or len(place.branches) == len(path))
        ]
        own = [place for place in fitting if place.intent == intent]
        for place in own or fitting:
            self.branches[place.name(taken)] = True
            if place.intent in self.intents and len(own or fitting) == 1:
                self.intents[place.intent] = True


def _heard(part: str) -> str:
    """A part of a sample, normalised: spaces and signs between two slots do not count."""
    form = bot.normal_form(part)
    return form if any(sign.isalnum() for sign in form) else ""


def _conditionals(locale: bot.BotLocale) -> Iterator[_Place]:
    for intent in locale.intents.values():
        owners: list[tuple[str, bot.Intent | bot.Slot]] = [("", intent)]
        owners += [(f".{slot.name}", slot) for slot in intent.slots.values()]
        for prefix, owner in owners:
            for path, value in bot.walk(owner):
                if isinstance(value, bot.Conditional) and value.is_active:
                    yield _Place(
                        intent.name,
                        prefix + path.removeprefix("$"),
                        tuple(
                            (branch.name, branch.condition.expression_string)
                            for branch in value.conditional_branches
                        ),
                    )


class Visits:
    """What tests visited of the locales that they were held in, by bot and locale."""

    def __init__(self, bots: Iterable[ServedBot]) -> None:
        self._definitions = {served.id: served.definition for served in bots}
        self._several = len(self._definitions) > 1
        self._locales: dict[tuple[str, str], LocaleVisits] = {}

    def begin(self, bot_id: str, locale: str) -> None:
        """Count a locale from now on."""
        if (bot_id, locale) not in self._locales:
            definition = self._definitions[bot_id].locales[locale]
            self._locales[bot_id, locale] = LocaleVisits(definition)

    def add(self, address: Address, text: str, outcome: dialog.TurnOutcome) -> None:
        """Note a turn."""
        visits = self._locales.get((address.bot_id, address.locale_id))
        if visits is not None:
            visits.say(text)
            visits.end(outcome)

    def coverage(self) -> Coverage:
        """What was visited, and what was not."""
        return Coverage(
            intents=self._covered({key: each.intents for key, each in self._locales.items()}),
            slots=self._covered({key: each.slots for key, each in self._locales.items()}),
            branches=self._covered({key: each.branches for key, each in self._locales.items()}),
            samples=self._covered({key: each.samples for key, each in self._locales.items()}),
        )

    def _covered(self, kinds: Mapping[tuple[str, str], Mapping[str, bool]]) -> Covered:
        missing = {}
        for (bot_id, locale), visited in kinds.items():
            name = f"{self._definitions[bot_id].name}/{locale}" if self._several else locale
            left = tuple(key for key, was in visited.items() if not was)
            if left:
                missing[name] = left
        marks = [was for visited in kinds.values() for was in visited.values()]
        return Covered(visited=sum(marks), total=len(marks), missing=missing)
