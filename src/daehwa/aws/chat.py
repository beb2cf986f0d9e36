"""The chat function: ``daehwa.aws.chat.lambda_handler`` answers ``/chat`` by asking Lex V2.

It takes requests of API Gateway and plain events ``{"text": ...}``.

| variable | meaning |
|---|---|
| ``botId``, ``botAliasId`` | the bot, and the alias that is talked to |
| ``localeId`` | the language when a request names none that the bot speaks |
| ``TRANSCRIPT_TABLE`` | the DynamoDB table of the transcript |
| ``TRANSCRIPT_DAYS`` | how long a turn is kept; 30 by default |
| ``PAGE_FILE`` | what the page shows first: a file in the function's package |

Who may call, and how often, is in ``daehwa.aws.edge``.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from daehwa import chat
from daehwa.aws import gateway
from daehwa.aws.chat_responses import (
    Response,
    plain_response,
    reply_response,
    still_running,
    wire_turn,
)
from daehwa.aws.edge import Edge
from daehwa.aws.embedded_metrics import put_turn
from daehwa.aws.errors import AwsError, AwsUnreachable, MethodRefused, Misconfigured, unreadable
from daehwa.aws.gateway import Request
from daehwa.aws.history import TURNS, branch, history
from daehwa.aws.invocation import Log
from daehwa.aws.lex_alias import LexAlias
from daehwa.aws.marks import ADDRESS, GRANTED, LATER, SOURCE, WISHED, read_marks
from daehwa.aws.ownership import lex_session_id, owner, session_key, with_secret
from daehwa.aws.page_content import PageContent
from daehwa.aws.reply import HISTORY, is_missed, reply
from daehwa.aws.transcript_table import StoredTurn, TranscriptTable
from daehwa.aws.unstored import UnstoredReplies, note_unstored
from daehwa.aws.utterance import IncomingText, optional_text, read

if TYPE_CHECKING:
    from daehwa.chat import TurnState, wire

Handler = Callable[[Request, float], Response]

_RATINGS = (None, "up", "down")
# What is left for reporting the outcome when Lex takes all the time that there is.
_MARGIN = 3.0
# How long a request waits for a turn that another request takes: API Gateway waits 29 s.
_PATIENCE = 24.0
_POLL = 0.3

_kept: list[ChatFunction] = []


def lambda_handler(event: dict[str, Any], context: Any = None) -> Response:
    """Answer one request. Never raises for what a caller, Lex or DynamoDB did wrong."""
    return respond_to(event, context, kept_chat)


def respond_to(event: dict[str, Any], context: Any, make: Callable[[], ChatFunction]) -> Response:
    """Answer one request with the chat that ``make`` gives; log one line."""
    log = Log(context)
    headers: dict[str, str] = {}
    try:
        request = gateway.request(event, log.request_id)
        log.note_request(request)
        made = make()
        headers = made.edge.headers(request)
        answer = made.edge.admit(request) or made.answer(request, log.deadline)
    except Exception as error:  # noqa: BLE001 - what leaves the handler ends the environment
        answer = log.error_response(error)
    answer["headers"] |= headers
    log.write(answer["statusCode"])
    if not gateway.is_request(event):
        return plain_response(answer)
    return gateway.as_event_wants(answer, event)


def kept_chat() -> ChatFunction:
    """The chat of the environment, kept while this execution environment lives."""
    if not _kept:
        _kept.append(ChatFunction.from_environment(os.environ))
    return _kept[0]


class ChatFunction:
    """The routes of ``/chat`` over one bot alias and one transcript."""

    def __init__(
        self,
        lex: LexAlias,
        transcript: TranscriptTable,
        page: PageContent,
        *,
        edge: Edge | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.edge = edge or Edge()
        self._unstored = UnstoredReplies()
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
        bot_id = _required(environ, "botId")
        days = environ.get("TRANSCRIPT_DAYS") or "30"
        if not days.isdecimal() or not int(days):
            raise Misconfigured(f"TRANSCRIPT_DAYS is {days!r}: give a number of days.")
        return cls(
            LexAlias(bot_id, _required(environ, "botAliasId"), environ),
            TranscriptTable(
                _required(environ, "TRANSCRIPT_TABLE"), keep_days=int(days), environ=environ
            ),
            PageContent.read(bot_id, _required(environ, "localeId"), _page_file(environ)),
            edge=Edge.from_environment(environ),
        )

    def answer(self, request: Request, deadline: float) -> Response:
        """Answer a request that the edge has let in.

        ``deadline`` is an instant of ``time.monotonic()``.

        Raises:
            chat.ChatError, AwsError: there is no answer.
        """
        handlers = self._handlers(request.path)
        if not handlers:
            raise chat.ChatError("NotFound")
        handle = handlers.get("GET" if request.method == "HEAD" else request.method)
        if handle is None:
            raise MethodRefused(handlers)
        request, headers = with_secret(request)
        response = handle(request, deadline)
        response["headers"] |= headers
        return response

    def _handlers(self, path: tuple[str, ...]) -> dict[str, Handler]:  # noqa: PLR0911 - routes
        """What answers at a path, by method."""
        match path:
            case ("chat",):
                return {"POST": self._take_turn}
            case ("chat", "config"):
                return {"GET": self._config}
            case ("chat", "sessions"):
                return {"POST": self._open_session}
            case ("chat", "sessions", session_id):
                return {
                    "GET": partial(self._session, session_id),
                    "DELETE": partial(self._forget, session_id),
                }
            case ("chat", "sessions", session_id, "test"):
                return {"GET": partial(self._saved_talk, session_id)}
            case ("chat", "sessions", session_id, "turns", message_id):
                return {"GET": partial(self._follow, session_id, message_id)}
            case ("chat", "sessions", session_id, "turns", message_id, "stop"):
                return {"POST": partial(self._stop, session_id, message_id)}
            case ("chat", "sessions", session_id, "turns", message_id, "feedback"):
                return {"POST": partial(self._rate, session_id, message_id)}
        return {}

    # --- one turn -----------------------------------------------------------------------

    def _take_turn(self, request: Request, deadline: float) -> Response:
        utterance = self._utterance(request)
        there = self._begin(utterance, deadline)
        if there is not None:
            return self._await_reply(
                request, utterance.session, utterance.session_id, there, deadline
            )
        made, _ = self._recognize(utterance, deadline)
        return reply_response(request, self._finish(utterance, made))

    def _utterance(self, request: Request) -> IncomingText:
        message = request.json()
        self.edge.check_attributes(request, message)
        bot_id, wanted = (optional_text(message, name) for name in ("botId", "localeId"))
        locale_id = self._locale(request, bot_id, wanted)
        utterance = read(message, locale_id, request.request_id, owner=owner(request))
        whose = self.edge.limited_address(request)
        if whose:
            utterance.attributes[ADDRESS] = whose
        if wanted is None and not self._page.accepted_locale(request.accept_language):
            return utterance._replace(locale_id=self._unnamed_locale(utterance))
        return utterance

    def _unnamed_locale(self, utterance: IncomingText) -> str:
        """The locale of a message that neither names one nor accepts one that the bot speaks.

        A conversation goes on in its own; for a new one the script of its first text decides.
        """
        page = self._page
        latest = {
            name: turns[-1].at
            for name in page.locale_ids
            if (turns := self._transcript.turns(_in(utterance, name).session, limit=1))
        }
        if latest:
            return max(latest, key=lambda name: latest[name])
        return page.written_locale(utterance.text) or utterance.locale_id

    def _begin(self, utterance: IncomingText, deadline: float) -> StoredTurn | None:
        """Record the turn and the conversation before it; return the turn if it exists already."""
        kept = self._unstored.reply(utterance.session, utterance.message_id)
        self._unstored.write(self._transcript)
        if kept is not None:
            return StoredTurn(
                message_id=utterance.message_id, text=utterance.text, at=0, state="done", reply=kept
            )
        before = self._transcript.turns(utterance.session, limit=TURNS)
        there = self._transcript.begin(
            utterance.session,
            utterance.message_id,
            utterance.text,
            claim=utterance.request_id,
            seconds=deadline - utterance.begun,
        )
        if there is None:
            self._check_limit(utterance)
        others = (turn for turn in before if turn.message_id != utterance.message_id)
        utterance.attributes[HISTORY] = history(branch(others, utterance.follows))
        return there

    def _check_limit(self, utterance: IncomingText) -> None:
        limits = self.edge.limits
        try:
            if ADDRESS in utterance.attributes:
                limits.check_rate(utterance.lex_session_id, utterance.attributes[ADDRESS])
            limits.check_turn()
        except chat.ChatError:
            self._take_back(utterance)
            raise

    def _recognize(self, utterance: IncomingText, deadline: float) -> tuple[wire.ChatReply, bool]:
        """Have Lex take the turn; return its answer as a reply, and whether ours comes later."""
        try:
            answer = self._lex.recognize_text(
                utterance.locale_id,
                utterance.lex_session_id,
                utterance.text,
                request_attributes=utterance.attributes,
                session_attributes=utterance.session_attributes,
                deadline=deadline - _MARGIN,
            )
        except AwsError as error:
            self._take_back(utterance, sent=isinstance(error, AwsUnreachable) and error.sent)
            raise
        try:
            made = reply(answer, utterance, self._page, utterance.timing())
            return made, self._is_left_to_us(answer, made, utterance)
        except (AttributeError, KeyError, TypeError, ValueError):
            self._take_back(utterance, sent=True)
            # Its members are not of their types: no bot's answer.
            raise unreadable("Lex Runtime V2") from None

    def _is_left_to_us(
        self, answer: Mapping[str, Any], made: wire.ChatReply, utterance: IncomingText
    ) -> bool:
        """Whether the code hook has left the answer to this function.

        Where its marks got lost, the intent decides: FallbackIntent's hook grants what was wished.
        """
        if utterance.attributes.get(LATER) != WISHED:
            return False
        marks = read_marks(answer, utterance.message_id)
        if marks.get(LATER) == GRANTED:
            return True
        missed = is_missed(made, self._page.fallbacks) and self._page.answered
        return missed and SOURCE not in marks

    def _take_back(self, utterance: IncomingText, *, sent: bool = False) -> None:
        """End a turn that has no reply; the reason is sent even if the table fails."""
        end = self._transcript.give_up if sent else self._transcript.forget
        try:
            end(utterance.session, utterance.message_id)
        except AwsError as error:
            note_unstored(error, "turn")

    def _finish(self, utterance: IncomingText, made: wire.ChatReply) -> wire.ChatReply:
        """Store a reply and give it back: with a notice where it could not be stored.

        Lex has moved on by then, so that the reply goes out whatever becomes of the table.
        """
        state: TurnState = "incomplete" if made["incomplete"] else "done"
        missed = is_missed(made, self._page.fallbacks)
        put_turn(missed=missed, milliseconds=utterance.timing()["totalMs"])
        session, message_id = utterance.session, utterance.message_id
        content = json.dumps(made, ensure_ascii=False)
        try:
            self._transcript.finish(session, message_id, content, state=state, missed=missed)
        except AwsError as error:
            note_unstored(error, "reply")
            self._unstored.add(session, message_id, content, state=state, missed=missed)
            notes = (made["notice"], chat.line("unstored", utterance.locale_id))
            return {**made, "notice": " ".join(filter(None, notes))}
        return made

    def _follow(
        self, session_id: str, message_id: str, request: Request, deadline: float
    ) -> Response:
        session, turn = self._turn(session_id, message_id, request)
        return self._await_reply(request, session, session_id, turn, deadline)

    def _turn(self, session_id: str, message_id: str, request: Request) -> tuple[str, StoredTurn]:
        """The turn that an address names, and its session's key in the transcript."""
        session = self._session_key(request, session_id)
        turn = self._transcript.turn(session, chat.checked_message_id(message_id))
        if turn is None:
            raise chat.ChatError("TurnNotFound", message_id=message_id)
        return session, turn

    def _await_reply(
        self, request: Request, session: str, session_id: str, turn: StoredTurn, deadline: float
    ) -> Response:
        """Give the reply of a turn that was taken before, waiting for it if need be."""
        until = min(deadline - _MARGIN, time.monotonic() + _PATIENCE)
        start: wire.StartEvent = {
            "sessionId": session_id,
            "messageId": turn.message_id,
            "requestId": request.request_id,
        }
        turn = self._with_unstored(session, turn)
        while turn.reply is None and turn.state_at(self._clock()) == "running":
            if time.monotonic() + _POLL >= until:
                return still_running(request, start, session.partition("#")[0])
            time.sleep(_POLL)
            turn = self._transcript.turn(session, turn.message_id) or turn
        if turn.reply is None:
            raise chat.ChatError("TurnLost")
        return reply_response(request, json.loads(turn.reply))

    def _with_unstored(self, session: str, turn: StoredTurn) -> StoredTurn:
        """The turn with the reply that the table would not take, if it is kept here."""
        kept = None if turn.reply else self._unstored.reply(session, turn.message_id)
        return turn if kept is None else turn._replace(reply=kept, state="done")

    # --- around it ----------------------------------------------------------------------

    def _config(self, request: Request, _deadline: float) -> Response:
        # A language that the bot does not speak is the page's wish, not an error.
        wanted = request.query.get("localeId") or ""
        accepted = ",".join(filter(None, (wanted, request.accept_language)))
        locale_id = self._page.locale(None, accepted)
        return gateway.response(200, self._page.config(locale_id or ""))

    def _open_session(self, request: Request, _deadline: float) -> Response:
        """Begin a session with a secret; turns of an earlier release's page are moved to it."""
        wanted = request.json()
        named = optional_text(wanted, "sessionId")
        session_id = chat.checked_session_id(named)
        locale_id = self._locale(
            request, optional_text(wanted, "botId"), optional_text(wanted, "localeId")
        )
        secret = chat.new_secret()
        if named and chat.is_page_made(named):
            old = session_key(locale_id, named, "")
            new = session_key(locale_id, named, chat.owner_by_secret(secret))
            turns = self._transcript.turns(old, limit=chat.TURNS_SHOWN)
            if all(chat.is_page_made(turn.message_id) for turn in turns):
                self._transcript.move(old, new)
        begun: wire.NewSession = {"sessionId": session_id, "sessionSecret": secret}
        return gateway.response(201, begun)

    def _session(self, session_id: str, request: Request, _deadline: float) -> Response:
        session = self._session_key(request, session_id)
        before = request.query.get("before")
        turns = self._transcript.turns(
            session,
            limit=chat.TURNS_SHOWN + 1,
            before=chat.checked_message_id(before) if before else None,
        )
        now = self._clock()
        latest = self._transcript.turns(session, limit=1) if before else turns[-1:]
        expired = bool(latest) and now - latest[-1].at / 1_000_000 > self._page.idle_seconds
        transcript: wire.Transcript = {
            "sessionId": session_id,
            "botId": self._page.bot_id,
            "localeId": session.partition("#")[0],
            "expired": expired,
            "open": bool(latest) and not expired,
            "turns": [wire_turn(turn, now) for turn in turns[-chat.TURNS_SHOWN :]],
            "earlier": len(turns) > chat.TURNS_SHOWN,
        }
        return gateway.response(200, transcript)

    def _saved_talk(self, session_id: str, request: Request, _deadline: float) -> Response:
        """The conversation as a test."""
        session = self._session_key(request, session_id)
        page = turns = self._transcript.turns(session, limit=chat.TURNS_SHOWN)
        while len(page) == chat.TURNS_SHOWN:
            before = page[0].message_id
            page = self._transcript.turns(session, limit=chat.TURNS_SHOWN, before=before)
            turns = (*page, *turns)
        now = self._clock()
        written = [wire_turn(turn, now) for turn in turns]
        saved: wire.SavedTalk = {
            "name": time.strftime("talk-%Y-%m-%d-%H%M.yaml", time.gmtime(now)),
            "text": chat.written_talk(written, locale_id=session.partition("#")[0]),
        }
        return gateway.response(200, saved)

    def _forget(self, session_id: str, request: Request, _deadline: float) -> Response:
        session = self._session_key(request, session_id)
        lex_session = lex_session_id(session_id, owner(request))
        self._lex.delete_session(session.partition("#")[0], lex_session)
        self._unstored.forget(session)
        self._transcript.delete(session)
        return gateway.response(204)

    def _stop(
        self, session_id: str, message_id: str, request: Request, _deadline: float
    ) -> Response:
        """Stop an answer that is being streamed; Lex itself cannot be stopped."""
        session = self._session_key(request, session_id)
        self._transcript.stop(session, chat.checked_message_id(message_id))
        return gateway.response(204)

    def _rate(
        self, session_id: str, message_id: str, request: Request, _deadline: float
    ) -> Response:
        given = request.json()
        rating, comment = given.get("rating"), given.get("comment")
        if rating not in _RATINGS or not isinstance(comment, str | None):
            raise chat.ChatError("FeedbackInvalid", limit=chat.COMMENT_LIMIT)
        comment = chat.checked_comment(comment)
        session = self._session_key(request, session_id)
        named = chat.checked_message_id(message_id)
        if not self._transcript.rate(session, named, rating, comment):
            raise chat.ChatError("TurnNotFound", message_id=message_id)
        return gateway.response(204)

    def _session_key(self, request: Request, session_id: str) -> str:
        """The transcript's key of the session that an address names."""
        whose = owner(request)
        chat.checked_session_id(session_id)
        query = request.query
        locale_id = self._locale(request, query.get("botId"), query.get("localeId"))
        return session_key(locale_id, session_id, whose)

    def _locale(self, request: Request, bot_id: str | None, wanted: str | None) -> str:
        page = self._page
        if bot_id is not None and bot_id not in (page.bot_id, page.name):
            raise chat.ChatError("BotNotFound", bot=bot_id, bots=f"{page.name} ({page.bot_id})")
        locale_id = page.locale(wanted, request.accept_language)
        if locale_id is None:
            raise chat.ChatError(
                "LocaleNotFound", bot=page.name, locale=wanted, locales=page.languages
            )
        return locale_id


def _in(utterance: IncomingText, locale_id: str) -> IncomingText:
    return utterance._replace(locale_id=locale_id)


def _page_file(environ: Mapping[str, str]) -> str | None:
    name = environ.get("PAGE_FILE")
    return name and str(Path(environ.get("LAMBDA_TASK_ROOT", ""), name))


def _required(environ: Mapping[str, str], name: str) -> str:
    value = environ.get(name)
    if not value:
        raise Misconfigured(f"{name} is not set.")
    return value
