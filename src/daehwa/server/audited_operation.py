"""A line of the log for each change that an API makes: who, what, how it went."""

from __future__ import annotations

from abc import ABC, abstractmethod
from types import TracebackType
from typing import ClassVar, Final, Self

import structlog

from daehwa.server.http_exchange import HttpExchange

LONGEST_NAME: Final = 200
"""Characters of a name or id in the line, at most: clients choose them."""

_log = structlog.get_logger("daehwa.audit")


class AuditedOperation(ABC):
    """An operation while it is carried out; the line of a change is written at the block's end.

    One that is only ``reading`` has none. What it changes is known by and by: from the path, the
    request, the response.
    """

    changed: ClassVar[str]
    """The event of a change that was made."""
    refused: ClassVar[str]
    """The event of one that was not."""

    def __init__(self, exchange: HttpExchange, operation: str, *, reading: bool) -> None:
        self._exchange = exchange
        self._operation = operation
        self.reading = reading

    @abstractmethod
    def named(self) -> dict[str, object]:
        """What is changed, as members of the line."""

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
        if self.reading:
            return
        _log.info(
            self.changed if kind is None else self.refused,
            who=self._exchange.principal.name or "anonymous",
            operation=self._operation,
            **self.named(),
            request_id=self._exchange.request_id,
            outcome="ok" if kind is None else kind.__name__,
        )
