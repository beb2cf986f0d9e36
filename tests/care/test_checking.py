"""Checking a bot: each rule has a bot that breaks it, in that place and nowhere else."""

import json

import pytest
from tests.bot.conftest import prompt
from tests.material.sources import every_export

from daehwa import bot, care
from daehwa.conversation import CheckSetting, HookSetting, Settings, SettingsError, load_settings

LOCALE = "Cafe/BotLocales/ko_KR"
INTENT = f"{LOCALE}/Intents/Order/Intent.json"
SLOT = f"{LOCALE}/Intents/Order/Slots/Drink/Slot.json"
TYPE = f"{LOCALE}/SlotTypes/Drink/SlotType.json"
FALLBACK = f"{LOCALE}/Intents/FallbackIntent/Intent.json"


def says(*texts):
    return {
        "messageGroupsList": [{"message": {"plainTextMessage": {"value": text}}} for text in texts]
    }


def closes(*texts):
    return {"intentClosingSetting": {"isActive": True, "closingResponse": says(*texts)}}


def samples(*texts):
    return {"sampleUtterances": [{"utterance": text} for text in texts]}


def buttons(*values, **card):
    listed = [{"text": f"{n}번", "value": value} for n, value in enumerate(values)]
    card = {"title": "메뉴", "buttonsList": listed, **card}
    return {
        "messageGroupsList": [{"message": {"imageResponseCard": card}}],
        "maxRetries": 2,
    }


def branches(*expressions):
    return {
        "conditional": {
            "isActive": True,
            "conditionalBranches": [
                {"name": f"B{n}", "condition": {"expressionString": text}}
                for n, text in enumerate(expressions)
            ],
            "defaultBranch": {"nextStep": {"dialogAction": {"type": "EndConversation"}}},
        }
    }


def step(kind, intent=None, **action):
    made = {"dialogAction": {"type": kind, **action}}
    return made | {"intent": {"name": intent}} if intent else made


# As Lex's console writes them: each later stage ends the conversation.
ENDING = {
    "fulfillmentCodeHook": {
        "enabled": False,
        "isActive": True,
        "postFulfillmentStatusSpecification": {
            f"{outcome}NextStep": step("EndConversation")
            for outcome in ("success", "failure", "timeout")
        },
    }
}


def intent(name, *texts, **members):
    return {"name": name, **samples(*texts), **closes("네."), **members}


def order_of(files, **members):
    files[INTENT] |= members


@pytest.fixture
def sound(files):
    """A bot in which there is nothing to mend."""
    files[INTENT] |= closes("감사합니다.")
    files[FALLBACK] |= closes("다시 말씀해 주세요.")
    return files


@pytest.fixture
def codes(sound, write):
    """The codes and fields of what is wrong with the bot as it is now."""

    def codes(**options):
        return [(p.code, p.file, p.field) for p in care.check(write(), **options).problems]

    return codes


def test_a_sound_bot_has_no_problems(codes):
    assert codes() == []


def reserve(**members):
    return {
        f"{LOCALE}/Intents/Reserve/Intent.json": intent(
            "Reserve", "자리 있나요", "예약할게요", **members
        )
    }


RESERVE = f"{LOCALE}/Intents/Reserve/Intent.json"
GREET = f"{LOCALE}/Intents/Greet/Intent.json"
DEFAULT = "$.valueElicitationSetting.defaultValueSpecification.defaultValueList[0].defaultValue"
OPENING = "$.initialResponseSetting"
CLOSING = "$.intentClosingSetting"
BRANCH = f"{OPENING}.conditional.conditionalBranches[%d].condition.expressionString"
BUTTON = (
    "$.valueElicitationSetting.promptSpecification.messageGroupsList[0]"
    ".message.imageResponseCard.buttonsList[1].value"
)


def elicits(**members):
    return {"valueElicitationSetting": {"slotConstraint": "Required", **members}}


def drink(**members):
    return {SLOT: elicits(promptSpecification=prompt("무엇을 드릴까요?"), **members)}


