"""When something goes wrong: plain words, a code, a way on, and no endless spinner."""

import asyncio
import contextlib
import json
import re

import pytest
from playwright.async_api import TimeoutError as NotInTime
from playwright.async_api import expect
from tests.answers.quirks import QUIRKS
from tests.web.chat import Chat, until
from tests.web.edges import HookFails, from_model, reply

from daehwa import stores
from daehwa.answers.testing import Cut, Fail, Say


@pytest.mark.parametrize(
    ("refusal", "words"),
    [
        ((429, "ThrottlingException", ""), "지금 요청이 많아요"),
        ((409, "ConflictException", ""), "다른 요청이 처리되고 있어요"),
        ((500, "InternalServerException", ""), "서버에 문제가 생겼어요"),
        ((400, "ValidationException", "텍스트가 너무 길어요."), "텍스트가 너무 길어요."),
        ((403, "AccessDenied", ""), "보낼 수 없는 메시지예요"),
    ],
)
async def test_a_refusal_is_told_in_plain_words_with_code_and_request_id(
    chat, gateway, refusal, words
):
    gateway.refuse(*refusal)
    await chat.say("안녕")
    await expect(chat.problems).to_contain_text(words)
    await expect(chat.problems).to_contain_text(refusal[1])
    await expect(chat.problems).to_contain_text("req-refused")
    await expect(chat.typing).to_have_count(0)


async def test_a_refusal_whose_json_is_no_object_has_its_status_for_a_code(chat):
    refused = {"status": 400, "content_type": "application/json", "body": "null"}
    await chat.page.route("**/chat", lambda route: route.fulfill(**refused))
    await chat.say("안녕")
    await expect(chat.problems).to_contain_text("오류 400")


async def test_a_busy_server_says_how_long(chat, gateway):
    gateway.refuse(429, "ThrottlingException", **{"Retry-After": "7"})
    await chat.say("안녕")
    await expect(chat.problems).to_contain_text("7초 뒤에")


@pytest.mark.parametrize("refusal", [(503, "TooBusy"), (429, "TooManyRequests")])
async def test_what_a_busy_server_refused_is_sent_again_when_it_said(
    chat, server, gateway, refusal
):
    gateway.refuse(*refusal, times=2, **{"Retry-After": "1"})
    await chat.say("안녕")
    await expect(chat.problems).to_contain_text("1초 뒤에 다시 보낼게요")
    # Nobody presses a button.
    await expect(chat.bubbles).to_have_count(1)
    await chat.idle()
    await expect(chat.problems).to_have_count(0)
    await expect(chat.said).to_have_count(1)
    assert await server.texts() == ["안녕"]
    first, *others = server.requests
    assert others == [first] * 2, "the same message each time"


async def test_what_came_before_the_bot_is_learned_is_sent_again_and_the_page_says_why(
    chat, server
):
    """A stream has begun by then: what the status cannot say is in its last event."""
    fault = {"code": "BotNotReady", "message": "-", "requestId": "r", "retryAfter": 1}
    event = f"event: error\ndata: {json.dumps({'error': fault})}\n\n"
    streamed = {"content_type": "text/event-stream", "body": event}
    await chat.page.route("**/chat", lambda route: route.fulfill(**streamed), times=2)
    await chat.say("안녕")
    await expect(chat.problems).to_contain_text("봇을 아직 준비하고 있어요. 1초 뒤에 다시 보낼게요")
    await expect(chat.bubbles).to_have_count(1)
    await chat.idle()
    await expect(chat.problems).to_have_count(0)
    assert await server.texts() == ["안녕"]
    first, *others = server.requests
    assert others == [first] * 2, "the same message each time"


async def test_after_some_tries_it_is_left_to_the_person(chat, server, gateway):
    gateway.refuse(503, "TooBusy", times=4, **{"Retry-After": "1"})
    await chat.say("안녕")
    await expect(chat.problems).to_contain_text("1초 뒤에 다시 보내 주세요", timeout=20_000)
    assert len(server.requests) == 4
    await chat.page.locator('[data-act="retry"]').click()
    await expect(chat.bubbles).to_have_count(1)


async def test_a_message_that_the_person_takes_back_is_not_sent_again(chat, server, gateway):
    await chat.page.clock.install()
    gateway.refuse(503, "TooBusy", **{"Retry-After": "1"})
    await chat.say("안녕하세여")
    await chat.page.locator('[data-act="edit"]').click()
    await chat.say("다른 말")
    await expect(chat.bubbles).to_have_count(1)
    await chat.page.clock.fast_forward(2_000)
    assert await server.texts() == ["다른 말"]


