"""The answerer as the bot's hook: what FallbackIntent calls when no Lambda is configured."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import aclosing
from typing import TYPE_CHECKING, Any, Literal

import msgspec
import structlog

from daehwa import answers, chat
from daehwa.conversation.live import LiveTurn
from daehwa.conversation.recall import Recalled

if TYPE_CHECKING:
    from daehwa.conversation.calling import ModelContext

_log = structlog.get_logger(__name__)

# How much of the conversation a model gets, in tokens; its own budget cuts it further.
HISTORY_TOKENS = 3000

# An answer that is watched as it comes has to begin by the deadline, and may go on for this
# many times as long.
_WATCHED = 6

# The pieces of an answer that are passed on before others have their turn.
_PIECES_SECONDS = 0.005


def longest_answer(seconds: float) -> float:
    """The longest time that a streamed answer may take, in seconds.

    ``seconds`` is the deadline of an answer that is not streamed.
    """
    return seconds * _WATCHED


class Spoken(msgspec.Struct, frozen=True, kw_only=True):
    """What the answerer said: the text, who said it, and what to show beside it.

    ``ended`` is why the answer stopped; ``stopped`` says that the person, or the end of the server
    (``cut_short``), stopped it; ``error`` is why there is no answer.
    """

    text: str
    source: str
    model: str | None = None
    ended: answers.Ended = "stop"
    stopped: bool = False
    cut_short: bool = False
    notice: str | None = None
    error: answers.AnswerError | None = None
    usage: answers.Usage | None = None
    sources: tuple[answers.SourcePassage, ...] = ()

    @property
    def incomplete(self) -> bool:
        """Whether the text stops before its end."""
        return self.ended != "stop"

    @property
    def silent(self) -> bool:
        """Whether the answer counts as none, because the documents do not contain it."""
        return self.error is not None and self.error.silent


class Answering:
    """Asks the answerer within a turn, and passes the words on to whoever watches the turn.

    ``seconds`` is the deadline of an answer; one that is watched as it comes has to begin by then,
    and takes ``longest_answer`` at the most. ``history_tokens`` is how much of the conversation it
    gets.
    """

    def __init__(
        self, answerer: answers.Answerer, seconds: float, *, history_tokens: int = HISTORY_TOKENS
    ) -> None:
        self._answerer = answerer
        self._seconds = seconds
        self.history_tokens = history_tokens
        self.totals: dict[str, answers.Usage] = {}
        """What was counted so far, by the model's name."""

    @property
    def answerer(self) -> answers.Answerer:
        """Who answers."""
        return self._answerer

    async def ask(
        self,
        event: dict[str, Any],
        recalled: Recalled,
        live: LiveTurn | None,
        *,
        request_id: str = "",
        model_context: ModelContext | None = None,
        profile: answers.BotProfile | None = None,
    ) -> Spoken:
        """Answer the event of a code hook, the Lex Lambda contract's, as far as it is let.

        Never raises for an upstream's failure: the person gets a line that says what is
        wrong, and the bot's own intents go on working.
        """
        locale = event["bot"]["localeId"]
        now = time.monotonic()
        watched = live is not None and live.watched
        question = _question(event, recalled, model_context)._replace(
            deadline=now + (longest_answer(self._seconds) if watched else self._seconds),
            first_by=now + self._seconds if watched else None,
            seen=watched,
            request_id=request_id,
            profile=profile,
        )
        if live is not None:
            await self._publish_state(live, locale)
        pieces: list[str] = []

        def publish(piece: str | answers.StartOver) -> None:
            if isinstance(piece, answers.StartOver):
                pieces.clear()
                if live is not None:
                    live.drop_words()
                return
            pieces.append(piece)
            if live is not None:
                live.add_words(piece)

        try:
            answer = await _until_stopped(self._answerer.stream(question), publish, live)
        except answers.AnswerError as error:
            return Spoken(text=error.line(locale), source="none", error=error)
        if answer is None:
            text = "".join(pieces)
            # Not the answerer's name: a chain's is nobody whose words these could be.
            source = (await self._answerer.ready()).source
            return Spoken(
                text=text or chat.line("stopped", locale),
                source=source,
                ended="cut",
                stopped=True,
                cut_short=live is not None and live.cut_short,
            )
        self._count(answer, request_id, now)
        return Spoken(
            text=answer.text or chat.line("no_words", locale),
            source=answer.source,
            model=answer.model,
            ended=answer.ended,
            notice=answer.notice,
            usage=answer.usage,
            sources=answer.sources,
        )

    def _count(self, answer: answers.Answer, request_id: str, began: float) -> None:
        """Log an answer, and add up what it took."""
        usage = answer.usage
        _log.info(
            "answer_ended",
            source=answer.source,
            model=answer.model,
            ended=answer.ended,
            ms=round((time.monotonic() - began) * 1000),
            request_id=request_id or None,
            input_tokens=usage and usage.input_tokens,
            output_tokens=usage and usage.output_tokens,
            cost=usage and usage.cost,
        )
        if usage is None:
            return
        name = answer.model or answer.source
        before = self.totals.get(name, answers.Usage())
        costs = [each for each in (before.cost, usage.cost) if each is not None]
        self.totals[name] = answers.Usage(
            input_tokens=before.input_tokens + usage.input_tokens,
            output_tokens=before.output_tokens + usage.output_tokens,
            cost=sum(costs) if costs else None,
        )

    async def off(self) -> bool:
        """Whether there is nobody to ask: documents alone, and none were given."""
        return (await self._answerer.ready()).state == "off"

    async def _publish_state(self, live: LiveTurn, locale: str) -> None:
        readiness = await self._answerer.ready()
        state: Literal["answering"] | chat.AnswerState = (
            "answering" if readiness.ready else readiness.state
        )
        live.source = readiness.source
        live.publish(
            "status",
            chat.StatusEvent(
                state=state,
                source=readiness.source,
                line=readiness.line(locale) or chat.line("answering", locale),
                progress=readiness.progress,
            ),
        )


