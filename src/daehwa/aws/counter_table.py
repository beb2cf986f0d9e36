"""Counters in DynamoDB that all execution environments share; each ends with its window.

The partition key is ``counter``; DynamoDB deletes a counter some time after ``expiresAt``. Each of
the three kinds is counted in one request, whoever else counts at the same moment: ``count`` in
fixed windows, ``take`` as a token bucket (by the instant at which the bucket is full again: the
generic cell rate algorithm), ``add`` as sums that have limits.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

from daehwa.aws.dynamodb import DynamoDb
from daehwa.aws.errors import AwsError

_SECONDS = 2.0
_REFUSED = "ConditionalCheckFailedException"
# DynamoDB counts in UTC, and machines' clocks differ: a counter outlives its window a little.
_KEPT_AFTER = 3600


class CounterTable:
    """Adds to counters by name."""

    def __init__(
        self,
        table: str,
        *,
        environ: Mapping[str, str] | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._dynamodb = DynamoDb(environ)
        self._table = table
        self.clock = clock

    def count(self, name: str, *, seconds: int) -> int:
        """Count one more in the current window of ``seconds``; return how many there are.

        Raises:
            AwsError: DynamoDB refused, or did not answer; nobody knows whether it counted.
        """
        window = int(self.clock() // seconds)
        answer = self._update(
            f"{name}#{window}",
            "ADD #n :one SET expiresAt = :end",
            {"#n": "n"},
            {":one": 1, ":end": (window + 1) * seconds + _KEPT_AFTER},
        )
        return int((answer.get("Attributes") or {}).get("n", {}).get("N", "0"))

    def take(self, name: str, *, per_second: float, burst: float) -> bool:
        """Take one of the ``burst`` tokens of a bucket that gets ``per_second`` new ones.

        Returns:
            Whether there was one.

        Raises:
            AwsError: as ``count``.
        """
        now, cost = self.clock(), 1 / per_second
        names = {"#full": "fullAt"}
        end = int(now + burst * cost) + _KEPT_AFTER
        # Most people come back to a bucket that is full: that takes one request.
        for change, condition, values in (
            (
                "SET #full = :next, expiresAt = :end",
                "attribute_not_exists(#full) OR #full <= :now",
                {":next": now + cost, ":now": now, ":end": end},
            ),
            (
                "SET #full = #full + :cost, expiresAt = :end",
                "#full <= :latest",
                {":cost": cost, ":latest": now + (burst - 1) * cost, ":end": end},
            ),
        ):
            if self._update_if(name, change, names, values, condition) is not None:
                return True
        return False

    def add(
        self, name: str, amounts: Mapping[str, int], limits: Mapping[str, int], *, seconds: int
    ) -> bool:
        """Add to sums of one item, unless one of ``limits`` is reached; both are by their names.

        ``seconds`` is how long the item is needed, at least.

        Returns:
            Whether it was added.

        Raises:
            AwsError: as ``count``.
        """
        shown = {one: f"#s{at}" for at, one in enumerate(dict.fromkeys([*amounts, *limits]))}
        values: dict[str, float] = {":end": int(self.clock()) + seconds + _KEPT_AFTER}
        values |= {f":a{shown[one][2:]}": amount for one, amount in amounts.items()}
        values |= {f":m{shown[one][2:]}": most for one, most in limits.items()}
        sums = ", ".join(f"{shown[one]} :a{shown[one][2:]}" for one in amounts)
        condition = " AND ".join(_below(shown[one], limits[one]) for one in limits)
        change = f"ADD {sums} SET expiresAt = :end"
        names = {mark: one for one, mark in shown.items()}
        return self._update_if(name, change, names, values, condition) is not None

    def seconds_left(self, seconds: int) -> int:
        """How long the window of ``seconds`` still runs; at least one."""
        return max(1, seconds - int(self.clock() % seconds))

    def close(self) -> None:
        """Close the connection; the next call opens another."""
        self._dynamodb.close()

    def _update_if(
        self,
        name: str,
        change: str,
        names: Mapping[str, str],
        values: Mapping[str, float],
        condition: str,
    ) -> dict[str, Any] | None:
        try:
            return self._update(name, change, names, values, condition)
        except AwsError as error:
            if error.code == _REFUSED:
                return None
            raise

    def _update(
        self,
        name: str,
        change: str,
        names: Mapping[str, str],
        values: Mapping[str, float],
        condition: str = "",
    ) -> dict[str, Any]:
        body: dict[str, Any] = {
            "TableName": self._table,
            "Key": {"counter": {"S": name}},
            "UpdateExpression": change,
            "ExpressionAttributeNames": dict(names),
            "ExpressionAttributeValues": {
                mark: {"N": _number(value)} for mark, value in values.items()
            },
            "ReturnValues": "UPDATED_NEW",
        }
        if condition:
            body["ConditionExpression"] = condition
        return self._dynamodb.call("UpdateItem", body, timeout=_SECONDS)


def _below(mark: str, limit: int) -> str:
    # A sum that is not there is 0, and no sum is below a limit of 0.
    there = f"{mark} < :m{mark[2:]}"
    return f"(attribute_not_exists({mark}) OR {there})" if limit else there


def _number(value: float) -> str:
    return str(value) if isinstance(value, int) else f"{value:.6f}"
