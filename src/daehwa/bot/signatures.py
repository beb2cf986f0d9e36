"""The built-in slot types and intents of Lex V2, by their signatures (``AMAZON.Date``).

This is the one list of them: validation, the model-building API and understanding read it, and
`daehwa.nlu` has a reader for each slot type and phrases for each intent that has any. Source:
Lex V2 developer guide, "Built-in slot types" and "Built-in intents".
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

BUILT_IN: Final = "AMAZON."


def _signatures(names: Iterable[str]) -> frozenset[str]:
    return frozenset(f"{BUILT_IN}{name}" for name in names)


BUILT_IN_SLOT_TYPES: Final = _signatures(
    (
        "AlphaNumeric",
        "City",
        "Confirmation",
        "Country",
        "Currency",
        "Date",
        "Duration",
        "EmailAddress",
        "FirstName",
        "FreeFormInput",
        "LastName",
        "Number",
        "Percentage",
        "PhoneNumber",
        "State",
        "StreetName",
        "Time",
        "UKPostalCode",
    )
)

_ONLY_IN: Final = {f"{BUILT_IN}UKPostalCode": frozenset({"en_GB"})}


def built_in_slot_types(locale_id: str) -> frozenset[str]:
    """The built-in slot types that Lex has in a locale."""
    absent = {name for name, locales in _ONLY_IN.items() if locale_id not in locales}
    return BUILT_IN_SLOT_TYPES - absent


FALLBACK_INTENT: Final = f"{BUILT_IN}FallbackIntent"

UNRECOGNISED_INTENTS: Final = _signatures(
    (
        "BedrockAgentIntent",
        "FallbackIntent",
        "KendraSearchIntent",
        "QInConnectIntent",
        "QnAIntent",
    )
)
"""Built-in intents that take what fits no other: no sample utterance leads to them."""

BUILT_IN_INTENTS: Final = UNRECOGNISED_INTENTS | _signatures(
    (
        "CancelIntent",
        "HelpIntent",
        "PauseIntent",
        "RepeatIntent",
        "ResumeIntent",
        "StartOverIntent",
        "StopIntent",
    )
)

_INTENT_NAMES: Final = frozenset(
    name.removeprefix(BUILT_IN).casefold() for name in BUILT_IN_INTENTS
)


def is_built_in_intent_name(name: str) -> bool:
    """Whether the name is that of a built-in intent, with or without ``AMAZON.``, in any case."""
    return name.casefold().removeprefix(BUILT_IN.casefold()) in _INTENT_NAMES


# Lex V1's names, which migrated bots still carry.
_V1_SLOT_TYPES: Final = {
    "AU_CITY": "City",
    "DATE": "Date",
    "DE_CITY": "City",
    "DURATION": "Duration",
    "EUROPE_CITY": "City",
    "FOUR_DIGIT_NUMBER": "Number",
    "GB_CITY": "City",
    "NUMBER": "Number",
    "PERSON": "FirstName",
    "Person": "FirstName",
    "PostalAddress": "StreetName",
    "Region": "State",
    "StreetAddress": "StreetName",
    "TIME": "Time",
    "US_CITY": "City",
    "US_FIRST_NAME": "FirstName",
    "US_LAST_NAME": "LastName",
    "US_STATE": "State",
}


def current_slot_type(signature: str) -> str:
    """A slot type's signature in Lex V2; of one that is not a name of Lex V1, itself."""
    name = _V1_SLOT_TYPES.get(signature.removeprefix(BUILT_IN))
    return signature if name is None else f"{BUILT_IN}{name}"