async def test_who_says_something_else_sends_the_refused_message_when_they_like(
    chat, server, gateway
):
    gateway.refuse(503, "TooBusy", **{"Retry-After": "30"})
    await chat.say("안녕")
    await expect(chat.problems).to_contain_text("30초 뒤에 다시 보낼게요")
    await chat.say("다른 말")
    await expect(chat.problems).to_contain_text("30초 뒤에 다시 보내 주세요")
    await chat.page.locator('[data-act="retry"]').click()
    await expect(chat.problems).to_have_count(0)
    await chat.idle()
    assert await server.texts() == ["다른 말", "안녕"]


async def test_who_sends_again_while_another_answer_is_made_hears_when_they_can(
    chat, server, gateway, gate
):
    server.on("질문", from_model(gate, "네"))
    gateway.refuse(503)
    await chat.say("안녕")
    await chat.say("질문", wait=False)
    await expect(chat.typing).to_be_visible()
    await chat.page.locator('[data-act="retry"]').click()
    await expect(chat.page.locator("#toast")).to_have_text("답이 끝나면 보낼 수 있어요")
    gate.set()
    await chat.idle()
    assert await server.texts() == ["질문"]
    await chat.page.locator('[data-act="retry"]').click()
    await expect(chat.problems).to_have_count(0)
    await chat.idle()
    assert await server.texts() == ["질문", "안녕"]


async def test_what_was_refused_in_a_talk_that_was_left_waits_there(chat, server, gateway):
    await chat.page.clock.install()
    gateway.refuse(503, "TooBusy", **{"Retry-After": "5"})
    await chat.say("안녕")
    await expect(chat.problems).to_contain_text("5초 뒤에 다시 보낼게요")
    await chat.page.locator("#fresh").click()
    await chat.page.locator("#confirm .primary").click()
    await expect(chat.said).to_have_count(0)
    await chat.page.clock.fast_forward(6_000)
    await chat.say("새 이야기")
    assert await server.texts() == ["새 이야기"]
    await chat.page.locator("#talks-button").click()
    await chat.page.locator(".talk", has_text="안녕").click()
    await expect(chat.problems).to_contain_text("5초 뒤에 다시 보내 주세요")


async def test_nobody_is_made_to_wait_for_long(chat, gateway):
    gateway.refuse(429, "TooManyRequests", **{"Retry-After": "3600"})
    await chat.say("안녕")
    await expect(chat.problems).to_contain_text("3600초 뒤에 다시 보내 주세요")


async def test_a_failed_message_is_sent_again_as_the_same_message(chat, server, gateway):
    gateway.refuse(503, "Unavailable")
    await chat.say("안녕")
    await expect(chat.page.locator('[data-delivery="failed"]')).to_have_count(1)
    await chat.page.locator('[data-act="retry"]').click()
    await expect(chat.bubbles).to_have_count(1)
    await chat.idle()
    first, second = server.requests
    assert first == second
    assert await server.texts() == ["안녕"]
    await expect(chat.said).to_have_count(1)
    await expect(chat.problems).to_have_count(0)


async def test_tapping_a_failed_message_sends_it_again(chat, server, gateway):
    gateway.refuse(503)
    await chat.say("안녕")
    await chat.said.click()
    await expect(chat.bubbles).to_have_count(1)
    assert await server.texts() == ["안녕"]


async def test_sending_and_sent_are_told(chat, server, gateway, gate):
    server.on("질문", from_model(gate, "네"))
    gateway.held = asyncio.Event()
    await chat.say("질문", wait=False)
    delivery = chat.page.locator(".delivery")
    await expect(delivery).to_contain_text("보내는 중")
    gateway.held.set()
    await expect(delivery.locator("time")).to_have_text(re.compile("오[전후]"))
    gate.set()
    await chat.idle()


async def test_a_failed_message_can_be_edited(chat, gateway):
    gateway.refuse(503)
    await chat.say("안녕하세여")
    await chat.page.locator('[data-act="edit"]').click()
    await expect(chat.input).to_have_value("안녕하세여")
    await expect(chat.input).to_be_focused()
    await expect(chat.said).to_have_count(0)


