"""The server and the AWS chat function answer the same conversation with the same members.

The chat function asks the server itself for Lex, so that the bot is one and the same.
"""

import json
import re
import urllib.error
import urllib.request
from urllib.parse import quote

import msgspec
import pytest
from typer.testing import CliRunner

from daehwa import bot, chat
from daehwa.aws import streaming
from daehwa.aws.edge import Edge
from daehwa.aws.lex_alias import LexAlias
from daehwa.aws.page_content import PageContent
from daehwa.aws.streamed import StreamedChat
from daehwa.aws.testing import MemoryTranscript
from daehwa.cli.app import app
from daehwa.conversation.page import page_bot
from daehwa.conversation.page_settings import PageSetting

from .conftest import serving

BOT, ALIAS, NAME = "PADOBOOKS1", "TSTALIASID", "PadoBooksBot"
KOREAN = {"accept-language": "ko-KR,ko;q=0.9"}
MEMBERS = {field.encode_name for field in msgspec.structs.fields(chat.ChatReply)}
EVENTS = {"accept": "text/event-stream"}
# What no two answers share.
_OF_ITS_OWN = {"requestId", "at", "totalMs"}


def comparable(value):
    """A JSON value without the contents that differ by nature; their members stay.

    But for one: only the server understands the text, so that only it knows how long that took.
    """
    if isinstance(value, dict):
        return {
            name: "…" if name in _OF_ITS_OWN else comparable(each)
            for name, each in value.items()
            if name != "nluMs"
        }
    if isinstance(value, list):
        return [comparable(each) for each in value]
    return value


def content_of(text, content_type):
    """JSON, or the names and data of events."""
    if not text:
        return None
    if content_type.startswith("text/event-stream"):
        events = re.findall(r"event: (\w+)\ndata: (.*)\n\n", text)
        return [(name, comparable(json.loads(data))) for name, data in events]
    return comparable(json.loads(text))


class Server:
    """``daehwa serve``."""

    def __init__(self, url):
        self.url = url

    def __call__(self, method, path, body=None, headers=()):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(
            self.url + quote(path, safe="/?=&%"), data, dict(headers), method=method
        )
        try:
            answer = urllib.request.urlopen(request, timeout=30)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            kind = answer.headers.get("content-type", "")
            return answer.status, content_of(answer.read().decode(), kind)


class Function:
    """The chat function, as API Gateway calls it."""

    def __call__(self, method, path, body=None, headers=()):
        raw, _, query = path.partition("?")
        event = {
            "path": quote(raw, safe="/%"),
            "httpMethod": method,
            "headers": dict(headers),
            "queryStringParameters": dict(pair.split("=") for pair in query.split("&") if pair),
            "requestContext": {},
            "body": None if body is None else json.dumps(body),
            "isBase64Encoded": False,
        }
        head, pieces = streaming.respond(event, None)
        text = b"".join(pieces).decode()
        return head["statusCode"], content_of(text, head["headers"].get("content-type", ""))


def without_variations(value):
    """A definition whose bot always says the same: Lex chooses among variations by chance."""
    if isinstance(value, dict):
        kept = {name: each for name, each in value.items() if name != "variations"}
        return {name: without_variations(each) for name, each in kept.items()}
    return [without_variations(each) for each in value] if isinstance(value, list) else value


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """The bookshop, with nothing but itself to speak."""
    folder = tmp_path_factory.mktemp("one-wire")
    shop = folder / NAME
    bot.save(bot.load(bot.bundled()[NAME]), shop)
    for file in shop.rglob("*.json"):
        file.write_text(json.dumps(without_variations(json.loads(file.read_text("utf-8")))))
    with serving(folder, str(shop), "--answer", "none") as served:
        yield served


