"""Questions while a slot is elicited: who answers, what is kept, what is hidden."""

import contextlib

import pytest
from tests.conversation.desk import obfuscated, save_desk, saying
from tests.dialog.build import ask, confirm, fallback, fulfil, intent, locale, slot

from daehwa import bot
from daehwa.chat import Caller, ChatRequest, SessionReference
from daehwa.conversation import Opening, Settings, plan_runtime
from daehwa.conversation.settings import AnsweringSetting
from daehwa.documents import Audience, Indexer

from .conftest import ScriptedAnswerer

ANSWER = "Breakfast is at seven."
PROMPT = "On what day?"


def save_inn(folder):
    day = slot("Day", "AMAZON.Date", prompt=ask(PROMPT, retries=0))
    phone = obfuscated(slot("Phone", "AMAZON.PhoneNumber", prompt=ask("Your number?")))
    book = intent("Book", day, phone, confirm=confirm("Book {Day}?"), fulfil=fulfil("Booked."))
    definition = locale(saying(book, "book a room", "a room please"), fallback())
    path = folder / "Inn"
    bot.save(bot.Bot(name="Inn", identifier="INN0000001", locales={"en_US": definition}), path)
    return path


async def say(runtime, text, bot_id="INN0000001"):
    request = ChatRequest(text=text, bot_id=bot_id, locale_id="en_US", session_id="guest")
    return await runtime.chat.reply(request, Caller(request_id="r"))


async def transcript(runtime):
    session = SessionReference(session_id="guest", bot_id="INN0000001", locale_id="en_US")
    return await runtime.chat.transcript(session)


def words(reply):
    return [message.content for message in reply.messages]


async def test_the_answer_and_the_prompt(running, tmp_path):
    answerer = ScriptedAnswerer(ANSWER)
    async with running(answerer, bots=[save_inn(tmp_path)]) as runtime:
        await say(runtime, "book a room")
        reply = await say(runtime, "wait, when is breakfast?")
        assert words(reply) == [ANSWER, PROMPT]
        assert reply.source == "chatgpt"
        assert answerer.questions[0].text == "wait, when is breakfast?"
        # There was one attempt, and it is still there.
        assert (await say(runtime, "tomorrow")).slots["Day"] is not None


async def test_a_value_and_a_question_in_one_text(running, tmp_path):
    async with running(ScriptedAnswerer(ANSWER), bots=[save_inn(tmp_path)]) as runtime:
        await say(runtime, "book a room")
        reply = await say(runtime, "Tomorrow. When is breakfast?")
        assert words(reply) == [ANSWER, "Your number?"]
        assert reply.slots["Day"] is not None


async def test_an_answerer_that_is_not_ready_leaves_lexs_way(running, tmp_path):
    class Loading(ScriptedAnswerer):
        async def ready(self):
            from daehwa import answers

            return answers.Readiness(state="downloading", source="embedded")

    answerer = Loading(ANSWER)
    async with running(answerer, bots=[save_inn(tmp_path)]) as runtime:
        await say(runtime, "book a room")
        reply = await say(runtime, "when is breakfast?")
        assert reply.intent.name == "FallbackIntent"


@pytest.mark.parametrize(
    ("settings", "answered"),
    [
        (Settings(), True),
        (Settings(answer_while_eliciting=False), False),
        (Settings(answering=(AnsweringSetting(bot="Inn", while_eliciting=False),)), False),
        (Settings(answering=(AnsweringSetting(bot="Other", while_eliciting=False),)), True),
        (
            Settings(
                answer_while_eliciting=False,
                answering=(
                    AnsweringSetting(bot="Inn", locale="en_US", while_eliciting=True),
                    AnsweringSetting(bot="Inn", while_eliciting=False),
                ),
            ),
            True,
        ),
    ],
)
async def test_the_switch_by_bot_and_locale(running, tmp_path, settings, answered):
    bots = [save_inn(tmp_path)]
    async with running(ScriptedAnswerer(ANSWER), bots=bots, settings=settings) as runtime:
        await say(runtime, "book a room")
        reply = await say(runtime, "when is breakfast?")
        # The one attempt is used up where the text is a miss.
        assert reply.intent.name == ("Book" if answered else "FallbackIntent")


