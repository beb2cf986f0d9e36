"""Samples that a language model proposes for an intent, each checked; none is added."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Final, Literal

import msgspec

from daehwa import answers, bot
from daehwa.care.keeping import open_learned
from daehwa.care.meanings import Meaning, UtteranceInSession, understand
from daehwa.conversation import Opening, ServedLocale, SettingsError, open_model

_SECONDS: Final = 120.0

Verdict = Literal["new", "known", "known to another", "clash", "unknown slot"]


class Suggestion(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """A sample that a model proposes, and what the bot as it is makes of it.

    ``verdict`` is ``new`` for one that may be learned, ``known`` for one that the bot understands
    so already, ``clash`` for one that it understands as another intent, ``known to another`` for
    another intent's own sample (``rival``), and ``unknown slot`` for one that names a slot that the
    intent does not have.
    """

    text: str
    verdict: Verdict
    meaning: Meaning
    rival: str | None = None


class Suggestions(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """What a model proposes for an intent in a locale."""

    intent: str
    locale_id: str
    suggestions: tuple[Suggestion, ...]


async def suggest(
    opening: Opening, path: Path, *, intent: str, locale: str | None = None, count: int = 10
) -> Suggestions:
    """Have the configured model write samples of an intent, and check each of them.

    Raises:
        SettingsError: there is no such intent, or several locales have it.
        bot.BotError: the bot cannot be read.
        answers.AnswerError: no model is configured, or it fails.
    """
    definition = bot.load(path)
    name = _locale_of(definition, intent, locale)
    served = open_learned(opening, [path]).bots[0].locales[name]
    order = answers.SampleOrder(
        intent=_described(served.definition.intents[intent]),
        others=tuple(
            _described(other)
            for other in served.definition.intents.values()
            if other.name != intent and other.sample_utterances
        ),
        count=count,
        locale=name,
        bot_id=served.bot_id,
        bot_name=definition.name,
    )
    async with open_model(opening) as model:
        texts = await answers.SampleWriter(model, _SECONDS).write(order)
    return Suggestions(
        intent=intent, locale_id=name, suggestions=await checked(served, intent, texts)
    )


async def checked(
    served: ServedLocale, intent: str, texts: Sequence[str]
) -> tuple[Suggestion, ...]:
    """Texts that are proposed as samples of an intent, each with what speaks against it."""
    model = await served.model()
    now = dt.datetime.now(dt.UTC)
    suggestions = []
    for text in dict.fromkeys(texts):
        utterance = UtteranceInSession(text=text, locale_id=served.definition.identifier)
        meaning = (await asyncio.to_thread(understand, served, model, utterance, now)).meaning
        verdict, rival = _verdict(served.definition, intent, text, meaning)
        suggestions.append(Suggestion(text=text, verdict=verdict, meaning=meaning, rival=rival))
    return tuple(suggestions)


def _verdict(
    locale: bot.BotLocale, intent: str, text: str, meaning: Meaning
) -> tuple[Verdict, str | None]:
    own = locale.intents[intent]
    if bot.unknown_slots(text, own):
        return "unknown slot", None
    for other in locale.intents.values():
        form = bot.sample_form(text, other)
        if any(bot.sample_form(s.utterance, other) == form for s in other.sample_utterances or ()):
            return ("known", None) if other is own else ("known to another", other.name)
    if meaning.intent is not None and meaning.intent != intent and "{" not in text:
        return "clash", meaning.intent
    certain = meaning.intent == intent and meaning.score == 1
    return ("known" if certain else "new"), None


def _locale_of(definition: bot.Bot, intent: str, locale: str | None) -> str:
    having = [
        name
        for name, one in definition.locales.items()
        if intent in one.intents
        and one.intents[intent].parent_intent_signature not in bot.UNRECOGNISED_INTENTS
        and locale in (None, name)
    ]
    if len(having) == 1:
        return having[0]
    if having:
        raise SettingsError(
            f'the intent "{intent}" is in {", ".join(having)}: name one with --locale'
        )
    names = {name: None for one in definition.locales.values() for name in one.intents}
    where = "" if locale is None else f" in {locale}"
    raise SettingsError(f'no intent "{intent}" takes samples{where}; there are {", ".join(names)}')


def _described(intent: bot.Intent) -> answers.JudgedIntent:
    return answers.JudgedIntent(
        name=intent.name,
        description=intent.description or "",
        samples=tuple(each.utterance for each in intent.sample_utterances or ()),
        slots=tuple(
            answers.JudgedSlot(
                name=slot.name, kind=(slot.slot_type_name or "").removeprefix("AMAZON.")
            )
            for slot in intent.prioritised_slots
        ),
    )
