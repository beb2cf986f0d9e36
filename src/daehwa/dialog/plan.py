"""A locale made ready to run, intent by intent.

Definitions are immutable, so whoever serves a locale makes its ``Plan`` once and keeps it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

import msgspec

from daehwa import bot
from daehwa.dialog.compilation import compile_intent
from daehwa.dialog.intent_plan import IntentPlan

SearchKind = Literal["KendraSearch", "QnA", "BedrockAgent", "QInConnect"]
SEARCHES: Final[dict[str, SearchKind]] = {
    "AMAZON.QnAIntent": "QnA",
    "AMAZON.KendraSearchIntent": "KendraSearch",
    "AMAZON.BedrockAgentIntent": "BedrockAgent",
    "AMAZON.QInConnectIntent": "QInConnect",
}
"""The intents that search or generate, by their signatures."""

NOT_RECOGNISED: Final = frozenset({"AMAZON.FallbackIntent", *SEARCHES})
"""Signatures of intents that take what fits nothing, and so are never recognised."""


class SearchIntent(msgspec.Struct, frozen=True):
    """An intent that searches or generates, by its name."""

    name: str
    kind: SearchKind


class Plan:
    """A locale's intents, compiled as they are needed.

    ``fallback`` names its FallbackIntent, ``searches`` are the intents that search.
    ``always_eligible`` names the intents that may be recognised at any time, and
    ``input_contexts`` maps the others to the contexts that have to be active. ``faults`` says
    of the intents that cannot run why.
    """

    def __init__(self, locale: bot.BotLocale, faults: Mapping[str, str] | None = None) -> None:
        self.locale = locale
        self.faults = faults or {}
        self._intents: dict[str, IntentPlan] = {}
        fallback = locale.fallback_intent
        self.fallback = fallback.name if fallback else None
        self.searches = tuple(
            SearchIntent(intent.name, SEARCHES[intent.parent_intent_signature])
            for intent in locale.intents.values()
            if intent.parent_intent_signature in SEARCHES
        )
        ordinary = [
            intent
            for intent in locale.intents.values()
            if intent.parent_intent_signature not in NOT_RECOGNISED
        ]
        self.always_eligible = frozenset(i.name for i in ordinary if not i.input_contexts)
        self.input_contexts = {
            i.name: tuple(c.name for c in i.input_contexts) for i in ordinary if i.input_contexts
        }

    def intent(self, name: str) -> IntentPlan | None:
        """Return an intent ready to run; ``None`` when the locale has none of that name."""
        plan = self._intents.get(name)
        if plan is None and (definition := self.locale.intents.get(name)) is not None:
            plan = self._intents[name] = compile_intent(definition, self.locale)
        return plan
