"""What the functions call against what the template allows: neither less, nor more.

The functions run with the environment that the template gives them, against a stub that checks
each request with botocore's models and writes down the action and the resource that IAM would see.
"""

import json
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote

import botocore.session
import pytest
from botocore.validate import ParamValidator
from synthesis import function, statements

from daehwa.aws import chat, hook, packed_answerers, streaming

SECRET = "s" * 43
LEX = re.compile(r"/bots/([^/]+)/botAliases/([^/]+)/botLocales/[^/]+/sessions/[^/]+(/text)?")
TARGETS = {"DynamoDB_20120810": "dynamodb", "secretsmanager": "secretsmanager"}
# What Lambda itself does with the role, and what nothing but a deployment without data can show.
LAMBDAS_OWN = {"logs:CreateLogStream", "logs:PutLogEvents"}
_session = botocore.session.get_session()


def resolved(value):
    """A value of the template, its references as logical ids and ARNs as ``arn:ID``."""
    match value:
        case {"Ref": name}:
            return name
        case {"Fn::GetAtt": [name, attribute]}:
            return f"arn:{name}" if attribute == "Arn" else name
        case {"Fn::Join": [between, parts]}:
            return between.join(resolved(part) for part in parts)
    return value


class Recorder:
    """AWS on loopback: ``calls`` are pairs of action and resource."""

    def __init__(self):
        self.calls = set()
        recorder = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _answer(self):
                raw = self.rfile.read(int(self.headers.get("content-length") or 0))
                body = recorder.answer(self.command, unquote(self.path), self.headers, raw)
                content = json.dumps(body).encode()
                self.send_response(200)
                self.send_header("content-length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            do_POST = do_DELETE = do_GET = _answer  # noqa: N815 - http.server's names

            def log_message(self, *args):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def answer(self, method, path, headers, raw):
        sent = json.loads(raw or b"{}")
        if headers["x-amz-target"]:
            prefix, _, operation = headers["x-amz-target"].partition(".")
            service = TARGETS[prefix]
            model = _session.get_service_model(service).operation_model(operation)
            report = ParamValidator().validate(sent, model.input_shape)
            assert not report.has_errors(), report.generate_report()
            self._record(service, operation, sent)
            return getattr(self, f"_{operation}", lambda _: {})(sent)
        if path.startswith("/2015-03-31/functions/"):
            self.calls.add(("lambda:InvokeFunction", path.split("/")[3]))
            return {}
        bot_id, alias_id, text = LEX.match(path).groups()
        assert bot_id
        action = "RecognizeText" if text else f"{method.title()}Session"
        self.calls.add((f"lex:{action}", f"arn:{alias_id}"))
        return {"messages": [], "sessionState": {"intent": {"name": "Greet", "state": "Fulfilled"}}}

    def _record(self, service, operation, sent):
        tables = sent.get("RequestItems") or ([sent["TableName"]] if "TableName" in sent else [])
        for table in tables:
            index = f"/index/{sent['IndexName']}" if "IndexName" in sent else ""
            self.calls.add((f"dynamodb:{operation}", f"arn:{table}{index}"))
        if service == "secretsmanager":
            self.calls.add((f"secretsmanager:{operation}", sent["SecretId"]))

    def _Query(self, _):  # noqa: N802 - DynamoDB's name
        turn = {"session": "s", "messageId": "a" * 24, "text": "hi", "turnState": "done"}
        item = {name: {"S": value} for name, value in turn.items()}
        return {"Items": [item | {"at": {"N": "1"}, "lapsesAt": {"N": "9999999999"}}]}

    def _GetItem(self, sent):  # noqa: N802 - DynamoDB's name
        item = self._Query(sent)["Items"][0]
        return {"Item": item | {"reply": {"S": '{"sessionId": "s", "messageId": "m"}'}}}

    def _GetSecretValue(self, _):  # noqa: N802 - Secrets Manager's name
        return {"SecretString": "{}"}

    def close(self):
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def recorder():
    recorder = Recorder()
    yield recorder
    recorder.close()


@pytest.fixture
def start(recorder, monkeypatch):
    """Give a function the environment that the template gives it."""

    def start(template, name):
        environment = function(template, name)["Environment"]["Variables"]
        for variable, value in environment.items():
            monkeypatch.setenv(variable, resolved(value))
        for file in ("PAGE_FILE", "ANSWERS_FILE"):
            monkeypatch.delenv(file, raising=False)
        monkeypatch.setenv("AWS_ENDPOINT_URL", recorder.url)
        monkeypatch.setenv("AWS_REGION", "ap-northeast-2")
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKEXAMPLE")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "not-a-real-secret")
        for module in (chat, packed_answerers, streaming):
            monkeypatch.setattr(module, "_kept", [])
        monkeypatch.setattr(hook, "_limits", [])

    yield start
    # The connections that an execution environment would keep.
    for kept in (*chat._kept, *streaming._kept):
        kept._lex.close()
        kept._transcript.close()
    for limits in (*(kept.edge.limits for kept in (*chat._kept, *streaming._kept)), *hook._limits):
        limits.close()
    for kept in packed_answerers._kept:
        kept.budget.close()


def allowed(template, role):
    return {
        (action, resolved(resource))
        for action, resources in statements(template, role).items()
        if action not in LAMBDAS_OWN
        for resource in resources
    }


def talk(handler):
    """Every request of ``/chat``."""
    session = f"/chat/sessions/{'b' * 24}"
    headers = {"x-session-secret": SECRET, "x-origin-verify": "{}", "accept": "application/json"}
    for method, path, body in (
        ("POST", "/chat", {"text": "hi"}),
        ("POST", "/chat/sessions", {"sessionId": "b" * 24}),
        ("GET", session, None),
        ("GET", f"{session}/turns/m-1", None),
        ("POST", f"{session}/turns/m-1/feedback", {"rating": "up"}),
        ("POST", f"{session}/turns/m-1/stop", {}),
        ("DELETE", session, None),
    ):
        answer = handler(
            {
                "version": "2.0",
                "rawPath": path,
                "headers": headers,
                "requestContext": {"http": {"method": method, "sourceIp": "198.51.100.7"}},
                "body": json.dumps(body),
            }
        )
        assert answer["statusCode"] < 300, (path, answer)


def test_the_chat_function_may_do_what_it_does(recorder, start, template):
    start(template, "Chat")
    talk(chat.lambda_handler)
    may = allowed(template, "ChatRole")
    assert recorder.calls - may == set(), "IAM would refuse"
    table = function(template, "Chat")["Environment"]["Variables"]["TRANSCRIPT_TABLE"]["Ref"]
    # A turn that Lex refused is deleted; an index is only ever read, and by one action.
    never = {
        (action, resource)
        for action, resource in may - recorder.calls
        if not resource.endswith("/index/byTime")
    }
    assert never == {("dynamodb:DeleteItem", f"arn:{table}")}


def test_the_code_hook_may_do_what_it_does(recorder, start, template):
    start(template, "Hook")
    event = {
        "inputTranscript": "why?",
        "sessionId": "s-1",
        "requestAttributes": {"daehwa:address": "of-the-chat"},
        "bot": {"localeId": "en_US"},
        "sessionState": {"intent": {"name": "FallbackIntent"}},
    }
    response = hook.lambda_handler(event)
    assert response["sessionState"]["intent"]["state"] == "Failed"
    assert recorder.calls == allowed(template, "HookRole")


def test_what_streams_may_do_what_it_does(recorder, start, request):
    template = request.getfixturevalue("streaming")
    start(template, "Chat")
    talk(streaming.lambda_handler)
    assert recorder.calls - allowed(template, "ChatRole") == set(), "IAM would refuse"
