"""Actual values, named as in test files and written in one line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from daehwa.care.testing.expecting import shown


def complete(answer: dict[str, Any]) -> None:
    """Add to a response what it leaves out when empty, and what else can be expected."""
    if "error" in answer:
        return
    answer.setdefault("messages", [])
    state = answer.setdefault("sessionState", {})
    state.setdefault("sessionAttributes", {})
    intent = state.setdefault("intent", {})
    intent["slots"] = intent.get("slots") or {}
    answer["contexts"] = sorted(each["name"] for each in state.get("activeContexts") or ())
    answer["asks"] = elicited_slot(answer)
    for each in answer.get("interpretations") or ():
        if each["intent"]["name"] == intent.get("name") and "nluConfidence" in each:
            answer["confidence"] = _score(each["nluConfidence"])
            break


def _score(confidence: Any) -> float:
    return float(confidence["score"] if isinstance(confidence, dict) else confidence)


def elicited_slot(answer: dict[str, Any]) -> str | None:
    """The slot that is asked for, with its sub-slots behind dots."""
    action = answer["sessionState"].get("dialogAction") or {}
    if action.get("type") != "ElicitSlot":
        return None
    names = [action.get("slotToElicit")]
    inner = action.get("subSlotToElicit")
    while inner:
        names.append(inner["name"])
        inner = inner.get("subSlotToElicit")
    return ".".join(name for name in names if name)


def messages(answer: dict[str, Any]) -> list[str]:
    """The messages, each in a line; a card by its title and buttons."""
    return [_message(each) for each in answer.get("messages") or ()]


def _message(message: dict[str, Any]) -> str:
    card = message.get("imageResponseCard")
    if card is None:
        return shown(message.get("content") or "")
    buttons = ", ".join(each["text"] for each in card.get("buttons") or ())
    return f"[{card['title']}]" + (f" ({buttons})" if buttons else "")


def score(answer: dict[str, Any]) -> str:
    """The interpretations with their scores: ``BookSalon 0.93, FallbackIntent``."""
    parts = []
    for each in answer.get("interpretations") or ():
        confidence = each.get("nluConfidence")
        name = each["intent"]["name"]
        parts.append(name if confidence is None else f"{name} {_score(confidence):.2f}")
    return ", ".join(parts)


def came(answer: dict[str, Any], member: str) -> str:
    """The actual value of a member of a turn, as the file calls it."""
    if "error" in answer:
        return f"{answer['error']['code']}: {answer['error']['message']}"
    kind, _, name = member.partition(".")
    seen = _SEEN.get(kind)
    return shown(answer.get(kind) if seen is None else seen(answer, name))


def _action(answer: dict[str, Any]) -> dict[str, Any]:
    action: dict[str, Any] = answer["sessionState"].get("dialogAction") or {}
    return action


def _intent(answer: dict[str, Any], member: str) -> Any:
    return answer["sessionState"]["intent"].get(member)


_SEEN: Final[Mapping[str, Callable[[dict[str, Any], str], Any]]] = {
    "bot": lambda answer, _: " / ".join(messages(answer)) or None,
    "slots": lambda answer, name: slot_value(answer["sessionState"]["intent"]["slots"].get(name)),
    "intent": lambda answer, _: _intent(answer, "name"),
    "state": lambda answer, _: _intent(answer, "state"),
    "confirmation": lambda answer, _: _intent(answer, "confirmationState"),
    "action": lambda answer, _: " ".join(
        filter(None, (_action(answer).get("type"), _action(answer).get("slotToElicit")))
    ),
    "asks": lambda answer, _: answer.get("asks") or _action(answer).get("type"),
    "attributes": lambda answer, name: answer["sessionState"]["sessionAttributes"].get(name),
}


def slot_value(slot: Any) -> Any:
    """A slot's interpreted value, its values, or its sub-slots."""
    if not slot:
        return None
    if slot.get("values"):
        return [slot_value(each) for each in slot["values"]]
    if slot.get("subSlots"):
        return {name: slot_value(each) for name, each in slot["subSlots"].items()}
    value = slot.get("value") or {}
    return value.get("interpretedValue")
