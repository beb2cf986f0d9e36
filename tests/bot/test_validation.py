"""Checking bots: each problem is found in its place, and sound bots have none."""

import msgspec
import pytest
from tests.material.sources import every_export

from daehwa import bot

LOCALE = "Cafe/BotLocales/ko_KR"
INTENT = f"{LOCALE}/Intents/Order/Intent.json"
SLOT = f"{LOCALE}/Intents/Order/Slots/Drink/Slot.json"
SLOT_TYPE = f"{LOCALE}/SlotTypes/Drink/SlotType.json"
FALLBACK = f"{LOCALE}/Intents/FallbackIntent/Intent.json"
MESSAGES = "$.intentClosingSetting.closingResponse.messageGroupsList"
MESSAGE = f"{MESSAGES}[0].message"
TEXT = {"plainTextMessage": {"value": "안녕하세요"}}


def says(*messages):
    return {"messageGroupsList": [{"message": message} for message in messages]}


def closes(*messages):
    return {"intentClosingSetting": {"closingResponse": says(*messages)}}


def opens(**setting):
    return {"initialResponseSetting": setting}


def branches(*expressions, default=True):
    return {
        "isActive": True,
        "conditionalBranches": [
            {"name": f"Branch{index}", "condition": {"expressionString": expression}}
            for index, expression in enumerate(expressions)
        ],
        "defaultBranch": {} if default else None,
    }


def card(**members):
    return {"imageResponseCard": {"title": "메뉴", **members}}


def buttons(count, text="네"):
    return [{"text": text, "value": "네"} for _ in range(count)]


def test_a_sound_bot_has_no_problems(write):
    assert bot.validate(bot.load(write())) == []


@pytest.mark.parametrize("path", every_export())
def test_bots_that_lex_would_build_have_no_errors(path):
    problems = bot.validate(bot.load(path))
    assert [problem for problem in problems if problem.severity == "error"] == []


ERRORS = [
    (INTENT, {"slotPriorities": []}, "$.slotPriorities", "don't define a slot priority"),
    ("Cafe/Bot.json", {"name": "카페"}, "$.name", "letters a-z"),
    ("Cafe/Bot.json", {"idleSessionTTLInSeconds": 5}, "$.idleSessionTTLInSeconds", "at least 60"),
    (
        f"{LOCALE}/BotLocale.json",
        {"nluConfidenceThreshold": 40},
        "$.nluConfidenceThreshold",
        "at most 1",
    ),
    (
        INTENT,
        {"sampleUtterances": [{"utterance": "가" * 501}]},
        "$.sampleUtterances[0].utterance",
        "501 characters; Lex takes at most 500",
    ),
    (
        INTENT,
        {"sampleUtterances": [{"utterance": f"{n}번"} for n in range(1501)]},
        "$.sampleUtterances",
        "1,501 items",
    ),
    (
        INTENT,
        {"sampleUtterances": [{"utterance": ""}]},
        "$.sampleUtterances[0].utterance",
        "empty",
    ),
    (
        INTENT,
        {"inputContexts": [{"name": str(n)} for n in range(6)]},
        "$.inputContexts",
        "at most 5",
    ),
    (
        INTENT,
        {
            "outputContexts": [{"name": "a", "turnsToLive": 21}],
            "fulfillmentCodeHook": {"enabled": True},
        },
        "$.outputContexts[0].turnsToLive",
        "at most 20",
    ),
    (
        INTENT,
        closes({"plainTextMessage": {"value": "가" * 1001}}),
        MESSAGE + ".plainTextMessage.value",
        "1,001 characters",
    ),
    (
        INTENT,
        closes(*[TEXT] * 6),
        MESSAGES,
        "at most 5",
    ),
    (
        INTENT,
        closes(),
        MESSAGES,
        "empty",
    ),
    (
        INTENT,
        closes({}),
        MESSAGE,
        "exactly one",
    ),
    (
        INTENT,
        closes(TEXT | card()),
        MESSAGE,
        "exactly one",
    ),
    (
        INTENT,
        closes(card(buttonsList=buttons(6))),
        MESSAGE + ".imageResponseCard.buttonsList",
        "at most 5",
    ),
    (
        INTENT,
        closes(card(buttonsList=buttons(1, "가" * 51))),
        MESSAGE + ".imageResponseCard.buttonsList[0].text",
        "at most 50",
    ),
    (
        INTENT,
        {
            "fulfillmentCodeHook": {
                "fulfillmentUpdatesSpecification": {"active": True, "timeoutInSeconds": 901}
            }
        },
        "$.fulfillmentCodeHook.fulfillmentUpdatesSpecification.timeoutInSeconds",
        "at most 900",
    ),
    (
        INTENT,
        {"intentConfirmationSetting": {"isActive": True}},
        "$.intentConfirmationSetting.promptSpecification",
        "no prompt",
    ),
    (
        INTENT,
        opens(conditional=branches(*["{Drink} = 1"] * 5)),
        "$.initialResponseSetting.conditional.conditionalBranches",
        "at most 4",
    ),
    (
        INTENT,
        opens(conditional=branches("{Drink} = 1", default=False)),
        "$.initialResponseSetting.conditional.defaultBranch",
        "default",
    ),
    (
        INTENT,
        opens(conditional=branches('{Size} = "{Drink}"')),
        "$.initialResponseSetting.conditional.conditionalBranches[0].condition.expressionString",
        'no slot "Size"',
    ),
    (
        INTENT,
        opens(conditional=branches('{Drink} = "tea')),
        "$.initialResponseSetting.conditional.conditionalBranches[0].condition.expressionString",
        "quotation mark",
    ),
    (
        INTENT,
        opens(conditional=branches("(fn.IS_SET({Drink})")),
        "$.initialResponseSetting.conditional.conditionalBranches[0].condition.expressionString",
        "parentheses",
    ),
    (
        INTENT,
        opens(
            nextStep={"dialogAction": {"type": "CloseIntent"}, "intent": {"slots": {"Size": None}}}
        ),
        "$.initialResponseSetting.nextStep.intent.slots.Size",
        'no slot "Size"',
    ),
    (
        SLOT,
        {"valueElicitationSetting": {"slotConstraint": "Required"}},
        "$.valueElicitationSetting.promptSpecification",
        "no prompt asks for it",
    ),
    (
        SLOT,
        {"valueElicitationSetting": {"promptSpecification": says(TEXT) | {"maxRetries": 6}}},
        "$.valueElicitationSetting.promptSpecification.maxRetries",
        "at most 5",
    ),
    (
        SLOT,
        {"valueElicitationSetting": {"promptSpecification": says()}},
        "$.valueElicitationSetting.promptSpecification.messageGroupsList",
        "empty",
    ),
    (SLOT_TYPE, {"slotTypeValues": None}, "$.slotTypeValues", "has none"),
    (
        SLOT_TYPE,
        {"slotTypeValues": [{"sampleValue": {"value": str(n)}} for n in range(10_001)]},
        "$.slotTypeValues",
        "10,001",
    ),
    (
        FALLBACK,
        {"sampleUtterances": [{"utterance": "뭐든지"}]},
        "$.sampleUtterances",
        "FallbackIntent",
    ),
]

