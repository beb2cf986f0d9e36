"""One JSON object of an answer, a whole one or a piece of a stream, read as a ``Piece``.

Members may be missing, null, of another type, or stand elsewhere than OpenAI's: whatever can be
understood is.
"""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from daehwa.answers.api_addresses import native_api
from daehwa.answers.errors import NotAnAnswer, UpstreamFailed
from daehwa.answers.failures import Scrubber, failure, is_page, not_json
from daehwa.answers.native_shapes import chat_form
from daehwa.answers.values import Ended, Usage

_ENDED: dict[str, Ended] = {
    "length": "length",
    "max_tokens": "length",
    "max_output_tokens": "length",
    "model_length": "length",
    "content_filter": "refused",
    "safety": "refused",
    "recitation": "refused",
    "prohibited_content": "refused",
    "blocklist": "refused",
    "spii": "refused",
    "model_armor": "refused",
    "sensitive": "refused",
    "refusal": "refused",
    "error": "cut",
    "abort": "cut",
    "network_error": "cut",
    "insufficient_system_resource": "cut",
    "model_context_window_exceeded": "length",
    "guardrail_intervened": "refused",
    "content_filtered": "refused",
    "malformed_model_output": "cut",
    "malformed_response": "cut",
    "timeout": "cut",
    "time_limit": "cut",
    "cancelled": "cut",
    "canceled": "cut",
    "failed": "cut",
}
# More tokens than have ever been in a context.
_DIGITS = 12
# What else there may be says it in its words.
_SIGNS: tuple[tuple[str, Ended], ...] = (
    ("stop", "stop"),
    ("length", "length"),
    ("max_", "length"),
    ("limit", "length"),
    ("filter", "refused"),
    ("block", "refused"),
    ("safety", "refused"),
    ("error", "cut"),
    ("abort", "cut"),
    ("interrupt", "cut"),
)
# Some servers write these into every piece of an answer that goes on.
_GOING_ON = frozenset(
    {"", "null", "none", "unspecified", "not_finished", "finish_reason_unspecified"}
)
_THOUGHTS = frozenset(
    ("reasoning_content", "reasoning", "reasoning_details", "thinking", "thinking_blocks")
)
# The parts of a content that are text.
_TEXTS = frozenset({"text", "output_text", "refusal"})
# In what gateways wrap an answer.
_WRAPPED = ("result", "data", "response", "output", "body")


# Some servers leave control characters in a text as they are.
_decode = json.JSONDecoder(strict=False).decode


class Piece(NamedTuple):
    """A piece of an answer; ``ended`` is there on the last one that says so.

    ``thinks`` is a piece of a thought. ``choice`` is which one it belongs to, ``whole`` a
    text that is the whole answer and not what follows.
    """

    text: str
    ended: Ended | None = None
    model: str | None = None
    thinks: bool = False
    usage: Usage | None = None
    choice: int = 0
    whole: bool = False


def _lenient(raw: bytes) -> Any:
    """Read JSON with a mark of byte order, in another encoding than UTF-8, or amid other words."""
    try:
        return json.loads(raw, strict=False)
    except ValueError:
        return None if is_page(raw) else _amid(raw.decode(errors="replace"))


def _amid(text: str) -> Any:
    """Read an object that a server's warnings precede, or a proxy's words follow, in one line."""
    start = text.find('{"')
    if start < 0:
        return None
    try:
        value, end = json.JSONDecoder(strict=False).raw_decode(text, start)
    except ValueError:
        return None
    others = text[:start] + text[end:]
    return value if "choices" in value and "{" not in others else None


def objects(raw: bytes) -> list[bytes] | None:
    """Split several objects, one on each line or all in an array; ``None`` if there is only one."""
    lines = raw.split(b"\n")
    if all(line.lstrip()[:1] in {b"{", b""} for line in lines):
        return [line for line in map(bytes.strip, lines) if line]
    try:
        values = json.loads(raw, strict=False)
    except ValueError:
        return None
    if not (isinstance(values, list) and values and all(isinstance(v, dict) for v in values)):
        return None
    return [json.dumps(value).encode() for value in values]


def parsed(raw: bytes) -> dict[str, Any]:
    """Read an object of an answer, out of what a gateway has wrapped it in.

    Raises:
        NotAnAnswer: it is not one.
    """
    try:
        value = _decode(raw.decode())
    except ValueError:
        value = _lenient(raw)
    if isinstance(value, list) and value and isinstance(value[0], dict) and "error" in value[0]:
        value = value[0]
    if not isinstance(value, dict):
        raise not_json(raw)
    return value if value.get("choices") else _unwrapped(chat_form(value))


def _unwrapped(value: dict[str, Any]) -> dict[str, Any]:
    """Take an answer out of a gateway's wrapping; anything else is returned as it is."""
    if "choices" in value:
        return value
    for name in _WRAPPED:
        inner = value.get(name)
        if isinstance(inner, str) and inner.startswith("{"):
            inner = _lenient(inner.encode())
        if isinstance(inner, dict) and "choices" in inner:
            return inner
    return value


