"""The turns of a bot as columns, conversation by conversation.

A conversation is one life of a session: where a person comes back after the session has expired,
another begins. (Lex's "unique combination of a sessionId and an originatingRequestId".)
Source: "Key definitions" of analytics in the Lex V2 guide.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from typing import Any, Final, TypeAlias

import msgspec
import numpy as np
import numpy.typing as npt

from daehwa import stores
from daehwa.care.analytics.earlier_turns import read_earlier
from daehwa.conversation import TurnKind

Ints: TypeAlias = npt.NDArray[np.int64]
Flags: TypeAlias = npt.NDArray[np.bool_]

FIGURES: Final = np.dtype(
    [
        ("begun", "<i8"),
        ("mark", "<u4"),
        ("total", "<i4"),
        ("nlu", "<i4"),
        ("input", "<i4"),
        ("output", "<i4"),
        ("cost", "<f8"),
    ]
)
"""``conversation.FIGURES`` as numpy reads it."""

_decode_kind = msgspec.json.Decoder(TurnKind).decode


class TurnLog:
    """Every turn of a bot in a time, session by session in the order of their recording.

    ``kinds`` are what turns share, ``kind`` is each turn's place among them; ``conversation``
    counts conversations from 0, and ``starts`` has the first turn of each.
    """

    def __init__(
        self,
        kinds: list[TurnKind],
        *,
        session: Ints,
        moment: Ints,
        kind: Ints,
        rating: Ints,
        figures: npt.NDArray[Any],
        texts: list[str] | None,
        keys: dict[int, stores.SessionKey],
    ) -> None:
        # Those of a session come in their order, which a stable one keeps.
        order = np.argsort(session, kind="stable")
        self.kinds = kinds
        self.keys = keys
        self.session = session[order]
        self.moment = moment[order]
        self.kind = kind[order]
        self.rating = rating[order]
        self.figures = figures[order]
        self._order = order
        self._texts = texts
        begun = self.figures["begun"]
        fresh = np.ones(len(order), dtype=bool)
        fresh[1:] = (self.session[1:] != self.session[:-1]) | (begun[1:] != begun[:-1])
        self.fresh: Flags = fresh
        self.conversation: Ints = np.cumsum(fresh) - 1
        self.starts: Ints = np.flatnonzero(fresh)

    def __len__(self) -> int:
        return len(self.moment)

    @cached_property
    def ends(self) -> Ints:
        """The place after the last turn of each conversation."""
        return ends_of(self.starts, len(self))

    @cached_property
    def begun(self) -> Ints:
        """When each conversation began, in microseconds since 1970."""
        begun: Ints = self.figures["begun"][self.starts]
        return begun

    def only(self, wanted: Flags) -> TurnLog:
        """The selected turns, without their texts."""
        return TurnLog(
            self.kinds,
            session=self.session[wanted],
            moment=self.moment[wanted],
            kind=self.kind[wanted],
            rating=self.rating[wanted],
            figures=self.figures[wanted],
            texts=None,
            keys=self.keys,
        )

    def flags(self, test: Callable[[TurnKind], bool]) -> Flags:
        """For each turn whether its kind passes the test."""
        return self.by_kind([test(kind) for kind in self.kinds], np.bool_)

    def by_kind(self, values: list[Any], kind: Any) -> npt.NDArray[Any]:
        """For each turn the value of its kind, ``values`` being of the kinds in their order."""
        return np.array(values, dtype=kind)[self.kind]

    def codes(self, value_of: Callable[[TurnKind], Any]) -> tuple[Ints, list[Any]]:
        """For each turn the number of its kind's value, and the values in their order."""
        places: dict[Any, int] = {}
        numbers = [places.setdefault(value_of(kind), len(places)) for kind in self.kinds]
        return self.by_kind(numbers, np.int64), list(places)

    def text(self, place: int) -> str:
        """What was said in the turn at this place, obfuscated values by their slots' names."""
        return "" if self._texts is None else self._texts[self._order[place]]

    def kind_at(self, place: int) -> TurnKind:
        """The kind of the turn at this place."""
        return self.kinds[int(self.kind[place])]


def ends_of(starts: Ints, rows: int) -> Ints:
    """The place after each stretch of rows, from where they start."""
    return np.append(starts[1:], rows)[: len(starts)].astype(np.int64)


async def read_log(
    store: stores.SessionStore,
    bot_id: str,
    *,
    after: datetime | None = None,
    before: datetime | None = None,
    texts: bool = False,
    keys: bool = False,
) -> TurnLog:
    """The turns of a bot from ``after`` on and earlier than ``before``.

    ``texts`` and ``keys`` say whether texts and session ids are read, too.

    Raises:
        stores.StoreError: the store cannot be used.
    """
    counted = await store.counted(bot_id, after=after, before=before, texts=texts, keys=keys)
    if counted.uncounted and not keys:
        counted = await store.counted(bot_id, after=after, before=before, texts=texts, keys=True)
    return await asyncio.to_thread(log_of, counted)


def log_of(counted: stores.CountedTurns) -> TurnLog:
    """The turns that a store has read, with those of earlier releases among them."""
    numbers = sorted(counted.kind_of)
    kinds = [_decode_kind(counted.kind_of[number]) for number in numbers]
    session = np.array(counted.sessions, dtype=np.int64)
    moment = np.array(counted.moments, dtype=np.int64)
    kind = np.searchsorted(np.array(numbers, dtype=np.int64), counted.kinds).astype(np.int64)
    rating = np.array(counted.ratings, dtype=np.int64)
    figures = np.frombuffer(counted.figures, dtype=FIGURES)
    texts = counted.texts
    if counted.uncounted:
        begun: dict[int, set[int]] = defaultdict(set)
        for one, start in zip(counted.sessions, figures["begun"].tolist(), strict=True):
            begun[one].add(start)
        known = {one: sorted(starts) for one, starts in begun.items()}
        earlier = read_earlier(counted.uncounted, counted.keys, known)
        known_kinds = {each: place for place, each in enumerate(kinds)}
        of_earlier = [known_kinds.setdefault(one.kind, len(known_kinds)) for one in earlier]
        kinds = list(known_kinds)
        session = np.append(session, [one.session for one in earlier]).astype(np.int64)
        moment = np.append(moment, [one.moment for one in earlier]).astype(np.int64)
        kind = np.append(kind, of_earlier).astype(np.int64)
        rating = np.append(rating, [one.rating for one in earlier]).astype(np.int64)
        added = np.frombuffer(b"".join(one.figures for one in earlier), dtype=FIGURES)
        figures = np.concatenate((figures, added))
        order = np.argsort(moment, kind="stable")
        session, moment, kind = session[order], moment[order], kind[order]
        rating, figures = rating[order], figures[order]
        if texts is not None:
            words = [*texts, *(one.text for one in earlier)]
            texts = [words[place] for place in order]
    return TurnLog(
        kinds,
        session=session,
        moment=moment,
        kind=kind,
        rating=rating,
        figures=figures,
        texts=texts,
        keys=counted.keys,
    )
