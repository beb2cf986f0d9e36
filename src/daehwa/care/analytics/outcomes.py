"""How intents, their stages and conversations ended, by Lex's own definitions.

Of an intent that was invoked:
    Success   its state is Fulfilled or ReadyForFulfillment when the dialog action is Close
    Failure   its state is Failed with Close, or FallbackIntent came before it was completed
    Switched  another intent was recognised before it was a success or a failure
    Dropped   the person did not go on

Of a slot that was elicited: filled (Success), not filled even after its retries (Failed), or left,
without an answer or for another intent (Dropped). Of a conversation: what its last intent was; one
that ends in FallbackIntent is a Failure.

Beyond these: a fulfilled or failed intent counts as such, too, where the bot goes on with
ElicitIntent ("anything else?") in place of Close. A conversation that has not been answered yet
counts as dropped.
Source: "Key definitions" of analytics in the Lex V2 guide.
"""

from __future__ import annotations

from functools import cached_property
from typing import Final

import numpy as np

from daehwa.care.analytics.turn_log import Flags, Ints, TurnLog, ends_of
from daehwa.conversation import TurnKind

SUCCESS: Final = 0
FAILURE: Final = 1
DROPPED: Final = 2
SWITCHED: Final = 3
END_STATES: Final = ("Success", "Failure", "Dropped", "Switched")

_ENDED = ("Close", "ElicitIntent")
_NONE: Final = -1


def succeeded(kind: TurnKind) -> bool:
    """Whether the turn ended with its intent a success."""
    if kind.state == "Fulfilled":
        return kind.action in _ENDED
    return kind.state == "ReadyForFulfillment" and kind.action == "Close"


def failed(kind: TurnKind) -> bool:
    """Whether the turn ended with its intent a failure."""
    return kind.state == "Failed" and kind.action in _ENDED


class Intents:
    """The intents that were invoked, in the order of the log.

    Of each: ``start`` and ``last``, the places of its first and last turn, ``intent``, its
    number in ``names``, ``fallback``, ``outcome``, ``next``, the number of the intent that
    came after it in the conversation (-1 for none), and ``level``, its place in the
    conversation's path, from 1 on. ``of_turn`` is the intent's place of each turn, -1 for none.
    """

    def __init__(self, log: TurnLog) -> None:
        intent, self.names = log.codes(lambda kind: kind.intent or "")
        missed = log.flags(lambda kind: kind.missed)
        success, failure = log.flags(succeeded), log.flags(failed)
        nameless = self.names.index("") if "" in self.names else _NONE
        fresh = log.fresh.copy()
        fresh[1:] |= (intent[1:] != intent[:-1]) | success[:-1] | failure[:-1]
        fresh |= missed
        spans = np.flatnonzero(fresh)
        ends = ends_of(spans, len(log))
        real = intent[spans] != nameless
        self.of_turn: Ints = np.where(
            intent == nameless, _NONE, _running(fresh & (intent != nameless))
        )
        self.start: Ints = spans[real]
        self.last: Ints = (ends[real] - 1).astype(np.int64)
        self.intent: Ints = intent[self.start]
        self.fallback: Flags = missed[self.start]
        self.conversation: Ints = log.conversation[self.start]
        followed = np.zeros(len(self.start), dtype=bool)
        followed[:-1] = self.conversation[1:] == self.conversation[:-1]
        self.next: Ints = np.full(len(self.start), _NONE, dtype=np.int64)
        self.next[:-1] = np.where(followed[:-1], self.intent[1:], _NONE)
        into_fallback = np.zeros(len(self.start), dtype=bool)
        into_fallback[:-1] = followed[:-1] & self.fallback[1:]
        self.outcome: Ints = np.select(
            [success[self.last], failure[self.last] | into_fallback, followed],
            [SUCCESS, FAILURE, SWITCHED],
            DROPPED,
        ).astype(np.int64)
        self._log = log

    @cached_property
    def level(self) -> Ints:
        """The place of each in its conversation's path, from 1 on."""
        first = np.ones(len(self.start), dtype=bool)
        first[1:] = self.conversation[1:] != self.conversation[:-1]
        places = np.arange(len(self.start))
        level: Ints = places - np.maximum.accumulate(np.where(first, places, 0)) + 1
        return level

    @cached_property
    def last_of(self) -> Ints:
        """The last intent of each conversation, by its place here; -1 for none."""
        last: Ints = np.full(len(self._log.starts), _NONE, dtype=np.int64)
        last[self.conversation] = np.arange(len(self.start))
        return last

    @cached_property
    def ended(self) -> Ints:
        """How each conversation ended: ``SUCCESS``, ``FAILURE`` or ``DROPPED``."""
        last = self.last_of
        if not len(self.start):
            return np.full(len(last), DROPPED, dtype=np.int64)
        outcome = np.where(self.fallback[last], FAILURE, self.outcome[last])
        ended: Ints = np.where(last == _NONE, DROPPED, outcome)
        return ended

    @cached_property
    def contained(self) -> Flags:
        """Which conversations the bot dealt with: see ``docs/analytics.md``.

        They ended in success, or in an answer of a model or document to what no intent understood.
        """
        log = self._log
        answered = log.flags(
            lambda kind: kind.missed and kind.source != "intent" and kind.error is None
        )
        contained: Flags = (self.ended == SUCCESS) | answered[log.ends - 1]
        return contained

    def path(self, conversation: int) -> list[str]:
        """The names of the intents of a conversation, in order."""
        begin, end = np.searchsorted(self.conversation, [conversation, conversation + 1])
        return [self.names[number] for number in self.intent[begin:end]]


