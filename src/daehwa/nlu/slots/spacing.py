"""Texts that are written without spaces, cut where their words begin: 라떼두잔주세요.

Korean is often typed so. A run of letters is cut by the words that the bot knows, its listed
values, and what the grammars read, each of them with a particle after it or not; the cut that
leaves the fewest letters unread is taken, and none where too many are left.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from daehwa.nlu.builtins import Text
from daehwa.nlu.languages.language import Suffixes
from daehwa.nlu.languages.suffixes import suffixes_of
from daehwa.nlu.languages.text import is_hangul

_SHORTEST: Final = 4
"""Letters from which a run may hold several words."""

_RUN: Final = re.compile(r"[^\s.,!?~]+")
_UNREAD: Final = 1.3
_PIECE: Final = 1.0
_SHORT_PIECE: Final = 1.5
_BESIDE_UNREAD: Final = 1.5
_JOINT: Final = 0.1
_MOST_UNREAD: Final = 0.34


class _Cut(NamedTuple):
    """The best way to cut a run up to a place."""

    cost: float
    unread: int
    before: int
    is_piece: bool


class Spacer:
    """What a bot knows of where words begin."""

    def __init__(self, values: Iterable[str], words: Iterable[str]) -> None:
        """Take the listed ``values`` and other ``words``, folded and without spaces."""
        self._known: dict[str, list[str]] = {}
        known = {value for value in values if value}
        known.update(word for word in words if len(word) > 1)
        for word in sorted(known, key=len, reverse=True):
            if is_hangul(word[0]):
                self._known.setdefault(word[0], []).append(word)

    def spaced(self, text: Text) -> Text | None:
        """The text with spaces between its words; ``None`` where it needs none."""
        raw, cuts = text.raw, 0
        pieces: list[str] = []
        last = 0
        for run in _RUN.finditer(text.folded):
            places = self._places(run[0]) if len(run[0]) >= _SHORTEST else []
            pieces.append(raw[last : run.start()])
            at = run.start()
            for place in places:
                pieces += (raw[at : run.start() + place], " ")
                at = run.start() + place
            pieces.append(raw[at : run.end()])
            last = run.end()
            cuts += len(places)
        return Text("".join(pieces) + raw[last:]) if cuts else None

    def _places(self, run: str) -> list[int]:
        """Where inside a run words begin."""
        rules = next((r for letter in run if (r := suffixes_of(letter)) and r.pieces), None)
        if rules is None:
            return []
        best: list[_Cut | None] = [_Cut(0.0, 0, 0, is_piece=True), *[None] * len(run)]
        for at in range(len(run)):
            here = best[at]
            if here is None:
                continue
            beside = _BESIDE_UNREAD if at > 0 and here.is_piece else 0.0
            unread = _Cut(here.cost + _UNREAD + beside, here.unread + 1, at, is_piece=False)
            _offer(best, at + 1, unread)
            for end in self._ends(run, at, rules.pieces if here.is_piece else ()):
                size = end - at
                cost = here.cost + (_PIECE if size > 1 else _SHORT_PIECE)
                cost += _BESIDE_UNREAD if size == 1 and not here.is_piece else 0.0
                piece = _Cut(cost, here.unread, at, is_piece=True)
                _offer(best, end, piece)
                for stop in _behind_joints(run, end, rules):
                    _offer(best, stop, piece._replace(cost=cost + _JOINT))
        return _traced(best, len(run))

    def _ends(self, run: str, at: int, pieces: tuple[re.Pattern[str], ...]) -> Iterator[int]:
        """Where what is known at a place ends."""
        for word in self._known.get(run[at], ()):
            if run.startswith(word, at):
                yield at + len(word)
        for pattern in pieces:
            match = pattern.match(run, at)
            if match:
                yield match.end()


def _behind_joints(run: str, end: int, rules: Suffixes) -> Iterator[int]:
    """Where what may be written onto a piece ends: particles, and endings at the run's end."""
    for joint in rules.joints:
        if run.startswith(joint, end):
            yield end + len(joint)
    if end < len(run) and rules.may_follow(run[end:]):
        yield len(run)


def _offer(best: list[_Cut | None], end: int, cut: _Cut) -> None:
    other = best[end]
    if other is None or cut.cost < other.cost:
        best[end] = cut


def _traced(best: list[_Cut | None], size: int) -> list[int]:
    """The places of the best cut, ascending; none where too much of the run is left unread."""
    last = best[size]
    if last is None or last.unread > _MOST_UNREAD * size:
        return []
    places: list[int] = []
    at = size
    while at > 0 and (cut := best[at]) is not None:
        before = best[cut.before]
        apart = cut.is_piece or (before is not None and before.is_piece)
        if cut.before > 0 and apart:
            places.append(cut.before)
        at = cut.before
    return places[::-1]
