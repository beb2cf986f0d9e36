"""Documents in a conversation: on /chat, and behind a bot's search intents."""

import contextlib

import pytest
from tests.conversation.desk import saying
from tests.dialog.build import closing, fallback, fulfil, intent, locale

from daehwa import answers, bot
from daehwa.answers.testing import Say, StubOpenAI
from daehwa.chat import Caller, ChatRequest
from daehwa.conversation import Address, Opening, Utterance, plan_runtime
from daehwa.documents import Audience, Indexer

HANDBOOK = """# Handbook

## Check-in

Rooms are ready from three in the afternoon.

## Pool

The pool is heated and closes at nine.
"""
FAQ = "question,answer\n체크인은 몇 시부터인가요?,오후 세 시부터입니다.\n"
NOBODYS = "who painted the Mona Lisa?"


def save_bot(folder, signature=None, **more):
    """A bot of one intent, with a search intent where there is a signature."""
    found = "Found: ((x-amz-lex:kendra-search-response-answer-1)) " if signature else ""
    intents = [
        saying(intent("Greet", closing=closing("Hello.")), "good morning to you"),
        fallback(fulfil=fulfil(hook=True), closing=closing("I did not understand.")),
    ]
    if signature is not None:
        intents.append(
            intent("Search", signature=f"AMAZON.{signature}", fulfil=fulfil(found.strip()), **more)
        )
    path = folder / (signature or "Plain")
    definition = bot.Bot(name="Desk", identifier="DESK000001", locales={"en_US": locale(*intents)})
    bot.save(definition, path)
    return path


@pytest.fixture
def opened(tmp_path):
    """``async with opened(signature) as runtime``: a bot, with documents if ``index``."""

    @contextlib.asynccontextmanager
    async def opened(signature=None, *, index=True, scope=None, settings=None, **more):
        if index:
            files = tmp_path / "files"
            files.mkdir(exist_ok=True)
            (files / "handbook.md").write_text(HANDBOOK)
            (files / "faq.csv").write_text(FAQ)
            with Indexer(tmp_path / "data") as indexer:
                indexer.add_files([files], scope or Audience())
                indexer.publish()
        config = tmp_path / "daehwa.toml"
        config.write_text(settings or "")
        plan = plan_runtime(
            Opening(
                config=str(config),
                bots=(str(save_bot(tmp_path, signature, **more)),),
                data=str(tmp_path / "data"),
                answer="none",
            )
        )
        async with plan.open() as runtime:
            yield runtime

    return opened


async def ask(runtime, text):
    request = ChatRequest(text=text, bot_id="DESK000001", locale_id="en_US", session_id="visitor")
    return await runtime.chat.reply(request, Caller(request_id="1"))


async def recognize(runtime, text):
    address = Address("DESK000001", "TSTALIASID", "en_US", "visitor")
    return await runtime.lex.recognize(address, Utterance(text=text, request_id="1"))


async def test_what_the_bot_does_not_understand_is_answered_from_the_documents(opened):
    async with opened() as runtime:
        reply = await ask(runtime, "when does the pool close?")
    assert reply.source == "document"
    assert reply.msg == "The pool is heated and closes at nine."
    (first, *_) = reply.sources
    assert (first.number, first.title, first.heading) == (1, "Handbook", "Pool")
    assert (first.file, first.link) == ("handbook.md", None)
    assert reply.intent.name == "FallbackIntent"


async def test_where_documents_are_silent_the_bots_own_words_stand(opened):
    async with opened() as runtime:
        reply = await ask(runtime, NOBODYS)
    assert (reply.source, reply.msg, reply.sources) == ("intent", "I did not understand.", ())


async def test_without_documents_nothing_changes(opened):
    async with opened(index=False) as runtime:
        reply = await ask(runtime, "when does the pool close?")
        assert (await runtime.readiness()).answer.state == "off"
    assert (reply.source, reply.msg) == ("intent", "I did not understand.")


async def test_documents_of_another_locale_are_not_searched(opened):
    async with opened(scope=Audience(locale="ko_KR")) as runtime:
        assert (await ask(runtime, "when does the pool close?")).source == "intent"


async def test_kendra_search_finds_documents_with_lexs_request_attributes(opened):
    async with opened("KendraSearchIntent") as runtime:
        outcome = await recognize(runtime, "when does the pool close?")
        reply = await ask(runtime, "is the pool heated?")
    attributes = outcome.request_attributes
    name = "x-amz-lex:kendra-search-response-"
    assert "closes at nine" in attributes[f"{name}answer-1"]
    assert attributes[f"{name}document-1"].startswith("The pool is heated")
    assert attributes[f"{name}document-link-1"].endswith("handbook.md#pool")
    assert outcome.session_state.intent.name == "Search"
    assert outcome.session_state.intent.state == "Fulfilled"
    assert outcome.messages[0].content.startswith("Found: The pool is heated")
    assert (reply.source, reply.sources[0].title) == ("intent", "Handbook")


