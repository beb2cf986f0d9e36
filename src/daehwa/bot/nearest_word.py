"""What to write instead of a word that is not among the choices."""

from __future__ import annotations

import difflib
from collections.abc import Collection
from typing import Any


def nearest_cure(word: Any, words: Collection[str]) -> str:
    """What to write instead: the nearest of the words, and all of them if none is near."""
    folded = {each.replace("_", "").casefold(): each for each in words}
    plain = word.replace("_", "").casefold() if isinstance(word, str) else ""
    close = difflib.get_close_matches(plain, folded, n=1)
    listed = ", ".join(f'"{each}"' for each in words)
    if not close:
        return f"Write one of {listed}." if len(words) > 1 else f"Write {listed}."
    others = f", or another of {listed}" if len(words) > 1 else ""
    return f'Write "{folded[close[0]]}"{others}.'
