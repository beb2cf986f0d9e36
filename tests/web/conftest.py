"""One browser and one real server for all tests of the page, a fresh profile for each."""

import asyncio
import socket
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import async_playwright
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
async def mortal(edges, new_page, free_port, tmp_path):
    """A real server of the test's own, which it may kill and start again."""
    serving = Serving(
        tmp_path,
        free_port,
        write_bots(tmp_path),
        config=config_of(edges),
        OPENAI_API_KEY="sk-script",
        OPENAI_BASE_URL=edges.base_url,
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


@pytest_asyncio.fixture(loop_scope="session")
async def new_page(browser):
    """Open a page in a profile of its own; each is checked for errors when the test ends."""
    contexts, errors, sent = [], [], []

    async def new_page(*, context=None, config=None, **options):
        if context is None:
            context = await browser.new_context(
                **{"viewport": DESKTOP, "locale": "ko-KR", **options}
            )
            context.set_default_timeout(10_000)
            contexts.append(context)
            if config is not None:
                await amend_config(context, config)
        page = await context.new_page()
        await page.add_init_script(_MODULE_OF)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda message: _note(message, errors))
        page.on("request", lambda request: _note_sent(request, sent))
        return page

    new_page.errors = errors
    new_page.sent = sent
    yield new_page
    for context in contexts:
        await context.close()
    assert not errors


def _note(message, errors):
    """A policy's refusal or a thrown error is a fault of the page; a failed request is not."""
    if message.type in ("error", "warning") and "Failed to load resource" not in message.text:
        errors.append(message.text)


def _note_sent(request, sent):
    """Keep the messages that pages send."""
    if request.method == "POST" and request.url.endswith("/chat"):
        sent.append(request.post_data_json | {"secret": request.headers.get("x-session-secret")})


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
