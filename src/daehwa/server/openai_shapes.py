"""Answers of the OpenAI-compatible API in OpenAI's shapes, whole and streamed.

The values are in ``openai_values``.
"""

from __future__ import annotations

import time
import uuid
from typing import Any, Final, Protocol

import msgspec
from msgspec import UNSET

from daehwa import answers, chat
from daehwa.server.openai_values import (
    ChatChoice,
    ChatCompletion,
    ChatCompletionChunk,
    ChatCompletionMessage,
    ChoiceDelta,
    ChunkChoice,
    Completion,
    CompletionChoice,
    CompletionUsage,
    Echoed,
    Finish,
    IncompleteDetails,
    ItemEvent,
    ModelResponse,
    PartEvent,
    ResponseError,
    ResponseEvent,
    ResponseOutputMessage,
    ResponseOutputText,
    ResponseUsage,
    Status,
    TextDeltaEvent,
    TextEvent,
    WholeEvent,
)

_DONE: Final = b"data: [DONE]\n\n"
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

    def whole(self, end: Finished) -> msgspec.Struct:
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
        self._created = int(created or time.time())
        self._model = model
        self._include_usage = include_usage

    def whole(self, end: Finished) -> ChatCompletion:
        """See ``AnswerShape``."""
        message = ChatCompletionMessage(content=end.text)
        return ChatCompletion(
            id=self.id,
            created=self._created,
            model=self._model,
            choices=(ChatChoice(message=message, finish_reason=end.finish),),
            usage=_usage(end.usage),
        )

    def begin(self) -> list[bytes]:
        """See ``AnswerShape``."""
        return [self._chunk(ChoiceDelta(role="assistant", content=""))]

    def piece(self, text: str) -> list[bytes]:
        """See ``AnswerShape``."""
        return [self._chunk(ChoiceDelta(content=text))]

    def end(self, end: Finished) -> list[bytes]:
        """See ``AnswerShape``."""
        events = [self._chunk(ChoiceDelta(), end.finish)]
        if self._include_usage:
            events.append(self._event((), usage=_usage(end.usage)))
        return [*events, _DONE]

    def failed(self, error: dict[str, Any]) -> list[bytes]:
        """See ``AnswerShape``."""
        return [_data({"error": error})]

    def _chunk(self, delta: ChoiceDelta, finish: Finish | None = None) -> bytes:
        return self._event((ChunkChoice(delta=delta, finish_reason=finish),))

    def _event(
        self, choices: tuple[ChunkChoice, ...], *, usage: CompletionUsage | None = None
    ) -> bytes:
        chunk = ChatCompletionChunk(
            id=self.id,
            created=self._created,
            model=self._model,
            choices=choices,
            usage=usage if self._include_usage else UNSET,
        )
        return _data(chunk)


class TextShape:
    """Completions, whose chunks look like the whole."""

    def __init__(self, model: str, *, include_usage: bool = False) -> None:
        self.id = f"cmpl-{uuid.uuid4().hex}"
        self._empty = Completion(id=self.id, created=int(time.time()), model=model)
        self._include_usage = include_usage

    def whole(self, end: Finished) -> Completion:
        """See ``AnswerShape``."""
        written = self._written(end.text, end.finish)
        return msgspec.structs.replace(written, usage=_usage(end.usage))

    def begin(self) -> list[bytes]:
        """See ``AnswerShape``."""
        return []

    def piece(self, text: str) -> list[bytes]:
        """See ``AnswerShape``."""
        return [_data(self._written(text, None))]

    def end(self, end: Finished) -> list[bytes]:
        """See ``AnswerShape``."""
        events = [_data(self._written("", end.finish))]
        if self._include_usage:
            events.append(_data(msgspec.structs.replace(self._empty, usage=_usage(end.usage))))
        return [*events, _DONE]

    def failed(self, error: dict[str, Any]) -> list[bytes]:
        """See ``AnswerShape``."""
        return [_data({"error": error})]

    def _written(self, text: str, finish: Finish | None) -> Completion:
        choice = CompletionChoice(text=text, finish_reason=finish)
        return msgspec.structs.replace(self._empty, choices=(choice,))


