"""Networks of bots: what their build needs of the members, and what the members' owners see."""

import pytest

from daehwa import bot, stores
from daehwa.workshop import errors

from .conftest import ROLE, Desk
from .test_building import build, publish, served

HELLO = bot.bundled()["HelloWorldBot"]


def member(bot_id, alias_id="TSTALIASID"):
    return {
        "botMemberId": bot_id,
        "botMemberName": "Hello",
        "botMemberAliasId": alias_id,
        "botMemberAliasName": "TestBotAlias",
        "botMemberVersion": "DRAFT",
    }


def network(desk, *members, name="Net"):
    return desk.make_locale(
        desk.make_bot(name=name, botType="BotNetwork", botMembers=list(members))
    )


@pytest.fixture
async def open_desk(desk):
    async with desk.workshop:
        yield desk


def bring(desk, name="Hello"):
    return desk.bring(HELLO, name)["importedResourceId"]


async def reasons(desk, place):
    described = await build(desk, place)
    assert described["botLocaleStatus"] == "Failed"
    return described["failureReasons"]


async def test_a_network_is_built_when_each_member_can_answer(open_desk):
    desk, hello = open_desk, bring(open_desk)
    place = network(desk, member(hello))
    assert "has not been built" in (await reasons(desk, place))[0]
    await build(desk, {**place, "botId": hello})
    assert (await build(desk, place))["botLocaleStatus"] == "Built"
    assert [one.bot_member_id for one in served(desk, place).bot.bot_members] == [hello]
    assert desk("DescribeBotVersion", botId=place["botId"], botVersion=publish(desk, place))[
        "botMembers"
    ] == [member(hello)]


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (lambda desk, hello: member("NOBODY0000"), "does not exist"),
        (lambda desk, hello: member(hello, "NOALIAS000"), "no alias NOALIAS000"),
        (lambda desk, hello: member(hello, unpublished_alias(desk, hello)), "no version"),
        (lambda desk, hello: member(english(desk)), "no locale ko_KR"),
        (lambda desk, hello: member(network(desk, member(hello), name="Inner")["botId"]), "itself"),
    ],
)
async def test_a_member_that_cannot_answer_fails_the_build(open_desk, wrong, why):
    desk, hello = open_desk, bring(open_desk)
    (reason,) = await reasons(desk, network(desk, wrong(desk, hello)))
    assert why in reason


def unpublished_alias(desk, bot_id):
    return desk("CreateBotAlias", botId=bot_id, botAliasName="Live")["botAliasId"]


def english(desk):
    bot_id = desk.make_bot(name="English")
    place = {"botId": bot_id, "botVersion": "DRAFT", "localeId": "en_US"}
    desk("CreateBotLocale", **place, nluIntentConfidenceThreshold=0.4)
    return bot_id


async def test_a_network_has_members_and_not_more_than_five(open_desk):
    desk = open_desk
    (reason,) = await reasons(desk, network(desk))
    assert "no members" in reason
    six = [member(f"BOT000000{number}") for number in range(6)]
    with pytest.raises(errors.ServiceQuotaExceededException, match="at most 5"):
        network(desk, *six, name="Six")
    with pytest.raises(errors.ValidationException, match="BotNetwork"):
        desk.make_bot(name="Alone", botMembers=six[:1])


async def test_what_a_network_needs_is_deleted_only_without_the_check(open_desk):
    desk, hello = open_desk, bring(open_desk)
    place = {"botId": hello, "botVersion": "DRAFT", "localeId": "ko_KR"}
    await build(desk, place)
    version = publish(desk, place)
    alias_id = desk("CreateBotAlias", botId=hello, botAliasName="Live", botVersion=version)[
        "botAliasId"
    ]
    net = network(desk, member(hello, alias_id) | {"botMemberVersion": version}, name="Other")
    parent = [{"botId": net["botId"], "botVersion": "DRAFT"}]
    described = desk("DescribeBotAlias", botId=hello, botAliasId=alias_id)
    assert described["parentBotNetworks"] == parent
    described = desk("DescribeBotVersion", botId=hello, botVersion=version)
    assert described["parentBotNetworks"] == parent
    for operation, more in (
        ("DeleteBotAlias", {"botAliasId": alias_id}),
        ("DeleteBotVersion", {"botVersion": version}),
        ("DeleteBot", {}),
    ):
        with pytest.raises(errors.PreconditionFailedException, match=r"in use|aliases"):
            desk(operation, botId=hello, **more)
    desk("DeleteBotAlias", botId=hello, botAliasId=alias_id, skipResourceInUseCheck=True)
    desk("DeleteBot", botId=hello, skipResourceInUseCheck=True)
    assert "does not exist" in (await reasons(desk, net))[0]


async def test_other_members_are_those_of_the_next_build(open_desk):
    desk, hello = open_desk, bring(open_desk)
    place = network(desk, member(hello))
    await build(desk, {**place, "botId": hello})
    await build(desk, place)
    other = bring(desk, "Other")
    desk(
        "UpdateBot",
        botId=place["botId"],
        botName="Net",
        roleArn=ROLE,
        dataPrivacy={"childDirected": False},
        idleSessionTTLInSeconds=300,
        botMembers=[member(hello), member(other)],
    )
    assert desk("DescribeBot", botId=place["botId"])["botType"] == "BotNetwork"
    assert desk("DescribeBotLocale", **place)["botLocaleStatus"] == "NotBuilt"
    assert len(served(desk, place).bot.bot_members) == 1


async def test_a_network_outlives_a_restart(tmp_path):
    desk = Desk(stores.FolderObjects(tmp_path))
    async with desk.workshop:
        hello = bring(desk)
        place = network(desk, member(hello))
        await build(desk, {**place, "botId": hello})
        await build(desk, place)
    desk.open()
    described = desk("DescribeBot", botId=place["botId"])
    assert (described["botType"], described["botMembers"]) == ("BotNetwork", [member(hello)])
    assert served(desk, place).bot.is_network