# What is changed in the files, and the rule, file and field of the one thing that is then wrong.
BREACHES = [
    ({INTENT: {"fulfilmentCodeHook": {"enabled": True}}}, "misspelt-member", INTENT,
     "$.fulfilmentCodeHook"),
    ({INTENT: {"sampleUtterence": []}}, "misspelt-member", INTENT, "$.sampleUtterence"),
    ({SLOT: {"obfuscationSeting": None}}, "misspelt-member", SLOT, "$.obfuscationSeting"),
    ({INTENT: {"colour": "red"}}, "unknown-member", INTENT, "$.colour"),
    ({INTENT: {"intentName": "Order"}}, "member-twice", INTENT, "$.intentName"),
    ({INTENT: samples("<Drink> 주문", "주문")}, "slot-in-other-signs", INTENT,
     "$.sampleUtterances[0].utterance"),
    ({INTENT: samples("${Drink} 주문", "주문")}, "slot-in-other-signs", INTENT,
     "$.sampleUtterances[0].utterance"),
    ({INTENT: samples("\uff5bDrink\uff5d 주문", "주문")}, "slot-in-other-signs", INTENT,
     "$.sampleUtterances[0].utterance"),
    ({SLOT: {"valueElicitationSetting": {"promptSpecification": buttons(title="{Drnk}")}}},
     "unknown-slot-in-message", SLOT, ("$.valueElicitationSetting.promptSpecification"
     ".messageGroupsList[0].message.imageResponseCard.title")),
    ({INTENT: closes("$Drink 나왔습니다.")}, "slot-in-other-signs", INTENT,
     "$.intentClosingSetting.closingResponse.messageGroupsList[0].message.plainTextMessage.value"),
    ({INTENT: closes("{{Drink}} 나왔습니다.")}, "slot-in-other-signs", INTENT,
     "$.intentClosingSetting.closingResponse.messageGroupsList[0].message.plainTextMessage.value"),
    ({INTENT: closes("\uff5bDrink\uff5d 나왔습니다.")}, "slot-in-other-signs", INTENT,
     "$.intentClosingSetting.closingResponse.messageGroupsList[0].message.plainTextMessage.value"),
    ({INTENT: samples("{Drink 주문", "주문")}, "unbalanced-brace", INTENT,
     "$.sampleUtterances[0].utterance"),
    ({INTENT: samples("Drink} 주문", "주문")}, "unbalanced-brace", INTENT,
     "$.sampleUtterances[0].utterance"),
    ({INTENT: samples("주문할게요", "주문해 주세요", "주문 할게요!")}, "repeated-sample", INTENT,
     "$.sampleUtterances[2].utterance"),
    ({INTENT: samples("주문", "{Drink} 하고 {Drink}")}, "slot-twice-in-sample", INTENT,
     "$.sampleUtterances[1].utterance"),
    ({INTENT: samples("주문", "?!")}, "sample-without-words", INTENT,
     "$.sampleUtterances[1].utterance"),
    ({INTENT: samples("주문", "“커피요”")}, "quotes-around-text", INTENT,
     "$.sampleUtterances[1].utterance"),
    ({INTENT: samples("주문", '"커피요"')}, "quotes-around-text", INTENT,
     "$.sampleUtterances[1].utterance"),
    ({SLOT: {"valueElicitationSetting": {"slotConstraint": "Required",
             "promptSpecification": prompt("무엇을 드릴까요?"),
             "sampleUtterances": [{"utterance": "「{Drink} 주세요」"}]}}},
     "quotes-around-text", SLOT, "$.valueElicitationSetting.sampleUtterances[0].utterance"),
    ({TYPE: {"slotTypeValues": [{"sampleValue": {"value": "커피"}},
                                {"sampleValue": {"value": "‘차’"}}]}},
     "quotes-around-text", TYPE, "$.slotTypeValues[1].sampleValue.value"),
    ({INTENT: samples("주문", "커\u200b피요")}, "hidden-character", INTENT,
     "$.sampleUtterances[1].utterance"),
    ({INTENT: samples("주문")}, "one-sample", INTENT, "$.sampleUtterances"),
    (reserve() | {INTENT: samples("주문할게요", "예약 할게요!")}, "duplicate-sample", RESERVE,
     "$.sampleUtterances[1].utterance"),
    ({GREET: intent("Greet", "안녕", "커피")}, "sample-is-slot-value", GREET,
     "$.sampleUtterances[1].utterance"),
    (drink(defaultValueSpecification={"defaultValueList": [{"defaultValue": "콜라"}]}),
     "value-not-in-type", SLOT, DEFAULT),
    (drink(defaultValueSpecification={"defaultValueList": [{"defaultValue": "#ctx.day"}]}),
     "context-never-set", SLOT, DEFAULT),
    (drink(defaultValueSpecification={"defaultValueList": [{"defaultValue": "[home]"}]}),
     "attribute-never-set", SLOT, DEFAULT),
    ({SLOT: elicits(promptSpecification=buttons("커피", "콜라"))}, "button-refused", SLOT, BUTTON),
    ({SLOT: elicits(promptSpecification=buttons("차", "차"))}, "button-twice", SLOT,
     BUTTON.replace("[1]", "[0]")),
    (reserve(inputContexts=[{"name": "ordered"}]), "context-never-set", RESERVE,
     "$.inputContexts[0].name"),
    ({INTENT: {"outputContexts": [{"name": "ordered", "turnsToLive": 2}],
               "fulfillmentCodeHook": {"enabled": False, "isActive": True}}},
     "context-never-read", INTENT, "$.outputContexts[0].name"),
    ({f"{LOCALE}/SlotTypes/Cup/SlotType.json": {
        "name": "Cup", "slotTypeValues": [{"sampleValue": {"value": "큰"}}],
        "valueSelectionSetting": {"resolutionStrategy": "ORIGINAL_VALUE"}}},
     "unused-slot-type", f"{LOCALE}/SlotTypes/Cup/SlotType.json", "$.name"),
    ({GREET: {"name": "Greet", **samples("안녕", "반가워")}}, "silent-intent", GREET, "$"),
    ({GREET: {"name": "Greet", **samples("안녕", "반가워"), **ENDING}}, "silent-intent", GREET,
     "$"),
    ({f"{LOCALE}/Intents/helpIntent/Intent.json": intent("helpIntent", "도와줘", "도움")},
     "built-in-name", f"{LOCALE}/Intents/helpIntent/Intent.json", "$.name"),
    ({TYPE: {"parentSlotTypeSignature": "AMAZON.Number"}}, "parent-refused", TYPE,
     "$.parentSlotTypeSignature"),
    ({INTENT: {"intentClosingSetting": None}}, "ends-without-a-word", INTENT, CLOSING),
    ({INTENT: {"intentClosingSetting": None, **ENDING}}, "ends-without-a-word", INTENT, CLOSING),
    ({FALLBACK: {"intentClosingSetting": None}}, "silent-fallback", FALLBACK,
     "$.fulfillmentCodeHook"),
    ({INTENT: {"intentConfirmationSetting": {"promptSpecification": prompt("맞나요?")}}},
     "no-declination", INTENT, "$.intentConfirmationSetting.declinationResponse"),
    (reserve(intentClosingSetting={"isActive": True, "nextStep": step("StartIntent",
                                                                            "Reserve")}),
     "endless-start", RESERVE, f"{CLOSING}.nextStep.intent.name"),
    ({INTENT: {"initialResponseSetting": branches('{Drink} = "콜라"')}}, "condition-never-holds",
     INTENT, BRANCH % 0),
    ({INTENT: {"initialResponseSetting": branches('{Drink} = "아메리카노"')}},
     "condition-never-holds", INTENT, BRANCH % 0),
    ({INTENT: {"initialResponseSetting": branches('{Drink} = "차" AND {Drink} = "커피"')}},
     "condition-never-holds", INTENT, BRANCH % 0),
    ({INTENT: {"initialResponseSetting": branches("fn.COUNT({Drink}) > 3 AND "
                                                  "fn.COUNT({Drink}) < 2")}},
     "condition-never-holds", INTENT, BRANCH % 0),
    ({INTENT: {"initialResponseSetting": branches("fn.IS_SET({Drink}) AND "
                                                  "NOT fn.IS_SET({Drink})")}},
     "condition-never-holds", INTENT, BRANCH % 0),
    ({INTENT: {"initialResponseSetting": branches('{Drink} = "차"', '{Drink} = "차"')}},
     "branch-never-taken", INTENT, BRANCH % 1),
    ({INTENT: {"initialResponseSetting": branches("{Drink} equals 차")}}, "condition-syntax",
     INTENT, BRANCH % 0),
    ({INTENT: {"initialResponseSetting": {"nextStep": step("FulfillIntent")}}},
     "required-slot-not-elicited", INTENT, f"{OPENING}.nextStep"),
    ({INTENT: {"intentClosingSetting": {"closingResponse": says("네."),
                                        "nextStep": step("ConfirmIntent")}}},
     "nothing-to-confirm", INTENT, f"{CLOSING}.nextStep.dialogAction.type"),
    ({f"{LOCALE}/BotLocale.json": {"nluConfidenceThreshold": 0}}, "extreme-threshold",
     f"{LOCALE}/BotLocale.json", "$.nluConfidenceThreshold"),
    ({GREET: intent("Greet", "안녕", "반가워"),
      f"{LOCALE}/Intents/greet/Intent.json": intent("greet", "여보세요", "저기요")},
     "names-alike", f"{LOCALE}/BotLocale.json", "$"),
    ({f"{LOCALE}/CustomVocabulary/CustomVocabulary.json": {"customVocabularyItems": [
        {"phrase": "라떼", "weight": 1}, {"phrase": "라떼 ", "weight": 3}]}},
     "vocabulary-conflict", f"{LOCALE}/CustomVocabulary/CustomVocabulary.json",
     "$.customVocabularyItems[1].phrase"),
    ({f"{LOCALE}/Intents/Order.json": {"name": "Order"}}, "stray-file",
     f"{LOCALE}/Intents/Order.json", "$"),
    ({f"{LOCALE}/Intents/Gone/Slots/Day/Slot.json": {"name": "Day", "slotTypeName": "AMAZON.Date"}},
     "slot-without-intent", f"{LOCALE}/Intents/Gone/Intent.json", "$"),
    ({f"{LOCALE}/Intents/Hello/Intent.json": intent("Greet", "안녕", "반가워")}, "folder-name",
     f"{LOCALE}/Intents/Hello/Intent.json", "$.name"),
    ({f"{LOCALE}/Intents/Find/Intent.json": {
        "name": "Find", "parentIntentSignature": "AMAZON.KendraSearchIntent"}},
     "search-without-source", f"{LOCALE}/Intents/Find/Intent.json",
     "$.kendraConfiguration.kendraIndex"),
    ({INTENT: {"slotPriorities": [{"slotName": "Drink", "priority": 1},
                                  {"slotName": "Cup", "priority": 3}]},
      f"{LOCALE}/Intents/Order/Slots/Cup/Slot.json": {
          "name": "Cup", "slotTypeName": "AMAZON.Number",
          "valueElicitationSetting": {"slotConstraint": "Required",
                                      "promptSpecification": prompt("몇 잔요?")}}},
     "priority-gap", INTENT, "$.slotPriorities"),
    ({TYPE: {"slotTypeValues": [{"sampleValue": {"value": "커피"}},
                                {"sampleValue": {"value": "차"}},
                                {"sampleValue": {"value": "커피"}}]}},
     "value-twice", TYPE, "$.slotTypeValues[2].sampleValue.value"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "breach"),
    [(changes, tuple(breach)) for changes, *breach in BREACHES],
    ids=[f"{n}-{case[1]}" for n, case in enumerate(BREACHES)],
)
def test_a_breach_is_reported_once_with_its_place(sound, codes, changes, breach):
    for path, change in changes.items():
        sound[path] = sound.get(path, {}) | change
    assert codes() == [breach]


