"""Answers of the OpenAI-compatible API in OpenAI's shapes, whole and streamed.

Source: OpenAI's API reference: chat completions, completions, responses and their events.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Mapping
from typing import Any, Literal, Protocol

import msgspec

from daehwa import answers, chat

Finish = Literal["stop", "length", "content_filter"]
_encode = msgspec.json.Encoder().encode


class Finished(msgspec.Struct, frozen=True, kw_only=True):
    """The end of an answer: all of its text, why it ended, and what it took."""

    text: str
    finish: Finish = "stop"
    usage: chat.ChatUsage


def finished(question: str, text: str, finish: Finish, usage: chat.ChatUsage | None) -> Finished:
    """The end of an answer; where nobody counted, its tokens are estimated."""
    counted = usage or chat.ChatUsage(
        input_tokens=answers.tokens(question), output_tokens=answers.tokens(text)
    )
    return Finished(text=text, finish=finish, usage=counted)


class AnswerShape(Protocol):
    """How an API writes an answer."""

    id: str

    def whole(self, end: Finished) -> dict[str, Any]:
        """The body of a whole answer."""
        ...

    def begin(self) -> list[bytes]:
        """The events before the first word."""
        ...

    def piece(self, text: str) -> list[bytes]:
        """The events of a piece of text."""
        ...

    def end(self, end: Finished) -> list[bytes]:
        """The events at the end."""
        ...

    def failed(self, error: dict[str, Any]) -> list[bytes]:
        """The events of an answer that failed after its beginning; ``error`` is OpenAI's."""
        ...


class ChatShape:
    """Chat completions and their chunks."""

    def __init__(
        self,
        model: str,
        completion_id: str,
        *,
        include_usage: bool = False,
        created: float | None = None,
    ) -> None:
        self.id = completion_id
        self._head = {"created": int(created or time.time()), "model": model}
        self._include_usage = include_usage

    def whole(self, end: Finished) -> dict[str, Any]:
        """See ``AnswerShape``."""
        message = {"role": "assistant", "content": end.text, "refusal": None}
        choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": end.finish}
        return {
            "id": self.id,
            "object": "chat.completion",
            **self._head,
            "choices": [choice],
            "usage": _usage(end.usage),
        }

    def begin(self) -> list[bytes]:
        """See ``AnswerShape``."""
        return [self._chunk({"role": "assistant", "content": ""})]

    def piece(self, text: str) -> list[bytes]:
        """See ``AnswerShape``."""
        return [self._chunk({"content": text})]

    def end(self, end: Finished) -> list[bytes]:
        """See ``AnswerShape``."""
        events = [self._chunk({}, end.finish)]
        if self._include_usage:
            events.append(self._event([], usage=_usage(end.usage)))
        return [*events, b"data: [DONE]\n\n"]

    def failed(self, error: dict[str, Any]) -> list[bytes]:
        """See ``AnswerShape``."""
        return [_data({"error": error})]

    def _chunk(self, delta: dict[str, Any], finish: Finish | None = None) -> bytes:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
        return self._event([choice])

    def _event(self, choices: list[Any], usage: dict[str, Any] | None = None) -> bytes:
        value = {
            "id": self.id,
            "object": "chat.completion.chunk",
            **self._head,
            "choices": choices,
        }
        return _data(value | ({"usage": usage} if self._include_usage else {}))


class TextShape:
    """Completions, whose chunks look like the whole."""

    def __init__(self, model: str, *, include_usage: bool = False) -> None:
        self.id = f"cmpl-{uuid.uuid4().hex}"
        self._head = {"id": self.id, "object": "text_completion", "created": int(time.time())}
        self._model = model
        self._include_usage = include_usage

    def whole(self, end: Finished) -> dict[str, Any]:
        """See ``AnswerShape``."""
        return self._body(end.text, end.finish) | {"usage": _usage(end.usage)}

    def begin(self) -> list[bytes]:
        """See ``AnswerShape``."""
        return []

    def piece(self, text: str) -> list[bytes]:
        """See ``AnswerShape``."""
        return [_data(self._body(text, None))]

    def end(self, end: Finished) -> list[bytes]:
        """See ``AnswerShape``."""
        events = [_data(self._body("", end.finish))]
        if self._include_usage:
            value = {**self._head, "model": self._model, "choices": [], "usage": _usage(end.usage)}
            events.append(_data(value))
        return [*events, b"data: [DONE]\n\n"]

    def failed(self, error: dict[str, Any]) -> list[bytes]:
        """See ``AnswerShape``."""
        return [_data({"error": error})]

    def _body(self, text: str, finish: Finish | None) -> dict[str, Any]:
        choice = {"index": 0, "text": text, "logprobs": None, "finish_reason": finish}
        return {**self._head, "model": self._model, "choices": [choice]}


