"""Gemini's generateContent as the chat API that the rest of this package uses.

A request is made for ``/chat/completions`` and rewritten, as ``converse`` does it; what comes back
is read by ``native_shapes``. Sources: the Gemini API reference, "Generating content", and Vertex
AI's, "GenerateContentRequest".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

ADDRESS = "https://generativelanguage.googleapis.com/v1beta"
KEY_HEADER = "x-goog-api-key"
_SYSTEM = ("system", "developer")
# Members of a chat request, by what generationConfig calls them.
_CONFIG = {
    "max_tokens": "maxOutputTokens",
    "max_completion_tokens": "maxOutputTokens",
    "temperature": "temperature",
    "top_p": "topP",
    "top_k": "topK",
    "stop": "stopSequences",
    "seed": "seed",
    "presence_penalty": "presencePenalty",
    "frequency_penalty": "frequencyPenalty",
}
# Members of generateContent itself: any other of an author's is generationConfig's.
_OUTER = frozenset({"safetySettings", "cachedContent", "labels", "tools", "toolConfig"})
_LEFT_OUT = frozenset(
    {
        "model",
        "messages",
        "stream",
        "stream_options",
        "n",
        "user",
        "logit_bias",
        "reasoning_effort",
        "verbosity",
        "metadata",
        "generationConfig",
    }
)
# The addresses of the OpenAI-compatible API, and of Vertex AI without the publisher.
_COMPATIBLE = (
    (re.compile(r"/openai$"), ""),
    (re.compile(r"/endpoints/openapi$"), "/publishers/google"),
    (
        re.compile(
            r"(aiplatform\.googleapis\.com/v1(?:beta1)?(?:/projects/[^/]+/locations/[^/]+)?)$"
        ),
        r"\1/publishers/google",
    ),
)


def native_address(base_url: str) -> str:
    """The address of generateContent's API beside that of the OpenAI-compatible one."""
    for pattern, native in _COMPATIBLE:
        base_url = pattern.sub(native, base_url)
    return base_url


def path(model: str, *, stream: bool) -> str:
    """Where a model is asked, behind the address; a name with its kind is taken as it is."""
    named = model if re.match(r"(models|tunedModels|endpoints)/", model) else f"models/{model}"
    return f"/{quote(named)}:{'streamGenerateContent' if stream else 'generateContent'}"


def query(*, stream: bool) -> dict[str, str]:
    """What goes into the address: a stream comes as an array without it."""
    return {"alt": "sse"} if stream else {}


def body(members: Mapping[str, Any]) -> dict[str, Any]:
    """A chat request's members as generateContent takes them."""
    instructions = [one["content"] for one in members["messages"] if one["role"] in _SYSTEM]
    spoken = [one for one in members["messages"] if one["role"] not in _SYSTEM]
    made: dict[str, Any] = {
        "contents": [
            {"role": _role(one["role"]), "parts": [{"text": one["content"]}]} for one in spoken
        ]
    }
    if instructions:
        made["systemInstruction"] = {"parts": [{"text": "\n\n".join(instructions)}]}
    config: dict[str, Any] = {}
    for name, value in members.items():
        if name in _OUTER:
            made[name] = value
        elif name not in _LEFT_OUT:
            config[_CONFIG.get(name, name)] = value
    if isinstance(config.get("stopSequences"), str):
        config["stopSequences"] = [config["stopSequences"]]
    config |= members.get("generationConfig") or {}
    if config:
        made["generationConfig"] = config
    return made


def _role(role: str) -> str:
    return "model" if role == "assistant" else role
