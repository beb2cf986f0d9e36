"""The example bots that ship with the package, and what to say to a bot first."""

from __future__ import annotations

from pathlib import Path

from daehwa.bot.references import PLACEHOLDER
from daehwa.bot.values import (
    BotLocale,
)

_EXAMPLES = Path(__file__).parent / "examples"


def bundled() -> dict[str, Path]:
    """The example bots by name: each is the folder of a Lex V2 export."""
    return {folder.name: folder for folder in sorted(_EXAMPLES.iterdir()) if folder.is_dir()}


def starters(locale: BotLocale) -> tuple[str, ...]:
    """Something to say for each intent that a conversation can start with.

    The first sample utterance without a slot speaks for its intent. Intents that lead into a
    conversation, those with slots, come first.
    """
    openers = [
        (not intent.slots, intent.name, opener)
        for intent in locale.intents.values()
        if not intent.input_contexts
        for opener in [
            next(
                (
                    sample.utterance
                    for sample in intent.sample_utterances or ()
                    if not PLACEHOLDER.search(sample.utterance)
                ),
                None,
            )
        ]
        if opener is not None
    ]
    return tuple(opener for _, _, opener in sorted(openers))
