"""The operations on aliases."""

from __future__ import annotations

import msgspec

from daehwa import bot
from daehwa.workshop.errors import ConflictException, PreconditionFailedException, existing
from daehwa.workshop.ids import new_id
from daehwa.workshop.network_members import parents, require_unneeded
from daehwa.workshop.pages import page
from daehwa.workshop.records import AliasRecord, Timestamps
from daehwa.workshop.resource import BotResource
from daehwa.workshop.shapes.aliases import (
    BotAliasHistoryEvent,
    BotAliasSummary,
    CreateBotAliasRequest,
    CreateBotAliasResponse,
    DeleteBotAliasRequest,
    DeleteBotAliasResponse,
    DescribeBotAliasRequest,
    DescribeBotAliasResponse,
    ListBotAliasesRequest,
    ListBotAliasesResponse,
    UpdateBotAliasRequest,
    UpdateBotAliasResponse,
)
from daehwa.workshop.supported_locales import require_supported
from daehwa.workshop.tags import require_own_keys
from daehwa.workshop.workshop import Workshop

_TEST = bot.TEST_ALIAS.identifier


def create_bot_alias(workshop: Workshop, request: CreateBotAliasRequest) -> CreateBotAliasResponse:
    """CreateBotAlias."""
    resource = workshop.find_editable_bot(request.bot_id)
    _require_unused(resource, request.bot_alias_name)
    now = workshop.now()
    alias = AliasRecord(id=new_id(), name=request.bot_alias_name, times=Timestamps(now, now))
    _set(resource, alias, request, request.bot_version, now)
    require_own_keys(request.tags)
    if request.tags:
        resource.record.tags[f"bot-alias/{resource.id}/{alias.id}"] = request.tags
    resource.record.aliases[alias.id] = alias
    workshop.save(resource)
    return CreateBotAliasResponse.from_shape(
        _describe(resource, alias), bot_alias_status="Creating", tags=request.tags
    )


def describe_bot_alias(
    workshop: Workshop, request: DescribeBotAliasRequest
) -> DescribeBotAliasResponse:
    """DescribeBotAlias."""
    resource = workshop.find_bot(request.bot_id)
    described = _describe(resource, existing(resource.record.aliases.get(request.bot_alias_id)))
    networks = parents(workshop, resource.id, alias_id=request.bot_alias_id)
    return msgspec.structs.replace(described, parent_bot_networks=networks or None)


def update_bot_alias(workshop: Workshop, request: UpdateBotAliasRequest) -> UpdateBotAliasResponse:
    """UpdateBotAlias: sessions that begin from now on have the other version."""
    resource = workshop.find_editable_bot(request.bot_id)
    alias = existing(resource.record.aliases.get(request.bot_alias_id))
    if alias.id == _TEST and request.bot_version not in (None, bot.DRAFT):
        raise PreconditionFailedException(f"{_TEST} always stands for {bot.DRAFT}.")
    if request.bot_alias_name != alias.name:
        if alias.id == _TEST:
            raise PreconditionFailedException(f"{_TEST} keeps its name.")
        _require_unused(resource, request.bot_alias_name)
    # Nothing of the alias changes before everything is seen to be right.
    changed = msgspec.structs.replace(alias, name=request.bot_alias_name)
    _set(resource, changed, request, request.bot_version or alias.version, workshop.now())
    changed.times = Timestamps(alias.times.created, workshop.now())
    resource.record.aliases[alias.id] = changed
    workshop.save(resource)
    return UpdateBotAliasResponse.from_shape(_describe(resource, changed))


def delete_bot_alias(workshop: Workshop, request: DeleteBotAliasRequest) -> DeleteBotAliasResponse:
    """DeleteBotAlias."""
    resource = workshop.find_editable_bot(request.bot_id)
    alias = existing(resource.record.aliases.get(request.bot_alias_id))
    if alias.id == _TEST:
        raise PreconditionFailedException(f"A bot keeps its {_TEST}.")
    if not request.skip_resource_in_use_check:
        require_unneeded(workshop, resource.id, alias_id=alias.id)
    del resource.record.aliases[alias.id]
    end = f"bot-alias/{resource.id}/{alias.id}"
    resource.record.tags.pop(end, None)
    resource.record.policies.pop(end, None)
    workshop.save(resource)
    return DeleteBotAliasResponse(
        bot_alias_id=alias.id, bot_id=resource.id, bot_alias_status="Deleting"
    )


def list_bot_aliases(workshop: Workshop, request: ListBotAliasesRequest) -> ListBotAliasesResponse:
    """ListBotAliases."""
    resource = workshop.find_bot(request.bot_id)
    summaries, next_token = page(
        (
            BotAliasSummary.from_shape(_describe(resource, alias))
            for alias in resource.record.aliases.values()
        ),
        by="BotAliasName",
        max_results=request.max_results,
        next_token=request.next_token,
    )
    return ListBotAliasesResponse(
        bot_alias_summaries=summaries, next_token=next_token, bot_id=resource.id
    )


def point(alias: AliasRecord, version: str | None, now: float) -> None:
    """Let the alias point to a version, or to none, from now on."""
    if version == alias.version:
        return
    ended: list[tuple[str, float, float | None]] = [
        (number, start, now if end is None else end) for number, start, end in alias.history
    ]
    alias.history = ended if version is None else [*ended, (version, now, None)]
    alias.version = version


def _require_unused(resource: BotResource, name: str) -> None:
    if any(alias.name == name for alias in resource.record.aliases.values()):
        raise ConflictException(f"An alias with the name {name} exists already.")


def _set(
    resource: BotResource,
    alias: AliasRecord,
    request: CreateBotAliasRequest | UpdateBotAliasRequest,
    version: str | None,
    now: float,
) -> None:
    if alias.id != _TEST and version is not None and version not in resource.versions:
        raise PreconditionFailedException(
            f"The version {version} does not exist. An alias points at a version that was "
            "published with CreateBotVersion."
        )
    for locale_id in request.bot_alias_locale_settings or ():
        require_supported(locale_id)
    point(alias, version, now)
    alias.description = request.description
    alias.locale_settings = request.bot_alias_locale_settings
    alias.conversation_logs = request.conversation_log_settings
    alias.sentiment = request.sentiment_analysis_settings


def _describe(resource: BotResource, alias: AliasRecord) -> DescribeBotAliasResponse:
    return DescribeBotAliasResponse(
        bot_alias_id=alias.id,
        bot_alias_name=alias.name,
        description=alias.description,
        bot_version=alias.version,
        bot_alias_locale_settings=alias.locale_settings,
        conversation_log_settings=alias.conversation_logs,
        sentiment_analysis_settings=alias.sentiment,
        bot_alias_history_events=[
            BotAliasHistoryEvent(bot_version=number, start_date=start, end_date=end)
            for number, start, end in alias.history
        ],
        bot_alias_status="Available",
        bot_id=resource.id,
        creation_date_time=alias.times.created,
        last_updated_date_time=alias.times.updated,
    )