def test_a_built_in_type_that_the_locale_lacks_is_a_warning(sound, codes):
    sound[SLOT]["slotTypeName"] = "AMAZON.UKPostalCode"
    assert ("built-in-elsewhere", SLOT, "$.slotTypeName") in codes()


def test_members_that_lex_writes_since_2025_are_known(sound, codes):
    sound[INTENT] |= {"displayName": "주문", "comesLater": None}
    sound[FALLBACK]["initialResponseSetting"] = {
        "nextStep": {"dialogAction": {"type": "EndConversation", "intentsInScope": []}}
    }
    assert not [found for found in codes() if found[0].endswith("-member")]


def test_two_intents_that_start_each_other_are_one_finding(sound, codes):
    for one, other in (("Reserve", "Greet"), ("Greet", "Reserve")):
        sound[f"{LOCALE}/Intents/{one}/Intent.json"] = intent(
            one,
            f"{one} 하나",
            f"{one} 둘",
            initialResponseSetting={"nextStep": step("StartIntent", other)},
        )
    assert [code for code, *_ in codes()] == ["endless-start"]


def test_a_circle_in_which_the_user_replies_is_a_warning(sound, write):
    sound |= reserve()
    ask = {"promptSpecification": prompt("맞나요?"), "declinationResponse": says("네.")}
    for name, other in ((RESERVE, "Order"), (INTENT, "Reserve")):
        sound[name]["intentConfirmationSetting"] = ask | {
            "confirmationNextStep": step("StartIntent", other)
        }
    [problem] = care.check(write()).problems
    assert (problem.code, problem.severity) == ("circle-of-intents", "warning")


