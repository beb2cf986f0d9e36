"""Builds, versions and aliases: what is in service when."""

import asyncio
import shutil

import msgspec
import pytest
from tests.material.sources import OWN

from daehwa import bot, lex
from daehwa.conversation import Address
from daehwa.stores import FolderObjects
from daehwa.workshop import errors, operations

from .conftest import Desk


@pytest.fixture
async def hello(desk):
    """A desk with a bot that is built; its place."""
    async with desk.workshop:
        bot_id = desk.bring(bot.bundled()["HelloWorldBot"], "Hello")["importedResourceId"]
        place = {"botId": bot_id, "botVersion": "DRAFT", "localeId": "ko_KR"}
        await build(desk, place)
        yield place


async def build(desk, place):
    operation = operations()["BuildBotLocale"]
    request = msgspec.convert(place, operation.model.request)
    await desk.workshop.run(operation.handler, request)
    async with asyncio.timeout(60):
        while desk("DescribeBotLocale", **place)["botLocaleStatus"] == "Building":  # noqa: ASYNC110
            await asyncio.sleep(0.02)
    return desk("DescribeBotLocale", **place)


def served(desk, place, alias_id="TSTALIASID"):
    return desk.catalogue.find(Address(place["botId"], alias_id, place["localeId"], "me"))


def publish(desk, place):
    sources = {place["localeId"]: {"sourceBotVersion": "DRAFT"}}
    return desk("CreateBotVersion", botId=place["botId"], botVersionLocaleSpecification=sources)[
        "botVersion"
    ]


async def test_a_built_locale_is_in_service_and_an_edited_one_only_when_built_again(desk, hello):
    desk("CreateIntent", **hello, intentName="Later", sampleUtterances=[{"utterance": "나중에"}])
    assert desk("DescribeBotLocale", **hello)["botLocaleStatus"] == "NotBuilt"
    assert "Later" not in served(desk, hello).definition.intents
    assert (await build(desk, hello))["botLocaleStatus"] == "Built"
    assert "Later" in served(desk, hello).definition.intents


async def test_a_build_that_fails_says_why_and_leaves_the_old_locale_in_service(desk, hello):
    before = served(desk, hello)
    utterances = [{"utterance": "{Nobody} 주세요"}]
    desk("CreateIntent", **hello, intentName="Wrong", sampleUtterances=utterances)
    described = await build(desk, hello)
    assert described["botLocaleStatus"] == "Failed"
    assert "Nobody" in described["failureReasons"][0]
    assert served(desk, hello) is before
    with pytest.raises(errors.PreconditionFailedException, match="Failed"):
        publish(desk, hello)


async def test_a_slot_without_a_priority_fails_the_build_in_lexs_words(desk, hello):
    intent_id = desk("CreateIntent", **hello, intentName="Order")["intentId"]
    desk(
        "CreateSlot",
        **hello,
        intentId=intent_id,
        slotName="Count",
        slotTypeId="AMAZON.Number",
        valueElicitationSetting={"slotConstraint": "Optional"},
    )
    described = await build(desk, hello)
    assert described["botLocaleStatus"] == "Failed"
    # As hashicorp/terraform-provider-aws#39948 has it from Lex.
    assert described["failureReasons"] == [
        (
            "Slot ids [Count] in intent Order don't define a slot priority. "
            "Update the intent to add a priority to these slots."
        )
    ]


def branching(expression, **more):
    """A first response with one branch, taken where the expression holds."""
    step = {"dialogAction": {"type": "EndConversation"}}
    branch = {"name": "tall", "condition": {"expressionString": expression}, "nextStep": step}
    whole = {"active": True, "conditionalBranches": [branch], "defaultBranch": {"nextStep": step}}
    return {"initialResponseSetting": {"conditional": whole | more}}


