"""Several answerers in an order."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from typing import Any

from daehwa.answers.answerer import Answerer, Readiness
from daehwa.answers.answerer_group import AnswererGroup
from daehwa.answers.call import DEADLINE, Clock
from daehwa.answers.errors import AnswerError
from daehwa.answers.values import Answer, Question, StartOver

# Of the time that is left, what an answerer may take to begin while another stands behind.
_SHARE = 0.6


class Chain(AnswererGroup):
    """Asks answerers in their order until one begins to answer.

    Whoever has another behind it gets a part of the time and no retries. After the first
    piece there is no way back: that answerer's answer stands, even when it ends incomplete.
    What a moderation check decides is final. When all fail, the first one's error is raised,
    because it is the one that was meant to answer.
    """

    def __init__(
        self,
        answerers: Sequence[Answerer],
        *,
        deadline: float = DEADLINE,
        clock: Clock = time.monotonic,
    ) -> None:
        if not answerers:
            raise ValueError("a chain needs an answerer")
        super().__init__(answerers)
        self._deadline = deadline
        self._clock = clock

    @property
    def name(self) -> str:
        """The names of its answerers, in order."""
        return "+".join(answerer.name for answerer in self._answerers)

    @property
    def answerers(self) -> tuple[Answerer, ...]:
        """Its answerers, in order."""
        return self._answerers

    async def answer(self, question: Question) -> Answer:
        """Answer as a whole.

        Raises:
            AnswerError: none can; it is the first answerer's.
        """
        errors: list[tuple[str, AnswerError]] = []
        for answerer in self._answerers:
            timed = self._share_time(question, answerer)
            try:
                answer = await answerer.answer(timed)
            except AnswerError as error:
                if error.final:
                    raise
                errors.append((answerer.name, error))
            else:
                return answer
        raise _first(errors)

    async def stream(self, question: Question) -> AsyncGenerator[str | StartOver | Answer]:
        """Stream the answer of the first that begins one.

        Where nobody sees the pieces, the next takes over from one that broke off, too.

        Raises:
            AnswerError: none does; it is the first answerer's.
        """
        errors: list[tuple[str, AnswerError]] = []
        for answerer in self._answerers:
            timed = self._share_time(question, answerer)
            pieces: Any = answerer.stream(timed)
            begun = False
            async with aclosing(pieces):
                try:
                    async for piece in pieces:
                        begun = True
                        yield piece
                except AnswerError as error:
                    if error.final:
                        raise
                    errors.append((answerer.name, error))
                else:
                    return
            if begun:
                yield StartOver()
        partial = next((error.partial for _, error in errors if error.partial is not None), None)
        if partial is None:
            raise _first(errors)
        yield partial.text
        yield partial

    async def ready(self) -> Readiness:
        """Report the first that is ready, else the first; those that may pass on come last."""
        states = [await answerer.ready() for answerer in self._answerers]
        wanted = [state for state in states if state.state != "off"] or states
        wanted.sort(key=lambda state: (not state.ready, state.passes_on))
        return wanted[0]

    async def examine(self) -> tuple[Readiness, ...]:
        """Try what each needs, in order."""
        states = await asyncio.gather(*(answerer.examine() for answerer in self._answerers))
        return tuple([one for each in states for one in each])

    def _share_time(self, question: Question, answerer: Answerer) -> Question:
        """Share out the time: whoever has another behind it gets a part."""
        if answerer is self._answerers[-1]:
            return question
        now = self._clock()
        until = now + self._deadline if question.deadline is None else question.deadline
        if question.first_by is not None:
            until = min(until, question.first_by)
        return question._replace(first_by=now + (until - now) * _SHARE, failover=True)


def _first(errors: list[tuple[str, AnswerError]]) -> AnswerError:
    # Who had nothing to say has not failed.
    (_, first), *others = [one for one in errors if not one[1].silent] or errors
    for name, error in others:
        first.add_note(f"{name}: {error.message}")
    return first
