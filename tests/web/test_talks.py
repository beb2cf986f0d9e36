"""The list of this browser's talks, searching in one, and all of a long one."""

import json
from datetime import timedelta

import msgspec
import pytest
from playwright.async_api import expect
from tests.web.edges import from_model


async def fresh(chat):
    await chat.page.locator("#fresh").click()
    await chat.page.locator("#confirm-yes").click()
    await expect(chat.said).to_have_count(0)


async def titles(chat):
    await chat.page.locator("#talks-button").click()
    await expect(chat.page.locator("#talks")).to_be_visible()
    return await chat.page.locator(".talk-title").all_inner_texts()


async def test_talks_are_listed_by_their_first_words_and_taken_up_again(chat, server):
    await chat.say("안녕")
    await chat.say("다시 안녕")
    await fresh(chat)
    await chat.say("책")
    assert await titles(chat) == ["책", "안녕"]
    await expect(chat.page.locator('#talks [aria-current="true"]')).to_contain_text("책")
    await chat.page.locator("#talks .talk", has_text="안녕").click()
    await expect(chat.said).to_have_count(2)
    await chat.expect_said("안녕", "다시 안녕")
    await chat.reload()
    await chat.expect_said("안녕", "다시 안녕")
    await chat.say("Hello")
    assert [len((await server.transcript(key))["turns"]) for key in server.sessions] == [3, 1]


async def test_a_talk_is_renamed_and_deleted_by_keyboard(chat, server):
    await chat.say("안녕")
    await fresh(chat)
    await chat.say("책")
    await titles(chat)
    page = chat.page
    await page.get_by_role("button", name="이름 바꾸기: 안녕").focus()
    await page.keyboard.press("Enter")
    await page.keyboard.type("첫 인사")
    await page.keyboard.press("Enter")
    await expect(page.locator(".talk-title")).to_have_text(["책", "첫 인사"])
    await page.get_by_role("button", name="지우기: 첫 인사").focus()
    await page.keyboard.press("Enter")
    await page.keyboard.press("Enter")
    await expect(page.locator(".talk-title")).to_have_text(["책"])
    first, second = server.sessions
    assert (await server.transcript(first))["turns"] == []
    assert len((await server.transcript(second))["turns"]) == 1
    await page.keyboard.press("Escape")
    await expect(page.locator("#talks")).to_be_hidden()


async def test_what_was_said_is_found_and_shown(chat, server):
    server.on("하늘은 왜 파래?", from_model("빛이 **흩어져서** 파래요."))
    await chat.say("하늘은 왜 파래?")
    await chat.say("안녕")
    await titles(chat)
    await chat.page.locator("#talks input").fill("흩어")
    await expect(chat.page.locator("#talks mark")).to_have_text(["흩어"])
    await chat.page.locator("#talks .match").click()
    await expect(chat.page.locator(".answer.hit")).to_contain_text("흩어져서")
    await titles(chat)
    await chat.page.locator("#talks input").fill("없는 말")
    await expect(chat.page.locator("#talks [role=status]")).to_have_text("찾은 말이 없어요.")


async def test_where_the_rest_cannot_be_had_what_is_here_is_searched(chat, server, gateway):
    await chat.say("안녕")
    await server.repeat_first_turn(249)
    await chat.reload()
    await titles(chat)
    await gateway.down()
    await chat.page.locator("#talks input").fill("녕")
    await expect(chat.page.locator("#talks mark").first).to_have_text("녕")
    await expect(chat.page.locator("#toast")).to_have_text("대화를 불러오지 못했어요.")


async def test_a_long_talk_is_loaded_bit_by_bit_and_stays_where_it_is_read(chat, server):
    await chat.say("안녕")
    await server.repeat_first_turn(249)
    await chat.reload()
    await expect(chat.said).to_have_count(200)
    earlier = chat.page.locator("#earlier")
    await chat.page.evaluate("document.getElementById('log').scrollTop = 0")
    await expect(earlier).to_be_visible()
    top = "document.querySelectorAll('.exchange')[{}].getBoundingClientRect().top"
    before = await chat.page.evaluate(top.format(0))
    await earlier.press("Enter")
    await expect(chat.said).to_have_count(250)
    assert abs(await chat.page.evaluate(top.format(50)) - before) < 2
    await expect(earlier).to_be_hidden()
    await expect(chat.log).to_be_focused()
    # The way down is offered, and leads there.
    await chat.page.evaluate("document.getElementById('log').scrollTop = 0")
    await expect(chat.page.locator("#newer")).to_contain_text("맨 아래로")
    await chat.page.locator("#newer").click()
    await expect(chat.answers.last).to_be_in_viewport()


async def test_the_transcript_of_a_long_talk_is_whole(chat, server):
    await chat.say("안녕")
    await server.repeat_first_turn(449)
    await chat.reload()
    await chat.page.locator("#menu-button").click()
    async with chat.page.expect_download() as download:
        await chat.page.locator('#menu [data-format="json"]').click()
    talk = json.loads((await (await download.value).path()).read_text())
    assert len(talk["turns"]) == 450
    assert len({turn["messageId"] for turn in talk["turns"]}) == 450


@pytest.mark.parametrize(
    ("tongue", "yesterday"), [("ko-KR", "어제"), ("en-US", "yesterday")], ids=["ko", "en"]
)
async def test_days_are_set_apart(open_chat, server, tongue, yesterday):
    chat = await open_chat(locale=tongue)
    await chat.say("Hello" if tongue == "en-US" else "안녕")
    (key,) = server.sessions
    async with server.serving.store() as store:
        (turn,) = await store.turns(key)
        await store.delete(key)
        for number, days in enumerate((9, 1, 1, 0)):
            at = turn.at - timedelta(days=days)
            await store.start_turn(
                key, msgspec.structs.replace(turn, message_id=f"{number:024x}", at=at)
            )
    await chat.reload()
    days = await chat.page.locator(".day:visible").all_inner_texts()
    assert len(days) == 3
    assert days[1] == yesterday
