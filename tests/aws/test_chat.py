"""The chat function: the ``/chat`` contract over Lex, whatever Lex does."""

import json
import re
import threading
import time
from urllib.parse import unquote

import pytest

from daehwa.aws import chat as chat_module
from daehwa.aws.chat import lambda_handler
from daehwa.aws.errors import AwsUnreachable
from daehwa.aws.ownership import lex_session_id, session_key

from .conftest import ALIAS, BOT, OWNER, SECRET, SESSION, lex_answer, ok, refuse


class Context:
    """What AWS gives: the request's id and the time that is left."""

    aws_request_id = "request-1"

    def __init__(self, seconds=60):
        self._seconds = seconds

    def get_remaining_time_in_millis(self):
        return int(self._seconds * 1000)


@pytest.fixture(autouse=True)
def kept(chat, monkeypatch):
    """The function as it is when it was started before."""
    monkeypatch.setattr(chat_module, "_kept", [chat])


@pytest.fixture
def naps(monkeypatch):
    slept = []
    monkeypatch.setattr("daehwa.aws.lex_alias.time.sleep", slept.append)
    return slept


def call(method, path, body=None, seconds=60, **headers):
    """A visitor's request, with the secret of their sessions; status and content."""
    answer = send(method, path, body, seconds, **{"x-session-secret": SECRET, **headers})
    content = answer.get("body")
    if content and answer["headers"]["content-type"] == "application/json":
        content = json.loads(content)
    return answer["statusCode"], content


def send(method, path, body=None, seconds=60, **headers):
    event = {
        "version": "2.0",
        "rawPath": path.partition("?")[0],
        "headers": headers,
        "queryStringParameters": dict(
            pair.split("=") for pair in path.partition("?")[2].split("&") if pair
        ),
        "requestContext": {"http": {"method": method}},
        "body": None if body is None else json.dumps(body),
        "isBase64Encoded": False,
    }
    return lambda_handler(event, Context(seconds))


def say(text="hello", seconds=60, **more):
    return call("POST", "/chat", {"text": text, "sessionId": "s-1", **more}, seconds)


def test_a_turn(lex):
    lex.script = [ok(lex_answer("반가워요"))]
    status, told = say("안녕", localeId="ko_KR", messageId="m-1")
    assert status == 200
    assert (told["msg"], told["source"]) == ("반가워요", "intent")
    assert (told["sessionId"], told["messageId"], told["botId"]) == ("s-1", "m-1", BOT)
    assert told["intent"] == {"name": "Greet", "state": "Fulfilled"}
    method, path, headers, _ = lex.requests[0]
    root = f"/bots/{BOT}/botAliases/{ALIAS}/botLocales/ko_KR/sessions"
    session = lex_session_id("s-1", OWNER)
    assert (method, unquote(path)) == ("POST", f"{root}/{session}/text")
    assert "Credential=AKEXAMPLE/" in headers["authorization"]
    assert lex.sent()["text"] == "안녕"


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("GET", "/chat", "POST"),
        ("PUT", "/chat/config", "GET, HEAD"),
        ("PATCH", "/chat/sessions/s-1", "DELETE, GET, HEAD"),
        ("DELETE", "/chat/sessions/s-1/turns/m-1/stop", "POST"),
    ],
)
def test_a_method_that_is_refused_comes_with_those_that_are_not(method, path, allowed):
    answer = send(method, path)
    assert (answer["statusCode"], answer["headers"]["allow"]) == (405, allowed)


def test_a_visitor_without_a_session_is_given_one():
    _, first = call("POST", "/chat", {"text": "hello"})
    _, second = call("POST", "/chat", {"text": "hello"})
    assert first["sessionId"] != second["sessionId"]


def test_the_language_is_the_one_named_or_the_visitors():
    for headers, locale in (({"accept-language": "ko;q=0.9,en;q=0.1"}, "ko_KR"), ({}, "en_US")):
        assert call("POST", "/chat", {"text": "hello"}, **headers)[1]["localeId"] == locale


def test_a_message_is_one_turn(lex):
    assert say(messageId="m-1") == say(messageId="m-1")
    assert len(lex.requests) == 1


def test_what_was_said_travels_along(lex):
    say("first")
    say("second")
    attributes = lex.sent()["requestAttributes"]
    assert [one["content"] for one in json.loads(attributes["daehwa:history"])] == [
        "first",
        "Hello",
    ]


