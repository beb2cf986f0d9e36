"""Chat pages that others have made, in a browser, with this server in place of what they call.

aws-lex-web-ui is AWS's own page for Lex. Its build is taken as it is: npm has only 0.13.2 of 2018,
which calls `LexRuntime` of Lex V1 alone, and which AWS did not publish (aws-samples/aws-lex-web-ui,
issue 614). So the ``dist`` folder of its repository is expected at ``LEX_WEB_UI_DIST``.
deep-chat is an element for any page; it calls the OpenAI API with the snippet of docs/models.md.
"""

import json
import os
import re
from pathlib import Path

import pytest
import pytest_asyncio
from aiohttp import web as http
from playwright.async_api import expect
from tests.web.bots import PADO
from tests.web.chat import until
from tests.web.edges import card, from_model, reply

ROOT = Path(__file__).parents[2]
_LEX = re.compile(r"https://runtime-v2-lex\.[a-z0-9-]+\.amazonaws\.com/")
_COGNITO = re.compile(r"https://cognito-identity\.[a-z0-9-]+\.amazonaws\.com/")
# What Cognito answers to GetId and GetCredentialsForIdentity, in one: clients read what they want.
# https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_GetCredentialsForIdentity.html
_IDENTITY = {
    "IdentityId": "us-east-1:00000000-0000-0000-0000-000000000001",
    "Credentials": {
        "AccessKeyId": "ASIASCRIPT",
        "SecretKey": "script",
        "SessionToken": "script",
        "Expiration": 4102444800,
    },
}
_LEX_PAGE = """<!doctype html><meta charset="utf-8">
<link href="dist/lex-web-ui-loader.min.css" rel="stylesheet">
<script src="dist/lex-web-ui-loader.min.js"></script>
<script>
new ChatBotUiLoader.FullPageLoader({
  baseUrl: "dist/", shouldLoadMinDeps: true, shouldLoadConfigFromJsonFile: false,
  shouldLoadConfigFromEvent: false,
}).load(CONFIG).catch(error => console.error(String(error)));
</script><div id="lex-web-ui-fullpage"></div>"""


@pytest_asyncio.fixture(loop_scope="session")
async def site(ports):
    """Serve a page and folders at an origin that may call the server."""
    runners = []

    async def site(page, **folders):
        application = http.Application()
        for name, folder in folders.items():
            application.router.add_static(f"/{name}/", folder)

        async def index(_):
            return http.Response(text=page, content_type="text/html")

        application.router.add_get("/", index)
        runner = http.AppRunner(application, access_log=None)
        runners.append(runner)
        await runner.setup()
        await http.TCPSite(runner, "127.0.0.1", ports["site"]).start()
        return f"http://127.0.0.1:{ports['site']}/"

    yield site
    for runner in runners:
        await runner.cleanup()


@pytest.fixture
def lex_web_ui():
    """The folder of aws-lex-web-ui's build."""
    folder = Path(os.environ.get("LEX_WEB_UI_DIST", ROOT / "tests/node/aws-lex-web-ui/dist"))
    if not (folder / "lex-web-ui-loader.min.js").is_file():
        # Its licence lets nobody put it here, and npm has no release that speaks Lex V2.
        pytest.skip("for want of aws-lex-web-ui: set LEX_WEB_UI_DIST to its release's dist folder")
    return folder


async def test_awss_own_page_for_lex_holds_a_conversation(new_page, server, site, lex_web_ui):
    server.on(
        "카드", reply(card("어떤 책?", ("모험", "모험"), ("잔잔", "잔잔"), subtitle="골라요"))
    )
    server.on("모험", reply("며칠 빌리실래요?", action="ElicitSlot"))
    server.on("잔잔한 이야기", reply("예약했어요.", action="Close"))
    server.on("하늘은 왜 파래?", from_model("빛이 ", "흩어져서요."))
    settings = {
        "region": "us-east-1",
        "cognito": {"poolId": "us-east-1:00000000-0000-0000-0000-000000000000"},
        "lex": {
            "v2BotId": PADO,
            "v2BotAliasId": "TSTALIASID",
            "v2BotLocaleId": "ko_KR",
            "initialText": "무엇을 도와드릴까요?",
        },
        "ui": {"parentOrigin": "http://127.0.0.1", "enableLogin": False},
    }
    url = await site(_LEX_PAGE.replace("CONFIG", json.dumps(settings)), dist=lex_web_ui)
    page = await new_page(bypass_csp=True)
    called = []

    async def pass_on(route):
        called.append(route.request.url)
        path = _LEX.sub("", route.request.url)
        answer = await route.fetch(url=server.url + path)
        await route.fulfill(response=answer)

    await page.route(_LEX, pass_on)
    await page.route(_COGNITO, lambda route: route.fulfill(json=_IDENTITY))
    await page.goto(url)
    field = page.locator("#text-input")
    await expect(field).to_be_visible(timeout=20_000)

    async def say(text):
        await field.fill(text)
        await field.press("Enter")

    await say("카드")
    await expect(page.get_by_text("어떤 책?")).to_be_visible()
    await page.get_by_role("button", name="모험").click()
    await expect(page.get_by_text("며칠 빌리실래요?")).to_be_visible()
    await say("잔잔한 이야기")
    await expect(page.get_by_text("예약했어요.")).to_be_visible()
    await say("하늘은 왜 파래?")
    await expect(page.get_by_text("빛이 흩어져서요.")).to_be_visible()
    assert called
    # What it says of Cognito's sign-in, which nobody asked of it.
    new_page.errors[:] = [error for error in new_page.errors if "App client Id" not in error]


_SNIPPET = re.compile(r"```html\n(<script[^\n]*deepChat.*?)```", re.DOTALL)


async def _sent(field):
    """Press Enter; whether the message has left the box."""
    await field.press("Enter")
    return not (await field.text_content()).strip()


@pytest.mark.node
@pytest.mark.parametrize("document", ["models.md", "models.ko.md"])
async def test_deep_chat_talks_to_the_bot_with_the_snippet_of_the_documents(
    new_page, server, site, node, document
):
    (snippet,) = _SNIPPET.findall((ROOT / "docs" / document).read_text(encoding="utf-8"))
    snippet = snippet.replace("http://127.0.0.1:8080/", server.url)
    snippet = snippet.replace("deepChat.bundle.js", "dist/deepChat.bundle.js")
    server.on("카드", reply(card("어떤 책?", ("모험", "모험"), subtitle="골라요")))
    server.on("하늘은 왜 파래?", from_model("**빛**이 ", "흩어져서요."))
    page = await new_page()
    html = f"<!doctype html><meta charset=utf-8>{snippet}"
    await page.goto(await site(html, dist=node / "node_modules/deep-chat/dist"))
    field = page.locator("#text-input")
    answers = {"카드": "어떤 책?", "하늘은 왜 파래?": "빛이 흩어져서요."}
    for text, answer in answers.items():
        await field.click()
        await page.keyboard.type(text)
        # It takes no message before the answer to the one before has ended.
        await until(lambda: _sent(field))
        await expect(page.locator(".ai-message-text").last).to_contain_text(answer)
    await expect(page.locator(".ai-message-text strong").last).to_have_text("빛")
    # It loses the words that it reads together with the stream's end, and shows an error then.
    texts = await page.locator(".ai-message-text").all_inner_texts()
    assert texts[1:] == [answers["하늘은 왜 파래?"]]
