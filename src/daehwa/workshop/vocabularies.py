"""The operations on a locale's custom vocabulary, item by item.

A vocabulary helps Lex to hear words that are spoken; text is not changed by it. It is stored,
exported and listed here.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from daehwa import bot
from daehwa.workshop.errors import existing
from daehwa.workshop.ids import new_id
from daehwa.workshop.pages import page
from daehwa.workshop.records import times_key
from daehwa.workshop.resource import BotResource
from daehwa.workshop.shapes.scalars import ErrorCode
from daehwa.workshop.shapes.vocabularies import (
    BatchCreateCustomVocabularyItemRequest,
    BatchCreateCustomVocabularyItemResponse,
    BatchDeleteCustomVocabularyItemRequest,
    BatchDeleteCustomVocabularyItemResponse,
    BatchUpdateCustomVocabularyItemRequest,
    BatchUpdateCustomVocabularyItemResponse,
    CustomVocabularyItem,
    DeleteCustomVocabularyRequest,
    DeleteCustomVocabularyResponse,
    DescribeCustomVocabularyMetadataRequest,
    DescribeCustomVocabularyMetadataResponse,
    FailedCustomVocabularyItem,
    ListCustomVocabularyItemsRequest,
    ListCustomVocabularyItemsResponse,
)
from daehwa.workshop.vocabulary_items import VOCABULARY_TIMES, items_of, with_items
from daehwa.workshop.workshop import Workshop


def batch_create_custom_vocabulary_item(
    workshop: Workshop, request: BatchCreateCustomVocabularyItemRequest
) -> BatchCreateCustomVocabularyItemResponse:
    """BatchCreateCustomVocabularyItem: what cannot be made is listed, the rest is."""
    resource, locale = workshop.find_editable_locale(request)
    items = items_of(locale.custom_vocabulary)
    made: list[CustomVocabularyItem] = []
    failed: list[FailedCustomVocabularyItem] = []
    for new in request.custom_vocabulary_item_list:
        if _has_phrase(items, new.phrase):
            twice = _has_phrase(made, new.phrase)
            code: ErrorCode = "DUPLICATE_INPUT" if twice else "RESOURCE_ALREADY_EXISTS"
            failed.append(_failed(None, code, f"The phrase {new.phrase} exists already."))
            continue
        item = CustomVocabularyItem(
            item_id=new_id(), phrase=new.phrase, weight=new.weight, display_as=new.display_as
        )
        items.append(item)
        made.append(item)
    _save(workshop, resource, locale, items, changed=bool(made))
    return BatchCreateCustomVocabularyItemResponse.from_shape(
        request, errors=failed, resources=made
    )


def batch_update_custom_vocabulary_item(
    workshop: Workshop, request: BatchUpdateCustomVocabularyItemRequest
) -> BatchUpdateCustomVocabularyItemResponse:
    """BatchUpdateCustomVocabularyItem: what cannot be changed is listed, the rest is."""
    resource, locale = workshop.find_editable_locale(request)
    items = {item.item_id: item for item in items_of(locale.custom_vocabulary)}
    changed: list[CustomVocabularyItem] = []
    failed: list[FailedCustomVocabularyItem] = []
    for item in request.custom_vocabulary_item_list:
        others = [other for key, other in items.items() if key != item.item_id]
        if item.item_id not in items:
            failed.append(_missing(item.item_id))
        elif _has_phrase(others, item.phrase):
            words = f"The phrase {item.phrase} exists already."
            failed.append(_failed(item.item_id, "RESOURCE_ALREADY_EXISTS", words))
        else:
            items[item.item_id] = item
            changed.append(item)
    _save(workshop, resource, locale, items.values(), changed=bool(changed))
    return BatchUpdateCustomVocabularyItemResponse.from_shape(
        request, errors=failed, resources=changed
    )


def batch_delete_custom_vocabulary_item(
    workshop: Workshop, request: BatchDeleteCustomVocabularyItemRequest
) -> BatchDeleteCustomVocabularyItemResponse:
    """BatchDeleteCustomVocabularyItem: what is not there is listed, the rest goes."""
    resource, locale = workshop.find_editable_locale(request)
    items = {item.item_id: item for item in items_of(locale.custom_vocabulary)}
    gone: list[CustomVocabularyItem] = []
    failed: list[FailedCustomVocabularyItem] = []
    for entry in request.custom_vocabulary_item_list:
        item = items.pop(entry.item_id, None)
        if item is None:
            failed.append(_missing(entry.item_id))
        else:
            gone.append(item)
    _save(workshop, resource, locale, items.values(), changed=bool(gone))
    return BatchDeleteCustomVocabularyItemResponse.from_shape(
        request, errors=failed, resources=gone
    )


def list_custom_vocabulary_items(
    workshop: Workshop, request: ListCustomVocabularyItemsRequest
) -> ListCustomVocabularyItemsResponse:
    """ListCustomVocabularyItems; an empty list where there is no vocabulary."""
    _, locale = workshop.find_locale(request)
    items, next_token = page(
        items_of(locale.custom_vocabulary),
        by="Phrase",
        max_results=request.max_results,
        next_token=request.next_token,
    )
    return ListCustomVocabularyItemsResponse.from_shape(
        request, custom_vocabulary_items=items, next_token=next_token
    )


def describe_custom_vocabulary_metadata(
    workshop: Workshop, request: DescribeCustomVocabularyMetadataRequest
) -> DescribeCustomVocabularyMetadataResponse:
    """DescribeCustomVocabularyMetadata."""
    resource, locale = workshop.find_locale(request)
    existing(locale.custom_vocabulary)
    times = resource.times_of(times_key(locale.identifier, VOCABULARY_TIMES))
    return DescribeCustomVocabularyMetadataResponse.from_shape(
        request,
        custom_vocabulary_status="Ready",
        creation_date_time=times.created,
        last_updated_date_time=times.updated,
    )


def delete_custom_vocabulary(
    workshop: Workshop, request: DeleteCustomVocabularyRequest
) -> DeleteCustomVocabularyResponse:
    """DeleteCustomVocabulary."""
    resource, locale = workshop.find_editable_locale(request)
    existing(locale.custom_vocabulary)
    resource.record.parts.pop(times_key(locale.identifier, VOCABULARY_TIMES), None)
    workshop.save_locale(resource, msgspec.structs.replace(locale, custom_vocabulary=None))
    return DeleteCustomVocabularyResponse.from_shape(request, custom_vocabulary_status="Deleting")


def _save(
    workshop: Workshop,
    resource: BotResource,
    locale: bot.BotLocale,
    items: Iterable[CustomVocabularyItem],
    *,
    changed: bool,
) -> None:
    if not changed:
        return
    workshop.mark_updated(resource, times_key(locale.identifier, VOCABULARY_TIMES))
    vocabulary = with_items(locale.custom_vocabulary, items)
    workshop.save_locale(resource, msgspec.structs.replace(locale, custom_vocabulary=vocabulary))


def _has_phrase(items: Iterable[CustomVocabularyItem], phrase: str) -> bool:
    return any(item.phrase.casefold() == phrase.casefold() for item in items)


def _missing(item_id: str) -> FailedCustomVocabularyItem:
    return _failed(item_id, "RESOURCE_DOES_NOT_EXIST", f"There is no item {item_id}.")


def _failed(item_id: str | None, code: ErrorCode, message: str) -> FailedCustomVocabularyItem:
    return FailedCustomVocabularyItem(item_id=item_id, error_code=code, error_message=message)