@pytest.mark.parametrize(("slots", "found"), [(None, 1), ({"Drink": None}, 0)])
def test_a_no_leads_to_a_slot_that_is_empty(sound, codes, slots, found):
    again = step("ElicitSlot", slotToElicit="Drink")
    sound[INTENT]["intentConfirmationSetting"] = {
        "promptSpecification": prompt("맞나요?"),
        "declinationResponse": says("다시 할게요."),
        "declinationNextStep": again | ({"intent": {"slots": slots}} if slots else {}),
    }
    assert [code for code, *_ in codes()] == ["elicits-filled-slot"] * found


def test_a_circle_that_a_condition_may_leave_is_none(sound, codes):
    way = branches('[again] = "yes"')["conditional"]
    way["conditionalBranches"][0]["nextStep"] = step("StartIntent", "Reserve")
    sound |= reserve()
    sound[RESERVE]["intentClosingSetting"]["conditional"] = way
    sound[RESERVE]["intentClosingSetting"]["nextStep"] = step("EvaluateConditional")
    assert "endless-start" not in [code for code, *_ in codes()]


def test_the_folder_of_a_locale_has_its_name(sound, codes):
    for path in [path for path in sound if LOCALE in path]:
        sound[path.replace("ko_KR", "en_US")] = sound.pop(path)
    place = f"{LOCALE}/BotLocale.json".replace("ko_KR", "en_US")
    assert codes() == [("locale-folder", place, "$.identifier")]


