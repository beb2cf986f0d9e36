"""The real Lex as what holds test conversations, and what cannot be known there."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from typing import Any, Final

from daehwa import bot
from daehwa.care.errors import TestingError
from daehwa.care.testing.holding import Held
from daehwa.care.testing.lex_client import call
from daehwa.care.testing.values import Conversation, ConversationTurn

_RELATIVE: Final = frozenset({"AMAZON.Date", "AMAZON.Time"})
_FORBIDDEN: Final = 403
_PLACEHOLDER: Final = re.compile(r"\{[^{}]*\}|\[[^\[\]]*\]|\(\([^()]*\)\)")
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
        self._variations: dict[str, list[re.Pattern[str]]] = {}

    def hold(self, conversation: Conversation) -> Held:
        """Where a conversation is held, or what of it cannot be done there."""
        skip = self._reason(conversation)
        if skip is not None:
            return Held(skip=skip)
        self._dated = False
        locale = self._locale_of(conversation)
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

    def hook_errors(self) -> list[str]:
        """Nothing is known of what hooks raise there."""
        return []

    def unknowable(self, conversation: Conversation, turn: ConversationTurn) -> set[str]:
        """Who answered, what a model said, which variation is drawn, what depends on the clock."""
        hidden = {"source"}
        if self._varies(self._locale_of(conversation), turn):
            hidden.add("bot")
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

    def _locale_of(self, conversation: Conversation) -> str:
        return conversation.locale or self._locale or next(iter(self._definition.locales))

    def _varies(self, locale: str, turn: ConversationTurn) -> bool:
        """Whether one of the texts that are expected is one of several that Lex may draw."""
        if locale not in self._variations:
            definition = self._definition.locales.get(locale)
            self._variations[locale] = [] if definition is None else list(_variations(definition))
        texts = [
            message.get("content", {}).get("sameText")
            for each in turn.expectations
            if each.member == "bot"
            for message in each.wanted["messages"]
            if isinstance(message, dict)
        ]
        return any(
            pattern.fullmatch(text)
            for text in texts
            if text is not None
            for pattern in self._variations[locale]
        )

    def _dated_slots(self, conversation: Conversation) -> set[str]:
        definition = self._definition.locales.get(self._locale_of(conversation))
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


def _variations(locale: bot.BotLocale) -> Iterator[re.Pattern[str]]:
    """The texts of messages that have variations, with anything in their placeholders' places."""
    for intent in locale.intents.values():
        for owner in (intent, *intent.slots.values()):
            for _, value in bot.walk(owner):
                if isinstance(value, bot.MessageGroup) and value.variations:
                    for message in (value.message, *value.variations):
                        if message.plain_text_message is not None:
                            parts = _PLACEHOLDER.split(message.plain_text_message.value)
                            yield re.compile(".*".join(map(re.escape, parts)), re.DOTALL)
