"""A bot of which a part cannot run: what is reached is an error of its intent, the rest talks."""

import pytest

from daehwa import bot

LOCALE = "Cafe/BotLocales/ko_KR"
INTENT = f"{LOCALE}/Intents/Order/Intent.json"
SLOT = f"{LOCALE}/Intents/Order/Slots/Drink/Slot.json"
NOWHERE = {"dialogAction": {"type": "ElicitSlot", "slotToElicit": "Size"}}
CALLS_HOOK = {"dialogAction": {"type": "InvokeDialogCodeHook"}}


def hook(*, active):
    return {
        "isActive": active,
        "enableCodeHookInvocation": True,
        "postCodeHookSpecification": {"successNextStep": NOWHERE},
    }


def conditional(*, active):
    return {
        "isActive": active,
        "conditionalBranches": [
            {"name": "A", "condition": {"expressionString": "true"}, "nextStep": NOWHERE}
        ],
        "defaultBranch": {"nextStep": {"dialogAction": {"type": "EndConversation"}}},
    }


@pytest.fixture
def two_intents(files):
    files[f"{LOCALE}/Intents/Hours/Intent.json"] = {
        "name": "Hours",
        "sampleUtterances": [{"utterance": "몇 시까지 해요"}],
    }
    return files


UNREACHED = [
    ("an inactive code hook that no step calls", {"codeHook": hook(active=False)}),
    ("a code hook that no step calls", {"codeHook": hook(active=True)}),
    ("an inactive conditional", {"conditional": conditional(active=False)}),
]
REACHED = [
    ("a step of its own", {"nextStep": NOWHERE}),
    ("a code hook that a step calls", {"nextStep": CALLS_HOOK, "codeHook": hook(active=True)}),
    (
        # It is passed by, to what follows its success.
        "an inactive code hook that a step calls",
        {"nextStep": CALLS_HOOK, "codeHook": hook(active=False)},
    ),
    ("an active conditional", {"conditional": conditional(active=True)}),
]


@pytest.mark.parametrize(("what", "setting"), UNREACHED)
def test_what_no_turn_can_reach_is_a_warning_and_the_bot_runs(write, files, what, setting):
    files[INTENT] |= {"initialResponseSetting": setting}
    path = write()
    problems = [p for p in bot.validate(bot.load(path)) if 'no slot "Size"' in p.message]
    assert [problem.severity for problem in problems] == ["warning"], what
    assert bot.load_runnable(path).faults == {}


@pytest.mark.parametrize("section", ["intentConfirmationSetting", "intentClosingSetting"])
def test_an_inactive_confirmation_or_closing_is_not_reached(write, files, section):
    step = "confirmationNextStep" if "Confirmation" in section else "nextStep"
    files[INTENT] |= {section: {"isActive": False, step: NOWHERE}}
    assert bot.load(write()).name == "Cafe"


@pytest.mark.parametrize(("what", "setting"), REACHED)
def test_what_a_turn_can_reach_is_an_error_of_its_intent_alone(write, two_intents, what, setting):
    two_intents[INTENT] |= {"initialResponseSetting": setting}
    read = bot.load_runnable(write())
    assert list(read.faults["ko_KR"]) == ["Order"], what
    assert 'no slot "Size"' in read.faults["ko_KR"]["Order"].message
    intents = read.definition.locales["ko_KR"].intents
    # What is meant for it goes to no other intent; its samples that name slots are gone with them.
    assert [s.utterance for s in intents["Order"].sample_utterances] == ["주문할게요"]
    assert intents["Hours"].sample_utterances[0].utterance == "몇 시까지 해요"


@pytest.mark.parametrize(
    ("path", "change"),
    [
        (SLOT, {"slotTypeName": "Snack"}),
        (INTENT, {"slotPriorities": [{"slotName": "Size", "priority": 1}]}),
        (INTENT, {"sampleUtterances": [{"utterance": "{Size} 주세요"}]}),
        (
            f"{LOCALE}/SlotTypes/Drink/SlotType.json",
            {
                "parentSlotTypeSignature": "AMAZON.CompositeSlotType",
                "compositeSlotTypeSetting": {"subSlots": [{"name": "A", "slotTypeId": "Gone"}]},
            },
        ),
    ],
)
def test_every_kind_of_name_that_leads_nowhere_is_its_intents_own(write, two_intents, path, change):
    two_intents[path] |= change
    assert list(bot.load_runnable(write()).faults["ko_KR"]) == ["Order"]


def test_a_step_to_an_intent_that_is_not_there_is_the_fault_of_the_intent_that_goes_there(
    write, two_intents
):
    step = {"intent": {"name": "Gone"}, "dialogAction": {"type": "StartIntent"}}
    two_intents[INTENT] |= {"intentClosingSetting": {"isActive": True, "nextStep": step}}
    assert list(bot.load_runnable(write()).faults["ko_KR"]) == ["Order"]


def test_a_bot_without_an_intent_that_runs_is_refused(write, files):
    files[SLOT] |= {"slotTypeName": "Snack"}
    with pytest.raises(bot.MissingReferenceError, match='"Snack"'):
        bot.load_runnable(write())


def test_a_sound_bot_is_as_it_was_read(write):
    read = bot.load_runnable(write())
    assert read.definition == bot.load(write())
    assert not read.faults
