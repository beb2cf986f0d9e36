"""The intents of a Rasa assistant as intents of Lex: samples, slots, and what they answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import msgspec

from daehwa.bot import flow_values, slot_definition, values
from daehwa.bot.checks.texts import normal_form, words_of
from daehwa.bot.foreign import lex_parts
from daehwa.bot.foreign.notes import FittingNames
from daehwa.bot.foreign.rasa.annotated_text import TrainingExample
from daehwa.bot.foreign.rasa.answer_branches import Way, alternatives, spread
from daehwa.bot.foreign.rasa.entity_types import FREE_FORM
from daehwa.bot.foreign.rasa.rasa_replies import Replies
from daehwa.bot.foreign.rasa.rasa_responses import Responses, SlotReferences, attribute_name
from daehwa.bot.foreign.rasa.rasa_slots import RasaSlots, entity_keys, with_slots
from daehwa.bot.foreign.rasa.story_answers import (
    Branch,
    StoryAnswer,
    StoryAnswers,
    StoryChoice,
    begins,
    choose,
)
from daehwa.bot.foreign.rasa.story_steps import ANY

LAST_ANSWER: Final = "last_answer"
"""The session attribute that holds the last action, on which later answers depend."""

_MOST_RETRIES: Final = 5
_MOST_SLOT_SAMPLES: Final = 10
_RASAS_OWN: Final = {
    "action_restart": "a new session starts the conversation over",
    "action_back": "Lex does not take a turn back",
    "action_session_start": "a page's greeting is [page] greeting in daehwa.toml",
    "action_default_ask_affirmation": "Lex asks by its intent disambiguation",
    "action_default_ask_rephrase": "Lex asks by its intent disambiguation",
}


class Plot(msgspec.Struct, kw_only=True):
    """What all intents share: the parts of the assistant, and what was decided of it."""

    slots: RasaSlots
    responses: Responses
    answers: StoryAnswers
    choices: dict[str, StoryChoice]
    samples: dict[str, list[TrainingExample]]
    intent_names: FittingNames
    slot_names: FittingNames
    homes: dict[str, str]
    fillers: frozenset[str]
    contextual: bool = False
    carried: frozenset[str] = frozenset()
    attributes: set[str] = msgspec.field(default_factory=set)
    hooks: dict[str, list[str]] = msgspec.field(default_factory=dict)
    notes: list[str] = msgspec.field(default_factory=list)


class IntentMaker:
    """Makes one intent of Lex."""

    def __init__(self, plot: Plot, intent: str, choice: StoryChoice) -> None:
        self.plot = plot
        self.intent = intent
        self.choice = choice
        self.name = plot.intent_names.of(intent)
        self.examples = plot.samples.get(intent, [])
        self.shown = intent if intent in plot.answers.intents else intent.partition("/")[0]
        self.form = begins(choice.default, plot.slots.forms, alone=not choice.branches)
        self.keys = {key: plot.slots.of_entity(key) for key in entity_keys(self.examples)}
        self.early = self.form is None
        self.wanted = plot.slots.forms.get(self.form, []) if self.form else []
        own = dict.fromkeys([*self.wanted, *self.keys.values()])
        self.names = {slot: plot.slot_names.of(slot) for slot in own}
        literals = {
            slot: initial
            for slot in plot.slots.slots
            if plot.slots.only_in_code(slot) and (initial := plot.slots.initial(slot))
        }
        self.wording = SlotReferences(self.names, literals)
        self.replies = Replies(plot.slots, plot.samples)
        self.hook: list[str] = []
        self.branched: values.InitialResponseSetting | None = None
        self.further: tuple[values.Intent, ...] = ()

    def note(self, line: str) -> None:
        """Take a line for the report."""
        self.plot.notes.append(line)

    def made(self) -> values.Intent:
        """The intent, with its slots by name."""
        closing = self.closing()
        opening = self.opening()
        slots = {self.names[slot]: self.slot(slot) for slot in self.names}
        free = {name for name, slot in slots.items() if slot.slot_type_name == FREE_FORM}
        in_samples = {
            key: self.names[slot] for key, slot in self.keys.items() if self.names[slot] not in free
        }
        self.plot.attributes |= self.wording.attributes
        for action in dict.fromkeys(self.hook):
            self.plot.hooks.setdefault(action, []).append(self.name)
        asks = any(f"action_ask_{slot}" in self.plot.slots.files.domain["actions"]
                   for slot in self.wanted)  # fmt: skip
        validates = (
            self.form is not None
            and f"validate_{self.form}" in self.plot.slots.files.domain["actions"]
        )
        if validates:
            self.plot.hooks.setdefault(f"validate_{self.form}", []).append(self.name)
        return values.Intent(
            name=self.name,
            sample_utterances=lex_parts.samples(
                (with_slots(example, in_samples) for example in self.examples),
                self.intent,
                self.note,
            ),
            slots=slots,
            slot_priorities=lex_parts.slot_priorities(slots),
            initial_response_setting=opening,
            intent_closing_setting=closing,
            fulfillment_code_hook=(
                flow_values.FulfillmentCodeHook(enabled=True, is_active=True) if self.hook else None
            ),
            dialog_code_hook=flow_values.DialogCodeHook(enabled=True)
            if asks or validates
            else None,
        )

    # --- what is answered -------------------------------------------------------------

    def opening(self) -> values.InitialResponseSetting | None:
        """What is said before the first slot of a form is asked for, or branches."""
        if self.form is None or self.choice.default is None:
            return self.branched
        actions = self.choice.default.actions
        before = actions[: actions.index(self.form)]
        spoken = lex_parts.response(self.says(before, self.choice.default.place)[-1][1])
        return values.InitialResponseSetting(initial_response=spoken) if spoken else None

    def ending(self) -> tuple[tuple[str, ...], str, StoryChoice]:
        """What is done in the end: after a form what follows it, else the answer."""
        choice = self.choice
        default = choice.default
        actions: tuple[str, ...] = default.actions if default else ()
        place = default.place if default else self.intent
        if self.form is None:
            return actions, place, choice
        self.leave_out(choice.branches, "while its form is asked")
        self.leave_out(choice.left, "while its form is asked")
        submits = choose(self.plot.answers.submits.get(self.form, ()), self.plot.slots.forms)
        after = actions[actions.index(self.form) + 1 :]
        if submits.default is not None:
            return (*after, *submits.default.actions), submits.default.place, submits
        return after, place, submits

    def leave_out(self, answers: tuple[Branch, ...] | tuple[StoryAnswer, ...], why: str) -> None:
        """Name answers that are not carried."""
        for each in answers:
            self.note(
                f"{each.place}: {self.shown}: the answer {', '.join(each.actions)} is left out "
                f"({why})"
            )

    def closing(self) -> values.IntentClosingSetting | None:
        """The last words: one answer, or branches by what was said before and by slots."""
        actions, place, choice = self.ending()
        ways = [way for each in choice.branches for way in self.ways(each)]
        self.leave_out(choice.left, "nothing tells it apart from the one that is carried")
        *conditional, (_, groups) = self.says(actions, place)
        ways += [
            Way(
                self.expression((), conditions), lex_parts.response(spoken), self.next_step(actions)
            )
            for conditions, spoken in conditional
        ]
        step = self.next_step(actions)
        default = lex_parts.response(groups)
        if not ways:
            if default is None and (step is None or not self.names):
                return None
            return values.IntentClosingSetting(closing_response=default, next_step=step)
        made = spread(
            ways,
            default,
            step,
            early=self.early,
            names=None if self.names or self.hook else self.further_name,
        )
        if made.left:
            self.note(
                f"{place}: {self.shown}: more answers than Lex takes; left out: "
                + "; ".join(way.expression for way in made.left)
            )
        self.branched = made.opening
        self.further = made.further
        return made.closing

    def further_name(self, number: int) -> str:
        """The name of an intent that has the further answers of this one."""
        return self.plot.intent_names.of(f"{self.intent}_further_{number}")

    def ways(self, branch: Branch) -> list[Way]:
        """The conditions of an answer, what it says, and where it leads."""
        hooked = len(self.hook)
        made = self.says(branch.actions, branch.place)
        return [
            Way(
                expression,
                lex_parts.response(groups),
                self.next_step(branch.actions),
                hooked=len(self.hook) > hooked,
            )
            for conditions, groups in made
            for expression in self.expressions(branch.after, (*branch.conditions, *conditions))
        ]

    def expressions(
        self, after: tuple[str, ...], conditions: tuple[tuple[str, str | None], ...]
    ) -> list[str]:
        """Conditions of Lex for what was said last and the slots' values."""
        return alternatives(after, lambda names: self.expression(tuple(names), conditions))

    def expression(
        self, after: tuple[str, ...], conditions: tuple[tuple[str, str | None], ...]
    ) -> str:
        """A condition of Lex: what was said last, and the slots' values."""
        before = " OR ".join(f'[{LAST_ANSWER}] = "{_quoted(each)}"' for each in after)
        parts = [f"({before})" if len(after) > 1 and conditions else before] if before else []
        for name, value in conditions:
            reference = self.wording.reference(name)
            if value is None:
                parts.append(f"NOT fn.IS_SET({reference})")
            elif value == ANY:
                parts.append(f"fn.IS_SET({reference})")
            else:
                parts.append(f'{reference} = "{_quoted(value)}"')
        return " AND ".join(parts)

    def next_step(self, actions: tuple[str, ...]) -> flow_values.DialogState | None:
        """Remember what was done and the slots that others need; start another form."""
        attributes: dict[str, str | None] = {}
        if self.plot.contextual and actions:
            attributes[LAST_ANSWER] = _quoted(actions[-1])
        for slot in self.names:
            if slot in self.plot.carried:
                attributes[attribute_name(slot)] = f"{{{self.names[slot]}}}"
        form = next((a for a in actions if a in self.plot.slots.forms and a != self.form), None)
        if form is not None:
            return flow_values.DialogState(
                dialog_action=flow_values.StepAction(type="StartIntent"),
                intent=flow_values.IntentOverride(
                    name=self.plot.intent_names.of(self.plot.homes.get(form, form))
                ),
                session_attributes=attributes or None,
            )
        if not attributes:
            return None
        return flow_values.DialogState(
            dialog_action=flow_values.StepAction(type="EndConversation"),
            session_attributes=attributes,
        )

    def says(
        self, actions: tuple[str, ...], place: str
    ) -> list[tuple[tuple[tuple[str, str | None], ...], list[flow_values.MessageGroup]]]:
        """The messages of actions, by the slots they depend on; the last without any."""
        ways: list[
            tuple[tuple[tuple[str, str | None], ...], list[flow_values.MessageGroup]]
        ] = [((), [])]  # fmt: skip
        for action in actions:
            options = self.options(action, place)
            ways = [
                ((*conditions, *more), [*groups, *spoken])
                for conditions, groups in ways
                for more, spoken in options
            ]
        return [
            (conditions, list(lex_parts.groups_within(groups, f"{place}: {self.shown}", self.note)))
            for conditions, groups in ways
        ]

    def options(
        self, action: str, place: str
    ) -> list[tuple[tuple[tuple[str, str | None], ...], list[flow_values.MessageGroup]]]:
        """What one action says: nothing for a code hook, several texts for a conditional one."""
        name = self.response_of(action)
        if name is not None:
            return self.conditional(name)
        if action in self.plot.answers.bot_texts:
            texts = self.plot.answers.bot_texts[action]
            messages = [lex_parts.plain(self.wording.text(text)) for text in texts if text.strip()]
            return [((), [lex_parts.group(messages, place, self.note)] if messages else [])]
        if action in _RASAS_OWN:
            self.note(f"{place}: {self.shown}: {action} is left out: {_RASAS_OWN[action]}")
        elif action.startswith("utter_"):
            self.note(f"{place}: {self.shown}: the response {action} is not there")
        elif action not in self.plot.slots.forms:
            self.hook.append(action)
        return [((), [])]

    def response_of(self, action: str) -> str | None:
        """The response that an action says; of a retrieval intent, its own."""
        base = self.intent.partition("/")[0]
        own = f"utter_{self.intent}"
        if "/" in self.intent and action in (f"utter_{base}", f"respond_{base}", own):
            return own if own in self.plot.responses else None
        if action == "action_default_fallback":
            action = "utter_default"
        return action if action in self.plot.responses else None

    def conditional(
        self, name: str
    ) -> list[tuple[tuple[tuple[str, str | None], ...], list[flow_values.MessageGroup]]]:
        """The texts of a response: for each condition, and at last whatever holds."""
        responses = self.plot.responses
        variations = responses.variations(name, self.wording, self.replies.of_button)
        kinds = list(dict.fromkeys(each.conditions for each in variations if each.conditions))
        made = [
            (
                kind,
                responses.grouped(
                    [each for each in variations if each.conditions == kind], responses.place(name)
                ),
            )
            for kind in kinds
        ]
        always = [each for each in variations if not each.conditions]
        return [*made, ((), responses.grouped(always, responses.place(name)))]

    # --- slots ------------------------------------------------------------------------

    def slot(self, slot: str) -> slot_definition.Slot:
        """A slot: what a form wants is required and asked for."""
        slots = self.plot.slots
        key = next((key for key, each in self.keys.items() if each == slot), None)
        kind = slots.type_of(slot, key)
        wanted = slot in self.wanted
        prompt = self.prompt(slot) if wanted else None
        self.accept_buttons(prompt, kind)
        default = slots.triggered(slot, self.intent) or (slots.initial(slot) if wanted else None)
        return slot_definition.Slot(
            name=self.names[slot],
            slot_type_name=kind,
            value_elicitation_setting=slot_definition.SlotValueElicitationSetting(
                slot_constraint="Required" if wanted else "Optional",
                prompt_specification=prompt,
                default_value_specification=lex_parts.default_values(default) if default else None,
                sample_utterances=self.slot_samples(slot) if wanted and kind != FREE_FORM else None,
            ),
            multiple_values_setting=(
                slot_definition.MultipleValuesSetting(allow_multiple_values=True)
                if slots.is_list(slot)
                else None
            ),
        )

    def prompt(self, slot: str) -> flow_values.PromptSpecification:
        """The question for a slot, by Rasa's names for it."""
        names = (f"utter_ask_{self.form}_{slot}", f"utter_ask_{slot}")
        name = next((each for each in names if each in self.plot.responses), None)
        groups: list[flow_values.MessageGroup] = []
        if name is not None:
            groups = self.plot.responses.groups(
                name, self.wording, self.replies.of_button_for(slot)
            )
        if not groups:
            place = self.plot.slots.form_places.get(self.form or "", self.intent)
            self.note(
                f"{place}: nothing in the domain asks for {slot} (utter_ask_{slot}); "
                "write its prompt, which is its name now"
            )
            groups = [
                flow_values.MessageGroup(message=lex_parts.plain(f"{slot.replace('_', ' ')}?"))
            ]
        return flow_values.PromptSpecification(
            message_groups_list=lex_parts.groups_within(groups, slot, self.note),
            max_retries=_MOST_RETRIES,
        )

    def accept_buttons(self, prompt: flow_values.PromptSpecification | None, kind: str) -> None:
        """Have the type of a slot take whatever the buttons of its prompt send."""
        made = self.plot.slots.types.types.get(kind)
        known = {normal_form(word) for word, _ in words_of(made)} if made else set()
        for group in prompt.message_groups_list if prompt else ():
            for message in (group.message, *(group.variations or ())):
                card = message.image_response_card
                for button in (card.buttons_list if card else None) or ():
                    if normal_form(button.value) not in known:
                        self.plot.slots.types.open_to_any(
                            kind,
                            f'the button "{button.text}" sends something that is not a value of it',
                        )

    def slot_samples(self, slot: str) -> tuple[slot_definition.SampleUtterance, ...] | None:
        """Ways to reply with the slot, from the examples of intents that only fill slots."""
        texts: dict[str, None] = {}
        for intent in sorted(self.plot.fillers):
            for example in self.plot.samples.get(intent, ()):
                keys = {e.key: self.plot.slots.of_entity(e.key) for e in example.entities}
                if list(keys.values()) != [slot]:
                    continue
                text = with_slots(example, dict.fromkeys(keys, self.names[slot]))
                if text != f"{{{self.names[slot]}}}":
                    texts.setdefault(text)
        return lex_parts.samples(list(texts)[:_MOST_SLOT_SAMPLES], slot, self.note)


def homes_of(choices: Mapping[str, StoryChoice], slots: RasaSlots) -> dict[str, str]:
    """The intent that each form belongs to: the first that starts it whatever went before."""
    homes: dict[str, str] = {}
    for intent, choice in choices.items():
        form = begins(choice.default, slots.forms, alone=not choice.branches)
        if form is not None:
            homes.setdefault(form, intent)
    return homes


def _quoted(text: str) -> str:
    return text.removeprefix("bot:").replace('"', "'").replace("\\", "/")[:100]
