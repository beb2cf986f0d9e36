"""Regular expressions of other systems as Lex takes them.

Source: Lex V2 developer guide, "AMAZON.AlphaNumeric": a pattern is of the whole value, has up to
300 characters, and repeats within bounds.
"""

from __future__ import annotations

import re
from typing import Final

PATTERN_LONGEST: Final = 300

_REPEATED: Final = r"(?<!\\)((?:\[[^\]]*\]|\\?[\w)]))"


def bounded(pattern: str) -> str:
    """A pattern without anchors, its endless repeats bounded."""
    bare = pattern.removeprefix("^").removesuffix("$").replace("\\b", "")
    return re.sub(rf"{_REPEATED}\*", r"\1{0,30}", re.sub(rf"{_REPEATED}\+", r"\1{1,30}", bare))
