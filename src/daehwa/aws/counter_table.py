"""Counters in DynamoDB that all execution environments share; each ends with its window.

The partition key is ``counter``; DynamoDB deletes a counter some time after ``expiresAt``.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

from daehwa.aws.aws_service import AwsService

_SECONDS = 2.0
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
        self._service = AwsService(
            "DynamoDB", prefix="dynamodb", signing_name="dynamodb", environ=environ
        )
        self._table = table
        self.clock = clock

    def count(self, name: str, *, seconds: int) -> int:
        """Count one more in the window of ``seconds`` that runs now; how many those are.

        Raises:
            AwsError: DynamoDB refused, or did not answer; nobody knows whether it counted.
        """
        window = int(self.clock() // seconds)
        answer = self._service.call(
            "POST",
            "/",
            {
                "TableName": self._table,
                "Key": {"counter": {"S": f"{name}#{window}"}},
                "UpdateExpression": "ADD #n :one SET expiresAt = :end",
                "ExpressionAttributeNames": {"#n": "n"},
                "ExpressionAttributeValues": {
                    ":one": {"N": "1"},
                    ":end": {"N": str((window + 1) * seconds + _KEPT_AFTER)},
                },
                "ReturnValues": "UPDATED_NEW",
            },
            headers={
                "content-type": "application/x-amz-json-1.0",
                "x-amz-target": "DynamoDB_20120810.UpdateItem",
            },
            timeout=_SECONDS,
        )
        return int((answer.get("Attributes") or {}).get("n", {}).get("N", "0"))

    def seconds_left(self, seconds: int) -> int:
        """How long the window of ``seconds`` still runs; at least one."""
        return max(1, seconds - int(self.clock() % seconds))

    def close(self) -> None:
        """Close the connection; the next call opens another."""
        self._service.close()
