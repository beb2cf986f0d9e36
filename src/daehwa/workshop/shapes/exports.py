"""The shapes of exports.

Made by codegen/shapes.py from botocore's service model lexv2-models 2020-08-07.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from daehwa.workshop.shape import Shape, Structure
from daehwa.workshop.shapes.scalars import (
    BotVersion,
    ExportFilterName,
    ExportFilterOperator,
    ExportSortAttribute,
    ExportStatus,
    FilterValue,
    Id,
    ImportExportFileFormat,
    ImportExportFilePassword,
    MaxResults,
    SortOrder,
)


class BotExportSpecification(Shape, frozen=True, kw_only=True):
    """The structure BotExportSpecification."""

    bot_id: Id
    bot_version: BotVersion


class BotLocaleExportSpecification(Shape, frozen=True, kw_only=True):
    """The structure BotLocaleExportSpecification."""

    bot_id: Id
    bot_version: BotVersion
    locale_id: str


class CustomVocabularyExportSpecification(Shape, frozen=True, kw_only=True):
    """The structure CustomVocabularyExportSpecification."""

    bot_id: Id
    bot_version: BotVersion
    locale_id: str


class ExportFilter(Shape, frozen=True, kw_only=True):
    """The structure ExportFilter."""

    name: ExportFilterName
    values: Annotated[list[FilterValue], msgspec.Meta(min_length=1, max_length=1)]
    operator: ExportFilterOperator


class ExportResourceSpecification(Shape, frozen=True, kw_only=True):
    """The structure ExportResourceSpecification."""

    bot_export_specification: BotExportSpecification | None = None
    bot_locale_export_specification: BotLocaleExportSpecification | None = None
    custom_vocabulary_export_specification: CustomVocabularyExportSpecification | None = None
    test_set_export_specification: (
        Annotated[
            Structure, msgspec.Meta(extra={"part": "setting_parts.TestSetExportSpecification"})
        ]
        | None
    ) = None


class ExportSortBy(Shape, frozen=True, kw_only=True):
    """The structure ExportSortBy."""

    attribute: ExportSortAttribute
    order: SortOrder


class ExportSummary(Shape, frozen=True, kw_only=True):
    """The structure ExportSummary."""

    export_id: str | None = None
    resource_specification: ExportResourceSpecification | None = None
    file_format: ImportExportFileFormat | None = None
    export_status: ExportStatus | None = None
    creation_date_time: float | None = None
    last_updated_date_time: float | None = None


class CreateExportRequest(Shape, frozen=True, kw_only=True):
    """The request of CreateExport."""

    resource_specification: ExportResourceSpecification
    file_format: ImportExportFileFormat
    file_password: ImportExportFilePassword | None = None


class CreateExportResponse(Shape, frozen=True, kw_only=True):
    """The response of CreateExport."""

    export_id: str | None = None
    resource_specification: ExportResourceSpecification | None = None
    file_format: ImportExportFileFormat | None = None
    export_status: ExportStatus | None = None
    creation_date_time: float | None = None


class DescribeExportRequest(Shape, frozen=True, kw_only=True):
    """The request of DescribeExport."""

    export_id: Id


class DescribeExportResponse(Shape, frozen=True, kw_only=True):
    """The response of DescribeExport."""

    export_id: str | None = None
    resource_specification: ExportResourceSpecification | None = None
    file_format: ImportExportFileFormat | None = None
    export_status: ExportStatus | None = None
    failure_reasons: list[str] | None = None
    download_url: str | None = None
    creation_date_time: float | None = None
    last_updated_date_time: float | None = None


class UpdateExportRequest(Shape, frozen=True, kw_only=True):
    """The request of UpdateExport."""

    export_id: Id
    file_password: ImportExportFilePassword | None = None


class UpdateExportResponse(Shape, frozen=True, kw_only=True):
    """The response of UpdateExport."""

    export_id: str | None = None
    resource_specification: ExportResourceSpecification | None = None
    file_format: ImportExportFileFormat | None = None
    export_status: ExportStatus | None = None
    creation_date_time: float | None = None
    last_updated_date_time: float | None = None


class ListExportsRequest(Shape, frozen=True, kw_only=True):
    """The request of ListExports."""

    bot_id: Id | None = None
    bot_version: BotVersion | None = None
    sort_by: ExportSortBy | None = None
    filters: Annotated[list[ExportFilter], msgspec.Meta(min_length=1, max_length=1)] | None = None
    max_results: MaxResults | None = None
    next_token: str | None = None
    locale_id: str | None = None


class ListExportsResponse(Shape, frozen=True, kw_only=True):
    """The response of ListExports."""

    bot_id: str | None = None
    bot_version: str | None = None
    export_summaries: list[ExportSummary] | None = None
    next_token: str | None = None
    locale_id: str | None = None


class DeleteExportRequest(Shape, frozen=True, kw_only=True):
    """The request of DeleteExport."""

    export_id: Id


class DeleteExportResponse(Shape, frozen=True, kw_only=True):
    """The response of DeleteExport."""

    export_id: str | None = None
    export_status: ExportStatus | None = None
