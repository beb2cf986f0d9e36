"""One browser and one real server for all tests of the page, a fresh profile for each."""

import asyncio
import socket
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import async_playwright, expect
from tests.web.bots import write_bots
from tests.web.chat import Chat
from tests.web.gateway import Gateway
from tests.web.host import HostSite
from tests.web.server import Server, Serving, config_of, open_edges
from tests.web.wire import amend_config

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # A microphone that hums, for those pages that may use one.
    "--use-fake-device-for-media-stream",
)
DESKTOP = {"width": 1280, "height": 800}
# How long to wait for what is to come: much, since a busy machine is late and a green test is not.
PATIENCE_MS = 20_000
expect.set_options(timeout=PATIENCE_MS)


def pytest_collection_modifyitems(items):
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents and "browser" in item.fixturenames:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def browser(headless_chromium):
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=headless_chromium, args=ARGUMENTS
        )
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def edges():
    """The bot's code hook and the language model, which say what tests script."""
    edges, close = await open_edges()
    yield edges
    await close()


@pytest.fixture(scope="session")
def ports():
    """Ports for what tests start: the server, a site that embeds the chat, a bucket with it."""
    probes = [socket.socket() for _ in range(4)]
    for probe in probes:
        probe.bind(("127.0.0.1", 0))
    numbers = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return dict(zip(("server", "site", "bucket", "shop"), numbers, strict=True))


@pytest.fixture(scope="session")
def allowed(ports):
    """The origins of other sites whose pages may call and embed the chat."""
    hosts = [("127.0.0.1", "site"), ("localhost", "site"), ("127.0.0.1", "bucket")]
    return tuple(f"http://{host}:{ports[name]}" for host, name in hosts)


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def serving(edges, ports, allowed, tmp_path_factory):
    """The server's process, with Pado Books and HelloWorldBot."""
    folder = tmp_path_factory.mktemp("serving")
    serving = Serving(
        folder,
        ports["server"],
        write_bots(folder),
        config=config_of(edges),
        OPENAI_API_KEY="sk-script",
        OPENAI_BASE_URL=edges.base_url,
        OPENAI_MODEL="gpt-4o-mini",
        DAEHWA_ALLOWED_ORIGINS=",".join(allowed),
    )
    await serving.start()
    yield serving
    serving.stop()


@pytest_asyncio.fixture(loop_scope="session")
async def server(serving, edges, new_page):
    """The real server, as one test sees it."""
    return Server(serving, edges, new_page.sent)


@pytest_asyncio.fixture(loop_scope="session")
async def mortal(edges, new_page, free_port, ports, tmp_path):
    """A real server of the test's own, which it may kill and start again."""
    serving = Serving(
        tmp_path,
        free_port,
        write_bots(tmp_path),
        config=config_of(edges),
        OPENAI_API_KEY="sk-script",
        OPENAI_BASE_URL=edges.base_url,
        DAEHWA_ALLOWED_ORIGINS=f"http://127.0.0.1:{ports['shop']}",
    )
    await serving.start()
    yield Server(serving, edges, new_page.sent)
    serving.stop()


@pytest_asyncio.fixture(loop_scope="session")
async def gateway(server):
    """A proxy between browser and server; the test's page is opened through it."""
    gateway = Gateway(server.url)
    await gateway.up()
    yield gateway
    await gateway.down()


# The page's own module of that name: one under another address would be a second one.
_MODULE_OF = """globalThis.moduleOf = name =>
  import(new URL(name, document.querySelector("script[type=module]").src).href)"""


class Pages:
    """Opens pages, each in a profile of its own, and notes what they send and what goes wrong."""

    def __init__(self, browser):
        self._browser = browser
        self._contexts = []
        self.errors = []
        self.sent = []

    async def __call__(self, *, context=None, config=None, **options):
        if context is None:
            context = await self._browser.new_context(
                **{"viewport": DESKTOP, "locale": "ko-KR", **options}
            )
            context.set_default_timeout(PATIENCE_MS)
            self._contexts.append(context)
            if config is not None:
                await amend_config(context, config)
        page = await context.new_page()
        await page.add_init_script(_MODULE_OF)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", self._note)
        page.on("request", self._note_sent)
        return page

    async def close(self):
        for context in self._contexts:
            await context.close()

    def _note(self, message):
        """A policy's refusal or a thrown error is a fault of the page; a failed request is not."""
        if message.type in ("error", "warning") and "Failed to load resource" not in message.text:
            self.errors.append(message.text)

    def _note_sent(self, request):
        """Keep the messages that pages send."""
        if request.method == "POST" and request.url.endswith("/chat"):
            secret = request.headers.get("x-session-secret")
            self.sent.append(request.post_data_json | {"secret": secret})


@pytest_asyncio.fixture(loop_scope="session")
async def new_page(browser):
    """Open a page in a profile of its own; each is checked for errors when the test ends."""
    pages = Pages(browser)
    yield pages
    await pages.close()
    assert not pages.errors


@pytest_asyncio.fixture(loop_scope="session", scope="module")
async def lasting(browser, serving):
    """A chat page that stays open for all tests of a file, and the `Pages` that it is one of."""
    pages = Pages(browser)
    chat = Chat(await pages(reduced_motion="reduce"))
    # No picture or link of a text leaves the machine.
    await chat.page.route("https://**", lambda route: route.abort())
    await chat.open(serving.url)
    yield chat, pages
    await pages.close()


@pytest_asyncio.fixture(loop_scope="session")
async def same_chat(lasting, server):
    """The chat page that the tests of a file share: opening one is most of what a test costs.

    For tests that need no page as new: those of its modules, and of one message more.
    """
    chat, pages = lasting
    pages.errors.clear()
    pages.sent.clear()
    server.requests = pages.sent
    yield chat
    await chat.input.fill("")
    assert not pages.errors


@pytest.fixture
def door(request):
    """Where a test's page is opened: through its gateway or on its own server, if it has one."""
    own = [name for name in ("gateway", "mortal") if name in request.fixturenames]
    return request.getfixturevalue(own[0] if own else "server")


@pytest_asyncio.fixture(loop_scope="session")
async def open_chat(door, new_page):
    """Open the chat page and wait until the conversation is there."""

    async def open_chat(query="", url=None, **options):
        chat = Chat(await new_page(**options))
        await chat.open((url or door.url) + query)
        return chat

    return open_chat


@pytest_asyncio.fixture(loop_scope="session")
async def chat(open_chat):
    """The chat page on a Korean desktop."""
    return await open_chat()


@pytest_asyncio.fixture(loop_scope="session")
async def host(server, ports):
    """A site whose pages may embed the chat."""
    host = HostSite(server.url, ports["site"])
    await host.start()
    yield host
    await host.stop()


@pytest.fixture
def gate():
    """A gate that a scripted answer waits at."""
    return asyncio.Event()
