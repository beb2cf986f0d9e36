"""What a keeper works with: a bot's files, what people said to it, and what the keeper ignores.

All commands that improve a bot, and whatever else shows them, begin here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from daehwa import bot
from daehwa.care.ignoring import IgnoredText, IgnoredTexts
from daehwa.care.inbox import Ignored, Miss, missed
from daehwa.care.replay import TEXTS, ReplayTexts, replay_texts
from daehwa.care.talks import talks_of
from daehwa.conversation import (
    Catalogue,
    Opening,
    ServedBot,
    ServedLocale,
    SettingsError,
    data_folder,
    load_settings,
    open_catalogue,
    open_notes,
    open_sessions,
)


class Inbox(msgspec.Struct, frozen=True, kw_only=True):
    """The entries to look at, most frequent first, and how many need no attention any more.

    ``understood`` are left out because the bot as it is now understands them, ``ignored`` texts are
    passed over. ``not_served`` are bots that cannot be read and intents that cannot run, and why.
    """

    misses: tuple[Miss, ...]
    understood: int
    ignored: int
    not_served: dict[str, str] = {}


def open_learned(opening: Opening, paths: Iterable[Path] = ()) -> Catalogue:
    """The bots at ``paths`` (or those of ``opening``), with the models learned of them before.

    Raises:
        SettingsError: the configuration is wrong.
        bot.BotError, CatalogueError: a bot cannot be read.
    """
    settings = load_settings(Path(opening.config) if opening.config else None)
    chosen = tuple(str(path) for path in paths) or opening.bots
    return open_catalogue(chosen, data_folder(opening) / "learned", settings.understanding)


def learned_apart(
    catalogue: Catalogue, definition: bot.Bot, known: Mapping[str, ServedLocale]
) -> dict[str, ServedLocale]:
    """The locales of a changed bot; those that did not change are the ``known`` ones."""
    bot_id = bot.bot_id(definition)
    quality = catalogue.quality(definition, bot_id)
    return {
        name: known[name]
        if name in known and known[name].definition == locale
        else ServedLocale(bot_id, definition, locale, catalogue.models, quality=quality)
        for name, locale in definition.locales.items()
    }


async def inbox(
    opening: Opening,
    *,
    only: str | None = None,
    locale: str | None = None,
    limit: int = 1000,
    everything: bool = False,
) -> Inbox:
    """What the bots of ``opening`` missed in their last ``limit`` sessions.

    ``only`` names one bot; by id it may be one that is not among them. With ``everything`` also
    what is ignored, or understood by now.

    Raises:
        SettingsError: the configuration is wrong, nobody knows ``only``, or ``locale`` is of none.
        bot.BotError, CatalogueError: a bot cannot be read.
        stores.StoreError: the store cannot be read.
    """
    catalogue = open_learned(opening)
    kept = ignored_texts(opening)
    async with open_sessions(opening) as store:
        names = {served.id: served.definition.name for served in catalogue.bots}
        if only is not None:
            served = catalogue.named(only)
            names = {only: only} if served is None else {served.id: served.definition.name}
            stored = store is not None and await store.sessions_of(only, limit=1)
            if served is None and not stored:
                raise SettingsError(_unknown(only, catalogue))
        misses = (
            []
            if store is None
            else await missed(
                store,
                names,
                locale=locale,
                limit=limit,
                served=served_locales(catalogue),
                ignored=None if everything else ignoring(kept),
            )
        )
    if locale is not None and not misses:
        _require_locale(locale, [catalogue.named(each) for each in names])
    open_ones = tuple(miss for miss in misses if everything or miss.understood is None)
    return Inbox(
        misses=open_ones,
        understood=len(misses) - len(open_ones),
        ignored=len(kept),
        not_served=catalogue.not_served(),
    )


def served_locales(catalogue: Catalogue) -> dict[tuple[str, str], ServedLocale]:
    """The locales of all bots, by bot's id and locale's."""
    return {
        (served.id, name): one for served in catalogue.bots for name, one in served.locales.items()
    }


def ignored_texts(opening: Opening) -> tuple[IgnoredText, ...]:
    """What the keeper ignores.

    Raises:
        SettingsError: the configuration is wrong.
        stores.StoreError: it cannot be read.
    """
    with open_notes(opening) as notes:
        return IgnoredTexts(notes).all()


def ignoring(kept: Iterable[IgnoredText]) -> Ignored:
    """Whether a text that somebody said is one of those that are ignored."""
    texts = tuple(kept)
    return lambda text, bot_id, locale_id: any(
        each.covers(text, bot_id, locale_id) for each in texts
    )


async def spoken_texts(
    opening: Opening, bots: Iterable[ServedBot], *, locale: str | None = None, most: int = TEXTS
) -> ReplayTexts:
    """The last ``most`` texts that were said to bots; of two with one id each counts once.

    Raises:
        SettingsError: the configuration is wrong.
        stores.StoreError: the store cannot be read.
    """
    if most < 1:
        return ReplayTexts()
    ignored = ignoring(ignored_texts(opening))
    by_id: dict[str, ServedBot] = {}
    for served in bots:
        by_id.setdefault(served.id, served)
    async with open_sessions(opening) as store:
        if store is None:
            return ReplayTexts()
        together = ReplayTexts()
        for bot_id, served in by_id.items():
            talks = await talks_of(store, bot_id, locale=locale, limit=most, texts=most)
            together = together.joined(
                replay_texts(
                    talks, bot_id=bot_id, served=served.locales, ignored=ignored, most=most
                )
            )
        return together


def _require_locale(locale: str, bots: Iterable[ServedBot | None]) -> None:
    """Check that one of the bots speaks ``locale``; a bot that is not served may have.

    Raises:
        SettingsError: none does.
    """
    served = list(bots)
    spoken = {name for each in served if each is not None for name in each.locales}
    if None not in served and locale not in spoken:
        raise SettingsError(f"--locale {locale}: choose one of {', '.join(sorted(spoken))}")


def _unknown(only: str, catalogue: Catalogue) -> str:
    names = ", ".join(served.definition.name for served in catalogue.bots)
    return (
        f"--bot {only}: there is no such bot, and no conversation with one of that id; "
        f"there are {names}"
    )
