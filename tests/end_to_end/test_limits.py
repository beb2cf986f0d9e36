"""Limits at every door of the real server: two workers on SQLite, Redis and PostgreSQL."""

import concurrent.futures
import itertools
import json
import subprocess
import sys
import time
import urllib.error
import urllib.request

import boto3
import botocore.config
import botocore.exceptions
import psycopg
import pytest

from daehwa.answers.testing import Say, StubOpenAI

from .conftest import environment, serving

BOT = "HELLOWORLD"
WHERE = f"/bots/{BOT}/botAliases/TSTALIASID/botLocales/ko_KR/sessions"
MISSED = "바다는 얼마나 깊어?"
SETTINGS = """
[limits]
trusted_proxies = ["127.0.0.1"]
[limits.turns]
session = "5/d"
address = "7/d"
[limits.answers]
session = "2/d"
address = "off"
key = "off"
"""
# A server behind a proxy is open to nobody but chat's visitors: these tests call every door, and
# are programs that may name their sessions on it.
OPENED = {"DAEHWA_OPEN": "v1,lex,metrics", "DAEHWA_TOKEN": "a-token-of-the-programs"}
_addresses = (f"203.0.113.{number}" for number in itertools.count(1))


@pytest.fixture(scope="module")
def stub():
    with StubOpenAI(default=Say("답입니다.")).in_thread() as stub:
        yield stub


@pytest.fixture(
    scope="module",
    params=[
        "sqlite",
        "redis",
        "postgres",
    ],
)
def served(request, tmp_path_factory, stub):
    """Two workers behind a proxy, which each test is."""
    folder = tmp_path_factory.mktemp("limits")
    store = ""
    if request.param == "redis":
        store = f'[store]\nurl = "{request.getfixturevalue("redis_url").format(7)}"\n'
    elif request.param == "postgres":
        url = request.getfixturevalue("postgres_url")
        with psycopg.connect(url.format("postgres"), autocommit=True) as connection:
            connection.execute("DROP DATABASE IF EXISTS served_limits WITH (FORCE)")
            connection.execute("CREATE DATABASE served_limits")
        store = f'[store]\nurl = "{url.format("served_limits")}"\n'
    (folder / "daehwa.toml").write_text(store + SETTINGS)
    model = {"OPENAI_API_KEY": "sk-stub", "OPENAI_BASE_URL": stub.base_url}
    with serving(folder, "--workers", "2", **model, **OPENED) as served:
        yield served


@pytest.fixture
def address():
    """A person's address, of nobody else's test."""
    return next(_addresses)


def send(served, path, body, *, address, method="POST", **headers):
    """The status, headers and body of a request, each on a connection of its own."""
    credential = {"authorization": f"Bearer {OPENED['DAEHWA_TOKEN']}"} if path == "/chat" else {}
    request = urllib.request.Request(
        served.url + path,
        json.dumps(body).encode(),
        {"content-type": "application/json", "x-forwarded-for": address, **credential, **headers},
        method=method,
    )
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.status, error.headers, error.read()


def turn(session, text="안녕"):
    return {"text": text, "sessionId": session, "botId": BOT, "localeId": "ko_KR"}


def test_a_session_that_sends_too_much_is_refused_by_both_workers(served, address):
    answers = [
        send(served, "/chat", turn("sess-" + address), address=address, **{"accept-language": "ko"})
        for _ in range(12)
    ]
    assert [status for status, *_ in answers] == [200] * 5 + [429] * 7
    _, headers, body = answers[-1]
    error = json.loads(body)["error"]
    assert int(headers["retry-after"]) > 0
    assert error["code"] == "TooManyRequests"
    assert "너무 많은 요청" in error["message"]
    assert error["requestId"] == headers["x-request-id"]
    assert send(served, "/chat", turn("another-" + address), address=address)[0] == 200


def test_an_address_that_sends_too_much_is_refused_whatever_its_sessions(served, address):
    statuses = [
        send(served, "/chat", turn(f"s{number}-{address}"), address=address)[0]
        for number in range(10)
    ]
    assert statuses == [200] * 7 + [429] * 3


def test_who_has_a_whole_ipv6_network_is_one_person(served):
    statuses = [
        send(served, "/chat", turn(f"v6-{number}"), address=f"2001:db8:0:7::{number:x}")[0]
        for number in range(1, 10)
    ]
    assert statuses == [200] * 7 + [429] * 2