def read_piece(value: dict[str, Any], raw: bytes, scrubber: Scrubber | None) -> Piece:
    """Read an object that was ``parsed``; ``raw`` is what it was.

    Raises:
        AnswerError: it is an error.
    """
    choice = choice_of(value)
    message = choice.get("delta") or choice.get("message") or {}
    if not isinstance(message, dict):
        message = {}
    whole = not choice.get("delta") and bool(choice.get("message"))
    content = message.get("content")
    text = _text(content) or _text(message.get("refusal")) or _text(choice.get("text"))
    thoughts = not _THOUGHTS.isdisjoint(message) and any(map(message.get, _THOUGHTS))
    thinks = thoughts or _has_thoughts(content)
    model, index = value.get("model"), choice.get("index")
    if not text:
        _refuse(value, raw, scrubber)
    return Piece(
        text,
        _ended(choice),
        model if isinstance(model, str) else None,
        thinks,
        _usage(value, choice),
        index if isinstance(index, int) else 0,
        whole,
    )


def _refuse(value: dict[str, Any], raw: bytes, scrubber: Scrubber | None) -> None:
    """Raise the error for a value without a text: its own error, or that it is of another API."""
    if _is_error(value):
        raise failure(0, {}, raw, scrubber)
    if "choices" not in value and (api := native_api(value)) is not None:
        raise NotAnAnswer(
            f"The response is not an OpenAI chat completion; it comes from another API: {api}."
        )


def choice_of(value: dict[str, Any]) -> dict[str, Any]:
    """Give the first choice, empty if there is none.

    Raises:
        UpstreamFailed: it is not an object.
    """
    if isinstance(value.get("message"), dict) and "choices" not in value:
        # Ollama's own API.
        return {"delta": value["message"], "finish_reason": value.get("done_reason")}
    choices = value.get("choices")
    choice = (choices[0] or {}) if isinstance(choices, list) and choices else {}
    if not isinstance(choice, dict):
        raise UpstreamFailed("The upstream's choices are not objects.")
    return choice


def _is_error(value: dict[str, Any]) -> bool:
    """Whether a body of status 200 is an error: its own word for it, or one that has no answer."""
    if isinstance(value.get("error"), dict | str | list) and value["error"]:
        return True
    state = value.get("base_resp")
    if isinstance(state, dict) and state.get("status_code"):
        return True
    if "choices" in value:
        return False
    return value.get("object") == "error" or value.get("type") == "error" or "detail" in value


def _ended(choice: dict[str, Any]) -> Ended | None:
    reason = choice.get("finish_reason")
    if not isinstance(reason, str) or reason.lower() in _GOING_ON:
        return None
    reason = reason.lower().replace("-", "_")
    if (ended := _ENDED.get(reason)) is not None:
        return ended
    return next((ended for sign, ended in _SIGNS if sign in reason), "stop")


def _text(content: object) -> str:
    """Give the text of a content: a text, or parts of which some are text."""
    if isinstance(content, str):
        return content
    if isinstance(content, dict):
        content = [content]
    if not isinstance(content, list):
        return ""
    return "".join(map(_part, content))


def _part(part: object) -> str:
    if isinstance(part, str):
        return part
    if not isinstance(part, dict) or part.get("type", "text") not in _TEXTS:
        return ""
    text = part.get("text")
    if isinstance(text, dict):
        # As OpenAI's Assistants API has it.
        text = text.get("value")
    return text if isinstance(text, str) else ""


def _has_thoughts(content: object) -> bool:
    return isinstance(content, list) and any(
        isinstance(part, dict) and part.get("type") in {"thinking", "reasoning"} for part in content
    )


def _usage(value: dict[str, Any], choice: dict[str, Any]) -> Usage | None:
    """Read what an answer took: OpenAI's ``usage``, Groq's ``x_groq``, Moonshot's in the choice."""
    groq = value.get("x_groq")
    beside = groq.get("usage") if isinstance(groq, dict) else None
    counts = value.get("usage") or choice.get("usage") or beside
    if not isinstance(counts, dict):
        return None
    details = counts.get("prompt_tokens_details", counts.get("input_tokens_details"))
    cached = details.get("cached_tokens") if isinstance(details, dict) else None
    if cached is None:
        # DeepSeek's name, then Moonshot's.
        cached = counts.get("prompt_cache_hit_tokens", counts.get("cached_tokens"))
    usage = Usage(
        _count(counts.get("prompt_tokens", counts.get("input_tokens"))),
        _count(counts.get("completion_tokens", counts.get("output_tokens"))),
        _count(cached),
    )
    # Every question takes tokens: who counts none does not count.
    return usage if usage.input_tokens or usage.output_tokens else None


def _count(value: object) -> int:
    """Read a number of tokens; some gateways write it as text, or with a decimal point."""
    if isinstance(value, str) and value.isascii() and value.isdecimal():
        value = int(value[:_DIGITS])
    if isinstance(value, bool) or not isinstance(value, int | float):
        return 0
    return int(value) if 0 < value < 10**_DIGITS else 0
