"""A turn, end to end: understood, moved, answered, stored."""

import asyncio
import json
import sqlite3
from contextlib import closing

import pytest

from daehwa import lex, stores
from daehwa.answers.errors import KeyRefused
from daehwa.chat import Caller, ChatError, ChatRequest, SessionReference
from daehwa.conversation import Address, StateChange, Utterance

from .conftest import ScriptedAnswerer

HELLO = Address("HELLOWORLD", "TSTALIASID", "ko_KR", "visitor-1")
SESSION = SessionReference(session_id="visitor-1", bot_id="HELLOWORLD", locale_id="ko_KR")


def said(text, **more):
    return ChatRequest(text=text, session_id="visitor-1", bot_id="HELLOWORLD", **more)


async def recognize(runtime, text, address=HELLO, **more):
    return await runtime.lex.recognize(address, Utterance(text=text, request_id="0b1c", **more))


async def test_the_helloworld_conversation_goes_from_greeting_to_closing(running):
    async with running() as runtime:
        first = await recognize(runtime, "안녕")
        assert [m.content for m in first.messages] == [
            "제 이름은 Lex입니다. 당신의 이름은 무엇 입니까?"
        ]
        second = await recognize(runtime, "홍길동")
        assert [m.content for m in second.messages] == ["당신의 이름은 홍길동입니까?"]
        third = await recognize(runtime, "네")
        assert [m.content for m in third.messages] == [
            "반갑습니다. 홍길동님.",
            "HelloWorld 의도를 종료합니다.",
        ]
        assert third.session_state.intent.state == "Fulfilled"
        assert third.session_state.dialog_action.type == "Close"


async def test_what_fits_nothing_goes_to_the_answerer_as_the_fallback_intent(running):
    answerer = ScriptedAnswerer("서울", "입니다.")
    async with running(answerer) as runtime:
        reply = await recognize(runtime, "대한민국의 수도는 어디야?")
        assert [m.content for m in reply.messages] == ["서울입니다."]
        assert reply.session_state.intent.name == "FallbackIntent"
        assert reply.session_state.intent.state == "Fulfilled"
        assert answerer.questions[0].text == "대한민국의 수도는 어디야?"
        assert answerer.questions[0].locale == "ko_KR"


async def test_the_answerer_is_told_the_conversation_so_far(running):
    answerer = ScriptedAnswerer("답")
    async with running(answerer) as runtime:
        await recognize(runtime, "안녕")
        await recognize(runtime, "홍길동")
        await recognize(runtime, "네")
        await recognize(runtime, "비행기는 왜 날아요?")
        await recognize(runtime, "그럼 배는 왜 뜨나요?")
        history = [(e.role, e.text) for e in answerer.questions[-1].history]
        assert history[:2] == [
            ("user", "안녕"),
            ("assistant", "제 이름은 Lex입니다. 당신의 이름은 무엇 입니까?"),
        ]
        assert history[-2:] == [("user", "비행기는 왜 날아요?"), ("assistant", "답")]


async def test_a_model_s_words_are_not_read_as_placeholders(running):
    async with running(ScriptedAnswerer("쓰려면 {Name}과 [attr]을 적으세요")) as runtime:
        reply = await recognize(runtime, "파이썬 f-string 문법 설명해줘")
        assert reply.messages[0].content == "쓰려면 {Name}과 [attr]을 적으세요"


async def test_a_failing_model_gives_a_clear_line_and_the_bot_goes_on(running):
    answerer = ScriptedAnswerer(error=_refused())
    async with running(answerer) as runtime:
        reply = await runtime.chat.reply(said("우주는 얼마나 커?"), Caller(request_id="r-1"))
        assert reply.source == "none"
        assert reply.error.code == _refused().code
        assert reply.error.request_id == "r-1"
        assert reply.msg == _refused().line("ko_KR")
        assert (
            "제 이름은 Lex"
            in (await runtime.chat.reply(said("안녕"), Caller(request_id="r-2"))).msg
        )


def _refused():
    return KeyRefused("401")


async def test_without_an_answerer_the_bot_alone_speaks(running):
    async with running() as runtime:
        reply = await recognize(runtime, "대한민국의 수도는 어디야?")
        assert reply.messages == ()
        assert reply.session_state.intent.name == "FallbackIntent"


