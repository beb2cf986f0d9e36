"""A talk: greeting, starters, answers, cards, suggested replies, ending and starting anew."""

import re

import pytest
from playwright.async_api import expect
from tests.web.chat import Chat
from tests.web.edges import card, from_model, reply

MOODS = (("잔잔한 이야기", "잔잔"), ("두근두근 모험", "모험"), ("배우고 싶어요", "배움"))


async def test_the_first_sight_is_a_greeting_with_starters(chat):
    await expect(chat.page.locator("#greeting")).to_have_text(
        "안녕하세요! 아래에서 고르거나 편하게 말을 걸어 주세요."
    )
    await expect(chat.chips).to_have_text(["책 추천해 줘", "책 예약할래요", "영업시간 알려줘"])
    await expect(chat.input).to_have_attribute("placeholder", "메시지를 입력하세요")
    assert await chat.page.title() == "PadoBooks"


async def test_the_first_page_tells_who_is_there_and_what_each_starter_leads_to(server, open_chat):
    chat = await open_chat("?bot=HELLOWORLD")
    about = chat.page.locator("#bot-about")
    await expect(about).to_have_text("인사를 나누고 이름을 묻는 봇")
    # The bot knows one thing; the model is worth a try as well.
    await expect(chat.chips).to_have_count(2)
    await expect(chat.chips.first.locator("span")).to_have_text(
        ["안녕", "인사하고 이름을 묻습니다."]
    )
    await chat.chips.first.click()
    await chat.idle()
    assert await server.texts() == ["안녕"]
    # "Pick something below" is no longer true; who is speaking still is.
    await expect(about).to_be_visible()
    await expect(chat.page.locator("#greeting")).to_be_hidden()


async def test_the_first_page_leads_to_the_other_bots(chat, server):
    await expect(chat.others.locator("span:first-child")).to_have_text(["HelloWorldBot"])
    await chat.others.click()
    await expect(chat.page.locator("#name")).to_have_text("HelloWorldBot")
    await expect(chat.input).to_be_focused()
    await expect(chat.others.locator("span:first-child")).to_have_text(["PadoBooks"])
    await chat.say("안녕")
    assert server.requests[-1]["botId"] == "HELLOWORLD"
    await expect(chat.others).to_have_count(0)


async def test_of_many_bots_the_first_page_shows_three_and_the_way_to_the_rest(open_chat):
    def five_more(config):
        hello = config["bots"][1]
        config["bots"] += [hello | {"id": f"BOT{n}", "name": f"Bot{n}"} for n in range(5)]

    chat = await open_chat(config=five_more)
    names = chat.others.locator("span:first-child")
    await expect(names).to_have_text(["HelloWorldBot", "Bot0", "Bot1"])
    await expect(chat.others.last).to_have_text("봇 3개 더 보기")
    await chat.others.last.click()
    await expect(chat.page.locator("#picker")).to_be_visible()
    await expect(chat.page.locator("#picker legend")).to_have_count(7)


async def test_a_page_for_one_bot_offers_no_other(open_chat):
    chat = await open_chat("?bot=PADOBOOKS1")
    await expect(chat.chips).to_have_count(3)
    await expect(chat.others).to_have_count(0)


async def test_a_bot_that_the_address_fixes_is_the_only_one_to_choose(open_chat):
    chat = await open_chat("?bot=PADOBOOKS1")
    await chat.page.locator("#identity").click()
    await expect(chat.page.locator("#picker legend")).to_have_text(["PadoBooks"])
    await expect(chat.page.locator("#picker label")).to_have_count(2)
    chat = await open_chat("?bot=HelloWorldBot")
    await expect(chat.page.locator("#identity")).to_be_disabled()


async def test_no_other_bot_speaks_for_one_that_is_not_there(open_chat):
    chat = await open_chat("?bot=NoSuchBot")
    await expect(chat.page.locator("h1")).to_have_text("여기에 ‘NoSuchBot’ 봇은 없어요.")
    await expect(chat.others).to_have_count(2)
    await expect(chat.input).to_be_hidden()


