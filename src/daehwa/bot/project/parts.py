"""From the short form of slot types, slots and intents to Lex's JSON, one object a file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

import msgspec

from daehwa.bot.project.message_forms import is_prompt, overlay, pairs, prompt, prompt_of, verbatim
from daehwa.bot.project.nodes import Node, shown
from daehwa.bot.project.other_names import right_name
from daehwa.bot.project.step_forms import hook, moved, outcome
from daehwa.bot.project.style import Style, setting
from daehwa.bot.project.vocabulary import KINDS
from daehwa.bot.signatures import FALLBACK_INTENT

FALLBACK_NAME: Final = "FallbackIntent"
FALLBACK_PURPOSE: Final = "Default intent when no other intent matches"
TO_FALLBACK: Final = f"start {FALLBACK_NAME}"

CAPTURED: Final = ("captureResponse", "captureNextStep", "captureConditional")
FAILED: Final = ("failureResponse", "failureNextStep", "failureConditional")
CONFIRMED: Final = ("confirmationResponse", "confirmationNextStep", "confirmationConditional")
DECLINED: Final = ("declinationResponse", "declinationNextStep", "declinationConditional")
INITIAL: Final = ("initialResponse", "nextStep", "conditional")
CLOSING: Final = ("closingResponse", "nextStep", "conditional")
_FULFILMENT: Final = {
    "answer": ("successResponse", "successNextStep", "successConditional"),
    "failure": ("failureResponse", "failureNextStep", "failureConditional"),
    "timeout": ("timeoutResponse", "timeoutNextStep", "timeoutConditional"),
}


# --- slot types -----------------------------------------------------------------------------


def slot_type(name: str, node: Node) -> dict[str, Any]:
    """The SlotType.json of a slot type; its values may stand where its members would."""
    exact = verbatim(node)
    if exact is not None:
        return _named(name, exact, node)
    _refuse_no_values(node)
    members = {"values": node} if isinstance(node.value, list) else node.members("slot type")
    made: dict[str, Any] = {"name": name}
    _plain(made, members, {"description": "description", "parent": "parentSlotTypeSignature"})
    if "values" in members:
        values: list[dict[str, Any]] = []
        made["slotTypeValues"] = values
        for value, synonyms in pairs(members["values"]):
            one: dict[str, Any] = {"sampleValue": {"value": value}}
            if synonyms is not None:
                one["synonyms"] = [{"value": text} for text in synonyms.texts()]
                synonyms.mark(values, len(values))
            values.append(one)
        members["values"].mark(made, "slotTypeValues")
    expand = "expand" in members and members["expand"].flag()
    selection: dict[str, Any] = {
        "resolutionStrategy": "ORIGINAL_VALUE" if expand else "TOP_RESOLUTION"
    }
    if "pattern" in members:
        selection["regexFilter"] = {"pattern": members["pattern"].text()}
        members["pattern"].mark(selection, "regexFilter")
    made["valueSelectionSetting"] = selection
    return overlay(made, members.get("lex"))


def _refuse_no_values(node: Node) -> None:
    """Values that stand where members would, without the dashes of a list."""
    if isinstance(node.value, str) and node.value:
        cure = "Write each on a line of its own, after a dash."
        node.refuse(f"this is {shown(node.value)}, but has to be a list of values.", cure)
    if isinstance(node.value, Mapping) and not any(
        name in KINDS["slot type"] or right_name(name, "slot type") for name in node.value
    ):
        first = next(iter(node.value), "")
        cure = f"Put a dash before each (`- {first}: [...]`), or write `values:` above them."
        if first:
            node.refuse("these are values where members have to be.", cure)


def _named(name: str, exact: dict[str, Any], node: Node) -> dict[str, Any]:
    made: dict[str, Any] = {"name": name}
    made |= moved(exact, made, node)
    return made


def _plain(made: dict[str, Any], members: Mapping[str, Node], names: Mapping[str, str]) -> None:
    """Members that are texts in both."""
    for name, lexs in names.items():
        if name in members:
            made[lexs] = members[name].text()
            members[name].mark(made, lexs)


def _samples(made: dict[str, Any], members: Mapping[str, Node]) -> None:
    if "samples" in members:
        node = members["samples"]
        made["sampleUtterances"] = [{"utterance": text} for text in node.texts()]
        node.mark(made, "sampleUtterances")
        if isinstance(node.value, list):
            for at in range(len(node.value)):
                node.child(at).mark(made["sampleUtterances"], at)


# --- slots ----------------------------------------------------------------------------------


class AskingOrder(NamedTuple):
    """What comes after what in an intent: the steps after the start, and after each slot."""

    first: str
    after: dict[str, str]
    validates: bool
    closes: bool


def slot(name: str, node: Node, style: Style, order: AskingOrder) -> dict[str, Any]:
    """The Slot.json of a slot; a text alone is its type."""
    exact = verbatim(node)
    if exact is not None:
        return _named(name, exact, node)
    members = {"type": node} if isinstance(node.value, str) else node.members("slot")
    made: dict[str, Any] = {"name": name}
    node.mark(made, "name")
    if "type" not in members and "lex" not in members:
        node.refuse(
            f'the slot "{name}" has no type.',
            'Add `type:` with a slot type of the locale, or a built-in one such as "AMAZON.Date".',
        )
    _plain(made, members, {"type": "slotTypeName", "description": "description"})
    made["valueElicitationSetting"] = _elicitation(name, members, style, order)
    node.mark(made, "valueElicitationSetting")
    if "obfuscated" in members:
        masked = members["obfuscated"].flag()
        kind = "DefaultObfuscation" if masked else "None"
        made["obfuscationSetting"] = {"obfuscationSettingType": kind}
    if "multiple" in members:
        made["multipleValuesSetting"] = {"allowMultipleValues": members["multiple"].flag()}
    return overlay(made, members.get("lex"))


def _elicitation(
    name: str, members: Mapping[str, Node], style: Style, order: AskingOrder
) -> dict[str, Any]:
    optional = "optional" in members and members["optional"].flag()
    made: dict[str, Any] = {"slotConstraint": "Optional" if optional else "Required"}
    if "prompt" in members:
        made["promptSpecification"] = prompt(members["prompt"], style, members.get("retries"))
        members["prompt"].mark(made, "promptSpecification")
    elif "retries" in members:
        members["retries"].refuse("there is nothing to repeat.", "Add `prompt:` with a question.")
    if "default" in members:
        texts = members["default"].texts()
        made["defaultValueSpecification"] = {
            "defaultValueList": [{"defaultValue": text} for text in texts]
        }
        members["default"].mark(made, "defaultValueSpecification")
    _samples(made, members)
    capture = _capture(name, members, style, order)
    if capture:
        made["slotCaptureSetting"] = capture
    return made


def _capture(
    name: str, members: Mapping[str, Node], style: Style, order: AskingOrder
) -> dict[str, Any]:
    explicit = style.explicit
    if not explicit and not {"captured", "failed", "hook", "prompt_hook"} & set(members):
        return {}
    after = order.after[name] if explicit else None
    made: dict[str, Any] = {}
    captured, failed = members.get("captured"), members.get("failed")
    made |= moved(outcome(captured, style, CAPTURED, after), made, captured)
    made |= moved(outcome(failed, style, FAILED, TO_FALLBACK if explicit else None), made, failed)
    if "hook" in members:
        made["codeHook"] = hook(members["hook"], style, after)
        members["hook"].mark(made, "codeHook")
    made["elicitationCodeHook"] = _prompt_hook(members, order)
    return made


def _prompt_hook(members: Mapping[str, Node], order: AskingOrder) -> dict[str, Any] | None:
    node = members.get("prompt_hook")
    if node is None:
        return {"enableCodeHookInvocation": order.validates, "invocationLabel": None}
    if node.value == "none":
        return None
    if isinstance(node.value, bool) or node.value in ("true", "false"):
        return {"enableCodeHookInvocation": node.flag(), "invocationLabel": None}
    return {"enableCodeHookInvocation": True, "invocationLabel": node.text()}


# --- intents --------------------------------------------------------------------------------


def intent(name: str, node: Node, style: Style) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """The Intent.json of an intent, and the Slot.json of each of its slots."""
    members = node.members("intent")
    if "steps" in members:
        style = msgspec.structs.replace(style, steps=setting("steps", members["steps"]))
    order = _order(members)
    slots = {}
    for slot_name, one in members["slots"].by_name("slots") if "slots" in members else ():
        made = node.source.patiently(
            lambda part, slot_name=slot_name: slot(slot_name, part, style, order),  # type: ignore[misc]
            one,
            None,
        )
        if made is not None:
            slots[slot_name] = made
    if set(members) <= {"lex", "slots"} and "lex" in members:
        return overlay({"name": name}, members["lex"]), slots
    made = _intent(name, node, members, style, order)
    node.mark(made, "name")
    return overlay(made, members.get("lex")), slots


def order_of(node: Node) -> AskingOrder:
    """What comes after what in an intent."""
    return _order(node.members("intent"))


def _order(members: Mapping[str, Node]) -> AskingOrder:
    """The order in which Lex's console goes on from one thing to the next."""
    end = "confirm" if "confirm" in members else "fulfill"
    after: dict[str, str] = {}
    then = end
    slots = list(members["slots"].by_name("slots")) if "slots" in members else []
    for name, node in reversed(slots):
        after[name] = then
        optional = node.value.get("optional") if isinstance(node.value, Mapping) else None
        if str(optional).casefold() not in ("true", "yes", "on"):
            then = f"elicit {name}"
    return AskingOrder(then, after, "dialog" in _hooks(members), "closing" in members)


