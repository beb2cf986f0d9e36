"""``AnswererGroup``: several answerers whose contexts are one."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AsyncExitStack
from typing import Self

from daehwa.answers.answerer import Answerer


class AnswererGroup:
    """The answerers that another one is made of, entered and left together."""

    def __init__(self, answerers: Iterable[Answerer]) -> None:
        self._answerers = tuple(answerers)
        self._entered = AsyncExitStack()

    async def __aenter__(self) -> Self:
        """Enter all, so that one that is slow to start is there when it is needed."""
        async with AsyncExitStack() as stack:
            for answerer in self._answerers:
                await stack.enter_async_context(answerer)
            self._entered = stack.pop_all()
        return self

    async def __aexit__(self, *_: object) -> None:
        """Leave all, the last one first."""
        await self._entered.aclose()
