"""A text made ready for the grammars: folded, and cut where a value may begin and end."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Hashable
from typing import Any, Final

from daehwa.nlu.languages.spans import Span

_FOLD = str.maketrans(
    {
        **{chr(0xFF01 + i): chr(0x21 + i) for i in range(94)},  # full-width forms
        **{chr(0x0966 + i): str(i) for i in range(10)},  # the digits of Hindi
        "’": "'",
        "‘": "'",
        "“": '"',
        "”": '"',
        "–": "-",
        "—": "-",
        "−": "-",
        "〜": "~",
        "～": "~",
        "。": ".",
        "、": ",",
        "\u3000": " ",
    }
)
_REMEMBERED: Final = 4096
"""Characters whose classes are kept."""


def is_hangul(char: str) -> bool:
    """Whether ``char`` is a Hangul syllable or a compatibility letter (ㅇ)."""
    return "가" <= char <= "힣" or "ㄱ" <= char <= "ㅣ"


# Thai to Myanmar and Khmer; kana, Han and their extensions.
_UNSPACED = re.compile("[\u0e00-\u109f\u1780-\u17ff\u3040-\u312f\u31f0-\u9fff]")


def is_unspaced(char: str) -> bool:
    """Whether ``char`` is of a script that sets no spaces between words: Han, kana, Thai."""
    return _UNSPACED.match(char) is not None


def is_mark(char: str) -> bool:
    """Whether ``char`` is a sign that belongs to the letter before it: a vowel of Hindi."""
    return char > "\u02ff" and unicodedata.category(char)[0] == "M"


def _kind(char: str) -> int:
    """Class of a character: 0 none, 1 digit, 2 Hangul, 3 other letters."""
    if char.isdigit():
        return 1
    if is_hangul(char):
        return 2
    return 3 if char.isalnum() or is_mark(char) else 0


class _Kinds(dict[str, int]):
    """The class of each character that has come up."""

    def __missing__(self, char: str) -> int:
        kind = _kind(char)
        if len(self) < _REMEMBERED:
            self[char] = kind
        return kind


_KINDS: Final = _Kinds()


class Squeezed:
    """A text by its letters and digits only, for values whose spacing does not matter.

    ``letters`` is the text without the rest; ``back`` leads from its places to the text's, and
    ``at`` from the text's places to its.
    """

    __slots__ = ("at", "back", "letters")

    def __init__(self, folded: str) -> None:
        self.back = [place for place, char in enumerate(folded) if char.isalnum()]
        self.letters = "".join([folded[place] for place in self.back])
        self.at = {place: index for index, place in enumerate(self.back)}

    def between(self, start: int, end: int) -> str:
        """The letters and digits of the text from ``start`` to ``end``."""
        return self.letters[bisect_left(self.back, start) : bisect_left(self.back, end)]


class Text:
    """A text and where its words are.

    ``raw`` is the text as typed, composed (NFC) and with runs of white space made one;
    ``folded`` has the same length, in lower case with plain quotes and digits. ``starts``
    and ``ends`` are the places where a run of digits, of Hangul or of other letters begins
    and ends, ascending. ``remembered`` is for grammars that read a place more than once: what
    they have read, by keys of their own.
    """

    __slots__ = ("_places", "_runs", "_squeezed", "ends", "folded", "raw", "remembered", "starts")

    def __init__(self, text: str) -> None:
        raw = " ".join(unicodedata.normalize("NFC", text).split())
        folded = raw.translate(_FOLD).lower()
        if len(folded) != len(raw):
            folded = "".join(low if len(low := c.lower()) == 1 else c for c in raw.translate(_FOLD))
        self.raw = raw
        self.folded = folded
        starts: list[int] = []
        ends: list[int] = []
        before = 0
        for at, kind in enumerate(map(_KINDS.__getitem__, folded)):
            if kind != before:
                if before:
                    ends.append(at)
                if kind:
                    starts.append(at)
                before = kind
        if before:
            ends.append(len(folded))
        self.starts = starts
        self.ends = ends
        self._places: list[int] | None = None
        self._squeezed: Squeezed | None = None
        self._runs: dict[int, str] = {}
        self.remembered: dict[tuple[str, int, Hashable], Any] = {}

    @property
    def squeezed(self) -> Squeezed:
        """The text by its letters and digits, made when it is first needed."""
        if self._squeezed is None:
            self._squeezed = Squeezed(self.folded)
        return self._squeezed

    @property
    def places(self) -> list[int]:
        """Where what a grammar reads may begin, ascending.

        These are the starts, and every letter of a script that sets no spaces (Han, kana, Thai).
        """
        if self._places is None:
            ascii_only = self.folded.isascii()
            unspaced = () if ascii_only else [m.start() for m in _UNSPACED.finditer(self.folded)]
            self._places = sorted({*self.starts, *unspaced}) if unspaced else self.starts
        return self._places

    def __len__(self) -> int:
        """Length of the text in characters."""
        return len(self.folded)

    def word_end(self, at: int) -> int:
        """Where the run of letters that holds ``at`` ends (``at`` itself outside words)."""
        folded = self.folded
        while at < len(folded) and (folded[at].isalnum() or is_mark(folded[at])):
            at += 1
        return at

    def run_end(self, at: int) -> int:
        """Where the run of one kind of letters that begins at ``at`` ends."""
        index = bisect_right(self.ends, at)
        return self.ends[index] if index < len(self.ends) else at

    def run(self, at: int) -> str:
        """The run of one kind of letters that begins at ``at``."""
        run = self._runs.get(at)
        if run is None:
            run = self._runs[at] = self.folded[at : self.run_end(at)]
        return run

    def skip(self, at: int, marks: str = " ") -> int:
        """The place after any of ``marks`` at ``at``."""
        folded = self.folded
        while at < len(folded) and folded[at] in marks:
            at += 1
        return at

    def past(self, at: int, *phrases: str) -> int:
        """The place after the first of ``phrases`` that stands at ``at``; else ``at`` itself."""
        for phrase in phrases:
            if self.folded.startswith(phrase, at):
                return at + len(phrase)
        return at

    def words(self, start: int = 0, end: int | None = None) -> list[Span]:
        """The runs of letters or digits that lie inside ``start`` to ``end``."""
        stop = len(self.folded) if end is None else end
        first = bisect_left(self.starts, start)
        last = bisect_right(self.ends, stop)
        return list(map(Span, self.starts[first:last], self.ends[first:last]))
