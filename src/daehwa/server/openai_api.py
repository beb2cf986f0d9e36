"""The bot as an OpenAI-compatible model: chat completions, completions, responses and models.

Any front end that talks to such a model can talk to the bot. The model's name is the bot's,
or ``Bot:locale``. The last user message is the turn; what came before says where the session
stands (``openai_sessions``) and is what a language model is told. A text that is longer than
Lex takes, and the tasks that Open WebUI sets beside a chat (a title, tags), are answered by the
language model alone. Source: OpenAI's API reference.
"""

from __future__ import annotations

import asyncio
import re
import time
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing
from typing import Any, ClassVar, TypeAlias, cast

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from daehwa import answers, chat, lex
from daehwa.chat import ChatError, ChatReply, ChatRequest, DeltaEvent, SessionReference
from daehwa.conversation import Runtime
from daehwa.server import sse
from daehwa.server.body import read_body
from daehwa.server.chat import caller_of
from daehwa.server.faults import JsonResponse, exchange_of
from daehwa.server.metrics import Metrics
from daehwa.server.openai_errors import error_value, misshapen
from daehwa.server.openai_limits import Limited
from daehwa.server.openai_requests import (
    ModelRequest,
    Unserved,
    read_chat,
    read_response,
    read_text,
)
from daehwa.server.openai_sessions import SESSION_BEGINS, SessionBranch, branch_of
from daehwa.server.openai_shapes import (
    AnswerShape,
    ChatShape,
    Finish,
    Finished,
    ResponseShape,
    TextShape,
    finished,
)

# A history comes along with every turn.
MAX_BODY = 2 * 1024 * 1024
_OWNER = "daehwa"
_ID_BEGINS = "chatcmpl-"
_DISCONNECT_POLL_SECONDS = 0.5
_CONSULT_SECONDS = 60.0
_HELD_SECONDS = 10.0
_PAUSE_SECONDS = 0.1
# How Open WebUI words what it wants for itself: a title, tags, questions to go on with.
_TASK = re.compile(r"\s*### Task:\s")
# What an answerer's error is in OpenAI's API; all others are 503.
_ANSWER_STATUSES = {
    "rate_limited": (429, "rate_limit_exceeded"),
    "questions_too_many": (429, "rate_limit_exceeded"),
    "quota": (429, "insufficient_quota"),
    "budget_spent": (429, "insufficient_quota"),
    "too_long": (400, "context_length_exceeded"),
    "content_refused": (400, "content_policy_violation"),
    "timed_out": (504, "timed_out"),
    "still_thinking": (504, "timed_out"),
}
_FINISHES: dict[answers.Ended, Finish] = {"length": "length", "refused": "content_filter"}

Spoken: TypeAlias = "AsyncIterator[str | Finished]"

_delta_decoder = msgspec.json.Decoder(DeltaEvent)
_reply_decoder = msgspec.json.Decoder(ChatReply)
_error_decoder = msgspec.json.Decoder(chat.ErrorBody)


