"""The parts of a Lex V2 bot that importing makes again and again, kept within Lex's limits."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import Final, TypeVar

from daehwa.bot import flow_values, slot_definition, values
from daehwa.bot.checks.texts import normal_form
from daehwa.bot.reader import DEFAULT_FALLBACK_INTENT
from daehwa.bot.signatures import FALLBACK_INTENT

_Part = TypeVar("_Part", flow_values.Message, flow_values.Button)

_SENTENCE: Final = re.compile(r"(?<=[.!?。？！])\s+|\n+")

MOST_GROUPS: Final = 5
MOST_VARIATIONS: Final = 3
MOST_SAMPLES: Final = 1500
MOST_VALUES: Final = 10_000
MOST_BUTTONS: Final = 5
LONGEST_SAMPLE: Final = 500
LONGEST_VALUE: Final = 140
LONGEST_TEXT: Final = 1000
LONGEST_TITLE: Final = 250
LONGEST_BUTTON: Final = 50

Note = Callable[[str], None]
"""Takes a line for the person who goes on from an import."""


def plain(text: str) -> flow_values.Message:
    """A plain text message."""
    return flow_values.Message(plain_text_message=flow_values.TextValue(value=text))


def distinct(parts: Iterable[_Part]) -> list[_Part]:
    """The parts, each once, in their order."""
    kept: list[_Part] = []
    for part in parts:
        if part not in kept:
            kept.append(part)
    return kept


def group(
    messages: Sequence[flow_values.Message], place: str, note: Note, *, most: int = MOST_VARIATIONS
) -> flow_values.MessageGroup:
    """A message with its variations; a note where Lex takes fewer."""
    first, *others = distinct(messages)
    if len(others) >= most:
        note(
            f"{place}: of {len(others) + 1} variations of a message Lex takes {most}: left out "
            f"{'; '.join(_shown(each) for each in others[most - 1 :])}"
        )
    return flow_values.MessageGroup(message=first, variations=tuple(others[: most - 1]) or None)


def groups_within(
    groups: Sequence[flow_values.MessageGroup], place: str, note: Note
) -> tuple[flow_values.MessageGroup, ...]:
    """The groups that Lex takes of one response; a note where it takes fewer."""
    if len(groups) > MOST_GROUPS:
        note(
            f"{place}: of {len(groups)} messages Lex takes {MOST_GROUPS}: left out "
            f"{'; '.join(_shown(each.message) for each in groups[MOST_GROUPS:])}"
        )
    return tuple(groups[:MOST_GROUPS])


def response(
    groups: Sequence[flow_values.MessageGroup],
) -> flow_values.ResponseSpecification | None:
    """A response of the groups; ``None`` of none."""
    return flow_values.ResponseSpecification(message_groups_list=tuple(groups)) if groups else None


def samples(
    texts: Iterable[str], place: str, note: Note
) -> tuple[slot_definition.SampleUtterance, ...] | None:
    """Sample utterances within Lex's limits, once where several are heard alike."""
    kept: dict[str, str] = {}
    long = 0
    for text in texts:
        tidy = tidied(text)
        if len(tidy) > LONGEST_SAMPLE:
            long += 1
        elif tidy:
            kept.setdefault(normal_form(tidy) or tidy, tidy)
    if long:
        note(f"{place}: {long} phrases of more than {LONGEST_SAMPLE} characters are left out")
    if len(kept) > MOST_SAMPLES:
        note(f"{place}: of {len(kept)} phrases Lex takes {MOST_SAMPLES}")
    return (
        tuple(
            slot_definition.SampleUtterance(utterance=t) for t in list(kept.values())[:MOST_SAMPLES]
        )
        or None
    )


def tidied(text: str) -> str:
    """A text on one line, without characters that nobody sees but those that join an emoji."""
    seen = "".join(
        " " if unicodedata.category(sign) in ("Cc", "Zl", "Zp") else sign
        for sign in unicodedata.normalize("NFC", text)
        if unicodedata.category(sign) != "Cf" or sign == "\u200d"
    )
    return " ".join(seen.split())


