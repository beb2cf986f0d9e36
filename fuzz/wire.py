"""The doors, in process: any conversation over Lex's API, any request to each of the doors."""

from __future__ import annotations

import asyncio
import atexit
import functools
import json
import random
import tempfile
from contextlib import AsyncExitStack
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote

import msgspec
from hypothesis import strategies as st
from starlette.types import ASGIApp
from tests.conformance.conftest import Wire
from tests.conformance.test_properties import BOTS, CALLS, JSON, MODELLED, TEXTS, TURNS, First, hold
from tests.server.asgi import Answer, call

from conformance.in_process import InProcess
from conformance.scenario import Call, Turn, read_suite
from daehwa import chat
from daehwa.conversation import AnswerName, Opening, plan_runtime, runtime
from daehwa.server import ServerSettings, doors
from daehwa.server.lexapi.eventstream import EventStreamDecoder, encode_message
from fuzz.target import Target

_LEX = "/bots/{bot}/botAliases/TSTALIASID/botLocales/{locale}/sessions/{session}"
_BOTS = (("HELLOWORLD", "ko_KR"), ("HELLOWORLD", "en_US"), ("NOSUCHBOT0", "ko_KR"))
_LONGEST = 40
# What a request may end with that is nobody's fault but the caller's; 409 is a session in use.
_REFUSALS = frozenset(range(400, 500))


class _Conversations:
    """Lex's API on bots of the conformance suite; every response is checked by botocore's model."""

    def __init__(self) -> None:
        # Chance would make two talks of one that is held twice.
        setattr(runtime, "random", SimpleNamespace(Random=First))  # noqa: B010 - a module's own
        self.wire = Wire()
        self.channel = InProcess(read_suite(), check=self.wire).__enter__()
        atexit.register(self.channel.__exit__)


class _Doors:
    """Every door on the example bots, in a folder of its own."""

    def __init__(self) -> None:
        self.runner = asyncio.Runner()
        self.app = self.runner.run(self._open())
        atexit.register(self._close)

    async def _open(self) -> ASGIApp:
        self._stack = AsyncExitStack()
        data = self._stack.enter_context(tempfile.TemporaryDirectory(prefix="daehwa-fuzz-"))
        plan = plan_runtime(Opening(data=data, answer=AnswerName("none")))
        opened = await self._stack.enter_async_context(plan.open())
        await opened.learn()
        return doors(opened, ServerSettings())

    def _close(self) -> None:
        self.runner.run(self._stack.aclose())
        self.runner.close()

    def ask(self, *request: Any) -> Answer:
        return self.runner.run(call(self.app, *request))


@functools.cache
def _conversations() -> _Conversations:
    return _Conversations()


@functools.cache
def _doors() -> _Doors:
    return _Doors()


def check_lex(of: str, pool: list[Turn], calls: list[Call], seed: int, length: int) -> int:
    """A conversation over Lex's API: modelled errors only, Lex's shapes, the same when repeated."""
    chance = random.Random(seed)
    turns = [Turn(deletes=True), *(chance.choice(pool) for _ in range(length))]
    served = _conversations()
    served.wire.faults.clear()
    answers = hold(served.channel, of, turns, calls)
    for answer in answers:
        error = answer.get("error")
        assert error is None or error["code"] in MODELLED, error
    assert served.wire.faults == []
    assert hold(served.channel, of, turns, calls) == answers
    return length


def check_chat(*, body: Any, streamed: bool) -> int:
    """Whatever is sent to ``/chat`` comes back as a reply or as an error of its table."""
    accept = {"accept": "text/event-stream"} if streamed else {}
    answer = _doors().ask(
        "POST", "/chat", json.dumps(body).encode(), {"content-type": "application/json", **accept}
    )
    if answer.status != 200:
        _refused(answer)
    elif streamed:
        name, data = answer.events[-1]
        assert name in ("done", "error"), name
        if name == "done":
            msgspec.json.decode(data, type=chat.ChatReply)
    else:
        msgspec.json.decode(answer.body, type=chat.ChatReply)
    return 1


