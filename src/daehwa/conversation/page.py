"""What the chat page is told before anything is said."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from daehwa import bot
from daehwa.conversation.answering import Answering
from daehwa.conversation.catalogue import Catalogue, ServedBot, ServedLocale
from daehwa.conversation.settings import PageLocale, Settings
from daehwa.conversation.wording import line

TEXT_LIMIT = 1024
"""Lex's limit of a text, in characters."""

_STARTERS = 4
_FEW = 2
_SILENT = ("off", "missing")


async def page_config(
    catalogue: Catalogue,
    settings: Settings,
    answering: Answering | None,
    *,
    default: tuple[str, str],
    locale_id: str,
) -> dict[str, Any]:
    """The answer to ``GET /chat/config``."""
    page = settings.page
    words = page.locales.get(locale_id, PageLocale())
    answer: dict[str, Any] = {"source": "none", "state": "off"}
    model = False
    if answering is not None:
        now = await answering.answerer.ready()
        answer = {
            "source": now.source,
            "state": now.state,
            "model": now.model,
            "progress": now.progress,
            "line": now.say(locale_id),
        }
        model = now.source != "none" and now.state not in _SILENT
    return {
        "title": words.title or page.title,
        "bots": [
            {
                "id": served.id,
                "name": served.definition.name,
                "description": served.definition.description,
                "locales": [
                    _locale(served, locale, page.locales.get(name, PageLocale()), model=model)
                    for name, locale in served.locales.items()
                ],
            }
            for served in catalogue.bots
        ],
        "default": {"botId": default[0], "localeId": default[1]},
        "answer": answer,
        "limits": {"text": TEXT_LIMIT},
        "look": {"logo": page.logo, "accent": page.accent},
    }


def _locale(
    served: ServedBot, locale: ServedLocale, words: PageLocale, *, model: bool
) -> dict[str, Any]:
    """What the first page says in a locale: who this is, and what can be said.

    An operator's own greeting stands alone; otherwise the bot's file tells who is speaking.
    """
    definition = locale.definition
    name = definition.identifier
    about = None if words.greeting else definition.description or served.definition.description
    starters = words.starters
    notes: dict[str, str] = {}
    if starters is None:
        starters = bot.starters(definition)[:_STARTERS]
        notes = _notes(definition, starters)
        if model and len(starters) < _FEW:
            # A bot of one intent is soon told; what it does not know is worth a try as well.
            question = line("question", name)
            starters = (*starters, question)
            notes[question] = line("question_note", name)
    return {
        "id": name,
        "name": definition.name,
        "about": about,
        "greeting": words.greeting or line("greeting", name),
        "placeholder": words.placeholder or line("placeholder", name),
        "starters": list(starters),
        "notes": notes,
    }


def _notes(locale: bot.BotLocale, starters: Collection[str]) -> dict[str, str]:
    """What each starter leads to, in the words of its intent's description."""
    return {
        sample.utterance: intent.description
        for intent in locale.intents.values()
        if intent.description
        for sample in intent.sample_utterances or ()
        if sample.utterance in starters
    }
