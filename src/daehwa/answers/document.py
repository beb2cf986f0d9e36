"""``Documents``: answers from a team's documents, in their words or in a model's.

Where a model is configured, it composes the answer from the passages, with numbered citations. The
passages are data, whatever is written in them: they stand in a fence whose mark no document can
know, in the person's turn and not in the system's, beneath rules that say so.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import AsyncExitStack, aclosing
from typing import Any, Final, Self

import structlog

from daehwa import documents
from daehwa.answers import followups
from daehwa.answers.answerer import Answerer, Readiness
from daehwa.answers.budgeted import Budget, Budgeted
from daehwa.answers.composing import (
    NAME,
    PASSAGES,
    SYSTEM,
    WORTH,
    TrueCitations,
    composed_answer,
    composed_text,
)
from daehwa.answers.errors import AnswerError, NothingFound
from daehwa.answers.service_search import ServiceSearch
from daehwa.answers.source_passages import SearchOrder, SourcePassage
from daehwa.answers.values import Answer, Question, StartOver

_log = structlog.get_logger(__name__)

_SHOWN: Final = 3


class Documents:
    """Answers from the library; silent if no passage is likely enough to contain the answer.

    ``composer`` is a model that composes the answer; it gets ``SYSTEM`` as its system prompt.
    Without one, or where it fails before its first word, the best passage is the answer. It also
    rewrites follow-ups. ``services`` are searched beside the library, at once with it.
    """

    name = NAME

    def __init__(
        self,
        library: documents.Library,
        composer: Answerer | None = None,
        *,
        enough: float = documents.ENOUGH,
        services: Sequence[ServiceSearch] = (),
    ) -> None:
        self._library = library
        self._services = tuple(services)
        self._composer = composer
        self._enough = enough
        self._entered = AsyncExitStack()

    def within(self, budget: Budget) -> Documents:
        """The same, with what its model composes counted in ``budget``."""
        if self._composer is None:
            return self
        return Documents(
            self._library,
            Budgeted(self._composer, budget),
            enough=self._enough,
            services=self._services,
        )

    async def __aenter__(self) -> Self:
        """Enter the model's context, if there is one."""
        async with AsyncExitStack() as stack:
            if self._composer is not None:
                await stack.enter_async_context(self._composer)
            stack.callback(self._library.close)
            self._entered = stack.pop_all()
        return self

    async def __aexit__(self, *_: object) -> None:
        """Release the library's files and the model's connections."""
        await self._entered.aclose()

    async def answer(self, question: Question) -> Answer:
        """Answer as a whole.

        Raises:
            NothingFound: no passage is likely enough to hold the answer.
        """
        async with aclosing(self.stream(question)) as pieces:
            async for piece in pieces:
                if isinstance(piece, Answer):
                    return piece
        raise NothingFound("The stream ended without an answer.")

    async def stream(self, question: Question) -> AsyncGenerator[Any]:
        """Yield pieces of the text as they come, then the ``Answer``.

        Raises:
            NothingFound: before any piece.
        """
        if question.model_alone:
            raise NothingFound("No passage is asked for, but a language model.")
        hits = await self._search(question)
        if self._composer is not None and not (question.search and question.search.exact):
            least = min(WORTH, self._enough)
            passages = _numbered([hit for hit in hits if hit.confidence >= least][:PASSAGES])
            composed = question._replace(
                text=composed_text(question.text, passages),
                system=SYSTEM,
                failover=True,
            )
            stream: Any = self._composer.stream(composed)
            async with aclosing(_composed_pieces(stream, passages)) as pieces:
                begun = False
                try:
                    async for piece in pieces:
                        begun = True
                        yield piece
                except AnswerError:
                    if begun:
                        raise
                else:
                    return
        passages = _numbered([hit for hit in hits if hit.confidence >= self._enough][:_SHOWN])
        text = passages[0].text
        yield text
        yield Answer(text=text, source=NAME, sources=passages)

    async def ready(self) -> Readiness:
        """Report whether there are documents, or services that may hold some."""
        held = self._services or (self._library.begun and await asyncio.to_thread(self._present))
        if not held:
            return Readiness(state="off", source="none")
        return Readiness(state="ready", source=NAME, passes_on=True)

    async def examine(self) -> tuple[Readiness, ...]:
        """Report that there are documents, or nothing; try each service."""
        now = await self.ready()
        states = await asyncio.gather(*(service.examine() for service in self._services))
        return (*((now,) if now.ready else ()), *states)

    def _present(self) -> bool:
        try:
            return self._library.present
        except documents.DocumentError:
            return False

    async def _search(self, question: Question) -> list[documents.Hit]:
        """The passages; the first of them is likely enough."""
        order = question.search or SearchOrder()
        services = [service for service in self._services if _is_wanted(service, question, order)]
        begun = order.source is None and self._library.begun
        if not begun and not services:
            raise NothingFound("Nothing was indexed.")
        if self._composer is None:
            texts = followups.standing_alone(question.text, question.history)
        else:
            texts = await followups.rewritten(question, self._composer)
        searches = [self._ask_service(service, texts, question, order) for service in services]
        if begun:
            searches.append(self._search_library(texts, question))
        results = await asyncio.gather(*searches)
        best = sorted((hit for hits in results for hit in hits), key=lambda hit: -hit.confidence)
        if not best or best[0].confidence < self._enough:
            raise NothingFound("No passage is likely enough to hold the answer.")
        return best

    async def _search_library(
        self, texts: Sequence[str], question: Question
    ) -> list[documents.Hit]:
        filtering = documents.Filtering(
            bots=frozenset(filter(None, (question.bot_id, question.bot_name))),
            locale=question.locale,
        )
        best: list[documents.Hit] = []
        try:
            for text in texts:
                hits = await asyncio.to_thread(self._library.search, text, filtering)
                if hits and (not best or hits[0].confidence > best[0].confidence):
                    best = hits
        except documents.DocumentError as error:
            _log.error("documents_not_searched", error=str(error))
        return best

    async def _ask_service(
        self,
        service: ServiceSearch,
        texts: Sequence[str],
        question: Question,
        order: SearchOrder,
    ) -> list[documents.Hit]:
        """The surest of what a service returns for each of ``texts``, which it gets at once."""
        results = await asyncio.gather(
            *(self._ask_service_for(text, service, question, order) for text in texts)
        )
        return max(results, key=lambda hits: max((hit.confidence for hit in hits), default=0.0))

    async def _ask_service_for(
        self, text: str, service: ServiceSearch, question: Question, order: SearchOrder
    ) -> list[documents.Hit]:
        """What a service returns for a text; nothing where it fails."""
        request = documents.SearchRequest(
            question=text,
            locale=question.locale,
            most=PASSAGES,
            attribute_filter=order.attribute_filter,
            question_field=order.question_field,
            answer_field=order.answer_field,
            fields=order.fields,
        )
        try:
            return await service.search(request, request_id=question.request_id)
        except AnswerError:
            return []  # it is in the log


