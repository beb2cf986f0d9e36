"""What a bot's search intent searches: the service that it names, where the configuration has it.

A bot names an index by its ARN or address, and anybody who may make bots may name any. So an index
is searched, with this machine's credentials, only if ``[[searches]]`` lists it; all other intents
search the documents of the data folder.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Self

import structlog

from daehwa import answers, dialog, documents, hooks
from daehwa.conversation.library_search import (
    LibrarySearch,
    kendra_outcome,
    outcome_of,
    query_filter,
    search_question,
)
from daehwa.conversation.search_service import SearchOutcome

_log = structlog.get_logger(__name__)


class BotSearch:
    """Asks the service of ``services`` that a search intent names, else ``library``.

    ``answerer`` answers for QnAIntent, from whichever it is; with ``redact`` no card, phone or
    resident number goes to a service.
    """

    def __init__(
        self,
        library: LibrarySearch,
        answerer: answers.Answerer,
        services: Sequence[answers.ServiceSearch],
        *,
        redact: bool = False,
    ) -> None:
        self._library = library
        self._answerer = answerer
        self._services = tuple(services)
        self._redact = redact

    async def __aenter__(self) -> Self:
        """Enter the context of the library and of the answerer."""
        await self._library.__aenter__()
        return self

    async def __aexit__(self, *error: object) -> None:
        """Leave it."""
        await self._library.__aexit__(*error)

    async def search(self, call: dialog.HookCall, bot: hooks.BotReference) -> SearchOutcome | None:
        """The answer to a call's transcript; ``None`` where nothing was found."""
        configuration = call.configuration or {}
        service = next(
            (one for one in self._services if one.setting.is_named_by(configuration)), None
        )
        if service is None:
            return await self._library.search(call, bot)
        try:
            if call.kind == "QnA":
                return await self._answer(call, bot, service)
            return await self._query(call, bot, service)
        except answers.AnswerError:
            return None  # it is in the log
        except documents.DocumentError as error:
            _log.error("search_failed", bot=bot.id, search=service.name, error=str(error))
            return None

    async def _query(
        self, call: dialog.HookCall, bot: hooks.BotReference, service: answers.ServiceSearch
    ) -> SearchOutcome | None:
        """Kendra's response, whole: Lex gives the bot's messages and its hook all of it."""
        response = await service.query(
            documents.SearchRequest(
                question=answers.redacted(call.transcript) if self._redact else call.transcript,
                locale=bot.locale_id,
                attribute_filter=_kendra_filter(query_filter(call)),
            )
        )
        if not response or not response.get("ResultItems"):
            return None
        return kendra_outcome(response)

    async def _answer(
        self, call: dialog.HookCall, bot: hooks.BotReference, service: answers.ServiceSearch
    ) -> SearchOutcome | None:
        question = search_question(call, bot, _order(service.name, call))
        return outcome_of(await self._answerer.answer(question))


def _order(name: str, call: dialog.HookCall) -> answers.SearchOrder:
    """How a QnAIntent wants to be answered."""
    source = (call.configuration or {}).get("dataSourceConfiguration") or {}
    part: Mapping[str, Any] = next((part for part in source.values() if isinstance(part, dict)), {})
    exact = bool(part.get("exactResponse"))
    named = part.get("exactResponseFields") or {}
    return answers.SearchOrder(
        source=name,
        exact=exact,
        attribute_filter=_kendra_filter(query_filter(call)),
        question_field=named.get("questionField") if exact else None,
        answer_field=named.get("answerField") if exact else None,
        fields=() if exact else tuple(part.get("includeFields") or ()),
    )


def _kendra_filter(text: str | None) -> dict[str, Any] | None:
    return None if text is None else documents.read_filter(text).members()
