"""How often something may happen: a token bucket, as it is written in ``daehwa.toml``."""

from __future__ import annotations

import re
from typing import Final, NamedTuple, Self

_UNITS: Final = {"s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}
_WRITTEN: Final = re.compile(r"([1-9][0-9]{0,8})/([smhd])(?: burst ([1-9][0-9]{0,8}))?")


class Rate(NamedTuple):
    """``burst`` times at once, and as many as ``per_second`` in the long run."""

    per_second: float
    burst: float

    @classmethod
    def read(cls, text: str) -> Self | None:
        """The rate that ``60/m`` or ``60/m burst 20`` means; ``None`` for ``off``.

        Without a burst all of a period's may come at once. The units are s, m, h and d.

        Raises:
            ValueError: it means none.
        """
        if text == "off":
            return None
        written = _WRITTEN.fullmatch(text)
        if written is None:
            raise ValueError(
                f"{text!r} is not a rate: write COUNT/UNIT with the unit s, m, h or d, as in "
                '"60/m" or "60/m burst 20", or "off"'
            )
        count, unit, burst = written.groups()
        return cls(float(count) / _UNITS[unit], float(burst or count))