WARNINGS = [
    (
        INTENT,
        {"sampleUtterances": [{"utterance": "주문 할게요"}, {"utterance": " 주문  할게요"}]},
        "$.sampleUtterances[1].utterance",
        "already",
    ),
    (INTENT, {"sampleUtterances": []}, "$.sampleUtterances", "nothing that users say"),
    (
        INTENT,
        {
            "outputContexts": [{"name": "ordered", "turnsToLive": 5, "timeToLiveInSeconds": 90}],
            "fulfillmentCodeHook": None,
            "dialogCodeHook": None,
        },
        "$.outputContexts",
        "never activated",
    ),
    (
        INTENT,
        {"parentIntentSignature": "AMAZON.HelloIntent"},
        "$.parentIntentSignature",
        "not a built-in intent",
    ),
    (
        INTENT,
        closes({"plainTextMessage": {"value": "{Size} {Drink} 나왔어요"}}),
        MESSAGE + ".plainTextMessage.value",
        'no slot "Size"',
    ),
    (
        INTENT,
        opens(nextStep={"dialogAction": {"type": "EvaluateConditional"}}),
        "$.initialResponseSetting.nextStep.dialogAction.type",
        "no active condition",
    ),
    (
        INTENT,
        opens(nextStep={"dialogAction": {"type": "InvokeDialogCodeHook"}}),
        "$.initialResponseSetting.nextStep.dialogAction.type",
        "no active code hook",
    ),
    (SLOT, {"slotTypeName": "AMAZON.Dat"}, "$.slotTypeName", "not a built-in slot type"),
    (
        SLOT_TYPE,
        {
            "slotTypeValues": [
                {"sampleValue": {"value": "커피"}},
                {"sampleValue": {"value": "차"}, "synonyms": [{"value": "커피"}]},
            ]
        },
        "$.slotTypeValues",
        "several values",
    ),
    (
        SLOT_TYPE,
        {"valueSelectionSetting": {"regexFilter": {"pattern": "[A-Z]"}}},
        "$.valueSelectionSetting.regexFilter",
        "no effect",
    ),
]


@pytest.mark.parametrize(
    ("severity", "path", "change", "field", "words"),
    [("error", *case) for case in ERRORS] + [("warning", *case) for case in WARNINGS],
)
def test_a_problem_is_reported_with_its_place_and_cure(
    write, files, *, severity, path, change, field, words
):
    files[path] |= change
    name = files["Cafe/Bot.json"]["name"]
    [problem] = bot.validate(bot.load(write()))
    assert (problem.severity, problem.field) == (severity, field)
    assert problem.file == path.replace("Cafe/", f"{name}/", 1)
    assert words in str(problem)
    assert problem.cure


