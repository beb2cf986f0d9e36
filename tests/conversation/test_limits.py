"""Lex's limits around a turn: sizes under the quota switch, and how long fulfilment may take."""

import asyncio

import pytest
from tests.conversation.desk import save_desk

from daehwa import dialog, lex
from daehwa.conversation import Address, Settings, StateChange, Utterance
from daehwa.conversation.settings import HookSetting
from daehwa.conversation.updates import sending_updates

DESK = Address("DESK000001", "TSTALIASID", "en_US", "visitor-1")

HOOK = """
import time

def handler(event, context):
    if event["invocationSource"] == "FulfillmentCodeHook":
        time.sleep(0.2)
    state = event["sessionState"]
    state["intent"]["state"] = "Fulfilled"
    state["dialogAction"] = {"type": "Close"}
    state["sessionAttributes"] = {
        "left": str(context.get_remaining_time_in_millis()),
        **({"much": "x" * 13_000} if event["inputTranscript"] == "ask the desk" else {}),
    }
    return {"sessionState": state}
"""


@pytest.fixture
def desk(tmp_path):
    return save_desk(tmp_path)


@pytest.fixture
def hooked(tmp_path):
    """Settings with the hook of the desk."""
    (tmp_path / "hook.py").write_text(HOOK)

    def hooked(*, timeout=None, **settings):
        hook = HookSetting(python=f"{tmp_path / 'hook.py'}:handler", timeout=timeout)
        return Settings(hooks=(hook,), **settings)

    return hooked


async def recognize(runtime, text, **more):
    send_update = more.pop("send_update", None)
    utterance = Utterance(text=text, request_id="r", **more)
    if send_update is None:
        return await runtime.lex.recognize(DESK, utterance)
    heard = await runtime.lex.recognize_in_stream(DESK, utterance, send_update=send_update)
    return heard.recognition


def attributes(size):
    return lex.SessionState(session_attributes={"a": "x" * size})


async def test_session_attributes_of_a_request_keep_to_12_kb(running, desk):
    async with running(bots=[desk]) as runtime:
        await recognize(runtime, "opening hours", session_state=attributes(12_200))
        with pytest.raises(lex.ValidationException, match=r"12,309 bytes.*12,288.*quotas = false"):
            await recognize(runtime, "opening hours", session_state=attributes(12_301))
        with pytest.raises(lex.ValidationException, match="12,288"):
            await runtime.lex.put_session(
                DESK, StateChange(session_state=asking(attributes(12_301)), request_id="r")
            )


def asking(state):
    return lex.SessionState(
        dialog_action=lex.DialogAction(type="ElicitIntent"),
        session_attributes=state.session_attributes,
    )


async def test_without_quotas_they_are_as_long_as_they_are(running, desk, hooked):
    async with running(bots=[desk], settings=hooked(quotas=False)) as runtime:
        await recognize(runtime, "opening hours", session_state=attributes(20_000))


async def test_a_hook_keeps_to_the_quotas_too(running, desk, hooked):
    async with running(bots=[desk], settings=hooked()) as runtime:
        with pytest.raises(lex.DependencyFailedException, match="sessionAttributes"):
            await recognize(runtime, "ask the desk")
        # The event that would have gone to the hook is over the 12 KB as well.
        with pytest.raises(lex.DependencyFailedException, match="event for the code hook"):
            await recognize(runtime, "ask the desk", session_state=attributes(12_200))


@pytest.mark.parametrize(("limit", "seconds"), [(None, 900), (20, 20)])
async def test_a_long_fulfilment_has_the_time_its_author_gave_it(
    running, desk, hooked, limit, seconds
):
    async with running(bots=[desk], settings=hooked(timeout=limit)) as runtime:
        printed = await recognize(runtime, "print it")
        left = int(printed.session_state.session_attributes["left"])
        assert seconds - 15 < left / 1000 <= seconds


async def test_updates_are_told_where_the_channel_can_tell_them(running, desk, hooked):
    told = []

    async def tell(messages):
        told.extend(m.content for m in messages)

    async with running(bots=[desk], settings=hooked()) as runtime:
        printed = await recognize(runtime, "print it", send_update=tell)
        assert told == ["Working on it."]
        assert printed.session_state.intent.state == "Fulfilled"


async def test_updates_go_on_for_as_long_as_the_work():
    told = []
    enough = asyncio.Event()

    async def tell(messages):
        told.extend(m.content for m in messages)
        if len(told) == 4:
            enough.set()

    updates = dialog.FulfillmentUpdates(
        start=(lex.Message(content_type="PlainText", content="begun"),),
        update=(lex.Message(content_type="PlainText", content="still"),),
        frequency_seconds=0.01,
    )
    async with sending_updates(updates, tell):
        await asyncio.wait_for(enough.wait(), 5)
    assert told[:4] == ["begun", "still", "still", "still"]
    count = len(told)
    await asyncio.sleep(0.05)
    assert len(told) == count


async def test_a_listener_who_is_gone_does_not_end_the_work():
    async def tell(messages):
        raise ConnectionResetError

    updates = dialog.FulfillmentUpdates(start=(lex.Message(content_type="PlainText", content="b"),))
    async with sending_updates(updates, tell):
        await asyncio.sleep(0.02)
