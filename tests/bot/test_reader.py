"""Reading exports: what is read leniently, and what is refused with which words."""

import re

import pytest
from tests.material.sources import every_export

from daehwa import bot

LOCALE = "Cafe/BotLocales/ko_KR"
INTENT = f"{LOCALE}/Intents/Order/Intent.json"
SLOT = f"{LOCALE}/Intents/Order/Slots/Drink/Slot.json"
SLOT_TYPE = f"{LOCALE}/SlotTypes/Drink/SlotType.json"
ELICITATION = "valueElicitationSetting"


def refused(path, error=bot.BotError):
    with pytest.raises(error) as caught:
        bot.load(path)
    return caught.value


# --- what a sound export becomes --------------------------------------------------------


def test_an_export_becomes_a_bot_with_its_locales_intents_slots_and_types(write):
    cafe = bot.load(write())
    locale = cafe.locales["ko_KR"]
    assert (cafe.name, cafe.identifier, cafe.idle_session_ttl_in_seconds) == (
        "Cafe",
        "CAFE123456",
        300,
    )
    assert list(locale.intents) == ["FallbackIntent", "Order"]
    assert locale.intents["Order"].slots["Drink"].slot_type_name == "Drink"
    assert locale.slot_types["Drink"].slot_type_values[0].synonyms[0].value == "아메리카노"
    assert locale.fallback_intent.name == "FallbackIntent"


INTENTS = {
    "ChowderBar": {"en_US": 5},
    "GuestHouse": {"ko_KR": 3, "en_US": 3},
    "HarbourBell": {"en_US": 3},
    "LighthouseDesk": {"en_US": 4},
    "MailBoat": {"en_GB": 2},
    "NetLoft": {"en_US": 3},
    "ParishArchive": {"en_GB": 3},
    "PilotStation": {"ko_KR": 3},
    # Those of ../shared.
    "BlogBot_ko-en": {"ko_KR": 3, "en_US": 3},
    "DemoBot": {"en_US": 4},
    "FSI-Agent": {"en_US": 4},
    "OrderBirthStone": {"en_GB": 2},
    "OrderFlower-repeat": {"en_US": 3},
    "PizzaShop": {"en_US": 2},
    "ReminderBot": {"en_US": 3},
    "SST_Doc_Bot": {"en_GB": 2},
}


@pytest.mark.parametrize("path", every_export())
def test_every_export_loads(path):
    real = bot.load(path)
    name = path.name if path.is_dir() else re.split("[-_]", path.name)[0]
    intents = {identifier: len(locale.intents) for identifier, locale in real.locales.items()}
    assert intents == INTENTS[name]
    assert all(locale.fallback_intent for locale in real.locales.values())


# --- lenient in the layout --------------------------------------------------------------


def test_a_zip_is_the_same_as_its_folder(write, pack):
    assert bot.load(pack()) == bot.load(write())


def test_folders_around_the_export_do_not_matter(write, pack, files):
    plain = bot.load(write())
    assert bot.load(write("a/b/c").parents[1]) == plain
    for path in list(files):
        files[f"Downloads/my bot/{path}"] = files.pop(path)
    assert bot.load(pack()) == plain


def test_directory_entries_in_a_zip_do_not_matter(pack, write):
    assert bot.load(pack(add=[("Cafe/", b""), (f"{LOCALE}/Intents/", b"")])) == bot.load(write())


@pytest.mark.parametrize("name", ["Manifest.json", "manifest.json"])
def test_the_manifest_is_not_needed_and_may_be_spelled_small(write, files, name):
    plain = bot.load(write("plain"))
    manifest = files.pop("Manifest.json")
    assert bot.load(write("without")) == plain
    files[name] = manifest
    assert bot.load(write("with")) == plain


def test_loose_files_without_the_bots_folder_load(write, files):
    plain = bot.load(write("plain"))
    for path in list(files):
        files[path.removeprefix("Cafe/")] = files.pop(path)
    assert bot.load(write("loose")) == plain


def test_the_path_of_the_bot_file_stands_for_its_folder(write):
    export = write()
    assert bot.load(export / "Cafe" / "Bot.json") == bot.load(export)


