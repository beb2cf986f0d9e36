"""The code hook on AWS: FallbackIntent to ChatGPT, the rest to the bot's own function or on."""

import json

import pytest

from daehwa.aws import chatgpt, packed_answerers
from daehwa.aws.hook import lambda_handler


def event(intent, source="DialogCodeHook"):
    return {
        "invocationSource": source,
        "inputTranscript": "hi",
        "bot": {"localeId": "en_US"},
        "sessionState": {
            "intent": {"name": intent, "state": "InProgress", "slots": {"A": None}},
            "sessionAttributes": {"k": "v"},
        },
    }


def test_fallback_goes_to_chatgpt(monkeypatch):
    asked = []
    monkeypatch.setattr(
        chatgpt, "lambda_handler", lambda event, _: asked.append(event) or {"said": True}
    )
    assert lambda_handler(event("FallbackIntent")) == {"said": True}
    monkeypatch.setenv("FALLBACK_INTENTS", "Elsewise,Anders")
    assert lambda_handler(event("Anders")) == {"said": True}
    assert len(asked) == 2


def test_what_is_set_up_wrong_is_for_the_answerer_to_say(monkeypatch):
    monkeypatch.setattr(packed_answerers, "_kept", [])
    monkeypatch.setenv("ANSWERS_FILE", "/nowhere.json")
    answer = lambda_handler(event("FallbackIntent"))
    assert answer["requestAttributes"]["daehwa:error"] == "setting_invalid"
    assert lambda_handler(event("Order"))["sessionState"]["dialogAction"]["type"] == "Delegate"


@pytest.mark.parametrize(
    ("source", "state"), [("DialogCodeHook", "InProgress"), ("FulfillmentCodeHook", "Fulfilled")]
)
def test_another_intent_goes_on_as_without_a_hook(monkeypatch, source, state):
    monkeypatch.delenv("BOT_HOOK_ARN", raising=False)
    given = lambda_handler(event("Order", source))["sessionState"]
    assert given["dialogAction"] == {"type": "Delegate"}
    assert given["intent"] == {"name": "Order", "state": state, "slots": {"A": None}}
    assert given["sessionAttributes"] == {"k": "v"}


def test_the_bots_own_function_is_called(monkeypatch, lex, environ):
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("AWS_ENDPOINT_URL_LAMBDA", lex.url)
    arn = "arn:aws:lambda:ap-northeast-2:123456789012:function:own"
    monkeypatch.setenv("BOT_HOOK_ARN", arn)
    lex.script = [(200, {}, {"sessionState": {"dialogAction": {"type": "Close"}}})]
    answer = lambda_handler(event("Order"))
    assert answer["sessionState"]["dialogAction"]["type"] == "Close"
    _, path, _, raw = lex.requests[0]
    assert path.startswith("/2015-03-31/functions/arn%3Aaws%3Alambda")
    assert json.loads(raw)["inputTranscript"] == "hi"


def test_each_locale_may_have_a_function_of_its_own(monkeypatch, lex, environ):
    arn = "arn:aws:lambda:ap-northeast-2:123456789012:function:own"
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("AWS_ENDPOINT_URL_LAMBDA", lex.url)
    monkeypatch.delenv("BOT_HOOK_ARN", raising=False)
    monkeypatch.setenv("BOT_HOOKS", json.dumps({"ko_KR": arn}))
    asked = event("Order")
    asked["bot"] = {"localeId": "en_US"}
    assert lambda_handler(asked)["sessionState"]["dialogAction"] == {"type": "Delegate"}
    assert lex.requests == []
    lex.script = [(200, {}, {"sessionState": {"dialogAction": {"type": "Close"}}})]
    asked["bot"] = {"localeId": "ko_KR"}
    assert lambda_handler(asked)["sessionState"]["dialogAction"] == {"type": "Close"}


def test_who_streams_is_left_the_answer(monkeypatch):
    monkeypatch.setattr(chatgpt, "lambda_handler", None)
    asked = event("FallbackIntent", "FulfillmentCodeHook")
    asked["requestAttributes"] = {"daehwa:later": "wished"}
    answer = lambda_handler(asked)
    assert answer["requestAttributes"] == {"daehwa:later": "granted"}
    assert answer["sessionState"]["dialogAction"]["type"] == "Close"
    assert answer["sessionState"]["intent"]["state"] == "Fulfilled"


@pytest.mark.parametrize("arn", [None, "arn:aws:lambda:ap-northeast-2:123456789012:function:own"])
def test_another_intent_clears_what_an_answer_left_in_the_session(monkeypatch, lex, environ, arn):
    asked = event("Order")
    asked["sessionState"]["sessionAttributes"]["daehwa:answer"] = '{"daehwa:turn": "m-1"}'
    if arn is None:
        monkeypatch.delenv("BOT_HOOK_ARN", raising=False)
        left = lambda_handler(asked)["sessionState"]["sessionAttributes"]
    else:
        for name, value in environ.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setenv("AWS_ENDPOINT_URL_LAMBDA", lex.url)
        monkeypatch.setenv("BOT_HOOK_ARN", arn)
        lambda_handler(asked)
        left = lex.sent()["sessionState"]["sessionAttributes"]
    assert left == {"k": "v"}
