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
from typing import ClassVar, cast

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from daehwa import answers, chat
from daehwa.chat import ChatError, ChatReply, ChatRequest, DeltaEvent, SessionReference
from daehwa.conversation import Runtime
from daehwa.server import sse
from daehwa.server.body import read_body
from daehwa.server.chat import caller_of
from daehwa.server.faults import JsonResponse
from daehwa.server.metrics import Metrics
from daehwa.server.openai_kept import KeptAnswers, completion_id
from daehwa.server.openai_limits import Limited
from daehwa.server.openai_models import OWNER, BotModels
from daehwa.server.openai_refusals import (
    Failed,
    Unanswered,
    UnknownModel,
    failure,
    refusal_for,
    unanswered,
)
from daehwa.server.openai_requests import (
    ModelRequest,
    Unserved,
    read_chat,
    read_response,
    read_text,
)
from daehwa.server.openai_sessions import SessionBranch, branch_of
from daehwa.server.openai_shapes import AnswerShape, ChatShape, Finished, ResponseShape, TextShape
from daehwa.server.openai_spoken import Spoken, consulted, ending, finished_reply, shown

# A history comes along with every turn.
MAX_BODY = 2 * 1024 * 1024
_DISCONNECT_POLL_SECONDS = 0.5
_CONSULT_SECONDS = 60.0
_HELD_SECONDS = 10.0
_PAUSE_SECONDS = 0.1
# How Open WebUI words what it wants for itself: a title, tags, questions to go on with.
_TASK = re.compile(r"\s*### Task:\s")
_delta_decoder = msgspec.json.Decoder(DeltaEvent)
_reply_decoder = msgspec.json.Decoder(ChatReply)
_error_decoder = msgspec.json.Decoder(chat.ErrorBody)


class OpenAIApi:
    """The endpoints of the OpenAI-compatible API."""

    guarded: ClassVar[tuple[str, ...]] = ("/v1/",)

    def __init__(self, runtime: Runtime, metrics: Metrics, *, ping_seconds: float) -> None:
        self._runtime = runtime
        self._metrics = metrics
        self._models = BotModels(runtime)
        self._kept = KeptAnswers(runtime)
        self._ping_seconds = ping_seconds

    @property
    def routes(self) -> list[BaseRoute]:
        """Where the endpoints are."""
        return [
            *self._models.routes,
            Route("/v1/chat/completions", self.complete, methods=["POST"]),
            Route("/v1/completions", self.complete_text, methods=["POST"]),
            Route("/v1/responses", self.respond, methods=["POST"]),
            *self._kept.routes,
        ]

    async def complete(self, request: Request) -> Response:
        """``POST /v1/chat/completions``."""
        return await self._serve(request, read_chat, ChatShape)

    async def complete_text(self, request: Request) -> Response:
        """``POST /v1/completions``."""
        return await self._serve(request, read_text, TextShape)

    async def respond(self, request: Request) -> Response:
        """``POST /v1/responses``."""
        return await self._serve(request, read_response, ResponseShape)

    async def _serve(
        self, request: Request, read: Callable[[bytes], ModelRequest], kind: type[AnswerShape]
    ) -> Response:
        try:
            wanted = read(await read_body(request.receive, MAX_BODY))
            bot_id, locale_id = self._models.find(wanted.model)
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
            UnknownModel,
            Unanswered,
            Failed,
            ChatError,
        ) as error:
            return refusal_for(request, error)

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
            channel.reply(turn, _caller(request, branch), wanted.model_context)
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
            raise unanswered(reply.error)
        end = finished_reply(wanted, reply, Limited(wanted, of_model=reply.source != "intent"))
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
        events = self._runtime.chat.stream(turn, _caller(request, branch), wanted.model_context)
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
        except Unanswered as error:
            yield b"".join(shape.failed(failure(error)))
        except Failed as error:
            yield b"".join(shape.failed(failure(error)))

    async def _spoken(
        self,
        wanted: ModelRequest,
        branch: SessionBranch,
        events: AsyncIterator[chat.ChatEvent],
        turn: ChatRequest,
    ) -> Spoken:
        """The pieces of a turn's text, and its end.

        Raises:
            Unanswered, Failed: there is none.
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
                    raise unanswered(reply.error)
                if not streamed:
                    limited = Limited(wanted, of_model=reply.source != "intent")
                whole = shown(reply.messages) or reply.msg
                # What was streamed is not said twice; what was not (the bot's own words,
                # cards) follows.
                rest = whole.removeprefix(streamed) if whole.startswith(streamed) else ""
                if piece := limited.feed(rest) + limited.close():
                    yield piece
                yield ending(wanted, reply, limited)
            elif event.name == "error":
                fault = _error_decoder.decode(event.data).error
                raise Failed(fault.code, fault.message, fault.retry_after)

    def _stop(self, session: SessionReference, turn: ChatRequest) -> None:
        self._runtime.chat.stop(session, turn.message_id or "")

    # --- the language model alone -----------------------------------------------------

    async def _consult(
        self, request: Request, wanted: ModelRequest, kind: type[AnswerShape], branch: SessionBranch
    ) -> Response:
        answerer = self._runtime.chat.answerer
        if answerer is None:
            raise _without_model(wanted)
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
            model_alone=True,
        )
        spoken = consulted(answerer, question, wanted)
        try:
            first = await _hold(request, spoken)
        except Unanswered as error:
            # Documents alone were asked: that none of them fits is not what is wrong here.
            raise _without_model(wanted) if error.code == "nothing_found" else error from None
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


def _caller(request: Request, branch: SessionBranch) -> chat.Caller:
    """Who sends the request, and speaks in the session of its branch."""
    return msgspec.structs.replace(caller_of(request), owner=branch.session.owner)


def _without_model(wanted: ModelRequest) -> ChatError | Unserved:
    """What is wrong with a request that only a language model can serve, if there is none."""
    try:
        chat.checked_text(wanted.text)
    except ChatError as error:
        return error
    return Unserved("There is no language model behind the bot for such a task.")


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
        Unanswered, Failed: there is none.
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


def _shape(
    kind: type[AnswerShape], wanted: ModelRequest, branch: SessionBranch, message_id: str
) -> AnswerShape:
    model = wanted.model or OWNER
    if kind is ResponseShape:
        # What is not to be stored has an id that leads to no turn.
        turn = message_id if wanted.stored else uuid.uuid4().hex
        return ResponseShape(model, branch.response_id(turn), turn, echoed=wanted.echoed)
    if kind is TextShape:
        return TextShape(model, include_usage=wanted.include_usage)
    return ChatShape(
        model, completion_id(branch.session, message_id), include_usage=wanted.include_usage
    )
