"""Search services in a conversation: beside the documents, and behind the bots that name them."""

import contextlib
import json

import pytest
import structlog
from tests.conversation.test_documents import ask, recognize, save_bot
from tests.documents import service_stubs as stubs

from daehwa.answers.testing import Say, StubOpenAI
from daehwa.conversation import Opening, SettingsError, plan_runtime

REGION = "us-east-1"
KENDRA = f"arn:aws:kendra:{REGION}:123456789012:index/0f1e2d3c-aaaa-bbbb-cccc-0123456789ab"
BASE = f"arn:aws:bedrock:{REGION}:123456789012:knowledge-base/ABCDEF1234"
QUESTION = "when does the pool close?"


@pytest.fixture
def stub(monkeypatch):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", stubs.KEY)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", stubs.SECRET)
    with stubs.serving_stub() as stub:
        yield stub


@pytest.fixture
async def model(monkeypatch):
    """A model that composes."""
    async with StubOpenAI() as stub:
        monkeypatch.setenv("OPENAI_BASE_URL", stub.base_url)
        monkeypatch.setenv("OPENAI_API_KEY", "sk-stub")
        yield stub


@pytest.fixture
def opened(tmp_path):
    """``async with opened(searches, signature) as runtime``: a bot, and search services."""

    @contextlib.asynccontextmanager
    async def opened(searches, signature=None, **more):
        config = tmp_path / "daehwa.toml"
        config.write_text(searches)
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


def kendra(stub, **more):
    return table(name="guide", kendra=KENDRA, endpoint_url=stub.url, **more)


def table(**members):
    lines = [f"{name} = {json.dumps(value)}" for name, value in members.items()]
    return "\n".join(["[[searches]]", *lines, ""])


# --- beside the documents -------------------------------------------------------------


async def test_what_the_bot_does_not_understand_is_answered_from_a_service(opened, stub):
    stub.script(stubs.kendra_passages(("At nine.", "HIGH"), ("The pool is heated.", "MEDIUM")))
    async with opened(kendra(stub)) as runtime:
        reply = await ask(runtime, QUESTION)
        assert (await runtime.readiness()).answer.state == "ready"
    assert (reply.source, reply.msg) == ("document", "At nine.")
    assert [source.link for source in reply.sources] == [
        "https://example.org/1.html",
        "https://example.org/2.html",
    ]


async def test_a_short_question_is_asked_as_it_is_and_together_with_the_one_before(opened, stub):
    stub.script(
        stubs.kendra_passages(("At nine.", "HIGH")),
        stubs.kendra_passages(("The sauna is free.", "VERY_HIGH")),
        stubs.kendra_passages(("At nine.", "HIGH")),
    )
    async with opened(kendra(stub)) as runtime:
        await ask(runtime, QUESTION)
        assert (await ask(runtime, "the sauna?")).msg == "The sauna is free."
    texts = [json.loads(body)["QueryText"] for _, _, body in stub.requests]
    assert set(texts) == {QUESTION, "the sauna?", f"{QUESTION} the sauna?"}


async def test_what_a_service_is_not_sure_of_is_left_to_the_next(opened, stub):
    stub.script(stubs.kendra_passages(("At nine.", "LOW")))
    async with opened(kendra(stub)) as runtime:
        assert (await ask(runtime, QUESTION)).msg == "I did not understand."


async def test_a_service_of_another_bot_or_for_bots_that_name_it_is_not_asked(opened, stub):
    stub.script(stubs.kendra_passages(("At nine.", "HIGH")))
    for more in ({"bot": "Other"}, {"locale": "ko_KR"}, {"documents": False}):
        async with opened(kendra(stub, **more)) as runtime:
            assert (await ask(runtime, QUESTION)).source == "intent"
    assert stub.requests == []


async def test_a_model_composes_from_what_a_service_returns(opened, stub, model):
    stub.script(stubs.opensearch_hits((4.0, {"body": "The pool closes at nine."})))
    model.script(Say("At nine [1]."))
    searches = table(name="faq", opensearch=stub.url, index="faq", fields=["body"])
    async with opened(f"[document]\ncompose = true\n{searches}") as runtime:
        reply = await ask(runtime, QUESTION)
    assert (reply.source, reply.msg) == ("document", "At nine [1].")
    assert "The pool closes at nine." in json.dumps(model.requests[0].body)


