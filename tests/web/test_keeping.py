"""What can be done with what was said: copying, downloading, rating, looking behind it."""

import json
import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import expect
from tests.web.chat import FILL_STORAGE
from tests.web.edges import card, from_model, reply
from tests.web.wire import play

from daehwa.care import testing

CODE = "```python\nprint('파도')\n```"


async def allowed_clipboard(chat):
    await chat.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    return lambda: chat.page.evaluate("navigator.clipboard.readText()")


async def test_a_message_is_copied_as_the_model_wrote_it(chat, server):
    pasted = await allowed_clipboard(chat)
    server.on("질문", from_model("**굵게** 답해요"))
    await chat.say("질문")
    await chat.act("copy").click()
    await expect(chat.page.locator("#toast")).to_have_text("복사했어요")
    assert await pasted() == "**굵게** 답해요"


async def test_code_is_copied_alone(chat, server):
    pasted = await allowed_clipboard(chat)
    server.on("코드", from_model(f"이렇게요.\n\n{CODE}"))
    await chat.say("코드")
    await chat.page.get_by_role("button", name="코드 복사").click()
    await expect(chat.page.locator(".code-copy-label")).to_have_text("복사했어요")
    assert await pasted() == "print('파도')"


async def test_copying_works_without_the_clipboard_interface(chat, server):
    pasted = await allowed_clipboard(chat)
    await chat.say("안녕")
    await chat.page.evaluate(
        "() => { navigator.clipboard.writeText = () => Promise.reject(new Error('insecure')); }"
    )
    await chat.act("copy").click()
    await expect(chat.page.locator("#toast")).to_have_text("복사했어요")
    assert await pasted() == "“안녕”라고 하셨네요."


@pytest.mark.parametrize("form", ["txt", "md", "json"])
async def test_the_transcript_downloads(chat, server, form):
    server.on("카드", reply("골라요", card("기분", ("하나", "1"), subtitle="하나만")))
    server.on("질문", from_model(f"**굵게**\n\n{CODE}"))
    await chat.say("카드")
    await chat.press("하나")
    await chat.say("질문")
    await chat.page.locator("#menu-button").click()
    async with chat.page.expect_download() as download:
        await chat.page.locator(f'#menu [data-format="{form}"]').click()
    file = await download.value
    assert file.suggested_filename.endswith(f".{form}")
    text = (await file.path()).read_text()
    if form == "json":
        talk = json.loads(text)
        assert [turn["text"] for turn in talk["turns"]] == ["카드", "1", "질문"]
        assert talk["turns"][1]["label"] == "하나"
        assert talk["turns"][2]["answers"][0]["reply"]["source"] == "chatgpt"
    elif form == "md":
        assert text.startswith("# PadoBooks\n")
        assert f"**굵게**\n\n{CODE}" in text
        assert "> 하나" in text
    else:
        assert "나: 하나" in text
        assert "PadoBooks (봇): 골라요\n기분\n하나만\n- 하나" in text
        assert "PadoBooks (ChatGPT · gpt-4o-mini): 굵게\nprint('파도')" in text


async def test_the_transcript_has_the_persons_own_time_and_marks_what_was_stopped(
    open_chat, server, gate
):
    chat = await open_chat(timezone_id="Asia/Seoul")
    server.on("질문", from_model("여기까지", gate, " 그리고 더"))
    await chat.say("질문", wait=False)
    await expect(chat.bubbles).to_have_text(["여기까지"])
    await chat.send.click()
    await chat.idle()
    await chat.page.locator("#menu-button").click()
    async with chat.page.expect_download() as download:
        await chat.page.locator('#menu [data-format="txt"]').click()
    text = (await (await download.value).path()).read_text()
    assert "(Asia/Seoul)에 내려받음" in text
    assert "여기서 멈췄어요): 여기까지" in text
    told = re.search(r"\[(.+?)\] 나: 질문", text)[1]
    there = datetime.fromisoformat(told).replace(tzinfo=ZoneInfo("Asia/Seoul"))
    assert abs(datetime.now(UTC) - there) < timedelta(minutes=10)


