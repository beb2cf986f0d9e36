"""The lists of Lex's built-in intents and slot types."""

from __future__ import annotations

from daehwa import bot
from daehwa.workshop.pages import page
from daehwa.workshop.shapes.builtins import (
    BuiltInIntentSummary,
    BuiltInSlotTypeSummary,
    ListBuiltInIntentsRequest,
    ListBuiltInIntentsResponse,
    ListBuiltInSlotTypesRequest,
    ListBuiltInSlotTypesResponse,
)
from daehwa.workshop.supported_locales import require_supported
from daehwa.workshop.workshop import Workshop


def list_built_in_intents(
    _workshop: Workshop, request: ListBuiltInIntentsRequest
) -> ListBuiltInIntentsResponse:
    """ListBuiltInIntents."""
    require_supported(request.locale_id)
    summaries, next_token = page(
        (BuiltInIntentSummary(intent_signature=name) for name in bot.BUILT_IN_INTENTS),
        by="IntentSignature",
        sort_by=request.sort_by,
        max_results=request.max_results,
        next_token=request.next_token,
    )
    return ListBuiltInIntentsResponse(
        built_in_intent_summaries=summaries, next_token=next_token, locale_id=request.locale_id
    )


def list_built_in_slot_types(
    _workshop: Workshop, request: ListBuiltInSlotTypesRequest
) -> ListBuiltInSlotTypesResponse:
    """ListBuiltInSlotTypes."""
    require_supported(request.locale_id)
    summaries, next_token = page(
        (
            BuiltInSlotTypeSummary(slot_type_signature=name)
            for name in bot.built_in_slot_types(request.locale_id)
        ),
        by="SlotTypeSignature",
        sort_by=request.sort_by,
        max_results=request.max_results,
        next_token=request.next_token,
    )
    return ListBuiltInSlotTypesResponse(
        built_in_slot_type_summaries=summaries,
        next_token=next_token,
        locale_id=request.locale_id,
    )
