"""Networks of bots: who takes a turn, and what the network's session is to its members."""

import msgspec
import pytest
from tests.dialog.build import ask, fallback, fulfil, initial, intent, locale, slot

from daehwa import bot, chat, lex
from daehwa.conversation import Address, HookSetting, Settings, StateChange, Utterance

from .desk import saying

NET = Address("NETWORK001", "TSTALIASID", "en_US", "visitor")


def hook(event, context):
    """The travel desk's hook: shows as which bot it is called."""
    called = event["bot"]
    return {
        "sessionState": {
            **event["sessionState"],
            "dialogAction": {"type": "Close"},
            "intent": event["sessionState"]["intent"] | {"state": "Fulfilled"},
        },
        "messages": [{"contentType": "PlainText", "content": f"{called['id']} {called['name']}"}],
    }


def save(folder, name, identifier, *intents, **more):
    path = folder / name
    locales = {"en_US": locale(*intents)} if intents else {"en_US": locale(fallback())}
    bot.save(bot.Bot(name=name, identifier=identifier, locales=locales, **more), path)
    return path


@pytest.fixture(scope="module")
def bots(tmp_path_factory):
    folder = tmp_path_factory.mktemp("network")
    greeting = saying(intent("Greet", initial=initial("Hello from the kennel.")), "good morning")
    return [
        save(
            folder,
            "Kennel",
            "KENNEL0001",
            saying(
                intent(
                    "Board",
                    slot("Nights", "AMAZON.Number", prompt=ask("How many nights?", retries=1)),
                    fulfil=fulfil("Boarded for {Nights}."),
                ),
                "board my dog",
                "leave the dog with you",
            ),
            greeting,
            fallback(initial=initial("The kennel is at a loss.")),
        ),
        save(
            folder,
            "Garage",
            "GARAGE0001",
            saying(
                intent(
                    "Board",
                    slot("Nights", "AMAZON.Number", prompt=ask("How many boards?", retries=1)),
                    fulfil=fulfil("Cut to {Nights} boards."),
                ),
                "cut a board for the trailer",
            ),
            saying(intent("Tyres", fulfil=fulfil("?", hook=True)), "change my tyres"),
            fallback(initial=initial("The garage is at a loss.")),
        ),
        save(
            folder,
            "Net",
            NET.bot_id,
            bot_type="BotNetwork",
            bot_members=tuple(
                bot.BotMember(bot_member_id=each)
                for each in ("GONE000001", "KENNEL0001", "GARAGE0001", NET.bot_id)
            ),
        ),
    ]


@pytest.fixture
def network(running, bots):
    setting = HookSetting(bot="Garage", python=f"{__name__}:hook", processes=0)
    return running(bots=bots, settings=Settings(hooks=(setting,)))


async def speak(runtime, text, state=None, address=NET):
    taken = await runtime.lex.recognize(
        address, Utterance(text=text, request_id="0b1c", session_state=state)
    )
    words = " ".join(one.content for one in taken.messages)
    return words, taken.recognized_bot_member.bot_name, taken.session_state


async def heard(runtime, text, state=None):
    return (await speak(runtime, text, state))[:2]


async def test_a_text_goes_to_the_member_that_is_surest_and_stays_there_until_it_is_done(network):
    async with network as runtime:
        assert await heard(runtime, "board my dog") == ("How many nights?", "Kennel")
        # Whatever is said in the place of the value: the member that asked hears it.
        assert await heard(runtime, "change my tyres") == ("How many nights?", "Kennel")
        assert await heard(runtime, "3") == ("Boarded for 3.", "Kennel")
        assert await heard(runtime, "change my tyres") == ("GARAGE0001 Garage", "Garage")
        # What no member knows is for the one that spoke last.
        assert await heard(runtime, "qwerty uiop") == ("The garage is at a loss.", "Garage")
        assert await heard(runtime, "good morning") == ("Hello from the kennel.", "Kennel")
        assert await heard(runtime, "qwerty uiop") == ("The kennel is at a loss.", "Kennel")


