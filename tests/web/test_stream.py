"""Answers that come in pieces: typing, steady formatting, stopping, asking again, reloading."""

import asyncio
from itertools import pairwise

import pytest
from playwright.async_api import expect
from tests.web.chat import until
from tests.web.edges import from_model, reply

LONG = """**파도**가 치는 까닭은 세 가지예요.

1. *바람*이 물을 밀어요.
2. `달`이 물을 당겨요.
3. 땅이 흔들려요.

| 까닭 | 얼마나 |
|---|---:|
| 바람 | 자주 |
| 달 | 날마다 |

```python
print("파도")
```

더 볼 곳: [파도](https://example.com/wave) 그리고 ~~거짓~~ 참."""


async def test_a_typing_indicator_shows_before_the_first_piece(chat, server, gate):
    server.on("질문", from_model(gate, "답"))
    await chat.say("질문", wait=False)
    await expect(chat.typing).to_be_visible()
    gate.set()
    await chat.idle()
    await expect(chat.typing).to_have_count(0)
    await expect(chat.bubbles).to_have_text(["답"])


async def test_the_typing_indicator_is_there_in_the_frame_of_sending(chat, server, gate):
    server.on("질문", from_model(gate, "답"))
    await chat.input.fill("질문")
    shown = await chat.page.evaluate(
        """() => new Promise(done => {
          document.getElementById("send").click();
          const look = () => done(document.querySelector(".waiting:not([hidden])") !== null);
          requestAnimationFrame(() => requestAnimationFrame(look));
        })"""
    )
    assert shown
    gate.set()
    await chat.idle()


async def test_an_honest_line_tells_what_is_going_on(chat, server, gate):
    server.on("문서", from_model(gate, "찾음"))
    await chat.say("문서", wait=False)
    await expect(chat.typing).to_contain_text("답변을 쓰고 있어요.")
    gate.set()
    await chat.idle()
    await expect(chat.act("details")).to_have_text("ChatGPT · gpt-4o-mini")


async def test_a_piece_is_painted_as_it_comes(chat, server, gate):
    server.on("질문", from_model("첫 조각", gate, " 둘째 조각"))
    await chat.say("질문", wait=False)
    await expect(chat.bubbles).to_have_text(["첫 조각"])
    await expect(chat.send).to_have_attribute("data-act", "stop")
    gate.set()
    await chat.idle()
    await expect(chat.bubbles).to_have_text(["첫 조각 둘째 조각"])


async def _more_than(chat, frames):
    return len(await chat.page.evaluate("sizes")) > frames


async def _ended(chat):
    """The sizes frame by frame, once a frame of the end is among them."""
    sizes = await chat.page.evaluate("sizes")
    return sizes if sizes[-1][0] == "done" else None


async def test_formatting_stays_while_text_streams_and_nothing_jumps_at_the_end(chat, server, gate):
    pieces = [LONG[at : at + 3] for at in range(0, len(LONG), 3)]
    server.on("파도", from_model(*[step for piece in pieces for step in (piece, 0.012)], gate))
    await chat.page.evaluate(
        """() => {
          window.marks = []; window.tops = []; window.sizes = [];
          const look = () => {
            const bubble = document.querySelector(".answer .bubble.markdown");
            if (bubble) {
              const shown = bubble.cloneNode(true);
              shown.querySelectorAll("pre, code").forEach(one => one.remove());
              const text = shown.textContent;
              if (/\\*\\*|\\*[^ ]|~~|\\]\\(|\\|/.test(text)) marks.push(text);
              const state = bubble.closest(".answer").dataset.state;
              sizes.push([state, bubble.getBoundingClientRect().height]);
            }
            requestAnimationFrame(look);
          };
          look();
        }"""
    )
    await chat.page.evaluate("moduleOf('words.js').then(words => words.loadMarkdown())")
    await chat.say("파도", wait=False)
    await expect(chat.bubbles).to_contain_text("거짓 참.")
    # The whole text has been seen as it streamed in; now comes the end.
    seen = len(await chat.page.evaluate("sizes"))
    await until(lambda: _more_than(chat, seen + 1))
    gate.set()
    await chat.idle()
    assert await chat.page.evaluate("marks") == []
    sizes = await until(lambda: _ended(chat))
    heights = [height for _, height in sizes]
    assert all(later >= earlier - 1 for earlier, later in pairwise(heights))
    streamed = [size for size in sizes if size[0] == "streaming"]
    ended = [size for size in sizes if size[0] == "done"]
    assert abs(streamed[-1][1] - ended[-1][1]) < 1
    await expect(chat.last.locator("table tr")).to_have_count(3)
    await expect(chat.last.locator("li")).to_have_count(3)


