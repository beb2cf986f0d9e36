"""OpenAI's wire, without I/O: requests out; answers, pieces of a stream and errors in.

Other APIs (Bedrock's Converse, Anthropic's Messages, Gemini's generateContent) are translated to
and from this one (``converse``, ``anthropic_messages``, ``gemini_content``).

Shared by everything that asks an OpenAI-compatible endpoint: ``ChatGPT`` over aiohttp, the
embedded model, and the Lambda over ``http.client``. Source: OpenAI's API reference for
``/v1/chat/completions`` and ``/v1/completions``; Azure OpenAI's for its addresses.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from daehwa import __version__
from daehwa.answers import anthropic_messages, converse, gemini_content, prompt
from daehwa.answers.answer_pieces import Piece
from daehwa.answers.dialect import Dialect
from daehwa.answers.failures import Scrubber, failure
from daehwa.answers.replies import (
    BODY_LIMIT,
    Stream,
    StreamedAnswer,
    answer,
    empty,
    oversized,
)
from daehwa.answers.retry_hints import retry_after
from daehwa.answers.settings import Endpoint
from daehwa.answers.values import Question

__all__ = [
    "BODY_LIMIT",
    "Dialect",
    "Piece",
    "Scrubber",
    "Stream",
    "StreamedAnswer",
    "answer",
    "body",
    "empty",
    "failure",
    "headers",
    "history_budget",
    "members",
    "oversized",
    "retry_after",
    "url",
]


def url(endpoint: Endpoint, dialect: Dialect, *, stream: bool = False) -> str:
    """Give the address that a question goes to."""
    if endpoint.api == "converse":
        return endpoint.base_url + converse.path(endpoint.model, stream=stream)
    path = "/chat/completions" if dialect.chat else "/completions"
    if endpoint.api == "anthropic":
        path = anthropic_messages.path(endpoint.base_url)
    query = endpoint.query
    if endpoint.api == "gemini":
        path = gemini_content.path(endpoint.model, stream=stream)
        query = {**query, **gemini_content.query(stream=stream)}
    return f"{endpoint.base_url}{path}{f'?{urlencode(query)}' if query else ''}"


def headers(endpoint: Endpoint, *, stream: bool) -> dict[str, str]:
    """Give the request's headers; the only place where the key is revealed."""
    events = converse.EVENT_STREAM if endpoint.api == "converse" else "text/event-stream"
    given = {
        "Content-Type": "application/json",
        "Accept": events if stream else "application/json",
        "User-Agent": f"daehwa/{__version__}",
    }
    if endpoint.key is not None:
        name = endpoint.key_header
        scheme = "Bearer " if name == "Authorization" else ""
        given[name] = scheme + endpoint.key.reveal()
    if endpoint.organization is not None:
        given["OpenAI-Organization"] = endpoint.organization
    if endpoint.project is not None:
        given["OpenAI-Project"] = endpoint.project
    if endpoint.api == "anthropic":
        given[anthropic_messages.VERSION_HEADER] = anthropic_messages.VERSION
    own = {name.lower() for name in endpoint.headers}
    return {name: value for name, value in given.items() if name.lower() not in own} | {
        **endpoint.headers
    }


def members(
    endpoint: Endpoint, dialect: Dialect, question: Question, *, stream: bool
) -> dict[str, Any]:
    """Give the members of the request's body."""
    given: dict[str, Any] = {"model": endpoint.model}
    system = prompt.system_prompt(
        question.locale,
        brief=endpoint.brief,
        profile=question.profile,
        template=question.system or endpoint.system,
    )
    if question.instructions:
        system = f"{system}\n\n{question.instructions}"
    budget = history_budget(endpoint, dialect)
    if dialect.chat:
        given["messages"] = prompt.messages(
            question, system=system, budget=budget, folded=dialect.folded
        )
    else:
        given["prompt"] = prompt.transcript(question, system=system, budget=budget)
        given["stop"] = [prompt.STOP]
    most = min(endpoint.max_tokens, question.max_tokens or endpoint.max_tokens)
    most *= dialect.more
    given[dialect.limit] = most if dialect.most is None else min(most, dialect.most)
    if endpoint.temperature is not None:
        given["temperature"] = endpoint.temperature
    if dialect.chat and endpoint.is_openai and endpoint.model.startswith("gpt-6"):
        # A chat waits for the first word; these models think first by default.
        given["reasoning_effort"] = "none"
    if stream or dialect.streamed:
        given["stream"] = True
        given["stream_options"] = {"include_usage": True}
    given.update(endpoint.extra)
    given.update(question.sampling)
    refused = dialect.refused | ({"stream_options"} if "stream" in dialect.refused else set())
    for name in refused:
        given.pop(name, None)
    return given


def history_budget(endpoint: Endpoint, dialect: Dialect) -> int:
    """Give the tokens of the conversation that there is room for."""
    if dialect.history is None:
        return endpoint.history_tokens
    return min(dialect.history, endpoint.history_tokens)


def body(endpoint: Endpoint, given: Mapping[str, Any]) -> bytes:
    """Give the request's JSON, of its ``members``."""
    if endpoint.api == "converse":
        given = converse.body(given, endpoint.guardrail)
    elif endpoint.api == "anthropic":
        given = anthropic_messages.body(given)
    elif endpoint.api == "gemini":
        given = gemini_content.body(given)
    return json.dumps(given, ensure_ascii=False).encode()
