"""What a turn is counted by: names, states and figures, and nothing of what was said.

Most turns are alike in the first: the same bot, version and door, the same intent with the same
slot elicited. So a store keeps that once (``TurnKind``), and of each turn only what differs.
"""

from __future__ import annotations

import struct
import zlib
from datetime import datetime
from typing import Any, Final

import msgspec

from daehwa import chat, dialog, stores
from daehwa.conversation.calling import TurnInProgress

FIGURES: Final = struct.Struct("<qIiiiid")
"""Of one turn: when its conversation began (microseconds since 1970), the CRC-32 of its request's
id, microseconds of the turn and of understanding, tokens in and out, cost. What is not known is
-1, an unknown cost is not a number. Stores hold these: they never change."""

NOT_KNOWN: Final = -1
_UNUSED: Final = (NOT_KNOWN, NOT_KNOWN)
_MOST: Final = 2**31 - 1
_REMEMBERED: Final = 4096

_encode = msgspec.json.Encoder().encode
_encoded: dict[tuple[Any, ...], bytes] = {}


class TurnKind(msgspec.Struct, frozen=True, array_like=True):
    """What many turns share; written as an array, to which later releases may only add.

    ``channel`` is the door: ``chat``, ``lex``, ``openai``. ``missed`` says that FallbackIntent was
    reached, ``understood`` that the text fitted something that was expected. The members with
    ``elicited`` in their names are what the text was a reply to; ``filled`` says that this slot now
    has a value. The others are what the turn ended with. ``repeated`` marks a prompt that was
    repeated because the text was not a reply to it; ``answered`` marks a question that was answered
    in place of a reply. ``version`` is empty if an earlier release recorded the turn.
    """

    version: str
    alias_id: str
    locale_id: str
    channel: str
    mode: str
    source: str
    model: str | None
    error: str | None
    incomplete: bool
    missed: bool
    understood: bool
    elicited_action: str | None
    elicited_intent: str | None
    elicited_slot: str | None
    filled: bool
    intent: str | None
    state: str | None
    confirmation: str | None
    action: str | None
    slot: str | None
    repeated: bool
    answered: bool


def turn_facts(
    progress: TurnInProgress,
    before: dialog.Session,
    outcome: dialog.TurnOutcome,
    reply: chat.ChatReply,
    *,
    missed: bool,
    now: datetime,
) -> stores.TurnFacts:
    """What a turn from ``before`` to ``outcome`` is counted by."""
    members = _members_of_kind(progress, before, outcome, reply, missed=missed)
    encoded = _encoded.get(members)
    if encoded is None:
        if len(_encoded) >= _REMEMBERED:
            _encoded.clear()
        encoded = _encoded[members] = _encode(msgspec.convert(members, TurnKind))
    return stores.TurnFacts(
        kind=encoded,
        figures=figures(
            progress.since or now, reply.request_id, timing=reply.timing, usage=reply.usage
        ),
    )


def figures(
    begun: datetime,
    request_id: str,
    *,
    timing: chat.Timing | None,
    usage: chat.ChatUsage | None,
) -> bytes:
    """The turn's own figures, packed as ``FIGURES`` says."""
    total, nlu = (None, None) if timing is None else (timing.total_ms, timing.nlu_ms)
    tokens, cost = _UNUSED, None
    if usage is not None:
        tokens = min(usage.input_tokens, _MOST), min(usage.output_tokens, _MOST)
        cost = usage.cost
    return FIGURES.pack(
        stores.to_micros(begun),
        request_mark(request_id),
        _micros(total),
        _micros(nlu),
        *tokens,
        float("nan") if cost is None else cost,
    )


def request_mark(request_id: str) -> int:
    """A number that stands for a request's id, to find its turn by."""
    return zlib.crc32(request_id.encode())


def channel_of(owner: str) -> str:
    """The door through which the sessions of ``owner`` come in; the terminal has the page's."""
    for place, sign in enumerate(owner):
        if not sign.isalnum():
            return owner[:place] or "chat"
    return owner or "chat"


def _members_of_kind(
    progress: TurnInProgress,
    before: dialog.Session,
    outcome: dialog.TurnOutcome,
    reply: chat.ChatReply,
    *,
    missed: bool,
) -> tuple[Any, ...]:
    """The members of the turn's ``TurnKind``, in its order.

    A new kind is rare; a tuple is compared with those that are known in a fifth of the time.
    """
    address, served = progress.address, progress.addressed
    after = outcome.session
    action, intent, earlier = after.dialog_action, after.intent, before.dialog_action
    elicited = earlier is not None and earlier.type in ("ElicitSlot", "ConfirmIntent")
    elicited_action = earlier.type if earlier is not None and elicited else None
    elicited_intent = before.intent.name if before.intent is not None and elicited else None
    elicited_slot = earlier.slot_to_elicit if earlier is not None and elicited else None
    name = None if intent is None else intent.name
    slots = None if intent is None else intent.slots
    return (
        served.version,
        address.alias_id,
        address.locale_id,
        channel_of(address.owner),
        progress.request.input_mode,
        reply.source,
        reply.model,
        None if reply.error is None else reply.error.code,
        reply.incomplete,
        missed,
        not (missed or outcome.missed_utterance),
        elicited_action,
        elicited_intent,
        elicited_slot,
        (
            elicited_slot is not None
            and name == elicited_intent
            and slots is not None
            and slots.get(elicited_slot) is not None
        ),
        name,
        None if intent is None else intent.state,
        None if intent is None else intent.confirmation_state,
        None if action is None else action.type,
        None if action is None else action.slot_to_elicit,
        (
            elicited
            and action is not None
            and name == elicited_intent
            and action.type == elicited_action
            and action.slot_to_elicit == elicited_slot
            and not outcome.answered_question
            and after.waiting_until is None
        ),
        outcome.answered_question,
    )


def _micros(milliseconds: float | None) -> int:
    return NOT_KNOWN if milliseconds is None else min(round(milliseconds * 1000), _MOST)
