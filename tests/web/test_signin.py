"""A server that is not for everybody: signing in, and a session that its browser alone opens."""

import json

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import expect
from tests.web.bots import write_bots
from tests.web.chat import Chat
from tests.web.server import Server, Serving, config_of
from tests.web.test_access import faults

from daehwa.chat import SECRET_HEADER


@pytest_asyncio.fixture(loop_scope="session")
async def locked(edges, new_page, free_port, tmp_path):
    """A real server that is told that others reach it, and whose chat needs a token."""
    file = tmp_path / "credentials.toml"
    file.write_text('[tokens.page]\nsecret = "sesame"\n')
    serving = Serving(
        tmp_path,
        free_port,
        write_bots(tmp_path),
        config=config_of(edges),
        DAEHWA_CREDENTIALS=str(file),
        OPENAI_API_KEY="sk-script",
        OPENAI_BASE_URL=edges.base_url,
    )
    await serving.start()
    server = Server(serving, edges, new_page.sent)
    server.file = file
    yield server
    serving.stop()


def parts(page):
    """The sign-in: its dialog, its box, its button and what it says of a wrong token."""
    dialog = page.get_by_role("dialog")
    return (
        dialog,
        dialog.locator("input"),
        dialog.get_by_role("button"),
        dialog.get_by_role("alert"),
    )


WORDS = {
    "ko-KR": ("들어가려면 토큰이 필요해요", "들어가기", "이 서버의 토큰이 아니에요"),
    "en-US": ("This chat needs a token", "Sign in", "does not know that token"),
}


@pytest.mark.parametrize("locale", WORDS)
@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_the_page_asks_for_the_token_and_goes_on(new_page, locked, locale, theme):
    title, button, wrong = WORDS[locale]
    chat = Chat(await new_page(locale=locale, color_scheme=theme))
    await chat.page.goto(locked.url)
    dialog, token, go, problem = parts(chat.page)
    await expect(dialog).to_contain_text(title)
    await expect(token).to_be_focused()
    await expect(go).to_have_text(button)
    assert await faults(chat) == []
    await token.fill("open, please")
    await token.press("Enter")
    await expect(problem).to_contain_text(wrong)
    await chat.page.keyboard.press("Escape")
    await chat.page.keyboard.press("Escape")
    await expect(dialog).to_be_visible()
    await token.fill("sesame")
    await go.click()
    await chat.ready()
    await expect(dialog).to_have_count(0)
    await chat.say("안녕")
    await chat.expect_said("안녕")
    await chat.reload()
    await chat.expect_said("안녕")


async def test_on_a_phone_all_of_it_is_in_view(new_page, locked):
    chat = Chat(await new_page(viewport={"width": 320, "height": 568}))
    await chat.page.goto(locked.url)
    for part in parts(chat.page)[:3]:
        await expect(part).to_be_in_viewport(ratio=1)


async def test_what_the_browser_keeps_is_no_token_and_no_script_reads_it(new_page, locked):
    chat = await sign_in(new_page, locked)
    (cookie,) = await chat.page.context.cookies()
    assert cookie["httpOnly"]
    assert cookie["sameSite"] == "Strict"
    assert "sesame" not in json.dumps(cookie)
    assert await chat.page.evaluate("document.cookie") == ""
    assert "sesame" not in await chat.page.evaluate("JSON.stringify(localStorage)")


async def sign_in(new_page, locked):
    chat = Chat(await new_page())
    await chat.page.goto(locked.url)
    _, token, go, _ = parts(chat.page)
    await token.fill("sesame")
    await go.click()
    await chat.ready()
    return chat


async def test_a_token_that_is_replaced_is_asked_for_again_and_nothing_is_lost(new_page, locked):
    chat = await sign_in(new_page, locked)
    await chat.say("안녕")
    locked.serving.kill()
    locked.file.write_text('[tokens.page]\nsecret = "mellon"\n')
    await locked.serving.start()
    await chat.say("둘째 마디")
    dialog, token, go, _ = parts(chat.page)
    await token.fill("mellon")
    await go.click()
    await expect(dialog).to_have_count(0)
    await chat.page.locator('.said [data-act="retry"]').click()
    await chat.idle()
    await chat.expect_said("안녕", "둘째 마디")
    await chat.reload()
    await chat.expect_said("안녕", "둘째 마디")


async def test_the_secret_comes_through_reload_tabs_and_a_server_s_death(open_chat, mortal):
    chat = await open_chat()
    await chat.say("첫 마디")
    other = await open_chat(context=chat.page.context)
    await other.expect_said("첫 마디")
    mortal.serving.kill()
    await mortal.serving.start()
    await other.say("둘째 마디")
    await expect(chat.said).to_have_count(2)
    await chat.act("up").click()
    await chat.reload()
    await chat.expect_said("첫 마디", "둘째 마디")
    await expect(chat.act("up")).to_have_attribute("aria-pressed", "true")
    assert len({request["secret"] for request in mortal.requests}) == 1
    await chat.page.locator("#fresh").click()
    await chat.page.locator("#confirm .primary").click()
    await expect(chat.said).to_have_count(0)
    await chat.say("새 이야기")
    assert len({request["secret"] for request in mortal.requests}) == 2
    assert await mortal.texts() == ["첫 마디", "둘째 마디", "새 이야기"]


async def test_the_address_of_a_session_opens_nothing_without_its_secret(chat, server):
    await chat.say("안녕")
    (key,) = server.sessions
    path = f"{server.url}chat/sessions/{key.session_id}?botId={key.bot_id}&localeId={key.locale_id}"
    async with aiohttp.ClientSession() as stranger, stranger.get(path) as answer:
        assert (await answer.json())["turns"] == []


async def test_a_session_of_an_earlier_page_is_taken_up(new_page, server):
    """That page kept an id alone, and the store no owner."""
    old = "0123456789abcdef00000001"
    message = {"text": "옛날에 한 말", "sessionId": old, "messageId": "f" * 24}
    async with aiohttp.ClientSession() as session:
        async with session.get(f"{server.url}chat/config") as answer:
            default = (await answer.json())["default"]
        who = {"botId": default["botId"], "localeId": "ko_KR"}
        async with session.post(f"{server.url}chat", json=message | who) as answer:
            assert answer.status == 200
            assert SECRET_HEADER not in answer.headers
    chat = Chat(await new_page())
    name = f"daehwa:page:session:{who['botId']}:ko_KR"
    await chat.page.add_init_script(
        f"localStorage.getItem({name!r}) ?? localStorage.setItem({name!r}, JSON.stringify({old!r}))"
    )
    await chat.open(server.url)
    await expect(chat.said).to_have_count(1)
    await chat.expect_said("옛날에 한 말")
    await chat.say("안녕")
    await chat.reload()
    await chat.expect_said("옛날에 한 말", "안녕")
