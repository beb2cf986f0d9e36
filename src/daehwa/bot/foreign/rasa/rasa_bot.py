"""Making a bot of Lex V2 of a Rasa assistant (2.x and 3.x, and the files of 1.x).

A slot of Rasa is known to the whole conversation, a slot of Lex to its intent: what another
intent's messages or conditions name is carried in a session attribute of the slot's name.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import msgspec

from daehwa.bot import slot_definition, values
from daehwa.bot.errors import FieldError
from daehwa.bot.foreign import lex_parts
from daehwa.bot.foreign.notes import FittingNames, Imported
from daehwa.bot.foreign.rasa.entity_types import EntityTypes
from daehwa.bot.foreign.rasa.rasa_files import RasaFiles, components
from daehwa.bot.foreign.rasa.rasa_intents import IntentMaker, Plot, homes_of
from daehwa.bot.foreign.rasa.rasa_report import RASAS_INTENTS, report
from daehwa.bot.foreign.rasa.rasa_responses import Responses
from daehwa.bot.foreign.rasa.rasa_slots import RasaSlots
from daehwa.bot.foreign.rasa.story_answers import StoryAnswer, StoryAnswers, StoryChoice, choose
from daehwa.bot.foreign.rasa.story_steps import stories
from daehwa.bot.foreign.rasa.training_examples import TrainingExamples
from daehwa.bot.foreign.recognising import ForeignBot
from daehwa.bot.language_locales import locale_for, locale_of_script
from daehwa.bot.yaml_reader import as_json

_FALLBACK: Final = "nlu_fallback"
_FALLBACK_MEMBERS: Final = (
    "fallback_action_name", "core_fallback_action_name", "fallback_core_action_name",
)  # fmt: skip
_LONGEST_IDLE: Final = 86_400


def from_rasa(foreign: ForeignBot, name: str) -> Imported:
    """The assistant in ``foreign`` as a bot, named ``name``.

    Raises:
        ArchiveError: there are several assistants.
        FieldError: there is no intent in it.
    """
    files = RasaFiles(foreign)
    examples = TrainingExamples(files)
    if not examples.intents:
        flows = any("flows" in read.value for read in files.training)
        why = "it has flows of CALM, which a language model runs" if flows else "no example"
        why = " ".join([f"{why}.", *files.faults]).rstrip(".")
        raise FieldError(
            f"this looks like an assistant of Rasa, but there is no intent in it: {why}.",
            file=files.root or "data/nlu.yml",
            field="nlu",
            cure="Give the folder that has domain.yml and data/.",
        )
    return _Assistant(files, examples, name).imported()


class _Assistant:
    """Makes the bot; the intents are made twice, since each has to know what others need."""

    def __init__(self, files: RasaFiles, examples: TrainingExamples, name: str) -> None:
        self.files = files
        self.examples = examples
        self.name = FittingNames("Bot").of(name[:60])
        self.notes: list[str] = []
        self.domain = files.domain

    def imported(self) -> Imported:
        first = self.plot(StoryChoices(self))
        self.intents(first)
        attributes = frozenset(first.attributes)
        self.notes = []
        plot = self.plot(StoryChoices(self), carried=attributes)
        intents = self.intents(plot)
        identifier = self.locale()
        bot = values.Bot(
            name=self.name,
            data_privacy=values.DataPrivacy(),
            idle_session_ttl_in_seconds=self.idle(),
            locales={
                identifier: values.BotLocale(
                    identifier=identifier,
                    intents=intents,
                    slot_types=self.used_types(plot, intents),
                )
            },
        )
        plot.slots.types.left_out()
        self.notes += report(plot, self.name, self.examples, self.started(plot))
        renamed = [
            *plot.intent_names.notes(),
            *plot.slot_names.notes(),
            *plot.slots.types.names.notes(),
        ]
        notes = dict.fromkeys(
            [*self.files.notes, *self.examples.notes, *self.notes, *plot.notes, *renamed]
        )
        return Imported("Rasa", bot, tuple(notes))

    def plot(self, choices: StoryChoices, carried: frozenset[str] = frozenset()) -> Plot:
        types = EntityTypes(self.examples, self.files.config, self.notes)
        slots = RasaSlots(self.files, types, self.notes)
        answers = StoryAnswers(stories(self.files, self.notes), slots.forms, slots.decides)
        self.notes += answers.notes
        chosen = choices.of(answers, slots)
        fillers = choices.fillers(slots, chosen)
        spoken = {name: choice for name, choice in chosen.items() if name not in fillers}
        every = [
            *spoken.values(),
            *(choose(each, slots.forms) for each in answers.submits.values()),
        ]
        return Plot(
            slots=slots,
            responses=Responses(self.domain["responses"], self.notes),
            answers=answers,
            choices=chosen,
            samples=self.examples.intents,
            intent_names=FittingNames("Intent"),
            slot_names=FittingNames("Slot"),
            homes=homes_of(spoken, slots),
            fillers=frozenset(fillers),
            contextual=any(branch.after for choice in every for branch in choice.branches),
            carried=carried,
            notes=self.notes,
        )

    # --- intents ----------------------------------------------------------------------

    def intents(self, plot: Plot) -> dict[str, values.Intent]:
        made: dict[str, values.Intent] = {}
        for intent, choice in plot.choices.items():
            if intent in plot.fillers or intent in RASAS_INTENTS:
                continue
            maker = IntentMaker(plot, intent, choice)
            each = maker.made()
            made |= {one.name: one for one in (each, *maker.further)}
            if choice.default is None:
                self.notes.append(
                    f"{self.place(intent)}: {intent}: no rule or story answers it; "
                    "write its closing response"
                )
        for form in self.started(plot):
            answer = StoryAnswer(actions=(form,), place=plot.slots.form_places[form])
            each = IntentMaker(plot, plot.homes.get(form, form), StoryChoice(answer)).made()
            made[each.name] = each
        return made | {each.name: each for each in self.fallback(plot)}

    def started(self, plot: Plot) -> Iterable[str]:
        """The forms that are begun only after something else, and so have no intent."""
        listed = [choice for name, choice in plot.choices.items() if name not in plot.fillers]
        listed += [choose(each, plot.slots.forms) for each in plot.answers.submits.values()]
        begun: dict[str, None] = {}
        for choice in listed:
            actions = [action for each in choice.branches for action in each.actions]
            actions += choice.default.actions if choice.default else ()
            begun |= dict.fromkeys(action for action in actions if action in plot.slots.forms)
        return [form for form in begun if form not in plot.homes]

    def fallback(self, plot: Plot) -> tuple[values.Intent, ...]:
        """FallbackIntent: a rule for nlu_fallback, a policy's action, or utter_default."""
        choice = plot.choices.get(_FALLBACK) or StoryChoice(None)
        if choice.default is None:
            named = [
                str(policy[member])
                for policy in components(self.files.config, "policies")
                for member in _FALLBACK_MEMBERS
                if policy.get(member)
            ]
            own = [each for each in named if each != "action_default_fallback"]
            action = next(
                (
                    each
                    for each in [*own, "utter_default"]
                    if each in plot.responses or each.startswith("action_")
                ),
                None,
            )
            if action is None:
                return (lex_parts.fallback_intent(None),)
            choice = StoryChoice(StoryAnswer(actions=(action,), place=self.files.config_file))
        maker = IntentMaker(plot, _FALLBACK, choice)
        maker.name, maker.early = "FallbackIntent", False
        made = maker.made()
        fallback = lex_parts.fallback_intent(
            made.intent_closing_setting, hook=made.fulfillment_code_hook
        )
        return fallback, *maker.further

    def place(self, intent: str) -> str:
        return self.examples.places.get(("intent", intent), intent)

    def used_types(
        self, plot: Plot, intents: dict[str, values.Intent]
    ) -> dict[str, slot_definition.SlotType]:
        named = {slot.slot_type_name for each in intents.values() for slot in each.slots.values()}
        return {name: t for name, t in plot.slots.types.types.items() if name in named}

    # --- the bot ----------------------------------------------------------------------

    def locale(self) -> str:
        language = str(self.files.config.get("language") or "")
        texts = [e.text for each in self.examples.intents.values() for e in each]
        by_script = locale_of_script(texts)
        identifier = locale_for(language) if language else None
        if by_script is not None and (identifier or "").partition("_")[0] != by_script[:2]:
            self.notes.append(
                f'{self.files.config_file}: the language is "{language}", but most examples are '
                f"written in that of {by_script}: this is the bot's locale"
            )
            return by_script
        if identifier is None:
            self.notes.append(
                f'{self.files.config_file}: Lex has no locale for the language "{language}": the '
                "bot's locale is en_US"
                if language
                else f"{self.files.config_file}: no language is given: the bot's locale is en_US"
            )
        return identifier or "en_US"

    def idle(self) -> int:
        """The seconds after which a session is forgotten; 0 of Rasa is without end."""
        source = self.domain["session_config"].get("session_expiration_time")
        minutes = as_json(source.value) if source else 60
        if source is None or not isinstance(minutes, int | float):
            return 3600
        if minutes <= 0:
            self.notes.append(
                f"{source.place}: sessions of Rasa without end are forgotten after a day in Lex"
            )
            return _LONGEST_IDLE
        return int(min(max(minutes * 60, 60), _LONGEST_IDLE))


