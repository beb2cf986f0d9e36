"""The operations on exports.

Addresses in responses are paths: whoever serves them puts the server's own address before them.
"""

from __future__ import annotations

from typing import TypeAlias, cast

import msgspec

from daehwa import bot
from daehwa.workshop.errors import ValidationException, existing
from daehwa.workshop.ids import new_id
from daehwa.workshop.pages import page, passes
from daehwa.workshop.shapes.exports import (
    BotExportSpecification,
    BotLocaleExportSpecification,
    CreateExportRequest,
    CreateExportResponse,
    CustomVocabularyExportSpecification,
    DeleteExportRequest,
    DeleteExportResponse,
    DescribeExportRequest,
    DescribeExportResponse,
    ExportResourceSpecification,
    ExportSummary,
    ListExportsRequest,
    ListExportsResponse,
    UpdateExportRequest,
    UpdateExportResponse,
)
from daehwa.workshop.shapes.scalars import ImportExportFileFormat
from daehwa.workshop.transfers import (
    PATH,
    ExportRecord,
    new_secret,
    saved_file,
    saved_record,
    without,
)
from daehwa.workshop.vocabulary_files import packed_vocabulary
from daehwa.workshop.vocabulary_items import vocabulary_file
from daehwa.workshop.workshop import Workshop

_KINDS = {
    "botExportSpecification": "Bot",
    "botLocaleExportSpecification": "BotLocale",
    "customVocabularyExportSpecification": "CustomVocabulary",
}

_Wanted: TypeAlias = (
    BotExportSpecification | BotLocaleExportSpecification | CustomVocabularyExportSpecification
)


def create_export(workshop: Workshop, request: CreateExportRequest) -> CreateExportResponse:
    """CreateExport, of a bot, of one of its locales, or of the vocabulary of one."""
    specification = request.resource_specification
    if [*specification.members()] not in ([name] for name in _KINDS):
        raise ValidationException(
            f"resourceSpecification takes one of {' and '.join(_KINDS)} here."
        )
    packed = _packed(workshop, _wanted(specification), request.file_format)
    if request.file_password:
        packed = bot.encrypted_zip(packed, request.file_password)
    export_id, now = new_id(), workshop.now()
    record = ExportRecord(
        id=export_id,
        secret=new_secret(export_id),
        specification=specification.members(),
        created=now,
        updated=now,
        file_format=request.file_format,
        encrypted=bool(request.file_password),
    )
    content = saved_file(record, packed)
    workshop.save_transfer(workshop.transfers.room_for_export() | saved_record(record) | content)
    return CreateExportResponse.from_shape(_describe(record), export_status="InProgress")


def describe_export(workshop: Workshop, request: DescribeExportRequest) -> DescribeExportResponse:
    """DescribeExport."""
    return _describe(existing(workshop.transfers.find_export(request.export_id)))


def update_export(workshop: Workshop, request: UpdateExportRequest) -> UpdateExportResponse:
    """UpdateExport: gives the file a password.

    What has one already is not opened again: nothing here keeps passwords.
    """
    record = existing(workshop.transfers.find_export(request.export_id))
    updated = msgspec.structs.replace(record, updated=workshop.now())
    changes: dict[str, bytes | None] = {}
    if request.file_password:
        content = None if record.encrypted else workshop.transfers.download(record.secret)
        if content is None:
            raise ValidationException(
                "The file of the export has a password already. Make another export."
            )
        updated.encrypted = True
        changes = saved_file(updated, bot.encrypted_zip(content, request.file_password))
    workshop.save_transfer(saved_record(updated) | changes)
    return UpdateExportResponse.from_shape(_describe(updated))


