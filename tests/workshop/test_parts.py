"""Bots, locales, intents, slots and slot types through the operations."""

import pytest

from daehwa import bot
from daehwa.workshop import errors

PROMPT = {
    "messageGroups": [{"message": {"plainTextMessage": {"value": "어떤 차요?"}}}],
    "maxRetries": 2,
}


@pytest.fixture
def tea(desk):
    return desk.make_locale(desk.make_bot())


def make_intent(desk, place, name="OrderTea", **more):
    return desk("CreateIntent", **place, intentName=name, **more)["intentId"]


def make_type(desk, place, name="Tea"):
    return desk(
        "CreateSlotType",
        **place,
        slotTypeName=name,
        slotTypeValues=[{"sampleValue": {"value": "녹차"}}],
        valueSelectionSetting={"resolutionStrategy": "TopResolution"},
    )["slotTypeId"]


def make_slot(desk, place, intent_id, type_id="AMAZON.Date", name="Tea"):
    return desk(
        "CreateSlot",
        **place,
        intentId=intent_id,
        slotName=name,
        slotTypeId=type_id,
        valueElicitationSetting={"slotConstraint": "Required", "promptSpecification": PROMPT},
    )["slotId"]


def test_a_new_locale_has_a_fallback_intent_and_is_not_built(desk, tea):
    described = desk("DescribeBotLocale", **tea)
    assert (described["localeName"], described["botLocaleStatus"]) == (
        "Korean (South Korea)",
        "NotBuilt",
    )
    (only,) = desk("ListIntents", **tea)["intentSummaries"]
    assert only["parentIntentSignature"] == bot.FALLBACK_INTENT
    with pytest.raises(errors.PreconditionFailedException):
        desk("DeleteIntent", **tea, intentId=only["intentId"])


def test_what_is_put_into_an_intent_is_described(desk, tea):
    closing = {
        "active": True,
        "closingResponse": {
            "messageGroups": [
                {
                    "message": {
                        "imageResponseCard": {
                            "title": "차",
                            "buttons": [{"text": "예", "value": "네"}],
                        }
                    },
                    "variations": [{"plainTextMessage": {"value": "곧 드릴게요."}}],
                }
            ],
            "allowInterrupt": True,
        },
        "nextStep": {
            "dialogAction": {"type": "EndConversation"},
            "sessionAttributes": {"isActive": "yes"},
        },
    }
    updates = {
        "active": True,
        "timeoutInSeconds": 60,
        "startResponse": {"delayInSeconds": 2, "messageGroups": PROMPT["messageGroups"]},
    }
    intent_id = make_intent(
        desk,
        tea,
        intentDisplayName="차 주문",
        intentClosingSetting=closing,
        fulfillmentCodeHook={
            "enabled": True,
            "active": True,
            "fulfillmentUpdatesSpecification": updates,
        },
    )
    described = desk("DescribeIntent", **tea, intentId=intent_id)
    assert described["intentClosingSetting"] == closing
    assert described["fulfillmentCodeHook"]["fulfillmentUpdatesSpecification"] == updates
    assert described["intentDisplayName"] == "차 주문"


def test_exports_get_the_spelling_of_exports(desk, tea):
    make_type(desk, tea)
    exported = bot.encode(desk.draft(tea["botId"]).locales["ko_KR"].slot_types["Tea"])
    assert exported["valueSelectionSetting"]["resolutionStrategy"] == "TOP_RESOLUTION"


def test_slots_follow_the_new_name_of_their_type(desk, tea):
    type_id = make_type(desk, tea)
    intent_id = make_intent(desk, tea)
    slot_id = make_slot(desk, tea, intent_id, type_id)
    desk(
        "UpdateSlotType",
        **tea,
        slotTypeId=type_id,
        slotTypeName="Drink",
        slotTypeValues=[{"sampleValue": {"value": "녹차"}}],
        valueSelectionSetting={"resolutionStrategy": "OriginalValue"},
    )
    described = desk("DescribeSlot", **tea, intentId=intent_id, slotId=slot_id)
    assert described["slotTypeId"] == type_id
    slots = desk.draft(tea["botId"]).locales["ko_KR"].intents["OrderTea"].slots
    assert slots["Tea"].slot_type_name == "Drink"
    with pytest.raises(errors.PreconditionFailedException, match=r"OrderTea\.Tea"):
        desk("DeleteSlotType", **tea, slotTypeId=type_id)


