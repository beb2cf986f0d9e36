"""Reading a text from left to right: at each place where a value may begin, what begins there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from daehwa.nlu.builtins.mention import Mention
from daehwa.nlu.languages.setting import Setting
from daehwa.nlu.languages.text import Text

At = Callable[[Text, int, Setting], Mention | None]
"""Reads the value that begins at a place."""


def scan(
    text: Text, setting: Setting, at: At, places: Iterable[int] | None = None
) -> Iterator[Mention]:
    """The values that begin at ``places`` (by default wherever one may) and do not overlap."""
    beyond = -1
    for start in text.places if places is None else places:
        if start < beyond:
            continue
        mention = at(text, start, setting)
        if mention is not None:
            beyond = mention.end
            yield mention


def agreed(mentions: Sequence[Mention]) -> Sequence[Mention]:
    """Those of a reply's values that it comes to; none where it says several.

    Which of several is meant is not known: Saturday or Sunday. One that is said again as the last
    is the one ("two or three... three").
    """
    values = [mention.resolved for mention in mentions]
    if len(set(values)) < 2:
        return mentions
    return mentions[-1:] if values[-1] in values[:-1] else ()


def longest(mentions: Iterable[Mention]) -> Mention | None:
    """The longest of some values, of equals the first."""
    return max(mentions, key=lambda mention: mention.size, default=None)
