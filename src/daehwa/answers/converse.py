"""Amazon Bedrock's Converse API as the chat API that the rest of this package uses, and back.

A request is made for ``/chat/completions`` and rewritten, so that what a model refuses is learned
as from any other; what comes back is rewritten before it is read. Source: the Amazon Bedrock API
Reference, Converse and ConverseStream.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

EVENT_STREAM = "application/vnd.amazon.eventstream"
_SYSTEM = ("system", "developer")
# Members of a chat request, by what Converse calls them; any other is the model's own.
_INFERENCE = {
    "max_tokens": "maxTokens",
    "max_completion_tokens": "maxTokens",
    "temperature": "temperature",
    "top_p": "topP",
    "stop": "stopSequences",
}
_ELSEWHERE = frozenset({"model", "messages", "stream", "stream_options", "n", "user"})
# What an exception in a stream means, as the status that the same error has before one.
_STATUSES = {
    "throttlingException": 429,
    "validationException": 400,
    "serviceUnavailableException": 503,
    "modelStreamErrorException": 424,
}


def path(model: str, *, stream: bool) -> str:
    """Where a model is asked, behind the service's address; ``model`` may be an ARN.

    Colons stay as they are: HTTP clients decode an encoded one, and the signature covers the path.
    """
    return f"/model/{quote(model, safe=':')}/converse{'-stream' if stream else ''}"


def body(members: Mapping[str, Any], guardrail: tuple[str, str] | None) -> dict[str, Any]:
    """A chat request's members as Converse takes them; the guardrail is an id and a version."""
    system = [_block(one) for one in members["messages"] if one["role"] in _SYSTEM]
    made: dict[str, Any] = {
        "messages": [
            {"role": one["role"], "content": [_block(one)]}
            for one in members["messages"]
            if one["role"] not in _SYSTEM
        ]
    }
    if system:
        made["system"] = system
    inference = {_INFERENCE[name]: members[name] for name in _INFERENCE if name in members}
    if isinstance(inference.get("stopSequences"), str):
        inference["stopSequences"] = [inference["stopSequences"]]
    if inference:
        made["inferenceConfig"] = inference
    own = {
        name: value
        for name, value in members.items()
        if name not in _INFERENCE and name not in _ELSEWHERE
    }
    if own:
        made["additionalModelRequestFields"] = own
    if guardrail is not None:
        identifier, version = guardrail
        made["guardrailConfig"] = {
            "guardrailIdentifier": identifier,
            "guardrailVersion": version,
        }
    return made


def is_answer(value: Mapping[str, Any]) -> bool:
    """Whether a body is one of Converse's."""
    return "stopReason" in value and isinstance(value.get("output"), dict)


def answer(value: Mapping[str, Any]) -> dict[str, Any]:
    """A whole answer as one of the chat API."""
    message = value["output"].get("message")
    blocks = message.get("content") if isinstance(message, dict) else None
    parts = [one for one in blocks if isinstance(one, dict)] if isinstance(blocks, list) else []
    text = "".join(one["text"] for one in parts if isinstance(one.get("text"), str))
    thought = any("reasoningContent" in one for one in parts)
    return {
        "choices": [
            {
                "message": {"content": text, "reasoning": "…" if thought else None},
                "finish_reason": value["stopReason"],
            }
        ],
        "usage": _usage(value.get("usage")),
    }


def event(kind: str, value: Mapping[str, Any]) -> dict[str, Any]:
    """An event of ConverseStream as a piece of a stream of the chat API."""
    if kind == "contentBlockDelta":
        delta = value.get("delta")
        delta = delta if isinstance(delta, dict) else {}
        thought = "…" if "reasoningContent" in delta else None
        return {"choices": [{"delta": {"content": delta.get("text"), "reasoning": thought}}]}
    if kind == "messageStop":
        return {"choices": [{"delta": {}, "finish_reason": value.get("stopReason") or "end_turn"}]}
    return {"choices": [], "usage": _usage(value.get("usage"))}


def exception_status(kind: str) -> int:
    """The status of an exception that stands in a stream."""
    return _STATUSES.get(kind, 500)


def _block(message: Mapping[str, Any]) -> dict[str, Any]:
    return {"text": message["content"]}


def _usage(value: object) -> dict[str, Any] | None:
    """The tokens; Bedrock counts those that it kept apart from those that it read."""
    if not isinstance(value, dict):
        return None
    counts = {name: n for name, n in value.items() if isinstance(n, int)}
    kept = counts.get("cacheReadInputTokens", 0)
    read = counts.get("inputTokens", 0) + kept + counts.get("cacheWriteInputTokens", 0)
    return {
        "prompt_tokens": read,
        "completion_tokens": counts.get("outputTokens", 0),
        "prompt_tokens_details": {"cached_tokens": kept},
    }
