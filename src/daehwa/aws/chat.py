"""The chat function: ``daehwa.aws.chat.lambda_handler`` answers ``/chat`` by asking Lex V2.

It takes requests of an HTTP API (payload format 2.0) and plain events ``{"text": ...}``.

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
import re
import time
import uuid
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from daehwa.aws import http
from daehwa.aws.errors import AwsError, AwsUnreachable, Misconfigured, Refused
from daehwa.aws.history import ATTRIBUTE, TURNS, history
from daehwa.aws.http import Request
from daehwa.aws.lexruntime import LexRuntime
from daehwa.aws.page import TEXT_LIMIT, Page
from daehwa.aws.reply import client_attributes, missed, reply
from daehwa.aws.transcript import Transcript, Turn

Response = dict[str, Any]

_SESSION_ID = re.compile(r"[0-9a-zA-Z._:-]{2,100}")
_MESSAGE_ID = re.compile(r"[0-9a-zA-Z._:-]{1,100}")
_RATINGS = (None, "up", "down")
_LONGEST_COMMENT = 2000
_SHOWN = 50
# What is left for telling the outcome when Lex takes all the time that there is.
_MARGIN = 3.0
# How long a request waits for a turn that another request takes: API Gateway waits 29 s.
_PATIENCE = 24.0
_POLL = 0.3
_DEFAULT_SECONDS = 60.0

_NOT_FOUND = Refused(404, "NotFound", "There is nothing at this address.")
# Lex's refusals as ours; whatever is not here is the deployment's fault or Lex's.
_LEX_ERRORS = {
    "ValidationException": (400, "Lex refuses the request."),
    "ConflictException": (409, "Another message of this session is being answered: try again."),
    "ThrottlingException": (429, "Too many conversations at once: try again in a moment."),
    "DependencyFailedException": (502, "The bot's code hook failed."),
    "Unreachable": (504, "The bot did not answer in time: ask for the message's reply later."),
}

_kept: list[Chat] = []


def lambda_handler(event: dict[str, Any], context: Any = None) -> Response:
    """Answer one request. Never raises for what a caller, Lex or DynamoDB did wrong."""
    begun = time.monotonic()
    request_id = getattr(context, "aws_request_id", None) or uuid.uuid4().hex
    told: dict[str, Any] = {"requestId": request_id}
    try:
        request = http.request(event, request_id)
        told |= {"method": request.method, "route": "/".join(request.path[:2])}
        if not _kept:
            _kept.append(Chat.from_environment(os.environ))
        answer = _kept[0].answer(request, begun + _seconds(context))
    except Refused as error:
        answer = _fault(error.status, error.code, error.message, request_id)
        told["error"] = error.code
    except AwsError as error:
        answer = _aws_fault(error, request_id)
        told |= {"error": error.code, "service": error.service, "detail": error.message[:300]}
    except Misconfigured as error:
        line = "This chat is not set up yet."
        answer = _fault(500, "Misconfigured", line, request_id)
        told |= {"error": "Misconfigured", "detail": str(error)}
    told |= {
        "status": answer["statusCode"],
        "ms": round((time.monotonic() - begun) * 1000),
    }
    # One line a request: who failed and how long it took, never a word that was said.
    print(json.dumps(told))  # noqa: T201
    return _plain(answer) if _is_plain(event) else answer


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
    def from_environment(cls, environ: Mapping[str, str]) -> Chat:
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
            case "POST", ("chat", "sessions", _, "turns", _, "stop"):
                # Lex has no such thing: the turn ends by itself and can be picked up.
                return http.response(204)
            case "POST", ("chat", "sessions", session_id, "turns", message_id, "feedback"):
                return self._rate(request, session_id, message_id)
        raise _NOT_FOUND

    # --- one turn -----------------------------------------------------------------------

    def _say(self, request: Request, deadline: float) -> Response:
        message = request.json()
        text = _text(message)
        session_id = _id(message.get("sessionId"), _SESSION_ID, "sessionId")
        message_id = _id(message.get("messageId"), _MESSAGE_ID, "messageId")
        locale_id = self._locale(request, message.get("botId"), message.get("localeId"))
        attributes = client_attributes(_attributes(message, "requestAttributes"))
        session_attributes = _attributes(message, "sessionAttributes")
        session = _session_key(locale_id, session_id)

        begun = time.monotonic()
        before = self._transcript.turns(session, limit=TURNS)
        there = self._transcript.begin(
            session, message_id, text, claim=request.request_id, seconds=deadline - begun
        )
        if there is not None:
            return self._taken(request, session, session_id, there, deadline)
        attributes[ATTRIBUTE] = history(turn for turn in before if turn.message_id != message_id)
        try:
            answer = self._lex.recognize_text(
                locale_id,
                session_id,
                text,
                request_attributes=attributes,
                session_attributes=session_attributes,
                deadline=deadline - _MARGIN,
            )
        except AwsError as error:
            if isinstance(error, AwsUnreachable) and error.sent:
                self._transcript.give_up(session, message_id)
            else:
                self._transcript.forget(session, message_id)
            raise
        made = reply(
            answer,
            session_id=session_id,
            message_id=message_id,
            bot_id=self._page.bot_id,
            locale_id=locale_id,
            request_id=request.request_id,
            milliseconds=(time.monotonic() - begun) * 1000,
        )
        state = "incomplete" if made["incomplete"] else "done"
        self._transcript.finish(
            session,
            message_id,
            json.dumps(made, ensure_ascii=False),
            state=state,  # type: ignore[arg-type] # one of the two
            missed=missed(made, self._page.fallbacks),
        )
        return _told(request, made)

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

    def _rate(self, request: Request, session_id: str, message_id: str) -> Response:
        given = request.json()
        rating, comment = given.get("rating"), given.get("comment")
        fits = comment is None or (isinstance(comment, str) and len(comment) <= _LONGEST_COMMENT)
        if rating not in _RATINGS or not fits:
            line = f'rating is "up", "down" or null; comment has {_LONGEST_COMMENT} characters.'
            raise Refused(400, "FeedbackInvalid", line)
        session = self._named(request, session_id)
        _id(message_id, _MESSAGE_ID, "messageId")
        if not self._transcript.rate(session, message_id, rating, comment):
            raise Refused(404, "TurnNotFound", "There is no such message in this session.")
        return http.response(204)

    def _named(self, request: Request, session_id: str) -> str:
        """The transcript's key of the session that an address names."""
        _id(session_id, _SESSION_ID, "sessionId")
        query = request.query
        return _session_key(
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


def _session_key(locale_id: str, session_id: str) -> str:
    return f"{locale_id}#{session_id}"


def _text(message: Mapping[str, Any]) -> str:
    text = message.get("text")
    if not isinstance(text, str):
        raise Refused(400, "RequestMalformed", 'The message has no text: send {"text": ...}.')
    text = text.strip()
    if not text:
        raise Refused(400, "TextMissing", "The text is empty: say something.")
    if len(text) > TEXT_LIMIT:
        line = f"The text has {len(text)} characters; Lex takes {TEXT_LIMIT} at the most."
        raise Refused(400, "TextTooLong", line)
    return text


def _id(value: object, form: re.Pattern[str], name: str) -> str:
    if value is None:
        return uuid.uuid4().hex
    if not isinstance(value, str) or not form.fullmatch(value):
        code = f"{name[0].upper()}{name[1:]}Invalid"
        raise Refused(400, code, f"{name} takes up to 100 of letters, digits and . _ : -")
    return value


def _attributes(message: Mapping[str, Any], name: str) -> dict[str, str] | None:
    given = message.get(name)
    if given is None:
        return None
    if not isinstance(given, dict) or not all(isinstance(value, str) for value in given.values()):
        raise Refused(400, "RequestMalformed", f"{name} is not an object of texts.")
    return given


def _page_file(environ: Mapping[str, str]) -> str | None:
    name = environ.get("PAGE_FILE")
    return name and str(Path(environ.get("LAMBDA_TASK_ROOT", ""), name))


def _needed(environ: Mapping[str, str], name: str) -> str:
    value = environ.get(name)
    if not value:
        raise Misconfigured(f"{name} is not set.")
    return value


def _seconds(context: Any) -> float:
    left = getattr(context, "get_remaining_time_in_millis", None)
    return _DEFAULT_SECONDS if left is None else left() / 1000


def _fault(status: int, code: str, message: str, request_id: str, **headers: str) -> dict[str, Any]:
    content = {"error": {"code": code, "message": message, "requestId": request_id}}
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return http.response(status, content, headers=named)


def _aws_fault(error: AwsError, request_id: str) -> dict[str, Any]:
    if error.service == "DynamoDB":
        line = "The conversation cannot be stored at the moment: try again."
        return _fault(503, "StoreUnavailable", line, request_id, retry_after="2")
    status, line = _LEX_ERRORS.get(error.code, (502, "The bot cannot be reached."))
    headers = {"retry_after": "1"} if status in (409, 429) else {}
    return _fault(status, error.code, line, request_id, **headers)


def _is_plain(event: Mapping[str, Any]) -> bool:
    return "http" not in (event.get("requestContext") or {})


def _plain(answer: Response) -> dict[str, Any]:
    """The content itself, for a caller that is no HTTP client: ``{"statusCode", "msg", ...}``."""
    content = json.loads(answer.get("body") or "{}")
    if "error" in content and "msg" not in content:
        content["msg"] = content["error"]["message"]
    return {**content, "statusCode": answer["statusCode"]}
