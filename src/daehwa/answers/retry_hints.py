"""How long an upstream wants to be left alone: read from its headers, or from its words.

Sources: RFC 9110, "Retry-After"; the limits' pages of OpenAI, Azure OpenAI, Anthropic and
OpenRouter; the IETF's draft "RateLimit header fields for HTTP".
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_DELAY = (
    r"(?:retry|try again|retrydelay|wait)\W+(?:after|in)?\W*((?:\d+(?:\.\d+)?\s*(?:[a-z]+[ ,]*)?)+)"
)
_DELAY_KOREAN = r"(\d+)\s*(초|분|시간)\s*(?:후|뒤|이후)"
_PART = r"(\d+(?:\.\d+)?)\s*(ms|milli|h|m|d)?"
_SECONDS = {"ms": 0.001, "milli": 0.001, "": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}
# A limit on a day: nobody waits for it.
_DAILY = r"(per|a)[ _-]?day|daily|하루|일일|每日|每天"
_LONG_WAIT = 3600.0
# More seconds than anybody waits are a point in time.
_EPOCH = 1e9
# A header of limits: ``x-ratelimit-reset-tokens``, ``anthropic-ratelimit-requests-reset``.
_RESET = r".*rate-?limit-(.*-)?reset(-.*)?"
# All in one header: ``"default";r=0;t=30``, or ``limit=100, remaining=0, reset=30``.
_USED_UP, _AGAIN = r"\b(?:r|remaining)\s*=\s*0\b", r"\b(?:t|reset)\s*=\s*(\d+)"
_MEMBER = r"retry_?(after|delay|in)(_?(?P<milli>ms|milli\w*)|_?s\w*)?"


def retry_after(given: Mapping[str, str]) -> float | None:
    """Read ``Retry-After``, ``retry-after-ms`` or when a limit ends, in seconds."""
    lowered = {name.lower(): value for name, value in given.items()}
    if "retry-after" not in lowered and "retry-after-ms" not in lowered:
        return _reset(lowered)
    try:
        if (milliseconds := lowered.get("retry-after-ms")) is not None:
            return max(0.0, float(milliseconds) / 1000)
        return max(0.0, float(lowered["retry-after"]))
    except ValueError:
        return _until(lowered.get("retry-after", ""))


def retry_in_words(words: str) -> float | None:
    """Read how long to wait out of an upstream's lower-cased words, in seconds."""
    if korean := re.search(_DELAY_KOREAN, words):
        return float(korean[1]) * _SECONDS[{"초": "", "분": "m", "시간": "h"}[korean[2]]]
    if (match := re.search(_DELAY, words)) is not None:
        return _duration(match[1])
    return _LONG_WAIT if re.search(_DAILY, words) else None


def retry_member(name: str, value: str | float) -> str | None:
    """Put a member of an error that says when to come again, such as ``retryDelay``, into words."""
    member = re.fullmatch(_MEMBER, name.lower())
    if member is None:
        return None
    return f"retry after {value}{'ms' if member['milli'] else ''}"


def _reset(given: Mapping[str, str]) -> float | None:
    """Read when a limit that is used up starts again: its reset beside a remaining 0."""
    waits = []
    for name, value in given.items():
        left = name.replace("reset", "remaining")
        if left != name and re.fullmatch(_RESET, name) and given.get(left, "").strip() == "0":
            waits.append(_until(value) if "-" in value or ":" in value else _duration(value))
        elif name == "ratelimit" and re.search(_USED_UP, value):
            waits += [float(seconds) for seconds in re.findall(_AGAIN, value)]
    return max((wait for wait in waits if wait is not None), default=None)


def _duration(value: str) -> float:
    """Read a time such as ``7m12s``, seconds, or an epoch in seconds or milliseconds."""
    seconds = sum(float(n) * _SECONDS[unit] for n, unit in re.findall(_PART, value.lower()))
    if seconds < _EPOCH:
        return seconds
    import time  # noqa: PLC0415 - rare, and the Lambda's cold start is not

    return max(0.0, seconds / (1000 if seconds > _EPOCH * 1000 else 1) - time.time())


def _until(date: str) -> float | None:
    """Read a date, as HTTP or as ISO 8601 writes it."""
    # Imported here: a date is rare, and the Lambda's cold start is not.
    import time  # noqa: PLC0415
    from datetime import datetime  # noqa: PLC0415
    from email.utils import parsedate_to_datetime  # noqa: PLC0415

    for read in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            return max(0.0, read(date).timestamp() - time.time())
        except ValueError:
            continue
    return None
