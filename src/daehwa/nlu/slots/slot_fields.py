"""The places of an intent that take a value: its slots, and the sub-slots of composite ones."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from daehwa import bot
from daehwa.nlu.builtins import Text
from daehwa.nlu.slots.joined_cues import cues_of
from daehwa.nlu.slots.kinds import Kind


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """A slot, or a sub-slot (``parent`` names its composite slot), with its kind of values.

    ``rank`` is the place in the order of asking; ``words`` are the words of the slot's name
    and prompts, by which a value beside them is known to be its ("two *nights*").
    """

    path: str
    slot: str
    kind: Kind
    rank: int
    many: bool = False
    parent: str | None = None
    words: frozenset[str] = frozenset()


def name_words(name: str) -> list[str]:
    """The words of a slot's name in lower case: ``CheckInDate`` is check, in, date."""
    words: list[str] = []
    word = ""
    for index, char in enumerate(name):
        after = name[index + 1 : index + 2]
        breaks = char in "_-. " or (
            char.isupper() and word and (not word[-1].isupper() or after.islower())
        )
        if breaks and word:
            words.append(word.lower())
            word = ""
        if char not in "_-. ":
            word += char
    if word:
        words.append(word.lower())
    return words


def counted_words(slot: bot.Slot, locale: str) -> list[str]:
    """What the slot's prompts ask the number of: "how many *nights*", "몇 *명*"."""
    counted: list[str] = []
    for prompt in _prompts(slot):
        words = tuple(word.strip(".,?!") for word in Text(prompt).folded.split())
        for question in cues_of(locale).how_many:
            for end in range(len(question), len(words)):
                if words[end - len(question) : end] == question:
                    counted.extend((words[end], words[end][:1]))
    return counted


def _prompts(slot: bot.Slot) -> Iterator[str]:
    """The plain texts of a slot's prompt."""
    prompt = slot.value_elicitation_setting.prompt_specification
    for group in prompt.message_groups_list if prompt else ():
        for message in (group.message, *(group.variations or ())):
            if message.plain_text_message is not None:
                yield message.plain_text_message.value
