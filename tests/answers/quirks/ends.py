"""How answers end, and what ends them."""

from daehwa.answers.errors import UpstreamFailed

from .played import (
    AZURE,
    DEEPSEEK,
    GEMINI,
    LLAMA,
    LMSTUDIO,
    OPENROUTER,
    RULES,
    TEXT,
    Quirk,
    body,
    delta,
    message,
    stream,
)

ENDS = (
    Quirk("eos", LLAMA, TEXT, (body(message(TEXT, "eos")),)),
    Quirk(
        "model_length",
        "https://docs.mistral.ai/api/",
        TEXT,
        (body(message(TEXT, "model_length")),),
        ended="length",
    ),
    Quirk(
        "MAX_TOKENS in capitals", GEMINI, TEXT, (body(message(TEXT, "MAX_TOKENS")),), ended="length"
    ),
    Quirk(
        "the filter stops it midway",
        AZURE,
        "안녕하세요 👋",
        (stream(delta("안녕하세요 👋"), delta(None, "content_filter")),),
        ended="refused",
        only="stream",
    ),
    Quirk(
        "the filter's error stops it midway",
        AZURE,
        "안녕하세요 👋",
        (
            stream(
                delta("안녕하세요 👋"),
                {"error": {"code": "content_filter", "message": "The response was filtered."}},
            ),
        ),
        ended="refused",
        only="stream",
    ),
    Quirk(
        "an error ends it midway",
        OPENROUTER,
        "안녕하세요 👋",
        (
            stream(
                delta("안녕하세요 👋"),
                {"error": {"code": 502, "message": "Provider disconnected"}, **delta("", "error")},
            ),
        ),
        ended="cut",
        only="stream",
    ),
    Quirk(
        "finish_reason is error",
        RULES,
        "안녕하세요 👋",
        (stream(delta("안녕하세요 👋"), delta("", "error")),),
        ended="cut",
        only="stream",
    ),
    Quirk(
        "the system runs out",
        f"{DEEPSEEK}/api/create-chat-completion",
        "안녕하세요 👋",
        (stream(delta("안녕하세요 👋"), delta("", "insufficient_system_resource")),),
        ended="cut",
        only="stream",
    ),
    Quirk(
        "no word at all",
        f"{LMSTUDIO}/issues/2339",
        UpstreamFailed,
        (stream(delta("", role="assistant"), delta(None, "stop")),),
        only="stream",
    ),
)