class _ModelNotFound(Exception):
    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class _Unanswered(Exception):
    """The language model gave no answer: why, for the client."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.status, self.code = _ANSWER_STATUSES.get(code, (503, code))
        self.message = message


class _Failed(Exception):
    """A turn that failed after it had begun."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        known = chat.ERRORS.get(code)
        self.status = 500 if known is None else known.status
        self.code = code
        self.message = message


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
            Route("/v1/completions", self.complete_text, methods=["POST"]),
            Route("/v1/responses", self.respond, methods=["POST"]),
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
        return await self._serve(request, read_chat, ChatShape)

    async def complete_text(self, request: Request) -> Response:
        """``POST /v1/completions``."""
        return await self._serve(request, read_text, TextShape)

    async def respond(self, request: Request) -> Response:
        """``POST /v1/responses``."""
        return await self._serve(request, read_response, ResponseShape)

    async def forget(self, request: Request) -> Response:
        """``DELETE /v1/chat/completions/{id}``: forget the conversation of that completion."""
        completion_id = request.path_params["completion_id"]
        session_id, _, message_id = completion_id.removeprefix(_ID_BEGINS).rpartition(".")
        session = SessionReference(
            session_id=SESSION_BEGINS + session_id, owner=caller_of(request).owner
        )
        try:
            forgotten = await self._runtime.chat.forget_talk_of(session, message_id)
        except ChatError as error:
            return _refusal_for(request, error)
        if not forgotten:
            message = f"No chat completion '{completion_id}' is known here."
            return _refusal(request, 404, "completion_not_found", message)
        return JsonResponse(
            {"object": "chat.completion.deleted", "id": completion_id, "deleted": True}
        )

    async def _serve(
        self, request: Request, read: Callable[[bytes], ModelRequest], kind: type[AnswerShape]
    ) -> Response:
        try:
            wanted = read(await read_body(request.receive, MAX_BODY))
            bot_id, locale_id = self._find(wanted.model)
            channel = self._runtime.chat
            branch = branch_of(
                wanted, request.headers, bot_id, locale_id, owner=caller_of(request).owner
            )
            if _TASK.match(wanted.text) or len(wanted.text) > chat.TEXT_LIMIT:
                return await self._consult(request, wanted, kind, branch)
            branch = await branch.enter(channel)
            turn = ChatRequest(
                text=wanted.text,
                session_id=branch.session.session_id,
                bot_id=bot_id,
                locale_id=locale_id,
                message_id=uuid.uuid4().hex,
            )
            shape = _shape(kind, wanted, branch, turn.message_id or "")
            if wanted.stream:
                return await self._stream(request, wanted, shape, branch, turn)
            return await self._whole(request, wanted, shape, branch, turn)
        except (
            msgspec.DecodeError,
            UnicodeDecodeError,
            RecursionError,
            Unserved,
            _ModelNotFound,
            _Unanswered,
            _Failed,
            ChatError,
        ) as error:
            return _refusal_for(request, error)

    # --- turns of the bot -------------------------------------------------------------

    async def _whole(
        self,
        request: Request,
        wanted: ModelRequest,
        shape: AnswerShape,
        branch: SessionBranch,
        turn: ChatRequest,
    ) -> Response:
        channel = self._runtime.chat
        replying = asyncio.ensure_future(
            channel.reply(turn, _caller(request, branch), wanted.brought)
        )
        # A client that gives up wants no answer any more; it cannot ask for it again either.
        while not replying.done():
            await asyncio.wait({replying}, timeout=_DISCONNECT_POLL_SECONDS)
            if not replying.done() and await request.is_disconnected():
                self._stop(branch.session, turn)
                break
        reply = await replying
        self._metrics.reply("openai", reply)
        if reply.error is not None:
            raise _Unanswered(reply.error.code, reply.error.message)
        end = _finished(wanted, reply, Limited(wanted, of_model=reply.source != "intent"))
        await branch.leave(channel, wanted.text, end.text, answer_id=shape.id)
        return JsonResponse(shape.whole(end))

    async def _stream(
        self,
        request: Request,
        wanted: ModelRequest,
        shape: AnswerShape,
        branch: SessionBranch,
        turn: ChatRequest,
    ) -> Response:
        events = self._runtime.chat.stream(turn, _caller(request, branch), wanted.brought)
        await anext(events)  # the start; what is wrong with the request is raised before it

        async def abandoned() -> None:
            self._stop(branch.session, turn)

        spoken = self._spoken(wanted, branch, events, turn)
        first = await _hold(request, spoken)
        if await request.is_disconnected():
            self._stop(branch.session, turn)
        return sse.EventStream(
            self._events(wanted, shape, first, spoken, branch),
            ping_seconds=self._ping_seconds,
            pause_seconds=_pause(request),
            abandoned=abandoned,
        )

    async def _events(
        self,
        wanted: ModelRequest,
        shape: AnswerShape,
        first: asyncio.Future[str | Finished],
        spoken: Spoken,
        branch: SessionBranch | None,
    ) -> AsyncIterator[bytes]:
        yield b"".join(shape.begin())
        try:
            piece: str | Finished | None = await first
            while piece is not None:
                if isinstance(piece, Finished):
                    if branch is not None:
                        channel = self._runtime.chat
                        await branch.leave(channel, wanted.text, piece.text, answer_id=shape.id)
                    yield b"".join(shape.end(piece))
                    return
                yield b"".join(shape.piece(piece))
                piece = await anext(spoken, None)
        except _Unanswered as error:
            yield b"".join(shape.failed(_failure(error)))
        except _Failed as error:
            yield b"".join(shape.failed(_failure(error)))

    async def _spoken(
        self,
        wanted: ModelRequest,
        branch: SessionBranch,
        events: AsyncIterator[chat.ChatEvent],
        turn: ChatRequest,
    ) -> Spoken:
        """The pieces of a turn's text, and its end.

        Raises:
            _Unanswered, _Failed: there is none.
        """
        limited = Limited(wanted, of_model=True)
        streamed = ""
        async for event in events:
            if event.name == "delta":
                text = _delta_decoder.decode(event.data).text
                streamed += text
                if piece := limited.feed(text):
                    yield piece
                if limited.finish is not None:
                    self._stop(branch.session, turn)
            elif event.name == "done":
                reply = _reply_decoder.decode(event.data)
                self._metrics.reply("openai", reply)
                if reply.error is not None:
                    raise _Unanswered(reply.error.code, reply.error.message)
                if not streamed:
                    limited = Limited(wanted, of_model=reply.source != "intent")
                whole = shown(reply.messages) or reply.msg
                # What was streamed is not said twice; what was not (the bot's own words,
                # cards) follows.
                rest = whole.removeprefix(streamed) if whole.startswith(streamed) else ""
                if piece := limited.feed(rest) + limited.close():
                    yield piece
                yield _ending(wanted, reply, limited)
            elif event.name == "error":
                fault = _error_decoder.decode(event.data).error
                raise _Failed(fault.code, fault.message)

    def _stop(self, session: SessionReference, turn: ChatRequest) -> None:
        self._runtime.chat.stop(session, turn.message_id or "")

    # --- the language model alone -----------------------------------------------------

    async def _consult(
        self, request: Request, wanted: ModelRequest, kind: type[AnswerShape], branch: SessionBranch
    ) -> Response:
        answerer = self._runtime.chat.answerer
        if answerer is None:
            chat.checked_text(wanted.text)
            raise Unserved("There is no language model behind the bot for such a task.")
        channel = self._runtime.chat
        await channel.admit_question(branch.session)
        shape = _shape(kind, wanted, branch, uuid.uuid4().hex)
        hide = await branch.hiding(channel)
        question = answers.Question(
            text=hide(wanted.text),
            history=tuple(
                answers.PastMessage(role=past.role, text=hide(past.text)) for past in wanted.history
            ),
            locale=branch.session.locale_id or "en_US",
            bot_id=branch.session.bot_id or "",
            request_id=caller_of(request).request_id,
            deadline=time.monotonic() + _CONSULT_SECONDS,
            seen=wanted.stream,
            instructions=wanted.instructions,
            max_tokens=wanted.max_tokens,
            sampling=wanted.sampling,
        )
        spoken = _consulted(answerer, question, wanted)
        first = await _hold(request, spoken)
        if wanted.stream:
            return sse.EventStream(
                self._events(wanted, shape, first, spoken, None),
                ping_seconds=self._ping_seconds,
                pause_seconds=_pause(request),
            )
        piece: str | Finished | None = await first
        while isinstance(piece, str):
            piece = await anext(spoken, None)
        return JsonResponse(shape.whole(cast("Finished", piece)))

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


