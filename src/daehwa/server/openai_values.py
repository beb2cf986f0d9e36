"""The values that the OpenAI-compatible API sends, whole and in events, by OpenAI's own names.

Members that are ``UNSET`` are left out; all others are sent, ``null`` too. Source: OpenAI's API
reference: "The chat completion object", "The chat completion chunk object", "The completion
object", "The response object", "Streaming events".
"""

from __future__ import annotations

from typing import Any, Literal, TypeAlias

import msgspec
from msgspec import UNSET, UnsetType

Finish: TypeAlias = Literal["stop", "length", "content_filter"]
"""Why a completion ended."""

Status: TypeAlias = Literal["in_progress", "completed", "incomplete", "failed"]
"""How far a response is."""


class _Value(msgspec.Struct, frozen=True, kw_only=True):
    """A value of the wire."""


class CompletionUsage(_Value, frozen=True, kw_only=True):
    """Tokens of a completion."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int


# --- chat completions -----------------------------------------------------------------


class ChatCompletionMessage(_Value, frozen=True, kw_only=True):
    """What the bot says."""

    role: Literal["assistant"] = "assistant"
    content: str
    refusal: str | None = None


class ChatChoice(_Value, frozen=True, kw_only=True):
    """The only choice of a chat completion."""

    index: int = 0
    message: ChatCompletionMessage
    logprobs: None = None
    finish_reason: Finish


class ChatCompletion(_Value, frozen=True, kw_only=True):
    """A chat completion; ``created`` in seconds since 1970, ``metadata`` of one that is kept."""

    id: str
    object: Literal["chat.completion"] = "chat.completion"
    created: int
    model: str
    choices: tuple[ChatChoice, ...]
    usage: CompletionUsage
    metadata: dict[str, str] | UnsetType = UNSET


class ChoiceDelta(_Value, frozen=True, kw_only=True):
    """What a chunk adds to the message."""

    role: Literal["assistant"] | UnsetType = UNSET
    content: str | UnsetType = UNSET


class ChunkChoice(_Value, frozen=True, kw_only=True):
    """The only choice of a chunk."""

    index: int = 0
    delta: ChoiceDelta
    logprobs: None = None
    finish_reason: Finish | None = None


class ChatCompletionChunk(_Value, frozen=True, kw_only=True):
    """A piece of a streamed chat completion; ``usage`` is null until its last chunk."""

    id: str
    object: Literal["chat.completion.chunk"] = "chat.completion.chunk"
    created: int
    model: str
    choices: tuple[ChunkChoice, ...] = ()
    usage: CompletionUsage | UnsetType | None = UNSET


# --- completions ----------------------------------------------------------------------


class CompletionChoice(_Value, frozen=True, kw_only=True):
    """The only choice of a completion; without ``finish_reason`` there are further pieces."""

    index: int = 0
    text: str
    logprobs: None = None
    finish_reason: Finish | None = None


class Completion(_Value, frozen=True, kw_only=True):
    """A completion, or a piece of one."""

    id: str
    object: Literal["text_completion"] = "text_completion"
    created: int
    model: str
    choices: tuple[CompletionChoice, ...] = ()
    usage: CompletionUsage | UnsetType = UNSET


# --- responses ------------------------------------------------------------------------


class InputTokensDetails(_Value, frozen=True, kw_only=True):
    """Of a response's input."""

    cached_tokens: int = 0


class OutputTokensDetails(_Value, frozen=True, kw_only=True):
    """Of a response's output."""

    reasoning_tokens: int = 0


class ResponseUsage(_Value, frozen=True, kw_only=True):
    """Tokens of a response."""

    input_tokens: int
    input_tokens_details: InputTokensDetails = InputTokensDetails()
    output_tokens: int
    output_tokens_details: OutputTokensDetails = OutputTokensDetails()
    total_tokens: int


class ResponseOutputText(_Value, frozen=True, kw_only=True):
    """The text of a message."""

    type: Literal["output_text"] = "output_text"
    text: str
    annotations: tuple[()] = ()
    logprobs: tuple[()] = ()


class ResponseOutputMessage(_Value, frozen=True, kw_only=True):
    """What the bot says."""

    id: str
    type: Literal["message"] = "message"
    role: Literal["assistant"] = "assistant"
    status: Status
    content: tuple[ResponseOutputText, ...] = ()


class ResponseError(_Value, frozen=True, kw_only=True):
    """Why a response failed."""

    code: str
    message: str


class IncompleteDetails(_Value, frozen=True, kw_only=True):
    """Why a response is incomplete."""

    reason: Literal["max_output_tokens", "content_filter"]


class ResponseConversation(_Value, frozen=True, kw_only=True):
    """The conversation that a response belongs to."""

    id: str


class TextFormat(_Value, frozen=True, kw_only=True):
    """The form of a response's text."""

    type: Literal["text"] = "text"


class ResponseText(_Value, frozen=True, kw_only=True):
    """What a response's text is like."""

    format: TextFormat = TextFormat()


class Echoed(_Value, frozen=True, kw_only=True):
    """What a response repeats of its request."""

    instructions: str | None = None
    metadata: dict[str, Any] = {}
    previous_response_id: str | None = None
    store: bool = True
    temperature: float | None = None
    top_p: float | None = None
    conversation: ResponseConversation | UnsetType = UNSET
    max_output_tokens: int | UnsetType = UNSET
    reasoning: dict[str, Any] | UnsetType = UNSET
    safety_identifier: str | UnsetType = UNSET
    truncation: str | UnsetType = UNSET
    user: str | UnsetType = UNSET


class ModelResponse(Echoed, frozen=True, kw_only=True):
    """A response; ``created_at`` in seconds since 1970."""

    id: str
    object: Literal["response"] = "response"
    created_at: int
    model: str
    status: Status
    error: ResponseError | None = None
    incomplete_details: IncompleteDetails | None = None
    output: tuple[ResponseOutputMessage, ...] = ()
    parallel_tool_calls: bool = False
    text: ResponseText = ResponseText()
    tool_choice: Literal["none"] = "none"
    tools: tuple[()] = ()
    usage: ResponseUsage | None = None


# --- the events of a response ---------------------------------------------------------


class ResponseEvent(_Value, frozen=True, kw_only=True):
    """An event of a streamed response; they are numbered from 0."""

    type: str
    sequence_number: int


class WholeEvent(ResponseEvent, frozen=True, kw_only=True):
    """The response as it is now: created, in progress, completed, incomplete or failed."""

    response: ModelResponse


class ItemEvent(ResponseEvent, frozen=True, kw_only=True):
    """The message begins or is done."""

    output_index: int = 0
    item: ResponseOutputMessage


class ContentEvent(ResponseEvent, frozen=True, kw_only=True):
    """What concerns the message's only text."""

    item_id: str
    output_index: int = 0
    content_index: int = 0


class PartEvent(ContentEvent, frozen=True, kw_only=True):
    """The text begins or is done."""

    part: ResponseOutputText


class TextDeltaEvent(ContentEvent, frozen=True, kw_only=True):
    """A piece of the text."""

    delta: str
    logprobs: tuple[()] = ()


class TextEvent(ContentEvent, frozen=True, kw_only=True):
    """The whole text."""

    text: str
    logprobs: tuple[()] = ()