class Stages:
    """The stages that intents went through: slots elicited, confirmations, fulfilments.

    Of each: ``start``, the place of the turn in which it began, ``intent``, its place among the
    intents, ``stage``, its number in ``names`` (pairs of a type and a slot), ``outcome``,
    ``retries`` and ``next``, the number of the intent that was switched to (-1 for none).
    """

    def __init__(self, log: TurnLog, intents: Intents) -> None:
        stage, names = log.codes(_elicits)
        self.names: list[tuple[str, str]] = names
        if ("", "") not in names:
            names.append(("", ""))
        none = names.index(("", ""))
        fresh = log.fresh.copy()
        fresh[1:] |= (stage[1:] != stage[:-1]) | (intents.of_turn[1:] != intents.of_turn[:-1])
        spans = np.flatnonzero(fresh)
        ends = ends_of(spans, len(log))
        real = (stage[spans] != none) & (intents.of_turn[spans] != _NONE)
        start, end = spans[real], ends[real]
        repeated = np.append(0, np.cumsum(log.flags(lambda kind: kind.repeated)))
        retries = repeated[end] - repeated[np.minimum(start + 1, end)]
        self._elicited(log, intents, start, end)
        self.stage: Ints = stage[start]
        self.retries: Ints = retries
        self._add_fulfilments(log, intents)

    def _elicited(self, log: TurnLog, intents: Intents, start: Ints, end: Ints) -> None:
        """How what was elicited in the turns from ``start`` to before ``end`` ended."""
        there = np.minimum(end, len(log) - 1)
        replied = (end < len(log)) & (log.conversation[there] == log.conversation[start])
        within = intents.of_turn[there] == intents.of_turn[start]
        # A slot that is filled says nothing of the confirmation, and the other way round.
        slot = log.flags(lambda kind: kind.action == "ElicitSlot")
        filled = np.where(
            slot[start],
            log.flags(lambda kind: kind.filled)[there],
            log.flags(lambda kind: kind.confirmation == "Confirmed")[there],
        )
        missed = log.flags(lambda kind: kind.missed)[there]
        self.start: Ints = start
        self.intent: Ints = intents.of_turn[start]
        self.outcome: Ints = np.select(
            [replied & within & filled, replied & (within | missed)], [SUCCESS, FAILURE], DROPPED
        ).astype(np.int64)
        other = intents.of_turn[there]
        switched = replied & ~within & ~missed & (other != _NONE)
        self.next: Ints = np.full(len(start), _NONE, dtype=np.int64)
        self.next[switched] = intents.intent[other[switched]]

    def _add_fulfilments(self, log: TurnLog, intents: Intents) -> None:
        outcome = log.by_kind([_fulfilment(kind) for kind in log.kinds], np.int64)
        places = np.flatnonzero((outcome != _NONE) & (intents.of_turn != _NONE))
        self.names.append(("FulfillIntent", ""))
        none = np.full(len(places), _NONE, dtype=np.int64)
        self.start = np.append(self.start, places)
        self.intent = np.append(self.intent, intents.of_turn[places])
        self.outcome = np.append(self.outcome, outcome[places])
        self.next = np.append(self.next, none)
        self.stage = np.append(self.stage, np.full(len(places), len(self.names) - 1))
        self.retries = np.append(self.retries, np.zeros(len(places), dtype=np.int64))


def _elicits(kind: TurnKind) -> tuple[str, str]:
    """What a turn ends with eliciting: the stage's type, and the slot."""
    if kind.action == "ElicitSlot" and kind.slot:
        return kind.action, kind.slot
    return ("ConfirmIntent", "") if kind.action == "ConfirmIntent" else ("", "")


def _fulfilment(kind: TurnKind) -> int:
    """How a fulfilment ended in this turn; -1 if there was none."""
    if kind.missed:
        return _NONE
    if succeeded(kind):
        return SUCCESS
    unfilled = kind.elicited_slot is not None and not kind.filled
    if failed(kind) and kind.confirmation != "Denied" and not unfilled:
        return FAILURE
    return _NONE


def _running(fresh: Flags) -> Ints:
    """The number of the last mark up to each place, from 0 on."""
    running: Ints = np.cumsum(fresh) - 1
    return running
