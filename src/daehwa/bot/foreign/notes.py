"""What an import makes: the bot, and notes for the person who goes on from there."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

import msgspec

from daehwa.bot.values import Bot

_UNFIT: Final = re.compile(r"[^0-9a-zA-Z]+")
_LONGEST: Final = 100


class Imported(msgspec.Struct, frozen=True):
    """A bot that was imported: ``notes`` are a line each for what was changed or left out."""

    system: str
    bot: Bot
    notes: tuple[str, ...]


class FittingNames:
    """Names that Lex takes for those that it may not: the same for the same, no two alike.

    ``renamed`` has those that changed, as the new by the old.
    """

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self._given: dict[str, str] = {}
        self.renamed: dict[str, str] = {}

    def of(self, name: str) -> str:
        """The name to use in the place of ``name``."""
        if name not in self._given:
            plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
            fit = _UNFIT.sub("_", plain).strip("_")[: _LONGEST - 4]
            letters = [sign for sign in name if sign.isalnum()]
            kept = sum(sign.isascii() for sign in letters)
            if not fit or kept * 2 < len(letters):
                fit = f"{self._kind}_{len(self._given) + 1}"
            taken = set(self._given.values())
            unique, number = fit, 2
            while unique in taken:
                unique, number = f"{fit}_{number}", number + 1
            self._given[name] = unique
            if unique != name:
                self.renamed[name] = unique
        return self._given[name]

    def notes(self) -> list[str]:
        """A line for each name that changed."""
        return [
            f'the {self._kind.lower()} "{old}" has the name {new}: Lex takes a-z, digits, _ and -'
            for old, new in self.renamed.items()
        ]
