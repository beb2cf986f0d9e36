"""The chat channel: ``/chat`` and what the chat page needs beside it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import ClassVar, TypeVar

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from daehwa import chat
from daehwa.conversation import ChatChannel
from daehwa.server import sse
from daehwa.server.body import json_text, read_body
from daehwa.server.direct import DirectRoute, Endpoint
from daehwa.server.faults import JsonResponse, WrittenJson, exchange_of
from daehwa.server.metrics import Metrics

_NO_STORE = {"cache-control": "no-store"}
_SECRET_HEADER = chat.SECRET_HEADER.lower().encode()

ValueT = TypeVar("ValueT")

_request_decoder = msgspec.json.Decoder(chat.ChatRequest)
_begin_decoder = msgspec.json.Decoder(chat.SessionRequest)
_feedback_decoder = msgspec.json.Decoder(chat.FeedbackRequest)
_reply_decoder = msgspec.json.Decoder(chat.ChatReply)
_error_decoder = msgspec.json.Decoder(chat.ErrorBody)


async def read_json(
    request: Request,
    decoder: msgspec.json.Decoder[ValueT],
    *,
    misshapen: str = "RequestMalformed",
) -> ValueT:
    """The request's body as a value; ``misshapen`` is the code of one of another shape.

    Raises:
        chat.ChatError: it is not JSON, or of another shape.
        TooLarge: it is larger than a message can be.
    """
    body = await read_body(request.receive, chat.BODY_LIMIT)
    try:
        return decoder.decode(json_text(body))
    except msgspec.ValidationError as error:
        raise chat.ChatError(misshapen, detail=error, limit=chat.COMMENT_LIMIT) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise chat.ChatError("RequestMalformed", detail=error) from None


def caller_of(request: Request) -> chat.Caller:
    """Who sends the request, and speaks in the sessions of this door and of their credential."""
    exchange = exchange_of(request)
    return chat.Caller(
        request_id=exchange.request_id,
        accept_language=exchange.header(b"accept-language"),
        owner=exchange.principal.owner(exchange.door),
    )


class Chat:
    """The endpoints of the chat channel.

    ``client_attributes`` are the session and request attributes that a caller may set. With
    ``speech`` the page may use the endpoints of speech, too.
    """

    guarded: ClassVar[tuple[str, ...]] = ("/chat",)

    def __init__(
        self,
        channel: ChatChannel,
        metrics: Metrics,
        *,
        ping_seconds: float,
        client_attributes: frozenset[str],
        speech: bool = False,
    ) -> None:
        self._client_attributes = client_attributes
        self._speech = speech
        self._channel = channel
        self._metrics = metrics
        self._ping_seconds = ping_seconds

    @property
    def routes(self) -> list[BaseRoute]:
        """Where the endpoints are: those of ``chat.OPERATIONS``."""
        endpoints = {
            "say": self.say,
            "config": self.config,
            "begin": self.begin,
            "transcript": self.transcript,
            "test": self.test,
            "forget": self.forget,
            "follow": self.follow,
            "stop": self.stop,
            "feedback": self.feedback,
        }
        paths: dict[str, dict[str, Endpoint]] = {}
        for each in chat.OPERATIONS:
            paths.setdefault(_route(each.path), {})[each.method] = endpoints[each.name]
        # One route for all methods of a path, so that a refusal names them all.
        return [
            DirectRoute(path, self.say, "POST")
            if those == {"POST": self.say}
            else Route(path, _by_method(those), methods=[*those])
            for path, those in paths.items()
        ]

    async def say(self, request: Request) -> Response:
        """``POST /chat``: one turn, whole or streamed.

        A client that goes away does not stop the turn; ``stop`` does.
        """
        message = await read_json(request, _request_decoder)
        if message.request_attributes or message.session_attributes:
            given = {**(message.request_attributes or {}), **(message.session_attributes or {})}
            chat.check_client_attributes(given, self._client_attributes)
        owner, secret = _owner(request), None
        if owner is None:
            secret = chat.new_secret()
            owner = chat.owner_by_secret(secret)
        caller = msgspec.structs.replace(caller_of(request), owner=owner)
        response: Response
        if _streams(request):
            response = await self._stream(self._channel.stream(message, caller))
        else:
            reply, written = await self._channel.reply_in_json(message, caller)
            self._metrics.reply("chat", reply)
            response = WrittenJson(written)
        if secret is not None:
            response.headers[chat.SECRET_HEADER] = secret
        return response

    async def begin(self, request: Request) -> Response:
        """``POST /chat/sessions``: a session with a secret."""
        wanted = await read_json(request, _begin_decoder)
        session = await self._channel.begin(wanted, caller_of(request))
        return JsonResponse(session, 201, _NO_STORE)

    async def config(self, request: Request) -> Response:
        """``GET /chat/config``: what the page needs to know first."""
        config = await self._channel.config(
            request.query_params.get("localeId"), request.headers.get("accept-language", "")
        )
        config = msgspec.structs.replace(config, speech=self._speech)
        return JsonResponse(config, headers=_NO_STORE)

    async def transcript(self, request: Request) -> Response:
        """``GET /chat/sessions/{sessionId}``: the conversation so far."""
        before = request.query_params.get("before")
        transcript = await self._channel.transcript(session_of(request), before=before)
        return JsonResponse(transcript, headers=_NO_STORE)

    async def test(self, request: Request) -> Response:
        """``GET /chat/sessions/{sessionId}/test``: the conversation as a test."""
        talk = await self._channel.saved_talk(session_of(request))
        return JsonResponse(talk, headers=_NO_STORE)

    async def forget(self, request: Request) -> Response:
        """``DELETE /chat/sessions/{sessionId}``."""
        await self._channel.forget(session_of(request))
        return Response(status_code=204)

    async def follow(self, request: Request) -> Response:
        """``GET .../turns/{messageId}``: a turn's pieces so far, and what follows."""
        events = self._channel.follow(
            session_of(request), request.path_params["message_id"], caller_of(request)
        )
        if _streams(request):
            return await self._stream(events)
        async for event in events:
            if event.name == "done":
                return Response(event.data, 200, _NO_STORE, "application/json")
            if event.name == "error":
                fault = _error_decoder.decode(event.data).error
                raise chat.ChatError(fault.code, message=fault.message)
        raise chat.ChatError("TurnLost")

    async def stop(self, request: Request) -> Response:
        """``POST .../turns/{messageId}/stop``: what was said so far is kept."""
        await self._channel.stop_anywhere(session_of(request), request.path_params["message_id"])
        # A turn that is over, or unknown, is as still as one that was stopped.
        return Response(status_code=204)

    async def feedback(self, request: Request) -> Response:
        """``POST .../turns/{messageId}/feedback``: what the person thinks of a reply."""
        feedback = await read_json(request, _feedback_decoder, misshapen="FeedbackInvalid")
        await self._channel.rate(session_of(request), request.path_params["message_id"], feedback)
        return Response(status_code=204)

    async def _stream(self, events: AsyncIterator[chat.ChatEvent]) -> Response:
        # The first event comes at once; what is wrong with a request comes before it, and
        # still gets its own status.
        first = await anext(events)
        return sse.EventStream(self._written(first, events), ping_seconds=self._ping_seconds)

    async def _written(
        self, first: chat.ChatEvent, events: AsyncIterator[chat.ChatEvent]
    ) -> AsyncIterator[bytes]:
        yield sse.event(first.name, first.data)
        last = first
        async for last in events:
            yield sse.event(last.name, last.data)
        if last.name == "done":
            self._metrics.reply("chat", _reply_decoder.decode(last.data))