def test_the_export_of_one_locale_is_a_bot_named_after_the_zip(pack, files):
    for path in list(files):
        content = files.pop(path)
        if path.startswith("Cafe/BotLocales/"):
            files[path.removeprefix("Cafe/BotLocales/")] = content
    for name in ("Cafe-DRAFT-YTZOBUF72Q-LexJson.zip", "Cafe_3_ko_KR_YTZOBUF72Q_LEX_JSON.zip"):
        cafe = bot.load(pack(name))
        assert cafe.name == "Cafe"
        assert list(cafe.locales) == ["ko_KR"]


def test_a_locale_without_its_file_is_known_by_its_folder(write, files):
    del files[f"{LOCALE}/BotLocale.json"]
    assert bot.load(write()).locales["ko_KR"].nlu_confidence_threshold == 0.4


def test_what_systems_leave_behind_is_ignored(pack, write):
    litter = [
        (f"__MACOSX/{INTENT}", b"\x00\x05\x16\x07"),
        ("Cafe/.DS_Store", b"\x00"),
        (f".git/{INTENT}", b"not json"),
        ("README.md", b"hello"),
    ]
    assert bot.load(pack(add=litter)) == bot.load(write())


def test_a_byte_order_mark_and_utf16_are_read(write, files):
    plain = bot.load(write("plain"))
    text = '{"name": "Cafe", "identifier": "CAFE123456", "version": "DRAFT", '
    text += '"dataPrivacy": {"childDirected": false}, "idleSessionTTLInSeconds": 300}'
    for encoding in ("utf-8-sig", "utf-16"):
        files["Cafe/Bot.json"] = text.encode(encoding)
        assert bot.load(write(encoding)) == plain


def test_a_locale_without_a_fallback_intent_gets_lexs_default_one(write, files):
    del files[f"{LOCALE}/Intents/FallbackIntent/Intent.json"]
    assert bot.load(write()).locales["ko_KR"].fallback_intent == bot.DEFAULT_FALLBACK_INTENT


def test_the_visual_builders_drawing_and_the_vocabulary_are_kept(write, files):
    files[f"{LOCALE}/Intents/Order/ConversationFlow.json"] = {"intentName": "Order"}
    files[f"{LOCALE}/CustomVocabulary/CustomVocabulary.json"] = {
        "customVocabularyItems": [{"phrase": "라떼", "weight": 3}]
    }
    locale = bot.load(write()).locales["ko_KR"]
    assert locale.intents["Order"].conversation_flow == {"intentName": "Order"}
    assert locale.custom_vocabulary["customVocabularyItems"][0]["phrase"] == "라떼"


# --- lenient in the spelling ------------------------------------------------------------


def test_the_apis_and_the_documents_spellings_are_read(write, files):
    files[INTENT] |= {
        "intentConfirmationSetting": {
            "active": False,
            "confirmationPrompt": {
                "messageGroupList": [
                    {
                        "message": {
                            "imageResponseCard": {
                                "title": "확인",
                                "buttons": [{"text": "네", "value": "네"}],
                            }
                        }
                    }
                ],
                "maxRetries": 1,
            },
        },
        "intentClosingSetting": {"active": True, "closingResponse": {"messageGroups": []}},
    }
    files[SLOT_TYPE]["valueSelectionSetting"]["resolutionStrategy"] = "OriginalValue"
    locale = bot.load(write()).locales["ko_KR"]
    confirmation = locale.intents["Order"].intent_confirmation_setting
    card = confirmation.prompt_specification.message_groups_list[0].message.image_response_card
    assert not confirmation.is_active
    assert card.buttons_list == (bot.Button(text="네", value="네"),)
    assert locale.intents["Order"].intent_closing_setting.is_active
    setting = locale.slot_types["Drink"].value_selection_setting
    assert setting.resolution_strategy == "ORIGINAL_VALUE"