async def test_no_bare_marks_show_while_markdown_is_still_being_fetched(chat, server, gate):
    fetched = asyncio.Event()

    async def hold(route):
        await fetched.wait()
        await route.continue_()

    await chat.page.route("**/markdown.js", hold)
    answer = "**파도**는 `달`이 ~~밀고~~ [당겨요](https://example.com/)."
    server.on("파도", from_model(answer[:28], gate, answer[28:]))
    await chat.say("파도", wait=False)
    await expect(chat.bubbles).to_have_text(["파도는 달이 밀고 당겨요"])
    fetched.set()
    gate.set()
    await chat.idle()
    await expect(chat.bubbles.locator("strong")).to_have_text("파도")
    await expect(chat.bubbles.locator("a")).to_have_text("당겨요")


async def test_markdown_is_fetched_before_a_models_first_words_come(chat, server, gate):
    server.on("파도", from_model(gate, "**파도**예요."))
    async with chat.page.expect_response("**/markdown.js"):
        await chat.say("파도", wait=False)
    await expect(chat.typing).to_be_visible()
    gate.set()
    await chat.idle()
    await expect(chat.bubbles.locator("strong")).to_have_text("파도")


async def test_a_text_stays_as_written_where_markdown_cannot_be_fetched(chat, server):
    await chat.page.route("**/markdown.js", lambda route: route.abort())
    server.on("파도", from_model("**파도**예요."))
    await chat.say("파도")
    await expect(chat.bubbles).to_have_text(["**파도**예요."])


async def test_blocks_that_are_finished_keep_their_elements(chat, server, gate):
    server.on("글", from_model("첫 문단이에요.\n\n둘째", gate, " 문단이에요."))
    await chat.say("글", wait=False)
    await expect(chat.bubbles.locator("p")).to_have_count(2)
    await chat.page.evaluate("window.first = document.querySelector('.bubbles p')")
    gate.set()
    await chat.idle()
    assert await chat.page.evaluate(
        "first === document.querySelector('.bubbles p') && first.isConnected"
    )


async def test_stop_keeps_the_partial_text_and_closes_the_request(chat, server, gate):
    server.on("길게", from_model("여기까지 썼어요", gate))
    abandoned = server.edges.abandoned
    await chat.say("길게", wait=False)
    await expect(chat.bubbles).to_have_text(["여기까지 썼어요"])
    await expect(chat.send).to_have_attribute("aria-label", "멈추기")
    await chat.send.click()
    await chat.idle()
    await expect(chat.bubbles).to_have_text(["여기까지 썼어요"])
    await expect(chat.last).to_contain_text("여기서 멈췄어요")
    await until(lambda: server.edges.abandoned > abandoned)
    await until(lambda: _has_reply(server))
    await chat.reload()
    await expect(chat.bubbles).to_have_text(["여기까지 썼어요"])
    await expect(chat.last).to_contain_text("여기서 멈췄어요")


CUT = {
    "a link": ("가 볼 곳은 [해운대](https://www.example.org/ko/hae", "가 볼 곳은 해운대"),
    "an address": ("가 볼 곳은 https://www.example.org/ko/hae", "가 볼 곳은"),
    "an address in brackets": ("가 볼 곳은 <https://www.example.org/ko/hae", "가 볼 곳은"),
    "bold words": ("오늘은 **정말 맑", "오늘은 정말 맑"),
    "code": ("이렇게 `print", "이렇게 print"),
    "words between underscores": ("이건 __굵은 snake_case", "이건 굵은 snake_case"),
}


@pytest.mark.parametrize(("text", "shown"), CUT.values(), ids=CUT)
async def test_a_stopped_answer_is_drawn_as_it_was_when_it_grew(chat, server, gate, text, shown):
    server.on("길게", from_model(text, gate))
    await chat.say("길게", wait=False)
    await expect(chat.bubbles).to_have_text([shown])
    await chat.send.click()
    await chat.idle()
    for _ in range(2):
        await expect(chat.bubbles).to_have_text([shown])
        await expect(chat.bubbles.locator("a")).to_have_count(0)
        await until(lambda: _has_reply(server))
        await chat.reload()


async def _has_reply(server):
    return (await server.turns())[0].get("reply")


async def test_escape_stops_too_also_before_anything_came(chat, server, gate):
    server.on("길게", from_model(gate))
    await chat.say("길게", wait=False)
    await expect(chat.typing).to_be_visible()
    await chat.page.keyboard.press("Escape")
    await chat.idle()
    await expect(chat.last).to_contain_text("답하기 전에 멈췄어요")
    await expect(chat.typing).to_have_count(0)
    await expect(chat.input).to_be_focused()


async def test_a_double_click_sends_and_does_not_stop(chat, server, gate):
    server.on("질문", from_model("여기까지", gate, " 그리고 더"))
    await chat.input.fill("질문")
    await chat.send.dblclick()
    gate.set()
    await expect(chat.bubbles).to_have_text(["여기까지 그리고 더"])