def test_the_order_of_asking_names_slots_by_id_and_follows_their_names(desk, tea):
    intent_id = make_intent(desk, tea)
    slot_id = make_slot(desk, tea, intent_id)
    order = [{"priority": 1, "slotId": slot_id}]
    desk("UpdateIntent", **tea, intentId=intent_id, intentName="OrderTea", slotPriorities=order)
    desk(
        "UpdateSlot",
        **tea,
        intentId=intent_id,
        slotId=slot_id,
        slotName="When",
        slotTypeId="AMAZON.Date",
        valueElicitationSetting={"slotConstraint": "Optional"},
    )
    assert desk("DescribeIntent", **tea, intentId=intent_id)["slotPriorities"] == order
    desk("DeleteSlot", **tea, intentId=intent_id, slotId=slot_id)
    assert desk("DescribeIntent", **tea, intentId=intent_id)["slotPriorities"] == []
    with pytest.raises(errors.ValidationException, match=slot_id):
        desk("UpdateIntent", **tea, intentId=intent_id, intentName="OrderTea", slotPriorities=order)


def test_an_update_with_what_was_described_changes_nothing(desk):
    """So that a script may read, change one member, and write."""
    bot_id = desk.bring(bot.bundled()["PadoBooksBot"], "Pado")["importedResourceId"]
    before = desk.draft(bot_id)
    for locale_id in before.locales:
        place = {"botId": bot_id, "botVersion": "DRAFT", "localeId": locale_id}
        for kind in desk("ListSlotTypes", **place)["slotTypeSummaries"]:
            described = desk("DescribeSlotType", **place, slotTypeId=kind["slotTypeId"])
            desk("UpdateSlotType", **described)
        for intent in desk("ListIntents", **place)["intentSummaries"]:
            here = {**place, "intentId": intent["intentId"]}
            for slot in desk("ListSlots", **here)["slotSummaries"]:
                desk("UpdateSlot", **desk("DescribeSlot", **here, slotId=slot["slotId"]))
            desk("UpdateIntent", **desk("DescribeIntent", **here))
    assert bot.encode(desk.draft(bot_id)) == bot.encode(before)
    for name, locale in before.locales.items():
        after = desk.draft(bot_id).locales[name]
        assert without_empty(after) == without_empty(locale)


def without_empty(value):
    """The definition in the API's spelling: whether a member is unset or empty is not shown."""
    from daehwa.workshop.member_names import to_api

    return {
        "types": {name: to_api(one) for name, one in value.slot_types.items()},
        "intents": {name: to_api(one) for name, one in value.intents.items()},
        "slots": {
            (name, key): to_api(slot)
            for name, one in value.intents.items()
            for key, slot in one.slots.items()
        },
    }


@pytest.mark.parametrize(
    ("operation", "members"),
    [
        ("CreateIntent", {"intentName": "FallbackIntent"}),
        ("CreateBotLocale", {"nluIntentConfidenceThreshold": 0.4}),
    ],
)
def test_a_name_that_is_taken_is_a_conflict(desk, tea, operation, members):
    with pytest.raises(errors.ConflictException):
        desk(operation, **tea, **members)


def test_a_definition_beyond_lexs_limits_is_refused_by_its_place(desk, tea):
    with pytest.raises(errors.ValidationException, match=r"sampleUtterances\[0\]\.utterance"):
        make_intent(desk, tea, sampleUtterances=[{"utterance": "가" * 501}])
    with pytest.raises(errors.ValidationException, match="intentConfirmationSetting"):
        make_intent(desk, tea, intentConfirmationSetting={"promptSpecification": "no object"})


