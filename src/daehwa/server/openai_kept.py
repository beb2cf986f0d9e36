"""Answers of the OpenAI-compatible API that clients fetch again or delete.

An id names its session and its turn, so that nothing is kept beside the conversation itself.
Whoever forgets an answer forgets the conversation that it belongs to. Source: OpenAI's API
reference, "Get a model response", "List input items", "Delete a model response", "Get chat
completion", "Get chat messages".
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from daehwa.chat import ChatError, ChatReply, SessionReference
from daehwa.conversation import PlacedTurn, Runtime
from daehwa.server.chat import caller_of
from daehwa.server.faults import JsonResponse
from daehwa.server.openai_refusals import refusal, refusal_for
from daehwa.server.openai_sessions import SESSION_BEGINS, ResponseId, reader_of
from daehwa.server.openai_shapes import ChatShape, ResponseShape, finished
from daehwa.server.openai_spoken import finish_of, shown
from daehwa.server.openai_values import ModelResponse

_COMPLETION = "chatcmpl-"
_decode_reply = msgspec.json.Decoder(ChatReply).decode


def completion_id(session: SessionReference, message_id: str) -> str:
    """An id that names the session too: who has it can have all of that forgotten."""
    return f"{_COMPLETION}{session.session_id.removeprefix(SESSION_BEGINS)}.{message_id}"


def _completion_place(request: Request) -> tuple[SessionReference, str]:
    """The session and the turn that a completion's id names, for its caller."""
    name = request.path_params["completion_id"]
    session_id, _, message_id = name.removeprefix(_COMPLETION).rpartition(".")
    owner = caller_of(request).owner
    return SessionReference(session_id=SESSION_BEGINS + session_id, owner=owner), message_id


def _no_completion(request: Request) -> Response:
    message = f"No chat completion '{request.path_params['completion_id']}' is known here."
    return refusal(request, 404, "completion_not_found", message)


def _listed(data: list[dict[str, Any]]) -> Response:
    """A list of one page."""
    ends = {"first_id": data[0]["id"], "last_id": data[-1]["id"], "has_more": False}
    return JsonResponse({"object": "list", "data": data, **ends})


