"""Checking that the bots and locales that a configuration names exist.

A table for a bot that nobody has is read without complaint, since it may be another machine's.
Where its name looks like a slip, or the bot lacks the locale, the check reports it. Code hooks
are checked in ``hook_checks``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Final

from daehwa import bot
from daehwa.care.named_bots import meant_bot, names_of
from daehwa.conversation import AnsweringSetting, Settings

_CODE: Final = "setting-of-nobody"


def setting_problems(
    definition: bot.Bot, settings: Settings, config: Path, *, beside: Collection[str] = ()
) -> Iterator[bot.Problem]:
    """What the file ``config`` sets for a bot or locale that is not there, as this bot sees it.

    ``beside`` are the names of the other bots that are checked.
    """
    for field, name in _named(settings):
        if meant := meant_bot(name, definition, beside):
            message = f'no bot here has the name "{name}": this setting has no effect.'
            yield _problem(config, field, message, f'Write "{meant}" if that is meant.')
    for field, locale in _locales(definition, settings):
        message = f'"{definition.name}" has no locale "{locale}": this setting has no effect.'
        spoken = ", ".join(definition.locales)
        yield _problem(config, field, message, f"Write one of: {spoken}; or leave it out.")
    for index, entry in enumerate(settings.answering, 1):
        if entry.bot == "*" and entry.locale not in ("*", *bot.LOCALE_NAMES):
            message = f'Lex has no locale "{entry.locale}": this setting has no effect.'
            cure = "Write one, such as ko_KR, or leave it out."
            yield _problem(config, f"answering[{index}].locale", message, cure)


def _named(settings: Settings) -> Iterator[tuple[str, str]]:
    """Each place that names a bot, and the name."""
    understanding = settings.understanding
    for index, entry in enumerate(settings.answering, 1):
        yield f"answering[{index}].bot", entry.bot
    if not isinstance(understanding.sentiment, bool):
        yield from ((f"understanding.sentiment: {name}", name) for name in understanding.sentiment)
    for table, names in (
        ("understanding.bots", understanding.bots),
        ("understanding.assisted.bots", understanding.assisted.bots),
        ("page.bots", settings.page.bots),
    ):
        yield from ((f"{table}.{name}", name) for name in names)


def _locales(definition: bot.Bot, settings: Settings) -> Iterator[tuple[str, str]]:
    """Each place that is this bot's, in a locale that it lacks, and the locale."""
    for index, entry in enumerate(settings.answering, 1):
        if _is_of(entry, definition) and entry.locale not in ("*", *definition.locales):
            yield f"answering[{index}].locale", entry.locale
    for name, page in settings.page.bots.items():
        if name in names_of(definition):
            for locale in page.locales.keys() - definition.locales.keys():
                yield f"page.bots.{name}.{locale}", locale


def _is_of(entry: AnsweringSetting, definition: bot.Bot) -> bool:
    return entry.bot != "*" and entry.bot in names_of(definition)


def _problem(config: Path, field: str, message: str, cure: str) -> bot.Problem:
    return bot.Problem(
        severity=bot.RULES[_CODE].severity,
        code=_CODE,
        file=str(config.absolute()),
        field=field,
        message=message,
        cure=cure,
    )