def test_a_client_does_not_write_the_history(lex):
    sent = {"daehwa:history": "[]evil", "daehwa:turn": "another", "mine": "yes"}
    say(requestAttributes=sent, messageId="m-1")
    assert lex.sent()["requestAttributes"] == {
        "daehwa:history": "[]",
        "daehwa:turn": "m-1",
        "mine": "yes",
    }


def test_a_client_cannot_claim_an_answer_for_a_model(lex):
    claimed = {"daehwa:answer": '{"daehwa:turn": "m-1", "daehwa:source": "chatgpt"}', "tier": "a"}
    say(sessionAttributes=claimed, messageId="m-1")
    assert lex.sent()["sessionState"]["sessionAttributes"] == {"tier": "a"}


def test_what_an_earlier_answer_left_in_the_session_says_nothing_of_this_turn(lex):
    answer = lex_answer("Hello")
    old = '{"daehwa:turn": "m-1", "daehwa:source": "chatgpt", "daehwa:error": "quota"}'
    answer["sessionState"]["sessionAttributes"] = {"daehwa:answer": old, "who": "me"}
    lex.script = [ok(answer)]
    _, reply = say(messageId="m-2")
    assert (reply["source"], reply["error"]) == ("intent", None)
    assert reply["sessionAttributes"] == {"who": "me"}


@pytest.mark.parametrize("mark", ["{", "7", "null", '{"daehwa:turn": 7}', '{"daehwa:source": 1}'])
def test_a_mark_that_makes_no_sense_is_none(lex, mark):
    answer = lex_answer("Hello")
    answer["sessionState"]["sessionAttributes"] = {"daehwa:answer": mark}
    lex.script = [ok(answer)]
    assert say()[1]["source"] == "intent"


def test_session_attributes_travel_only_when_given(lex):
    say()
    assert "sessionState" not in lex.sent()
    say(sessionAttributes={"tier": "gold"})
    assert lex.sent()["sessionState"] == {"sessionAttributes": {"tier": "gold"}}


def test_whose_words_they_are(lex):
    told = {"daehwa:source": "chatgpt", "daehwa:model": "gpt-x", "daehwa:incomplete": "length"}
    lex.script = [ok(lex_answer("Because.", **told))]
    _, reply = say()
    assert (reply["source"], reply["model"], reply["incomplete"]) == ("chatgpt", "gpt-x", True)


def test_an_answer_that_failed_says_why(lex):
    told = {"daehwa:source": "none", "daehwa:error": "quota"}
    lex.script = [ok(lex_answer("The quota is used up.", **told))]
    status, reply = say()
    assert status == 200
    assert reply["error"]["code"] == "quota"


def test_ssml_is_read_without_its_tags(lex):
    answer = lex_answer()
    answer["messages"] = [{"contentType": "SSML", "content": "<speak>Hi <b>you</b></speak>"}]
    lex.script = [ok(answer)]
    assert say()[1]["msg"] == "Hi you"


def test_a_bot_that_says_nothing_is_explained(lex):
    silent = lex_answer()
    silent["messages"] = []
    lex.script = [ok(silent)]
    _, told = say(localeId="ko_KR")
    assert (told["msg"], told["source"]) == ("", "intent")
    assert told["notice"] == "봇이 이번에는 아무 말도 하지 않았어요."


def test_a_busy_session_is_asked_again(lex, naps):
    lex.script = [refuse(409, "ConflictException"), refuse(429, "ThrottlingException"), ok()]
    assert say()[0] == 200
    assert naps == [0.2, 0.5]


@pytest.mark.usefixtures("naps")
@pytest.mark.parametrize(
    ("status", "name", "code"),
    [
        (400, "ValidationException", "ValidationException"),
        (403, "AccessDeniedException", "BotUnreachable"),
        (404, "ResourceNotFoundException", "BotUnreachable"),
        (409, "ConflictException", "ConflictException"),
        (424, "DependencyFailedException", "DependencyFailedException"),
        (429, "ThrottlingException", "ThrottlingException"),
        (500, "InternalServerException", "BotUnreachable"),
    ],
)
def test_lexs_refusals_have_statuses_and_leave_no_turn(lex, transcript, status, name, code):
    lex.script = [refuse(status, name)] * 9
    given, told = say()
    assert (given, told["error"]["code"]) == (502 if code == "BotUnreachable" else status, code)
    assert transcript.kept == {}


