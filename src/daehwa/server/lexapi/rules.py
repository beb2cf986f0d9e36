"""What the service model demands of the members of requests, by structure.

Made by codegen/rules.py from botocore's service model lexv2-runtime 2020-08-07.
"""

from typing import Final

from daehwa.server.restjson import Rule

RULES: Final[dict[str, dict[str, Rule]]] = {
    "RecognizeTextRequest": {
        "botId": Rule(required=True, least=10, most=10, pattern="^[0-9a-zA-Z]+$"),
        "botAliasId": Rule(required=True),
        "localeId": Rule(
            required=True,
            least=1,
            pattern="([a-z]{2}_[A-Z]{2}|[a-z]{2}_[A-Z]{2}_[0-9]{3}|[a-z]{2}_[0-9]{3})$",
        ),
        "sessionId": Rule(required=True, least=2, most=100, pattern="[0-9a-zA-Z._:-]+"),
        "text": Rule(required=True, least=1, most=1024, sensitive=True),
        "requestAttributes": Rule(keys=Rule(least=1)),
    },
    "SessionState": {
        "activeContexts": Rule(least=0, most=20),
        "sessionAttributes": Rule(keys=Rule(least=1)),
        "originatingRequestId": Rule(least=1),
    },
    "DialogAction": {"type": Rule(required=True), "slotToElicit": Rule(least=1)},
    "ElicitSubSlot": {"name": Rule(required=True, least=1)},
    "Intent": {"name": Rule(required=True, least=1), "slots": Rule(keys=Rule(least=1))},
    "Slot": {"subSlots": Rule(keys=Rule(least=1))},
    "Value": {
        "originalValue": Rule(least=1),
        "interpretedValue": Rule(required=True, least=1),
        "resolvedValues": Rule(items=Rule(least=1)),
    },
    "ActiveContext": {
        "name": Rule(required=True, least=1, most=100, pattern="^([A-Za-z0-9]_?)+$"),
        "timeToLive": Rule(required=True),
        "contextAttributes": Rule(
            required=True,
            least=0,
            most=10,
            keys=Rule(least=1, most=100),
            values=Rule(least=1, most=1024, sensitive=True),
        ),
    },
    "ActiveContextTimeToLive": {
        "timeToLiveInSeconds": Rule(required=True, least=5, most=86400),
        "turnsToLive": Rule(required=True, least=1, most=20),
    },
    "RuntimeHints": {
        "slotHints": Rule(
            keys=Rule(least=1, most=100, pattern="^([0-9a-zA-Z][_-]?)+$"),
            values=Rule(keys=Rule(least=1, most=100, pattern="^([0-9a-zA-Z][_-]?)+$")),
        )
    },
    "RuntimeHintDetails": {
        "runtimeHintValues": Rule(least=1, most=100),
        "subSlotHints": Rule(keys=Rule(least=1, most=100, pattern="^([0-9a-zA-Z][_-]?)+$")),
    },
    "RuntimeHintValue": {"phrase": Rule(required=True, least=1, most=140)},
    "RecognizeUtteranceRequest": {
        "botId": Rule(required=True, least=10, most=10, pattern="^[0-9a-zA-Z]+$"),
        "botAliasId": Rule(required=True),
        "localeId": Rule(
            required=True,
            least=1,
            pattern="([a-z]{2}_[A-Z]{2}|[a-z]{2}_[A-Z]{2}_[0-9]{3}|[a-z]{2}_[0-9]{3})$",
        ),
        "sessionId": Rule(required=True, least=2, most=100, pattern="[0-9a-zA-Z._:-]+"),
        "sessionState": Rule(sensitive=True),
        "requestAttributes": Rule(sensitive=True),
        "requestContentType": Rule(required=True, least=1),
        "responseContentType": Rule(least=1),
    },
    "PutSessionRequest": {
        "botId": Rule(required=True, least=10, most=10, pattern="^[0-9a-zA-Z]+$"),
        "botAliasId": Rule(required=True),
        "localeId": Rule(
            required=True,
            least=1,
            pattern="([a-z]{2}_[A-Z]{2}|[a-z]{2}_[A-Z]{2}_[0-9]{3}|[a-z]{2}_[0-9]{3})$",
        ),
        "sessionId": Rule(required=True, least=2, most=100, pattern="[0-9a-zA-Z._:-]+"),
        "messages": Rule(most=10),
        "sessionState": Rule(required=True),
        "requestAttributes": Rule(keys=Rule(least=1)),
        "responseContentType": Rule(least=1),
    },
    "Message": {
        "content": Rule(least=1, most=1024, sensitive=True),
        "contentType": Rule(required=True),
    },
    "ImageResponseCard": {
        "title": Rule(required=True, least=1, most=250),
        "subtitle": Rule(least=1, most=250),
        "imageUrl": Rule(least=1, most=250),
        "buttons": Rule(least=0, most=5),
    },
    "Button": {
        "text": Rule(required=True, least=1, most=50),
        "value": Rule(required=True, least=1, most=50),
    },
    "ConfigurationEvent": {
        "requestAttributes": Rule(keys=Rule(least=1)),
        "responseContentType": Rule(required=True, least=1),
        "welcomeMessages": Rule(most=10),
        "eventId": Rule(least=2, most=100, pattern="[0-9a-zA-Z._:-]+"),
    },
    "TextInputEvent": {
        "text": Rule(required=True, least=1, most=1024, sensitive=True),
        "eventId": Rule(least=2, most=100, pattern="[0-9a-zA-Z._:-]+"),
    },
    "PlaybackCompletionEvent": {"eventId": Rule(least=2, most=100, pattern="[0-9a-zA-Z._:-]+")},
    "DisconnectionEvent": {"eventId": Rule(least=2, most=100, pattern="[0-9a-zA-Z._:-]+")},
}
