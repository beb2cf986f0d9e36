"""The widget as a product: it stays while people go through a site, and a site can drive it."""

import pytest
from playwright.async_api import expect
from tests.web.chat import FILL_STORAGE, until
from tests.web.edges import from_model
from tests.web.host import HostSite, widget

# What a browser does that keeps third parties from storing anything.
NO_STORAGE_IN_FRAMES = """
const get = () => { throw new DOMException("denied", "SecurityError"); };
if (self !== top) for (const name of ["localStorage", "sessionStorage"])
  Object.defineProperty(window, name, {get});
"""
# The person comes back after an hour.
LATER = """() => {
  const now = Date.now();
  Date.now = () => now + 3_600_000;
  dispatchEvent(new Event("focus"));
}"""
LISTEN = """() => {
  window.heard = [];
  for (const name of ["opened", "closed", "message", "answered", "ended"])
    Daehwa.on(name, (detail) => heard.push([name, detail]));
}"""


def script(server, attributes=""):
    """The line that a site writes."""
    return f'<script src="{server.url}embed.js" {attributes} async></script>'


def launcher(page, name="대화 열기"):
    """The button, by what it is called."""
    return page.locator("daehwa-chat").get_by_role("button", name=name)


async def comes_true(page, expression):
    """Wait for it in the page; its policy forbids Playwright's own way."""
    await until(lambda: page.evaluate(expression))


async def api(page):
    """Wait until the site's page has `Daehwa`."""
    await comes_true(page, "Boolean(window.Daehwa?.widget?.('widget-1'))")


async def heard(page, name):
    """What the listeners got of one kind."""
    return await page.evaluate(
        "name => heard.filter(([one]) => one === name).map(one => one[1])", name
    )


@pytest.mark.parametrize("where", ["origin", "foreign"])
async def test_the_open_panel_and_its_talk_go_along_from_page_to_page(
    new_page, host, server, where
):
    host.body = script(server)
    page = await new_page()
    await page.add_init_script(NO_STORAGE_IN_FRAMES)
    await page.goto(getattr(host, where))
    await launcher(page).click()
    chat = widget(page)
    await chat.ready()
    await chat.say("기억해 줘")
    await page.get_by_role("link", name="다음").click()
    await page.wait_for_url("**/next")
    await widget(page).expect_said("기억해 줘")
    await widget(page).say("여기에서도")
    assert await server.texts() == ["기억해 줘", "여기에서도"]
    assert len(server.sessions) == 1
    # A page that opens with the panel leaves the focus to whoever reads it.
    await page.go_back()
    await expect(widget(page).said).to_have_count(2)
    assert await page.evaluate("document.activeElement === document.body")


async def test_a_panel_that_was_closed_stays_closed_whatever_the_script_says(
    new_page, host, server
):
    host.body = script(server, "data-open")
    page = await new_page()
    await page.goto(host.foreign)
    await widget(page).ready()
    await launcher(page, "대화 닫기").click()
    await page.goto(f"{host.foreign}/next")
    await expect(launcher(page)).to_be_visible()
    await expect(page.locator("iframe")).to_be_hidden()


async def test_another_tab_has_the_talk_and_not_the_open_panel(new_page, host, server):
    host.body = script(server)
    page = await new_page()
    await page.goto(host.foreign)
    await launcher(page).click()
    await widget(page).ready()
    await widget(page).say("첫 탭에서")
    other = await new_page(context=page.context)
    await other.goto(host.foreign)
    await launcher(other).click()
    await widget(other).expect_said("첫 탭에서")
    await widget(other).say("둘째 탭에서")
    assert len(server.sessions) == 1
    await widget(page).expect_said("첫 탭에서", "둘째 탭에서")


