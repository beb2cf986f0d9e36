"""The operations on imports and exports.

Addresses in answers are paths: whoever serves them puts the server's own address before them.
"""

from __future__ import annotations

from typing import Any

import msgspec

from daehwa import bot
from daehwa.workshop.errors import (
    ConflictException,
    PreconditionFailedException,
    ResourceNotFoundException,
    ValidationException,
)
from daehwa.workshop.ids import identified, identified_locale, new_id
from daehwa.workshop.locales import locale_name
from daehwa.workshop.pages import page
from daehwa.workshop.records import NO_ROLE, new_record
from daehwa.workshop.transfers import PATH, ExportRecord, ImportRecord
from daehwa.workshop.workshop import Asked, Stock, Workshop, found

_BOT_IMPORT = "botImportSpecification"
_LOCALE_IMPORT = "botLocaleImportSpecification"
_BOT_EXPORT = "botExportSpecification"
_LOCALE_EXPORT = "botLocaleExportSpecification"
_DEFAULT_TTL = 300


# --- imports --------------------------------------------------------------------------


def create_upload_url(workshop: Workshop, _asked: Asked) -> Asked:
    """CreateUploadUrl."""
    import_id = new_id()
    secret = workshop.transfers.announce(import_id, workshop.now())
    return {"importId": import_id, "uploadUrl": PATH + secret}


def start_import(workshop: Workshop, asked: Asked) -> Asked:
    """StartImport: done when this returns, and told by DescribeImport."""
    record = workshop.transfers.imports.get(asked["importId"])
    if record is None:
        raise ResourceNotFoundException(f"The import {asked['importId']} does not exist.")
    if record.status is not None:
        raise ConflictException(f"The import {record.id} was started already.")
    specification = asked["resourceSpecification"]
    if len(specification) != 1 or not specification.keys() & {_BOT_IMPORT, _LOCALE_IMPORT}:
        raise ValidationException(
            f"resourceSpecification takes one of {_BOT_IMPORT} and {_LOCALE_IMPORT} here."
        )
    if not record.file.exists():
        raise ValidationException("Nothing was uploaded: PUT the zip to the uploadUrl first.")
    record.specification = specification
    record.merge_strategy = asked["mergeStrategy"]
    try:
        brought = bot.load(record.file, password=asked.get("filePassword"), unfinished=True)
        if _BOT_IMPORT in specification:
            _take_bot(workshop, record, brought, specification[_BOT_IMPORT])
        else:
            _take_locale(workshop, record, brought, specification[_LOCALE_IMPORT])
    except (
        bot.BotError,
        ConflictException,
        PreconditionFailedException,
        ResourceNotFoundException,
        ValidationException,
    ) as error:
        record.status = "Failed"
        record.failures = [str(error)]
    else:
        record.status = "Completed"
    record.updated = workshop.now()
    return {
        "importId": record.id,
        "resourceSpecification": specification,
        "mergeStrategy": record.merge_strategy,
        "importStatus": "InProgress",
        "creationDateTime": record.created,
    }


def describe_import(workshop: Workshop, asked: Asked) -> Asked:
    """DescribeImport."""
    return _import_told(_started(workshop, asked["importId"]))


def list_imports(workshop: Workshop, asked: Asked) -> Asked:
    """ListImports, of a bot and a locale if they are named."""
    summaries = []
    for record in workshop.transfers.imports.values():
        if record.status is None or not _of(record.specification, record.resource_id, asked):
            continue
        told = _import_told(record)
        del told["resourceSpecification"], told["failureReasons"]
        kind = "Bot" if _BOT_IMPORT in record.specification else "BotLocale"
        summaries.append(told | {"importedResourceType": kind})
    return _asked_place(asked) | page(summaries, asked, "importSummaries", "LastUpdatedDateTime")


def delete_import(workshop: Workshop, asked: Asked) -> Asked:
    """DeleteImport; what was imported stays."""
    record = _started(workshop, asked["importId"])
    workshop.transfers.forget_import(record.id)
    return {"importId": record.id, "importStatus": "Deleting"}


def _started(workshop: Workshop, import_id: str) -> ImportRecord:
    record = found(workshop.transfers.imports.get(import_id))
    return found(record if record.status is not None else None)