def test_a_missing_intent_json_is_an_error(sound, codes):
    del sound[INTENT]
    assert ("slot-without-intent", INTENT, "$") in codes()


def test_everything_is_reported_at_once(sound, codes):
    """A file that cannot be read, and members of a wrong type, do not hide the others."""
    sound[RESERVE] = b'{"name": "Reserve",}'
    sound[SLOT]["valueElicitationSetting"]["slotConstraint"] = "Sometimes"
    sound[SLOT]["description"] = 7
    sound[INTENT] |= samples("주문 {Drink", "주문")
    assert {(code, file) for code, file, _ in codes()} == {
        ("not-json", RESERVE),
        ("wrong-member", SLOT),
        ("unbalanced-brace", INTENT),
    }
    assert sum(code == "wrong-member" for code, *_ in codes()) == 2


# A file of the bot, members of it, and the word that is meant: Lex's enums know their case.
WRONG_WORDS = [
    ("Cafe/Bot.json", {"botType": "botnetwork"}, "BotNetwork"),
    (f"{LOCALE}/BotLocale.json", {"voiceSettings": {"voiceId": "Seoyeon", "engine": "Neural"}},
     "neural"),
    (f"{LOCALE}/BotLocale.json", {"voiceSettings": {"engine": "longform"}}, "long-form"),
    (f"{LOCALE}/BotLocale.json", {"speechDetectionSensitivity": "HighNoise"},
     "HighNoiseTolerance"),
    (f"{LOCALE}/BotLocale.json", {"generativeAISettings": {"runtimeSettings": {"nluImprovement":
     {"enabled": True, "assistedNluMode": "fallback"}}}}, "Fallback"),
    (TYPE, {"valueSelectionSetting": {"resolutionStrategy": "topResolution"}}, "TOP_RESOLUTION"),
    (TYPE, {"valueSelectionSetting": {"advancedRecognitionSetting":
     {"audioRecognitionStrategy": "useSlotValuesAsCustomVocabulary"}}},
     "UseSlotValuesAsCustomVocabulary"),
    (SLOT, elicits(promptSpecification=prompt("뭐요?"), slotConstraint="required"), "Required"),
    (SLOT, elicits(promptSpecification=prompt("뭐요?") | {"messageSelectionStrategy": "ordered"}),
     "Ordered"),
    (SLOT, elicits(promptSpecification=prompt("뭐요?") | {"promptAttemptsSpecification":
     {"retry1": {"allowInterrupt": True}}}), "Retry1"),
    (SLOT, elicits(promptSpecification=prompt("뭐요?"), slotResolutionSetting=
     {"slotResolutionStrategy": "Enhanced"}), "EnhancedFallback"),
    (SLOT, {"obfuscationSetting": {"obfuscationSettingType": "defaultObfuscation"}},
     "DefaultObfuscation"),
    (INTENT, {"initialResponseSetting": {"nextStep": step("endConversation")}}, "EndConversation"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "members", "meant"), WRONG_WORDS)
