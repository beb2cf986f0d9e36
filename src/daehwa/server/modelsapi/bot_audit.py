"""Which bot, and which part of it, a change of the model-building API is about."""

from __future__ import annotations

from typing import Final
from urllib.parse import unquote

from daehwa.server.audited_operation import LONGEST_NAME, AuditedOperation
from daehwa.server.http_exchange import HttpExchange
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


class AuditedChange(AuditedOperation):
    """An operation of the model-building API while it is carried out."""

    changed = "bot_changed"
    refused = "bot_change_refused"

    def __init__(self, exchange: HttpExchange, route: Route, labels: tuple[bytes, ...]) -> None:
        super().__init__(exchange, route.name, reading=route.name.startswith(_READING))
        named = zip(route.labels, labels, strict=True)
        self._named = {name: unquote(label.decode("latin-1")) for name, label in named}

    def named(self) -> dict[str, object]:
        """The bot and its part: their ids and names."""
        return {name: self._named[name][:LONGEST_NAME] for name in _NAMING if name in self._named}

    def note(self, shape: Shape | None) -> None:
        """Note which bot, version, alias, locale and part a request or response names."""
        if shape is not None and not self.reading:
            members = shape.members()
            self._named |= {
                name: members[name] for name in _NAMING if isinstance(members.get(name), str)
            }
