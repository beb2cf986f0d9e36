"""What a client of the OpenAI-compatible API asks for, checked: nothing is ignored in silence.

A member that has an effect is honoured or refused; those that have none here (``store``,
``service_tier`` and their like) are taken. Source: OpenAI's API reference, chat completions,
completions and responses.
"""

from __future__ import annotations

from typing import Annotated, Any, TypeAlias

import msgspec

from daehwa import answers
from daehwa.conversation import ModelContext
from daehwa.server.body import json_text
from daehwa.server.openai_transcripts import read_transcript
from daehwa.server.openai_values import Echoed, ResponseConversation

_SAMPLING = (
    "temperature",
    "top_p",
    "seed",
    "presence_penalty",
    "frequency_penalty",
    "logit_bias",
    "reasoning_effort",
    "verbosity",
)
# What a response repeats of its request.
_ECHOED = (
    "instructions",
    "max_output_tokens",
    "metadata",
    "previous_response_id",
    "reasoning",
    "safety_identifier",
    "store",
    "temperature",
    "top_p",
    "truncation",
    "user",
)
_INSTRUCTING = ("system", "developer")
_TOOL_ROLES = ("tool", "function")
_TEXTS = ("text", "input_text", "output_text")
_STOPS = 4
_Count: TypeAlias = Annotated[int, msgspec.Meta(ge=1)]
# OpenAI's ranges: a value beyond them is refused here as there.
_Heat: TypeAlias = Annotated[float, msgspec.Meta(ge=0, le=2)] | None
_Share: TypeAlias = Annotated[float, msgspec.Meta(ge=0, le=1)] | None
_Penalty: TypeAlias = Annotated[float, msgspec.Meta(ge=-2, le=2)] | None


