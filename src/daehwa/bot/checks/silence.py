"""Checking that the bot says something: an intent without words leaves people waiting."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from daehwa.bot import layout
from daehwa.bot.checks.slot_filling import calls_dialog_hook, calls_hook
from daehwa.bot.flow_values import (
    PromptSpecification,
    ResponseSpecification,
)
from daehwa.bot.problems import Problem, error, warning
from daehwa.bot.reachability import places, steps
from daehwa.bot.signatures import BUILT_IN, FALLBACK_INTENT, UNRECOGNISED_INTENTS
from daehwa.bot.tree import walk
from daehwa.bot.values import (
    Bot,
    BotLocale,
    Intent,
)

_REPEAT: Final = f"{BUILT_IN}RepeatIntent"
_KENDRA: Final = f"{BUILT_IN}KendraSearchIntent"
_FIRST_STEP: Final = "$.initialResponseSetting.nextStep"
_SOURCES: Final = {
    f"{BUILT_IN}QnAIntent": ("qna_intent_configuration", "qnAIntentConfiguration"),
    f"{BUILT_IN}BedrockAgentIntent": (
        "bedrock_agent_intent_configuration",
        "bedrockAgentIntentConfiguration",
    ),
    f"{BUILT_IN}QInConnectIntent": (
        "q_in_connect_intent_configuration",
        "qInConnectIntentConfiguration",
    ),
}


def silence_problems(bot: Bot, locale: BotLocale) -> Iterator[Problem]:
    """Intents that say nothing, end without a word, or have no source for their answer."""
    for intent in locale.intents.values():
        file = layout.intent_file(bot.name, locale.identifier, intent.name)
        signature = (intent.parent_intent_signature or "").partition("::")[0]
        if signature == FALLBACK_INTENT:
            yield from _fallback(intent, file)
        elif signature in UNRECOGNISED_INTENTS:
            yield from _search(signature, intent, file)
        elif signature != _REPEAT:
            yield from _intent(intent, file)
        yield from _confirmation(intent, file)


def _speaks(part: object) -> bool:
    """Whether a message stands anywhere in this part of an intent, where it is active."""
    return any(
        (
            isinstance(value, PromptSpecification | ResponseSpecification)
            and value.message_groups_list
        )
        or getattr(value, "message_groups", ())
        for _, value in walk(part)
    )


def _goes_on(intent: Intent) -> bool:
    """Whether a step leads to another intent, or lets the user say what they want.

    So does an end at the very start, which somebody chose; Lex's console ends every later stage.
    """
    return any(
        step.dialog_action is not None
        and (
            step.dialog_action.type in ("StartIntent", "ElicitIntent")
            or (step.dialog_action.type == "EndConversation" and path == _FIRST_STEP)
        )
        for place in places(intent)
        for path, step, active in steps(place)
        if active
    )


def _fallback(intent: Intent, file: str) -> Iterator[Problem]:
    if not calls_hook(intent) and not _speaks(intent) and not _goes_on(intent):
        yield warning(
            "silent-fallback",
            file,
            "$.fulfillmentCodeHook",
            "what is not understood gets no reply: FallbackIntent has no message and calls "
            "no code hook.",
            "Give it a closing response, or have it call a code hook (fulfillmentCodeHook; in a "
            "project hooks: fulfillment), so that the hook or a language model answers.",
        )


def _search(signature: str, intent: Intent, file: str) -> Iterator[Problem]:
    if signature == _KENDRA:
        index = (intent.kendra_configuration or {}).get("kendraIndex")
        if not index:
            yield error(
                "search-without-source",
                file,
                "$.kendraConfiguration.kendraIndex",
                "the intent searches Amazon Kendra, but names no index.",
                "Give the ARN of the index as kendraConfiguration.kendraIndex.",
            )
    elif signature in _SOURCES:
        attribute, name = _SOURCES[signature]
        if not getattr(intent, attribute):
            yield error(
                "search-without-source",
                file,
                f"$.{name}",
                f"{signature} has no configuration: there is nothing that could answer.",
                f"Add {name}.",
            )


def _intent(intent: Intent, file: str) -> Iterator[Problem]:
    if calls_hook(intent) or _goes_on(intent):
        return
    if not any(map(_speaks, places(intent))):
        yield warning(
            "silent-intent",
            file,
            "$",
            f'"{intent.name}" has nothing to say: no message, no prompt, no code hook.',
            "Add a closing response.",
        )
        return
    closing = intent.intent_closing_setting
    ends = closing is not None and closing.is_active and _speaks(closing)
    confirmation = intent.intent_confirmation_setting
    confirmed = (
        confirmation is not None
        and confirmation.is_active
        and (
            confirmation.confirmation_response is not None
            or confirmation.confirmation_conditional is not None
        )
    )
    fulfilment = intent.fulfillment_code_hook
    captured = any(
        slot.value_elicitation_setting.slot_capture_setting is not None
        and _speaks(slot.value_elicitation_setting.slot_capture_setting)
        for slot in intent.slots.values()
    )
    opens = _speaks(intent.initial_response_setting)
    if ends or confirmed or _speaks(fulfilment) or captured or (opens and not intent.slots):
        return
    yield warning(
        "ends-without-a-word",
        file,
        "$.intentClosingSetting",
        f'"{intent.name}" asks, and then ends without a word.',
        "Add a closing response, or a fulfilment by a code hook.",
    )


def _confirmation(intent: Intent, file: str) -> Iterator[Problem]:
    confirmation = intent.intent_confirmation_setting
    if confirmation is None or not confirmation.is_active or calls_dialog_hook(intent):
        return
    leads = confirmation.declination_next_step
    ends = leads is None or (
        leads.dialog_action is not None and leads.dialog_action.type == "EndConversation"
    )
    if (
        not _speaks(confirmation.declination_response)
        and confirmation.declination_conditional is None
        and ends
    ):
        yield warning(
            "no-declination",
            file,
            "$.intentConfirmationSetting.declinationResponse",
            "whoever answers the confirmation with no gets no reply.",
            "Add a declinationResponse, in a project decline.",
        )
