"""The conversation so far, small enough to travel through Lex to the code hook."""

from __future__ import annotations

import json
from collections.abc import Iterable

from daehwa.aws.transcript_table import StoredTurn

TURNS = 12
# A request's attributes and session attributes may be 12 KB together, and so may the event
# that Lex makes of them for the hook: half of it is left to the bot.
BUDGET = 6 * 1024
# One long answer shall not push everything else out.
_LONGEST = 1200
_CUT = "…"


def history(turns: Iterable[StoredTurn], *, budget: int = BUDGET) -> str:
    """Give the turns, oldest first, as the attribute ``HISTORY`` has them: the latest stay.

    At most ``budget`` bytes of UTF-8.
    """
    kept: list[str] = []
    left = budget - len("[]")
    for turn in reversed(tuple(turns)):
        entries = _entries(turn)
        for entry in reversed(entries):
            left -= len(entry.encode()) + 1
        if left < 0:
            break
        kept[:0] = entries
    return f"[{','.join(kept)}]"


def branch(turns: Iterable[StoredTurn], follows: str | None) -> list[StoredTurn]:
    """Those of the turns, oldest first, that lead to the one that a message ``follows``.

    As ``chat.ChatRequest.follows``: the last one for ``None``, none if it is empty.
    """
    kept: list[StoredTurn] = []
    for turn in reversed(tuple(turns)):
        if follows == "":
            break
        if follows in (None, turn.message_id):
            follows = json.loads(turn.reply).get("follows") if turn.reply else None
            kept.insert(0, turn)
    return kept


def _entries(turn: StoredTurn) -> list[str]:
    """The JSON of the person's message and of the reply, if there is one that is not an error."""
    entries = [_entry("user", turn.text)]
    reply = json.loads(turn.reply) if turn.reply else {}
    if reply.get("msg") and not reply.get("error"):
        entries.append(_entry("assistant", reply["msg"]))
    return entries


def _entry(role: str, text: str) -> str:
    if len(text) > _LONGEST:
        text = text[: _LONGEST - 1] + _CUT
    content = {"role": role, "content": text}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))