class Unserved(Exception):
    """A request that cannot be served as it was made: the member, and OpenAI's code for it."""

    def __init__(self, message: str, *, param: str | None = None, code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.param = param
        self.code = code


class _Asking(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the three APIs have in common."""

    model: str | None = None
    stream: bool | None = False
    user: str | None = None
    metadata: dict[str, Any] | None = None
    temperature: _Heat = None
    top_p: _Share = None
    # Without an effect on the words.
    store: bool | None = None
    service_tier: str | None = None
    prompt_cache_key: str | None = None
    prompt_cache_retention: str | None = None
    safety_identifier: str | None = None
    parallel_tool_calls: bool | None = None


class _Sampling(_Asking, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What chat completions and completions have in common."""

    seed: int | None = None
    presence_penalty: _Penalty = None
    frequency_penalty: _Penalty = None
    logit_bias: dict[str, float] | None = None
    stop: str | list[str] | None = None
    max_tokens: _Count | None = None
    n: int | None = None
    stream_options: dict[str, Any] | None = None


class ModelMessage(msgspec.Struct, frozen=True):
    """A message as a client sends it."""

    role: str
    content: str | list[dict[str, Any]] | None = None
    name: str | None = None
    tool_calls: list[Any] | None = None
    refusal: str | None = None


class ChatCompletionRequest(_Sampling, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The body of ``/v1/chat/completions``."""

    messages: list[ModelMessage]
    max_completion_tokens: _Count | None = None
    reasoning_effort: str | None = None
    verbosity: str | None = None
    tools: list[Any] | None = None
    tool_choice: Any = None
    functions: list[Any] | None = None
    function_call: Any = None
    response_format: dict[str, Any] | None = None
    logprobs: bool | None = None
    top_logprobs: int | None = None
    modalities: list[str] | None = None
    audio: Any = None
    prediction: Any = None
    web_search_options: Any = None


class CompletionRequest(_Sampling, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The body of ``/v1/completions``."""

    prompt: str | list[Any]
    suffix: str | None = None
    echo: bool | None = None
    best_of: int | None = None
    logprobs: int | None = None


class ResponseRequest(_Asking, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The body of ``/v1/responses``."""

    input: str | list[dict[str, Any]]
    instructions: str | None = None
    max_output_tokens: _Count | None = None
    previous_response_id: str | None = None
    conversation: str | dict[str, Any] | None = None
    reasoning: dict[str, Any] | None = None
    text: dict[str, Any] | None = None
    tools: list[Any] | None = None
    tool_choice: Any = None
    include: list[str] | None = None
    truncation: str | None = None
    background: bool | None = None
    max_tool_calls: int | None = None
    top_logprobs: int | None = None
    prompt: Any = None
    stream_options: dict[str, Any] | None = None


class ModelRequest(msgspec.Struct, frozen=True, kw_only=True):
    """A checked request, whichever API it came by.

    ``text`` is what the person says now, ``history`` what was said before. ``stop`` are the
    texts that end an answer, ``include_usage`` asks for it in a stream. ``named`` are the names
    that the body gives the conversation, ``previous`` the response that it goes on from.
    ``stored`` says that the response may be fetched later, ``echoed`` are the members of the
    request that it repeats.
    """

    model: str | None
    text: str
    history: tuple[answers.PastMessage, ...] = ()
    stream: bool = False
    stop: tuple[str, ...] = ()
    max_tokens: int | None = None
    include_usage: bool = False
    instructions: str = ""
    sampling: dict[str, Any] = {}
    user: str | None = None
    metadata: dict[str, Any] = {}
    previous: str | None = None
    stored: bool = True
    echoed: Echoed = Echoed()

    @property
    def model_context(self) -> ModelContext:
        """What goes on to the language model."""
        return ModelContext(
            history=self.history or None,
            instructions=self.instructions,
            max_tokens=self.max_tokens,
            sampling=self.sampling,
        )


_decode_chat = msgspec.json.Decoder(ChatCompletionRequest).decode
_decode_text = msgspec.json.Decoder(CompletionRequest).decode
_decode_response = msgspec.json.Decoder(ResponseRequest).decode


def read_chat(body: bytes) -> ModelRequest:
    """Read a request of ``/v1/chat/completions``.

    Raises:
        Unserved: it asks for what there is not.
        msgspec.DecodeError: it is of another shape.
    """
    wanted = _decode_chat(json_text(body))
    _refuse(
        tools=_offered(wanted.tools, wanted.tool_choice),
        functions=_offered(wanted.functions, wanted.function_call),
        logprobs=wanted.logprobs,
        top_logprobs=wanted.top_logprobs,
        audio=wanted.audio,
        prediction=wanted.prediction,
        web_search_options=wanted.web_search_options is not None,
        tool_choice=wanted.tool_choice not in (None, "none", "auto"),
        function_call=wanted.function_call not in (None, "none", "auto"),
        modalities=wanted.modalities not in (None, ["text"]),
        response_format=(wanted.response_format or {}).get("type", "text") != "text",
        n=wanted.n not in (None, 1),
    )
    return msgspec.structs.replace(
        _request(wanted, wanted.messages, place="messages"),
        stop=_stops(wanted.stop),
        max_tokens=wanted.max_completion_tokens or wanted.max_tokens,
        include_usage=_includes_usage(wanted),
    )


def read_text(body: bytes) -> ModelRequest:
    """Read a request of ``/v1/completions``; errors as ``read_chat``."""
    wanted = _decode_text(json_text(body))
    _refuse(
        suffix=wanted.suffix,
        echo=wanted.echo,
        logprobs=wanted.logprobs,
        best_of=wanted.best_of not in (None, 1),
        n=wanted.n not in (None, 1),
    )
    prompt = wanted.prompt
    if isinstance(prompt, list) and len(prompt) == 1:
        prompt = prompt[0]
    if not isinstance(prompt, str):
        raise Unserved("The prompt must be one text.", param="prompt", code="unsupported_value")
    messages = read_transcript(prompt) or [("user", prompt)]
    written = [ModelMessage(role=role, content=text) for role, text in messages]
    return msgspec.structs.replace(
        _request(wanted, written, place="prompt"),
        stop=_stops(wanted.stop),
        max_tokens=wanted.max_tokens,
        include_usage=_includes_usage(wanted),
    )


def read_response(body: bytes) -> ModelRequest:
    """Read a request of ``/v1/responses``; errors as ``read_chat``."""
    wanted = _decode_response(json_text(body))
    _refuse(
        tools=_offered(wanted.tools, wanted.tool_choice),
        include="message.output_text.logprobs" in (wanted.include or ()),
        background=wanted.background,
        top_logprobs=wanted.top_logprobs,
        prompt=wanted.prompt,
        tool_choice=wanted.tool_choice not in (None, "none", "auto"),
        text=((wanted.text or {}).get("format") or {}).get("type", "text") != "text",
    )
    items = wanted.input
    messages = (
        [ModelMessage(role="user", content=items)]
        if isinstance(items, str)
        else [_message(item, place) for place, item in enumerate(items)]
    )
    if wanted.instructions:
        messages.insert(0, ModelMessage(role="developer", content=wanted.instructions))
    effort = (wanted.reasoning or {}).get("effort")
    conversation = wanted.conversation
    if isinstance(conversation, dict):
        conversation = conversation.get("id")
    metadata = dict(wanted.metadata or {})
    if conversation:
        metadata["conversation_id"] = conversation
    request = _request(wanted, messages, place="input")
    sampling = request.sampling | ({"reasoning_effort": effort} if effort else {})
    repeated = {name: value for name in _ECHOED if (value := getattr(wanted, name)) is not None}
    if conversation:
        repeated["conversation"] = ResponseConversation(id=conversation)
    return msgspec.structs.replace(
        request,
        max_tokens=wanted.max_output_tokens,
        previous=wanted.previous_response_id,
        metadata=metadata,
        sampling=sampling,
        stored=wanted.store is not False,
        echoed=Echoed(**repeated),
    )


def _message(item: dict[str, Any], place: int) -> ModelMessage:
    kind = item.get("type", "message")
    if kind != "message" or not isinstance(item.get("role"), str):
        raise Unserved(
            f"Input items of the type '{kind}' are not supported.",
            param=f"input[{place}]",
            code="unsupported_value",
        )
    return msgspec.convert({**item, "content": item.get("content")}, ModelMessage)


def _request(wanted: _Asking, messages: list[ModelMessage], *, place: str) -> ModelRequest:
    """What all three APIs have: the talk so far, which is in the member ``place``."""
    texts = [(each, _text(each, f"{place}[{number}]")) for number, each in enumerate(messages)]
    spoken = [(each, text) for each, text in texts if each.role not in _INSTRUCTING]
    if not spoken or spoken[-1][0].role != "user":
        raise Unserved("The last message must be the user's.", param=place, code="TextMissing")
    return ModelRequest(
        model=wanted.model,
        text=spoken[-1][1],
        history=tuple(
            answers.PastMessage(role="user" if each.role == "user" else "assistant", text=text)
            for each, text in spoken[:-1]
        ),
        stream=bool(wanted.stream),
        instructions="\n\n".join(text for each, text in texts if each.role in _INSTRUCTING),
        sampling={
            name: value for name in _SAMPLING if (value := getattr(wanted, name, None)) is not None
        },
        user=wanted.user or wanted.safety_identifier,
        metadata=wanted.metadata or {},
    )


def _text(message: ModelMessage, place: str) -> str:
    if message.role not in (*_INSTRUCTING, "user", "assistant") or message.tool_calls:
        raise Unserved(
            "Tool calls are not supported: the bot calls its own."
            if message.tool_calls or message.role in _TOOL_ROLES
            else f"Messages with the role '{message.role}' are not supported.",
            param=f"{place}.role",
            code="unsupported_value",
        )
    if not isinstance(message.content, list):
        return message.content or message.refusal or ""
    texts = []
    for number, part in enumerate(message.content):
        text = part.get("text", part.get("refusal"))
        if part.get("type") not in (*_TEXTS, "refusal") or not isinstance(text, str):
            raise Unserved(
                f"Parts of the type '{part.get('type')}' are not supported; the bot reads text.",
                param=f"{place}.content[{number}]",
                code="unsupported_value",
            )
        texts.append(text)
    return "\n".join(texts)


def _stops(stop: str | list[str] | None) -> tuple[str, ...]:
    stops = (stop,) if isinstance(stop, str) else tuple(stop or ())
    if len(stops) > _STOPS:
        raise Unserved(f"At most {_STOPS} texts may stop an answer.", param="stop")
    return tuple(filter(None, stops))


def _offered(tools: list[Any] | None, choice: object) -> list[Any] | None:
    """Give the tools that the model may call: with the choice ``none`` they have no effect."""
    return None if choice == "none" else tools


def _includes_usage(wanted: ChatCompletionRequest | CompletionRequest) -> bool:
    if wanted.stream_options is not None and not wanted.stream:
        message = "The 'stream_options' parameter is only allowed when 'stream' is enabled."
        raise Unserved(message, param="stream_options", code="invalid_value")
    return bool((wanted.stream_options or {}).get("include_usage"))


def _refuse(**members: object) -> None:
    """Refuse what there is not, by the first member that asks for it.

    Raises:
        Unserved: one is set.
    """
    for name, value in members.items():
        if value:
            raise Unserved(
                f"Unsupported parameter: '{name}' is not supported by this model, which is a bot.",
                param=name,
                code="unsupported_parameter",
            )
