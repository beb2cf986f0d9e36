"""Phrases of Lex's built-in intents, which exports leave out.

Lex gives Help, Cancel, Stop and their like phrases of its own; apart from that they are
ordinary intents. The phrases are those of the locale's language. Source: Lex V2 developer
guide, "Built-in intents".
"""

from __future__ import annotations

from daehwa import bot
from daehwa.nlu.languages import reading


def learnable(locale: bot.BotLocale) -> tuple[bot.Intent, ...]:
    """The locale's intents that text can mean, in the order of the definition."""
    return tuple(
        intent
        for intent in locale.intents.values()
        if intent.parent_intent_signature not in bot.UNRECOGNISED_INTENTS
    )


def utterances(locale: bot.BotLocale, intent: bot.Intent) -> tuple[str, ...]:
    """The intent's sample utterances, after Lex's own phrases where it is a built-in one."""
    tables = (t for each in reading(locale.identifier) if (t := each.intents) is not None)
    supplied = next(tables, {}).get(intent.parent_intent_signature or "", ())
    return (*supplied, *(sample.utterance for sample in intent.sample_utterances or ()))
