"""What an import makes: the bot, and notes for the person who goes on from there."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

import msgspec

from daehwa.bot.values import (
    Bot,
)

_UNFIT: Final = re.compile(r"[^0-9a-zA-Z]+")
_LONGEST: Final = 100


# Revised Romanization, letter by letter: a syllable's first, middle and last letters.
_FIRST: Final = ("g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch",
                 "k", "t", "p", "h")  # fmt: skip
_MIDDLE: Final = ("a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u",
                  "wo", "we", "wi", "yu", "eu", "ui", "i")  # fmt: skip
_LAST: Final = ("", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l", "m",
                "p", "p", "t", "t", "ng", "t", "t", "k", "t", "p", "t")  # fmt: skip
_HANGUL: Final = re.compile(r"[가-힣]")


def romanised(text: str) -> str:
    """The text with Hangul in Latin letters, such as ``yeyak`` for 예약."""

    def spelled(match: re.Match[str]) -> str:
        at = ord(match[0]) - ord("가")
        return f"{_FIRST[at // 588]}{_MIDDLE[at % 588 // 28]}{_LAST[at % 28]}"

    return _HANGUL.sub(spelled, text)


_SHOWN: Final = {"SlotType": "slot type"}


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
        """The name to use in place of ``name``."""
        if name not in self._given:
            spelled = romanised(unicodedata.normalize("NFC", name))
            plain = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode()
            fit = _UNFIT.sub("_", plain).strip("_")[: _LONGEST - 4]
            letters = [sign for sign in spelled if sign.isalnum()]
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

    def __contains__(self, name: object) -> bool:
        return name in self._given

    def notes(self) -> list[str]:
        """A line with the names that changed, if any did."""
        if not self.renamed:
            return []
        changed = ", ".join(f'"{old}" is {new}' for old, new in self.renamed.items())
        kind = _SHOWN.get(self._kind, self._kind.casefold())
        return [f"Lex takes a-z, digits, _ and - in names: {kind} {changed}"]
