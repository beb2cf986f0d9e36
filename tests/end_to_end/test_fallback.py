"""What the bot does not understand leaves for a model: the request, the answer, each failure."""

import json
import urllib.error
import urllib.request
import uuid

import pytest

from daehwa.answers.testing import Cut, Fail, Say, Silence, StubOpenAI

from .conftest import serving

KEY = "sk-test-3f9a77-never-show-me"


@pytest.fixture(scope="module")
def stub():
    with StubOpenAI().in_thread() as stub:
        yield stub


@pytest.fixture(scope="module")
def served(stub, tmp_path_factory):
    folder = tmp_path_factory.mktemp("fallback")
    (folder / "daehwa.toml").write_text("answer_seconds = 4\n")
    with serving(
        folder, OPENAI_API_KEY=KEY, OPENAI_BASE_URL=stub.base_url, OPENAI_MODEL="gpt-test"
    ) as served:
        yield served
        # A key never reaches a log.
        assert KEY not in served.log


@pytest.fixture
def chat(served, stub):
    stub.requests.clear()
    session = uuid.uuid4().hex

    def chat(text, *, accept="application/json"):
        body = {"text": text, "sessionId": session, "botId": "HELLOWORLD", "localeId": "ko_KR"}
        request = urllib.request.Request(
            served.url + "/chat",
            json.dumps(body).encode(),
            {"content-type": "application/json", "accept": accept},
        )
        with urllib.request.urlopen(request, timeout=30) as reply:
            raw = reply.read().decode()
        assert KEY not in raw
        return json.loads(raw) if accept == "application/json" else raw

    return chat


def test_the_request_that_leaves(chat, stub):
    stub.script(Say("서울입니다."))
    chat("안녕")
    chat("홍길동")
    chat("네")
    reply = chat("대한민국의 수도는 어디야?")
    assert reply["msg"] == "서울입니다."
    assert reply["source"] == "chatgpt"
    assert reply["intent"]["name"] == "FallbackIntent"
    (sent,) = stub.requests
    assert (sent.method, sent.path) == ("POST", "/v1/chat/completions")
    assert sent.headers["authorization"] == f"Bearer {KEY}"
    assert sent.headers["content-type"].startswith("application/json")
    assert sent.body["model"] == "gpt-test"
    assert sent.roles[0] == "system"
    assert sent.roles[-1] == "user"
    assert sent.contents[1:3] == ("안녕", "제 이름은 Lex입니다. 당신의 이름은 무엇 입니까?")
    assert sent.contents[-1] == "대한민국의 수도는 어디야?"


def test_the_answer_streams(chat, stub):
    stub.script(Say("별은 아주 많아요."))
    events = chat("밤하늘의 별은 몇 개야?", accept="text/event-stream")
    assert events.index("event: start") < events.index("event: delta") < events.index("event: done")
    pieces = [
        json.loads(line.removeprefix("data: "))["text"]
        for name, line in zip(events.splitlines(), events.splitlines()[1:], strict=False)
        if name == "event: delta"
    ]
    assert len(pieces) > 1
    assert "".join(pieces) == "별은 아주 많아요."


def test_a_cut_stream_keeps_what_was_said_and_says_so(chat, stub):
    stub.script(Cut("별은 아주"))
    events = chat("밤하늘의 별은 왜 빛나?", accept="text/event-stream")
    done = json.loads(events.rsplit("event: done\ndata: ", 1)[1].split("\n")[0])
    assert done["incomplete"]
    assert done["msg"].startswith("별은")


# After these the breaker is open: the model is left in peace for a while.
@pytest.mark.parametrize(
    ("script", "code"),
    [
        ([Fail(401)], "key_refused"),
        ([Fail(429, code="insufficient_quota")], "quota"),
        ([Fail(429, retry_after=60)], "rate_limited"),
        ([Fail(500)] * 3, "upstream_failed"),
        ([Silence()], "timed_out"),
    ],
)
def test_each_failure_gets_a_clear_line_and_the_bot_goes_on(chat, stub, script, code):
    stub.script(*script)
    reply = chat("우주는 얼마나 커?")
    assert reply["error"]["code"] == code
    assert reply["msg"]
    assert reply["error"]["requestId"]
    assert "제 이름은 Lex" in chat("안녕")["msg"]


def test_errors_of_a_request_are_real_statuses(served):
    request = urllib.request.Request(
        served.url + "/chat", b'{"text": ""}', {"content-type": "application/json"}
    )
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(request)
    with caught.value as error:
        assert error.code == 400
        assert json.loads(error.read())["error"]["code"] == "TextMissing"