def slot_type_values(
    synonyms: dict[str, Sequence[str]], place: str, note: Note
) -> tuple[slot_definition.SlotTypeValue, ...]:
    """Values with their synonyms, each word once, within Lex's limits."""
    taken = {_key(value) for value in synonyms}
    kept: list[slot_definition.SlotTypeValue] = []
    seen: set[str] = set()
    count = long = 0
    for value, words in synonyms.items():
        if _key(value) in seen or not tidied(value):
            continue
        if len(value) > LONGEST_VALUE:
            long += 1
            continue
        seen.add(_key(value))
        fit = []
        for word in words:
            if len(word) > LONGEST_VALUE:
                long += 1
            elif tidied(word) and _key(word) not in taken:
                taken.add(_key(word))
                fit.append(slot_definition.SampleValue(value=tidied(word)))
        count += 1 + len(fit)
        if count <= MOST_VALUES:
            kept.append(
                slot_definition.SlotTypeValue(
                    sample_value=slot_definition.SampleValue(value=tidied(value)),
                    synonyms=tuple(fit) or None,
                )
            )
    if long:
        note(f"{place}: {long} values of more than {LONGEST_VALUE} characters are left out")
    if count > MOST_VALUES:
        note(f"{place}: of {count} values and synonyms Lex takes {MOST_VALUES}")
    return tuple(kept)


def within(text: str, most: int) -> list[str]:
    """A text in pieces of at most so many characters, parted between sentences."""
    parts: list[str] = []
    rest = text
    while len(rest) > most:
        ends = [match.start() for match in _SENTENCE.finditer(rest[:most])]
        at = ends[-1] if ends and ends[-1] > 0 else rest.rfind(" ", 0, most)
        at = at if at > 0 else most
        parts.append(rest[:at].strip())
        rest = rest[at:].strip()
    return [part for part in [*parts, rest] if part]


def slot_priorities(slots: Iterable[str]) -> tuple[values.SlotPriority, ...]:
    """The slots in the order of asking."""
    return tuple(
        values.SlotPriority(slot_name=slot, priority=number)
        for number, slot in enumerate(slots, start=1)
    )


def default_values(*defaults: str) -> slot_definition.DefaultValueSpecification | None:
    """Default values of a slot; ``None`` if there is none."""
    return (
        slot_definition.DefaultValueSpecification(
            default_value_list=tuple(
                slot_definition.DefaultValue(default_value=default) for default in defaults
            )
        )
        if defaults
        else None
    )


def fallback_intent(
    closing: values.IntentClosingSetting | None,
    hook: flow_values.FulfillmentCodeHook | None = None,
) -> values.Intent:
    """FallbackIntent that says what the bot said when it did not understand."""
    return values.Intent(
        name="FallbackIntent",
        identifier=DEFAULT_FALLBACK_INTENT.identifier,
        description=DEFAULT_FALLBACK_INTENT.description,
        parent_intent_signature=FALLBACK_INTENT,
        intent_closing_setting=closing,
        fulfillment_code_hook=hook,
    )


def with_fallback(intents: dict[str, values.Intent]) -> dict[str, values.Intent]:
    """The intents and, where none of them takes what is not understood, the default one."""
    if any(each.parent_intent_signature == FALLBACK_INTENT for each in intents.values()):
        return intents
    return {**intents, DEFAULT_FALLBACK_INTENT.name: DEFAULT_FALLBACK_INTENT}


def _shown(message: flow_values.Message) -> str:
    card = message.image_response_card
    text = next(
        (
            each.value
            for each in (message.plain_text_message, message.ssml_message, message.custom_payload)
            if each is not None
        ),
        card.title if card else "",
    )
    return f'"{" ".join(text.split())[:60]}"'


def _key(word: str) -> str:
    return tidied(word.casefold())
