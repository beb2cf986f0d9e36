"""Colours of the page: how distinguishable they are, and what follows from those chosen.

Contrast is WCAG 2.2's: 1 to 21, 4.5 for text (1.4.3) and 3 for what is not text (1.4.11).
"""

from __future__ import annotations

import re
from typing import Final

TEXT_CONTRAST: Final = 4.5
SHAPE_CONTRAST: Final = 3.0

WHITE: Final = "#ffffff"
BLACK: Final = "#111111"
_COLOUR: Final = re.compile(r"#([0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
_STEPS: Final = 50


def is_colour(text: str) -> bool:
    """Whether it is ``#rgb`` or ``#rrggbb``."""
    return _COLOUR.fullmatch(text) is not None


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def least_contrast(colour: str, *grounds: str) -> float:
    """The contrast on the ground that it reads worst on."""
    return min(contrast(colour, ground) for ground in grounds)


def ink_on(ground: str) -> str:
    """White, or else near black, whichever can be read there; one of them always can."""
    return WHITE if contrast(WHITE, ground) >= TEXT_CONTRAST else BLACK


def mixed(colour: str, other: str, part: float) -> str:
    """``colour`` with a part, 0 to 1, of the other in it."""
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * part):02x}" for a, b in pairs)


def readable(colour: str, *grounds: str, least: float = TEXT_CONTRAST) -> str:
    """The nearest mix of ``colour`` with white or black that has this contrast on all grounds.

    Where none has, it is the end that comes closest.
    """
    if least_contrast(colour, *grounds) >= least:
        return colour
    ends = sorted((WHITE, "#000000"), key=lambda end: least_contrast(end, *grounds))
    mixes = (mixed(colour, ends[-1], step / _STEPS) for step in range(1, _STEPS + 1))
    return next((one for one in mixes if least_contrast(one, *grounds) >= least), ends[-1])


def _channels(colour: str) -> tuple[int, int, int]:
    digits = colour.removeprefix("#")
    if len(digits) == 3:  # noqa: PLR2004 - #rgb
        digits = "".join(digit * 2 for digit in digits)
    red, green, blue = (int(digits[at : at + 2], 16) for at in (0, 2, 4))
    return red, green, blue


def _luminance(colour: str) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.2)."""
    parts = (channel / 255 for channel in _channels(colour))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004
        for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
