"""The bot as an OpenAI-compatible model: ``/v1/chat/completions`` and ``/v1/models``.

Any front end that talks to such a model can talk to the bot. The model's name is the bot's,
or ``Bot:locale``. The last user message is the turn; what came before is in the session
already. Lex sessions have names and OpenAI's API is without any: the session is that of the
``user`` field, or else of a digest of who asks and how the conversation began, and a history
without an answer in it begins anew. Source: OpenAI's API reference, chat completions.
"""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import AsyncIterator
from hashlib import sha256
from typing import Any, ClassVar

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from daehwa import lex
from daehwa.chat import ChatError, ChatEvent, ChatReply, ChatRequest, DeltaEvent, SessionReference
from daehwa.conversation import Runtime
from daehwa.server import sse
from daehwa.server.body import read_body
from daehwa.server.chat import caller_of
from daehwa.server.faults import JsonResponse, exchange_of
from daehwa.server.metrics import Metrics

# A history comes along with every turn.
MAX_BODY = 2 * 1024 * 1024
_OWNER = "daehwa"
_ID_BEGINS = "chatcmpl-"
_SESSION_BEGINS = "openai-"
_DISCONNECT_POLL_SECONDS = 0.5


class _Part(msgspec.Struct, frozen=True):
    type: str
    text: str = ""


class _Message(msgspec.Struct, frozen=True):
    role: str
    content: str | list[_Part] | None = None

    @property
    def text(self) -> str:
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content if part.type == "text")
        return self.content or ""


class _Completion(msgspec.Struct, frozen=True):
    messages: list[_Message]
    model: str | None = None
    stream: bool | None = False
    user: str | None = None


class _ModelNotFound(Exception):
    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


_completion_decoder = msgspec.json.Decoder(_Completion)
_delta_decoder = msgspec.json.Decoder(DeltaEvent)
_reply_decoder = msgspec.json.Decoder(ChatReply)
_encode = msgspec.json.Encoder().encode


