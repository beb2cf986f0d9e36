"""What a code hook answers when an answerer speaks: ``Close``."""

import pytest

from daehwa.answers import close_response

EVENT = {
    "messageVersion": "1.0",
    "invocationSource": "FulfillmentCodeHook",
    "inputMode": "Text",
    "responseContentType": "text/plain; charset=utf-8",
    "sessionId": "s-1",
    "inputTranscript": "대한민국의 수도는?",
    "bot": {
        "id": "ABCDEFGHIJ",
        "name": "HelloWorldBot",
        "localeId": "ko_KR",
        "version": "DRAFT",
        "aliasId": "TSTALIASID",
        "aliasName": "TestBotAlias",
    },
    "interpretations": [],
    "requestAttributes": {"daehwa:history": "[]"},
    "sessionState": {
        "sessionAttributes": {"who": "me"},
        "activeContexts": [
            {
                "name": "c",
                "contextAttributes": {},
                "timeToLive": {"timeToLiveInSeconds": 60, "turnsToLive": 3},
            }
        ],
        "intent": {
            "name": "FallbackIntent",
            "slots": {},
            "state": "ReadyForFulfillment",
            "confirmationState": "None",
        },
    },
    "transcriptions": [],
}


def test_the_response_closes_the_intent_with_one_message():
    assert close_response(EVENT, "서울입니다.") == {
        "sessionState": {
            "sessionAttributes": {"who": "me"},
            "activeContexts": EVENT["sessionState"]["activeContexts"],
            "dialogAction": {"type": "Close"},
            "intent": {
                "name": "FallbackIntent",
                "slots": {},
                "state": "Fulfilled",
                "confirmationState": "None",
            },
        },
        "messages": [{"contentType": "PlainText", "content": "서울입니다."}],
        "requestAttributes": {},
    }
    assert EVENT["sessionState"]["intent"]["state"] == "ReadyForFulfillment"


@pytest.mark.parametrize("event", [{}, {"bot": None, "sessionState": None}])
def test_an_event_with_hardly_anything_in_it(event):
    response = close_response(event, "x")
    assert response["sessionState"]["intent"] == {"name": "FallbackIntent", "state": "Fulfilled"}
