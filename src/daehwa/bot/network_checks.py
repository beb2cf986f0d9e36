"""Checking a network of bots: what its own files show of its members.

Whether the members are there, and speak the network's languages, only whoever serves them knows.
Source: the Lex V2 guide, "Quotas" (five bots a network), and botocore's ``lexv2-models``,
BotMember.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from daehwa.bot import layout
from daehwa.bot.problems import Problem, error, warning
from daehwa.bot.signatures import FALLBACK_INTENT
from daehwa.bot.values import (
    Bot,
)

MAX_NETWORK_MEMBERS: Final = 5
"""The most bots of a network."""

_ID: Final = re.compile(r"[0-9a-zA-Z]{10}")


def network_problems(bot: Bot) -> Iterator[Problem]:
    """What is wrong with the type of a bot and its members."""
    file = layout.bot_file(bot.name)
    members = bot.bot_members or ()
    if not bot.is_network:
        if members:
            yield error(
                "members-without-network",
                file,
                "$.botMembers",
                "the bot has members, but is not a network.",
                'Write "botType": "BotNetwork", or remove the members.',
            )
        return
    if not 0 < len(members) <= MAX_NETWORK_MEMBERS:
        yield error(
            "network-members",
            file,
            "$.botMembers",
            f"the network has {len(members) or 'no'} members; Lex takes 1 to "
            f"{MAX_NETWORK_MEMBERS}.",
            "Name the bots that texts go to, by id and alias, or leave some out.",
        )
    yield from _members(bot, file)
    for locale in bot.locales.values():
        own = [
            intent.name
            for intent in locale.intents.values()
            if intent.parent_intent_signature != FALLBACK_INTENT
        ]
        if own:
            yield warning(
                "network-intents",
                layout.locale_file(bot.name, locale.identifier),
                "$",
                f"a network's own intents are never recognised: {', '.join(own)}.",
                "Move them into one of its members.",
            )


def _members(bot: Bot, file: str) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, member in enumerate(bot.bot_members or ()):
        place = f"$.botMembers[{index}]"
        for name, value in (
            ("botMemberId", member.bot_member_id),
            ("botMemberAliasId", member.bot_member_alias_id),
        ):
            if not _ID.fullmatch(value):
                yield error(
                    "network-member-id",
                    file,
                    f"{place}.{name}",
                    f'"{value}" is not an id: ids have ten letters and digits.',
                    "Write the id that the member has in its Bot.json, or in Lex.",
                )
        if member.bot_member_id in seen or member.bot_member_id == bot.identifier:
            yield error(
                "network-member-twice",
                file,
                f"{place}.botMemberId",
                f"the bot {member.bot_member_id} is in the network already.",
                "Keep it once; a network is not a member of itself.",
            )
        seen.add(member.bot_member_id)