def test_the_documents_form_of_a_slot_is_read(write, files):
    plain = bot.load(write("plain")).locales["ko_KR"].intents["Order"].slots["Drink"]
    slot = files[SLOT]
    prompt = slot.pop(ELICITATION)["promptSpecification"]
    slot |= {
        "slotConstraint": "Optional",
        "defaultValueSpec": {"defaultValueList": [{"defaultValue": "차"}]},
        "slotValueElicitationSetting": {
            "promptSpecification": prompt,
            "sampleValueElicitingUtterances": [{"utterance": "{Drink}요"}],
        },
        "multipleValuesSetting": {"allowMutlipleValues": True},
    }
    read = bot.load(write("documents")).locales["ko_KR"].intents["Order"].slots["Drink"]
    setting = read.value_elicitation_setting
    assert setting.prompt_specification == plain.value_elicitation_setting.prompt_specification
    assert setting.slot_constraint == "Optional"
    assert setting.default_value_specification.default_value_list[0].default_value == "차"
    assert setting.sample_utterances[0].utterance == "{Drink}요"
    assert read.multiple_values_setting.allow_multiple_values


def pause(active, groups):
    """A wait-and-continue setting, with the names that its members have."""
    group = [{"message": {"plainTextMessage": {"value": "천천히 하세요."}}}]
    return {
        active: True,
        "waitingResponse": {groups: group},
        "continueResponse": {groups: group},
        "stillWaitingResponse": {groups: group, "frequencyInSeconds": 20, "timeoutInSeconds": 60},
    }


def progress(active, groups):
    """A setting of fulfilment updates, with the names that its members have."""
    group = [{"message": {"plainTextMessage": {"value": "찾는 중이에요."}}}]
    return {
        active: True,
        "startResponse": {groups: group, "delayInSeconds": 1},
        "updateResponse": {groups: group, "frequencyInSeconds": 10},
        "timeoutInSeconds": 120,
    }


def test_pauses_and_fulfilment_updates_are_read_in_either_spelling(write, files):
    read = []
    for active, groups in (("active", "messageGroups"), ("isActive", "messageGroupsList")):
        files[SLOT][ELICITATION]["waitAndContinueSpecification"] = pause(active, groups)
        files[INTENT]["fulfillmentCodeHook"] = {
            "enabled": True,
            "fulfillmentUpdatesSpecification": progress(active, groups),
        }
        read.append(bot.load(write(active)))
    assert read[0] == read[1]
    order = read[0].locales["ko_KR"].intents["Order"]
    wait = order.slots["Drink"].value_elicitation_setting.wait_and_continue_specification
    assert wait.still_waiting_response.timeout_in_seconds == 60
    updates = order.fulfillment_code_hook.fulfillment_updates_specification
    assert updates.update_response.frequency_in_seconds == 10


def test_ids_stand_for_names_as_in_the_api(write, files):
    plain = bot.load(write("plain"))
    files[SLOT]["slotTypeId"] = "DRINK12345"
    del files[SLOT]["slotTypeName"]
    files[INTENT]["slotPriorities"] = [{"slotId": "SLOT123456", "priority": 1}]
    assert bot.load(write("ids")) == plain


def test_the_parts_of_a_composite_type_get_the_names_of_their_types(write, files):
    files[f"{LOCALE}/SlotTypes/Meal/SlotType.json"] = {
        "name": "Meal",
        "compositeSlotTypeSetting": {
            "subSlots": [
                {"name": "drink", "slotTypeId": "DRINK12345"},
                {"name": "when", "slotTypeId": "AMAZON.Time"},
            ]
        },
    }
    meal = bot.load(write()).locales["ko_KR"].slot_types["Meal"]
    parts = meal.composite_slot_type_setting.sub_slots
    assert [part.slot_type_name for part in parts] == ["Drink", "AMAZON.Time"]


def test_null_and_absent_are_the_same(write, files):
    plain = bot.load(write("plain"))
    files[INTENT] |= {"description": None, "inputContexts": None, "fulfillmentCodeHook": None}
    files["Cafe/Bot.json"] |= {"description": None}
    assert bot.load(write("null")) == plain


