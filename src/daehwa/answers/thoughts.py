"""What a reasoning model thinks, taken out of the text that it answers with.

Most servers send thoughts apart (``reasoning_content``); others leave them in the text between
tags, and some chat templates open the tag in the prompt, so that only its end is in the text.
Sources: the model cards of DeepSeek-R1, Qwen3, Magistral, Gemma, Kimi, Granite 3.3 and Hunyuan;
vLLM's "Reasoning outputs".
"""

from __future__ import annotations

_NAMES = ("think", "thinking", "thought", "thoughts", "reasoning", "seed:think")
_PAIRS = {f"<{name}>": f"</{name}>" for name in _NAMES}
_PAIRS |= {"[think]": "[/think]", "◁think▷": "◁/think▷", "<|channel>thought": "<channel|>"}
_ENDS = tuple(_PAIRS.values())
_END_BEGINNINGS = frozenset(end[:length] for end in _ENDS for length in range(1, len(end) + 1))
_END_LETTERS = frozenset(end[0] for end in _ENDS)
# What gpt-oss writes where a server does not take it off.
_HARMONY = {"<|channel|>analysis<|message|>": "<|end|>"}
_FRAMES = ("<|start|>assistant", "<|channel|>final<|message|>")
# What some write around the answer behind a thought.
_WRAPPERS = {"<answer>": "</answer>", "<response>": "</response>"}
_OPENINGS = _PAIRS | _HARMONY
_SIGNS = (*_OPENINGS, *_FRAMES)
_LONGEST = max(map(len, (*_SIGNS, *_ENDS)))
_FENCE = "```"
# Models whose template opens the thought, so that the text begins inside it.
_OPENED = frozenset({"thinking", "r1", "qwq", "reasoner", "reasoning"})
_JOINTS = str.maketrans("/:._", "----")


def begins_with_thoughts(model: str) -> bool:
    """Whether a model of this name may begin with a thought that has no opening tag."""
    return not _OPENED.isdisjoint(model.lower().translate(_JOINTS).split("-"))


class ThoughtFilter:
    """Gives a text without its thoughts, as its pieces come in.

    A tag opens a thought at the beginning of the text or of a line, outside of code; anywhere else
    it is part of the answer. With ``opened`` the text begins inside a thought, and is held back
    until that thought, or the text, ends.
    """

    def __init__(self, *, opened: bool = False) -> None:
        self._held = ""
        self._end: str | None = None
        self._opened = opened
        self._code = False
        self._line = ""
        self._begun = False
        self._wrapper = ""
        self.thought = False
        """Whether there was a thought in the text so far."""
        self.unopened = False
        """Whether a thought ended that had no beginning: all that came before it was one."""

    def release(self) -> None:
        """Hold nothing back any more: thoughts come apart from the text."""
        self._opened = False

    def feed(self, piece: str) -> str:
        """Give what of the text so far is the answer's and was not given yet."""
        self._held += piece
        given: list[str] = []
        while self._held and self._step(given):
            pass
        return "".join(given)

    def close(self) -> str:
        """Give what was held back, at the end of the text."""
        self._opened = False
        rest = "" if self._end is not None else self.feed("") + self._held
        self._held = ""
        return rest

    def _step(self, given: list[str]) -> bool:
        """Go on in the text that is held; false when more is needed to judge."""
        if self._end is not None:
            return self._skip_thought(self._end)
        if not self._line.strip() and not self._code:
            start = self._held.lstrip()[:_LONGEST].lower()
            signs = _SIGNS if self._begun or not self.thought else (*_SIGNS, *_WRAPPERS)
            sign = next((sign for sign in signs if start.startswith(sign)), None)
            if sign is not None:
                self._take_sign(sign)
                return True
            if any(sign.startswith(start) for sign in signs):
                return False
        if self._opened:
            return self._await_end()
        return self._take_line(given)

    def _take_sign(self, sign: str) -> None:
        self._held = self._held.lstrip()[len(sign) :]
        self._end = _OPENINGS.get(sign)
        self._wrapper = _WRAPPERS.get(sign, self._wrapper)
        self._opened = False
        self._line = ""

    def _skip_thought(self, end: str) -> bool:
        self.thought = True
        place = self._held.lower().find(end)
        if place < 0:
            self._held = self._held[1 - len(end) :]
            return False
        self._held = self._held[place + len(end) :]
        self._end = None
        return True

    def _await_end(self) -> bool:
        place, end = _first_end(self._held)
        if end:
            self._drop_unopened(place + len(end))
        return bool(end)

    def _drop_unopened(self, until: int) -> None:
        self._held = self._held[until:]
        self._line = ""
        self._opened = False
        self.thought = self.unopened = True

    def _take_line(self, given: list[str]) -> bool:
        text, newline, _ = self._held.partition("\n")
        text += newline
        if not self._code and "`" not in self._line + text:
            place, end = _first_end(text)
            if end and not self.thought:
                given.clear()
                self._drop_unopened(place + len(end))
                return True
            if not newline:
                text = text[: len(text) - _beginning_of_end(text)]
        if self._wrapper:
            return self._take_wrapped(text, given)
        self._give(text, given)
        return bool(text and newline)

    def _take_wrapped(self, text: str, given: list[str]) -> bool:
        """Give a part of an answer in a wrapper, whose end is not text."""
        inside, end, _ = text.partition(self._wrapper)
        if end:
            self._held = self._held[: len(inside)] + self._held[len(inside) + len(end) :]
            self._wrapper = ""
            return True
        whole = len(text)
        length = next(
            n for n in range(len(self._wrapper), -1, -1) if text.endswith(self._wrapper[:n])
        )
        self._give(text[: whole - length], given)
        return not length and text.endswith("\n")

    def _give(self, text: str, given: list[str]) -> None:
        """Give a part of a line, with the line's end or without."""
        self._held = self._held[len(text) :]
        given.append(text)
        self._begun = self._begun or bool(text.strip())
        newline = text.endswith("\n")
        self._line += text
        if newline:
            if self._line.lstrip().startswith(_FENCE):
                self._code = not self._code
            self._line = ""


def _first_end(text: str) -> tuple[int, str]:
    """Find the first end of a thought in a text: where it is, and which; ``""`` for none."""
    lowered = text.lower()
    if _END_LETTERS.isdisjoint(lowered):
        return 0, ""
    return min(((lowered.find(end), end) for end in _ENDS if end in lowered), default=(0, ""))


def _beginning_of_end(text: str) -> int:
    """Count the last letters of a text that may begin the end of a thought."""
    lowered = text[-_LONGEST:].lower()
    if _END_LETTERS.isdisjoint(lowered):
        return 0
    for place in range(len(lowered)):
        if lowered[place:] in _END_BEGINNINGS:
            return len(lowered) - place
    return 0
