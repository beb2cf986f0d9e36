"""Regular expressions: written as listings, and compiled when the first text meets them.

Compiling all of them would be felt at the start, and most texts meet few.
"""

from __future__ import annotations

import re
from functools import cache


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """The pattern, compiled once."""
    return re.compile(pattern)


def ways(listing: str) -> str:
    """A pattern that matches any of a listing's ways.

    A line or a bar is between one and the next.
    """
    return "(?:" + "|".join(filter(None, map(str.strip, listing.splitlines()))) + ")"
