"""A small server that speaks the page's wire, and does as a test tells it.

It keeps sessions and turns as the real one does (one turn a message id, answers that go on
for a moment when their reader leaves, so that a reload can take them up), but what is
answered is scripted: ``on(text, *steps)``, where a step is a piece of text, `Status`, `Wait`,
`Cut` or `Told`, and then the reply.
"""

import asyncio
import json
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web as http

from daehwa import web

LIMIT = 1024


@dataclass
class Status:
    """An honest line on what is going on."""

    state: str
    line: str
    source: str = "chatgpt"


@dataclass
class Wait:
    """Hold the answer until the gate is opened, or for some seconds."""

    gate: asyncio.Event | None = None
    seconds: float = 0


@dataclass
class Cut:
    """Break the connection off, as a killed server does."""


@dataclass
class Told:
    """End with an error event."""

    code: str = "ModelUnavailable"
    message: str = "지금은 언어 모델이 답할 수 없어요."
    request_id: str = "req-told-1"


@dataclass
class Refusal:
    """Refuse a request outright."""

    status: int
    code: str
    message: str
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Turn:
    message_id: str
    text: str
    session_id: str
    at: float = field(default_factory=time.time)
    events: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    reply: dict[str, Any] | None = None
    state: str = "running"
    feedback: dict[str, Any] | None = None
    readers: int = 0
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)
    task: asyncio.Task[None] | None = None
    stopped_at: float | None = None


def plain(text):
    return {"contentType": "PlainText", "content": text}


def card(title, *buttons, subtitle=None, image=None):
    content = {
        "title": title,
        "buttons": [{"text": text, "value": value} for text, value in buttons],
    }
    if subtitle:
        content["subtitle"] = subtitle
    if image:
        content["imageUrl"] = image
    return {"contentType": "ImageResponseCard", "imageResponseCard": content}


def reply(*messages, source="intent", intent="Greeting", action="ElicitIntent", **more):
    """A whole reply, ids aside."""
    messages = [plain(message) if isinstance(message, str) else message for message in messages]
    named = {"name": intent, "state": "InProgress", "confirmationState": "None", "slots": {}}
    return {
        "msg": "\n".join(message["content"] for message in messages if "content" in message),
        "messages": messages,
        "source": source,
        "intent": named,
        "slots": more.pop("slots", {}),
        "dialogAction": {"type": action},
        "interpretations": [
            {"intent": named, "nluConfidence": {"score": 0.93}, "interpretationSource": "Lex"},
            {"intent": {"name": "FallbackIntent"}},
        ],
        "incomplete": False,
        "timing": {"totalMs": 6.2, "nluMs": 4.1},
        "requestId": "req-1",
        **more,
    }


def from_model(text, source="chatgpt", model="gpt-4o-mini", **more):
    return reply(text, source=source, model=model, intent="FallbackIntent", action="Close", **more)


KOREAN = {
    "id": "ko_KR",
    "notes": {},
    "greeting": "안녕하세요, 파도책방이에요.\n어떤 책을 찾으세요?",
    "starters": ["책 추천해 줘", "영업시간 알려줘", "책 예약할래요"],
    "placeholder": "책 이야기를 해 보세요",
}
ENGLISH = {
    "id": "en_US",
    "notes": {},
    "greeting": "Hello from Pado Books, by the sea.\nWhat are you looking for?",
    "starters": ["Recommend a book", "When are you open?", "Reserve a book"],
}
PADO = {"id": "PADOBOOKS1", "name": "파도책방", "locales": [KOREAN, ENGLISH]}
HELLO = {
    "id": "HELLOWORLD",
    "name": "HelloWorldBot",
    "locales": [{"id": "ko_KR", "greeting": "안녕하세요!", "starters": ["안녕"], "notes": {}}],
}