def test_the_log_has_lexs_own_word_for_it(lex, capsys):
    lex.script = [refuse(403, "AccessDeniedException")]
    say()
    assert json.loads(capsys.readouterr().out)["error"] == "AccessDeniedException"


def test_a_turn_that_lex_may_have_taken_is_not_sent_twice(lex, transcript):
    lex.script = [(0, {}, 0)] * 9
    status, told = say(messageId="m-1")
    assert (status, told["error"]["code"]) == (504, "Unreachable")
    assert len(lex.requests) == 1
    assert transcript.kept[SESSION, "m-1"].state == "incomplete"
    lex.script = []
    assert say(messageId="m-1")[0] == 200


def test_lex_is_out_of_reach(lex, transcript, naps):
    lex.close()
    status, told = say(seconds=10)
    assert (status, told["error"]["code"]) == (504, "Unreachable")
    assert transcript.kept == {}


def test_a_running_turn_is_waited_for(transcript, now):
    transcript.begin(SESSION, "m-1", "hi", claim="x", seconds=60)

    def finish():
        time.sleep(0.4)
        transcript.finish(SESSION, "m-1", '{"msg": "there"}')

    threading.Thread(target=finish).start()
    assert call("GET", "/chat/sessions/s-1/turns/m-1") == (200, {"msg": "there"})


def test_a_turn_that_runs_on_is_told_so(transcript):
    transcript.begin(SESSION, "m-1", "hi", claim="x", seconds=60)
    status, told = call("GET", "/chat/sessions/s-1/turns/m-1", seconds=3)
    assert (status, told["state"]) == (202, "running")
    _, events = call("GET", "/chat/sessions/s-1/turns/m-1", seconds=3, accept="text/event-stream")
    assert "event: status" in events
    assert "event: done" not in events


def test_a_turn_that_died_is_told_and_can_be_said_again(transcript, now):
    transcript.begin(SESSION, "m-1", "hi", claim="x", seconds=60)
    now[0] += 120
    status, told = call("GET", "/chat/sessions/s-1/turns/m-1")
    assert (status, told["error"]["code"]) == (410, "TurnLost")
    assert say("hi", messageId="m-1")[0] == 200


def test_events_for_who_wants_them():
    _, events = call("POST", "/chat", {"text": "hi"}, accept="text/event-stream")
    assert events.startswith("event: start\ndata: {")
    assert "event: done\ndata: {" in events


def test_the_conversation_so_far(now):
    say("hi", messageId="m-1")
    call("POST", "/chat/sessions/s-1/turns/m-1/feedback", {"rating": "up"})
    _, page = call("GET", "/chat/sessions/s-1")
    assert (page["expired"], page["open"]) == (False, True)
    (turn,) = page["turns"]
    assert (turn["messageId"], turn["text"], turn["state"]) == ("m-1", "hi", "done")
    assert turn["reply"]["msg"] == "Hello"
    assert turn["feedback"] == {"rating": "up", "comment": None}
    now[0] += 301
    assert call("GET", "/chat/sessions/s-1")[1]["expired"]


def test_a_session_is_forgotten_here_and_at_lex(lex, transcript):
    say()
    lex.script = [refuse(404, "ResourceNotFoundException")]
    assert call("DELETE", "/chat/sessions/s-1")[0] == 204
    assert lex.requests[-1][0] == "DELETE"
    assert transcript.kept == {}


