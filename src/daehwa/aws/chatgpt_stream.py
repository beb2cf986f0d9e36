"""A streamed answer without an event loop: ``http.client`` in a thread, pieces in a queue.

For the chat function that streams; its environment is that of ``daehwa.aws.chatgpt``.
"""

from __future__ import annotations

import contextlib
import http.client
import queue
import socket
import threading
import time
from collections.abc import Generator

from daehwa import answers
from daehwa.answers import (
    Answer,
    AnswerError,
    Call,
    Ended,
    KeyRefused,
    NobodyAnswers,
    Question,
    StillThinking,
    TimedOut,
    Unreachable,
    Upstream,
    UpstreamRequest,
    ended_by,
    wire,
)
from daehwa.aws import chatgpt
from daehwa.aws.answer_budget import AnswerBudget
from daehwa.aws.packed_answerers import AnswerStep, PackedAnswerers, first_error, kept_answerers

BEAT = 1.0
"""Seconds of silence after which the reader is given ``None``, to see to other things."""

# Of a stream: between two pieces, in all.
_SILENCE = 25.0
_LONGEST = 180.0
_CHUNK = 1 << 16
# What may follow when the answer has named its end: usage, the end of the stream, or more text.
_AFTER_END = 1.0


def stream(question: Question) -> Generator[str | Answer | None]:
    """Yield pieces as they come, ``None`` in each ``BEAT`` without one, then the ``Answer``.

    Closing it closes the request to the upstream at once. The first piece is due when a whole
    answer would be, unless ``first_by`` says otherwise; ``deadline`` ends the answer.

    Raises:
        AnswerError: before any piece; after one the answer ends as ``incomplete``.
    """
    answerers = kept_answerers()
    errors: list[AnswerError] = []
    for step in answerers.steps(question):
        if isinstance(step, AnswerError):
            errors.append(step)
            continue
        if step.upstream is not None:
            try:
                yield from _step_pieces(answerers, step)
            except AnswerError as error:
                chatgpt.note_uncalled(answerers, step, error)
                errors.append(error)
            else:
                return
        if step.instead is not None:
            yield step.instead.text
            yield step.instead
            return
    raise (
        first_error(errors)
        if errors
        else NobodyAnswers("No answerer is configured for this locale.")
    )


def _step_pieces(answerers: PackedAnswerers, step: AnswerStep) -> Generator[str | Answer | None]:
    """What one answerer says; where its key is refused, once more with a key that is read again."""
    assert step.upstream is not None  # noqa: S101 - whoever calls looked
    try:
        pieces = _pieces(step.upstream, step.question)
        yield from _finished(pieces, step, answerers.budget)
    except KeyRefused:
        name = step.upstream.endpoint.name
        if not answerers.forget_keys():
            raise
        pieces = _pieces(answerers.upstream(name), step.question)
        yield from _finished(pieces, step, answerers.budget)


def _finished(
    pieces: Generator[str | Answer | None], step: AnswerStep, budget: AnswerBudget
) -> Generator[str | Answer | None]:
    """The pieces, and the step's answer; one that is stopped counts with what came of it."""
    text: list[str] = []
    made: Answer | None = None
    citations = answers.TrueCitations(step.passages) if step.passages else None
    try:
        with contextlib.closing(pieces):
            for piece in pieces:
                if isinstance(piece, Answer):
                    made = piece
                    if citations is not None and (rest := citations.rest()):
                        yield rest
                    yield step.finished(piece)
                    continue
                if piece is None:
                    yield None
                    continue
                text.append(piece)
                yield piece if citations is None else citations.text(piece) or None
    finally:
        if text:
            come = made or Answer(text="".join(text), source="chatgpt")
            budget.record(step.model, step.question, come)


def _pieces(upstream: Upstream, question: Question) -> Generator[str | Answer | None]:
    reader = _Reader(upstream, question)
    reader.start()
    try:
        while True:
            try:
                piece = reader.pieces.get(timeout=BEAT)
            except queue.Empty:
                if not reader.is_alive() and reader.pieces.empty():
                    raise Unreachable("The upstream's answer could not be read.") from None
                yield None
                continue
            if isinstance(piece, AnswerError):
                raise piece
            yield piece
            if isinstance(piece, Answer):
                return
    finally:
        reader.close()


class _Closed(Exception):
    """The reader was closed while it waited."""