def _caller(request: Request, branch: SessionBranch) -> chat.Caller:
    """Who sends the request, and speaks in the session of its branch."""
    return msgspec.structs.replace(caller_of(request), owner=branch.session.owner)


def _pause(request: Request) -> float:
    """How long the end of a stream comes after its last words.

    A page's script may lose the words that it reads together with the end: deep-chat 2.4 does, and
    shows an error where all of a short answer is read at once. Nothing else has an ``Origin``.
    """
    return _PAUSE_SECONDS if "origin" in request.headers else 0.0


async def _hold(request: Request, spoken: Spoken) -> asyncio.Future[str | Finished]:
    """Wait for the first word, so that an answer that fails before it has a status of its own.

    Not for ever: what stands between would take the client for forgotten.

    Raises:
        _Unanswered, _Failed: there is none.
    """
    first = asyncio.ensure_future(anext(spoken))
    until = time.monotonic() + _HELD_SECONDS
    while not first.done() and time.monotonic() < until:
        await asyncio.wait({first}, timeout=_DISCONNECT_POLL_SECONDS)
        if not first.done() and await request.is_disconnected():
            break
    if first.done():
        first.result()
    return first


async def _consulted(
    answerer: answers.Answerer, question: answers.Question, wanted: ModelRequest
) -> Spoken:
    """The pieces of a language model's own answer, and its end.

    Raises:
        _Unanswered: there is none.
    """
    limited = Limited(wanted, of_model=True)
    pieces: Any = answerer.stream(question)
    try:
        async with aclosing(pieces):
            async for piece in pieces:
                if isinstance(piece, answers.StartOver):
                    limited = Limited(wanted, of_model=True)
                elif isinstance(piece, str):
                    if text := limited.feed(piece):
                        yield text
                    if limited.finish is not None:
                        break
                else:
                    if text := limited.close():
                        yield text
                    usage = piece.usage and chat.ChatUsage(
                        input_tokens=piece.usage.input_tokens,
                        output_tokens=piece.usage.output_tokens,
                    )
                    finish = _FINISHES.get(piece.ended, "stop")
                    yield finished(wanted.text, limited.text, finish, usage)
                    return
    except answers.AnswerError as error:
        raise _Unanswered(error.code, error.line(question.locale)) from None
    yield finished(wanted.text, limited.text, limited.finish or "stop", None)


