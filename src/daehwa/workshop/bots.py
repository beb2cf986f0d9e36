"""The operations on bots."""

from __future__ import annotations

import msgspec

from daehwa import bot
from daehwa.workshop.errors import ConflictException, PreconditionFailedException
from daehwa.workshop.ids import new_id
from daehwa.workshop.network_members import described_members, require_unneeded, with_members
from daehwa.workshop.pages import page
from daehwa.workshop.records import new_record
from daehwa.workshop.resource import BotResource
from daehwa.workshop.shapes.bots import (
    BotSummary,
    CreateBotRequest,
    CreateBotResponse,
    DeleteBotRequest,
    DeleteBotResponse,
    DescribeBotRequest,
    DescribeBotResponse,
    ListBotsRequest,
    ListBotsResponse,
    UpdateBotRequest,
    UpdateBotResponse,
)
from daehwa.workshop.shapes.structures import DataPrivacy
from daehwa.workshop.tags import require_own_keys
from daehwa.workshop.workshop import Workshop


def create_bot(workshop: Workshop, request: CreateBotRequest) -> CreateBotResponse:
    """CreateBot."""
    _require_unused(workshop, request.bot_name)
    require_own_keys(request.bot_tags)
    require_own_keys(request.test_bot_alias_tags)
    record = new_record(new_id(), request.role_arn, workshop.now())
    if request.bot_tags:
        record.tags[f"bot/{record.id}"] = request.bot_tags
    if request.test_bot_alias_tags:
        alias = f"bot-alias/{record.id}/{bot.TEST_ALIAS.identifier}"
        record.tags[alias] = request.test_bot_alias_tags
    draft = bot.Bot(name=request.bot_name, identifier=record.id, version=bot.DRAFT)
    resource = BotResource(record=record, draft=draft)
    resource.draft = _set(workshop, resource, request)
    workshop.add(resource)
    return CreateBotResponse.from_shape(
        _describe(resource),
        bot_status="Creating",
        bot_tags=request.bot_tags,
        test_bot_alias_tags=request.test_bot_alias_tags,
    )


def describe_bot(workshop: Workshop, request: DescribeBotRequest) -> DescribeBotResponse:
    """DescribeBot."""
    return _describe(workshop.find_bot(request.bot_id))


def update_bot(workshop: Workshop, request: UpdateBotRequest) -> UpdateBotResponse:
    """UpdateBot."""
    resource = workshop.find_editable_bot(request.bot_id)
    if request.bot_name != resource.draft.name:
        _require_unused(workshop, request.bot_name)
    resource.record.role_arn = request.role_arn
    resource.record.times.updated = workshop.now()
    draft = _set(workshop, resource, request)
    if draft.bot_members != resource.draft.bot_members:
        for locale in resource.record.locales.values():
            # Its members are those of its last build.
            locale.status = "NotBuilt"
    workshop.save_draft(resource, draft)
    return UpdateBotResponse.from_shape(_describe(resource), bot_status="Updating")


def delete_bot(workshop: Workshop, request: DeleteBotRequest) -> DeleteBotResponse:
    """DeleteBot."""
    resource = workshop.find_editable_bot(request.bot_id)
    if len(resource.record.aliases) > 1 and not request.skip_resource_in_use_check:
        raise PreconditionFailedException(
            f"The bot {resource.id} has aliases that may be in use. Delete them first, or set "
            "skipResourceInUseCheck."
        )
    if not request.skip_resource_in_use_check:
        require_unneeded(workshop, resource.id)
    workshop.delete(resource)
    return DeleteBotResponse(bot_id=resource.id, bot_status="Deleting")


def list_bots(workshop: Workshop, request: ListBotsRequest) -> ListBotsResponse:
    """ListBots."""
    summaries, next_token = page(
        (
            BotSummary(
                bot_id=resource.id,
                bot_name=resource.draft.name,
                description=resource.draft.description,
                bot_status="Available",
                latest_bot_version=str(resource.record.latest_version or "") or None,
                last_updated_date_time=resource.record.times.updated,
                bot_type=resource.draft.bot_type or "Bot",
            )
            for resource in workshop.bots
        ),
        by="BotName",
        sort_by=request.sort_by,
        filters=request.filters,
        max_results=request.max_results,
        next_token=request.next_token,
    )
    return ListBotsResponse(bot_summaries=summaries, next_token=next_token)


def _require_unused(workshop: Workshop, name: str) -> None:
    if any(resource.draft.name == name for resource in workshop.bots):
        raise ConflictException(f"A bot with the name {name} exists already. Choose another name.")


def _set(
    workshop: Workshop, resource: BotResource, request: CreateBotRequest | UpdateBotRequest
) -> bot.Bot:
    """Update the bot's record as a request says; return the draft that it asks for."""
    resource.record.error_logs = request.error_log_settings
    return msgspec.structs.replace(
        with_members(resource.draft, request, quotas=workshop.quotas),
        name=request.bot_name,
        description=request.description,
        data_privacy=bot.DataPrivacy(child_directed=request.data_privacy.child_directed),
        idle_session_ttl_in_seconds=request.idle_session_ttl_in_seconds,
    )


def _describe(resource: BotResource) -> DescribeBotResponse:
    record, draft = resource.record, resource.draft
    privacy = draft.data_privacy or bot.DataPrivacy()
    return DescribeBotResponse(
        bot_id=record.id,
        bot_name=draft.name,
        description=draft.description,
        role_arn=record.role_arn,
        data_privacy=DataPrivacy(child_directed=privacy.child_directed),
        idle_session_ttl_in_seconds=draft.idle_session_ttl_in_seconds,
        bot_status="Available",
        creation_date_time=record.times.created,
        last_updated_date_time=record.times.updated,
        bot_type=draft.bot_type or "Bot",
        bot_members=described_members(draft),
        error_log_settings=record.error_logs,
    )
