"""The operations on imports.

Addresses in responses are paths: whoever serves them puts the server's own address before them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

import msgspec

from daehwa import bot
from daehwa.conversation import give_back_memory
from daehwa.workshop.errors import (
    ConflictException,
    PreconditionFailedException,
    ResourceNotFoundException,
    ValidationException,
    existing,
)
from daehwa.workshop.ids import new_id, with_ids, with_locale_ids
from daehwa.workshop.pages import page
from daehwa.workshop.quotas import check_size
from daehwa.workshop.records import new_record, times_key
from daehwa.workshop.resource import BotResource
from daehwa.workshop.shapes.imports import (
    BotImportSpecification,
    BotLocaleImportSpecification,
    CreateUploadUrlRequest,
    CreateUploadUrlResponse,
    CustomVocabularyImportSpecification,
    DeleteImportRequest,
    DeleteImportResponse,
    DescribeImportRequest,
    DescribeImportResponse,
    ImportResourceSpecification,
    ImportSummary,
    ListImportsRequest,
    ListImportsResponse,
    StartImportRequest,
    StartImportResponse,
)
from daehwa.workshop.shapes.scalars import ImportResourceType, ImportStatus, MergeStrategy
from daehwa.workshop.supported_locales import locale_name
from daehwa.workshop.tags import require_own_keys
from daehwa.workshop.transfers import (
    PATH,
    ImportRecord,
    new_secret,
    saved_record,
    without,
    without_file,
)
from daehwa.workshop.vocabulary_files import unpacked_vocabulary
from daehwa.workshop.vocabulary_items import VOCABULARY_TIMES, joined_vocabularies
from daehwa.workshop.workshop import Workshop

_DEFAULT_TTL = 300
_KINDS = {
    "botImportSpecification": "Bot",
    "botLocaleImportSpecification": "BotLocale",
    "customVocabularyImportSpecification": "CustomVocabulary",
}


def create_upload_url(
    workshop: Workshop, _request: CreateUploadUrlRequest
) -> CreateUploadUrlResponse:
    """CreateUploadUrl."""
    import_id = new_id()
    now = workshop.now()
    record = ImportRecord(id=import_id, secret=new_secret(import_id), created=now, updated=now)
    workshop.save_transfer(workshop.transfers.room_for_import(now) | saved_record(record))
    return CreateUploadUrlResponse(import_id=import_id, upload_url=PATH + record.secret)


def start_import(workshop: Workshop, request: StartImportRequest) -> StartImportResponse:
    """StartImport: done when this returns; DescribeImport has the result."""
    record = workshop.transfers.find_import(request.import_id)
    if record is None:
        raise ResourceNotFoundException(f"The import {request.import_id} does not exist.")
    if record.status is not None:
        raise ConflictException(f"The import {record.id} was started already.")
    specification = request.resource_specification
    if [*specification.members()] not in ([name] for name in _KINDS):
        raise ValidationException(
            f"resourceSpecification takes one of {' and '.join(_KINDS)} here."
        )
    content = workshop.transfers.upload(record.id)
    if content is None:
        raise ValidationException("Nothing was uploaded: PUT the zip to the uploadUrl first.")
    record.specification = specification.members()
    record.merge_strategy = request.merge_strategy
    _carry_out(workshop, record, content, request)
    record.updated = workshop.now()
    workshop.save_transfer(saved_record(record) | without_file(record))
    give_back_memory()
    return StartImportResponse.from_shape(_describe(record), import_status="InProgress")


def _carry_out(
    workshop: Workshop, record: ImportRecord, content: bytes, request: StartImportRequest
) -> None:
    """Import the file, and note how it ended; nothing else of the file is left in memory."""
    try:
        record.resource_id, record.resource_name = _import(workshop, record, content, request)
    except (
        bot.BotError,
        ConflictException,
        PreconditionFailedException,
        ResourceNotFoundException,
        ValidationException,
    ) as error:
        workshop.discard_bots()
        record.status = "Failed"
        record.failures = [str(error)]
    else:
        record.status = "Completed"


def describe_import(workshop: Workshop, request: DescribeImportRequest) -> DescribeImportResponse:
    """DescribeImport."""
    return _describe(_started(workshop, request.import_id))


def list_imports(workshop: Workshop, request: ListImportsRequest) -> ListImportsResponse:
    """ListImports, of a bot and a locale if they are named."""
    summaries, next_token = page(
        (
            ImportSummary.from_shape(
                _describe(record),
                imported_resource_type=_kind(record),
            )
            for record in workshop.transfers.imports()
            if record.specification is not None and _concerns(record, request)
        ),
        by="LastUpdatedDateTime",
        sort_by=request.sort_by,
        filters=request.filters,
        max_results=request.max_results,
        next_token=request.next_token,
    )
    return ListImportsResponse(
        bot_id=request.bot_id,
        bot_version=request.bot_version,
        import_summaries=summaries,
        next_token=next_token,
        locale_id=request.locale_id,
    )


def delete_import(workshop: Workshop, request: DeleteImportRequest) -> DeleteImportResponse:
    """DeleteImport; what was imported stays."""
    record = _started(workshop, request.import_id)
    workshop.save_transfer(without(record))
    return DeleteImportResponse(import_id=record.id, import_status="Deleting")


def _started(workshop: Workshop, import_id: str) -> ImportRecord:
    record = existing(workshop.transfers.find_import(import_id))
    return existing(record if record.status is not None else None)


def _describe(record: ImportRecord) -> DescribeImportResponse:
    return DescribeImportResponse(
        import_id=record.id,
        resource_specification=_specification(record),
        imported_resource_id=record.resource_id,
        imported_resource_name=record.resource_name,
        merge_strategy=cast("MergeStrategy | None", record.merge_strategy),
        import_status=cast("ImportStatus | None", record.status),
        failure_reasons=record.failures or None,
        creation_date_time=record.created,
        last_updated_date_time=record.updated,
    )


def _specification(record: ImportRecord) -> ImportResourceSpecification | None:
    written = record.specification
    return None if written is None else msgspec.convert(written, ImportResourceSpecification)


def _kind(record: ImportRecord) -> ImportResourceType:
    (name,) = record.specification or {"": None}
    return cast("ImportResourceType", _KINDS[name])


def _concerns(record: ImportRecord, request: ListImportsRequest) -> bool:
    """Whether an import is of the bot and the locale that a list names."""
    specification = _specification(record)
    locale = specification and (
        specification.bot_locale_import_specification
        or specification.custom_vocabulary_import_specification
    )
    return (
        request.bot_id in (None, record.resource_id, locale and locale.bot_id)
        # Only a draft is imported.
        and request.bot_version in (None, bot.DRAFT)
        and request.locale_id in (None, locale and locale.locale_id)
    )


# --- what an import does --------------------------------------------------------------


def _import(
    workshop: Workshop, record: ImportRecord, content: bytes, request: StartImportRequest
) -> tuple[str, str]:
    """Make the bot, locale or vocabulary of a file; return the id and name of what was made."""
    specification, strategy = request.resource_specification, request.merge_strategy
    vocabulary = specification.custom_vocabulary_import_specification
    if vocabulary is not None:
        items = unpacked_vocabulary(content, request.file_password)
        return _import_vocabulary(workshop, items, vocabulary, strategy)
    imported = bot.unpack(
        content, f"{record.id}.zip", password=request.file_password, unfinished=True
    )
    for locale in imported.locales.values():
        check_size(locale, quotas=workshop.quotas)
    if specification.bot_import_specification is not None:
        return _import_bot(workshop, imported, specification.bot_import_specification, strategy)
    wanted = existing(specification.bot_locale_import_specification)
    return _import_locale(workshop, imported, wanted, strategy)


def _import_vocabulary(
    workshop: Workshop,
    imported: dict[str, Any],
    wanted: CustomVocabularyImportSpecification,
    strategy: MergeStrategy,
) -> tuple[str, str]:
    resource, locale = workshop.find_editable_locale(wanted)
    before = locale.custom_vocabulary
    if before is not None and strategy == "FailOnConflict":
        raise ConflictException(f"The locale {wanted.locale_id} has a custom vocabulary already.")
    if before is not None and strategy == "Append":
        imported = joined_vocabularies(before, imported)
    workshop.mark_updated(resource, times_key(locale.identifier, VOCABULARY_TIMES))
    workshop.save_locale(resource, msgspec.structs.replace(locale, custom_vocabulary=imported))
    return wanted.locale_id, resource.draft.name


def _import_bot(
    workshop: Workshop, imported: bot.Bot, wanted: BotImportSpecification, strategy: MergeStrategy
) -> tuple[str, str]:
    name = wanted.bot_name
    before = next((resource for resource in workshop.bots if resource.draft.name == name), None)
    if before is not None and strategy == "FailOnConflict":
        raise ConflictException(f"A bot with the name {name} exists already.")
    if before is not None:
        resource = workshop.find_editable_bot(before.id)
        _require_idle(resource, imported.locales)
    else:
        resource = _new_bot(workshop, wanted)
    locales = resource.draft.locales if strategy == "Append" else {}
    arriving = {
        key: _merged(locales[key], locale) if key in locales else _draft(locale)
        for key, locale in imported.locales.items()
    }
    draft = msgspec.structs.replace(
        with_ids(msgspec.structs.replace(imported, locales=arriving)),
        name=name,
        identifier=resource.id,
        version=bot.DRAFT,
        data_privacy=bot.DataPrivacy(child_directed=wanted.data_privacy.child_directed),
        idle_session_ttl_in_seconds=wanted.idle_session_ttl_in_seconds
        or imported.idle_session_ttl_in_seconds
        or _DEFAULT_TTL,
    )
    staying = dict(locales)
    if before is None:
        workshop.add(resource)
    else:
        for key in resource.draft.locales.keys() - draft.locales.keys() - staying.keys():
            workshop.delete_locale(resource, key)
    workshop.save_draft(resource, msgspec.structs.replace(draft, locales=staying))
    for locale in draft.locales.values():
        workshop.save_locale(resource, locale)
    return resource.id, name


def _new_bot(workshop: Workshop, wanted: BotImportSpecification) -> BotResource:
    record = new_record(new_id(), wanted.role_arn, workshop.now())
    require_own_keys(wanted.bot_tags)
    require_own_keys(wanted.test_bot_alias_tags)
    if wanted.test_bot_alias_tags:
        alias = f"bot-alias/{record.id}/{bot.TEST_ALIAS.identifier}"
        record.tags[alias] = wanted.test_bot_alias_tags
    if wanted.bot_tags:
        record.tags[f"bot/{record.id}"] = wanted.bot_tags
    draft = bot.Bot(name=wanted.bot_name, identifier=record.id)
    return BotResource(record=record, draft=draft)


def _import_locale(
    workshop: Workshop,
    imported: bot.Bot,
    wanted: BotLocaleImportSpecification,
    strategy: MergeStrategy,
) -> tuple[str, str]:
    resource = workshop.find_editable_bot(wanted.bot_id)
    name = wanted.locale_id
    locale = imported.locales.get(name)
    if locale is None and len(imported.locales) == 1:
        # The export of one locale may become another one, as in Lex's console.
        (locale,) = imported.locales.values()
    if locale is None:
        raise ValidationException(
            f"The file has no locale {name}, but {', '.join(imported.locales)}."
        )
    _require_idle(resource, (name,))
    before = resource.draft.locales.get(name)
    if before is not None and strategy == "FailOnConflict":
        raise ConflictException(f"The locale {name} exists already.")
    locale = msgspec.structs.replace(_draft(locale), identifier=name, name=locale_name(name))
    if before is not None and strategy == "Append":
        locale = _merged(before, locale)
    if wanted.nlu_intent_confidence_threshold is not None:
        locale = msgspec.structs.replace(
            locale, nlu_confidence_threshold=wanted.nlu_intent_confidence_threshold
        )
    if wanted.voice_settings is not None:
        locale = msgspec.structs.replace(locale, voice_settings=wanted.voice_settings)
    workshop.save_locale(resource, with_locale_ids(locale))
    return name, resource.draft.name


def _require_idle(resource: BotResource, locale_ids: Iterable[str]) -> None:
    for name in locale_ids:
        record = resource.record.locales.get(name)
        if record is not None and record.status == "Building":
            raise PreconditionFailedException(f"The locale {name} is being built.")


def _draft(locale: bot.BotLocale) -> bot.BotLocale:
    return msgspec.structs.replace(locale, version=bot.DRAFT)


def _merged(before: bot.BotLocale, imported: bot.BotLocale) -> bot.BotLocale:
    """Append: what is there stays, and what is not there is added."""
    return msgspec.structs.replace(
        before,
        intents=dict(sorted({**imported.intents, **before.intents}.items())),
        slot_types=dict(sorted({**imported.slot_types, **before.slot_types}.items())),
        custom_vocabulary=before.custom_vocabulary or imported.custom_vocabulary,
    )
