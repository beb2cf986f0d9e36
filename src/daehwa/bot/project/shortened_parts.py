"""From the values of a bot to the short form of its parts."""

from __future__ import annotations

from typing import Any, Final

import msgspec

from daehwa.bot.project import parts
from daehwa.bot.project.nodes import Node, SourceFile
from daehwa.bot.project.shortening import bare, exactly, hook, outcome, outcomes, prompt
from daehwa.bot.project.style import Style
from daehwa.bot.slot_definition import (
    Slot,
    SlotType,
)
from daehwa.bot.values import (
    Intent,
)
from daehwa.bot.writer import encode
from daehwa.bot.yaml_reader import YamlFile

_FULFILMENT: Final = {"success": "answer", "failure": "failure", "timeout": "timeout"}


def _unidentified(value: Intent | Slot | SlotType) -> dict[str, Any]:
    """The part's JSON without its id, which stands elsewhere."""
    made: dict[str, Any] = encode(msgspec.structs.replace(value, identifier=None))
    return made


# --- slot types ---------------------------------------------------------------------------------


def slot_type(value: SlotType, grammar: str | None = None) -> Any:
    """A slot type: its values, or members; ``grammar`` is the file of one."""
    wanted = _unidentified(value)
    known = bare(wanted)
    guess: dict[str, Any] = {}
    if "description" in known:
        guess["description"] = known["description"]
    if "parentSlotTypeSignature" in known:
        guess["parent"] = known["parentSlotTypeSignature"]
    selection = known.get("valueSelectionSetting", {})
    if selection.get("resolutionStrategy") == "ORIGINAL_VALUE":
        guess["expand"] = True
    if set(selection.get("regexFilter", ())) == {"pattern"}:
        guess["pattern"] = selection["regexFilter"]["pattern"]
    if "slotTypeValues" in known:
        guess["values"] = [_value(one) for one in known["slotTypeValues"]]
    if list(guess) == ["values"] and grammar is None and guess["values"]:
        whole = exactly(guess, SlotType, wanted, lambda node: parts.slot_type(value.name, node))
        return whole["values"] if list(whole) == ["values"] else whole
    short = exactly(guess, SlotType, wanted, lambda node: parts.slot_type(value.name, node))
    if grammar is not None:
        short = {"grammar": grammar} | short
        if set(short) == {"grammar", "lex"}:  # beside a grammar it would be laid over a base
            short = {"grammar": grammar} | exactly(
                {"grammar": grammar}, SlotType, wanted,
                lambda node: parts.slot_type(value.name, node),
            )  # fmt: skip
    return short


def _value(one: dict[str, Any]) -> Any:
    text = one["sampleValue"]["value"]
    if "synonyms" not in one:
        return text
    return {text: [synonym["value"] for synonym in one["synonyms"]]}


# --- slots --------------------------------------------------------------------------------------


def slot(value: Slot, style: Style, order: parts.AskingOrder) -> Any:
    """A slot: its type, or members."""
    wanted = _unidentified(value)
    guess = _slot(value, style, order)

    def expand(node: Node) -> dict[str, Any]:
        return parts.slot(value.name, node, style, order)

    short = exactly(guess, Slot, wanted, expand)
    return short["type"] if list(short) == ["type"] else short


def _slot(value: Slot, style: Style, order: parts.AskingOrder) -> dict[str, Any]:
    known = bare(encode(value))
    elicitation = known["valueElicitationSetting"]
    made: dict[str, Any] = {"type": known.get("slotTypeName", "")}
    if "description" in known:
        made["description"] = known["description"]
    if elicitation.get("slotConstraint") == "Optional":
        made["optional"] = True
    if "promptSpecification" in elicitation:
        made |= _slot_prompt(prompt(elicitation["promptSpecification"], style))
    defaults = elicitation.get("defaultValueSpecification", {}).get("defaultValueList")
    if defaults is not None:
        made["default"] = [one["defaultValue"] for one in defaults]
    if "sampleUtterances" in elicitation:
        made["samples"] = [one["utterance"] for one in elicitation["sampleUtterances"]]
    if "obfuscationSetting" in known:
        kind = known["obfuscationSetting"].get("obfuscationSettingType")
        made["obfuscated"] = kind == "DefaultObfuscation"
    if "multipleValuesSetting" in known:
        made["multiple"] = known["multipleValuesSetting"]["allowMultipleValues"]
    if "slotCaptureSetting" in elicitation:
        made |= _capture(elicitation["slotCaptureSetting"], value.name, style, order)
    return made


