"""What the code hook passes to the chat function: who wrote the answer, what went wrong.

Lex's guide says that a response's request attributes stay with the code hook, its API reference
that RecognizeText returns them. So the marks travel twice: as request attributes, and in one
session attribute, which Lex does return. Session attributes outlive a turn; the mark names its
turn (``daehwa:turn``, which the chat function sends), and another turn's is nobody's.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

_OURS = "daehwa:"
SOURCE, MODEL = f"{_OURS}source", f"{_OURS}model"
ERROR, INCOMPLETE = f"{_OURS}error", f"{_OURS}incomplete"
SOURCES = f"{_OURS}sources"
LATER = f"{_OURS}later"
"""The mark by which chat function and code hook agree on who asks ChatGPT."""
# Lex may give a request's attributes back as they were: the hook's word is another one.
WISHED, GRANTED = "wished", "granted"
TURN = f"{_OURS}turn"
"""The request attribute that names the turn."""
ADDRESS = f"{_OURS}address"
"""The request attribute with the pseudonym of the caller's address, where answers have rates."""
_ANSWER = f"{_OURS}answer"


def marked(
    response: dict[str, Any], event: Mapping[str, Any], marks: Mapping[str, str]
) -> dict[str, Any]:
    """Give the hook's response to the event with its marks, in both places."""
    response["requestAttributes"] = {**(response.get("requestAttributes") or {}), **marks}
    turn = (event.get("requestAttributes") or {}).get(TURN)
    state = response["sessionState"]
    attributes = without_ours(state.get("sessionAttributes"))
    if turn:
        # What is not ASCII is two bytes or more, and Lex counts them: errors are codes.
        attributes[_ANSWER] = json.dumps({TURN: turn, **marks}, ensure_ascii=False)
    state["sessionAttributes"] = attributes
    return response


def read_marks(answer: Mapping[str, Any], turn: str) -> dict[str, str]:
    """The marks of this turn in what RecognizeText returned; empty if there are none."""
    session = (answer.get("sessionState") or {}).get("sessionAttributes") or {}
    try:
        mark = json.loads(session.get(_ANSWER) or "{}")
    except ValueError:
        mark = {}
    if isinstance(mark, dict) and mark.pop(TURN, None) == turn:
        return {name: value for name, value in mark.items() if isinstance(value, str)}
    given = answer.get("requestAttributes") or {}
    return {name: value for name, value in given.items() if isinstance(value, str)}


def without_ours(attributes: Mapping[str, str] | None) -> dict[str, str]:
    """The attributes without those that only Daehwa itself may set."""
    return {name: value for name, value in (attributes or {}).items() if not name.startswith(_OURS)}
