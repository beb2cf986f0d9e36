"""Asking again and saying it in other words: versions of one turn, and what followed each."""

from playwright.async_api import expect
from tests.web.edges import from_model, reply


def asked_of_the_model(edges):
    """What the model got last, without its instructions."""
    messages = edges.requests[-1].body["messages"]
    return [one["content"] for one in messages if one["role"] != "system"]


async def rewrite(chat, old, new):
    """Put one's own message in other words, as a person does."""
    message = chat.page.locator(".exchange", has=chat.page.locator(".mine", has_text=old))
    await message.hover()
    await message.locator('[data-act="rewrite"]').click()
    await expect(message.locator("textarea")).to_have_value(old)
    await message.locator("textarea").fill(new)
    await message.locator("textarea").press("Enter")


async def test_the_model_gets_the_question_again_and_not_the_answer_that_was_refused(chat, server):
    server.on("시", from_model("첫 번째 시"))
    await chat.say("시")
    server.on("시", from_model("두 번째 시"))
    await chat.act("again").click()
    await expect(chat.bubbles).to_have_text(["두 번째 시"])
    assert asked_of_the_model(server.edges) == ["시"]
    await chat.idle()
    await chat.say("더 길게")
    assert asked_of_the_model(server.edges) == ["시", "두 번째 시", "더 길게"]


async def test_who_goes_back_to_the_first_answer_goes_on_from_it_also_after_a_reload(chat, server):
    server.on("시", from_model("첫 번째 시"))
    await chat.say("시")
    server.on("시", from_model("두 번째 시"))
    await chat.act("again").click()
    await expect(chat.bubbles).to_have_text(["두 번째 시"])
    await chat.idle()
    await chat.act("left").click()
    await chat.reload()
    await expect(chat.bubbles).to_have_text(["첫 번째 시"])
    server.on("더 길게", from_model("길고 긴 첫 시"))
    await chat.say("더 길게")
    assert asked_of_the_model(server.edges) == ["시", "첫 번째 시", "더 길게"]
    await chat.reload()
    await chat.expect_texts("시", "첫 번째 시", "더 길게", "길고 긴 첫 시")
    # What followed the first answer does not follow the second.
    await chat.answers.first.locator('[data-act="right"]').click()
    await chat.expect_texts("시", "두 번째 시")
    await chat.act("left").click()
    await chat.expect_texts("시", "첫 번째 시", "더 길게", "길고 긴 첫 시")


async def test_ones_own_message_can_be_said_in_other_words(chat, server):
    server.on("시 한 편", from_model("바다"))
    server.on("고마워요", from_model("천만에요"))
    server.on("소설 한 편", from_model("옛날 옛적에"))
    await chat.say("시 한 편")
    await chat.say("고마워요")
    await rewrite(chat, "시 한 편", "소설 한 편")
    await expect(chat.bubbles).to_have_text(["옛날 옛적에"])
    await chat.idle()
    assert asked_of_the_model(server.edges) == ["소설 한 편"]
    await chat.expect_said("소설 한 편")
    await chat.reload()
    await chat.expect_texts("소설 한 편", "옛날 옛적에")
    await chat.act("left").click()
    await chat.expect_texts("시 한 편", "바다", "고마워요", "천만에요")


async def test_the_bot_stands_where_it_stood_before_the_words_that_were_changed(chat, server):
    server.on("예약", reply("며칠이요?", action="ElicitSlot"))
    server.on("주소", reply("어디로요?"))
    await chat.say("예약")
    await chat.say("이틀")
    await rewrite(chat, "이틀", "사흘")
    await expect(chat.said.last).to_contain_text("사흘")
    await chat.idle()
    turns = await server.turns()
    assert [turn["text"] for turn in turns] == ["예약", "이틀", "사흘"]
    # It still waits for the days; from where the talk stood since, the model would have answered.
    assert [turn["reply"]["source"] for turn in turns] == ["intent"] * 3


async def test_words_that_are_not_changed_after_all_stay(chat, server):
    await chat.say("안녕")
    await chat.page.locator(".exchange").hover()
    await chat.page.locator('[data-act="rewrite"]').click()
    await expect(chat.page.locator(".rewrite textarea")).to_be_focused()
    await chat.page.keyboard.press("Escape")
    await expect(chat.page.locator(".rewrite")).to_have_count(0)
    await expect(chat.page.locator('[data-act="rewrite"]')).to_be_focused()
    assert await server.texts() == ["안녕"]


async def test_ones_own_message_is_copied(chat):
    await chat.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await chat.say("안녕")
    await chat.page.locator(".exchange").hover()
    await chat.page.locator('.own [data-act="copy"]').click()
    await expect(chat.page.locator("#toast")).to_have_text("복사했어요")
    assert await chat.page.evaluate("navigator.clipboard.readText()") == "안녕"


async def test_an_answer_that_was_cut_and_asked_again_is_one_turn(chat, server):
    server.on("질문", from_model("여기까지 그리고", cut=True))
    await chat.say("질문")
    await expect(chat.last).to_contain_text("답이 중간에 끊겼어요")
    server.on("질문", from_model("이번에는 돼요"))
    await chat.page.locator('[data-act="once-more"]').click()
    await expect(chat.bubbles).to_have_text(["이번에는 돼요"])
    await expect(chat.said).to_have_count(1)
    assert asked_of_the_model(server.edges) == ["질문"]
