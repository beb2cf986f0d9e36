"""A line of the log for each change of a bot: who, what, which bot, how it went."""

from __future__ import annotations

from types import TracebackType
from typing import Final, Self
from urllib.parse import unquote

import structlog

from daehwa.server.exchange import Exchange
from daehwa.workshop import Route, Shape

# Operations that change nothing have names of their own.
_READING: Final = ("Describe", "List", "Search", "Get", "BatchGet", "GenerateBotElement")
# What a bot and its parts are called by, on the wire.
_NAMING: Final = (
    "botId",
    "botName",
    "botVersion",
    "botAliasId",
    "botAliasName",
    "localeId",
    "intentId",
    "intentName",
    "slotId",
    "slotName",
    "slotTypeId",
    "slotTypeName",
    "importId",
    "exportId",
    "resourceArn",
    "resourceARN",
)
_LONGEST: Final = 200

_log = structlog.get_logger("daehwa.audit")


class AuditedChange:
    """An operation of the API while it is carried out; its line is written at the block's end.

    What it changes is known by and by: from the path, from the request, from the response.
    """

    def __init__(self, exchange: Exchange, route: Route, labels: tuple[bytes, ...]) -> None:
        self._exchange = exchange
        self._operation = route.name
        self._reading = route.name.startswith(_READING)
        named = zip(route.labels, labels, strict=True)
        self._named = {name: unquote(label.decode("latin-1")) for name, label in named}

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
            "bot_changed" if kind is None else "bot_change_refused",
            who=self._exchange.principal.name or "anonymous",
            operation=self._operation,
            **{name: self._named[name][:_LONGEST] for name in _NAMING if name in self._named},
            request_id=self._exchange.request_id,
            outcome="ok" if kind is None else kind.__name__,
        )

    def note(self, shape: Shape | None) -> None:
        """Note which bot, version, alias, locale and part a request or response names."""
        if shape is not None and not self._reading:
            members = shape.members()
            self._named |= {
                name: members[name] for name in _NAMING if isinstance(members.get(name), str)
            }
