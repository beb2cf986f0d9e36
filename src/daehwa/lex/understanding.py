"""What a text may mean: what understanding hands to the dialog."""

from __future__ import annotations

from typing import Literal

import msgspec

from daehwa.lex.values import Slot


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What the bot asked last, in whose light a reply is read.

    ``intent`` is the intent in progress. With ``slot`` the bot asked for that slot (and
    ``sub_slot`` of it, when it is composite); with ``confirmation`` it asked yes or no.
    """

    intent: str
    slot: str | None = None
    sub_slot: str | None = None
    confirmation: bool = False


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """An intent that the text may mean.

    ``score`` is a probability, 0 to 1; 1.0 for an exact sample utterance. ``slots`` holds
    only the slots found in the text.
    """

    intent: str
    score: float
    slots: dict[str, Slot] = msgspec.field(default_factory=dict)


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """A reply read as the value of the slot that was asked for.

    ``score`` (0 to 1) says how surely the text is such a value: 1.0 for a listed value or a
    date that parses, lower for an open type that takes any words. A ``slot`` whose value has
    no ``interpreted_value`` is ambiguous: shown to hooks, but not filled. ``others`` are slots
    of the intent that one of the asked slot's own sample utterances gave besides.
    """

    slot: Slot
    score: float
    others: dict[str, Slot] = msgspec.field(default_factory=dict)


class Understanding(msgspec.Struct, frozen=True, kw_only=True):
    """All that a text may mean.

    ``candidates`` are sorted by score, best first, without FallbackIntent and other intents
    that match what fits nothing. ``reading`` is there when a slot was asked for and the text
    fits it; ``confirmation`` when yes or no was asked and the text says which; ``waiting`` when
    a slot was asked for and the text asks for a moment, or comes back from one.
    """

    text: str
    candidates: tuple[Candidate, ...] = ()
    reading: Reading | None = None
    confirmation: Literal["Yes", "No"] | None = None
    waiting: Literal["Wait", "Continue"] | None = None