def _slot_prompt(members: dict[str, Any]) -> dict[str, Any]:
    """The prompt of a slot; nothing but a question and its retries stand there themselves."""
    if set(members) <= {"say", "retries"} and members["say"]:
        retries = {"retries": members["retries"]} if "retries" in members else {}
        return {"prompt": members["say"]} | retries
    return {"prompt": members}


def _capture(
    setting: dict[str, Any], name: str, style: Style, order: parts.AskingOrder
) -> dict[str, Any]:
    explicit = style.explicit
    after = order.after[name] if explicit else None
    fallback = parts.TO_FALLBACK if explicit else None
    made: dict[str, Any] = {}
    for short, names, default in (
        ("captured", parts.CAPTURED, after),
        ("failed", parts.FAILED, fallback),
    ):
        one = outcome(setting, names, style, default)
        if one is not None:
            made[short] = one
    if "codeHook" in setting:
        made["hook"] = hook(setting["codeHook"], style, after) or {"active": True}
    made |= _prompt_hook(setting.get("elicitationCodeHook"), order)
    return made


def _prompt_hook(setting: dict[str, Any] | None, order: parts.AskingOrder) -> dict[str, Any]:
    if setting is None:
        return {"prompt_hook": "none"}
    calls = setting.get("enableCodeHookInvocation", False)
    label = setting.get("invocationLabel")
    if label is not None and label not in ("", "none", "true", "false"):
        return {"prompt_hook": label}
    return {} if calls == order.validates else {"prompt_hook": calls}


# --- intents ------------------------------------------------------------------------------------


def intent(value: Intent, look: Style) -> dict[str, Any]:
    """An intent with its slots."""
    steps = "implicit" if value.initial_response_setting is None else "explicit"
    style = msgspec.structs.replace(look, steps=steps)
    guess = _intent(value, look, style)
    wanted = _unidentified(value)

    def expand(node: Node) -> dict[str, Any]:
        return parts.intent(value.name, node, look)[0]

    placed = {
        one.name: {"type": "", "optional": True} if _is_optional(one) else {"type": ""}
        for one in value.prioritised_slots
    }
    short = exactly(_before(guess, placed), Intent, wanted, expand)
    if not placed:
        return short
    if "slots" not in short:
        style = look  # nothing but lex: the short form says no other
    order = parts.order_of(Node(SourceFile(YamlFile(None)), _before(short, placed), ()))
    return _before(short, {one.name: slot(one, style, order) for one in value.prioritised_slots})


def _is_optional(one: Slot) -> bool:
    return one.value_elicitation_setting.slot_constraint == "Optional"


def _before(guess: dict[str, Any], slots: dict[str, Any]) -> dict[str, Any]:
    """The members with the slots where they belong: after what is said first."""
    if not slots:
        return guess
    head = ("description", "builtin", "steps", "samples", "needs", "gives", "hooks", "initial")
    first = {name: guess[name] for name in head if name in guess}
    rest = {name: one for name, one in guess.items() if name not in first and name != "slots"}
    return first | {"slots": slots} | rest


def _intent(value: Intent, look: Style, style: Style) -> dict[str, Any]:
    known = bare(encode(value))
    made = _recognition(known, look, style, fallback=value.name == parts.FALLBACK_NAME)
    hooks = _hooks(known)
    if hooks:
        made["hooks"] = hooks[0] if len(hooks) == 1 else hooks
    order = parts.AskingOrder(_first(value), {}, "dialog" in hooks, "intentClosingSetting" in known)
    if "initialResponseSetting" in known:
        initial = _initial(known["initialResponseSetting"], style, order)
        if initial is not None:
            made["initial"] = initial
    if "intentConfirmationSetting" in known:
        made |= _confirmation(known["intentConfirmationSetting"], style, order)
    made |= _fulfilment(known, style, order)
    if "intentClosingSetting" in known:
        made |= _closing(known["intentClosingSetting"], style)
    return made