@pytest.mark.parametrize("name", ["HelpIntent", "QnaIntent", "helpintent", "FALLBACKINTENT"])
def test_an_intent_cannot_have_the_name_of_a_built_in_one(desk, tea, name):
    with pytest.raises(errors.ValidationException, match="conflicts with the name of a built-in"):
        make_intent(desk, tea, name)
    intent_id = make_intent(desk, tea, "Help", parentIntentSignature="AMAZON.HelpIntent")
    with pytest.raises(errors.ValidationException, match="conflicts"):
        desk("UpdateIntent", **tea, intentId=intent_id, intentName=name)


def test_built_ins_that_lex_does_not_have_are_refused_by_the_member(desk, tea):
    intent_id = make_intent(desk, tea)
    with pytest.raises(errors.ValidationException, match=r"'slotTypeId'.*mean AMAZON\.Date\?"):
        make_slot(desk, tea, intent_id, "AMAZON.DATE")
    with pytest.raises(errors.ValidationException, match="'parentIntentSignature'"):
        make_intent(desk, tea, "Greet", parentIntentSignature="AMAZON.GreetIntent")
    with pytest.raises(errors.ValidationException, match="'parentSlotTypeSignature'"):
        desk("CreateSlotType", **tea, slotTypeName="Code", parentSlotTypeSignature="AMAZON.Letters")
    with pytest.raises(errors.ValidationException, match=r"only AMAZON\.AlphaNumeric can be"):
        desk("CreateSlotType", **tea, slotTypeName="Code", parentSlotTypeSignature="AMAZON.Number")


def test_a_built_in_type_of_one_locale_is_listed_and_taken_there_alone(desk, tea):
    with pytest.raises(errors.ValidationException, match="not available in the locale ko_KR"):
        make_slot(desk, tea, make_intent(desk, tea), "AMAZON.UKPostalCode")
    postcode = {
        locale_id: "AMAZON.UKPostalCode"
        in {
            one["slotTypeSignature"]
            for one in desk("ListBuiltInSlotTypes", localeId=locale_id)["builtInSlotTypeSummaries"]
        }
        for locale_id in ("ko_KR", "en_US", "en_GB")
    }
    assert postcode == {"ko_KR": False, "en_US": False, "en_GB": True}


def test_a_pattern_that_repeats_without_end_is_refused_by_the_member(desk, tea):
    code = {"slotTypeName": "Code", "parentSlotTypeSignature": "AMAZON.AlphaNumeric"}

    def filtered(pattern):
        return {"valueSelectionSetting": {"regexFilter": {"pattern": pattern}}}

    with pytest.raises(errors.ValidationException, match=r"regexFilter\.pattern"):
        desk("CreateSlotType", **tea, **code, **filtered("[0-9]*"))
    made = desk("CreateSlotType", **tea, **code, **filtered("[0-9]{4}"))
    with pytest.raises(errors.ValidationException, match="without an upper bound"):
        desk(
            "UpdateSlotType", **tea, **code, slotTypeId=made["slotTypeId"], **filtered("[0-9]{4,}")
        )


def test_a_locale_takes_as_many_intents_as_lex(desk, tea, monkeypatch):
    monkeypatch.setattr(bot, "MAX_INTENTS", 2)
    make_intent(desk, tea)
    with pytest.raises(errors.ServiceQuotaExceededException):
        make_intent(desk, tea, "Another")


