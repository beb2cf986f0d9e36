"""Speaking to the page and having it read aloud.

Chromium without a display has neither a recogniser nor voices. What stands in their place follows
the Web Speech API (webaudio.github.io/web-speech-api) and is ruder than a browser: a result may
come after the end, grow shorter again, or never; an error comes before `start`.
"""

import pytest
import pytest_asyncio
from playwright.async_api import async_playwright, expect
from tests.web.chat import Chat
from tests.web.conftest import ARGUMENTS
from tests.web.edges import from_model

RECOGNISER = """
window.heard = [];
window.SpeechRecognition = class {
  constructor() { heard.push(this); this.on = false; }
  start() {
    if (this.on) throw new DOMException("it has begun", "InvalidStateError");
    this.on = true;
  }
  stop() { this.stopped = true; }
  abort() { this.stopped = true; }
  begin() { this.onstart?.(new Event("start")); }
  hear(...texts) {
    const results = texts.map(text => Object.assign([{transcript: text}], {isFinal: false}));
    this.onresult?.({resultIndex: 0, results});
  }
  fail(error) { this.onerror?.({error}); this.onend?.(new Event("end")); }
  end() { this.onend?.(new Event("end")); }
};
"""

VOICES = """
window.read = [];
const voices = {
  getVoices: () => [{lang: "ko-KR"}],
  speak: one => read.push(one),
  cancel: () => { for (const one of read.splice(0)) one.onerror?.({error: "canceled"}); },
};
Object.defineProperty(window, "speechSynthesis", {value: voices});
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
"""


