"""Card, phone and Korean resident numbers, taken out of what is sent to a language model.

Only what is such a number: cards by their checksum (ISO/IEC 7812-1, Luhn), resident numbers by
their date and, where they have one, their check digit (numbers given out since October 2020
have none), phone numbers by the area codes of Korea, the form of international ones and North
America's. Full-width digits and other dashes are read as what they stand for.
"""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator
from contextlib import aclosing
from datetime import date
from typing import Any

from daehwa.answers.values import Answer, Question, StartOver
from daehwa.answers.wrapping import Wrapping

_EDGE = r"(?<![\d-])"
_END = r"(?![\d-])"
_CARD = re.compile(rf"{_EDGE}\d(?:[ -]?\d){{12,18}}{_END}")
_RESIDENT = re.compile(rf"{_EDGE}(\d{{2}})(\d{{2}})(\d{{2}})(?: ?- ?| )?(\d)(\d{{6}}){_END}")
_PHONE = re.compile(
    r"(?<![\d-])(?:\+82[ -]?(?:\(0\))?1[016789]|\+82[ -]?(?:2|[3-6][1-5])"
    r"|\(?(?:01[016789]|02|0[3-6][1-5]|050\d|070)\)?)[ .-]?\d{3,4}[ .-]?\d{4}(?![\d-])"
    # North America's, as they are written there.
    r"|(?<![\d-])(?:\([2-9]\d{2}\) ?|[2-9]\d{2}[.-])[2-9]\d{2}[.-]\d{4}(?![\d-])"
    r"|(?<![\d-])(?:15|16|18)\d{2}-\d{4}(?![\d-])"
    r"|(?<![\w+])\+[1-9]\d{0,2}[ .-]?(?:\(?\d{1,4}\)?[ .-]?){2,4}\d{2,4}(?![\d-])"
)
_CENTURIES = {"9": 1800, "0": 1800, "1": 1900, "2": 1900, "5": 1900, "6": 1900}
_WEIGHTS = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)
_WITHOUT_CHECK = date(2020, 10, 1)
_SHORTEST_PHONE = 8
# The first digits of the schemes by the length of their numbers, Korea's own among them.
_SCHEMES = {13: "4", 14: "3", 15: "3", 16: "234569", 17: "456", 18: "456", 19: "456"}
# Other letters for the same, one for one: full-width ones, dashes, spaces that do not break.
_WIDTHS = {ord(letter): ord(letter) - 0xFEE0 for letter in "（）＋．０１２３４５６７８９"}
_WIDTHS |= dict.fromkeys(map(ord, "‐‑‒–—―−－"), ord("-"))
_WIDTHS |= dict.fromkeys(map(ord, "\u00a0\u202f\u3000"), ord(" "))


def redacted(text: str) -> str:
    """Give a text with ``[card]``, ``[resident number]`` and ``[phone]`` for such numbers."""
    plain = text.translate(_WIDTHS)
    without = _RESIDENT.sub(_resident, plain)
    without = _CARD.sub(lambda match: "[card]" if _is_card(match[0]) else match[0], without)
    without = _PHONE.sub(_phone, without)
    return text if without == plain else without


def _is_card(written: str) -> bool:
    digits = [int(each) for each in written if each.isdigit()]
    if str(digits[0]) not in _SCHEMES[len(digits)] or len(set(digits)) == 1:
        return False
    doubled = [2 * each - 9 * (each > 4) for each in digits[-2::-2]]  # noqa: PLR2004 - Luhn's
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


def _resident(match: re.Match[str]) -> str:
    year, month, day, kind, rest = match.groups()
    try:
        born = date(_CENTURIES.get(kind, 2000) + int(year), int(month), int(day))
    except ValueError:
        return match[0]
    digits = [int(each) for each in f"{year}{month}{day}{kind}{rest}"]
    total = sum(weight * each for weight, each in zip(_WEIGHTS, digits[:12], strict=True))
    # A foreigner's check digit is two more.
    right = {(11 - total % 11) % 10, (13 - total % 11) % 10}
    if digits[12] in right or born.year >= _WITHOUT_CHECK.year - 1 or "-" in match[0]:
        return "[resident number]"
    return match[0]


def _phone(match: re.Match[str]) -> str:
    digits = sum(each.isdigit() for each in match[0])
    return "[phone]" if digits >= _SHORTEST_PHONE else match[0]


class Redacting(Wrapping):
    """Asks ``answerer``, without such numbers in what it is sent."""

    async def answer(self, question: Question) -> Answer:
        """Answer as a whole; errors as the answerer's."""
        return await self._answerer.answer(_without(question))

    async def stream(self, question: Question) -> AsyncGenerator[str | StartOver | Answer]:
        """Stream the answer; errors as the answerer's."""
        pieces: Any = self._answerer.stream(_without(question))
        async with aclosing(pieces):
            async for piece in pieces:
                yield piece


def _without(question: Question) -> Question:
    return question._replace(
        text=redacted(question.text),
        history=tuple(past._replace(text=redacted(past.text)) for past in question.history),
    )
