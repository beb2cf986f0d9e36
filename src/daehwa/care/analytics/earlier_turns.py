"""Turns that an earlier release recorded: what their replies show of what is counted now.

Such a reply has the intent, its state, what was elicited, source, times and tokens. It does not
have the bot's version, so that stays empty, nor when the session began: that is the first turn
that is there, or what a later turn of the session knows. What was elicited before is what the
reply before elicited.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec

from daehwa import chat, stores
from daehwa.conversation import TurnKind, channel_of, figures

_ELICITING: Final = ("ElicitSlot", "ConfirmIntent")


class _Action(msgspec.Struct, frozen=True, rename="camel"):
    type: str | None = None
    slot_to_elicit: str | None = None


class _Intent(msgspec.Struct, frozen=True, rename="camel"):
    name: str | None = None
    state: str | None = None
    confirmation_state: str | None = None


class _Fault(msgspec.Struct, frozen=True):
    code: str | None = None


class _Reply(msgspec.Struct, frozen=True, rename="camel"):
    """What is read of a kept reply (``daehwa.chat.ChatReply``)."""

    source: str = "intent"
    request_id: str = ""
    model: str | None = None
    intent: _Intent | None = None
    slots: dict[str, Any] | None = None
    dialog_action: _Action | None = None
    incomplete: bool = False
    error: _Fault | None = None
    timing: chat.Timing | None = None
    usage: chat.ChatUsage | None = None


class EarlierTurn(msgspec.Struct, frozen=True):
    """A turn of an earlier release, in the form in which turns are counted."""

    session: int
    moment: int
    kind: TurnKind
    rating: int
    figures: bytes
    text: str


def read_earlier(
    turns: Sequence[stores.UncountedTurn],
    keys: Mapping[int, stores.SessionKey],
    begun: Mapping[int, Sequence[int]],
) -> list[EarlierTurn]:
    """The turns, oldest first, as they are counted.

    ``begun`` has when the conversations of each session began as far as later turns know.
    Turns whose session is not among ``keys`` are left out: it was forgotten at this moment.
    """
    read = []
    before: dict[int, _Reply] = {}
    first: dict[int, int] = {}
    for one in turns:
        key = keys.get(one.session)
        if key is None:
            continue
        reply = _read(one.turn.reply)
        moment = stores.to_micros(one.turn.at)
        first.setdefault(one.session, moment)
        known = [start for start in begun.get(one.session, ()) if start <= moment]
        start = stores.from_micros(max(known, default=first[one.session]))
        feedback = one.turn.feedback
        read.append(
            EarlierTurn(
                session=one.session,
                moment=moment,
                kind=_kind(key, one.turn, before.get(one.session, _Reply()), reply),
                rating=_rated(None if feedback is None else feedback.rating),
                figures=figures(start, reply.request_id, timing=reply.timing, usage=reply.usage),
                text=one.turn.text,
            )
        )
        before[one.session] = reply
    return read


def _read(reply: bytes | None) -> _Reply:
    try:
        return msgspec.json.decode(reply or b"{}", type=_Reply)
    except msgspec.MsgspecError:
        return _Reply()


def _rated(rating: str | None) -> int:
    return {"up": 1, "down": -1}.get(rating or "", 0)


def _kind(
    key: stores.SessionKey, turn: stores.TurnRecord, before: _Reply, reply: _Reply
) -> TurnKind:
    intent, action = reply.intent or _Intent(), reply.dialog_action or _Action()
    earlier = before.dialog_action or _Action()
    elicited = earlier.type in _ELICITING
    name = None if before.intent is None else before.intent.name
    same = (
        elicited
        and intent.name == name
        and (action.type, action.slot_to_elicit) == (earlier.type, earlier.slot_to_elicit)
    )
    filled = intent.name == name and bool((reply.slots or {}).get(earlier.slot_to_elicit or ""))
    answered = same and reply.source != "intent"
    # A value that was changed in place of a yes or no is confirmed again.
    changed = earlier.type == "ConfirmIntent" and before.slots != reply.slots
    return TurnKind(
        version="",
        alias_id=key.alias_id,
        locale_id=key.locale_id,
        channel=channel_of(key.owner),
        mode="Text",
        source=reply.source,
        model=reply.model,
        error=None if reply.error is None else reply.error.code,
        incomplete=reply.incomplete,
        missed=turn.missed,
        understood=not turn.missed and (answered or filled or changed or not same),
        elicited_action=earlier.type if elicited else None,
        elicited_intent=name if elicited else None,
        elicited_slot=earlier.slot_to_elicit if elicited else None,
        filled=elicited and filled,
        intent=intent.name,
        state=intent.state,
        confirmation=intent.confirmation_state,
        action=action.type,
        slot=action.slot_to_elicit,
        repeated=same and not answered,
        answered=answered,
    )
