"""What a language model learns of a conversation, and what it never learns."""

import asyncio

import pytest
from tests.conversation.desk import obfuscated, saying
from tests.dialog.build import ask, closing, fallback, fulfil, initial, intent, locale, slot

from daehwa import answers, bot, lex
from daehwa.chat import SessionReference
from daehwa.conversation import Address, StateChange, Utterance

from .conftest import ScriptedAnswerer

CLINIC = Address("CLINIC0001", "TSTALIASID", "en_US", "visitor-1")
FOUND = "((x-amz-lex:kendra-search-response-answer-1))"


def save_clinic(folder, *, search):
    """A bot that asks for a secret, has an intent that searches, and answers the rest."""
    visit = saying(
        intent(
            "Visit",
            obfuscated(slot("Patient", "AMAZON.Number", prompt=ask("Your patient number?"))),
            slot("Ward", "AMAZON.Number", prompt=ask("Which ward?")),
            fulfil=fulfil("Noted {Patient}."),
        ),
        "register a visit",
    )
    hours = saying(intent("Hours", initial=initial("Nine to five.")), "opening hours please")
    intents = [visit, hours, fallback()]
    if search:
        signature = "AMAZON.KendraSearchIntent"
        found = intent("Search", signature=signature, closing=closing(f"Found: {FOUND}"))
        intents.insert(0, found)
    path = folder / "Clinic"
    definition = locale(*intents)
    bot.save(bot.Bot(name="Clinic", identifier="CLINIC0001", locales={"en_US": definition}), path)
    return path


@pytest.fixture(scope="module")
def clinic(tmp_path_factory):
    return save_clinic(tmp_path_factory.mktemp("clinic"), search=False)


async def recognize(runtime, text, **more):
    return await runtime.lex.recognize(CLINIC, Utterance(text=text, request_id="r-1", **more))


def history(answerer):
    return [message.text for message in answerer.questions[-1].history]


WHY = "tell me about the moon and the tides"


async def test_an_obfuscated_value_leaves_the_house_as_its_slots_name(running, clinic):
    answerer = ScriptedAnswerer("The moon.")
    async with running(answerer, bots=[clinic]) as runtime:
        for text in ("register a visit", "48151623", "7", WHY, f"{WHY}, says 48151623"):
            await recognize(runtime, text)
    (first, second) = answerer.questions
    told = [message.text for message in first.history]
    assert told == [
        "register a visit",
        "Your patient number?",
        "{Patient}",
        "Which ward?",
        "7",
        "Noted {Patient}.",
    ]
    assert second.text == f"{WHY}, says {{Patient}}"
    assert not any("4815" in message.text for message in second.history)


async def test_a_session_hides_its_values_in_any_text(running, clinic):
    """For what is asked of a model outside of a turn."""
    session = SessionReference(
        session_id=CLINIC.session_id, bot_id=CLINIC.bot_id, locale_id=CLINIC.locale_id
    )
    async with running(ScriptedAnswerer("x"), bots=[clinic]) as runtime:
        for text in ("register a visit", "48151623", "7"):
            await recognize(runtime, text)
        assert (await runtime.chat.hiding(session))("it was 48151623") == "it was {Patient}"
        elsewhere = SessionReference(session_id="other", bot_id=CLINIC.bot_id, locale_id="en_US")
        assert (await runtime.chat.hiding(elsewhere))("48151623") == "48151623"


async def test_what_was_not_understood_as_the_secret_is_one_all_the_same(running, clinic):
    answerer = ScriptedAnswerer("The moon.")
    async with running(answerer, bots=[clinic]) as runtime:
        for text in ("register a visit", "it is my sister's", "48151623", "7", WHY):
            await recognize(runtime, text)
    assert "it is my sister's" not in history(answerer)
    assert "{Patient}" in history(answerer)


@pytest.mark.parametrize("end", ["deleted", "idle", "replaced"])
async def test_nothing_from_before_the_end_leaves_the_house(running, clinic, clock, end):
    answerer = ScriptedAnswerer("The moon.")
    async with running(answerer, bots=[clinic]) as runtime:
        await recognize(runtime, "opening hours please")
        if end == "deleted":
            await runtime.lex.delete_session(CLINIC)
        else:
            clock.pass_seconds(100_000)
        if end == "replaced":
            state = lex.SessionState(dialog_action=lex.DialogAction(type="ElicitIntent"))
            await runtime.lex.put_session(
                CLINIC, StateChange(session_state=state, request_id="r-2")
            )
        await recognize(runtime, WHY)
        assert history(answerer) == []
        await recognize(runtime, WHY)
        assert history(answerer) == [WHY, "The moon."]


async def test_a_token_budget_alone_decides_how_far_it_looks_back(running, clinic, clock):
    answerer = ScriptedAnswerer("Yes.")
    async with running(answerer, bots=[clinic]) as runtime:
        for number in range(40):
            await recognize(runtime, f"tell me about moon number {number} and tides")
    assert len(history(answerer)) == 78


async def test_a_turn_that_failed_is_none(running, clinic):
    answerer = ScriptedAnswerer("Yes.")
    async with running(answerer, bots=[clinic]) as runtime:
        answerer.error = answers.UpstreamFailed("no")
        await recognize(runtime, WHY)
        answerer.error = None
        await recognize(runtime, WHY)
    assert history(answerer) == []


async def test_a_model_never_feeds_a_search(running, tmp_path):
    """What a closing response calls found was found by a search, or not at all."""
    searching = save_clinic(tmp_path, search=True)
    for answerer in (ScriptedAnswerer("Made up."), ScriptedAnswerer(error=answers.KeyRefused("x"))):
        async with running(answerer, bots=[searching]) as runtime:
            reply = await recognize(runtime, WHY)
        assert reply.session_state.intent.name == "FallbackIntent"
        assert not any("Found" in message.content for message in reply.messages)
        assert not any("kendra" in name for name in reply.request_attributes)


class Broken(ScriptedAnswerer):
    """An answerer that breaks off, as it marks it."""

    async def stream(self, question):
        self.questions.append(question)
        yield "Only a"
        yield answers.Answer(text="Only a", source="chatgpt", ended="cut")


async def test_an_answer_that_broke_off_is_marked_for_a_lex_client(running, clinic):
    async with running(Broken(), bots=[clinic]) as runtime:
        reply = await recognize(runtime, WHY)
    assert [message.content for message in reply.messages] == ["Only a"]
    assert reply.request_attributes["daehwa:incomplete"] == "cut"
    assert reply.session_state.intent.state == "Failed"


class Again(ScriptedAnswerer):
    """An answerer that starts over, which it may where nobody sees it."""

    async def stream(self, question):
        self.questions.append(question)
        yield "Only a"
        yield answers.StartOver()
        await asyncio.sleep(0)
        yield "The whole."
        yield answers.Answer(text="The whole.", source="chatgpt")


async def test_an_answer_may_start_over_where_nobody_sees_it(running, clinic):
    answerer = Again()
    async with running(answerer, bots=[clinic]) as runtime:
        reply = await recognize(runtime, WHY)
    assert not answerer.questions[0].seen
    assert answerer.questions[0].request_id == "r-1"
    assert [message.content for message in reply.messages] == ["The whole."]
    assert "daehwa:incomplete" not in reply.request_attributes
