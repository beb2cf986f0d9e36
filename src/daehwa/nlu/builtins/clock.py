"""A time of day as said, before its half of the day is known."""

from __future__ import annotations

import msgspec

_NOON = 12 * 60
_DAY = 24 * 60
# The codes of Amazon's ranges, and whether an hour with them lies after noon.
AFTERNOON = {"AM": False, "PM": True, "MO": False, "AF": True, "EV": True, "NI": True}
_SMALL_HOURS = 5 * 60


class Clock(msgspec.Struct, frozen=True, kw_only=True):
    """Minutes since midnight as said; ``exact`` when the half of the day is clear.

    ``end`` is where the words end; ``bare`` marks an hour with nothing that says it is one.
    """

    minutes: int
    exact: bool
    end: int
    bare: bool = False


def text_of(minutes: int) -> str:
    """Minutes since midnight as ``HH:MM``."""
    return f"{minutes // 60 % 24:02d}:{minutes % 60:02d}"


def both(minutes: int) -> tuple[str, str]:
    """The two times of an hour on a twelve-hour clock, the morning's first."""
    early = minutes % _NOON
    return text_of(early), text_of(early + _NOON)


def settle(minutes: int, code: str) -> int:
    """The time that an hour and a part of the day mean: 5 and EV is 17:00, 1 and NI is 01:00."""
    if minutes > _NOON + 59 or code not in AFTERNOON:
        return minutes
    early = minutes % _NOON
    if not AFTERNOON[code]:
        return early
    if code == "NI" and early < _SMALL_HOURS:
        return early  # one at night is after midnight
    return (early + _NOON) % _DAY
