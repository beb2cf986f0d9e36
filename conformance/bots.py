"""Bots in few words: the tables of a scenario file, expanded into real exports.

::

    [bots.Hotel.intents.Book]
    utterances = ["book a room", "book a room in {City}"]
    slots.City = { type = "AMAZON.City", prompt = "Which city?", retries = 1 }
    confirm = { prompt = "Shall I?", no = "Then not." }
    fulfil = { hook = true, success = "Booked." }
    closing = "Bye."

``like = "OTHER"`` begins with another bot; tables are laid over it and ``"<absent>"`` removes.

A *path*, wherever the dialog goes on (``initial``, ``closing``, ``capture``, ``yes``,
``success`` and so on), is a message, or a table of ``say`` (messages), ``if`` (a list of
``{is, say, then}``), ``else`` (``{say, then}``) and ``then`` (a next step). A *next step* is
``"ElicitSlot City"``, or a table of ``step``, ``intent``, ``slots``, ``attributes``,
``suppress``. A *message* is a text, ``{ssml}``, ``{custom}``, ``{card}``, or ``{any}``: one with
its variations; several are a list, a group each.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from daehwa import bot
from daehwa.care.testing.comparing import ABSENT, NULL

FALLBACK: Final = "AMAZON.FallbackIntent"
Table = Mapping[str, Any]


class BotError(Exception):
    """A bot's table is wrong; the message names the place."""


def build(name: str, tables: Mapping[str, Table]) -> bot.Bot:
    """The bot of this name among the tables.

    Raises:
        BotError: a table has members that nobody knows.
    """
    given = inherited(name, tables)
    _check_members(given, name, "like ttl locale threshold locales intents types")
    locales = given.get("locales") or {given.get("locale", "en_US"): {}}
    return bot.Bot(
        name=name,
        idle_session_ttl_in_seconds=given.get("ttl", 300),
        data_privacy=bot.DataPrivacy(child_directed=False),
        locales={
            identifier: _locale(identifier, overlaid(given, over), name)
            for identifier, over in locales.items()
        },
    )


def inherited(name: str, tables: Mapping[str, Table]) -> Table:
    """The bot's table laid over those that it is like."""
    given = tables[name]
    like = given.get("like")
    return overlaid(inherited(like, tables), given) if like else given


def overlaid(below: Table, above: Table) -> dict[str, Any]:
    """``above`` laid over ``below``, table by table."""
    merged = dict(below)
    for name, value in above.items():
        if value == ABSENT:
            merged.pop(name, None)
        elif isinstance(value, Mapping) and isinstance(merged.get(name), Mapping):
            merged[name] = overlaid(merged[name], value)
        else:
            merged[name] = value
    return merged


def _check_members(given: Table, place: str, names: str) -> None:
    unknown = set(given) - set(names.split())
    if unknown:
        raise BotError(f"{place} has unknown members: {sorted(unknown)}; it takes {names}")


def _locale(identifier: str, given: Table, name: str) -> bot.BotLocale:
    intents = {n: _intent(n, table, f"{name}.{n}") for n, table in given["intents"].items()}
    if not any(i.parent_intent_signature == FALLBACK for i in intents.values()):
        intents["FallbackIntent"] = bot.Intent(
            name="FallbackIntent",
            parent_intent_signature=FALLBACK,
            initial_response_setting=bot.InitialResponseSetting(),
        )
    return bot.BotLocale(
        identifier=identifier,
        name=identifier,
        nlu_confidence_threshold=given.get("threshold", 0.4),
        intents=intents,
        slot_types={n: _slot_type(n, t) for n, t in given.get("types", {}).items()},
    )


# --- slot types and slots -------------------------------------------------------------


def _slot_type(name: str, given: Table) -> bot.SlotType:
    _check_members(given, name, "values strategy pattern parent parts grammar")
    values, parts = given.get("values"), given.get("parts")
    pattern, grammar = given.get("pattern"), given.get("grammar")
    return bot.SlotType(
        name=name,
        external_source_setting=None if grammar is None else {"grammarSlotTypeSetting": None},
        grammar=grammar,
        slot_type_values=None
        if values is None
        else tuple(
            bot.SlotTypeValue(
                sample_value=bot.SampleValue(value=value),
                synonyms=tuple(bot.SampleValue(value=s) for s in synonyms) or None,
            )
            for value, synonyms in values.items()
        ),
        parent_slot_type_signature=given.get("parent"),
        value_selection_setting=bot.ValueSelectionSetting(
            resolution_strategy=given.get("strategy", "ORIGINAL_VALUE"),
            regex_filter=bot.RegexFilter(pattern=pattern) if pattern else None,
        ),
        composite_slot_type_setting=None
        if parts is None
        else bot.CompositeSlotTypeSetting(
            sub_slots=tuple(
                bot.SubSlotTypeComposition(name=n, slot_type_id=kind, slot_type_name=kind)
                for n, kind in parts.items()
            )
        ),
    )