@pytest.fixture
def homes(served, monkeypatch):
    """The two homes of one bot."""
    environ = {
        "AWS_REGION": "ap-northeast-2",
        "AWS_ACCESS_KEY_ID": "AKEXAMPLE",
        "AWS_SECRET_ACCESS_KEY": "not-a-real-secret",
        "AWS_ENDPOINT_URL_LEX_RUNTIME_V2": served.url,
    }
    definition = bot.load(bot.bundled()[NAME])
    locales = definition.locales.values()
    view = page_bot(BOT, definition, locales, PageSetting(), model=False)
    page = {
        "bot": {
            "name": view.name,
            "description": view.description,
            "locales": msgspec.to_builtins(view.locales),
        }
    }
    runtime = LexAlias(BOT, ALIAS, environ)
    # A server that only this machine reaches takes every attribute; a deployment those it lists.
    edge = Edge(attributes=["tier"])
    function = StreamedChat(runtime, MemoryTranscript(), PageContent(BOT, "ko_KR", page), edge=edge)
    monkeypatch.setattr(streaming, "_kept", [function])
    yield Server(served.url), Function()
    runtime.close()


@pytest.fixture
def both(homes, request):
    """Send a request to both homes, each in a session of its own; what both answer."""
    server, function = homes
    word = re.sub(r"\W", "-", request.node.name)[:60]

    secrets = {}

    def send(method, path, body=None, headers=()):
        answers = []
        for home, send in (("server", server), ("function", function)):
            session = f"{home}-{word}"
            if home not in secrets:
                _, begun = send("POST", "/chat/sessions", {"sessionId": session})
                secrets[home] = begun["sessionSecret"]
            headers = {chat.SECRET_HEADER: secrets[home], **dict(headers)}
            sent = body
            if method == "POST" and path == "/chat" and isinstance(body, dict):
                sent = {"sessionId": session, "botId": BOT} | body
            where = path.replace("SESSION", session)
            if where.startswith("/chat/sessions/"):
                where += f"{'&' if '?' in where else '?'}botId={BOT}"
            status, content = send(method, where, sent, headers)
            answers.append((status, json.loads(json.dumps(content).replace(session, "SESSION"))))
        mine, theirs = answers
        assert mine == theirs
        return mine

    return send


@pytest.mark.parametrize("headers", [{}, EVENTS], ids=["whole", "streamed"])
def test_a_conversation(both, headers):
    """An intent with a slot, a value that fits it, words that fit nothing."""
    for number, text in enumerate(("책 추천해 주세요", "잔잔한", "qwrtp zxcvb")):
        message = {"text": text, "localeId": "ko_KR", "messageId": f"m-{number}"}
        status, content = both("POST", "/chat", message, headers)
        assert status == 200
        reply = content[-1][1] if headers else content
        assert set(reply) == MEMBERS
    status, transcript = both("GET", "/chat/sessions/SESSION?localeId=ko_KR")
    assert [turn["text"] for turn in transcript["turns"]] == [
        "책 추천해 주세요",
        "잔잔한",
        "qwrtp zxcvb",
    ]


def test_a_turn_is_followed_rated_and_forgotten(both):
    both("POST", "/chat", {"text": "책 추천해 주세요", "localeId": "ko_KR", "messageId": "m-1"})
    turn = "/chat/sessions/SESSION/turns/m-1"
    for headers in ({}, EVENTS):
        assert both("GET", f"{turn}?localeId=ko_KR", headers=headers)[0] == 200
    rating = {"rating": "down", "comment": "아니에요"}
    assert both("POST", f"{turn}/feedback?localeId=ko_KR", rating) == (204, None)
    _, transcript = both("GET", "/chat/sessions/SESSION?localeId=ko_KR")
    assert transcript["turns"][0]["feedback"] == rating
    both("POST", f"{turn}/feedback?localeId=ko_KR", {"rating": None})
    _, transcript = both("GET", "/chat/sessions/SESSION?localeId=ko_KR")
    assert transcript["turns"][0]["feedback"] is None
    assert both("POST", f"{turn}/stop?localeId=ko_KR") == (204, None)
    assert both("DELETE", "/chat/sessions/SESSION?localeId=ko_KR") == (204, None)
    _, transcript = both("GET", "/chat/sessions/SESSION?localeId=ko_KR")
    assert (transcript["turns"], transcript["open"]) == ([], False)