async def test_a_fixed_bot_speaks_the_visitors_language_where_it_can(open_chat, server):
    def english_first(config):
        config["bots"][0]["locales"].reverse()

    def with_japanese(config):
        english_first(config)
        locales = config["bots"][0]["locales"]
        locales.append(locales[0] | {"id": "ja_JP"})

    for options, spoken in (
        ({"config": english_first}, "ko"),
        ({"config": english_first, "locale": "en-GB"}, "en"),
        ({"config": english_first, "locale": "fr-FR"}, "en"),
        ({"config": with_japanese, "locale": "ja-JP"}, "ja"),
    ):
        chat = await open_chat("?bot=PADOBOOKS1", **options)
        await expect(chat.page.locator("#picker :checked + span")).to_have_attribute("lang", spoken)
    chat = await open_chat("?bot=PADOBOOKS1&lang=en", config=english_first)
    await expect(chat.page.locator("#picker :checked + span")).to_have_attribute("lang", "en")
    chat = await open_chat("?bot=PADOBOOKS1&locale=en_US")
    await expect(chat.page.locator("#picker :checked + span")).to_have_attribute("lang", "en")


async def test_a_language_that_was_chosen_of_a_fixed_bot_is_kept(open_chat):
    chat = await open_chat("?bot=PADOBOOKS1")
    await chat.page.locator("#identity").click()
    await chat.page.locator("#picker label", has_text="English").click()
    checked = chat.page.locator("#picker :checked + span")
    await expect(checked).to_have_attribute("lang", "en")
    await chat.reload()
    await expect(checked).to_have_attribute("lang", "en")


async def test_a_visitor_of_a_public_name_sees_who_answers_but_no_details(new_page, server):
    chat = Chat(await new_page())

    async def forward(route):
        """As a proxy does in front of the server."""
        path = route.request.url.removeprefix("http://chat.example/")
        kept = {"content-type", "x-session-secret", "accept-language"}
        headers = {k: v for k, v in route.request.headers.items() if k in kept}
        await route.fulfill(response=await route.fetch(url=server.url + path, headers=headers))

    await chat.page.route("http://chat.example/**", forward)
    await chat.open("http://chat.example/")
    await chat.say("안녕")
    await expect(chat.last.locator(".badge")).to_have_count(0)
    server.on("왜?", from_model("그래서요."))
    await chat.say("왜?")
    badge = chat.last.locator(".badge")
    await expect(badge).to_be_visible()
    assert await badge.evaluate("badge => badge.tagName") == "SPAN"
    await chat.page.locator("#menu-button").click()
    await expect(chat.page.locator("#details")).to_be_hidden()


async def test_a_first_page_longer_than_the_window_is_read_from_its_top(open_chat):
    chat = await open_chat(viewport={"width": 390, "height": 420})
    await expect(chat.chips).to_have_count(3)
    assert await chat.log.evaluate("log => log.scrollHeight > log.clientHeight")
    assert await chat.log.evaluate("log => log.scrollTop") == 0
    await chat.say("안녕")
    await expect(chat.last).to_be_in_viewport()


async def test_a_starter_says_its_words_and_the_starters_go(chat, server):
    await chat.press("책 추천해 줘")
    assert await server.texts() == ["책 추천해 줘"]
    await expect(chat.chips).to_have_count(0)
    await expect(chat.input).to_be_focused()


async def test_a_message_and_its_answer(chat, server):
    server.on("안녕", reply("안녕하세요!", "무엇을 도와드릴까요?"))
    await chat.say("안녕")
    await chat.expect_texts("안녕", "안녕하세요!", "무엇을 도와드릴까요?")
    (request,) = server.requests
    assert re.fullmatch("[0-9a-f]{24}", request["sessionId"])
    assert request.items() >= {"text": "안녕", "botId": "PADOBOOKS1", "localeId": "ko_KR"}.items()


async def test_a_card_shows_picture_title_subtitle_and_at_most_five_buttons(chat, server):
    picture = f"{server.url}icon.svg"
    server.on(
        "카드",
        reply(
            card("기분", *[(f"{n}번", str(n)) for n in range(7)], subtitle="골라요", image=picture)
        ),
    )
    await chat.say("카드")
    await expect(chat.cards.locator(".card-title")).to_have_text("기분")
    await expect(chat.cards.locator(".card-subtitle")).to_have_text("골라요")
    await expect(chat.cards.locator("img")).to_have_attribute("src", picture)
    await expect(chat.cards.locator("button")).to_have_count(5)