async def test_a_failed_message_survives_a_reload_and_can_be_sent(chat, server, gateway):
    gateway.refuse(503)
    await chat.say("잃지 마")
    await chat.reload()
    await expect(chat.said).to_have_count(1)
    await chat.page.locator('[data-act="retry"]').click()
    await expect(chat.bubbles).to_have_count(1)
    assert await server.texts() == ["잃지 마"]


async def test_what_failed_stands_where_it_was_said_also_after_a_reload(chat, server, gateway):
    await chat.say("안녕")
    for text in ("둘", "넷", "다섯"):
        gateway.refuse(503)
        await chat.say(text)
        if text == "둘":
            await chat.say("셋")
    await chat.say("여섯")
    order = ["안녕", "둘", "셋", "넷", "다섯", "여섯"]
    await chat.expect_said(*order)
    await chat.reload()
    await chat.expect_said(*order)
    # What is sent at last is sent now, after all that the server has.
    await chat.page.locator('[data-act="retry"]').first.click()
    await chat.expect_said(*order[:1], *order[2:], "둘")
    await chat.idle()
    assert await server.texts() == ["안녕", "셋", "여섯", "둘"]
    # What is taken back leaves the rest as it stands.
    await chat.page.locator('[data-act="edit"]').first.click()
    left = ["안녕", "셋", "다섯", "여섯", "둘"]
    await chat.expect_said(*left)
    await chat.reload()
    await chat.expect_said(*left)


async def test_the_first_of_two_that_failed_is_sent_before_the_second(chat, server, gateway):
    gateway.refuse(503, times=2)
    for text in ("하나", "둘"):
        await chat.say(text)
    for answered in (1, 2):
        await chat.page.locator('[data-act="retry"]').first.click()
        await expect(chat.bubbles).to_have_count(answered)
        await chat.idle()
        await chat.reload()
        await chat.expect_said("하나", "둘")
    assert await server.texts() == ["하나", "둘"]


async def test_half_a_sign_at_the_end_of_a_text_is_sent(chat, server):
    await chat.input.evaluate("field => { field.value = '끊긴 \\ud83d'; }")
    await chat.input.press("Enter")
    await expect(chat.answers).to_have_count(1)
    await chat.idle()
    await expect(chat.problems).to_have_count(0)
    assert await server.texts() == ["끊긴 \ufffd"]


@pytest.mark.parametrize("left", ["1", '"x"', "[null]", '{"sessionId": 5}'])
async def test_what_someone_else_left_under_the_pages_keys_does_no_harm(chat, left):
    await chat.say("안녕")
    await chat.page.evaluate(
        "left => { for (const key of Object.keys(localStorage)) localStorage.setItem(key, left); }",
        left,
    )
    await chat.reload()
    await chat.say("다시 안녕")
    await expect(chat.problems).to_have_count(0)


async def test_a_model_that_breaks_off_leaves_what_came_and_can_be_asked_again(chat, server):
    server.on("질문", Cut("여기까지 그리고"))
    await chat.say("질문")
    await expect(chat.bubbles).to_have_text(["여기까지 그리고"])
    await expect(chat.last).to_contain_text("답이 중간에 끊겼어요")
    server.on("질문", Say("이번에는 돼요"))
    await chat.act("again").click()
    await expect(chat.bubbles).to_have_text(["이번에는 돼요"])
    await chat.say("그리고 봇은")
    assert await server.texts() == ["질문", "질문", "그리고 봇은"]


async def test_a_turn_that_fails_is_told_with_its_code_and_can_be_said_again(chat, server):
    server.on("고장", HookFails())
    await chat.say("고장")
    await expect(chat.problems).to_contain_text("DependencyFailedException")
    await expect(chat.problems).to_contain_text("요청 ")
    # In the person's language, which Lex's own words of a hook are not.
    await expect(chat.problems).to_contain_text("서버에 문제가 생겼어요")
    await expect(chat.problems).not_to_contain_text("Lambda")
    await chat.reload()
    await expect(chat.said).to_have_count(1)
    await expect(chat.problems).to_contain_text("DependencyFailedException")
    server.on("고장", reply("이번에는 돼요"))
    await chat.page.locator('[data-act="retry"]').click()
    await expect(chat.bubbles).to_have_text(["이번에는 돼요"])
    assert await server.texts() == ["고장"]