def _slot(name: str, given: Table, place: str) -> bot.Slot:
    _check_members(
        given,
        place,
        "type prompt retries ordered optional defaults samples capture failure hook hears many"
        " wait parts obfuscated priority",
    )
    return bot.Slot(
        name=name,
        slot_type_name=given["type"],
        obfuscation_setting=bot.ObfuscationSetting(obfuscation_setting_type="DefaultObfuscation")
        if given.get("obfuscated")
        else None,
        multiple_values_setting=bot.MultipleValuesSetting(allow_multiple_values=True)
        if given.get("many")
        else None,
        sub_slot_setting=_parts(given["parts"], place) if "parts" in given else None,
        value_elicitation_setting=bot.SlotValueElicitationSetting(
            slot_constraint="Optional" if given.get("optional") else "Required",
            prompt_specification=_prompt(given, f"{name}?"),
            default_value_specification=bot.DefaultValueSpecification(
                default_value_list=tuple(
                    bot.DefaultValue(default_value=d) for d in given.get("defaults", ())
                )
            ),
            sample_utterances=_utterances(given.get("samples")),
            wait_and_continue_specification=_waiting(given.get("wait")),
            slot_capture_setting=bot.SlotCaptureSetting(
                **_path(given.get("capture"), "capture", place),
                **_path(given.get("failure"), "failure", place),
                code_hook=_code_hook(given.get("hook"), place),
                elicitation_code_hook=_hears(given.get("hears")),
            ),
        ),
    )


def _parts(given: Table, place: str) -> bot.SubSlotSetting:
    _check_members(given, place, "expression prompts")
    return bot.SubSlotSetting(
        expression=given.get("expression"),
        slot_specifications={
            name: bot.Specifications(
                slot_type_id=spec["type"],
                slot_type_name=spec["type"],
                value_elicitation_setting=bot.SlotValueElicitationSetting(
                    prompt_specification=_prompt(spec, f"{name}?")
                ),
            )
            for name, spec in given.get("prompts", {}).items()
        },
    )


def _prompt(given: Table, text: str) -> bot.PromptSpecification:
    return bot.PromptSpecification(
        message_groups_list=_groups(given.get("prompt", text)),
        max_retries=given.get("retries", 2),
        message_selection_strategy="Ordered" if given.get("ordered") else "Random",
    )


def _waiting(given: Table | None) -> bot.WaitAndContinueSpecification | None:
    if given is None:
        return None
    return bot.WaitAndContinueSpecification(
        waiting_response=_response(given["waiting"]),
        continue_response=_response(given["goOn"]),
        still_waiting_response=bot.StillWaitingResponseSpecification(
            message_groups_list=_groups(given.get("still", "Still waiting.")),
            frequency_in_seconds=10,
            timeout_in_seconds=given.get("seconds", 300),
        ),
    )


# --- intents --------------------------------------------------------------------------


def _intent(name: str, given: Table, place: str) -> bot.Intent:
    _check_members(
        given,
        place,
        "utterances slots signature hook flow initial confirm fulfil closing needs gives kendra"
        " qna agent",
    )
    slots = {n: _slot(n, s, f"{place}.{n}") for n, s in given.get("slots", {}).items()}
    order = {
        n: s.get("priority", 4 * place)
        for place, (n, s) in enumerate(given.get("slots", {}).items(), 1)
    }
    old = given.get("flow") == "old"
    return bot.Intent(
        name=name,
        parent_intent_signature=given.get("signature"),
        sample_utterances=_utterances(given.get("utterances")),
        slots=slots,
        slot_priorities=tuple(bot.SlotPriority(slot_name=n, priority=p) for n, p in order.items()),
        initial_response_setting=None if old else _initial(given.get("initial"), place),
        intent_confirmation_setting=_confirmation(given.get("confirm"), place),
        intent_closing_setting=_closing(given.get("closing"), place),
        dialog_code_hook=bot.DialogCodeHook(enabled=True) if given.get("hook") else None,
        fulfillment_code_hook=_fulfilment(given.get("fulfil"), place),
        input_contexts=tuple(bot.InputContext(name=n) for n in given.get("needs", ())) or None,
        output_contexts=tuple(
            bot.OutputContext(
                name=n,
                time_to_live_in_seconds=life.get("seconds", 600),
                turns_to_live=life.get("turns", 5),
            )
            for n, life in given.get("gives", {}).items()
        )
        or None,
        kendra_configuration=given.get("kendra"),
        qna_intent_configuration=given.get("qna"),
        bedrock_agent_intent_configuration=given.get("agent"),
    )


