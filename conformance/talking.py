"""A scenario held through a channel, by the engine of ``daehwa.care.testing``."""

from __future__ import annotations

import itertools
import json
from collections.abc import Mapping
from typing import Any, Final, Protocol

from conformance.scenario import Scenario, State, Turn
from conformance.script import SCRIPTS, Script
from conformance.wording import expected, plain_messages, session_state
from daehwa.care import testing

TEXT: Final = "text/plain; charset=utf-8"
_numbers = itertools.count(1)


class Channel(testing.PlayChannel, Protocol):
    """A way to the bots: in process, boto3 and a live server, boto3 and the real Lex."""

    def address(self, scenario: Scenario) -> dict[str, str]:
        """``botId``, ``botAliasId`` and ``localeId`` of the scenario's bot."""

    def lead(self, name: str) -> dict[str, str]:
        """Lead an alias to a new version, the bot ``name`` as it is; the alias's label."""

    def logged(self, session: str) -> dict[str, Any] | None:
        """The session's last record in the conversation log; ``None`` where it cannot be seen."""


def talk(scenario: Scenario, channel: Channel) -> list[testing.PlayedStep]:
    """Hold the conversation; every turn is taken, whatever became of those before."""
    session = f"conformance-{next(_numbers)}"
    place = {**channel.address(scenario), "sessionId": session}
    steps = (_ScriptedTurn(scenario, turn, channel, session).step() for turn in scenario.talk)
    return list(testing.play(steps, channel, place))


class _ScriptedTurn:
    """A turn of a scenario as a step, with what its code hook replies."""

    def __init__(self, scenario: Scenario, turn: Turn, channel: Channel, session: str) -> None:
        self._turn = turn
        self._channel = channel
        self._session = turn.address.get("sessionId", session)
        self._scripted = scenario.hook is None
        self._script = Script(turn.calls)

    def step(self) -> testing.PlayStep:
        operation, members = request(self._turn)
        return testing.PlayStep(
            operation=operation,
            members=members,
            expectations=(testing.Expectation(member=operation, wanted=expected(self._turn)),),
            address=self._turn.address,
            pause=self._turn.after,
            prepare=self._prepare,
            complete=self._complete,
            inspect=self._inspect,
        )

    def _prepare(self) -> Mapping[str, str]:
        leads = self._turn.leads
        labels = {} if leads is None else self._channel.lead(leads)
        if self._scripted:
            SCRIPTS[self._session] = self._script
        return labels

    def _complete(self, answer: dict[str, Any]) -> None:
        """An empty list and none at all are the same to a client."""
        if self._turn.messages == []:
            answer.setdefault("messages", [])
        if self._turn.contexts == [] and "sessionState" in answer:
            answer["sessionState"].setdefault("activeContexts", [])

    def _inspect(self) -> list[str]:
        problems = self._script.close()
        if self._turn.logs is not None or self._turn.hides:
            problems += _logged(self._turn, self._channel.logged(self._session))
        SCRIPTS.pop(self._session, None)
        return problems


def _logged(turn: Turn, record: dict[str, Any] | None) -> list[str]:
    if record is None:
        return []
    written = json.dumps(record, ensure_ascii=False)
    shown = [f"the log shows {text!r}" for text in turn.hides if text in written]
    return [*map(str, testing.differences(turn.logs or {}, record, "log")), *shown]


def request(turn: Turn) -> tuple[str, dict[str, Any]]:
    """The operation of a turn, and its members beside the address."""
    members: dict[str, Any]
    state = None if turn.with_ is None else sendable(turn.with_)
    if turn.says is not None:
        members = {
            "text": turn.says * turn.times,
            "sessionState": state,
            "requestAttributes": turn.request_attributes,
        }
        return "RecognizeText", _present(members)
    if turn.utters is not None:
        members = {
            "requestContentType": TEXT,
            "responseContentType": TEXT,
            "inputStream": turn.utters.encode(),
            "sessionState": testing.pack(state),
            "requestAttributes": testing.pack(turn.request_attributes),
        }
        return "RecognizeUtterance", _present(members)
    if turn.puts is not None:
        members = {
            "sessionState": sendable(turn.puts),
            "messages": None if turn.gives is None else plain_messages(turn.gives),
            "requestAttributes": turn.request_attributes,
            "responseContentType": TEXT,
        }
        return "PutSession", _present(members)
    return ("DeleteSession" if turn.deletes else "GetSession"), {}


def sendable(given: State) -> dict[str, Any]:
    """A state as clients can send it: botocore has no word for an empty slot."""
    state = session_state(given)
    slots = state.get("intent", {}).get("slots")
    if slots is not None:
        state["intent"]["slots"] = {n: s for n, s in slots.items() if s is not None}
    return state


def _present(members: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in members.items() if value is not None}
