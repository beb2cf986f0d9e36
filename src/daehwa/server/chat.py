"""The chat channel: ``/chat`` and what the chat page needs beside it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any, Literal, TypeVar

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from daehwa import stores
from daehwa.conversation import ChatError, ChatEvent, ChatReply, ChatRequest, Runtime
from daehwa.server import sse
from daehwa.server.body import read_body
from daehwa.server.faults import JsonResponse, exchange_of
from daehwa.server.metrics import Metrics

# A text has at most 1,024 characters; attributes have at most 12 KB.
MAX_BODY = 64 * 1024
_EVENT_STREAM = "text/event-stream"
_NO_STORE = {"cache-control": "no-store"}

ValueT = TypeVar("ValueT")


class _Feedback(msgspec.Struct, frozen=True):
    rating: Literal["up", "down"] | None = None
    comment: str | None = None


_request_decoder = msgspec.json.Decoder(ChatRequest)
_feedback_decoder = msgspec.json.Decoder(_Feedback)
_reply_decoder = msgspec.json.Decoder(ChatReply)


async def read_json(request: Request, decoder: msgspec.json.Decoder[ValueT]) -> ValueT:
    """The request's body as a value.

    Raises:
        ChatError: it is no JSON, or of another shape.
        TooLarge: it is larger than a message can be.
    """
    body = await read_body(request.receive, MAX_BODY)
    try:
        return decoder.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ChatError(
            400, "RequestMalformed", f"The body is not the JSON expected here: {error}"
        ) from None


class Chat:
    """The endpoints of the chat channel."""

    def __init__(self, runtime: Runtime, metrics: Metrics, *, ping_seconds: float) -> None:
        self._runtime = runtime
        self._metrics = metrics
        self._ping_seconds = ping_seconds

    @property
    def routes(self) -> list[BaseRoute]:
        """Where the endpoints are."""
        session = "/chat/sessions/{session_id}"
        turn = session + "/turns/{message_id}"
        return [
            Route("/chat", self.say, methods=["POST"]),
            Route("/chat/config", self.config),
            Route(session, self.session, methods=["GET"]),
            Route(session, self.forget, methods=["DELETE"]),
            Route(turn, self.follow),
            Route(turn + "/stop", self.stop, methods=["POST"]),
            Route(turn + "/feedback", self.feedback, methods=["POST"]),
        ]

    async def say(self, request: Request) -> Response:
        """``POST /chat``: one turn, whole or streamed.

        A client that goes away does not stop the turn; ``stop`` does.
        """
        message = await read_json(request, _request_decoder)
        exchange = exchange_of(request)
        told = {
            "request_id": exchange.request_id,
            "accept_language": request.headers.get("accept-language", ""),
        }
        if _EVENT_STREAM in request.headers.get("accept", ""):
            return await self._stream(self._runtime.chat_stream(message, **told))
        reply = await self._runtime.chat(message, **told)
        self._metrics.reply("chat", reply)
        return JsonResponse(reply, headers=_NO_STORE)

    async def config(self, request: Request) -> Response:
        """``GET /chat/config``: what the page needs to know first."""
        config = await self._runtime.chat_config(
            request.query_params.get("localeId"), request.headers.get("accept-language", "")
        )
        return JsonResponse(config, headers=_NO_STORE)

    async def session(self, request: Request) -> Response:
        """``GET /chat/sessions/{sessionId}``: the conversation so far."""
        session_id, whose = _named(request)
        return JsonResponse(
            await self._runtime.chat_session(session_id, **whose), headers=_NO_STORE
        )

    async def forget(self, request: Request) -> Response:
        """``DELETE /chat/sessions/{sessionId}``."""
        session_id, whose = _named(request)
        await self._runtime.delete_chat(session_id, **whose)
        return Response(status_code=204)

    async def follow(self, request: Request) -> Response:
        """``GET .../turns/{messageId}``: a turn's pieces so far, and what follows."""
        session_id, whose = _named(request)
        events = self._runtime.follow_turn(session_id, request.path_params["message_id"], **whose)
        if _EVENT_STREAM in request.headers.get("accept", ""):
            return await self._stream(events)
        async for told in events:
            if told.name in ("done", "error"):
                status = 200 if told.name == "done" else 502
                return Response(told.data, status, _NO_STORE, "application/json")
        raise ChatError(410, "TurnLost", "The turn ended without an answer.")

    async def stop(self, request: Request) -> Response:
        """``POST .../turns/{messageId}/stop``: what was said so far is kept."""
        session_id, whose = _named(request)
        self._runtime.stop_turn(session_id, request.path_params["message_id"], **whose)
        # A turn that is over, or unknown, is as still as one that was stopped.
        return Response(status_code=204)

    async def feedback(self, request: Request) -> Response:
        """``POST .../turns/{messageId}/feedback``: what the person thinks of a reply."""
        session_id, whose = _named(request)
        given = await read_json(request, _feedback_decoder)
        opinion = None
        if given.rating is not None or given.comment:
            opinion = stores.Feedback(rating=given.rating, comment=given.comment)
        await self._runtime.feedback(
            session_id, request.path_params["message_id"], opinion, **whose
        )
        return Response(status_code=204)

    async def _stream(self, events: AsyncIterator[ChatEvent]) -> Response:
        # The first event comes at once; what is wrong with a request comes before it, and
        # still gets its own status.
        first = await anext(events)
        return sse.EventStream(self._told(first, events), ping_seconds=self._ping_seconds)

    async def _told(
        self, first: ChatEvent, events: AsyncIterator[ChatEvent]
    ) -> AsyncIterator[bytes]:
        yield sse.event(first.name, first.data)
        last = first
        async for last in events:
            yield sse.event(last.name, last.data)
        if last.name == "done":
            self._metrics.reply("chat", _reply_decoder.decode(last.data))


def _named(request: Request) -> tuple[str, dict[str, Any]]:
    return request.path_params["session_id"], {
        "bot_id": request.query_params.get("botId"),
        "locale_id": request.query_params.get("localeId"),
    }