async def test_a_service_that_throttles_once_is_asked_again(opened, stub):
    throttled = (400, {"__type": "ThrottlingException", "message": "slow down"}, 0)
    stub.script(throttled, stubs.kendra_passages(("At nine.", "HIGH")))
    async with opened(kendra(stub)) as runtime:
        assert (await ask(runtime, QUESTION)).msg == "At nine."
    assert len(stub.requests) == 2


async def test_a_service_that_refuses_is_asked_once_and_the_bot_goes_on(opened, stub):
    stub.script((400, {"__type": "AccessDeniedException", "message": "not you"}, 0))
    async with opened(kendra(stub)) as runtime:
        with structlog.testing.capture_logs() as lines:
            assert (await ask(runtime, QUESTION)).msg == "I did not understand."
    (line,) = [line for line in lines if line["event"] == "document_search_failed"]
    assert (line["search"], line["code"], line["attempt"]) == ("guide", "request_refused", 1)
    assert len(stub.requests) == 1


async def test_a_service_that_keeps_failing_is_left_alone(opened, stub):
    stub.script((500, {"__type": "InternalServerException", "message": "down"}, 0))
    async with opened(kendra(stub)) as runtime:
        for _ in range(6):
            assert (await ask(runtime, QUESTION)).msg == "I did not understand."
    assert len(stub.requests) == 5  # two attempts a turn, until the breaker opens


async def test_card_numbers_do_not_go_to_a_service(opened, stub):
    stub.script(stubs.kendra_passages(), stubs.kendra_query())
    card = "is 4111 1111 1111 1111 charged when the pool closes?"
    async with opened("redact = true\n" + kendra(stub)) as runtime:
        await ask(runtime, card)
    named = {"kendra_configuration": {"kendraIndex": KENDRA}}
    settings = "redact = true\n" + kendra(stub, documents=False)
    async with opened(settings, "KendraSearchIntent", **named) as runtime:
        await recognize(runtime, card)
    assert len(stub.requests) >= 2
    assert all(b"4111" not in body for _, _, body in stub.requests)


async def test_doctor_learns_how_a_service_stands(opened, stub, tmp_path):
    stub.script((400, {"__type": "AccessDeniedException", "message": "not you"}, 0))
    config = tmp_path / "daehwa.toml"
    config.write_text(kendra(stub))
    opening = Opening(config=str(config), data=str(tmp_path / "data"), answer="none")
    states = await plan_runtime(opening).examine_answerers()
    (failed,) = [state for state in states if state.source == "guide"]
    assert (failed.state, failed.contacted) == ("failed", True)
    assert "AccessDeniedException" in failed.error.message


def test_two_searches_of_one_name_are_refused(opened, stub, tmp_path):
    config = tmp_path / "daehwa.toml"
    config.write_text(kendra(stub) * 2)
    with pytest.raises(SettingsError, match="one name: guide"):
        plan_runtime(Opening(config=str(config), data=str(tmp_path / "data")))


# --- behind a bot's search intents ----------------------------------------------------


async def test_kendra_search_asks_the_index_that_the_bot_names(opened, stub):
    pair = [
        {
            "Key": key,
            "ValueType": "TEXT_WITH_HIGHLIGHTS_VALUE",
            "Value": {"TextWithHighlightsValue": {"Text": text, "Highlights": []}},
        }
        for key, text in (("QuestionText", "Pool hours?"), ("AnswerText", "Until nine."))
    ]
    stub.script(
        stubs.kendra_query(
            stubs.kendra_item(1, "The pool closes at nine.", kind="ANSWER"),
            stubs.kendra_item(2, "Until nine.", kind="QUESTION_ANSWER", AdditionalAttributes=pair),
            stubs.kendra_item(3, "All of our pools", score="LOW"),
        )
    )
    named = {"kendraIndex": KENDRA, "queryFilterStringEnabled": True}
    named["queryFilterString"] = json.dumps(
        {"equalsTo": {"key": "_category", "value": {"stringValue": "spa"}}}
    )
    async with opened(
        kendra(stub, documents=False), "KendraSearchIntent", kendra_configuration=named
    ) as runtime:
        outcome = await recognize(runtime, QUESTION)
    attributes = outcome.request_attributes
    name = "x-amz-lex:kendra-search-response-"
    assert attributes[f"{name}answer-1"] == "The pool closes at nine."
    assert attributes[f"{name}answer-link-1"] == "https://example.org/1.html"
    assert attributes[f"{name}question_answer-question-1"] == "Pool hours?"
    assert attributes[f"{name}question_answer-answer-1"] == "Until nine."
    assert attributes[f"{name}document-1"] == "All of our pools"
    assert outcome.session_state.intent.state == "Fulfilled"
    sent = stubs.modelled("kendra", "Query", json.loads(stub.requests[0][2]))
    assert sent["AttributeFilter"]["EqualsTo"]["Key"] == "_category"


