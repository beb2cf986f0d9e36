"""Conversations that clients write as one prompt of ``/v1/completions``.

Source: the prompts that Vercel's AI SDK (``user:`` and ``assistant:`` above each text), LlamaIndex
(``user: ...``) and LangChain (``Human: ...``, ``AI: ...``) make of chat messages.
"""

from __future__ import annotations

import re
from typing import Final

_ROLES: Final = {
    "system": "system",
    "user": "user",
    "human": "user",
    "assistant": "assistant",
    "ai": "assistant",
}
# Compiled when first needed: a server starts without.
_LABEL: Final = rf"^({'|'.join(_ROLES)}):[ \t]*"


def read_transcript(prompt: str) -> list[tuple[str, str]] | None:
    """The messages of a prompt that leaves the assistant to go on, each with its role.

    What stands above the first label is the system's. ``None`` where the prompt is a text like any
    other: it does not end in an assistant's label, or what is above that label is not the user's.
    """
    before, *labelled = re.split(_LABEL, prompt.strip(), flags=re.IGNORECASE | re.MULTILINE)
    roles = [_ROLES[label.lower()] for label in labelled[::2]]
    texts = [text.strip() for text in labelled[1::2]]
    if roles[-2:] != ["user", "assistant"] or texts[-1]:
        return None
    messages = list(zip(roles, texts, strict=True))[:-1]
    return [("system", before.strip()), *messages] if before.strip() else messages
