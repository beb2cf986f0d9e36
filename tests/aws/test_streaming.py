"""The chat function that streams: ChatGPT's words as they come, beside Lex."""

import json
import re
import threading

import pytest

from daehwa.answers.testing import Cut, Fail, Say, StubOpenAI
from daehwa.aws import chatgpt_stream, packed_answerers, streaming
from daehwa.aws.counter_table import CounterTable
from daehwa.aws.cross_origin import CrossOrigin
from daehwa.aws.edge import Edge
from daehwa.aws.errors import AwsUnreachable
from daehwa.aws.lex_alias import LexAlias
from daehwa.aws.limits import CallLimits
from daehwa.aws.page_content import PageContent
from daehwa.aws.streamed import StreamedChat

from .conftest import ALIAS, BOT, PAGE, SECRET, SESSION, lex_answer, ok, refuse

KEY = "sk-stub"


class Context:
    """What AWS gives: the request's id and the time that is left."""

    aws_request_id = "request-1"

    def __init__(self, seconds=60):
        self._seconds = seconds

    def get_remaining_time_in_millis(self):
        return int(self._seconds * 1000)


@pytest.fixture
def openai():
    with StubOpenAI(key=KEY).in_thread() as stub:
        yield stub


@pytest.fixture(autouse=True)
def kept(environ, transcript, now, openai, monkeypatch):
    """The function as it is when it was started before."""
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("OPENAI_BASE_URL", openai.base_url)
    monkeypatch.setenv("OPENAI_MODEL", "gpt-x")
    monkeypatch.setattr(packed_answerers, "_kept", [])
    runtime = LexAlias(BOT, ALIAS, environ)
    chat = StreamedChat(runtime, transcript, PageContent(BOT, "en_US", PAGE), clock=lambda: now[0])
    monkeypatch.setattr(streaming, "_kept", [chat])
    yield chat
    runtime.close()


def fallback():
    """What Lex answers when the hook leaves the answer to us."""
    answer = lex_answer("…", **{"daehwa:later": "granted"})
    answer["sessionState"]["intent"]["name"] = "FallbackIntent"
    return ok(answer)


def event(method, path, body=None, accept="text/event-stream"):
    """A request of a REST API, payload format 1.0."""
    return {
        "path": path,
        "httpMethod": method,
        "headers": {"Accept": accept, "X-Session-Secret": SECRET},
        "queryStringParameters": None,
        "requestContext": {"path": f"/live{path}", "httpMethod": method},
        "body": None if body is None else json.dumps(body),
        "isBase64Encoded": False,
    }


def pieces(method, path, body=None, seconds=60):
    """The events as they come."""
    head, content = streaming.respond(event(method, path, body), Context(seconds))
    assert head["headers"]["content-type"] == "text/event-stream"
    for raw in content:
        for name, data in re.findall(r"event: (\w+)\ndata: (.*)\n\n", raw.decode()):
            yield name, json.loads(data)


def say(text="why?", seconds=60, **more):
    return pieces("POST", "/chat", {"text": text, "sessionId": "s-1", **more}, seconds)


def test_words_come_as_they_are_said(lex, openai, transcript):
    lex.script = [fallback()]
    openai.script(Say("Because it is"))
    told = list(say(messageId="m-1"))
    assert [name for name, _ in told] == ["start", "status", "delta", "delta", "delta", "done"]
    assert told[0][1] == {"sessionId": "s-1", "messageId": "m-1", "requestId": "request-1"}
    reply = told[-1][1]
    assert (reply["msg"], reply["source"], reply["model"]) == ("Because it is", "chatgpt", "gpt-x")
    assert reply["messages"] == [{"contentType": "PlainText", "content": "Because it is"}]
    kept = transcript.kept[SESSION, "m-1"]
    assert (kept.state, json.loads(kept.reply)) == ("done", reply)
    assert lex.sent()["requestAttributes"]["daehwa:later"] == "wished"


def test_the_conversation_so_far_is_asked_along(lex, openai):
    lex.script = [fallback(), fallback()]
    openai.script(Say("First."), Say("Second."))
    list(say("one"))
    list(say("two"))
    assert openai.requests[-1].contents[-3:] == ("one", "First.", "two")


def test_what_the_bot_knows_comes_whole(lex, openai):
    told = list(say())
    assert [name for name, _ in told] == ["start", "done"]
    assert (told[-1][1]["msg"], told[-1][1]["source"]) == ("Hello", "intent")
    assert openai.requests == []


def test_attributes_that_lex_merely_gives_back_grant_nothing(lex, openai):
    lex.script = [ok(lex_answer("Hello", **{"daehwa:later": "wished"}))]
    assert list(say())[-1][1]["msg"] == "Hello"
    assert openai.requests == []