def test_lists_are_filtered_sorted_and_cut_into_pages(desk, tea):
    for name in ("Delta", "Alpha", "Beta"):
        make_intent(desk, tea, name)
    order = {"attribute": "IntentName", "order": "Descending"}
    first = desk("ListIntents", **tea, sortBy=order, maxResults=3)
    assert [one["intentName"] for one in first["intentSummaries"]] == [
        "FallbackIntent",
        "Delta",
        "Beta",
    ]
    rest = desk("ListIntents", **tea, sortBy=order, maxResults=3, nextToken=first["nextToken"])
    assert [one["intentName"] for one in rest["intentSummaries"]] == ["Alpha"]
    assert "nextToken" not in rest
    holding = {"name": "IntentName", "operator": "CO", "values": ["ta"]}
    filtered = desk("ListIntents", **tea, filters=[holding])["intentSummaries"]
    assert [one["intentName"] for one in filtered] == ["Beta", "Delta"]
    with pytest.raises(errors.ValidationException):
        desk("ListIntents", **tea, nextToken="made up")
    with pytest.raises(errors.ValidationException, match="not one that this list gave"):
        desk("ListSlotTypes", **tea, nextToken=first["nextToken"])


def test_everything_is_there_after_a_restart(desk, tea):
    intent_id = make_intent(desk, tea, sampleUtterances=[{"utterance": "{NotYetThere} 주세요"}])
    described = desk("DescribeIntent", **tea, intentId=intent_id)
    draft = desk.draft(tea["botId"])
    desk.open()
    assert desk("DescribeIntent", **tea, intentId=intent_id) == described
    assert desk.draft(tea["botId"]) == draft


def test_a_deleted_bot_is_gone_from_the_folder(desk, tea):
    desk("DeleteBot", botId=tea["botId"])
    desk.open()
    assert desk("ListBots")["botSummaries"] == []
    with pytest.raises(errors.ResourceNotFoundException):
        desk("DescribeBot", botId=tea["botId"])


def test_bots_from_files_are_seen_and_not_changed(desk_with_files):
    desk = desk_with_files
    listed = {one["botName"]: one["botId"] for one in desk("ListBots")["botSummaries"]}
    assert set(bot.bundled()) == set(listed)
    place = {"botId": listed["PadoBooksBot"], "botVersion": "DRAFT", "localeId": "ko_KR"}
    assert desk("DescribeBotLocale", **place)["botLocaleStatus"] == "Built"
    with pytest.raises(errors.PreconditionFailedException, match="served from"):
        desk("CreateIntent", **place, intentName="New")
    with pytest.raises(errors.ConflictException):
        desk.make_bot("PadoBooksBot")


def test_an_import_gives_an_equal_bot_under_its_new_name(desk):
    for path in bot.bundled().values():
        brought = bot.load(path)
        done = desk.bring(path, f"Copy-of-{brought.name}")
        assert done["importStatus"] == "Completed"
        draft = desk.draft(done["importedResourceId"])
        for name, locale in brought.locales.items():
            copy = draft.locales[name]
            assert without_ids(copy) == without_ids(locale)


def without_ids(locale):
    plain = without_empty(locale)
    for one in (*plain["types"].values(), *plain["intents"].values(), *plain["slots"].values()):
        one.pop("identifier", None)
    return plain


def test_an_import_overwrites_appends_or_fails(desk):
    hello = bot.bundled()["HelloWorldBot"]
    bot_id = desk.bring(hello, "Hello")["importedResourceId"]
    place = {"botId": bot_id, "botVersion": "DRAFT", "localeId": "ko_KR"}
    desk("CreateIntent", **place, intentName="Mine")
    again = desk.bring(hello, "Hello")
    assert (again["importStatus"], len(again["failureReasons"])) == ("Failed", 1)
    assert desk.bring(hello, "Hello", "Append")["importedResourceId"] == bot_id
    assert "Mine" in desk.draft(bot_id).locales["ko_KR"].intents
    desk.bring(hello, "Hello", "Overwrite")
    assert "Mine" not in desk.draft(bot_id).locales["ko_KR"].intents


def test_a_file_that_is_no_bot_fails_with_the_reason(desk):
    import_id = desk.upload(b"no zip")
    specification = {
        "botName": "Tea",
        "roleArn": "arn:aws:iam::123456789012:role/lex",
        "dataPrivacy": {"childDirected": False},
    }
    desk(
        "StartImport",
        importId=import_id,
        resourceSpecification={"botImportSpecification": specification},
        mergeStrategy="Overwrite",
    )
    described = desk("DescribeImport", importId=import_id)
    assert described["importStatus"] == "Failed"
    assert "not a zip" in described["failureReasons"][0]


