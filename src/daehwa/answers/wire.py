"""OpenAI's wire, without I/O: requests out, answers, stream pieces and errors in.

Shared by everything that asks an OpenAI-compatible endpoint: ``ChatGPT`` over aiohttp, the
embedded model, and the Lambda over ``http.client``. Source: OpenAI's API reference for
``/v1/chat/completions`` and ``/v1/completions``, and the error bodies its servers send.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from daehwa import __version__
from daehwa.answers import prompt
from daehwa.answers.errors import (
    AnswerError,
    ContentRefused,
    KeyRefused,
    ModelNotFound,
    QuestionTooLong,
    QuotaExhausted,
    RateLimited,
    Refused,
    RequestRefused,
    Unreachable,
    UpstreamFailed,
)
from daehwa.answers.settings import Endpoint, Secret, is_completion_model
from daehwa.answers.values import Ended, Question

_ENDED: dict[str, Ended] = {"length": "length", "content_filter": "refused"}
_TOO_MANY, _SERVER_ERROR = 429, 500
_QUOTA = ("insufficient_quota", "billing_hard_limit")
_REFUSALS: tuple[tuple[tuple[str, ...], type[Refused]], ...] = (
    (_QUOTA, QuotaExhausted),
    (("context_length_exceeded", "exceed_context_size"), QuestionTooLong),
    (("content_policy", "content_filter", "responsibleai"), ContentRefused),
    (("model_not_found",), ModelNotFound),
)
_REFUSED_STATUSES: dict[int, type[Refused]] = {
    401: KeyRefused,
    403: KeyRefused,
    404: ModelNotFound,
    413: QuestionTooLong,
}
_RETRIED = frozenset({408, 409, 500, 502, 503, 504})
_SHORTENED = 300
_LINE_LIMIT = 1 << 20
BODY_LIMIT = 4 << 20
"""The bytes of the longest answer that is read whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """What one model turns out to understand: its API, the name of the limit, what it refuses.

    Guessed from names, corrected by the upstream's own errors and then remembered: ``refused``
    holds the members it does not take, and ``api`` when it wanted the other API.
    """

    chat: bool = True
    limit: str = "max_tokens"
    refused: frozenset[str] = frozenset()

    @classmethod
    def of(cls, endpoint: Endpoint) -> Dialect:
        """Guess the dialect of an endpoint's model."""
        chat = (
            not is_completion_model(endpoint.model)
            if endpoint.api == "auto"
            else endpoint.api == "chat"
        )
        # OpenAI wants the newer name; many compatible servers know the older one only.
        limit = "max_completion_tokens" if chat and endpoint.is_openai else "max_tokens"
        return cls(chat=chat, limit=limit)

    def corrected(self, error: AnswerError, endpoint: Endpoint) -> Dialect | None:
        """Give the dialect that the upstream's refusal asks for, or ``None`` for no such.

        Nothing is corrected twice, so that two refusals cannot chase each other.
        """
        if not isinstance(error, Mismatch):
            return None
        name = "api" if error.param == "model" else error.param
        if name in self.refused or (name == "api" and endpoint.api != "auto"):
            return None
        corrected = replace(self, refused=self.refused | {name})
        if name == "api":
            return replace(corrected, chat=not self.chat)
        if name == self.limit:
            other = {"max_tokens": "max_completion_tokens"}.get(name, "max_tokens")
            return None if other in self.refused else replace(corrected, limit=other)
        return corrected


class Mismatch(RequestRefused):
    """The upstream speaks another dialect; ``param`` is the member it does not take."""

    def __init__(self, message: str, *, param: str) -> None:
        super().__init__(message)
        self.param = param


def url(endpoint: Endpoint, dialect: Dialect) -> str:
    """Give the address that a question goes to."""
    return endpoint.base_url + ("/chat/completions" if dialect.chat else "/completions")


def headers(endpoint: Endpoint, *, stream: bool) -> dict[str, str]:
    """Give the request's headers; the only place where the key is revealed."""
    given = {
        "Content-Type": "application/json",
        "Accept": "text/event-stream" if stream else "application/json",
        "User-Agent": f"daehwa/{__version__}",
    }
    if endpoint.key is not None:
        given["Authorization"] = f"Bearer {endpoint.key.reveal()}"
    if endpoint.organization is not None:
        given["OpenAI-Organization"] = endpoint.organization
    if endpoint.project is not None:
        given["OpenAI-Project"] = endpoint.project
    return given