async def test_a_reply_that_says_why_there_is_no_answer_is_shown_as_what_went_wrong(chat, server):
    server.on("질문", Fail(401))
    await chat.say("질문")
    await expect(chat.bubbles).to_have_count(0)
    words = "언어 모델이 API 키를 거절했습니다."
    await expect(chat.problems).to_contain_text(words)
    await expect(chat.problems).to_contain_text("key_refused")
    (turn,) = await server.turns()
    await expect(chat.problems).to_contain_text(turn["reply"]["requestId"])
    await chat.reload()
    await expect(chat.problems).to_contain_text(words)
    server.on("질문", Say("이번에는 돼요"))
    await chat.page.locator('.answer [data-act="retry"]').click()
    await expect(chat.bubbles).to_have_text(["이번에는 돼요"])


async def test_a_stream_that_is_cut_is_taken_up_at_the_server(chat, server, gateway, gate):
    server.on("질문", from_model("여기까지", gate, " 그리고 더"))
    gateway.cut_after = "여기까지"
    await chat.say("질문", wait=False)
    await until(lambda: gateway.cut_after is None)
    gate.set()
    await chat.idle()
    await expect(chat.bubbles).to_have_text(["여기까지 그리고 더"])
    assert await server.texts() == ["질문"]


async def test_a_stream_that_is_cut_after_the_end_is_settled_from_the_servers_record(
    chat, server, gateway
):
    server.on("질문", Cut("여기까지 그리고"))
    gateway.cut_after = "여기까지"
    await chat.say("질문")
    await expect(chat.bubbles).to_have_text(["여기까지 그리고"])
    await expect(chat.last).to_contain_text("답이 중간에 끊겼어요")
    await expect(chat.act("again")).to_be_visible()


BROKEN_OFF = {"ko-KR": "답이 중간에 끊겼어요", "en-US": "The answer broke off here"}


@pytest.mark.parametrize("tongue", BROKEN_OFF)
async def test_a_server_killed_in_mid_stream_keeps_what_was_said_and_the_box_is_free(
    open_chat, mortal, gate, tongue
):
    chat = await open_chat(locale=tongue)
    mortal.on("질문", from_model("여기까지 ", gate))
    await chat.say("질문", wait=False)
    await expect(chat.bubbles).to_have_text(["여기까지"])
    await until(lambda: _is_kept(mortal, "여기까지"))
    mortal.serving.kill()
    await expect(chat.banner).to_be_visible()
    await expect(chat.send).to_have_attribute("data-act", "send")
    await chat.input.fill("그동안 쓴 말")
    await expect(chat.send).to_have_attribute("aria-disabled", "false")
    await expect(chat.bubbles).to_have_text(["여기까지"])
    await expect(chat.page.locator("#status")).to_have_attribute("data-state", "lost")
    await mortal.serving.start()
    # The new process sees that no process makes the answer any more, and nobody pressed a button.
    await expect(chat.last).to_contain_text(BROKEN_OFF[tongue])
    await expect(chat.page.locator("#expired")).to_be_hidden()
    await expect(chat.banner).to_be_hidden()
    await expect(chat.bubbles).to_have_text(["여기까지"])
    await expect(chat.input).to_have_value("그동안 쓴 말")
    # It has all that an answer has, as after a reload.
    await expect(chat.act("up")).to_be_visible()
    await expect(chat.last.locator(".meta time")).to_be_visible()
    # The same for whoever comes with a reload.
    await chat.reload()
    await expect(chat.bubbles).to_have_text(["여기까지"])
    await expect(chat.last).to_contain_text(BROKEN_OFF[tongue])
    gate.set()
    mortal.on("질문", from_model("이번에는 돼요"))
    await chat.page.locator('[data-act="once-more"]').click()
    await expect(chat.bubbles).to_have_text(["이번에는 돼요"])
    await expect(chat.said).to_have_count(1)
    assert await mortal.texts() == ["질문", "질문"]


async def _is_kept(server, words):
    """Whether the words so far are in the store."""
    async with server.serving.store() as store:
        turns = [turn for key in server.sessions for turn in await store.turns(key)]
    return any(words.encode() in (turn.draft or b"") for turn in turns)