class FakeServer:
    def __init__(self):
        self.config = {
            "title": "Daehwa",
            "bots": [PADO, HELLO],
            "default": {"botId": PADO["id"], "localeId": "ko_KR"},
            "answer": {"source": "chatgpt", "state": "ready"},
            "limits": {"text": LIMIT},
            "look": {},
        }
        self.scripts = {}
        self.refusals = []
        self.turns: dict[str, dict[str, Turn]] = {}
        self.expired: set[str] = set()
        self.requests = []
        self.forgotten = []
        self.parents = ()
        self.api_origins = ()
        self.port = 0
        self.streams = True
        self.chunk = None
        self._runner = None
        self._connections = set()

    # What a test tells it

    def on(self, text, *steps):
        """Answer `text` by these steps, the last of them a reply."""
        self.scripts[text] = steps

    def refuse(self, status, code="Refused", message="", times=1, **headers):
        self.refusals += [Refusal(status, code, message, headers)] * times

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}/"

    @property
    def asked(self):
        """The texts of the turns that reached the server, in order."""
        return [turn.text for turns in self.turns.values() for turn in turns.values()]

    def turn(self, text):
        """The last turn in which `text` was said."""
        turns = [turn for turns in self.turns.values() for turn in turns.values()]
        return [turn for turn in turns if turn.text == text][-1]

    async def start(self):
        application = http.Application(middlewares=[self._cors])
        application.add_routes(
            [
                http.get("/chat/config", self._config),
                http.post("/chat", self._chat),
                http.get("/chat/sessions/{session}", self._history),
                http.delete("/chat/sessions/{session}", self._forget),
                http.get("/chat/sessions/{session}/turns/{message}", self._follow),
                http.post("/chat/sessions/{session}/turns/{message}/feedback", self._feedback),
                http.post("/chat/sessions/{session}/turns/{message}/stop", self._stop),
                http.route("OPTIONS", "/{any:.*}", self._preflight),
                http.get("/{path:.*}", self._static),
            ]
        )
        self._runner = http.AppRunner(application, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = http.TCPSite(self._runner, "127.0.0.1", self.port, reuse_address=True)
        await site.start()
        self.port = site._server.sockets[0].getsockname()[1]

    async def kill(self):
        """Die at once: connections break, the port is closed."""
        if self._runner is None:
            return
        for turn in [turn for turns in self.turns.values() for turn in turns.values()]:
            if turn.task and turn.state == "running":
                turn.task.cancel()
                turn.state = "incomplete"
        for transport in list(self._connections):
            transport.abort()
        runner, self._runner = self._runner, None
        await runner.cleanup()

    # The wire

    @http.middleware
    async def _cors(self, request, handler):
        self._connections.add(request.transport)
        response = await handler(request)
        if request.headers.get("Origin") in self.api_origins and not response.prepared:
            response.headers["Access-Control-Allow-Origin"] = request.headers["Origin"]
        return response

    async def _preflight(self, request):
        headers = {
            "Access-Control-Allow-Headers": "content-type",
            "Access-Control-Allow-Methods": "GET, POST, DELETE",
        }
        return http.Response(status=204, headers=headers)

    async def _static(self, request):
        path = web.STATIC / (request.match_info["path"] or "index.html")
        if not path.is_file():
            raise http.HTTPNotFound
        policy = web.content_security_policy(parents=self.parents)
        return http.FileResponse(
            path, headers={"Content-Security-Policy": policy, "Cache-Control": "no-cache"}
        )

    async def _config(self, request):
        return http.json_response(self.config)

    def _refusal(self):
        if not self.refusals:
            return None
        refusal = self.refusals.pop(0)
        error = {"code": refusal.code, "message": refusal.message, "requestId": "req-refused"}
        return http.json_response({"error": error}, status=refusal.status, headers=refusal.headers)

    async def _chat(self, request):
        body = await request.json()
        self.requests.append(body)
        if refusal := self._refusal():
            return refusal
        turns = self.turns.setdefault(body["sessionId"], {})
        turn = turns.get(body["messageId"])
        if turn is None:
            turn = Turn(body["messageId"], body["text"], body["sessionId"])
            turns[turn.message_id] = turn
            turn.task = asyncio.create_task(self._answer(turn, body))
            self.expired.discard(turn.session_id)
        if not self.streams:
            await turn.task
            return http.json_response(turn.reply)
        return await self._stream(request, turn)

    async def _answer(self, turn, body):
        steps = self.scripts.get(turn.text, (reply(f"“{turn.text}”라고 하셨네요."),))
        ids = {key: body[key] for key in ("sessionId", "messageId", "botId", "localeId")}
        await self._tell(turn, "start", {**ids, "requestId": "req-1"})
        streamed = ""
        for step in steps:
            match step:
                case str():
                    streamed += step
                    await self._tell(turn, "delta", {"text": step})
                case Status():
                    await self._tell(turn, "status", vars(step))
                case Wait(gate=None):
                    await asyncio.sleep(step.seconds)
                case Wait():
                    await step.gate.wait()
                case Cut():
                    await self._tell(turn, "cut", {})
                    turn.state = "incomplete"
                    turn.reply = {**from_model(streamed), **ids, "incomplete": True}
                case Told():
                    error = {
                        "code": step.code,
                        "message": step.message,
                        "requestId": step.request_id,
                    }
                    turn.state = "incomplete"
                    turn.reply = (
                        {**from_model(streamed), **ids, "incomplete": True} if streamed else None
                    )
                    await self._tell(turn, "error", {"error": error, "partial": streamed})
                case _:
                    turn.reply = {**step, **ids}
                    turn.state = "done"
                    await self._tell(turn, "done", turn.reply)

    async def _tell(self, turn, event, data):
        async with turn.changed:
            turn.events.append((event, data))
            turn.changed.notify_all()

    async def _stream(self, request, turn):
        headers = {"Content-Type": "text/event-stream; charset=utf-8", "Cache-Control": "no-store"}
        if request.headers.get("Origin") in self.api_origins:
            headers["Access-Control-Allow-Origin"] = request.headers["Origin"]
        response = http.StreamResponse(headers=headers)
        await response.prepare(request)
        turn.readers += 1
        sent = 0
        try:
            while True:
                async with turn.changed:
                    while len(turn.events) == sent:
                        with suppress(TimeoutError):
                            await asyncio.wait_for(turn.changed.wait(), 0.05)
                        if request.transport is None or request.transport.is_closing():
                            return response
                for event, data in turn.events[sent:]:
                    sent += 1
                    if event == "cut":
                        request.transport.abort()
                        return response
                    line = f"event: {event}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
                    await self._write(response, line.encode())
                    if event in ("done", "error"):
                        return response
        except ConnectionError:
            return response
        finally:
            turn.readers -= 1

    async def _write(self, response, line):
        size = self.chunk or len(line)
        for at in range(0, len(line), size):
            await response.write(line[at : at + size])
            if self.chunk:
                await asyncio.sleep(0.001)

    async def _stop(self, request):
        """End an answer; a connection that is merely lost does not."""
        turn = self.turns[request.match_info["session"]].get(request.match_info["message"])
        if turn is not None and turn.state == "running":
            turn.task.cancel()
            turn.stopped_at = time.monotonic()
            turn.state = "incomplete"
            text = "".join(data["text"] for event, data in turn.events if event == "delta")
            turn.reply = {**from_model(text), **turn.events[0][1], "incomplete": True}
        return http.Response(status=204)

    async def _history(self, request):
        session = request.match_info["session"]
        if refusal := self._refusal():
            return refusal
        if session not in self.turns:
            raise http.HTTPNotFound
        turns = [
            {
                "messageId": turn.message_id,
                "text": turn.text,
                "at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(turn.at)),
                "reply": turn.reply,
                "state": turn.state,
                "feedback": turn.feedback,
            }
            for turn in self.turns[session].values()
        ]
        expired = session in self.expired
        return http.json_response(
            {"sessionId": session, "expired": expired, "open": not expired, "turns": turns}
        )

    async def _follow(self, request):
        turn = self.turns[request.match_info["session"]][request.match_info["message"]]
        return await self._stream(request, turn)

    async def _forget(self, request):
        session = request.match_info["session"]
        self.forgotten.append(session)
        self.turns.pop(session, None)
        return http.Response(status=204)

    async def _feedback(self, request):
        if refusal := self._refusal():
            return refusal
        turn = self.turns[request.match_info["session"]][request.match_info["message"]]
        given = await request.json()
        turn.feedback = given if given["rating"] else None
        return http.Response(status=204)
