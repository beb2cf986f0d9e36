"""The hook as AWS starts it: a plain function, a key from the environment or from a secret."""

import json
import subprocess
import sys

import pytest

from daehwa.answers.testing import Cut, Fail, Raw, Say, Silence, StubOpenAI
from daehwa.aws import chatgpt, packed_answerers
from daehwa.aws.chatgpt import lambda_handler

from .services import StubServices
from .test_fallback import EVENT

KEY = "sk-test-51HvNeverToBeSeenAnywhere"

ARN = "arn:aws:secretsmanager:ap-northeast-2:123456789012:secret:openai-AbCdEf"


class Context:
    """What AWS gives: the time that is left."""

    def __init__(self, seconds):
        self._seconds = seconds

    def get_remaining_time_in_millis(self):
        return int(self._seconds * 1000)


@pytest.fixture
def openai_stub():
    with StubOpenAI(key=KEY).in_thread() as stub:
        yield stub


@pytest.fixture
def environ(openai_stub, monkeypatch):
    """The Lambda's environment, pointing at the stub, with nothing kept from before."""
    for name in ("OPENAI_API_KEY", "OPENAI_API_KEY_SECRET_ARN", "DAEHWA_ANSWER_PREFIX"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("OPENAI_BASE_URL", openai_stub.base_url)
    monkeypatch.setenv("OPENAI_MODEL", "gpt-x")
    packed_answerers._kept.clear()
    yield monkeypatch
    packed_answerers._kept.clear()


@pytest.fixture
def with_key(environ):
    environ.setenv("OPENAI_API_KEY", KEY)
    return environ


@pytest.fixture
def naps(monkeypatch):
    """The seconds slept between attempts."""
    slept = []
    monkeypatch.setattr(chatgpt.time, "sleep", slept.append)
    return slept


def said(response):
    (message,) = response["messages"]
    assert message["contentType"] == "PlainText"
    return message["content"]


@pytest.mark.usefixtures("with_key")
def test_it_answers_with_the_conversation_so_far(openai_stub):
    openai_stub.script(Say("서울입니다."))
    response = lambda_handler(EVENT, Context(30))
    assert said(response) == "서울입니다."
    assert response["sessionState"]["intent"]["state"] == "Fulfilled"
    assert response["requestAttributes"]["daehwa:source"] == "chatgpt"
    (request,) = openai_stub.requests
    assert request.path == "/v1/chat/completions"
    assert request.headers["Authorization"] == f"Bearer {KEY}"
    assert request.contents[1:] == ("안녕", "반가워요", "대한민국의 수도는?")
    json.dumps(response)


@pytest.mark.usefixtures("environ")
def test_without_a_key_an_endpoint_of_ones_own_refuses_or_not(openai_stub):
    assert lambda_handler(EVENT, None)["requestAttributes"]["daehwa:error"] == "key_refused"
    openai_stub.key = None
    assert said(lambda_handler(EVENT, None)) == "The stub's answer."


def test_a_missing_key_is_said(environ):
    environ.delenv("OPENAI_BASE_URL")
    response = lambda_handler(EVENT, None)
    assert response["requestAttributes"]["daehwa:error"] == "key_missing"
    assert response["sessionState"]["intent"]["state"] == "Failed"


def test_a_prefix_when_it_is_wanted(with_key):
    with_key.setenv("DAEHWA_ANSWER_PREFIX", "[ChatGPT] ")
    assert said(lambda_handler(EVENT, None)) == "[ChatGPT] The stub's answer."


def test_completion_models_too(openai_stub, with_key):
    openai_stub.completion_models = frozenset({"davinci-002"})
    with_key.setenv("OPENAI_MODEL", "davinci-002")
    assert said(lambda_handler(EVENT, None)) == "The stub's answer."
    assert openai_stub.requests[0].path == "/v1/completions"


@pytest.mark.usefixtures("with_key")
@pytest.mark.parametrize(
    "failure",
    [
        (Fail(401), "key_refused", 1),
        (Fail(404), "model_not_found", 1),
        (Fail(429, "insufficient_quota"), "quota", 1),
        (Fail(429), "rate_limited", 3),
        (Fail(500), "upstream_failed", 3),
        (Cut(), "unreachable", 3),
        (Raw(b"<html></html>"), "not_an_endpoint", 1),
    ],
)
def test_a_failure_is_a_line_for_the_person(openai_stub, naps, capsys, failure):
    reply, code, requests = failure
    openai_stub.default = reply
    response = lambda_handler(EVENT, Context(30))
    assert response["requestAttributes"]["daehwa:error"] == code
    assert response["sessionState"]["intent"]["state"] == "Failed"
    assert said(response)
    assert (len(openai_stub.requests), len(naps)) == (requests, requests - 1)
    written = capsys.readouterr().out
    *attempts, end = map(json.loads, written.splitlines())
    assert end["error"] == code
    assert [(one["code"], one["attempt"]) for one in attempts] == [
        (code, number + 1) for number in range(requests)
    ]
    assert KEY not in written
    assert EVENT["inputTranscript"] not in written


@pytest.mark.usefixtures("with_key")
def test_it_answers_before_its_own_time_is_over(openai_stub):
    openai_stub.default = Silence()
    response = lambda_handler(EVENT, Context(1.3))
    assert response["requestAttributes"]["daehwa:error"] == "timed_out"


@pytest.mark.usefixtures("with_key")
def test_what_it_learned_is_kept_while_the_environment_lives(openai_stub):
    openai_stub.completion_models = frozenset({"gpt-x"})
    lambda_handler(EVENT, None)
    lambda_handler(EVENT, None)
    paths = [request.path for request in openai_stub.requests]
    assert paths == ["/v1/chat/completions", "/v1/completions", "/v1/completions"]


@pytest.fixture
def secrets(environ):
    """Secrets Manager: ``secrets`` by ARN, and ``calls``."""
    stub = StubServices()
    for name, value in stub.environ().items():
        environ.setenv(name, value)
    environ.setenv("OPENAI_API_KEY_SECRET_ARN", ARN)
    yield stub
    stub.close()


@pytest.mark.parametrize(
    "value",
    [
        KEY,
        json.dumps({"OPENAI_API_KEY": KEY}),
        f"{KEY}\r\n",
        f"\ufeff{KEY}",
        json.dumps(KEY),
        f'\ufeff{{"OPENAI_API_KEY": "{KEY}\\n", "port": 5432, "note": null, "more": [1]}}\n',
    ],
)
def test_the_key_may_be_a_secret(secrets, value):
    secrets.secrets[ARN] = value
    assert said(lambda_handler(EVENT, None)) == "The stub's answer."
    assert said(lambda_handler(EVENT, None)) == "The stub's answer."
    assert len(secrets.calls) == 1


def test_a_rotated_secret_is_read_again(openai_stub, secrets):
    secrets.secrets[ARN] = KEY
    lambda_handler(EVENT, None)
    openai_stub.key = secrets.secrets[ARN] = "sk-rotated"
    assert said(lambda_handler(EVENT, None)) == "The stub's answer."


def test_the_environments_own_key_goes_before(environ, secrets):
    environ.setenv("OPENAI_API_KEY", KEY)
    assert said(lambda_handler(EVENT, None)) == "The stub's answer."
    assert secrets.calls == []


def test_a_secret_that_is_not_there_fails_closed(openai_stub, secrets, capsys):
    response = lambda_handler(EVENT, None)
    assert response["requestAttributes"]["daehwa:error"] == "key_missing"
    assert "ResourceNotFoundException" in capsys.readouterr().out
    assert openai_stub.requests == []


@pytest.mark.parametrize("value", ["{OPENAI_API_KEY: sk-a}", "{'OPENAI_API_KEY': 'sk-a'}", "[1]"])
def test_a_secret_that_is_no_key_is_sent_to_nobody(openai_stub, secrets, capsys, value):
    """As a shell leaves it that takes the quotes away; in the log stands what is wanted of it."""
    secrets.secrets[ARN] = value
    response = lambda_handler(EVENT, None)
    assert response["requestAttributes"]["daehwa:error"] == "key_missing"
    written = capsys.readouterr().out
    assert "a JSON object with the member OPENAI_API_KEY" in written
    assert "sk-a" not in written
    assert openai_stub.requests == []


@pytest.mark.parametrize("value", ["", '{"OPENAI_API_KEY": ""}', '{"OPENAI_API_KEY": null}'])
def test_a_secret_as_the_deployment_made_it_has_no_key(environ, openai_stub, secrets, value):
    """An endpoint of one's own may want none; OpenAI does, and that is reported."""
    secrets.secrets[ARN] = value
    openai_stub.key = None
    assert said(lambda_handler(EVENT, None)) == "The stub's answer."
    assert "Authorization" not in openai_stub.requests[0].headers
    packed_answerers._kept.clear()
    environ.delenv("OPENAI_BASE_URL")
    assert lambda_handler(EVENT, None)["requestAttributes"]["daehwa:error"] == "key_missing"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ANSWERS_FILE", "/nowhere.json"),
        ("LIMITS", "{"),
        ("LIMITS", '{"budget": {"calls": "many"}}'),
        ("DAILY_ANSWERS", "many"),
    ],
)
def test_a_cold_start_with_a_bad_setting_says_so_to_the_person(with_key, capsys, name, value):
    """Lex would make of an exception that the bot is broken, at every text."""
    with_key.setenv(name, value)
    response = lambda_handler(EVENT, None)
    assert response["sessionState"]["intent"]["state"] == "Failed"
    assert response["requestAttributes"]["daehwa:error"] == "setting_invalid"
    assert name in capsys.readouterr().out


@pytest.mark.parametrize("entry", ["chat", "chatgpt", "hook", "streaming"])
def test_a_cold_start_imports_nothing_heavy(entry):
    code = (
        f"import sys, daehwa.aws.{entry}\n"
        "heavy = {'aiohttp', 'asyncio', 'boto3', 'botocore', 'msgspec', 'sklearn', 'numpy',"
        # Five milliseconds for inspect and what it needs, half of one for each dataclass.
        " 'xllamacpp', 'rich', 'structlog', 'dataclasses', 'inspect', 'traceback'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