class ResponseShape:
    """Responses, and the events of a streamed one, each with its number."""

    def __init__(
        self,
        model: str,
        response_id: str,
        message_id: str,
        *,
        echoed: Echoed | None = None,
        created: float | None = None,
    ) -> None:
        self.id = response_id
        self._item = f"msg_{message_id}"
        self._begun = ModelResponse(
            id=response_id,
            created_at=int(created or time.time()),
            model=model,
            status="in_progress",
            **msgspec.structs.asdict(echoed or Echoed()),
        )
        self._sent = 0

    def whole(self, end: Finished) -> ModelResponse:
        """See ``AnswerShape``."""
        status: Status = "completed"
        details = None
        if end.finish != "stop":
            status = "incomplete"
            details = IncompleteDetails(
                reason="max_output_tokens" if end.finish == "length" else "content_filter"
            )
        usage = ResponseUsage(
            input_tokens=end.usage.input_tokens,
            output_tokens=end.usage.output_tokens,
            total_tokens=end.usage.input_tokens + end.usage.output_tokens,
        )
        return msgspec.structs.replace(
            self._begun,
            status=status,
            incomplete_details=details,
            output=(self._message(status, ResponseOutputText(text=end.text)),),
            usage=usage,
        )

    def waiting(self, status: Status) -> ModelResponse:
        """The body of a response that has no words yet, or never had."""
        return msgspec.structs.replace(self._begun, status=status)

    def begin(self) -> list[bytes]:
        """See ``AnswerShape``."""
        return [
            self._whole_event(self._begun, "created"),
            self._whole_event(self._begun, "in_progress"),
            self._item_event("added", self._message("in_progress")),
            self._part_event("added", ResponseOutputText(text="")),
        ]

    def piece(self, text: str) -> list[bytes]:
        """See ``AnswerShape``."""
        kind = "response.output_text.delta"
        number = self._next_number()
        return [
            _event(
                TextDeltaEvent(type=kind, sequence_number=number, item_id=self._item, delta=text)
            )
        ]

    def end(self, end: Finished) -> list[bytes]:
        """See ``AnswerShape``."""
        body = self.whole(end)
        done = TextEvent(
            type="response.output_text.done",
            sequence_number=self._next_number(),
            item_id=self._item,
            text=end.text,
        )
        return [
            _event(done),
            self._part_event("done", ResponseOutputText(text=end.text)),
            self._item_event("done", body.output[0]),
            self._whole_event(body, body.status),
        ]

    def failed(self, error: dict[str, Any]) -> list[bytes]:
        """See ``AnswerShape``."""
        known = ResponseError(code="server_error", message=error["message"])
        body = msgspec.structs.replace(self._begun, status="failed", error=known)
        return [self._whole_event(body, "failed")]

    def _message(self, status: Status, *content: ResponseOutputText) -> ResponseOutputMessage:
        return ResponseOutputMessage(id=self._item, status=status, content=content)

    def _next_number(self) -> int:
        self._sent += 1
        return self._sent - 1

    def _whole_event(self, body: ModelResponse, kind: str) -> bytes:
        number = self._next_number()
        return _event(WholeEvent(type=f"response.{kind}", sequence_number=number, response=body))

    def _item_event(self, kind: str, item: ResponseOutputMessage) -> bytes:
        number = self._next_number()
        return _event(
            ItemEvent(type=f"response.output_item.{kind}", sequence_number=number, item=item)
        )

    def _part_event(self, kind: str, part: ResponseOutputText) -> bytes:
        event = PartEvent(
            type=f"response.content_part.{kind}",
            sequence_number=self._next_number(),
            item_id=self._item,
            part=part,
        )
        return _event(event)


def _usage(usage: chat.ChatUsage) -> CompletionUsage:
    return CompletionUsage(
        prompt_tokens=usage.input_tokens,
        completion_tokens=usage.output_tokens,
        total_tokens=usage.input_tokens + usage.output_tokens,
    )


def _event(event: ResponseEvent) -> bytes:
    return b"event: %b\n" % event.type.encode() + _data(event)


def _data(value: msgspec.Struct | dict[str, Any]) -> bytes:
    return b"data: %b\n\n" % _encode(value)