async def test_the_chosen_button_stays_marked_and_the_others_rest(chat, server):
    server.on("책", reply("어떤 마음이세요?", card("기분", *MOODS), action="ElicitSlot"))
    server.on("모험", reply("좋아요."))
    await chat.say("책")
    await chat.press("두근두근 모험")
    assert await server.texts() == ["책", "모험"]
    await chat.expect_said("책", "두근두근 모험")
    chosen = chat.cards.get_by_role("button", name="두근두근 모험")
    await expect(chosen).to_have_attribute("aria-pressed", "true")
    await expect(chat.cards.get_by_role("button", name="잔잔한 이야기")).to_be_disabled()
    await chosen.click(force=True)
    assert await server.texts() == ["책", "모험"]
    await chat.reload()
    await expect(chat.cards.locator('[aria-pressed="true"]')).to_have_text("두근두근 모험")
    await chat.expect_said("책", "두근두근 모험")


async def test_typing_instead_puts_the_card_to_rest_and_marks_what_was_meant(chat, server):
    server.on("책", reply(card("기분", *MOODS), action="ElicitSlot"))
    await chat.say("책")
    await expect(chat.input).to_be_enabled()
    await chat.say("잔잔한 이야기")
    await expect(chat.cards.locator('[aria-pressed="true"]')).to_have_text("잔잔한 이야기")
    await expect(chat.cards.locator("button:disabled")).to_have_count(2)


async def test_cards_that_follow_each_other_stand_side_by_side(chat, server):
    server.on("책", reply(card("하나", ("고르기", "1")), card("둘", ("고르기", "2"))))
    await chat.say("책")
    one, two = [await chat.cards.nth(n).bounding_box() for n in range(2)]
    assert one["y"] == two["y"]
    assert one["x"] + one["width"] < two["x"]
    # The row can be scrolled by keyboard when its buttons are at rest.
    await chat.say("안녕")
    await expect(chat.cards.locator("button:disabled")).to_have_count(2)
    row = chat.page.get_by_role("group", name="카드", exact=True)
    await row.focus()
    await expect(row).to_be_focused()


async def test_a_confirmation_suggests_yes_and_no_in_the_bots_language(chat, server):
    server.on("예약", reply("예약할까요?", action="ConfirmIntent"))
    await chat.say("예약")
    await expect(chat.chips).to_have_text(["네", "아니요"])
    await chat.press("네")
    assert await server.texts() == ["예약", "네"]


async def test_after_a_task_one_quiet_row_says_what_may_come_next(chat, server):
    server.on("끝", reply("고맙습니다.", action="Close"))
    await chat.say("끝")
    next_steps = chat.page.locator(".next > *")
    await expect(next_steps).to_have_count(1)
    await expect(chat.chips).to_have_count(3)


async def test_after_a_task_that_ends_with_a_card_the_cards_own_buttons_are_enough(chat, server):
    again = card("또 할 일", ("추천", "책 추천해 줘"), ("끝내기", "끝"))
    server.on("끝", reply("고맙습니다.", again, action="Close"))
    await chat.say("끝")
    await expect(chat.cards.get_by_role("button")).to_have_count(2)
    await expect(chat.chips).to_have_count(0)
    await expect(chat.page.locator(".next > *")).to_have_count(0)


async def test_an_answer_of_the_model_is_no_end(chat, server):
    server.on("하늘은 왜 파래?", from_model("빛이 흩어져서요."))
    await chat.say("하늘은 왜 파래?")
    await expect(chat.page.locator(".next > *")).to_have_count(0)


@pytest.mark.parametrize(("choice", "left"), [("yes", ["안녕"]), ("erase", [])])
async def test_a_new_conversation_keeps_the_old_one_or_erases_it_everywhere(
    chat, server, choice, left
):
    await chat.say("안녕")
    (session,) = server.sessions
    await chat.page.locator("#fresh").click()
    await chat.page.get_by_role("button", name="취소").click()
    await expect(chat.said).to_have_count(1)
    await chat.page.locator("#fresh").click()
    await chat.page.locator(f'#confirm [value="{choice}"]').click()
    await expect(chat.said).to_have_count(0)
    await expect(chat.chips).to_have_count(3)
    await expect(chat.input).to_be_focused()
    await chat.say("다시 안녕")
    first, second = server.sessions
    assert [turn["text"] for turn in (await server.transcript(first))["turns"]] == left
    assert [turn["text"] for turn in (await server.transcript(second))["turns"]] == ["다시 안녕"]
    assert first == session


