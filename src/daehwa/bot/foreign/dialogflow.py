"""Reading an agent of Dialogflow ES.

Source: the Dialogflow ES guide, "Export and import" and "Intents", and real agents:
``agent.json``, ``intents/NAME.json`` with ``NAME_usersays_LANG.json``, ``entities/NAME.json`` with
``NAME_entries_LANG.json``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from daehwa.bot import flow_values, slot_definition, values
from daehwa.bot.errors import FieldError
from daehwa.bot.foreign import lex_parts
from daehwa.bot.foreign.dialogflow_messages import AgentMessages
from daehwa.bot.foreign.notes import FittingNames, Imported
from daehwa.bot.foreign.patterns_of_lex import PATTERN_LONGEST, bounded
from daehwa.bot.foreign.recognising import ForeignBot
from daehwa.bot.language_locales import locale_for
from daehwa.bot.reader import DEFAULT_FALLBACK_INTENT
from daehwa.bot.regex_filter import pattern_fault
from daehwa.bot.signatures import BUILT_IN, FALLBACK_INTENT

_SYSTEM_TYPES: Final = {
    "address": "StreetName", "any": "AlphaNumeric", "cardinal": "Number", "color": None,
    "currency-name": "Currency", "date": "Date", "date-period": "Date", "date-time": "Date",
    "duration": "Duration", "email": "EmailAddress", "geo-capital": "City", "geo-city": "City",
    "geo-country": "Country", "geo-state": "State", "given-name": "FirstName",
    "last-name": "LastName", "number": "Number", "number-integer": "Number", "ordinal": "Number",
    "percentage": "Percentage", "person": "FirstName", "phone-number": "PhoneNumber",
    "street-address": "StreetName", "time": "Time", "time-period": "Time",
    "unit-currency": "Currency", "zip-code": "AlphaNumeric",
}  # fmt: skip
_ENTITY_IN_VALUE: Final = re.compile(r"@[\w.-]+(?::\w+)?")
_CONTEXT_PARAMETER: Final = re.compile(r"#([\w-]+)\.([\w-]+)")
_MOST_CONTEXTS: Final = 5
_MOST_TURNS: Final = 20


def from_dialogflow(foreign: ForeignBot, name: str) -> Imported:
    """The agent in ``foreign``; ``name`` for one that has none."""
    try:
        return _Agent(foreign, name).imported()
    except (AttributeError, KeyError, TypeError) as fault:
        raise FieldError(
            f"this looks like an agent of Dialogflow ES, but it is incomplete "
            f"({type(fault).__name__}: {fault}).",
            file="agent.json",
            field="$",
            cure="Export the agent from Dialogflow again.",
        ) from fault


class _Agent:
    """Reads one agent; ``notes`` gets a line for each thing that is changed or left out."""

    def __init__(self, foreign: ForeignBot, name: str) -> None:
        self.foreign = foreign
        self.notes: list[str] = []
        self.intent_names = FittingNames("Intent")
        self.type_names = FittingNames("SlotType")
        self.context_names = FittingNames("Context")
        self.slot_names: dict[str, FittingNames] = {}
        self.webhooks: dict[str, None] = {}
        self.actions: dict[str, None] = {}
        self.events: dict[str, None] = {}
        agent = next(
            (
                foreign.json(file)
                for file in foreign.files
                if file.rpartition("/")[2] == "agent.json"
            ),
            None,
        )
        self.agent: dict[str, Any] = agent if isinstance(agent, dict) else {}
        shown = self.agent.get("displayName") or self.agent.get("description") or name
        self.name = FittingNames("Bot").of(str(shown)[:60])

    def imported(self) -> Imported:
        languages = [
            str(self.agent.get("language") or "en"),
            *map(str, self.agent.get("supportedLanguages") or ()),
        ]
        locales: dict[str, values.BotLocale] = {}
        spoken = list(dict.fromkeys(each.casefold() for each in languages))
        for language in spoken:
            identifier = locale_for(language)
            if identifier is None and len(spoken) > 1:
                self.notes.append(f'Lex has no locale for the language "{language}": left out')
            elif identifier is None:
                self.notes.append(
                    f'Lex has no locale for the language "{language}": the bot\'s locale is en_US'
                )
                locales["en_US"] = self.locale(language, "en_US")
            elif identifier not in locales:
                locales[identifier] = self.locale(language, identifier)
        bot = values.Bot(name=self.name, data_privacy=values.DataPrivacy(), locales=locales)
        slots = FittingNames("Slot")
        for each in self.slot_names.values():
            slots.renamed |= each.renamed
        names = (self.intent_names, slots, self.type_names, self.context_names)
        renamed = [line for each in names for line in each.notes()]
        notes = dict.fromkeys([*self.notes, *self.left_to_code(), *renamed])
        return Imported("Dialogflow ES", bot, tuple(notes))

    def left_to_code(self) -> Iterator[str]:
        """What the agent leaves to its webhook, and what Lex has no place for."""
        if self.webhooks:
            address = (self.agent.get("webhook") or {}).get("url")
            yield (
                f"the webhook{f' ({address})' if address else ''} of {', '.join(self.webhooks)} is "
                "a code hook of Lex now: write it for the Lambda event of Lex V2, and name it "
                f'under [[hooks]] in daehwa.toml, with bot = "{self.name}"'
            )
        if self.actions:
            yield (
                f"the actions of {', '.join(self.actions)} are left out: code hooks see the "
                "intent's name"
            )
        if self.events:
            yield (
                f"the events of {', '.join(self.events)} are left out: a page's greeting is "
                "[page] greeting in daehwa.toml"
            )
        folders = {part for file in self.foreign.files for part in file.split("/")[:-1]}
        for folder, what in (("knowledgeBases", "knowledge bases"), ("smalltalk", "small talk")):
            if folder in folders:
                yield f"the {what} in {folder}/ are left out; `daehwa index` reads documents"
        if self.agent.get("customClassifierMode") or self.agent.get("mlMinConfidence") is not None:
            threshold = self.agent.get("mlMinConfidence")
            yield (
                f"the agent's lowest confidence, {threshold}, is Lex's nluIntentConfidenceThreshold"
                " now: scores of two models cannot be compared, so try it"
            )

    def documents(self, folder: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """The main files of a folder, with their names without the ending."""
        for file in self.foreign.files:
            *above, last = file.split("/")
            stem = last.removesuffix(".json")
            beside = re.search(r"_(usersays|entries)_[\w-]+$", stem)
            if above[-1:] == [folder] and last.endswith(".json") and not beside:
                document = self.foreign.json(file)
                if isinstance(document, dict):
                    yield file.removesuffix(".json"), document

    def beside(self, stem: str, what: str, language: str) -> list[dict[str, Any]]:
        """The rows of the file beside a main one, in a language."""
        for file in self.foreign.files:
            if file.casefold() == f"{stem}_{what}_{language}.json".casefold():
                rows = self.foreign.json(file)
                return [row for row in rows if isinstance(row, dict)] if rows else []
        return []

    def locale(self, language: str, identifier: str) -> values.BotLocale:
        slot_types = dict(self.slot_types(language))
        intents: dict[str, values.Intent] = {}
        for stem, raw in self.documents("intents"):
            intent = self.intent(stem, raw, language, slot_types)
            if intent.parent_intent_signature == FALLBACK_INTENT and any(
                each.parent_intent_signature == FALLBACK_INTENT for each in intents.values()
            ):
                self.notes.append(f"{raw['name']}: a further fallback intent is left out")
                continue
            intents[intent.name] = intent
        intents = lex_parts.with_fallback(intents)
        threshold = self.agent.get("mlMinConfidence")
        return values.BotLocale(
            identifier=identifier,
            nlu_confidence_threshold=(
                min(max(float(threshold), 0), 1) if isinstance(threshold, int | float) else 0.4
            ),
            intents=intents,
            slot_types=slot_types,
        )

    # --- entities ---------------------------------------------------------------------

    def slot_types(self, language: str) -> Iterator[tuple[str, slot_definition.SlotType]]:
        for stem, raw in self.documents("entities"):
            name = self.type_names.of(str(raw["name"]))
            entries = self.beside(stem, "entries", language)
            if raw.get("isRegexp"):
                yield name, self.patterned(name, str(raw["name"]), entries)
                continue
            words = {
                str(entry["value"]): [str(word) for word in entry.get("synonyms") or () if word]
                for entry in entries
                if entry.get("value")
            }
            composed = [word for word in words if _ENTITY_IN_VALUE.search(word)]
            if composed:
                self.notes.append(
                    f'the entity "{raw["name"]}" is made of others ({", ".join(composed[:3])}): '
                    "it takes any words; a composite slot type comes closest to it"
                )
            kept = lex_parts.slot_type_values(
                {word: each for word, each in words.items() if word not in composed},
                f'the entity "{raw["name"]}"',
                self.notes.append,
            )
            closed = bool(kept) and not raw.get("automatedExpansion") and not composed
            yield (
                name,
                slot_definition.SlotType(
                    name=name,
                    slot_type_values=kept or None,
                    value_selection_setting=slot_definition.ValueSelectionSetting(
                        resolution_strategy="TOP_RESOLUTION" if closed else "ORIGINAL_VALUE"
                    ),
                ),
            )

    def patterned(
        self, name: str, title: str, entries: list[dict[str, Any]]
    ) -> slot_definition.SlotType:
        """A type for an entity of regular expressions, with those that Lex takes."""
        patterns = [str(entry["value"]) for entry in entries if entry.get("value")]
        pattern = bounded("|".join(patterns))
        fault = pattern_fault(pattern) if patterns else "it has none"
        if len(pattern) > PATTERN_LONGEST:
            fault = f"it has more than {PATTERN_LONGEST} characters"
        if fault is not None:
            self.notes.append(
                f'the entity "{title}" is a regular expression that Lex does not take: {fault}; '
                "the slot takes any letters and digits"
            )
        return slot_definition.SlotType(
            name=name,
            parent_slot_type_signature=f"{BUILT_IN}AlphaNumeric",
            value_selection_setting=slot_definition.ValueSelectionSetting(
                resolution_strategy="ORIGINAL_VALUE",
                regex_filter=None if fault else slot_definition.RegexFilter(pattern=pattern),
            ),
        )

    def type_of(
        self, place: str, data_type: str, slot_types: dict[str, slot_definition.SlotType]
    ) -> str:
        """The slot type for an entity's name, ``@sys.date`` or ``@color``."""
        name = data_type.removeprefix("@")
        if name.startswith("sys."):
            built_in = _SYSTEM_TYPES.get(name.removeprefix("sys."))
            if built_in is None:
                self.notes.append(f"{place}: there is no {data_type} in Lex; it takes any words")
                return f"{BUILT_IN}AlphaNumeric"
            if name in ("sys.date-time", "sys.date-period", "sys.time-period"):
                self.notes.append(f"{place}: {data_type} is {BUILT_IN}{built_in}, one part of it")
            return f"{BUILT_IN}{built_in}"
        known = self.type_names.of(name)
        if known in slot_types:
            return known
        self.notes.append(f"{place}: there is no entity {data_type}; it takes any words")
        return f"{BUILT_IN}AlphaNumeric"

    # --- intents ----------------------------------------------------------------------

    def intent(
        self,
        stem: str,
        raw: dict[str, Any],
        language: str,
        slot_types: dict[str, slot_definition.SlotType],
    ) -> values.Intent:
        title = str(raw["name"])
        fallback = bool(raw.get("fallbackIntent"))
        name = "FallbackIntent" if fallback else self.intent_names.of(title)
        response: dict[str, Any] = next(iter(raw.get("responses") or ()), {})
        parameters = [p for p in response.get("parameters") or () if p.get("name")]
        names = self.slot_names.setdefault(name, FittingNames("Slot"))
        slots = (
            {}
            if fallback
            else dict(self.slot(title, names, each, language, slot_types) for each in parameters)
        )
        closing = AgentMessages(title, language, names, slots, self.notes).closing(response)
        self.left_out(title, raw, response)
        webhook = bool(raw.get("webhookUsed"))
        if webhook or raw.get("webhookForSlotFilling"):
            self.webhooks.setdefault(title)
        return values.Intent(
            name=name,
            identifier=DEFAULT_FALLBACK_INTENT.identifier if fallback else None,
            parent_intent_signature=FALLBACK_INTENT if fallback else None,
            sample_utterances=None
            if fallback
            else self.samples(title, self.beside(stem, "usersays", language), names, slots),
            slots=slots,
            slot_priorities=lex_parts.slot_priorities(slots),
            intent_closing_setting=(
                values.IntentClosingSetting(closing_response=closing) if closing else None
            ),
            fulfillment_code_hook=flow_values.FulfillmentCodeHook(enabled=webhook, is_active=True),
            dialog_code_hook=(
                flow_values.DialogCodeHook(enabled=True)
                if raw.get("webhookForSlotFilling")
                else None
            ),
            input_contexts=None if fallback else self.input_contexts(title, raw),
            output_contexts=self.output_contexts(response),
        )

    def left_out(self, title: str, raw: dict[str, Any], response: dict[str, Any]) -> None:
        events = [each.get("name") for each in raw.get("events") or ()]
        if events:
            self.events.setdefault(f"{title} ({', '.join(map(str, events))})")
        if response.get("action"):
            self.actions.setdefault(f'{title} ("{response["action"]}")')
        if response.get("resetContexts"):
            self.notes.append(f"{title}: resetting all contexts is left out")

    def input_contexts(
        self, title: str, raw: dict[str, Any]
    ) -> tuple[values.InputContext, ...] | None:
        contexts = [str(each) for each in raw.get("contexts") or ()]
        if len(contexts) > _MOST_CONTEXTS:
            self.notes.append(f"{title}: of {len(contexts)} contexts Lex takes {_MOST_CONTEXTS}")
        return (
            tuple(
                values.InputContext(name=self.context_names.of(each))
                for each in contexts[:_MOST_CONTEXTS]
            )
            or None
        )

    def output_contexts(self, response: dict[str, Any]) -> tuple[values.OutputContext, ...] | None:
        """Contexts that the intent sets; a life span of 0 ends one, which Lex cannot say."""
        contexts = []
        for each in response.get("affectedContexts") or ():
            turns = int(each.get("lifespan", 5) or 0)
            if turns > 0:
                name = self.context_names.of(str(each["name"]))
                contexts.append(
                    values.OutputContext(name=name, turns_to_live=min(turns, _MOST_TURNS))
                )
            else:
                self.notes.append(f'ending the context "{each["name"]}" is left out')
        return tuple(contexts[:10]) or None

    def slot(
        self,
        title: str,
        names: FittingNames,
        raw: dict[str, Any],
        language: str,
        slot_types: dict[str, slot_definition.SlotType],
    ) -> tuple[str, slot_definition.Slot]:
        name = names.of(str(raw["name"]))
        place = f"{title}.{raw['name']}"
        prompts = [
            str(each["value"])
            for each in raw.get("prompts") or ()
            if each.get("value") and str(each.get("lang", language)).casefold() == language
        ]
        required = bool(raw.get("required")) and bool(prompts)
        if raw.get("required") and not prompts:
            self.notes.append(f"{place}: it is required, but nothing asks for it; it is Optional")
        default = str(raw.get("defaultValue") or "")
        match = _CONTEXT_PARAMETER.fullmatch(default) or _CONTEXT_PARAMETER.fullmatch(
            str(raw.get("value") or "")
        )
        if match is not None:
            default = f"#{self.context_names.of(match[1])}.{match[2]}"
        return name, slot_definition.Slot(
            name=name,
            slot_type_name=self.type_of(place, str(raw.get("dataType") or "@sys.any"), slot_types),
            value_elicitation_setting=slot_definition.SlotValueElicitationSetting(
                slot_constraint="Required" if required else "Optional",
                prompt_specification=(
                    flow_values.PromptSpecification(
                        message_groups_list=(
                            lex_parts.group(
                                [
                                    lex_parts.plain(each[: lex_parts.LONGEST_TEXT])
                                    for each in prompts
                                ],
                                place,
                                self.notes.append,
                            ),
                        ),
                        max_retries=2,
                    )
                    if prompts
                    else None
                ),
                default_value_specification=lex_parts.default_values(
                    *([default] if default else [])
                ),
            ),
            multiple_values_setting=(
                slot_definition.MultipleValuesSetting(allow_multiple_values=True)
                if raw.get("isList")
                else None
            ),
        )

    def samples(
        self,
        title: str,
        rows: Sequence[dict[str, Any]],
        names: FittingNames,
        slots: dict[str, slot_definition.Slot],
    ) -> tuple[slot_definition.SampleUtterance, ...] | None:
        texts = (_spoken(row.get("data") or (), names, slots) for row in rows)
        return lex_parts.samples(texts, title, self.notes.append)


def _spoken(
    parts: Sequence[dict[str, Any]], names: FittingNames, slots: dict[str, slot_definition.Slot]
) -> str:
    """A phrase with slots in the places of parameters; of one that comes again, its words."""
    shown: list[str] = []
    for part in parts:
        alias = str(part.get("alias") or "")
        marked = f"{{{names.of(alias)}}}" if alias and names.of(alias) in slots else ""
        text = str(part.get("text") or "").replace("{", "(").replace("}", ")")
        shown.append(marked if marked and marked not in shown else text)
    return "".join(shown)
