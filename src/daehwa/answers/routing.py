"""Which answerers are asked, by bot and locale."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any

from daehwa.answers.answerer import Answerer, Readiness
from daehwa.answers.answerer_group import AnswererGroup
from daehwa.answers.errors import NobodyAnswers
from daehwa.answers.values import Answer, Question, StartOver

_ANY = "*"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRoute:
    """Who answers the questions of a bot (its name or id) and a locale; ``*`` stands for any.

    Without an ``answerer`` nobody does; with ``inherits`` whoever would without the route.
    ``system`` is the template of the system prompt.
    """

    bot: str = _ANY
    locale: str = _ANY
    answerer: Answerer | None = None
    inherits: bool = False
    system: str | None = None

    def fits(self, question: Question) -> int:
        """How closely it fits, 0 for not at all: a bot's name weighs more than a locale."""
        names = (question.bot_id, "" if question.profile is None else question.profile.name)
        if self.bot not in (_ANY, *names) or self.locale not in (_ANY, question.locale):
            return 0
        return 1 + 2 * (self.bot != _ANY) + (self.locale != _ANY)


class AnswerRouter(AnswererGroup):
    """Asks whom the closest route names, else ``default``.

    ``answerers`` are all that any route asks, directly or in a chain: each is entered once.
    """

    def __init__(
        self,
        default: Answerer | None,
        routes: Sequence[AnswerRoute],
        answerers: Sequence[Answerer],
    ) -> None:
        self._default = default
        self._routes = tuple(routes)
        super().__init__(answerers)

    @property
    def name(self) -> str:
        """The name of whoever answers where no route says otherwise."""
        return "none" if self._default is None else self._default.name

    async def answer(self, question: Question) -> Answer:
        """Answer as a whole.

        Raises:
            AnswerError: there is no answer.
        """
        answerer, routed = self._route(question)
        return await answerer.answer(routed)

    async def stream(self, question: Question) -> AsyncGenerator[str | StartOver | Answer]:
        """Stream the answer.

        Raises:
            AnswerError: there is none.
        """
        answerer, routed = self._route(question)
        pieces: Any = answerer.stream(routed)
        async with aclosing(pieces):
            async for piece in pieces:
                yield piece

    async def ready(self) -> Readiness:
        """Report on whoever answers where no route says otherwise."""
        if self._default is None:
            return Readiness(state="off", source="none")
        return await self._default.ready()

    async def examine(self) -> tuple[Readiness, ...]:
        """Try what each needs, at once."""
        states = await asyncio.gather(*(each.examine() for each in self._answerers))
        return tuple(one for each in states for one in each)

    def _route(self, question: Question) -> tuple[Answerer, Question]:
        answerer = self._default
        fitting = [route for route in self._routes if route.fits(question)]
        # From the loosest to the closest, each says what it has to say.
        for route in sorted(fitting, key=lambda each: each.fits(question)):
            if not route.inherits:
                answerer = route.answerer
            if route.system is not None:
                question = question._replace(system=route.system)
        if answerer is None:
            raise NobodyAnswers("The configuration names no answerer for this bot and locale.")
        return answerer, question
