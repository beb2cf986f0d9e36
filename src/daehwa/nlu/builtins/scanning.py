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


def alike(mentions: Sequence[Mention], setting: Setting) -> bool:
    """Whether some values may be one, where a locale's language wants a reply to have one."""
    if not setting.languages[0].one_value:
        return True
    return len({mention.resolved for mention in mentions}) < 2


def longest(mentions: Iterable[Mention]) -> Mention | None:
    """The longest of some values, of equals the first."""
    return max(mentions, key=lambda mention: mention.size, default=None)
