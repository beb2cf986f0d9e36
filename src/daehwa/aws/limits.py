"""How much one address, and everybody together, may have of what costs.

Source of what is limited: a script at 20 requests a second, the gateway's limit, would cost about
1,300 dollars a day at Lex's list price. Nothing is limited where no counter can be reached: a
failing guard keeps nobody from talking, and says so in the log.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import json
import os
from collections.abc import Mapping

from daehwa import chat
from daehwa.answers import BudgetSpent
from daehwa.aws.counter_table import CounterTable
from daehwa.aws.errors import AwsError, Misconfigured

MINUTE, DAY = 60, 86_400
# A person has one of these, and all addresses in it (RFC 6177 gives a home one or more).
_IPV6_PREFIX = 64


class CallLimits:
    """Limits by address and by day; ``0`` is none.

    ``by_address`` counts what an address sends in a minute, ``turns`` what Lex is sent in a day
    (UTC), ``answers`` what models are asked in a day.
    """

    def __init__(
        self,
        counters: CounterTable | None,
        *,
        by_address: int = 0,
        turns: int = 0,
        answers: int = 0,
    ) -> None:
        self._counters = counters
        self._by_address, self._turns, self._answers = by_address, turns, answers
        # Who is over the limit until when: such a one costs no call of DynamoDB.
        self._full: dict[str, float] = {}

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> CallLimits:
        """Read ``COUNTER_TABLE``, ``ADDRESS_RATE``, ``DAILY_TURNS`` and ``DAILY_ANSWERS``.

        Raises:
            Misconfigured: one is no number.
        """
        environ = os.environ if environ is None else environ
        table = environ.get("COUNTER_TABLE")
        return cls(
            CounterTable(table, environ=environ) if table else None,
            by_address=_number(environ, "ADDRESS_RATE"),
            turns=_number(environ, "DAILY_TURNS"),
            answers=_number(environ, "DAILY_ANSWERS"),
        )

    def check_address(self, address: str, salt: str = "") -> None:
        """Count a request of an address; what is kept of it is a hash with ``salt``.

        Raises:
            chat.ChatError: there were too many in this minute.
        """
        if not self._within(f"address#{_pseudonym(address, salt)}", self._by_address, MINUTE):
            seconds = self._seconds_left(MINUTE)
            raise chat.ChatError("TooManyRequests", retry_after=seconds, seconds=seconds)

    def check_turn(self) -> None:
        """Count a turn that Lex is about to take.

        Raises:
            chat.ChatError: there were too many today.
        """
        if not self._within("turns", self._turns, DAY):
            seconds = self._seconds_left(DAY)
            raise chat.ChatError("DailyLimitReached", retry_after=seconds)

    def take_answer(self) -> bool:
        """Count a question to a model; false where today's are used up."""
        return self._within("answers", self._answers, DAY)

    def _within(self, name: str, limit: int, seconds: int) -> bool:
        if not limit or self._counters is None:
            return True
        now = self._counters.clock()
        if self._full.get(name, 0.0) > now:
            return False
        try:
            counted = self._counters.count(name, seconds=seconds)
        except AwsError as error:
            print(json.dumps({"event": "limit_unchecked", "code": error.code}))  # noqa: T201
            return True
        if counted <= limit:
            return True
        if len(self._full) > limit:
            self._full = {kept: until for kept, until in self._full.items() if until > now}
        self._full[name] = now + self._seconds_left(seconds)
        return False

    def _seconds_left(self, seconds: int) -> int:
        return self._counters.seconds_left(seconds) if self._counters else seconds


def spent() -> BudgetSpent:
    """What is answered where today's questions to models are used up."""
    return BudgetSpent("The deployment's DAILY_ANSWERS are used up.")


def _number(environ: Mapping[str, str], name: str) -> int:
    value = environ.get(name) or "0"
    if not value.isdecimal():
        raise Misconfigured(f"{name} is {value!r}: give a number, 0 for no limit.")
    return int(value)


def _pseudonym(address: str, salt: str) -> str:
    """What an address is called in the table: nobody reads it back, and a home is one."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        whose = address
    else:
        mapped = getattr(parsed, "ipv4_mapped", None) or parsed
        bits = _IPV6_PREFIX if mapped.version == 6 else mapped.max_prefixlen  # noqa: PLR2004
        whose = str(ipaddress.ip_network((mapped, bits), strict=False))
    return hmac.new(salt.encode(), whose.encode(), hashlib.sha256).hexdigest()[:32]
