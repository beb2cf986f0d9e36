"""What an answerer around another one passes on: its lifetime, its name, how it stands."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from daehwa.answers.answerer import Answerer, Readiness


class Wrapping:
    """Wraps ``answerer``; subclasses decide how questions and answers pass through."""

    def __init__(self, answerer: Answerer) -> None:
        self._answerer = answerer

    async def __aenter__(self) -> Self:
        """Enter the answerer."""
        await self._answerer.__aenter__()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Leave the answerer."""
        await self._answerer.__aexit__(kind, error, trace)

    @property
    def name(self) -> str:
        """The answerer's name."""
        return self._answerer.name

    async def ready(self) -> Readiness:
        """Report how the answerer stands."""
        return await self._answerer.ready()

    async def examine(self) -> tuple[Readiness, ...]:
        """Try what the answerer needs."""
        return await self._answerer.examine()