async def test_enter_while_an_answer_runs_keeps_the_draft(chat, server, gate):
    server.on("질문", from_model("쓰는", gate, " 중"))
    await chat.say("질문", wait=False)
    await expect(chat.bubbles).to_have_count(1)
    await chat.input.fill("다음 말")
    await chat.input.press("Enter")
    await expect(chat.input).to_have_value("다음 말")
    gate.set()
    await chat.idle()
    await chat.input.press("Enter")
    await expect(chat.said).to_have_count(2)
    await chat.idle()
    assert await server.texts() == ["질문", "다음 말"]


async def test_asking_again_gives_one_new_answer_and_keeps_the_old(chat, server):
    server.on("시", from_model("첫 번째 시"))
    await chat.say("시")
    server.on("시", from_model("두 번째 시"))
    await chat.act("again").click()
    await expect(chat.bubbles).to_have_text(["두 번째 시"])
    await chat.idle()
    await expect(chat.said).to_have_count(1)
    await expect(chat.last.locator(".pager")).to_contain_text("2/2")
    await chat.act("left").click()
    await expect(chat.bubbles).to_have_text(["첫 번째 시"])
    await chat.act("right").click()
    await expect(chat.bubbles).to_have_text(["두 번째 시"])
    await chat.reload()
    await expect(chat.said).to_have_count(1)
    await expect(chat.bubbles).to_have_text(["두 번째 시"])
    await expect(chat.last.locator(".pager")).to_contain_text("2/2")
    first, second = server.requests
    assert first["messageId"] != second["messageId"]


async def test_the_bots_own_answers_are_not_asked_again(chat, server):
    server.on("주문", reply("몇 권이요?", action="ElicitSlot"))
    await chat.say("주문")
    await expect(chat.act("again")).to_have_count(0)


async def test_reload_restores_the_conversation_at_once(chat, server):
    server.on("하나", from_model("**하나**예요"))
    await chat.say("하나")
    await chat.say("둘")
    before = await chat.texts()
    await chat.reload()
    await chat.expect_texts(*before)
    assert len(server.requests) == 2


async def test_reload_in_the_middle_of_an_answer_ends_with_the_whole_text_once(chat, server, gate):
    server.on("길게", from_model("앞부분 ", gate, "뒷부분"))
    await chat.say("길게", wait=False)
    await expect(chat.bubbles).to_have_text(["앞부분"])
    await chat.reload()
    await expect(chat.bubbles).to_have_text(["앞부분"])
    await expect(chat.send).to_have_attribute("data-act", "stop")
    gate.set()
    await chat.idle()
    await chat.expect_texts("길게", "앞부분 뒷부분")
    assert [(turn["text"], turn["state"]) for turn in await server.turns()] == [("길게", "done")]


async def test_looking_at_another_bot_lets_the_answer_go_on(chat, server, gate):
    server.on("길게", from_model("앞부분 ", gate, "뒷부분"))
    await chat.say("길게", wait=False)
    await expect(chat.bubbles).to_have_text(["앞부분"])
    await chat.page.locator("#identity").click()
    await chat.page.locator("#picker label").last.click()
    await expect(chat.said).to_have_count(0)
    await expect(chat.send).to_have_attribute("data-act", "send")
    await chat.page.locator("#identity").click()
    await chat.page.locator("#picker label", has_text="한국어").first.click()
    await expect(chat.bubbles).to_have_text(["앞부분"])
    gate.set()
    await expect(chat.bubbles).to_have_text(["앞부분 뒷부분"])
    assert await server.texts() == ["길게"]


async def test_an_answer_without_a_stream_is_shown_whole(chat, server, gateway):
    gateway.drops_accept = True
    server.on("질문", from_model("한 번에 왔어요"))
    await chat.say("질문")
    await expect(chat.bubbles).to_have_text(["한 번에 왔어요"])


async def test_pieces_split_anywhere_on_the_wire_make_whole_syllables(chat, server, gateway):
    gateway.bits = 7  # bytes: splits syllables and lines
    server.on("질문", from_model("가나다라마바사", "😀👨‍👩‍👧"))
    await chat.say("질문")
    await expect(chat.bubbles).to_have_text(["가나다라마바사😀👨‍👩‍👧"])


async def test_a_question_in_mid_slot_is_answered_and_the_prompt_follows(chat, server, gate):
    server.on("책", reply("어떤 마음이세요?", action="ElicitSlot"))
    server.on("잠깐, 주차 되나요?", from_model("뒤편에 ", gate, "있어요."))
    await chat.say("책")
    await chat.say("잠깐, 주차 되나요?", wait=False)
    answer = chat.page.locator(".answer").last
    await expect(answer.locator(".bubble.markdown")).to_have_text(["뒤편에 "])
    await answer.locator(".bubble.markdown").evaluate("bubble => { bubble.grew = true; }")
    gate.set()
    await chat.idle()
    await expect(answer.locator(".bubble.markdown")).to_have_text(
        ["뒤편에 있어요.", "어떤 마음이세요?"]
    )
    # What was read as it came stays where it is.
    assert await answer.locator(".bubble.markdown").first.evaluate("bubble => bubble.grew === true")
