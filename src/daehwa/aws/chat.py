"""The chat function: ``daehwa.aws.chat.lambda_handler`` answers ``/chat`` by asking Lex V2.

It takes requests of API Gateway and plain events ``{"text": ...}``.

| variable | meaning |
|---|---|
| ``botId``, ``botAliasId`` | the bot, and the alias that is talked to |
| ``localeId`` | the language when a request names none that the bot speaks |
| ``TRANSCRIPT_TABLE`` | the DynamoDB table of the transcript |
| ``TRANSCRIPT_DAYS`` | how long a turn is kept; 30 by default |
| ``PAGE_FILE`` | what the page is told: a file in the function's package |
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Self

from daehwa.aws import http
from daehwa.aws.errors import AwsError, AwsUnreachable, FunctionError, Misconfigured, Refused
from daehwa.aws.history import ATTRIBUTE, TURNS, history
from daehwa.aws.http import Request
from daehwa.aws.invocation import Log
from daehwa.aws.lexruntime import LexRuntime
from daehwa.aws.page import Page
from daehwa.aws.reply import GRANTED, LATER, missed, reply
from daehwa.aws.said import Said, checked_message_id, checked_session_id, read, session_key
from daehwa.aws.transcript import Transcript, Turn, TurnState

Response = dict[str, Any]

_RATINGS = (None, "up", "down")
_LONGEST_COMMENT = 2000
_SHOWN = 50
# What is left for telling the outcome when Lex takes all the time that there is.
_MARGIN = 3.0
# How long a request waits for a turn that another request takes: API Gateway waits 29 s.
_PATIENCE = 24.0
_POLL = 0.3

_NOT_FOUND = Refused(404, "NotFound", "There is nothing at this address.")
_kept: list[Chat] = []


def lambda_handler(event: dict[str, Any], context: Any = None) -> Response:
    """Answer one request. Never raises for what a caller, Lex or DynamoDB did wrong."""
    return handle(event, context, kept_chat)


def handle(event: dict[str, Any], context: Any, chat: Callable[[], Chat]) -> Response:
    """Answer one request with the chat that is there, or is made for it; log one line."""
    log = Log(context)
    try:
        request = http.request(event, log.request_id)
        log.asked(request)
        answer = chat().answer(request, log.deadline)
    except FunctionError as error:
        answer = log.refused(error)
    log.write(answer["statusCode"])
    return _plain(answer) if not http.is_request(event) else answer


def kept_chat() -> Chat:
    """The chat of the environment, kept while this execution environment lives."""
    if not _kept:
        _kept.append(Chat.from_environment(os.environ))
    return _kept[0]


class Chat:
    """The routes of ``/chat`` over one bot alias and one transcript."""

    def __init__(
        self,
        lex: LexRuntime,
        transcript: Transcript,
        page: Page,
        *,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._lex = lex
        self._transcript = transcript
        self._page = page
        self._clock = clock

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> Self:
        """Make it of what the deployment set.

        Raises:
            Misconfigured: something is missing.
        """
        bot_id = _needed(environ, "botId")
        days = environ.get("TRANSCRIPT_DAYS") or "30"
        if not days.isdecimal() or not int(days):
            raise Misconfigured(f"TRANSCRIPT_DAYS is {days!r}: give a number of days.")
        return cls(
            LexRuntime(bot_id, _needed(environ, "botAliasId"), environ),
            Transcript(_needed(environ, "TRANSCRIPT_TABLE"), keep_days=int(days), environ=environ),
            Page.read(bot_id, _needed(environ, "localeId"), _page_file(environ)),
        )

    def answer(self, request: Request, deadline: float) -> Response:  # noqa: PLR0911 - routes
        """Answer a request; ``deadline`` is an instant of ``time.monotonic()``.

        Raises:
            Refused, AwsError: there is no answer.
        """
        match request.method, request.path:
            case "POST", ("chat",):
                return self._say(request, deadline)
            case "GET" | "HEAD", ("chat", "config"):
                return self._config(request)
            case "GET" | "HEAD", ("chat", "sessions", session_id):
                return self._session(request, session_id)
            case "DELETE", ("chat", "sessions", session_id):
                return self._forget(request, session_id)
            case "GET" | "HEAD", ("chat", "sessions", session_id, "turns", message_id):
                return self._follow(request, session_id, message_id, deadline)
            case "POST", ("chat", "sessions", session_id, "turns", message_id, "stop"):
                return self._stop(request, session_id, message_id)
            case "POST", ("chat", "sessions", session_id, "turns", message_id, "feedback"):
                return self._rate(request, session_id, message_id)
        raise _NOT_FOUND

    # --- one turn -----------------------------------------------------------------------

    def _say(self, request: Request, deadline: float) -> Response:
        said = self._said(request)
        there = self._begin(said, deadline)
        if there is not None:
            return self._taken(request, said.session, said.session_id, there, deadline)
        made, _ = self._recognised(said, deadline)
        self._finish(said, made)
        return _told(request, made)

    def _said(self, request: Request) -> Said:
        message = request.json()
        locale_id = self._locale(request, message.get("botId"), message.get("localeId"))
        return read(message, locale_id, request.request_id)

    def _begin(self, said: Said, deadline: float) -> Turn | None:
        """Record the turn, and what was said before it; the turn that is there already if so."""
        before = self._transcript.turns(said.session, limit=TURNS)
        there = self._transcript.begin(
            said.session,
            said.message_id,
            said.text,
            claim=said.request_id,
            seconds=deadline - said.begun,
        )
        others = (turn for turn in before if turn.message_id != said.message_id)
        said.attributes[ATTRIBUTE] = history(others)
        return there

    def _recognised(self, said: Said, deadline: float) -> tuple[dict[str, Any], bool]:
        """Have Lex take the turn: its answer as a reply, and whether ours is to come later."""
        try:
            answer = self._lex.recognize_text(
                said.locale_id,
                said.session_id,
                said.text,
                request_attributes=said.attributes,
                session_attributes=said.session_attributes,
                deadline=deadline - _MARGIN,
            )
        except AwsError as error:
            if isinstance(error, AwsUnreachable) and error.sent:
                self._transcript.give_up(said.session, said.message_id)
            else:
                self._transcript.forget(said.session, said.message_id)
            raise
        made = reply(
            answer,
            session_id=said.session_id,
            message_id=said.message_id,
            bot_id=self._page.bot_id,
            locale_id=said.locale_id,
            request_id=said.request_id,
        )
        told = answer.get("requestAttributes") or {}
        return {**made, "timing": said.timing()}, told.get(LATER) == GRANTED

    def _finish(self, said: Said, made: dict[str, Any]) -> None:
        state: TurnState = "incomplete" if made["incomplete"] else "done"
        self._transcript.finish(
            said.session,
            said.message_id,
            json.dumps(made, ensure_ascii=False),
            state=state,
            missed=missed(made, self._page.fallbacks),
        )

    def _follow(
        self, request: Request, session_id: str, message_id: str, deadline: float
    ) -> Response:
        session = self._named(request, session_id)
        turn = self._transcript.turn(session, message_id)
        if turn is None:
            raise Refused(404, "TurnNotFound", "There is no such message in this session.")
        return self._taken(request, session, session_id, turn, deadline)

    def _taken(
        self, request: Request, session: str, session_id: str, turn: Turn, deadline: float
    ) -> Response:
        """Tell the reply of a turn that was taken before, waiting for it if need be."""
        until = min(deadline - _MARGIN, time.monotonic() + _PATIENCE)
        message_id = turn.message_id
        while turn.reply is None and turn.state_at(self._clock()) == "running":
            if time.monotonic() + _POLL >= until:
                return _still_running(request, session_id, message_id)
            time.sleep(_POLL)
            turn = self._transcript.turn(session, message_id) or turn
        if turn.reply is None:
            raise Refused(410, "TurnLost", "The turn ended without an answer: say it once more.")
        return _told(request, json.loads(turn.reply))

    # --- around it ----------------------------------------------------------------------

    def _config(self, request: Request) -> Response:
        # A language that the bot does not speak is the page's wish, not an error.
        wanted = request.query.get("localeId") or ""
        accepted = ",".join(filter(None, (wanted, request.headers.get("accept-language", ""))))
        locale_id = self._page.locale(None, accepted)
        return http.response(200, self._page.config(locale_id or ""))

    def _session(self, request: Request, session_id: str) -> Response:
        session = self._named(request, session_id)
        turns = self._transcript.turns(session, limit=_SHOWN)
        if not turns:
            raise Refused(404, "SessionNotFound", "There is no such session.")
        now = self._clock()
        idle = now - turns[-1].at / 1_000_000
        expired = idle > self._page.idle_seconds
        return http.response(
            200,
            {
                "sessionId": session_id,
                "botId": self._page.bot_id,
                "localeId": session.partition("#")[0],
                "expired": expired,
                "open": not expired,
                "turns": [
                    {
                        "messageId": turn.message_id,
                        "text": turn.text,
                        "at": turn.when,
                        "reply": json.loads(turn.reply) if turn.reply else None,
                        "state": turn.state_at(now),
                        "feedback": {"rating": turn.rating, "comment": turn.comment}
                        if turn.rating or turn.comment
                        else None,
                    }
                    for turn in turns
                ],
            },
        )

    def _forget(self, request: Request, session_id: str) -> Response:
        session = self._named(request, session_id)
        self._lex.delete_session(session.partition("#")[0], session_id)
        self._transcript.delete(session)
        return http.response(204)

    def _stop(self, request: Request, session_id: str, message_id: str) -> Response:
        """Have an answer that is being streamed end here; Lex itself cannot be stopped."""
        session = self._named(request, session_id)
        self._transcript.stop(session, checked_message_id(message_id))
        return http.response(204)

    def _rate(self, request: Request, session_id: str, message_id: str) -> Response:
        given = request.json()
        rating, comment = given.get("rating"), given.get("comment")
        fits = comment is None or (isinstance(comment, str) and len(comment) <= _LONGEST_COMMENT)
        if rating not in _RATINGS or not fits:
            line = f'rating is "up", "down" or null; comment has {_LONGEST_COMMENT} characters.'
            raise Refused(400, "FeedbackInvalid", line)
        session = self._named(request, session_id)
        checked_message_id(message_id)
        if not self._transcript.rate(session, message_id, rating, comment):
            raise Refused(404, "TurnNotFound", "There is no such message in this session.")
        return http.response(204)

    def _named(self, request: Request, session_id: str) -> str:
        """The transcript's key of the session that an address names."""
        checked_session_id(session_id)
        query = request.query
        return session_key(
            self._locale(request, query.get("botId"), query.get("localeId")), session_id
        )

    def _locale(self, request: Request, bot_id: object, wanted: object) -> str:
        if bot_id is not None and bot_id != self._page.bot_id:
            raise Refused(404, "BotNotFound", f"The bot here is {self._page.bot_id}.")
        if wanted is not None and not isinstance(wanted, str):
            raise Refused(400, "RequestMalformed", "localeId is not a text.")
        accepted = request.headers.get("accept-language", "")
        locale_id = self._page.locale(wanted, accepted)
        if locale_id is None:
            line = f"The bot does not speak {wanted}, but {self._page.languages}."
            raise Refused(404, "LocaleNotFound", line)
        return locale_id


