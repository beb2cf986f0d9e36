"""Light and dark, Korean and English, and what the configuration changes."""

import re
from urllib.parse import quote

import pytest
import pytest_asyncio
from playwright.async_api import expect
from tests.web.bots import write_hello_bots
from tests.web.edges import from_model, reply
from tests.web.server import Serving
from tests.web.wire import answer_status

from daehwa import answers
from daehwa.answers.errors import ModelLoading


async def paper(chat):
    return await chat.page.evaluate("getComputedStyle(document.body).backgroundColor")


async def test_light_and_dark_follow_the_system(open_chat):
    light, dark = [await paper(await open_chat(color_scheme=one)) for one in ("light", "dark")]
    assert light != dark


async def test_letters_are_as_large_as_the_browser_is_set_to(chat):
    await chat.say("크게 볼래요")
    sizes = "all => all.map(one => parseFloat(getComputedStyle(one).fontSize))"
    words = chat.page.locator(".bubble, .meta, #name, #input")
    before = await words.evaluate_all(sizes)
    session = await chat.page.context.new_cdp_session(chat.page)
    await session.send("Page.setFontSizes", {"fontSizes": {"standard": 24}})
    assert await words.evaluate_all(sizes) == pytest.approx([one * 1.5 for one in before])


async def test_a_talk_is_printed_whole_and_without_what_is_to_be_pressed(chat):
    await chat.choose_in_menu("theme", "dark")
    for text in map(str, range(8)):
        await chat.say(text)
    await chat.page.emulate_media(media="print")
    # Browsers print no backgrounds: all is to be read on white paper.
    for words in (chat.said, chat.bubbles):
        await expect(words.first).to_have_css("color", "rgb(29, 35, 32)")
    height = await chat.page.evaluate("document.documentElement.scrollHeight")
    assert height > (await chat.said.first.bounding_box())["y"] + 8 * 60
    assert height > await chat.page.evaluate("innerHeight")
    for one in ("#composer", "#menu-button", ".actions"):
        await expect(chat.page.locator(one).first).to_be_hidden()


@pytest.mark.parametrize(
    ("accent", "ink"),
    [
        ("oklch(90% .2 120)", "#111"),
        ("oklch(35% .1 150)", "#fff"),
        ("hsl(60 100% 50%)", "#111"),
        ("lab(20% 10 -40)", "#fff"),
    ],
)
async def test_words_on_the_accent_can_be_read_in_whatever_space_it_is_written(
    open_chat, accent, ink
):
    chat = await open_chat(f"?accent={quote(accent)}")
    await expect(chat.page.locator("html")).to_have_css("--on-accent", ink)


async def test_the_persons_choice_wins_and_is_remembered(open_chat):
    chat = await open_chat(color_scheme="light")
    light = await paper(chat)
    await chat.choose_in_menu("theme", "dark")
    assert await paper(chat) != light
    await chat.reload()
    assert await paper(chat) != light
    await chat.choose_in_menu("theme", "system")
    assert await paper(chat) == light


async def test_a_theme_is_that_of_every_open_tab(open_chat):
    chat = await open_chat(color_scheme="light")
    other = await open_chat(context=chat.page.context)
    fixed = await open_chat("?theme=light", context=chat.page.context)
    await chat.choose_in_menu("theme", "dark")
    await expect(other.page.locator("html")).to_have_attribute("data-theme", "dark")
    await expect(other.page.locator('#menu [value="dark"]')).to_be_checked()
    await expect(fixed.page.locator("html")).to_have_attribute("data-theme", "light")


async def test_english_for_an_english_browser_with_the_bots_english(open_chat, server):
    chat = await open_chat(locale="en-US")
    await expect(chat.page.locator("html")).to_have_attribute("lang", "en")
    await expect(chat.page.locator("#greeting")).to_contain_text("Hello! Pick something below")
    await expect(chat.send).to_have_attribute("aria-label", "Send")
    await chat.say("Hello")
    assert server.requests[-1]["localeId"] == "en_US"


async def test_a_browser_in_another_language_gets_english(open_chat):
    chat = await open_chat(locale="fr-FR")
    await expect(chat.page.locator("html")).to_have_attribute("lang", "en")


async def test_the_language_can_be_chosen_and_is_remembered(open_chat, server):
    chat = await open_chat()
    await chat.choose_in_menu("language", "en")
    await expect(chat.page.locator("#status-words")).to_have_text("Ready to talk")
    await expect(chat.page.locator("#greeting")).to_contain_text("Hello! Pick something below")
    await chat.reload()
    await expect(chat.page.locator("#status-words")).to_have_text("Ready to talk")


async def test_changing_the_language_in_mid_talk_keeps_the_talk(chat, server):
    server.on("질문", from_model("**답**"))
    await chat.say("질문")
    before = await chat.texts()
    await chat.choose_in_menu("language", "en")
    await chat.expect_texts(*before)
    await expect(chat.last.locator("time")).to_have_text(re.compile("[AP]M"))
    assert (
        await chat.page.evaluate("/[가-힣]/.test(document.querySelector('#menu-button').ariaLabel)")
        is False
    )