class OpenAIApi:
    """The endpoints of the OpenAI-compatible API."""

    guarded: ClassVar[tuple[str, ...]] = ("/v1/",)

    def __init__(self, runtime: Runtime, metrics: Metrics, *, ping_seconds: float) -> None:
        self._runtime = runtime
        self._metrics = metrics
        self._ping_seconds = ping_seconds

    @property
    def routes(self) -> list[BaseRoute]:
        """Where the endpoints are."""
        return [
            Route("/v1/models", self.models),
            Route("/v1/models/{model}", self.model),
            Route("/v1/chat/completions", self.complete, methods=["POST"]),
            Route("/v1/chat/completions/{completion_id}", self.forget, methods=["DELETE"]),
        ]

    async def models(self, _request: Request) -> Response:
        """``GET /v1/models``: every bot, and every bot in each of its languages."""
        return JsonResponse({"object": "list", "data": [_model(name) for name in self._names()]})

    async def model(self, request: Request) -> Response:
        """``GET /v1/models/{model}``."""
        name = request.path_params["model"]
        if name not in self._names():
            return _model_not_found(request, name)
        return JsonResponse(_model(name))

    async def complete(self, request: Request) -> Response:
        """``POST /v1/chat/completions``."""
        try:
            completion = _completion_decoder.decode(await read_body(request.receive, MAX_BODY))
            turn = await self._turn(request, completion)
            if completion.stream:
                return await self._stream(request, completion, turn)
            return await self._whole(request, completion, turn)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            return _refusal(request, 400, "RequestMalformed", str(error))
        except _ModelNotFound as error:
            return _model_not_found(request, error.name)
        except ChatError as error:
            return _refusal(request, error.status, error.code, str(error), error.retry_after)

    async def forget(self, request: Request) -> Response:
        """``DELETE /v1/chat/completions/{id}``: forget the conversation of that completion."""
        completion_id = request.path_params["completion_id"]
        session_id, _, message_id = completion_id.removeprefix(_ID_BEGINS).rpartition(".")
        try:
            forgotten = await self._runtime.chat.forget_talk_of(
                SessionReference(session_id=_SESSION_BEGINS + session_id), message_id
            )
        except ChatError as error:
            return _refusal(request, error.status, error.code, str(error))
        if not forgotten:
            message = f"No chat completion '{completion_id}' is known here."
            return _refusal(request, 404, "completion_not_found", message)
        return JsonResponse(
            {"object": "chat.completion.deleted", "id": completion_id, "deleted": True}
        )

    async def _turn(self, request: Request, completion: _Completion) -> ChatRequest:
        bot_id, locale_id = self._find(completion.model)
        messages = [message for message in completion.messages if message.role == "user"]
        if not messages or completion.messages[-1].role != "user":
            raise ChatError("TextMissing", message="The last message must be the user's.")
        session_id = _session_id(request, completion, messages[0].text)
        if not any(message.role == "assistant" for message in completion.messages):
            await self._runtime.chat.begin_anew(
                SessionReference(
                    session_id=session_id,
                    bot_id=bot_id,
                    locale_id=locale_id,
                    owner=caller_of(request).owner,
                )
            )
        return ChatRequest(
            text=messages[-1].text,
            session_id=session_id,
            bot_id=bot_id,
            locale_id=locale_id,
            message_id=uuid.uuid4().hex,
        )

    async def _whole(
        self, request: Request, completion: _Completion, turn: ChatRequest
    ) -> Response:
        replying = asyncio.ensure_future(self._runtime.chat.reply(turn, caller_of(request)))
        # A client that gives up wants no answer any more; it cannot ask for it again either.
        while not replying.done():
            await asyncio.wait({replying}, timeout=_DISCONNECT_POLL_SECONDS)
            if not replying.done() and await request.is_disconnected():
                self._stop(request, turn)
                break
        reply = await replying
        self._metrics.reply("openai", reply)
        return JsonResponse(
            {
                "id": _completion_id(turn),
                "object": "chat.completion",
                "created": int(time.time()),
                "model": completion.model or _OWNER,
                "choices": [
                    {
                        "index": 0,
                        "message": {
                            "role": "assistant",
                            "content": shown(reply.messages) or reply.msg,
                            "refusal": None,
                        },
                        "logprobs": None,
                        "finish_reason": _finish(reply),
                    }
                ],
            }
        )

    async def _stream(
        self, request: Request, completion: _Completion, turn: ChatRequest
    ) -> Response:
        events = self._runtime.chat.stream(turn, caller_of(request))
        await anext(events)  # the start; what is wrong with the request is raised before it

        async def abandoned() -> None:
            self._stop(request, turn)

        return sse.EventStream(
            self._chunks(completion, turn, events),
            ping_seconds=self._ping_seconds,
            abandoned=abandoned,
        )

    async def _chunks(
        self, completion: _Completion, turn: ChatRequest, events: AsyncIterator[ChatEvent]
    ) -> AsyncIterator[bytes]:
        created = int(time.time())

        def chunk(delta: dict[str, Any], finish: str | None = None) -> bytes:
            body = {
                "id": _completion_id(turn),
                "object": "chat.completion.chunk",
                "created": created,
                "model": completion.model or _OWNER,
                "choices": [
                    {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
                ],
            }
            return b"data: %b\n\n" % _encode(body)

        yield chunk({"role": "assistant", "content": ""})
        streamed = ""
        async for event in events:
            if event.name == "delta":
                piece = _delta_decoder.decode(event.data).text
                streamed += piece
                yield chunk({"content": piece})
            elif event.name == "done":
                reply = _reply_decoder.decode(event.data)
                self._metrics.reply("openai", reply)
                whole = shown(reply.messages) or reply.msg
                # What was streamed is not said twice; what was not (the bot's own words,
                # cards) follows.
                rest = whole.removeprefix(streamed) if whole.startswith(streamed) else ""
                if rest:
                    yield chunk({"content": rest})
                yield chunk({}, _finish(reply))
                yield b"data: [DONE]\n\n"
            elif event.name == "error":
                yield b"data: %b\n\n" % event.data

    def _stop(self, request: Request, turn: ChatRequest) -> None:
        session = SessionReference(
            session_id=turn.session_id or "",
            bot_id=turn.bot_id,
            locale_id=turn.locale_id,
            owner=caller_of(request).owner,
        )
        self._runtime.chat.stop(session, turn.message_id or "")

    def _names(self) -> list[str]:
        return [
            name
            for served in self._runtime.catalogue.bots
            for name in (
                served.definition.name,
                *(f"{served.definition.name}:{locale}" for locale in served.locales),
            )
        ]

    def _find(self, model: str | None) -> tuple[str | None, str | None]:
        if model is None:
            return None, None
        for served in self._runtime.catalogue.bots:
            for name in (served.definition.name, served.id):
                if model == name:
                    return served.id, None
                locale = model.removeprefix(f"{name}:")
                if locale != model and locale in served.locales:
                    return served.id, locale
        raise _ModelNotFound(model)


def shown(messages: tuple[lex.Message, ...]) -> str:
    """Messages as Markdown, cards included, for front ends that know no cards."""
    return "\n\n".join(filter(None, map(_markdown, messages)))


def _markdown(message: lex.Message) -> str:
    card = message.image_response_card
    if card is None:
        return message.content or ""
    lines = [f"**{card.title}**"]
    if card.subtitle:
        lines.append(card.subtitle)
    if card.image_url:
        lines.append(f"![{card.title}]({card.image_url})")
    lines.extend(f"- {button.text}" for button in card.buttons or ())
    return "\n".join(lines)


def _session_id(request: Request, completion: _Completion, first_text: str) -> str:
    if completion.user:
        return session_of_user(completion.user)
    client = request.client.host if request.client else ""
    system = "\n".join(m.text for m in completion.messages if m.role in ("system", "developer"))
    who = request.headers.get("authorization", "")
    return _digest("\n".join(("history", client, who, completion.model or "", system, first_text)))


def session_of_user(user: str) -> str:
    """The id of the session that the ``user`` of OpenAI's API names."""
    return _digest(f"user\n{user}")


def _digest(identity: str) -> str:
    # The field may hold anything, an address or a key among it.
    return f"{_SESSION_BEGINS}{sha256(identity.encode()).hexdigest()[:40]}"


def _completion_id(turn: ChatRequest) -> str:
    """An id that names the session too: who has it can have all of that forgotten."""
    session = (turn.session_id or "").removeprefix(_SESSION_BEGINS)
    return f"{_ID_BEGINS}{session}.{turn.message_id}"


def _finish(reply: ChatReply) -> str:
    return "length" if reply.incomplete else "stop"


def _model(name: str) -> dict[str, Any]:
    return {"id": name, "object": "model", "created": 0, "owned_by": _OWNER}


def _model_not_found(request: Request, name: str) -> Response:
    return _refusal(request, 404, "model_not_found", f"The model '{name}' does not exist")


def _refusal(
    request: Request, status: int, code: str, message: str, retry_after: int | None = None
) -> Response:
    exchange_of(request).error = code
    headers = None if retry_after is None else {"retry-after": str(retry_after)}
    return JsonResponse(refusal_body(status, code, message), status, headers)


def refusal_body(status: int, code: str, message: str) -> dict[str, Any]:
    """An error in OpenAI's shape; what there is too much of has OpenAI's own code."""
    kind = "invalid_request_error" if status < 500 else "server_error"  # noqa: PLR2004
    if status == 429:  # noqa: PLR2004
        kind, code = "requests", "rate_limit_exceeded"
    return {"error": {"message": message, "type": kind, "param": None, "code": code}}