async def test_an_answered_question_comes_as_a_pair_in_korean(opened):
    async with opened("KendraSearchIntent") as runtime:
        outcome = await recognize(runtime, "체크인은 몇 시부터예요?")
    name = "x-amz-lex:kendra-search-response-question_answer-"
    assert outcome.request_attributes[f"{name}question-1"] == "체크인은 몇 시부터인가요?"
    assert outcome.request_attributes[f"{name}answer-1"] == "오후 세 시부터입니다."


@pytest.mark.parametrize("signature", ["KendraSearchIntent", "QnAIntent"])
@pytest.mark.parametrize("index", [True, False])
async def test_a_search_that_finds_nothing_leaves_the_text_to_fallback(opened, signature, index):
    async with opened(signature, index=index) as runtime:
        outcome = await recognize(runtime, NOBODYS)
    assert outcome.session_state.intent.name == "FallbackIntent"
    assert [message.content for message in outcome.messages] == ["I did not understand."]
    assert not [name for name in outcome.request_attributes if "search-response" in name]


async def test_qna_answers_from_the_documents(opened):
    async with opened("QnAIntent") as runtime:
        outcome = await recognize(runtime, "when does the pool close?")
    assert outcome.request_attributes["x-amz-lex:qnA-search-response"] == (
        "The pool is heated and closes at nine."
    )
    assert outcome.request_attributes["x-amz-lex:qnA-search-response-source"] == "handbook.md"


async def test_the_intents_filter_chooses_documents(opened):
    configuration = {
        "kendraIndex": "arn:aws:kendra:us-east-1:123456789012:index/any",
        "queryFilterStringEnabled": True,
        "queryFilterString": '{"equalsTo": {"key": "_language_code", '
        '"value": {"stringValue": "ko"}}}',
    }
    async with opened("KendraSearchIntent", kendra_configuration=configuration) as runtime:
        outcome = await recognize(runtime, "when does the pool close?")
        assert outcome.session_state.intent.name == "FallbackIntent"
        outcome = await recognize(runtime, "체크인은 몇 시부터예요?")
        assert outcome.session_state.intent.name == "Search"


# --- limits ---------------------------------------------------------------------------

LIMITED = """[limits]
enforce = true
[limits.answers]
session = "1/h"
"""
BUDGET = """[document]
compose = true
[limits.budget]
calls = 2
"""


@pytest.fixture
async def model(monkeypatch):
    """A model that composes, whatever it is asked."""
    async with StubOpenAI() as stub:
        monkeypatch.setenv("OPENAI_BASE_URL", stub.base_url)
        monkeypatch.setenv("OPENAI_API_KEY", "sk-stub")
        stub.script(*[Say("At nine [1].")] * 5)
        yield stub


async def test_answers_from_documents_are_limited_as_others_are(opened):
    async with opened(settings=LIMITED) as runtime:
        first = await ask(runtime, "when does the pool close?")
        second = await ask(runtime, "when does the pool close?")
    assert first.source == "document"
    assert second.error.code == "questions_too_many"
    assert second.msg == answers.QuestionsTooMany("").line("en_US")


async def test_a_search_that_a_model_may_compose_for_is_limited(opened):
    async with opened("QnAIntent", settings=LIMITED) as runtime:
        first = await ask(runtime, "when does the pool close?")
        second = await ask(runtime, "when does the pool close?")
    assert first.intent.name == "Search"
    assert (second.intent.name, second.error.code) == ("FallbackIntent", "questions_too_many")


async def test_a_turn_counts_once_however_often_it_looks(opened):
    async with opened("QnAIntent", settings=LIMITED) as runtime:
        reply = await ask(runtime, NOBODYS)
    assert (reply.intent.name, reply.error) == ("FallbackIntent", None)


async def test_a_kendra_search_asks_no_model_and_is_not_limited_beyond_its_turn(opened):
    async with opened("KendraSearchIntent", settings=LIMITED) as runtime:
        for _ in range(3):
            assert (await ask(runtime, "when does the pool close?")).intent.name == "Search"


async def test_a_search_has_found_nothing_where_the_model_says_so(opened, model):
    async with opened("QnAIntent", settings="[document]\ncompose = true\n") as runtime:
        for _ in range(5):
            assert (await ask(runtime, "when does the pool close?")).intent.name == "Search"
        model.script(Say("The documents do not say so [0]."))
        reply = await ask(runtime, "when does the pool close?")
    assert reply.intent.name == "FallbackIntent"


async def test_a_model_composes_for_chat_and_qna_while_the_days_budget_lasts(opened, model):
    async with opened(settings=BUDGET) as runtime:
        chat = await ask(runtime, "when does the pool close?")
        assert (await runtime.limiter.budget.state()).calls == 1
    async with opened("QnAIntent", settings=BUDGET) as runtime:
        composed = await recognize(runtime, "when does the pool close?")
        spent = await recognize(runtime, "when does the pool close?")
    name = "x-amz-lex:qnA-search-response"
    assert chat.msg == composed.request_attributes[name] == "At nine [1]."
    assert spent.request_attributes[name] == "The pool is heated and closes at nine."
    assert len(model.requests) == 2
