"""What a turn's members expect, in Lex's own members and the words of ``comparing``.

The response that they are compared with is Lex's, with four members more: ``source`` (who
answered), ``confidence`` (the score of the intent), ``contexts`` (the names of the active
contexts, sorted) and ``asks``.
"""

from __future__ import annotations

from typing import Any, Final

from daehwa.care.testing.comparing import MORE, NONE, plain_space
from daehwa.care.testing.playing import Expectation

_SHOWN: Final = 200


def is_pattern(text: str) -> bool:
    """Whether a text is a pattern: it begins and ends with a slash, and has more between."""
    return len(text) > 2 and text.startswith("/") and text.endswith("/")  # noqa: PLR2004


def text_expected(text: str) -> dict[str, str]:
    """A text, or a ``/pattern/``."""
    return {"pattern": text[1:-1]} if is_pattern(text) else {"sameText": text}


def messages_expected(items: list[Any]) -> list[Any]:
    """The messages: texts, patterns, cards, ``{"one of": [...]}``, and ``...`` at the end."""
    return [MORE if item == MORE else _message(item) for item in items]


def _message(item: Any) -> dict[str, Any]:
    if isinstance(item, str):
        return {"content": text_expected(item)}
    if "one of" in item:
        return {"content": {"oneOf": [text_expected(text) for text in item["one of"]]}}
    card: dict[str, Any] = {"title": text_expected(item["card"])}
    if "subtitle" in item:
        card["subtitle"] = text_expected(item["subtitle"])
    if "buttons" in item:
        card["buttons"] = [{"text": text_expected(text)} for text in item["buttons"]]
    return {"imageResponseCard": card}


def slot_expected(value: Any) -> Any:
    """A slot by its interpreted value, its values, its sub-slots; ``None`` is an empty one."""
    if value is None:
        return NONE
    if isinstance(value, list):
        return {"values": [slot_expected(each) for each in value]}
    if isinstance(value, dict):
        return {"subSlots": {name: slot_expected(each) for name, each in value.items()}}
    return {"value": {"interpretedValue": text_expected(value)}}


def spoken_or_interpreted(value: str) -> dict[str, Any]:
    """A slot whose interpreted or original value is a text, as the cells of test sets have it."""
    wanted = {"sameText": value}
    return {
        "oneOf": [
            {"value": {"interpretedValue": wanted}},
            {"value": {"originalValue": wanted}},
        ]
    }


def slot_expectation(name: str, value: Any, *, spoken: bool = False) -> Expectation:
    """That a slot has a value; ``spoken``: as it was said will do."""
    wanted = spoken_or_interpreted(value) if spoken else slot_expected(value)
    return _of_state(f"slots.{name}", {"intent": {"slots": {name: wanted}}}, value)


def intent_expectation(name: str) -> Expectation:
    """That the turn ends in an intent."""
    return _of_state("intent", {"intent": {"name": name}}, name)


def intent_member_expectation(member: str, written: str) -> Expectation:
    """The intent's ``state``, or its ``confirmation`` state."""
    name = "confirmationState" if member == "confirmation" else member
    return _of_state(member, {"intent": {name: written}}, written)


def asks_expectation(written: str) -> Expectation:
    """That a slot is asked for; ``Address.City`` is a sub-slot."""
    wanted = {"oneOf": [{"sameText": written}, {"startsWith": f"{written}."}]}
    return Expectation(member="asks", wanted={"asks": wanted}, shown=shown(written))


def action_expectation(written: str) -> Expectation:
    """The dialog action: its type, and the slot behind it."""
    kind, _, slot = written.partition(" ")
    wanted: dict[str, Any] = {"type": kind}
    if slot:
        wanted["slotToElicit"] = slot
    return _of_state("action", {"dialogAction": wanted}, written)


def attribute_expectation(name: str, value: str | None) -> Expectation:
    """A session attribute; ``None`` for one that must not be there."""
    wanted = NONE if value is None else text_expected(value)
    return _of_state(f"attributes.{name}", {"sessionAttributes": {name: wanted}}, value)


def contexts_expectation(names: list[str]) -> Expectation:
    """The active contexts, all of them, in any order."""
    return Expectation(member="contexts", wanted={"contexts": sorted(names)}, shown=shown(names))


def member_expectation(member: str, wanted: Any, written: Any) -> Expectation:
    """What is wanted of one member of the response."""
    return Expectation(member=member, wanted={member: wanted}, shown=shown(written))


def error_expectation(code: str) -> Expectation:
    """That Lex refuses the turn with an error."""
    return Expectation(member="error", wanted={"error": {"code": code}}, shown=code)


def bot_expectation(items: list[Any]) -> Expectation:
    """The messages of the turn."""
    texts = " / ".join(_message_shown(item) for item in items)
    return Expectation(
        member="bot", wanted={"messages": messages_expected(items)}, shown=texts or "(nothing)"
    )


def _message_shown(item: Any) -> str:
    if isinstance(item, str):
        return shown(item)
    if "one of" in item:
        return " | ".join(item["one of"])
    buttons = item.get("buttons")
    return f"[{item['card']}]" + (f" ({', '.join(buttons)})" if buttons else "")


def _of_state(member: str, wanted: dict[str, Any], written: Any) -> Expectation:
    return Expectation(member=member, wanted={"sessionState": wanted}, shown=shown(written))


def shown(value: Any) -> str:
    """A value in one line, as people read it."""
    match value:
        case None:
            text = "(nothing)"
        case str():
            text = plain_space(value)
        case list() | tuple():
            text = ", ".join(shown(each) for each in value)
        case dict():
            text = ", ".join(f"{name}: {shown(each)}" for name, each in value.items())
        case _:
            text = str(value)
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
