"""The shapes of vocabularies.

Made by codegen/shapes.py from botocore's service model lexv2-models 2020-08-07.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from daehwa.workshop.shape import Shape
from daehwa.workshop.shapes.scalars import (
    BotVersion,
    CustomVocabularyStatus,
    DraftBotVersion,
    ErrorCode,
    Id,
    ItemId,
    MaxResults,
    Phrase,
    Weight,
)


class CustomVocabularyEntryId(Shape, frozen=True, kw_only=True):
    """The structure CustomVocabularyEntryId."""

    item_id: ItemId


class CustomVocabularyItem(Shape, frozen=True, kw_only=True):
    """The structure CustomVocabularyItem."""

    item_id: ItemId
    phrase: Phrase
    weight: Weight | None = None
    display_as: Phrase | None = None


class FailedCustomVocabularyItem(Shape, frozen=True, kw_only=True):
    """The structure FailedCustomVocabularyItem."""

    item_id: str | None = None
    error_message: str | None = None
    error_code: ErrorCode | None = None


class NewCustomVocabularyItem(Shape, frozen=True, kw_only=True):
    """The structure NewCustomVocabularyItem."""

    phrase: Phrase
    weight: Weight | None = None
    display_as: Phrase | None = None


class BatchCreateCustomVocabularyItemRequest(Shape, frozen=True, kw_only=True):
    """The request of BatchCreateCustomVocabularyItem."""

    bot_id: Id
    bot_version: BotVersion
    locale_id: str
    custom_vocabulary_item_list: Annotated[
        list[NewCustomVocabularyItem], msgspec.Meta(min_length=1, max_length=10)
    ]


class BatchCreateCustomVocabularyItemResponse(Shape, frozen=True, kw_only=True):
    """The response of BatchCreateCustomVocabularyItem."""

    bot_id: str | None = None
    bot_version: str | None = None
    locale_id: str | None = None
    errors: list[FailedCustomVocabularyItem] | None = None
    resources: list[CustomVocabularyItem] | None = None


class BatchUpdateCustomVocabularyItemRequest(Shape, frozen=True, kw_only=True):
    """The request of BatchUpdateCustomVocabularyItem."""

    bot_id: Id
    bot_version: BotVersion
    locale_id: str
    custom_vocabulary_item_list: Annotated[
        list[CustomVocabularyItem], msgspec.Meta(min_length=1, max_length=10)
    ]


class BatchUpdateCustomVocabularyItemResponse(Shape, frozen=True, kw_only=True):
    """The response of BatchUpdateCustomVocabularyItem."""

    bot_id: str | None = None
    bot_version: str | None = None
    locale_id: str | None = None
    errors: list[FailedCustomVocabularyItem] | None = None
    resources: list[CustomVocabularyItem] | None = None


class BatchDeleteCustomVocabularyItemRequest(Shape, frozen=True, kw_only=True):
    """The request of BatchDeleteCustomVocabularyItem."""

    bot_id: Id
    bot_version: BotVersion
    locale_id: str
    custom_vocabulary_item_list: Annotated[
        list[CustomVocabularyEntryId], msgspec.Meta(min_length=1, max_length=10)
    ]


class BatchDeleteCustomVocabularyItemResponse(Shape, frozen=True, kw_only=True):
    """The response of BatchDeleteCustomVocabularyItem."""

    bot_id: str | None = None
    bot_version: str | None = None
    locale_id: str | None = None
    errors: list[FailedCustomVocabularyItem] | None = None
    resources: list[CustomVocabularyItem] | None = None


class ListCustomVocabularyItemsRequest(Shape, frozen=True, kw_only=True):
    """The request of ListCustomVocabularyItems."""

    bot_id: Id
    bot_version: BotVersion
    locale_id: str
    max_results: MaxResults | None = None
    next_token: str | None = None


class ListCustomVocabularyItemsResponse(Shape, frozen=True, kw_only=True):
    """The response of ListCustomVocabularyItems."""

    bot_id: str | None = None
    bot_version: str | None = None
    locale_id: str | None = None
    custom_vocabulary_items: list[CustomVocabularyItem] | None = None
    next_token: str | None = None


class DescribeCustomVocabularyMetadataRequest(Shape, frozen=True, kw_only=True):
    """The request of DescribeCustomVocabularyMetadata."""

    bot_id: Id
    bot_version: BotVersion
    locale_id: str


class DescribeCustomVocabularyMetadataResponse(Shape, frozen=True, kw_only=True):
    """The response of DescribeCustomVocabularyMetadata."""

    bot_id: str | None = None
    bot_version: str | None = None
    locale_id: str | None = None
    custom_vocabulary_status: CustomVocabularyStatus | None = None
    creation_date_time: float | None = None
    last_updated_date_time: float | None = None


class DeleteCustomVocabularyRequest(Shape, frozen=True, kw_only=True):
    """The request of DeleteCustomVocabulary."""

    bot_id: Id
    bot_version: DraftBotVersion
    locale_id: str


class DeleteCustomVocabularyResponse(Shape, frozen=True, kw_only=True):
    """The response of DeleteCustomVocabulary."""

    bot_id: str | None = None
    bot_version: str | None = None
    locale_id: str | None = None
    custom_vocabulary_status: CustomVocabularyStatus | None = None
