"""Korean typed through input methods: one Enter sends the whole text, once.

The four orders in which browsers report an Enter that ends a composition, as synthetic events,
and Chromium's own composition through the DevTools protocol.
"""

import pytest
from playwright.async_api import expect
from tests.web.chat import until

GREETING = "안녕하세요"

# Dispatches a list of steps at the field. "type" sets the value as an input method does.
PLAY = """async (steps) => {
  const field = document.getElementById("input");
  field.focus();
  // Events bear the time at which they happened, however late a busy machine hands them over:
  // those of one list follow each other, those of the next come a second later.
  let now = globalThis.played = Math.max(performance.now(), globalThis.played ?? 0) + 1000;
  const at = (event) => Object.defineProperty(event, "timeStamp", { value: now += 1 });
  for (const [kind, detail = {}] of steps) {
    const options = { bubbles: true, cancelable: true, ...detail };
    if (kind === "task") await new Promise(done => setTimeout(done));
    else if (kind === "type") {
      field.value = detail.value;
      const typed = { bubbles: true, inputType: "insertCompositionText" };
      field.dispatchEvent(new InputEvent("input", typed));
    } else if (kind.startsWith("composition")) {
      // What is composed goes into the field when it ends, whatever was done to the field.
      const missing = kind === "compositionend" && !field.value.endsWith(detail.data);
      if (missing) field.value += detail.data;
      field.dispatchEvent(at(new CompositionEvent(kind, options)));
    } else {
      const event = at(new KeyboardEvent(kind, options));
      const goes = field.dispatchEvent(event);
      // An Enter that nobody prevented makes a line, as in a real text area.
      const enter = detail.key === "Enter" && detail.keyCode === 13 && !detail.isComposing;
      if (kind === "keydown" && goes && enter) {
        const line = { bubbles: true, cancelable: true, inputType: "insertLineBreak" };
        const before = new InputEvent("beforeinput", line);
        if (field.dispatchEvent(before)) field.value += "\\n";
      }
    }
  }
}"""


def composed(text, upto):
    """The last syllable of `text` while it is composed."""
    return [
        ("compositionstart", {"data": ""}),
        ("compositionupdate", {"data": text[-1]}),
        ("type", {"value": upto + text}),
    ]


def key(kind="keydown", **more):
    return (kind, {"key": "Enter", "code": "Enter", "keyCode": 13, **more})


# A second Enter, of a person who has seen what the first one did.
AGAIN = [key(), key("keyup"), ("task", {})]

PROCESS = {"key": "Process", "keyCode": 229, "isComposing": True}
LAST = "요"
ORDERS = {
    "chrome-windows": [
        key(**PROCESS),
        ("compositionend", {"data": LAST}),
        key("keyup"),
    ],
    "chrome-windows-clean-keydown-first": [
        key(**PROCESS),
        key(),
        ("compositionend", {"data": LAST}),
        key("keyup"),
    ],
    "chrome-windows-clean-keydown-after": [
        key(**PROCESS),
        ("compositionend", {"data": LAST}),
        key(),
        key("keyup"),
    ],
    "chromium-macos": [
        key(isComposing=True),
        ("compositionend", {"data": LAST}),
        key("keyup"),
    ],
    "chromium-macos-second-enter-a-task-later": [
        key(isComposing=True),
        ("compositionend", {"data": LAST}),
        ("task", {}),
        key(),
        key("keyup"),
    ],
    "safari": [
        ("compositionend", {"data": LAST}),
        key(keyCode=229),
        key("keyup"),
    ],
    "firefox": [
        key(**PROCESS),
        ("compositionend", {"data": LAST}),
        key("keyup", isComposing=False),
    ],
    "linux-commits-then-forwards": [
        ("compositionend", {"data": LAST}),
        key(),
        key("keyup"),
    ],
}


def apart(steps):
    """The same events, each in a task of its own, as a slow input method tells them."""
    return [one for step in steps for one in (step, ("task", {}))]


@pytest.fixture
def chat(same_chat):
    """One page for all: each test says one thing, and leaves the box empty."""
    return same_chat


async def sent(chat, server, text):
    """Wait until the text has left; nothing else has."""
    await until(lambda: server.requests)
    await chat.idle()
    assert await server.texts() == [text]


@pytest.mark.parametrize("pace", [list, apart], ids=["together", "apart"])
@pytest.mark.parametrize("order", ORDERS)
async def test_one_enter_sends_the_whole_text_once(chat, server, order, pace):
    steps = [*composed(LAST, "안녕하세"), *pace(ORDERS[order]), ("task", {}), ("task", {})]
    await chat.page.evaluate(PLAY, steps)
    await sent(chat, server, GREETING)
    assert len(GREETING) == 5
    await expect(chat.input).to_have_value("")


