"""The chat page beside deep-chat: size, first paint, readiness, frames of a long answer, memory.

    python bench/page [--messages 60] [--kinds list table paragraph] [--rounds 3]

Both pages talk with one `daehwa serve` in one run, in Debian's Chromium; deep-chat is the npm
package of tests/node with the snippet of docs/models.md. Times of loading are medians of fresh
profiles. While 20 kB come in 200 pieces a second, Chromium's tracing reports each task of the
page's main thread, by processor time, so that a busy machine does not count: one over 16 ms costs
a frame. Memory is the heap after a collection, and the nodes of the document.
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import bisect
import gzip
import json
import shutil
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

import brotli  # noqa: E402
from aiohttp import web as http  # noqa: E402
from playwright.async_api import Browser, Page, async_playwright  # noqa: E402
from tests.data_servers import unused_port  # noqa: E402
from tests.web.bots import write_bots  # noqa: E402
from tests.web.conftest import ARGUMENTS  # noqa: E402
from tests.web.edges import from_model  # noqa: E402
from tests.web.server import Serving, config_of, open_edges  # noqa: E402

from daehwa.server.page_files import PageFiles  # noqa: E402
from daehwa.web import STATIC  # noqa: E402

DEEP_CHAT = ROOT / "tests/node/node_modules/deep-chat/dist"
BYTES = 20_000
PIECES = 200  # a second
WORDS = "파도가 **바람**에 밀려 `code` 온다 and more [글](https://a.b/c) "
LINES = {
    "list": ("", "- " + WORDS + "\n"),
    "table": ("| a | b |\n|---|---|\n", f"| {WORDS} | x |\n"),
    "paragraph": ("", WORDS),
    "code": ("```js\n", 'const a = call("b", 1); // c\n'),
}
MODEL = """
[[models]]
name = "writer"
base_url = "{}"
key = "OPENAI_API_KEY"
max_tokens = 16000
"""
ELEMENT = """<!doctype html><html lang="ko"><meta charset="utf-8"><title>deep-chat</title>
<script type="module" src="dist/deepChat.bundle.js"></script>
<deep-chat style="width: 760px; height: 700px"
  connect='{{"url": "{url}v1/chat/completions", "stream": true,
    "additionalBodyProps": {{"model": "PadoBooks"}}}}'
  directConnection='{{"openAI": {{"key": "none", "completions": true}}}}'></deep-chat>"""


WRITTEN = "one => (one.value ?? one.textContent).trim().length"
# A page that draws at every piece fills the usual buffer before the answer is there.
TRACE = {
    "transferMode": "ReturnAsStream",
    "traceConfig": {
        "includedCategories": ["toplevel", "devtools.timeline", "__metadata"],
        "excludedCategories": ["*"],
        "traceBufferSizeInKb": 1_500_000,
    },
}
PATIENCE_MS = 600_000  # a page that is slow is to be measured, too


class Subject:
    """A page under measurement: how it is opened, spoken to, and known to have answered."""

    def __init__(self, name: str, url: str, *, ready: str, field: str, answers: str) -> None:
        self.name, self.url, self.ready, self.field, self.answers = name, url, ready, field, answers

    async def open(self, browser: Browser) -> Page:
        """The page, ready to be spoken to, in a profile of its own."""
        page = await (await browser.new_context(locale="ko-KR")).new_page()
        page.set_default_timeout(PATIENCE_MS)
        await page.goto(self.url)
        await page.locator(self.ready).first.wait_for()
        return page

    async def say(self, page: Page, text: str) -> None:
        """Type a text, press Enter and wait for the beginning of the answer."""
        answers = page.locator(self.answers)
        before = await answers.count()
        await page.locator(self.field).click()
        await page.keyboard.insert_text(text)
        # deep-chat takes no message for a moment after an answer has ended.
        while await page.locator(self.field).evaluate(WRITTEN):
            await page.keyboard.press("Enter")
        await answers.nth(before).wait_for()

    async def hear(self, page: Page) -> None:
        """Wait for the end of the last answer: it grows no more."""
        length = -1
        last = page.locator(self.answers).last
        while length != (length := len(await last.text_content() or "")):
            await page.wait_for_timeout(3000)


def long_answer(kind: str) -> str:
    """Text of that kind, twenty kilobytes of it."""
    head, line = LINES[kind]
    return head + line * (BYTES // len(line.encode()) + 1)


async def loading(browser: Browser, subject: Subject, slower: int) -> tuple[float, float]:
    """Milliseconds to the first paint and until it can be used."""
    page = await (await browser.new_context(locale="ko-KR")).new_page()
    session = await page.context.new_cdp_session(page)
    await session.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    began = time.perf_counter()
    await page.goto(subject.url, wait_until="commit")
    await page.locator(subject.ready).first.wait_for()
    ready = (time.perf_counter() - began) * 1000
    await page.wait_for_timeout(200)
    painted = await page.evaluate(
        "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN"
    )
    await page.context.close()
    return painted, ready


async def growing(browser: Browser, subject: Subject, kind: str) -> Work:
    """What a long answer costs the main thread while it grows."""
    page = await subject.open(browser)
    session = await browser.new_browser_cdp_session()
    await session.send("Tracing.start", TRACE)
    await subject.say(page, f"long {kind}")
    await subject.hear(page)
    ended = asyncio.get_running_loop().create_future()
    # Playwright cannot take a built-in function.
    session.once("Tracing.tracingComplete", lambda how: ended.set_result(how))  # noqa: PLW0108
    await session.send("Tracing.end")
    done = await ended
    assert not done["dataLossOccurred"], "the trace is not whole"
    pieces = []
    while True:
        piece = await session.send("IO.read", {"handle": done["stream"], "size": 1 << 24})
        data = piece["data"]
        pieces.append(base64.b64decode(data) if piece.get("base64Encoded") else data.encode())
        if piece["eof"]:
            break
    await page.context.close()
    return work_of(json.loads(b"".join(pieces))["traceEvents"])


class Work(NamedTuple):
    """What an answer cost a page: how many frames it drew, milliseconds of each task it ran."""

    frames: int
    tasks: list[float]


def work_of(events: list[dict[str, Any]]) -> Work:
    """The frames and the tasks of a page's main thread, by processor time."""
    mains = {
        (one["pid"], one["tid"])
        for one in events
        if one.get("name") == "thread_name" and one["args"]["name"] == "CrRendererMain"
    }
    mine = [one for one in events if (one["pid"], one["tid"]) in mains and one["ph"] == "X"]
    # A browser starts renderers for pages to come: the one that draws is the page's.
    painters = Counter(one["pid"] for one in mine if one["name"] == "Paint")
    page = painters.most_common(1)[0][0]
    mine = [one for one in mine if one["pid"] == page]
    drawn = sorted({one["ts"] for one in mine if one["name"] == "Paint"})
    tasks = [one for one in mine if one["name"] == "ThreadControllerImpl::RunTask"]
    frames = sum(
        bisect.bisect_right(drawn, one["ts"] + one["dur"]) > bisect.bisect_left(drawn, one["ts"])
        for one in tasks
    )
    return Work(frames, [one.get("tdur", one["dur"]) / 1000 for one in tasks])