def _is_wanted(service: ServiceSearch, question: Question, order: SearchOrder) -> bool:
    if order.source is not None:
        return service.name == order.source
    return service.admits(question.bot_id, question.bot_name, question.locale)


async def _composed_pieces(
    pieces: AsyncGenerator[Any], passages: Sequence[SourcePassage]
) -> AsyncGenerator[Any]:
    """A model's pieces and answer, with citations of ``passages`` alone."""
    citations = TrueCitations(passages)
    async with aclosing(pieces):
        try:
            async for piece in pieces:
                if isinstance(piece, Answer):
                    if rest := citations.rest():
                        yield rest
                    yield composed_answer(piece, passages)
                elif isinstance(piece, StartOver):
                    citations = TrueCitations(passages)
                    yield piece
                elif text := citations.text(piece):
                    yield text
        except AnswerError:
            if rest := citations.rest():
                yield rest
            raise


def _numbered(hits: Sequence[documents.Hit]) -> tuple[SourcePassage, ...]:
    sources = []
    for number, hit in enumerate(hits, start=1):
        link, file = documents.split_link(hit.link)
        sources.append(
            SourcePassage(
                number=number,
                title=hit.title,
                heading=_below(hit),
                link=link,
                file=file,
                text=hit.text,
            )
        )
    return tuple(sources)


def _below(hit: documents.Hit) -> str | None:
    """The heading without the document's title before it."""
    heading = hit.question or hit.heading
    return heading.removeprefix(hit.title).removeprefix(" > ") or None