@pytest.mark.parametrize(
    "reply", [stubs.kendra_query(), (500, {"__type": "InternalServerException"}, 0)]
)
async def test_where_kendra_has_nothing_or_fails_fallback_speaks(opened, stub, reply):
    stub.script(reply)
    named = {"kendra_configuration": {"kendraIndex": KENDRA}}
    async with opened(kendra(stub, documents=False), "KendraSearchIntent", **named) as runtime:
        outcome = await recognize(runtime, QUESTION)
    assert outcome.session_state.intent.name == "FallbackIntent"


async def test_an_index_that_the_configuration_does_not_list_is_never_asked(opened, stub):
    stub.script(stubs.kendra_query(stubs.kendra_item(1, "Secret.", kind="ANSWER")))
    named = {"kendra_configuration": {"kendraIndex": KENDRA + "-other"}}
    async with opened(kendra(stub, documents=False), "KendraSearchIntent", **named) as runtime:
        outcome = await recognize(runtime, QUESTION)
    assert outcome.session_state.intent.name == "FallbackIntent"
    assert stub.requests == []


def qna(kind, **members):
    return {"qna_intent_configuration": {"dataSourceConfiguration": {kind: members}}}


async def test_qna_asks_the_knowledge_base_that_the_bot_names(opened, stub):
    stub.script(stubs.knowledge(("The pool closes at nine.", 0.7, {})))
    searches = table(name="base", knowledge_base=BASE, endpoint_url=stub.url, documents=False)
    named = qna("bedrockKnowledgeStoreConfiguration", bedrockKnowledgeBaseArn=BASE)
    async with opened(searches, "QnAIntent", **named) as runtime:
        outcome = await recognize(runtime, QUESTION)
    assert outcome.request_attributes["x-amz-lex:qnA-search-response"] == "The pool closes at nine."
    assert "1.pdf" in outcome.request_attributes["x-amz-lex:qnA-search-response-source"]


async def test_qna_shows_an_exact_answer_as_it_stands(opened, stub, model):
    stub.script(stubs.opensearch_hits((4.0, {"q": "Pool hours?", "a": "Until nine.", "x": 1})))
    searches = table(name="faq", opensearch=stub.url, index="faq", documents=False)
    named = qna(
        "opensearchConfiguration",
        domainEndpoint=stub.url,
        indexName="faq",
        exactResponse=True,
        exactResponseFields={"questionField": "q", "answerField": "a"},
    )
    async with opened(f"[document]\ncompose = true\n{searches}", "QnAIntent", **named) as runtime:
        outcome = await recognize(runtime, QUESTION)
    assert outcome.request_attributes["x-amz-lex:qnA-search-response"] == "Until nine."
    assert model.requests == []


async def test_qna_has_a_model_compose_from_the_fields_that_the_bot_names(opened, stub, model):
    stub.script(stubs.opensearch_hits((4.0, {"body": "The pool closes at nine.", "x": "no"})))
    model.script(Say("At nine [1]."))
    searches = table(name="faq", opensearch=stub.url, index="faq", documents=False)
    named = qna(
        "opensearchConfiguration",
        domainEndpoint=stub.url,
        indexName="faq",
        exactResponse=False,
        includeFields=["body"],
    )
    async with opened(f"[document]\ncompose = true\n{searches}", "QnAIntent", **named) as runtime:
        outcome = await recognize(runtime, QUESTION)
    assert outcome.request_attributes["x-amz-lex:qnA-search-response"] == "At nine [1]."
    assert "no" not in json.loads(stub.requests[0][2])["query"]["multi_match"]["fields"]


async def test_qna_filters_kendra_as_the_bot_says(opened, stub):
    stub.script(stubs.kendra_passages(("At nine.", "HIGH")))
    text = json.dumps({"equalsTo": {"key": "_category", "value": {"stringValue": "spa"}}})
    named = qna(
        "kendraConfiguration",
        kendraIndex=KENDRA,
        queryFilterStringEnabled=True,
        queryFilterString=text,
        exactResponse=True,
    )
    async with opened(kendra(stub, documents=False), "QnAIntent", **named) as runtime:
        outcome = await recognize(runtime, QUESTION)
    assert outcome.request_attributes["x-amz-lex:qnA-search-response"] == "At nine."
    assert json.loads(stub.requests[0][2])["AttributeFilter"]["EqualsTo"]["Key"] == "_category"
