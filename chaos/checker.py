"""Reads a history and says what in it must not be.

A bot's ledger, the list of the tokens that were said in a session, shows at one glance what
became of earlier turns: one that is missing was lost, one that is there twice was taken twice,
one out of its order was taken across another, and another session's was mixed up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import msgspec

from chaos.history import Attempt, History, Outage, Reading

# A connection may be found cut a moment after the fault's end.
_SETTLING = 5.0
# What an error is called that nobody foresaw; Lex calls every fault of a server so (503 then).
_UNFORESEEN = "InternalServerException"


class Violation(msgspec.Struct, frozen=True, kw_only=True):
    """Something that must not be: of what kind, and where."""

    kind: str
    session: str
    words: str


def check(history: History) -> list[Violation]:
    """Everything that is wrong with a history."""
    return list(_check(history))


def _check(history: History) -> Iterator[Violation]:
    of: dict[str, list[Attempt]] = {}
    for attempt in sorted(history.attempts, key=lambda one: one.sent):
        of.setdefault(attempt.turn.session, []).append(attempt)
    owners = {attempt.turn.token: attempt.turn.session for attempt in history.attempts}
    readings = {reading.session: reading for reading in history.readings}
    for session, attempts in of.items():
        reader = _Session(session, attempts, owners, history)
        yield from reader.replies()
        if session in readings:
            yield from reader.reading(readings[session])
    yield from _ends(history)
    yield from _health(history)


class _Session:
    """The attempts of one session, in the order in which they were sent."""

    def __init__(
        self, name: str, attempts: list[Attempt], owners: dict[str, str], history: History
    ) -> None:
        self._name = name
        self._attempts = attempts
        self._owners = owners
        self._losses = [outage for outage in history.outages if outage.loses]
        self._numbers = {attempt.turn.token: attempt.turn.number for attempt in attempts}

    def replies(self) -> Iterator[Violation]:
        """What is wrong with the replies that came."""
        for attempt in self._attempts:
            if attempt.outcome != "acknowledged":
                continue
            turn = attempt.turn
            if turn.ledger:
                tokens = tuple(attempt.reply.split())
                yield from self._ledger(tokens, attempt.sent, attempt.ended)
                if not tokens or tokens[-1] != turn.token:
                    yield self._wrong("mixed up", f"{turn.token} was answered {attempt.reply!r}")
            elif attempt.whole and turn.echoes and turn.token not in attempt.reply:
                yield self._wrong("mixed up", f"{turn.token} was answered {attempt.reply!r}")
            else:
                yield from self._foreign(tuple(attempt.reply.split()))

    def reading(self, reading: Reading) -> Iterator[Violation]:
        """What is wrong with the session as it was read at the end."""
        if reading.fault:
            yield self._wrong("unreadable", reading.fault)
        if reading.ledger is not None:
            yield from self._ledger(reading.ledger, reading.at, reading.at)
        if reading.transcript is not None:
            yield from self._transcript(reading)

    def _ledger(self, tokens: tuple[str, ...], sent: float, at: float) -> Iterator[Violation]:
        yield from self._foreign(tokens)
        for token, count in Counter(tokens).items():
            if count > 1:
                yield self._wrong("doubled", f"{token} stands {count} times in {tokens}")
        acknowledged = [
            attempt
            for attempt in self._attempts
            if attempt.outcome == "acknowledged" and attempt.turn.ledger and attempt.ended <= sent
        ]
        for attempt in acknowledged:
            token = attempt.turn.token
            if token not in tokens and not self._excused(attempt, at):
                yield self._wrong("lost", f"{token} is not in {tokens}")
        known = {attempt.turn.token for attempt in acknowledged}
        numbers = [self._numbers[token] for token in tokens if token in known]
        if numbers != sorted(numbers):
            yield self._wrong("interleaved", f"the order is {tokens}")

    def _transcript(self, reading: Reading) -> Iterator[Violation]:
        stored = reading.transcript or ()
        for message_id, count in Counter(turn.message_id for turn in stored).items():
            if count > 1:
                yield self._wrong("doubled", f"{message_id} stands {count} times in the transcript")
        by_id = {turn.message_id: turn for turn in stored}
        for turn in stored:
            yield from self._foreign(tuple(turn.text.split()))
            yield from self._foreign(tuple(turn.reply.split()))
        acknowledged = [attempt for attempt in self._attempts if attempt.outcome == "acknowledged"]
        for attempt in acknowledged:
            kept = by_id.get(attempt.turn.message_id or "")
            if kept is None:
                if not self._excused(attempt, reading.at):
                    yield self._wrong("lost", f"{attempt.turn.token} is not in the transcript")
            elif kept.reply != attempt.reply and not self._excused(attempt, reading.at):
                yield self._wrong(
                    "doubled",
                    f"{attempt.turn.token} was answered {attempt.reply!r}, and the transcript has"
                    f" {kept.reply!r}",
                )
        places = {turn.message_id: place for place, turn in enumerate(stored)}
        order = [places[a.turn.message_id] for a in acknowledged if a.turn.message_id in places]
        if order != sorted(order):
            yield self._wrong("interleaved", f"the transcript's order is {order}")

    def _foreign(self, tokens: tuple[str, ...]) -> Iterator[Violation]:
        for token in tokens:
            owner = self._owners.get(token)
            if owner is not None and owner != self._name:
                yield self._wrong("mixed up", f"{token} is of session {owner}")

    def _excused(self, attempt: Attempt, at: float) -> bool:
        """Whether the store that may have held it was taken away before ``at``."""
        return any(loss.begun <= at and attempt.sent <= loss.ended for loss in self._losses)

    def _wrong(self, kind: str, words: str) -> Violation:
        return Violation(kind=kind, session=self._name, words=words)


def _ends(history: History) -> Iterator[Violation]:
    """Requests that did not end as they have to."""
    for attempt in history.attempts:
        words = f"{attempt.door} {attempt.turn.token} at {attempt.sent:.1f}"
        took = attempt.ended - attempt.sent
        if attempt.outcome == "silent" or took > history.deadline:
            yield _end("no answer", attempt, f"{words}: {took:.1f} s")
        elif attempt.outcome == "cut" and not _cutting(attempt, history.outages):
            yield _end("cut", attempt, f"{words}: ended without a word ({attempt.code})")
        elif attempt.outcome == "refused" and not _is_clear(attempt):
            yield _end("unclear", attempt, f"{words}: {attempt.status} {attempt.code}")


def _is_clear(attempt: Attempt) -> bool:
    """Whether an error says what it is; in a stream it has no status of its own (0)."""
    unforeseen = attempt.status == 500 or (attempt.status == 0 and attempt.code == _UNFORESEEN)
    return bool(attempt.code) and not unforeseen


def _end(kind: str, attempt: Attempt, words: str) -> Violation:
    return Violation(kind=kind, session=attempt.turn.session, words=words)


def _cutting(attempt: Attempt, outages: list[Outage]) -> bool:
    return any(
        outage.cuts
        and attempt.ended >= outage.begun
        and attempt.sent <= (outage.healthy or outage.ended) + _SETTLING
        for outage in outages
    )


def _health(history: History) -> Iterator[Violation]:
    for outage in history.outages:
        allowed = history.recovery + outage.starting
        if outage.healthy is None or outage.healthy - outage.ended > allowed:
            took = "never" if outage.healthy is None else f"{outage.healthy - outage.ended:.1f} s"
            yield Violation(
                kind="unhealthy", session="", words=f"after {outage.fault}: well again {took}"
            )
