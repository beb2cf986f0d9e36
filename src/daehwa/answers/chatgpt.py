"""``ChatGPT``: any model behind an OpenAI-compatible endpoint, over aiohttp."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from typing import Self

import structlog

from daehwa import tracing
from daehwa.answers.answerer import Readiness
from daehwa.answers.breaker import Breaker
from daehwa.answers.call import DEADLINE, Call, Clock, Retries, Upstream, ended_by
from daehwa.answers.errors import (
    AnswerError,
    CircuitOpen,
    RequestRefused,
    TimedOut,
    Unfinished,
    UpstreamFailed,
)
from daehwa.answers.settings import Endpoint
from daehwa.answers.transport import SILENCE, Transport, UpstreamReply
from daehwa.answers.values import Answer, AnswerSource, Ended, Question, StartOver, Usage

_log = structlog.get_logger(__name__)

Sleep = Callable[[float], Awaitable[None]]

# For the one token that an examination asks for, in seconds.
_EXAMINED = 7.0


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
        self._proxies = proxies
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

    async def __aexit__(self, *_: object) -> None:
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
                await self._wait_after(error, call)
            else:
                return self._whole_answer(
                    question, piece.text, piece.ended, piece.model, piece.usage
                )

    async def stream(self, question: Question) -> AsyncGenerator[str | StartOver | Answer]:
        """Yield pieces as they come, then the ``Answer``.

        Closing it closes the request to the upstream at once.

        Raises:
            AnswerError: before any piece; after one the answer ends as ``incomplete``, or, where
                nobody has seen it, starts over or is left to another answerer.
        """
        call = Call(self._upstream, question, stream=True)
        while True:
            reply, piece = await self._begin(call)
            text: list[str] = []
            room = self._upstream.longest_text
            whole, failed = False, None
            ended: Ended | None = "cut"
            try:
                while piece is not None and room > 0:
                    if reply.answer.starts_over:
                        text.clear()
                        yield StartOver()
                    text.append(piece[:room])
                    room -= len(piece)
                    yield text[-1]
                    piece = reply.come_already(together=not question.seen)
                    if piece is None:
                        piece = await self._next(reply, call.deadline)
                whole, ended = piece is None, reply.answer.ended
                if not whole:
                    ended = "length"
                if reply.answer.unopened:
                    call.learn_opened()
            except AnswerError as error:
                ended = ended_by(error)
                # What a filter stopped is as final as if it had come as the reason of the end.
                failed = None if ended == "refused" else error
                reply.fail(error)
                self._note_break(error, call)
            finally:
                reply.close(whole=whole)
            made = self._whole_answer(
                question, "".join(text), ended, reply.answer.model, reply.answer.usage
            )
            if (
                failed is None
                or question.seen
                or not await self._may_start_over(failed, call, made)
            ):
                yield made
                return
            yield StartOver()

    async def ready(self) -> Readiness:
        """Report the health of the upstream by its breaker, without a request."""
        endpoint = self.endpoint
        model = f"{endpoint.name}: {endpoint.model}" if endpoint.name else endpoint.model
        if self.breaker.state == "open":
            error = CircuitOpen("The upstream failed too often lately.")
            return Readiness(state="failed", source=self._source, model=model, error=error)
        return Readiness(state="ready", source=self._source, model=model)

    async def examine(self) -> tuple[Readiness, ...]:
        """Ask the upstream for one token, to see whether it knows the key and the model."""
        known = (await self.ready())._replace(contacted=True)
        once = ChatGPT(
            self.endpoint._replace(max_tokens=1),
            deadline=_EXAMINED,
            retries=Retries(attempts=1),
            proxies=self._proxies,
        )
        try:
            async with once:
                await once.answer(Question(text="Hi"))
        except AnswerError as error:
            if not _is_alive(error):
                return (known._replace(state="failed", error=error),)
        return (known._replace(state="ready", error=None),)

    def __repr__(self) -> str:
        return f"ChatGPT({self.endpoint!r})"

    async def _begin(self, call: Call) -> tuple[UpstreamReply, str | None]:
        """Open a streamed answer and hold its first piece."""
        while True:
            try:
                request = call.request()
                with call.attempt():
                    async with self._transport.send(request) as reply:
                        return reply, await reply.piece()
            except AnswerError as error:
                await self._wait_after(error, call)

    async def _next(self, reply: UpstreamReply, until: float) -> str | None:
        while True:
            alive = reply.answer.alive
            try:
                async with asyncio.timeout(min(SILENCE, until - self._clock())):
                    return await reply.piece()
            except TimeoutError:
                # A thought between two words does not count as silence.
                if reply.answer.alive == alive or self._clock() >= until:
                    raise TimedOut("The upstream fell silent.") from None

    async def _wait_after(self, error: AnswerError, call: Call) -> None:
        """Wait until the next attempt, or raise the error."""
        _log_failure(error, call)
        await self._sleep(call.wait_after(error))

    def _note_break(self, error: AnswerError, call: Call) -> None:
        _log_failure(error, call)
        if error.outage:
            self.breaker.record_failure()

    async def _may_start_over(self, error: AnswerError, call: Call, made: Answer) -> bool:
        """Whether an answer that broke off, and that nobody saw, is begun again; then wait for it.

        Raises:
            AnswerError: another answerer stands behind, who is to begin it; ``partial`` is what
                there was of it.
        """
        error.partial = made
        try:
            await self._sleep(call.wait_after(error))
        except AnswerError:
            if call.failover:
                raise
            return False
        return True

    def _whole_answer(
        self,
        question: Question,
        text: str,
        ended: Ended | None,
        model: str | None,
        usage: Usage | None,
    ) -> Answer:
        longest = self._upstream.longest_text
        prices = self.endpoint.prices
        if usage is not None and prices is not None:
            usage = usage._replace(cost=prices.cost(usage))
        return Answer(
            text=text[:longest],
            source=self._source,
            model=model or self.endpoint.model,
            ended="length" if len(text) > longest else ended or "stop",
            notice=None if self._notice is None else self._notice(question.locale),
            usage=usage,
        )


def _log_failure(error: AnswerError, call: Call) -> None:
    """Write the log line of a failed attempt."""
    report = call.report(error)
    _log.warning(
        "answer_attempt_failed",
        **report | {"request_id": tracing.request_id() or report["request_id"]},
    )


def _is_alive(error: AnswerError) -> bool:
    """Whether an upstream that was asked for one token would answer if it were allowed more."""
    if isinstance(error, Unfinished):
        return True
    if isinstance(error, UpstreamFailed):
        return error.wordless
    limits = ("max_tokens", "output limit", "max_output_tokens", "max_completion_tokens")
    return (
        isinstance(error, RequestRefused)
        and error.refusal is not None
        and any(limit in error.refusal.words for limit in limits)
    )
