"""Reading an agent of Dialogflow ES.

Source: the Dialogflow ES guide, "Export and import" and "Intents", and real agents:
``agent.json``, ``intents/NAME.json`` with ``NAME_usersays_LANG.json``, ``entities/NAME.json`` with
``NAME_entries_LANG.json``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from daehwa.bot.errors import FieldError
from daehwa.bot.foreign.notes import FittingNames, Imported
from daehwa.bot.foreign.recognising import ForeignBot
from daehwa.bot.reader import DEFAULT_FALLBACK_INTENT
from daehwa.bot.signatures import BUILT_IN, FALLBACK_INTENT
from daehwa.bot.values import (
    Bot,
    BotLocale,
    DataPrivacy,
    DefaultValue,
    DefaultValueSpecification,
    DialogCodeHook,
    FulfillmentCodeHook,
    InputContext,
    Intent,
    IntentClosingSetting,
    Message,
    MessageGroup,
    MultipleValuesSetting,
    OutputContext,
    PromptSpecification,
    ResponseSpecification,
    SampleUtterance,
    SampleValue,
    Slot,
    SlotPriority,
    SlotType,
    SlotTypeValue,
    SlotValueElicitationSetting,
    TextValue,
    ValueSelectionSetting,
)

_LOCALES: Final = {
    "da": "da_DK", "de": "de_DE", "en": "en_US", "es": "es_ES", "fi": "fi_FI", "fr": "fr_FR",
    "hi": "hi_IN", "it": "it_IT", "ja": "ja_JP", "ko": "ko_KR", "nl": "nl_NL", "no": "no_NO",
    "pl": "pl_PL", "pt": "pt_PT", "pt-br": "pt_BR", "sv": "sv_SE", "zh-cn": "zh_CN",
    "zh-hk": "zh_HK", "en-au": "en_AU", "en-gb": "en_GB", "en-in": "en_IN", "en-us": "en_US",
    "es-419": "es_419", "es-es": "es_ES", "fr-ca": "fr_CA", "fr-fr": "fr_FR",
}  # fmt: skip
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
_PARAMETER: Final = re.compile(r"\$([A-Za-z_][\w-]*)(?:\.original)?")
_CONTEXT_PARAMETER: Final = re.compile(r"#([\w-]+)\.([\w-]+)")
_MOST_SAMPLES: Final = 1500
_MOST_CONTEXTS: Final = 5
_MOST_TURNS: Final = 20
_TEXT_LONGEST: Final = 1000


def from_dialogflow(foreign: ForeignBot, name: str) -> Imported:
    """The agent in ``foreign``; ``name`` for one that has none."""
    try:
        return _Agent(foreign, name).imported()
    except (AttributeError, KeyError, TypeError) as fault:
        raise FieldError(
            f"this looks like an agent of Dialogflow ES, but it is not whole "
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
        locales: dict[str, BotLocale] = {}
        for language in dict.fromkeys(each.casefold() for each in languages):
            identifier = _LOCALES.get(language)
            if identifier is None:
                self.notes.append(f'Lex has no locale for the language "{language}": left out')
            elif identifier not in locales:
                locales[identifier] = self.locale(language, identifier)
        bot = Bot(name=self.name, data_privacy=DataPrivacy(), locales=locales)
        names = (self.intent_names, self.type_names, self.context_names)
        renamed = [line for each in names for line in each.notes()]
        for intent, slots in self.slot_names.items():
            renamed += [f"{intent}: {line}" for line in slots.notes()]
        notes = dict.fromkeys([*self.notes, *renamed])
        return Imported("Dialogflow ES", bot, tuple(notes))

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

    def locale(self, language: str, identifier: str) -> BotLocale:
        slot_types = dict(self.slot_types(language))
        intents: dict[str, Intent] = {}
        for stem, raw in self.documents("intents"):
            intent = self.intent(stem, raw, language, slot_types)
            if intent.parent_intent_signature == FALLBACK_INTENT and any(
                each.parent_intent_signature == FALLBACK_INTENT for each in intents.values()
            ):
                self.notes.append(f"{raw['name']}: a further fallback intent is left out")
                continue
            intents[intent.name] = intent
        if not any(i.parent_intent_signature == FALLBACK_INTENT for i in intents.values()):
            intents[DEFAULT_FALLBACK_INTENT.name] = DEFAULT_FALLBACK_INTENT
        threshold = self.agent.get("mlMinConfidence")
        return BotLocale(
            identifier=identifier,
            nlu_confidence_threshold=(
                float(threshold) if isinstance(threshold, int | float) else 0.4
            ),
            intents=intents,
            slot_types=slot_types,
        )

    # --- entities ---------------------------------------------------------------------

    def slot_types(self, language: str) -> Iterator[tuple[str, SlotType]]:
        for stem, raw in self.documents("entities"):
            name = self.type_names.of(str(raw["name"]))
            if raw.get("isRegexp"):
                self.notes.append(
                    f'the entity "{raw["name"]}" is a regular expression: its patterns are left '
                    "out; AMAZON.AlphaNumeric with a regexFilter is near to it"
                )
            values = [
                SlotTypeValue(
                    sample_value=SampleValue(value=str(entry["value"])[:140]),
                    synonyms=tuple(
                        SampleValue(value=str(word)[:140])
                        for word in entry.get("synonyms") or ()
                        if word and word != entry["value"]
                    )
                    or None,
                )
                for entry in self.beside(stem, "entries", language)
                if entry.get("value") and not raw.get("isRegexp")
            ]
            closed = bool(values) and not raw.get("automatedExpansion")
            yield (
                name,
                SlotType(
                    name=name,
                    slot_type_values=tuple(values) or None,
                    value_selection_setting=ValueSelectionSetting(
                        resolution_strategy="TOP_RESOLUTION" if closed else "ORIGINAL_VALUE"
                    ),
                ),
            )

    def type_of(self, place: str, data_type: str, slot_types: dict[str, SlotType]) -> str:
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
        self, stem: str, raw: dict[str, Any], language: str, slot_types: dict[str, SlotType]
    ) -> Intent:
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
        closing = self.messages(title, response, language, names, slots)
        self.left_out(title, raw, response)
        webhook = bool(raw.get("webhookUsed"))
        if webhook:
            self.notes.append(
                f"{title}: its webhook is a code hook of Lex now: write it for the Lambda event "
                "of Lex V2, and name it under [[hooks]] in daehwa.toml"
            )
        return Intent(
            name=name,
            identifier=DEFAULT_FALLBACK_INTENT.identifier if fallback else None,
            parent_intent_signature=FALLBACK_INTENT if fallback else None,
            sample_utterances=None
            if fallback
            else self.samples(title, self.beside(stem, "usersays", language), names, slots),
            slots=slots,
            slot_priorities=tuple(
                SlotPriority(slot_name=slot, priority=number)
                for number, slot in enumerate(slots, start=1)
            ),
            intent_closing_setting=(
                IntentClosingSetting(closing_response=closing) if closing else None
            ),
            fulfillment_code_hook=FulfillmentCodeHook(enabled=webhook, is_active=True),
            dialog_code_hook=(
                DialogCodeHook(enabled=True) if raw.get("webhookForSlotFilling") else None
            ),
            input_contexts=None if fallback else self.input_contexts(title, raw),
            output_contexts=self.output_contexts(response),
        )

    def left_out(self, title: str, raw: dict[str, Any], response: dict[str, Any]) -> None:
        events = [each.get("name") for each in raw.get("events") or ()]
        if events:
            self.notes.append(
                f"{title}: its events ({', '.join(map(str, events))}) are left out; a page's "
                "greeting is [page] greeting in daehwa.toml"
            )
        if response.get("action"):
            self.notes.append(
                f'{title}: its action "{response["action"]}" is left out; code hooks see the '
                "intent's name"
            )
        if response.get("resetContexts"):
            self.notes.append(f"{title}: that it resets all contexts is left out")

    def input_contexts(self, title: str, raw: dict[str, Any]) -> tuple[InputContext, ...] | None:
        contexts = [str(each) for each in raw.get("contexts") or ()]
        if len(contexts) > _MOST_CONTEXTS:
            self.notes.append(f"{title}: of {len(contexts)} contexts Lex takes {_MOST_CONTEXTS}")
        return (
            tuple(
                InputContext(name=self.context_names.of(each)) for each in contexts[:_MOST_CONTEXTS]
            )
            or None
        )

    def output_contexts(self, response: dict[str, Any]) -> tuple[OutputContext, ...] | None:
        """Contexts that the intent sets; a life span of 0 ends one, which Lex cannot say."""
        contexts = []
        for each in response.get("affectedContexts") or ():
            turns = int(each.get("lifespan", 5) or 0)
            if turns > 0:
                name = self.context_names.of(str(each["name"]))
                contexts.append(OutputContext(name=name, turns_to_live=min(turns, _MOST_TURNS)))
            else:
                self.notes.append(f'that the context "{each["name"]}" is ended is left out')
        return tuple(contexts[:10]) or None

    def slot(
        self,
        title: str,
        names: FittingNames,
        raw: dict[str, Any],
        language: str,
        slot_types: dict[str, SlotType],
    ) -> tuple[str, Slot]:
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
        return name, Slot(
            name=name,
            slot_type_name=self.type_of(place, str(raw.get("dataType") or "@sys.any"), slot_types),
            value_elicitation_setting=SlotValueElicitationSetting(
                slot_constraint="Required" if required else "Optional",
                prompt_specification=(
                    PromptSpecification(message_groups_list=(_group(prompts),), max_retries=2)
                    if prompts
                    else None
                ),
                default_value_specification=(
                    DefaultValueSpecification(
                        default_value_list=(DefaultValue(default_value=default),)
                    )
                    if default
                    else None
                ),
            ),
            multiple_values_setting=(
                MultipleValuesSetting(allow_multiple_values=True) if raw.get("isList") else None
            ),
        )

    def samples(
        self,
        title: str,
        rows: Sequence[dict[str, Any]],
        names: FittingNames,
        slots: dict[str, Slot],
    ) -> tuple[SampleUtterance, ...] | None:
        texts: dict[str, None] = {}
        for row in rows:
            parts = row.get("data") or ()
            text = "".join(_spoken(part, names, slots) for part in parts)
            text = " ".join(text.split())
            if text and len(text) <= 500:  # noqa: PLR2004 - Lex's limit of an utterance
                texts.setdefault(text)
        if len(texts) > _MOST_SAMPLES:
            self.notes.append(f"{title}: of {len(texts)} phrases Lex takes {_MOST_SAMPLES}")
        return tuple(SampleUtterance(utterance=t) for t in list(texts)[:_MOST_SAMPLES]) or None

    def messages(
        self,
        title: str,
        response: dict[str, Any],
        language: str,
        names: FittingNames,
        slots: dict[str, Slot],
    ) -> ResponseSpecification | None:
        groups = []
        for message in response.get("messages") or ():
            if str(message.get("lang", language)).casefold() != language:
                continue
            speech = message.get("speech")
            if str(message.get("type")) not in ("0", "message") or not speech:
                if str(message.get("type")) not in ("0", "message"):
                    self.notes.append(
                        f"{title}: a rich message (type {message.get('type')}) is left out"
                    )
                continue
            texts = [speech] if isinstance(speech, str) else [str(each) for each in speech if each]
            texts = [
                _PARAMETER.sub(lambda match: _named(match[1], names, slots), text)[:_TEXT_LONGEST]
                for text in texts
            ]
            if len(texts) > 3:  # noqa: PLR2004 - a message and two variations
                self.notes.append(f"{title}: of {len(texts)} variations of a reply Lex takes 3")
            if texts:
                groups.append(_group(texts))
        return ResponseSpecification(message_groups_list=tuple(groups[:5])) if groups else None


def _spoken(part: dict[str, Any], names: FittingNames, slots: dict[str, Slot]) -> str:
    """A part of a phrase: its text, or the slot that stands for it."""
    text = str(part.get("text") or "")
    alias = part.get("alias")
    if alias and names.of(str(alias)) in slots:
        return f"{{{names.of(str(alias))}}}"
    return text.replace("{", "(").replace("}", ")")


def _named(parameter: str, names: FittingNames, slots: dict[str, Slot]) -> str:
    name = names.of(parameter)
    return f"{{{name}}}" if name in slots else f"${parameter}"


def _group(texts: Sequence[str]) -> MessageGroup:
    first, *others = (Message(plain_text_message=TextValue(value=text)) for text in texts)
    return MessageGroup(message=first, variations=tuple(others[:2]) or None)
