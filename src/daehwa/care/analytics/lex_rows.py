"""What Lex's analytics operations count: sessions, intents, intent stages and utterances, as rows.

Rows are filtered and grouped by attributes, and have metrics, all by the names of Lex's API.
Source: the service model ``lexv2-models``; which operators a filter takes stands in its
``AnalyticsSessionFilter`` and the like.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, ClassVar, Final, Protocol, TypeAlias

import numpy as np
import numpy.typing as npt

from daehwa import lex
from daehwa.care.analytics.outcomes import (
    DROPPED,
    END_STATES,
    FAILURE,
    SUCCESS,
    SWITCHED,
    Intents,
    Stages,
)
from daehwa.care.analytics.turn_log import Flags, Ints, TurnLog
from daehwa.conversation import TurnKind, request_mark

MICROS: Final = 1_000_000
_NUMBER: Final = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(?:s|sec|secs|seconds?)?\s*")
_KIND_ATTRIBUTES: Final[dict[str, Callable[[TurnKind], str]]] = {
    "BotAliasId": lambda kind: kind.alias_id,
    "BotVersion": lambda kind: kind.version,
    "LocaleId": lambda kind: kind.locale_id,
    "Modality": lambda kind: kind.mode,
    "Channel": lambda kind: kind.channel,
}
_STAGE_SEPARATOR: Final = ":"


Amounts: TypeAlias = npt.NDArray[Any]


class RowFilter(Protocol):
    """Selects rows: those whose attribute ``name`` has one of the ``values``."""

    @property
    def name(self) -> str:
        """The attribute."""

    @property
    def operator(self) -> str:
        """``EQ``, or ``GT`` and ``LT`` for durations."""

    @property
    def values(self) -> Sequence[str]:
        """What it is compared with."""


class Rows:
    """Rows of one kind; ``turn`` and ``conversation`` are the places of each row's in the log."""

    peaks: ClassVar[frozenset[str]] = frozenset()
    """The metrics whose ``Max`` is that of a row; of the others it is that of a conversation."""

    def __init__(self, log: TurnLog, intents: Intents, turn: Ints, conversation: Ints) -> None:
        self.log = log
        self.intents = intents
        self.turn = turn
        self.conversation = conversation

    def moments(self, name: str) -> Ints:
        """When each row was, in microseconds: its conversation's begin, or its own turn."""
        if name == "ConversationStartTime":
            return self.log.begun[self.conversation]
        return self.log.moment[self.turn]

    def attribute(self, name: str) -> tuple[Ints, list[str | None]]:
        """For each row the number of its value, and the values."""
        if name == "SessionId":
            sessions, places = np.unique(self.log.session[self.turn], return_inverse=True)
            keys = self.log.keys
            return places, [keys[one].session_id if one in keys else None for one in sessions]
        numbers, values = self.log.codes(_KIND_ATTRIBUTES[name])
        return numbers[self.turn], values

    def metric(self, name: str) -> Amounts:
        """What each row counts."""
        raise NotImplementedError(name)

    def kept(self, filters: Sequence[RowFilter] | None) -> Flags:
        """Which rows pass every filter.

        Raises:
            lex.ValidationException: a filter does not know its operator, or takes a number.
        """
        kept = np.ones(len(self.turn), dtype=bool)
        for one in filters or ():
            kept &= self._passing(one)
        return kept

    def _passing(self, one: RowFilter) -> Flags:
        if one.name == "Duration":
            return self._of_duration(one)
        if one.operator != "EQ":
            raise lex.ValidationException(
                f"The filter {one.name} takes the operator EQ, not {one.operator}."
            )
        if one.name == "OriginatingRequestId":
            marks = self.log.figures["mark"][self.log.starts][self.conversation]
            return np.isin(marks, [request_mark(value) for value in one.values])
        numbers, values = self.attribute(one.name)
        wanted = [self.matches(one.name, value, one.values) for value in values]
        return np.array(wanted, dtype=bool)[numbers]

    def matches(self, name: str, value: str | None, wanted: Sequence[str]) -> bool:  # noqa: ARG002 - for rows with values of more than one name
        """Whether a value is one of those that the filter names."""
        return value in wanted

    def _of_duration(self, one: RowFilter) -> Flags:
        lasted = self.metric("Duration")
        tests = {"EQ": np.equal, "GT": np.greater, "LT": np.less}
        passing = np.zeros(len(lasted), dtype=bool)
        for value in one.values:
            number = _NUMBER.fullmatch(value)
            if number is None:
                raise lex.ValidationException(
                    f"The filter Duration takes seconds, such as 30; {value} is not such a number."
                )
            passing |= tests[one.operator](lasted, float(number[1]))
        return passing


