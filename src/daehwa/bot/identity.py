"""How a bot, its versions and its aliases are addressed."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import Final

import msgspec

from daehwa.bot.values import (
    Bot,
)

DRAFT: Final = "DRAFT"
"""The version that is being edited; published versions are numbered from 1."""

_LEX_ID: Final = re.compile(r"[0-9A-Za-z]{10}")


class BotAlias(msgspec.Struct, frozen=True, kw_only=True):
    """A name for one version of a bot: ``bot_version`` is ``DRAFT`` or a number."""

    identifier: str
    name: str
    bot_version: str


TEST_ALIAS: Final = BotAlias(identifier="TSTALIASID", name="TestBotAlias", bot_version=DRAFT)
"""The alias that every bot has."""


def bot_id(bot: Bot) -> str:
    """The bot's id: its identifier if that is one, else always the same one for its name.

    Ten alphanumerics, as Lex's API wants.
    """
    if bot.identifier and _LEX_ID.fullmatch(bot.identifier):
        return bot.identifier
    return base64.b32encode(hashlib.sha256(bot.name.encode()).digest())[:10].decode()