async def test_no_korean_is_left_in_the_english_interface(open_chat, server, gateway, gate):
    chat = await open_chat(locale="en-US")
    server.on("card", reply("Pick one", action="ConfirmIntent"))
    server.on("model", from_model("```py\nx\n```"))
    server.on("slow", from_model("some", gate))
    for text in ("card", "model"):
        await chat.say(text)
    gateway.refuse(503)
    await chat.say("lost")
    await chat.page.locator("#menu-button").click()
    await chat.page.locator("#details").click()
    await chat.say("slow", wait=False)
    korean = await chat.page.evaluate(
        """() => {
          const found = [];
          for (const one of document.querySelectorAll("body, body *")) {
            if (one.closest("noscript, [lang=ko], #picker")) continue;
            for (const name of ["aria-label", "title", "placeholder", "alt"])
              found.push(one.getAttribute(name) ?? "");
            for (const node of one.childNodes) if (node.nodeType === 3) found.push(node.data);
          }
          return found.filter(text => /[가-힣]/.test(text));
        }"""
    )
    assert korean == []


SHOP = """
[understanding]
quality = "fast"
[page]
title = "우리 가게"
logo = "icon.svg?mine"
accent = "#ffd43b"
[page.ko_KR]
greeting = "어서 오세요"
placeholder = "여기에 쓰세요"
starters = ["첫 말"]
"""


@pytest_asyncio.fixture(loop_scope="session")
async def shop(free_port, tmp_path):
    """A real server of one bot, with a look of its own and no language model."""
    serving = Serving(
        tmp_path,
        free_port,
        write_hello_bots(tmp_path, 1),
        arguments=("--answer", "none"),
        config=SHOP,
    )
    await serving.start()
    yield serving
    serving.stop()


async def test_logo_title_greeting_placeholder_starters_and_accent_come_from_the_configuration(
    open_chat, shop
):
    chat = await open_chat(url=shop.url)
    await expect(chat.page.locator("#name")).to_have_text("우리 가게")
    assert await chat.page.title() == "우리 가게"
    await expect(chat.page.locator("#greeting")).to_have_text("어서 오세요")
    await expect(chat.chips).to_have_text(["첫 말"])
    await expect(chat.input).to_have_attribute("placeholder", "여기에 쓰세요")
    await expect(chat.page.locator("header .face img")).to_have_attribute(
        "src", f"{shop.url}icon.svg?mine"
    )
    # One bot in one language: nothing to choose, and no model to tell of.
    await expect(chat.page.locator("#identity")).to_be_disabled()
    await expect(chat.page.locator("#about")).to_have_text("봇이 아는 일만 답해요.")
    await chat.say("첫 말")
    colours = await chat.said.evaluate(
        "one => [getComputedStyle(one).backgroundColor, getComputedStyle(one).color]"
    )
    assert colours == ["rgb(255, 212, 59)", "rgb(17, 17, 17)"]


async def test_a_model_on_its_way_is_told_with_its_progress_and_then_as_ready(open_chat):
    now = answers.Readiness(state="downloading", source="embedded", progress=0.42)
    chat = await open_chat(config=lambda config: config.update(answer=answer_status(now)))
    status = chat.page.locator("#status-words")
    await expect(status).to_have_text(
        "모델을 내려받는 중이에요. 봇과는 지금 이야기할 수 있어요. 42%"
    )
    assert await chat.page.locator("#progress").evaluate("one => one.value") == 0.42
    await chat.say("안녕")
    now = answers.Readiness(
        state="loading", source="embedded", error=ModelLoading("the child starts")
    )
    await expect(status).to_have_text(now.line("ko_KR"))
    now = answers.Readiness(state="ready", source="embedded")
    await expect(status).to_have_text("대화할 수 있어요")
    await expect(chat.page.locator("#progress")).to_be_hidden()


async def test_without_a_model_the_page_says_so(open_chat):
    missing = answers.Readiness(state="missing", source="embedded")
    chat = await open_chat(config=lambda config: config.update(answer=answer_status(missing)))
    await expect(chat.page.locator("#status-words")).to_contain_text("모델이 아직 없어요")
    await expect(chat.page.locator("#about")).to_have_text("봇이 아는 일만 답해요.")


async def test_the_address_can_name_bot_locale_theme_and_language(open_chat):
    chat = await open_chat("?bot=HELLOWORLD&locale=ko_KR&theme=dark&lang=en")
    await expect(chat.page.locator("#name")).to_have_text("HelloWorldBot")
    await expect(chat.page.locator("html")).to_have_attribute("data-theme", "dark")
    await expect(chat.page.locator("html")).to_have_attribute("lang", "en")


async def test_the_browsers_bar_has_the_pages_colour_also_after_dusk(chat):
    for theme in ("light", "dark", "light"):
        await chat.page.emulate_media(color_scheme=theme)
        paper = await chat.page.evaluate("getComputedStyle(document.body).backgroundColor")
        for bar in await chat.page.locator('meta[name="theme-color"]').all():
            await expect(bar).to_have_attribute("content", paper)