def _utterances(texts: list[str] | None) -> tuple[bot.SampleUtterance, ...] | None:
    return None if texts is None else tuple(bot.SampleUtterance(utterance=t) for t in texts)


def _initial(given: Any, place: str) -> bot.InitialResponseSetting:
    path = dict(given) if isinstance(given, Mapping) else {"say": given} if given else {}
    hook = path.pop("hook", None)
    parts = _path(path, "", place)
    return bot.InitialResponseSetting(
        initial_response=parts.get("response"),
        next_step=parts.get("next_step"),
        conditional=parts.get("conditional"),
        code_hook=_code_hook(hook, place),
    )


def _confirmation(given: Any, place: str) -> bot.IntentConfirmationSetting | None:
    if given is None:
        return None
    table: Table = {"prompt": given} if isinstance(given, str) else given
    _check_members(table, place, "prompt retries ordered yes no failure hook hears active")
    return bot.IntentConfirmationSetting(
        is_active=table.get("active", True),
        prompt_specification=_prompt(table, "Sure?"),
        **_path(table.get("yes"), "confirmation", place),
        **_path(table.get("no"), "declination", place),
        **_path(table.get("failure"), "failure", place),
        code_hook=_code_hook(table.get("hook"), place),
        elicitation_code_hook=_hears(table.get("hears")),
    )


def _fulfilment(given: Any, place: str) -> bot.FulfillmentCodeHook | None:
    if given is None:
        return None
    table: Table = {"success": given} if isinstance(given, str) else given
    _check_members(table, place, "hook active success failure timeout")
    return bot.FulfillmentCodeHook(
        enabled=table.get("hook", False),
        is_active=table.get("active", True),
        post_fulfillment_status_specification=_after(table, place),
    )


def _closing(given: Any, place: str) -> bot.IntentClosingSetting | None:
    if given is None:
        return None
    path = dict(given) if isinstance(given, Mapping) else {"say": given}
    active = path.pop("active", True)
    parts = _path(path, "", place)
    return bot.IntentClosingSetting(
        is_active=active,
        closing_response=parts.get("response"),
        next_step=parts.get("next_step"),
        conditional=parts.get("conditional"),
    )


# --- code hooks -----------------------------------------------------------------------


def _code_hook(given: Any, place: str) -> bot.DialogCodeHookInvocationSetting | None:
    if given is None:
        return None
    table: Table = {"label": given} if isinstance(given, str) else given
    _check_members(table, place, "label active enabled success failure timeout")
    return bot.DialogCodeHookInvocationSetting(
        is_active=table.get("active", True),
        enable_code_hook_invocation=table.get("enabled", True),
        invocation_label=table.get("label"),
        post_code_hook_specification=_after(table, place),
    )


def _after(table: Table, place: str) -> bot.PostCodeHookSpecification:
    return bot.PostCodeHookSpecification(
        **_path(table.get("success"), "success", place),
        **_path(table.get("failure"), "failure", place),
        **_path(table.get("timeout"), "timeout", place),
    )


def _hears(label: str | None) -> bot.ElicitationCodeHookInvocationSetting | None:
    if label is None:
        return None
    return bot.ElicitationCodeHookInvocationSetting(
        enable_code_hook_invocation=True, invocation_label=label
    )


# --- paths, steps, messages -----------------------------------------------------------


def _path(given: Any, prefix: str, place: str) -> dict[str, Any]:
    """The members ``…response``, ``…nextStep`` and ``…conditional`` of a path."""
    if given is None:
        return {}
    path = given if isinstance(given, Mapping) else {"say": given}
    _check_members(path, f"{place}.{prefix}", "say if else then active")
    names = {n: f"{prefix}_{n}".lstrip("_") for n in ("response", "next_step", "conditional")}
    return {
        names["response"]: _response(path.get("say")),
        names["next_step"]: _step(path.get("then"), place),
        names["conditional"]: _conditional(path, place),
    }


