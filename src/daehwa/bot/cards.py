"""The hosts that a bot's response cards load their pictures from."""

from __future__ import annotations

import re

import msgspec

from daehwa.bot.values import (
    BotLocale,
)

# A host that a slot or an attribute is put into is the talk's, not the author's.
_PICTURE = re.compile(rb'"imageUrl":"https://([A-Za-z0-9.-]+(?::\d+)?)(?=[/?#"])')


def card_hosts(locale: BotLocale) -> frozenset[str]:
    """The hosts, with a port where there is one, of all pictures on the locale's cards."""
    hosts = _PICTURE.findall(msgspec.json.encode(locale))
    return frozenset(host.decode().lower() for host in hosts)