async def test_a_bot_that_says_nothing_leaves_an_honest_line(running):
    async with running() as runtime:
        missed = await runtime.chat.reply(
            said("대한민국의 수도는 어디야?"), Caller(request_id="0b1c")
        )
        assert (missed.messages, missed.msg) == ((), "")
        assert missed.notice == "봇이 알아듣지 못한 말이고, 대신 답할 언어 모델은 꺼져 있어요."
        greeted = await runtime.chat.reply(said("안녕"), Caller(request_id="0b1c"))
        assert greeted.notice is None


async def test_a_session_is_forgotten_after_the_bot_s_idle_time(running, clock):
    async with running() as runtime:
        await recognize(runtime, "안녕")
        clock.pass_seconds(299)
        assert "홍길동" in (await recognize(runtime, "홍길동")).messages[0].content
        clock.pass_seconds(301)
        with pytest.raises(lex.ResourceNotFoundException, match="visitor-1"):
            await runtime.lex.get_session(HELLO)
        # "네" answers nothing now: it is a new conversation.
        intent = (await recognize(runtime, "네")).session_state.intent
        assert (intent.name, intent.state) != ("HelloWorld", "Fulfilled")


async def test_sessions_outlive_the_server(running):
    async with running() as runtime:
        await recognize(runtime, "안녕")
    async with running() as runtime:
        assert "홍길동" in (await recognize(runtime, "홍길동")).messages[0].content


async def test_attributes_of_the_request_replace_the_stored_ones(running):
    async with running() as runtime:
        given = lex.SessionState(session_attributes={"x": "1", "y": "2"})
        await recognize(runtime, "안녕", session_state=given)
        kept = await recognize(runtime, "홍길동")
        assert kept.session_state.session_attributes == {"x": "1", "y": "2"}
        given = lex.SessionState(session_attributes={"z": "3"})
        assert (
            await recognize(runtime, "네", session_state=given)
        ).session_state.session_attributes == {"z": "3"}


async def test_get_put_and_delete_session(running):
    async with running() as runtime:
        await recognize(runtime, "안녕")
        view = await runtime.lex.get_session(HELLO)
        assert view.session_state.dialog_action.slot_to_elicit == "Name"
        state = lex.SessionState(
            dialog_action=lex.DialogAction(type="Delegate"),
            intent=lex.Intent(
                name="HelloWorld",
                slots={"Name": lex.Slot(value=lex.SlotValue(interpreted_value="이몽룡"))},
            ),
        )
        put = await runtime.lex.put_session(
            HELLO, StateChange(session_state=state, request_id="p-1")
        )
        assert put.messages[0].content == "당신의 이름은 이몽룡입니까?"
        await runtime.lex.delete_session(HELLO)
        with pytest.raises(lex.ResourceNotFoundException):
            await runtime.lex.get_session(HELLO)


async def test_two_requests_at_once_never_interleave(running):
    answerer = ScriptedAnswerer("하나", "둘")
    answerer.gate = asyncio.Event()
    async with running(answerer) as runtime:
        slow = asyncio.create_task(
            runtime.chat.reply(said("우주는 얼마나 커?"), Caller(request_id="a"))
        )
        await asyncio.sleep(0.05)
        fast = asyncio.create_task(runtime.chat.reply(said("안녕"), Caller(request_id="b")))
        await asyncio.sleep(0.05)
        assert not fast.done()
        answerer.gate.set()
        assert (await slow).msg == "하나둘"
        assert "제 이름은 Lex" in (await fast).msg
        session = await runtime.chat.transcript(SESSION)
        assert [turn.text for turn in session.turns] == ["우주는 얼마나 커?", "안녕"]


async def test_one_message_id_is_one_turn(running):
    async with running(ScriptedAnswerer("답")) as runtime:
        first = await runtime.chat.reply(said("안녕", message_id="m-1"), Caller(request_id="a"))
        again = await runtime.chat.reply(said("안녕", message_id="m-1"), Caller(request_id="b"))
        assert again == first
        assert (await runtime.chat.reply(said("홍길동"), Caller(request_id="c"))).msg.startswith(
            "당신의 이름은"
        )


async def test_another_process_that_was_faster_makes_a_turn_start_over(running):
    """Two runtimes over one store are two worker processes."""
    async with running() as one, running() as two:
        results = await asyncio.gather(
            *(recognize(one if n % 2 else two, "안녕") for n in range(20)), return_exceptions=True
        )
        told = [r for r in results if not isinstance(r, lex.ConflictException)]
        assert told
        assert await one.lex.get_session(HELLO) == await two.lex.get_session(HELLO)
        session = await one.chat.transcript(SESSION)
        assert len(session.turns) == len(told)


