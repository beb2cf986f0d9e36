"""Time zones by their names in the IANA database."""

from __future__ import annotations

import difflib
from zoneinfo import ZoneInfo, available_timezones

_EXAMPLE = "Asia/Seoul"
# What people write for a zone that the database has by its city.
_SHORT = {"kst": _EXAMPLE, "jst": "Asia/Tokyo"}


def zone_named(name: str) -> ZoneInfo:
    """The time zone of a name such as ``Asia/Seoul``.

    Raises:
        ValueError: there is none; the message names the nearest.
    """
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # ZoneInfoNotFoundError is a KeyError
        pass
    meant = _meant(name)
    cure = f"write {meant!r} if that is meant" if meant else f"take one like {_EXAMPLE!r}"
    raise ValueError(f"time_zone {name!r} is not a time zone: {cure}")


def _meant(name: str) -> str | None:
    """The zone that a name with a slip is for; a city alone is enough."""
    written = name.strip().casefold().replace(" ", "_")
    if any(sign in "+-0123456789" for sign in written):
        # Etc/GMT+9 is nine hours behind, and few who write GMT+9 mean that.
        return None
    zones = {zone.casefold(): zone for zone in sorted(available_timezones())}
    cities = {_city(zone): whole for zone, whole in zones.items()}
    for names, wanted in ((_SHORT, written), (zones, written), (cities, _city(written))):
        if near := difflib.get_close_matches(wanted, names, 1, 0.85):
            return names[near[0]]
    return None


def _city(zone: str) -> str:
    return zone.rpartition("/")[2]