def _finished(wanted: ModelRequest, reply: ChatReply, limited: Limited) -> Finished:
    """The end of a reply that comes whole."""
    limited.feed(shown(reply.messages) or reply.msg)
    limited.close()
    return _ending(wanted, reply, limited)


def _ending(wanted: ModelRequest, reply: ChatReply, limited: Limited) -> Finished:
    by_model: Finish = "length" if reply.incomplete else "stop"
    return finished(wanted.text, limited.text, limited.finish or by_model, reply.usage)


def _shape(
    kind: type[AnswerShape], wanted: ModelRequest, branch: SessionBranch, message_id: str
) -> AnswerShape:
    model = wanted.model or _OWNER
    if kind is ResponseShape:
        return ResponseShape(model, branch.new_response_id(), previous=wanted.previous)
    if kind is TextShape:
        return TextShape(model, include_usage=wanted.include_usage)
    return ChatShape(
        model, _completion_id(branch.session, message_id), include_usage=wanted.include_usage
    )


def _completion_id(session: SessionReference, message_id: str) -> str:
    """An id that names the session too: who has it can have all of that forgotten."""
    return f"{_ID_BEGINS}{session.session_id.removeprefix(SESSION_BEGINS)}.{message_id}"


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


def _model(name: str) -> dict[str, Any]:
    return {"id": name, "object": "model", "created": 0, "owned_by": _OWNER}


def _model_not_found(request: Request, name: str) -> Response:
    return _refusal(
        request, 404, "model_not_found", f"The model '{name}' does not exist", param="model"
    )


def _failure(error: _Unanswered | _Failed) -> dict[str, Any]:
    value: dict[str, Any] = error_value(error.status, error.code, error.message)["error"]
    return value


def _refusal_for(request: Request, error: Exception) -> Response:
    """The response for a request that cannot be served."""
    status, code, param, final = 400, "RequestMalformed", None, False
    retry_after = None
    message = str(error)
    if isinstance(error, Unserved):
        code, param = error.code or "invalid_value", error.param
    elif isinstance(error, _ModelNotFound):
        return _model_not_found(request, error.name)
    elif isinstance(error, _Unanswered | _Failed):
        status, code, final = error.status, error.code, True
    elif isinstance(error, ChatError):
        status, code, retry_after = error.status, error.code, error.retry_after
    elif isinstance(error, msgspec.DecodeError):
        code, param, message = misshapen(message)
    return _refusal(
        request, status, code, message, param=param, final=final, retry_after=retry_after
    )


def _refusal(
    request: Request,
    status: int,
    code: str | None,
    message: str,
    *,
    param: str | None = None,
    final: bool = False,
    retry_after: int | None = None,
) -> Response:
    exchange_of(request).error = code
    # OpenAI's clients send again what failed: a turn of a bot is not to be taken twice.
    headers = {"x-should-retry": "false"} if final else {}
    if retry_after is not None:
        headers["retry-after"] = str(retry_after)
    body = error_value(status, code, message, param)
    return JsonResponse(body, status_code=status, headers=headers)
