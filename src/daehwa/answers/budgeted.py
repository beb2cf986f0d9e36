"""An answerer that costs money, within the budget of a day."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any, Protocol

from daehwa.answers.answerer import Answerer
from daehwa.answers.errors import BudgetSpent, CircuitOpen
from daehwa.answers.past import tokens
from daehwa.answers.values import Answer, Question, StartOver
from daehwa.answers.wrapping import Wrapping

# What the system prompt and the roles of the messages take, about.
_PROMPT_TOKENS = 200


class Budget(Protocol):
    """Counts calls and tokens, by bot; ``limits.DailyBudget`` is one."""

    async def take(self, bot_id: str) -> bool:
        """Count a call that is about to be made.

        Returns:
            Whether the budget allows it.
        """
        ...

    async def give_back(self, bot_id: str) -> None:
        """Take back a call that was not made."""
        ...

    async def record(self, bot_id: str, tokens: int) -> None:
        """Count the tokens of an answer."""
        ...


class Budgeted(Wrapping):
    """Asks ``answerer`` while ``budget`` lasts; then a ``Chain`` goes on to the next one.

    Tokens are those that the upstream reports; where it reports none they are estimated.
    """

    def __init__(self, answerer: Answerer, budget: Budget) -> None:
        super().__init__(answerer)
        self._budget = budget

    async def answer(self, question: Question) -> Answer:
        """Answer as a whole.

        Raises:
            BudgetSpent: no more questions can be answered today.
            AnswerError: as the answerer's.
        """
        await self._take(question)
        try:
            answer = await self._answerer.answer(question)
        except CircuitOpen:
            await self._budget.give_back(question.bot_id)
            raise
        await self._record(question, answer.text, answer.tokens)
        return answer

    async def stream(self, question: Question) -> AsyncGenerator[str | StartOver | Answer]:
        """Stream the answer; of one that is stopped, the part that arrived counts.

        Raises:
            BudgetSpent: no more questions can be answered today.
            AnswerError: as the answerer's.
        """
        await self._take(question)
        pieces: Any = self._answerer.stream(question)
        text: list[str] = []
        counted: int | None = None
        try:
            async with aclosing(pieces):
                async for piece in pieces:
                    if isinstance(piece, Answer):
                        counted = piece.tokens
                    elif isinstance(piece, str):
                        # Words that are void in the end were made all the same.
                        text.append(piece)
                    yield piece
        except CircuitOpen:
            # Nothing was sent.
            await self._budget.give_back(question.bot_id)
            raise
        finally:
            if text:
                await self._record(question, "".join(text), counted)

    async def _take(self, question: Question) -> None:
        if not await self._budget.take(question.bot_id):
            raise BudgetSpent("Today's budget for language models is used up.")

    async def _record(self, question: Question, text: str, counted: int | None) -> None:
        if counted is None:
            past = sum(tokens(message.text) for message in question.history)
            counted = _PROMPT_TOKENS + past + tokens(question.text) + tokens(text)
        await self._budget.record(question.bot_id, counted)
