"""Networks of bots: what their members have to be, and which networks need a bot.

A network's build reads each member as it is then; a turn goes to what the member's alias serves.
Source: botocore's ``lexv2-models`` (BotMember, ParentBotNetwork, skipResourceInUseCheck), and the
Lex V2 guide, "Quotas". The reasons of a failed build are in our words: Lex's are not known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import msgspec

from daehwa import bot
from daehwa.workshop.errors import (
    PreconditionFailedException,
    ServiceQuotaExceededException,
    ValidationException,
)
from daehwa.workshop.records import AliasRecord
from daehwa.workshop.resource import BotResource
from daehwa.workshop.shapes.bots import CreateBotRequest, UpdateBotRequest

if TYPE_CHECKING:
    from daehwa.workshop.workshop import Workshop


def with_members(
    draft: bot.Bot, request: CreateBotRequest | UpdateBotRequest, *, quotas: bool
) -> bot.Bot:
    """The draft with the type and the members that a request says; what it leaves out stays.

    Raises:
        ValidationException: a bot that is not a network has members.
        ServiceQuotaExceededException: there are too many.
    """
    kind = request.bot_type or draft.bot_type
    given = request.bot_members
    if given and kind != "BotNetwork":
        raise ValidationException("Only a bot of the type BotNetwork has botMembers.")
    if quotas and given and len(given) > bot.MAX_NETWORK_MEMBERS:
        raise ServiceQuotaExceededException(
            f"A network has at most {bot.MAX_NETWORK_MEMBERS} bots; here are {len(given)}."
        )
    members = draft.bot_members
    if given is not None:
        members = tuple(bot.decode(bot.BotMember, one, "BotMember") for one in given) or None
    return msgspec.structs.replace(draft, bot_type=kind, bot_members=members)


def described_members(definition: bot.Bot) -> list[dict[str, str]] | None:
    """The members of a network as the API describes them; ``None`` for another bot."""
    if not definition.is_network:
        return None
    return [
        {
            name: value
            for name, value in msgspec.to_builtins(one).items()
            if value and name != "extra"
        }
        for one in definition.bot_members or ()
    ]


def member_failures(bots: Iterable[BotResource], draft: bot.Bot, locale_id: str) -> list[str]:
    """Why a locale of a network cannot be built: what its members lack; nothing for another bot."""
    if not draft.is_network:
        return []
    known = {one.id: one for one in bots}
    failures = []
    for member in draft.bot_members or ():
        resource = known.get(member.bot_member_id)
        why = (
            "the bot does not exist. Create it, or take it out of the network."
            if resource is None
            else _lack(resource, member, locale_id)
        )
        if why is not None:
            name = member.bot_member_name or member.bot_member_id
            failures.append(f"The member {name} ({member.bot_member_id}) cannot answer: {why}")
    return failures


def _lack(resource: BotResource, member: bot.BotMember, locale_id: str) -> str | None:
    if resource.draft.is_network:
        return "it is a network itself. Name that network's bots instead."
    alias = resource.record.aliases.get(member.bot_member_alias_id)
    if alias is None:
        return f"it has no alias {member.bot_member_alias_id}. Create one, or name another."
    if alias.id != bot.TEST_ALIAS.identifier:
        return _lack_of_version(resource, alias, locale_id)
    if locale_id not in resource.draft.locales:
        return f"it has no locale {locale_id}. Add it there, or leave it out of the network."
    built = resource.draft if resource.path is not None else resource.built
    if built is None or locale_id not in built.locales:
        return f"its locale {locale_id} has not been built. Build it first."
    return None


def _lack_of_version(resource: BotResource, alias: AliasRecord, locale_id: str) -> str | None:
    version = resource.versions.get(alias.version or "")
    if version is None:
        return f"its alias {alias.name} points at no version. Point it at one."
    if locale_id not in version.locales:
        return f"its version {alias.version} has no locale {locale_id}. Publish one that has."
    if not alias.enabled(locale_id):
        return f"its alias {alias.name} has the locale {locale_id} switched off. Switch it on."
    return None


def parents(
    workshop: Workshop, bot_id: str, *, alias_id: str | None = None, version: str | None = None
) -> list[dict[str, str]]:
    """The networks that a bot is in, by that alias or version where one is named.

    Drafts of networks and their published versions, as the API's ParentBotNetwork.
    """
    return [
        {"botId": network.id, "botVersion": number}
        for network in workshop.bots
        for number, definition in {bot.DRAFT: network.draft, **network.versions}.items()
        if any(
            member.bot_member_id == bot_id
            and alias_id in (None, member.bot_member_alias_id)
            and version in (None, member.bot_member_version)
            for member in _members(definition)
        )
    ]


def require_unneeded(
    workshop: Workshop, bot_id: str, *, alias_id: str | None = None, version: str | None = None
) -> None:
    """Refuse to delete what a network needs.

    Raises:
        PreconditionFailedException: one does.
    """
    networks = parents(workshop, bot_id, alias_id=alias_id, version=version)
    if networks:
        ids = ", ".join(sorted({one["botId"] for one in networks}))
        raise PreconditionFailedException(
            f"The resource is in use by the bot networks {ids}. Take it out of them first, or set "
            "skipResourceInUseCheck."
        )


def _members(definition: bot.Bot) -> Iterator[bot.BotMember]:
    if definition.is_network:
        yield from definition.bot_members or ()
