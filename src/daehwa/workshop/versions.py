"""The operations on versions and aliases."""

from __future__ import annotations

import msgspec

from daehwa import bot
from daehwa.workshop.errors import (
    ConflictException,
    PreconditionFailedException,
    ValidationException,
)
from daehwa.workshop.ids import new_id
from daehwa.workshop.pages import page
from daehwa.workshop.records import AliasRecord, Times, VersionRecord
from daehwa.workshop.workshop import Asked, Stock, Workshop, found

_TEST = bot.TEST_ALIAS.identifier


# --- versions -------------------------------------------------------------------------


def create_bot_version(workshop: Workshop, asked: Asked) -> Asked:
    """CreateBotVersion, of locales that are built."""
    stock = workshop.changing(asked["botId"])
    specification = asked["botVersionLocaleSpecification"]
    locales = {
        name: _source(stock, name, (details or {}).get("sourceBotVersion", bot.DRAFT))
        for name, details in sorted(specification.items())
    }
    number = str(stock.record.latest_version + 1)
    version = msgspec.structs.replace(
        stock.draft,
        version=number,
        locales={
            name: msgspec.structs.replace(locale, version=number)
            for name, locale in locales.items()
        },
    )
    workshop.publish(stock, number, version)
    now = workshop.now()
    stock.record.latest_version += 1
    stock.record.versions[number] = VersionRecord(created=now, description=asked.get("description"))
    workshop.keep(stock)
    return {
        "botId": stock.id,
        "description": asked.get("description"),
        "botVersion": number,
        "botVersionLocaleSpecification": specification,
        "botStatus": "Creating",
        "creationDateTime": now,
    }


def describe_bot_version(workshop: Workshop, asked: Asked) -> Asked:
    """DescribeBotVersion."""
    stock = workshop.stock(asked["botId"])
    record = found(stock.record.versions.get(asked["botVersion"]))
    version = stock.versions[asked["botVersion"]]
    privacy = version.data_privacy or bot.DataPrivacy()
    return {
        "botId": stock.id,
        "botName": version.name,
        "botVersion": asked["botVersion"],
        "description": record.description,
        "roleArn": stock.record.role_arn,
        "dataPrivacy": {"childDirected": privacy.child_directed},
        "idleSessionTTLInSeconds": version.idle_session_ttl_in_seconds,
        "botStatus": "Available",
        "creationDateTime": record.created,
        "botType": stock.record.type or "Bot",
        "botMembers": stock.record.members,
    }


def list_bot_versions(workshop: Workshop, asked: Asked) -> Asked:
    """ListBotVersions, the draft among them."""
    stock = workshop.stock(asked["botId"])
    draft = VersionRecord(created=stock.record.times.created, description=stock.draft.description)
    summaries = (
        {
            "botName": workshop.definition(stock, number).name,
            "botVersion": number,
            "description": record.description,
            "botStatus": "Available",
            "creationDateTime": record.created,
        }
        for number, record in {bot.DRAFT: draft, **stock.record.versions}.items()
    )
    listed = page(summaries, asked, "botVersionSummaries", "BotVersion")
    return {"botId": stock.id} | listed


def delete_bot_version(workshop: Workshop, asked: Asked) -> Asked:
    """DeleteBotVersion."""
    stock = workshop.changing(asked["botId"])
    number = asked["botVersion"]
    found(stock.record.versions.get(number))
    users = [one for one in stock.record.aliases.values() if one.version == number]
    if users and not asked.get("skipResourceInUseCheck"):
        raise PreconditionFailedException(
            f"The version {number} is in use by the aliases {', '.join(u.name for u in users)}. "
            "Lead them to another version first, or set skipResourceInUseCheck."
        )
    for alias in users:
        _lead(alias, None, workshop.now())
    workshop.unpublish(stock, number)
    for alias in users:
        workshop.point(stock, alias)
    return {"botId": stock.id, "botVersion": number, "botStatus": "Deleting"}


def _source(stock: Stock, locale_id: str, version: str) -> bot.BotLocale:
    if version != bot.DRAFT:
        numbered = stock.versions.get(version)
        locale = numbered.locales.get(locale_id) if numbered is not None else None
        if locale is None:
            raise ValidationException(f"The version {version} has no locale {locale_id}.")
        return locale
    record = stock.record.locales.get(locale_id)
    if record is None or stock.built is None or record.status != "Built":
        raise PreconditionFailedException(
            f"The locale {locale_id} is {record.status if record else 'not there'}: build it first."
        )
    return stock.built.locales[locale_id]


# --- aliases --------------------------------------------------------------------------


