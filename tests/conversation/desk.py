"""A small desk with a secret: a bot made for the tests of a turn's limits and its logs."""

import msgspec
from tests.dialog.build import (
    ask,
    branch,
    code_hook,
    confirm,
    fallback,
    fulfil,
    group,
    initial,
    intent,
    locale,
    say,
    slot,
    step,
    when,
)

from daehwa import bot

WORKING = bot.FulfillmentUpdatesSpecification(
    active=True,
    timeout_in_seconds=900,
    start_response=bot.FulfillmentStartResponseSpecification(
        delay_in_seconds=0, message_groups=(group("Working on it."),)
    ),
)


def saying(of, *samples):
    return msgspec.structs.replace(
        of, sample_utterances=tuple(bot.SampleUtterance(utterance=text) for text in samples)
    )


def obfuscated(of):
    return msgspec.structs.replace(
        of,
        obfuscation_setting=bot.ObfuscationSetting(obfuscation_setting_type="DefaultObfuscation"),
    )


def save_desk(folder, *, answered=False, more=()):
    """Write the bot, with ``more`` intents; its path.

    With ``answered`` its FallbackIntent calls for an answer.
    """
    path = folder / "Desk"
    definition = locale(
        saying(
            intent("Print", fulfil=fulfil("Printed.", hook=True, updates=WORKING)),
            "print it",
            "start the printer",
        ),
        saying(
            intent(
                "Ask",
                hook=True,
                initial=initial(next_step=step("InvokeDialogCodeHook"), code_hook=code_hook()),
            ),
            "ask the desk",
        ),
        saying(
            intent(
                "Enrol",
                obfuscated(
                    slot(
                        "Pet",
                        "Pets",
                        prompt=ask("Which pet?", retries=2),
                        capture_response=say("So a {Pet}."),
                        capture_conditional=when(
                            branch(
                                '{Pet} = "iguana"',
                                then=step("ConfirmIntent", attributes={"kept": "{Pet}"}),
                            ),
                            then=step("ConfirmIntent"),
                        ),
                    )
                ),
                slot("Town", optional=True),
                confirm=confirm("Enrol the {Pet}?"),
                fulfil=fulfil("Enrolled."),
            ),
            "enrol me",
            "enrol my {Pet}",
        ),
        saying(intent("Hours", initial=initial("Nine to five.")), "opening hours"),
        *more,
        *([fallback(fulfil=fulfil(hook=True))] if answered else []),
        slot_types={
            "Pets": bot.SlotType(
                name="Pets",
                slot_type_values=tuple(
                    bot.SlotTypeValue(sample_value=bot.SampleValue(value=name))
                    for name in ("iguana", "gecko", "Guinea pig")
                ),
                value_selection_setting=bot.ValueSelectionSetting(
                    resolution_strategy="TOP_RESOLUTION"
                ),
            )
        },
    )
    bot.save(bot.Bot(name="Desk", identifier="DESK000001", locales={"en_US": definition}), path)
    return path