async def test_what_lex_cannot_read_fails_the_build(desk, hello):
    def add(name, utterance, **more):
        desk(
            "CreateIntent",
            **hello,
            intentName=name,
            sampleUtterances=[{"utterance": utterance}],
            **more,
        )

    add("Dangling", "키가 커요", **branching("[height] > 180 AND"))
    add("Unknown", "키가 작아요", **branching('fn.UPPER([name]) = "KIM"'))
    add("Unclosed", "{Day 예약할게요")
    add("Empty", "{} 예약할게요")
    add("Off", "꺼진 조건", **branching("[height] >", active=False))
    add("Sound", "괜찮은 조건", **branching('[height] > 180 OR NOT [name] = "Kim"'))
    described = await build(desk, hello)
    assert described["botLocaleStatus"] == "Failed"
    reasons = described["failureReasons"]
    assert len(reasons) == 4
    for reason, part in zip(
        sorted(reasons), ("{Day", "[height] > 180", "fn.UPPER", '"Empty"'), strict=True
    ):
        assert part in reason


async def test_a_version_of_a_locale_that_is_being_built_is_refused(desk, hello):
    operation = operations()["BuildBotLocale"]
    request = msgspec.convert(hello, operation.model.request)
    await desk.workshop.run(operation.handler, request)
    with pytest.raises(errors.PreconditionFailedException, match="wait until it is Built"):
        publish(desk, hello)


async def test_what_is_built_in_is_listed_for_locales_that_lex_has(desk):
    assert desk("ListBuiltInIntents", localeId="ko_KR")["localeId"] == "ko_KR"
    for operation in ("ListBuiltInIntents", "ListBuiltInSlotTypes"):
        with pytest.raises(errors.ValidationException, match="xx_XX is not supported"):
            desk(operation, localeId="xx_XX")


async def test_an_alias_stays_with_its_version_until_it_is_pointed_to_another(desk, hello):
    first = publish(desk, hello)
    alias_id = desk("CreateBotAlias", botId=hello["botId"], botAliasName="live", botVersion=first)[
        "botAliasId"
    ]
    desk("CreateIntent", **hello, intentName="New", sampleUtterances=[{"utterance": "새것"}])
    await build(desk, hello)
    live = served(desk, hello, alias_id)
    assert (live.version, live.alias_name) == ("1", "live")
    assert "New" not in live.definition.intents
    alias = {"botId": hello["botId"], "botAliasId": alias_id, "botAliasName": "live"}
    desk("UpdateBotAlias", **alias, botVersion=publish(desk, hello))
    assert "New" in served(desk, hello, alias_id).definition.intents
    history = desk("DescribeBotAlias", botId=hello["botId"], botAliasId=alias_id)
    assert [one["botVersion"] for one in history["botAliasHistoryEvents"]] == ["1", "2"]
    with pytest.raises(errors.PreconditionFailedException, match="live"):
        desk("DeleteBotVersion", botId=hello["botId"], botVersion="2")


async def test_a_session_stays_with_the_version_that_it_began_with_while_that_is_there(desk, hello):
    place = {"botId": hello["botId"]}
    alias = {**place, "botAliasName": "live"}
    alias_id = desk("CreateBotAlias", **alias, botVersion=publish(desk, hello))["botAliasId"]
    desk("CreateIntent", **hello, intentName="New", sampleUtterances=[{"utterance": "새것"}])
    await build(desk, hello)
    desk("UpdateBotAlias", **alias, botAliasId=alias_id, botVersion=publish(desk, hello))

    def version(began_with):
        address = Address(hello["botId"], alias_id, hello["localeId"], "me")
        locale = desk.catalogue.begun_with(served(desk, hello, alias_id), address, began_with)
        assert locale.alias_name == "live"
        return locale.version

    assert [version(one) for one in (None, "1", "2", "9")] == ["2", "1", "2", "2"]
    desk.open()
    assert version("1") == "1"
    off = {"ko_KR": {"enabled": False}}
    desk("UpdateBotAlias", **alias, botAliasId=alias_id, botAliasLocaleSettings=off)
    with pytest.raises(lex.ResourceNotFoundException):
        version("1")
    desk("UpdateBotAlias", **alias, botAliasId=alias_id)
    desk("DeleteBotVersion", **place, botVersion="1")
    assert version("1") == "2"


