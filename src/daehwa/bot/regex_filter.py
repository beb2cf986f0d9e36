"""The regular expressions that a slot type derived from AMAZON.AlphaNumeric may have.

Source: Lex V2 developer guide, "AMAZON.AlphaNumeric": repeats without an upper bound (``*``,
``+``, ``{x,}``) and the wild card (``.``) are not supported.
"""

from __future__ import annotations

import re
import warnings
from typing import Final

_TOKEN: Final = re.compile(
    r"""
    \\.                                # an escaped sign is what it is
    | \[\^?\]?(?:\\.|[^\]\\])*\]        # so is one in a class
    | (?P<unsupported> [*+.] | \{\d*,\} )
    """,
    re.VERBOSE | re.DOTALL,
)


def pattern_fault(pattern: str) -> str | None:
    """What Lex does not support in the pattern, in words; ``None`` when it is sound."""
    for match in _TOKEN.finditer(pattern):
        if match["unsupported"] == ".":
            return 'the wild card "." is not supported'
        if match["unsupported"]:
            return f'"{match["unsupported"]}" repeats without an upper bound, as in {{1,30}}'
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)  # "[[" is a set in a set one day
            re.compile(pattern)
    except re.error as error:
        return f"it is not a regular expression: {error}"
    return None
