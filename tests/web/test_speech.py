"""Speaking to the page and having it read aloud.

Chromium without a display has neither a recogniser nor voices. What stands in their place follows
the Web Speech API (webaudio.github.io/web-speech-api) and is ruder than a browser: a result may
come after the end, grow shorter again, or never; an error comes before `start`.
"""

import pytest
import pytest_asyncio
from playwright.async_api import expect
from tests.web.chat import Chat
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


async def test_a_browser_that_can_neither_listen_nor_speak_shows_no_button(new_page, door, server):
    page = await new_page()
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
