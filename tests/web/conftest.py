"""One browser for all tests of the page, a fake server and a fresh profile for each."""

import asyncio
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import async_playwright
from tests.web.chat import Chat
from tests.web.fake import FakeServer

ARGUMENTS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
DESKTOP = {"width": 1280, "height": 800}


def pytest_collection_modifyitems(items):
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents and "browser" in item.fixturenames:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def browser(chromium):
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def server():
    """A scripted server on loopback; see `tests.web.fake`."""
    server = FakeServer()
    await server.start()
    yield server
    await server.kill()


@pytest_asyncio.fixture(loop_scope="session")
async def new_page(browser):
    """Open a page in a profile of its own; each is checked for errors when the test ends."""
    contexts, errors = [], []

    async def new_page(*, context=None, **options):
        if context is None:
            context = await browser.new_context(
                **{"viewport": DESKTOP, "locale": "ko-KR", **options}
            )
            context.set_default_timeout(10_000)
            contexts.append(context)
        page = await context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda message: _note(message, errors))
        return page

    new_page.errors = errors
    yield new_page
    for context in contexts:
        await context.close()
    assert not errors


def _note(message, errors):
    """A policy's refusal or a thrown error is a fault of the page; a failed request is not."""
    if message.type in ("error", "warning") and "Failed to load resource" not in message.text:
        errors.append(message.text)


@pytest_asyncio.fixture(loop_scope="session")
async def open_chat(new_page, server):
    """Open the chat page and wait until the conversation is there."""

    async def open_chat(query="", url=None, **options):
        chat = Chat(await new_page(**options))
        await chat.open((url or server.url) + query)
        return chat

    return open_chat


@pytest_asyncio.fixture(loop_scope="session")
async def chat(open_chat):
    """The chat page on a Korean desktop."""
    return await open_chat()


@pytest.fixture
def gate():
    """A gate that a scripted answer waits at."""
    return asyncio.Event()
