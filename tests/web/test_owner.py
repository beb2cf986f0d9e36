"""The owner's settings at work: names, colours, words, what a visitor sees, and the preview."""

import socket

import pytest_asyncio
from playwright.async_api import expect
from tests.web.bots import write_bots
from tests.web.edges import from_model, reply
from tests.web.server import Server, Serving, config_of

OWNED = """
[page]
title = "파도 상점"
accent = "#8a2be2"
radius = 4
privacy = "대화는 30일 동안 보관해요."
privacy_link = "https://shop.example/privacy"
[page.dark]
accent = "#c9a2ff"
paper = "#101018"
[page.en_US]
title = "Pado Shop"
privacy = "We keep talks for 30 days."
[page.bots.HelloWorldBot]
name = "Greeter"
logo = "icon.svg?greeter"
accent = "#0a5ad4"
[page.bots.HelloWorldBot.ko_KR]
name = "인사 도우미"
starters = []
"""


@pytest_asyncio.fixture(loop_scope="session", scope="module")
async def owned_serving(edges, tmp_path_factory):
    """A server of two bots whose owner has settings."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folder = tmp_path_factory.mktemp("owned")
    serving = Serving(
        folder,
        port,
        write_bots(folder),
        config=config_of(edges).replace('[page]\nimage_hosts = ["a.b"]\n', OWNED),
        OPENAI_API_KEY="sk-script",
        OPENAI_BASE_URL=edges.base_url,
        OPENAI_MODEL="gpt-4o-mini",
    )
    await serving.start()
    yield serving
    serving.stop()


@pytest_asyncio.fixture(loop_scope="session")
async def owned(owned_serving, edges, new_page):
    return Server(owned_serving, edges, new_page.sent)


async def css(chat, name):
    """A custom property of the page, as it is used."""
    return await chat.page.evaluate(
        """(name) => {
          const probe = document.body.appendChild(document.createElement("i"));
          probe.style.color = `var(--${name})`;
          const colour = getComputedStyle(probe).color;
          probe.remove();
          return colour;
        }""",
        name,
    )


async def test_the_title_heads_the_page_also_with_two_bots_and_a_bot_may_have_a_name_of_its_own(
    open_chat, owned
):
    chat = await open_chat(url=owned.url)
    name = chat.page.locator("#name")
    await expect(name).to_have_text("파도 상점")
    assert await chat.page.title() == "파도 상점"
    await expect(chat.page.locator("#picker legend")).to_have_text(["PadoBooks", "인사 도우미"])
    await chat.page.locator("#identity").click()
    await chat.page.locator("#picker label", has_text="한국어").last.click()
    await expect(name).to_have_text("인사 도우미")
    await expect(chat.page.locator("header .face img")).to_have_attribute(
        "src", f"{owned.url}icon.svg?greeter"
    )
    await expect(chat.chips).to_have_count(0)


async def test_words_are_those_of_the_locale(open_chat, owned):
    chat = await open_chat("?bot=PadoBooks&locale=en_US", url=owned.url, locale="en-US")
    await expect(chat.page.locator("#name")).to_have_text("Pado Shop")
    privacy = chat.page.locator("#privacy a")
    await expect(privacy).to_have_text("We keep talks for 30 days.")
    await expect(privacy).to_have_attribute("href", "https://shop.example/privacy")
    await expect(privacy).to_have_attribute("rel", "noopener")


async def test_colours_and_corners_are_those_of_the_theme_and_the_bot(open_chat, owned):
    chat = await open_chat("?theme=light", url=owned.url)
    assert await css(chat, "accent") == "rgb(138, 43, 226)"
    dark = await open_chat("?theme=dark", url=owned.url)
    assert await css(dark, "accent") == "rgb(201, 162, 255)"
    assert await css(dark, "on-accent") == "rgb(17, 17, 17)"
    assert await css(dark, "paper") == "rgb(16, 16, 24)"
    await expect(chat.page.locator("html")).to_have_css("--round", "4px")
    other = await open_chat("?theme=light&bot=HelloWorldBot", url=owned.url)
    assert await css(other, "accent") == "rgb(10, 90, 212)"


async def test_a_visitor_sees_no_internal_names_and_the_owner_does(open_chat, owned):
    """`visitor` shows on loopback what others see."""
    owned.on("끝", reply("고맙습니다.", action="Close"))
    owned.on("바다는 왜 짜요?", from_model("강이 ", "소금을 날라요"))
    for query, badge in (("?visitor", "AI 모델"), ("", "ChatGPT · gpt-4o-mini")):
        chat = await open_chat(f"{query}", url=owned.url)
        await chat.say("바다는 왜 짜요?")
        await expect(chat.page.locator(".badge")).to_have_text([badge])
        await chat.say("끝")
        named = chat.page.locator(".badge", has_text="봇 · ")
        await expect(named).to_have_count(0 if query else 1)
        details = chat.page.locator("#details")
        assert await details.evaluate("one => one.hidden") == bool(query)
    visitor = await open_chat("?visitor", url=owned.url)
    assert "ChatGPT" not in await visitor.page.locator("body").inner_text()
    assert "gpt-4o" not in await visitor.page.locator("body").inner_text()


async def test_the_preview_shows_each_choice_in_light_and_dark_and_the_line_for_a_site(
    new_page, owned
):
    page = await new_page(viewport={"width": 1440, "height": 1000})
    await page.goto(f"{owned.url}preview")
    light, dark = (page.frame_locator(f"#{name}") for name in ("light", "dark"))
    await expect(light.locator("#name")).to_have_text("파도 상점")
    await expect(light.locator("html")).to_have_attribute("data-theme", "light")
    await expect(dark.locator("html")).to_have_attribute("data-theme", "dark")
    await expect(light.locator("#details")).to_have_attribute("hidden", "")
    await page.locator("#who").select_option("HELLOWORLD/ko_KR")
    await expect(dark.locator("#name")).to_have_text("인사 도우미")
    await expect(page.locator("#line")).to_have_text(
        f'<script src="{owned.url}embed.js" data-bot="HELLOWORLD" data-accent="#0a5ad4" async>'
        "</script>"
    )


async def test_the_preview_follows_the_file_and_says_what_is_wrong_with_it(new_page, owned):
    file = owned.serving.folder / "daehwa.toml"
    before = file.read_text(encoding="utf-8")
    page = await new_page(viewport={"width": 1440, "height": 1000})
    await page.goto(f"{owned.url}preview")
    light = page.frame_locator("#light")
    await expect(light.locator("#name")).to_have_text("파도 상점")
    file.write_text(before.replace("파도 상점", "새 이름"), encoding="utf-8")
    await expect(light.locator("#name")).to_have_text("새 이름", timeout=20_000)
    file.write_text(before.replace('paper = "#101018"', 'paper = "#eee"'), encoding="utf-8")
    problem = page.locator("#notes .problem")
    await expect(problem).to_contain_text("text could not be read", timeout=20_000)
    await expect(light.locator("#name")).to_have_text("새 이름")
    file.write_text(before.replace('accent = "#8a2be2"', 'accent = "#ffe9a8"'), encoding="utf-8")
    await expect(page.locator("#notes p")).to_contain_text(
        "buttons are hard to see", timeout=20_000
    )
    file.write_text(before, encoding="utf-8")
    await expect(page.locator("#notes p")).to_have_count(0, timeout=20_000)
