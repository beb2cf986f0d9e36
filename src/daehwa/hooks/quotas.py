"""The sizes that Lex allows around a code hook. They apply only where quotas are switched on.

Source: the Lex V2 guide, "Quotas" and "Using a Lambda function" (section 7, section 8).
"""

from __future__ import annotations

from typing import Any, Final

import msgspec

from daehwa import lex

EVENT_BYTES: Final = 12 * 1024
RESPONSE_BYTES: Final = 50 * 1024
SESSION_ATTRIBUTES_BYTES: Final = 12 * 1024
MESSAGES: Final = 10
TEXT_LENGTH: Final = 4000
"""The characters of a response's texts together. The 1,024 of the service model's ``Message``
are what a client may send."""
CARD_TEXT_LENGTH: Final = 250
BUTTONS: Final = 5
BUTTON_TEXT_LENGTH: Final = 50


def check_event(event: dict[str, Any]) -> None:
    """Refuse an event that is too large for Lex to send."""
    size = len(msgspec.json.encode(event))
    if size > EVENT_BYTES:
        raise lex.DependencyFailedException(
            f"The event for the code hook has {size:,} bytes; Lex sends at most {EVENT_BYTES:,}."
        )


def check_response(payload: object) -> None:
    """Refuse a reply that Lex would not take for its size."""
    size = len(msgspec.json.encode(payload))
    if size > RESPONSE_BYTES:
        raise _too_large("response", f"{size:,} bytes", f"{RESPONSE_BYTES:,}")


def check_attributes(attributes: dict[str, str] | None) -> None:
    """Refuse session attributes that are too large together."""
    size = len(msgspec.json.encode(attributes or {}))
    if size > SESSION_ATTRIBUTES_BYTES:
        raise _too_large("sessionAttributes", f"{size:,} bytes", f"{SESSION_ATTRIBUTES_BYTES:,}")


def check_messages(messages: tuple[lex.Message, ...]) -> None:
    """Refuse messages that are too many or too long, and cards that are too full."""
    _check_count("messages", len(messages), MESSAGES)
    _check_count("message content characters", text_length(messages), TEXT_LENGTH)
    for message in messages:
        card = message.image_response_card
        if card is None:
            continue
        for text in (card.title, card.subtitle, card.image_url):
            _check_count("card text characters", len(text or ""), CARD_TEXT_LENGTH)
        _check_count("card buttons", len(card.buttons or ()), BUTTONS)
        for button in card.buttons or ():
            _check_count("button text characters", len(button.text), BUTTON_TEXT_LENGTH)
            _check_count("button value characters", len(button.value), BUTTON_TEXT_LENGTH)


def text_length(messages: tuple[lex.Message, ...]) -> int:
    """Count the characters of the messages' texts together."""
    return sum(len(message.content or "") for message in messages)


def _check_count(member: str, amount: int, most: int) -> None:
    if amount > most:
        raise _too_large(member, str(amount), str(most))


def _too_large(member: str, amount: str, most: str) -> lex.DependencyFailedException:
    return lex.DependencyFailedException(
        "Invalid Lambda Response: Received invalid response from Lambda: "
        f"{member}: {amount}, at most {most} allowed."
    )