@pytest.mark.usefixtures("quiet_log")
def test_a_talk_is_saved_as_a_test_that_passes_here_and_on_lex(homes, served, monkeypatch):
    """What both homes save is the same; the real Lex is the server itself, asked by boto3."""
    texts = []
    for home in homes:
        _, begun = home("POST", "/chat/sessions", {})
        headers = {chat.SECRET_HEADER: begun["sessionSecret"]}
        where = {"sessionId": begun["sessionId"], "botId": BOT, "localeId": "ko_KR"}
        for text in ("책 추천해 주세요", "잔잔한", "qwrtp zxcvb"):
            home("POST", "/chat", {"text": text, **where}, headers)
        path = f"/chat/sessions/{begun['sessionId']}/test?botId={BOT}&localeId=ko_KR"
        status, saved = home("GET", path, headers=headers)
        assert status == 200
        texts.append(re.sub(r"^now: .*\n", "", saved["text"], flags=re.MULTILINE))
    assert texts[0] == texts[1]
    talk = served.folder / "talk.yaml"
    talk.write_text(texts[0] + "    source: intent\n", "utf-8")
    here = ["test", str(served.folder / NAME), str(talk), "--data", str(served.folder / "data")]
    done = CliRunner().invoke(app, here)
    assert done.exit_code == 0, done.output
    monkeypatch.setenv("AWS_ENDPOINT_URL_LEX_RUNTIME_V2", served.url)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKEXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "not-a-real-secret")
    remote = CliRunner().invoke(app, [*here, "--aws", BOT, "--region", "ap-northeast-2"])
    assert remote.exit_code == 0, remote.output
    assert "여기서는 비교하지 않음: source (말 1개)" in remote.output


@pytest.mark.usefixtures("quiet_log")
def test_lex_says_what_cannot_be_known_there(served, monkeypatch):
    """The clock, scripted hooks and who answered; a bot that is not there is no failed test."""
    monkeypatch.setenv("AWS_ENDPOINT_URL_LEX_RUNTIME_V2", served.url)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKEXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "not-a-real-secret")
    talk = served.folder / "unknowable.yaml"
    talk.write_text(
        """
locale: en_US
conversations:
  waits: [{user: Hello}, {user: Hello, after: 5m}]
  scripted: {hooks: {OrderBook: Done.}, turns: [{user: Hello}]}
  varies: [{user: Thank you, bot: Come again. Your bookmark will be where you left it.}]
  dated:
    now: 2020-01-01T09:00
    turns:
      - {user: I'd like to reserve a seat, asks: Seat, source: intent}
      - {user: wrong, slots: {Seat: ~, Date: 2020-01-02}, bot: Never.}
""",
        "utf-8",
    )
    # The bot as it is here has variations of what it says, of which that on "Lex" has one.
    command = ["test", str(bot.bundled()[NAME]), str(talk), "--region", "us-east-1"]
    done = CliRunner().invoke(app, [*command, "--aws", BOT])
    assert done.exit_code == 0, done.output
    assert "skipped 1: it lets time pass, and the clock of AWS cannot be set" in done.output
    assert "skipped 1: its code hooks are scripted, and those on AWS really run" in done.output
    assert "not compared here: bot (1 turns)" in done.output
    assert "not compared here: bot, slots.Date (1 turns)" in done.output
    nobody = CliRunner().invoke(app, [*command, "--aws", "NOSUCHBOT1"])
    assert nobody.exit_code == 2
    assert "Lex refuses: ResourceNotFoundException" in nobody.output


