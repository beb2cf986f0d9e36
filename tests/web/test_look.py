"""Light and dark, Korean and English, and what the configuration changes."""

import re

from playwright.async_api import expect
from tests.web.fake import Wait, from_model, reply


async def paper(chat):
    return await chat.page.evaluate("getComputedStyle(document.body).backgroundColor")


async def test_light_and_dark_follow_the_system(open_chat):
    light, dark = [await paper(await open_chat(color_scheme=one)) for one in ("light", "dark")]
    assert light != dark


async def test_the_persons_choice_wins_and_is_remembered(open_chat):
    chat = await open_chat(color_scheme="light")
    light = await paper(chat)
    await chat.choose_in_menu("theme", "dark")
    assert await paper(chat) != light
    await chat.reload()
    assert await paper(chat) != light
    await chat.choose_in_menu("theme", "system")
    assert await paper(chat) == light


async def test_english_for_an_english_browser_with_the_bots_english(open_chat, server):
    chat = await open_chat(locale="en-US")
    await expect(chat.page.locator("html")).to_have_attribute("lang", "en")
    await expect(chat.page.locator("#greeting")).to_contain_text("Hello from Pado Books")
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
    await expect(chat.page.locator("#greeting")).to_contain_text("Hello from Pado Books")
    await chat.reload()
    await expect(chat.page.locator("#status-words")).to_have_text("Ready to talk")


async def test_changing_the_language_in_mid_talk_keeps_the_talk(chat, server):
    server.on("질문", from_model("**답**"))
    await chat.say("질문")
    before = await chat.texts()
    await chat.choose_in_menu("language", "en")
    assert await chat.texts() == before
    await expect(chat.last.locator("time")).to_have_text(re.compile("[AP]M"))
    assert (
        await chat.page.evaluate("/[가-힣]/.test(document.querySelector('#menu-button').ariaLabel)")
        is False
    )


async def test_no_korean_is_left_in_the_english_interface(open_chat, server, gate):
    chat = await open_chat(locale="en-US")
    server.on("card", reply("Pick one", action="ConfirmIntent"))
    server.on("model", from_model("```py\nx\n```"))
    server.on("slow", "some", Wait(gate), from_model("some"))
    for text in ("card", "model"):
        await chat.say(text)
    server.refuse(503)
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
          return found.filter(text => /[가-힣]/.test(text.replaceAll("파도책방", "")));
        }"""
    )
    assert korean == []


async def test_logo_title_greeting_placeholder_starters_and_accent_come_from_the_configuration(
    open_chat, server
):
    locale = {
        "id": "ko_KR",
        "greeting": "어서 오세요",
        "starters": ["첫 말"],
        "notes": {},
        "placeholder": "여기에 쓰세요",
    }
    server.config["bots"] = [{"id": "B", "name": "Bot", "locales": [locale]}]
    server.config["default"] = {"botId": "B", "localeId": "ko_KR"}
    server.config["title"] = "우리 가게"
    server.config["look"] = {"logo": "icon.svg?mine", "accent": "#ffd43b"}
    chat = await open_chat()
    await expect(chat.page.locator("#name")).to_have_text("우리 가게")
    assert await chat.page.title() == "우리 가게"
    await expect(chat.page.locator("#greeting")).to_have_text("어서 오세요")
    await expect(chat.chips).to_have_text(["첫 말"])
    await expect(chat.input).to_have_attribute("placeholder", "여기에 쓰세요")
    await expect(chat.page.locator("header .face img")).to_have_attribute(
        "src", f"{server.url}icon.svg?mine"
    )
    await chat.say("첫 말")
    colours = await chat.said.evaluate(
        "one => [getComputedStyle(one).backgroundColor, getComputedStyle(one).color]"
    )
    assert colours == ["rgb(255, 212, 59)", "rgb(17, 17, 17)"]


async def test_a_model_on_its_way_is_told_with_its_progress_and_then_as_ready(open_chat, server):
    server.config["answer"] = {"source": "embedded", "state": "downloading", "progress": 0.42}
    chat = await open_chat()
    status = chat.page.locator("#status-words")
    await expect(status).to_have_text(
        "모델을 내려받는 중이에요. 봇과는 지금 이야기할 수 있어요. 42%"
    )
    assert await chat.page.locator("#progress").evaluate("one => one.value") == 0.42
    await chat.say("안녕")
    server.config["answer"] = {
        "source": "embedded",
        "state": "loading",
        "line": "모델을 메모리에 올리고 있어요",
    }
    await expect(status).to_have_text("모델을 메모리에 올리고 있어요")
    server.config["answer"] = {"source": "embedded", "state": "ready"}
    await expect(status).to_have_text("대화할 수 있어요 · 오프라인 모델")
    await expect(chat.page.locator("#progress")).to_be_hidden()


async def test_without_a_model_the_page_says_so(open_chat, server):
    server.config["answer"] = {"source": "embedded", "state": "missing"}
    chat = await open_chat()
    await expect(chat.page.locator("#status-words")).to_contain_text("모델이 아직 없어요")
    await expect(chat.page.locator("#about")).to_have_text("봇이 아는 일만 답해요.")


async def test_the_address_can_name_bot_locale_theme_and_language(open_chat):
    chat = await open_chat("?bot=HELLOWORLD&locale=ko_KR&theme=dark&lang=en")
    await expect(chat.page.locator("#name")).to_have_text("HelloWorldBot")
    await expect(chat.page.locator("html")).to_have_attribute("data-theme", "dark")
    await expect(chat.page.locator("html")).to_have_attribute("lang", "en")
