"""The numbers of the kinds of turns: every process gives a kind the same one without looking it up.

A store holds each kind once, and for each turn its kind's number. A process remembers which kinds
have been committed; until then each turn is saved together with its kind.
"""

from __future__ import annotations

import hashlib
from typing import Final

from daehwa.stores.values import TurnRecord

_MOST: Final = 4096
_numbers: dict[tuple[str, bytes], int] = {}


def kind_number(bot_id: str, turn: TurnRecord) -> int | None:
    """The number of the kind that a bot's turn is of, if that is known: 63 bits of a digest."""
    if turn.facts is None:
        return None
    place = (bot_id, turn.facts.kind)
    number = _numbers.get(place)
    if number is None:
        if len(_numbers) >= _MOST:
            _numbers.clear()
        digest = hashlib.blake2b(f"{bot_id}\n".encode() + turn.facts.kind, digest_size=8)
        number = _numbers[place] = int.from_bytes(digest.digest(), "big") >> 1
    return number