@pytest.mark.parametrize(
    ("address", "cure"),
    [
        (Address("NOSUCHBOT1", "TSTALIASID", "ko_KR", "s1"), "is not a valid BotId/BotAliasId"),
        (Address("HELLOWORLD", "NOSUCHALIA", "ko_KR", "s1"), "is not a valid BotId/BotAliasId"),
        (Address("HELLOWORLD", "TSTALIASID", "fr_FR", "s1"), "It has ko_KR"),
    ],
)
async def test_an_address_that_names_nothing_is_told(running, address, cure):
    async with running() as runtime:
        with pytest.raises(lex.ResourceNotFoundException, match=cure):
            await recognize(runtime, "안녕", address)


@pytest.mark.parametrize(
    ("request_", "code"),
    [
        (ChatRequest(text="  "), "TextMissing"),
        (ChatRequest(text="가" * 1025), "TextTooLong"),
        (ChatRequest(text="안녕", session_id="no spaces"), "SessionIdInvalid"),
        (ChatRequest(text="안녕", message_id="no spaces"), "MessageIdInvalid"),
        (ChatRequest(text="안녕", bot_id="Nobody"), "BotNotFound"),
        (ChatRequest(text="안녕", locale_id="fr_FR"), "LocaleNotFound"),
    ],
)
async def test_a_wrong_chat_request_is_told_what_is_wrong(running, request_, code):
    async with running() as runtime:
        with pytest.raises(ChatError) as caught:
            await runtime.chat.reply(request_, Caller(request_id="r"))
        assert caught.value.code == code


@pytest.mark.parametrize(
    ("accept_language", "bot_and_locale"),
    [
        ("", ("HELLOWORLD", "ko_KR")),
        ("ko-KR,ko;q=0.9", ("HELLOWORLD", "ko_KR")),
        ("en-US,en;q=0.9,ko;q=0.8", ("PADOBOOKS1", "en_US")),
        ("fr;q=0.9,ko;q=0.2,en;q=0.4", ("PADOBOOKS1", "en_US")),
    ],
)
async def test_a_visitor_meets_the_first_bot_that_speaks_their_language(
    running, accept_language, bot_and_locale
):
    async with running() as runtime:
        reply = await runtime.chat.reply(
            ChatRequest(text="hello"), Caller(request_id="r", accept_language=accept_language)
        )
        assert (reply.bot_id, reply.locale_id) == bot_and_locale


async def test_the_reply_is_stored_as_it_was_sent(running):
    async with running(ScriptedAnswerer("답", notice="오프라인")) as runtime:
        reply = await runtime.chat.reply(
            said("우주는 얼마나 커?", message_id="m-1"), Caller(request_id="r")
        )
        session = await runtime.chat.transcript(SESSION)
        stored = json.loads(bytes(session.turns[0].reply))
        assert (stored["msg"], stored["notice"], stored["model"]) == (
            "답",
            "오프라인",
            "test-model",
        )
        assert session.open
        assert not session.expired
        assert reply.notice == "오프라인"


@pytest.mark.parametrize("content", [b"\xff\xfe", b"{", b"[]", b'{"messages": 5}'])
async def test_what_cannot_be_read_of_a_session_is_the_stores_fault(running, tmp_path, content):
    async with running() as runtime:
        addresses = [Address("HELLOWORLD", "TSTALIASID", "ko_KR", f"s-{n}") for n in range(2)]
        for address in addresses:
            await recognize(runtime, "안녕", address)
        (file,) = tmp_path.rglob("*.sqlite3")
        with closing(sqlite3.connect(file)) as other, other:
            other.execute(
                "UPDATE sessions SET session = ? WHERE session_id LIKE '%s-0'", (content,)
            )
        with pytest.raises(stores.StoreDamaged, match="cannot be read"):
            await runtime.lex.get_session(addresses[0])
        with pytest.raises(stores.StoreDamaged, match="cannot be read"):
            await recognize(runtime, "안녕", addresses[0])
        await recognize(runtime, "안녕", addresses[1])
        await runtime.lex.delete_session(addresses[0])
        await recognize(runtime, "안녕", addresses[0])