def test_the_language_is_the_one_named_or_the_callers(both):
    for headers, locale in (
        (KOREAN, "ko_KR"),
        ({"accept-language": "en;q=0.2,fr"}, "en_US"),
        ({"accept-language": "en-GB, ko;q=0.5"}, "en_US"),
    ):
        _, reply = both("POST", "/chat", {"text": "hello", "messageId": "m"}, headers)
        assert reply["localeId"] == locale


def test_session_attributes_come_back(both):
    message = {
        "text": "책 추천해 주세요",
        "localeId": "ko_KR",
        "sessionAttributes": {"tier": "gold"},
    }
    _, reply = both("POST", "/chat", message | {"messageId": "m-1"})
    assert reply["sessionAttributes"]["tier"] == "gold"


def test_a_session_begins_with_a_secret(homes):
    for body, status, members in (
        ({}, 201, {"sessionId", "sessionSecret"}),
        ({"sessionId": "a b"}, 400, {"error"}),
        ({"localeId": "fr_FR"}, 404, {"error"}),
        ({"botId": 1}, 400, {"error"}),
    ):
        mine, theirs = (home("POST", "/chat/sessions", body) for home in homes)
        assert (mine[0], set(mine[1])) == (theirs[0], set(theirs[1])) == (status, members)


@pytest.mark.parametrize("headers", [{}, KOREAN], ids=["English", "Korean"])
@pytest.mark.parametrize(
    ("line", "body", "refusal"),
    [
        ("POST /chat", {"text": " "}, "400 TextMissing"),
        ("POST /chat", {"text": "가" * 1025}, "400 TextTooLong"),
        ("POST /chat", {"text": "x", "sessionId": "a b"}, "400 SessionIdInvalid"),
        ("POST /chat", {"text": "x", "messageId": "a b"}, "400 MessageIdInvalid"),
        ("POST /chat", {"text": "x", "localeId": "fr_FR"}, "404 LocaleNotFound"),
        ("POST /chat", {"text": "x" * 70_000}, "413 RequestTooLarge"),
        ("GET /chat/sessions/a", None, "400 SessionIdInvalid"),
        ("GET /chat/sessions/SESSION?localeId=fr_FR", None, "404 LocaleNotFound"),
        ("GET /chat/sessions/SESSION/turns/m", None, "404 TurnNotFound"),
        ("GET /chat/sessions/SESSION/turns/a b", None, "400 MessageIdInvalid"),
        ("POST /chat/sessions/SESSION/turns/a b/stop", None, "400 MessageIdInvalid"),
        ("POST /chat/sessions/SESSION/turns/m/feedback", {"rating": "up"}, "404 TurnNotFound"),
        (
            "POST /chat/sessions/SESSION/turns/m/feedback",
            {"rating": "so"},
            "400 FeedbackInvalid",
        ),
        (
            "POST /chat/sessions/SESSION/turns/m/feedback",
            {"comment": "음" * 2001},
            "400 FeedbackInvalid",
        ),
        ("DELETE /chat", None, "405 MethodNotAllowed"),
        ("GET /chat/elsewhere", None, "404 NotFound"),
    ],
)
def test_a_refusal(both, line, body, refusal, headers):
    method, _, path = line.partition(" ")
    status, content = both(method, path, body, headers)
    assert f"{status} {content['error']['code']}" == refusal


@pytest.mark.parametrize(
    "body", [{}, {"text": 7}, {"text": "\ud800"}, [], {"text": "x", "botId": 1}]
)
def test_a_body_of_another_shape(homes, body):
    """What is wrong with it is said in other words; code and status are the same."""
    for home in homes:
        status, content = home("POST", "/chat", body)
        assert (status, content["error"]["code"]) == (400, "RequestMalformed")


def test_what_the_page_shows_first(homes):
    mine, theirs = (home("GET", "/chat/config?localeId=en_US") for home in homes)
    assert mine == theirs
