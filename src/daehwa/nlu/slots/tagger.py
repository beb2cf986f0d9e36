"""The tagger: a conditional random field that finds a slot's values by what surrounds them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from daehwa.nlu.builtins import Text

Spans = Mapping[str, Sequence[tuple[int, int]]]


class Tagger:
    """Learned from an intent's sample utterances."""

    def tag(self, text: Text, known: Spans) -> list[tuple[str, int, int, float]]:
        """The spans that look like slots: slot, start, end, probability."""
        raise NotImplementedError
