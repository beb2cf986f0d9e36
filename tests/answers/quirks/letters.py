"""Texts with something in them that is no text, and bodies that hold the answer elsewhere."""

from daehwa.answers.testing import Raw

from .played import (
    OLLAMA,
    OPENROUTER,
    TEXT,
    VLLM,
    Quirk,
    body,
    delta,
    events,
    js,
    message,
    stream,
    words,
)

HALVES = words("안녕하세요 👋", " 반갑습니다.")
HALF_LETTERS = b'data: {"choices":[{"index":0,"delta":{"content":"\\ud83d"}}]}\n\n'
OTHER_HALF = b'data: {"choices":[{"index":0,"delta":{"content":"\\udc4b"}}]}\n\n'
RAW_LINES = b'{"choices":[{"message":{"content":"one\ntwo"},"finish_reason":"stop"}]}'

LETTERS = (
    Quirk(
        "an emoji in two halves",
        "https://github.com/openai/openai-node/issues/815",
        TEXT,
        (
            Raw(
                events(delta("안녕하세요 "), done=False)
                + HALF_LETTERS
                + OTHER_HALF
                + events(delta(" 반갑습니다."), delta(None, "stop")),
                "text/event-stream",
                packets=5,
            ),
        ),
        only="stream",
    ),
    Quirk(
        "half an emoji at the end",
        "https://www.rfc-editor.org/rfc/rfc8259#section-8.2",
        "안녕하세요",
        (
            Raw(
                events(delta("안녕하세요"), done=False)
                + HALF_LETTERS
                + events(delta(None, "stop")),
                "text/event-stream",
            ),
        ),
        only="stream",
    ),
    Quirk(
        "NUL in a text",
        "https://www.postgresql.org/docs/current/datatype-character.html",
        TEXT,
        (body(message("\0" + TEXT)),),
    ),
    Quirk(
        "the token that ends a turn",
        VLLM,
        TEXT,
        (stream(*HALVES[:-1], delta("<|im"), delta("_end|>"), HALVES[-1]),),
        only="stream",
    ),
    Quirk(
        "the tokens that end a turn, whole",
        VLLM,
        TEXT,
        (body(message(TEXT + "<|eot_id|>\n</s>")),),
        only="whole",
    ),
    Quirk(
        "a person's turn behind the end",
        OLLAMA,
        TEXT,
        (body(message(TEXT + "<|im_end|>\n<|im_start|>user\n또?")),),
        only="whole",
    ),
    Quirk(
        "a text about such a token",
        VLLM,
        "End it with </s> as ever.",
        (stream(*words("End it with </", "s> as ever.")),),
        only="stream",
    ),
    Quirk(
        "a thought in Gemma's channel",
        "https://ai.google.dev/gemma/docs",
        TEXT,
        (body(message("<|channel>thought\nPlan.\n<channel|>" + TEXT)),),
        only="whole",
    ),
    Quirk(
        "content as an object",
        "https://github.com/BerriAI/litellm",
        TEXT,
        (body(message({"type": "text", "text": TEXT})),),
        only="whole",
    ),
    Quirk(
        "content as texts in a list",
        "https://github.com/BerriAI/litellm",
        TEXT,
        (body(message(["안녕하세요 👋", " 반갑습니다."])),),
        only="whole",
    ),
    Quirk(
        "a line break as it is",
        "https://www.rfc-editor.org/rfc/rfc8259#section-7",
        "one\ntwo",
        (Raw(RAW_LINES),),
        only="whole",
    ),
    Quirk(
        "pieces in an array",
        "https://ai.google.dev/api/generate-content#method:-models.streamgeneratecontent",
        TEXT,
        (Raw(js(HALVES), packets=4),),
        only="stream",
    ),
    Quirk(
        "an answer inside a result",
        "https://developers.cloudflare.com/workers-ai/",
        TEXT,
        (body({"result": message(TEXT), "success": True}),),
        only="whole",
    ),
    Quirk(
        "the end in quotation marks",
        VLLM,
        TEXT,
        (stream(*HALVES, b'"[DONE]"', done=False),),
        only="stream",
    ),
    Quirk(
        "no choice in a piece",
        VLLM,
        TEXT,
        (stream({"choices": [None]}, {"choices": None}, *HALVES),),
        only="stream",
    ),
    Quirk(
        "a network error ends it",
        OPENROUTER,
        "안녕하세요 👋",
        (stream(*words("안녕하세요 👋", finish="network_error")),),
        ended="cut",
        only="stream",
    ),
    Quirk(
        "a time-out ends it",
        OPENROUTER,
        "안녕하세요 👋",
        (stream(*words("안녕하세요 👋", finish="timeout")),),
        ended="cut",
        only="stream",
    ),
)
