"""Lex's analytics operations: from a request to the members of its response.

A conversation, with its intents and stages, counts if it began in the requested time;
an utterance if it was said then. What came after that time is not looked at.
Source: botocore's service model ``lexv2-models`` 2020-08-07, and "Using APIs for analytics" and
"Viewing utterance statistics" in the Lex V2 guide.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import numpy as np

from daehwa import lex, stores
from daehwa.care.analytics.lex_lists import (
    aggregated,
    path_nodes,
    session_members,
    stored_turns,
    utterance_members,
)
from daehwa.care.analytics.lex_metrics import check_orders, results_of
from daehwa.care.analytics.lex_pages import cut
from daehwa.care.analytics.lex_rows import (
    IntentRows,
    Rows,
    SessionRows,
    StageRows,
    UtteranceRows,
)
from daehwa.care.analytics.outcomes import Intents
from daehwa.care.analytics.turn_log import Flags, TurnLog, read_log

Request = Any
"""A request as the API's shapes have it: its members are attributes in Python's spelling."""

Members = dict[str, Any]
Operation = Callable[[stores.SessionStore, Request], Awaitable[Members]]

_NEEDS_KEYS: Final = frozenset({"SessionId"})
_NEEDS_TEXTS: Final = frozenset({"UtteranceText"})
_DURATIONS: Final = {
    "Hours": ((1, 3, 6, 12, 24), timedelta(hours=1)),
    "Days": ((3,), timedelta(days=1)),
    "Weeks": ((1, 2), timedelta(weeks=1)),
}
_LATEST: Final = datetime(9999, 1, 1, tzinfo=UTC).timestamp()


async def list_session_metrics(store: stores.SessionStore, request: Request) -> Members:
    """ListSessionMetrics."""
    return await _metrics(store, request, SessionRows)


async def list_intent_metrics(store: stores.SessionStore, request: Request) -> Members:
    """ListIntentMetrics."""
    return await _metrics(store, request, IntentRows)


async def list_intent_stage_metrics(store: stores.SessionStore, request: Request) -> Members:
    """ListIntentStageMetrics."""
    return await _metrics(store, request, StageRows)


async def list_utterance_metrics(store: stores.SessionStore, request: Request) -> Members:
    """ListUtteranceMetrics."""
    return await _metrics(store, request, UtteranceRows)


async def _metrics(
    store: stores.SessionStore,
    request: Request,
    sort: Callable[[TurnLog, Intents], Rows],
) -> Members:
    check_orders(request)
    names = {one.name for one in (*(request.filters or ()), *(request.group_by or ()))}
    log, intents = await _read(store, request, names)
    with_intents = bool(getattr(request, "attributes", None))

    def count() -> tuple[list[Members], str | None]:
        rows = sort(log, intents)
        return results_of(rows, _wanted(rows, request), request, intents=with_intents)

    # In a thread, because others talk meanwhile.
    results, token = await asyncio.to_thread(count)
    return {"botId": request.bot_id, "results": results, "nextToken": token}


async def list_session_analytics_data(store: stores.SessionStore, request: Request) -> Members:
    """ListSessionAnalyticsData."""
    log, intents = await _read(store, request, {"SessionId"})
    rows = SessionRows(log, intents)
    wanted = np.flatnonzero(_wanted(rows, request) & rows.kept(request.filters))
    name = "ConversationStartTime" if request.sort_by is None else request.sort_by.name
    values = {
        "ConversationStartTime": log.begun,
        "NumberOfTurns": log.ends - log.starts,
        "Duration": rows.duration,
    }[name][wanted]
    page, token = cut(_sorted(wanted, values, request), request.max_results, request.next_token)
    stored = await stored_turns(store, log, [int(log.starts[place]) for place in page])
    sessions = [session_members(rows, place, stored) for place in page]
    return {"botId": request.bot_id, "sessions": sessions, "nextToken": token}


async def list_utterance_analytics_data(store: stores.SessionStore, request: Request) -> Members:
    """ListUtteranceAnalyticsData."""
    log, intents = await _read(store, request, {"SessionId", "UtteranceText"})
    rows = UtteranceRows(log, intents)
    wanted = np.flatnonzero(_wanted(rows, request) & rows.kept(request.filters))
    listed = _sorted(wanted, log.moment[wanted], request)
    page, token = cut(listed, request.max_results, request.next_token)
    stored = await stored_turns(store, log, page)
    utterances = [utterance_members(rows, place, stored) for place in page]
    return {"botId": request.bot_id, "utterances": utterances, "nextToken": token}


async def list_intent_paths(store: stores.SessionStore, request: Request) -> Members:
    """ListIntentPaths."""
    if not request.intent_path.startswith("/"):
        raise lex.ValidationException("The intentPath begins with a slash, such as /BookHotel.")
    log, intents = await _read(store, request, {one.name for one in request.filters or ()})
    rows = SessionRows(log, intents)
    wanted = np.flatnonzero(_wanted(rows, request) & rows.kept(request.filters))
    nodes = await asyncio.to_thread(path_nodes, rows, wanted, request.intent_path)
    # The model knows no empty list of them.
    return {"nodeSummaries": nodes or None}


async def list_aggregated_utterances(store: stores.SessionStore, request: Request) -> Members:
    """ListAggregatedUtterances, up to this moment: here nothing is aggregated beforehand."""
    if request.bot_alias_id is not None and request.bot_version is not None:
        raise lex.ValidationException("Give either the botAliasId or the botVersion, not both.")
    end = datetime.now(UTC)
    begin = end - _duration(request)
    log = await read_log(store, request.bot_id, after=begin, before=end, texts=True)
    rows = UtteranceRows(log, Intents(log))
    wanted = log.flags(
        lambda kind: (
            kind.locale_id == request.locale_id
            and request.bot_alias_id in (None, kind.alias_id)
            and request.bot_version in (None, kind.version)
        )
    )
    listed = await asyncio.to_thread(aggregated, rows, np.flatnonzero(wanted))
    for one in request.filters or ():
        listed = [
            each
            for each in listed
            if (
                each["utterance"] in one.values
                if one.operator == "EQ"
                else any(value in each["utterance"] for value in one.values)
            )
        ]
    by, reverse = "hitCount", True
    if request.sort_by is not None:
        by = {"HitCount": "hitCount", "MissedCount": "missedCount"}[request.sort_by.attribute]
        reverse = request.sort_by.order == "Descending"
    listed.sort(key=lambda each: each[by], reverse=reverse)
    page, token = cut(listed, request.max_results, request.next_token)
    return {
        "botId": request.bot_id,
        "botAliasId": request.bot_alias_id,
        "botVersion": request.bot_version,
        "localeId": request.locale_id,
        "aggregationDuration": request.aggregation_duration.members(),
        "aggregationWindowStartTime": begin.timestamp(),
        "aggregationWindowEndTime": end.timestamp(),
        "aggregationLastRefreshedDateTime": end.timestamp(),
        "aggregatedUtterancesSummaries": list(page),
        "nextToken": token,
    }


async def delete_utterances(store: stores.SessionStore, request: Request) -> Members:
    """DeleteUtterances: the transcripts of a bot, or of a locale or session, and what counts them.

    Sessions go on, and turns that are being made are not touched.
    """
    while await store.forget_turns(
        request.bot_id, locale_id=request.locale_id, session_id=request.session_id
    ):
        pass
    return {}


OPERATIONS: Final[dict[str, Operation]] = {
    "".join(word.capitalize() for word in operation.__name__.split("_")): operation
    for operation in (
        list_session_metrics,
        list_intent_metrics,
        list_intent_stage_metrics,
        list_utterance_metrics,
        list_intent_paths,
        list_session_analytics_data,
        list_utterance_analytics_data,
        list_aggregated_utterances,
        delete_utterances,
    )
}
"""The operations by their names in the API; each raises ``lex.ValidationException``."""


def _duration(request: Request) -> timedelta:
    wanted = request.aggregation_duration.relative_aggregation_duration
    value: int = wanted.time_value
    values, unit = _DURATIONS[wanted.time_dimension]
    if value not in values:
        choices = ", ".join(map(str, values))
        raise lex.ValidationException(
            f"With {wanted.time_dimension} the timeValue is one of {choices}; it is {value}."
        )
    return unit * value


async def _read(
    store: stores.SessionStore, request: Request, names: set[str]
) -> tuple[TurnLog, Intents]:
    begin, end = request.start_date_time, request.end_date_time
    if not begin < end:
        raise lex.ValidationException("The startDateTime is not before the endDateTime.")
    log = await read_log(
        store,
        request.bot_id,
        after=_moment(begin),
        before=_moment(end),
        texts=bool(names & _NEEDS_TEXTS),
        keys=bool(names & _NEEDS_KEYS),
    )
    return log, Intents(log)


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(min(max(seconds, 0), _LATEST), UTC)


def _wanted(rows: Rows, request: Request) -> Flags:
    """Which rows are within the requested time: the log may begin within a conversation."""
    if isinstance(rows, UtteranceRows):
        return np.ones(len(rows.turn), dtype=bool)
    begin = stores.to_micros(_moment(request.start_date_time))
    wanted: Flags = rows.log.begun[rows.conversation] >= begin
    return wanted


def _sorted(places: Any, values: Any, request: Request) -> list[int]:
    """The places by their values, the highest first unless the request says otherwise."""
    order = np.argsort(values, kind="stable")
    listed: list[int] = places[order].tolist()
    if request.sort_by is None or request.sort_by.order == "Descending":
        listed.reverse()
    return listed
