"""Transcripts as a bot's keeper reads them: each text with its prompt and its outcome.

Values of obfuscated slots are hidden when a turn is stored; here they are once more, by the bot as
it is now, for a slot that was obfuscated only later.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Protocol

import msgspec

from daehwa import bot, chat, dialog, lex, stores
from daehwa.conversation import Mask, ServedLocale

_TURNS = 200


class TalkTurn(Protocol):
    """What a store keeps of one message; ``reply`` is the JSON that was sent, if any was."""

    @property
    def message_id(self) -> str:
        """Its id in the session."""

    @property
    def text(self) -> str:
        """What the person said."""

    @property
    def at(self) -> dt.datetime:
        """When."""

    @property
    def missed(self) -> bool:
        """Whether it reached FallbackIntent."""

    @property
    def reply(self) -> bytes | msgspec.Raw | None:
        """The reply as JSON (``daehwa.chat.ChatReply``)."""

    @property
    def feedback(self) -> chat.Feedback | None:
        """The person's feedback."""


class Talk(msgspec.Struct, frozen=True):
    """The turns of one session, oldest first."""

    locale_id: str
    session_id: str
    turns: tuple[TalkTurn, ...]


class NearIntent(msgspec.Struct, frozen=True, rename="camel"):
    """An intent that a text comes near to, and its score, 0 to 1."""

    intent: str
    score: float


class KeptReply(msgspec.Struct, frozen=True, rename="camel"):
    """What is read of a kept reply (``daehwa.chat.ChatReply``)."""

    source: str = ""
    msg: str | None = None
    intent: dict[str, Any] | None = None
    slots: dict[str, Any] | None = None
    dialog_action: dict[str, Any] | None = None
    interpretations: list[dict[str, Any]] = msgspec.field(default_factory=list)
    follows: str | None = None

    @property
    def intent_name(self) -> str | None:
        """The intent that the reply belongs to."""
        name = (self.intent or {}).get("name")
        return name if isinstance(name, str) else None

    @property
    def awaited(self) -> tuple[str | None, str | None, str | None]:
        """The action, intent and slot that the next text was to reply to."""
        action = self.dialog_action or {}
        return action.get("type"), self.intent_name, action.get("slotToElicit")

    @property
    def ranked(self) -> list[NearIntent]:
        """The intents with their scores, best first, as they were then."""
        near = []
        for each in self.interpretations:
            name = (each.get("intent") or {}).get("name")
            score = (each.get("nluConfidence") or {}).get("score")
            if isinstance(name, str) and isinstance(score, int | float):
                near.append(NearIntent(name, float(score)))
        return sorted(near, key=lambda one: -one.score)

    @property
    def session(self) -> dialog.Session:
        """The session after this reply, as far as it decides what the next text means."""
        action, name, _ = self.awaited
        if name is None or action not in ("ElicitSlot", "ConfirmIntent"):
            return dialog.Session()
        try:
            return dialog.Session(
                intent=lex.Intent(name=name, state="InProgress"),
                dialog_action=msgspec.convert(self.dialog_action, lex.DialogAction),
            )
        except msgspec.ValidationError:
            return dialog.Session()


class HeardTurn(msgspec.Struct, frozen=True):
    """A turn with its reply, and the reply ``before`` it that the text answered.

    ``text`` and ``msg`` hold no values of obfuscated slots; ``hides`` says that the text held one.
    """

    turn: TalkTurn
    text: str
    msg: str | None
    reply: KeptReply
    before: KeptReply
    hides: bool = False


def heard_turns(turns: Iterable[TalkTurn], served: ServedLocale | None = None) -> list[HeardTurn]:
    """The turns of a session with what each of them replied to.

    A turn that was taken after another than the last one says so (``follows``).
    """
    replies: dict[str, KeptReply] = {}
    heard: list[HeardTurn] = []
    last = KeptReply()
    pairs = [(turn, _read(turn.reply)) for turn in turns]
    mask = _mask([reply for _, reply in pairs], served)
    for turn, reply in pairs:
        before = last if reply.follows is None else replies.get(reply.follows, KeptReply())
        text = _without_values(turn.text, before, reply, mask, served)
        heard.append(
            HeardTurn(
                turn=turn,
                text=text,
                msg=None if reply.msg is None else mask.text(reply.msg),
                reply=reply,
                before=before,
                hides=_names_hidden(text, served),
            )
        )
        replies[turn.message_id] = last = reply
    return heard


def _read(reply: bytes | msgspec.Raw | None) -> KeptReply:
    if reply is None:
        return KeptReply()
    try:
        return msgspec.json.decode(reply, type=KeptReply)
    except msgspec.MsgspecError:
        return KeptReply()


# --- obfuscated values ------------------------------------------------------------------


def _mask(replies: Iterable[KeptReply], served: ServedLocale | None) -> Mask:
    """Hides what the replies of a session hold of slots that are obfuscated by now."""
    values: dict[str, str] = {}
    if served is not None and served.obfuscated:
        for reply in replies:
            slots = dict(_slots(reply.slots))
            values |= served.obfuscated.values(reply.intent_name, slots)
    # What is hidden already needs no hiding.
    return Mask({text: name for text, name in values.items() if text != f"{{{name}}}"})


def _slots(slots: Mapping[str, Any] | None) -> Iterator[tuple[str, lex.Slot]]:
    for name, slot in (slots or {}).items():
        try:
            yield name, msgspec.convert(slot, lex.Slot)
        except msgspec.ValidationError:
            continue


def _without_values(
    text: str, before: KeptReply, reply: KeptReply, mask: Mask, served: ServedLocale | None
) -> str:
    action, intent, slot = before.awaited
    hidden = mask.text(text)
    if (
        served is None
        or action != "ElicitSlot"
        or not served.obfuscated.has(intent, slot)
        or f"{{{slot}}}" in hidden
        or reply.intent_name not in (intent, served.plan.fallback, None)
        or reply.source not in ("intent", "")
    ):
        return hidden
    return f"{{{slot}}}"


def _names_hidden(text: str, served: ServedLocale | None) -> bool:
    """Whether the text has the name of an obfuscated slot in place of its value."""
    if served is None or not served.obfuscated or "{" not in text:
        return False
    names = {slot.name for slot in _obfuscated(served.definition)}
    return any(f"{{{name}}}" in text for name in names)


def _obfuscated(locale: bot.BotLocale) -> Iterator[bot.Slot]:
    hidden = "DefaultObfuscation"
    for intent in locale.intents.values():
        for slot in intent.slots.values():
            setting = slot.obfuscation_setting
            if setting is not None and setting.obfuscation_setting_type == hidden:
                yield slot


# --- the store --------------------------------------------------------------------------


async def talks_of(
    store: stores.SessionStore,
    bot_id: str,
    *,
    locale: str | None = None,
    limit: int = 1000,
    texts: int | None = None,
) -> list[Talk]:
    """The last ``limit`` sessions of a bot, latest first; enough of them for so many ``texts``."""
    talks: list[Talk] = []
    count = 0
    for key in await store.sessions_of(bot_id, locale_id=locale, limit=limit):
        turns = await store.turns(key, limit=_TURNS)
        talks.append(Talk(key.locale_id, key.session_id, turns))
        count += len(turns)
        if texts is not None and count >= texts:
            break
    return talks