def list_exports(workshop: Workshop, request: ListExportsRequest) -> ListExportsResponse:
    """ListExports, of a bot, a version and a locale if they are named."""
    summaries, next_token = page(
        (
            ExportSummary.from_shape(_describe(record))
            for record in workshop.transfers.exports()
            if _concerns(record, request)
            # Its one filter is by what summaries show only as which specification they have.
            and all(
                passes(one, _KINDS[next(iter(record.specification))])
                for one in request.filters or ()
            )
        ),
        by="LastUpdatedDateTime",
        sort_by=request.sort_by,
        max_results=request.max_results,
        next_token=request.next_token,
    )
    return ListExportsResponse(
        bot_id=request.bot_id,
        bot_version=request.bot_version,
        export_summaries=summaries,
        next_token=next_token,
        locale_id=request.locale_id,
    )


def delete_export(workshop: Workshop, request: DeleteExportRequest) -> DeleteExportResponse:
    """DeleteExport, with its file."""
    record = existing(workshop.transfers.find_export(request.export_id))
    workshop.save_transfer(without(record))
    return DeleteExportResponse(export_id=record.id, export_status="Deleting")


def _without_item_ids(definition: bot.Bot) -> bot.Bot:
    """The bot as its file has it: items of vocabularies have ids in the API only."""
    return msgspec.structs.replace(
        definition,
        locales={
            name: msgspec.structs.replace(
                locale, custom_vocabulary=vocabulary_file(locale.custom_vocabulary)
            )
            for name, locale in definition.locales.items()
        },
    )


def _specification(record: ExportRecord) -> ExportResourceSpecification:
    return msgspec.convert(record.specification, ExportResourceSpecification)


def _wanted(specification: ExportResourceSpecification) -> _Wanted:
    if specification.bot_export_specification is not None:
        return specification.bot_export_specification
    if specification.bot_locale_export_specification is not None:
        return specification.bot_locale_export_specification
    return existing(specification.custom_vocabulary_export_specification)


def _packed(workshop: Workshop, wanted: _Wanted, file_format: str) -> bytes:
    """The zip of what is wanted.

    Raises:
        ResourceNotFoundException: it is not there.
        ValidationException: it is not made in that format.
    """
    of_vocabulary = isinstance(wanted, CustomVocabularyExportSpecification)
    if file_format not in (("LexJson", "TSV") if of_vocabulary else ("LexJson",)):
        raise ValidationException(
            "A bot or a locale is exported as LexJson, a custom vocabulary as LexJson or TSV."
        )
    definition = workshop.find_version(workshop.find_bot(wanted.bot_id), wanted.bot_version)
    if isinstance(wanted, BotExportSpecification):
        return bot.pack(_without_item_ids(definition))
    locale = existing(definition.locales.get(wanted.locale_id))
    if isinstance(wanted, CustomVocabularyExportSpecification):
        vocabulary = existing(locale.custom_vocabulary)
        return packed_vocabulary(definition.name, wanted.locale_id, vocabulary, file_format)
    alone = msgspec.structs.replace(definition, locales={wanted.locale_id: locale})
    return bot.pack(_without_item_ids(alone))


def _describe(record: ExportRecord) -> DescribeExportResponse:
    return DescribeExportResponse(
        export_id=record.id,
        resource_specification=_specification(record),
        file_format=cast("ImportExportFileFormat", record.file_format),
        export_status="Completed",
        download_url=PATH + record.secret,
        creation_date_time=record.created,
        last_updated_date_time=record.updated,
    )


def _kind(record: ExportRecord) -> str:
    """What the one filter of exports is by; summaries show it by the specification they have."""
    return _KINDS[next(iter(record.specification))]


def _concerns(record: ExportRecord, request: ListExportsRequest) -> bool:
    """Whether an export is of the bot, the version and the locale that a list names."""
    wanted = _wanted(_specification(record))
    locale_id = None if isinstance(wanted, BotExportSpecification) else wanted.locale_id
    return (
        request.bot_id in (None, wanted.bot_id)
        and request.bot_version in (None, wanted.bot_version)
        and request.locale_id in (None, locale_id)
    )