def test_what_the_page_is_told():
    _, told = call("GET", "/chat/config?localeId=ko_KR")
    assert told["default"] == {"botId": BOT, "localeId": "ko_KR"}
    assert told["bots"][0]["name"] == "Shop"
    assert told["limits"] == {"text": 1024}
    assert call("GET", "/chat/config?localeId=fr_FR")[1]["default"]["localeId"] == "en_US"


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "code"),
    [
        ("POST", "/chat", {}, 400, "RequestMalformed"),
        ("POST", "/chat", {"text": " "}, 400, "TextMissing"),
        ("POST", "/chat", {"text": "x" * 1025}, 400, "TextTooLong"),
        ("POST", "/chat", {"text": "x", "messageId": "a b"}, 400, "MessageIdInvalid"),
        ("POST", "/chat", {"text": "x", "sessionAttributes": []}, 400, "RequestMalformed"),
        ("POST", "/chat", {"text": "x" * 70_000}, 413, "RequestTooLarge"),
        ("POST", "/chat/sessions/s-1/turns/m/feedback", {"rating": "so"}, 400, "FeedbackInvalid"),
        ("POST", "/chat/sessions/s-1/turns/m/feedback", {"rating": "up"}, 404, "TurnNotFound"),
        ("GET", "/chat/sessions/s-1/turns/m", None, 404, "TurnNotFound"),
        ("POST", "/chat/sessions/s-1/turns/a b/feedback", {}, 400, "MessageIdInvalid"),
        ("POST", "/chat", {"text": "\ud800"}, 400, "RequestMalformed"),
        ("POST", "/chat", {"text": "x", "botId": "Other"}, 404, "BotNotFound"),
        ("POST", "/chat", {"text": "x", "localeId": "fr_FR"}, 404, "LocaleNotFound"),
        ("GET", "/elsewhere", None, 404, "NotFound"),
        ("DELETE", "/chat", None, 405, "MethodNotAllowed"),
    ],
)
def test_refusals(method, path, body, status, code):
    given, told = call(method, path, body)
    assert (given, told["error"]["code"]) == (status, code)
    assert told["error"]["requestId"] == "request-1"


def test_a_refusal_is_in_the_callers_language():
    _, told = call("POST", "/chat", {"text": " "}, **{"accept-language": "ko-KR,en;q=0.5"})
    assert told["error"]["message"] == "보낼 말이 비어 있어요. 내용을 적어 주세요."


def test_a_session_that_nobody_knows_has_no_turns():
    status, told = call("GET", "/chat/sessions/unknown")
    assert (status, told["turns"], told["open"], told["expired"]) == (200, [], False, False)


def test_the_bot_goes_by_its_name_too():
    assert say(botId="Shop")[1]["botId"] == BOT


def test_a_plain_event_is_answered_plainly():
    answer = lambda_handler({"text": "hello"}, Context())
    assert (answer["statusCode"], answer["msg"], answer["body"]) == (200, "Hello", "Hello")
    answer = lambda_handler({"text": ""}, Context())
    assert answer["statusCode"] == 400
    assert answer["msg"]
    assert lambda_handler({"nothing": 1}, Context())["statusCode"] == 400


def test_a_deployment_that_is_not_set_up_says_nothing_of_why(monkeypatch, capsys):
    monkeypatch.setattr(chat_module, "_kept", [])
    monkeypatch.delenv("botId", raising=False)
    status, told = say()
    assert (status, told["error"]["code"]) == (500, "Misconfigured")
    assert "botId" not in json.dumps(told)
    assert "botId is not set" in capsys.readouterr().out


def test_one_line_is_logged_without_a_word_that_was_said(capsys):
    say("my secret birthday")
    (line,) = capsys.readouterr().out.splitlines()
    logged = json.loads(line)
    assert (logged["route"], logged["status"]) == ("chat", 200)
    assert "birthday" not in line
    assert "not-a-real-secret" not in line


# --- whose session --------------------------------------------------------------------

HEADER = "x-session-secret"


def test_a_message_without_a_secret_begins_a_session_and_brings_its_secret(lex):
    first = send("POST", "/chat", {"text": "hello", "sessionId": "customer-42"})
    stranger = send("POST", "/chat", {"text": "yes", "sessionId": "customer-42"})
    mine, theirs = (answer["headers"][HEADER] for answer in (first, stranger))
    assert mine != theirs
    again = send("POST", "/chat", {"text": "yes", "sessionId": "customer-42"}, **{HEADER: mine})
    assert HEADER not in again["headers"]
    sessions = [path for _, path, *_ in lex.requests]
    assert sessions[0] == sessions[2] != sessions[1]
    status, content = call("GET", "/chat/sessions/customer-42", **{HEADER: mine})
    assert (status, [turn["text"] for turn in content["turns"]]) == (200, ["hello", "yes"])
    assert json.loads(again["body"])["sessionId"] == "customer-42"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/chat/sessions/s-1"),
        ("DELETE", "/chat/sessions/s-1"),
        ("GET", "/chat/sessions/s-1/turns/m-1"),
        ("POST", "/chat/sessions/s-1/turns/m-1/stop"),
        ("POST", "/chat/sessions/s-1/turns/m-1/feedback"),
    ],
)
def test_a_session_is_for_whoever_has_its_secret(transcript, method, path):
    say("mine", messageId="m-1")
    bare = send(method, path, {"rating": "up"})
    assert (bare["statusCode"], json.loads(bare["body"])["error"]["code"]) == (401, "SecretMissing")
    status, content = call(method, path, {"rating": "up"}, **{HEADER: "t" * 43})
    assert status in (200, 204, 404)
    assert "mine" not in json.dumps(content)
    assert transcript.kept[SESSION, "m-1"].rating is None