async def test_an_alias_has_the_sentiment_detected_where_its_settings_say_so(desk, hello):
    alias = {"botId": hello["botId"], "botVersion": publish(desk, hello)}
    on = {"sentimentAnalysisSettings": {"detectSentiment": True}}
    live = {**alias, "botAliasName": "live"}
    live["botAliasId"] = desk("CreateBotAlias", **live, **on)["botAliasId"]
    assert served(desk, hello, live["botAliasId"]).detects_sentiment
    assert not served(desk, hello).detects_sentiment
    desk("UpdateBotAlias", **live)
    assert not served(desk, hello, live["botAliasId"]).detects_sentiment
    test = {"botId": hello["botId"], "botAliasId": "TSTALIASID", "botAliasName": "TestBotAlias"}
    desk("UpdateBotAlias", **test, botVersion="DRAFT", **on)
    assert served(desk, hello).detects_sentiment
    await build(desk, hello)
    assert served(desk, hello).detects_sentiment


async def test_an_alias_without_a_version_or_with_its_locale_off_speaks_nothing(desk, hello):
    off = {"ko_KR": {"enabled": False}}
    for name, more in (
        ("empty", {}),
        ("off", {"botVersion": publish(desk, hello), "botAliasLocaleSettings": off}),
    ):
        alias_id = desk("CreateBotAlias", botId=hello["botId"], botAliasName=name, **more)
        with pytest.raises(lex.ResourceNotFoundException):
            served(desk, hello, alias_id["botAliasId"])


def test_an_alias_takes_the_locales_of_lex_only(desk):
    bot_id = desk.make_bot()
    with pytest.raises(errors.ValidationException, match="xx_XX is not supported"):
        desk(
            "CreateBotAlias",
            botId=bot_id,
            botAliasName="live",
            botAliasLocaleSettings={"xx_XX": {"enabled": True}},
        )


async def test_the_test_alias_is_always_there_and_means_draft(desk, hello):
    test = {"botId": hello["botId"], "botAliasId": "TSTALIASID"}
    assert desk("DescribeBotAlias", **test)["botVersion"] == "DRAFT"
    with pytest.raises(errors.PreconditionFailedException):
        desk("DeleteBotAlias", **test)
    with pytest.raises(errors.PreconditionFailedException):
        desk("UpdateBotAlias", **test, botAliasName="TestBotAlias", botVersion="1")


async def test_what_was_built_is_in_service_after_a_restart(desk, hello):
    alias_id = desk(
        "CreateBotAlias",
        botId=hello["botId"],
        botAliasName="live",
        botVersion=publish(desk, hello),
    )["botAliasId"]
    definitions = [served(desk, hello, one).definition for one in ("TSTALIASID", alias_id)]
    desk.open()
    again = [served(desk, hello, one).definition for one in ("TSTALIASID", alias_id)]
    assert again == definitions


async def test_a_deleted_locale_and_a_deleted_bot_are_out_of_service(desk, hello):
    desk("DeleteBotLocale", **hello)
    with pytest.raises(lex.ResourceNotFoundException):
        served(desk, hello)
    assert desk.catalogue.bots == ()


def test_the_bots_of_an_earlier_release_are_in_service(tmp_path):
    """Made with 0.1.0: a draft that was edited after it was built, a version, an alias."""
    shutil.copytree(OWN / "stores" / "bots", tmp_path / "bots")
    desk = Desk(FolderObjects(tmp_path))
    (pier,) = desk("ListBots")["botSummaries"]
    place = {"botId": pier["botId"], "localeId": "ko_KR"}
    assert pier["botName"] == "Pier"
    assert "Tide" not in served(desk, place).definition.intents
    assert "Tide" in desk.draft(pier["botId"]).locales["ko_KR"].intents
    aliases = desk("ListBotAliases", botId=pier["botId"])["botAliasSummaries"]
    (live,) = [one["botAliasId"] for one in aliases if one["botAliasName"] == "live"]
    assert served(desk, place, live).version == "1"
    desk("CreateIntent", **place, botVersion="DRAFT", intentName="Crossing")
    desk.open()
    assert "Crossing" in desk.draft(pier["botId"]).locales["ko_KR"].intents
