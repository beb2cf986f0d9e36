"""The values of the Lex V2 runtime wire, typed.

Field names are Lex's in snake case; ``msgspec`` writes and reads them in Lex's camel case.
Absent and empty members are left out on the wire unless Lex sends them (``slots`` maps
every slot of the intent, unfilled ones to ``null``). Source: botocore's service model
``lexv2-runtime`` 2020-08-07.
"""

from __future__ import annotations

from typing import Literal

import msgspec

IntentState = Literal[
    "Failed", "Fulfilled", "InProgress", "ReadyForFulfillment", "Waiting", "FulfillmentInProgress"
]
ConfirmationState = Literal["Confirmed", "Denied", "None"]
DialogActionType = Literal[
    "Close", "ConfirmIntent", "Delegate", "ElicitIntent", "ElicitSlot", "None"
]
ContentType = Literal["CustomPayload", "ImageResponseCard", "PlainText", "SSML"]
Shape = Literal["Scalar", "List", "Composite"]
InputMode = Literal["Text", "Speech", "DTMF"]
Sentiment = Literal["POSITIVE", "NEGATIVE", "NEUTRAL", "MIXED"]


# msgspec leaves out an empty default, but not one that a function of ours makes.
def _no_values() -> tuple[str, ...]:
    return ()


def _no_attributes() -> dict[str, str]:
    return {}


class _Value(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """Base of the wire's values: immutable, camel case on the wire, defaults left out."""


class SlotValue(_Value, frozen=True):
    """The words for a slot and what they mean.

    ``original_value`` is the part of the text; ``interpreted_value`` the value the bot
    uses (``None`` when the text is ambiguous, as "10 o'clock" is); ``resolved_values``
    the candidates, best first, on the wire even when there are none.
    """

    original_value: str | None = None
    interpreted_value: str | None = None
    resolved_values: tuple[str, ...] | None = msgspec.field(default_factory=_no_values)


class Slot(_Value, frozen=True):
    """A slot's content: one value, a list of slots, or named sub-slots, by ``shape``."""

    shape: Shape | None = None
    value: SlotValue | None = None
    values: tuple[Slot, ...] | None = None
    sub_slots: dict[str, Slot | None] | None = None

    def interpretation(self) -> object:
        """What the value, the values or the parts are interpreted as; ``None`` for nothing."""
        if self.sub_slots:
            return {name: part.interpretation() for name, part in self.sub_slots.items() if part}
        if self.values:
            return [each.interpretation() for each in self.values]
        return None if self.value is None else self.value.interpreted_value


class Intent(_Value, frozen=True):
    """The intent a conversation is in, with the slots filled so far (``None``: unfilled)."""

    name: str
    slots: dict[str, Slot | None] | None = None
    state: IntentState | None = None
    confirmation_state: ConfirmationState | None = None


class SubSlotToElicit(_Value, frozen=True):
    """The sub-slot of a composite slot that is elicited."""

    name: str
    sub_slot_to_elicit: SubSlotToElicit | None = None


class DialogAction(_Value, frozen=True):
    """What the bot does next."""

    type: DialogActionType
    slot_to_elicit: str | None = None
    slot_elicitation_style: Literal["Default", "SpellByLetter", "SpellByWord"] | None = None
    sub_slot_to_elicit: SubSlotToElicit | None = None


class TimeToLive(_Value, frozen=True):
    """How long a context stays active: seconds and turns, whichever ends first."""

    time_to_live_in_seconds: int
    turns_to_live: int


class ActiveContext(_Value, frozen=True):
    """A context that is on, with the slot values it carries, on the wire even when none."""

    name: str
    time_to_live: TimeToLive
    context_attributes: dict[str, str] = msgspec.field(default_factory=_no_attributes)


class RuntimeHints(_Value, frozen=True):
    """Phrases to expect, by intent and slot, in Lex's own shape (``slotHints``)."""

    slot_hints: dict[str, dict[str, dict[str, object]]] | None = None


class SessionState(_Value, frozen=True):
    """Where a conversation stands, as the client sees it.

    ``None`` for a member means that it was absent, which is not the same as empty: absent
    session attributes keep the stored ones, ``{}`` erases them.
    """

    dialog_action: DialogAction | None = None
    intent: Intent | None = None
    active_contexts: tuple[ActiveContext, ...] | None = None
    session_attributes: dict[str, str] | None = None
    originating_request_id: str | None = None
    runtime_hints: RuntimeHints | None = None


class Button(_Value, frozen=True):
    """A button of a card: the text shown, the value sent when it is pressed."""

    text: str
    value: str


class ImageResponseCard(_Value, frozen=True):
    """A card with a title, a picture and up to five buttons."""

    title: str
    subtitle: str | None = None
    image_url: str | None = None
    buttons: tuple[Button, ...] | None = None


class Message(_Value, frozen=True):
    """One message to the user; a card has no ``content``."""

    content_type: ContentType
    content: str | None = None
    image_response_card: ImageResponseCard | None = None


class NluConfidence(_Value, frozen=True):
    """How sure the recognition is: 0 to 1."""

    score: float


class SentimentScore(_Value, frozen=True):
    """How likely each sentiment is, 0 to 1; the sum is 1."""

    positive: float
    negative: float
    neutral: float
    mixed: float


class SentimentResponse(_Value, frozen=True):
    """The sentiment of a text: the likeliest, and how likely each is."""

    sentiment: Sentiment
    sentiment_score: SentimentScore


class Interpretation(_Value, frozen=True):
    """One intent that the text may mean. ``FallbackIntent`` carries no confidence.

    The first one carries the text's sentiment, where the alias wants it detected.
    """

    intent: Intent
    nlu_confidence: NluConfidence | None = None
    sentiment_response: SentimentResponse | None = None
    interpretation_source: Literal["Lex", "Bedrock"] | None = None


class RecognizedBotMember(_Value, frozen=True):
    """The bot of a network that takes the turn."""

    bot_id: str
    bot_name: str