def body(endpoint: Endpoint, dialect: Dialect, question: Question, *, stream: bool) -> bytes:
    """Give the request's JSON."""
    given: dict[str, object] = {"model": endpoint.model}
    system = endpoint.system or prompt.system_prompt(question.locale, brief=endpoint.brief)
    budget = endpoint.history_tokens
    if dialect.chat:
        given["messages"] = prompt.messages(question, system=system, budget=budget)
    else:
        given["prompt"] = prompt.transcript(question, system=system, budget=budget)
        given["stop"] = [prompt.STOP]
    given[dialect.limit] = endpoint.max_tokens
    if endpoint.temperature is not None:
        given["temperature"] = endpoint.temperature
    if dialect.chat and endpoint.is_openai and endpoint.model.startswith("gpt-6"):
        # A chat waits for the first word; these models think first by default.
        given["reasoning_effort"] = "none"
    if stream:
        given["stream"] = True
    given.update(endpoint.extra)
    for name in dialect.refused:
        given.pop(name, None)
    return json.dumps(given, ensure_ascii=False).encode()


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of an answer; ``ended`` is there on the last one that says so.

    ``tokens`` are those of question and answer, where the upstream reports them.
    """

    text: str
    ended: Ended | None = None
    model: str | None = None
    tokens: int | None = None


def answer(raw: bytes, key: Secret | None = None) -> Piece:
    """Read the body of a whole answer.

    Raises:
        AnswerError: it holds none.
    """
    piece = _read(_json(raw), key)
    text = piece.text.strip()
    if not text:
        raise empty(piece.ended)
    return Piece(text, piece.ended or "stop", piece.model, piece.tokens)


def empty(ended: Ended | None) -> AnswerError:
    """Give the error for an answer without a word in it."""
    if ended == "refused":
        return ContentRefused("The upstream's content filter stopped the answer.")
    return UpstreamFailed(f"The upstream answered nothing (finish_reason: {ended or 'absent'}).")


def oversized() -> AnswerError:
    """Give the error for an answer of more than ``BODY_LIMIT`` bytes."""
    return UpstreamFailed("The upstream's answer is longer than any answer is.")


class Stream:
    """The pieces in a streamed answer, as its bytes come in.

    Server-sent events: lines end in LF, CR LF or CR, ``:`` begins a comment, an event's data
    lines join, ``[DONE]`` ends it. A character may be split between two reads; a line is only
    decoded when it is whole.
    """

    def __init__(self, key: Secret | None = None) -> None:
        self._key = key
        self._rest = b""
        self._data: list[bytes] = []
        self.done = False

    def feed(self, chunk: bytes) -> Iterator[Piece]:
        """Yield the pieces that ``chunk`` completes.

        Raises:
            AnswerError: it completes an error event.
        """
        lines = (self._rest + chunk).replace(b"\r\n", b"\n").split(b"\n")
        self._rest = lines.pop()
        if len(self._rest) > _LINE_LIMIT:
            raise UpstreamFailed("The upstream sent a line without an end.")
        for each in lines:
            line = each.rstrip(b"\r")
            if line.startswith(b"data:"):
                self._data.append(line[5:].removeprefix(b" "))
            elif not line and self._data:
                data, self._data = b"\n".join(self._data), []
                if data == b"[DONE]":
                    self.done = True
                else:
                    yield _read(_json(data), self._key)


class StreamedAnswer:
    """The texts of a streamed answer: bytes in, texts out.

    A driver reads ``text`` after ``text``; when there is none and the answer is not ``over``, it
    passes the response's next bytes to ``take``. With ``whole`` the bytes are one JSON answer: some
    servers send that, even to a request for a stream. ``ended`` and ``model`` are as the
    upstream has named them so far.
    """

    def __init__(self, key: Secret | None = None, *, whole: bool = False) -> None:
        self._key = key
        self._stream = Stream(key)
        self._body: bytearray | None = bytearray() if whole else None
        self._waiting: deque[Piece] = deque()
        self._error: AnswerError | None = None
        self._begun = self._eof = False
        self.ended: Ended | None = None
        self.model: str | None = None
        self.tokens: int | None = None

    @property
    def over(self) -> bool:
        """Whether the upstream has ended the answer."""
        return self._stream.done or self.ended is not None

    def take(self, chunk: bytes) -> None:
        """Take the bytes that came; without any the response is at its end."""
        self._eof = not chunk
        try:
            for piece in self._pieces(chunk):
                self._waiting.append(piece)
        except AnswerError as error:
            # What came before it is still to be given.
            self._error = error

    def text(self) -> str | None:
        """Give the next text, ``None`` when more bytes are needed or the answer is over.

        Raises:
            AnswerError: the stream held an error, was cut, or ended without a word.
        """
        while self._waiting:
            piece = self._waiting.popleft()
            self.ended = piece.ended or self.ended
            self.model = self.model or piece.model
            self.tokens = piece.tokens or self.tokens
            # Completion models like to begin with empty lines.
            if text := piece.text if self._begun else piece.text.lstrip():
                self._begun = True
                return text
        if self._error is not None:
            raise self._error
        if self.over and not self._begun:
            raise empty(self.ended)
        if self._eof and not self.over:
            raise Unreachable("The upstream's stream was cut before its end.")
        return None

    def _pieces(self, chunk: bytes) -> Iterator[Piece]:
        if self._body is None:
            yield from self._stream.feed(chunk)
            return
        self._body += chunk
        if len(self._body) > BODY_LIMIT:
            raise oversized()
        if not chunk:
            yield answer(bytes(self._body), self._key)


def _json(raw: bytes) -> dict[str, Any]:
    try:
        value = json.loads(raw)
    except ValueError:
        value = None
    if not isinstance(value, dict):
        raise UpstreamFailed("The upstream sent something that is not a JSON object.")
    return value


def _read(value: dict[str, Any], key: Secret | None) -> Piece:
    if isinstance(value.get("error"), dict | str):
        raise failure(0, {}, json.dumps(value).encode(), key)
    model = value.get("model")
    choices = value.get("choices")
    choice = choices[0] if isinstance(choices, list) and choices else {}
    if not isinstance(choice, dict):
        raise UpstreamFailed("The upstream's choices are not objects.")
    message = choice.get("message") or choice.get("delta") or {}
    text = message.get("content") or message.get("refusal") if isinstance(message, dict) else None
    text = text or choice.get("text") or ""
    finish = choice.get("finish_reason")
    ended = None if finish is None else _ENDED.get(finish, "stop")
    usage = value.get("usage")
    total = usage.get("total_tokens") if isinstance(usage, dict) else None
    return Piece(
        text if isinstance(text, str) else "",
        ended,
        model if isinstance(model, str) else None,
        total if isinstance(total, int) else None,
    )


def failure(
    status: int, given: Mapping[str, str], raw: bytes, key: Secret | None = None
) -> AnswerError:
    """Map an upstream's error response to one of ours.

    ``status`` 0 is an error event inside a stream that began with 200.
    """
    error = _error(raw)
    code = str(error.get("code") or error.get("type") or "")
    upstream_message = str(error.get("message") or "")
    words = f"{code} {error.get('type') or ''} {upstream_message}".lower()
    message = _describe_failure(status, code, upstream_message, key)
    if status in {400, 404, 422} and (param := _mismatch(error, words)):
        return Mismatch(message, param=param)
    after = retry_after(given)
    if status == _TOO_MANY and not _says(words, *_QUOTA):
        return RateLimited(message, retry_after=after)
    if refusal := _refusal(status, words):
        return refusal(message)
    if status == 0 or status in _RETRIED or status >= _SERVER_ERROR:
        retryable = status in _RETRIED or (status == 0 and "server_error" in words)
        return UpstreamFailed(message, retryable=retryable, retry_after=after)
    return RequestRefused(message)


def _refusal(status: int, words: str) -> type[Refused] | None:
    """Judge by the upstream's words first, because compatible servers choose other statuses."""
    for signs, refusal in _REFUSALS:
        if _says(words, *signs):
            return refusal
    return _REFUSED_STATUSES.get(status)


