"""Pictures of the page in each of its states, for whoever judges how it looks: `make screens`.

Not collected with the tests. Each state is taken light and dark, 1440, 390 and 320 pixels wide, in
Korean and English, into the folder that SCREENS names; axe looks at each of them, too.
"""

import json
import os
import re
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest
from playwright.async_api import expect
from tests.web.edges import HookFails, card, from_model, reply
from tests.web.host import widget
from tests.web.test_access import faults
from tests.web.test_speech import microphone
from tests.web.test_widget import launcher
from tests.web.test_widget import script as embed_script

FOLDER = Path(os.environ.get("SCREENS", "screens"))
FOLDER.mkdir(parents=True, exist_ok=True)
HEIGHTS = {1440: 900, 390: 844, 320: 640}

LONG = r"""## {title}

**{words}** $E = mc^2$, `code`, [link](https://example.com/).

\[
x = \frac{-b \pm \sqrt{b^2 - 4ac}}{2a}
\]

| {words} | {title} | {words} | {title} |
|---|---:|---|---|
| {words}<br>{words} | 1 | {title} {words} | $x_1$ |
| {title} | 2 | {words} | `reverse()` |

- [x] {title}
- [ ] {words}

> {words}
> > {title}

```python
def total(values):  # {title}
    return sum(value * 2 for value in values if value is not None)
```

مرحبا بك في المكتبة، هذا نص من اليمين.
"""

WORDS = {
    "ko": {
        "title": "공식과 표",
        "words": "파도가 치는 까닭",
        "card": "카드",
        "question": "어떤 책을 찾으세요?",
        "mood": ("모험", "모험"),
        "calm": ("잔잔한 이야기", "잔잔한 이야기"),
        "confirm": "주문",
        "sure": "한 권 맡아 둘까요?",
        "done": "끝",
        "bye": "맡아 두었어요. 또 오세요.",
        "broken": "고장",
        "model": "왜 파도가 쳐요?",
        "slow": "천천히 말해 줘요",
        "lost": "안 가는 말",
    },
    "en": {
        "title": "Formulas and tables",
        "words": "Why the waves break",
        "card": "card",
        "question": "Which book are you after?",
        "mood": ("Adventure", "Hello there"),
        "calm": ("Something calm", "Hello"),
        "confirm": "Reserve a book",
        "sure": "Shall I keep one for you?",
        "done": "Hello",
        "bye": "It is kept for you. See you soon.",
        "broken": "When are you open?",
        "model": "Why are there waves?",
        "slow": "Tell me slowly, please",
        "lost": "This will not get through",
    },
}


def script(server, words, gate):
    """Have bot and model say what the states need."""
    text = LONG.replace("{title}", words["title"]).replace("{words}", words["words"])
    offer = card(words["question"], words["mood"], words["calm"], subtitle=words["title"])
    server.on(words["card"], reply(words["words"], offer))
    server.on(words["confirm"], reply(words["sure"], action="ConfirmIntent"))
    server.on(words["done"], reply(words["bye"], action="Close"))
    server.on(words["broken"], HookFails())
    server.on(words["model"], from_model(text))
    server.on(words["slow"], from_model(text[:260], gate, text[260:]))


KINDS = [
    (tongue, theme, width) for tongue in WORDS for theme in ("light", "dark") for width in HEIGHTS
]


each_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: "-".join(map(str, kind)))


def options(kind):
    """The browser's settings for pictures of that kind."""
    tongue, theme, width = kind
    return {
        "locale": {"ko": "ko-KR", "en": "en-US"}[tongue],
        "color_scheme": theme,
        "viewport": {"width": width, "height": HEIGHTS[width]},
    }


class Camera:
    """Takes pictures of a page, and has axe look each time at an element of it, and at a frame."""

    def __init__(self, kind):
        self.kind = kind
        self.wrong = {}

    async def take(self, state, page, frame=None, within="html"):
        wrong = await faults(SimpleNamespace(page=page), within)
        if frame is not None:
            # What is not there yet fades in later, and has no contrast then.
            await expect(frame.locator("#welcome")).to_be_visible()
            wrong += await faults(SimpleNamespace(page=frame))
        if wrong:
            self.wrong[state] = wrong
        name = f"{state}-{'-'.join(map(str, self.kind))}.png"
        await page.screenshot(path=FOLDER / name)


@each_kind
async def test_a_talk(open_chat, server, gateway, gate, kind):
    words = WORDS[kind[0]]
    script(server, words, gate)
    chat = await open_chat(**options(kind))
    camera = Camera(kind)

    take = partial(camera.take, page=chat.page)

    await take("01-first")
    await chat.say(words["card"])
    await take("02-card")
    await chat.say(words["confirm"])
    await take("03-confirm")
    await chat.say(words["done"])
    await take("04-done")
    await chat.act("down").click()
    await expect(chat.page.locator(".comment form")).to_be_visible()
    await take("05-comment")
    await chat.say(words["model"])
    await expect(chat.page.locator("math")).to_have_count(3)
    await chat.log.evaluate("log => { log.scrollTop -= 420; }")
    await take("06-answer")
    await chat.act("details").click()
    await expect(chat.drawer).to_be_visible()
    await take("07-details")
    await chat.page.keyboard.press("Escape")
    await chat.say(words["slow"], wait=False)
    await expect(chat.bubbles.last).to_contain_text(words["title"])
    await take("08-streaming")
    await chat.send.click()
    await chat.idle()
    await take("09-stopped")
    await chat.said.last.hover()
    await chat.page.locator('[data-act="rewrite"]').last.click()
    await expect(chat.page.locator(".rewrite")).to_be_visible()
    await take("10-rewriting")
    await chat.page.keyboard.press("Escape")
    await chat.say(words["broken"])
    await take("11-failed")
    gateway.refuse(503)
    await chat.say(words["lost"])
    await take("12-unsent")
    assert camera.wrong == {}


