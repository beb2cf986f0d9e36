"""Where the text of an answer stands."""

from .played import HALVES, RULES, TEXT, THOUGHT, Quirk, body, delta, message, stream

CONTENTS = (
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
)
