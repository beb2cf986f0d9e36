"""The answerer as the bot's hook: what FallbackIntent calls when no Lambda is configured."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing
from typing import Any, Literal

import msgspec

from daehwa import answers, chat
from daehwa.conversation.live import LiveTurn

# How much of the conversation a model gets, in exchanges; its own budget cuts it further.
HISTORY_TURNS = 12

# An answer that is watched as it comes has to begin by the deadline, and may go on for this
# many times as long.
_WATCHED = 6


def longest_answer(seconds: float) -> float:
    """How long an answer may take that is watched as it comes, in seconds.

    ``seconds`` is the deadline of one that comes whole.
    """
    return seconds * _WATCHED


class Spoken(msgspec.Struct, frozen=True, kw_only=True):
    """What the answerer said: the text, whose words they are, and what to tell beside them.

    ``stopped`` marks an answer that the person stopped; ``error`` is why there is none.
    """

    text: str
    source: str
    model: str | None = None
    incomplete: bool = False
    stopped: bool = False
    notice: str | None = None
    error: answers.AnswerError | None = None
    sources: tuple[answers.SourcePassage, ...] = ()

    @property
    def silent(self) -> bool:
        """Whether it is as if nobody had been asked: the documents do not hold the answer."""
        return self.error is not None and self.error.silent


class Answering:
    """Asks the answerer within a turn, telling whoever watches the turn as the words come.

    ``seconds`` is the deadline of an answer; one that is watched as it comes has to begin by
    then, and takes ``longest_answer`` at the most.
    """

    def __init__(self, answerer: answers.Answerer, seconds: float) -> None:
        self._answerer = answerer
        self._seconds = seconds

    @property
    def answerer(self) -> answers.Answerer:
        """Who answers."""
        return self._answerer

    async def ask(
        self,
        event: dict[str, Any],
        history: tuple[answers.PastMessage, ...],
        live: LiveTurn | None,
    ) -> Spoken:
        """Answer the event of a code hook, the Lex Lambda contract's, as far as it is let.

        Never raises for an upstream's failure: the person gets a line that says what is
        wrong, and the bot's own intents go on working.
        """
        locale = event["bot"]["localeId"]
        now = time.monotonic()
        watched = live is not None and live.watched
        question = answers.Question(
            text=event["inputTranscript"],
            history=history,
            locale=locale,
            session_id=event["sessionId"],
            bot_id=event["bot"]["id"],
            bot_name=event["bot"]["name"],
            deadline=now + (longest_answer(self._seconds) if watched else self._seconds),
            first_by=now + self._seconds if watched else None,
        )
        if live is not None:
            await self._publish_state(live, locale)
        pieces: list[str] = []

        def publish(piece: str) -> None:
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
                incomplete=True,
                stopped=True,
            )
        return Spoken(
            text=answer.text or chat.line("no_words", locale),
            source=answer.source,
            model=answer.model,
            incomplete=answer.incomplete,
            notice=answer.notice,
            sources=answer.sources,
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


async def _until_stopped(
    stream: AsyncIterator[str | answers.Answer],
    publish: Callable[[str], None],
    live: LiveTurn | None,
) -> answers.Answer | None:
    """The whole answer, or ``None`` if the person stopped it first."""

    async def listen() -> answers.Answer | None:
        async with aclosing(stream) as pieces:  # type: ignore[type-var]
            async for piece in pieces:
                if isinstance(piece, answers.Answer):
                    return piece
                publish(piece)
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
