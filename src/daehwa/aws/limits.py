"""How much of what costs money one address, one session, and everybody together may use.

``LIMITS`` is what was packed of ``[limits]`` of ``daehwa.toml``, as JSON: each rate is how many a
second in the long run, and how many at once (``daehwa.limits.Rate``)::

    {"turns": {"session": [1.0, 30], "address": [20.0, 600]},
     "answers": {"session": [0.33, 10], "address": [2.0, 60]}, "budget": {...}}

The budget of models is in ``answer_budget``. Source of what is limited: a script at 20 requests a
second, the gateway's limit, would cost about 1,300 dollars a day at Lex's list price. Nothing is
limited where no counter can be reached: a failing guard keeps nobody from talking, and says so in
the log.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import json
import math
import os
from collections.abc import Mapping
from typing import Any

from daehwa import chat
from daehwa.answers import QuestionsTooMany
from daehwa.aws.counter_table import CounterTable
from daehwa.aws.errors import AwsError, Misconfigured

MINUTE, DAY = 60, 86_400
# A person has one of these, and all addresses in it (RFC 6177 gives a home one or more).
_IPV6_PREFIX = 64

_LIMITED, _OWNERS = ("turns", "answers"), ("session", "address")
Rates = Mapping[str, Mapping[str, tuple[float, float]]]
"""By what is limited (``turns``, ``answers``) and whose (``session``, ``address``)."""


class CallLimits:
    """Limits by address and by day; ``0`` is none.

    ``by_address`` counts what an address sends in a minute, ``turns`` what Lex is sent in a day
    (UTC). ``rates`` are token buckets of the turns, and of the answers by models, of a session
    and of an address. Of both the table holds pseudonyms.
    """

    def __init__(
        self,
        counters: CounterTable | None,
        *,
        by_address: int = 0,
        turns: int = 0,
        rates: Rates | None = None,
    ) -> None:
        self._counters = counters
        self._by_address, self._turns = by_address, turns
        self._rates: Rates = rates or {}
        # Who is over the limit until when: such a one costs no call of DynamoDB.
        self._full: dict[str, float] = {}

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> CallLimits:
        """Read ``COUNTER_TABLE``, ``ADDRESS_RATE``, ``DAILY_TURNS`` and ``LIMITS``.

        Raises:
            Misconfigured: one cannot be read.
        """
        environ = os.environ if environ is None else environ
        table = environ.get("COUNTER_TABLE")
        return cls(
            CounterTable(table, environ=environ) if table else None,
            by_address=number(environ, "ADDRESS_RATE"),
            turns=number(environ, "DAILY_TURNS"),
            rates=_rates(environ),
        )

    @property
    def by_rate(self) -> bool:
        """Whether turns or answers have rates: then the pseudonym of an address has to travel."""
        return self._counters is not None and any(self._rates.values())

    def check_address(self, whose: str) -> None:
        """Count a request of an address, which is given as its ``pseudonym``.

        Raises:
            chat.ChatError: there were too many in this minute.
        """
        if not self._within(f"address#{whose}", self._by_address, MINUTE):
            seconds = self._seconds_left(MINUTE)
            raise chat.ChatError("TooManyRequests", retry_after=seconds, seconds=seconds)

    def check_rate(self, session: str, whose: str) -> None:
        """Count a turn of a session and of an address, which is given as its ``pseudonym``.

        Raises:
            chat.ChatError: there were too many lately.
        """
        wait = self._wait("turns", session, whose)
        if wait:
            raise chat.ChatError("TooManyRequests", retry_after=wait, seconds=wait)

    def check_answer(self, session: str, whose: str) -> None:
        """Count a question to a model, of a session and of an address, as ``check_rate``.

        Raises:
            QuestionsTooMany: there were too many lately.
        """
        wait = self._wait("answers", session, whose)
        if wait:
            raise QuestionsTooMany(f"too many answers: try again in {wait} s")

    def _wait(self, what: str, session: str, whose: str) -> int:
        """How many seconds until another may be sent; 0 if this one may."""
        if self._counters is None:
            return 0
        owners = {"session": _digest("", session), "address": whose}
        for kind, (per_second, burst) in self._rates.get(what, {}).items():
            name = f"{what}#{kind}#{owners[kind]}"
            try:
                free = self._counters.take(name, per_second=per_second, burst=burst)
            except AwsError as error:
                _note_unchecked(error)
                return 0
            if not free:
                return max(1, math.ceil(1 / per_second))
        return 0

    def check_turn(self) -> None:
        """Count a turn that Lex is about to take.

        Raises:
            chat.ChatError: there were too many today.
        """
        if not self._within("turns", self._turns, DAY):
            seconds = self._seconds_left(DAY)
            raise chat.ChatError("DailyLimitReached", retry_after=seconds)

    def close(self) -> None:
        """Close the connection; the next call opens another."""
        if self._counters is not None:
            self._counters.close()

    def _within(self, name: str, limit: int, seconds: int) -> bool:
        if not limit or self._counters is None:
            return True
        now = self._counters.clock()
        if self._full.get(name, 0.0) > now:
            return False
        try:
            counted = self._counters.count(name, seconds=seconds)
        except AwsError as error:
            _note_unchecked(error)
            return True
        if counted <= limit:
            return True
        if len(self._full) > limit:
            self._full = {kept: until for kept, until in self._full.items() if until > now}
        self._full[name] = now + self._seconds_left(seconds)
        return False

    def _seconds_left(self, seconds: int) -> int:
        return self._counters.seconds_left(seconds) if self._counters else seconds


def read_limits(environ: Mapping[str, str]) -> dict[str, Any]:
    """What ``LIMITS`` holds; empty where it is not set.

    Raises:
        Misconfigured: it is not a JSON object.
    """
    try:
        given = json.loads(environ.get("LIMITS") or "{}")
    except ValueError:
        given = None
    if not isinstance(given, dict):
        raise Misconfigured("LIMITS is not a JSON object.")
    return given


def number(environ: Mapping[str, str], name: str) -> int:
    """A number of the environment; 0 where it is not set.

    Raises:
        Misconfigured: it is not a number.
    """
    value = environ.get(name) or "0"
    if not value.isdecimal():
        raise Misconfigured(f"{name} is {value!r}: give a number, 0 for no limit.")
    return int(value)


def pseudonym(address: str, salt: str) -> str:
    """An address's name in the table, which cannot be reversed; a home network is one address."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return _digest(salt, address)
    mapped = getattr(parsed, "ipv4_mapped", None) or parsed
    bits = _IPV6_PREFIX if mapped.version == 6 else mapped.max_prefixlen  # noqa: PLR2004
    return _digest(salt, str(ipaddress.ip_network((mapped, bits), strict=False)))


def _digest(salt: str, whose: str) -> str:
    return hmac.new(salt.encode(), whose.encode(), hashlib.sha256).hexdigest()[:32]


def _rates(environ: Mapping[str, str]) -> Rates:
    given = read_limits(environ)
    try:
        return {what: dict(map(_rate, given.get(what, {}).items())) for what in _LIMITED}
    except (AttributeError, TypeError, ValueError):
        raise Misconfigured("LIMITS has a rate that is not valid.") from None


def _rate(named: tuple[str, list[float]]) -> tuple[str, tuple[float, float]]:
    kind, (per_second, burst) = named
    if kind not in _OWNERS or not per_second > 0 or not burst >= 1:
        raise ValueError(kind)
    return kind, (float(per_second), float(burst))


def _note_unchecked(error: AwsError) -> None:
    print(json.dumps({"event": "limit_unchecked", "code": error.code}))  # noqa: T201