async def test_a_reload_while_nobody_knows_yet_that_the_answer_is_lost_shows_what_was_said(
    chat, mortal, gate
):
    mortal.on("질문", from_model("여기까지 ", gate))
    await chat.say("질문", wait=False)
    await until(lambda: _is_kept(mortal, "여기까지"))
    # As it stands for some seconds after the server's death: another process may yet make it.
    key, message_id = mortal.sessions[0], mortal.requests[0]["messageId"]
    mortal.serving.kill()
    async with mortal.serving.store() as store:
        draft = (await store.turn(key, message_id)).draft
        held = stores.HeldTurn(key=key, message_id=message_id, draft=draft)
        await store.renew_turns([held], lease_seconds=40)
        await mortal.serving.start()
        await chat.reload()
        await expect(chat.bubbles).to_have_text(["여기까지"])
        await expect(chat.send).to_have_attribute("data-act", "send")
        await store.renew_turns([held], lease_seconds=0)
    await expect(chat.last).to_contain_text(BROKEN_OFF["ko-KR"])
    gate.set()


async def test_a_server_that_was_replaced_by_an_empty_one_says_so_and_the_screen_stays(
    chat, mortal, gate
):
    await chat.say("안녕")
    mortal.on("질문", from_model("여기까지 ", gate))
    await chat.say("질문", wait=False)
    await expect(chat.bubbles.last).to_have_text("여기까지")
    mortal.serving.kill()
    (mortal.serving.folder / "data").rename(mortal.serving.folder / "of the old server")
    await mortal.serving.start()
    await expect(chat.page.locator("#expired")).to_contain_text("서버에 이 대화가 남아 있지 않아요")
    before = ["안녕", "“안녕”라고 하셨네요.", "질문", "여기까지"]
    await chat.expect_texts(*before)
    await chat.say("다시 안녕")
    await chat.expect_texts(*before, "다시 안녕", "“다시 안녕”라고 하셨네요.")
    gate.set()


async def test_a_server_killed_before_a_message_gets_it_after_its_return(chat, mortal):
    await chat.say("안녕")
    mortal.serving.kill()
    announced = await chat.watch_announcements()
    await chat.say("그동안 쓴 말")
    await expect(chat.page.locator('[data-delivery="failed"]')).to_have_count(1)
    # Each says what only it can say: what became of the message, how it stands, what is done now.
    await expect(chat.problems.locator("p")).to_have_text(["보내지 못했어요"])
    await expect(chat.page.locator("#status-words")).to_have_text("연결이 끊겼어요")
    await expect(chat.banner).to_contain_text(re.compile("서버에 (연결할|다시 연결)"))
    urgent = [words for region, words in await announced() if region == "assertive"]
    assert len(urgent) == 2
    assert "보내지 못했어요" in urgent
    await mortal.serving.start()
    await _reconnect(chat)
    await chat.page.locator('.said [data-act="retry"]').click()
    await expect(chat.bubbles).to_have_count(2)
    await chat.reload()
    await chat.expect_said("안녕", "그동안 쓴 말")
    assert await mortal.texts() == ["안녕", "그동안 쓴 말"]


async def test_reconnecting_backs_off_and_needs_nobody(new_page, server):
    page = await new_page()
    await page.clock.install()
    chat = Chat(page)
    await chat.open(server.url)
    tried = []
    await page.route("**/chat/config*", lambda route: _refuse(route, tried))
    await page.evaluate("dispatchEvent(new Event('offline'))")
    await expect(chat.banner).to_be_visible()
    gaps = []
    for tries in range(1, 7):
        gaps.append(await _told_seconds(chat))
        await page.clock.run_for(gaps[-1] * 1000)
        await until(lambda tries=tries: len(tried) >= tries)
    assert gaps[0] <= 3
    assert gaps[-1] >= 20
    assert max(gaps) <= 37  # 30 s and a fifth
    last = await _told_seconds(chat)
    await page.unroute("**/chat/config*")
    await page.clock.run_for(last * 1000)
    await expect(chat.banner).to_be_hidden()


async def _reconnect(chat):
    """Wait until the page has found its server, by the button unless it was faster on its own."""
    with contextlib.suppress(NotInTime):
        await chat.page.locator("#reconnect").press("Enter", timeout=5000)
    await expect(chat.banner).to_be_hidden(timeout=40_000)
    # The button goes with the banner; who pressed it by keyboard is still in the talk.
    assert await chat.page.evaluate("document.activeElement !== document.body")


async def _told_seconds(chat):
    """In how many seconds the page says that it will try again."""
    told = re.compile("([0-9]+)초 뒤에")
    await expect(chat.banner).to_contain_text(told)
    return int(told.search(await chat.banner.inner_text())[1])


