"""Answers of other APIs than OpenAI's, as the chat API has them, recognised by their form.

Gateways pass on what stands behind them, and some models are asked over an API of their own.
Sources: the API references of Anthropic's Messages, Gemini's generateContent and Cohere's Chat.
"""

from __future__ import annotations

from typing import Any

LAST_EVENT = "message_stop"
"""The event that ends a stream of Messages."""
_THINKING = frozenset({"thinking", "redacted_thinking", "thinking_delta", "signature_delta"})
# Events of Messages without words.
_SILENT = frozenset({"ping", "content_block_stop", LAST_EVENT})


def chat_form(value: dict[str, Any]) -> dict[str, Any]:
    """Give an answer or an event of another API as a value of the chat API, any other as it is."""
    kind = value.get("type")
    if isinstance(kind, str) and (made := _message_event(kind, value)) is not None:
        return made
    if isinstance(value.get("candidates"), list):
        return _generated(value)
    if _blocked(value):
        return {"choices": [{"delta": {}, "finish_reason": "content_filter"}]}
    delta = value.get("delta")
    if isinstance(delta, dict) and ("message" in delta or "finish_reason" in delta):
        # Cohere's events.
        choice = {"delta": delta.get("message"), "finish_reason": delta.get("finish_reason")}
        return {"choices": [choice]}
    return value


def _message_event(kind: str, value: dict[str, Any]) -> dict[str, Any] | None:
    """Read what Messages sends: a whole message, or one of its events."""
    if kind == "message" and isinstance(value.get("content"), list):
        return _message(value)
    if kind == "message_start":
        begun = _object(value, "message")
        return {"choices": [], "model": begun.get("model"), "usage": _counted(begun.get("usage"))}
    if kind in {"content_block_start", "content_block_delta"}:
        block = _object(value, "content_block") or _object(value, "delta")
        return {"choices": [{"delta": _delta([block])}]}
    if kind == "message_delta":
        reason = _object(value, "delta").get("stop_reason")
        choice: dict[str, Any] = {"delta": {}, "finish_reason": reason}
        return {"choices": [choice], "usage": _counted(value.get("usage"))}
    return {"choices": [], "type": kind} if kind in _SILENT else None


def _message(value: dict[str, Any]) -> dict[str, Any]:
    choice = {"message": _delta(value["content"]), "finish_reason": value.get("stop_reason")}
    return {
        "choices": [choice],
        "model": value.get("model"),
        "usage": _counted(value.get("usage")),
    }


def _delta(blocks: list[Any]) -> dict[str, Any]:
    """Put blocks of Messages, or parts of generateContent, together."""
    parts = [block for block in blocks if isinstance(block, dict)]
    thoughts = [part for part in parts if part.get("type") in _THINKING or part.get("thought")]
    texts = [part.get("text") for part in parts if part not in thoughts]
    return {
        "content": "".join(text for text in texts if isinstance(text, str)),
        "reasoning": "…" if thoughts else None,
    }


def _counted(usage: object) -> dict[str, Any] | None:
    """The tokens; Anthropic counts those that it kept apart from those that it read."""
    if not isinstance(usage, dict):
        return None
    counts = {name: n for name, n in usage.items() if isinstance(n, int)}
    kept = counts.get("cache_read_input_tokens", 0)
    read = counts.get("input_tokens", 0) + kept + counts.get("cache_creation_input_tokens", 0)
    return _usage(read, counts.get("output_tokens", 0), kept)


def _generated(value: dict[str, Any]) -> dict[str, Any]:
    """Read what generateContent gives: the whole, or a piece of it."""
    first = value["candidates"][0] if value["candidates"] else {}
    first = first if isinstance(first, dict) else {}
    parts = _object(first, "content").get("parts")
    choice = {
        "delta": _delta(parts if isinstance(parts, list) else []),
        "finish_reason": first.get("finishReason"),
    }
    counts = {name: n for name, n in _object(value, "usageMetadata").items() if isinstance(n, int)}
    written = counts.get("candidatesTokenCount", 0) + counts.get("thoughtsTokenCount", 0)
    read, kept = counts.get("promptTokenCount", 0), counts.get("cachedContentTokenCount", 0)
    return {
        "choices": [choice],
        "model": value.get("modelVersion"),
        "usage": _usage(read, written, kept) if counts else None,
    }


def _blocked(value: dict[str, Any]) -> bool:
    """Whether a question was refused by a filter, as Gemini says it beside no answer."""
    feedback = _object(value, "promptFeedback") or _object(value, "prompt_feedback")
    return bool(feedback.get("blockReason") or feedback.get("block_reason"))


def _usage(read: int, written: int, kept: int) -> dict[str, Any]:
    details = {"cached_tokens": kept}
    return {
        "prompt_tokens": read,
        "completion_tokens": written,
        "prompt_tokens_details": details,
    }


def _object(value: dict[str, Any], name: str) -> dict[str, Any]:
    inner = value.get(name)
    return inner if isinstance(inner, dict) else {}
