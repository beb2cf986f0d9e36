"""What of a Rasa assistant is left to code, and what was read and has no place in Lex."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from daehwa.bot.foreign.rasa.rasa_files import components, place_of
from daehwa.bot.foreign.rasa.rasa_intents import Plot
from daehwa.bot.foreign.rasa.rasa_responses import attribute_name
from daehwa.bot.foreign.rasa.training_examples import TrainingExamples
from daehwa.bot.yaml_reader import as_json

RASAS_INTENTS: Final = frozenset({"nlu_fallback", "session_start", "restart", "back"})
"""Intents that Rasa itself makes or knows."""

_OF_POLICIES: Final = ("use_entities", "ignore_entities")


def report(
    plot: Plot, name: str, examples: TrainingExamples, started: Iterable[str]
) -> Iterator[str]:
    """The lines of the report; ``started`` are the forms that got an intent of their own."""
    yield from _hooks(plot, name)
    yield from _config(plot)
    yield from _responses_and_intents(plot, examples)
    yield from _slots(plot)
    yield from _forms(plot, set(started))
    for text, place in plot.answers.texts:
        yield (
            f'{place}: the user\'s text "{text[:60]}" in a story is left out; a sample of an '
            "intent can say it"
        )
    for read in plot.slots.files.training:
        for flow in read.value.get("flows") or ():
            yield (
                f"{place_of(read, ('flows', flow))}: the flow {flow} is left out: a language "
                "model runs it in Rasa"
            )


def _hooks(plot: Plot, name: str) -> Iterator[str]:
    for action, named in plot.hooks.items():
        code = plot.slots.files.action_place(action)
        where = f" (now {code})" if code else ""
        yield (
            f"{', '.join(dict.fromkeys(named))}: the custom action {action}{where} is a code hook "
            "of Lex now"
        )
    if plot.hooks:
        yield (
            "code hooks get the Lambda event of Lex V2: write them for it, and name them under "
            f'[[hooks]] in daehwa.toml, with bot = "{name}"'
        )


def _config(plot: Plot) -> Iterator[str]:
    files = plot.slots.files
    pipeline = components(files.config, "pipeline")
    if pipeline:
        names = ", ".join(str(each.get("name")).rpartition(".")[2] for each in pipeline)
        yield f"{files.config_file}: the pipeline ({names}) is left out: Lex has its own"
    policies = components(files.config, "policies")
    if policies:
        names = ", ".join(str(each.get("name")) for each in policies)
        yield (
            f"{files.config_file}: the policies ({names}) are left out: of the stories, what "
            "follows an intent is carried, and what was done last before it"
        )
    for each in pipeline:
        if str(each.get("name")) == "FallbackClassifier" and each.get("threshold") is not None:
            yield (
                f"{files.config_file}: the FallbackClassifier's threshold {each['threshold']} is "
                "left out: scores of two models cannot be compared; Lex's default is 0.4"
            )


def _responses_and_intents(plot: Plot, examples: TrainingExamples) -> Iterator[str]:
    domain = plot.slots.files.domain
    unused = [name for name in domain["responses"] if name not in plot.responses.used]
    if unused:
        shown = ", ".join(f"{name} ({domain['responses'][name].place})" for name in unused)
        yield f"responses that no rule, story or form says are left out: {shown}"
    for intent in sorted(plot.fillers):
        place = examples.places.get(("intent", intent), intent)
        yield (
            f"{place}: {intent} has no answer of its own and fills slots: its examples are ways "
            "to reply to a prompt, not an intent"
        )
    missing = [
        f"{name} ({source.place})"
        for name, source in domain["intents"].items()
        if name not in examples.intents
        and name not in RASAS_INTENTS
        and not any(each.startswith(f"{name}/") for each in examples.intents)
    ]
    if missing:
        yield f"intents without an example are left out: {', '.join(missing)}"
    steered = [
        name
        for name, source in domain["intents"].items()
        if isinstance(source.value, dict) and any(each in source.value for each in _OF_POLICIES)
    ]
    if steered:
        yield f"which entities {', '.join(steered)} use is left out: it steers Rasa's policies"


def _slots(plot: Plot) -> Iterator[str]:
    idle = []
    for slot, source in plot.slots.slots.items():
        if not plot.slots.only_in_code(slot) or slot == "requested_slot":
            continue
        if slot in plot.carried:
            yield (
                f"{source.place}: the slot {slot} is set by custom actions: have the code hook "
                f"set the session attribute {attribute_name(slot)}"
            )
        else:
            initial = plot.slots.initial(slot)
            shown = f", which is {initial} in messages" if initial else ""
            idle.append(f"{slot} ({source.place}{shown})")
    if idle:
        yield f"slots that custom actions alone set and read are left out: {', '.join(idle)}"
    carry = plot.slots.files.domain["session_config"].get("carry_over_slots_to_new_session")
    if carry is not None and as_json(carry.value) is True:
        yield f"{carry.place}: slots are not carried over into a new session of Lex"


def _forms(plot: Plot, started: set[str]) -> Iterator[str]:
    for form, place in plot.slots.form_places.items():
        if form not in plot.homes and form not in started:
            yield f"{place}: no rule or story begins the form {form}: it is left out"
