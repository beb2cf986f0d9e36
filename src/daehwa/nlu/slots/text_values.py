"""The values that slot types find in a text, each type looking once for all who want to know.

Several intents have slots of one type, and to see what is not a slot's value the types that every
language has are looked for as well.
"""

from __future__ import annotations

from collections.abc import Sequence

from daehwa.nlu.builtins import BuiltIn, Mention, Setting, Text
from daehwa.nlu.slots.kinds import BuiltInKind, Kind


class TextValues:
    """A text in its setting, with the values of each type that was wanted so far."""

    def __init__(self, text: Text, setting: Setting) -> None:
        self.text = text
        self.setting = setting
        self._values: dict[int, Sequence[Mention]] = {}

    def of(self, kind: Kind | BuiltIn) -> Sequence[Mention]:
        """The values of a type that stand out in the text, left to right.

        ``kind`` has to live as long as this does.
        """
        finder = kind.alone if isinstance(kind, BuiltInKind) and kind.alone else kind
        values = self._values.get(id(finder))
        if values is None:
            values = self._values[id(finder)] = list(finder.find(self.text, self.setting))
        return values
