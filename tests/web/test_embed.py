"""The chat on another site's page: one script line, a strict policy, a pinned parent."""

import asyncio
import json

import pytest_asyncio
from aiohttp import web as http
from playwright.async_api import expect
from tests.web.chat import until
from tests.web.edges import from_model
from tests.web.host import HostSite, widget


@pytest_asyncio.fixture(loop_scope="session")
async def stranger(server):
    """A site that nobody has allowed."""
    host = HostSite(server.url)
    await host.start()
    yield host
    await host.stop()


@pytest_asyncio.fixture(loop_scope="session")
async def bare_site(ports):
    """An allowed site with an empty page and no policy of its own."""

    async def page(_request):
        return http.Response(text="<!doctype html>", content_type="text/html")

    application = http.Application()
    application.router.add_get("/", page)
    runner = http.AppRunner(application, access_log=None)
    await runner.setup()
    await http.TCPSite(runner, "127.0.0.1", ports["bucket"], reuse_address=True).start()
    yield f"http://127.0.0.1:{ports['bucket']}/"
    await runner.cleanup()


# Says something to the frame, as a script of the host page would.
POST = "message => document.querySelector('iframe').contentWindow.postMessage(message, '*')"


def frame(address):
    """The chat in a plain frame."""
    return f'<iframe src="{address}" width="400" height="600" title="대화"></iframe>'


async def test_one_script_line_puts_a_launcher_on_any_page(new_page, host, server):
    host.body = f'<script src="{server.url}embed.js" defer></script>'
    page = await new_page()
    await page.goto(host.origin)
    launcher = page.get_by_role("button", name="대화 열기")
    await expect(launcher).to_be_visible()
    assert server.requests == []
    await launcher.click()
    chat = widget(page)
    await chat.ready()
    await chat.say("가게에서 안녕")
    assert await server.texts() == ["가게에서 안녕"]
    await expect(page.get_by_role("button", name="대화 닫기", exact=True)).to_have_attribute(
        "aria-expanded", "true"
    )
    await chat.page.locator("#leave").click()
    await expect(page.get_by_role("button", name="대화 열기")).to_be_focused()
    await expect(page.locator("iframe")).to_be_hidden()


async def test_a_browser_that_forbids_storage_to_strangers_frames_talks_all_the_same(
    new_page, host, server
):
    foreign = f"http://localhost:{host.port}"  # another site than 127.0.0.1: nothing may be stored
    host.body = f'<script src="{server.url}embed.js" data-open defer></script>'
    page = await new_page()
    await page.goto(foreign)
    chat = widget(page)
    await chat.ready()
    await chat.say("하나")
    await chat.say("둘")
    await chat.expect_said("하나", "둘")
    assert len(server.sessions) == 1


async def test_the_person_can_write_at_once_and_leave_with_escape(new_page, host, server):
    host.body = f'<script src="{server.url}embed.js" defer></script>'
    page = await new_page()
    await page.goto(host.origin)
    await page.get_by_role("button", name="대화 열기").click()
    chat = widget(page)
    await chat.ready()
    await expect(chat.input).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("button", name="대화 열기")).to_be_focused()


async def test_the_talk_is_there_after_the_host_page_reloads(new_page, host, server):
    host.body = f'<script src="{server.url}embed.js" data-open defer></script>'
    page = await new_page()
    await page.goto(host.origin)
    chat = widget(page)
    await chat.ready()
    await chat.say("기억해 줘")
    await page.reload()
    await expect(widget(page).said).to_have_count(1)


async def test_the_same_line_twice_is_one_widget(new_page, host, server):
    tag = f'<script src="{server.url}embed.js" data-open'
    host.body = f"{tag} async></script>{tag} async></script>"
    page = await new_page()
    warned = page.wait_for_event("console", lambda line: line.type == "warning")
    _, line = await asyncio.gather(page.goto(host.origin), warned)
    assert "data-widget" in line.text
    new_page.errors.clear()
    await widget(page).ready()
    await expect(page.locator("daehwa-chat")).to_have_count(1)


async def test_two_widgets_on_one_page_share_nothing(new_page, host, server):
    tag = f'<script src="{server.url}embed.js" data-open'
    host.body = (
        f"{tag} defer></script>"
        f"{tag} data-side=left data-bot=HELLOWORLD data-theme=dark defer></script>"
    )
    page = await new_page()
    await page.goto(host.origin)
    one, two = widget(page, "widget-1"), widget(page, "widget-2")
    await one.ready()
    await two.ready()
    await one.say("오른쪽에서")
    await two.say("왼쪽에서")
    await one.expect_said("오른쪽에서")
    await two.expect_said("왼쪽에서")
    first, second = server.requests
    assert first["sessionId"] != second["sessionId"]
    assert second["botId"] == "HELLOWORLD"
    await expect(two.page.locator("html")).to_have_attribute("data-theme", "dark")
    await expect(one.page.locator("html")).not_to_have_attribute("data-theme", "dark")


async def test_on_a_phone_the_panel_takes_the_screen_and_nothing_covers_it(new_page, host, server):
    host.body = f'<script src="{server.url}embed.js" data-open defer></script>'
    page = await new_page(viewport={"width": 390, "height": 844})
    await page.goto(host.origin)
    chat = widget(page)
    await chat.ready()
    await expect(page.locator("daehwa-chat button")).to_be_hidden()
    await chat.page.locator("#leave").click()
    await expect(page.get_by_role("button", name="대화 열기")).to_be_focused()


