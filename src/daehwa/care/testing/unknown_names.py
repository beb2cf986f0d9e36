"""Names in a conversation that the bot does not have: of intents, and of slots."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Sequence

from daehwa import bot
from daehwa.care.testing.playing import Expectation
from daehwa.care.testing.values import Conversation

_SLOTS = "slots."


def unknown_names(conversation: Conversation, locales: Sequence[bot.BotLocale]) -> Iterator[str]:
    """A line for each name of an intent or a slot that no locale has, with the cure.

    Each begins with the file and the line of its turn. What a code hook adds to its replies is
    not looked at.
    """
    intents = {name for one in locales for name in one.intents}
    slots = {name for one in locales for intent in one.intents.values() for name in intent.slots}
    for turn in conversation.turns:
        for expectation in turn.expectations:
            intent, slot = _names(expectation)
            if intent is not None and intent not in intents:
                unknown = f"there is no intent {intent!r}. {_cure(intent, intents)}"
            elif slot is not None and slot not in slots:
                unknown = f"no intent has the slot {slot!r}. {_cure(slot, slots)}"
            else:
                continue
            yield f"{conversation.file}:{turn.line}: {unknown}"


def _names(expectation: Expectation) -> tuple[str | None, str | None]:
    """The intent and the slot that an expectation names."""
    member = expectation.member
    if member == "intent":
        return expectation.shown, None
    if member == "asks":
        return None, expectation.shown.partition(".")[0]
    if member.startswith(_SLOTS):
        return None, member.removeprefix(_SLOTS)
    return None, None


def _cure(name: str, known: Iterable[str]) -> str:
    names = sorted(known)
    close = difflib.get_close_matches(name, names, n=1)
    if close:
        return f"Write {close[0]!r}."
    return f"There are {', '.join(names)}." if names else "The locale has none."
