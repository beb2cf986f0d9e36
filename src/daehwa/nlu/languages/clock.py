"""A time of day as people say it, before its half of the day is known."""

from __future__ import annotations

from typing import Final

import msgspec

_NOON: Final = 12 * 60
_DAY: Final = 24 * 60
_HOUR: Final = 60
_SMALL_HOURS: Final = 5 * 60
# The codes of Amazon's ranges, and whether an hour with them lies after noon.
_AFTERNOON: Final = {"AM": False, "PM": True, "MO": False, "AF": True, "EV": True, "NI": True}


class Clock(msgspec.Struct, frozen=True, kw_only=True):
    """Minutes since midnight as written; ``exact`` when the half of the day is clear.

    ``end`` is where the words end; ``bare`` marks an hour with nothing that says it is one.
    """

    minutes: int
    exact: bool
    end: int
    bare: bool = False


class ClockTime(msgspec.Struct, frozen=True, kw_only=True):
    """A clock time with the part of the day around it.

    ``start`` and ``end`` bound its words, ``original`` are the relevant ones; ``times`` are the
    times that it may mean, as ``HH:MM``: two where the half of the day is open.
    """

    start: int
    end: int
    original: str
    times: tuple[str, ...]

    @classmethod
    def of(
        cls, clock: Clock, part: str | None, *, start: int, end: int, original: str
    ) -> ClockTime:
        """The time that a clock time and Lex's code of a part of the day (or none) mean."""
        if part is None and not clock.exact:
            times: tuple[str, ...] = both(clock.minutes)
        elif part is None or (clock.exact and not _HOUR <= clock.minutes < _NOON):
            times = (written(clock.minutes),)
        else:
            times = (written(settle(clock.minutes, part)),)
        return cls(start=start, end=end, original=original, times=times)


def written(minutes: int) -> str:
    """Minutes since midnight as ``HH:MM``."""
    return f"{minutes // 60 % 24:02d}:{minutes % 60:02d}"


def both(minutes: int) -> tuple[str, str]:
    """The two times of an hour on a twelve-hour clock, the morning's first."""
    early = minutes % _NOON
    return written(early), written(early + _NOON)


def settle(minutes: int, part: str) -> int:
    """The time that an hour and a part of the day mean: 5 and EV is 17:00, 1 and NI is 01:00."""
    if minutes > _NOON + 59 or part not in _AFTERNOON:
        return minutes
    early = minutes % _NOON
    if not _AFTERNOON[part]:
        return early
    if part == "NI" and early < _SMALL_HOURS:
        return early  # one at night is after midnight
    return (early + _NOON) % _DAY
