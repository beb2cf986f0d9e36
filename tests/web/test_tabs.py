"""Two tabs on one talk: both follow it, and none takes it from the other."""

import asyncio

from playwright.async_api import expect
from tests.web.chat import until
from tests.web.edges import from_model


async def begin(chat, choice="yes"):
    """Begin a new conversation, and wait until it is there."""
    await chat.page.locator("#fresh").click()
    await chat.page.locator(f'#confirm [value="{choice}"]').click()
    await expect(chat.said).to_have_count(0)


async def test_what_is_said_in_one_tab_streams_into_the_other(chat, server, open_chat, gate):
    server.on("길게", from_model("앞부분 ", gate, "뒷부분"))
    await chat.say("안녕")
    other = await open_chat(context=chat.page.context)
    await chat.say("길게", wait=False)
    await expect(other.bubbles.last).to_have_text("앞부분")
    await expect(other.send).to_have_attribute("data-act", "stop")
    gate.set()
    await chat.idle()
    await expect(other.bubbles.last).to_have_text("앞부분 뒷부분")
    await other.idle()
    # And back; what was there is not drawn anew.
    await other.say("다시 안녕")
    await expect(chat.said).to_have_count(3)
    assert await chat.texts() == await other.texts()
    assert len(server.sessions) == 1


async def test_what_two_tabs_say_at_once_stands_in_both_in_the_servers_order(
    chat, server, open_chat
):
    await chat.say("안녕")
    other = await open_chat(context=chat.page.context)
    await chat.input.fill("이쪽")
    await other.input.fill("저쪽")
    await asyncio.gather(chat.input.press("Enter"), other.input.press("Enter"))
    await until(lambda: _all_answered(server, 3))
    texts = await server.texts()
    for tab in (chat, other):
        await tab.expect_said(*texts)
        await tab.idle()
    await other.say("다시 안녕")
    await chat.expect_said(*texts, "다시 안녕")
    await other.reload()
    await other.expect_said(*texts, "다시 안녕")


async def _all_answered(server, count):
    turns = (await server.transcript())["turns"]
    return len(turns) == count and all(turn["state"] == "done" for turn in turns)


async def test_a_new_conversation_in_one_tab_is_told_in_the_other_and_takes_nothing_over(
    chat, server, open_chat
):
    await chat.say("안녕")
    other = await open_chat(context=chat.page.context)
    await begin(chat)
    await expect(other.page.locator("#expired")).to_contain_text("다른 탭에서 새 대화를")
    await other.expect_said("안녕")
    await chat.say("다시 안녕")
    # The other tab goes on with its own talk.
    await other.say("Hello")
    await expect(other.page.locator("#expired")).to_be_hidden()
    await chat.reload()
    await chat.expect_said("다시 안녕")
    await other.reload()
    await other.expect_said("안녕", "Hello")
    _, second = server.sessions
    assert [turn["text"] for turn in (await server.transcript(second))["turns"]] == ["다시 안녕"]


async def test_the_other_tab_leads_to_the_new_conversation(chat, open_chat):
    await chat.say("안녕")
    other = await open_chat(context=chat.page.context)
    await begin(chat)
    await chat.say("다시 안녕")
    await other.page.locator("#expired-fresh").click()
    await expect(other.said).to_contain_text(["다시 안녕"])


async def test_what_was_not_sent_stays_when_another_tab_speaks(chat, open_chat, server, gateway):
    await chat.say("첫째")
    other = await open_chat(context=chat.page.context)
    gateway.refuse(503)
    await chat.say("못 간 말")
    await other.say("다른 탭에서")
    await expect(chat.bubbles).to_have_count(2)
    await chat.expect_said("첫째", "다른 탭에서", "못 간 말")
    await chat.reload()
    await chat.expect_said("첫째", "다른 탭에서", "못 간 말")
    await chat.page.locator('.said [data-act="retry"]').click()
    await expect(chat.bubbles).to_have_count(3)
    assert await server.texts() == ["첫째", "다른 탭에서", "못 간 말"]


async def test_a_talk_that_was_erased_says_so_in_every_tab_and_is_not_begun_again(
    chat, server, open_chat
):
    await chat.say("안녕")
    other = await open_chat(context=chat.page.context)
    await begin(chat, "erase")
    await expect(other.page.locator("#expired")).to_contain_text("이 대화는 지워졌어요")
    await other.input.fill("Hello")
    await other.input.press("Enter")
    await until(lambda: len(server.sessions) > 1)
    await other.idle()
    await other.expect_said("Hello")
    first, second = server.sessions
    assert (await server.transcript(first))["turns"] == []
    assert [turn["text"] for turn in (await server.transcript(second))["turns"]] == ["Hello"]