def create_bot_alias(workshop: Workshop, asked: Asked) -> Asked:
    """CreateBotAlias."""
    stock = workshop.changing(asked["botId"])
    _free(stock, asked["botAliasName"])
    now = workshop.now()
    alias = AliasRecord(id=new_id(), name=asked["botAliasName"], times=Times(now, now))
    _set(stock, alias, asked, now)
    if asked.get("tags"):
        stock.record.tags[f"bot-alias/{stock.id}/{alias.id}"] = asked["tags"]
    stock.record.aliases[alias.id] = alias
    workshop.keep(stock)
    workshop.point(stock, alias)
    return _told(stock, alias) | {"botAliasStatus": "Creating", "tags": asked.get("tags")}


def describe_bot_alias(workshop: Workshop, asked: Asked) -> Asked:
    """DescribeBotAlias."""
    stock = workshop.stock(asked["botId"])
    return _told(stock, found(stock.record.aliases.get(asked["botAliasId"])))


def update_bot_alias(workshop: Workshop, asked: Asked) -> Asked:
    """UpdateBotAlias: sessions that begin from now on have the other version."""
    stock = workshop.changing(asked["botId"])
    alias = found(stock.record.aliases.get(asked["botAliasId"]))
    if alias.id == _TEST and asked.get("botVersion", bot.DRAFT) != bot.DRAFT:
        raise PreconditionFailedException(f"{_TEST} always stands for {bot.DRAFT}.")
    if asked["botAliasName"] != alias.name:
        if alias.id == _TEST:
            raise PreconditionFailedException(f"{_TEST} keeps its name.")
        _free(stock, asked["botAliasName"])
    # Nothing of the alias changes before everything is seen to be right.
    changed = msgspec.structs.replace(alias, name=asked["botAliasName"])
    _set(stock, changed, {"botVersion": alias.version, **asked}, workshop.now())
    changed.times = Times(alias.times.created, workshop.now())
    stock.record.aliases[alias.id] = changed
    workshop.keep(stock)
    workshop.point(stock, changed)
    return _told(stock, changed)


def delete_bot_alias(workshop: Workshop, asked: Asked) -> Asked:
    """DeleteBotAlias."""
    stock = workshop.changing(asked["botId"])
    alias = found(stock.record.aliases.get(asked["botAliasId"]))
    if alias.id == _TEST:
        raise PreconditionFailedException(f"A bot keeps its {_TEST}.")
    del stock.record.aliases[alias.id]
    end = f"bot-alias/{stock.id}/{alias.id}"
    stock.record.tags.pop(end, None)
    stock.record.policies.pop(end, None)
    workshop.keep(stock)
    workshop.catalogue.unpoint(stock.id, alias.id)
    return {"botId": stock.id, "botAliasId": alias.id, "botAliasStatus": "Deleting"}


def list_bot_aliases(workshop: Workshop, asked: Asked) -> Asked:
    """ListBotAliases."""
    stock = workshop.stock(asked["botId"])
    summaries = (
        {
            "botAliasId": alias.id,
            "botAliasName": alias.name,
            "description": alias.description,
            "botVersion": alias.version,
            "botAliasStatus": "Available",
            "creationDateTime": alias.times.created,
            "lastUpdatedDateTime": alias.times.updated,
        }
        for alias in stock.record.aliases.values()
    )
    listed = page(summaries, asked, "botAliasSummaries", "BotAliasName")
    return {"botId": stock.id} | listed


def _free(stock: Stock, name: str) -> None:
    if any(alias.name == name for alias in stock.record.aliases.values()):
        raise ConflictException(f"An alias with the name {name} exists already.")


def _set(stock: Stock, alias: AliasRecord, asked: Asked, now: float) -> None:
    version = asked.get("botVersion")
    if alias.id != _TEST and version is not None and version not in stock.versions:
        raise PreconditionFailedException(
            f"The version {version} does not exist. An alias leads to a version that was "
            "published with CreateBotVersion."
        )
    _lead(alias, version, now)
    alias.description = asked.get("description")
    alias.locale_settings = asked.get("botAliasLocaleSettings")
    alias.conversation_logs = asked.get("conversationLogSettings")
    alias.sentiment = asked.get("sentimentAnalysisSettings")


def _lead(alias: AliasRecord, version: str | None, now: float) -> None:
    if version == alias.version:
        return
    ended: list[tuple[str, float, float | None]] = [
        (number, start, now if end is None else end) for number, start, end in alias.history
    ]
    alias.history = ended if version is None else [*ended, (version, now, None)]
    alias.version = version


def _told(stock: Stock, alias: AliasRecord) -> Asked:
    return {
        "botAliasId": alias.id,
        "botAliasName": alias.name,
        "description": alias.description,
        "botVersion": alias.version,
        "botAliasLocaleSettings": alias.locale_settings,
        "conversationLogSettings": alias.conversation_logs,
        "sentimentAnalysisSettings": alias.sentiment,
        "botAliasHistoryEvents": [
            {"botVersion": number, "startDate": start, "endDate": end}
            for number, start, end in alias.history
        ],
        "botAliasStatus": "Available",
        "botId": stock.id,
        "creationDateTime": alias.times.created,
        "lastUpdatedDateTime": alias.times.updated,
    }
