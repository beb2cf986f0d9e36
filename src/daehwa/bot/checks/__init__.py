"""What an experienced author would change in a bot that Lex would build all the same.

Each module looks at one kind of thing. A check is given the bot and one of its locales, does no
I/O, and yields a problem for each place. What Lex would refuse is in ``daehwa.bot.validation``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from daehwa.bot.checks.contexts import context_problems
from daehwa.bot.checks.prompts import prompt_problems
from daehwa.bot.checks.sample_texts import sample_problems
from daehwa.bot.checks.silence import silence_problems
from daehwa.bot.checks.slot_filling import filling_problems
from daehwa.bot.checks.slot_values import slot_value_problems
from daehwa.bot.checks.start_loops import loop_problems
from daehwa.bot.checks.whole_locale import locale_problems
from daehwa.bot.problems import Problem
from daehwa.bot.values import (
    Bot,
    BotLocale,
)

_CHECKS: Final[tuple[Callable[[Bot, BotLocale], Iterator[Problem]], ...]] = (
    locale_problems,
    sample_problems,
    slot_value_problems,
    filling_problems,
    prompt_problems,
    silence_problems,
    context_problems,
    loop_problems,
)


def unwise(bot: Bot) -> Iterator[Problem]:
    """What is probably not meant in the bot, though Lex may build it."""
    # What a network says is its members' to say.
    checks = (locale_problems,) if bot.is_network else _CHECKS
    for locale in bot.locales.values():
        for check in checks:
            yield from check(bot, locale)