@pytest.mark.parametrize(
    ("written", "candidate"), [("にほん", "日本"), ("nihao", "你好")], ids=["japanese", "chinese"]
)
@pytest.mark.parametrize("order", ["chrome-windows", "chromium-macos", "safari", "firefox"])
async def test_enter_only_takes_the_candidate_in_japanese_and_chinese(
    chat, server, order, written, candidate
):
    steps = [
        ("compositionstart", {"data": ""}),
        ("compositionupdate", {"data": written}),
        ("compositionupdate", {"data": candidate}),
        ("type", {"value": candidate}),
        *[
            (kind, {**detail, "data": candidate} if kind == "compositionend" else detail)
            for kind, detail in ORDERS[order]
        ],
        ("task", {}),
        ("task", {}),
    ]
    await chat.page.evaluate(PLAY, steps)
    assert await server.texts() == []
    await expect(chat.input).to_have_value(candidate)
    await chat.page.evaluate(PLAY, AGAIN)
    await sent(chat, server, candidate)


@pytest.mark.parametrize("pace", [list, apart], ids=["together", "apart"])
@pytest.mark.parametrize("taken", ["韓", "韓(한)", "한(韓)"])
@pytest.mark.parametrize("order", ORDERS)
async def test_enter_only_takes_the_hanja_of_a_korean_word(chat, server, order, taken, pace):
    """The syllable stands there while the list of its Hanja is open; Enter takes one of them."""
    steps = [
        (kind, {**detail, "data": taken} if kind == "compositionend" else detail)
        for kind, detail in ORDERS[order]
    ]
    at = next(n for n, (kind, _) in enumerate(steps) if kind == "compositionend")
    steps.insert(at + 1, ("type", {"value": taken}))
    await chat.page.evaluate(PLAY, [*composed("한", ""), *pace(steps), *[("task", {})] * 2])
    await expect(chat.input).to_have_value(taken)
    assert await server.texts() == []
    await chat.page.evaluate(PLAY, AGAIN)
    await sent(chat, server, taken)


async def test_the_syllable_after_enter_is_a_new_one(chat, server):
    """Enter that found nothing to end: another key first, then the composition's own end."""
    steps = [
        *composed("안", ""),
        key(**PROCESS),
        ("keydown", {"key": "Process", "code": "KeyS", "keyCode": 229, "isComposing": True}),
        ("compositionend", {"data": "안"}),
        ("task", {}),
    ]
    await chat.page.evaluate(PLAY, steps)
    assert await server.texts() == []
    await expect(chat.input).to_have_value("안")


async def test_shift_enter_makes_a_line_also_while_composing(chat, server):
    await chat.page.evaluate(
        PLAY,
        [
            *composed("안", ""),
            key(**PROCESS, shiftKey=True),
            ("compositionend", {"data": "안"}),
            ("task", {}),
        ],
    )
    assert await server.texts() == []
    await expect(chat.input).to_have_value("안")


async def test_a_phone_keyboards_line_break_sends(chat, server):
    """Android names no key; the line break itself is all there is."""
    await chat.page.evaluate(
        """() => {
          const field = document.getElementById("input");
          field.focus();
          field.value = "안녕";
          const nameless = {key: "Unidentified", keyCode: 229, bubbles: true};
          field.dispatchEvent(new KeyboardEvent("keydown", nameless));
          const line = {inputType: "insertLineBreak", bubbles: true, cancelable: true};
          field.dispatchEvent(new InputEvent("beforeinput", line));
        }"""
    )
    await sent(chat, server, "안녕")


async def test_chromiums_own_composition(open_chat, server):
    """Each jamo through the browser's composition, as an input method sends them."""
    chat = await open_chat()
    client = await chat.page.context.new_cdp_session(chat.page)
    await chat.input.focus()
    for jamo in (["ㅇ", "아", "안"], ["ㄴ", "녀", "녕"], ["ㅎ", "하"], ["ㅅ", "세"], ["ㅇ", "요"]):
        for state in jamo:
            await client.send(
                "Input.imeSetComposition", {"text": state, "selectionStart": 1, "selectionEnd": 1}
            )
        if jamo[-1] != LAST:
            await client.send("Input.insertText", {"text": jamo[-1]})
    await expect(chat.input).to_have_value(GREETING)
    process = {"key": "Process", "code": "Enter", "windowsVirtualKeyCode": 229}
    await client.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **process})
    await client.send("Input.insertText", {"text": LAST})
    enter = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13, "text": "\r"}
    await client.send("Input.dispatchKeyEvent", {"type": "keyDown", **enter})
    await client.send("Input.dispatchKeyEvent", {"type": "keyUp", **enter})
    await sent(chat, server, GREETING)
    await expect(chat.input).to_have_value("")
