"""The view follows an answer that grows until the person goes up, however gently, by any means.

Only coming back down to the bottom has it follow again. At 50, 200 and 4,000 characters a second.
"""

import asyncio
import contextlib
import itertools

import pytest
import pytest_asyncio
from playwright.async_api import async_playwright, expect
from tests.web.chat import Chat, until
from tests.web.conftest import ARGUMENTS, DESKTOP
from tests.web.edges import Pieces, from_model

# Pieces, and the seconds between them.
PACES = {
    50: ("글자가 여럿 있는 줄\n", 0.24),
    200: ("글자가 여럿 있는 줄\n", 0.06),
    4000: ("가나다라 마바사 " * 8 + "\n\n", 0.018),
}
# So many characters at that pace, and then a short line every so many seconds: an answer has a
# longest length, which a fast one would come to before a busy machine has come to its end.
MOST, SLOW = 4000, 0.24
LINES = "줄\n\n" * 60
TOP = "document.getElementById('log').scrollTop"
HEIGHT = "document.getElementById('log').scrollHeight"
AT_BOTTOM = """() => new Promise(done => requestAnimationFrame(() => {
  const log = document.getElementById("log");
  done(log.scrollHeight - log.clientHeight - log.scrollTop < 60);
}))"""


class _Endless(tuple):
    """Steps of an answer that goes on until its gate opens, longer than the window at once."""

    __slots__ = ()

    def __iter__(self):
        gate, piece, pause = super().__iter__()
        yield LINES
        for sent in itertools.count(1):
            if gate.is_set():
                return
            fast = sent * len(piece) < MOST
            yield piece if fast else LINES[:3]
            yield pause if fast else SLOW


@contextlib.asynccontextmanager
async def _answering(chat, server, pace):
    """While an answer grows that the view follows; it follows it again at the end."""
    gate = asyncio.Event()
    server.on("길게", Pieces(_Endless((gate, *PACES[pace]))))
    await chat.say("길게", wait=False)
    await _follows(chat.page)
    yield
    await expect(chat.page.locator("#newer")).to_be_hidden()
    await _follows(chat.page)
    gate.set()
    await chat.idle()


async def _grown(page, pixels):
    """Wait until the answer has grown by so much."""
    height = await page.evaluate(HEIGHT)

    async def grown():
        return await page.evaluate(HEIGHT) >= height + pixels

    await until(grown, 20)


async def _follows(page):
    await until(lambda: _holds(page))
    await _grown(page, 30)
    await until(lambda: _holds(page))
    await expect(page.locator("#newer")).to_be_hidden()


async def _holds(page):
    return await page.evaluate(AT_BOTTOM)


async def _still(page):
    """Where the view is, once it has stopped moving."""
    return await page.evaluate(
        f"""() => new Promise(done => {{
          let [before, times] = [NaN, 0];
          const look = () => {{
            times = {TOP} === before ? times + 1 : 0;
            before = {TOP};
            if (times < 12) requestAnimationFrame(look);
            else done(before);
          }};
          look();
        }})"""
    )


async def _stays_where_it_was_taken(page, name):
    await expect(page.locator("#newer"), name).to_be_visible()
    top = await _still(page)
    await _grown(page, 30)
    # A finger's swing may carry it on, on a slow machine later than one waits; never down.
    assert await page.evaluate(TOP) <= top, name
    await expect(page.locator("#newer"), name).to_be_visible()


async def _wheel(chat, pixels):
    await chat.log.hover()
    await chat.page.mouse.wheel(0, pixels)


async def _key(chat, key):
    await chat.log.focus()
    await chat.page.keyboard.press(key)