def _hooks(members: Mapping[str, Node]) -> list[str]:
    if "hooks" not in members:
        return []
    node = members["hooks"]
    return [item.word("dialog", "fulfillment") for item in node.items()]


def _intent(
    name: str, node: Node, members: Mapping[str, Node], style: Style, order: AskingOrder
) -> dict[str, Any]:
    fallback = name == FALLBACK_NAME
    made: dict[str, Any] = {
        "name": name,
        "description": FALLBACK_PURPOSE if fallback else None,
        "parentIntentSignature": FALLBACK_INTENT if fallback else None,
    }
    _plain(made, members, {"description": "description", "builtin": "parentIntentSignature"})
    _samples(made, members)
    made["slotPriorities"] = [
        {"slotName": slot_name, "priority": number}
        for number, slot_name in enumerate(reversed(order.after), start=1)
    ]
    if "slots" in members:
        members["slots"].mark(made, "slotPriorities")
    if style.explicit or "initial" in members:
        made["initialResponseSetting"] = _initial(members.get("initial"), style, order)
        members.get("initial", node).mark(made, "initialResponseSetting")
    if "confirm" in members or "decline" in members:
        made["intentConfirmationSetting"] = _confirmation(members, style, order)
        members.get("confirm", node).mark(made, "intentConfirmationSetting")
    if "closing" in members:
        closing = outcome(members["closing"], style, CLOSING, "end" if style.explicit else None)
        made["intentClosingSetting"] = {"isActive": True} | closing
        moved(closing, made["intentClosingSetting"], members["closing"])
        members["closing"].mark(made, "intentClosingSetting")
    _contexts(made, members)
    if "dialog" in _hooks(members):
        made["dialogCodeHook"] = {"enabled": True}
        members["hooks"].mark(made, "dialogCodeHook")
    fulfilment = _fulfilment(members, style, order)
    if fulfilment is not None:
        made["fulfillmentCodeHook"] = fulfilment
        members.get("hooks", node).mark(made, "fulfillmentCodeHook")
    return made