def test_an_utterance_of_two_intents_is_reported_at_the_second(write, files):
    files[f"{LOCALE}/Intents/Reserve/Intent.json"] = {
        "name": "Reserve",
        "sampleUtterances": [{"utterance": "주문할게요"}],
    }
    [problem] = bot.validate(bot.load(write()))
    assert problem.file == f"{LOCALE}/Intents/Reserve/Intent.json"
    assert '"Order"' in problem.message


def test_a_slots_own_priority_is_one_number(write, files):
    files[f"{LOCALE}/Intents/Order/Slots/When/Slot.json"] = files[SLOT] | {
        "name": "When",
        "slotTypeName": "AMAZON.Time",
    }
    priorities = [
        {"slotName": "Drink", "priority": 1},
        {"slotName": "When", "priority": 1},
        {"slotName": "When", "priority": 2},
    ]
    files[INTENT]["slotPriorities"] = priorities
    error, warning = bot.validate(bot.load(write()))
    assert "2 times" in error.message
    assert "priority 1" in warning.message


def test_free_text_is_no_part_of_a_sample_utterance(write, files):
    files[SLOT]["slotTypeName"] = "AMAZON.FreeFormInput"
    [problem] = bot.validate(bot.load(write()))
    assert (problem.severity, problem.file) == ("error", INTENT)
    assert problem.field == "$.sampleUtterances[1].utterance"


def test_a_branchs_code_hook_belongs_to_the_stage_around_it(write, files):
    conditional = branches("{Drink} = 1")
    conditional["defaultBranch"] = {"nextStep": {"dialogAction": {"type": "InvokeDialogCodeHook"}}}
    files[INTENT] |= opens(conditional=conditional)
    assert bot.validate(bot.load(write())) == []


def test_a_custom_payloads_braces_are_its_own(write, files):
    files[INTENT] |= closes({"customPayload": {"value": '{"type": "map", "zoom": {Level}}'}})
    assert bot.validate(bot.load(write())) == []


def test_a_locale_needs_a_fallback_intent_and_one_of_its_own():
    locale = bot.BotLocale(identifier="ko_KR")
    cafe = bot.Bot(name="Cafe", locales={"ko_KR": locale})
    messages = [problem.message for problem in bot.validate(cafe)]
    assert messages == [
        "the locale has no FallbackIntent.",
        "the locale has no intent of its own.",
    ]


def test_a_bot_needs_a_locale():
    [problem] = bot.validate(bot.Bot(name="Cafe"))
    assert problem.message == "the bot has no locale."


def test_korean_takes_fewer_intents_than_english():
    intents = {
        name: bot.Intent(
            name=name, sample_utterances=(bot.SampleUtterance(utterance=f"do {name}"),)
        )
        for name in (f"Intent{n}" for n in range(250))
    }
    intents["FallbackIntent"] = bot.DEFAULT_FALLBACK_INTENT
    english = bot.BotLocale(identifier="en_US", intents=intents)
    korean = msgspec.structs.replace(english, identifier="ko_KR")
    cafe = bot.Bot(name="Cafe", locales={"en_US": english, "ko_KR": korean})
    [problem] = bot.validate(cafe)
    assert problem.file == f"{LOCALE}/BotLocale.json"


def test_whatever_load_refuses_is_an_error_too(write):
    cafe = bot.load(write())
    locale = cafe.locales["ko_KR"]
    order = locale.intents["Order"]
    slot = msgspec.structs.replace(order.slots["Drink"], slot_type_name="Gone")
    order = msgspec.structs.replace(order, slots={"Drink": slot})
    broken = msgspec.structs.replace(locale, intents=locale.intents | {"Order": order})
    cafe = msgspec.structs.replace(cafe, locales={"ko_KR": broken})
    [problem] = bot.validate(cafe)
    assert (problem.severity, problem.file) == ("error", SLOT)
    assert 'no slot type "Gone"' in problem.message


@pytest.mark.parametrize(
    ("pattern", "fault"),
    [
        ("[0-9]*", '"*" repeats'),
        ("[A-Z]+", '"+" repeats'),
        (r"\d{2,}", '"{2,}" repeats'),
        ("A.B", "wild card"),
        ("(A", "not a regular expression"),
        ("[0-9]{3}-[0-9]{4}", None),
        (r"\d{1,3}\.\d{2}", None),
        ("[.*+]{1,2}", None),
        (r"[\]*]{2}", None),
    ],
)
def test_a_pattern_may_not_repeat_without_end(pattern, fault):
    found = bot.pattern_fault(pattern)
    assert found is None if fault is None else fault in found
