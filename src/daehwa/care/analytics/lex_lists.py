"""The results of Lex's operations that list sessions, utterances and the paths of intents."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any, Final

import msgspec
import numpy as np

from daehwa import stores
from daehwa.care.analytics.lex_rows import MICROS, SessionRows, UtteranceRows
from daehwa.care.analytics.outcomes import END_STATES
from daehwa.care.analytics.turn_log import Ints, TurnLog

_TEXT: Final = "text/plain; charset=utf-8"
_TURNS: Final = 200

StoredTurns = dict[int, stores.TurnRecord]


async def stored_turns(
    store: stores.SessionStore, log: TurnLog, places: Iterable[int]
) -> StoredTurns:
    """The turns at these places as the store has them; those that were forgotten are left out."""
    wanted: defaultdict[int, dict[int, int]] = defaultdict(dict)
    for place in places:
        wanted[int(log.session[place])][int(log.moment[place])] = place
    stored: StoredTurns = {}
    for session, moments in wanted.items():
        key = log.keys.get(session)
        before: str | None = None
        while key is not None and moments:
            turns = await store.turns(key, limit=_TURNS, before=before)
            if not turns:
                break
            for turn in turns:
                moment = stores.to_micros(turn.at)
                if moment in moments:
                    stored[moments.pop(moment)] = turn
            before = turns[0].message_id
    return stored


def session_members(rows: SessionRows, place: int, stored: StoredTurns) -> dict[str, Any]:
    """A conversation as Lex's ``SessionSpecification``."""
    log = rows.log
    start = int(log.starts[place])
    numbers, values = rows.attribute("Modality")
    return {
        **_of_session(log, start, int(log.begun[place]), int(log.moment[log.ends[place] - 1])),
        "conversationDurationSeconds": int(rows.duration[place]),
        "conversationEndState": END_STATES[rows.intents.ended[place]],
        "mode": values[numbers[place]],
        "numberOfTurns": int(log.ends[place] - start),
        "invokedIntentSamples": [
            {"intentName": name} for name in dict.fromkeys(rows.intents.path(place))
        ],
        "originatingRequestId": _reply(stored.get(start)).get("requestId") or None,
    }


def utterance_members(rows: UtteranceRows, place: int, stored: StoredTurns) -> dict[str, Any]:
    """A text as Lex's ``UtteranceSpecification``; values that are obfuscated stay so."""
    log = rows.log
    kind = log.kind_at(place)
    conversation = int(log.conversation[place])
    reply = _reply(stored.get(place))
    slots = reply.get("slots") or {}
    end = int(log.moment[log.ends[conversation] - 1])
    return {
        **_of_session(log, place, int(log.begun[conversation]), end),
        "mode": kind.mode,
        "utterance": log.text(place),
        "utteranceTimestamp": int(log.moment[place]) / MICROS,
        "utteranceUnderstood": bool(rows.detected[place]),
        "inputType": _TEXT if kind.mode == "Text" else None,
        "outputType": _TEXT if kind.mode == "Text" else None,
        "associatedIntentName": kind.intent,
        "associatedSlotName": kind.elicited_slot,
        "intentState": kind.state,
        "dialogActionType": kind.action,
        "slotsFilledInSession": ", ".join(name for name, slot in slots.items() if slot) or None,
        "botResponses": [_response(message) for message in reply.get("messages") or ()],
    }


def _of_session(log: TurnLog, place: int, begun: int, ended: int) -> dict[str, Any]:
    kind = log.kind_at(place)
    key = log.keys.get(int(log.session[place]))
    return {
        "botAliasId": kind.alias_id,
        # The model takes numbers alone: the draft's turns come without.
        "botVersion": kind.version if kind.version.isdecimal() else None,
        "localeId": kind.locale_id,
        "channel": kind.channel,
        "sessionId": None if key is None else key.session_id,
        "conversationStartTime": begun / MICROS,
        "conversationEndTime": ended / MICROS,
    }


def _reply(turn: stores.TurnRecord | None) -> dict[str, Any]:
    try:
        reply = msgspec.json.decode((turn and turn.reply) or b"{}")
    except msgspec.MsgspecError:
        return {}
    return reply if isinstance(reply, dict) else {}


def _response(message: dict[str, Any]) -> dict[str, Any]:
    members = ("content", "contentType", "imageResponseCard")
    return {name: message[name] for name in members if message.get(name) is not None}


def path_nodes(rows: SessionRows, places: Ints, path: str) -> list[dict[str, Any]]:
    """The node at the end of a path, and those one intent further, as Lex's summaries of nodes.

    A node through which conversations go on is ``Inner``, one at which they end ``Exit``.
    ``/`` alone is before the first intent.
    """
    wanted = [name for name in path.split("/") if name]
    nodes: Counter[tuple[tuple[str, ...], str]] = Counter()
    for place in places.tolist():
        taken = rows.intents.path(place)
        if taken[: len(wanted)] != wanted:
            continue
        for length in range(max(len(wanted), 1), min(len(wanted) + 1, len(taken)) + 1):
            node = "Exit" if length == len(taken) else "Inner"
            nodes[tuple(taken[:length]), node] += 1
    ordered = sorted(nodes.items(), key=lambda one: (len(one[0][0]), -one[1], one[0]))
    return [
        {
            "intentName": names[-1],
            "intentPath": "/" + "/".join(names),
            "intentCount": count,
            "intentLevel": len(names),
            "nodeType": node,
        }
        for (names, node), count in ordered[:100]
    ]


def aggregated(rows: UtteranceRows, places: Ints) -> list[dict[str, Any]]:
    """The texts of these turns, each once, as Lex's summaries of aggregated utterances."""
    numbers, texts = rows.texts
    moments, detected = rows.log.moment, rows.detected
    summaries: dict[int, dict[str, Any]] = {}
    for place in places[np.argsort(moments[places], kind="stable")].tolist():
        at = int(moments[place]) / MICROS
        summary = summaries.setdefault(
            int(numbers[place]),
            {
                "utterance": texts[numbers[place]],
                "hitCount": 0,
                "missedCount": 0,
                "utteranceFirstRecordedInAggregationDuration": at,
            },
        )
        summary["hitCount" if detected[place] else "missedCount"] += 1
        summary["utteranceLastRecordedInAggregationDuration"] = at
        summary["containsDataFromDeletedResources"] = False
    return list(summaries.values())
