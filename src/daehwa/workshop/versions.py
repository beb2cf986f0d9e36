"""The operations on versions."""

from __future__ import annotations

import msgspec

from daehwa import bot
from daehwa.workshop.aliases import point
from daehwa.workshop.errors import PreconditionFailedException, ValidationException, existing
from daehwa.workshop.network_members import described_members, parents, require_unneeded
from daehwa.workshop.pages import page
from daehwa.workshop.records import VersionRecord
from daehwa.workshop.resource import BotResource
from daehwa.workshop.shapes.structures import DataPrivacy
from daehwa.workshop.shapes.versions import (
    BotVersionSummary,
    CreateBotVersionRequest,
    CreateBotVersionResponse,
    DeleteBotVersionRequest,
    DeleteBotVersionResponse,
    DescribeBotVersionRequest,
    DescribeBotVersionResponse,
    ListBotVersionsRequest,
    ListBotVersionsResponse,
)
from daehwa.workshop.workshop import Workshop


def create_bot_version(
    workshop: Workshop, request: CreateBotVersionRequest
) -> CreateBotVersionResponse:
    """CreateBotVersion, of locales that are built."""
    resource = workshop.find_editable_bot(request.bot_id)
    specification = request.bot_version_locale_specification
    locales = {
        name: _source(resource, name, details.source_bot_version)
        for name, details in sorted(specification.items())
    }
    number = str(resource.record.latest_version + 1)
    version = msgspec.structs.replace(
        resource.draft,
        version=number,
        locales={
            name: msgspec.structs.replace(locale, version=number)
            for name, locale in locales.items()
        },
    )
    workshop.save_version(resource, number, version)
    now = workshop.now()
    resource.record.latest_version += 1
    resource.record.versions[number] = VersionRecord(created=now, description=request.description)
    workshop.save(resource)
    return CreateBotVersionResponse(
        bot_id=resource.id,
        description=request.description,
        bot_version=number,
        bot_version_locale_specification=specification,
        bot_status="Creating",
        creation_date_time=now,
    )


def describe_bot_version(
    workshop: Workshop, request: DescribeBotVersionRequest
) -> DescribeBotVersionResponse:
    """DescribeBotVersion."""
    resource = workshop.find_bot(request.bot_id)
    record = existing(resource.record.versions.get(request.bot_version))
    version = resource.versions[request.bot_version]
    privacy = version.data_privacy or bot.DataPrivacy()
    return DescribeBotVersionResponse(
        bot_id=resource.id,
        bot_name=version.name,
        bot_version=request.bot_version,
        description=record.description,
        role_arn=resource.record.role_arn,
        data_privacy=DataPrivacy(child_directed=privacy.child_directed),
        idle_session_ttl_in_seconds=version.idle_session_ttl_in_seconds,
        bot_status="Available",
        creation_date_time=record.created,
        bot_type=version.bot_type or "Bot",
        bot_members=described_members(version),
        parent_bot_networks=parents(workshop, resource.id, version=request.bot_version) or None,
    )


def list_bot_versions(
    workshop: Workshop, request: ListBotVersionsRequest
) -> ListBotVersionsResponse:
    """ListBotVersions, the draft among them."""
    resource = workshop.find_bot(request.bot_id)
    record = resource.record
    draft = VersionRecord(created=record.times.created, description=resource.draft.description)
    summaries, next_token = page(
        (
            BotVersionSummary(
                bot_name=workshop.find_version(resource, number).name,
                bot_version=number,
                description=version.description,
                bot_status="Available",
                creation_date_time=version.created,
            )
            for number, version in {bot.DRAFT: draft, **record.versions}.items()
        ),
        by="BotVersion",
        sort_by=request.sort_by,
        max_results=request.max_results,
        next_token=request.next_token,
    )
    return ListBotVersionsResponse(
        bot_id=resource.id, bot_version_summaries=summaries, next_token=next_token
    )


def delete_bot_version(
    workshop: Workshop, request: DeleteBotVersionRequest
) -> DeleteBotVersionResponse:
    """DeleteBotVersion."""
    resource = workshop.find_editable_bot(request.bot_id)
    number = request.bot_version
    existing(resource.record.versions.get(number))
    users = [alias for alias in resource.record.aliases.values() if alias.version == number]
    if users and not request.skip_resource_in_use_check:
        raise PreconditionFailedException(
            f"The version {number} is in use by the aliases {', '.join(u.name for u in users)}. "
            "Point them at another version first, or set skipResourceInUseCheck."
        )
    if not request.skip_resource_in_use_check:
        require_unneeded(workshop, resource.id, version=number)
    for alias in users:
        point(alias, None, workshop.now())
    workshop.delete_version(resource, number)
    return DeleteBotVersionResponse(bot_id=resource.id, bot_version=number, bot_status="Deleting")


def _source(resource: BotResource, locale_id: str, version: str) -> bot.BotLocale:
    """The locale that a new version takes from the draft or from an older version."""
    if version != bot.DRAFT:
        numbered = resource.versions.get(version)
        locale = numbered.locales.get(locale_id) if numbered is not None else None
        if locale is None:
            raise ValidationException(f"The version {version} has no locale {locale_id}.")
        return locale
    record = resource.record.locales.get(locale_id)
    if record is not None and record.status == "Building":
        raise PreconditionFailedException(
            f"The locale {locale_id} is still Building: wait until it is Built."
        )
    if record is None or resource.built is None or record.status != "Built":
        raise PreconditionFailedException(
            f"The locale {locale_id} is {record.status if record else 'not there'}: build it first."
        )
    return resource.built.locales[locale_id]
