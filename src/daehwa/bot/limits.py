"""The limits of Lex V2: a bot that keeps them here does not fail there.

Source: botocore's service model ``lexv2-models`` 2020-08-07, and the quotas of the Lex V2
guide (500 characters an utterance, 1,500 utterances and 100 slots an intent, 10,000 values
and synonyms a slot type, 1,000 intents a locale in English and 250 in others).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

import msgspec

from daehwa.bot import flow_values, slot_definition, values
from daehwa.bot.fields import fields
from daehwa.bot.problems import Problem, error
from daehwa.bot.signatures import BUILT_IN
from daehwa.bot.tree import walk

MAX_SLOTS: Final = 100
MAX_SLOT_TYPE_VALUES: Final = 10_000
MAX_GRAMMAR_BYTES: Final = 100 * 1024
MAX_INTENTS: Final = 250
MAX_INTENTS_ENGLISH: Final = 1_000

_NAME: Final = re.compile(r"([0-9a-zA-Z][_-]?){1,100}")
_NAMED: Final = (values.Bot, values.Intent, slot_definition.Slot, flow_values.ConditionalBranch)


class _Limit(NamedTuple):
    """The least and the most of a text's characters, a list's items, or a number."""

    least: float
    most: float


_LIMITS: Final[dict[type, dict[str, _Limit]]] = {
    values.Bot: {
        "description": _Limit(0, 2_000),
        "idle_session_ttl_in_seconds": _Limit(60, 86_400),
    },
    values.BotLocale: {
        "description": _Limit(0, 2_000),
        "nlu_confidence_threshold": _Limit(0, 1),
    },
    values.Intent: {
        "description": _Limit(0, 2_000),
        "sample_utterances": _Limit(0, 1_500),
        "input_contexts": _Limit(0, 5),
        "output_contexts": _Limit(0, 10),
    },
    values.OutputContext: {
        "time_to_live_in_seconds": _Limit(5, 86_400),
        "turns_to_live": _Limit(1, 20),
    },
    values.SlotPriority: {"priority": _Limit(0, 100)},
    slot_definition.Slot: {"description": _Limit(0, 2_000)},
    slot_definition.SlotValueElicitationSetting: {"sample_utterances": _Limit(0, 10)},
    slot_definition.DefaultValueSpecification: {"default_value_list": _Limit(0, 10)},
    slot_definition.DefaultValue: {"default_value": _Limit(1, 202)},
    slot_definition.SampleUtterance: {"utterance": _Limit(1, 500)},
    slot_definition.SlotType: {"description": _Limit(0, 2_000)},
    slot_definition.SampleValue: {"value": _Limit(1, 140)},
    slot_definition.RegexFilter: {"pattern": _Limit(1, 300)},
    slot_definition.CompositeSlotTypeSetting: {"sub_slots": _Limit(1, 6)},
    slot_definition.SubSlotSetting: {"expression": _Limit(0, 640)},
    flow_values.PromptSpecification: {
        "message_groups_list": _Limit(1, 5),
        "max_retries": _Limit(0, 5),
    },
    flow_values.ResponseSpecification: {"message_groups_list": _Limit(1, 5)},
    flow_values.MessageGroup: {"variations": _Limit(0, 2)},
    flow_values.TextValue: {"value": _Limit(1, 1_000)},
    flow_values.ImageResponseCard: {
        "title": _Limit(1, 250),
        "subtitle": _Limit(1, 250),
        "image_url": _Limit(1, 250),
        "buttons_list": _Limit(0, 5),
    },
    flow_values.Button: {"text": _Limit(1, 50), "value": _Limit(1, 50)},
    flow_values.FulfillmentStartResponseSpecification: {
        "delay_in_seconds": _Limit(1, 900),
        "message_groups": _Limit(1, 5),
    },
    flow_values.FulfillmentUpdateResponseSpecification: {
        "frequency_in_seconds": _Limit(1, 900),
        "message_groups": _Limit(1, 5),
    },
    flow_values.FulfillmentUpdatesSpecification: {"timeout_in_seconds": _Limit(1, 900)},
    slot_definition.StillWaitingResponseSpecification: {
        "message_groups_list": _Limit(1, 5),
        "frequency_in_seconds": _Limit(1, 300),
        "timeout_in_seconds": _Limit(1, 900),
    },
    flow_values.Conditional: {"conditional_branches": _Limit(1, 4)},
    flow_values.Condition: {"expression_string": _Limit(1, 1_024)},
}


def beyond_limits(value: msgspec.Struct, file: str) -> Iterator[Problem]:
    """Whatever in the value, which stands at the root of its file, Lex would not take."""
    for path, inner in walk(value):
        if isinstance(inner, _NAMED) and not _NAME.fullmatch(inner.name):
            yield error(
                "bad-name",
                file,
                f"{path}.name",
                f'Lex does not take the name "{inner.name}".',
                _naming_cure(inner),
            )
        kind: type[msgspec.Struct] = type(inner)
        bounded = _LIMITS.get(kind, {})
        for field in fields(kind).values() if bounded else ():
            limit = bounded.get(field.attribute)
            if limit is not None:
                member = getattr(inner, field.attribute)
                yield from _beyond(member, limit, file, f"{path}.{field.name}")


def _naming_cure(
    named: values.Bot | values.Intent | slot_definition.Slot | flow_values.ConditionalBranch,
) -> str:
    if isinstance(named, values.Intent) and named.name.startswith(BUILT_IN):
        return (
            f'Name it "{named.name.removeprefix(BUILT_IN)}", and make it the built-in one '
            f"(parentIntentSignature; in a project `builtin: {named.name}`)."
        )
    return "Use up to 100 letters a-z and digits, with single _ or - between them."


def _beyond(member: Any, limit: _Limit, file: str, field: str) -> Iterator[Problem]:
    if member is None:
        return
    if isinstance(member, str | tuple):
        amount: float = len(member)
        unit = " characters" if isinstance(member, str) else " items"
    else:
        amount, unit = member, ""
    if limit.least <= amount <= limit.most:
        return
    if unit and amount == 0:
        yield error("empty-value", file, field, "this is empty.", "Fill it, or remove it.")
        return
    bound = f"at most {limit.most:,}" if amount > limit.most else f"at least {limit.least:,}"
    message = f"this has {amount:,}{unit}" if unit else f"this is {amount:,}"
    cure = "Shorten it." if unit else f"Write {bound}."
    yield error("over-limit", file, field, f"{message}; Lex takes {bound}.", cure)