async def test_an_expired_session_is_told_on_reload(chat, server):
    await chat.say("안녕")
    await server.expire()
    await chat.reload()
    await expect(chat.page.locator("#expired")).to_be_visible()
    await expect(chat.said).to_have_count(1)
    await chat.page.locator("#expired-fresh").click()
    await expect(chat.said).to_have_count(0)
    await expect(chat.page.locator("#expired")).to_be_hidden()


async def test_an_expired_session_is_told_when_the_person_comes_back(new_page, server):
    page = await new_page()
    await page.clock.install()
    chat = Chat(page)
    await chat.open(server.url)
    await chat.say("안녕")
    await server.expire()
    await page.clock.fast_forward("10:00")
    await page.evaluate("dispatchEvent(new Event('focus'))")
    await expect(chat.page.locator("#expired")).to_be_visible()
    await chat.say("다시 왔어요")
    await expect(chat.page.locator("#expired")).to_be_hidden()


async def test_a_session_that_was_ended_elsewhere_is_told_when_the_person_comes_back(
    new_page, server
):
    page = await new_page()
    await page.clock.install()
    chat = Chat(page)
    await chat.open(server.url)
    await chat.say("안녕")
    await server.end_sessions()
    await page.clock.fast_forward("10:00")
    await page.evaluate("dispatchEvent(new Event('focus'))")
    await expect(chat.page.locator("#expired")).to_be_visible()


async def test_a_talk_that_goes_on_is_not_told_as_ended(new_page, server):
    page = await new_page()
    await page.clock.install()
    chat = Chat(page)
    await chat.open(server.url)
    await chat.say("안녕")
    async with page.expect_response("**/chat/sessions/*"):
        await page.clock.fast_forward("10:00")
        await page.evaluate("dispatchEvent(new Event('focus'))")
    await chat.say("다시 안녕")
    await expect(chat.page.locator("#expired")).to_be_hidden()


async def test_several_bots_keep_their_conversations_apart(chat, server):
    await chat.say("책방에서 한 말")
    await chat.page.locator("#identity").click()
    await expect(chat.page.locator("#picker legend")).to_have_text(["PadoBooks", "HelloWorldBot"])
    await chat.page.locator("#picker label").last.click()
    await expect(chat.page.locator("#name")).to_have_text("HelloWorldBot")
    await expect(chat.said).to_have_count(0)
    await chat.say("안녕")
    assert server.requests[-1]["botId"] == "HELLOWORLD"
    assert server.requests[-1]["sessionId"] != server.requests[0]["sessionId"]
    await chat.reload()
    await expect(chat.page.locator("#name")).to_have_text("HelloWorldBot")
    await chat.page.locator("#identity").click()
    await chat.page.locator("#picker label", has_text="한국어").first.click()
    await chat.expect_said("책방에서 한 말")


async def test_one_bot_in_one_language_offers_no_choice(open_chat):
    def one_bot(config):
        del config["bots"][0]
        config["default"] = {"botId": "HELLOWORLD", "localeId": "ko_KR"}

    chat = await open_chat(config=one_bot)
    await expect(chat.page.locator("#identity")).to_be_disabled()


async def test_a_long_talk_is_taken_up_whole_and_laid_out_at_once(chat, server):
    """Not once for each message: that is felt from some hundred on."""
    answer = "**답**이에요.\n\n1. 하나\n2. 둘\n\n```python\nprint(1)\n```"
    server.on("물음", from_model(answer))
    await chat.say("물음")
    await server.repeat_first_turn(149)
    await chat.page.goto("about:blank")
    session = await chat.page.context.new_cdp_session(chat.page)
    await session.send("Performance.enable")
    await chat.page.goto(server.url)
    await expect(chat.answers).to_have_count(150, timeout=60_000)
    await expect(chat.answers.last).to_be_in_viewport()
    told = (await session.send("Performance.getMetrics"))["metrics"]
    assert next(one["value"] for one in told if one["name"] == "LayoutCount") < 50


async def test_another_tab_shows_what_was_said_here(chat, server, open_chat):
    await chat.say("첫 마디")
    other = await open_chat(context=chat.page.context)
    await other.expect_said("첫 마디")
    await chat.say("둘째 마디")
    await expect(other.said).to_have_count(2)