def test_a_word_that_lex_does_not_take_is_one_error_with_its_line(
    sound, write, file, members, meant
):
    sound[file] |= members
    errors = [each for each in care.check(write()).problems if each.severity == "error"]
    assert [each.file for each in errors] == [file]
    assert errors[0].code in ("wrong-word", "wrong-member")
    assert f'Write "{meant}"' in errors[0].cure
    assert errors[0].line is not None


@pytest.mark.parametrize("word", ["Concatenation", "CONCATENATION", "TopResolution"])
def test_the_words_of_the_api_are_taken_in_a_file(sound, codes, word):
    sound[TYPE]["valueSelectionSetting"]["resolutionStrategy"] = word
    assert codes() == []


def test_names_of_the_authors_own_are_no_words_of_lex(sound, codes):
    setting = {"sessionAttributes": {"engine": "V8", "botType": "x"}}
    sound[INTENT] |= {"initialResponseSetting": {"nextStep": step("FulfillIntent") | setting}}
    assert not [each for each in codes() if each[0] == "wrong-word"]


def test_what_follows_from_a_file_that_cannot_be_read_is_not_reported(sound, codes):
    sound[TYPE] = b"{"
    assert [code for code, *_ in codes()] == ["not-json"]


def test_a_finding_has_the_line_of_its_place(sound, write):
    sound[INTENT] = json.dumps(
        sound[INTENT] | samples("주문", "{Drink 주세요"), ensure_ascii=False, indent=2
    ).encode()
    [problem] = care.check(write()).problems
    assert "{Drink 주세요" in sound[INTENT].decode().splitlines()[problem.line - 1]


def test_a_member_that_stands_twice_is_reported(sound, codes):
    sound[INTENT] = json.dumps(sound[INTENT]).replace("{", '{"name": "Other", ', 1).encode()
    assert [code for code, *_ in codes()] == ["repeated-member"]