async def test_what_was_answered_while_the_panel_was_closed_is_counted_also_on_the_next_page(
    new_page, host, server, gate
):
    server.on("느린 질문", from_model(gate, "답"))
    host.body = script(server)
    page = await new_page()
    await page.goto(host.foreign)
    await launcher(page).click()
    await widget(page).ready()
    await widget(page).say("느린 질문", wait=False)
    await expect(widget(page).said).to_have_count(1)
    await until(lambda: server.edges.requests)
    await launcher(page, "대화 닫기").click()
    async with page.expect_response("**/turns/*"):
        await page.goto(f"{host.foreign}/next")
    # Nothing is counted that is not there yet.
    await expect(launcher(page)).to_have_accessible_name("대화 열기")
    other = await new_page(context=page.context)
    async with other.expect_response("**/turns/*"):
        await other.goto(host.foreign)
    gate.set()
    # Once, though two tabs were waiting for it.
    for one in (page, other):
        await expect(launcher(one)).to_have_accessible_name("대화 열기, 새 메시지 1개")
    await other.close()
    await page.goto(host.foreign)
    await expect(page.locator("daehwa-chat .count")).to_have_text("1")
    await launcher(page).click()
    await expect(page.locator("daehwa-chat .count")).to_be_hidden()
    await expect(widget(page).bubbles).to_have_text(["답"])
    await page.goto(f"{host.foreign}/next")
    await expect(page.locator("daehwa-chat .count")).to_be_hidden()


async def test_a_site_opens_sends_hears_and_closes(new_page, host, server):
    server.on("배송 언제 와요?", from_model("내일", " 와요"))
    host.body = script(server)
    page = await new_page()
    await page.goto(host.foreign)
    await api(page)
    await page.evaluate(LISTEN)
    await page.evaluate("Daehwa.send('배송 언제 와요?'); Daehwa.open()")
    chat = widget(page)
    await expect(chat.bubbles).to_have_text(["내일 와요"])
    await comes_true(page, "heard.some(([name]) => name === 'answered')")
    assert await heard(page, "message") == [{"widget": "widget-1", "text": "배송 언제 와요?"}]
    assert await heard(page, "answered") == [{"widget": "widget-1", "text": "내일 와요"}]
    assert await heard(page, "opened") == [{"widget": "widget-1"}]
    await chat.page.locator("#fresh").click()
    await chat.page.locator("#confirm-yes").click()
    await comes_true(page, "heard.some(([name]) => name === 'ended')")
    assert await heard(page, "ended") == [{"widget": "widget-1", "reason": "cleared"}]
    await page.evaluate("Daehwa.close()")
    await expect(page.locator("iframe")).to_be_hidden()
    assert await heard(page, "closed") == [{"widget": "widget-1"}]


async def test_what_a_site_sends_while_an_answer_runs_waits_for_its_turn(
    new_page, host, server, gate
):
    server.on("하나", from_model(gate, "첫 답"))
    server.on("둘", from_model("둘째 답"))
    host.body = script(server)
    page = await new_page()
    await page.goto(host.foreign)
    await api(page)
    await page.evaluate("Daehwa.open(); Daehwa.send('하나'); Daehwa.send('둘')")
    await widget(page).expect_said("하나")
    gate.set()
    await expect(widget(page).bubbles).to_have_text(["첫 답", "둘째 답"])
    assert await server.texts() == ["하나", "둘"]


async def test_the_end_of_a_session_is_an_event(new_page, host, server):
    host.body = script(server, "data-open")
    page = await new_page()
    await page.goto(host.foreign)
    await api(page)
    await page.evaluate(LISTEN)
    await widget(page).ready()
    await widget(page).say("안녕")
    await server.end_sessions()
    frame = page.frames[-1]
    await frame.evaluate(
        "Date.now = () => new Date().getTime() + 3_600_000; dispatchEvent(new Event('focus'))"
    )
    await comes_true(page, "heard.some(([, {reason}]) => reason === 'expired')")


async def test_a_listener_can_be_taken_away_and_a_faulty_one_harms_nobody(new_page, host, server):
    host.body = script(server)
    page = await new_page()
    await page.goto(host.origin)
    await api(page)
    await page.evaluate(
        """() => {
          window.heard = [];
          window.off = Daehwa.on("opened", () => heard.push("first"));
          Daehwa.on("opened", () => { throw new Error("the site's own"); });
          Daehwa.on("opened", () => heard.push("last"));
          Daehwa.open(); Daehwa.close(); off(); Daehwa.open();
        }"""
    )
    assert await page.evaluate("heard") == ["first", "last", "last"]
    assert len(new_page.errors) == 2
    new_page.errors.clear()


