"""The page on its way to a browser: its weight on the wire, what is kept, any path before it."""

import re
from contextlib import asynccontextmanager

import aiohttp
import pytest_asyncio
from aiohttp import web as http
from playwright.async_api import expect
from tests.web.chat import Chat
from tests.web.edges import from_model

from daehwa.server.page_files import PageFiles
from daehwa.web import STATIC

FIRST_LOAD, ALL = 45_000, 75_000
BROWSER = {"Accept-Encoding": "gzip, deflate, br, zstd"}


@asynccontextmanager
async def raw(server):
    """A client that leaves bodies as they came."""
    async with aiohttp.ClientSession(server.url, auto_decompress=False) as session:
        yield session


async def weigh(server, paths):
    """The bytes of each file's body as the server sends it to a browser."""
    weights = {}
    async with raw(server) as session:
        for path in paths:
            async with session.get("/" + path, headers=BROWSER) as answer:
                assert answer.status == 200, path
                weights[path] = len(await answer.read())
    return weights


async def loaded(page, server):
    """The addresses of the page's files that a browser asks for until the first page stands."""
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    await page.goto(server.url)
    await expect(page.locator("#welcome")).to_be_visible()
    await page.wait_for_load_state("networkidle")
    assert all(url.startswith(server.url) for url in asked)
    return [url.removeprefix(server.url) for url in asked if "/chat/" not in url]


async def test_a_first_visit_is_under_45_kilobytes_and_asks_no_other_host(new_page, server):
    paths = await loaded(await new_page(), server)
    weights = await weigh(server, paths)
    assert any(path.endswith("style.css") for path in weights)
    assert sum(weights.values()) < FIRST_LOAD, weights
    # What is sent inside another script is fetched by none.
    scripts = {path.rpartition("/")[2] for path in paths if path.endswith(".js")}
    inside = set(PageFiles(STATIC).inside)
    assert {"app.js", "conversation.js", "dom.js"} <= scripts
    assert {"log.js", "answer.js", "reading.js"} <= inside
    assert not scripts & inside


async def test_all_that_a_browser_may_ever_load_is_under_75_kilobytes(server):
    """Markdown, the drawer, both languages and the launcher for other sites with it."""
    files = PageFiles(STATIC)
    kinds = (".js", ".html", ".css", ".svg")
    weights = await weigh(
        server, [one for one in files if one.endswith(kinds) and one not in files.inside]
    )
    assert sum(weights.values()) < ALL, weights


async def test_a_second_visit_loads_the_index_alone(new_page, server):
    page = await new_page()
    first = await loaded(page, server)
    assert all(re.match(r"$|assets/\w+/", path) for path in first), first
    await page.goto(server.url)
    await expect(page.locator("#welcome")).to_be_visible()
    # What stands in the browser's cache has no bytes on the wire.
    sizes = await page.evaluate(
        """() => performance.getEntriesByType("resource")
          .filter(({name}) => name.includes("/assets/")).map(one => one.transferSize)"""
    )
    assert sizes
    assert set(sizes) == {0}


async def test_each_file_has_an_answer_for_a_browser_that_has_it(server):
    async with raw(server) as session:
        async with session.get("/", headers=BROWSER) as index:
            assert index.headers["Cache-Control"] == "no-cache"
            assert index.headers["Content-Encoding"] == "br"
            assert index.headers["Vary"] == "Accept-Encoding"
        tag = {"If-None-Match": index.headers["ETag"]}
        async with session.get("/", headers=BROWSER | tag) as again:
            assert (again.status, await again.read()) == (304, b"")
        async with session.head("/", headers=BROWSER) as head:
            assert head.headers["ETag"] == index.headers["ETag"]
            assert (head.status, await head.read()) == (200, b"")


class Prefixed:
    """A reverse proxy that has the server under a path, as nginx's `location /help/` does."""

    def __init__(self, upstream, port):
        self._upstream = upstream
        self._port = port
        self.url = f"http://127.0.0.1:{port}/help/"

    async def start(self):
        application = http.Application()
        application.router.add_route("*", "/help/{path:.*}", self._pass)
        self._runner = http.AppRunner(application, access_log=None, shutdown_timeout=0.1)
        self._session = aiohttp.ClientSession(auto_decompress=False)
        await self._runner.setup()
        await http.TCPSite(self._runner, "127.0.0.1", self._port, reuse_address=True).start()

    async def stop(self):
        await self._runner.cleanup()
        await self._session.close()

    async def _pass(self, request):
        address = f"{self._upstream}{request.match_info['path']}"
        if request.query_string:
            address += f"?{request.query_string}"
        headers = {name: value for name, value in request.headers.items() if name != "Host"}
        body = await request.read()
        async with self._session.request(
            request.method, address, headers=headers, data=body or None
        ) as answer:
            dropped = ("transfer-encoding", "content-length", "connection", "date", "server")
            kept = [(k, v) for k, v in answer.headers.items() if k.lower() not in dropped]
            response = http.StreamResponse(status=answer.status, headers=dict(kept))
            await response.prepare(request)
            async for piece in answer.content.iter_any():
                await response.write(piece)
            await response.write_eof()
            return response


@pytest_asyncio.fixture(loop_scope="session")
async def prefixed(server, ports):
    proxy = Prefixed(server.url, ports["bucket"])
    await proxy.start()
    yield proxy
    await proxy.stop()


async def test_it_works_under_a_path_of_another_server(new_page, server, prefixed):
    page = await new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    chat = Chat(page)
    server.on("질문", from_model("길 아래에서 ", "와요"))
    await chat.open(prefixed.url)
    await chat.say("질문")
    await expect(chat.bubbles).to_have_text(["길 아래에서 와요"])
    assert [url for url in asked if not url.startswith(prefixed.url)] == []


async def test_a_browser_can_read_each_script_as_it_is_sent(chat):
    names = [path.name for path in STATIC.glob("*.js") if path.name != "embed.js"]
    await chat.page.evaluate("names => Promise.all(names.map(name => moduleOf(name)))", names)