@each_kind
async def test_sheets_and_what_comes_seldom(open_chat, server, gateway, kind):
    words = WORDS[kind[0]]
    script(server, words, None)
    chat = await open_chat(**options(kind))
    page, camera = chat.page, Camera(kind)

    take = partial(camera.take, page=page)

    await chat.say(words["card"])
    await page.locator("#menu-button").click()
    await take("20-menu")
    await page.keyboard.press("Escape")
    await page.locator("#identity").click()
    await take("21-picker")
    await page.keyboard.press("Escape")
    await page.locator("#fresh").click()
    await take("22-fresh")
    await page.locator("#confirm .primary").click()
    await expect(chat.said).to_have_count(0)
    await chat.say(words["done"])
    await page.locator("#talks-button").click()
    await expect(page.locator(".talk-list li")).to_have_count(2)
    await take("23-talks")
    await page.keyboard.press("Escape")
    await page.evaluate(
        "() => { window.SpeechRecognition = class { start() { this.onstart(); } stop() {} }; }"
    )
    await microphone(chat).click()
    await expect(microphone(chat)).to_have_attribute("data-state", "listening")
    await chat.input.fill("x" * 1000)
    await take("24-listening")
    await chat.input.fill("")
    await server.end_sessions()
    await chat.reload()
    await take("25-ended")
    await gateway.down()
    await chat.say(words["lost"], wait=False)
    await expect(chat.banner).to_be_visible()
    await take("26-offline")
    await gateway.up()
    assert camera.wrong == {}


@each_kind
async def test_versions_sources_and_pictures(open_chat, server, kind):
    words = WORDS[kind[0]]
    script(server, words, None)
    chat = await open_chat(**options(kind))
    page, camera = chat.page, Camera(kind)

    take = partial(camera.take, page=page)

    offers = [
        card(
            words[name],
            words["mood"],
            words["calm"],
            subtitle=words["title"],
            image=f"{server.url}icon.svg",
        )
        for name in ("question", "sure", "words")
    ]
    server.on(words["card"], reply(words["words"], *offers))
    await chat.say(words["card"])
    await expect(chat.cards).to_have_count(3)
    await take("40-pictures")
    await chat.say(words["model"])
    await chat.act("again").last.click()
    await chat.idle()
    await expect(page.locator(".pager")).to_be_visible()
    await take("41-versions")
    await page.locator("#talks-button").click()
    await page.locator(".talk-search input").fill("Zanzibar")
    await expect(page.locator(".talks-none")).to_be_visible()
    await take("42-nothing-found")
    await page.locator(".talk-search input").fill(words["title"])
    await expect(page.locator(".talks mark").first).to_be_visible()
    await take("43-found")
    await page.locator(".talks-head .icon-button").click()
    # The server's own documents are none here; its answer from some is of that shape.
    sources = [
        {"title": words["title"], "heading": words["words"], "text": words["sure"], "file": "a.md"},
        {"title": words["words"], "text": words["sure"], "link": "https://example.com/waves/why"},
    ]

    async def with_sources(route):
        answer = await route.fetch()
        made = re.sub('"source":"[a-z]+"', '"source":"document"', await answer.text())
        made = made.replace('"sources":[]', f'"sources":{json.dumps(sources)}')
        await route.fulfill(response=answer, body=made)

    await page.route("**/chat", with_sources)
    await chat.say(words["slow"] + "?")
    await expect(page.locator(".notice")).to_have_count(2)
    await take("44-sources")
    assert camera.wrong == {}


@each_kind
async def test_what_stands_around_the_page(new_page, host, server, kind):
    tongue = kind[0]
    camera = Camera(kind)
    page = await new_page(**options(kind))
    greeting = {
        "ko": "무엇을 찾으세요? 편하게 물어보세요.",
        "en": "Looking for something? Just ask.",
    }
    names = {"ko": "대화 열기", "en": "Open chat"}
    host.body = embed_script(server, f'data-greeting="{greeting[tongue]}"')
    await page.goto(host.origin)
    await expect(launcher(page, names[tongue])).to_be_visible()
    await camera.take("30-launcher", page, within="daehwa-chat")
    await launcher(page, names[tongue]).click()
    await widget(page).ready()
    await camera.take("31-widget", page, page.frames[-1], within="daehwa-chat")
    page = await new_page(**options(kind))
    await page.goto(server.url + "preview")
    await expect(page.locator("iframe").first).to_be_visible()
    await camera.take("32-preview", page, page.frames[1])
    await page.locator("#width").select_option("320")
    await camera.take("36-preview-320", page, page.frames[1])
    page = await new_page(**options(kind))
    refused = {"error": {"code": "TokenMissing", "message": "-", "requestId": "r"}}
    await page.route("**/chat/config*", lambda route: route.fulfill(status=401, json=refused))
    await page.goto(server.url)
    await expect(page.locator("dialog[open]")).to_be_visible()
    await camera.take("33-signin", page)
    page = await new_page(**options(kind))
    await page.goto(server.url + "?bot=NoSuchBot")
    await expect(page.locator("#composer")).to_be_hidden()
    await camera.take("34-no-bot", page)
    page = await new_page(**options(kind))
    await page.route("**/index.html?*", lambda route: route.abort())
    await page.goto(host.origin)
    await launcher(page, names[tongue]).click()
    await expect(page.locator("daehwa-chat").get_by_role("alert")).to_be_visible()
    await camera.take("35-widget-lost", page, within="daehwa-chat")
    assert camera.wrong == {}
