"""Our documents behind a bot's search intents, with Lex's request attributes.

Source: "AMAZON.KendraSearchIntent" and "AMAZON.QnAIntent" in Lex's developer guide: up to five
results of each kind, numbered from 1; ``queryFilterString`` with ``((request attribute))`` and
``[session attribute]`` in it; a Lambda's ``kendraQueryFilterString`` goes before it.
"""

from __future__ import annotations

import asyncio
import re
from contextlib import AsyncExitStack
from typing import Any, Final, Self

import msgspec
import structlog

from daehwa import answers, dialog, documents, hooks
from daehwa.conversation.document_folder import DocumentFolder
from daehwa.conversation.search_service import SearchOutcome

_MOST: Final = 5
_FIRST_COPY_SECONDS: Final = 5.0
_PREFIX: Final = "x-amz-lex:kendra-search-response-"
_FILTER: Final = "kendraQueryFilterString"
_PLACEHOLDER: Final = re.compile(r"\(\(([^()]+)\)\)|\[([^\[\]\"]+)\]")
_log = structlog.get_logger(__name__)


class LibrarySearch:
    """Searches the library of a data folder through its index.

    ``answerer`` answers for QnAIntent; it composes where a model is configured to. Where ``folder``
    has a copy of a library that machines share, it is kept up to date within the context.
    """

    def __init__(
        self,
        index: documents.KendraIndex,
        answerer: answers.Answerer,
        folder: DocumentFolder | None = None,
    ) -> None:
        self._index = index
        self._answerer = answerer
        self._folder = folder
        self._entered = AsyncExitStack()

    async def __aenter__(self) -> Self:
        """Enter the answerer's context, and begin to copy what is shared."""
        async with AsyncExitStack() as stack:
            stack.callback(self._index.close)
            await stack.enter_async_context(self._answerer)
            if self._folder is not None and self._folder.shared is not None:
                stack.callback(self._folder.close)
                copying = stack.enter_context(documents.Copying(self._folder.shared))
                # Most often it is there at once; a large one comes while others answer.
                await asyncio.to_thread(copying.wait, _FIRST_COPY_SECONDS)
            self._entered = stack.pop_all()
        return self

    async def __aexit__(self, *error: object) -> None:
        """Release the library and the answerer."""
        await self._entered.aclose()

    async def search(self, call: dialog.HookCall, bot: hooks.BotReference) -> SearchOutcome | None:
        """The answer of the documents; ``None`` where they do not hold one."""
        try:
            if call.kind == "QnA":
                return await self._generate(call, bot)
            return await asyncio.to_thread(self._query, call, bot)
        except documents.DocumentError as error:
            _log.error("search_failed", bot=bot.id, error=str(error))
            return None

    async def _generate(
        self, call: dialog.HookCall, bot: hooks.BotReference
    ) -> SearchOutcome | None:
        question = search_question(call, bot, answers.SearchOrder(exact=_wants_exact(call)))
        try:
            return outcome_of(await self._answerer.answer(question))
        except answers.AnswerError:
            return None

    def _query(self, call: dialog.HookCall, bot: hooks.BotReference) -> SearchOutcome | None:
        response = self._index.search_for_bot(
            call.transcript,
            documents.Filtering(bots=frozenset((bot.id, bot.name)), locale=bot.locale_id),
            query_filter(call),
        )
        return None if response is None else kendra_outcome(response.members())


def search_question(
    call: dialog.HookCall, bot: hooks.BotReference, order: answers.SearchOrder
) -> answers.Question:
    """What a QnAIntent's call asks an answerer, to be searched for as ``order`` says."""
    return answers.Question(
        text=call.transcript,
        locale=bot.locale_id,
        bot_id=bot.id,
        bot_name=bot.name,
        search=order,
    )


def outcome_of(answer: answers.Answer) -> SearchOutcome | None:
    """A QnAIntent's answer, and where it is from; ``None`` where it has no source.

    A model says in such an answer that the passages do not hold what was searched for.
    """
    if not answer.sources:
        return None
    first = answer.sources[0]
    source = first.link or first.file or first.title
    return SearchOutcome(
        answer=dialog.SearchResult(text=answer.text, source=source), sources=answer.sources
    )


def kendra_outcome(response: dict[str, Any]) -> SearchOutcome:
    """A KendraSearchIntent's answer out of Kendra's response to a query, which has results."""
    first = response["ResultItems"][0]
    return SearchOutcome(
        answer=dialog.SearchResult(
            text=_member(first, "DocumentExcerpt"),
            source=first.get("DocumentURI"),
            attributes=dict(_attributes(response["ResultItems"])),
            kendra_response=response,
        ),
        sources=tuple(_sources(response["ResultItems"][:1])),
    )


def _wants_exact(call: dialog.HookCall) -> bool:
    """Whether a QnAIntent wants the answer as it stands in its source."""
    source = (call.configuration or {}).get("dataSourceConfiguration") or {}
    return any(isinstance(part, dict) and part.get("exactResponse") for part in source.values())


def query_filter(call: dialog.HookCall) -> str | None:
    """The filter of the intent, or of a code hook before it, with its placeholders filled."""
    session = call.session_state.session_attributes or {}
    given = call.request_attributes.get(_FILTER) or session.get(_FILTER)
    configuration = call.configuration or {}
    source = configuration.get("dataSourceConfiguration") or {}
    configuration = source.get("kendraConfiguration") or configuration
    if given is None and configuration.get("queryFilterStringEnabled"):
        given = configuration.get("queryFilterString")
    if not given:
        return None

    def fill(place: re.Match[str]) -> str:
        name = place[1] or place[2]
        value = (call.request_attributes if place[1] else session).get(name)
        return place[0] if value is None else msgspec.json.encode(value).decode()[1:-1]

    return _PLACEHOLDER.sub(fill, str(given))


def _attributes(items: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Lex's request attributes of a response: five of each kind at most."""
    named: list[tuple[str, str]] = []
    for kind, parts in (
        ("ANSWER", {"answer-{}": "DocumentExcerpt", "answer-link-{}": "DocumentURI"}),
        ("DOCUMENT", {"document-{}": "DocumentExcerpt", "document-link-{}": "DocumentURI"}),
        (
            "QUESTION_ANSWER",
            {
                "question_answer-question-{}": "QuestionText",
                "question_answer-answer-{}": "AnswerText",
            },
        ),
    ):
        chosen = [item for item in items if item.get("Type") == kind][:_MOST]
        for number, item in enumerate(chosen, start=1):
            for name, member in parts.items():
                text = _member(item, member)
                if text:
                    named.append((_PREFIX + name.format(number), text))
    return named


def _member(item: dict[str, Any], name: str) -> str:
    if name == "DocumentURI":
        return str(item.get(name) or "")
    if name in ("DocumentExcerpt", "DocumentTitle"):
        return str((item.get(name) or {}).get("Text") or "")
    return next(
        (
            str(one["Value"]["TextWithHighlightsValue"]["Text"])
            for one in item.get("AdditionalAttributes", ())
            if one["Key"] == name
        ),
        "",
    )


def _sources(items: list[dict[str, Any]]) -> list[answers.SourcePassage]:
    sources = []
    for number, item in enumerate(items, start=1):
        link, file = documents.split_link(item.get("DocumentURI"))
        sources.append(
            answers.SourcePassage(
                number=number,
                title=_member(item, "DocumentTitle"),
                text=_member(item, "DocumentExcerpt"),
                link=link,
                file=file,
            )
        )
    return sources
