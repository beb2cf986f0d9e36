"""From the short form of next steps, conditions and code hooks to Lex's JSON."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import Any, Final

from daehwa.bot.project.message_forms import overlay, response, verbatim
from daehwa.bot.project.nodes import Node, shown
from daehwa.bot.project.style import Style
from daehwa.bot.project.vocabulary import KINDS, NO_STEP, STEPS

IN_BRANCHES: Final = ("response", "nextStep", "conditional")
"""The members of a branch that make its outcome."""

_ON_A_STEP: Final = ("set", "slots", "clear", "intent", "silent")
_NAMED: Final = {"start": "intent", "elicit": "slot"}


def step(words: str | None) -> dict[str, Any] | None:
    """The DialogState of a step in words, such as ``elicit Day``; ``None`` for no step.

    Raises:
        ValueError: for a word that is not a step.
    """
    if words is None or words == NO_STEP:
        return None
    word, _, name = words.partition(" ")
    if word not in STEPS:
        raise ValueError(word)
    if (name and word not in _NAMED) or (word == "elicit" and not name):
        raise ValueError(words)
    action: dict[str, Any] = {"type": STEPS[word]}
    intent: dict[str, Any] = {}
    if word == "elicit":
        action["slotToElicit"] = name
    elif word == "start" and name:
        intent["name"] = name
    return {"dialogAction": action, "intent": intent, "sessionAttributes": {}}


def outcome(
    node: Node | None,
    style: Style,
    names: tuple[str, str, str],
    default: str | None,
    in_branches: str | None = None,
) -> dict[str, Any]:
    """The response, next step and conditional of an outcome, under the three ``names``.

    ``default`` is the step that comes where none is named, ``in_branches`` that of branches.
    """
    say, then, conditional = names
    if node is None:
        return {then: step(default)}
    if not _is_outcome(node.value):
        made = {say: response(node, style), then: step(default)}
        node.mark(made, say, then)
        return made
    members = node.members("outcome")
    made = {}
    if "say" in members:
        made[say] = response(members["say"], style)
        members["say"].mark(made, say)
    after = in_branches or default
    made[then] = _step(members, "branch" if "branches" in members else default)
    members.get("then", node).mark(made, then)
    if "branches" in members:
        made[conditional] = _conditional(
            members["branches"], members.get("otherwise"), style, after
        )
        members["branches"].mark(made, conditional)
    elif "otherwise" in members:
        members["otherwise"].refuse("`otherwise` has no branches before it.", "Add `branches:`.")
    return made


def _is_outcome(value: Any) -> bool:
    """Whether a mapping is an outcome, and not one message."""
    if not isinstance(value, Mapping):
        return False
    here, message = (sum(name in KINDS[kind] for name in value) for kind in ("outcome", "message"))
    return here >= message and list(value) != ["lex"]


def _step(members: Mapping[str, Node], default: str | None) -> dict[str, Any] | None:
    then = members.get("then")
    if then is not None and (exact := verbatim(then)) is not None:
        return dict(exact)
    made = step(default) if then is None else _in_words(then)
    if not any(name in members for name in _ON_A_STEP):
        return made
    if made is None:
        next(members[name] for name in _ON_A_STEP if name in members).refuse(
            "there is no step here that could set anything.", "Add `then:`, such as `then: end`."
        )
    if "set" in members:
        attributes = members["set"].by_name("names and texts")
        made["sessionAttributes"] = {name: value.text() for name, value in attributes}
        members["set"].mark(made, "sessionAttributes")
    if "intent" in members:
        made["intent"]["name"] = members["intent"].text()
        members["intent"].mark(made["intent"], "name")
    if "slots" in members:
        slots = members["slots"].by_name("slots and values")
        made["intent"]["slots"] = {name: _slot_value(value) for name, value in slots}
        members["slots"].mark(made["intent"], "slots")
    if "clear" in members:
        cleared = dict.fromkeys(members["clear"].texts())
        made["intent"]["slots"] = made["intent"].get("slots", {}) | cleared
        members["clear"].mark(made["intent"], "slots")
    if "silent" in members:
        made["dialogAction"]["suppressNextMessage"] = members["silent"].flag()
    return made


def _slot_value(node: Node) -> Any:
    exact = verbatim(node)
    if exact is not None:
        return exact
    return {"shape": "Scalar", "value": {"interpretedValue": node.text()}}


def _in_words(node: Node) -> dict[str, Any] | None:
    if isinstance(node.value, Mapping) and len(node.value) == 1:
        [(word, name)] = node.value.items()
        if word in _NAMED and isinstance(name, str):
            node.refuse("this is a mapping, but has to be a text.", f'Write "{word} {name}".')
    words = node.text()
    try:
        return step(words)
    except ValueError:
        word = words.partition(" ")[0]
        near = difflib.get_close_matches(word, [*STEPS, NO_STEP], 1, 0.5)
        cure = f"Write one of {', '.join(STEPS)} (`elicit Slot`, `start Intent`)."
        rest = words.removeprefix(word)
        by_lex = {lexs.casefold(): each for each, lexs in STEPS.items()}
        if word.casefold() in by_lex:
            near = [by_lex[word.casefold()]]
            rest = rest or {"elicit": " Slot", "start": " Intent"}.get(near[0], "")
        if near and near[0] != word and (not rest.strip() or near[0] in _NAMED):
            cure = f'Write "{near[0]}{rest}".'
        elif rest.strip():
            cure = f"Write `elicit{rest}` to ask for a slot, `start{rest}` to go on to an intent."
        node.refuse(f"{shown(words)} is not a next step.", cure)


def _conditional(
    node: Node, otherwise: Node | None, style: Style, default: str | None
) -> dict[str, Any]:
    exact = verbatim(node)
    if exact is not None:
        return dict(exact)
    made: list[dict[str, Any]] = []
    for number, item in enumerate(node.items(), start=1):
        branch = node.source.attempt(
            lambda item=item, number=number: _branch(item, number, style, default),  # type: ignore[misc]
            None,
            loses=False,
        )
        if branch is not None:
            item.mark(made, len(made))
            made.append(branch)
    conditional: dict[str, Any] = {
        "isActive": True,
        "conditionalBranches": made,
        "defaultBranch": outcome(otherwise, style, IN_BRANCHES, default),
    }
    node.mark(conditional, "conditionalBranches")
    (otherwise or node).mark(conditional, "defaultBranch")
    return conditional


def _branch(node: Node, number: int, style: Style, default: str | None) -> dict[str, Any]:
    exact = verbatim(node)
    if exact is not None:
        return dict(exact)
    members = node.members("branch")
    if "if" not in members:
        node.refuse("the branch has no condition.", "Add `if:` with one, or use `otherwise:`.")
    made: dict[str, Any] = {
        "name": members["name"].text() if "name" in members else f"Branch{number}",
        "condition": {"expressionString": members["if"].text()},
        "nextStep": _step(members, default),
    }
    members["if"].mark(made, "condition")
    members.get("then", node).mark(made, "nextStep")
    if "say" in members:
        made["response"] = response(members["say"], style)
        members["say"].mark(made, "response")
    return overlay(made, members.get("lex"))


def hook(node: Node | None, style: Style, default: str | None) -> dict[str, Any] | None:
    """A DialogCodeHookInvocationSetting; ``default`` is the step after a call that succeeds."""
    if node is not None and node.value == NO_STEP:
        return None
    exact = None if node is None else verbatim(node)
    if exact is not None:
        return dict(exact)
    members = {} if node is None else node.members("hook")
    after: dict[str, Any] = {}
    for which, then in (("success", default), ("failure", "end"), ("timeout", "end")):
        names = (f"{which}Response", f"{which}NextStep", f"{which}Conditional")
        after |= moved(outcome(members.get(which), style, names, then), after, members.get(which))
    made = {
        "isActive": members["active"].flag() if "active" in members else True,
        "enableCodeHookInvocation": members["calls"].flag() if "calls" in members else True,
        "invocationLabel": members["label"].text() if "label" in members else None,
        "postCodeHookSpecification": after,
    }
    return overlay(made, members.get("lex"))


def moved(part: dict[str, Any], holder: Any, node: Node | None) -> dict[str, Any]:
    """The members of a part that is about to go into ``holder``, with their places."""
    if node is not None:
        marks = node.source.marks
        for name in part:
            mark = marks.get((id(part), name))
            if mark is not None:
                marks[id(holder), name] = mark
    return part
