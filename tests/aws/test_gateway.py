"""Events of every sender, and answers that are none: nothing leaves the handler as an exception."""

import base64
import json

import pytest

from daehwa.aws import chat as chat_module
from daehwa.aws import gateway
from daehwa.aws.chat import lambda_handler

from .conftest import SECRET, lex_answer, ok, refuse

_SAID = json.dumps({"text": "hello"})
_IN_BASE64 = base64.b64encode(_SAID.encode()).decode()
_V1 = {"httpMethod": "POST", "path": "/chat"}
_V2 = {"version": "2.0", "rawPath": "/chat", "requestContext": {"http": {"method": "POST"}}}
_BALANCER = {**_V1, "requestContext": {"elb": {"targetGroupArn": "arn:aws:elasticloadbalancing"}}}


@pytest.fixture(autouse=True)
def kept(chat, monkeypatch):
    monkeypatch.setattr(chat_module, "_kept", [chat])
    monkeypatch.setattr("daehwa.aws.lex_alias.time.sleep", lambda _: None)


@pytest.mark.parametrize("lex", ["session attributes"], indirect=True)
class TestEvents:
    @pytest.mark.parametrize(
        "event",
        [
            {"text": "hello"},
            {"body": _SAID},
            {"body": {"text": "hello"}},
            {"body": _IN_BASE64, "isBase64Encoded": True},
            {**_V1, "body": _SAID, "headers": {"Accept": None}, "queryStringParameters": None},
            {**_V2, "body": _IN_BASE64, "isBase64Encoded": True},
            {**_BALANCER, "headers": {"content-type": "application/json"}, "body": _SAID},
            {**_BALANCER, "multiValueHeaders": {"accept": ["*/*"]}, "body": _SAID},
        ],
    )
    def test_each_sender_is_answered(self, event, lex):
        lex.script = [ok(lex_answer("Good day"))]
        answer = lambda_handler(event)
        assert answer["statusCode"] == 200
        content = answer if "msg" in answer else json.loads(answer["body"])
        assert content["msg"] == "Good day"

    def test_a_load_balancer_with_lists_of_headers_gets_lists(self, lex):
        headers = {"accept": ["text/event-stream"], "x-session-secret": [SECRET]}
        answer = lambda_handler({**_BALANCER, "multiValueHeaders": headers, "body": _SAID})
        assert answer["multiValueHeaders"]["content-type"] == ["text/event-stream"]

    @pytest.mark.parametrize(
        "event",
        [
            None,
            [],
            [{"text": "hello"}],
            5,
            "text",
            {},
            {"text": None},
            {"text": 5},
            {"body": 5},
            {"body": "[]"},
            {"requestContext": "x"},
            {"requestContext": {"http": 5}},
            {"httpMethod": None, "path": "/chat"},
            {**_V1, "body": {"text": "hello"}},
            {**_V1, "headers": [], "cookies": 5},
            {**_V1, "headers": [1]},
            {**_V2, "cookies": [None], "body": _SAID},
            {**_V2, "queryStringParameters": [1], "body": _SAID},
            {**_V2, "body": "\ud800"},
            # Strangers stand behind these gateways: not the plain events of one's own account.
            {"requestContext": {"connectionId": "c", "eventType": "MESSAGE"}, "body": _SAID},
            {"requestContext": {"serviceNetworkArn": "arn"}, "path": "/chat", "body": _SAID},
            {"raw_path": "/chat", "method": "POST", "headers": {}, "body": _SAID},
        ],
        ids=range(22),
    )
    def test_what_is_no_event_of_anybody_is_refused(self, event, lex):
        answer = lambda_handler(event)
        assert 400 <= answer["statusCode"] < 500
        assert lex.requests == []


class TestRequests:
    """What is read of a request, by who sends it."""

    @pytest.mark.parametrize("before", ["", "/test", "/api/v1", "/chat"])
    def test_what_a_stage_or_a_domain_puts_before_the_path_is_left_out(self, before):
        event = {**_V2, "rawPath": f"{before}/chat/sessions/chat"}
        assert gateway.request(event, "r").path == ("chat", "sessions", "chat")
        assert gateway.request({**_V1, "path": f"{before}/chat"}, "r").path == ("chat",)

    def test_a_load_balancers_caller_is_the_last_of_the_addresses_that_it_names(self):
        """It appends whom it was called by to whatever the caller claims."""
        headers = {"x-forwarded-for": "192.0.2.9, 198.51.100.7"}
        assert gateway.request({**_BALANCER, "headers": headers}, "r").source_address == (
            "198.51.100.7"
        )

    def test_a_load_balancer_passes_parameters_on_as_they_were_sent(self):
        sent = {"code": "4%2F0Ab+c", "state": "x%3D"}
        query = gateway.request({**_BALANCER, "queryStringParameters": sent}, "r").query
        assert query == {"code": "4/0Ab c", "state": "x="}

    def test_cookies_that_came_in_several_headers_are_all_there(self):
        """A REST API gives the last one as the header, and all of them as its list."""
        headers = {"headers": {"Cookie": "b=2"}, "multiValueHeaders": {"Cookie": ["a=1", "b=2"]}}
        assert gateway.request({**_V1, **headers}, "r").cookies == {"a": "1", "b": "2"}


@pytest.mark.parametrize("lex", ["session attributes"], indirect=True)
@pytest.mark.parametrize(
    "answer",
    [
        (200, {}, b"<html>a proxy's page</html>"),
        (200, {}, b""),
        (200, {}, b"null"),
        (200, {}, b'{"messages": ['),
        (200, {}, b'{"messages": 5}'),
        (200, {}, b'{"sessionState": {"intent": {"state": "Failed"}}}'),
        (302, {"location": "https://login.example"}, b""),
        refuse(418, "SomethingNew"),
    ],
    ids=range(8),
)
def test_what_no_lex_says_is_lexs_failure_and_not_an_empty_reply(lex, answer, transcript):
    lex.as_returned = lambda body, _: body
    lex.script = [answer]
    given = lambda_handler({"text": "hello", "sessionId": "s-1"})
    assert (given["statusCode"], given["error"]["code"]) == (502, "BotUnreachable")
    assert all(turn.state_at(0) != "running" for turn in transcript.kept.values())


@pytest.mark.parametrize("lex", ["session attributes"], indirect=True)
def test_marks_of_another_form_are_no_marks(lex):
    lex.as_returned = lambda body, _: body
    lex.script = [ok({**lex_answer("Good day"), "requestAttributes": {"daehwa:source": 5}})]
    assert lambda_handler({"text": "hello"})["source"] == "intent"
