"""Checking how an intent's conversation goes: messages, conditions, next steps."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, Final

import msgspec

from daehwa.bot.fields import fields
from daehwa.bot.flow_values import (
    Conditional,
    ConditionalBranch,
    DialogCodeHookInvocationSetting,
    DialogState,
    IntentOverride,
    Message,
)
from daehwa.bot.problems import Problem, error, warning
from daehwa.bot.slot_definition import (
    Slot,
)
from daehwa.bot.slot_signs import FULL_WIDTH_BRACES, slot_sign_problems
from daehwa.bot.tree import walk
from daehwa.bot.values import (
    Intent,
)

# A message's {Slot}; what else stands in braces is taken for text.
_SLOT_IN_TEXT: Final = re.compile(r"\{([A-Za-z][\w-]*)\}")
# What other systems, and a full-width keyboard, write for {Slot}; here it is shown as it stands.
_OTHER_SIGNS: Final = (
    r"\{\{\s*(\w+)\s*\}\}", r"<\s*(\w+)\s*>", r"%(\w+)%",
    r"\$(\w+)", r"\{slots?\.(\w+)\}",
    FULL_WIDTH_BRACES,
)  # fmt: skip
# {Slot}, {Composite.part} or {Intent.Slot} in a condition, outside of its quoted texts.
_SLOT_IN_CONDITION: Final = re.compile(r'"[^"]*"|\{([^{}"]*)\}')
_NEXT_STEP: Final = "next_step"


def flow_problems(intent: Intent, place: Intent | Slot, file: str) -> Iterator[Problem]:
    """What is wrong with the conversation in the file of the intent or of one of its slots."""
    for path, value in walk(place):
        check = _CHECKS.get(type(value))
        if check is not None:
            yield from check(intent, value, file, path)
        if isinstance(value, msgspec.Struct):
            yield from _steps_without_target(value, file, path)


def _message(intent: Intent, message: Message, file: str, path: str) -> Iterator[Problem]:
    kinds = (
        message.plain_text_message,
        message.ssml_message,
        message.custom_payload,
        message.image_response_card,
    )
    if sum(kind is not None for kind in kinds) != 1:
        yield error(
            "message-kind",
            file,
            path,
            "a message has to be exactly one of plain text, SSML, custom payload and card.",
            "Keep one of them, and write null for the others.",
        )
    for place, text in _texts(message):
        for match in _SLOT_IN_TEXT.finditer(text):
            if match[1] not in intent.slots:
                yield warning(
                    "unknown-slot-in-message",
                    file,
                    f"{path}.{place}",
                    f'there is no slot "{match[1]}" in the intent "{intent.name}"; '
                    "nothing is shown in its place.",
                    "Check its spelling.",
                )
        if not place.startswith("ssml"):  # there < and > are signs of SSML's own
            yield from _other_signs(intent, text, file, f"{path}.{place}")


def _texts(message: Message) -> Iterator[tuple[str, str]]:
    """The texts of a message that may name slots, each with its place in it."""
    if message.plain_text_message is not None:
        yield "plainTextMessage.value", message.plain_text_message.value
    if message.ssml_message is not None:
        yield "ssmlMessage.value", message.ssml_message.value
    card = message.image_response_card
    if card is not None:
        yield "imageResponseCard.title", card.title
        yield "imageResponseCard.subtitle", card.subtitle or ""
        for index, button in enumerate(card.buttons_list or ()):
            place = f"imageResponseCard.buttonsList[{index}]"
            yield f"{place}.text", button.text
            yield f"{place}.value", button.value


def _other_signs(intent: Intent, text: str, file: str, field: str) -> Iterator[Problem]:
    """Slots in the signs of other systems: ``{{Day}}``, ``<Day>``, ``$Day``, ``｛Day｝``."""
    yield from slot_sign_problems(
        text,
        _OTHER_SIGNS,
        intent.slots,
        file=file,
        field=field,
        shown="is sent with these signs, and not as the slot's value alone",
    )


def _conditional(
    intent: Intent, conditional: Conditional, file: str, path: str
) -> Iterator[Problem]:
    del intent
    names = [branch.name for branch in conditional.conditional_branches]
    for index, name in enumerate(names):
        if name in names[:index]:
            yield error(
                "branch-name-twice",
                file,
                f"{path}.conditionalBranches[{index}].name",
                f'another branch has the name "{name}", too.',
                "Rename one of them.",
            )
    if conditional.is_active and conditional.default_branch is None:
        yield error(
            "no-default-branch",
            file,
            f"{path}.defaultBranch",
            "there is no branch for the case that no condition holds.",
            "Add a default branch.",
        )


def _branch(intent: Intent, branch: ConditionalBranch, file: str, path: str) -> Iterator[Problem]:
    field = f"{path}.condition.expressionString"
    expression = branch.condition.expression_string
    for match in _SLOT_IN_CONDITION.finditer(expression):
        name = (match[1] or "").strip()
        if name and "." not in name and name not in intent.slots:
            yield error(
                "unknown-slot-in-condition",
                file,
                field,
                f'there is no slot "{name}" in the intent "{intent.name}".',
                "Check its spelling; the condition never holds as it is.",
            )
    bare = re.sub(r'"[^"]*"', "", expression)
    if '"' in bare:
        yield error(
            "condition-syntax",
            file,
            field,
            "a quotation mark is missing.",
            "Quote texts on both sides.",
        )
    elif bare.count("(") != bare.count(")"):
        yield error(
            "condition-syntax",
            file,
            field,
            "the parentheses do not match.",
            "Close each that is opened.",
        )


def _next_step(intent: Intent, step: DialogState, file: str, path: str) -> Iterator[Problem]:
    override = step.intent or IntentOverride()
    if override.name not in (None, intent.name):
        return
    for name in override.slots or {}:
        if name not in intent.slots:
            yield error(
                "unknown-slot-in-step",
                file,
                f"{path}.intent.slots.{name}",
                f'there is no slot "{name}" in the intent "{intent.name}".',
                "Check its spelling, or remove it.",
            )


_CHECKS: Final[dict[type, Callable[[Intent, Any, str, str], Iterator[Problem]]]] = {
    Message: _message,
    Conditional: _conditional,
    ConditionalBranch: _branch,
    DialogState: _next_step,
}


def _steps_without_target(value: msgspec.Struct, file: str, path: str) -> Iterator[Problem]:
    """Next steps that evaluate a condition, or call a code hook, that is not beside them."""
    members = {field.attribute: field for field in fields(type(value)).values()}
    for attribute, field in members.items():
        step = getattr(value, attribute)
        if not attribute.endswith(_NEXT_STEP) or not isinstance(step, DialogState):
            continue
        action = step.dialog_action.type if step.dialog_action is not None else None
        beside = attribute.removesuffix(_NEXT_STEP) + "conditional"
        if action == "EvaluateConditional" and not _active(value, beside):
            yield warning(
                "nothing-to-evaluate",
                file,
                f"{path}.{field.name}.dialogAction.type",
                "there is no active condition next to it to evaluate.",
                "Add one, or choose another next step.",
            )
        if action == "InvokeDialogCodeHook" and not _active(value, "code_hook"):
            yield warning(
                "no-hook-to-call",
                file,
                f"{path}.{field.name}.dialogAction.type",
                "there is no active code hook next to it to call.",
                "Add one, or choose another next step.",
            )


def _active(value: msgspec.Struct, attribute: str) -> bool:
    """Whether the target is there and active; a branch's target belongs to the stage around."""
    if attribute not in value.__struct_fields__:
        return True
    target: Conditional | DialogCodeHookInvocationSetting | None = getattr(value, attribute)
    return target is not None and target.is_active
