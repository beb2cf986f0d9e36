"""Reading a bot of Lex V1.

Source: Lex V1 developer guide, "JSON Format for Importing and Exporting", and the ``lex-models``
service model; what became of each part in V2 as in the guide's "Migrating a bot".
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from daehwa.bot import flow_values, slot_definition, values
from daehwa.bot.errors import FieldError
from daehwa.bot.foreign import lex_parts
from daehwa.bot.foreign.notes import Imported
from daehwa.bot.foreign.recognising import ForeignBot, lex_v1_resource
from daehwa.bot.reader import DEFAULT_FALLBACK_INTENT
from daehwa.bot.signatures import BUILT_IN, FALLBACK_INTENT, current_slot_type

_MOST_RETRIES: Final = 5
_SLOT: Final = re.compile(r"\{\s*([A-Za-z]\w*)\s*\}")


def from_lex_v1(foreign: ForeignBot, name: str) -> Imported:
    """The bot of Lex V1 in ``foreign``; ``name`` for one that is the export of an intent."""
    notes: list[str] = []
    resources = {
        file: resource
        for file, content in foreign.files.items()
        if file.endswith(".json") and (resource := lex_v1_resource(content))
    }
    try:
        bot = next((each for each in resources.values() if "intents" in each), {})
        if not bot:
            notes.append("the export holds no bot: its intents and slot types were made into one")
        if not bot or any("intentName" in each for each in bot["intents"]):
            bot = _joined(list(resources.values()), name, bot)
        return _Reader(bot, notes).imported()
    except (AttributeError, KeyError, TypeError, ValueError) as fault:
        raise FieldError(
            f"this looks like a bot of Lex V1, but it is incomplete ({type(fault).__name__}: "
            f"{fault}).",
            file=next(iter(resources)),
            field="$.resource",
            cure="Export the bot from Lex V1 again.",
        ) from fault


def _joined(resources: list[dict[str, Any]], name: str, bot: dict[str, Any]) -> dict[str, Any]:
    """One bot of intents and slot types that stand in files of their own."""
    parts = [each for each in resources if "intents" not in each]
    types = [t for resource in parts for t in resource.get("slotTypes") or ()]
    types += [resource for resource in parts if "enumerationValues" in resource]
    wanted = [each.get("intentName") for each in bot.get("intents") or ()]
    return {
        "name": re.sub(r"\W+", "_", name, flags=re.ASCII).strip("_") or "Bot",
        **bot,
        "intents": [
            each
            for each in parts
            if "enumerationValues" not in each and (not wanted or each["name"] in wanted)
        ],
        "slotTypes": types,
    }


class _Reader:
    """Reads one bot; ``notes`` gets a line for each thing that is changed or left out."""

    def __init__(self, resource: dict[str, Any], notes: list[str]) -> None:
        self.resource = resource
        self.notes = notes
        self.hooks: dict[str, list[str]] = {}

    def imported(self) -> Imported:
        resource = self.resource
        identifier = str(resource.get("locale") or "en-US").replace("-", "_")
        intents = [self.intent(raw) for raw in resource.get("intents") or ()]
        fallbacks = [i for i in intents if i.parent_intent_signature == FALLBACK_INTENT]
        if not fallbacks:
            intents.append(self.fallback())
        locale = values.BotLocale(
            identifier=identifier,
            nlu_confidence_threshold=float(resource.get("nluIntentConfidenceThreshold", 0.4)),
            voice_settings=(
                {"voiceId": resource["voiceId"]}
                if resource.get("voiceId") not in (None, "", "0")
                else None
            ),
            intents={intent.name: intent for intent in intents},
            slot_types={t.name: t for t in map(self.slot_type, resource.get("slotTypes") or ())},
        )
        bot = values.Bot(
            name=resource["name"],
            description=resource.get("description"),
            data_privacy=values.DataPrivacy(child_directed=bool(resource.get("childDirected"))),
            idle_session_ttl_in_seconds=int(resource.get("idleSessionTTLInSeconds", 300)),
            locales={identifier: locale},
        )
        self.bot_notes()
        return Imported("Lex V1", bot, tuple(self.notes))

    def bot_notes(self) -> None:
        for uri, intents in self.hooks.items():
            self.notes.append(
                f"{', '.join(intents)}: the code hook {uri} gets the event of Lex V2, which "
                "differs from V1's (currentIntent, slots as texts); change it, and name it under "
                f'[[hooks]] in daehwa.toml: bot = "{self.resource["name"]}", lambda = "{uri}"'
            )
        if self.resource.get("abortStatement"):
            text = "; ".join(_texts(self.resource["abortStatement"]))
            self.notes.append(
                f'the abort statement ("{text}") has no place of its own in V2: it is what a slot '
                "or a confirmation says when it fails"
            )
        for member, what in (
            (
                "detectSentiment",
                "sentiment is a setting of the alias in V2; here it is `sentiment` in daehwa.toml",
            ),
            ("enableModelImprovements", "model improvements are always on in V2"),
        ):
            if self.resource.get(member):
                self.notes.append(what)

    def fallback(self) -> values.Intent:
        """FallbackIntent with what the bot said when it did not understand."""
        clarification = self.resource.get("clarificationPrompt")
        response = self.response(clarification, "clarificationPrompt")
        if response is None:
            return DEFAULT_FALLBACK_INTENT
        self.notes.append("the clarification prompt is what FallbackIntent says")
        return lex_parts.fallback_intent(values.IntentClosingSetting(closing_response=response))

    def slot_type(self, raw: dict[str, Any]) -> slot_definition.SlotType:
        pattern = next(
            (
                each["regexConfiguration"]["pattern"]
                for each in raw.get("slotTypeConfigurations") or ()
                if each.get("regexConfiguration")
            ),
            None,
        )
        closed = raw.get("valueSelectionStrategy") == "TOP_RESOLUTION"
        return slot_definition.SlotType(
            name=raw["name"],
            description=raw.get("description"),
            slot_type_values=tuple(
                slot_definition.SlotTypeValue(
                    sample_value=slot_definition.SampleValue(value=value["value"]),
                    synonyms=tuple(
                        slot_definition.SampleValue(value=s) for s in value.get("synonyms") or ()
                    )
                    or None,
                )
                for value in raw.get("enumerationValues") or ()
            )
            or None,
            parent_slot_type_signature=raw.get("parentSlotTypeSignature"),
            value_selection_setting=slot_definition.ValueSelectionSetting(
                resolution_strategy="TOP_RESOLUTION" if closed else "ORIGINAL_VALUE",
                regex_filter=slot_definition.RegexFilter(pattern=pattern) if pattern else None,
            ),
        )

    def intent(self, raw: dict[str, Any]) -> values.Intent:
        name = raw["name"]
        slots = [self.slot(each, name) for each in raw.get("slots") or ()]
        signature = raw.get("parentIntentSignature")
        return values.Intent(
            name=name,
            description=raw.get("description"),
            parent_intent_signature=signature,
            sample_utterances=tuple(
                slot_definition.SampleUtterance(utterance=_SLOT.sub(r"{\1}", text))
                for text in raw.get("sampleUtterances") or ()
            )
            or None,
            slots={slot.name: slot for slot in slots},
            slot_priorities=tuple(
                values.SlotPriority(
                    slot_name=each["name"], priority=int(each.get("priority", index))
                )
                for index, each in enumerate(raw.get("slots") or (), start=1)
            ),
            intent_confirmation_setting=self.confirmation(raw, name),
            intent_closing_setting=self.closing(raw, name),
            dialog_code_hook=self.dialog_hook(raw, name),
            fulfillment_code_hook=self.fulfilment(raw, name),
            input_contexts=tuple(
                values.InputContext(name=each["name"]) for each in raw.get("inputContexts") or ()
            )
            or None,
            output_contexts=tuple(
                values.OutputContext(
                    name=each["name"],
                    time_to_live_in_seconds=each.get("timeToLiveInSeconds", 90),
                    turns_to_live=each.get("turnsToLive", 5),
                )
                for each in raw.get("outputContexts") or ()
            )
            or None,
            kendra_configuration=raw.get("kendraConfiguration"),
        )

    def closing(self, raw: dict[str, Any], name: str) -> values.IntentClosingSetting | None:
        """The conclusion, or the follow-up prompt: after that, V2 waits for any intent."""
        conclusion = self.response(raw.get("conclusionStatement"), f"{name}, conclusionStatement")
        follow_up = raw.get("followUpPrompt") or {}
        question = self.response(follow_up.get("prompt"), f"{name}, followUpPrompt")
        if question is None:
            return values.IntentClosingSetting(closing_response=conclusion) if conclusion else None
        refusal = "; ".join(_texts(follow_up.get("rejectionStatement") or {}))
        self.notes.append(
            f"{name}: the follow-up prompt is the closing response now, and any intent may follow; "
            f'the response to a no is left out ("{refusal}")'
        )
        return values.IntentClosingSetting(
            closing_response=question,
            next_step=flow_values.DialogState(
                dialog_action=flow_values.StepAction(type="ElicitIntent")
            ),
        )

    def abort(self) -> flow_values.ResponseSpecification | None:
        """What is said when a prompt failed as often as it may."""
        return self.response(self.resource.get("abortStatement"), "abortStatement")

    def dialog_hook(self, raw: dict[str, Any], name: str) -> flow_values.DialogCodeHook | None:
        hook = raw.get("dialogCodeHook")
        if not hook:
            return None
        self.note_hook(hook.get("uri"), name)
        return flow_values.DialogCodeHook(enabled=True)

    def fulfilment(self, raw: dict[str, Any], name: str) -> flow_values.FulfillmentCodeHook | None:
        activity = raw.get("fulfillmentActivity") or {}
        if activity.get("type") != "CodeHook":
            return None
        self.note_hook((activity.get("codeHook") or {}).get("uri"), name)
        return flow_values.FulfillmentCodeHook(enabled=True)

    def note_hook(self, uri: Any, name: str) -> None:
        intents = self.hooks.setdefault(str(uri or "(none named)"), [])
        if name not in intents:
            intents.append(name)

    def confirmation(
        self, raw: dict[str, Any], name: str
    ) -> values.IntentConfirmationSetting | None:
        prompt = self.prompt(raw.get("confirmationPrompt"), f"{name}, confirmationPrompt")
        if prompt is None:
            return None
        return values.IntentConfirmationSetting(
            prompt_specification=prompt,
            declination_response=self.response(
                raw.get("rejectionStatement"), f"{name}, rejectionStatement"
            ),
            failure_response=self.abort(),
        )

    def slot(self, raw: dict[str, Any], intent: str) -> slot_definition.Slot:
        name, place = raw["name"], f"{intent}.{raw['name']}"
        kind = current_slot_type(raw.get("slotType") or f"{BUILT_IN}AlphaNumeric")
        if kind != raw.get("slotType"):
            self.notes.append(f"{place}: {raw.get('slotType')} is {kind} in V2")
        prompt, abort = self.prompt(raw.get("valueElicitationPrompt"), place), self.abort()
        defaults = (raw.get("defaultValueSpec") or {}).get("defaultValueList") or ()
        obfuscation = str(raw.get("obfuscationSetting") or "NONE").upper()
        return slot_definition.Slot(
            name=name,
            description=raw.get("description"),
            slot_type_name=kind,
            value_elicitation_setting=slot_definition.SlotValueElicitationSetting(
                slot_constraint="Required"
                if raw.get("slotConstraint") == "Required"
                else "Optional",
                prompt_specification=prompt,
                slot_capture_setting=(
                    slot_definition.SlotCaptureSetting(failure_response=abort)
                    if prompt and abort
                    else None
                ),
                default_value_specification=lex_parts.default_values(
                    *(each["defaultValue"] for each in defaults)
                ),
                sample_utterances=tuple(
                    slot_definition.SampleUtterance(utterance=text)
                    for text in raw.get("sampleUtterances") or ()
                )
                or None,
            ),
            obfuscation_setting=(
                slot_definition.ObfuscationSetting(obfuscation_setting_type="DefaultObfuscation")
                if obfuscation == "DEFAULT_OBFUSCATION"
                else None
            ),
        )

    # --- messages ---------------------------------------------------------------------

    def prompt(
        self, raw: dict[str, Any] | None, place: str
    ) -> flow_values.PromptSpecification | None:
        groups = self.groups(raw, place)
        if raw is None or not groups:
            return None
        attempts = int(raw.get("maxAttempts") or 1)
        return flow_values.PromptSpecification(
            message_groups_list=groups, max_retries=min(max(attempts, 0), _MOST_RETRIES)
        )

    def response(
        self, raw: dict[str, Any] | None, place: str
    ) -> flow_values.ResponseSpecification | None:
        return lex_parts.response(self.groups(raw, place))

    def groups(
        self, raw: dict[str, Any] | None, place: str
    ) -> tuple[flow_values.MessageGroup, ...]:
        """V1's messages: those of one group number are variations of one another."""
        numbered: dict[int, list[flow_values.Message]] = {}
        for each in (raw or {}).get("messages") or ():
            message = _message(
                str(each.get("contentType")), flow_values.TextValue(value=each["content"])
            )
            numbered.setdefault(int(each.get("groupNumber") or 1), []).append(message)
        groups = [
            lex_parts.group(messages, place, self.notes.append)
            for _, messages in sorted(numbered.items())
        ]
        groups += [flow_values.MessageGroup(message=card) for card in self.cards(raw or {}, place)]
        return lex_parts.groups_within(groups, place, self.notes.append)

    def cards(self, raw: dict[str, Any], place: str) -> Iterator[flow_values.Message]:
        """V1's response card, JSON in a text."""
        text = raw.get("responseCard")
        if not text:
            return
        try:
            card = json.loads(text) if isinstance(text, str) else text
            for each in card["genericAttachments"]:
                yield self.card(each, place)
        except (ValueError, KeyError, TypeError):
            self.notes.append(f"{place}: the response card cannot be read, and is left out")

    def card(self, raw: dict[str, Any], place: str) -> flow_values.Message:
        buttons = [
            flow_values.Button(text=str(each["text"])[:50], value=str(each["value"])[:50])
            for each in raw.get("buttons") or ()
        ]
        if len(buttons) > lex_parts.MOST_BUTTONS:
            self.notes.append(
                f"{place}: of {len(buttons)} buttons V2 takes {lex_parts.MOST_BUTTONS}"
            )
        title = raw.get("title") or raw.get("subTitle")
        if not title:
            title = "?"
            self.notes.append(f"{place}: the card has no title, which V2 requires: write one")
        return flow_values.Message(
            image_response_card=flow_values.ImageResponseCard(
                title=str(title),
                subtitle=raw.get("subTitle") or None,
                image_url=raw.get("imageUrl") or None,
                buttons_list=tuple(buttons[: lex_parts.MOST_BUTTONS]) or None,
            )
        )


def _message(content_type: str, text: flow_values.TextValue) -> flow_values.Message:
    match content_type:
        case "SSML":
            return flow_values.Message(ssml_message=text)
        case "CustomPayload":
            return flow_values.Message(custom_payload=text)
        case _:
            return flow_values.Message(plain_text_message=text)


def _texts(statement: dict[str, Any]) -> list[str]:
    return [str(each.get("content")) for each in statement.get("messages") or ()]