def _says(words: str, *signs: str) -> bool:
    return any(sign in words for sign in signs)


def _error(raw: bytes) -> dict[str, Any]:
    try:
        value = json.loads(raw)
    except ValueError:
        return {}
    error = value.get("error", value) if isinstance(value, dict) else {}
    if isinstance(error, str):
        return {"message": error}
    return error if isinstance(error, dict) else {}


def _mismatch(error: dict[str, Any], words: str) -> str | None:
    if "not a chat model" in words or "is a chat model" in words:
        return "model"
    param = error.get("param")
    unsupported = "unsupported" in words or "not supported" in words or "unrecognized" in words
    return param if isinstance(param, str) and unsupported and param != "model" else None


def _describe_failure(status: int, code: str, upstream_message: str, key: Secret | None) -> str:
    summary = f"The upstream answered {status or 'an error in its stream'}"
    detail = " ".join(f"{code}: {upstream_message}".split()).strip(": ")
    if key is not None:
        detail = key.scrub(detail)
    return f"{summary}: {detail[:_SHORTENED]}" if detail else f"{summary}."


def retry_after(given: Mapping[str, str]) -> float | None:
    """Read ``Retry-After`` (seconds or a date) or OpenAI's ``retry-after-ms``, in seconds."""
    lowered = {name.lower(): value for name, value in given.items()}
    try:
        if (milliseconds := lowered.get("retry-after-ms")) is not None:
            return max(0.0, float(milliseconds) / 1000)
        if (seconds := lowered.get("retry-after")) is None:
            return None
        return max(0.0, float(seconds))
    except ValueError:
        return _until(lowered.get("retry-after", ""))


def _until(date: str) -> float | None:
    # Imported here: a date is rare, and the Lambda's cold start is not.
    import time  # noqa: PLC0415
    from email.utils import parsedate_to_datetime  # noqa: PLC0415

    try:
        return max(0.0, parsedate_to_datetime(date).timestamp() - time.time())
    except ValueError:
        return None
