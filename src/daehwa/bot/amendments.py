"""What can be added to a bot from what people say."""

from __future__ import annotations

from typing import TypeAlias

import msgspec


class NewSample(msgspec.Struct, frozen=True, kw_only=True, rename="camel", tag="sample"):
    """A sample utterance more of an intent, as a person says it."""

    locale: str
    intent: str
    utterance: str


class NewSynonym(msgspec.Struct, frozen=True, kw_only=True, rename="camel", tag="synonym"):
    """A word more for a value of a slot type; where it is the value itself, a new value."""

    locale: str
    slot_type: str
    value: str
    synonym: str


Amendment: TypeAlias = NewSample | NewSynonym
