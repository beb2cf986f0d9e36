"""Kendra, QnA, Bedrock agents and Q in Connect: when they are asked, what is done with it."""

import pytest
from tests.dialog.build import (
    Talk,
    ask,
    closing,
    fallback,
    fulfil,
    intent,
    locale,
    means,
    reply,
    slot,
)

from daehwa import dialog, lex

BLUE = dialog.SearchResult(text="It is blue.", source="https://sky", additional_context="physics")


def searching(signature, answers, **more):
    search = intent("Search", signature=f"AMAZON.{signature}", **more)
    order = intent("Order", slot("City", prompt=ask("City?", retries=1)))
    bot = locale(order, search, fallback(closing=closing("What?")))
    return Talk(bot, answers)


KINDS = {
    "KendraSearchIntent": ("KendraSearch", "x-amz-lex:kendra-search-response-answer-1"),
    "QnAIntent": ("QnA", "x-amz-lex:qnA-search-response"),
    "BedrockAgentIntent": ("BedrockAgent", "x-amz-lex:bedrock-agent-search-response"),
    "QInConnectIntent": ("QInConnect", "x-amz-lex:q-in-connect-response"),
}


@pytest.mark.parametrize("signature", KINDS)
def test_what_fits_no_intent_is_searched_and_put_in_the_request_attributes(signature):
    kind, attribute = KINDS[signature]
    talk = searching(signature, lambda _: BLUE, fulfil=fulfil(f"Found: (({attribute}))"))
    talk.says("why is the sky blue?", means("Order", 0.1))
    (call,) = talk.calls
    assert (call.kind, call.transcript) == (kind, "why is the sky blue?")
    assert call.session_state.intent.name == "Search"
    assert call.intent_signature == f"AMAZON.{signature}"
    assert talk.outcome.request_attributes[attribute] == "It is blue."
    assert (talk.words, talk.action) == (["Found: It is blue."], "Close")
    assert (talk.intent.name, talk.intent.state) == ("Search", "Fulfilled")


def test_qna_gives_its_source_and_context_too():
    talk = searching("QnAIntent", lambda _: BLUE).says("why?")
    assert talk.outcome.request_attributes == {
        "x-amz-lex:qnA-search-response": "It is blue.",
        "x-amz-lex:qnA-search-response-source": "https://sky",
        "x-amz-lex:qna-additional-context": "physics",
    }


def test_a_search_without_words_of_its_own_passes_on_the_answer():
    assert searching("QnAIntent", lambda _: BLUE).says("why?").words == ["It is blue."]


@pytest.mark.parametrize("result", [dialog.HookAbsent(), dialog.HookFailed("x")])
def test_without_an_answer_it_falls_back(result):
    talk = searching("QnAIntent", lambda _: result).says("why?")
    assert (talk.words, talk.intent.name) == (["What?"], "FallbackIntent")


def test_a_recognised_intent_goes_before_a_search():
    talk = searching("QnAIntent", lambda _: BLUE).says("order", means("Order", 0.9))
    assert (talk.calls, talk.words) == ([], ["City?"])


def test_only_kendra_is_searched_when_a_slot_is_missed():
    for signature, calls in (
        ("QnAIntent", 0),
        ("BedrockAgentIntent", 0),
        ("KendraSearchIntent", 1),
    ):
        talk = searching(signature, lambda _: BLUE).says("order", means("Order")).says("why?")
        assert len(talk.calls) == calls
        assert talk.words == (["It is blue."] if calls else ["City?"])


def test_kendra_without_an_answer_asks_again_and_then_falls_back():
    talk = searching("KendraSearchIntent", lambda _: dialog.HookAbsent())
    talk.says("order", means("Order")).says("why?")
    assert talk.words == ["City?"]
    assert talk.says("why?").intent.name == "FallbackIntent"


def test_kendras_hook_gets_its_reply():
    def answers(call):
        if call.kind == "KendraSearch":
            return dialog.SearchResult(text="A", kendra_response={"TotalNumberOfResults": 1})
        assert call.kendra_response == {"TotalNumberOfResults": 1}
        return reply(call, "Close", "By hook.", state="Fulfilled")

    talk = searching("KendraSearchIntent", answers, fulfil=fulfil(hook=True)).says("why?")
    assert talk.words == ["By hook."]


def test_the_conversation_stays_with_an_agent_until_it_has_finished():
    transcripts = []

    def answers(call):
        transcripts.append(call.transcript)
        return dialog.SearchResult(
            text=f"Heard {call.transcript}", finished=call.transcript == "bye"
        )

    talk = searching("BedrockAgentIntent", answers, closing=closing("The agent left."))
    talk.says("hi")
    assert (talk.words, talk.action) == (["Heard hi"], "ElicitIntent")
    assert (talk.intent.name, talk.intent.state) == ("Search", "InProgress")
    talk.says("order", means("Order"))
    assert talk.words == ["Heard order"]
    talk.says("bye")
    assert (talk.words, talk.action) == (["The agent left."], "Close")
    assert transcripts == ["hi", "order", "bye"]
    assert talk.says("order", means("Order")).words == ["City?"]


def test_an_agent_that_breaks_off_fails_the_turn_or_leaves_to_the_fallback():
    results = [dialog.SearchResult(text="Yes?", finished=False), dialog.HookAbsent()]
    talk = searching("BedrockAgentIntent", lambda _: results.pop(0)).says("hi").says("more")
    assert talk.intent.name == "FallbackIntent"
    results = [dialog.SearchResult(text="Yes?", finished=False), dialog.HookFailed("gone")]
    talk = searching("BedrockAgentIntent", lambda _: results.pop(0)).says("hi")
    with pytest.raises(lex.DependencyFailedException, match="gone"):
        talk.says("more")