async def memory(browser: Browser, subject: Subject, messages: int) -> tuple[float, int]:
    """Megabytes of the heap and nodes after that many messages, half of them answers."""
    page = await subject.open(browser)
    for _ in range(messages // 2):
        await subject.say(page, "안녕")
    session = await page.context.new_cdp_session(page)
    await session.send("Performance.enable")
    await session.send("HeapProfiler.collectGarbage")
    metrics = (await session.send("Performance.getMetrics"))["metrics"]
    by_name = {one["name"]: one["value"] for one in metrics}
    await page.context.close()
    return by_name["JSHeapUsedSize"] / 1e6, int(by_name["Nodes"])


def weigh(contents: Iterable[bytes]) -> str:
    """Kilobytes of files that are sent one by one, by gzip and by brotli."""
    files = [*contents]
    gzipped = sum(len(gzip.compress(each, 9)) for each in files) / 1000
    squeezed = sum(len(brotli.compress(each)) for each in files) / 1000
    return f"{gzipped:.0f} kB by gzip, {squeezed:.0f} by brotli"


async def measure(browser: Browser, subject: Subject, wanted: argparse.Namespace) -> None:
    """Print one page's figures."""
    print(f"-- {subject.name}")
    for slower in (1, 4):
        times = [await loading(browser, subject, slower) for _ in range(wanted.rounds)]
        painted, ready = (statistics.median(column) for column in zip(*times, strict=True))
        print(f"processor / {slower}: first paint {painted:.0f} ms, ready {ready:.0f} ms")
    for kind in wanted.kinds:
        work = await growing(browser, subject, kind)
        over = sum(cost > 16 for cost in work.tasks)
        print(
            f"{kind}: {work.frames} frames, longest task {max(work.tasks):.1f} ms, "
            f"{over} over 16 ms, {sum(work.tasks) / 1000:.1f} s in all"
        )
    heap, nodes = await memory(browser, subject, wanted.messages)
    print(f"after {wanted.messages} messages: heap {heap:.1f} MB, {nodes} nodes")


async def main(wanted: argparse.Namespace) -> None:
    """Measure both pages in one run."""
    edges, close = await open_edges()
    for kind in LINES:
        text = long_answer(kind)
        step = max(1, len(text) // 2000)
        pieces = [text[at : at + step] for at in range(0, len(text), step)]
        steps = [step for piece in pieces for step in (piece, 1 / PIECES)]
        edges.on(f"long {kind}", from_model(*steps))
    port = unused_port()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        site = f"http://127.0.0.1:{port}"
        config = 'answer = ["writer"]\n' + config_of(edges, MODEL.format(edges.base_url))
        serving = Serving(
            folder,
            unused_port(),
            write_bots(folder),
            config=config,
            OPENAI_API_KEY="sk-script",
            DAEHWA_ALLOWED_ORIGINS=site,
        )
        await serving.start()
        application = http.Application()
        element = ELEMENT.format(url=serving.url)

        async def index(_: http.Request) -> http.Response:
            return http.Response(text=element, content_type="text/html")

        application.router.add_get("/", index)
        application.router.add_static("/dist/", DEEP_CHAT)
        runner = http.AppRunner(application, access_log=None)
        await runner.setup()
        await http.TCPSite(runner, "127.0.0.1", port).start()
        files = PageFiles(STATIC)
        kinds = (".js", ".css", ".html", ".svg")
        sent = (each for each in files if each.endswith(kinds) and each not in files.inside)
        named = [file for each in sent if (file := files.get(each))]
        ours = [await file.content() for file in named]
        print(f"daehwa, all that there is: {weigh(ours)}")
        print(f"deep-chat: {weigh([(DEEP_CHAT / 'deepChat.bundle.js').read_bytes()])}")
        subjects = [
            each
            for each in (
                Subject(
                    "daehwa",
                    serving.url,
                    ready="#welcome",
                    field="#input",
                    answers=".answer .bubble",
                ),
                Subject(
                    "deep-chat",
                    site,
                    ready="#text-input",
                    field="#text-input",
                    answers=".ai-message-text",
                ),
            )
            if each.name in wanted.pages
        ]
        async with async_playwright() as playwright:
            path = shutil.which("chromium")
            browser = await playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
            for subject in subjects:
                await measure(browser, subject, wanted)
            await browser.close()
        await runner.cleanup()
        serving.stop()
        await close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--messages", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--pages", nargs="+", default=["daehwa", "deep-chat"])
    parser.add_argument(
        "--kinds", nargs="+", choices=list(LINES), default=["list", "table", "paragraph"]
    )
    asyncio.run(main(parser.parse_args()))
