"""AMAZON.Duration: a span of time as ISO 8601 (``PT1H30M``)."""

from __future__ import annotations

from collections.abc import Iterator

from daehwa.nlu.builtins.mention import Mention
from daehwa.nlu.builtins.scanning import agreed, longest, scan
from daehwa.nlu.languages.setting import Setting
from daehwa.nlu.languages.text import Text


def find(text: Text, setting: Setting) -> Iterator[Mention]:
    """Every span of time in the text, left to right."""
    return scan(text, setting, at)


def read(text: Text, setting: Setting) -> Mention | None:
    """The longest span of time of a reply."""
    return longest(agreed(list(find(text, setting))))


def at(text: Text, start: int, setting: Setting) -> Mention | None:
    """The span of time that begins at ``start``."""
    for language in setting.languages:
        if language.durations is not None:
            duration = language.durations(text, start, setting)
            if duration is not None:
                return Mention.of(text, start, duration.end, str(duration.value))
    return None
