"""The code hooks answer whatever they are sent: what Lex would not send counts as not there."""

import pytest

from daehwa.aws import chatgpt, hook, packed_answerers
from daehwa.aws.lex_event import lex_event

FALLBACK = {"intent": {"name": "FallbackIntent"}}


@pytest.fixture(autouse=True)
def nobody_answers(monkeypatch):
    for name in ("ANSWERS_FILE", "OPENAI_API_KEY", "OPENAI_API_KEY_SECRET_ARN", "BOT_HOOK_ARN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(packed_answerers, "_kept", [])


@pytest.mark.parametrize(
    "event",
    [
        None,
        [],
        "hello",
        3,
        {"sessionState": "x"},
        {"sessionState": {"intent": []}},
        {"sessionState": {"intent": {"name": ["Order"]}}},
        {"sessionState": {"intent": {"name": "Order"}, "sessionAttributes": ["x"]}},
        {"sessionState": {"intent": {"name": "Order"}, "activeContexts": "x"}},
        {"sessionState": FALLBACK, "bot": "x"},
        {"sessionState": FALLBACK, "bot": {"localeId": 5}},
        {"sessionState": FALLBACK, "requestAttributes": ["x"]},
        {"sessionState": FALLBACK, "requestAttributes": {"daehwa:history": 5, "daehwa:later": {}}},
        {"sessionState": FALLBACK, "inputTranscript": 5, "sessionId": []},
        {"sessionState": FALLBACK | {"sessionAttributes": "x"}},
    ],
)
@pytest.mark.parametrize("function", [hook, chatgpt])
def test_an_event_of_any_shape_has_an_answer(function, event):
    action = function.lambda_handler(event)["sessionState"]["dialogAction"]
    assert action["type"] in ("Close", "Delegate")


def test_what_lex_sends_is_left_as_it_is():
    event = {
        "messageVersion": "1.0",
        "invocationSource": "FulfillmentCodeHook",
        "inputTranscript": "내일",
        "sessionId": "s-1",
        "bot": {"name": "Shop", "localeId": "ko_KR"},
        "requestAttributes": {"a": "1"},
        "sessionState": {
            "intent": {"name": "Order", "slots": {"Day": None}, "state": "InProgress"},
            "sessionAttributes": {"k": "v"},
            "activeContexts": [{"name": "c"}],
        },
        "transcriptions": [{"transcription": "내일"}],
    }
    assert lex_event(event) == event