def check_openai(body: Any) -> int:
    """Whatever is sent to ``/v1`` comes back as a completion, a stream of them or an error."""
    answer = _doors().ask(
        "POST",
        "/v1/chat/completions",
        json.dumps(body).encode(),
        {"content-type": "application/json"},
    )
    if answer.status != 200:
        _refused(answer)
    elif answer.headers["content-type"].startswith("text/event-stream"):
        assert answer.body.rstrip().endswith(b"data: [DONE]")
    else:
        assert answer.json["choices"][0]["message"]["role"] == "assistant"
    return 1


def check_stream(events: list[tuple[str, Any]], pieces: list[bytes]) -> int:
    """A conversation stream ends, in events of the model; bytes that are none end it."""
    messages = [
        encode_message(
            {":message-type": "event", ":event-type": name, ":content-type": "application/json"},
            json.dumps(members).encode(),
        )
        for name, members in events
    ]
    path = _LEX.format(bot="HELLOWORLD", locale="ko_KR", session="stream") + "/conversation"
    headers = {"x-amz-lex-conversation-mode": "TEXT"}
    answer = _doors().ask("POST", path, [*messages, *pieces, b""], headers)
    assert answer.status == 200, (answer.status, answer.body)
    for message in EventStreamDecoder().feed(answer.body):
        assert message.headers[":message-type"] in ("event", "exception")
        name = message.headers.get(":event-type") or message.headers[":exception-type"]
        assert name in _STREAMED, name
        json.loads(message.payload)
    return max(1, len(events))


def check_request(method: str, path: str, body: bytes, headers: dict[str, str]) -> int:
    """Any request to any door is served or refused; none makes the server fail."""
    answer = _doors().ask(method, path, body, headers)
    assert answer.status < 500 or answer.status == 501, (answer.status, answer.body)
    return 1


def _refused(answer: Answer) -> None:
    assert answer.status in _REFUSALS, (answer.status, answer.body)
    error = answer.json["error"]
    assert error["message"]


def _places() -> st.SearchStrategy[str]:
    """Paths: those of the doors with any ids, and any at all."""
    segments = st.text(min_size=1, max_size=12).map(lambda text: quote(text, safe=""))
    ids = st.sampled_from(["s1", "a.b", "%EC%95%88", "..", "x" * 101]) | segments
    lex = st.builds(
        lambda place, session, end: (
            _LEX.format(bot=place[0], locale=place[1], session=session) + end
        ),
        st.sampled_from(_BOTS),
        ids,
        st.sampled_from(["", "/text", "/utterance", "/conversation", "/nothing"]),
    )
    chats = st.builds(
        lambda session, rest, query: f"/chat/sessions/{session}{rest}?{query}",
        ids,
        st.sampled_from(["", "/turns/m1", "/turns/m1/stop", "/turns/m1/feedback"]),
        st.sampled_from(["", "botId=HELLOWORLD&localeId=ko_KR", "botId=%ff", "localeId=xx"]),
    )
    known = st.sampled_from(
        ["/", "/chat", "/chat/config", "/v1/models", "/v1/models/x", "/v1/chat/completions",
         "/healthz", "/readyz", "/metrics", "/openapi.json", "/static/../..", "/bots", "/bots/"]
    )  # fmt: skip
    return st.one_of(
        lex, chats, known, st.lists(segments, max_size=4).map(lambda s: "/" + "/".join(s))
    )


