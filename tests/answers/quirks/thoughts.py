"""What a model thinks: never shown, whatever it is wrapped in."""

from daehwa.answers.errors import OnlyThoughts

from .played import (
    DEEPSEEK,
    HALVES,
    RULES,
    TEXT,
    THOUGHT,
    VLLM,
    Quirk,
    body,
    delta,
    message,
    stream,
    words,
)
from .rules import thinks_long

THOUGHTS = (
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
        "thinking that is not shown uses the limit up",
        "https://platform.openai.com/docs/guides/reasoning#allocating-space-for-reasoning",
        TEXT,
        (body(message("", "length")), body(message(TEXT))),
        only="whole",
        requests=2,
    ),
    Quirk(
        "thinking that is not shown uses the limit up in a stream",
        "https://platform.openai.com/docs/guides/reasoning#allocating-space-for-reasoning",
        TEXT,
        (stream(delta(""), delta(None, "length")), stream(*words(*HALVES))),
        only="stream",
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
    Quirk(
        "a response in tags behind a thought",
        "https://huggingface.co/ibm-granite/granite-3.3-8b-instruct",
        TEXT,
        (body(message(f"<think>{THOUGHT}</think><response>{TEXT}</response>")),),
        only="whole",
    ),
    Quirk(
        "an answer in tags behind a thought",
        "https://huggingface.co/tencent/Hunyuan-A13B-Instruct",
        "안녕하세요 👋\n반갑습니다. 1 < 2",
        (
            stream(
                *words(
                    f"<think>\n{THOUGHT}\n</think>\n<ans",
                    "wer>\n안녕하세요 👋\n반갑",
                    "습니다. 1 <",
                    " 2</ans",
                    "wer>",
                )
            ),
        ),
        only="stream",
    ),
    Quirk(
        "such tags that the answer is about",
        RULES,
        "<answer>는 이렇게 닫습니다: </answer>",
        (body(message("<answer>는 이렇게 닫습니다: </answer>")),),
    ),
)