def _initial(node: Node | None, style: Style, order: AskingOrder) -> dict[str, Any]:
    default = "hook" if style.explicit else None
    first = order.first if style.explicit else None
    hook_node = None
    if node is not None and isinstance(node.value, Mapping) and "hook" in node.value:
        hook_node = node.child("hook")
        rest = {name: value for name, value in node.value.items() if name != "hook"}
        node = Node(node.source, rest, node.path) if rest else None
    made = outcome(node, style, INITIAL, default, first)
    if style.explicit or hook_node is not None:
        made["codeHook"] = hook(hook_node, style, first)
        if hook_node is not None:
            hook_node.mark(made, "codeHook")
    return made


def _confirmation(members: Mapping[str, Node], style: Style, order: AskingOrder) -> dict[str, Any]:
    explicit = style.explicit
    own: Mapping[str, Node] = {}
    node = members.get("confirm")
    made: dict[str, Any] = {"isActive": True}
    if node is not None:
        if is_prompt(node.value):
            own = node.members("confirm")
            made["promptSpecification"] = prompt_of(own, style)
        else:
            made["promptSpecification"] = prompt(node, style)
        node.mark(made, "promptSpecification")
    parts = (
        (own.get("confirmed"), CONFIRMED, "fulfill"),
        (members.get("decline"), DECLINED, "end"),
        (own.get("failed"), FAILED, TO_FALLBACK),
    )
    for part, names, default in parts:
        made |= moved(outcome(part, style, names, default if explicit else None), made, part)
    if "hook" in own:
        made["codeHook"] = hook(own["hook"], style, "confirm" if explicit else None)
    if explicit or "prompt_hook" in own:
        made["elicitationCodeHook"] = _prompt_hook(own, order)
    return made


def _contexts(made: dict[str, Any], members: Mapping[str, Node]) -> None:
    if "needs" in members:
        made["inputContexts"] = [{"name": text} for text in members["needs"].texts()]
        members["needs"].mark(made, "inputContexts")
    if "gives" in members:
        made["outputContexts"] = [_context(item) for item in members["gives"].items()]
        members["gives"].mark(made, "outputContexts")


def _context(node: Node) -> dict[str, Any]:
    members = {"name": node} if isinstance(node.value, str) else node.members("context")
    made: dict[str, Any] = {"timeToLiveInSeconds": 90, "turnsToLive": 5}
    _plain(made, members, {"name": "name"})
    for name, lexs in (("seconds", "timeToLiveInSeconds"), ("turns", "turnsToLive")):
        if name in members:
            made[lexs] = members[name].whole()
            members[name].mark(made, lexs)
    return overlay(made, members.get("lex"))


def _fulfilment(
    members: Mapping[str, Node], style: Style, order: AskingOrder
) -> dict[str, Any] | None:
    own = [name for name in _FULFILMENT if name in members]
    calls = "fulfillment" in _hooks(members)
    if not style.explicit:
        if not own and not calls:
            return None
        made: dict[str, Any] = {"enabled": calls}
        if not own:
            return made
    else:
        made = {"enabled": calls, "isActive": True}
    after: dict[str, Any] = {}
    for which, names in _FULFILMENT.items():
        default = "close" if which == "answer" and order.closes else "end"
        node = members.get(which)
        part = outcome(node, style, names, default if style.explicit else None)
        after |= moved(part, after, node)
    made["postFulfillmentStatusSpecification"] = after
    return made
