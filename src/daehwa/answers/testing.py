"""An OpenAI server on loopback for tests: it records requests and plays a script.

    async with StubOpenAI() as stub:
        stub.script(Say("Hello"), Fail(429, retry_after=1), Cut("Hel"))
        ...
        assert stub.requests[0].roles == ("system", "user")

It speaks the real wire (the ``openai`` SDK is satisfied with it), so that no test needs a key, and
every failure can be had. Replies are played in order; when the script is over, the ``default`` is
played. It is harder on clients than real servers: it sends packets that are cut at the worst
places, and the end of a response in a packet of its own. ``python -m daehwa.answers.testing --port
N`` runs it on its own, for tests that need it outside their process.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from aiohttp import web


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """A request as it arrived."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: Mapping[str, Any]
    query: Mapping[str, str] = field(default_factory=dict)

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles of the messages, in order."""
        return tuple(message["role"] for message in self.body.get("messages", ()))

    @property
    def contents(self) -> tuple[str, ...]:
        """The contents of the messages, in order."""
        return tuple(message["content"] for message in self.body.get("messages", ()))


@dataclass(frozen=True, slots=True)
class Say:
    """Answer with a text: whole, or word by word where a stream is requested.

    ``pace`` is the pause before each piece and ``delay`` before the response, in seconds.
    """

    text: str
    finish: str = "stop"
    pace: float = 0.0
    delay: float = 0.0


@dataclass(frozen=True, slots=True)
class Fail:
    """Answer with an error as OpenAI words it for the status (and ``code``)."""

    status: int
    code: str | None = None
    message: str | None = None
    param: str | None = None
    retry_after: float | str | None = None


@dataclass(frozen=True, slots=True)
class Cut:
    """Stream a text and break the connection in the middle; without text, before any answer."""

    text: str = ""


@dataclass(frozen=True, slots=True)
class Silence:
    """Say nothing until the client goes away; after ``text``, when that is given."""

    text: str = ""


@dataclass(frozen=True, slots=True)
class Raw:
    """Answer with these bytes: what a broken proxy or an unusual server sends.

    They go out in that many ``packets``, ``pause`` seconds apart, and ``hangs`` leaves the
    response without an end.
    """

    body: bytes
    content_type: str = "application/json"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    packets: int = 1
    pause: float = 0.02
    hangs: bool = False


ScriptedReply = Say | Fail | Cut | Silence | Raw

_WORDS = {
    "insufficient_quota": "You exceeded your current quota, please check your plan and billing.",
    "rate_limit_exceeded": "Rate limit reached for requests.",
    "invalid_api_key": "Incorrect API key provided: {key}.",
    "model_not_found": "The model `{model}` does not exist or you do not have access to it.",
    "context_length_exceeded": "This model's maximum context length is 8192 tokens.",
    "content_policy_violation": "Your request was rejected by our safety system.",
}
_CODES = {401: "invalid_api_key", 404: "model_not_found", 429: "rate_limit_exceeded"}
_NOT_CHAT = (
    "This is not a chat model and thus not supported in the v1/chat/completions endpoint. "
    "Did you mean to use v1/completions?"
)
_CHAT = (
    "This is a chat model and not supported in the v1/completions endpoint. "
    "Did you mean to use v1/chat/completions?"
)


@dataclass
class StubOpenAI:
    """The server. ``key`` (when given) is the only one it takes.

    ``completion_models`` are those that it serves at ``/v1/completions`` and refuses at
    ``/v1/chat/completions`` in OpenAI's words; all others the other way round. ``rule`` may
    answer a request before the script does, and ``pause`` is the time between the packets at
    the end of a stream, in seconds. ``connections`` are those that requests came over.
    """

    default: ScriptedReply = field(default_factory=lambda: Say("The stub's answer."))
    key: str | None = field(default=None, repr=False)
    completion_models: frozenset[str] = frozenset()
    port: int = 0
    rule: Callable[[Recorded], ScriptedReply | None] | None = field(default=None, repr=False)
    pause: float = 0.0
    requests: list[Recorded] = field(default_factory=list, repr=False)
    connections: set[object] = field(default_factory=set, repr=False)
    abandoned: int = 0

    def __post_init__(self) -> None:
        self._script: deque[ScriptedReply] = deque()
        self._runner: web.AppRunner | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._gone = asyncio.Event()
        self._came = asyncio.Event()
        self._named = 0

    @property
    def base_url(self) -> str:
        """What ``OPENAI_BASE_URL`` is to be."""
        return f"http://127.0.0.1:{self.port}/v1"

    def script(self, *replies: ScriptedReply) -> Self:
        """Add replies to play before the default."""
        self._script.extend(replies)
        return self

    async def wait_requested(self, seconds: float) -> None:
        """Wait until a question has come.

        Raises:
            TimeoutError: none came in time.
        """
        async with asyncio.timeout(seconds):
            await self._came.wait()

    async def wait_abandoned(self, seconds: float) -> None:
        """Wait until a client has gone away before its answer's end.

        Raises:
            TimeoutError: none went in time.
        """
        async with asyncio.timeout(seconds):
            await self._gone.wait()

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=1 << 24)
        app.router.add_get("/v1/models", self._models)
        # Whatever the path: not every upstream serves its API at /v1.
        app.router.add_post("/{path:.*}", self._completions)
        app.on_response_prepare.append(self._name)
        self._runner = web.AppRunner(
            app, handler_cancellation=True, access_log=None, shutdown_timeout=0.1
        )
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port)
        await site.start()
        self.port = self._runner.addresses[0][1]
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    @contextlib.contextmanager
    def in_thread(self) -> Iterator[Self]:
        """Run it in a thread of its own, for tests that have no event loop."""
        started, stop = threading.Event(), asyncio.Event()

        async def run() -> None:
            async with self:
                self._loop = asyncio.get_running_loop()
                started.set()
                await stop.wait()

        thread = threading.Thread(target=lambda: asyncio.run(run()), name="stub-openai")
        thread.start()
        try:
            if not started.wait(10) or self._loop is None:
                raise RuntimeError("the stub did not start")
            yield self
        finally:
            if self._loop is not None:
                self._loop.call_soon_threadsafe(stop.set)
            thread.join()

    async def _name(self, _request: web.Request, response: web.StreamResponse) -> None:
        # As OpenAI names each response, for its support and its customers' logs.
        self._named += 1
        response.headers.setdefault("x-request-id", f"req_{self._named:08x}")

    async def _models(self, request: web.Request) -> web.Response:
        self.requests.append(_recorded(request, {}))
        model = {"id": "stub-model", "object": "model", "created": 0, "owned_by": "stub"}
        return web.json_response({"object": "list", "data": [model]})

    async def _completions(self, request: web.Request) -> web.StreamResponse:
        try:
            body = await request.json()
        except json.JSONDecodeError:
            return _error(Fail(400, message="We could not parse the JSON body."), {}, "")
        self.requests.append(_recorded(request, body))
        if request.transport is not None:
            self.connections.add(request.transport.get_extra_info("peername"))
        self._came.set()
        given = request.headers.get("Authorization", "").removeprefix("Bearer ")
        given = given or request.headers.get("api-key", "")
        if self.key is not None and given != self.key:
            return _error(Fail(401), body, given)
        reply = None if self.rule is None else self.rule(self.requests[-1])
        chat = _is_chat(request)
        if reply is None and chat == (body.get("model") in self.completion_models):
            message = _NOT_CHAT if chat else _CHAT
            return _error(Fail(404, code="", message=message, param="model"), body, given)
        if reply is None:
            reply = self._script.popleft() if self._script else self.default
        try:
            return await self._play(request, reply, body, given)
        except (asyncio.CancelledError, ConnectionResetError):
            self.abandoned += 1
            self._gone.set()
            raise

    async def _play(
        self, request: web.Request, reply: ScriptedReply, body: dict[str, Any], given: str
    ) -> web.StreamResponse:
        shape = _Shape(body, chat=_is_chat(request))
        match reply:
            case Fail():
                return _error(reply, body, given)
            case Raw():
                return await _send_packets(request, reply)
            case Say() if not body.get("stream"):
                await asyncio.sleep(reply.delay)
                return web.json_response(shape.whole(reply.text, reply.finish))
            case Silence() if not body.get("stream"):
                await asyncio.Event().wait()
            case Cut() if not body.get("stream") or not reply.text:
                _break(request)
                return web.Response()
        return await self._stream(request, reply, shape, body)

    async def _stream(
        self,
        request: web.Request,
        reply: Say | Cut | Silence,
        shape: _Shape,
        body: Mapping[str, Any],
    ) -> web.StreamResponse:
        if isinstance(reply, Say):
            await asyncio.sleep(reply.delay)
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        await response.write(_event(shape.piece("")))
        for piece in _words(reply.text):
            if isinstance(reply, Say) and reply.pace:
                await asyncio.sleep(reply.pace)
            await response.write(_event(shape.piece(piece)))
        match reply:
            case Say():
                await response.write(_event(shape.piece(None, reply.finish)))
                await asyncio.sleep(self.pause)
                if (body.get("stream_options") or {}).get("include_usage"):
                    await response.write(_event(shape.usage(reply.text)))
                await response.write(b"data: [DONE]\n\n")
                await asyncio.sleep(self.pause)
                await response.write_eof()
            case Silence():
                await asyncio.Event().wait()
            case Cut():
                _break(request)
        return response


class _Shape:
    """The bodies of one answer, chat or completion, as OpenAI forms them."""

    def __init__(self, body: Mapping[str, Any], *, chat: bool) -> None:
        self._chat = chat
        self._head = {
            "id": "chatcmpl-stub" if chat else "cmpl-stub",
            "created": int(time.time()),
            "model": body.get("model", "stub-model"),
        }

    def whole(self, text: str, finish: str) -> dict[str, Any]:
        choice: dict[str, Any] = {"index": 0, "finish_reason": finish, "logprobs": None}
        if self._chat:
            choice["message"] = {"role": "assistant", "content": text, "refusal": None}
        else:
            choice["text"] = text
        usage = _usage(text)
        name = "chat.completion" if self._chat else "text_completion"
        return {**self._head, "object": name, "choices": [choice], "usage": usage}

    def usage(self, text: str) -> dict[str, Any]:
        name = "chat.completion.chunk" if self._chat else "text_completion"
        return {**self._head, "object": name, "choices": [], "usage": _usage(text)}

    def piece(self, text: str | None, finish: str | None = None) -> dict[str, Any]:
        choice: dict[str, Any] = {"index": 0, "finish_reason": finish, "logprobs": None}
        if not self._chat:
            choice["text"] = text or ""
        elif text is None:
            choice["delta"] = {}
        elif text:
            choice["delta"] = {"content": text}
        else:
            choice["delta"] = {"role": "assistant", "content": ""}
        name = "chat.completion.chunk" if self._chat else "text_completion"
        return {**self._head, "object": name, "choices": [choice]}


def _is_chat(request: web.Request) -> bool:
    ends = ("/chat/completions", "/messages", ":generateContent", ":streamGenerateContent")
    return request.path.endswith(ends)


def _usage(text: str) -> dict[str, int]:
    """Count words for tokens: an answer's own, and seven for any question."""
    written = len(text.split())
    return {"prompt_tokens": 7, "completion_tokens": written, "total_tokens": 7 + written}


