"""An upstream's answer, without I/O: bytes in; texts, the end and the usage out.

What comes is judged by its form, not by its headers: a JSON body, server-sent events or a web
page may each come where another was requested. Bedrock's Converse API is read as well.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterator
from typing import Literal

from daehwa.answers import converse
from daehwa.answers.answer_pieces import Piece, choice_of, objects, parsed, read_piece
from daehwa.answers.errors import (
    AnswerError,
    ContentRefused,
    NotAnAnswer,
    OnlyThoughts,
    Unreachable,
    UpstreamFailed,
)
from daehwa.answers.event_frames import BrokenFrame, Frame, FrameReader
from daehwa.answers.failures import Scrubber, failure
from daehwa.answers.letters import TurnEnd, ends_in_half, whole_letters
from daehwa.answers.native_shapes import LAST_EVENT
from daehwa.answers.thoughts import ThoughtFilter
from daehwa.answers.values import Ended, Usage

# How server-sent events may begin: data, event, id, retry, a comment.
_STREAM_STARTS = frozenset({b"d", b"e", b"i", b"r", b":"})
# The length of a frame of AWS's event stream begins with it.
_FRAME_START = b"\x00"
_DATA, _EVENT = b"data:", b"event:"
_WHOLE = (_DATA + b" {", _DATA + b"{")
_NOTHING = Piece("")
_LONGEST_END = 16
BODY_LIMIT = 4 << 20
"""The bytes of the longest answer that is read whole, and of the longest line of a stream."""


def answer(raw: bytes, scrubber: Scrubber | None = None, *, opened: bool = False) -> Piece:
    """Read a whole answer, in whichever form it came; ``opened`` as in ``ThoughtFilter``.

    Raises:
        AnswerError: it holds none.
    """
    reading = StreamedAnswer(scrubber, opened=opened)
    reading.take(raw)
    reading.take(b"")
    texts: list[str] = []
    while (text := reading.text()) is not None:
        if reading.starts_over:
            texts.clear()
        texts.append(text)
    text = "".join(texts).strip()
    if not text:
        raise empty(reading.ended, thought=reading.thought)
    return Piece(text, reading.ended or "stop", reading.model, usage=reading.usage)


def empty(ended: Ended | None, *, thought: bool = False) -> AnswerError:
    """Give the error for an answer without a word in it."""
    if ended == "refused":
        return ContentRefused("The upstream's content filter stopped the answer.")
    if ended == "length":
        # Some APIs do not show thoughts at all: without a word, nothing else used it up.
        return OnlyThoughts("The model's thinking used up the limit on its output.")
    reason = "after thinking" if thought else ended or "absent"
    error = UpstreamFailed(f"The upstream answered nothing (finish_reason: {reason}).")
    error.wordless = True
    return error


def oversized() -> AnswerError:
    """Give the error for an answer of more than ``BODY_LIMIT`` bytes."""
    return UpstreamFailed("The upstream's answer is longer than any answer can be.")


class Stream:
    """The pieces in a streamed answer, as its bytes come in.

    Server-sent events: lines end in LF, CR LF or CR, ``:`` begins a comment, an event's data
    lines join, ``[DONE]`` ends it. A character may be split between two reads; a line is only
    decoded when it is whole. Lines of JSON without ``data:`` are read too. Source: the HTML
    Standard, "Server-sent events".
    """

    def __init__(self, scrubber: Scrubber | None = None) -> None:
        self._scrubber = scrubber
        self._rest = bytearray()
        self._data: list[bytes] = []
        self._event = b""
        self.done = False

    def feed(self, chunk: bytes) -> Iterator[Piece]:
        """Yield the pieces that ``chunk`` completes; an empty one ends the stream.

        Raises:
            AnswerError: it completes an error event.
        """
        if not chunk:
            yield from self._end()
            return
        lines = self._lines(chunk)
        at, size = 0, len(lines)
        while at < size:
            line = lines[at]
            at += 1
            if at < size and not lines[at] and self._is_whole_event(line):
                at += 1
                # Nearly every event is one line: no need to put it together.
                yield self._read_event(line.removeprefix(_DATA))
            elif line or self._data:
                for part in line.rstrip(b"\r").split(b"\r"):
                    yield from self._take_line(part)

    def _lines(self, chunk: bytes) -> list[bytes]:
        """Give the lines that ``chunk`` completes; what follows them waits."""
        within = b"\n" not in chunk and b"\r" not in chunk and self._rest[-1:] != b"\r"
        self._rest += chunk
        if within:
            lines: list[bytes] = []
        else:
            *lines, rest = bytes(self._rest).replace(b"\r\n", b"\n").split(b"\n")
            if b"\r" in rest[:-1]:
                *ended, rest = rest.split(b"\r")
                lines += ended
            self._rest = bytearray(rest)
        if len(self._rest) > BODY_LIMIT:
            raise UpstreamFailed("The upstream sent a line without an end.")
        return lines

    def _is_whole_event(self, line: bytes) -> bool:
        return line.startswith(_WHOLE) and line.endswith(b"}") and not (self._data or self._event)

    def _read_event(self, data: bytes) -> Piece:
        return _NOTHING if self.done else read_piece(parsed(data), data, self._scrubber)

    def _end(self) -> Iterator[Piece]:
        """Read what stands behind the last line's end: some servers forget the empty line."""
        rest, self._rest = bytes(self._rest).rstrip(b"\r"), bytearray()
        try:
            for line in (rest, b""):
                yield from self._take_line(line)
        except NotAnAnswer:
            # An event that was cut off in its middle.
            self._data = []

    def _take_line(self, line: bytes) -> Iterator[Piece]:
        if line.startswith(_DATA):
            data = line.removeprefix(_DATA).removeprefix(b" ")
            # A comment that a gateway passed on as data is still one.
            if not data.startswith(b":"):
                self._data.append(data)
        elif line.startswith(_EVENT):
            self._event = line.removeprefix(_EVENT).strip()
        elif line.startswith(b"{") and not self._data:
            yield from self._take_event(line)
        elif not line and self._data:
            data, self._data = b"\n".join(self._data), []
            yield from self._take_event(data)
            self._event = b""

    def _take_event(self, data: bytes) -> Iterator[Piece]:
        if len(data) < _LONGEST_END and (word := data.strip(b" \t\r\"'[]").upper()).isalnum():
            # Any other word, such as null or ping, says that the server is alive.
            self.done = self.done or word == b"DONE"
        elif not self.done and data.strip():
            try:
                value = parsed(data)
            except NotAnAnswer:
                # Two events without the empty line between them.
                parts = data.split(b"\n")
                if len(parts) == 1:
                    raise
                for part in parts:
                    yield from self._take_event(part)
                return
            self.done = value.get("type") == LAST_EVENT
            if self._event == b"error" and "error" not in value:
                raise failure(0, {}, data, self._scrubber)
            yield read_piece(value, data, self._scrubber)


