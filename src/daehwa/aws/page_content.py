"""What the chat page shows before the first message: written at deployment, read here."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from daehwa import chat
from daehwa.aws.errors import Misconfigured
from daehwa.aws.reply import FALLBACK

if TYPE_CHECKING:
    from daehwa.chat import wire

_DAY = 86_400


class PageContent:
    """The bot's name, its languages and their words; ``{"bot": ..., "page": ...}`` in a file.

    Without a file the bot has the one language ``localeId`` and no words.
    """

    def __init__(self, bot_id: str, locale_id: str, content: Mapping[str, Any]) -> None:
        self.bot_id = bot_id
        self._bot = content.get("bot") or {}
        self._page = content.get("page") or {}
        self._locales: dict[str, dict[str, Any]] = {
            locale["id"]: locale for locale in self._bot.get("locales") or [{"id": locale_id}]
        }
        if locale_id not in self._locales:
            raise Misconfigured(f"localeId {locale_id} is not one of {', '.join(self._locales)}.")
        self._default = locale_id

    @classmethod
    def read(cls, bot_id: str, locale_id: str, path: str | None) -> PageContent:
        """Read the file at ``path``, if there is one.

        Raises:
            Misconfigured: it cannot be read.
        """
        if path is None:
            return cls(bot_id, locale_id, {})
        try:
            return cls(bot_id, locale_id, json.loads(Path(path).read_text(encoding="utf-8")))
        except (OSError, ValueError) as error:
            raise Misconfigured(f"PAGE_FILE {path} cannot be read: {error}") from None

    @property
    def fallbacks(self) -> frozenset[str]:
        """The names of the intents that take what fits nothing."""
        return frozenset(self._bot.get("fallbackIntents") or (FALLBACK,))

    @property
    def idle_seconds(self) -> int:
        """How long Lex keeps an idle session, in seconds."""
        return int(self._bot.get("idleSeconds") or _DAY)

    def locale(self, wanted: str | None, accept_language: str) -> str | None:
        """The locale of a request: the one it names, ``None`` if there is no such locale.

        Without a name the first of the caller's languages that the bot speaks, or its own.
        """
        if wanted is not None:
            return wanted if wanted in self._locales else None
        return self.accepted_locale(accept_language) or self._default

    def accepted_locale(self, accept_language: str) -> str | None:
        """The locale for the first of the caller's languages that the bot speaks, if there is."""
        return chat.best_locale(chat.accepted_languages(accept_language), self._locales)

    def written_locale(self, text: str) -> str | None:
        """The locale for the script that a text is written in, if it says one."""
        return chat.best_locale(chat.languages_of_script(text), self._locales)

    @property
    def locale_ids(self) -> tuple[str, ...]:
        """The locales, the bot's first one first."""
        return tuple(self._locales)

    @property
    def languages(self) -> str:
        """The locales, for a line to a person."""
        return ", ".join(self._locales)

    @property
    def name(self) -> str:
        """The bot's name."""
        return str(self._bot.get("name") or self.bot_id)

    @property
    def answered(self) -> bool:
        """Whether a language model answers what the bot does not understand."""
        return bool((self._page.get("answer") or {}).get("source", "none") != "none")

    def _title(self, locale_id: str) -> str | None:
        """The page's heading in a locale, else that of all."""
        title = self._locales.get(locale_id, {}).get("heading") or self._page.get("title")
        return None if title is None else str(title)

    def config(self, locale_id: str) -> wire.PageConfig:
        """The answer to ``GET /chat/config``."""
        answer = self._page.get("answer") or {}
        look = self._page.get("look") or {}
        return {
            "title": self._title(locale_id),
            "bots": [
                {
                    "id": self.bot_id,
                    "name": self.name,
                    "description": self._bot.get("description"),
                    "locales": [_page_locale(locale) for locale in self._locales.values()],
                    "theme": self._bot.get("theme"),
                }
            ],
            "default": {"botId": self.bot_id, "localeId": locale_id},
            "answer": {
                "source": answer.get("source", "none"),
                "state": answer.get("state", "off"),
                "model": answer.get("model"),
                "progress": None,
                "line": None,
            },
            "limits": {"text": chat.TEXT_LIMIT},
            "look": {
                "logo": look.get("logo"),
                "accent": look.get("accent"),
                "imageHosts": look.get("imageHosts") or [],
                "cardHosts": look.get("cardHosts") or [],
            },
            "speech": False,
        }


def _page_locale(locale: Mapping[str, Any]) -> wire.PageLocale:
    name = locale["id"]
    return {
        "id": name,
        "name": locale.get("name"),
        "about": locale.get("about"),
        "greeting": locale.get("greeting") or chat.line("greeting", name),
        "placeholder": locale.get("placeholder") or chat.line("placeholder", name),
        "starters": list(locale.get("starters") or ()),
        "notes": dict(locale.get("notes") or {}),
        "title": locale.get("title"),
        "speaker": locale.get("speaker"),
        "logo": locale.get("logo"),
        "privacy": locale.get("privacy"),
        "privacyLink": locale.get("privacyLink"),
    }
