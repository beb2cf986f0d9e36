"""For everyone: names, announcements, keyboard, contrast, zoom, forced colours, little motion."""

import pytest
import pytest_asyncio
from axe_playwright_python.base import AXE_FILE_PATH
from playwright.async_api import expect
from tests.web.chat import Chat
from tests.web.conftest import Pages
from tests.web.edges import HookFails, card, from_model, reply
from tests.web.gateway import Gateway
from tests.web.server import Server
from tests.web.wire import answer_status, play

from daehwa import answers
from daehwa.answers.testing import Fail

RICH = """**굵게** `코드` [링크](https://a.invalid)

| 가 | 나 |
|---|---|
| 1 | 2 |

```python
print("아주 긴 줄이라서 옆으로 굴러가는 코드" * 100, "아주 긴 줄이라서 옆으로 굴러가는 코드")
```
"""


async def faults(chat, within="html"):
    """What axe finds in an element of a page, best practices included."""
    # A fade that has not ended yet has no contrast.
    await chat.page.evaluate(
        """Promise.all(document.getAnimations()
          .filter(one => one.effect.getTiming().iterations !== Infinity)
          .map(one => one.finished.catch(() => {})))"""
    )
    if not await chat.page.evaluate("'axe' in globalThis"):
        await chat.page.evaluate(AXE_FILE_PATH.read_text())
    results = await chat.page.evaluate(
        """within => axe.run(within, {
          resultTypes: ["violations"],
          iframes: false,
          rules: {"label-content-name-mismatch": {enabled: true}},
        })""",
        within,
    )
    return [
        (one["id"], [node["html"][:160] for node in one["nodes"]]) for one in results["violations"]
    ]


async def fill(chat, server, gateway):
    """A talk with some of everything."""
    server.on(
        "카드", reply("골라 주세요", card("기분", ("하나", "1"), ("둘", "2"), subtitle="하나만"))
    )
    await play(chat, "모델", RICH, source="embedded", notice="작은 오프라인 모델이 답했어요.")
    server.on("고장", HookFails())
    server.on("끝", reply("끝났어요", action="Close"))
    for text in ("카드", "1", "모델", "고장", "끝"):
        await chat.say(text)
    gateway.refuse(503)
    await chat.say("안 가는 말")


@pytest_asyncio.fixture(loop_scope="session", scope="module")
async def long_talk(browser, serving, edges):
    """A page with a talk of some of everything, made once: it looks otherwise in each test."""
    pages = Pages(browser)
    gateway = Gateway(serving.url)
    await gateway.up()
    chat = Chat(await pages())
    await chat.open(gateway.url)
    await fill(chat, Server(serving, edges, pages.sent), gateway)
    yield chat
    await pages.close()
    await gateway.down()
    assert not pages.errors


@pytest_asyncio.fixture(loop_scope="session")
async def filled(long_talk):
    """The talk in a light window of a desktop; a test may change theme and size."""
    await look(long_talk, "light", 1280, 800)
    return long_talk


async def look(chat, theme, width=1280, height=800):
    """Have the page look so."""
    await chat.page.emulate_media(color_scheme=theme)
    await chat.page.set_viewport_size({"width": width, "height": height})


THEMES, WIDTHS = ("light", "dark"), (1280, 390)


async def test_axe_finds_nothing_on_the_first_page(chat):
    for theme in THEMES:
        for width in WIDTHS:
            await look(chat, theme, width)
            assert await faults(chat) == [], (theme, width)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("width", WIDTHS)
async def test_axe_finds_nothing_in_a_talk(filled, theme, width):
    await look(filled, theme, width)
    if await filled.act("up").get_attribute("aria-pressed") == "false":
        await filled.act("up").click(force=True)
    assert await faults(filled) == []


async def faults_in_each_theme(chat):
    """What axe finds where light and dark differ in nothing but colours."""
    wrong = []
    for theme in THEMES:
        await chat.page.emulate_media(color_scheme=theme)
        wrong += [(theme, one) for one in await faults(chat)]
    return wrong