@pytest_asyncio.fixture(loop_scope="session", scope="module")
async def browser(chromium):
    """The whole browser: one without windows has no microphone to give or refuse."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def spoken(door, new_page):
    """Open the page in a browser that can listen and speak, in a language."""

    async def spoken(locale="ko-KR"):
        page = await new_page(locale=locale)
        await page.add_init_script(RECOGNISER + VOICES)
        chat = Chat(page)
        await chat.open(door.url)
        return chat

    return spoken


def microphone(chat):
    return chat.page.locator(".mic")


async def test_where_neither_browser_nor_server_can_listen_or_speak_there_is_no_button(
    new_page, door, server
):
    page = await new_page(config=lambda config: config.update(speech=False))
    await page.add_init_script("delete window.SpeechRecognition")
    await page.add_init_script("delete window.webkitSpeechRecognition")
    chat = Chat(page)
    await chat.open(door.url)
    await expect(microphone(chat)).to_be_hidden()
    server.on("질문", from_model("답"))
    await chat.say("질문")
    silent = await chat.page.evaluate("speechSynthesis.getVoices().length === 0")
    assert silent
    await expect(chat.act("read")).to_have_count(0)


@pytest.mark.parametrize(
    ("locale", "tag", "idle", "listening"),
    [
        ("ko-KR", "ko-KR", "말로 입력하기", "듣고 있어요. 누르면 멈춰요"),
        ("en-US", "en-US", "Dictate", "Listening. Press to stop"),
    ],
)
async def test_what_is_said_stands_in_the_box_and_is_sent_by_the_person(
    spoken, locale, tag, idle, listening
):
    chat = await spoken(locale)
    button = microphone(chat)
    await expect(button).to_have_accessible_name(idle)
    await chat.input.fill("앞말")
    await button.click()
    await expect(button).to_have_attribute("data-state", "starting")
    assert await chat.page.evaluate("heard[0].lang") == tag
    await chat.page.evaluate("heard[0].begin()")
    await expect(button).to_have_accessible_name(listening)
    await expect(button).to_have_attribute("aria-pressed", "true")
    await chat.page.evaluate("heard[0].hear('책 추천하고', ' 싶어')")
    await expect(chat.input).to_have_value("앞말 책 추천하고 싶어")
    await chat.page.evaluate("heard[0].hear('책 추천해 줘')")
    await expect(chat.input).to_have_value("앞말 책 추천해 줘")
    await button.click()
    await expect(button).to_have_attribute("data-state", "idle")
    assert await chat.page.evaluate("heard[0].stopped")
    # What comes too late is not written over what the person writes.
    await chat.input.fill("내 말")
    await chat.page.evaluate("heard[0].hear('늦은 말'); heard[0].end()")
    await expect(chat.input).to_have_value("내 말")
    await expect(chat.said).to_have_count(0)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        ("not-allowed", "마이크를 쓸 수 없어요"),
        ("audio-capture", "마이크를 쓸 수 없어요"),
        ("no-speech", "아무 말도 들리지 않았어요"),
        ("network", "말을 알아듣지 못했어요"),
    ],
)
async def test_what_goes_wrong_with_the_microphone_is_said_in_words(spoken, error, words):
    chat = await spoken()
    await microphone(chat).click()
    await expect(microphone(chat)).to_have_attribute("data-state", "starting")
    await chat.page.evaluate("error => heard[0].fail(error)", error)
    await expect(chat.page.locator("#toast")).to_contain_text(words)
    await expect(microphone(chat)).to_have_attribute("data-state", "idle")
    await microphone(chat).click()
    await expect(microphone(chat)).to_have_attribute("data-state", "starting")
    assert await chat.page.evaluate("heard.length") == 2


async def test_sending_ends_the_listening(spoken):
    chat = await spoken()
    await microphone(chat).click()
    await expect(microphone(chat)).to_have_attribute("data-state", "starting")
    await chat.page.evaluate("heard[0].begin(); heard[0].hear('안녕')")
    await chat.input.press("Enter")
    await chat.idle()
    await expect(chat.said).to_have_count(1)
    await expect(microphone(chat)).to_have_attribute("data-state", "idle")
    await expect(chat.input).to_have_value("")


async def test_an_answer_is_read_without_its_marks_and_stops_when_asked(spoken, server):
    server.on("질문", from_model("**파도**가 쳐요. The waves are `high`.\n\n- 끝"))
    chat = await spoken()
    await chat.say("질문")
    await expect(chat.act("read")).to_have_accessible_name("소리 내어 읽기")
    await chat.act("read").click()
    await expect(chat.act("read")).to_have_accessible_name("읽기 멈추기")
    said = await chat.page.evaluate("read.map(one => [one.text, one.lang])")
    assert said == [["파도가 쳐요.", "ko-KR"], ["The waves are high.", "en-US"], ["끝", "ko-KR"]]
    await chat.act("read").click()
    await expect(chat.act("read")).to_have_accessible_name("소리 내어 읽기")
    assert await chat.page.evaluate("read.length") == 0
    await chat.act("read").click()
    await expect(chat.act("read")).to_have_accessible_name("읽기 멈추기")
    await chat.page.evaluate("read.at(-1).onend()")
    await expect(chat.act("read")).to_have_accessible_name("소리 내어 읽기")


async def test_reading_falls_silent_when_the_person_speaks(spoken, server):
    server.on("질문", from_model("긴 답이에요."))
    chat = await spoken()
    await chat.say("질문")
    await chat.act("read").click()
    await chat.say("안녕")
    assert await chat.page.evaluate("read.length") == 0


# What follows is for browsers that have nothing of it: the server's endpoint hears and speaks.
NOTHING = "delete window.SpeechRecognition; delete window.webkitSpeechRecognition;"


@pytest_asyncio.fixture(loop_scope="session")
async def helped(door, new_page):
    """Open the page in a browser that cannot listen on its own, with a microphone or without."""

    async def helped(locale="ko-KR", permissions=("microphone",)):
        page = await new_page(locale=locale, permissions=list(permissions))
        await page.add_init_script(NOTHING)
        chat = Chat(page)
        await chat.open(door.url)
        return chat

    return helped


@pytest.mark.parametrize(
    ("locale", "language", "writing"),
    [("ko-KR", "ko", "받아 적는 중이에요"), ("en-US", "en", "Writing it down")],
)
async def test_the_server_writes_down_what_was_said(helped, server, locale, language, writing):
    chat = await helped(locale)
    button = microphone(chat)
    states = await chat.page.evaluate_handle(
        """() => {
          const states = [];
          new MutationObserver(() => states.push(document.querySelector(".mic").ariaLabel))
            .observe(document.querySelector(".mic"), {attributeFilter: ["aria-label"]});
          return states;
        }"""
    )
    await chat.input.fill("앞말")
    await button.click()
    await expect(button).to_have_attribute("data-state", "listening")
    await chat.page.wait_for_timeout(150)  # the person says something
    await button.click()
    await expect(chat.input).to_have_value("앞말 받아 적은 말")
    await expect(button).to_have_attribute("data-state", "idle")
    assert any(state.startswith(writing) for state in await states.json_value())
    ((name, tongue, _),) = server.edges.recordings
    assert (name, tongue) == ("speech.webm", language)
    await expect(chat.said).to_have_count(0)
    await chat.input.press("Enter")
    await expect(chat.said).to_have_count(1)
    await chat.idle()
    assert await server.texts() == ["앞말 받아 적은 말"]


async def test_what_goes_wrong_with_a_recording_is_said_in_words(helped, server):
    chat = await helped()
    toast, button = chat.page.locator("#toast"), microphone(chat)
    for heard, words in {"": "아무 말도 들리지 않았어요", None: "말을 알아듣지 못했어요"}.items():
        server.edges.transcription = heard
        await button.click()
        await expect(button).to_have_attribute("data-state", "listening")
        await chat.page.wait_for_timeout(150)
        await button.click()
        await expect(toast).to_contain_text(words)
        await expect(button).to_have_attribute("data-state", "idle")
    # Sending ends the recording, and nothing of it is sent anywhere.
    before = len(server.edges.recordings)
    await button.click()
    await expect(button).to_have_attribute("data-state", "listening")
    await chat.say("안녕")
    await expect(button).to_have_attribute("data-state", "idle")
    assert len(server.edges.recordings) == before


async def test_who_gives_no_microphone_sees_why_nothing_happens(helped):
    chat = await helped(permissions=())
    await microphone(chat).click()
    await expect(chat.page.locator("#toast")).to_contain_text("마이크를 쓸 수 없어요")
    await expect(microphone(chat)).to_have_attribute("data-state", "idle")


async def test_the_server_reads_an_answer_aloud_piece_by_piece(helped, server):
    chat = await helped()
    long = "파도는 바람이 만들어요. " * 60
    server.on("질문", from_model(long))
    await chat.say("질문")
    await chat.act("read").click()
    await expect(chat.act("read")).to_have_accessible_name("읽기 멈추기")
    await expect(chat.act("read")).to_have_accessible_name("소리 내어 읽기")
    assert "".join(server.edges.spoken).replace(" ", "") == long.replace(" ", "")
    assert len(server.edges.spoken) > 1
    server.edges.transcription = None
    await chat.act("read").click()
    await expect(chat.page.locator("#toast")).to_contain_text("소리 내어 읽지 못했어요")
    await expect(chat.act("read")).to_have_accessible_name("소리 내어 읽기")