def test_a_secret_that_was_never_made_is_refused():
    status, content = call("POST", "/chat", {"text": "hello"}, **{HEADER: "x"})
    assert (status, content["error"]["code"]) == (400, "SecretInvalid")


def test_a_session_of_an_earlier_page_moves_to_its_secret(transcript):
    old, message = "0123456789abcdef01234567", "f" * 24
    transcript.begin(f"en_US#{old}", message, "before", claim="x", seconds=60)
    transcript.finish(f"en_US#{old}", message, "{}")
    status, begun = call("POST", "/chat/sessions", {"sessionId": old})
    assert (status, begun["sessionId"]) == (201, old)
    _, page = call("GET", f"/chat/sessions/{old}", **{HEADER: begun["sessionSecret"]})
    assert [turn["text"] for turn in page["turns"]] == ["before"]
    assert transcript.turns(f"en_US#{old}", limit=9) == ()


def test_a_function_that_may_invoke_this_one_names_its_sessions(transcript):
    for text in ("hello", "again"):
        told = lambda_handler({"text": text, "sessionId": "batch-1"})
        assert told["sessionId"] == "batch-1"
    assert len(transcript.turns(session_key("en_US", "batch-1", ""), limit=9)) == 2


def test_lexs_name_of_a_session_is_one_that_lex_takes():
    for session_id in ("s-1", "x" * 100):
        assert re.fullmatch("[0-9a-zA-Z._:-]{2,100}", lex_session_id(session_id, OWNER))
    assert lex_session_id("s-1", OWNER) != lex_session_id("s-2", OWNER)


def told_locale(text, session="s-9", **more):
    return say(text, sessionId=session, **more)[1]["localeId"]


def test_without_a_language_the_script_of_the_first_text_decides():
    assert told_locale("책을 주문하고 싶어요") == "ko_KR"
    assert told_locale("I would like a book", "s-10") == "en_US"
    # A language that the bot does not speak says nothing; one that it speaks wins.
    french = {"accept-language": "fr"}
    english = {"accept-language": "en"}
    for headers, locale in ((french, "ko_KR"), (english, "en_US")):
        _, reply = call("POST", "/chat", {"text": "안녕"}, **headers)
        assert reply["localeId"] == locale


def test_a_conversation_goes_on_in_the_language_that_it_began_in():
    assert told_locale("책을 주문하고 싶어요") == "ko_KR"
    assert told_locale("2") == "ko_KR"
    assert told_locale("ok") == "ko_KR"
    assert told_locale("hello", localeId="en_US") == "en_US"
    assert told_locale("3") == "en_US"


HALF = chr(0xD800)


@pytest.mark.parametrize(
    ("method", "path", "change"),
    [
        ("POST", "/chat", {"body": json.dumps({"text": HALF})}),
        ("POST", "/chat", {"body": f'{{"text": "{HALF}"}}'}),
        ("POST", "/chat", {"body": "%%%", "isBase64Encoded": True}),
        ("POST", "/chat", {"body": "gID/", "isBase64Encoded": True}),
        ("POST", "/chat", {"body": "[" * 100_000}),
        ("POST", "/chat", {"body": '{"text": 1e999}'}),
        ("POST", "/chat", {"body": json.dumps({"text": "hi", "botId": HALF})}),
        ("POST", "/chat", {"body": json.dumps({"text": "hi", "localeId": "\ud83d"})}),
        ("GET", f"/chat/sessions/{HALF}", {}),
        ("GET", "/chat/sessions/s-1", {"queryStringParameters": {"localeId": HALF}}),
        ("GET", "/chat/sessions/s-1", {"queryStringParameters": {"botId": HALF}}),
        ("GET", f"/chat/sessions/s-1/turns/{HALF}", {}),
        ("GET", f"/{HALF}", {}),
    ],
)
def test_nothing_that_a_caller_sends_leaves_the_handler_as_an_exception(method, path, change):
    event = {
        "version": "2.0",
        "rawPath": path,
        "headers": {"x-session-secret": SECRET, "accept-language": HALF},
        "queryStringParameters": {},
        "requestContext": {"http": {"method": method}},
        "body": None,
        "isBase64Encoded": False,
    }
    answer = lambda_handler({**event, **change}, Context())
    assert 400 <= answer["statusCode"] < 500
    # As the runtime sends it.
    json.dumps(answer, ensure_ascii=False).encode()