def test_where_the_marks_get_lost_the_intent_decides(lex, openai):
    status, headers, answer = fallback()
    answer = {**answer, "requestAttributes": {}}
    lex.script = [(status, headers, answer)]
    openai.script(Say("Because."))
    reply = list(say())[-1][1]
    assert (reply["msg"], reply["source"]) == ("Because.", "chatgpt")


def test_why_there_is_no_answer_is_said(lex, openai, capsys):
    lex.script = [fallback()]
    openai.script(Fail(429, "insufficient_quota"))
    name, reply = list(say("my secret"))[-1]
    assert (name, reply["source"], reply["error"]["code"]) == ("done", "none", "quota")
    assert reply["msg"] == reply["error"]["message"]
    assert reply["intent"]["state"] == "Failed"
    written = capsys.readouterr().out
    attempt, line = map(json.loads, written.splitlines())
    assert (attempt["event"], attempt["status"]) == ("answer_attempt_failed", 429)
    assert line["unanswered"] == "quota"
    assert "secret" not in written


def test_an_answer_that_is_cut_is_incomplete(lex, openai, transcript):
    lex.script = [fallback()]
    openai.script(Cut("One two three four"))
    _, reply = list(say(messageId="m-1"))[-1]
    assert reply["incomplete"]
    assert transcript.kept[SESSION, "m-1"].state == "incomplete"


def test_an_answer_is_stopped_by_another_request(lex, openai, transcript, monkeypatch):
    monkeypatch.setattr("daehwa.aws.streamed._LOOK", 0)
    lex.script = [fallback()]
    openai.script(Say("One two three four five six", pace=0.1))
    told = []
    for name, data in say(messageId="m-1"):
        told.append((name, data))
        if name == "delta" and data["text"] == "One":
            stop = event("POST", "/chat/sessions/s-1/turns/m-1/stop")
            assert streaming.lambda_handler(stop, Context())["statusCode"] == 204
    name, reply = told[-1]
    assert (name, reply["incomplete"], reply["stopped"]) == ("done", True, True)
    assert reply["msg"].startswith("One")
    assert len(reply["msg"]) < len("One two three four five six")
    assert transcript.kept[SESSION, "m-1"].state == "incomplete"


def test_who_stops_before_the_first_word_says_nothing_of_the_model(
    lex, openai, transcript, monkeypatch, capsys
):
    """Six impatient people are no outage: the seventh has the model asked."""
    monkeypatch.setattr("daehwa.aws.streamed._LOOK", 0)
    monkeypatch.setattr(chatgpt_stream, "BEAT", 0.01)
    lex.script = [fallback()] * 7
    openai.script(*[Say("Late", delay=30)] * 6, Say("Here"))
    for number in range(6):
        coming = say(messageId=f"m-{number}")
        assert [next(coming)[0], next(coming)[0]] == ["start", "status"]
        stop = event("POST", f"/chat/sessions/s-1/turns/m-{number}/stop")
        assert streaming.lambda_handler(stop, Context())["statusCode"] == 204
        ((name, reply),) = coming
        assert (name, reply["stopped"]) == ("done", True)
        assert transcript.kept[SESSION, f"m-{number}"].state == "incomplete"
    assert list(say(messageId="m-6"))[-1][1]["msg"] == "Here"
    assert "answer_attempt_failed" not in capsys.readouterr().out


def test_silence_is_filled(lex, openai, monkeypatch):
    monkeypatch.setattr(chatgpt_stream, "BEAT", 0.02)
    monkeypatch.setattr(streaming, "_PING_SECONDS", 0.05)
    lex.script = [fallback()]
    openai.script(Say("Late", delay=0.4))
    _, content = streaming.respond(event("POST", "/chat", {"text": "why?"}), Context())
    assert b": ping\n\n" in list(content)


def test_a_running_turn_is_followed_to_its_end(transcript):
    transcript.begin(SESSION, "m-1", "hi", claim="x", seconds=60)
    told = pieces("GET", "/chat/sessions/s-1/turns/m-1")
    assert next(told)[0] == "start"
    threading.Timer(0.2, transcript.finish, (SESSION, "m-1", '{"msg": "there"}')).start()
    assert list(told) == [("done", {"msg": "there"})]


def test_the_same_message_again_is_the_same_turn(lex, openai):
    lex.script = [fallback()]
    first = list(say(messageId="m-1"))[-1]
    assert list(say(messageId="m-1"))[-1] == first
    assert len(lex.requests) == 1


def test_a_turn_that_died_is_told_as_an_event(transcript, now):
    transcript.begin(SESSION, "m-1", "hi", claim="x", seconds=60)
    now[0] += 120
    name, data = list(pieces("GET", "/chat/sessions/s-1/turns/m-1"))[-1]
    assert (name, data["error"]["code"]) == ("error", "TurnLost")


