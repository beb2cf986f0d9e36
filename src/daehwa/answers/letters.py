"""Parts of a model's output that are not text: half letters, and the tokens that end its turn.

JSON can carry one half of a letter beyond the Basic Multilingual Plane, and some servers cut an
emoji in two between two events; a lone half can neither be stored nor sent. Tokens that end a
turn are left in by servers whose chat template names another one. Sources: RFC 8259, 8.2; the
model cards of Llama 3, Qwen, Gemma, Mistral, DeepSeek, GLM and gpt-oss.
"""

from __future__ import annotations

_TOKENS = (
    "<|im_end|>",
    "<|eot_id|>",
    "<|eom_id|>",
    "<|end_of_text|>",
    "<|endoftext|>",
    "<|end|>",
    "<|return|>",
    "<|eot|>",
    "<|user|>",
    "<|assistant|>",
    "<end_of_turn>",
    "<turn|>",
    "<｜end▁of▁sentence｜>",
    "[|endofturn|]",
    "</s>",
)
# What begins another turn: a model that goes on after the end of its own plays the person.
_OPENINGS = ("<|im_start|>", "<|start_header_id|>", "<start_of_turn>", "<|start|>", "<|turn>")
_LONGEST = max(map(len, _TOKENS))
# What GLM puts around what it is sure of.
_BOX = ("<|begin_of_box|>", "<|end_of_box|>")


def whole_letters(text: str) -> str:
    """Give ``text`` with its halves joined, without those that stay alone, NUL, and tokens."""
    if "\0" in text:
        text = text.replace("\0", "")
    if "_of_box|>" in text:
        text = text.replace(_BOX[0], "").replace(_BOX[1], "")
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "ignore")
    return text


def ends_in_half(text: str) -> bool:
    """Whether the last letter's other half has still to come."""
    return "\ud800" <= text[-1:] <= "\udbff"


class TurnEnd:
    """Gives a text without the tokens at its end, as its pieces come in."""

    def __init__(self) -> None:
        self._held = ""
        self._over = False

    def feed(self, text: str) -> str:
        """Give the part of the text so far that cannot be such a token, whatever follows."""
        if self._over:
            return ""
        if not self._held and "<" not in text and "[|" not in text and text[-1:] != "[":
            return text
        text = self._held + text
        if (next_turn := _next_turn(text)) is not None:
            self._over, self._held = True, ""
            return text[:next_turn]
        place = _end(text)
        self._held = text[place:]
        return text[:place]

    def close(self) -> str:
        """At the end of the text, give what was held back and is not a token after all."""
        held, self._held = self._held, ""
        while token := next((token for token in _TOKENS if held.startswith(token)), ""):
            held = held[len(token) :].lstrip()
        return held


def _next_turn(text: str) -> int | None:
    """Find where the tokens begin that end a turn before another one."""
    opening = min((at for each in _OPENINGS if (at := text.find(each)) >= 0), default=-1)
    end = _end(text[:opening]) if opening > 0 else opening
    return end if 0 <= end < opening and text[end:opening].strip() else None


def _end(text: str) -> int:
    """Find where what may be the tokens at a text's end begins."""
    end = len(text)
    while True:
        rest = text[:end].rstrip()
        token = next((token for token in _TOKENS if rest.endswith(token)), "")
        if not token:
            break
        end = len(rest) - len(token)
    tail = text[max(0, end - _LONGEST) : end]
    if end < len(text):
        return end
    begun = max(tail.rfind(start) for start in ("<", "["))
    if begun >= 0 and any(token.startswith(tail[begun:]) for token in _TOKENS):
        # Before the token that begins here others may stand already.
        return _end(text[: end - len(tail) + begun])
    return end
