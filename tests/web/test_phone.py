"""On a phone: touch, safe areas, the keyboard; and the box that messages are written in."""

import pytest_asyncio
from playwright.async_api import expect
from tests.web.chat import until
from tests.web.edges import card, from_model, reply

PHONE = {
    "viewport": {"width": 390, "height": 844},
    "has_touch": True,
    "is_mobile": True,
    "device_scale_factor": 2,
}


@pytest_asyncio.fixture(loop_scope="session")
async def phone(open_chat):
    return await open_chat(**PHONE)


async def test_the_viewport_asks_for_safe_areas_and_a_keyboard_that_resizes(phone):
    content = await phone.page.locator('meta[name="viewport"]').get_attribute("content")
    assert "viewport-fit=cover" in content
    assert "interactive-widget=resizes-content" in content
    assert "maximum-scale" not in content
    assert "user-scalable" not in content


async def test_no_field_makes_the_phone_zoom_in(phone, server):
    await phone.say("안녕")
    await phone.act("up").tap()
    await expect(phone.page.locator(".comment input")).to_be_visible()
    sizes = await phone.page.locator("textarea, .comment input").evaluate_all(
        "all => all.map(one => parseFloat(getComputedStyle(one).fontSize))"
    )
    assert len(sizes) == 2
    assert min(sizes) >= 16


async def test_what_can_be_tapped_is_large_enough(phone, server):
    server.on("카드", reply(card("기분", ("하나", "1"))))
    await phone.say("카드")
    boxes = await phone.page.locator("button").evaluate_all(
        """all => all.filter(one => one.checkVisibility())
          .map(one => [one.outerHTML.slice(0, 90), one.offsetWidth, one.offsetHeight])"""
    )
    assert [box for box in boxes if min(box[1:]) < 28] == []


async def test_the_keyboard_does_not_cover_the_box(phone):
    """With interactive-widget the viewport itself shrinks; elsewhere the visual viewport tells."""
    await phone.say("안녕")

    async def composer_ends_above(edge):
        async def ends_above():
            box = await phone.page.locator("#composer").bounding_box()
            return box["y"] + box["height"] <= edge

        await until(ends_above)

    await phone.page.set_viewport_size({"width": 390, "height": 420})
    await composer_ends_above(420)
    await phone.page.set_viewport_size({"width": 390, "height": 844})
    await phone.page.evaluate(
        """() => {
          Object.defineProperty(visualViewport, "height", {value: 500, configurable: true});
          visualViewport.dispatchEvent(new Event("resize"));
        }"""
    )
    await composer_ends_above(500)


async def test_a_chip_does_not_call_up_the_keyboard(phone):
    await phone.page.locator(".chip").first.tap()
    await phone.idle()
    await expect(phone.input).not_to_be_focused()
    await expect(phone.log).to_be_focused()


async def test_menus_are_sheets_at_the_bottom(phone):
    await phone.page.locator("#menu-button").tap()
    await phone.still()
    box = await phone.page.locator("#menu").bounding_box()
    assert box["y"] + box["height"] > 820
    assert box["width"] > 360


async def test_back_closes_the_drawer_that_covers_the_talk_and_leaves_the_page(phone):
    """Escape is Back on a keyboard: Chromium hands both to whatever was opened last.

    https://html.spec.whatwg.org/multipage/interaction.html#close-requests
    """
    await phone.say("안녕")
    for _ in range(2):
        await phone.act("details").tap()
        await expect(phone.drawer).to_be_visible()
        await phone.page.evaluate("document.activeElement.blur()")
        await phone.page.keyboard.press("Escape")
        await expect(phone.drawer).to_be_hidden()
        await expect(phone.act("details")).to_be_focused()


async def test_the_box_grows_and_stops_growing(chat):
    async def height():
        return (await chat.input.bounding_box())["height"]

    one = await height()
    await chat.input.press_sequentially("첫 줄")
    for _ in range(3):
        await chat.input.press("Shift+Enter")
    four = await height()
    assert four > one * 2
    await chat.input.fill("\n" * 60)
    assert await height() <= 272
    await expect(chat.said).to_have_count(0)
    await chat.input.fill("")
    assert await height() == one