def _by_method(endpoints: dict[str, Endpoint]) -> Endpoint:
    async def answer(request: Request) -> Response:
        method = "GET" if request.method == "HEAD" else request.method
        return await endpoints[method](request)

    return answer


def _route(path: str) -> str:
    # The log and the metrics know a route by this name.
    return path.replace("{sessionId}", "{session_id}").replace("{messageId}", "{message_id}")


def _streams(request: Request) -> bool:
    return chat.accepts_events(exchange_of(request).header(b"accept"))


def _owner(request: Request) -> str | None:
    """Whose session it is: its secret's, or that of a credential that nobody else has.

    ``None`` where neither is there: strangers may have the same id in mind.
    """
    exchange = exchange_of(request)
    secret = exchange.headers.get(_SECRET_HEADER)
    if secret is not None:
        return chat.owner_by_secret(secret.decode("latin-1"))
    return None if exchange.principal.shared else exchange.principal.owner(exchange.door)


def session_of(request: Request) -> chat.SessionReference:
    """The session that a request's address and its secret or credential name.

    Raises:
        chat.ChatError: neither is there.
    """
    owner = _owner(request)
    if owner is None:
        raise chat.ChatError("SecretMissing")
    return chat.SessionReference(
        session_id=request.path_params["session_id"],
        bot_id=request.query_params.get("botId"),
        locale_id=request.query_params.get("localeId"),
        owner=owner,
    )
