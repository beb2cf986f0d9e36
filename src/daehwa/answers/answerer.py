"""Something that answers what the bot did not understand: the port to a model."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol, Self

from daehwa.answers.values import Answer, AnswerSource, Question, StartOver

if TYPE_CHECKING:
    from types import TracebackType

    from daehwa.answers.errors import AnswerError

ReadinessState = Literal["ready", "loading", "downloading", "missing", "failed", "off"]


class Readiness(NamedTuple):
    """Whether an answerer can answer now, for a probe or the page.

    ``progress`` (0 to 1) is there while weights are coming; ``error`` says why it cannot, and
    ``contacted`` that the upstream was asked. ``passes_on`` says that it answers some questions,
    and leaves the others to the next.
    """

    state: ReadinessState
    source: AnswerSource
    model: str | None = None
    progress: float | None = None
    error: AnswerError | None = None
    contacted: bool = False
    passes_on: bool = False

    @property
    def ready(self) -> bool:
        """Whether a question sent now gets an answer."""
        return self.state == "ready"

    def line(self, locale: str) -> str | None:
        """Give the line about it to show to a person, or ``None`` when nothing is wrong."""
        return None if self.error is None else self.error.line(locale)


class Answerer(Protocol):
    """Something that answers what the bot did not understand.

    It is used within its context. Entering it begins what takes long (weights, a child
    process) in the background, and returns; leaving it gives back connections and processes.

    Raises:
        AnswerError: there is no answer; after the first piece of a stream a failure ends the
            answer as ``incomplete`` instead.
    """

    async def __aenter__(self) -> Self:
        """Begin what takes long in the background, and return."""
        ...

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Give back connections and processes."""
        ...

    @property
    def name(self) -> str:
        """The name in configuration, logs and metrics."""
        ...

    async def answer(self, question: Question) -> Answer:
        """Answer as a whole."""
        ...

    def stream(self, question: Question) -> AsyncIterator[str | StartOver | Answer]:
        """Yield pieces of the text as they come, then the ``Answer``.

        ``StartOver`` voids the pieces before it. Closing the iterator (``aclose``) or
        cancelling its task stops the upstream at once.
        """
        ...

    async def ready(self) -> Readiness:
        """Report whether it can answer, without a request: cheap enough for every probe."""
        ...

    async def examine(self) -> tuple[Readiness, ...]:
        """Try what it needs, for ``daehwa doctor``; one for each model, within 10 s.

        Nothing is fetched or started for good; a remote model is asked for one token.
        """
        ...
