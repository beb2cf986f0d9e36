"""The uploaded folder's handlers, started as AWS starts them."""

import json
import os
import re
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from daehwa_deploy import Settings
from daehwa_deploy.configuration import read_configuration
from daehwa_deploy.package import functions_code, page_content, read_bot
from pythons import FUNCTIONS, interpreter
from runtime_api import RuntimeApi, start


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    folder = tmp_path_factory.mktemp("functions")
    settings = Settings()
    definition = read_bot(settings, folder).definition
    configuration = read_configuration(None, definition)
    page = page_content(definition, settings, configuration)
    return functions_code(folder, page, configuration)


@pytest.fixture(params=["this Python", "the functions' Python"])
def python(request):
    """What runs the functions: ``None`` is the Python of the tests."""
    if request.param == "this Python":
        return None
    found = interpreter()
    if found is None:
        reason = f"NOT TESTED on the functions' Python {FUNCTIONS}: name one in FUNCTION_PYTHON"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)
    return found


@pytest.fixture
def api():
    api = RuntimeApi()
    yield api
    api.close()


def ended(process):
    process.terminate()
    output, _ = process.communicate(timeout=20)
    return output.decode()


def test_all_that_is_packed_runs_on_the_standard_library(root, python):
    """Whatever a function imports at some time: the page filler alone has boto3."""
    modules = [
        ".".join(file.relative_to(root).with_suffix("").parts)
        for file in sorted(root.glob("daehwa/*/*.py"))
        if file.stem not in ("__init__", "site")
    ]
    assert "daehwa.aws.documents_file" in modules
    code = f"import importlib\nfor name in {modules}: importlib.import_module(name)"
    command = [python or sys.executable, "-I", "-S", "-W", "error", "-c"]
    done = subprocess.run(
        [*command, f"import sys; sys.path.insert(0, {str(root)!r})\n{code}"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_the_chat_function(api, root, python):
    process = start(
        api,
        root,
        "daehwa.aws.chat.lambda_handler",
        python=python,
        botId="BOTBOTBOTB",
        botAliasId="ALIASALIAS",
        localeId="ko_KR",
        TRANSCRIPT_TABLE="table",
        PAGE_FILE="page.json",
    )
    event = {
        "version": "2.0",
        "rawPath": "/chat/config",
        "headers": {"accept-language": "ko"},
        "requestContext": {"http": {"method": "GET"}},
    }
    path, answer = api.invoke(event)
    assert path.endswith("/invocation/request-1/response")
    assert answer["statusCode"] == 200
    assert json.loads(answer["body"])["default"] == {"botId": "BOTBOTBOTB", "localeId": "ko_KR"}
    _, answer = api.invoke({"text": ""})
    assert answer["statusCode"] == 400
    assert '"requestId": "request-2"' in ended(process)


def test_the_code_hook(api, root, python):
    process = start(
        api,
        root,
        "daehwa.aws.hook.lambda_handler",
        python=python,
        OPENAI_BASE_URL="http://127.0.0.1:9/v1",
        OPENAI_API_KEY="sk-stub",
    )
    event = {
        "invocationSource": "FulfillmentCodeHook",
        "inputTranscript": "hello",
        "sessionId": "s-1",
        "bot": {"localeId": "en_US"},
        "sessionState": {"intent": {"name": "FallbackIntent", "state": "ReadyForFulfillment"}},
    }
    path, answer = api.invoke(event)
    assert path.endswith("/response")
    assert answer["sessionState"]["intent"]["state"] == "Failed"
    assert answer["requestAttributes"]["daehwa:error"] == "unreachable"
    event["sessionState"]["intent"]["name"] = "Order"
    _, answer = api.invoke(event)
    assert answer["sessionState"]["dialogAction"]["type"] == "Delegate"
    assert "sk-stub" not in ended(process)


class Upstream(BaseHTTPRequestHandler):
    """Lex, DynamoDB and OpenAI on one port; OpenAI's second word waits to be let go."""

    protocol_version = "HTTP/1.1"
    go = threading.Event()

    def do_POST(self):
        sent = json.loads(self.rfile.read(int(self.headers["content-length"])))
        if self.path.endswith("/chat/completions"):
            self._stream(sent)
        elif self.path.endswith("/text"):
            wish = sent["requestAttributes"]["daehwa:later"]
            assert wish == "wished"
            self._answer(
                {
                    "messages": [{"contentType": "PlainText", "content": "…"}],
                    "sessionState": {"intent": {"name": "FallbackIntent", "state": "Fulfilled"}},
                    "requestAttributes": {"daehwa:later": "granted"},
                }
            )
        else:
            self._answer({})

    def _answer(self, body):
        raw = json.dumps(body).encode()
        self.send_response(200)
        self.send_header("content-length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def _stream(self, sent):
        assert sent["stream"] is True
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("connection", "close")
        self.end_headers()
        for word in ("One", " two"):
            choice = {"delta": {"content": word}, "finish_reason": None}
            self.wfile.write(f"data: {json.dumps({'choices': [choice]})}\n\n".encode())
            self.go.wait(30)
        self.wfile.write(b"data: [DONE]\n\n")
        self.close_connection = True

    def log_message(self, *args):
        pass


@pytest.fixture
def upstream():
    Upstream.go.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Upstream)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    Upstream.go.set()
    server.shutdown()
    server.server_close()


def streamed(api, root, upstream, python):
    return start(
        api,
        root,
        "daehwa.aws.streaming.lambda_handler",
        python=python,
        AWS_LAMBDA_EXEC_WRAPPER=str(root / "stream"),
        AWS_ENDPOINT_URL=upstream,
        OPENAI_BASE_URL=f"{upstream}/v1",
        OPENAI_API_KEY="sk-stub",
        botId="BOTBOTBOTB",
        botAliasId="ALIASALIAS",
        localeId="ko_KR",
        TRANSCRIPT_TABLE="table",
        PAGE_FILE="page.json",
    )


def test_words_are_streamed_while_they_are_made(api, root, upstream, python):
    process = streamed(api, root, upstream, python)
    event = {
        "path": "/chat",
        "httpMethod": "POST",
        "headers": {"Accept": "text/event-stream"},
        "requestContext": {},
        "body": json.dumps({"text": "왜?"}),
    }
    for _ in range(2):
        Upstream.go.clear()
        path, kind = api.invoke(event)
        assert path.endswith("/response")
        assert kind == "application/vnd.awslambda.http-integration-response"
        pieces = api.pieces()
        head, _, rest = next(pieces).partition(b"\0" * 8)
        assert json.loads(head)["statusCode"] == 200
        assert rest == b""
        said = b""
        while b'"One"' not in said:
            said += next(pieces)
        assert b'" two"' not in said
        Upstream.go.set()
        said += b"".join(pieces)
        assert re.findall(rb"^event: (\w+)$", said, re.MULTILINE)[-1] == b"done"
        assert b'"msg": "One two"' in said
    assert "sk-stub" not in ended(process)


def test_what_streams_answers_the_rest_as_well(api, root, upstream, python):
    process = streamed(api, root, upstream, python)
    event = {"path": "/chat/config", "httpMethod": "GET", "headers": {}, "requestContext": {}}
    api.invoke(event)
    head, _, _ = next(pieces := api.pieces()).partition(b"\0" * 8)
    assert json.loads(head)["headers"]["content-type"] == "application/json"
    assert json.loads(b"".join(pieces))["default"]["botId"] == "BOTBOTBOTB"
    _, kind = api.invoke({"text": ""})
    assert kind == "application/json"
    assert json.loads(b"".join(api.pieces()))["statusCode"] == 400
    ended(process)
