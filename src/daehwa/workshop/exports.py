"""The operations on exports.

Addresses in responses are paths: whoever serves them puts the server's own address before them.
"""

from __future__ import annotations

import msgspec

from daehwa import bot
from daehwa.workshop.errors import ValidationException, existing
from daehwa.workshop.ids import new_id
from daehwa.workshop.pages import page
from daehwa.workshop.shapes.exports import (
    BotExportSpecification,
    BotLocaleExportSpecification,
    CreateExportRequest,
    CreateExportResponse,
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
from daehwa.workshop.transfers import (
    PATH,
    ExportRecord,
    new_secret,
    saved_file,
    saved_record,
    without,
)
from daehwa.workshop.vocabulary_items import vocabulary_file
from daehwa.workshop.workshop import Workshop

_RESOURCES = ("botExportSpecification", "botLocaleExportSpecification")


def create_export(workshop: Workshop, request: CreateExportRequest) -> CreateExportResponse:
    """CreateExport, of a bot or of one of its locales."""
    specification = request.resource_specification
    if request.file_format != "LexJson" or request.file_password:
        raise ValidationException("This server exports LexJson, without a password.")
    if [*specification.members()] not in ([name] for name in _RESOURCES):
        raise ValidationException(
            f"resourceSpecification takes one of {' and '.join(_RESOURCES)} here."
        )
    wanted = _wanted(specification)
    definition = workshop.find_version(workshop.find_bot(wanted.bot_id), wanted.bot_version)
    if isinstance(wanted, BotLocaleExportSpecification):
        locale = existing(definition.locales.get(wanted.locale_id))
        definition = msgspec.structs.replace(definition, locales={wanted.locale_id: locale})
    export_id, now = new_id(), workshop.now()
    record = ExportRecord(
        id=export_id,
        secret=new_secret(export_id),
        specification=specification.members(),
        created=now,
        updated=now,
    )
    content = saved_file(record, bot.pack(_without_item_ids(definition)))
    workshop.save_transfer(workshop.transfers.room_for_export() | saved_record(record) | content)
    return CreateExportResponse.from_shape(_describe(record), export_status="InProgress")


def describe_export(workshop: Workshop, request: DescribeExportRequest) -> DescribeExportResponse:
    """DescribeExport."""
    return _describe(existing(workshop.transfers.find_export(request.export_id)))


def update_export(workshop: Workshop, request: UpdateExportRequest) -> UpdateExportResponse:
    """UpdateExport: its one member is a password, which exports cannot have here."""
    record = existing(workshop.transfers.find_export(request.export_id))
    if request.file_password:
        raise ValidationException("This server exports without a password: leave filePassword out.")
    updated = msgspec.structs.replace(record, updated=workshop.now())
    workshop.save_transfer(saved_record(updated))
    return UpdateExportResponse.from_shape(_describe(updated))


def list_exports(workshop: Workshop, request: ListExportsRequest) -> ListExportsResponse:
    """ListExports, of a bot, a version and a locale if they are named."""
    summaries, next_token = page(
        (
            ExportSummary.from_shape(_describe(record))
            for record in workshop.transfers.exports()
            if _concerns(record, request)
        ),
        by="LastUpdatedDateTime",
        sort_by=request.sort_by,
        filters=request.filters,
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


def _wanted(
    specification: ExportResourceSpecification,
) -> BotExportSpecification | BotLocaleExportSpecification:
    if specification.bot_export_specification is not None:
        return specification.bot_export_specification
    return existing(specification.bot_locale_export_specification)


def _describe(record: ExportRecord) -> DescribeExportResponse:
    return DescribeExportResponse(
        export_id=record.id,
        resource_specification=_specification(record),
        file_format="LexJson",
        export_status="Completed",
        download_url=PATH + record.secret,
        creation_date_time=record.created,
        last_updated_date_time=record.updated,
    )


def _concerns(record: ExportRecord, request: ListExportsRequest) -> bool:
    """Whether an export is of the bot, the version and the locale that a list names."""
    wanted = _wanted(_specification(record))
    locale_id = wanted.locale_id if isinstance(wanted, BotLocaleExportSpecification) else None
    return (
        request.bot_id in (None, wanted.bot_id)
        and request.bot_version in (None, wanted.bot_version)
        and request.locale_id in (None, locale_id)
    )