def test_policies_count_their_revisions(desk):
    bot_id = desk.make_bot()
    arn = f"arn:aws:lex:ap-northeast-2:123456789012:bot-alias/{bot_id}/TSTALIASID"
    statement = {
        "resourceArn": arn,
        "effect": "Allow",
        "principal": [{"service": "connect.amazonaws.com"}],
        "action": ["lex:RecognizeText"],
    }
    assert desk("CreateResourcePolicyStatement", **statement, statementId="a")["revisionId"] == "1"
    assert desk("CreateResourcePolicyStatement", **statement, statementId="b")["revisionId"] == "2"
    with pytest.raises(errors.ConflictException):
        desk("CreateResourcePolicyStatement", **statement, statementId="b")
    with pytest.raises(errors.PreconditionFailedException):
        desk("DeleteResourcePolicy", resourceArn=arn, expectedRevisionId="1")
    desk("DeleteResourcePolicyStatement", resourceArn=arn, statementId="a")
    desk("DeleteResourcePolicyStatement", resourceArn=arn, statementId="b")
    with pytest.raises(errors.ResourceNotFoundException):
        desk("DescribeResourcePolicy", resourceArn=arn)


def test_tags_are_put_and_taken(desk):
    arn = f"arn:aws:lex:ap-northeast-2:123456789012:bot/{desk.make_bot()}"
    desk("TagResource", resourceARN=arn, tags={"team": "tea", "stage": "dev"})
    desk("UntagResource", resourceARN=arn, tagKeys=["stage"])
    assert desk("ListTagsForResource", resourceARN=arn) == {"tags": {"team": "tea"}}
    with pytest.raises(errors.ResourceNotFoundException):
        desk("ListTagsForResource", resourceARN="arn:aws:s3:::bucket")


def test_assisted_understanding_and_display_names_are_what_the_engine_reads(desk):
    bot_id = desk.make_bot()
    place = desk.make_locale(bot_id)
    improvement = {"enabled": True, "assistedNluMode": "Fallback"}
    desk(
        "UpdateBotLocale",
        **place,
        nluIntentConfidenceThreshold=0.4,
        generativeAISettings={"runtimeSettings": {"nluImprovement": improvement}},
    )
    desk("CreateIntent", **place, intentName="Cancel", intentDisplayName="예약 취소")
    locale = desk.draft(bot_id).locales["ko_KR"]
    assert bot.nlu_improvement(locale).assisted_nlu_mode == "Fallback"
    assert bot.display_name(locale.intents["Cancel"]) == "예약 취소"


def test_a_locale_has_one_fallback_intent(desk, tea):
    members = {"intentName": "Otherwise", "parentIntentSignature": bot.FALLBACK_INTENT}
    with pytest.raises(errors.ConflictException, match="FallbackIntent"):
        desk("CreateIntent", **tea, **members)


def test_a_type_that_a_composite_one_has_as_a_part_is_in_use(desk, tea):
    type_id = make_type(desk, tea)
    part = {"name": "leaf", "slotTypeId": type_id}
    desk(
        "CreateSlotType",
        **tea,
        slotTypeName="Tray",
        compositeSlotTypeSetting={"subSlots": [part]},
    )
    with pytest.raises(errors.PreconditionFailedException, match=r"Tray\.leaf"):
        desk("DeleteSlotType", **tea, slotTypeId=type_id)
    desk("DeleteSlotType", **tea, slotTypeId=type_id, skipResourceInUseCheck=True)


def test_what_is_no_arn_is_refused(desk):
    with pytest.raises(errors.ValidationException, match="write arn:aws:lex"):
        desk("TagResource", resourceARN="tea", tags={"team": "tea"})