def test_what_a_client_writes_about_itself_does_not_count(served, address):
    statuses = [
        send(served, "/chat", turn(f"f{n}-{address}"), address=f"198.51.100.{n}, {address}")[0]
        for n in range(9)
    ]
    assert statuses == [200] * 7 + [429] * 2


def test_a_stream_is_refused_by_its_status(served, address):
    events = {"accept": "text/event-stream"}
    for _ in range(5):
        send(served, "/chat", turn("st-" + address), address=address, **events)
    status, headers, body = send(served, "/chat", turn("st-" + address), address=address, **events)
    assert (status, json.loads(body)["error"]["code"]) == (429, "TooManyRequests")
    assert int(headers["retry-after"]) > 0


def test_lex_throttles(served, address):
    path = f"{WHERE}/lex-{address}/text"
    answers = [send(served, path, {"text": "안녕"}, address=address) for _ in range(6)]
    assert [status for status, *_ in answers] == [200] * 5 + [429]
    _, headers, body = answers[-1]
    assert headers["x-amzn-errortype"] == "ThrottlingException"
    assert int(headers["retry-after"]) > 0
    assert set(json.loads(body)) == {"message"}


def test_the_openai_api_has_its_own_error(served, address):
    completion = {
        "model": "HelloWorld",
        "user": "somebody-" + address,
        "messages": [
            {"role": "user", "content": "hello"},
            {"role": "assistant", "content": "hello"},
            {"role": "user", "content": "hello"},
        ],
    }
    names = json.loads(send(served, "/v1/models", None, address=address, method="GET")[2])
    completion["model"] = names["data"][0]["id"]
    answers = [send(served, "/v1/chat/completions", completion, address=address) for _ in range(6)]
    assert [status for status, *_ in answers] == [200] * 5 + [429]
    error = json.loads(answers[-1][2])["error"]
    assert (error["type"], error["code"]) == ("requests", "rate_limit_exceeded")


def test_questions_to_the_model_end_before_other_turns(served, address):
    replies = [
        json.loads(send(served, "/chat", turn("q-" + address, MISSED), address=address)[2])
        for _ in range(3)
    ]
    assert [reply["source"] for reply in replies] == ["chatgpt", "chatgpt", "none"]
    assert replies[-1]["error"]["code"] == "questions_too_many"
    assert "잠시 후 다시 물어봐 주세요" in replies[-1]["msg"]
    status, _, body = send(served, "/chat", turn("q-" + address), address=address)
    assert (status, json.loads(body)["source"]) == (200, "intent")


def test_metrics_count_what_was_refused(served, address):
    for _ in range(7):
        send(served, "/chat", turn("m-" + address), address=address)
    # Of both workers, whichever is looked at; the other has written by its next request.
    for _ in range(20):
        send(served, "/healthz", None, address=address, method="GET")
    _, _, metrics = send(served, "/metrics", None, address=address, method="GET")
    assert 'daehwa_refused_total{what="turns"}' in metrics.decode()


def client(served, name, **config):
    return boto3.client(
        name,
        endpoint_url=served.url,
        region_name="us-east-1",
        aws_access_key_id="AKIDEXAMPLE",
        aws_secret_access_key="of nobody",
        config=botocore.config.Config(**config),
    )


ONCE = {"retries": {"total_max_attempts": 1, "mode": "standard"}}
TOKEN = "a-token-of-nobody"
STRICT = """
quotas = true
[limits]
enforce = true
[limits.building]
address = "12/d"
[limits.uploads]
address = "3/d"
[limits.credentials]
address = "4/d"
[limits.budget]
calls = 4
"""


@pytest.fixture(scope="module")
def strict(tmp_path_factory, stub):
    """One worker that makes bots, keeps to Lex's quotas, and has a budget of four calls."""
    folder = tmp_path_factory.mktemp("strict")
    (folder / "daehwa.toml").write_text(STRICT)
    model = {"OPENAI_API_KEY": "sk-stub", "OPENAI_BASE_URL": stub.base_url}
    with serving(folder, **model) as served:
        yield served