def _import_told(record: ImportRecord) -> Asked:
    return {
        "importId": record.id,
        "resourceSpecification": record.specification,
        "importedResourceId": record.resource_id,
        "importedResourceName": record.resource_name,
        "mergeStrategy": record.merge_strategy,
        "importStatus": record.status,
        "failureReasons": record.failures or None,
        "creationDateTime": record.created,
        "lastUpdatedDateTime": record.updated,
    }


def _take_bot(
    workshop: Workshop, record: ImportRecord, brought: bot.Bot, wanted: dict[str, Any]
) -> None:
    name = _text(wanted, "botName")
    before = next((stock for stock in workshop.stocks if stock.draft.name == name), None)
    if before is not None and record.merge_strategy == "FailOnConflict":
        raise ConflictException(f"A bot with the name {name} exists already.")
    if before is not None:
        stock = workshop.changing(before.id)
        _check_idle(stock, brought.locales)
    else:
        made = new_record(new_id(), wanted.get("roleArn") or NO_ROLE, workshop.now())
        stock = Stock(record=made, draft=bot.Bot(name=name, identifier=made.id))
        if wanted.get("botTags"):
            made.tags[f"bot/{made.id}"] = wanted["botTags"]
    privacy = wanted.get("dataPrivacy") or {}
    locales = stock.draft.locales if record.merge_strategy == "Append" else {}
    arrived = {
        key: _merged(locales[key], one) if key in locales else _draft(one)
        for key, one in brought.locales.items()
    }
    fresh = msgspec.structs.replace(
        identified(msgspec.structs.replace(brought, locales=arrived)),
        name=name,
        identifier=stock.id,
        version=bot.DRAFT,
        data_privacy=bot.DataPrivacy(child_directed=bool(privacy.get("childDirected", False))),
        idle_session_ttl_in_seconds=wanted.get("idleSessionTTLInSeconds")
        or brought.idle_session_ttl_in_seconds
        or _DEFAULT_TTL,
    )
    kept = dict(stock.draft.locales) if record.merge_strategy == "Append" else {}
    if before is None:
        workshop.add(stock)
    else:
        for gone in stock.draft.locales.keys() - fresh.locales.keys() - kept.keys():
            workshop.remove_locale(stock, gone)
    workshop.keep(stock, msgspec.structs.replace(fresh, locales=kept))
    for locale in fresh.locales.values():
        workshop.keep_locale(stock, locale)
    record.resource_id, record.resource_name = stock.id, name


def _take_locale(
    workshop: Workshop, record: ImportRecord, brought: bot.Bot, wanted: dict[str, Any]
) -> None:
    stock = workshop.changing(_text(wanted, "botId"))
    name = _text(wanted, "localeId")
    locale = brought.locales.get(name)
    if locale is None and len(brought.locales) == 1:
        # The export of one locale may become another one, as in Lex's console.
        (locale,) = brought.locales.values()
    if locale is None:
        raise ValidationException(
            f"The file has no locale {name}, but {', '.join(brought.locales)}."
        )
    _check_idle(stock, (name,))
    before = stock.draft.locales.get(name)
    if before is not None and record.merge_strategy == "FailOnConflict":
        raise ConflictException(f"The locale {name} exists already.")
    locale = msgspec.structs.replace(_draft(locale), identifier=name, name=locale_name(name))
    if before is not None and record.merge_strategy == "Append":
        locale = _merged(before, locale)
    if wanted.get("nluIntentConfidenceThreshold") is not None:
        locale = msgspec.structs.replace(
            locale, nlu_confidence_threshold=float(wanted["nluIntentConfidenceThreshold"])
        )
    if wanted.get("voiceSettings") is not None:
        locale = msgspec.structs.replace(locale, voice_settings=wanted["voiceSettings"])
    workshop.keep_locale(stock, identified_locale(locale))
    record.resource_id, record.resource_name = name, stock.draft.name


def _check_idle(stock: Stock, locale_ids: Any) -> None:
    for name in locale_ids:
        record = stock.record.locales.get(name)
        if record is not None and record.status == "Building":
            raise PreconditionFailedException(f"The locale {name} is being built.")