def test_what_is_refused_at_once_has_its_status(lex):
    head, body = streaming.respond(event("POST", "/chat", {"text": ""}), Context())
    assert head["statusCode"] == 400
    assert json.loads(b"".join(body))["error"]["code"] == "TextMissing"
    lex.script = [refuse(400, "ValidationException")]
    name, data = list(say())[-1]
    assert (name, data["error"]["code"]) == ("error", "ValidationException")


def test_json_is_for_who_wants_it(lex):
    sent = event("POST", "/chat", {"text": "hi"}, accept="application/json")
    answer = streaming.lambda_handler(sent, Context())
    assert (answer["statusCode"], json.loads(answer["body"])["msg"]) == (200, "Hello")
    assert "daehwa:later" not in lex.sent()["requestAttributes"]
    assert streaming.lambda_handler({"text": "hi"}, Context())["msg"] == "Hello"


def test_where_nothing_streams_the_events_come_at_once(lex):
    lex.script = [fallback()]
    answer = streaming.lambda_handler(event("POST", "/chat", {"text": "hi"}), Context())
    assert re.findall(r"^event: (\w+)$", answer["body"], re.MULTILINE)[-1] == "done"


class BrokenLine:
    """The way to the Runtime API, which breaks after the first piece."""

    def request(self, method, path, body, headers, *, encode_chunked):
        assert (method, encode_chunked) == ("POST", True)
        next(iter(body))
        raise BrokenPipeError


def test_a_turn_is_taken_to_its_end_though_nobody_listens(lex, openai, transcript):
    lex.script = [fallback()]
    openai.script(Say("Because it is"))
    asked = event("POST", "/chat", {"text": "why?", "sessionId": "s-1", "messageId": "m-1"})
    assert not streaming._take(BrokenLine(), Context(), asked)
    kept = transcript.kept[SESSION, "m-1"]
    assert (kept.state, json.loads(kept.reply)["msg"]) == ("done", "Because it is")


def test_a_streamed_answer_that_cannot_be_stored_goes_out(lex, openai, transcript, monkeypatch):
    def fail(*_, **__):
        raise AwsUnreachable("DynamoDB", "no answer", sent=True)

    lex.script = [fallback()]
    openai.script(Say("Because"))
    with monkeypatch.context() as patch:
        patch.setattr(transcript, "finish", fail)
        name, reply = list(say(messageId="m-1"))[-1]
    assert (name, reply["msg"]) == ("done", "Because")
    assert "could not be stored" in reply["notice"]
    name, again = list(say(messageId="m-1"))[-1]
    assert (name, again["msg"]) == ("done", "Because")
    assert len(lex.requests) == 1


def test_the_edge_stands_before_a_stream_as_well(kept, lex, openai, monkeypatch):
    edge = Edge(cross=CrossOrigin(["https://shop.example"]))
    monkeypatch.setattr(kept, "edge", edge)

    def respond(origin):
        sent = event("POST", "/chat", {"text": "hi"})
        sent["headers"] |= {"Origin": origin}
        head, body = streaming.respond(sent, Context())
        return head["statusCode"], head["headers"], b"".join(body)

    status, headers, _ = respond("https://shop.example")
    assert (status, headers["access-control-allow-origin"]) == (200, "https://shop.example")
    status, _, body = respond("https://evil.example")
    assert (status, json.loads(body)["error"]["code"]) == (403, "OriginNotAllowed")
    assert len(lex.requests) == 1


def test_a_session_has_models_asked_at_its_rate(kept, lex, openai, services, capsys):
    counters = CounterTable("counters", environ=services.environ(), clock=lambda: 1.0)
    limits = CallLimits(counters, rates={"answers": {"session": (0.5, 1.0)}})
    kept.edge = Edge(limits=limits)
    lex.script = [fallback(), fallback()]
    sent = {"text": "why?", "sessionId": "s-1"}
    (_, first), (_, second) = (
        list(pieces("POST", "/chat", sent | {"messageId": one}))[-1] for one in ("m-1", "m-2")
    )
    counters.close()
    assert (first["source"], second["error"]["code"]) == ("chatgpt", "questions_too_many")
    assert "unanswered" not in capsys.readouterr().out, "an alarm counts those"
    assert len(openai.requests) == 1


def test_a_day_has_so_many_streamed_answers(kept, lex, openai, monkeypatch, services):
    for name, value in services.environ().items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("COUNTER_TABLE", "counters")
    monkeypatch.setenv("DAILY_ANSWERS", "1")
    lex.script = [fallback(), fallback()]
    (_, first), (_, second) = (list(say(messageId=one))[-1] for one in ("m-1", "m-2"))
    packed_answerers.kept_answerers().budget.close()
    assert (first["source"], second["error"]["code"]) == ("chatgpt", "budget_spent")
    assert len(openai.requests) == 1