def _conditional(path: Table, place: str) -> bot.Conditional | None:
    branches, otherwise = path.get("if"), path.get("else")
    if branches is None:
        return None
    return bot.Conditional(
        is_active=path.get("active", True),
        conditional_branches=tuple(
            bot.ConditionalBranch(
                name=f"Branch{number}",
                condition=bot.Condition(expression_string=b["is"]),
                response=_response(b.get("say")),
                next_step=_step(b.get("then"), place),
            )
            for number, b in enumerate(branches, 1)
        ),
        default_branch=bot.DefaultConditionalBranch(
            response=_response((otherwise or {}).get("say")),
            next_step=_step((otherwise or {}).get("then"), place),
        ),
    )


def _step(given: Any, place: str) -> bot.DialogState | None:
    if given is None:
        return None
    table: Table = {"step": given} if isinstance(given, str) else given
    _check_members(table, place, "step intent slots attributes suppress")
    kind, _, target = table["step"].partition(" ")
    intent = table.get("intent") or (target if kind == "StartIntent" else None)
    slots = table.get("slots")
    return bot.DialogState(
        dialog_action=bot.StepAction(
            type=kind,
            slot_to_elicit=target if kind == "ElicitSlot" else None,
            suppress_next_message=table.get("suppress"),
        ),
        intent=None
        if intent is None and slots is None
        else bot.IntentOverride(
            name=intent,
            slots={
                n: None
                if v == NULL
                else bot.SlotValueOverride(shape="Scalar", value=bot.SlotValue(interpreted_value=v))
                for n, v in (slots or {}).items()
            },
        ),
        session_attributes=table.get("attributes"),
    )


def _response(given: Any) -> bot.ResponseSpecification | None:
    return None if given is None else bot.ResponseSpecification(message_groups_list=_groups(given))


def _groups(given: Any) -> tuple[bot.MessageGroup, ...]:
    return tuple(_group(g) for g in (given if isinstance(given, list) else [given]))


def _group(given: Any) -> bot.MessageGroup:
    if isinstance(given, Mapping) and "any" in given:
        first, *others = given["any"]
        return bot.MessageGroup(
            message=_message(first), variations=tuple(_message(o) for o in others)
        )
    return bot.MessageGroup(message=_message(given))


def _message(given: Any) -> bot.Message:
    if isinstance(given, str):
        return bot.Message(plain_text_message=bot.TextValue(value=given))
    _check_members(given, "a message", "ssml custom card")
    if "ssml" in given:
        return bot.Message(ssml_message=bot.TextValue(value=given["ssml"]))
    if "custom" in given:
        return bot.Message(custom_payload=bot.TextValue(value=given["custom"]))
    card = given["card"]
    return bot.Message(
        image_response_card=bot.ImageResponseCard(
            title=card["title"],
            subtitle=card.get("subtitle"),
            image_url=card.get("imageUrl"),
            buttons_list=tuple(
                bot.Button(text=text, value=value) for text, value in card["buttons"].items()
            )
            if "buttons" in card
            else None,
        )
    )


# --- what understanding depends on ----------------------------------------------------


def spoken(locale: bot.BotLocale) -> bot.BotLocale:
    """The locale with what its understanding is learned from, and nothing of its dialog.

    Bots that differ only in their dialog share one model: each is learned once.
    """
    return bot.BotLocale(
        identifier=locale.identifier,
        slot_types=locale.slot_types,
        intents={
            name: bot.Intent(
                name=name,
                parent_intent_signature=intent.parent_intent_signature,
                sample_utterances=intent.sample_utterances,
                slots={n: _spoken_slot(s) for n, s in intent.slots.items()},
            )
            for name, intent in locale.intents.items()
        },
    )


def _spoken_slot(slot: bot.Slot) -> bot.Slot:
    setting = slot.value_elicitation_setting
    prompt = setting.prompt_specification
    return bot.Slot(
        name=slot.name,
        slot_type_name=slot.slot_type_name,
        multiple_values_setting=slot.multiple_values_setting,
        sub_slot_setting=slot.sub_slot_setting,
        value_elicitation_setting=bot.SlotValueElicitationSetting(
            sample_utterances=setting.sample_utterances,
            prompt_specification=None
            if prompt is None
            else bot.PromptSpecification(message_groups_list=prompt.message_groups_list),
        ),
    )