async def _send_packets(request: web.Request, reply: Raw) -> web.StreamResponse:
    headers = {"Content-Type": reply.content_type, **reply.headers}
    response = web.StreamResponse(status=reply.status, headers=headers)
    await response.prepare(request)
    size = max(1, -(-len(reply.body) // reply.packets))
    for start in range(0, len(reply.body), size):
        await response.write(reply.body[start : start + size])
        if reply.packets > 1:
            await asyncio.sleep(reply.pause)
    if reply.hangs:
        await asyncio.Event().wait()
    await response.write_eof()
    return response


def _recorded(request: web.Request, body: Mapping[str, Any]) -> Recorded:
    return Recorded(
        method=request.method,
        path=request.path,
        headers=request.headers.copy(),
        body=body,
        query=dict(request.query),
    )


def _error(fail: Fail, body: Mapping[str, Any], key: str) -> web.Response:
    code = fail.code if fail.code is not None else _CODES.get(fail.status)
    message = fail.message or _WORDS.get(code or "", "The server had an error.")
    kind = "insufficient_quota" if code == "insufficient_quota" else "invalid_request_error"
    if fail.status >= 500:  # noqa: PLR2004
        kind = "server_error"
    error = {
        "message": message.replace("{key}", key).replace("{model}", str(body.get("model"))),
        "type": kind,
        "param": fail.param,
        "code": code or None,
    }
    given = {} if fail.retry_after is None else {"Retry-After": str(fail.retry_after)}
    return web.json_response({"error": error}, status=fail.status, headers=given)


def _event(value: Mapping[str, Any]) -> bytes:
    return b"data: " + json.dumps(value, ensure_ascii=False).encode() + b"\n\n"


def _words(text: str) -> list[str]:
    head, *rest = text.split(" ")
    return [word for word in (head, *(f" {word}" for word in rest)) if word]


def _break(request: web.Request) -> None:
    if request.transport is not None:
        request.transport.abort()


async def _serve(port: int, say: str, pace: float) -> None:
    async with StubOpenAI(default=Say(say, pace=pace), port=port) as stub:
        print(stub.base_url, flush=True)  # noqa: T201
        await asyncio.Event().wait()


def main() -> None:
    """Run the stub until it is interrupted."""
    parser = argparse.ArgumentParser(prog="python -m daehwa.answers.testing", description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--say", default="The stub's answer.")
    parser.add_argument("--pace", type=float, default=0.0, help="seconds between two pieces")
    given = parser.parse_args()
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_serve(given.port, given.say, given.pace))


if __name__ == "__main__":
    main()
