"""From Lex's JSON to the short form; what has none stands verbatim under ``lex``.

Each function gives its best guess. ``exactly`` makes JSON of the guess again, and lays what differs
over it, so that nothing is ever lost.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, Final

import msgspec

from daehwa.bot.decoding import decode
from daehwa.bot.errors import BotError
from daehwa.bot.project import step_forms
from daehwa.bot.project.nodes import Node, ProjectFault, SourceFile
from daehwa.bot.project.step_forms import IN_BRANCHES, step
from daehwa.bot.project.style import STRATEGIES, Style, attempts
from daehwa.bot.project.vocabulary import NO_STEP, STEPS
from daehwa.bot.writer import encode
from daehwa.bot.yaml_reader import YamlFile

_WORDS: Final = {lexs: word for word, lexs in STEPS.items()}
_STRATEGY_WORDS: Final = {lexs: word for word, lexs in STRATEGIES.items()}
_KINDS: Final = {"plainTextMessage": "text", "ssmlMessage": "ssml", "customPayload": "payload"}
_CLEARABLE: Final = frozenset({"sessionAttributes", "slots"})
_CARD: Final = {"title": "title", "subtitle": "subtitle", "imageUrl": "image"}


def bare(value: Any) -> Any:
    """JSON without the members that are null, but for what a step clears."""
    if isinstance(value, Mapping):
        return {
            name: {one: bare(below) for one, below in inner.items()}
            if name in _CLEARABLE and isinstance(inner, Mapping)
            else bare(inner)
            for name, inner in value.items()
            if inner is not None
        }
    if isinstance(value, list):
        return [bare(item) for item in value]
    return value


def same(one: Any, other: Any) -> bool:
    """Whether two JSON values are written in the same way."""
    return json.dumps(one) == json.dumps(other)


# --- exactness --------------------------------------------------------------------------------


def exactly(
    guess: dict[str, Any],
    kind: type[msgspec.Struct],
    wanted: dict[str, Any],
    expand: Callable[[Node], dict[str, Any]],
) -> dict[str, Any]:
    """The guess, with what differs from the ``wanted`` JSON under ``lex``; or all of it there."""
    made = _again(guess, kind, expand)
    if made is not None:
        over = _difference(made, wanted)
        if not over:
            return guess
        for overlay in (bare(over), over):
            whole = guess | {"lex": overlay}
            if overlay and same(_again(whole, kind, expand), wanted):
                return whole
    for exact in (bare(wanted), wanted):
        whole = {"lex": exact}
        if same(_again(whole, kind, expand), wanted):
            break
    return whole


def _again(
    guess: dict[str, Any], kind: type[msgspec.Struct], expand: Callable[[Node], dict[str, Any]]
) -> dict[str, Any] | None:
    """The JSON that a short form makes, as exports have it."""
    source = SourceFile(YamlFile(None))
    try:
        made = encode(decode(kind, expand(Node(source, guess, ())), ""))
    except (BotError, ProjectFault):
        return None
    return None if source.faults else made


def _difference(made: dict[str, Any], wanted: dict[str, Any]) -> dict[str, Any]:
    """What has to be laid over ``made`` to get what is wanted."""
    over: dict[str, Any] = {}
    for name, value in wanted.items():
        here = made.get(name)
        if name in made and same(here, value):
            continue
        if isinstance(here, dict) and isinstance(value, dict) and set(here) <= set(value):
            over[name] = _difference(here, value)
        else:
            over[name] = value
    return over | {name: None for name in made if name not in wanted}


# --- messages -----------------------------------------------------------------------------------


def messages(groups: list[Any]) -> Any:
    """Message groups: a text, one message, or a list."""
    made = [_group(bare(group)) for group in groups]
    if len(made) == 1 and (made[0] if isinstance(made[0], str) else "lex" not in made[0]):
        return made[0]
    return made


def _group(group: dict[str, Any]) -> Any:
    exact = {"lex": group}
    if not set(group) <= {"message", "variations"} or "message" not in group:
        return exact
    first = _message(group["message"])
    if "variations" not in group:
        return exact if isinstance(first, dict) and list(first) == ["lex"] else first
    return {"any": [first, *map(_message, group["variations"])]}


def _message(message: dict[str, Any]) -> Any:
    exact = {"lex": message}
    made: dict[str, Any] = {}
    for name, value in message.items():
        if name in _KINDS and set(value) == {"value"}:
            made[_KINDS[name]] = value["value"]
        elif name == "imageResponseCard" and set(value) <= {*_CARD, "buttonsList"}:
            made |= {_CARD[part]: value[part] for part in _CARD if part in value}
            if "buttonsList" in value:
                if any(set(button) != {"text", "value"} for button in value["buttonsList"]):
                    return exact
                made["buttons"] = [
                    button["text"]
                    if button["text"] == button["value"]
                    else {button["text"]: button["value"]}
                    for button in value["buttonsList"]
                ]
        else:
            return exact
    if list(made) == ["text"]:
        return made["text"]
    return made or exact


def response(spec: dict[str, Any], style: Style) -> Any:
    """A ResponseSpecification."""
    spec = bare(spec)
    usual = {"messageGroupsList", "allowInterrupt"}
    if set(spec) <= usual and spec.get("allowInterrupt") is style.interruptible:
        return messages(spec.get("messageGroupsList", []))
    return {"lex": spec}


def prompt(spec: dict[str, Any], style: Style) -> dict[str, Any]:
    """The members of a PromptSpecification; those that the defaults have are left out."""
    spec = bare(spec)
    made: dict[str, Any] = {"say": messages(spec.pop("messageGroupsList", []))}
    over: dict[str, Any] = {}
    retries = spec.pop("maxRetries", 0)
    if retries != style.retries:
        made["retries"] = retries
    interruptible = spec.pop("allowInterrupt", None)
    if interruptible is None:
        over["allowInterrupt"] = None
    elif interruptible != style.interruptible:
        made["interruptible"] = interruptible
    variations = _STRATEGY_WORDS[spec.pop("messageSelectionStrategy", None)]
    if variations != style.variations:
        made["variations"] = variations
    times = spec.pop("promptAttemptsSpecification", None)
    usual = attempts(retries) if 0 <= retries <= 5 else None  # noqa: PLR2004 - Lex's own bound
    if times is None or same(times, usual):
        word = "none" if times is None else "lex"
        if word != style.attempts:
            made["attempts"] = word
    else:
        made |= {"attempts": "none"} if style.attempts == "lex" else {}
        over["promptAttemptsSpecification"] = times
    over |= spec
    return made | ({"lex": over} if over else {})


# --- steps --------------------------------------------------------------------------------------


def step_members(state: dict[str, Any] | None, default: str | None) -> dict[str, Any]:
    """What says in an outcome that this step comes next, where ``default`` would."""
    if same(bare(state), bare(step(default))):
        return {}
    if state is None:
        return {"then": NO_STEP}
    made = _step(bare(state), default)
    return made if made is not None else {"then": {"lex": bare(state)}}


def _step(state: dict[str, Any], default: str | None) -> dict[str, Any] | None:
    action, intent = state.get("dialogAction", {}), state.get("intent", {})
    words = _WORDS.get(action.get("type", ""), "")
    made: dict[str, Any] = {}
    if action.get("slotToElicit"):
        words += f" {action['slotToElicit']}"
    name = intent.get("name")
    if name and words == "start":
        words += f" {name}"
    elif name is not None:
        made["intent"] = name
    if words != default:
        made = {"then": words} | made
    if state.get("sessionAttributes"):
        made["set"] = state["sessionAttributes"]
    slots = intent.get("slots")
    if slots is not None:
        values = {name: _slot_value(value) for name, value in slots.items() if value is not None}
        cleared = [name for name, value in slots.items() if value is None]
        made |= {"slots": values} if values or not cleared else {}
        made |= {"clear": cleared} if cleared else {}
    if "suppressNextMessage" in action:
        made["silent"] = action["suppressNextMessage"]
    return made if _makes(made, default, state) else None


def _slot_value(value: dict[str, Any]) -> Any:
    text = value.get("value", {}).get("interpretedValue") if isinstance(value, dict) else None
    plain = {"shape": "Scalar", "value": {"interpretedValue": text}}
    return text if text and value == plain else {"lex": value}


def _makes(made: dict[str, Any], default: str | None, state: dict[str, Any]) -> bool:
    source = SourceFile(YamlFile(None))
    if "then" in made and " " in made["then"] and made["then"] != made["then"].strip():
        return False
    try:
        again = step_forms.outcome(
            Node(source, made or {"say": []}, ()), Style(), IN_BRANCHES, default
        )
    except ProjectFault:
        return False
    return not source.faults and same(bare(again["nextStep"]), state)


def outcome(
    setting: Mapping[str, Any],
    names: tuple[str, str, str],
    style: Style,
    default: str | None,
    in_branches: str | None = None,
) -> Any:
    """The response, step and conditional of the three ``names`` in a setting.

    ``None`` where there is nothing but the default.
    """
    spoken, state, conditional = (setting.get(name) for name in names)
    made: dict[str, Any] = {}
    if spoken is not None:
        made["say"] = response(spoken, style)
    made |= step_members(state, default if conditional is None else "branch")
    if conditional is not None:
        made |= _conditional(bare(conditional), style, in_branches or default)
    if list(made) == ["say"]:
        only = made["say"]
        if not (isinstance(only, dict) and "lex" in only):
            return only
    return made or None


def _conditional(conditional: dict[str, Any], style: Style, default: str | None) -> dict[str, Any]:
    exact = {"branches": {"lex": conditional}}
    usual = {"isActive", "conditionalBranches", "defaultBranch"}
    other = conditional.get("defaultBranch")
    if not set(conditional) <= usual or conditional.get("isActive") is not True or other is None:
        return exact
    if not set(other) <= {"response", "nextStep"}:
        return exact
    branches = [
        _branch(branch, number, style, default)
        for number, branch in enumerate(conditional["conditionalBranches"], start=1)
    ]
    made: dict[str, Any] = {"branches": branches}
    rest = outcome(other, IN_BRANCHES, style, default)
    return made if rest is None else made | {"otherwise": rest}


def _branch(
    branch: dict[str, Any], number: int, style: Style, default: str | None
) -> dict[str, Any]:
    if set(branch) - {"name", "condition", "response", "nextStep"} or set(branch["condition"]) != {
        "expressionString"
    }:
        return {"lex": branch}
    made = {"if": branch["condition"]["expressionString"]}
    if branch["name"] != f"Branch{number}":
        made["name"] = branch["name"]
    if "response" in branch:
        made["say"] = response(branch["response"], style)
    return made | step_members(branch.get("nextStep"), default)


def hook(setting: dict[str, Any] | None, style: Style, default: str | None) -> Any:
    """A code hook's setting; ``None`` where it is as the default has it."""
    if setting is None:
        return NO_STEP
    setting = bare(setting)
    after = setting.pop("postCodeHookSpecification", None)
    made: dict[str, Any] = {}
    if "invocationLabel" in setting:
        made["label"] = setting.pop("invocationLabel")
    for name, lexs in (("active", "isActive"), ("calls", "enableCodeHookInvocation")):
        if not setting.pop(lexs, True):
            made[name] = False
    over = dict(setting)
    if after is None:
        over["postCodeHookSpecification"] = None
    else:
        made |= outcomes(after, style, {"success": default, "failure": "end", "timeout": "end"})
        known = {f"{w}{p}" for w in ("success", "failure", "timeout")
                 for p in ("Response", "NextStep", "Conditional")}  # fmt: skip
        rest = {name: value for name, value in after.items() if name not in known}
        if rest:
            over["postCodeHookSpecification"] = rest
    if over:
        made["lex"] = over
    return made or None


def outcomes(
    spec: dict[str, Any], style: Style, defaults: Mapping[str, str | None]
) -> dict[str, Any]:
    """The outcomes of a code hook, by success, failure and timeout."""
    made = {}
    for which, default in defaults.items():
        names = (f"{which}Response", f"{which}NextStep", f"{which}Conditional")
        one = outcome(spec, names, style, default)
        if one is not None:
            made[which] = one
    return made