def _recognition(
    known: dict[str, Any], look: Style, style: Style, *, fallback: bool
) -> dict[str, Any]:
    """What the intent is, what users say for it, and its contexts."""
    made: dict[str, Any] = {}
    if "description" in known and not (fallback and known["description"] == parts.FALLBACK_PURPOSE):
        made["description"] = known["description"]
    if "parentIntentSignature" in known and not fallback:
        made["builtin"] = known["parentIntentSignature"]
    if style.steps != look.steps:
        made["steps"] = style.steps
    if "sampleUtterances" in known:
        made["samples"] = [one["utterance"] for one in known["sampleUtterances"]]
    if "inputContexts" in known:
        made["needs"] = [one["name"] for one in known["inputContexts"]]
    if "outputContexts" in known:
        made["gives"] = [_context(one) for one in known["outputContexts"]]
    return made


def _first(value: Intent) -> str:
    first = next((one.name for one in value.prioritised_slots if not _is_optional(one)), None)
    if first is not None:
        return f"elicit {first}"
    return "fulfill" if value.intent_confirmation_setting is None else "confirm"


def _hooks(known: dict[str, Any]) -> list[str]:
    names = {"dialog": "dialogCodeHook", "fulfillment": "fulfillmentCodeHook"}
    return [word for word, lexs in names.items() if known.get(lexs, {}).get("enabled")]


def _context(one: dict[str, Any]) -> Any:
    made = {"name": one["name"]}
    if one["timeToLiveInSeconds"] != 90:  # noqa: PLR2004 - Lex's default
        made["seconds"] = one["timeToLiveInSeconds"]
    if one["turnsToLive"] != 5:  # noqa: PLR2004 - Lex's default
        made["turns"] = one["turnsToLive"]
    return one["name"] if len(made) == 1 else made


def _initial(setting: dict[str, Any], style: Style, order: parts.AskingOrder) -> Any:
    default, first = ("hook", order.first) if style.explicit else (None, None)
    made = outcome(setting, parts.INITIAL, style, default, first)
    calls = hook(setting.get("codeHook"), style, first)
    if calls is None:
        return made
    if made is None:
        made = {}
    elif not isinstance(made, dict) or not {"say", "then", "branches"} & set(made):
        made = {"say": made}
    return made | {"hook": calls}


def _confirmation(
    setting: dict[str, Any], style: Style, order: parts.AskingOrder
) -> dict[str, Any]:
    made: dict[str, Any] = {}
    own: dict[str, Any] = {}
    explicit = style.explicit
    if "promptSpecification" in setting:
        own |= prompt(setting["promptSpecification"], style)
    for short, names, default in (
        ("confirmed", parts.CONFIRMED, "fulfill"),
        ("decline", parts.DECLINED, "end"),
        ("failed", parts.FAILED, parts.TO_FALLBACK),
    ):
        one = outcome(setting, names, style, default if explicit else None)
        if one is not None:
            (made if short == "decline" else own)[short] = one
    if "codeHook" in setting:
        after = "confirm" if explicit else None
        own["hook"] = hook(setting["codeHook"], style, after) or {"active": True}
    if explicit or "elicitationCodeHook" in setting:
        own |= _prompt_hook(setting.get("elicitationCodeHook"), order)
    if list(own) == ["say"] and own["say"]:
        return {"confirm": own["say"]} | made
    return {"confirm": own} | made


def _fulfilment(known: dict[str, Any], style: Style, order: parts.AskingOrder) -> dict[str, Any]:
    spec = known.get("fulfillmentCodeHook", {}).get("postFulfillmentStatusSpecification")
    if spec is None:
        return {}
    explicit = style.explicit
    defaults = {
        "success": ("close" if order.closes else "end") if explicit else None,
        "failure": "end" if explicit else None,
        "timeout": "end" if explicit else None,
    }
    return {_FULFILMENT[which]: one for which, one in outcomes(spec, style, defaults).items()}


def _closing(setting: dict[str, Any], style: Style) -> dict[str, Any]:
    default = "end" if style.explicit else None
    one = outcome(setting, parts.CLOSING, style, default)
    return {"closing": [] if one is None else one}
