"""What the chat page is told before anything is said."""

from __future__ import annotations

from typing import Any

from daehwa import bot
from daehwa.conversation.answering import Answering
from daehwa.conversation.catalogue import Catalogue, ServedLocale
from daehwa.conversation.settings import PageLocale, Settings
from daehwa.conversation.wording import line

TEXT_LIMIT = 1024
"""Lex's limit of a text, in characters."""

_STARTERS = 4


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
    if answering is not None:
        now = await answering.answerer.ready()
        answer = {
            "source": now.source,
            "state": now.state,
            "model": now.model,
            "progress": now.progress,
            "line": now.say(locale_id),
        }
    return {
        "title": words.title or page.title,
        "bots": [
            {
                "id": served.id,
                "name": served.definition.name,
                "description": served.definition.description,
                "locales": [
                    _locale(locale, page.locales.get(name, PageLocale()))
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


def _locale(locale: ServedLocale, words: PageLocale) -> dict[str, Any]:
    name = locale.definition.identifier
    starters = words.starters
    if starters is None:
        starters = bot.starters(locale.definition)[:_STARTERS]
    return {
        "id": name,
        "name": locale.definition.name,
        "greeting": words.greeting or line("greeting", name),
        "placeholder": words.placeholder or line("placeholder", name),
        "starters": list(starters),
    }