async def test_a_destroyed_widget_leaves_nothing_and_can_come_again(new_page, host, server):
    host.body = script(server, "data-open")
    page = await new_page()
    await page.goto(host.foreign)
    await widget(page).ready()
    await widget(page).say("다시 올게요")
    await page.evaluate("Daehwa.destroy()")
    await expect(page.locator("daehwa-chat")).to_have_count(0)
    await page.evaluate("Daehwa.open(); Daehwa.send('아무도 없어요')")
    assert await page.evaluate("Daehwa.widget('widget-1')") is None
    await page.evaluate(
        """() => {
          const old = document.querySelector("script");
          const again = document.createElement("script");
          const policy = trustedTypes.createPolicy("host", {createScriptURL: (url) => url});
          again.src = policy.createScriptURL(old.src);
          again.dataset.open = "";
          old.replaceWith(again);
        }"""
    )
    await widget(page).expect_said("다시 올게요")


async def test_a_script_that_comes_after_a_destroyed_widget_takes_its_place(new_page, host, server):
    """As single-page sites do, whose old script stays in the document."""
    host.policy = ""
    host.body = script(server, "data-open")
    page = await new_page()
    await page.goto(host.foreign)
    await widget(page).ready()
    await widget(page).say("다시 올게요")
    await page.evaluate(
        """() => {
          Daehwa.destroy();
          const again = document.createElement("script");
          again.src = document.querySelector("script").src;
          document.body.append(again);
        }"""
    )
    await widget(page).expect_said("다시 올게요")


async def test_a_widget_waits_for_its_element_and_follows_a_new_one(new_page, host, server):
    host.policy = ""
    host.body = script(server, 'data-target="#here"')
    page = await new_page()
    await page.goto(host.foreign)
    await api(page)
    assert await page.locator("daehwa-chat").count() == 0
    place = """() => {
      const here = Object.assign(document.createElement("div"), { id: "here" });
      here.style.height = "500px";
      document.querySelector("#here")?.remove();
      document.body.append(here);
    }"""
    await page.evaluate(place)
    await widget(page).ready()
    await widget(page).say("늦은 자리")
    await page.evaluate(place)
    await widget(page).expect_said("늦은 자리")
    await widget(page).say("새 자리")


async def test_a_chat_that_cannot_be_loaded_says_so_and_comes_when_it_can(
    new_page, host, server, gateway, ports
):
    """The server is away when the panel is opened, and when the site's next page is."""
    host.body = script(gateway)
    host.chat = gateway.url
    page = await new_page(viewport={"width": 320, "height": 640})
    await page.goto(host.foreign)
    await api(page)
    await gateway.down()
    await launcher(page).click()
    trouble = page.locator("daehwa-chat").get_by_role("alert")
    await expect(trouble).to_have_text("대화를 불러오지 못했어요.")
    # There is a way out, also where the panel is all of the screen.
    await launcher(page, "대화 닫기").click()
    await expect(trouble).to_be_hidden()
    await gateway.up()
    await launcher(page).click()
    await widget(page).ready()
    # Three buttons beside it leave the name its place on the smallest phone.
    name = widget(page).page.locator("#name")
    assert await name.evaluate("one => one.scrollWidth <= one.clientWidth")
    await widget(page).say("돌아왔네요")
    await gateway.down()
    # The script itself is still in the browser.
    await page.goto(f"{host.foreign}/next")
    await expect(trouble).to_be_visible()
    await gateway.up()
    await widget(page).expect_said("돌아왔네요")
    await expect(trouble).to_be_hidden()


async def test_a_widget_whose_server_is_killed_and_replaced_goes_on_with_the_new_one(
    new_page, mortal, ports, gate
):
    """The new one has nothing of the talk; what it had not answered can be sent to it."""
    host = HostSite(mortal.url, ports["shop"])
    await host.start()
    try:
        host.body = script(mortal, "data-open")
        page = await new_page()
        await page.goto(host.origin)
        chat = widget(page)
        await chat.ready()
        await chat.say("안녕")
        mortal.on("질문", from_model("여기까지 ", gate))
        await chat.say("질문", wait=False)
        await expect(chat.bubbles.last).to_have_text("여기까지")
        mortal.serving.kill()
        await expect(chat.banner).to_be_visible()
        await expect(chat.send).to_have_attribute("data-act", "send")
        (mortal.serving.folder / "data").rename(mortal.serving.folder / "of the old server")
        await mortal.serving.start()
        await expect(chat.page.locator("#expired")).to_contain_text("남아 있지 않아요")
        await chat.expect_said("안녕", "질문")
        await chat.say("새 말")
        await page.goto(f"{host.origin}/next")
        await widget(page).expect_said("질문", "새 말")
        await expect(widget(page).page.locator('[data-act="retry"]')).to_be_visible()
    finally:
        gate.set()
        await host.stop()