async def test_axe_finds_nothing_in_menus_drawer_dialog_and_while_an_answer_runs(
    chat, server, gate
):
    await chat.page.locator("#menu-button").click()
    assert await faults_in_each_theme(chat) == []
    await chat.page.keyboard.press("Escape")
    await chat.page.locator("#identity").click()
    assert await faults_in_each_theme(chat) == []
    await chat.page.keyboard.press("Escape")
    await chat.say("안녕")
    await chat.act("details").click()
    assert await faults_in_each_theme(chat) == []
    await chat.page.keyboard.press("Escape")
    server.on("질문", from_model("쓰는 중", gate))
    await chat.say("질문", wait=False)
    await expect(chat.bubbles).to_have_count(2)
    assert await faults_in_each_theme(chat) == []
    await chat.page.locator("#fresh").click()
    assert await faults_in_each_theme(chat) == []


@pytest.mark.parametrize(("theme", "width"), [("light", 320), ("dark", 1440)])
async def test_axe_finds_nothing_in_the_list_of_talks_and_around_ones_own_words(
    open_chat, server, theme, width
):
    chat = await open_chat(color_scheme=theme, viewport={"width": width, "height": 800})
    await chat.say("안녕")
    await chat.page.locator('[data-act="rewrite"]').click(force=True)
    await expect(chat.page.locator(".rewrite textarea")).to_be_focused()
    assert await faults(chat) == []
    await chat.page.locator("#talks-button").click()
    talks = chat.page.locator("#talks")
    await expect(talks).to_be_visible()
    assert await faults(chat) == []
    await talks.locator("input").fill("녕")
    await expect(talks.locator("mark").first).to_be_visible()
    assert await faults(chat) == []
    await talks.get_by_role("button", name="이름 바꾸기").click(force=True)
    assert await faults(chat) == []
    await chat.page.keyboard.press("Escape")
    await expect(talks).to_be_visible()
    await talks.get_by_role("button", name="지우기").click(force=True)
    assert await faults(chat) == []
    await server.end_sessions()
    await chat.page.keyboard.press("Escape")
    await chat.reload()
    await expect(chat.page.locator("#expired")).to_be_visible()
    assert await faults(chat) == []


async def test_axe_finds_nothing_while_the_model_downloads_and_the_server_is_away(
    open_chat, gateway
):
    def downloading(config):
        state = answers.Readiness(state="downloading", source="embedded", progress=0.4)
        config["answer"] = answer_status(state)

    chat = await open_chat(config=downloading)
    await gateway.down()
    await chat.say("안녕")
    await expect(chat.banner).to_be_visible()
    assert await faults(chat) == []


async def test_each_finished_answer_is_announced_once(chat, server):
    server.on("질문", from_model(*"여러 조각으로 와요."))
    server.on("카드", reply("골라요", card("기분", ("하나", "1"))))
    announced = await chat.watch_announcements()
    await chat.say("질문")
    await chat.say("카드")
    assert await announced() == [
        ["polite", "PadoBooks: 여러 조각으로 와요."],
        ["polite", "PadoBooks: 골라요\n기분\n- 하나"],
    ]
    await expect(chat.log).to_have_role("log")
    await expect(chat.log).to_have_attribute("aria-live", "off")


async def test_that_an_answer_was_stopped_is_announced(chat, server, gate):
    server.on("질문", from_model("앞부분", gate))
    announced = await chat.watch_announcements()
    await chat.say("질문", wait=False)
    await expect(chat.bubbles).to_have_text("앞부분")
    await chat.input.press("Escape")
    await chat.idle()
    assert await announced() == [["polite", "PadoBooks: 앞부분 여기서 멈췄어요"]]


async def test_failures_are_announced_at_once_and_once(chat, server, gateway):
    announced = await chat.watch_announcements()
    server.on("질문", Fail(401))
    await chat.say("질문")
    gateway.refuse(503)
    await chat.say("안녕")
    assert await announced() == [
        ["assertive", "언어 모델이 API 키를 거절했습니다. 관리자에게 알려 주세요."],
        ["assertive", "서버에 문제가 생겼어요. 잠시 뒤에 다시 해 주세요."],
    ]


async def test_a_restored_talk_is_not_announced(chat, server):
    await chat.say("안녕")
    await chat.page.add_init_script(
        """document.addEventListener("DOMContentLoaded", () => {
          window.heard = [];
          const told = ({addedNodes}) => [...addedNodes].map(one => one.textContent);
          new MutationObserver(changes => heard.push(...changes.flatMap(told)))
            .observe(document.getElementById("polite"), {childList: true});
        })"""
    )
    await chat.reload()
    await expect(chat.said).to_have_count(1)
    assert await chat.page.evaluate("heard") == []


