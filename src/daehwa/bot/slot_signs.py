"""Slots that are named in the signs of other systems, where Lex wants ``{Slot}``."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence

from daehwa.bot.problems import Problem, warning

FULL_WIDTH_BRACES = "[\uff5b\u2774]\\s*(\\w+)\\s*[\uff5d\u2775]"
"""What a full-width keyboard writes for braces."""


def slot_sign_problems(
    text: str, signs: Sequence[str], slots: Container[str], *, file: str, field: str, shown: str
) -> Iterator[Problem]:
    """A warning for each slot that a text names in one of ``signs``.

    ``signs`` are patterns whose first group is a name; one that is not among ``slots`` is text.
    ``shown`` says what becomes of such a text: "is sent with these signs".
    """
    for pattern in signs:
        for match in re.finditer(pattern, text):
            if match[1] in slots:
                yield warning(
                    "slot-in-other-signs",
                    file,
                    field,
                    f'"{match[0]}" {shown}.',
                    f"Write {{{match[1]}}}.",
                )
