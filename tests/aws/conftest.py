"""Lex on loopback for the chat function, and a transcript in memory.

Lex's guide says that what a code hook returns as request attributes is not returned to the client;
its API reference says that it is. The stub plays both, and each test is run against both.
"""

import json
import time

import pytest

from daehwa.aws.chat import ChatFunction
from daehwa.aws.edge import Edge
from daehwa.aws.lex_alias import LexAlias
from daehwa.aws.marks import TURN, marked
from daehwa.aws.page_content import PageContent
from daehwa.aws.testing import MemoryTranscript
from daehwa.chat import owner_by_secret

from .loopback import Loopback
from .services import StubServices

BOT, ALIAS = "BOTBOTBOTB", "ALIASALIAS"
# The secret of the visitor's sessions, and whose they are by it.
SECRET = "s" * 43
OWNER = owner_by_secret(SECRET)
SESSION = f"en_US#s-1#{OWNER}"
PAGE = {
    "bot": {
        "name": "Shop",
        "idleSeconds": 300,
        "locales": [{"id": "en_US", "starters": []}, {"id": "ko_KR", "starters": ["안녕"]}],
    },
    "page": {"title": "The shop", "answer": {"source": "chatgpt", "state": "ready"}},
}


def lex_answer(text="Hello", **attributes):
    return {
        "messages": [{"contentType": "PlainText", "content": text}],
        "sessionState": {
            "intent": {"name": "Greet", "state": "Fulfilled", "slots": {}},
            "dialogAction": {"type": "Close"},
        },
        "interpretations": [],
        "requestAttributes": attributes,
        "sessionId": "s-1",
    }


class StubLex(Loopback):
    """Plays a script of ``(status, headers, body)`` and records what it is asked.

    The marks that a code hook of ours would have set stand in ``requestAttributes`` of the script;
    where ``returns`` is ``session attributes``, nothing else comes back.
    """

    def __init__(self, returns):
        self.returns = returns
        self.script = []
        self.requests = []
        super().__init__()

    def answer(self, sent):
        self.requests.append((sent.method, sent.path, sent.headers, sent.raw))
        status, headers, body = self.script.pop(0) if self.script else ok()
        if status == 0:
            time.sleep(body)
            return 0, {}, None
        return status, headers, self.as_returned(body, sent.raw)

    def as_returned(self, body, raw):
        """The body as this Lex returns it, and as our code hook's marks stand in it."""
        marks = body.get("requestAttributes")
        if not marks or self.returns == "request attributes":
            return body
        turn = json.loads(raw)["requestAttributes"][TURN]
        event = {"requestAttributes": {TURN: turn}}
        state = {**body["sessionState"]}
        marked({"sessionState": state}, event, marks)
        return {**body, "sessionState": state, "requestAttributes": {}}

    def sent(self, place=-1):
        """The JSON of a request."""
        return json.loads(self.requests[place][3])


def ok(answer=None):
    return 200, {}, answer or lex_answer()


def refuse(status, name):
    return status, {"x-amzn-ErrorType": f"{name}:http://internal/"}, {"message": "no"}


@pytest.fixture(params=["session attributes", "request attributes"])
def lex(request):
    stub = StubLex(request.param)
    yield stub
    stub.close()


@pytest.fixture
def environ(lex):
    return {
        "AWS_REGION": "ap-northeast-2",
        "AWS_ACCESS_KEY_ID": "AKEXAMPLE",
        "AWS_SECRET_ACCESS_KEY": "not-a-real-secret",
        "AWS_SESSION_TOKEN": "token",
        "AWS_ENDPOINT_URL_LEX_RUNTIME_V2": lex.url,
    }


@pytest.fixture
def now():
    """The time, to be moved: ``now[0] += 60``."""
    return [1_800_000_000.0]


@pytest.fixture
def transcript(now):
    return MemoryTranscript(lambda: now[0])


@pytest.fixture
def chat(environ, transcript, now):
    runtime = LexAlias(BOT, ALIAS, environ)
    edge = Edge(attributes=("mine", "tier"))
    page = PageContent(BOT, "en_US", PAGE)
    yield ChatFunction(runtime, transcript, page, edge=edge, clock=lambda: now[0])
    runtime.close()


@pytest.fixture
def services():
    stub = StubServices()
    yield stub
    stub.close()