async def test_the_sender_is_spoken(chat):
    await chat.say("안녕")
    await expect(chat.said.locator(".spoken")).to_have_text("나: ")
    await expect(chat.last.locator(":scope > .spoken")).to_have_text("PadoBooks: ")


async def test_every_icon_button_has_a_name(filled):
    names = await filled.page.locator("button").evaluate_all(
        """all => all.filter(one => one.checkVisibility())
          .map(one => (one.ariaLabel ?? one.textContent).trim())"""
    )
    assert all(names)


async def test_a_whole_talk_by_keyboard(chat, server):
    server.on(
        "책 추천해 줘",
        reply("골라요", card("기분", ("하나", "1"), ("둘", "2")), action="ElicitSlot"),
    )
    server.on("2", reply("좋아요"))
    press = chat.page.keyboard.press
    # The box has the focus; the first stop of the page is the way past all others to it.
    await chat.page.locator(".skip").focus()
    for _ in range(6):
        await press("Tab")
    await expect(chat.chips.first).to_be_focused()
    await press("Enter")
    await chat.idle()
    await expect(chat.input).to_be_focused()
    for _ in range(7):
        await press("Shift+Tab")
        if await focused(chat) == "둘":
            break
    await expect(chat.cards.get_by_role("button", name="둘")).to_be_focused()
    await press("Space")
    await chat.idle()
    assert await server.texts() == ["책 추천해 줘", "2"]
    assert await focused(chat) != ""
    await chat.act("up").focus()
    await press("Enter")
    await expect(chat.act("up")).to_have_attribute("aria-pressed", "true")
    await expect(chat.act("up")).to_be_focused()


async def focused(chat):
    return await chat.page.evaluate(
        """() => {
          const one = document.activeElement;
          return one === document.body ? "" : one.ariaLabel ?? one.textContent;
        }"""
    )


async def test_focus_comes_back_from_menu_drawer_and_dialog(chat):
    await chat.say("안녕")
    press = chat.page.keyboard.press
    for selector in ("#menu-button", "#identity"):
        await chat.page.locator(selector).focus()
        await press("Enter")
        await expect(chat.page.locator("[popover]:popover-open")).to_have_count(1)
        await press("Escape")
        await expect(chat.page.locator(selector)).to_be_focused()
    await chat.act("details").focus()
    await press("Enter")
    await expect(chat.drawer.locator("h2")).to_be_focused()
    await press("Escape")
    await expect(chat.drawer).to_be_hidden()
    await expect(chat.act("details")).to_be_focused()
    await chat.page.locator("#fresh").focus()
    await press("Enter")
    await press("Escape")
    await expect(chat.page.locator("#fresh")).to_be_focused()


async def test_the_headers_button_is_called_what_it_shows_its_status_too(chat):
    button = chat.page.locator("#identity")
    await expect(button).to_have_accessible_name("PadoBooks 대화할 수 있어요")
    await expect(button).to_have_accessible_description("봇과 언어 고르기")


async def test_the_pager_of_answers_keeps_the_focus_at_both_ends(chat, server):
    server.on("시", from_model("첫 번째 시"))
    await chat.say("시")
    server.on("시", from_model("두 번째 시"))
    await chat.act("again").click()
    await chat.idle()
    for name, other in (("left", "right"), ("right", "left")):
        await chat.act(name).focus()
        # The second time there is nowhere to go.
        for _ in range(2):
            await chat.page.keyboard.press("Enter")
            await expect(chat.act(name)).to_be_focused()
            await expect(chat.act(name)).to_have_attribute("aria-disabled", "true")
            await expect(chat.act(other)).to_have_attribute("aria-disabled", "false")
    await expect(chat.bubbles).to_have_text(["두 번째 시"])


async def test_the_box_has_the_focus_when_the_page_opens(chat, server):
    await expect(chat.input).to_be_focused()
    await chat.page.keyboard.type("Hello there")
    await chat.page.keyboard.press("Enter")
    await expect(chat.said).to_have_count(1)
    await chat.idle()
    assert await server.texts() == ["Hello there"]
    await chat.reload()
    await expect(chat.input).to_be_focused()