def _told(request: Request, made: dict[str, Any]) -> Response:
    if not request.streams:
        return http.response(200, made)
    begun = {name: made[name] for name in ("sessionId", "messageId", "requestId")}
    return http.events(("start", begun), ("done", made))


def _still_running(request: Request, session_id: str, message_id: str) -> Response:
    """Tell that the answer is not there yet: events that end without one, or 202.

    A client of the events that loses its stream asks again, and so waits on.
    """
    known = {"sessionId": session_id, "messageId": message_id, "requestId": request.request_id}
    if request.streams:
        return http.events(("start", known), ("status", {"state": "answering", "source": "lex"}))
    line = "The answer is still being made: ask for it by its message id."
    content = {**known, "state": "running", "msg": line, "statusCode": 202}
    return http.response(202, content, headers={"retry-after": "1"})


def _page_file(environ: Mapping[str, str]) -> str | None:
    name = environ.get("PAGE_FILE")
    return name and str(Path(environ.get("LAMBDA_TASK_ROOT", ""), name))


def _needed(environ: Mapping[str, str], name: str) -> str:
    value = environ.get(name)
    if not value:
        raise Misconfigured(f"{name} is not set.")
    return value


def _plain(answer: Response) -> dict[str, Any]:
    """The content itself, for a caller that is no HTTP client: ``{"statusCode", "msg", ...}``."""
    content = json.loads(answer.get("body") or "{}")
    if "error" in content and "msg" not in content:
        content["msg"] = content["error"]["message"]
    return {**content, "statusCode": answer["statusCode"]}
