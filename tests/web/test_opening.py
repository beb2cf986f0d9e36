"""What is said before the talk is open is said once it is; the server may take its time."""

import asyncio

import pytest
from playwright.async_api import expect
from tests.web.chat import Chat, until
from tests.web.host import widget
from tests.web.test_access import faults

CONFIG, HISTORY = "**/chat/config*", "**/chat/sessions/*"


class Held:
    """Requests that wait; `free` lets them go on, now and later."""

    def __init__(self):
        self.count = 0
        self._free = asyncio.Event()

    async def hold(self, route):
        self.count += 1
        await self._free.wait()
        await route.continue_()

    def free(self):
        self._free.set()


async def opening(page, url, pattern):
    """Open a page whose talk waits for the answer to a request like `pattern`."""
    held = Held()
    await page.route(pattern, held.hold)
    await page.goto(url)
    await until(lambda: held.count)
    return Chat(page), held


@pytest.mark.parametrize("pattern", [CONFIG, HISTORY])
async def test_what_is_sent_while_the_talk_is_opened_is_sent_when_it_is_open(
    new_page, server, open_chat, pattern
):
    before = await open_chat()
    await before.say("어제 한 말")
    chat, held = await opening(await new_page(context=before.page.context), server.url, pattern)
    await chat.say("급해요", wait=False)
    await expect(chat.input).to_have_value("")
    await chat.input.fill("하나 더")
    await chat.send.click()
    await chat.expect_said("급해요", "하나 더")
    held.free()
    await chat.expect_said("어제 한 말", "급해요", "하나 더")
    await chat.idle()
    assert await server.texts() == ["어제 한 말", "급해요", "하나 더"]
    assert len(server.sessions) == 1
    await chat.reload()
    await chat.expect_said("어제 한 말", "급해요", "하나 더")
    await expect(chat.input).to_have_value("")


async def test_what_is_sent_waits_for_a_server_that_is_away(new_page, server, gateway):
    page = await new_page()
    chat, held = await opening(page, gateway.url, CONFIG)
    await chat.say("들리나요", wait=False)
    await gateway.down()
    held.free()
    await expect(chat.banner).to_be_visible()
    await chat.expect_said("들리나요")
    assert await faults(chat, "#pending") == []
    await gateway.up()
    await chat.page.locator("#reconnect").click()
    await expect(chat.bubbles).to_have_count(1)
    await chat.expect_said("들리나요")
    assert await server.texts() == ["들리나요"]


async def test_what_could_not_be_sent_is_in_the_box_of_the_page_that_comes_after(new_page, server):
    chat, _ = await opening(await new_page(), server.url, CONFIG)
    await chat.say("아직 못 보낸 말", wait=False)
    later = await new_page(context=chat.page.context)
    await chat.page.close()
    await Chat(later).open(server.url)
    await expect(Chat(later).input).to_have_value("아직 못 보낸 말")
    assert await server.texts() == []


async def test_what_was_said_to_a_bot_that_was_not_open_yet_is_not_sent_to_another(
    server, open_chat
):
    chat = await open_chat()
    held = Held()
    await chat.page.route(HISTORY, held.hold)
    await chat.say("처음 한 말", wait=False)
    await expect(chat.said).to_have_count(1)
    await chat.idle()
    await chat.page.reload()
    await until(lambda: held.count)
    await chat.say("서점에 한 말", wait=False)
    await chat.page.locator("#identity").click()
    await chat.page.locator("#picker label").last.click()
    await expect(chat.input).to_have_value("서점에 한 말")
    held.free()
    await chat.expect_said()
    assert await server.texts() == ["처음 한 말"]


async def test_what_a_site_sends_while_the_talk_is_opened_is_sent_when_it_is_open(
    new_page, host, server
):
    host.body = f'<script src="{server.url}embed.js" data-open async></script>'
    page = await new_page()
    _, held = await opening(page, host.foreign, CONFIG)
    await until(lambda: page.evaluate("Boolean(window.Daehwa?.widget)"))
    await page.evaluate("Daehwa.send('사이트가 한 말')")
    await widget(page).input.fill("사람이 한 말")
    await widget(page).input.press("Enter")
    await widget(page).expect_said("사람이 한 말")
    held.free()
    await widget(page).expect_said("사람이 한 말", "사이트가 한 말")
    await widget(page).idle()
    assert sorted(await server.texts()) == ["사람이 한 말", "사이트가 한 말"]