async def test_a_phones_keyboard_stays_away_when_the_page_opens(open_chat):
    phone = await open_chat(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    await expect(phone.chips.first).to_be_visible()
    await expect(phone.input).not_to_be_focused()


async def test_a_held_enter_on_the_send_button_sends_and_does_not_stop(chat, server, gate):
    server.on("한 번만", from_model("가", gate, "네"))
    await chat.input.fill("한 번만")
    await chat.send.focus()
    for _ in range(4):  # the key repeats
        await chat.page.keyboard.down("Enter")
    await chat.page.keyboard.up("Enter")
    gate.set()
    await expect(chat.bubbles).to_have_text(["가네"])


async def test_the_send_button_keeps_the_focus_while_it_is_stop(chat, server, gate):
    server.on("질문", from_model(gate, "답"))
    await chat.input.fill("질문")
    await chat.send.focus()
    await chat.page.keyboard.press("Enter")
    await expect(chat.send).to_have_attribute("data-act", "stop")
    await expect(chat.send).to_be_focused()
    await chat.page.keyboard.press("Enter")
    await chat.idle()
    await expect(chat.send).to_be_focused()


@pytest.mark.parametrize(
    ("width", "height"), [(320, 640), (640, 400), (844, 390)], ids=["320px", "zoom200", "landscape"]
)
async def test_nothing_is_cut_off_when_it_is_narrow(filled, width, height):
    chat = filled
    await look(chat, "light", width, height)
    sideways = await chat.page.evaluate(
        """() => {
          const log = document.getElementById("log");
          const {scrollWidth} = document.documentElement;
          return [scrollWidth - innerWidth, log.scrollWidth - log.clientWidth];
        }"""
    )
    assert max(sideways) <= 0
    box = await chat.page.locator("#composer").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert box["y"] + box["height"] <= height
    for selector in ("#fresh", "#menu-button", "#send"):
        await expect(chat.page.locator(selector)).to_be_in_viewport(ratio=1)
    await chat.page.locator("#menu-button").click()
    await expect(chat.page.locator("#details")).to_be_in_viewport()
    await chat.page.keyboard.press("Escape")


async def test_letters_twice_as_large_leave_the_talk_its_place_in_a_low_window(open_chat):
    """As at 400 % zoom of 1280 by 1024 (WCAG 1.4.10), with the browser's letters at 200 %."""
    chat = await open_chat(viewport={"width": 320, "height": 256})
    session = await chat.page.context.new_cdp_session(chat.page)
    await session.send("Page.setFontSizes", {"fontSizes": {"standard": 32}})
    await chat.say("안녕")
    assert (await chat.log.bounding_box())["height"] >= 96
    for selector in ("#talks-button", "#fresh", "#menu-button", "#input", "#send"):
        await expect(chat.page.locator(selector)).to_be_in_viewport(ratio=1)
    assert await chat.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


async def test_the_focus_is_visible(chat):
    await chat.page.locator(".skip").focus()
    await chat.page.keyboard.press("Tab")
    outline = await chat.page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"


async def test_little_motion_when_that_is_wished(open_chat, server, gate):
    chat = await open_chat(reduced_motion="reduce")
    server.on("질문", from_model(gate, "답"))
    await chat.say("질문", wait=False)
    await expect(chat.typing).to_be_visible()
    await chat.still()


async def test_forced_colours_keep_outlines_and_choices(open_chat, server):
    chat = await open_chat(forced_colors="active")
    # No shadow is there to show where the focus is.
    await chat.input.focus()
    outline = await chat.input.evaluate("one => getComputedStyle(one).outline")
    assert "solid" in outline
    assert "rgba(0, 0, 0, 0)" not in outline
    server.on("카드", reply(card("기분", ("하나", "1"), ("둘", "2"))))
    await chat.say("카드")
    await chat.press("하나")
    width = await chat.page.evaluate(
        """[".bubble.mine", ".card", ".composer-box", "[aria-pressed=true]"]
          .map(one => getComputedStyle(document.querySelector(one)).borderTopWidth)"""
    )
    assert width == ["1px", "1px", "1px", "2px"]
    assert await faults(chat) == []


async def test_each_message_says_its_language(chat, server):
    server.on("Hello there", reply("안녕하세요", "Good morning to you"))
    await chat.say("Hello there")
    await expect(chat.said).to_have_attribute("lang", "en")
    await expect(chat.bubbles.nth(0)).to_have_attribute("lang", "ko")
    await expect(chat.bubbles.nth(1)).to_have_attribute("lang", "en")