def test_unknown_members_are_kept_wherever_they_stand(write, files):
    files["Cafe/Bot.json"]["errorLogSettings"] = {"enabled": True}
    files[SLOT][ELICITATION]["promptSpecification"]["newThing"] = [1]
    cafe = bot.load(write())
    setting = cafe.locales["ko_KR"].intents["Order"].slots["Drink"].value_elicitation_setting
    assert cafe.extra == {"errorLogSettings": {"enabled": True}}
    assert setting.prompt_specification.extra == {"newThing": [1]}


# --- refused: the file, the field, the cure ---------------------------------------------


def test_there_has_to_be_something_at_the_path(tmp_path):
    error = refused(tmp_path / "nowhere.zip", bot.ArchiveError)
    assert "no such file or folder" in str(error)


def test_an_empty_folder_gets_the_way_to_export(tmp_path):
    error = refused(tmp_path, bot.ArchiveError)
    assert "no Bot.json" in error.problem
    assert "console" in error.cure


def test_several_bots_in_one_folder_are_listed(write, files):
    files["Tea/Bot.json"] = {"name": "Tea"}
    assert "Cafe/Bot.json, Tea/Bot.json" in str(refused(write(), bot.ArchiveError))


def test_a_custom_vocabulary_alone_is_no_bot(write, files):
    files.clear()
    files["CustomVocabulary/CustomVocabulary.json"] = {"customVocabularyItems": []}
    assert "custom vocabulary" in str(refused(write()))


def test_an_intent_needs_a_locale(write, files):
    files["Cafe/Intents/Lost/Intent.json"] = {"name": "Lost"}
    error = refused(write(), bot.ArchiveError)
    assert error.file == "Cafe/Intents/Lost/Intent.json"
    assert "BotLocale.json" in error.cure


@pytest.mark.parametrize(
    ("text", "place", "cure"),
    [
        ('{"name": "Order",}', "line 1, column 17", "Remove the comma"),
        ('{"name": "Order"\n "x": 1}', "line 2, column 2", "missing comma"),
        ('{"name": "Order"', "line 1, column 17", "ends too early"),
        ('{\n// the order\n"name": "Order"}', "line 2, column 1", "Remove the comment"),
        ("", "line 1, column 1", "empty"),
        ('{"name": "Order", "x": NaN}', None, "ordinary number"),
        ('{"name": "Order", "x": 1e999}', None, "ordinary number"),
        ('{"name": "\\ud800"}', None, "whole character"),
        ("[" * 50_000, None, "Lex export"),
        ('{"x":' * 500 + "1" + "}" * 500, None, "Lex export"),
    ],
)
def test_bad_json_is_reported_by_line_and_column(write, files, text, place, cure):
    files[INTENT] = text.encode()
    error = refused(write(), bot.MalformedJSONError)
    assert (error.file, error.field) == (INTENT, place)
    assert cure in error.cure


def test_text_that_is_not_utf8_is_reported(write, files):
    files[INTENT] = '{"name": "주문"}'.encode("cp949")
    assert "UTF-8" in refused(write(), bot.MalformedJSONError).cure


