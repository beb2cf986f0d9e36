"""How much one import may bring: Lex's quotas of a locale or, without them, what memory bears.

Source: the Lex V2 guide, "Quotas", those of building: intents, and the characters of all sample
utterances, for English (Australia, Britain, the United States) and for other locales.
"""

from __future__ import annotations

from typing import Final

from daehwa import bot
from daehwa.workshop.errors import ValidationException

CHARACTERS: Final = 200_000
CHARACTERS_ENGLISH: Final = 2_000_000
UTTERANCES: Final = 100_000
"""The most sample utterances of a locale here, whatever Lex's quotas."""

_ENGLISH = ("en_AU", "en_GB", "en_US")


def check_size(locale: bot.BotLocale, *, quotas: bool) -> None:
    """Refuse a locale that is more than Lex takes (``quotas``), or than is sane.

    Raises:
        ValidationException: it is.
    """
    count = characters = 0
    for intent in locale.intents.values():
        for sample in intent.sample_utterances or ():
            count += 1
            characters += len(sample.utterance)
    if count > UTTERANCES:
        raise ValidationException(
            f"The locale {locale.identifier} has {count:,} sample utterances; at most "
            f"{UTTERANCES:,} are learned here."
        )
    most = CHARACTERS_ENGLISH if locale.identifier in _ENGLISH else CHARACTERS
    if quotas and characters > most:
        raise ValidationException(
            f"The sample utterances of the locale {locale.identifier} have {characters:,} "
            f"characters together; Lex takes {most:,}. Leave some out, or set quotas = false."
        )
