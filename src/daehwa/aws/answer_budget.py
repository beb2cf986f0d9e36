"""What models may be used in a day, counted by all execution environments together.

``[limits.budget]`` of ``daehwa.toml``, packed as JSON in ``LIMITS``, and ``DAILY_ANSWERS`` (0: no
limit) where that names no calls. It holds as at home (``daehwa.limits``): a call is counted before
it is made, tokens when they are known, so that the last answers of a day may exceed them.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING, Any

from daehwa.answers import Answer, tokens
from daehwa.aws.counter_table import CounterTable
from daehwa.aws.errors import AwsError, Misconfigured
from daehwa.aws.limits import number, read_limits

if TYPE_CHECKING:
    from daehwa.answers import Question

_SECONDS_KEPT = 26 * 3600
# What the system prompt and the roles of the messages take, about.
_PROMPT_TOKENS = 200


class AnswerBudget:
    """The calls and tokens of a day, of all models and of some by their names.

    Where nothing is limited, or no counter can be reached, every call may be made.
    """

    def __init__(
        self,
        counters: CounterTable | None,
        *,
        calls: int | None = None,
        tokens: int | None = None,
        answerers: Mapping[str, Mapping[str, int]] | None = None,
        zone: tzinfo = UTC,
    ) -> None:
        whole = {"calls": calls, "tokens": tokens}
        limits = {name: most for name, most in whole.items() if most is not None}
        for answerer, own in (answerers or {}).items():
            limits |= {f"{name}:{answerer}": most for name, most in own.items()}
        if not all(isinstance(most, int) for most in limits.values()):
            raise TypeError
        self._counters = counters if limits else None
        self._limits = limits
        self._zone = zone

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> AnswerBudget:
        """Read ``COUNTER_TABLE``, ``DAILY_ANSWERS`` and ``LIMITS``.

        Raises:
            Misconfigured: one cannot be read.
        """
        environ = os.environ if environ is None else environ
        table = environ.get("COUNTER_TABLE")
        given: Mapping[str, Any] = read_limits(environ).get("budget") or {}
        try:
            return cls(
                CounterTable(table, environ=environ) if table else None,
                calls=given.get("calls", number(environ, "DAILY_ANSWERS") or None),
                tokens=given.get("tokens"),
                answerers=given.get("answerers"),
                zone=_zone(given.get("timeZone")),
            )
        except (AttributeError, TypeError):
            raise Misconfigured("LIMITS has a budget that is not valid.") from None

    def take(self, answerer: str) -> bool:
        """Count a call that is about to be made; false where the day's are used up."""
        held = {
            name: most
            for name, most in self._limits.items()
            if ":" not in name or name.partition(":")[2] == answerer
        }
        return self._add(self._calls(answerer, 1), held)

    def give_back(self, answerer: str) -> None:
        """Take back a call that was not made."""
        self._add(self._calls(answerer, -1), {})

    def record(self, answerer: str, question: Question, answer: Answer) -> None:
        """Count the tokens of an answer; where the upstream reports none they are estimated."""
        own = f"tokens:{answerer}"
        counted = [name for name in ("tokens", own) if name in self._limits]
        if not counted:
            return
        used = answer.tokens
        if used is None:
            past = sum(tokens(message.text) for message in question.history)
            used = _PROMPT_TOKENS + past + tokens(question.text) + tokens(answer.text)
        self._add(dict.fromkeys(counted, used), {})

    def _calls(self, answerer: str, amount: int) -> dict[str, int]:
        own = f"calls:{answerer}"
        return {"calls": amount} | ({own: amount} if own in self._limits else {})

    def close(self) -> None:
        """Close the connection; the next call opens another."""
        if self._counters is not None:
            self._counters.close()

    def _add(self, amounts: Mapping[str, int], limits: Mapping[str, int]) -> bool:
        if self._counters is None:
            return True
        day = datetime.fromtimestamp(self._counters.clock(), self._zone).date().isoformat()
        try:
            return self._counters.add(f"answers#{day}", amounts, limits, seconds=_SECONDS_KEPT)
        except AwsError as error:
            print(json.dumps({"event": "limit_unchecked", "code": error.code}))  # noqa: T201
            return True


def _zone(name: str | None) -> tzinfo:
    if name is None or name == "UTC":
        return UTC
    import zoneinfo  # noqa: PLC0415 - slow to import

    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return UTC  # the function's machine knows no time zones