@pytest.mark.parametrize(
    ("path", "change", "field", "words"),
    [
        (INTENT, {"name": None}, "$.name", '"name" is missing'),
        (INTENT, {"name": ""}, "$.name", "empty"),
        (INTENT, {"name": 3}, "$.name", 'this is 3, but has to be text in "double quotes"'),
        (INTENT, {"sampleUtterances": "hi"}, "$.sampleUtterances", "a list in [ ]"),
        (
            INTENT,
            {"sampleUtterances": [{"utterance": "a"}, {"text": "b"}]},
            "$.sampleUtterances[1].utterance",
            '"utterance" is missing',
        ),
        (
            INTENT,
            {"slotPriorities": [{"slotName": "Drink", "priority": "first"}]},
            "$.slotPriorities[0].priority",
            "a whole number",
        ),
        (INTENT, {"dialogCodeHook": {"enabled": 1}}, "$.dialogCodeHook.enabled", "true or false"),
        (INTENT, {"dialogCodeHook": []}, "$.dialogCodeHook", "an object in { }"),
        (
            INTENT,
            {"initialResponseSetting": {"nextStep": {"dialogAction": {"type": "Jump"}}}},
            "$.initialResponseSetting.nextStep.dialogAction.type",
            "ElicitSlot",
        ),
        (
            INTENT,
            {"fulfillmentCodeHook": {"fulfillmentUpdatesSpecification": {"active": "yes"}}},
            "$.fulfillmentCodeHook.fulfillmentUpdatesSpecification.active",
            "true or false",
        ),
        (
            INTENT,
            {
                "initialResponseSetting": {
                    "nextStep": {"intent": {"slots": {"Drink": {"value": {"interpretedValue": 3}}}}}
                }
            },
            "$.initialResponseSetting.nextStep.intent.slots.Drink.value.interpretedValue",
            'this is 3, but has to be text in "double quotes"',
        ),
        (SLOT, {"slotTypeName": None}, "$.slotTypeName", "no type"),
        (SLOT_TYPE, {"slotTypeValues": [{"synonyms": []}]}, "$.slotTypeValues[0].sampleValue", ""),
        ("Cafe/Bot.json", {"name": None}, "$.name", "missing"),
        ("Cafe/Bot.json", {"idleSessionTTLInSeconds": True}, "$.idleSessionTTLInSeconds", "true"),
        (
            f"{LOCALE}/BotLocale.json",
            {"nluConfidenceThreshold": "high"},
            "$.nluConfidenceThreshold",
            '"high"',
        ),
    ],
)
def test_a_wrong_member_is_reported_by_its_path(write, files, *, path, change, field, words):
    files[path] |= change
    error = refused(write(), bot.FieldError)
    assert (error.file, error.field) == (path, field)
    assert words in str(error)
    assert error.cure


def test_a_wrong_member_is_reported_as_the_file_spells_it(write, files):
    files[INTENT]["intentClosingSetting"] = {"active": "yes"}
    assert refused(write()).field == "$.intentClosingSetting.active"


@pytest.mark.parametrize(
    ("path", "change", "field", "words"),
    [
        (SLOT, {"slotTypeName": "Drinks"}, "$.slotTypeName", 'Write "Drink"'),
        (
            INTENT,
            {"slotPriorities": [{"slotName": "Drunk", "priority": 1}]},
            "$.slotPriorities[0].slotName",
            'Write "Drink"',
        ),
        (
            INTENT,
            {"sampleUtterances": [{"utterance": "{Size} 주세요"}]},
            "$.sampleUtterances[0].utterance",
            'no slot "Size"',
        ),
        (
            INTENT,
            {
                "initialResponseSetting": {
                    "nextStep": {"dialogAction": {"type": "StartIntent"}, "intent": {"name": "Bye"}}
                }
            },
            "$.initialResponseSetting.nextStep.intent.name",
            'no intent "Bye"',
        ),
        (
            INTENT,
            {"initialResponseSetting": {"nextStep": {"dialogAction": {"type": "ElicitSlot"}}}},
            "$.initialResponseSetting.nextStep.dialogAction.slotToElicit",
            "no slot",
        ),
    ],
)
def test_a_name_that_leads_nowhere_is_reported_with_the_likely_one(
    write, files, *, path, change, field, words
):
    files[path] |= change
    error = refused(write(), bot.MissingReferenceError)
    assert (error.file, error.field) == (path, field)
    assert words in str(error)


def test_the_file_that_was_read_is_named_whatever_its_folder_is_called(write, files):
    files[f"{LOCALE}/Intents/Elsewhere/Intent.json"] = files.pop(INTENT) | {
        "slotPriorities": [{"slotName": "Nothing", "priority": 1}]
    }
    assert refused(write()).file == f"{LOCALE}/Intents/Elsewhere/Intent.json"


def test_two_of_one_name_are_refused_by_both_files(write, files):
    files[f"{LOCALE}/Intents/Order2/Intent.json"] = {"name": "Order"}
    error = refused(write(), bot.FieldError)
    assert "Intents/Order/Intent.json" in str(error)
    assert "Intents/Order2/Intent.json" in str(error)


def test_one_locale_twice_is_refused(write, files):
    files["Cafe/BotLocales/copy/BotLocale.json"] = {"identifier": "ko_KR"}
    assert "twice" in str(refused(write(), bot.FieldError))