# --- obfuscated slots -----------------------------------------------------------------


async def test_a_question_in_the_place_of_an_obfuscated_value_is_kept_and_remembered(
    running, tmp_path
):
    answerer = ScriptedAnswerer(ANSWER)
    async with running(answerer, bots=[save_inn(tmp_path)]) as runtime:
        for text in ("book a room", "tomorrow", "why do you need my number?", "is it safe here?"):
            await say(runtime, text)
        kept = await transcript(runtime)
        assert [turn.text for turn in kept.turns][2:] == [
            "why do you need my number?",
            "is it safe here?",
        ]
        past = [(each.role, each.text) for each in answerer.questions[-1].history][-2:]
        assert past == [
            ("user", "why do you need my number?"),
            ("assistant", f"{ANSWER}\nYour number?"),
        ]


async def test_a_number_within_such_a_question_reaches_nobody(running, tmp_path):
    answerer = ScriptedAnswerer(ANSWER)
    async with running(answerer, bots=[save_inn(tmp_path)]) as runtime:
        for text in ("book a room", "tomorrow", "do you text 415 555 2671 before we arrive?"):
            reply = await say(runtime, text)
        assert ANSWER in words(reply)
        assert "2671" not in answerer.questions[0].text
        assert "2671" not in (await transcript(runtime)).turns[-1].text


async def test_a_value_that_was_given_before_is_hidden_in_such_a_question(running, tmp_path):
    async with running(ScriptedAnswerer(ANSWER), bots=[save_desk(tmp_path)]) as runtime:
        await say(runtime, "enrol me", "DESK000001")
        await say(runtime, "parrot", "DESK000001")
        reply = await say(runtime, "wait, may a parrot fly in the halls?", "DESK000001")
        assert ANSWER in words(reply)
        session = SessionReference(session_id="guest", bot_id="DESK000001", locale_id="en_US")
        kept = await runtime.chat.transcript(session)
        assert kept.turns[-1].text == "wait, may a {Pet} fly in the halls?"


async def test_what_is_no_question_stays_hidden(running, tmp_path):
    async with running(ScriptedAnswerer(ANSWER), bots=[save_desk(tmp_path)]) as runtime:
        await say(runtime, "enrol me", "DESK000001")
        await say(runtime, "Rex the wonder dog", "DESK000001")
        session = SessionReference(session_id="guest", bot_id="DESK000001", locale_id="en_US")
        kept = await runtime.chat.transcript(session)
        assert kept.turns[-1].text == "{Pet}"


# --- documents ------------------------------------------------------------------------


@pytest.fixture
def handbook(tmp_path):
    """``async with handbook() as runtime``: the inn, and a handbook that answers."""

    @contextlib.asynccontextmanager
    async def opened():
        files = tmp_path / "files"
        files.mkdir()
        (files / "handbook.md").write_text(
            "# Handbook\n\n## Check-in\n\nRooms are ready from three in the afternoon.\n\n"
            "## Pool\n\nThe pool is heated and closes at nine.\n"
        )
        with Indexer(tmp_path / "data") as indexer:
            indexer.add_files([files], Audience())
            indexer.publish()
        (tmp_path / "daehwa.toml").write_text("")
        plan = plan_runtime(
            Opening(
                config=str(tmp_path / "daehwa.toml"),
                bots=(str(save_inn(tmp_path)),),
                data=str(tmp_path / "data"),
                answer="none",
            )
        )
        async with plan.open() as runtime:
            yield runtime

    return opened


async def test_documents_answer_and_are_shown_as_sources(handbook):
    async with handbook() as runtime:
        await say(runtime, "book a room")
        reply = await say(runtime, "hold on, from what time can I check in?")
        assert words(reply) == ["Rooms are ready from three in the afternoon.", PROMPT]
        assert reply.source == "document"
        assert [(one.title, one.heading) for one in reply.sources] == [("Handbook", "Check-in")]
        assert reply.dialog_action.slot_to_elicit == "Day"


async def test_what_the_documents_do_not_hold_is_a_miss_as_in_lex(handbook):
    async with handbook() as runtime:
        await say(runtime, "book a room")
        reply = await say(runtime, "who painted the Mona Lisa?")
        assert reply.source == "intent"
        assert reply.intent.name == "FallbackIntent"
