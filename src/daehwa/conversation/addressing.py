"""Which bot, alias and locale a client of ``/chat`` means, who may leave all of them out."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from daehwa import bot, chat
from daehwa.conversation.catalogue import Catalogue
from daehwa.conversation.served_bots import ServedBot, ServedLocale
from daehwa.conversation.values import Address


class Addressing:
    """Finds addresses among the served bots."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def address(self, reference: chat.SessionReference, accept_language: str = "") -> Address:
        """The address of a session; its bot's test alias.

        Raises:
            chat.ChatError: the id is not valid, or there is no such bot or locale.
        """
        session_id = chat.checked_session_id(reference.session_id)
        wanted = _wanted(reference.locale_id, accept_language)
        if reference.bot_id is None:
            served, locale = self.default(wanted)
        else:
            served = self._named(reference.bot_id)
            locale = _speaking(served, wanted) or next(iter(served.locales.values()))
        identifier = locale.definition.identifier
        if reference.locale_id is not None and identifier != reference.locale_id:
            raise chat.ChatError(
                "LocaleNotFound",
                bot=served.definition.name,
                locale=reference.locale_id,
                locales=", ".join(served.locales),
            )
        return Address(
            served.id, bot.TEST_ALIAS.identifier, identifier, session_id, reference.owner
        )

    def addresses(self, reference: chat.SessionReference) -> tuple[Address, ...]:
        """Every address that a session may have if bot or locale are left out.

        Raises:
            chat.ChatError: as ``address``.
        """
        one = self.address(reference)
        if reference.bot_id is not None and reference.locale_id is not None:
            return (one,)
        if reference.bot_id is None:
            bots = self._catalogue.bots
        else:
            bots = (self._named(reference.bot_id),)
        return tuple(
            msgspec.structs.replace(one, bot_id=served.id, locale_id=name)
            for served in bots
            for name in served.locales
            if reference.locale_id in (None, name)
        )

    def default(self, wanted: Iterable[str]) -> tuple[ServedBot, ServedLocale]:
        """The first bot that speaks a wanted language; without one, the first bot."""
        for language in wanted:
            for served in self._catalogue.bots:
                locale = _speaking(served, (language,))
                if locale is not None:
                    return served, locale
        first = self._catalogue.bots[0]
        return first, next(iter(first.locales.values()))

    def _named(self, name_or_id: str) -> ServedBot:
        served = self._catalogue.named(name_or_id)
        if served is None:
            names = ", ".join(f"{b.definition.name} ({b.id})" for b in self._catalogue.bots)
            raise chat.ChatError("BotNotFound", bot=name_or_id, bots=names)
        return served


def _wanted(locale_id: str | None, accept_language: str) -> tuple[str, ...]:
    return chat.accepted_languages(accept_language) if locale_id is None else (locale_id,)


def _speaking(served: ServedBot, wanted: tuple[str, ...]) -> ServedLocale | None:
    """The bot's locale for the first language that it has one for."""
    name = chat.best_locale(wanted, served.locales)
    return None if name is None else served.locales[name]