class StoryChoices(msgspec.Struct):
    """Which answer each intent of an assistant has, and which intents only fill slots."""

    assistant: Any

    def of(self, answers: StoryAnswers, slots: RasaSlots) -> dict[str, StoryChoice]:
        """The choice of each intent that has examples, and of the fallback."""
        chosen: dict[str, StoryChoice] = {}
        for intent in self.assistant.examples.intents:
            own = answers.intents.get(intent) or self.triggered(intent)
            base = intent.partition("/")[0]
            if own is None and base != intent:
                own = answers.intents.get(base) or [
                    StoryAnswer(actions=(f"utter_{base}",), place=self.assistant.place(intent))
                ]
            chosen[intent] = choose(own or (), slots.forms)
        if _FALLBACK in answers.intents:
            chosen[_FALLBACK] = choose(answers.intents[_FALLBACK], slots.forms)
        return chosen

    def triggered(self, intent: str) -> list[StoryAnswer] | None:
        """The action that the domain of Rasa 1 gives to an intent (``triggers``)."""
        source = self.assistant.domain["intents"].get(intent)
        action = source.value.get("triggers") if source and isinstance(source.value, dict) else None
        return (
            [StoryAnswer(actions=(str(action),), place=source.place, sure=True)] if action else None
        )

    def fillers(self, slots: RasaSlots, chosen: dict[str, StoryChoice]) -> set[str]:
        """Intents without an answer that stand for a slot's value, or bring a form's slots."""
        valued = slots.intents_of_values()
        fillers = set()
        for intent, choice in chosen.items():
            if choice.default is not None or intent == _FALLBACK:
                continue
            keys = {
                slots.of_entity(entity.key)
                for example in self.assistant.examples.intents.get(intent, ())
                for entity in example.entities
            }
            if intent in valued or any(slots.in_form(slot) for slot in keys):
                fillers.add(intent)
        return fillers
