"""What real endpoints do that OpenAI's own does not, or does now and then: one row each.

A row has the wire as the source describes it, written anew, and what is right: the text, or the
error. `test_quirks.py` plays each over a stub whose packets come apart. Where a row judges the
request (`rule`), the answer comes once the request is one that the endpoint takes.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field

from daehwa.answers.errors import (
    AnswerError,
    ContentRefused,
    KeyRefused,
    ModelNotFound,
    ModelRetired,
    NotAnEndpoint,
    OnlyThoughts,
    QuestionTooLong,
    QuotaExhausted,
    RateLimited,
    RequestRefused,
    Unreachable,
    UpstreamFailed,
)
from daehwa.answers.testing import Fail, Raw, Recorded, Say

TEXT = "안녕하세요 👋 반갑습니다."
VLLM = "https://github.com/vllm-project/vllm"
LLAMA = "https://github.com/ggml-org/llama.cpp"
OLLAMA = "https://github.com/ollama/ollama"
LMSTUDIO = "https://github.com/lmstudio-ai/lmstudio-bug-tracker"
OPENROUTER = "https://openrouter.ai/docs/api/reference/errors-and-debugging"
DEEPSEEK = "https://api-docs.deepseek.com"
MICROSOFT = "https://learn.microsoft.com/en-us"
AZURE = f"{MICROSOFT}/azure/ai-services/openai/reference"
ANTHROPIC = "https://docs.anthropic.com/en/api/errors"
OPENAI = "https://platform.openai.com/docs/guides/error-codes"
GEMINI = "https://ai.google.dev/gemini-api/docs/openai"
BEDROCK = "https://docs.aws.amazon.com/bedrock/latest/userguide/inference-chat-completions.html"
MISTRAL = "https://github.com/mistralai/platform-docs-public/issues/7"
SSE = "https://html.spec.whatwg.org/multipage/server-sent-events.html"
RULES = "what endpoints and clients broke in use, A5 to A14"


@dataclass(frozen=True)
class Quirk:
    """A row: `right` is the text or the kind of the error, `ended` how a text ends.

    `replies` are played one after the other, each for a streamed and a whole request; `only`
    says which of the two the endpoint knows. `requests` is how many the answer takes.
    """

    name: str
    source: str
    right: str | type[AnswerError]
    replies: tuple = ()
    rule: Callable[[Recorded], object] | None = None
    ended: str = "stop"
    only: str | None = None
    requests: int = 1
    endpoint: dict = field(default_factory=dict)


def js(value):
    return json.dumps(value, ensure_ascii=False).encode()


def delta(text=None, finish=None, *, index=0, **members):
    """A piece of a stream as OpenAI forms it."""
    content = members | ({} if text is None else {"content": text})
    return {
        "id": "c-1",
        "object": "chat.completion.chunk",
        "model": "m",
        "choices": [{"index": index, "delta": content, "finish_reason": finish}],
    }


def events(*values, eol=b"\n", done=True, space=b" ", end=True):
    """Server-sent events: of values their JSON, of bytes themselves."""
    lines = []
    for value in (*values, *([b"[DONE]"] if done else [])):
        data = value if isinstance(value, bytes) else js(value)
        lines.append(data if data[:1] == b":" else b"data:" + space + data)
        lines.append(b"")
    raw = eol.join(lines) + eol
    return raw if end else raw.rstrip()


def stream(*values, **how):
    packets = how.pop("packets", 5)
    hangs = how.pop("hangs", False)
    kind = how.pop("kind", "text/event-stream")
    return Raw(events(*values, **how), kind, packets=packets, hangs=hangs)


def words(*texts, finish="stop"):
    return [delta("", role="assistant"), *map(delta, texts), delta(None, finish)]


def message(content, finish="stop", **further):
    """A whole answer as OpenAI forms it."""
    return {
        "object": "chat.completion",
        "model": "m",
        "choices": [
            {
                "index": 0,
                "message": {"role": "assistant", "content": content, **further},
                "finish_reason": finish,
            }
        ],
    }


def body(value, status=200, kind="application/json", **headers):
    raw = value if isinstance(value, bytes) else js(value)
    return Raw(
        raw, kind, status, headers={k.replace("_", "-"): v for k, v in headers.items()}, packets=3
    )


def refusal(status, message, **members):
    return body({"error": {"message": message, **members}}, status)


# Three times with half of the conversation, then no more.
REFUSED = 4
HALVES = ("안녕하세요 👋", " 반갑습니다.")
PAGE = b"<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body>wifi</body></html>"
THOUGHT = "The user greets me; I should greet back."


def takes_no(name, answer=None, *, status=400):
    """An endpoint that refuses a member, in the words that `answer` makes of it."""

    def rule(request):
        return (
            (answer or refusal(status, f"Unknown parameter: '{name}'."))
            if name in request.body
            else None
        )

    return rule


def alternating(request):
    """A chat template that knows the person and the bot in turn, and no system."""
    if request.roles[0] == "system":
        return body({"object": "error", "message": "System role not supported", "code": 400}, 400)
    in_turn = all(
        role == ("user", "assistant")[place % 2] for place, role in enumerate(request.roles)
    )
    return None if in_turn else refusal(400, "Conversation roles must alternate")


def completions_only(kind):
    def rule(request):
        return kind if "messages" in request.body else Say("The stub's answer.")

    return rule


def small_context(request):
    said = sum(map(len, request.contents))
    if said < 500:
        return None
    return refusal(
        400,
        "This model's maximum context length is 512 tokens. However, your messages resulted in "
        "900 tokens. Please reduce the length of the messages.",
        type="invalid_request_error",
        code="context_length_exceeded",
    )


def thinks_long(request):
    room = request.body.get("max_tokens", 0)
    if room > 1000:
        return None
    if request.body.get("stream"):
        return stream(delta(reasoning_content=THOUGHT), delta(None, "length"))
    return body(message("", "length", reasoning_content=THOUGHT))


QUIRKS = [
    # --- streams -------------------------------------------------------------------------
    Quirk(
        "crlf between events",
        SSE,
        TEXT,
        (stream(*words(*HALVES), eol=b"\r\n", packets=9),),
        only="stream",
    ),
    Quirk(
        "lone cr between events",
        SSE,
        TEXT,
        (stream(*words(*HALVES), eol=b"\r", packets=9),),
        only="stream",
    ),
    Quirk("no space behind data", SSE, TEXT, (stream(*words(*HALVES), space=b""),), only="stream"),
    Quirk(
        "cut inside letters and lines",
        SSE,
        TEXT,
        (stream(*words(*HALVES), packets=40),),
        only="stream",
    ),
    Quirk(
        "a mark of byte order",
        SSE,
        TEXT,
        (Raw(b"\xef\xbb\xbf" + events(*words(*HALVES)), "text/event-stream", packets=4),),
        only="stream",
    ),
    Quirk(
        "comments while the model waits",
        "https://openrouter.ai/docs/api-reference/streaming",
        TEXT,
        (stream(b": OPENROUTER PROCESSING", *words(*HALVES), b": OPENROUTER PROCESSING"),),
        only="stream",
    ),
    Quirk(
        "keep-alive comments",
        f"{DEEPSEEK}/quick_start/rate_limit",
        TEXT,
        (stream(b": keep-alive", b": keep-alive", *words(*HALVES)),),
        only="stream",
    ),
    Quirk(
        "empty lines before a whole answer",
        f"{DEEPSEEK}/quick_start/rate_limit",
        TEXT,
        (body(b"\n\n\n\n" + js(message(TEXT))),),
        only="whole",
    ),
    Quirk(
        "no empty line behind the last event",
        RULES,
        TEXT,
        (stream(*words(*HALVES), end=False),),
        only="stream",
    ),
    Quirk("no [DONE]", GEMINI, TEXT, (stream(*words(*HALVES), done=False),), only="stream"),
    Quirk(
        "a stream that stays open behind its end",
        RULES,
        TEXT,
        (stream(*words(*HALVES), done=False, hangs=True),),
        only="stream",
    ),
    Quirk(
        "events without an empty line between",
        RULES,
        TEXT,
        (
            Raw(
                b"".join(b"data: " + js(v) + b"\n" for v in words(*HALVES)) + b"data: [DONE]\n\n",
                "text/event-stream",
                packets=4,
            ),
        ),
        only="stream",
    ),
    Quirk(
        "lines of JSON without data",
        RULES,
        TEXT,
        (Raw(b"".join(js(v) + b"\n" for v in words(*HALVES)), "application/x-ndjson", packets=4),),
        only="stream",
    ),
    Quirk(
        "the last piece carries its end",
        f"{VLLM}/pull/36944",
        TEXT,
        (stream(delta(HALVES[0]), delta(HALVES[1], "stop")),),
        only="stream",
    ),
    Quirk(
        "finish_reason is an empty text",
        "https://github.com/sgl-project/sglang/issues/3912",
        TEXT,
        (stream(delta(HALVES[0], ""), delta(HALVES[1], ""), delta("", "stop")),),
        only="stream",
    ),
    Quirk(
        "finish_reason is an empty text throughout",
        f"{OLLAMA}/issues/4357",
        TEXT,
        (stream(delta(HALVES[0], ""), delta(HALVES[1], "stop")),),
        only="stream",
    ),
    Quirk(
        "an end too early",
        RULES,
        TEXT,
        (stream(delta(HALVES[0], "stop"), delta(HALVES[1], "stop")),),
        only="stream",
    ),
    Quirk(
        "an end beside a thought",
        "https://github.com/open-webui/open-webui/issues/16377",
        TEXT,
        (stream(delta(reasoning_content=THOUGHT, finish="stop"), *words(*HALVES)),),
        only="stream",
    ),
    Quirk(
        "a piece without choices first",
        "https://learn.microsoft.com/en-us/answers/questions/1533887/",
        TEXT,
        (stream({"choices": [], "prompt_filter_results": [{"prompt_index": 0}]}, *words(*HALVES)),),
        only="stream",
    ),
    Quirk(
        "usage behind the end",
        OPENAI,
        TEXT,
        (
            stream(
                *words(*HALVES),
                {"choices": [], "usage": {"prompt_tokens": 3, "completion_tokens": 4}},
            ),
        ),
        only="stream",
    ),
    Quirk(
        "only the second choice's number",
        "https://github.com/BerriAI/litellm/issues/376",
        TEXT,
        (
            stream(
                delta(HALVES[0], index=1), delta(HALVES[1], index=1), delta(None, "stop", index=1)
            ),
        ),
        only="stream",
    ),
    Quirk(
        "two choices in turn",
        RULES,
        TEXT,
        (
            stream(
                delta(HALVES[0]),
                delta("Hello", index=1),
                delta(HALVES[1]),
                delta(" there", index=1),
                delta(None, "stop", index=1),
                delta(None, "stop"),
            ),
        ),
        only="stream",
    ),
    Quirk(
        "the whole message again at the end",
        RULES,
        TEXT,
        (stream(*words(*HALVES)[:-1], message(TEXT)),),
        only="stream",
    ),
    Quirk(
        "whole messages where deltas belong", RULES, TEXT, (stream(message(TEXT)),), only="stream"
    ),
    Quirk(
        "roles and nothing in a piece",
        f"{VLLM}/issues/20409",
        TEXT,
        (stream(delta(None, role="assistant"), delta(None, tool_calls=None), *words(*HALVES)),),
        only="stream",
    ),
    Quirk(
        "a whole answer to a request for a stream",
        RULES,
        TEXT,
        (body(message(TEXT)),),
        only="stream",
    ),
    Quirk(
        "a stream as an answer to a whole request",
        RULES,
        TEXT,
        (stream(*words(*HALVES)),),
        only="whole",
    ),
    Quirk("JSON as plain text", RULES, TEXT, (body(message(TEXT), kind="text/plain"),)),
    Quirk(
        "a stream as JSON",
        RULES,
        TEXT,
        (stream(*words(*HALVES), kind="application/json"),),
        only="stream",
    ),
    # --- ends ----------------------------------------------------------------------------
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
    # --- contents ------------------------------------------------------------------------
    Quirk("content as parts", RULES, TEXT, (body(message([{"type": "text", "text": TEXT}])),)),
    Quirk(
        "content as parts in a stream",
        "https://docs.mistral.ai/capabilities/reasoning/",
        TEXT,
        (
            stream(
                delta([{"type": "thinking", "thinking": [{"type": "text", "text": THOUGHT}]}]),
                delta([{"type": "text", "text": HALVES[0]}]),
                delta(HALVES[1]),
                delta(None, "stop"),
            ),
        ),
        only="stream",
    ),
    Quirk(
        "a refusal in its own member",
        "https://platform.openai.com/docs/api-reference/chat/object",
        "I can't help with that.",
        (body(message(None, refusal="I can't help with that.")),),
    ),
    Quirk(
        "no finish_reason in a whole answer",
        RULES,
        TEXT,
        (body({"choices": [{"message": {"content": TEXT}}]}),),
    ),
    Quirk(
        "a completion's empty lines first",
        "https://platform.openai.com/docs/api-reference/completions",
        TEXT,
        (body({"choices": [{"text": f"\n\n{TEXT}", "finish_reason": "stop"}]}),),
    ),
    # --- thoughts ------------------------------------------------------------------------
    Quirk(
        "reasoning_content",
        f"{DEEPSEEK}/guides/reasoning_model",
        TEXT,
        (stream(delta(None, reasoning_content=THOUGHT), *words(*HALVES)),),
        only="stream",
    ),
    Quirk(
        "reasoning",
        "https://openrouter.ai/docs/use-cases/reasoning-tokens",
        TEXT,
        (stream(delta("", reasoning=THOUGHT), *words(*HALVES)),),
        only="stream",
    ),
    Quirk(
        "reasoning_content in a whole answer",
        f"{DEEPSEEK}/guides/reasoning_model",
        TEXT,
        (body(message(TEXT, reasoning_content=THOUGHT)),),
    ),
    Quirk(
        "think tags in the text",
        "https://huggingface.co/deepseek-ai/DeepSeek-R1",
        TEXT,
        (stream(*words("<th", f"ink>\n{THOUGHT}\n</thi", f"nk>\n\n{HALVES[0]}", HALVES[1])),),
        only="stream",
    ),
    Quirk(
        "think tags in a whole answer",
        "https://huggingface.co/Qwen/Qwen3-8B",
        TEXT,
        (body(message(f"<think>\n\n</think>\n\n{TEXT}")),),
    ),
    Quirk(
        "only the end of a thought",
        "https://huggingface.co/Qwen/Qwen3-4B-Thinking-2507",
        TEXT,
        (stream(*words(f"{THOUGHT}\n</think>", f"\n\n{HALVES[0]}", HALVES[1])),),
        only="stream",
        endpoint={"model": "qwen3-4b-thinking-2507"},
    ),
    Quirk(
        "only the end of a thought, and no name for it",
        "https://huggingface.co/deepseek-ai/DeepSeek-R1",
        TEXT,
        (body(message(f"{THOUGHT}\n</think>\n\n{TEXT}")),),
        only="whole",
    ),
    Quirk(
        "THINK in brackets",
        "https://huggingface.co/mistralai/Magistral-Small-2507",
        TEXT,
        (body(message(f"[THINK]{THOUGHT}[/THINK]{TEXT}")),),
    ),
    Quirk(
        "harmony's channels left in",
        f"{VLLM}/issues/22403",
        TEXT,
        (
            body(
                message(
                    f"<|channel|>analysis<|message|>{THOUGHT}<|end|>"
                    f"<|start|>assistant<|channel|>final<|message|>{TEXT}"
                )
            ),
        ),
    ),
    Quirk(
        "a tag that the answer is about",
        RULES,
        "Write `<think>` before it.",
        (body(message("Write `<think>` before it.")),),
    ),
    Quirk(
        "thinking that uses the limit up",
        "https://github.com/aaif-goose/goose/issues/11142",
        "The stub's answer.",
        rule=thinks_long,
        requests=2,
    ),
    Quirk(
        "thinking that uses up any limit",
        "https://github.com/BerriAI/litellm-docs/pull/559",
        OnlyThoughts,
        (body(message("", "length", reasoning_content=THOUGHT)),) * 2,
        only="whole",
        requests=2,
    ),
    Quirk(
        "an open thought at the limit",
        "https://huggingface.co/deepseek-ai/DeepSeek-R1",
        OnlyThoughts,
        (stream(delta(f"<think>{THOUGHT}"), delta(None, "length")),) * 2,
        only="stream",
        requests=2,
    ),
    # --- what an endpoint does not take ---------------------------------------------------
    Quirk(
        "max_tokens has another name",
        "https://github.com/softwaremill/sttp-ai/pull/494",
        "The stub's answer.",
        rule=takes_no(
            "max_tokens",
            refusal(
                400,
                "Unsupported parameter: 'max_tokens' is not supported with this model. Use "
                "'max_completion_tokens' instead.",
                param="max_tokens",
                code="unsupported_parameter",
            ),
        ),
        requests=2,
    ),
    Quirk(
        "no usage in streams",
        "https://github.com/openai/openai-python/issues/1469",
        "The stub's answer.",
        rule=takes_no(
            "stream_options",
            refusal(
                400,
                "Unrecognized request argument supplied: stream_options",
                type="invalid_request_error",
                param=None,
                code=None,
            ),
        ),
        only="stream",
        requests=2,
    ),
    Quirk(
        "no usage in streams, formally",
        "https://github.com/agno-agi/agno/issues/1066",
        "The stub's answer.",
        rule=takes_no(
            "stream_options",
            refusal(
                400,
                "Unknown parameter: 'stream_options'.",
                param="stream_options",
                code="unknown_parameter",
            ),
        ),
        only="stream",
        requests=2,
    ),
    Quirk(
        "a member forbidden by loc",
        "https://github.com/partITech/php-mistral/issues/76",
        "The stub's answer.",
        rule=takes_no(
            "temperature",
            body(
                {
                    "object": "Error",
                    "detail": [
                        {
                            "type": "extra_forbidden",
                            "loc": ["body", "temperature"],
                            "msg": "Extra inputs are not permitted",
                            "input": 0.2,
                        }
                    ],
                    "type": "invalid_request_error",
                    "code": 3001,
                },
                422,
            ),
        ),
        requests=2,
        endpoint={"temperature": 0.2},
    ),
    Quirk(
        "a loc inside a text",
        MISTRAL,
        "The stub's answer.",
        rule=takes_no(
            "top_k",
            body(
                {
                    "object": "error",
                    "message": json.dumps(
                        {
                            "detail": [
                                {
                                    "type": "extra_forbidden",
                                    "loc": ["body", "top_k"],
                                    "msg": "Extra inputs are not permitted",
                                }
                            ]
                        }
                    ),
                    "type": "internal_error_proxy",
                    "code": "1000",
                },
                422,
            ),
        ),
        requests=2,
        endpoint={"extra": {"top_k": 3}},
    ),
    Quirk(
        "an unknown name",
        "https://github.com/SuzumiyaAkizuki/ComfyUI-NewBie-LLM-Formatter/issues/3",
        "The stub's answer.",
        rule=takes_no(
            "reasoning_effort",
            body(
                [
                    {
                        "error": {
                            "code": 400,
                            "message": (
                                "Invalid JSON payload received. Unknown name "
                                '"reasoning_effort": Cannot find field.'
                            ),
                            "status": "INVALID_ARGUMENT",
                        }
                    }
                ],
                400,
            ),
        ),
        requests=2,
        endpoint={"extra": {"reasoning_effort": "low"}},
    ),
    Quirk(
        "a temperature that is fixed",
        "https://platform.openai.com/docs/guides/reasoning",
        "The stub's answer.",
        rule=takes_no(
            "temperature",
            refusal(
                400,
                "Unsupported value: 'temperature' does not support 0.2 with this model. Only "
                "the default (1) value is supported.",
                param="temperature",
                code="unsupported_value",
            ),
        ),
        requests=2,
        endpoint={"temperature": 0.2},
    ),
    Quirk(
        "a limit above the model's",
        VLLM,
        "The stub's answer.",
        rule=takes_no(
            "max_tokens",
            refusal(
                400,
                "max_tokens is too large: 1000. This model supports at most 512 completion tokens.",
                code=None,
            ),
        ),
        requests=2,
    ),
    Quirk(
        "no streams",
        "https://github.com/langgenius/dify/issues/9591",
        "The stub's answer.",
        rule=takes_no("stream", refusal(400, "Streaming is not supported for this model.")),
        only="stream",
        requests=2,
    ),
    Quirk(
        "no system role",
        "https://github.com/vllm-project/vllm/pull/2964",
        "The stub's answer.",
        rule=alternating,
        requests=2,
    ),
    Quirk(
        "a template's error as 500",
        "https://github.com/anomalyco/opencode/issues/5034",
        "The stub's answer.",
        rule=lambda request: (
            body(
                {
                    "error": {
                        "code": 500,
                        "message": (
                            "Only user, assistant and tool roles are supported, got "
                            "system. at row 189"
                        ),
                        "type": "server_error",
                    }
                },
                500,
            )
            if "system" in request.roles
            else None
        ),
        requests=2,
    ),
    Quirk(
        "developer instructions",
        GEMINI,
        "The stub's answer.",
        rule=lambda request: (
            body(
                [
                    {
                        "error": {
                            "code": 400,
                            "message": (
                                "Developer instruction is not enabled for models/gemma-3-27b-it"
                            ),
                            "status": "INVALID_ARGUMENT",
                        }
                    }
                ],
                400,
            )
            if "system" in request.roles
            else None
        ),
        requests=2,
    ),
    Quirk(
        "completions only, by the path",
        RULES,
        "The stub's answer.",
        rule=completions_only(body({"detail": "Not Found"}, 404)),
        requests=2,
    ),
    Quirk(
        "completions only, by a gateway",
        RULES,
        "The stub's answer.",
        rule=completions_only(body(b"<html>404 Not Found</html>", 404, "text/html")),
        requests=2,
    ),
    Quirk(
        "completions only, for want of a template",
        VLLM,
        "The stub's answer.",
        rule=completions_only(
            refusal(
                400,
                "As of transformers v4.44, default chat template is no longer allowed, so you "
                "must provide a chat template if the tokenizer does not define one.",
            )
        ),
        requests=2,
    ),
    Quirk(
        "completions only, on Azure",
        AZURE,
        "The stub's answer.",
        rule=completions_only(
            refusal(
                400,
                "The chatCompletion operation does not work with the specified model, gpt-x. "
                "Please choose different model and try again.",
                code="OperationNotSupported",
            )
        ),
        requests=2,
    ),
    Quirk(
        "completions only, on Ollama",
        OLLAMA,
        "The stub's answer.",
        rule=completions_only(refusal(400, '"m" does not support chat', type="api_error")),
        requests=2,
    ),
    Quirk(
        "a small context",
        f"{VLLM}/issues/20409",
        "The stub's answer.",
        rule=small_context,
        requests=2,
        endpoint={"system": "s"},
    ),
    # --- errors ---------------------------------------------------------------------------
    Quirk("a wrong key", OPENAI, KeyRefused, (Fail(401),)),
    Quirk(
        "a wrong key on Azure",
        AZURE,
        KeyRefused,
        (
            refusal(
                401,
                "Access denied due to invalid subscription key or wrong API endpoint.",
                code="401",
            ),
        ),
    ),
    Quirk(
        "a wrong key on Gemini",
        GEMINI,
        KeyRefused,
        (
            body(
                [
                    {
                        "error": {
                            "code": 400,
                            "message": "API key not valid. Please pass a valid API key.",
                            "status": "INVALID_ARGUMENT",
                        }
                    }
                ],
                400,
            ),
        ),
    ),
    Quirk(
        "a wrong key on Anthropic",
        ANTHROPIC,
        KeyRefused,
        (
            body(
                {
                    "type": "error",
                    "error": {"type": "authentication_error", "message": "invalid x-api-key"},
                },
                401,
            ),
        ),
    ),
    Quirk(
        "a wrong key on Bedrock",
        BEDROCK,
        KeyRefused,
        (body({"Message": "Authentication failed: Please make sure your API Key is valid."}, 403),),
    ),
    Quirk("no such model", OPENAI, ModelNotFound, (Fail(404),)),
    Quirk(
        "no such model on Ollama",
        OLLAMA,
        ModelNotFound,
        (refusal(404, 'model "m" not found, try pulling it first', type="api_error"),),
    ),
    Quirk(
        "no such model on Bedrock",
        BEDROCK,
        ModelNotFound,
        (body({"message": "The provided model identifier is invalid."}, 400),),
    ),
    Quirk(
        "no such model on OpenRouter",
        OPENROUTER,
        ModelNotFound,
        (refusal(400, "m is not a valid model ID", code=400),),
    ),
    Quirk(
        "no such deployment",
        AZURE,
        ModelNotFound,
        (
            refusal(
                404,
                "The API deployment for this resource does not exist. If you created the "
                "deployment within the last 5 minutes, please wait.",
                code="DeploymentNotFound",
            ),
        ),
        endpoint={"api": "chat"},
    ),
    Quirk(
        "no model loaded",
        f"{LMSTUDIO}/issues/914",
        ModelNotFound,
        (refusal(404, "No models loaded. Please load a model in the developer page."),),
    ),
    Quirk(
        "no such address, with 200",
        LMSTUDIO,
        ModelNotFound,
        (body({"error": "Unexpected endpoint or method. (POST /chat/completions)"}),),
    ),
    Quirk(
        "a model that was shut down",
        "https://console.groq.com/docs/deprecations",
        ModelRetired,
        (
            refusal(
                400,
                "The model `m` has been decommissioned and is no longer supported.",
                code="model_decommissioned",
            ),
        ),
    ),
    Quirk(
        "a model that was deprecated",
        "https://platform.openai.com/docs/deprecations",
        ModelRetired,
        (
            refusal(
                404,
                "The model `text-davinci-003` has been deprecated, learn more here",
                code="model_not_found",
            ),
        ),
    ),
    Quirk("no credit", OPENAI, QuotaExhausted, (Fail(429, "insufficient_quota"),)),
    Quirk(
        "no credit, 402",
        f"{DEEPSEEK}/quick_start/error_codes",
        QuotaExhausted,
        (refusal(402, "Insufficient Balance", type="unknown_error"),),
    ),
    Quirk(
        "no credit on Anthropic",
        ANTHROPIC,
        QuotaExhausted,
        (
            body(
                {
                    "type": "error",
                    "error": {
                        "type": "invalid_request_error",
                        "message": "Your credit balance is too low to access the Anthropic API.",
                    },
                },
                400,
            ),
        ),
    ),
    Quirk(
        "a spend limit",
        f"{MICROSOFT}/microsoft-cloud/dev/dev-proxy/concepts/anthropic-529-overloaded-error",
        QuotaExhausted,
        (
            body(
                {
                    "type": "error",
                    "error": {
                        "type": "rate_limit_error",
                        "message": "Usage is paused",
                        "details": {"error_code": "enforced_spend_limit_reached"},
                    },
                },
                429,
            ),
        ),
    ),
    Quirk(
        "a rate, with the wait in words",
        AZURE,
        "The stub's answer.",
        (
            refusal(
                429,
                "Requests have exceeded call rate limit. Please retry after 2 seconds.",
                code="429",
            ),
            Say("The stub's answer."),
        ),
        requests=2,
    ),
    Quirk(
        "a rate, with the wait in its details",
        GEMINI,
        "The stub's answer.",
        (
            body(
                [
                    {
                        "error": {
                            "code": 429,
                            "message": "You exceeded your current quota, please check your plan.",
                            "status": "RESOURCE_EXHAUSTED",
                            "details": [{"@type": "RetryInfo", "retryDelay": "3s"}],
                        }
                    }
                ],
                429,
            ),
            Say("The stub's answer."),
        ),
        requests=2,
    ),
    Quirk(
        "throttling on Bedrock",
        BEDROCK,
        RateLimited,
        (body({"message": "Too many requests, please wait before trying again."}, 429),) * 3,
        requests=3,
    ),
    Quirk(
        "overloaded, 529",
        "https://docs.llmgateway.io/troubleshooting/anthropic-529-overloaded",
        "The stub's answer.",
        (
            body(
                {"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}},
                529,
            ),
            Say("The stub's answer."),
        ),
        requests=2,
    ),
    Quirk(
        "loading",
        f"{LLAMA}/pull/15780",
        "The stub's answer.",
        (
            body(
                {"error": {"code": 503, "message": "Loading model", "type": "unavailable_error"}},
                503,
            ),
            Say("The stub's answer."),
        ),
        requests=2,
    ),
    Quirk(
        "a context too small for the question",
        f"{LLAMA}/pull/15780",
        QuestionTooLong,
        (
            body(
                {
                    "error": {
                        "code": 400,
                        "message": "the request exceeds the available context size",
                        "type": "exceed_context_size_error",
                        "n_prompt_tokens": 1407,
                        "n_ctx": 256,
                    }
                },
                400,
            ),
        )
        * 4,
        requests=REFUSED,
    ),
    Quirk(
        "a context too small, with 200",
        "https://github.com/oobabooga/textgen/issues/7257",
        QuestionTooLong,
        (
            body(
                {
                    "error": {
                        "code": 400,
                        "message": (
                            "the request exceeds the available context size. try "
                            "increasing the context size"
                        ),
                        "type": "exceed_context_size_error",
                    }
                }
            ),
        )
        * 4,
        requests=REFUSED,
    ),
    Quirk(
        "a context too small, as a limit",
        f"{VLLM}/issues/4667",
        QuestionTooLong,
        (
            body(
                {
                    "object": "error",
                    "message": "max_tokens must be at least 1, got -186.",
                    "type": "BadRequestError",
                    "param": None,
                    "code": 400,
                },
                400,
            ),
        )
        * 4,
        requests=REFUSED,
    ),
    Quirk(
        "a context too small, in words of its own",
        f"{LMSTUDIO}/issues/546",
        QuestionTooLong,
        (
            refusal(
                400,
                "Trying to keep the first 6547 tokens when context the overflows. However, the "
                "model is loaded with context length of only 4096 tokens.",
            ),
        )
        * 4,
        requests=REFUSED,
    ),
    Quirk(
        "a request too large for a rate",
        OPENAI,
        QuestionTooLong,
        (
            refusal(
                429,
                "Request too large for gpt-x on tokens per min (TPM): Limit 30000, Requested "
                "40000.",
                type="tokens",
                code="rate_limit_exceeded",
            ),
        )
        * 4,
        requests=REFUSED,
    ),
    Quirk(
        "the filter refuses the question",
        AZURE,
        ContentRefused,
        (
            refusal(
                400,
                "The response was filtered due to the prompt triggering Azure OpenAI's content "
                "management policy.",
                code="content_filter",
                innererror={"code": "ResponsibleAIPolicyViolation"},
            ),
        ),
    ),
    Quirk(
        "moderation refuses the question",
        OPENROUTER,
        ContentRefused,
        (
            body(
                {
                    "error": {
                        "code": 403,
                        "message": (
                            "Your chosen model requires moderation and your input was flagged"
                        ),
                        "metadata": {"reasons": ["violence"]},
                    }
                },
                403,
            ),
        ),
    ),
    Quirk(
        "an error in a body of 200",
        OPENROUTER,
        QuotaExhausted,
        (body({"error": {"code": 402, "message": "Insufficient credits"}}),),
    ),
    Quirk(
        "an error in a list, with 200",
        GEMINI,
        UpstreamFailed,
        (
            body(
                [
                    {
                        "error": {
                            "code": 503,
                            "message": "The model is overloaded.",
                            "status": "UNAVAILABLE",
                        }
                    }
                ]
            ),
        )
        * 3,
        requests=3,
    ),
    Quirk(
        "an error as a text",
        "https://github.com/huggingface/text-generation-inference",
        UpstreamFailed,
        (body({"error": "Model is overloaded", "error_type": "overloaded"}, 503),) * 3,
        requests=3,
    ),
    Quirk(
        "an error before the first word",
        OPENROUTER,
        "The stub's answer.",
        (stream({"error": {"code": 502, "message": "Bad gateway"}}), Say("The stub's answer.")),
        only="stream",
        requests=2,
    ),
    Quirk(
        "an error as an event of its own",
        RULES,
        RateLimited,
        (
            Raw(
                b"event: error\n"
                + events({"error": {"code": 429, "message": "slow down"}}, done=False),
                "text/event-stream",
                packets=3,
            ),
        )
        * 3,
        only="stream",
        requests=3,
    ),
    Quirk("a captive portal", RULES, NotAnEndpoint, (body(PAGE, 200, "text/html"),)),
    Quirk("a captive portal that says it is JSON", RULES, NotAnEndpoint, (body(PAGE),)),
    Quirk(
        "a portal elsewhere",
        RULES,
        NotAnEndpoint,
        (body(PAGE, 302, "text/html", Location="http://wifi.invalid/"),),
    ),
    Quirk("a gateway that forbids", RULES, NotAnEndpoint, (body(PAGE, 403, "text/html"),)),
    Quirk(
        "a gateway whose upstream is down",
        RULES,
        "The stub's answer.",
        (
            body(b"<html><h1>502 Bad Gateway</h1></html>", 502, "text/html"),
            Say("The stub's answer."),
        ),
        requests=2,
    ),
    Quirk(
        "a proxy that wants a name",
        "https://www.rfc-editor.org/rfc/rfc9110#status.407",
        Unreachable,
        (body(b"", 407),) * 3,
        requests=3,
    ),
    Quirk(
        "another API than ours",
        "https://platform.openai.com/docs/api-reference/responses",
        RequestRefused,
        (
            refusal(
                400, "This model is only supported in v1/responses and not in v1/chat/completions."
            ),
        ),
    ),
]
