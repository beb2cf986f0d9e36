"""Which documents a change through Kendra's API is about."""

from __future__ import annotations

import msgspec

from daehwa.server.audited_operation import LONGEST_NAME, AuditedOperation
from daehwa.server.http_exchange import HttpExchange


class DocumentChange(AuditedOperation):
    """An operation of Kendra's API while it is carried out.

    Which documents it is about is known from the request, which of them failed from the response.
    """

    changed = "documents_changed"
    refused = "document_change_refused"

    def __init__(self, exchange: HttpExchange, operation: str, *, reading: bool) -> None:
        super().__init__(exchange, operation, reading=reading)
        self._documents: list[str] = []
        self._failed: list[str] = []

    def named(self) -> dict[str, object]:
        """The ids of the documents, and of those that failed."""
        return {"documents": self._documents, "failed": self._failed}

    def note(self, shape: msgspec.Struct | None) -> None:
        """Note the ids of documents that a request or a response names."""
        if self.reading or shape is None:
            return
        members = msgspec.to_builtins(shape)
        for one in members.get("Documents", ()):
            self._documents.append(one["Id"][:LONGEST_NAME])
        for one in members.get("DocumentIdList", ()):
            self._documents.append(one[:LONGEST_NAME])
        for one in members.get("FailedDocuments", ()):
            self._failed.append(one["Id"][:LONGEST_NAME])