async def test_members_may_have_intents_of_one_name(network):
    async with network as runtime:
        _, _, state = await speak(runtime, "cut a board for the trailer")
        assert state.dialog_action.slot_to_elicit == "Nights"
        # A state that is sent back as it was is the same member's.
        assert await heard(runtime, "4", state) == ("Cut to 4 boards.", "Garage")
        _, _, state = await speak(runtime, "good morning")
        assert await heard(runtime, "board my dog", state) == ("How many nights?", "Kennel")


async def test_the_session_is_the_networks_and_its_attributes_are_for_all_members(network):
    async with network as runtime:
        given = lex.SessionState(session_attributes={"who": "Kim"})
        await speak(runtime, "good morning", given)
        _, _, state = await speak(runtime, "change my tyres")
        assert state.session_attributes == {"who": "Kim"}
        view = await runtime.lex.get_session(NET)
        assert view.session_state.intent.name == "Tyres"
        alone = msgspec.structs.replace(NET, bot_id="GARAGE0001")
        with pytest.raises(lex.ResourceNotFoundException):
            await runtime.lex.get_session(alone)
        await runtime.lex.delete_session(NET)
        with pytest.raises(lex.ResourceNotFoundException):
            await runtime.lex.get_session(NET)


async def test_a_state_that_is_set_is_for_the_member_that_has_the_intent(network):
    async with network as runtime:
        elicit = lex.DialogAction(type="ElicitSlot", slot_to_elicit="Nights")
        state = lex.SessionState(dialog_action=elicit, intent=lex.Intent(name="Board"))
        put = await runtime.lex.put_session(NET, StateChange(request_id="1", session_state=state))
        assert put.messages[0].content == "How many nights?"
        assert put.recognized_bot_member is msgspec.UNSET
        assert await heard(runtime, "2") == ("Boarded for 2.", "Kennel")
        hints = lex.RuntimeHints(slot_hints={"Board": {"Nights": {}}})
        await speak(runtime, "change my tyres", lex.SessionState(runtime_hints=hints))
        for wrong in (
            lex.SessionState(dialog_action=elicit, intent=lex.Intent(name="Nobodys")),
            lex.SessionState(runtime_hints=lex.RuntimeHints(slot_hints={"Nobodys": {}})),
        ):
            with pytest.raises(lex.ValidationException, match="Nobodys"):
                await speak(runtime, "hello", wrong)


async def test_a_network_none_of_whose_bots_is_there_is_not_found(running, bots):
    async with running(bots=bots[2:]) as runtime:
        with pytest.raises(lex.ResourceNotFoundException, match="Net"):
            await speak(runtime, "board my dog")


async def test_the_chat_channel_talks_with_a_network_too(network):
    async with network as runtime:
        request = chat.ChatRequest(text="board my dog", session_id="page-1", bot_id=NET.bot_id)
        reply = await runtime.chat.reply(request, chat.Caller(request_id="r"))
        assert (reply.msg, reply.bot_id) == ("How many nights?", NET.bot_id)


async def test_a_network_shows_what_its_members_can_do_and_who_is_missing(network):
    async with network as runtime:
        assert runtime.catalogue.not_served().keys() == {"Net/en_US"}
        assert "GONE000001" in runtime.catalogue.not_served()["Net/en_US"]
        page = await runtime.chat.config("en_US")
        (shown,) = (one for one in page.bots if one.id == NET.bot_id)
        expected = ("board my dog", "good morning", "change my tyres")
        assert shown.locales[0].starters == expected


def test_a_network_is_read_as_it_was_written_and_checked(bots, tmp_path):
    net = bot.load(bots[2])
    assert net.is_network
    assert len(net.bot_members) == 4
    codes = {problem.code for problem in bot.examine(bots[2]).problems}
    assert codes == {"network-member-twice"}
    for members, code in (
        ((), "network-members"),
        (tuple(bot.BotMember(bot_member_id=f"BOT000000{n}") for n in range(6)), "network-members"),
        ((bot.BotMember(bot_member_id="Kennel"),), "network-member-id"),
    ):
        place = tmp_path / code / str(len(members))
        bot.save(msgspec.structs.replace(net, bot_members=members), place)
        assert {problem.code for problem in bot.examine(place).problems} == {code}
    lone = msgspec.structs.replace(bot.load(bots[0]), bot_members=net.bot_members)
    bot.save(lone, tmp_path / "lone")
    assert "members-without-network" in {
        each.code for each in bot.examine(tmp_path / "lone").problems
    }