class ResponseShape:
    """Responses, and the events of a streamed one, each with its number."""

    def __init__(
        self,
        model: str,
        response_id: str,
        message_id: str,
        *,
        echoed: Mapping[str, Any] | None = None,
        created: float | None = None,
    ) -> None:
        self.id = response_id
        self._item = f"msg_{message_id}"
        self._model = model
        self._echoed = echoed or {}
        self._created = int(created or time.time())
        self._number = 0

    def whole(self, end: Finished) -> dict[str, Any]:
        """See ``AnswerShape``."""
        incomplete = end.finish != "stop"
        reason = "max_output_tokens" if end.finish == "length" else "content_filter"
        usage = {
            "input_tokens": end.usage.input_tokens,
            "input_tokens_details": {"cached_tokens": 0},
            "output_tokens": end.usage.output_tokens,
            "output_tokens_details": {"reasoning_tokens": 0},
            "total_tokens": end.usage.input_tokens + end.usage.output_tokens,
        }
        return self._body("incomplete" if incomplete else "completed") | {
            "incomplete_details": {"reason": reason} if incomplete else None,
            "output": [self._message(end.text, "incomplete" if incomplete else "completed")],
            "usage": usage,
        }

    def waiting(self, status: str) -> dict[str, Any]:
        """The body of a response that has no words yet, or never had."""
        return self._body(status)

    def begin(self) -> list[bytes]:
        """See ``AnswerShape``."""
        body = self._body("in_progress")
        item = self._message("", "in_progress") | {"content": []}
        return [
            self._event("response.created", response=body),
            self._event("response.in_progress", response=body),
            self._event("response.output_item.added", output_index=0, item=item),
            self._event("response.content_part.added", **self._place, part=_part("")),
        ]

    def piece(self, text: str) -> list[bytes]:
        """See ``AnswerShape``."""
        return [self._event("response.output_text.delta", **self._place, delta=text, logprobs=[])]

    def end(self, end: Finished) -> list[bytes]:
        """See ``AnswerShape``."""
        body = self.whole(end)
        (item,) = body["output"]
        return [
            self._event("response.output_text.done", **self._place, text=end.text, logprobs=[]),
            self._event("response.content_part.done", **self._place, part=_part(end.text)),
            self._event("response.output_item.done", output_index=0, item=item),
            self._event(f"response.{body['status']}", response=body),
        ]

    def failed(self, error: dict[str, Any]) -> list[bytes]:
        """See ``AnswerShape``."""
        known = {"code": "server_error", "message": error["message"]}
        body = self._body("failed") | {"error": known}
        return [self._event("response.failed", response=body)]

    @property
    def _place(self) -> dict[str, Any]:
        return {"item_id": self._item, "output_index": 0, "content_index": 0}

    def _message(self, text: str, status: str) -> dict[str, Any]:
        return {
            "id": self._item,
            "type": "message",
            "role": "assistant",
            "status": status,
            "content": [_part(text)],
        }

    def _body(self, status: str) -> dict[str, Any]:
        return {
            "id": self.id,
            "object": "response",
            "created_at": self._created,
            "model": self._model,
            "status": status,
            "error": None,
            "incomplete_details": None,
            "instructions": None,
            "metadata": {},
            "output": [],
            "parallel_tool_calls": False,
            "previous_response_id": None,
            "store": True,
            "temperature": None,
            "text": {"format": {"type": "text"}},
            "tool_choice": "none",
            "tools": [],
            "top_p": None,
            "usage": None,
            **self._echoed,
        }

    def _event(self, kind: str, **members: Any) -> bytes:
        value = {"type": kind, "sequence_number": self._number, **members}
        self._number += 1
        return b"event: %b\n" % kind.encode() + _data(value)


def _part(text: str) -> dict[str, Any]:
    return {"type": "output_text", "text": text, "annotations": [], "logprobs": []}


def _usage(usage: chat.ChatUsage) -> dict[str, Any]:
    return {
        "prompt_tokens": usage.input_tokens,
        "completion_tokens": usage.output_tokens,
        "total_tokens": usage.input_tokens + usage.output_tokens,
    }


def _data(value: dict[str, Any]) -> bytes:
    return b"data: %b\n\n" % _encode(value)
