"""The chat whose answers are sent as they are made, word by word, for as long as they take.

Lex gives an answer as a whole, and a code hook 30 s for it. Here the code hook leaves
the answer to us (``daehwa:later``); ChatGPT is called from here, and its words go out as they
come. Everything else is as in ``daehwa.aws.chat``.
"""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING, Any

from daehwa import chat
from daehwa.answers import Answer, AnswerError, Question, QuestionsTooMany
from daehwa.aws.chat import ChatFunction
from daehwa.aws.chat_responses import answering_event
from daehwa.aws.chatgpt_stream import stream
from daehwa.aws.embedded_metrics import put_answer
from daehwa.aws.errors import AwsError
from daehwa.aws.fallback import read_question
from daehwa.aws.gateway import Request
from daehwa.aws.invocation import Log
from daehwa.aws.marks import ADDRESS, LATER, WISHED
from daehwa.aws.reply import with_answer, with_error
from daehwa.aws.transcript_table import StoredTurn
from daehwa.aws.utterance import IncomingText

if TYPE_CHECKING:
    from daehwa.chat import wire

Event = tuple[str, Any]

# What is left of the function's time for storing what there is.
_MARGIN = 5.0
# The first word is due when a whole answer would be.
_FIRST_WORD = 25.0
_LOOK = 1.0
_POLL = 0.5


class StreamedChat(ChatFunction):
    """``ChatFunction``, whose turns can also be followed while they are taken."""

    def events(self, request: Request, log: Log) -> Iterator[Event | None] | None:
        """Give a turn's events as it goes, ``None`` now and then while nothing happens.

        Gives no iterator for a request that is not for a turn, or not for events.

        Raises:
            chat.ChatError, AwsError: at once; what fails later is the event ``error``.
        """
        if not request.streams:
            return None
        match request.method, request.path:
            case "POST", ("chat",):
                self.edge.admit(request)
                return _checked_start(self._turn_events(request, log), log)
            case "GET", ("chat", "sessions", session_id, "turns", message_id):
                self.edge.admit(request)
                return _checked_start(
                    self._follow_events(session_id, message_id, request, log), log
                )
        return None

    def _turn_events(self, request: Request, log: Log) -> Iterator[Event | None]:
        utterance = self._utterance(request)
        there = self._begin(utterance, log.deadline)
        yield "start", utterance.start
        if there is not None:
            yield from self._reply_events(utterance.session, there, log)
            return
        utterance.attributes[LATER] = WISHED
        made, later = self._recognize(utterance, log.deadline)
        if later:
            made = yield from self._answer_events(utterance, made, log)
        yield "done", self._finish(utterance, made)

    def _answer_events(
        self, utterance: IncomingText, made: wire.ChatReply, log: Log
    ) -> Generator[Event | None, None, wire.ChatReply]:
        """Yield ChatGPT's words as events; return the reply with all of them."""
        text: list[str] = []
        begun = looked = time.monotonic()
        try:
            if ADDRESS in utterance.attributes:
                self.edge.limits.check_answer(
                    utterance.lex_session_id, utterance.attributes[ADDRESS]
                )
            yield "status", answering_event("chatgpt", utterance.locale_id)
            with contextlib.closing(stream(_question(utterance, log))) as pieces:
                for piece in pieces:
                    if isinstance(piece, Answer):
                        put_answer(piece, milliseconds=(time.monotonic() - begun) * 1000)
                        return with_answer(made, piece, utterance.timing())
                    if piece is not None:
                        text.append(piece)
                    yield None if piece is None else ("delta", {"text": piece})
                    if time.monotonic() - looked >= _LOOK:
                        looked = time.monotonic()
                        if self._is_stopped(utterance):
                            break
        except QuestionsTooMany as error:
            # No model has failed: somebody is held up as is meant.
            return with_error(made, error, utterance.timing())
        except AnswerError as error:
            log.note_unanswered(error.code)
            return with_error(made, error, utterance.timing())
        cut = Answer(text="".join(text), source="chatgpt", ended="cut")
        return {**with_answer(made, cut, utterance.timing()), "stopped": True}

    def _is_stopped(self, utterance: IncomingText) -> bool:
        # A look that fails does not end an answer.
        with contextlib.suppress(AwsError):
            turn = self._transcript.turn(utterance.session, utterance.message_id)
            return turn is not None and turn.stopped
        return False

    def _follow_events(
        self, session_id: str, message_id: str, request: Request, log: Log
    ) -> Iterator[Event | None]:
        session, turn = self._turn(session_id, message_id, request)
        start: wire.StartEvent = {
            "sessionId": session_id,
            "messageId": message_id,
            "requestId": log.request_id,
        }
        yield "start", start
        yield from self._reply_events(session, turn, log)

    def _reply_events(self, session: str, turn: StoredTurn, log: Log) -> Iterator[Event | None]:
        """Wait for the reply of a turn that another request takes.

        Without one when the time is up: who loses the stream asks again.
        """
        turn = self._with_unstored(session, turn)
        while turn.reply is None and turn.state_at(self._clock()) == "running":
            if time.monotonic() + _POLL >= log.deadline - _MARGIN:
                return
            yield None
            time.sleep(_POLL)
            turn = self._transcript.turn(session, turn.message_id) or turn
        if turn.reply is None:
            raise chat.ChatError("TurnLost")
        yield "done", json.loads(turn.reply)


def _checked_start(events: Iterator[Event | None], log: Log) -> Iterator[Event | None]:
    """Take the first event, so that an immediate refusal gets its own status."""
    first = next(events)

    def rest() -> Iterator[Event | None]:
        yield first
        try:
            yield from events
        except Exception as error:  # noqa: BLE001 - whoever listens must hear of it
            yield "error", json.loads(log.error_response(error)["body"])

    return rest()


def _question(utterance: IncomingText, log: Log) -> Question:
    """What the code hook would ask, with the time that we have."""
    event = {
        "inputTranscript": utterance.text,
        "sessionId": utterance.session_id,
        "bot": {"localeId": utterance.locale_id},
        "requestAttributes": utterance.attributes,
    }
    deadline = log.deadline - _MARGIN
    first_by = min(deadline, time.monotonic() + _FIRST_WORD)
    return read_question(event, deadline=deadline)._replace(first_by=first_by)