async def test_a_widget_can_fill_an_element_of_the_page(new_page, host, server):
    script = f'<script src="{server.url}embed.js" data-target="#here" defer></script>'
    host.body = f'<div id="here"></div>{script}'
    page = await new_page()
    await page.goto(host.origin)
    chat = widget(page)
    await chat.ready()
    await chat.say("안쪽에서")
    await expect(page.get_by_role("button", name="대화 열기")).to_have_count(0)


async def test_a_plain_iframe_works_too(new_page, host, server):
    host.body = frame(f"{server.url}?widget=plain")
    page = await new_page()
    await page.goto(host.origin)
    chat = widget(page, "plain")
    await chat.ready()
    await chat.say("그냥 안녕")
    assert await server.texts() == ["그냥 안녕"]


async def test_only_the_pinned_parent_is_told_and_heard(new_page, host, server):
    """A parent that the address does not name hears nothing, and what it says is not heard."""
    host.body = frame(f"{server.url}?widget=w&parent=https://somebody.invalid")
    page = await new_page()
    await page.add_init_script(
        "window.heard = []; addEventListener('message', ({data}) => heard.push(data));"
    )
    await page.goto(host.origin)
    chat = widget(page, "w")
    await chat.ready()
    await page.evaluate(POST, {"daehwa": "say", "widget": "w", "text": "몰래"})
    await chat.say("안녕")
    assert await server.texts() == ["안녕"]
    assert await page.evaluate("heard.filter(one => one?.daehwa)") == []


async def test_the_pinned_parent_can_say_something_and_is_told(new_page, host, server):
    host.body = frame(f"{server.url}?widget=w&parent={host.origin}")
    page = await new_page()
    await page.add_init_script(
        "window.heard = []; addEventListener('message', ({data}) => heard.push(data.daehwa));"
    )
    await page.goto(host.origin)
    chat = widget(page, "w")
    await chat.ready()
    await expect(chat.page.locator("#leave")).to_be_visible()
    await page.evaluate(POST, {"daehwa": "say", "widget": "other", "text": "남의 위젯"})
    await page.evaluate(POST, {"daehwa": "say", "widget": "w", "text": "단추로 물어본 말"})
    await expect(chat.said).to_have_count(1)
    await chat.idle()
    assert await server.texts() == ["단추로 물어본 말"]
    heard = await page.evaluate("heard.filter(one => one && one !== 'busy')")
    assert heard == ["ready", "message", "answered"]


async def test_a_strangers_site_cannot_frame_the_chat(new_page, stranger, server):
    stranger.body = f'<script src="{server.url}embed.js" data-open defer></script>'
    page = await new_page()
    await page.goto(stranger.origin)
    await until(lambda: new_page.errors)
    assert await page.frames[-1].locator("#composer").count() == 0
    new_page.errors.clear()  # the browser's refusal to frame


async def test_an_answer_while_the_panel_is_closed_marks_the_launcher(new_page, host, server, gate):
    server.on("느린 질문", from_model(gate, "답"))
    host.body = f'<script src="{server.url}embed.js" data-open defer></script>'
    page = await new_page()
    await page.goto(host.origin)
    chat = widget(page)
    await chat.ready()
    await chat.say("느린 질문", wait=False)
    await page.get_by_role("button", name="대화 닫기", exact=True).last.click()
    gate.set()
    launcher = page.get_by_role("button", name="대화 열기")
    await expect(launcher).to_have_attribute("data-unread", "1")
    await launcher.click()
    await expect(page.locator("[data-unread]")).to_have_count(0)


UTTERANCE = """async (address) => {
  const answer = await fetch(address, {
    method: "POST",
    headers: {"Content-Type": "text/plain; charset=utf-8", "Response-Content-Type": "text/plain"},
    body: "안녕",
  });
  return Object.fromEntries(answer.headers);
}"""


async def test_a_page_of_an_allowed_site_reads_what_lex_answers_in_headers(
    new_page, server, bare_site
):
    page = await new_page()
    await page.goto(bare_site)
    address = f"{server.url}bots/PADOBOOKS1/botAliases/TSTALIASID/botLocales/ko_KR/sessions"
    headers = await page.evaluate(UTTERANCE, f"{address}/across-origins/utterance")
    assert headers["x-amz-lex-session-id"] == "across-origins"
    packed = ("messages", "session-state", "interpretations", "input-transcript")
    assert [name for name in packed if not headers.get(f"x-amz-lex-{name}")] == []


async def test_an_embed_that_is_refused_leaves_a_line_that_says_what_to_set(
    new_page, stranger, server
):
    stranger.body = frame(server.url)
    page = await new_page()
    await page.goto(stranger.origin)
    log = server.serving.folder / "serve.log"

    def lines():
        found = map(
            json.loads, filter(lambda line: "embed_refused" in line, log.read_text().splitlines())
        )
        return [line for line in found if line["site"] == stranger.origin]

    line = (await until(lines))[0]
    assert (line["level"], line["set"]) == ("warning", "DAEHWA_ALLOWED_ORIGINS")
    new_page.errors.clear()  # the browser's own word on the refused frame
