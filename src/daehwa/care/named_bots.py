"""The names by which a configuration means a bot, and those that look like misspellings."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Final

from daehwa import bot

# How alike two names are, from 0 to 1, before one is taken for the other with a slip in it.
_ALIKE: Final = 0.8


def names_of(definition: bot.Bot) -> tuple[str, ...]:
    """What a part of the configuration may call this bot: ``*``, its name, its id."""
    return "*", definition.name, bot.bot_id(definition)


def meant_bot(name: str, definition: bot.Bot, beside: Collection[str] = ()) -> str | None:
    """The bot's name, if ``name`` looks like a misspelling of it and is not one of ``beside``.

    What looks like nothing here may be another bot's, which is none of this one's business.
    """
    if name in (*names_of(definition), *beside):
        return None
    mine, written = _plain(definition.name), _plain(name)
    near = mine == written or difflib.get_close_matches(written, (mine,), 1, _ALIKE)
    return definition.name if near else None


def bot_names(paths: Iterable[Path]) -> frozenset[str]:
    """The names and ids of the bots in these files, as far as they can be read."""
    examined = (bot.examine(path).bot for path in paths)
    return frozenset(name for each in examined if each is not None for name in names_of(each)[1:])


def _plain(name: str) -> str:
    """A name reduced to letters and digits, without the "bot" at its end."""
    letters = "".join(sign for sign in name.casefold() if sign.isalnum())
    return letters.removesuffix("bot") or letters
