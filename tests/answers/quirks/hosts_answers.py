"""Answers of hosts of models that say the same in another shape than OpenAI's."""

from daehwa.answers.testing import Raw

from .played import TEXT, Quirk, body, delta, events, message, stream

PERPLEXITY = "https://docs.perplexity.ai/api-reference/chat-completions-post"
DATABRICKS = (
    "https://docs.databricks.com/aws/en/machine-learning/foundation-model-apis/api-reference"
)
WATSONX = "https://cloud.ibm.com/apidocs/watsonx-ai"
COHERE = "https://docs.cohere.com/docs/compatibility-api"
GROQ = "https://console.groq.com/docs/api-reference"
NIM = "https://docs.api.nvidia.com/nim/reference/llm-apis"

FIRST, SECOND = "안녕하세요 👋", " 반갑습니다."
THOUGHTS = {"type": "reasoning", "summary": [{"type": "summary_text", "text": "A greeting."}]}


def both(new, so_far, finish=None):
    """A piece with what is new and, beside it, the whole of what there is."""
    piece = delta(new, finish)
    piece["choices"][0]["message"] = {"role": "assistant", "content": so_far}
    return piece


def text(content):
    return {"type": "text", "text": content}


HOSTS_ANSWERS = (
    Quirk(
        "what is new and what there is in every piece",
        PERPLEXITY,
        TEXT,
        (stream(both(FIRST, FIRST), both(SECOND, TEXT), both("", TEXT, "stop")),),
        only="stream",
    ),
    Quirk(
        "no choices while sources come",
        PERPLEXITY,
        TEXT,
        (
            stream(
                {"citations": ["https://example.com"], "choices": None},
                delta(FIRST),
                delta(SECOND, "stop"),
            ),
        ),
        only="stream",
    ),
    Quirk(
        "thoughts as a part with a summary",
        DATABRICKS,
        TEXT,
        (body(message([THOUGHTS, text(TEXT)])),),
        only="whole",
    ),
    Quirk(
        "thoughts as a part in a stream",
        DATABRICKS,
        TEXT,
        (stream(delta([THOUGHTS]), delta([text(FIRST)]), delta([text(SECOND)], "stop")),),
        only="stream",
    ),
    Quirk(
        "events with names, numbers and a close",
        WATSONX,
        TEXT,
        (
            Raw(
                b"retry: 3000\nid: 1\nevent: message\n"
                + events(delta(FIRST), done=False)
                + b"id: 2\nevent: message\n"
                + events(delta(SECOND, "stop"), done=False)
                + b"id: 3\nevent: close\ndata: {}\n\n",
                "text/event-stream",
                packets=5,
            ),
        ),
        only="stream",
    ),
    Quirk(
        "not finished in every piece",
        WATSONX,
        TEXT,
        (stream(delta(FIRST, "not_finished"), delta(SECOND, "not_finished"), delta("", "stop")),),
        only="stream",
    ),
    Quirk(
        "the end of a token limit",
        WATSONX,
        TEXT,
        (body(message(TEXT, "token_limit")),),
        ended="length",
        only="whole",
    ),
    Quirk(
        "COMPLETE in capitals",
        COHERE,
        TEXT,
        (body(message(TEXT, "COMPLETE")),),
        only="whole",
    ),
    Quirk(
        "nothing in each member before the words",
        NIM,
        TEXT,
        (
            stream(
                delta(role="assistant", content=None, reasoning_content=None, tool_calls=[]),
                delta(FIRST),
                delta(SECOND, "stop"),
            ),
        ),
        only="stream",
    ),
    Quirk(
        "usage in a member of its own at the end",
        GROQ,
        TEXT,
        (
            stream(
                delta(FIRST),
                delta(SECOND),
                delta(None, "stop") | {"x_groq": {"id": "r", "usage": {"prompt_tokens": 1}}},
            ),
        ),
        only="stream",
    ),
)
