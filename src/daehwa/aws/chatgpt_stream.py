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
from collections.abc import Generator, Iterator
from urllib.parse import urlsplit

from daehwa.answers import (
    Answer,
    AnswerError,
    Call,
    Ended,
    KeyRefused,
    Question,
    TimedOut,
    Unreachable,
    Upstream,
    UpstreamRequest,
    wire,
)
from daehwa.aws import chatgpt

BEAT = 1.0
"""Seconds of silence after which the reader is given ``None``, to see to other things."""

# Of a stream: between two pieces, in all.
_SILENCE = 25.0
_LONGEST = 180.0
_REDIRECTS = 300
_CHUNK = 1 << 16
_BODY_LIMIT = 4 << 20


def stream(question: Question) -> Generator[str | Answer | None]:
    """Yield pieces as they come, ``None`` in each ``BEAT`` without one, then the ``Answer``.

    Closing it closes the request to the upstream at once. The first piece is due when a whole
    answer would be, unless ``first_by`` says otherwise; ``deadline`` ends the answer.

    Raises:
        AnswerError: before any piece; after one the answer ends as ``incomplete``.
    """
    try:
        yield from _pieces(chatgpt.upstream(), question)
    except KeyRefused:
        if not chatgpt.forget_key():
            raise
        yield from _pieces(chatgpt.upstream(), question)


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
                    self._line = _Line(request, self._upstream)
                    first = self._line.first(time.monotonic() + request.timeout)
            except AnswerError as error:
                self._let_go()
                try:
                    wait = call.wait_after(error)
                except AnswerError as last:
                    self.pieces.put(last)
                    return
                self._closing.wait(wait)
            else:
                self._read_on(self._line, first)
                return

    def _let_go(self) -> None:
        if self._line is not None:
            self._line.close()

    def _read_on(self, line: _Line, first: str) -> None:
        text = [first]
        self.pieces.put(first)
        ended: Ended | None
        try:
            while piece := line.piece(min(time.monotonic() + _SILENCE, self._until)):
                text.append(piece)
                self.pieces.put(piece)
                if self._closing.is_set():
                    return
            ended = line.ended
        except TimedOut:
            ended = "timed_out"
        except AnswerError:
            ended = "cut"
        if ended in {"timed_out", "cut"} and not self._closing.is_set():
            self._upstream.breaker.failed()
        self.pieces.put(
            Answer(
                text="".join(text),
                source="chatgpt",
                model=line.model or self._upstream.endpoint.model,
                ended=ended or "stop",
            )
        )


class _Line:
    """One response of the upstream, read piece by piece."""

    def __init__(self, request: UpstreamRequest, upstream: Upstream) -> None:
        parts = urlsplit(request.url)
        secure = parts.scheme == "https"
        kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
        self._connection = kind(parts.hostname or "", parts.port, timeout=request.timeout)
        self._request = request
        self._path = parts.path
        self._key = upstream.endpoint.key
        self._stream = wire.Stream(self._key)
        self._waiting: list[wire.Piece] = []
        self._broken: AnswerError | None = None
        self._response: http.client.HTTPResponse | None = None
        self._socket: socket.socket | None = None
        self.ended: Ended | None = None
        self.model: str | None = None

    def first(self, until: float) -> str:
        """Send the request and give the first piece. Raises ``AnswerError``."""
        with _network_errors():
            self._connection.connect()
            # Kept apart: http.client lets go of it when the response takes it over.
            self._socket = self._connection.sock
            request = self._request
            self._connection.request("POST", self._path, request.body, request.headers)
            self._response = self._connection.getresponse()
            if self._response.status >= _REDIRECTS:
                given = dict(self._response.getheaders())
                raw = self._response.read(_BODY_LIMIT)
                raise wire.failure(self._response.status, given, raw, self._key)
        piece = self.piece(until)
        if piece is None:
            raise wire.empty(self.ended)
        return piece

    def piece(self, until: float) -> str | None:
        """Give the next piece, ``None`` at the end.

        Raises:
            TimedOut: nothing came by ``until``, an instant of ``time.monotonic()``.
            AnswerError: the stream was cut, or held an error.
        """
        while True:
            while self._waiting:
                piece = self._waiting.pop(0)
                self.ended = piece.ended or self.ended
                self.model = self.model or piece.model
                if piece.text:
                    return piece.text
            if self._broken is not None:
                raise self._broken
            if self._stream.done or self.ended is not None:
                return None
            with _network_errors():
                chunk = self._read(until)
            if not chunk:
                raise Unreachable("The upstream's stream was cut before its end.")
            try:
                for piece in self._stream.feed(chunk):
                    self._waiting.append(piece)
            except AnswerError as error:
                # What came before it is still to be given.
                self._broken = error

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


@contextlib.contextmanager
def _network_errors() -> Iterator[None]:
    """Turn the network's errors into ours."""
    try:
        yield
    except TimeoutError:
        raise TimedOut("The upstream did not answer in time.") from None
    except (OSError, http.client.HTTPException, ValueError) as error:
        # A response that is closed under its reader raises ValueError.
        name = type(error).__name__
        raise Unreachable(f"The connection to the upstream broke: {name}.") from None
