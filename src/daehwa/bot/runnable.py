"""A bot of which a part cannot run: the intents at fault are told apart from the others."""

from __future__ import annotations

import msgspec

from daehwa.bot.problems import Problem
from daehwa.bot.references import PLACEHOLDER, intent_faults
from daehwa.bot.signatures import FALLBACK_INTENT
from daehwa.bot.values import (
    Bot,
    BotLocale,
    Intent,
)


class RunnableBot(msgspec.Struct, frozen=True):
    """A bot that can be served, and why some of its intents cannot run.

    In ``definition`` an intent at fault has only its name and its plain sample utterances, so that
    what is meant for it goes to no other. ``faults`` has the first error of each, by locale and
    intent; it is empty for a sound bot.
    """

    definition: Bot
    faults: dict[str, dict[str, Problem]]

    @property
    def runs(self) -> bool:
        """Whether any intent that can be recognised runs."""
        return any(
            intent.name not in self.faults.get(name, {})
            for name, locale in self.definition.locales.items()
            for intent in locale.intents.values()
            if intent.parent_intent_signature != FALLBACK_INTENT
        )


def runnable(bot: Bot) -> RunnableBot:
    """The bot with the intents set apart that name what is not there."""
    faults: dict[str, dict[str, Problem]] = {}
    locales: dict[str, BotLocale] = {}
    for name, locale in bot.locales.items():
        faulty = {
            intent.name: first
            for intent in locale.intents.values()
            if (first := next(intent_faults(bot.name, locale, intent), None)) is not None
        }
        locales[name] = locale
        if faulty:
            faults[name] = faulty
            intents = {
                intent.name: _bare(intent) if intent.name in faulty else intent
                for intent in locale.intents.values()
            }
            locales[name] = msgspec.structs.replace(locale, intents=intents)
    return RunnableBot(msgspec.structs.replace(bot, locales=locales), faults)


def _bare(intent: Intent) -> Intent:
    return Intent(
        name=intent.name,
        identifier=intent.identifier,
        parent_intent_signature=intent.parent_intent_signature,
        sample_utterances=tuple(
            sample
            for sample in intent.sample_utterances or ()
            if not PLACEHOLDER.search(sample.utterance)
        ),
        input_contexts=intent.input_contexts,
    )
