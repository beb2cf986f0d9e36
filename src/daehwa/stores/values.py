"""What a store keeps: sessions, and the turns that were taken in them.

Every moment is a ``datetime`` with a time zone. Stores keep microseconds since 1970, so a
moment comes back equal to the one that went in, in UTC.
"""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import Self

import msgspec

from daehwa.chat import Feedback, TurnState

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

# ASCII's unit separator, which no session id has.
_BETWEEN = "\x1f"

LEASE_SECONDS = 3.0
"""How long a running turn counts as being made after its process last said so."""


class SessionKey(msgspec.Struct, frozen=True, cache_hash=True):
    """Which conversation: a session id means something only within a bot, alias and locale.

    ``owner`` is whose it is: the door through which it was begun, and the credential. The same
    id of another owner is another session, so that nobody reaches one of somebody else's.
    """

    bot_id: str
    alias_id: str
    locale_id: str
    session_id: str
    owner: str = ""

    @property
    def stored_id(self) -> str:
        """Owner and session id as a store has them in one text."""
        return f"{self.owner}{_BETWEEN}{self.session_id}" if self.owner else self.session_id

    @classmethod
    def of_stored(cls, bot_id: str, alias_id: str, locale_id: str, stored_id: str) -> Self:
        """The key whose ``stored_id`` this is."""
        owner, between, session_id = stored_id.partition(_BETWEEN)
        if not between:
            return cls(bot_id, alias_id, locale_id, stored_id)
        return cls(bot_id, alias_id, locale_id, session_id, owner)


class Stored(msgspec.Struct, frozen=True, kw_only=True):
    """A session that is alive.

    ``version`` is compared for equality only; it never comes back for another content.
    """

    session: bytes
    version: int
    expires_at: datetime


class Expired(msgspec.Struct, frozen=True, kw_only=True):
    """A session that was left alone for too long. Its content is gone for its readers.

    Whoever begins it again saves with this ``version`` as the expected one, so that of two
    that begin it at once only one does.
    """

    version: int
    expires_at: datetime


class TurnFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What a turn is counted by, apart from its words; both parts are opaque to the store.

    ``kind`` is what many turns share, kept once for all of them; ``figures`` is the turn's own, and
    as long as any other's. Neither holds anything that a person said.
    """

    kind: bytes
    figures: bytes


class TurnRecord(msgspec.Struct, frozen=True, kw_only=True):
    """One message of a person and the reply to it, as the transcript keeps them.

    ``message_id`` is unique within its session. ``reply`` is JSON, opaque to the store;
    ``None`` while there is none. A turn is ``running`` while its answer is still being made,
    then ``done``, or ``incomplete`` when the answer was stopped or cut. ``missed`` marks a
    text that reached FallbackIntent. ``feedback`` is written by ``set_feedback`` alone.

    ``broken_off`` is read, never written: the process that made the answer stopped renewing
    its lease, so nobody makes it any more. Such a turn is ``incomplete``, its ``reply`` is the
    last draft, if there was one, and the same message may be taken again. ``draft`` is read, never
    written, too: the reply so far of a turn that is running. ``facts`` is written only: what
    ``SessionStore.counted`` gives back.
    """

    message_id: str
    text: str
    at: datetime
    reply: bytes | None = None
    state: TurnState = "done"
    missed: bool = False
    feedback: Feedback | None = None
    broken_off: bool = False
    draft: bytes | None = None
    facts: TurnFacts | None = None


class HeldTurn(msgspec.Struct, frozen=True, kw_only=True):
    """A running turn that this process makes; ``draft`` is the reply so far, in JSON."""

    key: SessionKey
    message_id: str
    draft: bytes | None = None


class Missed(msgspec.Struct, frozen=True, kw_only=True):
    """A text that reached FallbackIntent, for whoever looks after the bot."""

    key: SessionKey
    message_id: str
    text: str
    at: datetime


class UncountedTurn(msgspec.Struct, frozen=True, kw_only=True):
    """A turn without facts: an earlier release recorded it. Its reply shows some of them."""

    session: int
    turn: TurnRecord


class CountedTurns(msgspec.Struct, kw_only=True):
    """The turns of a bot, to be counted: the lists are its columns, a turn has one place in each.

    ``sessions`` tell apart the conversations of this value, ``moments`` are microseconds since
    1970, ``kinds`` are the keys of ``kind_of``, ``ratings`` are 1 for a thumb up, -1 for one down,
    else 0, and ``figures`` are those that were saved, one after the other. ``texts`` and ``keys``,
    the sessions by their number, are there for those who want them. ``uncounted`` are turns of an
    earlier release.
    """

    kind_of: dict[int, bytes]
    sessions: list[int]
    moments: list[int]
    kinds: list[int]
    ratings: list[int]
    figures: bytes
    texts: list[str] | None = None
    keys: dict[int, SessionKey] = msgspec.field(default_factory=dict)
    uncounted: tuple[UncountedTurn, ...] = ()


def read_turn(
    *,
    message_id: str,
    text: str,
    at: datetime,
    reply: bytes | None,
    state: TurnState,
    missed: bool,
    feedback: Feedback | None,
    lapsed: bool,
) -> TurnRecord:
    """A turn as its row reads; ``lapsed`` says that its lease, if it had one, is over."""
    running = state == "running" and not lapsed
    # Earlier releases wrote "incomplete" without a reply for a turn whose server had died.
    broken_off = (state == "running" and lapsed) or (state == "incomplete" and reply is None)
    return TurnRecord(
        message_id=message_id,
        text=text,
        at=at,
        reply=None if running else reply,
        state="incomplete" if broken_off else state,
        missed=missed,
        feedback=feedback,
        broken_off=broken_off,
        draft=reply if running else None,
    )


def first_version() -> int:
    """The version of a session that has none yet: random, so that versions never come back.

    A session that is deleted and begun again must not look like the one that somebody
    loaded before. 2**46 leaves Lua's and JavaScript's doubles room to count up exactly.
    """
    return random.getrandbits(46)


def to_micros(moment: datetime) -> int:
    """Microseconds since 1970 of an aware ``moment``, exactly."""
    return (moment - _EPOCH) // _MICROSECOND


def from_micros(micros: int) -> datetime:
    """The moment, in UTC, of ``micros`` since 1970."""
    return _EPOCH + timedelta(microseconds=micros)
