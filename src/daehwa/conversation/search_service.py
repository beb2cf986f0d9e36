"""The port to what a bot's search intents search: our documents, or a service of AWS."""

from __future__ import annotations

from typing import Protocol, Self

import msgspec

from daehwa import answers, dialog, hooks


class SearchOutcome(msgspec.Struct, frozen=True, kw_only=True):
    """What a search returned: the intent's answer, and the passages it is from."""

    answer: dialog.SearchResult
    sources: tuple[answers.SourcePassage, ...] = ()


class SearchService(Protocol):
    """Searches for KendraSearchIntent and QnAIntent; used within its context."""

    async def __aenter__(self) -> Self:
        """Begin what takes long in the background, and return."""
        ...

    async def __aexit__(self, *error: object) -> None:
        """Give back connections and files."""
        ...

    async def search(self, call: dialog.HookCall, bot: hooks.BotReference) -> SearchOutcome | None:
        """The answer to a call's transcript; ``None`` where nothing was found."""
        ...
