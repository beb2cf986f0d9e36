"""Lex's assisted understanding as a locale's ``generativeAISettings`` has it.

Source: botocore's ``lexv2-models``, ``NluImprovementSpecification`` and
``IntentDisambiguationSettings``.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec

from daehwa.bot.values import (
    BotLocale,
    Intent,
)

AssistedNluMode = Literal["Primary", "Fallback", "DialogManager"]


class _Setting(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Base of the settings, named as in Lex's exports."""


class IntentDisambiguationSettings(_Setting, frozen=True):
    """Whether the bot lets the user choose among intents that a text may mean, and its words."""

    enabled: bool
    max_disambiguation_intents: Annotated[int, msgspec.Meta(ge=2, le=5)] | None = None
    custom_disambiguation_message: str | None = None


class NluImprovement(_Setting, frozen=True):
    """Whether a language model helps to understand: always, or where Lex's own is in doubt."""

    enabled: bool
    assisted_nlu_mode: AssistedNluMode | None = None
    intent_disambiguation_settings: IntentDisambiguationSettings | None = None


def nlu_improvement(locale: BotLocale) -> NluImprovement | None:
    """The setting of a locale; ``None`` where it has none, or one that Lex would refuse."""
    settings: Any = locale.extra.get("generativeAISettings")
    for member in ("runtimeSettings", "nluImprovement"):
        settings = settings.get(member) if isinstance(settings, dict) else None
    if settings is None:
        return None
    try:
        return msgspec.convert(settings, NluImprovement)
    except msgspec.ValidationError:
        return None


def display_name(intent: Intent) -> str:
    """What users see of an intent that they may choose: its display name, else its name."""
    for member in ("intentDisplayName", "displayName"):
        name = intent.extra.get(member)
        if isinstance(name, str) and name.strip():
            return name.strip()
    return intent.name