async def _refuse(route, tried):
    tried.append(route.request.url)
    await route.abort()


async def test_whoever_waits_for_an_answer_is_connected_again_soon(new_page, server, gateway, gate):
    page = await new_page()
    await page.clock.install()
    chat = Chat(page)
    await chat.open(gateway.url)
    server.on("질문", from_model("여기까지 ", gate))
    await chat.say("질문", wait=False)
    await expect(chat.bubbles).to_have_text(["여기까지"])
    tried = []
    await page.route("**/chat/config*", lambda route: _refuse(route, tried))
    await gateway.down()
    await page.clock.run_for(1000)
    await expect(chat.banner).to_be_visible()
    # Without somebody who waits, the pause would double each time.
    for tries in range(1, 9):
        await until(chat.banner.is_visible)
        await page.clock.run_for(2000)
        await until(lambda tries=tries: len(tried) >= tries)
    gate.set()


async def test_a_server_that_falls_silent_is_given_up(new_page, server, gateway):
    page = await new_page()
    await page.clock.install()
    chat = Chat(page)
    await chat.open(gateway.url)
    # Half open: the request is taken, and nothing ever comes back.
    gateway.held = asyncio.Event()
    await chat.say("질문", wait=False)
    await expect(chat.typing).to_be_visible()
    await page.clock.run_for(9000)
    await expect(chat.typing).to_contain_text("조금 오래 걸리고 있어요")
    gateway.refuse(500, times=9)
    await page.clock.run_for(46_000)
    await page.clock.run_for(2000)
    await expect(chat.problems).to_contain_text("답이 너무 오래 오지 않아")
    await expect(chat.typing).to_have_count(0)


async def test_the_page_opens_when_the_server_comes_later(new_page, server):
    page = await new_page()
    await page.route("**/chat/config*", lambda route: route.abort())
    await page.goto(server.url)
    chat = Chat(page)
    await expect(chat.banner).to_be_visible()
    await page.unroute("**/chat/config*")
    await chat.ready()
    await chat.say("안녕")
    assert await server.texts() == ["안녕"]


async def _held(page, addresses):
    """Hold the requests to these addresses until the event that this gives is set."""
    gate = asyncio.Event()

    async def hold(route):
        await gate.wait()
        await route.continue_()

    await page.route(addresses, hold)
    return gate


async def test_what_is_typed_before_the_page_is_ready_is_not_lost(new_page, server):
    page = await new_page()
    gate = await _held(page, "**/chat/config*")
    await page.goto(server.url)
    chat = Chat(page)
    await chat.input.fill("미리 쓴 말")
    gate.set()
    await chat.ready()
    await expect(chat.input).to_have_value("미리 쓴 말")
    assert await server.texts() == []


async def test_a_draft_survives_failure_and_reload(chat, gateway):
    gateway.refuse(503)
    await chat.say("첫 말")
    await chat.input.fill("쓰다 만 말")
    await chat.reload()
    await expect(chat.input).to_have_value("쓰다 만 말")


async def test_a_failure_to_restore_is_told_and_tried_again(chat, gateway):
    await chat.say("안녕")
    gateway.refuse(503)
    await chat.page.reload()
    await expect(chat.banner).to_be_visible()
    await expect(chat.said).to_have_count(1)
    await expect(chat.banner).to_be_hidden()


# One of each kind: streams, ends, thoughts, contents, and pages that are no answers.
PLAYED = [
    quirk
    for quirk in QUIRKS
    if quirk.name
    in (
        "lone cr between events",
        "finish_reason is an empty text throughout",
        "content as parts in a stream",
        "think tags in the text",
        "a captive portal that says it is JSON",
        "an error in a list, with 200",
    )
]


@pytest.mark.parametrize("quirk", PLAYED, ids=lambda quirk: quirk.name)
async def test_what_a_real_endpoint_does_reaches_the_page_right(chat, edges, quirk):
    edges.on("무슨 일이야?", quirk)
    await chat.say("무슨 일이야?")
    await chat.idle()
    if isinstance(quirk.right, str):
        await expect(chat.bubbles).to_have_text([quirk.right])
    else:
        line = quirk.right("").line("ko_KR")
        await expect(chat.page.locator("main")).to_contain_text(line.split(".")[0])