def _draft(locale: bot.BotLocale) -> bot.BotLocale:
    return msgspec.structs.replace(locale, version=bot.DRAFT)


def _merged(before: bot.BotLocale, brought: bot.BotLocale) -> bot.BotLocale:
    """Append: what is there stays, and what is not there is added."""
    return msgspec.structs.replace(
        before,
        intents=dict(sorted({**brought.intents, **before.intents}.items())),
        slot_types=dict(sorted({**brought.slot_types, **before.slot_types}.items())),
        custom_vocabulary=before.custom_vocabulary or brought.custom_vocabulary,
    )


def _text(wanted: dict[str, Any], member: str) -> str:
    value = wanted.get(member) if isinstance(wanted, dict) else None
    if not isinstance(value, str) or not value:
        raise ValidationException(
            f"1 validation error detected: Value null at 'resourceSpecification.{member}' failed "
            "to satisfy constraint: Member must not be null"
        )
    return value


# --- exports --------------------------------------------------------------------------


def create_export(workshop: Workshop, asked: Asked) -> Asked:
    """CreateExport, of a bot or of one of its locales."""
    specification = asked["resourceSpecification"]
    if asked["fileFormat"] != "LexJson" or asked.get("filePassword"):
        raise ValidationException("This server exports LexJson, without a password.")
    if len(specification) != 1 or not specification.keys() & {_BOT_EXPORT, _LOCALE_EXPORT}:
        raise ValidationException(
            f"resourceSpecification takes one of {_BOT_EXPORT} and {_LOCALE_EXPORT} here."
        )
    (wanted,) = specification.values()
    stock = workshop.stock(_text(wanted, "botId"))
    definition = workshop.definition(stock, _text(wanted, "botVersion"))
    if _LOCALE_EXPORT in specification:
        name = _text(wanted, "localeId")
        locale = found(definition.locales.get(name))
        definition = msgspec.structs.replace(definition, locales={name: locale})
    export_id, now = new_id(), workshop.now()
    secret, file = workshop.transfers.offer(export_id)
    bot.save(definition, file)
    record = ExportRecord(
        id=export_id, secret=secret, specification=specification, created=now, updated=now
    )
    workshop.transfers.exports[export_id] = record
    told = _export_told(record) | {"exportStatus": "InProgress"}
    del told["downloadUrl"], told["lastUpdatedDateTime"]
    return told


def describe_export(workshop: Workshop, asked: Asked) -> Asked:
    """DescribeExport."""
    return _export_told(found(workshop.transfers.exports.get(asked["exportId"])))


def list_exports(workshop: Workshop, asked: Asked) -> Asked:
    """ListExports, of a bot, a version and a locale if they are named."""
    summaries = []
    for record in workshop.transfers.exports.values():
        if _of(record.specification, None, asked):
            told = _export_told(record)
            del told["downloadUrl"]
            summaries.append(told)
    return _asked_place(asked) | page(summaries, asked, "exportSummaries", "LastUpdatedDateTime")


def delete_export(workshop: Workshop, asked: Asked) -> Asked:
    """DeleteExport, with its file."""
    record = found(workshop.transfers.exports.get(asked["exportId"]))
    workshop.transfers.forget_export(record.id)
    return {"exportId": record.id, "exportStatus": "Deleting"}


def _export_told(record: ExportRecord) -> Asked:
    return {
        "exportId": record.id,
        "resourceSpecification": record.specification,
        "fileFormat": "LexJson",
        "exportStatus": "Completed",
        "downloadUrl": PATH + record.secret,
        "creationDateTime": record.created,
        "lastUpdatedDateTime": record.updated,
    }


def _of(specification: dict[str, Any], resource_id: str | None, asked: Asked) -> bool:
    """Whether a transfer is of the bot, version and locale that a list is asked for."""
    (wanted,) = specification.values()
    return (
        asked.get("botId") in (None, wanted.get("botId"), resource_id)
        and asked.get("botVersion") in (None, wanted.get("botVersion", bot.DRAFT))
        and asked.get("localeId") in (None, wanted.get("localeId"))
    )


def _asked_place(asked: Asked) -> Asked:
    return {name: asked.get(name) for name in ("botId", "botVersion", "localeId")}