async def test_the_transcript_says_what_was_not_sent(chat, gateway):
    gateway.refuse(500)
    await chat.say("안 간 말")
    await chat.page.locator("#menu-button").click()
    async with chat.page.expect_download() as download:
        await chat.page.locator('#menu [data-format="txt"]').click()
    text = (await (await download.value).path()).read_text()
    assert "PadoBooks (보내지 못했어요)" in text


async def feedback(server):
    """What the server has of the person's opinion of the one answer."""
    (turn,) = await server.turns()
    return turn["feedback"]


async def test_thumbs_are_stored_with_the_turn_with_an_optional_word(chat, server):
    await chat.say("안녕")
    await chat.act("up").click()
    await expect(chat.act("up")).to_have_attribute("aria-pressed", "true")
    assert await feedback(server) == {"rating": "up", "comment": None}
    await chat.page.locator(".comment input").fill("친절해요")
    await chat.page.locator(".comment").get_by_role("button", name="보내기").click()
    await expect(chat.page.locator(".comment")).to_have_text("고마워요. 잘 받았어요.")
    assert await feedback(server) == {"rating": "up", "comment": "친절해요"}
    await chat.reload()
    await expect(chat.act("up")).to_have_attribute("aria-pressed", "true")
    await expect(chat.page.locator(".comment")).to_have_text("남긴 말: 친절해요")
    await chat.act("down").click()
    await expect(chat.act("down")).to_have_attribute("aria-pressed", "true")
    await expect(chat.act("up")).to_have_attribute("aria-pressed", "false")
    await chat.act("down").click()
    await expect(chat.act("down")).to_have_attribute("aria-pressed", "false")
    await expect(chat.page.locator(".comment")).to_have_text("")
    assert await feedback(server) is None


async def test_who_goes_on_without_a_comment_is_no_more_asked_for_one(chat):
    field = chat.page.locator(".comment input")
    await chat.say("하나")
    await chat.act("up").click()
    await expect(field).to_be_visible()
    await chat.say("둘")
    await expect(field).to_have_count(0)
    await chat.act("down").click()
    await field.fill("쓰다 만 말")
    await chat.say("셋")
    await expect(field).to_have_value("쓰다 만 말")


async def test_a_rating_that_cannot_be_stored_is_not_shown_as_given(chat, gateway):
    await chat.say("안녕")
    gateway.refuse(503)
    await chat.act("up").click()
    await expect(chat.page.locator("#toast")).to_have_text("평가를 남기지 못했어요")
    await expect(chat.act("up")).to_have_attribute("aria-pressed", "false")


@pytest.mark.parametrize(
    ("model", "badge"),
    [
        ("gpt-4o-mini", "ChatGPT · gpt-4o-mini"),
        ("llama-3.1-8b", "AI 모델 · llama-3.1-8b"),
    ],
)
async def test_an_answer_of_a_model_says_which(chat, server, model, badge):
    server.on("질문", from_model("답", model=model))
    await chat.say("질문")
    await expect(chat.act("details")).to_have_text(badge)


async def test_an_answer_of_the_bot_says_of_which_intent(chat, server):
    server.on("끝", reply("고맙습니다.", action="Close"))
    await chat.say("끝")
    await expect(chat.act("details")).to_have_text("봇 · Greeting")


@pytest.mark.parametrize(
    ("source", "badge"), [("embedded", "오프라인 모델"), ("document", "문서에서 찾은 답")]
)
async def test_each_other_source_has_its_name(chat, source, badge):
    await play(chat, "질문", "답", source=source, model="qwen2.5-coder")
    await chat.say("질문")
    await expect(chat.act("details")).to_have_text(badge)