def test_what_nobody_foresaw_is_an_answer_and_a_line_without_the_persons_words(
    monkeypatch, chat, capsys
):
    monkeypatch.setattr(chat, "answer", lambda *_: {}["my secret"])
    status, content = say("my secret")
    assert (status, content["error"]["code"]) == (500, "InternalServerException")
    line = json.loads(capsys.readouterr().out)
    assert line["error"] == "KeyError"
    assert "secret" not in json.dumps(line)


# --- DynamoDB fails after Lex has answered ---


class FailingTable:
    """The transcript, of which ``failing`` operations fail as DynamoDB does."""

    def __init__(self, inner):
        self.inner = inner
        self.failing = set()

    def __getattr__(self, name):
        if name in self.failing:
            return self._fail
        return getattr(self.inner, name)

    def _fail(self, *_, **__):
        raise AwsUnreachable("DynamoDB", "no answer (TimeoutError)", sent=True)


@pytest.fixture
def table(chat, transcript, monkeypatch):
    table = FailingTable(transcript)
    monkeypatch.setattr(chat, "_transcript", table)
    return table


def test_a_reply_that_cannot_be_stored_goes_out_and_says_so(lex, table, capsys):
    table.failing.add("finish")
    lex.script = [ok(lex_answer("반가워요"))]
    status, reply = say("안녕", localeId="ko_KR", messageId="m-1")
    assert (status, reply["msg"]) == (200, "반가워요")
    assert "저장하지 못했어요" in reply["notice"]
    assert '"event": "unstored"' in capsys.readouterr().out


def test_a_message_is_one_turn_though_its_reply_was_not_stored(lex, table, transcript):
    table.failing.add("finish")
    say(messageId="m-1")
    assert say(messageId="m-1")[1]["msg"] == "Hello"
    assert call("GET", "/chat/sessions/s-1/turns/m-1")[1]["msg"] == "Hello"
    assert len(lex.requests) == 1
    table.failing.clear()
    assert say(messageId="m-1")[1]["msg"] == "Hello"
    assert len(lex.requests) == 1
    assert transcript.kept[SESSION, "m-1"].state == "done"


def test_the_next_request_writes_what_could_not_be_stored(table, transcript):
    table.failing.add("finish")
    say(messageId="m-1")
    assert transcript.kept[SESSION, "m-1"].reply is None
    table.failing.clear()
    say(messageId="m-2")
    assert json.loads(transcript.kept[SESSION, "m-1"].reply)["notice"] is None


def test_a_conversation_that_is_forgotten_is_not_written_later(table, transcript):
    table.failing.add("finish")
    say(messageId="m-1")
    assert call("DELETE", "/chat/sessions/s-1")[0] == 204
    table.failing.clear()
    say(messageId="m-2")
    assert (SESSION, "m-1") not in transcript.kept


@pytest.mark.parametrize("operation", ["turns", "begin"])
def test_nothing_is_sent_to_lex_that_could_not_be_begun(lex, table, operation):
    table.failing.add(operation)
    status, answer = say()
    assert (status, answer["error"]["code"]) == (503, "StoreUnavailable")
    assert lex.requests == []


@pytest.mark.parametrize(
    ("script", "status", "code"),
    [
        (refuse(400, "ValidationException"), 400, "ValidationException"),
        (refuse(424, "DependencyFailedException"), 424, "DependencyFailedException"),
        ((0, {}, 0), 504, "Unreachable"),
    ],
)
def test_lexs_own_refusal_is_what_goes_out(lex, table, script, status, code):
    """Not the table's, which fails as well."""
    table.failing |= {"forget", "give_up"}
    lex.script = [script]
    given, answer = say()
    assert (given, answer["error"]["code"]) == (status, code)