def _question(
    event: Mapping[str, Any], recalled: Recalled, model_context: ModelContext | None
) -> answers.Question:
    """The question that a code hook's event holds, with no more time than an answerer's own."""
    question = answers.Question(
        text=recalled.mask.text(event["inputTranscript"]),
        history=_history(recalled, model_context),
        locale=event["bot"]["localeId"],
        session_id=event["sessionId"],
        bot_id=event["bot"]["id"],
        bot_name=event["bot"]["name"],
    )
    if model_context is None:
        return question
    return question._replace(
        instructions=model_context.instructions,
        max_tokens=model_context.max_tokens,
        sampling=model_context.sampling,
    )


def _history(
    recalled: Recalled, model_context: ModelContext | None
) -> tuple[answers.PastMessage, ...]:
    """The conversation as the client has it, else as it was recorded."""
    if model_context is None or model_context.history is None:
        return recalled.history
    mask = recalled.mask
    return tuple(each._replace(text=mask.text(each.text)) for each in model_context.history)


async def _until_stopped(
    stream: AsyncIterator[str | answers.StartOver | answers.Answer],
    publish: Callable[[str | answers.StartOver], None],
    live: LiveTurn | None,
) -> answers.Answer | None:
    """The whole answer, or ``None`` if the person stopped it first."""

    async def listen() -> answers.Answer | None:
        gave_way = time.perf_counter()
        async with aclosing(stream) as pieces:  # type: ignore[type-var]
            async for piece in pieces:
                if isinstance(piece, answers.Answer):
                    return piece
                publish(piece)
                # A packet may bring thousands of them.
                if time.perf_counter() - gave_way > _PIECES_SECONDS:
                    await asyncio.sleep(0)
                    gave_way = time.perf_counter()
        return None

    if live is None:
        return await listen()
    listening = asyncio.ensure_future(listen())
    stopping = asyncio.ensure_future(live.stopped.wait())
    try:
        await asyncio.wait({listening, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if listening.done():
            return listening.result()
        return None
    finally:
        stopping.cancel()
        listening.cancel()
        await asyncio.gather(listening, stopping, return_exceptions=True)
