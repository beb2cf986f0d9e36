"""``GET /openapi.json``: what it says of ``/chat`` is what the server does."""

import re

import msgspec
import pytest
from asgi import call

from daehwa import chat


async def test_the_description_is_served(app):
    answer = await call(app, "GET", "/openapi.json")
    assert answer.status == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.json == chat.openapi_document()
    assert answer.json["openapi"] == "3.1.0"


async def test_every_operation_is_described(app):
    paths = chat.openapi_document()["paths"]
    described = {(method.upper(), path) for path in paths for method in paths[path]}
    assert described == {(each.method, each.path) for each in chat.OPERATIONS}
    for each in chat.OPERATIONS:
        path = each.path.format(sessionId="s1", messageId="m1")
        body = {"text": "안녕"} if each.name == "say" else {}
        answer = await call(app, each.method, path, body)
        assert answer.status in each.replies


def test_what_is_said_of_a_value_is_what_is_sent():
    """Members are required exactly where they are always there."""
    schemas = chat.openapi_document()["components"]["schemas"]
    start = chat.StartEvent(session_id="s1", message_id="m1", request_id="r")
    reply = chat.ChatReply(
        msg="",
        session_id="s1",
        message_id="m1",
        messages=(),
        source="intent",
        bot_id="b",
        locale_id="ko_KR",
        request_id="r",
    )
    fault = chat.Fault(code="c", message="m")
    for value in (start, reply, fault, chat.DeltaEvent(text=""), chat.Look(), chat.Limits()):
        sent = msgspec.json.decode(msgspec.json.encode(value))
        schema = schemas[type(value).__name__]
        assert set(sent) == set(schema["required"])
        assert set(sent) <= set(schema["properties"])


def test_the_pattern_of_a_text_takes_what_the_server_takes():
    """It is read as ECMAScript's, whose blanks are fewer than those that are stripped."""
    schemas = chat.openapi_document()["components"]["schemas"]
    pattern = schemas["ChatRequest"]["properties"]["text"]["pattern"]
    assert re.search(pattern, chat.checked_text(" 네 "))
    for blank in "\x1c\x1f\x85\u3000 ":
        assert not re.search(pattern, blank)
        with pytest.raises(chat.ChatError):
            chat.checked_text(blank)


def test_an_id_in_the_query_is_described_as_ids_are_everywhere():
    parameters = chat.openapi_document()["paths"]["/chat/sessions/{sessionId}"]["get"]["parameters"]
    [before] = [each["schema"]["pattern"] for each in parameters if each["name"] == "before"]
    schemas = chat.openapi_document()["components"]["schemas"]
    assert before == schemas["ChatRequest"]["properties"]["follows"]["pattern"]
