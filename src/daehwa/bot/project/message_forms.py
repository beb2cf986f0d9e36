"""From the short form of messages and prompts to Lex's JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import msgspec

from daehwa.bot.project.nodes import Node
from daehwa.bot.project.style import STRATEGIES, Style, attempts, setting

_CARD: Final = {"title": "title", "subtitle": "subtitle", "image": "imageUrl"}
_TEXTS: Final = {
    "text": "plainTextMessage",
    "ssml": "ssmlMessage",
    "payload": "customPayload",
}
_PARTS_OF_A_BUTTON: Final = {"text", "value", "label", "title", "payload", "type", "url", "send"}
_OF_A_PROMPT: Final = ("retries", "interruptible", "variations", "attempts")


def overlay(base: dict[str, Any], node: Node | None) -> dict[str, Any]:
    """What the short form made, with the members of ``lex`` laid over it."""
    if node is None:
        return base
    over = node.json()
    if not isinstance(over, Mapping):
        node.refuse("lex has to hold members of Lex's JSON.", "Write its members below it.")
    return _laid(base, over, node)


def _laid(base: dict[str, Any], over: Mapping[str, Any], node: Node) -> dict[str, Any]:
    laid = dict(base)
    for name in base:
        mark = node.source.marks.get((id(base), name))
        if mark is not None:
            node.source.marks[id(laid), name] = mark
    for name, value in over.items():
        below = base.get(name)
        child = node.child(name)
        if isinstance(below, dict) and isinstance(value, Mapping):
            laid[name] = _laid(below, value, child)
        else:
            laid[name] = value
        child.mark(laid, name)
    return laid


def verbatim(node: Node) -> Any | None:
    """The JSON of a part that has nothing but ``lex``; ``None`` for any other."""
    if isinstance(node.value, Mapping) and list(node.value) == ["lex"]:
        return overlay({}, node.child("lex"))
    return None


# --- messages -----------------------------------------------------------------------------


def response(node: Node, style: Style) -> dict[str, Any]:
    """A ResponseSpecification: messages, and whether a caller may interrupt."""
    exact = verbatim(node)
    if exact is not None:
        return dict(exact)
    made = {"messageGroupsList": groups(node), "allowInterrupt": style.interruptible}
    node.mark(made, "messageGroupsList")
    return made


def groups(node: Node) -> list[dict[str, Any]]:
    """The message groups of one text, one message, or a list of them."""
    made: list[dict[str, Any]] = []
    for item in node.items():
        group = node.source.attempt(
            lambda item=item: _group(item),  # type: ignore[misc]
            None,
            loses=False,
        )
        if group is not None:
            item.mark(made, len(made))
            made.append(group)
    return made


def _group(node: Node) -> dict[str, Any]:
    exact = verbatim(node)
    if exact is not None:
        return dict(exact)
    if isinstance(node.value, Mapping) and list(node.value) == ["any"]:
        kinds = [_message(item) for item in node.child("any").items()]
        if not kinds:
            node.refuse("there is no message among `any`.", "Write at least one.")
        return {"message": kinds[0], "variations": kinds[1:]}
    return {"message": _message(node)}


def _message(node: Node) -> dict[str, Any]:
    if isinstance(node.value, str):
        return {"plainTextMessage": {"value": node.text()}}
    members = node.members("message")
    made: dict[str, Any] = {
        _TEXTS[name]: {"value": member.text()} for name, member in members.items() if name in _TEXTS
    }
    card: dict[str, Any] = {
        _CARD[name]: member.text() for name, member in members.items() if name in _CARD
    }
    if "buttons" in members:
        card["buttonsList"] = _buttons(members["buttons"])
        members["buttons"].mark(card, "buttonsList")
    if card:
        if "title" not in card:
            node.refuse("a card needs a title.", "Add `title:` with a text.")
        made["imageResponseCard"] = card
    if not made and "lex" not in members:
        node.refuse("there is no message here.", "Write a text, or `title:` and `buttons:`.")
    return overlay(made, members.get("lex"))


def _buttons(node: Node) -> list[dict[str, Any]]:
    for item in node.items():
        own = item.value if isinstance(item.value, Mapping) else {}
        if len(own) > 1 and item is not node and set(own) <= _PARTS_OF_A_BUTTON:
            text, value, *_ = own.values()
            cure = f"Write `{text}: {value}`."
            item.refuse("a button is a text, or `text: what it sends`.", cure)
    return [{"text": text, "value": text if value is None else value.text()}
            for text, value in pairs(node)]  # fmt: skip


def pairs(node: Node) -> list[tuple[str, Node | None]]:
    """Texts of which some have something with them: a mapping, or a list of texts and mappings."""
    if isinstance(node.value, Mapping):
        return list(node.by_name("texts"))
    made: list[tuple[str, Node | None]] = []
    for item in node.items():
        if isinstance(item.value, Mapping):
            made += item.by_name("a text")
        else:
            made.append((item.text(), None))
    return made


# --- prompts --------------------------------------------------------------------------------


def is_prompt(value: Any) -> bool:
    """Whether a mapping is a prompt with settings, and not one message."""
    return isinstance(value, Mapping) and ("say" in value or list(value) == ["lex"])


def prompt(node: Node, style: Style, retries: Node | None = None) -> dict[str, Any]:
    """A PromptSpecification."""
    if not is_prompt(node.value):
        own = {} if retries is None else {"retries": retries}
        return _prompt(node, own, style)
    exact = verbatim(node)
    if exact is not None:
        return dict(exact)
    members = node.members("prompt")
    return _prompt(members.get("say"), members | ({"retries": retries} if retries else {}), style)


def prompt_of(members: Mapping[str, Node], style: Style) -> dict[str, Any]:
    """The PromptSpecification of a part that has its members itself."""
    return _prompt(members.get("say"), {**members}, style)


def _prompt(say: Node | None, members: Mapping[str, Node], style: Style) -> dict[str, Any]:
    own = {name: setting(name, members[name]) for name in _OF_A_PROMPT if name in members}
    here = msgspec.structs.replace(style, **own)
    made: dict[str, Any] = {
        "messageGroupsList": [] if say is None else groups(say),
        "maxRetries": here.retries,
        "allowInterrupt": here.interruptible,
    }
    if say is not None:
        say.mark(made, "messageGroupsList")
    if "retries" in members:
        members["retries"].mark(made, "maxRetries")
    strategy = STRATEGIES[here.variations]
    if strategy is not None:
        made["messageSelectionStrategy"] = strategy
    if here.attempts == "lex" and 0 <= here.retries <= 5:  # noqa: PLR2004 - Lex's own bound
        made["promptAttemptsSpecification"] = attempts(here.retries)
    return overlay(made, members.get("lex"))
