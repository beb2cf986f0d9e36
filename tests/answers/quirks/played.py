"""What the rows are made of: a row, the sources that several name, and the wire by hand."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field

from daehwa.answers.errors import AnswerError
from daehwa.answers.testing import Raw, Recorded

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
