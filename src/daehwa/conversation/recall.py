"""What a language model may know of the conversation so far, and in which words.

Only what was said in this session, each message with its reply; the values of obfuscated slots
as ``{slot}``, as in the conversation log; cards as text.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime

import msgspec

from daehwa import answers, chat, lex, stores
from daehwa.conversation.obfuscation import Mask, ObfuscatedSlots, Values
from daehwa.conversation.served_bots import ServedLocale
from daehwa.conversation.values import Address

_decode_reply = msgspec.json.Decoder(chat.ChatReply).decode
# Most conversations are shorter than the first look back; the last bounds what a turn costs.
_FIRST, _FURTHER, _MOST = 16, 64, 1024

_Taken = tuple[str, chat.ChatReply]


class Recalled(msgspec.Struct, frozen=True, kw_only=True):
    """What was said, oldest first, and the mask that hides what no model may see."""

    history: tuple[answers.PastMessage, ...]
    mask: Mask


async def recall(
    store: stores.SessionStore,
    address: Address,
    served: ServedLocale,
    *,
    since: datetime | None,
    known: Values,
    budget: int,
    follows: str | None = None,
) -> Recalled:
    """Look back as far as ``budget`` tokens go, and not before the session's beginning, ``since``.

    ``known`` are values of obfuscated slots that the session remembers. ``follows`` is the turn
    to look back from: the last one, if it is ``None``, and nothing, if it is empty.

    Raises:
        stores.StoreError: the store cannot be used.
    """
    taken: list[_Taken] = []
    before: str | None = None
    spent = 0
    branch = _Branch(follows)
    while True:
        limit = _FIRST if before is None else _FURTHER
        turns = await store.turns(address, limit=limit, before=before)
        ours = [turn for turn in turns if since is None or turn.at >= since]
        some = branch.part(ours)
        taken = some + taken
        spent += answers.cost(_recalled(some, served.obfuscated, known).history)
        if branch.ended or len(ours) < limit or spent >= budget or len(taken) >= _MOST:
            return _recalled(taken, served.obfuscated, known)
        before = turns[0].message_id
        # A long talk is looked back on bit by bit, and others have their turn between.
        await asyncio.sleep(0)


class _Branch:
    """The turns that lead to one, among all those that were ever taken.

    ``follows`` is the last of them: as ``chat.ChatRequest.follows``.
    """

    def __init__(self, follows: str | None) -> None:
        self._next = follows

    @property
    def ended(self) -> bool:
        """Whether the conversation's beginning is reached."""
        return self._next == ""

    def part(self, turns: Sequence[stores.TurnRecord]) -> list[_Taken]:
        """Those of the turns that belong to it; the next ones must be earlier."""
        taken: list[_Taken] = []
        for turn in reversed(turns):
            if self.ended:
                break
            if self._next not in (None, turn.message_id):
                continue
            # Of one that is being made, or came to nothing, there is nothing to know.
            self._next = None
            if turn.reply is not None:
                reply = _decode_reply(turn.reply)
                self._next = reply.follows
                taken.append((turn.text, reply))
        return taken[::-1]


def _recalled(
    taken: Sequence[tuple[str, chat.ChatReply]], obfuscated: ObfuscatedSlots, known: Values
) -> Recalled:
    mask = Mask(known | _values(taken, obfuscated))
    history: list[answers.PastMessage] = []
    wanted: str | None = None
    for text, reply in taken:
        hidden = mask.text(text)
        before, wanted = wanted, _wanted(reply, obfuscated)
        # A question that was answered: what it holds was hidden when it was stored.
        answered = before == wanted and reply.source != "intent"
        if before is not None and not answered and hidden == text and f"{{{before}}}" not in text:
            # It was asked for, and not understood: it may be the value all the same.
            hidden = f"{{{before}}}"
        words = _words(reply)
        if words and reply.error is None:
            history.append(answers.PastMessage(role="user", text=hidden))
            history.append(answers.PastMessage(role="assistant", text=mask.text(words)))
    return Recalled(history=tuple(history), mask=mask)


def _values(taken: Sequence[tuple[str, chat.ChatReply]], obfuscated: ObfuscatedSlots) -> Values:
    values: Values = {}
    if not obfuscated:
        return values
    for _, reply in taken:
        if reply.intent is not None:
            values |= obfuscated.values(reply.intent.name, reply.slots)
        for interpretation in reply.interpretations:
            intent = interpretation.intent
            values |= obfuscated.values(intent.name, intent.slots)
    # The transcript holds names in place of values; that of an earlier release does not.
    return {value: name for value, name in values.items() if f"{{{name}}}" not in value}


def _wanted(reply: chat.ChatReply, obfuscated: ObfuscatedSlots) -> str | None:
    """The obfuscated slot that a reply asks for."""
    action, intent = reply.dialog_action, reply.intent
    if action is None or intent is None or action.type != "ElicitSlot":
        return None
    slot = action.slot_to_elicit
    return slot if obfuscated.has(intent.name, slot) else None


def _words(reply: chat.ChatReply) -> str:
    """A reply as text, cards included."""
    return "\n".join(filter(None, map(_text, reply.messages))) or reply.msg


def _text(message: lex.Message) -> str:
    card = message.image_response_card
    if card is None:
        return chat.plain_text(message.content_type, message.content or "")
    lines = [card.title, card.subtitle or ""]
    if card.buttons:
        lines.append(" / ".join(button.text for button in card.buttons))
    return "\n".join(filter(None, lines))