class _Reader(threading.Thread):
    """Reads one answer into ``pieces``; what comes last there is the ``Answer`` or the error."""

    def __init__(self, upstream: Upstream, question: Question) -> None:
        super().__init__(daemon=True)
        self.pieces: queue.SimpleQueue[str | Answer | AnswerError] = queue.SimpleQueue()
        self._upstream = upstream
        self._question = question
        self._until = (
            upstream.clock() + _LONGEST if question.deadline is None else question.deadline
        )
        self._closing = threading.Event()
        self._line: _Line | None = None

    def run(self) -> None:
        """Ask until there is a first piece or an error that ends it, then read on."""
        try:
            self._ask()
        finally:
            self._let_go()

    def close(self) -> None:
        """Have the thread end, if it has not yet: what it waits for is cut off."""
        self._closing.set()
        if self._line is not None:
            self._line.cut()

    def _ask(self) -> None:
        call = Call(self._upstream, self._question, stream=True)
        while not self._closing.is_set():
            try:
                request = call.request()
                with call.attempt():
                    self._line = _Line(request)
                    first = self._first_piece(self._line)
            except _Closed:
                return
            except AnswerError as error:
                self._let_go()
                chatgpt.log_attempt(call, error)
                try:
                    wait = call.wait_after(error)
                except AnswerError as last:
                    self.pieces.put(last)
                    return
                self._closing.wait(wait)
            else:
                self._read_on(call, self._line, first)
                return

    def _first_piece(self, line: _Line) -> str | None:
        """The first piece.

        Raises:
            _Closed: nobody waits for it any more; that the line was cut is not an outage.
        """
        try:
            return line.first()
        except AnswerError:
            if self._closing.is_set():
                raise _Closed from None
            raise

    def _let_go(self) -> None:
        if self._line is not None:
            self._line.close()

    def _read_on(self, call: Call, line: _Line, piece: str | None) -> None:
        text: list[str] = []
        room = self._upstream.longest_text
        ended: Ended | None
        try:
            while piece is not None and room > 0:
                if line.answer.starts_over:
                    text.clear()
                text.append(piece[:room])
                room -= len(piece)
                self.pieces.put(text[-1])
                if self._closing.is_set():
                    return
                piece = line.piece(self._until)
            ended = "length" if piece is not None else line.answer.ended
        except AnswerError as error:
            ended = ended_by(error)
            if not self._closing.is_set():
                chatgpt.log_attempt(call, error)
                if error.outage:
                    self._upstream.breaker.record_failure()
        if line.answer.unopened:
            call.learn_opened()
        self.pieces.put(
            Answer(
                text="".join(text),
                source="chatgpt",
                model=line.answer.model or self._upstream.endpoint.model,
                ended=ended or "stop",
                usage=line.answer.usage,
            )
        )


class _Line:
    """One response of the upstream, read piece by piece; ``answer`` is what they make up so far."""

    def __init__(self, request: UpstreamRequest) -> None:
        self._connection = chatgpt.connection_for(request)
        self._request = request
        self._response: http.client.HTTPResponse | None = None
        self._socket: socket.socket | None = None
        self.answer = wire.StreamedAnswer(request.scrubber, opened=request.opened)

    def first(self) -> str | None:
        """Send the request and give the first piece; a thought makes the wait for it longer.

        Raises:
            AnswerError: there is none.
        """
        request = self._request
        sent = time.monotonic()
        with chatgpt.map_http_client_errors():
            self._connection.connect()
            # Kept apart: http.client lets go of it when the response takes it over.
            self._socket = self._connection.sock
            chatgpt.post(self._connection, request)
            self._response = self._connection.getresponse()
            if self._response.status >= chatgpt.REDIRECTS:
                given = dict(self._response.getheaders())
                raw = self._response.read(wire.BODY_LIMIT)
                raise wire.failure(self._response.status, given, raw, request.scrubber)
        try:
            return self.piece(sent + request.timeout, sent + request.patience)
        except TimedOut:
            if self.answer.thought:
                raise StillThinking("The model was still thinking when the time ran out.") from None
            raise

    def piece(self, until: float, patience: float = 0.0) -> str | None:
        """Give the next piece with words in it, ``None`` at the end.

        ``until`` is an instant of ``time.monotonic()``, ``patience`` one that holds instead
        once the model thinks. Silence ends the answer before either.

        Raises:
            TimedOut: nothing came in time.
            AnswerError: the stream held an error, was cut, or had no words.
        """
        reading = self.answer
        silent = time.monotonic() + _SILENCE
        while (text := reading.text()) is None and not reading.over:
            alive = reading.alive
            reading.take(self._chunk(min(until, silent)))
            if reading.alive != alive:
                silent, until = time.monotonic() + _SILENCE, max(until, patience)
        return text

    def _chunk(self, until: float) -> bytes:
        with chatgpt.map_http_client_errors():
            if self.answer.ended is None:
                return self._read(until)
            # The end is named: whoever reads does not wait for what hardly ever follows.
            try:
                return self._read(min(until, time.monotonic() + _AFTER_END))
            except TimeoutError:
                return b""

    def cut(self) -> None:
        """Cut the connection under a thread that waits on it, which is to close it."""
        if self._socket is not None:
            with contextlib.suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Close the connection and the response."""
        if self._response is not None:
            self._response.close()
        self._connection.close()

    def _read(self, until: float) -> bytes:
        left = until - time.monotonic()
        if left <= 0 or self._socket is None or self._response is None:
            raise TimeoutError
        self._socket.settimeout(left)
        return self._response.read1(_CHUNK)
