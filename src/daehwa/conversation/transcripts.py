"""What the transcript keeps of a turn, with the names of obfuscated slots in place of values.

The session itself has the values for as long as it lives, as in Lex: the dialog and the code
hooks need them.
"""

from __future__ import annotations

from typing import Any

import msgspec

from daehwa import chat, dialog
from daehwa.conversation.obfuscation import Mask, ObfuscatedSlots
from daehwa.conversation.records import LoggedTurn, known_values, mask_of, shown_slots

# How many values of obfuscated slots a session remembers, so that later turns hide them too.
_REMEMBERED = 64

_encode = msgspec.json.Encoder().encode


def remembering(
    session: dialog.Session, turn: LoggedTurn, obfuscated: ObfuscatedSlots
) -> dialog.Session:
    """The session after the turn, with the values that later turns have to hide."""
    values = known_values(turn, obfuscated)
    if not values:
        return session
    latest = dict(list(values.items())[-_REMEMBERED:])
    return msgspec.structs.replace(session, obfuscated=latest)


class KeptTurn:
    """The text and the reply of a turn as the transcript keeps them."""

    def __init__(self, turn: LoggedTurn, obfuscated: ObfuscatedSlots) -> None:
        self._mask = mask_of(turn, obfuscated)
        self._obfuscated = obfuscated

    def text(self, text: str) -> str:
        """A text of the turn without the values."""
        return self._mask.text(text)

    def reply(self, reply: chat.ChatReply) -> bytes:
        """The reply in JSON without the values; its ids, names and times stay."""
        mask = self._mask
        written: dict[str, Any] = msgspec.to_builtins(reply)
        for member in ("msg", "notice", "sessionAttributes"):
            written[member] = mask.texts(written[member])
        written["messages"] = [_hidden_message(each, mask) for each in written["messages"]]
        if reply.intent is not None:
            self._hide_slots(reply.intent.name, written)
        for each in written.get("interpretations", ()):
            self._hide_slots(each["intent"]["name"], each["intent"])
        if reply.error is not None:
            written["error"]["message"] = mask.text(written["error"]["message"])
        return _encode(written)

    def _hide_slots(self, intent: str, owner: dict[str, Any]) -> None:
        if owner.get("slots"):
            owner["slots"] = shown_slots(intent, owner["slots"], self._obfuscated, self._mask)


def _hidden_message(message: dict[str, Any], mask: Mask) -> dict[str, Any]:
    return message | {
        member: mask.texts(message[member])
        for member in ("content", "imageResponseCard")
        if member in message
    }
