"""A talk written as a conversation test, which passes as it stands (``docs/testing.md``)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, tzinfo
from typing import Any, Final

# White space other than a blank may be a line's end, or be lost.
_PLAIN: Final = re.compile(
    r"[^\W_](?:(?:[^\s\x00-\x1f\x7f-\x9f:#,\[\]{}\"'`&*!|>%@\\]| )*[\w.?)~])?"
)
_NULLS: Final = frozenset({"null", "Null", "NULL"})
_UNPRINTED: Final = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_HIDDEN: Final = re.compile(r"\{(\w+)\}")
_LONG_SECONDS: Final = 60
_ENDED: Final = frozenset({"Fulfilled", "Failed", "ReadyForFulfillment"})


def written_talk(turns: Sequence[Mapping[str, Any]], *, locale_id: str, zone: tzinfo = UTC) -> str:
    """The talk as the YAML of a test; empty where nothing was said.

    ``turns`` are those of a transcript, as they are on the wire, oldest first; of a talk that
    branches the way to the last one is written. ``zone`` is the one in which the bot reads "today".
    """
    path = [turn for turn in _branch(turns) if turn.get("reply")]
    if not path:
        return ""
    begun = _time(path[0], zone)
    lines = [f"locale: {locale_id}", f"now: {begun.isoformat(timespec='seconds')}"]
    hidden = sorted({name for turn in path for name in _hidden_slots(turn)})
    if hidden:
        why = f"values of {', '.join(hidden)} are hidden: write others in their place"
        lines.append(f"skip: {_scalar(why)}")
    answers = [_answer(turn["reply"]) for turn in path if _by_model(turn["reply"])]
    if answers:
        lines += ["model:", *(f"  - {answer}" for answer in answers)]
    lines.append("turns:")
    before: Mapping[str, Any] | None = None
    for turn in path:
        lines += _turn(turn, before)
        before = turn
    return "\n".join(lines) + "\n"


def _branch(turns: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The turns that lead to the last one."""
    places = {turn["messageId"]: place for place, turn in enumerate(turns)}
    path: list[Mapping[str, Any]] = []
    place: int | None = len(turns) - 1
    while place is not None and place >= 0:
        turn = turns[place]
        path.append(turn)
        follows = (turn.get("reply") or {}).get("follows")
        earlier = place - 1 if follows is None else places.get(follows)
        place = earlier if earlier is not None and earlier < place else None
    return path[::-1]


def _time(turn: Mapping[str, Any], zone: tzinfo) -> datetime:
    return datetime.fromisoformat(turn["at"]).astimezone(zone)


def _by_model(reply: Mapping[str, Any]) -> bool:
    """Whether its first message is an answerer's."""
    return reply.get("source", "intent") != "intent" and bool(reply.get("messages"))


def _answer(reply: Mapping[str, Any]) -> str:
    text, source = reply["messages"][0].get("content") or "", reply["source"]
    if source == "chatgpt":
        return _scalar(text)
    return _flow({"answer": text, "source": source})


def _turn(turn: Mapping[str, Any], before: Mapping[str, Any] | None) -> Iterator[str]:
    reply = turn["reply"]
    yield f"  - user: {_scalar(turn['text'])}"
    if before is not None:
        passed = int((_time(turn, UTC) - _time(before, UTC)).total_seconds())
        if passed >= _LONG_SECONDS:
            yield f"    after: {passed}s"
    yield from _messages(reply.get("messages") or ())
    intent = reply.get("intent")
    if intent:
        yield f"    intent: {_scalar(intent['name'])}"
    values = _new_values(reply, (before or {}).get("reply"))
    if values:
        yield f"    slots: {_flow(values)}"
    action = reply.get("dialogAction") or {}
    if action.get("type") == "ElicitSlot" and action.get("slotToElicit"):
        yield f"    asks: {_scalar(_elicited_slot(action))}"
    elif action.get("type") == "ConfirmIntent":
        yield "    action: ConfirmIntent"
    if intent and intent.get("state") in _ENDED and not reply.get("error"):
        yield f"    state: {intent['state']}"
    if _by_model(reply):
        yield f"    source: {_scalar(reply['source'])}"


def _messages(messages: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    written = [_message(each) for each in messages]
    if len(written) == 1:
        yield f"    bot: {written[0]}"
    elif written:
        yield "    bot:"
        yield from (f"      - {each}" for each in written)
    else:
        yield "    bot: []"


def _message(message: Mapping[str, Any]) -> str:
    card = message.get("imageResponseCard")
    if card is None:
        return _scalar(_literal(message.get("content") or ""))
    written: dict[str, Any] = {"card": _literal(card["title"])}
    if card.get("buttons"):
        written["buttons"] = [_literal(each["text"]) for each in card["buttons"]]
    return _flow(written)


def _new_values(reply: Mapping[str, Any], before: Mapping[str, Any] | None) -> dict[str, Any]:
    """The slots that got another value in the turn."""
    known = _values(before) if before and _intent(before) == _intent(reply) else {}
    return {
        name: value
        for name, value in _values(reply).items()
        if value is not None and known.get(name) != value
    }


def _intent(reply: Mapping[str, Any]) -> str | None:
    return (reply.get("intent") or {}).get("name")


def _values(reply: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _value(slot) for name, slot in (reply.get("slots") or {}).items()}


def _value(slot: Any) -> Any:
    if not slot:
        return None
    if slot.get("values"):
        return [_value(each) for each in slot["values"]]
    if slot.get("subSlots"):
        parts = {name: _value(each) for name, each in slot["subSlots"].items()}
        return {name: each for name, each in parts.items() if each is not None} or None
    text = (slot.get("value") or {}).get("interpretedValue")
    return None if text is None else _literal(text)


def _elicited_slot(action: Mapping[str, Any]) -> str:
    names, inner = [action["slotToElicit"]], action.get("subSlotToElicit")
    while inner:
        names.append(inner["name"])
        inner = inner.get("subSlotToElicit")
    return ".".join(names)


def _hidden_slots(turn: Mapping[str, Any]) -> Iterator[str]:
    """Slots whose values the store has hidden, which stand as ``{Name}`` in what was said."""
    slots = turn["reply"].get("slots") or {}
    yield from (name for name in _HIDDEN.findall(turn["text"]) if name in slots)


def _literal(text: str) -> str:
    """A text that is expected, so that it is not taken for a pattern, or for more to come."""
    is_pattern = len(text) > 2 and text.startswith("/") and text.endswith("/")  # noqa: PLR2004
    return f"/^{re.escape(text)}$/" if is_pattern or text == "..." else text


def _scalar(text: str) -> str:
    """A text as a scalar of YAML: without quotes where it is safe."""
    if _PLAIN.fullmatch(text) and text not in _NULLS:
        return text
    return _quoted(text)


def _quoted(text: str) -> str:
    clean = text.encode("utf-8", "replace").decode()
    written = json.dumps(clean, ensure_ascii=False)
    return _UNPRINTED.sub(lambda match: f"\\u{ord(match[0]):04x}", written)


def _flow(value: Any) -> str:
    """A value in one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_scalar(n)}: {_flow(v)}" for n, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return _scalar(value)