class SessionRows(Rows):
    """Conversations."""

    peaks = frozenset({"Duration", "TurnsPerConversation"})

    def __init__(self, log: TurnLog, intents: Intents) -> None:
        conversations = np.arange(len(log.starts))
        super().__init__(log, intents, log.starts, conversations)

    def attribute(self, name: str) -> tuple[Ints, list[str | None]]:
        """See ``Rows``."""
        if name == "ConversationEndState":
            return self.intents.ended, list(END_STATES)
        if name == "IntentPath":
            paths: dict[str, int] = {}
            numbers = [
                paths.setdefault(self.path(one), len(paths)) for one in range(len(self.turn))
            ]
            return np.array(numbers, dtype=np.int64), list(paths)
        if name == "Modality":
            return self._modality()
        return super().attribute(name)

    def path(self, conversation: int) -> str:
        """The intents of a conversation, as Lex writes a path."""
        return "/" + "/".join(self.intents.path(conversation))

    def _modality(self) -> tuple[Ints, list[str | None]]:
        numbers, values = self.log.codes(_KIND_ATTRIBUTES["Modality"])
        if not len(numbers):
            return numbers, [*values]
        most = np.maximum.reduceat(numbers, self.log.starts)
        least = np.minimum.reduceat(numbers, self.log.starts)
        return np.where(most == least, most, len(values)), [*values, "MultiMode"]

    @cached_property
    def duration(self) -> npt.NDArray[np.float64]:
        """The seconds from each conversation's begin to its last turn."""
        log = self.log
        lasted: npt.NDArray[np.float64] = (log.moment[log.ends - 1] - log.begun) / MICROS
        return lasted

    def metric(self, name: str) -> Amounts:
        """See ``Rows``; seconds of ``Duration``."""
        ended = self.intents.ended
        match name:
            case "Success":
                return _amounts(ended == SUCCESS)
            case "Failure":
                return _amounts(ended == FAILURE)
            case "Dropped":
                return _amounts(ended == DROPPED)
            case "Duration":
                return self.duration
            case "TurnsPerConversation":
                return self.log.ends - self.log.starts
        return np.ones(len(self.turn))


class IntentRows(Rows):
    """Intents that were invoked."""

    def __init__(self, log: TurnLog, intents: Intents) -> None:
        super().__init__(log, intents, intents.start, intents.conversation)

    def attribute(self, name: str) -> tuple[Ints, list[str | None]]:
        """See ``Rows``."""
        if name == "IntentName":
            return self.intents.intent, list(self.intents.names)
        if name == "IntentEndState":
            return self.intents.outcome, list(END_STATES)
        if name == "IntentLevel":
            level = self.intents.level
            return level, [str(number) for number in range(int(level.max(initial=0)) + 1)]
        return super().attribute(name)

    def metric(self, name: str) -> Amounts:
        """See ``Rows``."""
        states = {
            "Success": SUCCESS,
            "Failure": FAILURE,
            "Dropped": DROPPED,
            "Switched": SWITCHED,
        }
        if name in states:
            return _amounts(self.intents.outcome == states[name])
        return np.ones(len(self.turn))


class StageRows(Rows):
    """The stages of intents: ``ElicitSlot:SLOT``, ``ConfirmIntent``, ``FulfillIntent``.

    A filter may leave the slot out.
    """

    peaks = frozenset({"Retry"})

    def __init__(self, log: TurnLog, intents: Intents) -> None:
        self.stages = Stages(log, intents)
        start = self.stages.start
        super().__init__(log, intents, start, log.conversation[start])

    def attribute(self, name: str) -> tuple[Ints, list[str | None]]:
        """See ``Rows``."""
        stages = self.stages
        if name == "IntentStageName":
            names = [_STAGE_SEPARATOR.join(filter(None, one)) for one in stages.names]
            return stages.stage, list(names)
        if name == "SwitchedToIntent":
            return stages.next, [*self.intents.names, None]
        if name == "IntentName":
            return self.intents.intent[stages.intent], list(self.intents.names)
        return super().attribute(name)

    def matches(self, name: str, value: str | None, wanted: Sequence[str]) -> bool:
        """See ``Rows``."""
        short = (value or "").partition(_STAGE_SEPARATOR)[0]
        return value in wanted or (name == "IntentStageName" and short in wanted)

    def metric(self, name: str) -> Amounts:
        """See ``Rows``."""
        if name == "Retry":
            return self.stages.retries
        states = {"Success": SUCCESS, "Failed": FAILURE, "Dropped": DROPPED}
        if name in states:
            return _amounts(self.stages.outcome == states[name])
        return np.ones(len(self.turn))


class UtteranceRows(Rows):
    """Texts that were said; ``UtteranceTimestamp`` is in seconds since 1970."""

    peaks = frozenset({"UtteranceTimestamp"})

    def __init__(self, log: TurnLog, intents: Intents) -> None:
        super().__init__(log, intents, np.arange(len(log)), log.conversation)

    @cached_property
    def detected(self) -> Flags:
        """Which of them activated an intent or a slot."""
        return self.log.flags(lambda kind: kind.understood)

    def attribute(self, name: str) -> tuple[Ints, list[str | None]]:
        """See ``Rows``."""
        if name == "UtteranceState":
            return self.detected.astype(np.int64), ["Missed", "Detected"]
        if name == "UtteranceText":
            return self.texts
        return super().attribute(name)

    @cached_property
    def texts(self) -> tuple[Ints, list[str | None]]:
        """For each turn the number of its text, and the texts."""
        places: dict[str | None, int] = {}
        numbers = [
            places.setdefault(self.log.text(place), len(places)) for place in range(len(self.turn))
        ]
        return np.array(numbers, dtype=np.int64), list(places)

    def metric(self, name: str) -> Amounts:
        """See ``Rows``."""
        match name:
            case "Detected":
                return self.detected
            case "Missed":
                return ~self.detected
            case "UtteranceTimestamp":
                return self.log.moment / MICROS
        return np.ones(len(self.turn))


def _amounts(passing: Flags) -> Amounts:
    """The metric of rows of which some count and some do not."""
    return passing
