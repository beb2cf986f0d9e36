"""What a text may mean: what understanding passes to the dialog."""

from __future__ import annotations

from typing import Literal

import msgspec

from daehwa.lex.values import SentimentResponse, Slot


class Elicitation(msgspec.Struct, frozen=True, kw_only=True):
    """What the bot elicits, in whose light a reply is read.

    ``intent`` is the intent in progress. With ``slot`` the bot elicits that slot (and
    ``sub_slot`` of it, when it is composite); with ``confirmation`` a yes or a no.
    """

    intent: str
    slot: str | None = None
    sub_slot: str | None = None
    confirmation: bool = False


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """An intent that the text may mean.

    ``score`` is a probability, 0 to 1; 1.0 for an exact sample utterance. ``slots`` holds
    only the slots that the text fills.
    """

    intent: str
    score: float
    slots: dict[str, Slot] = msgspec.field(default_factory=dict)


class OfferedIntent(msgspec.Struct, frozen=True, kw_only=True):
    """An intent that the user may choose, by the ``label`` that is shown."""

    label: str
    candidate: Candidate


class Disambiguation(msgspec.Struct, frozen=True, kw_only=True):
    """The intents that a text may mean equally well, and the ``message`` that asks which."""

    message: str
    choices: tuple[OfferedIntent, ...]


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """A reply read as the value of the slot that is elicited.

    ``score`` (0 to 1) says how surely the text is such a value: 1.0 for a listed value or a
    date that parses, lower for an open type that takes any words. A ``slot`` whose value has
    no ``interpreted_value`` is ambiguous: shown to hooks, but not filled. ``others`` are slots
    of the intent that one of the elicited slot's own sample utterances gave besides.
    """

    slot: Slot
    score: float
    others: dict[str, Slot] = msgspec.field(default_factory=dict)


class Understanding(msgspec.Struct, frozen=True, kw_only=True):
    """All that a text may mean.

    ``candidates`` are sorted by score, best first, without FallbackIntent and other intents
    that match what fits nothing. ``reading`` is there when a slot is elicited and the text
    fits it; ``confirmation`` when a confirmation is and the text is a yes or a no, ``correction``
    where the text says values of the intent's slots instead, behind the yes or no of ``answer``,
    if there is one; ``waiting``
    when a slot is elicited and the text asks for a moment, or comes back from one. ``question``
    is there when something is elicited and the text asks something of the bot: ``Instead`` of a
    reply, or ``Besides`` one, in another sentence; ``question_first``: rather that than another
    intent. ``disambiguation`` is there when the user is to
    say what was meant. ``source`` says who interpreted the text, where a language model may have.
    ``sentiment`` is there where it is detected.
    """

    text: str
    candidates: tuple[Candidate, ...] = ()
    reading: Reading | None = None
    confirmation: Literal["Yes", "No"] | None = None
    correction: dict[str, Slot] = msgspec.field(default_factory=dict)
    answer: Literal["Yes", "No"] | None = None
    waiting: Literal["Wait", "Continue"] | None = None
    question: Literal["Instead", "Besides"] | None = None
    question_first: bool = False
    disambiguation: Disambiguation | None = None
    source: Literal["Lex", "Bedrock"] | None = None
    sentiment: SentimentResponse | None = None