async def test_a_page_that_is_isolated_may_have_the_chat(new_page, host, server):
    host.policy = ""
    host.headers = {
        "Cross-Origin-Embedder-Policy": "require-corp",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    host.body = script(server, "data-open")
    page = await new_page()
    await page.goto(host.foreign)
    assert await page.evaluate("crossOriginIsolated")
    await widget(page).ready()
    await page.emulate_media(media="print")
    await expect(page.locator("daehwa-chat iframe")).to_be_hidden()


async def test_what_a_page_pushes_before_the_script_is_there_is_done_when_it_is(
    new_page, host, server
):
    host.body = script(server)
    page = await new_page()
    await page.add_init_script(
        "if (self === top) (window.Daehwa ??= []).push((daehwa) => daehwa.open())"
    )
    await page.goto(host.foreign)
    await widget(page).ready()
    await page.evaluate("Daehwa.push((daehwa) => daehwa.close())")
    await expect(page.locator("iframe")).to_be_hidden()


async def test_two_widgets_keep_their_names_and_talks_whichever_script_comes_first(
    new_page, host, server
):
    slow = script(server, "data-bot=PadoBooks data-open").replace("embed.js", "embed.js?slow")
    host.body = slow + script(server, "data-bot=HelloWorldBot data-side=left data-open")

    async def hold(route):
        """The first line's script comes after the second's."""
        await page.wait_for_selector("daehwa-chat", state="attached")
        await route.continue_()

    page = await new_page()
    await page.route("**/embed.js?slow", hold)
    await page.goto(host.foreign)
    one, two = widget(page, "widget-1"), widget(page, "widget-2")
    await one.ready()
    await two.ready()
    await one.say("오른쪽")
    await two.say("왼쪽")
    await page.evaluate("Daehwa.widget('widget-2').close()")
    await page.goto(f"{host.foreign}/next")
    await one.expect_said("오른쪽")
    await expect(page.locator('iframe[src*="widget-2"]')).to_be_hidden()
    first, second = server.requests
    assert (first["botId"], second["botId"]) == ("PADOBOOKS1", "HELLOWORLD")
    assert first["sessionId"] != second["sessionId"]


async def test_the_script_may_stand_in_the_head_and_be_the_only_one_that_may_run(
    new_page, host, server
):
    host.head = script(server)
    page = await new_page()
    await page.goto(host.origin)
    await expect(launcher(page)).to_be_visible()


async def test_accent_side_picture_greeting_theme_and_language_are_the_sites(
    new_page, host, server
):
    host.body = script(
        server,
        'data-accent="#ffd400" data-side=left data-picture="/picture.svg" data-theme=dark '
        'data-lang=en data-greeting="May we help?" data-label="Help"',
    )
    page = await new_page()
    await page.goto(host.foreign)
    button = launcher(page, "Open chat")
    await expect(button).to_have_css("background-color", "rgb(255, 212, 0)")
    await expect(button).to_have_css("color", "lab(0 0 0)")
    assert await button.locator("img").evaluate("one => one.naturalWidth > 0")
    box = await button.bounding_box()
    assert box["x"] < 100
    greeting = launcher(page, "May we help?")
    await greeting.click()
    chat = widget(page)
    await chat.ready()
    await expect(greeting).to_be_hidden()
    await expect(page.locator("iframe")).to_have_attribute("title", "Help")
    root = chat.page.locator("html")
    await expect(root).to_have_attribute("data-theme", "dark")
    await expect(root).to_have_attribute("lang", "en")
    await expect(root).to_have_css("--accent", "#ffd400")
    await page.goto(f"{host.foreign}/next")
    await widget(page).ready()
    await launcher(page, "Close chat").click()
    await expect(greeting).to_be_hidden()


async def test_a_low_window_leaves_the_talk_its_place(new_page, host, server):
    """As a phone that lies on its side."""
    host.body = script(server, "data-open")
    page = await new_page(viewport={"width": 640, "height": 300})
    await page.goto(host.origin)
    await widget(page).ready()
    panel = await page.locator("daehwa-chat iframe").bounding_box()
    assert panel["y"] >= 0
    assert panel["height"] > 270
    button = await launcher(page, "대화 닫기").bounding_box()
    assert panel["x"] + panel["width"] <= button["x"]


async def test_a_script_that_cannot_know_its_place_says_so(new_page, host, server):
    """Imported by a module, and in a shadow tree: neither has an element to read."""
    host.policy = ""
    host.body = (
        "<div id=tree></div><script type=module>"
        'const script = document.createElement("script");'
        f'script.src = "{server.url}embed.js";'
        'document.querySelector("#tree").attachShadow({mode: "open"}).append(script);'
        f'import "{server.url}embed.js";</script>'
    )
    page = await new_page()
    await page.goto(host.foreign)
    await until(lambda: len(new_page.errors) == 2)
    assert all("Daehwa: embed.js finds no <script>" in text for text in new_page.errors)
    new_page.errors.clear()


async def test_the_same_line_twice_is_one_widget(new_page, host, server):
    host.body = script(server, "data-bot=PadoBooks") * 2
    page = await new_page()
    await page.goto(host.origin)
    await until(lambda: new_page.errors)
    await expect(page.locator("daehwa-chat")).to_have_count(1)
    assert "there is a widget" in new_page.errors.pop()


async def test_what_is_no_text_is_not_sent(new_page, host, server):
    host.body = script(server, "data-open")
    page = await new_page()
    await page.goto(host.origin)
    await api(page)
    await page.evaluate('["", " ", undefined, null, {}, 42].forEach(Daehwa.send)')
    await widget(page).expect_said("42")
    assert len(new_page.errors) == 5
    new_page.errors.clear()


async def test_a_greeting_that_was_dismissed_does_not_come_again(new_page, host, server):
    host.body = script(server, 'data-greeting="무엇을 도와드릴까요?"')
    page = await new_page()
    await page.goto(host.foreign)
    await expect(launcher(page, "무엇을 도와드릴까요?")).to_be_visible()
    await launcher(page, "인사 닫기").click()
    await expect(launcher(page)).to_be_focused()
    await page.goto(f"{host.foreign}/next")
    await expect(launcher(page)).to_be_visible()
    await expect(launcher(page, "무엇을 도와드릴까요?")).to_be_hidden()


async def test_only_the_widgets_own_keys_of_the_sites_storage_are_read_and_written(
    new_page, host, server
):
    host.body = script(server, "data-open")
    page = await new_page()
    await page.goto(host.foreign)
    await page.evaluate("localStorage.setItem('cart', 'secret')")
    await page.reload()
    chat = widget(page)
    await chat.ready()
    frame = page.frames[-1]
    post = "one => parent.postMessage({daehwa: 'keep', widget: 'widget-1', ...one}, '*')"
    await frame.evaluate(post, {"key": "cart", "value": "stolen"})
    await frame.evaluate(post, {"key": "daehwa:widget-2:session:a", "value": "stolen"})
    await chat.say("안녕")
    keys = await page.evaluate("Object.keys(localStorage).sort()")
    assert await page.evaluate("localStorage.cart") == "secret"
    assert [key for key in keys if "widget-2" in key] == []
    assert any(key.startswith("daehwa:widget-1:secret:") for key in keys)


async def test_a_frame_of_another_page_gets_nothing_of_what_is_kept(new_page, host, server):
    """Another frame of the page knows the words, and is neither the window nor the origin."""
    host.body = (
        script(server, "data-open") + f'<iframe name=other src="{server.url}icon.svg"></iframe>'
    )
    page = await new_page()
    await page.goto(host.foreign)
    await widget(page).ready()
    other = page.frame("other")
    await other.evaluate(
        """() => {
          window.heard = [];
          addEventListener("message", ({data}) => heard.push(data));
          parent.postMessage({daehwa: "hello", widget: "widget-1"}, "*");
        }"""
    )
    await widget(page).say("안녕")
    assert await other.evaluate("heard") == []


HOSTILE = """<style>
* { all: unset !important; }
body { display: none; transform: scale(0); }
button, iframe, daehwa-chat { display: none !important; transform: scale(0) !important; }
</style>"""


async def test_no_style_of_the_page_reaches_the_launcher_or_the_panel(new_page, host, server):
    host.policy = ""
    host.head, host.body = HOSTILE, script(server, 'data-theme="dark"')
    page = await new_page()
    await page.goto(host.origin)
    await expect(launcher(page)).to_be_in_viewport(ratio=1)
    await launcher(page).click()
    await widget(page).ready()
    await expect(page.locator("daehwa-chat iframe")).to_be_in_viewport(ratio=1)
    assert (await page.locator("daehwa-chat iframe").bounding_box())["width"] == 400
    paper = "one => getComputedStyle(one).backgroundColor"
    assert await page.locator("daehwa-chat .panel").evaluate(paper) == "rgb(21, 23, 22)"


async def test_a_page_that_replaces_all_that_is_in_it_keeps_the_open_talk(new_page, host, server):
    host.policy = ""
    host.body = script(server)
    page = await new_page()
    await page.goto(host.origin)
    await launcher(page).click()
    await widget(page).ready()
    await widget(page).say("기억해 줘")
    await page.evaluate(
        """() => {
          const body = document.createElement("body");
          document.documentElement.replaceChildren(document.head.cloneNode(true), body);
        }"""
    )
    await widget(page).expect_said("기억해 줘")
    await page.evaluate("Daehwa.destroy()")
    await expect(page.locator("daehwa-chat")).to_have_count(0)


@pytest.mark.parametrize(("accent", "ink"), [("oklch(90% .2 120)", 0), ("lab(20% 10 -40)", 100)])
async def test_the_launchers_sign_can_be_read_on_any_accent(new_page, host, server, accent, ink):
    host.body = script(server, f'data-accent="{accent}"')
    page = await new_page()
    await page.goto(host.origin)
    await expect(launcher(page)).to_have_css("color", f"lab({ink} 0 0)")


async def test_a_page_that_comes_back_from_the_browsers_memory_shows_what_went_on(
    new_page, host, server
):
    """As after "back": no storage event reached it meanwhile."""
    host.body = script(server)
    page = await new_page()
    await page.goto(host.foreign)
    await launcher(page).click()
    await widget(page).ready()
    await page.evaluate(
        """() => {
          localStorage["daehwa-widget:widget-1"] = JSON.stringify({unread: 2, greeted: true});
          sessionStorage["daehwa-widget:widget-1"] = "false";
          dispatchEvent(new PageTransitionEvent("pageshow", {persisted: true}));
        }"""
    )
    await expect(launcher(page, "대화 열기, 새 메시지 2개")).to_be_visible()


async def test_a_talk_goes_on_where_the_sites_storage_is_full(new_page, host, server):
    host.body = script(server, "data-open")
    page = await new_page()
    await page.goto(host.foreign)
    await page.evaluate(FILL_STORAGE)
    await page.reload()
    await widget(page).ready()
    await widget(page).say("하나")
    await page.goto(f"{host.foreign}/next")
    await widget(page).expect_said("하나")
    await widget(page).say("둘")
    assert len(server.sessions) == 1


# As single-page sites do: another body for the next page, its scripts run again, or not at all.
REPLACE_BODY = """brings => {
  const body = document.createElement("body");
  body.append(...document.querySelectorAll("h1"));
  if (brings) {
    const script = document.createElement("script");
    script.src = brings;
    body.append(script);
  }
  history.pushState({}, "", "/elsewhere");
  document.body.replaceWith(body);
}"""


@pytest.mark.parametrize("brings", [False, True], ids=["without its script", "with its script"])
async def test_a_page_that_replaces_its_body_keeps_the_open_talk(new_page, host, server, brings):
    host.policy = ""
    host.body = script(server)
    page = await new_page()
    await page.goto(host.origin)
    await launcher(page).click()
    await widget(page).ready()
    await widget(page).say("기억해 줘")
    await page.evaluate(REPLACE_BODY, f"{server.url}embed.js" if brings else "")
    await widget(page).expect_said("기억해 줘")
    await widget(page).say("여기에서도")
    await expect(page.locator("daehwa-chat")).to_have_count(1)