GENTLE = {
    "a wheel's step of 8 pixels": lambda chat: _wheel(chat, -8),
    "a wheel's step of 25 pixels": lambda chat: _wheel(chat, -25),
    "ArrowUp": lambda chat: _key(chat, "ArrowUp"),
    "PageUp": lambda chat: _key(chat, "PageUp"),
    "Home": lambda chat: _key(chat, "Home"),
    "Shift and the space bar": lambda chat: _key(chat, "Shift+Space"),
    "PageUp in the message box": lambda chat: chat.input.press("PageUp"),
    "what only moves the view": lambda chat: chat.log.evaluate("log => { log.scrollTop -= 12; }"),
}


@pytest.mark.parametrize("pace", PACES)
async def test_going_up_lets_go_at_once(chat, server, pace):
    for name, go_up in GENTLE.items():
        async with _answering(chat, server, pace):
            await go_up(chat)
            await _stays_where_it_was_taken(chat.page, name)
            await chat.page.locator("#newer").click()


@pytest.mark.parametrize("pace", PACES)
async def test_a_fingers_drag_lets_go_at_once(open_chat, server, pace):
    phone = await open_chat(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    client = await phone.page.context.new_cdp_session(phone.page)
    for pixels in (20, 60, 300):
        async with _answering(phone, server, pace):
            await _touch(client, "touchStart", 300)
            for moved in range(10, pixels + 1, 10):
                await _touch(client, "touchMove", 300 + moved)
            await _touch(client, "touchEnd")
            await _stays_where_it_was_taken(phone.page, f"a drag of {pixels} pixels")
            await phone.page.locator("#newer").tap()


async def _touch(client, kind, y=None):
    points = [] if y is None else [{"x": 200, "y": y}]
    await client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


@pytest.mark.parametrize("pace", PACES)
async def test_coming_back_down_to_the_bottom_holds_on_again(chat, server, pace):
    for come_down in (lambda: _key(chat, "End"), lambda: _wheel(chat, 100_000)):
        async with _answering(chat, server, pace):
            await _wheel(chat, -300)
            await _stays_where_it_was_taken(chat.page, "a wheel's step")
            # Part of the way is not the bottom.
            await _wheel(chat, 40)
            await _stays_where_it_was_taken(chat.page, "a step down that ends above the bottom")
            await come_down()


async def test_what_grows_above_brings_nobody_back_down(chat, server):
    """The browser keeps what is read in its place: that moves the view down, and is no wish."""
    server.on("길게", from_model(LINES))
    await chat.say("길게")
    await until(lambda: _holds(chat.page))
    await _wheel(chat, -1)
    top = await chat.page.evaluate(TOP)
    await chat.page.evaluate(
        """() => {
          const late = document.createElement("div");
          late.style.height = "60px";
          document.getElementById("turns").before(late);
        }"""
    )
    await until(lambda: chat.page.evaluate(f"{TOP} > {top} + 30"))
    top = await _still(chat.page)
    await chat.page.evaluate("document.getElementById('turns').style.paddingBottom = '200px'")
    assert await _still(chat.page) == top


@pytest_asyncio.fixture(loop_scope="session")
async def with_scroll_bar(headless_chromium):
    """A page in a browser that shows its scroll bars, which headless ones hide."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=headless_chromium,
            args=ARGUMENTS,
            ignore_default_args=["--hide-scrollbars"],
        )
        yield await browser.new_page(viewport=DESKTOP, locale="ko-KR")
        await browser.close()


async def test_the_scroll_bar_lets_go_at_once(with_scroll_bar, server):
    page = with_scroll_bar
    chat = Chat(page)
    await chat.open(server.url)
    async with _answering(chat, server, 200):
        assert await chat.log.evaluate("log => log.offsetWidth > log.clientWidth")
        box = await chat.log.bounding_box()
        at = (box["x"] + box["width"] - 4, box["y"] + box["height"] - 30)
        await page.mouse.move(*at)
        await page.mouse.down()
        await page.mouse.move(at[0], at[1] - 12, steps=4)
        await page.mouse.up()
        await _stays_where_it_was_taken(page, "the scroll bar")
        await page.locator("#newer").click()
