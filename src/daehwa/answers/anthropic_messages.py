"""Anthropic's Messages API as the chat API that the rest of this package uses.

A request is made for ``/chat/completions`` and rewritten, as ``converse`` does it; what comes back
is read by ``native_shapes``. Source: Anthropic's API reference, "Messages" and "Errors".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

ADDRESS = "https://api.anthropic.com/v1"
KEY_HEADER = "x-api-key"
VERSION_HEADER, VERSION = "anthropic-version", "2023-06-01"
_SYSTEM = ("system", "developer")
# Members of a chat request that this API does not have, and those that go elsewhere.
_LEFT_OUT = frozenset(
    {
        "messages",
        "max_completion_tokens",
        "stop",
        "user",
        "stream_options",
        "n",
        "seed",
        "presence_penalty",
        "frequency_penalty",
        "logit_bias",
        "reasoning_effort",
        "verbosity",
    }
)
_LIMIT = 1000


def path(base_url: str) -> str:
    """Where messages go, behind an address with its version or without one."""
    return "/messages" if re.search(r"/v\d+$", base_url) else "/v1/messages"


def body(members: Mapping[str, Any]) -> dict[str, Any]:
    """A chat request's members as Messages takes them; the limit on output is never left out."""
    made = {name: value for name, value in members.items() if name not in _LEFT_OUT}
    limit = members.get("max_tokens") or members.get("max_completion_tokens")
    made["max_tokens"] = limit or _LIMIT
    instructions = [one["content"] for one in members["messages"] if one["role"] in _SYSTEM]
    if instructions:
        made["system"] = "\n\n".join(instructions)
    spoken = [one for one in members["messages"] if one["role"] not in _SYSTEM]
    made["messages"] = [{"role": one["role"], "content": one["content"]} for one in spoken]
    stop = members.get("stop")
    if stop:
        made["stop_sequences"] = [stop] if isinstance(stop, str) else stop
    if members.get("user"):
        made["metadata"] = {"user_id": members["user"]}
    return made
