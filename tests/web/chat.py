"""The chat page as a person uses it: what tests do and look at, by name.

Nothing in here knows which server stands behind the page.
"""

import asyncio
import contextlib
import inspect
import time

from playwright.async_api import Error, expect

UNDERWAY = ", ".join(
    f'[data-state="{state}"]' for state in ("sending", "waiting", "streaming", "reconnecting")
)

# Not another letter fits.
FILL_STORAGE = """() => {
  for (let size = 2 ** 20, n = 0; size >= 1; n += 1) {
    try {
      localStorage.setItem(`fill${n}`, "x".repeat(size));
    } catch {
      size /= 2;
    }
  }
}"""

# The words of bubbles, without what only screen readers get.
WORDS = """all => all.map(one => {
  const copy = one.cloneNode(true);
  copy.querySelectorAll(".spoken").forEach(part => part.remove());
  return copy.textContent.trim();
})"""


async def until(condition, seconds=20):
    """Wait until `condition()`, which may be a coroutine, is true; give what it gave."""
    end = time.monotonic() + seconds
    while True:
        found = condition()
        if inspect.isawaitable(found):
            found = await found
        if found:
            return found
        assert time.monotonic() < end, "it never came true"
        await asyncio.sleep(0.02)


class Chat:
    """A loaded chat page."""

    def __init__(self, page):
        self.page = page
        self.input = page.locator("#input")
        self.send = page.locator("#send")
        self.log = page.locator("#log")
        self.said = page.locator(".bubble.mine")
        self.answers = page.locator(".answer")
        self.bubbles = page.locator(".answer .bubbles .bubble")
        self.cards = page.locator(".card")
        self.chips = page.locator(".chip:not(#others *):visible")
        self.others = page.locator("#others-list button:visible")
        self.typing = page.locator(".waiting:visible")
        self.problems = page.locator(".problem")
        self.banner = page.locator("#banner")
        self.drawer = page.locator("#drawer")

    async def open(self, url):
        await self.page.goto(url)
        await self.ready()

    async def reload(self):
        await self.page.reload()
        await self.ready()

    async def ready(self):
        """Wait until the conversation is open: greeting or history shown."""
        await expect(self.page.locator("#welcome")).to_be_visible()

    async def say(self, text, *, wait=True):
        """Type a message, press Enter, and wait for the whole answer."""
        before = await self.said.count()
        await self.input.fill(text)
        await self.input.press("Enter")
        await expect(self.said).to_have_count(before + 1)
        if wait:
            await self.idle()

    async def press(self, label, *, wait=True):
        """Press the button or chip with this label, and wait for the whole answer."""
        before = await self.said.count()
        await self.log.get_by_role("button", name=label, exact=True).last.click()
        await expect(self.said).to_have_count(before + 1)
        if wait:
            await self.idle()

    async def still(self):
        """Wait until nothing on the page moves any more."""
        await until(
            lambda: self.page.evaluate(
                "!document.getAnimations().some(one => one.playState === 'running')"
            )
        )

    async def idle(self):
        """Wait until no answer runs."""
        await expect(self.page.locator(UNDERWAY)).to_have_count(0)
        await expect(self.send).to_have_attribute("data-act", "send")

    @property
    def last(self):
        """The last answer."""
        return self.answers.last

    def act(self, name):
        """The button of the last answer that does `name`: copy, up, down, again, details."""
        return self.page.locator(f'.meta [data-act="{name}"]').last

    async def texts(self):
        """What the page shows at this moment of what everyone said, in order."""
        both = self.page.locator(".bubble.mine, .answer .bubbles .bubble")
        return await both.evaluate_all(WORDS)

    async def said_texts(self):
        """What the page shows at this moment of what the person said."""
        return await self.said.evaluate_all(WORDS)

    async def expect_texts(self, *texts):
        """Wait until the page shows these words of everyone, and no others.

        A talk is opened, or another tab's words are taken over, some time after it is asked for.
        """
        await self._expect(self.texts, texts)

    async def expect_said(self, *texts):
        """Wait until the page shows these words of the person, and no others."""
        await self._expect(self.said_texts, texts)

    async def _expect(self, shown, texts):
        async def as_expected():
            try:
                return await shown() == list(texts)
            except Error:  # the page, or the frame that it is in, is being loaded
                return False

        with contextlib.suppress(AssertionError):
            await until(as_expected)
            return
        assert await shown() == list(texts)

    async def choose_in_menu(self, name, value):
        """Set the menu's theme or language."""
        await self.page.locator("#menu-button").click()
        await self.page.locator(f'#menu [name="{name}"][value="{value}"]').check(force=True)
        await self.page.keyboard.press("Escape")

    async def watch_announcements(self):
        """Begin to note what screen readers are told; returns a reader of [region, text] pairs."""
        await self.page.evaluate(
            """() => {
              window.announced = [];
              for (const id of ["polite", "assertive"])
                new MutationObserver(changes => {
                  for (const {addedNodes} of changes)
                    for (const node of addedNodes) announced.push([id, node.textContent]);
                }).observe(document.getElementById(id), {childList: true});
            }"""
        )
        return lambda: self.page.evaluate("announced")