class Frames:
    """The pieces in a stream of Bedrock's ConverseStream, as its bytes come in."""

    done = False

    def __init__(self, scrubber: Scrubber | None = None) -> None:
        self._scrubber = scrubber
        self._reader = FrameReader()

    def feed(self, chunk: bytes) -> Iterator[Piece]:
        """Yield the pieces that ``chunk`` completes.

        Raises:
            AnswerError: it completes an exception, or is not an event stream.
        """
        try:
            for frame in self._reader.feed(chunk):
                yield from self._take_frame(frame)
        except BrokenFrame as error:
            raise NotAnAnswer(f"The upstream's event stream is broken: {error}.") from None

    def _take_frame(self, frame: Frame) -> Iterator[Piece]:
        kind = frame.headers.get(":message-type")
        if kind in {"exception", "error"}:
            name = frame.headers.get(":exception-type") or frame.headers.get(":error-code") or ""
            words = frame.payload or json.dumps(frame.headers).encode()
            raise failure(converse.exception_status(name), {}, words, self._scrubber)
        value = converse.event(frame.headers.get(":event-type", ""), parsed(frame.payload))
        yield read_piece(value, frame.payload, self._scrubber)


class StreamedAnswer:
    """The texts of an answer: bytes in, texts out.

    A driver reads ``text`` after ``text``; when there is none and the answer is not ``over``, it
    passes the response's next bytes to ``take``, none at the end. ``ended``, ``model`` and
    ``usage`` are as the upstream has named them so far; ``thought`` says that there were
    thoughts, and ``alive`` counts whatever came of the answer, thoughts too. ``opened`` is as
    in ``ThoughtFilter``.
    """

    def __init__(self, scrubber: Scrubber | None = None, *, opened: bool = False) -> None:
        self._scrubber = scrubber
        self._stream: Stream | Frames = Stream(scrubber)
        self._filter = ThoughtFilter(opened=opened)
        self._turn_end = TurnEnd()
        self._half = ""
        self._opened = opened
        self._form: Literal["unknown", "stream", "whole"] = "unknown"
        self._body = bytearray()
        self._waiting: deque[Piece] = deque()
        self._error: AnswerError | None = None
        self._begun = self._eof = self._closed = False
        self._index: int | None = None
        self._final: Ended | None = None
        self.thought = False
        self.alive = 0
        self.starts_over = False
        """Whether the text that was just given stands in the place of all before it."""
        self.model: str | None = None
        self.usage: Usage | None = None

    @property
    def ended(self) -> Ended | None:
        """Why the answer ended, once the upstream has said so."""
        return self._final

    @property
    def over(self) -> bool:
        """Whether the upstream has ended the answer, and nothing more can follow."""
        at_end = self._final is not None or self._form != "stream"
        return self._stream.done or (self._eof and at_end)

    @property
    def unopened(self) -> bool:
        """Whether the text began with a thought that no tag had opened."""
        return self._filter.unopened and not self._opened

    def take(self, chunk: bytes) -> None:
        """Take the bytes that came; without any the response is at its end."""
        self._eof = not chunk
        try:
            for piece in self._pieces(chunk):
                self._waiting.append(piece)
                self.alive += bool(piece.text or piece.thinks)
        except AnswerError as error:
            # What came before it is still to be given.
            self._error = error

    def text(self) -> str | None:
        """Give the next text, ``None`` when more bytes are needed or the answer is over.

        Raises:
            AnswerError: the stream held an error, was cut, or ended without a word.
        """
        if (text := self.come_already()) is not None:
            return text
        if self._error is not None:
            raise self._error
        if not (self.over or self._eof):
            return None
        if not self._closed:
            self._closed = True
            rest = self._turn_end.feed(self._filter.close()) + self._turn_end.close()
            if text := self._shown(rest):
                return text
        if self._final == "cut":
            raise UpstreamFailed("The upstream broke off its answer.", retryable=True)
        if self._eof and not self.over:
            raise Unreachable("The upstream's stream was cut before its end.")
        if not self._begun:
            raise empty(self._final, thought=self.thought)
        return None

    def come_together(self) -> str | None:
        """Give all that ``come_already`` would as one text, if nobody watches the stream."""
        texts: list[str] = []
        over = False
        while (text := self.come_already()) is not None:
            if self.starts_over:
                over = True
                texts.clear()
            texts.append(text)
        self.starts_over = over
        return "".join(texts) if texts else None

    def come_already(self) -> str | None:
        """Give the next text of what came so far, ``None`` where only ``text`` can tell."""
        self.starts_over = False
        while self._waiting:
            if (text := self._take_piece(self._waiting.popleft())) is not None:
                return text
        return None

    def _take_piece(self, piece: Piece) -> str | None:
        self.model = self.model or piece.model
        if piece.usage is not None:
            self.usage = piece.usage.after(self.usage)
        if piece.thinks:
            self.thought = True
            self._filter.release()
        if self._index is None and (piece.text or piece.thinks):
            self._index = piece.choice
        if self._index is not None and piece.choice != self._index:
            return None  # another choice
        thought_ends = piece.thinks and not piece.text and piece.ended == "stop"
        if piece.ended is not None and self._final != "cut" and not thought_ends:
            # More may follow all the same: then it was not the end.
            self._final = piece.ended
        if not piece.text or (piece.whole and self._begun):
            return None
        unopened = self._filter.unopened
        text = self._filter.feed(self._letters(piece.text))
        self.thought = self.thought or self._filter.thought
        if self._filter.unopened and not unopened and self._begun:
            self._begun = False
            self.starts_over = True
            self._turn_end = TurnEnd()
        shown = self._shown(self._turn_end.feed(text))
        return shown or ("" if self.starts_over else None)

    def _letters(self, text: str) -> str:
        """Give the whole letters of the text so far, and keep half a letter at its end."""
        text, self._half = self._half + text, ""
        if ends_in_half(text):
            text, self._half = text[:-1], text[-1]
        return whole_letters(text)

    def _shown(self, text: str) -> str:
        # Completion models like to begin with empty lines.
        shown = text if self._begun else text.lstrip()
        self._begun = self._begun or bool(shown)
        return shown

    def _pieces(self, chunk: bytes) -> Iterator[Piece]:
        if len(self._body) + len(chunk) > BODY_LIMIT:
            raise oversized()
        if self._form == "unknown":
            self._body += chunk
            start = bytes(self._body[:512]).lstrip(b"\xef\xbb\xbf \t\r\n")
            if not start and chunk:
                return
            framed = start[:1] == _FRAME_START
            self._form = "stream" if framed or start[:1] in _STREAM_STARTS else "whole"
            if framed:
                self._stream = Frames(self._scrubber)
            chunk = bytes(self._body) if chunk else b""
            if self._form == "stream":
                yield from self._stream.feed(chunk)
                self._body.clear()
                return
        elif self._form == "stream":
            yield from self._stream.feed(chunk)
            return
        else:
            self._body += chunk
        if self._eof:
            yield from self._whole(bytes(self._body))

    def _whole(self, raw: bytes) -> Iterator[Piece]:
        """Read a body of JSON; one object a line is read as a stream."""
        try:
            value = parsed(raw)
        except NotAnAnswer:
            lines = objects(raw)
            if lines is None:
                raise
            for line in lines:
                yield read_piece(parsed(line), line, self._scrubber)
            return
        if converse.is_answer(value):
            value = converse.answer(value)
        piece = read_piece(value, raw, self._scrubber)
        if not (piece.text or piece.thinks or choice_of(value)):
            # Whatever it is, it is not an answer: its own words may say why.
            raise failure(0, {}, raw, self._scrubber)
        yield piece
        if piece.ended is None:
            yield Piece("", "stop", choice=piece.choice)
