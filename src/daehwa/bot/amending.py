"""Adding to a bot what people say: a sample utterance of an intent, a synonym of a value.

``amended`` gives the bot as it would be, ``amend`` writes its files. How a bot lies on the disk is
a ``BotForm``; the forms that are known stand in one list, ``FORMS``.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final, Protocol, TypeAlias

import msgspec

from daehwa.bot.amending_exports import AmendableFolder, AmendableZip
from daehwa.bot.amending_projects import AmendableProject
from daehwa.bot.amendments import Amendment, NewSample, NewSynonym
from daehwa.bot.checks.texts import normal_form, sample_form
from daehwa.bot.errors import AmendmentError
from daehwa.bot.signatures import UNRECOGNISED_INTENTS
from daehwa.bot.slot_definition import (
    SampleUtterance,
    SampleValue,
    SlotType,
    SlotTypeValue,
)
from daehwa.bot.values import (
    Bot,
    BotLocale,
    Intent,
)

Amendments: TypeAlias = Sequence[Amendment]

_SHOWN: Final = 8


class BotForm(Protocol):
    """One way in which a bot lies on the disk, and how something is added to it there."""

    def holds(self, path: Path) -> bool:
        """Whether a bot lies at ``path`` in this form."""
        ...

    def amend(
        self, path: Path, before: Bot, after: Bot, amendments: Amendments
    ) -> tuple[Path, ...]:
        """Turn ``before`` into ``after``, completely or not at all; return the files that changed.

        Raises:
            BotError: the files cannot be changed, or are others by now.
            OSError: they cannot be written.
        """
        ...


FORMS: Final[tuple[BotForm, ...]] = (AmendableProject(), AmendableFolder(), AmendableZip())
"""Every form, the first that holds a path has it."""


def amend(path: str | Path, before: Bot, amendments: Amendments) -> tuple[Path, ...]:
    """Add to the bot at ``path``, which has to be ``before``; return the files that changed.

    Raises:
        AmendmentError: there is no place for it, or it is there already.
        BotError: the files cannot be changed, or hold another bot than ``before`` by now.
        OSError: they cannot be written.
    """
    path = Path(path)
    after = amended(before, amendments)
    form = next((each for each in FORMS if each.holds(path)), None)
    if form is None:
        raise AmendmentError(
            "nothing can be added to a bot in this form.",
            file=str(path),
            cure="Make an export of it first: daehwa export, or daehwa import.",
        )
    return form.amend(path, before, after, amendments)


def amended(bot: Bot, amendments: Amendments) -> Bot:
    """The bot with all that is to be added.

    Raises:
        AmendmentError: there is no place for it, or it is there already.
    """
    for each in amendments:
        locale = _locale(bot, each.locale)
        if isinstance(each, NewSample):
            grown = _with_sample(bot, locale, each)
        else:
            grown = _with_synonym(bot, locale, each)
        bot = msgspec.structs.replace(bot, locales=bot.locales | {each.locale: grown})
    return bot


def _place(bot: Bot, new: Amendment) -> str:
    """Where something is to be added, whichever way the bot lies on the disk."""
    return f"{bot.name} ({new.locale})"


def _locale(bot: Bot, name: str) -> BotLocale:
    locale = bot.locales.get(name)
    if locale is None:
        raise AmendmentError(
            f"there is no locale {name}.",
            file=bot.name,
            cure=f"Name one of {', '.join(bot.locales)}.",
        )
    return locale


def _with_sample(bot: Bot, locale: BotLocale, new: NewSample) -> BotLocale:
    intent = locale.intents.get(new.intent)
    able = [
        each.name
        for each in locale.intents.values()
        if each.parent_intent_signature not in UNRECOGNISED_INTENTS
    ]
    if intent is None or intent.name not in able:
        known = "takes no samples" if intent is not None else f"is not there in {new.locale}"
        raise AmendmentError(
            f'the intent "{new.intent}" {known}.',
            file=_place(bot, new),
            cure=f"Name one of {', '.join(able)}." if able else "Give the bot that intent first.",
        )
    _refuse_nothing(new.utterance, _place(bot, new))
    form = sample_form(new.utterance, intent)
    samples = intent.sample_utterances or ()
    same = next((s.utterance for s in samples if sample_form(s.utterance, intent) == form), None)
    if same is not None:
        raise AmendmentError(
            f'"{same}" is a sample of "{intent.name}" already.',
            file=_place(bot, new),
            cure="There is nothing to add.",
        )
    more = SampleUtterance(utterance=new.utterance)
    grown: Intent = msgspec.structs.replace(intent, sample_utterances=(*samples, more))
    return msgspec.structs.replace(locale, intents=locale.intents | {intent.name: grown})


def _with_synonym(bot: Bot, locale: BotLocale, new: NewSynonym) -> BotLocale:
    slot_type = locale.slot_types.get(new.slot_type)
    if slot_type is None or not _lists_values(slot_type):
        able = [each.name for each in locale.slot_types.values() if _lists_values(each)]
        known = "lists no values" if slot_type is not None else f"is not there in {new.locale}"
        raise AmendmentError(
            f'the slot type "{new.slot_type}" {known}.',
            file=_place(bot, new),
            cure=f"Name one of {', '.join(able)}." if able else "Make a slot type with values.",
        )
    file = _place(bot, new)
    _refuse_nothing(new.synonym, file)
    values = slot_type.slot_type_values or ()
    owner = _owner(new.synonym, values)
    if owner is not None:
        raise AmendmentError(
            f'"{new.synonym}" is "{owner}" in "{slot_type.name}" already.',
            file=file,
            cure="There is nothing to add.",
        )
    grown = msgspec.structs.replace(slot_type, slot_type_values=_grown(values, new, file))
    return msgspec.structs.replace(locale, slot_types=locale.slot_types | {slot_type.name: grown})


def _grown(
    values: tuple[SlotTypeValue, ...], new: NewSynonym, file: str
) -> tuple[SlotTypeValue, ...]:
    word = SampleValue(value=new.synonym)
    if normal_form(new.value) == normal_form(new.synonym):
        return (*values, SlotTypeValue(sample_value=word))
    place = next((i for i, each in enumerate(values) if each.sample_value.value == new.value), None)
    if place is None:
        shown = ", ".join(each.sample_value.value for each in values[:_SHOWN])
        more = ", …" if len(values) > _SHOWN else ""
        raise AmendmentError(
            f'there is no value "{new.value}".',
            file=file,
            cure=f"Name one of {shown}{more}; or add the word as a value of its own.",
        )
    synonyms = (*(values[place].synonyms or ()), word)
    changed = msgspec.structs.replace(values[place], synonyms=synonyms)
    return (*values[:place], changed, *values[place + 1 :])


def _lists_values(slot_type: SlotType) -> bool:
    return (
        slot_type.external_source_setting is None
        and slot_type.composite_slot_type_setting is None
        and slot_type.grammar is None
        and slot_type.parent_slot_type_signature is None
    )


def _owner(word: str, values: Sequence[SlotTypeValue]) -> str | None:
    """The value that a word stands for already."""
    form = normal_form(word)
    for each in values:
        words = (each.sample_value, *(each.synonyms or ()))
        if any(normal_form(one.value) == form for one in words):
            return each.sample_value.value
    return None


def _refuse_nothing(text: str, file: str) -> None:
    if not any(sign.isalnum() for sign in text):
        raise AmendmentError(
            f'"{text}" has no word in it.', file=file, cure="Give what a person says."
        )
