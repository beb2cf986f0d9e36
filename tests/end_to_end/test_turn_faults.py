"""Turns that are broken off: by ``kill -9`` in the middle of an answer, by the server's end."""

import http.client
import json
import signal
import time
import urllib.error
import urllib.request
from urllib.parse import urlsplit

import psycopg
import pytest

from daehwa.answers.testing import Say, Silence, StubOpenAI
from daehwa.bot import bundled

from .conftest import serving

HALF = "여기까지 온"
WHOLE = "이번에는 끝까지 답했습니다."
WHERE = "?botId=HELLOWORLD&localeId=ko_KR"
_PATIENCE_SECONDS = 60


@pytest.fixture
def stub():
    with StubOpenAI().in_thread() as stub:
        yield stub


SQLITE, TWO_WORKERS = "sqlite", "sqlite, two workers"


@pytest.fixture(params=[TWO_WORKERS, "redis", "postgres"])
def start(request, tmp_path, stub):
    """Call ``start()`` for a server on the one store that all of them share."""
    settings = ""
    if request.param == "redis":
        settings = f'[store]\nurl = "{request.getfixturevalue("redis_url").format(3)}"\n'
    elif request.param == "postgres":
        url = request.getfixturevalue("postgres_url")
        with psycopg.connect(url.format("postgres"), autocommit=True) as connection:
            connection.execute("DROP DATABASE IF EXISTS turn_faults")
            connection.execute("CREATE DATABASE turn_faults")
        settings = f'[store]\nurl = "{url.format("turn_faults")}"\n'
    (tmp_path / "daehwa.toml").write_text(settings)
    workers = "2" if "workers" in request.param else "1"

    def start(**env):
        model = {"OPENAI_API_KEY": "sk-stub", "OPENAI_BASE_URL": stub.base_url}
        return serving(tmp_path, "--workers", workers, bundled()["HelloWorldBot"], **model, **env)

    return start


class Stream:
    """An answer that is watched as it comes."""

    def __init__(self, url, *, session, message_id, text="바다는 얼마나 깊어?"):
        self._connection = http.client.HTTPConnection(
            urlsplit(url).netloc, timeout=_PATIENCE_SECONDS
        )
        message = {"text": text, "sessionId": session, "messageId": message_id}
        self._connection.request(
            "POST",
            "/chat",
            json.dumps({**message, "botId": "HELLOWORLD", "localeId": "ko_KR"}),
            {"content-type": "application/json", "accept": "text/event-stream"},
        )
        self.response = self._connection.getresponse()

    def event(self):
        """The next event's name and data; ``None`` at the end."""
        name = None
        while line := self.response.readline().decode().strip("\n"):
            if line.startswith("event: "):
                name = line.removeprefix("event: ")
            elif line.startswith("data: "):
                self.response.readline()
                return name, json.loads(line.removeprefix("data: "))
            elif line.startswith(":"):
                self.response.readline()
        return None

    def until(self, wanted):
        """The data of the first event of this name."""
        while (event := self.event()) is not None:
            if event[0] == wanted:
                return event[1]
        raise AssertionError(f"the stream ended without {wanted}")

    def close(self):
        self.response.close()
        self._connection.close()


@pytest.fixture
def watch():
    """Call ``watch(url, session=..., message_id=...)`` for a message whose answer is watched."""
    streams = []

    def watch(url, **message):
        streams.append(Stream(url, **message))
        return streams[-1]

    yield watch
    for stream in streams:
        stream.close()


def say(url, *, session, message_id, text="바다는 얼마나 깊어?"):
    body = {"text": text, "sessionId": session, "messageId": message_id, "botId": "HELLOWORLD"}
    request = urllib.request.Request(
        url + "/chat",
        json.dumps({**body, "localeId": "ko_KR"}).encode(),
        {"content-type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=_PATIENCE_SECONDS) as reply:
        return json.loads(reply.read())


def get(url, path):
    with urllib.request.urlopen(url + path + WHERE, timeout=_PATIENCE_SECONDS) as reply:
        return json.loads(reply.read())


def until(check):
    end = time.monotonic() + _PATIENCE_SECONDS
    while not (found := check()):
        assert time.monotonic() < end
        time.sleep(0.1)
    return found


def test_an_answer_that_kill_9_cut_is_broken_off_and_may_be_had_anew(start, watch, stub):
    stub.script(Silence(HALF), Say(WHOLE))
    with start() as served:
        stream = watch(served.url, session="s1", message_id="q1")
        stream.until("delta")
        # The words so far are written with the next renewal of the lease.
        time.sleep(2.5)
        served.kill()
    with start() as served:
        broken = get(served.url, "/chat/sessions/s1/turns/q1")
        assert (broken["msg"], broken["incomplete"]) == (HALF, True)
        (turn,) = get(served.url, "/chat/sessions/s1")["turns"]
        assert (turn["state"], turn["reply"]["msg"]) == ("incomplete", HALF)
        reply = say(served.url, session="s1", message_id="q1")
        assert (reply["msg"], reply["incomplete"]) == (WHOLE, False)
        (turn,) = get(served.url, "/chat/sessions/s1")["turns"]
        assert (turn["state"], turn["reply"]["msg"]) == ("done", WHOLE)
    assert [request.contents[-1:] for request in stub.requests] == [("바다는 얼마나 깊어?",)] * 2


@pytest.mark.parametrize(
    ("start", "number"),
    [(SQLITE, signal.SIGTERM), (TWO_WORKERS, signal.SIGHUP), (SQLITE, signal.SIGQUIT)],
    indirect=["start"],
)
def test_watched_answers_end_with_a_word_when_the_server_ends(start, watch, stub, number):
    """With what there is of it; one without a word yet with an error, and may be had anew."""
    stub.script(Silence(HALF), Silence(), Say(WHOLE), Say(WHOLE))
    with start(DAEHWA_DRAIN_SECONDS="1") as served:
        begun = watch(served.url, session="s2", message_id="q1")
        begun.until("delta")
        wordless = watch(served.url, session="s3", message_id="q1")
        wordless.until("status")
        until(lambda: len(stub.requests) == 2)
        served.process.send_signal(number)
        reply = begun.until("done")
        assert (reply["msg"], reply["incomplete"]) == (HALF, True)
        assert begun.event() is None
        assert wordless.until("error")["error"]["code"] == "ShuttingDown"
        assert served.process.wait(_PATIENCE_SECONDS) == 0
    with start() as served:
        (turn,) = get(served.url, "/chat/sessions/s2")["turns"]
        assert (turn["state"], turn["reply"]["msg"]) == ("incomplete", HALF)
        assert say(served.url, session="s2", message_id="q2")["msg"] == WHOLE
        assert say(served.url, session="s3", message_id="q1")["msg"] == WHOLE


@pytest.mark.parametrize("start", [TWO_WORKERS], indirect=True)
def test_an_answer_that_ends_within_the_drain_time_comes_whole(start, watch, stub):
    stub.script(Say(WHOLE, pace=0.3))
    with start() as served:
        stream = watch(served.url, session="s4", message_id="q1")
        stream.until("delta")
        served.process.send_signal(signal.SIGTERM)
        reply = stream.until("done")
        assert (reply["msg"], reply["incomplete"]) == (WHOLE, False)
        assert served.process.wait(_PATIENCE_SECONDS) == 0
