"""What the pages on embedding say to copy, copied: each snippet on a site of its own kind.

The Korean pages have the same snippets, which `tests/test_documents.py` holds.
"""

import json
import re
from pathlib import Path

import pytest
from playwright.async_api import expect
from tests.web.chat import Chat, until
from tests.web.edges import from_model
from tests.web.host import widget

DOCS = Path(__file__).parents[2] / "docs"
BLOCK = re.compile(r"^ *```(\w+)\n(.*?)^ *```$", re.DOTALL | re.MULTILINE)


def snippets(page, kind, server):
    """The blocks of a kind on a page, with the server and the bot of the test."""
    text = (DOCS / page).read_text(encoding="utf-8")
    mine = server.url.rstrip("/")
    found = [body for name, body in BLOCK.findall(text) if name == kind]
    return [
        one.replace("https://chat.example", mine).replace("ShopBot", "PadoBooks") for one in found
    ]


def policy(server, more=""):
    """The policy of the page on embedding, on a site that forbids everything else."""
    (directives,) = [one for one in snippets("embedding.md", "text", server) if "script-src" in one]
    return "default-src 'none'; " + directives.strip().replace("script-src", f"script-src {more}")


async def opened(page):
    """The chat behind the launcher, ready to talk."""
    await page.locator("daehwa-chat").get_by_role("button", name="대화 열기").click()
    chat = widget(page)
    await chat.ready()
    return chat


async def test_plain_html_under_the_policy_that_the_page_gives(new_page, host, server):
    (line, _button, _frame) = snippets("embedding.md", "html", server)
    host.policy = policy(server)
    host.body = line
    page = await new_page()
    await page.goto(host.foreign)
    chat = await opened(page)
    await chat.say("안녕")
    assert server.requests[0]["botId"] == "PADOBOOKS1"


async def test_driving_it_from_the_page(new_page, host, server):
    (line, button, _frame) = snippets("embedding.md", "html", server)
    (_module, host.files["/ask.js"]) = snippets("embedding.md", "js", server)
    server.on("When will my order arrive?", from_model("Tomorrow."))
    host.policy = policy(server, "'self'")
    host.body = line + button
    page = await new_page()
    heard = []
    page.on("console", lambda message: heard.append(message.text))
    await page.goto(host.foreign)
    await expect(page.locator("daehwa-chat")).to_have_count(1)
    await page.get_by_role("button", name="Ask about delivery").click()
    await expect(widget(page).bubbles).to_have_text(["Tomorrow."])
    await until(lambda: "Tomorrow." in heard)


async def test_a_plain_frame(new_page, host, server):
    *_, frame = snippets("embedding.md", "html", server)
    host.policy = policy(server)
    host.body = frame
    page = await new_page()
    await page.goto(host.foreign)
    chat = Chat(page.frame_locator("iframe"))
    await chat.ready()
    await chat.say("그냥 안녕")
    assert await server.texts() == ["그냥 안녕"]


def printed(php):
    """What PHP prints of a template whose only expression is the site's language."""
    body = re.search(r"\?>(.*)<\?php\n\}", php, re.DOTALL)[1]
    return re.sub(r"<\?php echo .*get_locale.* \?>", "ko", body)


async def test_wordpress_on_every_page(new_page, host, server):
    (template,) = snippets("embedding-wordpress.md", "php", server)
    host.body = printed(template)
    assert "<?" not in host.body
    page = await new_page()
    await page.goto(host.foreign)
    await (await opened(page)).say("안녕")


async def test_wordpress_in_a_block_of_html(new_page, host, server):
    launcher, filling = snippets("embedding-wordpress.md", "html", server)
    host.policy += "; style-src-attr 'unsafe-inline'"  # the block's own height
    host.body = launcher
    page = await new_page()
    await page.goto(host.foreign)
    await opened(page)
    host.body = filling
    await page.goto(f"{host.foreign}/next")
    chat = widget(page)
    await chat.ready()
    await expect(page.locator("iframe")).to_have_css("height", "640px")
    await expect(chat.page.locator("#leave")).to_be_hidden()


PACKAGES = {
    "react": "react/cjs/react.development.js",
    "react-dom": "react-dom/cjs/react-dom.development.js",
    "react-dom/client": "react-dom/cjs/react-dom-client.development.js",
    "scheduler": "scheduler/cjs/scheduler.development.js",
}
LOADER = """
const process = {env: {NODE_ENV: "development"}}, made = {};
const sources = {%s};
const require = (name) => {
  if (!made[name]) sources[name](made[name] = {exports: {}}, made[name].exports);
  return made[name].exports;
};
"""
MAIN = """
import { createElement, StrictMode, createRoot } from "./packages.js";
import { Chat } from "./Chat.js";
window.heard = [];
console.log = (text) => heard.push(text);
const root = createRoot(document.querySelector("#root"));
root.render(createElement(StrictMode, null, createElement(Chat, %s)));
window.unmount = () => root.unmount();
"""


@pytest.fixture
def react(wanting):
    """React and its renderer as one module, from the npm packages of the tests."""
    folder = Path(__file__).parents[1] / "node" / "node_modules"
    if not (folder / "react").is_dir():
        wanting("the npm packages of tests/node", "run `make test-setup`")
    sources = ",\n".join(
        f"{json.dumps(name)}(module, exports) {{ {(folder / path).read_text(encoding='utf-8')} }}"
        for name, path in PACKAGES.items()
    )
    exports = (
        'export const { createElement, StrictMode, useEffect, useRef } = require("react");\n'
        'export const { createRoot } = require("react-dom/client");\n'
    )
    return LOADER % sources + exports


def properties(jsx):
    """The attributes of an element in JSX as the object that `createElement` gets."""
    pairs = re.findall(r'(\w+)=(?:"([^"]*)"|\{(.*)\})', jsx)
    inside = ", ".join(f"{name}: {code or json.dumps(text)}" for name, text, code in pairs)
    return f"{{{inside}}}"


async def test_react_with_one_launcher_that_goes_with_its_component(new_page, host, server, react):
    component, use = snippets("embedding-react.md", "jsx", server)
    host.policy = policy(server, "'self'")
    host.files = {
        "/packages.js": react,
        "/Chat.js": component.replace('"react"', '"./packages.js"'),
        "/main.js": MAIN % properties(use),
    }
    host.body = '<div id="root"></div><script type="module" src="/main.js"></script>'
    server.on("질문", from_model("리액트에서"))
    page = await new_page()
    await page.goto(host.foreign)
    chat = await opened(page)
    await expect(page.locator("daehwa-chat")).to_have_count(1)
    await expect(chat.page.locator("html")).to_have_attribute("data-theme", "dark")
    await chat.say("질문")
    await until(lambda: page.evaluate("heard.includes('리액트에서')"))
    await page.evaluate("unmount()")
    await expect(page.locator("daehwa-chat")).to_have_count(0)
