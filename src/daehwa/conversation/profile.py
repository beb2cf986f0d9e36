"""What a language model gets to know about the bot that it helps."""

from __future__ import annotations

from datetime import datetime
from weakref import WeakKeyDictionary

from daehwa import answers, bot
from daehwa.conversation.served_bots import ServedLocale

# As many as a person would read out; a model reads them with every question.
_ABILITIES, _LETTERS = 12, 80

_abilities: WeakKeyDictionary[ServedLocale, tuple[str, ...]] = WeakKeyDictionary()


def profile_of(served: ServedLocale, now: datetime) -> answers.BotProfile:
    """The profile of a bot in one of its languages, today."""
    abilities = _abilities.get(served)
    if abilities is None:
        abilities = _abilities[served] = read_abilities(served.definition)
    locale = served.definition.identifier
    date = answers.written_date(now, locale)
    return answers.BotProfile(name=served.bot.name, abilities=abilities, date=date)


def read_abilities(locale: bot.BotLocale) -> tuple[str, ...]:
    """The intents' descriptions, else the first thing that people say for each."""
    abilities = []
    for intent in locale.intents.values():
        if intent.parent_intent_signature is not None:
            continue
        first_sample = next((each.utterance for each in intent.sample_utterances or ()), "")
        ability = " ".join((intent.description or first_sample).split())
        if ability:
            abilities.append(ability[:_LETTERS])
    return tuple(abilities[:_ABILITIES])
