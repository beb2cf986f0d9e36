"""Checking conditions: those that cannot be read, never hold, or come too late."""

from __future__ import annotations

from collections.abc import Iterator

from daehwa import bot, dialog
from daehwa.care.satisfiability import BUILT_IN_FORMS, Domain, impossible


def condition_problems(definition: bot.Bot) -> Iterator[bot.Problem]:
    """What is wrong with the conditions of a bot's branches."""
    for locale in definition.locales.values():
        for intent in locale.intents.values():
            domains = _domains(locale, intent)
            file = bot.intent_file(definition.name, locale.identifier, intent.name)
            yield from _branches(intent, domains, file)
            for slot in intent.slots.values():
                beside = bot.slot_file(definition.name, locale.identifier, intent.name, slot.name)
                yield from _branches(slot, domains, beside)


def _domains(locale: bot.BotLocale, intent: bot.Intent) -> dict[str, Domain]:
    """What each slot of the intent can hold, if that is known; lists are left out."""
    domains: dict[str, Domain] = {}
    for slot in intent.slots.values():
        setting = slot.multiple_values_setting
        if setting is not None and setting.allow_multiple_values:
            continue
        name = slot.slot_type_name or ""
        slot_type = locale.slot_types.get(name)
        if name in BUILT_IN_FORMS:
            domains[slot.name] = Domain(name, fits=BUILT_IN_FORMS[name])
        elif slot_type is not None and _is_closed(slot_type):
            values = {
                value.sample_value.value.casefold(): frozenset(
                    synonym.value.casefold() for synonym in value.synonyms or ()
                )
                for value in slot_type.slot_type_values or ()
            }
            domains[slot.name] = Domain(f'the type "{name}"', values=values)
    return domains


def _is_closed(slot_type: bot.SlotType) -> bool:
    setting = slot_type.value_selection_setting
    return (
        setting is not None
        and setting.resolution_strategy == "TOP_RESOLUTION"
        and bool(slot_type.slot_type_values)
        and slot_type.external_source_setting is None
        and slot_type.parent_slot_type_signature is None
    )


def _branches(
    place: bot.Intent | bot.Slot, domains: dict[str, Domain], file: str
) -> Iterator[bot.Problem]:
    for path, conditional in bot.walk(place):
        if not isinstance(conditional, bot.Conditional) or not conditional.is_active:
            continue
        earlier: list[tuple[str, dialog.Expression]] = []
        for index, branch in enumerate(conditional.conditional_branches):
            field = f"{path}.conditionalBranches[{index}].condition.expressionString"
            text = branch.condition.expression_string
            try:
                expression = dialog.parse_condition(text)
            except dialog.ConditionError as fault:
                yield _problem(
                    "condition-syntax",
                    file,
                    field,
                    f'the condition "{text}" cannot be read: {fault}.',
                    'Write it as in {Slot} = "value" AND [attribute] > 3.',
                )
                continue
            why = impossible(expression, domains)
            if why is not None:
                yield _problem(
                    "condition-never-holds",
                    file,
                    field,
                    f'no value can meet the condition "{text}": {why}.',
                    "Correct it, or remove the branch.",
                )
            covered = next((name for name, one in earlier if _covers(one, expression)), None)
            if covered is not None:
                yield _problem(
                    "branch-never-taken",
                    file,
                    field,
                    f'the branch "{branch.name}" is never taken: "{covered}" before it '
                    "covers its condition.",
                    "Put the narrower condition first, or remove the branch.",
                )
            earlier.append((branch.name, expression))


def _covers(earlier: dialog.Expression, later: dialog.Expression) -> bool:
    """Whether the earlier condition holds wherever the later one does, to be seen at once."""
    if earlier == later:
        return True
    if isinstance(earlier, dialog.Or) and any(_covers(part, later) for part in earlier.parts):
        return True
    return isinstance(later, dialog.And) and any(_covers(earlier, part) for part in later.parts)


def _problem(code: str, file: str, field: str, message: str, cure: str) -> bot.Problem:
    return bot.Problem(
        severity=bot.RULES[code].severity,
        code=code,
        file=file,
        field=field,
        message=message,
        cure=cure,
    )