async def test_lines_stay_lines(chat, server):
    await chat.input.fill("한 줄")
    await chat.input.press("Shift+Enter")
    await chat.input.press_sequentially("두 줄")
    await chat.input.press("Enter")
    await expect(chat.said).to_have_count(1)
    await chat.idle()
    assert await server.texts() == ["한 줄\n두 줄"]


async def test_a_counter_shows_near_the_limit_and_too_much_is_not_sent(chat, server):
    count = chat.page.locator("#count")
    await chat.input.fill("가" * 800)
    await expect(count).to_be_hidden()
    await chat.input.fill("가" * 1000)
    await expect(count).to_have_text("1000 / 1024자")
    await chat.input.fill("가" * 1030)
    await expect(count).to_have_text("6자를 줄여 주세요")
    await expect(chat.send).to_have_attribute("aria-disabled", "true")
    await chat.input.press("Enter")
    await chat.page.wait_for_timeout(50)
    await expect(chat.said).to_have_count(0)
    await chat.input.fill("😀" * 1024)  # characters, not UTF-16 units
    await expect(count).to_have_text("1024 / 1024자")
    await chat.input.press("Enter")
    await expect(chat.said).to_have_count(1)
    await chat.idle()
    assert await server.texts() == ["😀" * 1024]


async def test_other_words_for_ones_own_have_the_servers_limit_and_nothing_is_cut_off(open_chat):
    chat = await open_chat(config=lambda config: config["limits"].update(text=40))
    await chat.say("짧은 말")
    await chat.said.hover()
    await chat.page.locator('[data-act="rewrite"]').click()
    field = chat.page.locator(".rewrite textarea")
    await field.fill("가" * 1500)
    await expect(field).to_have_value("가" * 1500)
    await expect(chat.page.locator(".rewrite .count")).to_have_text("1460자를 줄여 주세요")
    await field.press("Enter")
    await expect(chat.page.locator("#toast")).to_have_text("1460자를 줄여 주세요")
    await field.fill("다른 말")
    await field.press("Enter")
    await chat.expect_said("다른 말")


async def test_paste_is_plain_text(chat):
    await chat.input.focus()
    await chat.page.evaluate(
        """() => {
          const data = new DataTransfer();
          data.setData("text/html", "<b>굵게</b>");
          data.setData("text/plain", "굵게");
          const pasted = new ClipboardEvent("paste", {clipboardData: data, bubbles: true});
          document.activeElement.dispatchEvent(pasted);
          document.execCommand("insertText", false, data.getData("text/plain"));
        }"""
    )
    await expect(chat.input).to_have_value("굵게")
    assert await chat.input.evaluate("one => one.tagName") == "TEXTAREA"


async def test_nothing_but_spaces_is_not_sent(chat, server):
    await chat.input.fill("  \n ")
    await chat.input.press("Enter")
    await chat.page.wait_for_timeout(50)
    assert server.requests == []


async def below(chat):
    """How many pixels of the talk are below what is seen."""
    return await chat.log.evaluate("log => log.scrollHeight - log.clientHeight - log.scrollTop")


async def at_bottom(chat):
    return await below(chat) < 2


async def away(chat, pixels):
    return await below(chat) > pixels


async def test_the_view_follows_only_while_the_person_is_at_the_bottom(chat, server, gate):
    for number in range(8):
        await chat.say(f"{number}번째 말")
    await until(lambda: at_bottom(chat))
    paragraphs = "\n\n".join(["문단"] * 12)
    server.on("길게", from_model(paragraphs, gate, "\n\n끝"))
    await chat.say("길게", wait=False)
    await expect(chat.bubbles.last.locator("p")).to_have_count(12)
    await until(lambda: at_bottom(chat))
    await chat.log.hover()
    await chat.page.mouse.wheel(0, -300)
    await until(lambda: away(chat, 298))
    top = await chat.page.evaluate("document.getElementById('log').scrollTop")
    gate.set()
    await chat.idle()
    await chat.page.wait_for_timeout(100)
    assert await chat.page.evaluate("document.getElementById('log').scrollTop") == top
    newer = chat.page.locator("#newer")
    await expect(newer).to_be_visible()
    await newer.click()
    await expect(newer).to_be_hidden()
    await until(lambda: at_bottom(chat))