class KeptAnswers:
    """The endpoints of single answers."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime

    @property
    def routes(self) -> list[BaseRoute]:
        """Where the endpoints are."""
        completion = "/v1/chat/completions/{completion_id}"
        response = "/v1/responses/{response_id}"
        return [
            Route(completion, self.fetch, methods=["GET"]),
            Route(completion, self.forget, methods=["DELETE"]),
            Route(f"{completion}/messages", self.messages, methods=["GET"]),
            Route(response, self.retrieve, methods=["GET"]),
            Route(response, self.forget_response, methods=["DELETE"]),
            Route(f"{response}/input_items", self.input_items, methods=["GET"]),
            Route(f"{response}/cancel", self.cancel, methods=["POST"]),
        ]

    async def forget(self, request: Request) -> Response:
        """``DELETE /v1/chat/completions/{id}``: forget the conversation of that completion."""
        session, message_id = _completion_place(request)
        try:
            forgotten = await self._runtime.chat.forget_talk_of(session, message_id)
        except ChatError as error:
            return refusal_for(request, error)
        if not forgotten:
            return _no_completion(request)
        name = request.path_params["completion_id"]
        return JsonResponse({"object": "chat.completion.deleted", "id": name, "deleted": True})

    async def fetch(self, request: Request) -> Response:
        """``GET /v1/chat/completions/{id}``: the completion, as far as it is kept."""
        kept = await self._find_completion(request)
        if isinstance(kept, Response):
            return kept
        turn = kept.turn
        shape = ChatShape(
            self._name(kept.bot_id),
            request.path_params["completion_id"],
            created=datetime.fromisoformat(turn.at).timestamp(),
        )
        reply = _decode_reply(turn.reply or b"")
        text = shown(reply.messages) or reply.msg
        whole = shape.whole(finished(turn.text, text, finish_of(reply), reply.usage))
        return JsonResponse(msgspec.structs.replace(whole, metadata={}))

    async def messages(self, request: Request) -> Response:
        """``GET /v1/chat/completions/{id}/messages``: what the person said."""
        kept = await self._find_completion(request)
        if isinstance(kept, Response):
            return kept
        name = f"{request.path_params['completion_id']}-0"
        message = {"id": name, "role": "user", "content": kept.turn.text, "name": None}
        return _listed([message | {"content_parts": None}])

    async def retrieve(self, request: Request) -> Response:
        """``GET /v1/responses/{id}``: the response, as far as it is kept; not as a stream."""
        if request.query_params.get("stream", "false") != "false":
            message = "A response that is over is not streamed again."
            return refusal(request, 400, "unsupported_parameter", message, param="stream")
        kept = await self._find(request)
        return kept if isinstance(kept, Response) else JsonResponse(self._written(request, kept))

    async def input_items(self, request: Request) -> Response:
        """``GET /v1/responses/{id}/input_items``: what the person said."""
        kept = await self._find(request)
        if isinstance(kept, Response):
            return kept
        item = {
            "id": f"msg_in_{kept.turn.message_id}",
            "type": "message",
            "role": "user",
            "status": "completed",
            "content": [{"type": "input_text", "text": kept.turn.text}],
        }
        return _listed([item])

    async def forget_response(self, request: Request) -> Response:
        """``DELETE /v1/responses/{id}``: forget the conversation of that response."""
        kept = await self._find(request)
        if isinstance(kept, Response):
            return kept
        session, message_id = self._place(request, kept.turn.message_id)
        await self._runtime.chat.forget_talk_of(session, message_id)
        name = request.path_params["response_id"]
        return JsonResponse({"object": "response", "id": name, "deleted": True})

    async def cancel(self, request: Request) -> Response:
        """``POST /v1/responses/{id}/cancel``: as OpenAI refuses it where nothing runs apart."""
        kept = await self._find(request)
        if isinstance(kept, Response):
            return kept
        message = "Cannot cancel a synchronous response."
        return refusal(request, 400, "invalid_value", message, param="response_id")

    async def _find_completion(self, request: Request) -> PlacedTurn | Response:
        """The turn of the request's completion, or the refusal where there is no whole one."""
        try:
            kept = await self._runtime.chat.kept_turn(*_completion_place(request))
        except ChatError as error:
            return refusal_for(request, error)
        return kept if kept is not None and kept.turn.reply else _no_completion(request)

    async def _find(self, request: Request) -> PlacedTurn | Response:
        """The turn of the request's response, or the refusal if there is none for its reader."""
        name = request.path_params["response_id"]
        wanted = ResponseId.read(name)
        kept = None
        try:
            if wanted is not None and wanted.reader == reader_of(request.headers):
                session, message_id = self._place(request, wanted.message_id)
                kept = await self._runtime.chat.kept_turn(session, message_id)
        except ChatError as error:
            return refusal_for(request, error)
        if kept is None:
            message = f"Response with id '{name}' not found."
            return refusal(request, 404, "response_not_found", message)
        return kept

    def _place(self, request: Request, message_id: str) -> tuple[SessionReference, str]:
        wanted = ResponseId.read(request.path_params["response_id"])
        session_id = "" if wanted is None else wanted.session_id
        owner = caller_of(request).owner
        return SessionReference(session_id=session_id, owner=owner), message_id

    def _written(self, request: Request, kept: PlacedTurn) -> ModelResponse:
        turn = kept.turn
        shape = ResponseShape(
            self._name(kept.bot_id),
            request.path_params["response_id"],
            turn.message_id,
            created=datetime.fromisoformat(turn.at).timestamp(),
        )
        if turn.reply is None:
            return shape.waiting("in_progress" if turn.state == "running" else "incomplete")
        reply = _decode_reply(turn.reply)
        text = shown(reply.messages) or reply.msg
        return shape.whole(finished(turn.text, text, finish_of(reply), reply.usage))

    def _name(self, bot_id: str) -> str:
        for served in self._runtime.catalogue.bots:
            if served.id == bot_id:
                return served.definition.name
        return bot_id
