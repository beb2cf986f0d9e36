"""``ChatGPT``: any model behind an OpenAI-compatible endpoint, over aiohttp."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from types import TracebackType
from typing import Self

from daehwa.answers.breaker import Breaker
from daehwa.answers.call import DEADLINE, Call, Clock, Retries, Upstream
from daehwa.answers.errors import AnswerError, CircuitOpen, TimedOut
from daehwa.answers.settings import Endpoint
from daehwa.answers.transport import Transport, UpstreamReply
from daehwa.answers.values import Answer, AnswerSource, Ended, Question, Readiness

Sleep = Callable[[float], Awaitable[None]]

# Of a stream, where the question brings no deadline of its own: between two pieces, in all.
_SILENCE = 25.0
_LONGEST = 180.0


class ChatGPT:
    """Answers over ``/chat/completions``, or ``/completions`` where the model wants that.

    Retries, the deadline and the breaker are those of ``Call``. A streamed answer commits at
    its first piece: until then a failure may be retried or left to another answerer, after it
    the answer ends as ``incomplete``. ``deadline`` is in seconds, for questions without one;
    ``notice`` gives the line beside each answer for a locale.

    One instance serves one event loop; its connections are opened when first needed.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        *,
        name: str = "chatgpt",
        source: AnswerSource = "chatgpt",
        notice: Callable[[str], str] | None = None,
        deadline: float = DEADLINE,
        breaker: Breaker | None = None,
        retries: Retries | None = None,
        proxies: bool = True,
        clock: Clock = time.monotonic,
        sleep: Sleep = asyncio.sleep,
        rng: random.Random | None = None,
    ) -> None:
        self._name = name
        self._source = source
        self._notice = notice
        self._upstream = Upstream(
            endpoint, breaker=breaker, retries=retries, deadline=deadline, clock=clock, rng=rng
        )
        self._transport = Transport(endpoint, proxies=proxies)
        self._sleep = sleep
        self._clock = clock

    async def __aenter__(self) -> Self:
        """Nothing to begin: connections are opened when first needed."""
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the connections."""
        await self._transport.close()

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> ChatGPT:
        """Read the endpoint from ``OPENAI_*``.

        Raises:
            SettingError: a setting cannot be used.
        """
        return cls(Endpoint.from_environment(environ))

    @property
    def name(self) -> str:
        """The answerer's name."""
        return self._name

    @property
    def endpoint(self) -> Endpoint:
        """Where it asks."""
        return self._upstream.endpoint

    @property
    def breaker(self) -> Breaker:
        """The breaker of its upstream."""
        return self._upstream.breaker

    async def answer(self, question: Question) -> Answer:
        """Answer as a whole.

        Raises:
            AnswerError: there is no answer.
        """
        call = Call(self._upstream, question, stream=False)
        while True:
            try:
                request = call.request()
                with call.attempt():
                    async with self._transport.send(request) as reply:
                        piece = await reply.whole()
                    reply.close(whole=True)
            except AnswerError as error:
                await self._sleep(call.wait_after(error))
            else:
                return self._whole_answer(question, piece.text, piece.ended, piece.model)

    async def stream(self, question: Question) -> AsyncGenerator[str | Answer]:
        """Yield pieces as they come, then the ``Answer``.

        Closing it closes the request to the upstream at once.

        Raises:
            AnswerError: before any piece; after one the answer ends as ``incomplete``.
        """
        reply, piece = await self._begin(question)
        text: list[str] = []
        ended: Ended | None = "cut"
        try:
            until = question.deadline
            if until is None:
                until = self._clock() + _LONGEST
            while piece is not None:
                text.append(piece)
                yield piece
                piece = await self._next(reply, until)
            ended = reply.answer.ended
        except TimedOut:
            ended = "timed_out"
            self.breaker.record_failure()
        except AnswerError:
            self.breaker.record_failure()
        finally:
            reply.close(whole=ended not in {"cut", "timed_out"})
        yield self._whole_answer(question, "".join(text), ended, reply.answer.model)

    async def ready(self) -> Readiness:
        """Report the health of the upstream by its breaker, without a request."""
        model = self.endpoint.model
        if self.breaker.state == "open":
            error = CircuitOpen("The upstream failed too often lately.")
            return Readiness(state="failed", source=self._source, model=model, error=error)
        return Readiness(state="ready", source=self._source, model=model)

    async def examine(self) -> tuple[Readiness, ...]:
        """What is known without asking the upstream."""
        return (await self.ready(),)

    def __repr__(self) -> str:
        return f"ChatGPT({self.endpoint!r})"

    async def _begin(self, question: Question) -> tuple[UpstreamReply, str | None]:
        """Open a streamed answer and hold its first piece."""
        call = Call(self._upstream, question, stream=True)
        while True:
            try:
                request = call.request()
                with call.attempt():
                    async with self._transport.send(request) as reply:
                        return reply, await reply.piece()
            except AnswerError as error:
                await self._sleep(call.wait_after(error))

    async def _next(self, reply: UpstreamReply, until: float) -> str | None:
        try:
            async with asyncio.timeout(min(_SILENCE, until - self._clock())):
                return await reply.piece()
        except TimeoutError:
            raise TimedOut("The upstream fell silent.") from None

    def _whole_answer(
        self, question: Question, text: str, ended: Ended | None, model: str | None
    ) -> Answer:
        return Answer(
            text=text,
            source=self._source,
            model=model or self.endpoint.model,
            ended=ended or "stop",
            notice=None if self._notice is None else self._notice(question.locale),
        )