def test_the_test_alias_holds_two_conversations_and_throttles_the_third(strict, stub):
    stub.script(*[Say("늦은 답", delay=3)] * 2)
    runtime = client(strict, "lexv2-runtime", **ONCE)

    def say(number, text, lex=runtime):
        return lex.recognize_text(
            botId=BOT,
            botAliasId="TSTALIASID",
            localeId="ko_KR",
            sessionId=f"busy-{number}",
            text=text,
        )

    with concurrent.futures.ThreadPoolExecutor() as pool:
        before = len(stub.requests)
        slow = [pool.submit(say, number, MISSED) for number in range(2)]
        while len(stub.requests) < before + 2:
            time.sleep(0.01)
        with pytest.raises(botocore.exceptions.ClientError) as refused:
            say(3, "안녕")
        assert refused.value.response["Error"]["Code"] == "ThrottlingException"
        assert refused.value.response["ResponseMetadata"]["HTTPStatusCode"] == 429
        status, _, body = send(strict, "/chat", turn("busy-4"), address="")
        assert (status, json.loads(body)["error"]["code"]) == (429, "ThrottlingException")
        # The SDK's own retries wait for a place.
        patient = client(
            strict, "lexv2-runtime", retries={"total_max_attempts": 9, "mode": "standard"}
        )
        assert say(5, "안녕", patient)["messages"]
        assert all(one.result()["messages"] for one in slow)
    assert say(6, "안녕")["messages"]


def test_the_budget_of_the_day_ends_politely(strict):
    replies = [
        json.loads(send(strict, "/chat", turn(f"b{n}", MISSED), address="")[2]) for n in range(5)
    ]
    # Another test may have used some of it.
    sources = [reply["source"] for reply in replies]
    assert sources == ["chatgpt"] * sources.count("chatgpt") + ["none"] * sources.count("none")
    assert replies[-1]["error"]["code"] == "budget_spent"
    assert "오늘은 더 이상" in replies[-1]["msg"]
    english = {"text": "How deep is the sea?", "botId": "PADOBOOKS1", "localeId": "en_US"}
    _, _, body = send(strict, "/chat", english, address="")
    assert "any more questions of this kind today" in json.loads(body)["msg"]
    _, _, ready = send(strict, "/readyz", None, address="", method="GET")
    budget = json.loads(ready)["budget"]
    assert (budget["calls"], budget["calls_limit"]) == (4, 4)
    _, _, metrics = send(strict, "/metrics", None, address="", method="GET")
    assert 'daehwa_model_budget_used{what="calls"} 4.0' in metrics.decode()
    # While the server runs, on its data folder.
    run = subprocess.run(
        [sys.executable, "-m", "daehwa", "doctor", "--data", str(strict.folder / "data")],
        cwd=strict.folder,
        env=environment(OPENAI_API_KEY="sk-stub", OPENAI_BASE_URL="http://127.0.0.1:9/v1"),
        capture_output=True,
        text=True,
        check=False,
    )
    assert "today's budget for models: 4 of 4 calls" in run.stdout, run.stdout + run.stderr
    assert "it starts over at" in run.stdout


def made(models, number):
    """Make a bot: 200, or the code of why not."""
    try:
        made = models.create_bot(
            botName=f"Bot{number}",
            roleArn="arn:aws:iam::123456789012:role/lex",
            dataPrivacy={"childDirected": False},
            idleSessionTTLInSeconds=300,
        )
    except botocore.exceptions.ClientError as error:
        return error.response["Error"]["Code"]
    return 200 if made["botId"] else None


def test_uploads_and_changes_are_throttled(strict):
    models = client(strict, "lexv2-models", **ONCE)
    urls = [models.create_upload_url()["uploadUrl"] for _ in range(3)]
    assert len(set(urls)) == 3
    with pytest.raises(botocore.exceptions.ClientError, match="ThrottlingException"):
        models.create_upload_url()
    codes = [made(models, number) for number in range(12)]
    assert codes == [200] * 8 + ["ThrottlingException"] * 4
    assert models.list_bots()["botSummaries"], "to look is no change"


def test_a_laptop_is_left_alone(plain):
    """On loopback nothing is limited unless a setting says so."""
    statuses = {send(plain, "/chat", turn("laptop"), address=f"192.0.2.{n}")[0] for n in range(150)}
    assert statuses == {200}
