"""A scenario held through a channel: requests sent, responses compared."""

from __future__ import annotations

import base64
import gzip
import itertools
import json
from typing import Any, Final, Protocol

import msgspec

from conformance.matching import BEFORE, differences
from conformance.scenario import Scenario, State, Turn
from conformance.script import SCRIPTS, Script
from conformance.wording import expected, plain_messages, session_state

TEXT: Final = "text/plain; charset=utf-8"
_PACKED: Final = (
    "messages",
    "interpretations",
    "sessionState",
    "requestAttributes",
    "inputTranscript",
)
_numbers = itertools.count(1)


class Channel(Protocol):
    """A way to the bots: in process, boto3 and a live server, boto3 and the real Lex."""

    def address(self, scenario: Scenario) -> dict[str, str]:
        """``botId``, ``botAliasId`` and ``localeId`` of the scenario's bot."""

    def send(self, operation: str, members: dict[str, Any]) -> dict[str, Any]:
        """The response as botocore parses it, errors too (``Error``: ``Code``, ``Message``)."""

    def wait(self, seconds: float) -> None:
        """Let time pass."""

    def lead(self, name: str) -> dict[str, str]:
        """Lead an alias to a new version, the bot ``name`` as it is; the alias's label."""

    def logged(self, session: str) -> dict[str, Any] | None:
        """The session's last record in the conversation log; ``None`` where it cannot be seen."""


class Exchange(msgspec.Struct, frozen=True, kw_only=True):
    """A turn as it went: what was sent, what came back, what was not as expected."""

    operation: str
    sent: dict[str, Any]
    answer: dict[str, Any]
    problems: list[str]


def talk(scenario: Scenario, channel: Channel) -> list[Exchange]:
    """Hold the conversation; every turn is taken, whatever became of those before."""
    session = f"conformance-{next(_numbers)}"
    place = {**channel.address(scenario), "sessionId": session}
    exchanges: list[Exchange] = []
    for turn in scenario.talk:
        if turn.after:
            channel.wait(turn.after)
        if turn.leads is not None:
            place |= channel.lead(turn.leads)
        script = Script(turn.calls)
        named = turn.address.get("sessionId", session)
        if scenario.hook is None:
            SCRIPTS[named] = script
        operation, members = request(turn)
        answer = response(operation, channel.send(operation, {**place, **turn.address, **members}))
        # An empty list and none at all are the same to a client.
        if turn.messages == []:
            answer.setdefault("messages", [])
        if turn.contexts == [] and "sessionState" in answer:
            answer["sessionState"].setdefault("activeContexts", [])
        wanted = recalled(expected(turn), exchanges[-1].answer if exchanges else None)
        problems = list(differences(wanted, answer, operation))
        if turn.error is None and "error" in answer:
            problems = [f"{operation} failed: {answer['error']}"]
        problems += script.close()
        if turn.logs is not None or turn.hides:
            problems += _logged(turn, channel.logged(named))
        SCRIPTS.pop(named, None)
        exchanges.append(
            Exchange(operation=operation, sent=members, answer=answer, problems=problems)
        )
    return exchanges


def _logged(turn: Turn, record: dict[str, Any] | None) -> list[str]:
    if record is None:
        return []
    written = json.dumps(record, ensure_ascii=False)
    shown = [f"the log shows {text!r}" for text in turn.hides if text in written]
    return [*differences(turn.logs or {}, record, "log"), *shown]


def recalled(expected: Any, before: Any) -> Any:
    """The expectation with each ``"<before>"`` as what the last response had in its place."""
    if expected == BEFORE:
        return before
    if isinstance(expected, dict):
        known = before if isinstance(before, dict) else {}
        return {name: recalled(inner, known.get(name)) for name, inner in expected.items()}
    return expected


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
            "sessionState": pack(state),
            "requestAttributes": pack(turn.request_attributes),
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


def response(operation: str, parsed: dict[str, Any]) -> dict[str, Any]:
    """A parsed response as plain members, those of headers unpacked, an error by its code."""
    answer = {n: v for n, v in parsed.items() if n not in ("ResponseMetadata", "Error")}
    metadata = parsed["ResponseMetadata"]
    answer["status"] = metadata["HTTPStatusCode"]
    answer["headers"] = dict(metadata.get("HTTPHeaders", {}))
    if "Error" in parsed:
        error = parsed["Error"]
        answer["error"] = {"code": error["Code"], "message": error["Message"]}
        return answer
    if operation in ("RecognizeUtterance", "PutSession"):
        stream = answer.pop("audioStream", None)
        if stream is not None:
            answer["audio"] = len(stream if isinstance(stream, bytes | str) else stream.read())
        answer |= {n: unpack(answer[n]) for n in _PACKED if n in answer}
    return answer


def pack(value: Any) -> str | None:
    """JSON, gzipped, in base 64, as headers carry it."""
    if value is None:
        return None
    return base64.b64encode(gzip.compress(json.dumps(value).encode(), mtime=0)).decode()


def unpack(header: str) -> Any:
    """The JSON in a header."""
    return json.loads(gzip.decompress(base64.b64decode(header)))
