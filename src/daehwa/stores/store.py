"""The contract of every store; ``tests/stores/test_contract.py`` holds each backend to it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from daehwa.chat import Feedback
from daehwa.stores.values import (
    LEASE_SECONDS,
    CountedTurns,
    Expired,
    HeldTurn,
    Missed,
    SessionKey,
    Stored,
    TurnRecord,
)


class SessionStore(Protocol):
    """Where sessions and their transcripts live.

    Several processes may use one store at once. A session is changed by compare-and-set:
    ``save`` names the version that it is based on and is refused when there is another.
    Any method may raise ``StoreUnavailable`` or ``StoreDamaged``, at the latest some seconds
    after it was called, whatever has become of the store; after an error nothing of the call
    was written. None blocks the event loop while it waits.
    """

    async def load(self, key: SessionKey, now: datetime) -> Stored | Expired | None:
        """The session as it stands at ``now``; ``None`` if there is none.

        A session whose ``expires_at`` has come is ``Expired``.
        """
        ...

    async def save(
        self,
        key: SessionKey,
        session: bytes,
        *,
        expected_version: int | None,
        expires_at: datetime,
        turn: TurnRecord | None = None,
        started: bool = False,
    ) -> int:
        """Write the session, and the turn that led to it, in one transaction.

        ``expected_version`` is that of the ``Stored`` or ``Expired`` that the caller loaded,
        ``None`` if it found nothing. A ``turn`` that is recorded as running or was broken off
        is overwritten: this is how a long turn ends together with its session. ``started``
        says that it was recorded as running before: if it is there no more, it was forgotten.

        Returns:
            The session's new version.

        Raises:
            StaleSession: the session has another version, exists against expectation, or its
                turn was forgotten.
            DuplicateTurn: a turn with this message id has been finished before.
        """
        ...

    async def delete(self, key: SessionKey, *, transcript: bool = True) -> bool:
        """End the session, and forget its transcript unless ``transcript`` is false.

        What was forgotten is overwritten, not only unlinked, where the store can do so.

        Returns:
            Whether there was a session, expired or not.
        """
        ...

    async def forget_turns(
        self,
        bot_id: str,
        *,
        locale_id: str | None = None,
        session_id: str | None = None,
        limit: int = 1000,
    ) -> int:
        """Forget turns of a bot that have ended, and keep the sessions that they were said in.

        ``session_id`` is that of every owner's conversation, as in ``sessions``. At most
        ``limit`` turns, or those of so many conversations, so that one call never holds up
        the turns that are being taken; call again until none is left. What was forgotten is
        overwritten as in ``delete``. A turn that is being made stays.

        Returns:
            How many were forgotten.
        """
        ...

    async def sessions(self, session_id: str) -> tuple[SessionKey, ...]:
        """Every conversation, under whichever bot, that has this id; may take long."""
        ...

    async def start_turn(
        self, key: SessionKey, turn: TurnRecord, *, lease_seconds: float = LEASE_SECONDS
    ) -> None:
        """Record a turn, usually a running one, without touching the session.

        A running turn is leased for ``lease_seconds`` by the store's own clock; unless
        ``renew_turns`` extends the lease, the turn reads as broken off when it is over. A turn
        that was broken off begins again, in its old place.

        Raises:
            DuplicateTurn: the message id is recorded already, and was not broken off.
        """
        ...

    async def renew_turns(
        self, held: Iterable[HeldTurn], *, lease_seconds: float = LEASE_SECONDS
    ) -> tuple[HeldTurn, ...]:
        """Extend the leases of running turns and write their drafts; 0 seconds give them up.

        A turn that has ended meanwhile is left as it is.

        Returns:
            Those of the running turns that ``stop_turn`` was called for.
        """
        ...

    async def stop_turn(self, key: SessionKey, message_id: str) -> bool:
        """Ask whoever makes this turn to end it with what was said so far.

        They learn of it when they next renew the turn's lease.

        Returns:
            Whether the turn is being made.
        """
        ...

    async def turn(self, key: SessionKey, message_id: str) -> TurnRecord | None:
        """The turn with this message id, if it was ever taken in the session."""
        ...

    async def turns(
        self, key: SessionKey, *, limit: int = 50, before: str | None = None
    ) -> tuple[TurnRecord, ...]:
        """The last ``limit`` turns, oldest first, in the order in which they were recorded.

        ``before``, a message id, gives those before that turn (none if it is unknown). The
        transcript of an expired session is still there.
        """
        ...

    async def set_feedback(
        self, key: SessionKey, message_id: str, feedback: Feedback | None
    ) -> bool:
        """Write what the person thought of a reply, or take it back with ``None``.

        Returns:
            Whether there is such a turn.
        """
        ...

    async def sessions_of(
        self, bot_id: str, *, locale_id: str | None = None, limit: int = 100
    ) -> tuple[SessionKey, ...]:
        """The sessions of a bot, ended ones with a transcript too; those that expire last first."""
        ...

    async def missed(
        self,
        bot_id: str,
        *,
        locale_id: str | None = None,
        limit: int = 100,
        before: datetime | None = None,
    ) -> tuple[Missed, ...]:
        """The texts that reached FallbackIntent, latest first, said earlier than ``before``."""
        ...

    async def counted(
        self,
        bot_id: str,
        *,
        after: datetime | None = None,
        before: datetime | None = None,
        texts: bool = False,
        keys: bool = False,
    ) -> CountedTurns:
        """The turns of a bot that have ended, from ``after`` on and earlier than ``before``.

        Those of one session come in the order of their recording. ``texts`` and ``keys`` ask
        for more than what is counted. Every turn is read, whatever the period, so do not call
        this while a turn is taken.
        """
        ...

    async def purge(self, before: datetime, *, limit: int = 1000) -> int:
        """Forget sessions that expired earlier than ``before``, transcripts included.

        At most ``limit`` of them, so that one call never holds up the turns that are being
        taken; call again while it returns ``limit``.

        Returns:
            How many were forgotten.
        """
        ...

    async def empty(
        self, after: datetime, before: datetime, *, limit: int = 1000
    ) -> datetime | None:
        """Drop the content of sessions that expired from ``after`` on and before ``before``.

        They stay expired sessions, and keep their transcripts.

        Returns:
            Where to go on after ``limit`` of them; ``None`` when there are no more.
        """
        ...

    async def give_back_space(self) -> bool:
        """Give a little of the space of what was forgotten back to the disk.

        Returns:
            Whether there is more of it: call again.
        """
        ...

    async def upkeep_note(self) -> bytes | None:
        """What ``set_upkeep_note`` wrote last; ``None`` if it never did."""
        ...

    async def set_upkeep_note(self, note: bytes) -> None:
        """Keep what those who look after the store have to know beyond their own end."""
        ...

    async def ping(self) -> None:
        """Make sure that the store can be used, by writing a little.

        Raises:
            StoreError: it cannot.
        """
        ...

    async def close(self) -> None:
        """Release files and connections; harmless if repeated."""
        ...