@pytest.mark.parametrize(
    ("manifest", "found"),
    [
        ({"metaData": {"fileFormat": "LexJson", "resourceType": "BOT_LOCALE"}}, []),
        ({"metadata": {"fileFormat": "LexJson", "resourceType": "Bot"}}, []),
        ({"metaData": {"fileFormat": "CSV", "resourceType": "BOT"}}, ["$.metaData.fileFormat"]),
        ({"metadata": {"resourceType": "INTENT"}}, ["$.metadata.resourceType"]),
    ],
)
def test_the_words_of_a_manifest_are_those_of_lex(sound, codes, manifest, found):
    sound["Manifest.json"] = manifest
    assert codes() == [("manifest-words", "Manifest.json", field) for field in found]


@pytest.mark.parametrize(
    ("written", "code"),
    [("AMAZON.number", "built-in-type-case"), ("AMAZON.Numbers", "unknown-built-in-type")],
)
def test_a_built_in_type_is_written_as_lex_writes_it(sound, codes, written, code):
    sound[SLOT] = {**sound[SLOT], "slotTypeName": written}
    assert code in [found for found, *_ in codes()]


def test_what_is_no_bot_is_a_finding_too(tmp_path):
    [problem] = care.check(tmp_path / "nowhere.zip").problems
    assert (problem.code, problem.severity) == ("not-an-export", "error")


def test_a_code_hook_that_no_configuration_names_is_reported(sound, codes):
    sound[INTENT]["fulfillmentCodeHook"] = {"enabled": True}
    place = f"{LOCALE}/BotLocale.json"
    assert codes() == [("hook-not-configured", place, "$")]
    for name, none_is_missing in (("Cafe", True), ("Other", False)):
        hooks = (HookSetting(bot=name, url="http://127.0.0.1:1"),)
        assert (codes(settings=Settings(hooks=hooks)) == []) is none_is_missing


def test_a_fallback_without_a_hook_of_its_own_is_answered(sound, codes):
    sound[FALLBACK] |= {"intentClosingSetting": None, "fulfillmentCodeHook": {"enabled": True}}
    assert codes() == []


def test_rules_are_switched_off_everywhere_or_in_some_files(sound, write):
    sound[INTENT] |= samples("주문")
    sound |= {GREET: intent("Greet", "안녕")}
    path = write()
    assert len(care.check(path).problems) == 2
    off = care.check(path, settings=Settings(check=CheckSetting(off=("one-sample",))))
    assert (off.problems, off.switched_off) == ((), 2)
    in_some = CheckSetting(off_in={"*/Intents/Gr*": ("one-sample",)})
    some = care.check(path, settings=Settings(check=in_some))
    assert [problem.file for problem in some.problems] == [INTENT]


def test_a_rule_that_does_not_exist_cannot_be_switched_off(tmp_path):
    file = tmp_path / "daehwa.toml"
    file.write_text('[check]\noff = ["one-samples"]\n', "utf-8")
    with pytest.raises(SettingsError, match="one-sample"):
        load_settings(file)


@pytest.mark.parametrize("path", every_export())
def test_exports_of_lex_have_no_errors(path):
    assert [p for p in care.check(path).problems if p.severity == "error"] == []


@pytest.mark.parametrize("name", bot.bundled())
def test_the_example_bots_are_sound(name):
    assert care.check(bot.bundled()[name]).problems == ()


@pytest.mark.parametrize("code", bot.RULES)
def test_a_rule_is_as_grave_as_the_table_says(code):
    """Every finding of the breaches above has the severity of its rule."""
    rule = bot.RULES[code]
    assert rule.severity in ("error", "warning")
    assert rule.breach.endswith(".")


def test_findings_are_as_grave_as_their_rules(sound, write):
    sound[INTENT] |= samples("{Drink 주문") | {"colour": 1}
    for problem in care.check(write()).problems:
        assert problem.severity == bot.RULES[problem.code].severity
