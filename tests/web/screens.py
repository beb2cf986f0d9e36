"""Pictures of the page in each of its states, for whoever judges how it looks: `make screens`.

Not collected with the tests. Each state is taken light and dark, 1440, 390 and 320 pixels wide, in
Korean and English, into the folder that SCREENS names; axe looks at each of them, too.
"""

import os
from pathlib import Path

import pytest
from playwright.async_api import expect
from tests.web.edges import HookFails, card, from_model, reply
from tests.web.test_access import faults

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


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: "-".join(map(str, kind)))
async def test_screens(open_chat, server, gateway, gate, kind):
    tongue, theme, width = kind
    words = WORDS[tongue]
    script(server, words, gate)
    chat = await open_chat(
        locale={"ko": "ko-KR", "en": "en-US"}[tongue],
        color_scheme=theme,
        viewport={"width": width, "height": HEIGHTS[width]},
    )
    wrong = {}

    async def take(state):
        """Take a picture of what is shown, and have axe look at it."""
        found = await faults(chat)
        if found:
            wrong[state] = found
        name = f"{state}-{tongue}-{theme}-{width}.png"
        await chat.page.screenshot(path=FOLDER / name)

    await take("01-first")
    await chat.say(words["card"])
    await take("02-card")
    await chat.say(words["confirm"])
    await take("03-confirm")
    await chat.say(words["done"])
    await take("04-done")
    await chat.say(words["model"])
    await expect(chat.page.locator("math")).to_have_count(3)
    await chat.log.evaluate("log => { log.scrollTop -= 420; }")
    await take("05-answer")
    await chat.say(words["slow"], wait=False)
    await expect(chat.bubbles.last).to_contain_text(words["title"])
    await take("06-streaming")
    await chat.send.click()
    await chat.idle()
    await take("07-stopped")
    await chat.say(words["broken"])
    await take("08-failed")
    gateway.refuse(503)
    await chat.say(words["lost"])
    await take("09-unsent")
    await chat.page.locator("#menu-button").click()
    await take("10-menu")
    await chat.page.keyboard.press("Escape")
    await chat.page.locator("#identity").click()
    await take("11-picker")
    await chat.page.keyboard.press("Escape")
    await chat.act("details").click()
    await take("12-details")
    await chat.page.keyboard.press("Escape")
    await chat.page.locator("#fresh").click()
    await take("13-confirm")
    assert wrong == {}