_STREAMED = {
    "HeartbeatEvent",
    "IntentResultEvent",
    "PlaybackInterruptionEvent",
    "TextResponseEvent",
    "TranscriptEvent",
    "ValidationException",
    "DependencyFailedException",
    "ConflictException",
    "ResourceNotFoundException",
}
_CONFIGURATION = ("ConfigurationEvent", {"responseContentType": "text/plain;charset=utf-8"})
_EVENTS = st.tuples(
    st.sampled_from(
        ["ConfigurationEvent", "TextInputEvent", "DTMFInputEvent", "AudioInputEvent",
         "PlaybackCompletionEvent", "DisconnectionEvent", "Nothing"]
    ),
    st.fixed_dictionaries({}, optional={"text": TEXTS, "eventId": st.text(max_size=5)}) | JSON,
)  # fmt: skip
_MEMBERS = {
    "text": TEXTS,
    "sessionId": st.sampled_from(["fuzz-1", "fuzz-2", "", "a/b"]),
    "messageId": st.sampled_from(["m1", "m2", "?"]),
    "botId": st.sampled_from([place[0] for place in _BOTS]),
    "localeId": st.sampled_from(["ko_KR", "en_US", "xx"]),
    "sessionAttributes": st.dictionaries(st.text(max_size=5), st.text(max_size=5), max_size=2),
    "requestAttributes": st.dictionaries(st.text(max_size=5), st.text(max_size=5), max_size=2),
}
_MODELS = st.sampled_from(["HelloWorldBot:ko_KR", "HelloWorldBot:en_US", "HelloWorldBot", "gpt-4"])
_SPEECH = st.fixed_dictionaries(
    {"role": st.sampled_from(["user", "assistant", "system", "tool", "nobody"])},
    optional={
        "content": TEXTS | st.lists(st.fixed_dictionaries({"type": st.just("text"), "text": TEXTS}))
    },
)


def _disturbed(members: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Mostly right members, of which some are any JSON at all."""
    right = st.fixed_dictionaries({}, optional=members)
    return st.one_of(
        right,
        st.builds(
            lambda a, b: {**a, **b},
            right,
            st.dictionaries(st.sampled_from(sorted(members)), JSON, max_size=1),
        ),
        JSON,
    )


def targets() -> tuple[Target, ...]:
    """Each of the doors."""
    headers = st.dictionaries(
        st.sampled_from(
            ["content-type", "accept", "accept-language", "origin", "host", "x-request-id",
             "x-amz-lex-session-state", "x-amz-lex-request-attributes", "response-content-type"]
        ),
        st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=20)
        | st.sampled_from(["application/json", "text/event-stream", "text/plain; charset=utf-8"]),
        max_size=3,
    )  # fmt: skip
    return (
        Target(
            name="lex",
            cases=st.fixed_dictionaries(
                {
                    "of": st.sampled_from(BOTS),
                    "pool": st.lists(TURNS, min_size=1, max_size=8),
                    "calls": st.lists(CALLS, min_size=1, max_size=3),
                    "seed": st.integers(0, 2**32 - 1),
                    "length": st.integers(1, _LONGEST),
                }
            ),
            check=check_lex,
            each=5,
        ),
        Target(
            name="chat",
            cases=st.fixed_dictionaries({"body": _disturbed(_MEMBERS), "streamed": st.booleans()}),
            check=check_chat,
            each=100,
        ),
        Target(
            name="openai",
            cases=st.fixed_dictionaries(
                {
                    "body": _disturbed(
                        {
                            "model": _MODELS,
                            "messages": st.lists(_SPEECH, max_size=4),
                            "stream": st.booleans(),
                            "user": st.text(max_size=5),
                        }
                    )
                }
            ),
            check=check_openai,
            each=100,
        ),
        Target(
            name="streams",
            cases=st.fixed_dictionaries(
                {
                    "events": st.lists(_EVENTS, max_size=5).map(lambda e: [_CONFIGURATION, *e])
                    | st.lists(_EVENTS, max_size=3),
                    "pieces": st.lists(st.binary(max_size=60), max_size=2),
                }
            ),
            check=check_stream,
            each=50,
        ),
        Target(
            name="requests",
            cases=st.fixed_dictionaries(
                {
                    "method": st.sampled_from(["GET", "POST", "PUT", "DELETE", "OPTIONS", "HEAD"]),
                    "path": _places(),
                    "body": st.binary(max_size=60) | JSON.map(lambda b: json.dumps(b).encode()),
                    "headers": headers,
                }
            ),
            check=check_request,
            each=100,
        ),
    )
