"""The real Lex as what holds test conversations, and what cannot be known there."""

from __future__ import annotations

import uuid
from typing import Any, Final

from daehwa import bot
from daehwa.care.errors import TestingError
from daehwa.care.testing.holding import Held
from daehwa.care.testing.lex_client import call
from daehwa.care.testing.values import Conversation, ConversationTurn

_RELATIVE: Final = frozenset({"AMAZON.Date", "AMAZON.Time"})
_FORBIDDEN: Final = 403
_MORE_THAN_WORDS: Final = ("contexts", "attributes")


class RemoteLex:
    """A bot on Lex, by its ids, through a boto3 client of the runtime.

    ``definition`` is the bot as it is here, which says what depends on the clock.
    """

    def __init__(
        self, client: Any, definition: bot.Bot, *, bot_id: str, alias_id: str, locale: str | None
    ) -> None:
        self._client = client
        self._definition = definition
        self._bot_id = bot_id
        self._alias_id = alias_id
        self._locale = locale
        self._dated = False

    def hold(self, conversation: Conversation) -> Held:
        """Where a conversation is held, or what of it cannot be done there."""
        skip = self._reason(conversation)
        if skip is not None:
            return Held(skip=skip)
        self._dated = False
        locale = conversation.locale or self._locale or next(iter(self._definition.locales))
        place = {
            "botId": self._bot_id,
            "botAliasId": self._alias_id,
            "localeId": locale,
            "sessionId": f"daehwa-test-{uuid.uuid4().hex}",
        }
        return Held(place=place, locale=locale)

    def _reason(self, conversation: Conversation) -> str | None:
        named = (None, self._definition.name, self._bot_id, bot.bot_id(self._definition))
        if conversation.bot not in named:
            return f"it is with the bot {conversation.bot}"
        if conversation.hooks:
            return "its code hooks are scripted, and those on AWS really run"
        if any(turn.pause for turn in conversation.turns):
            return "it lets time pass, and the clock of AWS cannot be set"
        return None

    def prepare(self, turn: ConversationTurn) -> None:
        """Nothing: Lex picks the variations of its messages."""

    def remarks(self) -> list[str]:
        """Nothing is known of what happens there."""
        return []

    def unknowable(self, conversation: Conversation, turn: ConversationTurn) -> set[str]:
        """Who answered; what a model said; and what depends on a clock that the file sets."""
        hidden = {"source"}
        if conversation.model.mode != "off" and any(
            each.member == "source" and each.shown != "intent" for each in turn.expectations
        ):
            hidden.add("bot")
        if conversation.now is not None:
            dated = self._dated_slots(conversation)
            here = {f"slots.{name}" for name in dated}
            if here & {each.member for each in turn.expectations}:
                self._dated = True
            hidden |= here
            if self._dated:
                hidden |= {"bot", *_MORE_THAN_WORDS}
        return hidden

    def _dated_slots(self, conversation: Conversation) -> set[str]:
        locale = conversation.locale or self._locale or next(iter(self._definition.locales))
        definition = self._definition.locales.get(locale)
        return (
            set()
            if definition is None
            else {
                slot.name
                for intent in definition.intents.values()
                for slot in intent.slots.values()
                if slot.slot_type_name in _RELATIVE
            }
        )

    def send(self, operation: str, members: dict[str, Any]) -> dict[str, Any]:
        """Call the operation.

        Raises:
            TestingError: Lex cannot be reached, or refuses whoever asks.
        """
        import botocore.exceptions  # noqa: PLC0415 - who has a client has botocore

        try:
            answer = call(self._client, operation, members)
        except botocore.exceptions.BotoCoreError as error:
            raise TestingError(f"Lex cannot be reached: {error}") from None
        code = answer.get("Error", {}).get("Code")
        status = answer.get("ResponseMetadata", {}).get("HTTPStatusCode")
        if status == _FORBIDDEN or code == "ResourceNotFoundException":
            raise TestingError(f"Lex refuses: {code}: {answer['Error']['Message']}")
        return answer

    def wait(self, seconds: float) -> None:
        """Conversations that let time pass are skipped."""
        raise NotImplementedError
