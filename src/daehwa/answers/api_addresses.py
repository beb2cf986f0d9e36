"""The OpenAI-compatible address on a server, given the address of another API of that server.

People copy the address of the API that they know: Anthropic's Messages, Gemini's generateContent,
Ollama's ``/api/chat``. Nearly every such server has a compatible API on the same host. Each row
names the page that says where.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import urlsplit


class _Row(NamedTuple):
    """An API of a server's own: patterns of its host (with its port) and path, and what to ask."""

    api: str
    host: str
    path: str
    compatible: str
    source: str


_ANY = r".*"
# Patterns are matched whole; the path has no slash at its end. The first that matches counts.
_ROWS = (
    _Row(
        "OpenAI",
        r"api\.openai\.com",
        r"(/v1/(embeddings|models|assistants|threads))?",
        "/v1",
        "https://platform.openai.com/docs/api-reference",
    ),
    _Row(
        "Anthropic's Messages",
        r"api\.anthropic\.com",
        r"(/v1/(messages|complete))?",
        "/v1",
        "https://docs.anthropic.com/en/api/openai-sdk",
    ),
    _Row(
        "Anthropic's Messages",
        _ANY,
        r"(.*/v1)/messages",
        r"\1",
        "https://docs.anthropic.com/en/api/openai-sdk",
    ),
    _Row(
        "Gemini's generateContent",
        r"generativelanguage\.googleapis\.com",
        r"(?!.*/openai(/|$)).*",
        "/v1beta/openai",
        "https://ai.google.dev/gemini-api/docs/openai",
    ),
    _Row(
        "Gemini's generateContent",
        r".*aiplatform\.googleapis\.com",
        r"(/v1(?:beta1)?/projects/[^/]+/locations/[^/]+)(/publishers/.*)?",
        r"\1/endpoints/openapi",
        "https://cloud.google.com/vertex-ai/generative-ai/docs/migrate/openai/overview",
    ),
    _Row(
        "Gemini's generateContent",
        _ANY,
        r"(.*/v1(?:beta)?)/models/[^/]+:(?:streamG|g)enerateContent",
        r"\1/openai",
        "https://ai.google.dev/gemini-api/docs/openai",
    ),
    _Row(
        "Cohere's Chat",
        r"api\.cohere\.(?:com|ai)",
        r"(/v[12](/(chat|generate))?)?",
        "/compatibility/v1",
        "https://docs.cohere.com/docs/compatibility-api",
    ),
    _Row(
        "CLOVA Studio's",
        r"clovastudio\.stream\.(?:gov-)?ntruss\.com",
        r"(?!/v1/openai).*",
        "/v1/openai",
        "https://api.ncloud-docs.com/docs/en/clovastudio-openaicompatibility",
    ),
    _Row(
        "DashScope's",
        r"dashscope(?:-intl|-us)?\.aliyuncs\.com",
        r"(/api/v1.*)?",
        "/compatible-mode/v1",
        "https://help.aliyun.com/zh/model-studio/compatibility-of-openai-with-dashscope",
    ),
    _Row(
        "Groq's", r"api\.groq\.com", r"(/v1)?", "/openai/v1", "https://console.groq.com/docs/openai"
    ),
    _Row(
        "OpenRouter's",
        r"openrouter\.ai",
        r"(/(v1|api))?",
        "/api/v1",
        "https://openrouter.ai/docs/quickstart",
    ),
    _Row("Mistral's", r"api\.mistral\.ai", "", "/v1", "https://docs.mistral.ai/api/endpoint/chat"),
    _Row(
        "Fireworks'",
        r"api\.fireworks\.ai",
        r"(/v1)?",
        "/inference/v1",
        "https://docs.fireworks.ai/tools-sdks/openai-compatibility",
    ),
    _Row(
        "Ollama's",
        _ANY,
        r"(.*)/api/(?:chat|generate|tags)",
        r"\1/v1",
        "https://docs.ollama.com/api/openai-compatibility",
    ),
    _Row(
        "Ollama's",
        r".*:11434|ollama\.com",
        r"(/api)?",
        "/v1",
        "https://docs.ollama.com/api/openai-compatibility",
    ),
    _Row(
        "LM Studio's",
        r".*:1234",
        r"(/api/v1(/.*)?)?",
        "/v1",
        "https://lmstudio.ai/docs/developer/openai-compat",
    ),
    _Row(
        "Text Generation Inference's",
        _ANY,
        r"(.*?)(?:/v1)?/(?:generate|generate_stream)",
        r"\1/v1",
        "https://huggingface.co/docs/text-generation-inference/messages_api",
    ),
    _Row(
        "llama.cpp's",
        _ANY,
        r"(.*)/completion",
        r"\1/v1",
        "https://github.com/ggml-org/llama.cpp/tree/master/tools/server",
    ),
)
_MODELS = r"(.*/v\d+)/models"


def compatible_address(base_url: str) -> str:
    """Give the address of the OpenAI-compatible API where ``base_url`` is that of another one.

    It is on the same host, so that a key goes nowhere else; any other address comes back as it is.
    """
    parts = urlsplit(base_url)
    host = parts.netloc.lower()
    for row in _ROWS:
        matched = re.fullmatch(row.path, parts.path)
        if matched and re.fullmatch(row.host, host):
            return f"{parts.scheme}://{parts.netloc}{matched.expand(row.compatible)}"
    listing = re.fullmatch(_MODELS, parts.path)
    return base_url if listing is None else f"{parts.scheme}://{parts.netloc}{listing[1]}"


def wrong_address(asked_url: str) -> str:
    """Say where a request went if no API accepted it, and what its address may lack."""
    parts = urlsplit(asked_url)
    base = parts.path.removesuffix("/completions").removesuffix("/chat")
    line = f"The request went to {parts.scheme}://{parts.netloc}{parts.path}."
    if re.search(r"/v\d|openai|openapi", base):
        return line
    return f"{line} Most servers have this API at {parts.scheme}://{parts.netloc}{base}/v1."


def native_api(value: Mapping[str, Any]) -> str | None:
    """Name the API of a body or an event that is not OpenAI's chat completions, or ``None``."""
    kind = value.get("type")
    if isinstance(kind, str) and kind.startswith("response."):
        return "OpenAI's Responses"
    if value.get("object") == "response":
        return "OpenAI's Responses"
    if "generated_text" in value:
        return "Text Generation Inference's"
    if "content" in value and "stop" in value:
        return "llama.cpp's completion"
    return "Ollama's generate" if "response" in value and "done" in value else None
