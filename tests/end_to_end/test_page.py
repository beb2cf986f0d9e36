"""The page in Debian's Chromium, before the real server: typed in Korean, as a person does."""

import asyncio

import pytest
import pytest_asyncio
from playwright.async_api import async_playwright, expect
from tests.web.chat import Chat
from tests.web.conftest import ARGUMENTS

from daehwa.answers.testing import Say, StubOpenAI

from .conftest import serving

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


@pytest.fixture(scope="module")
def stub():
    with StubOpenAI().in_thread() as stub:
        yield stub


@pytest.fixture(scope="module")
def served(stub, tmp_path_factory):
    folder = tmp_path_factory.mktemp("page")
    with serving(folder, OPENAI_API_KEY="sk-stub", OPENAI_BASE_URL=stub.base_url) as served:
        yield served


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def browser(chromium):
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="module")
async def chat(browser, served):
    context = await browser.new_context(locale="ko-KR")
    hosts = set()
    page = await context.new_page()
    page.on("request", lambda request: hosts.add(request.url.split("/")[2]))
    chat = Chat(page)
    await chat.open(served.url)
    yield chat
    await context.close()
    assert hosts == {f"127.0.0.1:{served.port}"}


async def compose(chat, text):
    """Type through an input method, syllable by syllable, and send with one Enter."""
    before = await chat.said.count()
    await chat.input.focus()
    session = await chat.page.context.new_cdp_session(chat.page)
    for place, syllable in enumerate(text):
        await session.send(
            "Input.imeSetComposition",
            {"text": syllable, "selectionStart": 1, "selectionEnd": 1},
        )
        if place < len(text) - 1:
            await session.send("Input.insertText", {"text": syllable})
    # The last syllable is still being composed when Enter comes, as it is for people.
    await session.send("Input.insertText", {"text": text[-1]})
    await chat.page.keyboard.press("Enter")
    await expect(chat.said).to_have_count(before + 1)
    await chat.idle()


async def test_the_whole_conversation_and_a_fallback_in_korean(chat, stub):
    stub.requests.clear()
    stub.script(Say("**서울**입니다. 한강이 흐릅니다.", pace=0.02))
    for text in ("안녕", "홍길동", "네", "대한민국의 수도는 어디야"):
        await compose(chat, text)
    await chat.expect_texts(
        "안녕",
        "제 이름은 Lex입니다. 당신의 이름은 무엇 입니까?",
        "홍길동",
        "당신의 이름은 홍길동입니까?",
        "네",
        "반갑습니다. 홍길동님.",
        "HelloWorld 의도를 종료합니다.",
        "대한민국의 수도는 어디야",
        "서울입니다. 한강이 흐릅니다.",
    )
    await expect(chat.last.locator("strong")).to_have_text("서울")
    await expect(chat.last).to_contain_text("ChatGPT")
    assert len(stub.requests) == 1


async def test_a_reload_restores_the_talk(chat):
    await chat.say("안녕")
    told = await chat.texts()
    await chat.reload()
    await chat.expect_texts(*told)


async def test_a_reload_in_mid_answer_gets_the_whole_text_once(chat, stub):
    stub.script(Say("하나 둘 셋 넷 다섯 여섯 일곱 여덟", pace=0.4))
    await chat.say("숫자를 천천히 세어 줘", wait=False)
    await expect(chat.last).to_contain_text("둘")
    await chat.reload()
    await chat.idle()
    await chat.expect_texts("숫자를 천천히 세어 줘", "하나 둘 셋 넷 다섯 여섯 일곱 여덟")


async def test_stop_closes_the_request_to_the_model_and_keeps_the_words(chat, stub):
    stub.abandoned = 0
    stub.script(Say("하나 둘 셋 넷 다섯 여섯 일곱 여덟 아홉 열", pace=0.5))
    await chat.say("숫자를 아주 천천히 세어 줘", wait=False)
    await expect(chat.last).to_contain_text("둘")
    await chat.page.keyboard.press("Escape")
    await chat.idle()
    assert "열" not in (await chat.texts())[-1]
    for _ in range(50):
        if stub.abandoned:
            break
        await asyncio.sleep(0.1)
    assert stub.abandoned, "the request to the model was not closed"
    await chat.reload()
    assert (await chat.texts())[-1].startswith("하나 둘")


async def test_cards_of_the_bookshop_can_be_pressed(browser, served):
    context = await browser.new_context(locale="en-US", viewport={"width": 390, "height": 844})
    chat = Chat(await context.new_page())
    await chat.open(served.url)
    await chat.say("hello")
    await expect(chat.cards).to_have_count(1)
    await chat.press("Reserve a seat")
    await expect(chat.cards).to_have_count(2)
    await expect(chat.cards.last).to_contain_text("Seats at Pado Books")
    await context.close()
