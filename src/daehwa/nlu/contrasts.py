"""Commands that contrast: who says *close* does not mean the intent whose samples say *open*.

Sentence encoders put opposites side by side (*turn it on*, *turn it off*), and in a bot that has
only one of them nothing else is near. So where a text commands something of a group (opening
and closing; booking, cancelling and changing) and an intent's samples command only others of that
group, the intent is not meant. What is not a command (*when do you close*) contrasts with nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TypeAlias

from daehwa.nlu.languages import reading
from daehwa.nlu.languages.patterns import compiled

Command: TypeAlias = tuple[int, int, int]
"""The language's place in the locale, the group's in the language, the command's in the group."""


class Contrasts:
    """What the samples of each intent command."""

    def __init__(self, samples: Iterable[tuple[str, str]], locale: str) -> None:
        """From pairs of an intent's name and a sample; the locale's form is ``ko_KR``."""
        self._locale = locale
        self._commands: dict[str, set[Command]] = {}
        for intent, utterance in samples:
            self._commands.setdefault(intent, set()).update(commands(utterance, locale))
        self._intents: dict[tuple[int, int], set[str]] = {}
        for intent, own in self._commands.items():
            for place, group, _ in own:
                self._intents.setdefault((place, group), set()).add(intent)

    def contradicted(self, text: str) -> frozenset[str]:
        """The intents whose samples command the contrary of what the text does."""
        given = commands(text, self._locale)
        return frozenset(
            intent
            for place, group, _ in given
            for intent in self._intents.get((place, group), ())
            if self._commands[intent].isdisjoint(given)
        )


def commands(text: str, locale: str) -> frozenset[Command]:
    """What a text commands in a locale, of what can be contrasted."""
    folded = " ".join(text.casefold().replace("’", "'").split()).rstrip(" .!?~")
    return frozenset(
        command
        for word, cued in _cues(locale)
        if word in folded
        for command, pattern in cued
        if compiled(pattern).search(folded)
    )


@cache
def _cues(locale: str) -> tuple[tuple[str, tuple[tuple[Command, str], ...]], ...]:
    """Each word that a command has to have, with the commands that have it, as patterns."""
    cues: dict[str, list[tuple[Command, str]]] = {}
    for place, language in enumerate(reading(locale)):
        for group, contrary in enumerate(language.contrasts):
            for number, command in enumerate(contrary):
                for word in command.words:
                    cues.setdefault(word, []).append(((place, group, number), command.pattern))
    return tuple((word, tuple(cued)) for word, cued in cues.items())
