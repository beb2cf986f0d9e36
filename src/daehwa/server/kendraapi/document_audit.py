"""A line of the log for each change of documents: who, what, which documents, how it went."""

from __future__ import annotations

from types import TracebackType
from typing import Final, Self

import msgspec
import structlog

from daehwa.server.exchange import Exchange

_LONGEST: Final = 200

_log = structlog.get_logger("daehwa.audit")


class DocumentChange:
    """An operation while it is carried out; the line of a change is written at the block's end.

    One that is only ``reading`` has none. Which documents it is about is known from the request,
    which of them failed from the response.
    """

    def __init__(self, exchange: Exchange, operation: str, *, reading: bool) -> None:
        self._exchange = exchange
        self._reading = reading
        self._operation = operation
        self._documents: list[str] = []
        self._failed: list[str] = []

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Write the line; an error's name is the outcome."""
        if self._reading:
            return
        _log.info(
            "documents_changed" if kind is None else "document_change_refused",
            who=self._exchange.principal.name or "anonymous",
            operation=self._operation,
            documents=self._documents,
            failed=self._failed,
            request_id=self._exchange.request_id,
            outcome="ok" if kind is None else kind.__name__,
        )

    def note(self, shape: msgspec.Struct | None) -> None:
        """Note the ids of documents that a request or a response names."""
        if self._reading or shape is None:
            return
        members = msgspec.to_builtins(shape)
        for one in members.get("Documents", ()):
            self._documents.append(one["Id"][:_LONGEST])
        for one in members.get("DocumentIdList", ()):
            self._documents.append(one[:_LONGEST])
        for one in members.get("FailedDocuments", ()):
            self._failed.append(one["Id"][:_LONGEST])