async def test_the_offline_model_is_named_once_by_its_notice(chat):
    notice = "작은 오프라인 모델이 답했어요."
    await play(chat, "질문", "답", source="embedded", notice=notice)
    await chat.say("질문")
    await expect(chat.act("details")).to_have_text(notice)
    await expect(chat.page.get_by_text("오프라인")).to_have_count(1)


async def test_the_drawer_shows_intent_slots_scores_and_timing(chat, server):
    slots = {
        "City": {
            "value": {
                "originalValue": "서울시",
                "interpretedValue": "서울",
                "resolvedValues": ["서울"],
            }
        },
        "Days": {
            "shape": "List",
            "values": [
                {"value": {"interpretedValue": "월"}},
                {"value": {"interpretedValue": "화"}},
            ],
        },
    }
    server.on("예약", reply("언제요?", action="ElicitSlot", slots=slots))
    await chat.say("예약")
    await chat.act("details").click()
    (turn,) = await server.turns()
    best, *others = turn["reply"]["interpretations"]
    for words in (
        "Reserve",
        "ElicitSlot",
        "서울 ← “서울시”",
        "월, 화",
        "비어 있음",
        f"{best['nluConfidence']['score']:.2f}",
        turn["reply"]["requestId"],
    ):
        await expect(chat.drawer).to_contain_text(words)
    times = chat.drawer.get_by_text(re.compile(r"^[0-9.]+ ms$"))
    await expect(times).to_have_count(2)
    scored = [best, *(one for one in others if "nluConfidence" in one)]
    await expect(chat.drawer.locator("meter")).to_have_count(len(scored))
    server.on("끝", reply("고맙습니다.", action="Close"))
    await chat.say("끝")
    await expect(chat.drawer).to_contain_text("Greeting")
    await chat.page.locator("#drawer-close").click()
    await expect(chat.drawer).to_be_hidden()


async def test_a_talk_is_saved_as_a_test_that_reads_as_one(chat, tmp_path):
    await chat.say("안녕")
    await chat.act("details").click()
    async with chat.page.expect_download() as saving:
        await chat.drawer.get_by_role("button", name="테스트로 저장").click()
    file = tmp_path / "talk.yaml"
    await (await saving.value).save_as(file)
    assert (await saving.value).suggested_filename.endswith(".yaml")
    [conversation] = testing.read_conversations([file])
    assert [turn.text for turn in conversation.turns] == ["안녕"]


async def test_the_drawer_says_which_bots_serve_their_old_build(chat, server):
    """The shape is that of /readyz, of which tests/server/test_health.py has the real one."""
    broken = {"ready": True, "oldBuilds": {"PadoBooks": "Bot.json: line 3: a comma is missing"}}
    await chat.page.route("**/readyz", lambda route: route.fulfill(json=broken))
    await chat.say("안녕")
    await chat.act("details").click()
    warning = chat.drawer.locator(".old-builds")
    await expect(warning).to_contain_text("옛 빌드로 답하는 봇")
    await expect(warning).to_contain_text("PadoBooks: Bot.json: line 3: a comma is missing")
    # Once it is mended, the next answer says no more of it.
    await chat.page.unroute("**/readyz")
    await chat.say("안녕")
    await expect(warning).to_have_count(0)


async def test_a_talk_is_there_after_a_reload_though_the_storage_is_full(chat, server):
    await chat.page.evaluate(FILL_STORAGE)
    await chat.say("가득 찼어요")
    await chat.reload()
    await chat.expect_said("가득 찼어요")
    await chat.say("그래도 이어져요")
    assert len(server.sessions) == 1


async def test_ones_own_words_are_dragged_to_wherever_the_page_is(chat):
    """Beside the box as well, and without what only screen readers get."""
    await chat.say("끌어다 놓을 말")
    await chat.said.evaluate("one => getSelection().selectAllChildren(one)")
    box = await chat.said.bounding_box()
    await chat.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    await chat.page.mouse.down()
    await chat.page.mouse.move(600, 300, steps=5)
    await chat.page.mouse.up()
    await expect(chat.input).to_have_value("끌어다 놓을 말")
